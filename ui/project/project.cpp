// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/project/project.h"

#include "ui/text/format.h"
#include "ui/text/topics.h"
#include "ui/text/visible.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pushdeck::Project)
};

constexpr int kVersion = 1;
constexpr int kMostNotes = 5;

QByteArray quoted(const QString &text)
{
    const QByteArray array = QJsonDocument(QJsonArray{text}).toJson(QJsonDocument::Compact);
    return array.sliced(1, array.size() - 2);
}

QString formatName(DraftType format)
{
    switch (format) {
        case DraftType::Text:
            return u"text"_s;
        case DraftType::Json:
            return u"json"_s;
        case DraftType::Auto:
            break;
    }
    return u"auto"_s;
}

// One member after the other, in the order in which they are read best.
class ObjectWriter final
{
public:
    ObjectWriter(QByteArray &out, int indent) : m_out(out), m_indent(indent, ' ') {}

    void add(const QString &name, const QByteArray &json)
    {
        m_out += m_first ? "\n" : ",\n";
        m_out += m_indent + quoted(name) + ": " + json;
        m_first = false;
    }
    void add(const QString &name, const QString &text)
    {
        if (!text.isEmpty())
            add(name, quoted(text));
    }
    void add(const QJsonObject &unknown)
    {
        for (auto it = unknown.begin(); it != unknown.end(); ++it) {
            const QByteArray array =
                QJsonDocument(QJsonArray{it.value()}).toJson(QJsonDocument::Compact);
            add(it.key(), array.sliced(1, array.size() - 2));
        }
    }

private:
    QByteArray &m_out;
    QByteArray m_indent;
    bool m_first = true;
};

QByteArray textJson(const QString &text)
{
    if (!text.contains(u'\n'))
        return quoted(text);
    QByteArray out = "[";
    const QStringList lines = text.split(u'\n');
    for (qsizetype i = 0; i < lines.size(); ++i)
        out += (i ? ",\n        " : "\n        ") + quoted(lines[i]);
    return out + "\n      ]";
}

// Takes the members of one message out of its object; the first thing wrong with it is kept.
class MessageReader final
{
public:
    explicit MessageReader(QJsonObject object) : m_object(std::move(object)) {}

    QString problem;

    SavedMessage read()
    {
        SavedMessage message;
        message.name = string(u"name"_s, ProjectLimits::kNameChars);
        require(u"name"_s, nameProblem(message.name));
        message.folder = string(u"folder"_s, ProjectLimits::kNameChars);
        if (!message.folder.isEmpty())
            require(u"folder"_s, nameProblem(message.folder));
        message.key = key();
        const QString to = string(u"to"_s, 1'000);
        if (!to.isEmpty() && to != u"all") {
            require(u"to"_s, topicProblem(to));
            message.topic = to;
        }
        message.event = string(u"event"_s, ProjectLimits::kEventChars);
        const QString format = string(u"format"_s, 20);
        if (format == u"text")
            message.format = DraftType::Text;
        else if (format == u"json")
            message.format = DraftType::Json;
        else if (!format.isEmpty() && format != u"auto")
            require(u"format"_s, Words::tr("is neither auto, text nor json"));
        message.text = text();
        message.unknown = m_object;
        return message;
    }

private:
    void require(const QString &member, const QString &words)
    {
        if (problem.isEmpty() && !words.isEmpty())
            problem = u"“%1”: %2"_s.arg(member, words);
    }
    void bound(const QString &member, const QString &text, qsizetype most)
    {
        if (text.size() > most) {
            require(member, Words::tr("is longer than %1 characters")
                                .arg(formatCount(static_cast<std::uint64_t>(most))));
        }
    }
    QString string(const QString &member, qsizetype most)
    {
        const QJsonValue value = m_object.take(member);
        if (!value.isString() && !value.isUndefined())
            require(member, Words::tr("is not a text"));
        bound(member, value.toString(), most);
        return value.toString();
    }
    int key()
    {
        const QString text = string(u"key"_s, 10);
        if (text.isEmpty())
            return 0;
        for (int key = 1; key <= 12; ++key) {
            if (text == u"F%1"_s.arg(key))
                return key;
        }
        require(u"key"_s, Words::tr("is not one of F1 to F12"));
        return 0;
    }
    QString text()
    {
        const QString member = u"text"_s;
        if (!m_object.value(member).isArray())
            return string(member, ProjectLimits::kTextChars);
        QStringList lines;
        const QJsonArray array = m_object.take(member).toArray();
        for (const QJsonValue &line : array) {
            if (!line.isString())
                require(member, Words::tr("is not a list of lines"));
            lines << line.toString();
        }
        const QString text = lines.join(u'\n');
        bound(member, text, ProjectLimits::kTextChars);
        return text;
    }

    QJsonObject m_object;
};

QString placeOf(const QByteArray &bytes, qsizetype offset)
{
    const QByteArray before = bytes.first(std::clamp<qsizetype>(offset, 0, bytes.size()));
    const qsizetype lineStart = before.lastIndexOf('\n') + 1;
    return Words::tr("line %1, column %2")
        .arg(before.count('\n') + 1)
        .arg(QString::fromUtf8(before.sliced(lineStart)).size() + 1);
}

void note(ReadProject &read, const QString &words)
{
    if (read.notes.size() < kMostNotes)
        read.notes << words;
}

// What another hand or another version may have written, put right without losing a message.
void settle(ReadProject &read, SavedMessage message)
{
    const QString shown = visibleText(message.name, 40);
    if (message.key != 0 && !isFreeKey(message.key)) {
        note(
            read,
            Words::tr("F%1 is a key of the window: “%2” has none now").arg(message.key).arg(shown));
        message.key = 0;
    }
    if (message.key != 0 && findKey(read.project, message.key)) {
        note(read, Words::tr("F%1 is given twice: “%2” has none now").arg(message.key).arg(shown));
        message.key = 0;
    }
    read.project.messages.push_back(std::move(message));
}

} // namespace

bool isFreeKey(int key)
{
    return key >= 1 && key <= 12 && key != 3 && key != 5 && key != 6;
}

QString nameProblem(const QString &name)
{
    if (name.trimmed().isEmpty())
        return Words::tr("a name is needed");
    if (name.size() > ProjectLimits::kNameChars)
        return Words::tr("at most %1 characters").arg(ProjectLimits::kNameChars);
    const bool printable = std::all_of(name.begin(), name.end(), [](QChar c) {
        return c.category() != QChar::Other_Control && c.category() != QChar::Separator_Line &&
               c.category() != QChar::Separator_Paragraph;
    });
    return printable ? QString() : Words::tr("no control characters");
}

std::variant<ReadProject, QString> parseProject(const QByteArray &bytes)
{
    if (bytes.size() > ProjectLimits::kFileBytes) {
        return Words::tr("larger than %1")
            .arg(formatBytes(static_cast<std::uint64_t>(ProjectLimits::kFileBytes)));
    }
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(bytes, &error);
    if (error.error != QJsonParseError::NoError)
        return u"%1: %2"_s.arg(placeOf(bytes, error.offset), error.errorString());
    QJsonObject root = document.object();
    const QJsonValue version = root.take(u"pushdeck"_s);
    if (!version.isDouble())
        return Words::tr("not a Pushdeck project: “pushdeck”, its version, is missing");
    if (version.toDouble() != kVersion) {
        return version.toDouble() > kVersion
                   ? Words::tr("written by a later version of Pushdeck (format %1)")
                         .arg(version.toDouble())
                   : Words::tr("“pushdeck” is not a version");
    }
    const QJsonValue list = root.take(u"messages"_s);
    if (!list.isArray() && !list.isUndefined())
        return Words::tr("“messages” is not a list");
    const QJsonArray messages = list.toArray();
    if (static_cast<std::size_t>(messages.size()) > ProjectLimits::kMessages)
        return Words::tr("more than %1 messages").arg(formatCount(ProjectLimits::kMessages));
    ReadProject read;
    read.project.unknown = root;
    QStringList seen;
    for (qsizetype i = 0; i < messages.size(); ++i) {
        MessageReader reader(messages[i].toObject());
        SavedMessage message = reader.read();
        if (!messages[i].isObject())
            reader.problem = Words::tr("is not an object");
        else if (reader.problem.isEmpty() &&
                 findMessage(read.project, message.folder, message.name))
            reader.problem = Words::tr("the same name twice in one folder");
        if (!reader.problem.isEmpty()) {
            const QString name = visibleText(message.name, 40);
            return (name.isEmpty() ? Words::tr("message %1: %2").arg(i + 1)
                                   : Words::tr("message %1 (“%2”): %3").arg(i + 1).arg(name))
                .arg(reader.problem);
        }
        settle(read, std::move(message));
    }
    return read;
}

QByteArray writeProject(const Project &project)
{
    QByteArray out = "{";
    ObjectWriter root(out, 2);
    root.add(u"pushdeck"_s, QByteArray::number(kVersion));
    QByteArray list = "[";
    for (const SavedMessage &message : project.messages) {
        list += &message == &project.messages.front() ? "\n    {" : ",\n    {";
        ObjectWriter writer(list, 6);
        writer.add(u"name"_s, message.name);
        writer.add(u"folder"_s, message.folder);
        if (message.key != 0)
            writer.add(u"key"_s, u"F%1"_s.arg(message.key));
        writer.add(u"to"_s, message.topic.isEmpty() ? u"all"_s : message.topic);
        writer.add(u"event"_s, message.event);
        writer.add(u"format"_s, formatName(message.format));
        writer.add(u"text"_s, textJson(message.text));
        writer.add(message.unknown);
        list += "\n    }";
    }
    list += project.messages.empty() ? "]" : "\n  ]";
    root.add(u"messages"_s, list);
    root.add(project.unknown);
    return out + "\n}\n";
}

QStringList foldersOf(const Project &project)
{
    QStringList folders;
    for (const SavedMessage &message : project.messages) {
        if (!message.folder.isEmpty() && !folders.contains(message.folder))
            folders << message.folder;
    }
    return folders;
}

std::optional<std::size_t> findMessage(const Project &project, const QString &folder,
                                       const QString &name)
{
    for (std::size_t i = 0; i < project.messages.size(); ++i) {
        if (project.messages[i].name == name && project.messages[i].folder == folder)
            return i;
    }
    return std::nullopt;
}

std::optional<std::size_t> findKey(const Project &project, int key)
{
    for (std::size_t i = 0; key != 0 && i < project.messages.size(); ++i) {
        if (project.messages[i].key == key)
            return i;
    }
    return std::nullopt;
}

bool placeMessage(Project &project, SavedMessage message, std::optional<std::size_t> replaced)
{
    const auto same = findMessage(project, message.folder, message.name);
    if (!replaced && !same && project.messages.size() >= ProjectLimits::kMessages)
        return false;
    if (const auto holder = findKey(project, message.key))
        project.messages[*holder].key = 0;
    const std::optional<std::size_t> place = replaced ? replaced : same;
    if (place)
        project.messages[*place] = std::move(message);
    else
        project.messages.push_back(std::move(message));
    // Renamed onto another: that one is replaced, as the form says.
    if (replaced && same && *same != *replaced)
        project.messages.erase(project.messages.begin() + static_cast<std::ptrdiff_t>(*same));
    return true;
}

} // namespace pushdeck
