// SPDX-License-Identifier: GPL-3.0-or-later
#include "policy/topicrules.h"

#include <QCoreApplication>

namespace pushdeck {

namespace {

/// Topics whose rule is remembered. More start anew: a flood of topics must not fill the memory.
constexpr qsizetype kRemembered = 4096;

constexpr qsizetype kQuotedBytes = 60;

QString tr(const char *text)
{
    return QCoreApplication::translate("pushdeck::TopicRules", text);
}

QString quoted(const QByteArray &text)
{
    return QString::fromUtf8(text.left(kQuotedBytes));
}

std::optional<Who> whoOf(QByteArrayView word)
{
    if (word == "anyone")
        return Who::Anyone;
    if (word == "token")
        return Who::Token;
    if (word == "operator")
        return Who::Operator;
    if (word == "nobody")
        return Who::Nobody;
    return std::nullopt;
}

std::optional<Error> takeWord(const QByteArray &word, TopicRule &rule)
{
    const qsizetype equals = word.indexOf('=');
    const QByteArray name = equals < 0 ? word : word.first(equals);
    std::optional<Who> *target = name == "publish"     ? &rule.publish
                                 : name == "subscribe" ? &rule.subscribe
                                                       : nullptr;
    if (!target || equals < 0)
        return badRequest(tr("'%1' is neither 'publish=' nor 'subscribe='.").arg(quoted(word)));
    if (*target)
        return badRequest(tr("'%1' stands there twice.").arg(quoted(name)));
    *target = whoOf(word.mid(equals + 1));
    if (!*target)
        return badRequest(
            tr("'%1': who may is 'anyone', 'token', 'operator' or 'nobody'.").arg(quoted(word)));
    return std::nullopt;
}

Result<TopicRule> ruleOf(const QByteArray &line)
{
    const QByteArrayList words = line.split(' ');
    auto pattern = TopicPattern::fromPath(words.first());
    if (!pattern)
        return pattern.error();
    TopicRule rule{std::move(pattern).value(), {}, {}};
    for (qsizetype i = 1; i < words.size(); ++i) {
        if (auto error = takeWord(words[i], rule))
            return *std::move(error);
    }
    if (!rule.publish && !rule.subscribe)
        return badRequest(tr("After the pattern stands 'publish=' or 'subscribe=', and who may."));
    return rule;
}

} // namespace

Result<TopicRules> TopicRules::parse(const QByteArray &text)
{
    if (text.size() > kTopicRulesBytes)
        return badRequest(tr("Rules have at most %1 bytes.").arg(kTopicRulesBytes));
    TopicRules rules;
    int number = 0;
    for (const QByteArray &raw : text.split('\n')) {
        ++number;
        const QByteArray line = raw.simplified();
        if (line.isEmpty() || line.startsWith('#'))
            continue;
        if (rules.m_rules.size() == kTopicRules)
            return badRequest(tr("There may be %1 rules.").arg(kTopicRules));
        auto rule = ruleOf(line);
        if (!rule)
            return badRequest(tr("Line %1: %2").arg(number).arg(rule.error().words));
        rules.m_states.emplace_back(rule->pattern);
        rules.m_rules.push_back(std::move(rule).value());
    }
    return rules;
}

std::optional<Who> TopicRules::whoMayPublish(const QByteArray &topic) const
{
    if (m_rules.empty())
        return std::nullopt;
    if (const auto known = m_publishing.constFind(topic); known != m_publishing.constEnd())
        return *known;
    std::optional<Who> who;
    std::uint64_t steps = 0;
    for (std::size_t i = 0; i < m_rules.size() && !who; ++i) {
        if (m_rules[i].publish && m_states[i].matches(topic, steps))
            who = m_rules[i].publish;
    }
    if (m_publishing.size() >= kRemembered)
        m_publishing.clear();
    m_publishing.insert(topic, who);
    return who;
}

TopicRules::Verdict TopicRules::verdictOn(const TopicPattern &asked,
                                          const std::function<bool(Who)> &lets) const
{
    const PatternStates states(asked);
    Verdict verdict;
    for (std::size_t i = 0; i < m_rules.size(); ++i) {
        const TopicRule &rule = m_rules[i];
        if (!rule.subscribe || !m_states[i].overlaps(states, verdict.steps))
            continue;
        if (!lets(*rule.subscribe))
            verdict.refusing = &rule;
        // A topic that it overlaps is covered.
        verdict.decided =
            verdict.refusing || asked.isExact() || m_states[i].covers(states, verdict.steps);
        if (verdict.decided)
            break;
    }
    return verdict;
}

} // namespace pushdeck
