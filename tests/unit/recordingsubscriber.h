// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/subscriber.h"

#include <algorithm>
#include <vector>

namespace pushdeck {

/// A subscriber that writes down what it is given, and takes only so many in a replay.
class RecordingSubscriber final : public Subscriber
{
public:
    struct Item
    {
        std::uint64_t sequence = 0; ///< of a message; 0: a gap
        QByteArray topic;
        Gap gap;
        const void *bytes = nullptr; ///< where the encoding lay, while it is held
    };

    Delivery deliver(const Message &message) override
    {
        if (answer != Delivery::Refused) {
            held.push_back(message.encoded(format));
            items.push_back({message.sequence(), message->topic, {}, held.back().constData()});
        }
        room -= room > 0 ? 1 : 0;
        return answer;
    }
    void tellGap(const Gap &gap) override { items.push_back({0, {}, gap}); }
    [[nodiscard]] std::size_t wants() const override
    {
        return room < 0 ? kAnyNumber : std::size_t(room);
    }

    [[nodiscard]] std::vector<int> sequences() const
    {
        std::vector<int> result;
        for (const Item &item : items)
            result.push_back(static_cast<int>(item.sequence));
        return result;
    }

    /// The same without the gaps, and the gaps.
    [[nodiscard]] std::vector<int> messages() const
    {
        std::vector<int> result = sequences();
        result.erase(std::remove(result.begin(), result.end(), 0), result.end());
        return result;
    }
    [[nodiscard]] std::vector<Gap> gaps() const
    {
        std::vector<Gap> result;
        for (const Item &item : items) {
            if (item.sequence == 0)
                result.push_back(item.gap);
        }
        return result;
    }

    std::vector<Item> items;
    std::vector<QByteArray> held;
    Delivery answer = Delivery::Sent;
    WireFormat format = WireFormat::Json;
    int room = -1; ///< messages it takes in a replay; negative: any number
};

} // namespace pushdeck
