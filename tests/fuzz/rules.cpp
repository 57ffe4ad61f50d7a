// The operator's rules for topics, from a file or the command line, and what a client asks for
// under them. The input's last line is the topic or pattern asked for, the others are the rules.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "plaintopics.h"
#include "policy/topicrules.h"
#include "target.h"

#include <algorithm>

using namespace pushdeck;
using fuzz::require;

namespace {

/// With a token, but not the operator's.
bool lets(Who who)
{
    return who == Who::Anyone || who == Who::Token;
}

QByteArray written(std::optional<Who> who, const char *name)
{
    static constexpr const char *kWords[] = {"anyone", "token", "operator", "nobody"};
    return who ? QByteArray(" ") + name + '=' + kWords[static_cast<std::size_t>(*who)]
               : QByteArray();
}

QByteArray written(const TopicRules &rules)
{
    QByteArray text;
    for (const TopicRule &rule : rules.rules())
        text += rule.pattern.name().toPercentEncoding("/*") + written(rule.publish, "publish") +
                written(rule.subscribe, "subscribe") + '\n';
    return text;
}

bool same(const TopicRule &a, const TopicRule &b)
{
    return a.pattern == b.pattern && a.publish == b.publish && a.subscribe == b.subscribe;
}

/// The first rule that matches a topic and speaks of what is asked.
std::optional<Who> plainly(const TopicRules &rules, const QByteArray &topic,
                           std::optional<Who> TopicRule::*asked)
{
    for (const TopicRule &rule : rules.rules()) {
        if (rule.*asked &&
            fuzz::matchesPlainly(fuzz::segments(rule.pattern.name()), fuzz::segments(topic)))
            return rule.*asked;
    }
    return std::nullopt;
}

void checkTopic(const TopicRules &rules, const QByteArray &topic, const TopicRules::Verdict &whole)
{
    const auto publish = plainly(rules, topic, &TopicRule::publish);
    require(rules.whoMayPublish(topic) == publish, "the first rule that speaks decides");
    require(rules.whoMayPublish(topic) == publish, "what is remembered is what was found");
    const auto name = TopicPattern::fromName(topic);
    if (!name)
        return; // reserved, or too long now
    const auto subscribe = plainly(rules, topic, &TopicRule::subscribe);
    const auto alone = rules.verdictOn(*name, &lets);
    require(alone.decided == subscribe.has_value(), "a topic that a rule speaks of is decided");
    require((alone.refusing != nullptr) == (subscribe && !lets(*subscribe)),
            "a topic is refused by the rule that speaks of it");
    require(whole.refusing || !alone.refusing, "a pattern gets nothing that a name would not");
    require(whole.refusing || !whole.decided || alone.decided,
            "a pattern is decided where all its topics are");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray text = fuzz::bytesOf(data, size);
    const qsizetype end = text.lastIndexOf('\n');
    const auto rules = TopicRules::parse(end < 0 ? text : text.first(end));
    if (!rules) {
        require(!rules.error().words.isEmpty(), "a refusal says why");
        return 0;
    }
    require(rules->rules().size() <= kTopicRules, "rules are bounded");
    for (const TopicRule &rule : rules->rules())
        require(rule.publish || rule.subscribe, "a rule speaks of something");
    const auto again = TopicRules::parse(written(*rules));
    require(again && std::equal(rules->rules().begin(), rules->rules().end(),
                                again->rules().begin(), again->rules().end(), same),
            "what was parsed, written, parses to the same");

    const auto asked = TopicPattern::fromName(end < 0 ? QByteArray() : text.mid(end + 1));
    if (!asked)
        return 0;
    const auto verdict = rules->verdictOn(*asked, &lets);
    require(verdict.steps <= kRuleSteps, "judging is bounded");
    require(!verdict.refusing || verdict.refusing->subscribe, "who refuses speaks of it");
    const bool all =
        std::all_of(rules->rules().begin(), rules->rules().end(),
                    [](const TopicRule &rule) { return fuzz::isShort(rule.pattern.name()); });
    for (const QByteArray &topic : fuzz::topicsOf(asked->name())) {
        if (all && fuzz::isShort(topic))
            checkTopic(*rules, topic, verdict);
    }
    return 0;
}
