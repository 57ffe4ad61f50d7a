// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/servercontrol.h"
#include "monitor/serversettings.h"
#include "ui/i18n/language.h"
#include "ui/i18n/wording.h"
#include "ui/theme/theme.h"

#include <QHash>
#include <QSet>
#include <QStringList>

#include <functional>
#include <vector>

class QSettings;

namespace pushdeck {

/// All that the operator sets in the preferences: a value, no widgets.
struct Preferences
{
    ListenRequest listen;
    ServerSettings server;
    ThemeChoice theme = ThemeChoice::Desktop;
    Language language = Language::System;
    bool keepInTray = false; ///< closing the window hides it

    bool operator==(const Preferences &) const = default;
};

/// What of this machine decides whether a preference is usable.
struct Machine
{
    struct Address
    {
        QString ip;        ///< "192.168.1.14", "fd00::1"
        QString interface; ///< "wlan0"
        bool loopback = false;
    };
    std::vector<Address> addresses; ///< empty: not known, any is taken

    /// Why a certificate and its key cannot be used; empty words: they can.
    struct TlsFault
    {
        bool atKey = false;
        QString words;
    };
    std::function<TlsFault(const QString &certificateFile, const QString &keyFile)>
        tlsCheck{}; ///< empty: not known, any are taken
    /// Why the server could not use rules for topics or a key, as a sentence; empty: it can. Null:
    /// not known, any is taken.
    QString (*accessProblem)(const ServerSettings::Access &access) = nullptr;
};

/// When a change of a preference holds.
enum class Applies {
    AtOnce,
    ServerStart, ///< when the server is started the next time
    ProgramStart ///< when Pushdeck is started the next time
};

/// The name of a preference, in the settings file and in the window: "server/port".
using PreferenceKey = QString;

/// One preference as text: what the settings file holds and a field of the window shows. One table
/// serves both, so that both accept and refuse the same.
struct PreferenceField
{
    PreferenceKey key;
    Applies applies = Applies::AtOnce;
    QString (*text)(const PreferenceField &field, const Preferences &from) = nullptr;
    /// Why the text cannot be taken, as a sentence for the operator; empty: it was.
    QString (*take)(const PreferenceField &field, const QString &text, const Machine &machine,
                    Preferences &into) = nullptr;
};

[[nodiscard]] const std::vector<PreferenceField> &preferenceFields();
[[nodiscard]] const PreferenceField *findPreference(const PreferenceKey &key);

/// Texts by key, as fields of the window hold them.
using PreferenceTexts = QHash<PreferenceKey, QString>;
[[nodiscard]] PreferenceTexts textsOf(const Preferences &preferences);

struct ReadPreferences
{
    Preferences preferences;                ///< with the default where a text is refused
    QHash<PreferenceKey, QString> problems; ///< why texts are refused
};

/// `base` with what `texts` says; keys that texts have not keep what base has. Each value alone and
/// those that depend on each other are checked.
[[nodiscard]] ReadPreferences readTexts(const PreferenceTexts &texts, const Preferences &base,
                                        const Machine &machine);

/// What the settings file holds, and what of it could not be used.
[[nodiscard]] ReadPreferences readPreferences(const QSettings &settings);

/// What of the settings file could not be used, as one sentence for a message bar.
[[nodiscard]] QString problemWords(const ReadPreferences &read);
[[nodiscard]] Wording problemWording(const QSettings &settings);

/// Stores all but the `fixed` ones.
void writePreferences(const Preferences &preferences, const QSet<PreferenceKey> &fixed,
                      QSettings &settings);

/// The keys in which two differ, of one kind.
[[nodiscard]] QStringList differences(const Preferences &a, const Preferences &b, Applies applies);

namespace keys {
inline constexpr char16_t kPort[] = u"server/port";
inline constexpr char16_t kAddress[] = u"server/address";
inline constexpr char16_t kWww[] = u"server/www";
inline constexpr char16_t kOperatorToken[] = u"access/operator-token";
inline constexpr char16_t kPublishToken[] = u"access/publish-token";
inline constexpr char16_t kSubscribeToken[] = u"access/subscribe-token";
inline constexpr char16_t kOrigins[] = u"access/origins";
inline constexpr char16_t kTopicRules[] = u"access/topic-rules";
inline constexpr char16_t kJwtKey[] = u"access/jwt-key";
inline constexpr char16_t kRate[] = u"rates/messages";
inline constexpr char16_t kBurst[] = u"rates/burst";
inline constexpr char16_t kByteRate[] = u"rates/bytes";
inline constexpr char16_t kRelay[] = u"access/relay";
inline constexpr char16_t kTlsSource[] = u"encryption/source";
inline constexpr char16_t kTlsCertificate[] = u"encryption/certificate-file";
inline constexpr char16_t kTlsKey[] = u"encryption/key-file";
inline constexpr char16_t kTlsOnly[] = u"encryption/only";
inline constexpr char16_t kHistoryFile[] = u"history/file";
inline constexpr char16_t kHistoryPerTopic[] = u"history/messages-per-topic";
inline constexpr char16_t kTheme[] = u"window/theme";
inline constexpr char16_t kLanguage[] = u"window/language";
inline constexpr char16_t kKeepInTray[] = u"window/keep-in-tray";
} // namespace keys

/// As it is stored: "off", "files", "made".
[[nodiscard]] QString tlsSourceName(ServerSettings::Encryption::Source source);

[[nodiscard]] inline PreferenceKey keyOf(const char16_t *name)
{
    return QString::fromUtf16(name);
}

} // namespace pushdeck
