// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/patternbounds.h"
#include "core/result.h"
#include "core/topic.h"
#include "core/topicoverlap.h"

#include <QByteArray>
#include <QHash>

#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

namespace pushdeck {

/// Rules one server may have, and bytes their text may have.
inline constexpr std::size_t kTopicRules = 200;
inline constexpr qsizetype kTopicRulesBytes = 64 * 1024;

/// Steps (see PatternStates) that judging one topic or pattern takes at most: each rule may have to
/// be held against it, and one that overlaps a pattern may cover it.
inline constexpr std::uint64_t kRuleSteps = kTopicRules * (kTopicNameBytes + kPatternSegments);

/// Whom a rule lets.
enum class Who : std::uint8_t {
    Anyone,
    Token,    ///< who has a token that is good for it; the operator's is
    Operator, ///< who has the operator's token
    Nobody    ///< no client; the operator's own messages are not asked for
};

/// Who may publish to a pattern's topics, and who may subscribe to them. At least one is there.
struct TopicRule
{
    TopicPattern pattern;
    std::optional<Who> publish;
    std::optional<Who> subscribe;
};

/// The operator's rules for topics, in order: the first that matches a topic and speaks of what is
/// asked decides, and where none does the tokens do. As text one rule a line:
///
///     # a comment
///     /orders/**  publish=token subscribe=anyone
///     /secret     subscribe=operator publish=nobody
///
/// A pattern is written as in an address: a space is `%20`. A value. Server's thread.
class TopicRules final
{
public:
    TopicRules() = default;

    /// Errors say in which line.
    static Result<TopicRules> parse(const QByteArray &text);

    [[nodiscard]] bool isEmpty() const { return m_rules.empty(); }
    [[nodiscard]] const std::vector<TopicRule> &rules() const { return m_rules; }

    /// Whom the rules let publish to a topic; nothing where none speaks of it. Remembers what it
    /// found: asked for each message.
    [[nodiscard]] std::optional<Who> whoMayPublish(const QByteArray &topic) const;

    /// What the rules say of a subscription.
    struct Verdict
    {
        const TopicRule *refusing = nullptr; ///< the rule that refuses; null: none does
        bool decided = false;    ///< all its topics are spoken of; else the tokens decide as well
        std::uint64_t steps = 0; ///< what finding it took, at most kRuleSteps
    };
    /// A pattern stands for all topics that it could ever match, so the rules are gone through from
    /// the first: each that has a topic in common with it must let, and one that covers it whole
    /// ends the walk. So nobody gets by a pattern what he would not get by name.
    [[nodiscard]] Verdict verdictOn(const TopicPattern &asked,
                                    const std::function<bool(Who)> &lets) const;

private:
    std::vector<TopicRule> m_rules;
    std::vector<PatternStates> m_states;                        ///< of their patterns
    mutable QHash<QByteArray, std::optional<Who>> m_publishing; ///< what was asked for before
};

} // namespace pushdeck
