// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <vector>

namespace pushdeck {

/// A few descriptors kept open for the moment when the process has no others: each lets one waiting
/// connection be accepted and told so, rather than hang until it gives up. Empty where the system
/// has no such thing.
class DescriptorReserve final
{
public:
    DescriptorReserve() = default;
    ~DescriptorReserve();
    DescriptorReserve(const DescriptorReserve &) = delete;
    DescriptorReserve &operator=(const DescriptorReserve &) = delete;

    /// Opens as many as there should be and can be.
    void refill();

    /// Gives up one and accepts a connection on the listening socket in its place. -1: none is
    /// left, or none is waiting.
    [[nodiscard]] qintptr acceptInstead(qintptr listener);

    void clear();

private:
    std::vector<int> m_descriptors;
};

} // namespace pushdeck
