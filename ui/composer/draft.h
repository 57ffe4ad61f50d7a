// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "monitor/servercontrol.h"
#include "monitor/snapshot.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <deque>
#include <optional>

namespace pushdeck {

/// How many clients a message to `target` reaches right now.
[[nodiscard]] std::uint32_t countRecipients(const SendTarget &target, const Snapshot &snapshot);

/// "13 delivered, 1 queued", "remembered, nobody is subscribed", or why it failed.
[[nodiscard]] QString outcomeWords(const SendOutcome &outcome, SendTarget::Kind kind);

/// What the operator chose in the type box; Auto becomes JSON where the text is a JSON object or
/// array.
enum class DraftType { Auto, Text, Json };
[[nodiscard]] QString contentTypeFor(DraftType type, const QByteArray &data);

/// Texts that were sent, walked with the up and down arrows. Bounded, without neighbours that are
/// equal; what was being written comes back at the end of the walk.
class SentTexts final
{
public:
    static constexpr std::size_t kMost = 100;

    void add(const QString &text);
    [[nodiscard]] std::optional<QString> older(const QString &current);
    [[nodiscard]] std::optional<QString> newer();
    void leave() { m_at = m_texts.size(); }
    [[nodiscard]] bool isWalking() const { return m_at < m_texts.size(); }
    [[nodiscard]] QStringList texts() const;

private:
    std::deque<QString> m_texts; // oldest first
    std::size_t m_at = 0;        // m_texts.size(): not walking
    QString m_writing;
};

} // namespace pushdeck
