// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/preferences/preferences.h"

#include <QComboBox>

namespace pushdeck {

/// Where to listen: every address, this machine only, or one of the machine's.
class AddressField final : public QComboBox
{
    Q_OBJECT

public:
    explicit AddressField(QWidget *parent = nullptr);

    /// The machine's addresses to choose from; what is entered stays.
    void setMachine(const Machine &machine);

    [[nodiscard]] QString address() const; ///< as in ListenRequest
    void setAddress(const QString &address);

signals:
    void edited();
};

} // namespace pushdeck
