// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QTranslator>

#include <array>
#include <memory>
#include <mutex>
#include <string_view>
#include <unordered_map>

namespace pushdeck {

class ServerDictionary;

/// What tr() asks: for the program's own words, English too, and for Qt's (standard buttons, the
/// menus of text fields) where the system has them. It gives out one and the same QString
/// for the same words, and knows it again by its shared data: so a text that a widget was given
/// can be said in another language later, and one that only looks alike (a client that is named
/// "Close") is never taken for it.
///
/// Sentences of the server are said too, under a context of their own.
///
/// Texts with a number in them (plural forms) are made anew each time and not known again.
/// translate() is safe from any thread, as tr() is; the rest belongs to the GUI's.
class Vocabulary final : public QTranslator
{
public:
    enum class Tongue : std::uint8_t { English, Chinese };

    explicit Vocabulary(QObject *parent = nullptr);
    ~Vocabulary() override;

    /// What is said from now on.
    void speak(Tongue tongue);

    /// The same words in the present language; null where `text` is none of those given out.
    [[nodiscard]] QString again(const QString &text) const;

    QString translate(const char *context, const char *source, const char *disambiguation,
                      int n) const override;
    bool isEmpty() const override { return false; }

private:
    static constexpr std::size_t kTongues = 2;

    /// Words of one place in the sources. What it said stays, so that no other text ever has its
    /// address; that is bounded by the words there are.
    struct Saying
    {
        QByteArray context, source, disambiguation;
        std::array<QString, kTongues> said;
    };
    QString say(Saying &saying) const;

    mutable std::mutex m_mutex;
    std::unique_ptr<QTranslator> m_dictionary;
    std::unique_ptr<QTranslator> m_qt;          ///< Qt's own words; null: English
    std::unique_ptr<ServerDictionary> m_server; ///< null: English
    Tongue m_tongue = Tongue::English;
    mutable std::unordered_multimap<std::size_t, std::unique_ptr<Saying>> m_sayings;
    mutable QHash<const QChar *, Saying *> m_byData;
};

} // namespace pushdeck
