// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/hub.h"

namespace pushdeck {

class AccessPolicy;
class ClientRegistry;
class Deadlines;
class IdentityBook;
class Presence;
class PublishRates;
class RecentlyGone;
class TrafficRecorder;
class TurnFlusher;
struct Limits;

/// What every endpoint and session works with. The parts outlive all of them.
struct TransportContext
{
    Hub &hub;
    ClientRegistry &clients;
    IdentityBook &identities;
    Presence &presence;
    RecentlyGone &gone;
    TrafficRecorder &recorder;
    TurnFlusher &flusher;
    Deadlines &sessionTimes; ///< when each session is to be looked at, by the steady clock
    const AccessPolicy &policy;
    PublishRates &rates;
    const Limits &limits;
    Hub::Clock clock;  ///< UTC, milliseconds since the epoch: what is told and written
    Hub::Clock steady; ///< milliseconds of a clock that is never set: how long something takes
};

} // namespace pushdeck
