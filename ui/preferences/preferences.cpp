// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preferences/preferences.h"

#include "ui/preferences/numberfields.h"
#include "ui/preferences/textchecks.h"

#include <QCoreApplication>
#include <QSettings>

#include <algorithm>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pushdeck::Preferences)
};

using Field = PreferenceField;

// A damaged file may have anything under a key; more than this no preference has.
constexpr qsizetype kMostCharacters = 70'000;

QString flagText(bool flag)
{
    return flag ? u"yes"_s : u"no"_s;
}

QString takeFlag(const QString &text, bool &flag)
{
    const bool yes = text == u"yes" || text == u"true" || text == u"1";
    const bool no = text == u"no" || text == u"false" || text == u"0" || text.isEmpty();
    if (!yes && !no)
        return Words::tr("Either yes or no.");
    flag = yes;
    return {};
}

template <QByteArray ServerSettings::Access::*member>
Field tokenField(const char16_t *key)
{
    return {keyOf(key), Applies::AtOnce,
            [](const Field &, const Preferences &from) {
                return QString::fromUtf8(from.server.access.*member);
            },
            [](const Field &, const QString &text, const Machine &, Preferences &into) {
                const QString token = text.trimmed();
                QString problem = tokenProblem(token);
                if (problem.isEmpty())
                    into.server.access.*member = token.toUtf8();
                return problem;
            }};
}

Field portField()
{
    return {
        keyOf(keys::kPort), Applies::ServerStart,
        [](const Field &, const Preferences &from) { return QString::number(from.listen.port); },
        [](const Field &, const QString &text, const Machine &, Preferences &into) {
            const auto port = readQuantity(Quantity::Count, text);
            if (!port || *port > 65535)
                return Words::tr("A number from 0 to 65535.");
            into.listen.port = static_cast<std::uint16_t>(*port);
            return QString();
        }};
}

Field addressField()
{
    return {keyOf(keys::kAddress), Applies::ServerStart,
            [](const Field &, const Preferences &from) { return from.listen.address; },
            [](const Field &, const QString &text, const Machine &machine, Preferences &into) {
                const QString address = text.trimmed();
                QString problem = addressProblem(address, machine);
                if (problem.isEmpty())
                    into.listen.address = address;
                return problem;
            }};
}

Field wwwField()
{
    return {keyOf(keys::kWww), Applies::ServerStart,
            [](const Field &, const Preferences &from) { return from.server.wwwFolder; },
            [](const Field &, const QString &text, const Machine &, Preferences &into) {
                QString problem = folderProblem(text.trimmed());
                if (problem.isEmpty())
                    into.server.wwwFolder = text.trimmed();
                return problem;
            }};
}

Field historyFileField()
{
    return {keyOf(keys::kHistoryFile), Applies::ProgramStart,
            [](const Field &, const Preferences &from) { return from.server.historyFile; },
            [](const Field &, const QString &text, const Machine &, Preferences &into) {
                QString problem = newFileProblem(text.trimmed());
                if (problem.isEmpty())
                    into.server.historyFile = text.trimmed();
                return problem;
            }};
}

/// What of the access only the server can judge: text, as it stands there.
template <QByteArray ServerSettings::Access::*member>
Field judgedField(const char16_t *key)
{
    return {keyOf(key), Applies::AtOnce,
            [](const Field &, const Preferences &from) {
                return QString::fromUtf8(from.server.access.*member);
            },
            [](const Field &, const QString &text, const Machine &machine, Preferences &into) {
                ServerSettings::Access alone;
                alone.*member = text.trimmed().toUtf8();
                QString problem = machine.accessProblem && !(alone.*member).isEmpty()
                                      ? machine.accessProblem(alone)
                                      : QString();
                if (problem.isEmpty())
                    into.server.access.*member = alone.*member;
                return problem;
            }};
}

Field originsField()
{
    return {keyOf(keys::kOrigins), Applies::AtOnce,
            [](const Field &, const Preferences &from) {
                return QString::fromUtf8(from.server.access.origins.join('\n'));
            },
            [](const Field &, const QString &text, const Machine &, Preferences &into) {
                QByteArrayList origins;
                QString problem = originsProblem(text, origins);
                if (problem.isEmpty())
                    into.server.access.origins = origins;
                return problem;
            }};
}

void addEncryptionFields(std::vector<Field> &fields)
{
    using Source = ServerSettings::Encryption::Source;
    fields.push_back({keyOf(keys::kTlsSource), Applies::AtOnce,
                      [](const Field &, const Preferences &from) {
                          return tlsSourceName(from.server.encryption.source);
                      },
                      [](const Field &, const QString &text, const Machine &, Preferences &into) {
                          for (const Source source : {Source::Off, Source::Files, Source::Made}) {
                              if (text == tlsSourceName(source)) {
                                  into.server.encryption.source = source;
                                  return QString();
                              }
                          }
                          return Words::tr("One of off, files and made.");
                      }});
    // Whether the files can be used is decided for both together: see encryptionConflicts().
    fields.push_back({keyOf(keys::kTlsCertificate), Applies::AtOnce,
                      [](const Field &, const Preferences &from) {
                          return from.server.encryption.certificateFile;
                      },
                      [](const Field &, const QString &text, const Machine &, Preferences &into) {
                          into.server.encryption.certificateFile = text.trimmed();
                          return QString();
                      }});
    fields.push_back(
        {keyOf(keys::kTlsKey), Applies::AtOnce,
         [](const Field &, const Preferences &from) { return from.server.encryption.keyFile; },
         [](const Field &, const QString &text, const Machine &, Preferences &into) {
             into.server.encryption.keyFile = text.trimmed();
             return QString();
         }});
    fields.push_back({keyOf(keys::kTlsOnly), Applies::AtOnce,
                      [](const Field &, const Preferences &from) {
                          return flagText(from.server.encryption.only);
                      },
                      [](const Field &, const QString &text, const Machine &, Preferences &into) {
                          return takeFlag(text, into.server.encryption.only);
                      }});
}

QHash<PreferenceKey, QString> encryptionConflicts(const Preferences &preferences,
                                                  const Machine &machine)
{
    const ServerSettings::Encryption &encryption = preferences.server.encryption;
    if (encryption.source != ServerSettings::Encryption::Source::Files)
        return {};
    if (encryption.certificateFile.isEmpty())
        return {{keyOf(keys::kTlsCertificate), Words::tr("Which file is the certificate?")}};
    if (encryption.keyFile.isEmpty())
        return {{keyOf(keys::kTlsKey), Words::tr("Which file is its key?")}};
    if (!machine.tlsCheck)
        return {};
    const Machine::TlsFault fault =
        machine.tlsCheck(encryption.certificateFile, encryption.keyFile);
    if (fault.words.isEmpty())
        return {};
    return {{keyOf(fault.atKey ? keys::kTlsKey : keys::kTlsCertificate), fault.words}};
}

void addWindowFields(std::vector<Field> &fields)
{
    fields.push_back(
        {keyOf(keys::kRelay), Applies::AtOnce,
         [](const Field &, const Preferences &from) { return flagText(from.server.access.relay); },
         [](const Field &, const QString &text, const Machine &, Preferences &into) {
             return takeFlag(text, into.server.access.relay);
         }});
    fields.push_back({keyOf(keys::kTheme), Applies::AtOnce,
                      [](const Field &, const Preferences &from) { return themeName(from.theme); },
                      [](const Field &, const QString &text, const Machine &, Preferences &into) {
                          into.theme = themeFromName(text);
                          return QString();
                      }});
    fields.push_back(
        {keyOf(keys::kLanguage), Applies::AtOnce,
         [](const Field &, const Preferences &from) { return languageName(from.language); },
         [](const Field &, const QString &text, const Machine &, Preferences &into) {
             into.language = languageFromName(text);
             return QString();
         }});
    fields.push_back(
        {keyOf(keys::kKeepInTray), Applies::AtOnce,
         [](const Field &, const Preferences &from) { return flagText(from.keepInTray); },
         [](const Field &, const QString &text, const Machine &, Preferences &into) {
             return takeFlag(text, into.keepInTray);
         }});
}

std::vector<Field> makeFields()
{
    std::vector<Field> fields = {
        portField(),
        addressField(),
        wwwField(),
        tokenField<&ServerSettings::Access::operatorToken>(keys::kOperatorToken),
        tokenField<&ServerSettings::Access::publishToken>(keys::kPublishToken),
        tokenField<&ServerSettings::Access::subscribeToken>(keys::kSubscribeToken),
        judgedField<&ServerSettings::Access::jwtKey>(keys::kJwtKey),
        judgedField<&ServerSettings::Access::topicRules>(keys::kTopicRules),
        originsField(),
        historyFileField()};
    addEncryptionFields(fields);
    addWindowFields(fields);
    for (const NumberField &number : numberFields()) {
        if (!number.editable)
            continue;
        fields.push_back(
            {keyOf(number.key), number.applies,
             [](const Field &field, const Preferences &from) {
                 const NumberField *own = findNumber(field.key);
                 return quantityText(own->quantity, own->get(from));
             },
             [](const Field &field, const QString &text, const Machine &, Preferences &into) {
                 const NumberField *own = findNumber(field.key);
                 std::int64_t value = 0;
                 QString problem = numberProblem(*own, text, value);
                 if (problem.isEmpty())
                     own->set(into, value);
                 return problem;
             }});
    }
    return fields;
}

} // namespace

QString tlsSourceName(ServerSettings::Encryption::Source source)
{
    using Source = ServerSettings::Encryption::Source;
    switch (source) {
        case Source::Files:
            return u"files"_s;
        case Source::Made:
            return u"made"_s;
        case Source::Off:
            break;
    }
    return u"off"_s;
}

const std::vector<PreferenceField> &preferenceFields()
{
    static const std::vector<PreferenceField> fields = makeFields();
    return fields;
}

const PreferenceField *findPreference(const PreferenceKey &key)
{
    const auto &fields = preferenceFields();
    const auto found = std::find_if(fields.begin(), fields.end(),
                                    [&key](const Field &field) { return field.key == key; });
    return found == fields.end() ? nullptr : &*found;
}

PreferenceTexts textsOf(const Preferences &preferences)
{
    PreferenceTexts texts;
    for (const Field &field : preferenceFields())
        texts.insert(field.key, field.text(field, preferences));
    return texts;
}

ReadPreferences readTexts(const PreferenceTexts &texts, const Preferences &base,
                          const Machine &machine)
{
    ReadPreferences read{base, {}};
    for (const Field &field : preferenceFields()) {
        const auto text = texts.constFind(field.key);
        if (text == texts.cend())
            continue;
        const QString problem = text->size() > kMostCharacters
                                    ? Words::tr("This is too long.")
                                    : field.take(field, *text, machine, read.preferences);
        if (!problem.isEmpty())
            read.problems.insert(field.key, problem);
    }
    // Each alone first: a number that is none conflicts with nothing.
    auto conflicts = numberConflicts(read.preferences);
    conflicts.insert(encryptionConflicts(read.preferences, machine));
    for (auto it = conflicts.cbegin(); it != conflicts.cend(); ++it) {
        if (!read.problems.contains(it.key()))
            read.problems.insert(it.key(), it.value());
    }
    return read;
}

static PreferenceTexts storedTexts(const QSettings &settings)
{
    PreferenceTexts texts;
    for (const Field &field : preferenceFields()) {
        if (settings.contains(field.key))
            texts.insert(field.key, settings.value(field.key).toString());
    }
    return texts;
}

ReadPreferences readPreferences(const QSettings &settings)
{
    ReadPreferences read = readTexts(storedTexts(settings), {}, {});
    // Two that do not go together: both get their defaults, as neither is known to be right.
    if (!numberConflicts(read.preferences).isEmpty()) {
        read.preferences.server.limits = {};
        read.preferences.server.history = {};
    }
    // What is to be shown to clients is incomplete: nothing is.
    if (!encryptionConflicts(read.preferences, {}).isEmpty())
        read.preferences.server.encryption = {};
    return read;
}

QString problemWords(const ReadPreferences &read)
{
    QStringList parts;
    for (const Field &field : preferenceFields()) {
        if (read.problems.contains(field.key))
            parts << u"%1 (%2)"_s.arg(field.key, read.problems.value(field.key));
    }
    return Words::tr("Some stored preferences cannot be used; the usual ones hold instead: %1")
        .arg(parts.join(u", "_s));
}

Wording problemWording(const QSettings &settings)
{
    // As they are now: they may be put right while the bar that says it is still there.
    return [texts = storedTexts(settings)] { return problemWords(readTexts(texts, {}, {})); };
}

void writePreferences(const Preferences &preferences, const QSet<PreferenceKey> &fixed,
                      QSettings &settings)
{
    const Preferences usual;
    for (const Field &field : preferenceFields()) {
        if (fixed.contains(field.key))
            continue;
        // What is as usual is not stored, so that a better default of a later version holds.
        const QString text = field.text(field, preferences);
        if (text == field.text(field, usual))
            settings.remove(field.key);
        else
            settings.setValue(field.key, text);
    }
}

QStringList differences(const Preferences &a, const Preferences &b, Applies applies)
{
    QStringList differing;
    for (const Field &field : preferenceFields()) {
        if (field.applies == applies && field.text(field, a) != field.text(field, b))
            differing << field.key;
    }
    return differing;
}

} // namespace pushdeck
