// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QObject>
#include <QString>
#include <QStringList>

#include <cstdint>

class QSettings;

namespace pushdeck {

/// What the operator calls a client.
struct ClientNote
{
    QString name;     ///< may be empty
    QStringList tags; ///< in the order given
};

/// The names and tags that the operator gave, by ClientInfo::identity: a client that comes back,
/// even to the next run of the program, has them again. Remembers `kMost` identities; whoever was
/// not seen for the longest is forgotten first. GUI thread.
class ClientBook final : public QObject
{
    Q_OBJECT

public:
    static constexpr qsizetype kMost = 1'000;
    static constexpr int kNameCharacters = 64;
    static constexpr int kTagCharacters = 24;
    static constexpr int kTagsEach = 8;

    using QObject::QObject;

    /// Null where nothing was noted. Valid until the next change.
    [[nodiscard]] const ClientNote *find(const QString &identity) const;
    [[nodiscard]] qsizetype size() const { return m_notes.size(); }

    /// White space is simplified; what is too long is cut; empty takes the name away. Without an
    /// identity nothing can be remembered: then nothing happens.
    void setName(const QString &identity, const QString &name);
    void setTags(const QString &identity, const QStringList &tags);
    /// The tags of many, as one change.
    void setTags(const QHash<QString, QStringList> &tags);

    /// It is here: the last to be forgotten.
    void touch(const QString &identity);

    /// Every tag in use, the most used first.
    [[nodiscard]] QStringList knownTags() const;

    /// Entries that make no sense are left out.
    void restore(const QSettings &settings);
    void save(QSettings &settings) const;

signals:
    void changed();

private:
    struct Entry
    {
        ClientNote note;
        std::uint64_t age = 0; ///< higher: seen later
    };

    /// True where that was a change. Tells nobody.
    bool put(const QString &identity, ClientNote note);
    [[nodiscard]] ClientNote noteOf(const QString &identity) const;
    void forgetOldest();

    QHash<QString, Entry> m_notes;
    std::uint64_t m_clock = 0;
};

/// The tags in what an operator typed, between commas or white space, without a leading #; each
/// once, cut to what a ClientBook keeps; the first `most`.
[[nodiscard]] QStringList tagsIn(const QString &text, qsizetype most = ClientBook::kTagsEach);

} // namespace pushdeck
