// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "transport/client.h"
#include "transport/subscriptionrequest.h"
#include "transport/transportcontext.h"

namespace pushdeck {

/// Takes up a client: recognizes one that was here before, gives it its id, and tells the log and
/// those who watch its topics. `info` says everything but that; a long-poll client is known by its
/// identity from poll to poll. Where a long-poll client comes back over another transport its old
/// self goes. See departed() for the other end.
Client &arrive(TransportContext &context, ClientInfo info, const SubscriptionRequest &request,
               const Visitor &visitor);

} // namespace pushdeck
