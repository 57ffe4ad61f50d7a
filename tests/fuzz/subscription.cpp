// A request's path, query and fields as a subscription, from the network.
// SPDX-License-Identifier: GPL-3.0-or-later
#include "target.h"
#include "transport/subscriptionrequest.h"

using namespace pushdeck;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    HeadParser parser{Limits{}};
    if (parser.feed(fuzz::bytesOf(data, size)) != HeadParser::State::Ok)
        return 0;
    const RequestHead head = parser.takeHead();
    (void)tokenOf(head);
    (void)askedBeside(head);
    const auto request = SubscriptionRequest::parse(head);
    if (!request) {
        require(!request.error().words.isEmpty(), "a refusal says why");
        return 0;
    }
    require(!request->topics.empty() && request->topics.size() <= kTopicsPerSubscription,
            "topics are bounded");
    require(request->timeout.count() >= 0 && request->timeout <= kPollTimeoutMost,
            "a wait is bounded");
    require(request->clientId.size() <= kClientIdBytes, "a client's id is bounded");
    require(request->conditional == isConditional(head), "a condition is a condition");
    const auto cursor = cursorOf(head);
    require(cursor && cursor->kind == request->cursor.kind && cursor->id == request->cursor.id,
            "a cursor alone is the subscription's cursor");
    for (const TopicPattern &topic : request->topics) {
        const auto again = TopicPattern::fromName(topic.name());
        require(again && *again == topic, "a topic's name is that topic's name");
    }
    return 0;
}
