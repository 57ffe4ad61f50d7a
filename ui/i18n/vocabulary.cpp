// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/i18n/vocabulary.h"

#include "ui/i18n/serverwords.h"

#include <QLibraryInfo>

#include <algorithm>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

std::size_t hashOf(std::string_view context, std::string_view source, std::string_view more)
{
    const std::hash<std::string_view> hash;
    return hash(source) ^ (hash(context) << 1) ^ (hash(more) << 2);
}

bool same(const QByteArray &a, std::string_view b)
{
    return std::string_view(a.constData(), static_cast<std::size_t>(a.size())) == b;
}

} // namespace

Vocabulary::Vocabulary(QObject *parent) : QTranslator(parent) {}

Vocabulary::~Vocabulary() = default;

void Vocabulary::speak(Tongue tongue)
{
    auto dictionary = std::make_unique<QTranslator>();
    // English is asked too: for its plural forms.
    const bool found = dictionary->load(
        tongue == Tongue::Chinese ? u"pushdeck_zh_CN"_s : u"pushdeck_en"_s, u":/i18n"_s);
    auto qt = std::make_unique<QTranslator>();
    const bool qtToo =
        tongue == Tongue::Chinese &&
        qt->load(u"qtbase_zh_CN"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath));
    auto server = tongue == Tongue::Chinese
                      ? std::make_unique<ServerDictionary>(u":/i18n/server_zh_CN.ts"_s)
                      : nullptr;
    const std::scoped_lock lock(m_mutex);
    m_tongue = tongue;
    m_qt = qtToo ? std::move(qt) : nullptr;
    m_server = std::move(server);
    m_dictionary = found ? std::move(dictionary) : nullptr;
}

QString Vocabulary::again(const QString &text) const
{
    if (text.isEmpty())
        return {};
    const std::scoped_lock lock(m_mutex);
    Saying *saying = m_byData.value(text.constData());
    // A shorter text may begin at the same place.
    const bool whole =
        saying && std::any_of(saying->said.begin(), saying->said.end(), [&text](const QString &of) {
            return of.constData() == text.constData() && of.size() == text.size();
        });
    return whole ? say(*saying) : QString();
}

QString Vocabulary::say(Saying &saying) const
{
    QString &said = saying.said[static_cast<std::size_t>(m_tongue)];
    if (said.isNull()) {
        if (m_dictionary)
            said = m_dictionary->translate(saying.context.constData(), saying.source.constData(),
                                           saying.disambiguation.constData());
        if (said.isNull())
            said = QString::fromUtf8(saying.source);
        m_byData.insert(said.constData(), &saying);
    }
    return said;
}

QString Vocabulary::translate(const char *context, const char *source, const char *disambiguation,
                              int n) const
{
    const std::string_view place(context ? context : "");
    const std::string_view words(source ? source : "");
    const std::string_view more(disambiguation ? disambiguation : "");
    if (words.empty())
        return {};
    // Keys are called what stands on them: Enter, PgDown.
    if (place == "QShortcut")
        return QString::fromUtf8(source);
    const std::scoped_lock lock(m_mutex);
    if (!place.starts_with("pushdeck"))
        return m_qt ? m_qt->translate(context, source, disambiguation, n) : QString();
    // Not kept: there is no end to what they may hold.
    if (place == ServerDictionary::kContext)
        return m_server ? m_server->said(QString::fromUtf8(source)) : QString();
    if (n >= 0)
        return m_dictionary ? m_dictionary->translate(context, source, disambiguation, n)
                            : QString();
    const std::size_t hash = hashOf(place, words, more);
    const auto [begin, end] = m_sayings.equal_range(hash);
    for (auto known = begin; known != end; ++known) {
        Saying &saying = *known->second;
        if (same(saying.source, words) && same(saying.context, place) &&
            same(saying.disambiguation, more))
            return say(saying);
    }
    const auto bytes = [](std::string_view view) {
        return QByteArray(view.data(), static_cast<qsizetype>(view.size()));
    };
    auto made = std::make_unique<Saying>(Saying{bytes(place), bytes(words), bytes(more), {}});
    return say(*m_sayings.emplace(hash, std::move(made))->second);
}

} // namespace pushdeck
