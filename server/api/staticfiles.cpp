// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/staticfiles.h"

#include "api/mediatype.h"
#include "core/encoding.h"
#include "core/topic.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <memory>

namespace pushdeck {

namespace {

/// A longer body leaves in pieces, as the client takes them.
constexpr qint64 kWholeBytes = 256 * 1024;

struct OpenFile
{
    std::shared_ptr<QFile> file;
    qint64 size = 0;
    std::int64_t modifiedMs = 0;
    QByteArray tag; ///< entity tag, strong
};

class Descriptor final
{
public:
    explicit Descriptor(int descriptor) : m_descriptor(descriptor) {}
    ~Descriptor() { reset(-1); }
    Q_DISABLE_COPY_MOVE(Descriptor)

    void reset(int descriptor)
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
        m_descriptor = descriptor;
    }
    [[nodiscard]] int get() const { return m_descriptor; }
    [[nodiscard]] int release() { return std::exchange(m_descriptor, -1); }

private:
    int m_descriptor;
};

bool isShown(const QStringList &names)
{
    return std::none_of(names.begin(), names.end(),
                        [](const QString &name) { return name.startsWith(u'.'); });
}

/// Opens name by name and follows no link: the path is canonical, and where it is not any more
/// somebody has changed the folder meanwhile.
int openBeneath(const QString &root, const QStringList &names)
{
    Descriptor folder(
        ::open(QFile::encodeName(root).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    for (qsizetype i = 0; folder.get() >= 0 && i + 1 < names.size(); ++i)
        folder.reset(::openat(folder.get(), QFile::encodeName(names[i]).constData(),
                              O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (folder.get() < 0)
        return -1;
    // O_NONBLOCK: a pipe would wait here for its writer, and the server with it.
    return ::openat(folder.get(), QFile::encodeName(names.last()).constData(),
                    O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}

std::optional<OpenFile> openFile(const QString &root, const QStringList &names)
{
    Descriptor descriptor(openBeneath(root, names));
    struct stat facts = {};
    if (descriptor.get() < 0 || ::fstat(descriptor.get(), &facts) != 0 || !S_ISREG(facts.st_mode))
        return std::nullopt;
    OpenFile open;
    open.file = std::make_shared<QFile>();
    if (!open.file->open(descriptor.get(), QIODevice::ReadOnly | QIODevice::Unbuffered,
                         QFileDevice::AutoCloseHandle))
        return std::nullopt;
    (void)descriptor.release();
    open.size = facts.st_size;
    open.modifiedMs = std::int64_t(facts.st_mtim.tv_sec) * 1000;
    open.tag = '"' + QByteArray::number(qulonglong(facts.st_ino), 36) + '-' +
               QByteArray::number(qlonglong(facts.st_size), 36) + '-' +
               QByteArray::number(qlonglong(facts.st_mtim.tv_sec), 36) + '.' +
               QByteArray::number(qlonglong(facts.st_mtim.tv_nsec), 36) + '"';
    return open;
}

/// Weak comparison (RFC 9110, 8.8.3.2) with each of a list.
bool namesTag(const std::vector<QByteArray> &fields, const QByteArray &tag)
{
    for (const QByteArray &field : fields) {
        for (QByteArray item : field.split(',')) {
            item = item.trimmed();
            if (item.startsWith("W/"))
                item.remove(0, 2);
            if (item == "*" || item == tag)
                return true;
        }
    }
    return false;
}

/// RFC 9110, 13.2.2: a date counts only where no tag was given. Equality stands for "not since":
/// the only date a client can have is the one it was given.
bool isUnchanged(const RequestHead &head, const OpenFile &open)
{
    if (head.has("If-None-Match"))
        return namesTag(head.values("If-None-Match"), open.tag);
    return head.value("If-Modified-Since") == httpDate(open.modifiedMs);
}

bool mayBeRange(const RequestHead &head, const OpenFile &open)
{
    const QByteArray condition = head.value("If-Range");
    return condition.isNull() || condition == open.tag || condition == httpDate(open.modifiedMs);
}

std::optional<qint64> numberOf(QByteArrayView digits)
{
    constexpr qsizetype kMostDigits = 18;
    if (digits.isEmpty() || digits.size() > kMostDigits)
        return std::nullopt;
    qint64 number = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9')
            return std::nullopt;
        number = number * 10 + (c - '0');
    }
    return number;
}

HttpReply replyWith(const RequestHead &head, const QString &name, const OpenFile &open)
{
    HttpReply reply;
    reply.fields = {{"Cache-Control", "no-cache"},
                    {"X-Content-Type-Options", "nosniff"},
                    {"Accept-Ranges", "bytes"},
                    {"ETag", open.tag},
                    {"Last-Modified", httpDate(open.modifiedMs)}};
    if (isUnchanged(head, open)) {
        reply.status = 304;
        return reply;
    }
    ByteRange range{0, open.size};
    if (head.method == "GET" && mayBeRange(head, open)) {
        if (const auto asked = rangeOf(head.value("Range"), open.size)) {
            range = *asked;
            reply.status = range.length > 0 ? 206 : 416;
        }
    }
    const QByteArray size = QByteArray::number(open.size);
    if (reply.status == 416) {
        reply.fields.emplace_back("Content-Range", "bytes */" + size);
        return reply;
    }
    if (reply.status == 206)
        reply.fields.emplace_back(
            "Content-Range", "bytes " + QByteArray::number(range.first) + '-' +
                                 QByteArray::number(range.first + range.length - 1) + '/' + size);
    reply.contentType = mediaTypeOf(name);
    reply.piece = {open.file, range.first, range.length};
    if (range.length <= kWholeBytes && open.file->seek(range.first)) {
        reply.body = open.file->read(range.length);
        // Cut short meanwhile: the length that is told must be the body's.
        if (reply.body.size() == range.length || reply.status == 200)
            reply.piece = {};
    }
    return reply;
}

} // namespace

StaticFiles::StaticFiles(const QString &folder)
    : m_root(folder.isEmpty() ? QString() : QDir(folder).canonicalPath())
{
}

std::optional<HttpReply> StaticFiles::reply(const RequestHead &head) const
{
    if (m_root.isEmpty())
        return std::nullopt;
    const auto path = percentDecoded(head.path());
    if (!path || path->contains('\0') || !isValidUtf8(*path))
        return std::nullopt;
    const QString asked = QString::fromUtf8(*path);
    if (!isShown(asked.split(u'/')))
        return std::nullopt;
    const QString root = m_root.endsWith(u'/') ? m_root : m_root + u'/';
    QFileInfo info(root + asked);
    if (info.isDir())
        info.setFile(info.filePath() + QStringLiteral("/index.html"));
    // Canonical: neither ".." nor a symbolic link leads out of the folder.
    const QString canonical = info.canonicalFilePath();
    if (!canonical.startsWith(root))
        return std::nullopt;
    const QStringList names = canonical.sliced(root.size()).split(u'/');
    if (!isShown(names))
        return std::nullopt;
    const auto open = openFile(m_root, names);
    if (!open)
        return std::nullopt;
    return replyWith(head, canonical, *open);
}

QString exposureOf(const QString &folder, const QString &home)
{
    const QString root = QDir(folder).canonicalPath();
    if (folder.isEmpty() || root.isEmpty())
        return {};
    if (root == u"/")
        return QCoreApplication::translate(
            "pushdeck::StaticFiles",
            "The folder that is served is “/”: whoever reaches this server can read every file "
            "that this program can.");
    const QString own = QDir(home).canonicalPath();
    if (!own.isEmpty() && (own + u'/').startsWith(root + u'/'))
        return QCoreApplication::translate(
                   "pushdeck::StaticFiles",
                   "The folder that is served, “%1”, is your home or holds it: whoever reaches "
                   "this server can read your files.")
            .arg(root);
    return {};
}

std::optional<ByteRange> rangeOf(const QByteArray &field, qint64 size)
{
    constexpr char kUnit[] = "bytes=";
    if (qstrnicmp(field.constData(), kUnit, sizeof kUnit - 1) != 0)
        return std::nullopt;
    const QByteArray text = field.mid(sizeof kUnit - 1).trimmed();
    const qsizetype dash = text.indexOf('-');
    if (dash < 0)
        return std::nullopt;
    const QByteArrayView from = QByteArrayView(text).first(dash);
    const QByteArrayView to = QByteArrayView(text).sliced(dash + 1);
    if (from.isEmpty()) { // the last so many
        const auto count = numberOf(to);
        if (!count)
            return std::nullopt;
        const qint64 length = qMin(*count, size);
        return ByteRange{size - length, length};
    }
    const auto first = numberOf(from);
    const auto last = to.isEmpty() ? std::optional(size - 1) : numberOf(to);
    if (!first || !last || (!to.isEmpty() && *last < *first))
        return std::nullopt;
    if (*first >= size)
        return ByteRange{0, 0};
    return ByteRange{*first, qMin(*last, size - 1) - *first + 1};
}

} // namespace pushdeck
