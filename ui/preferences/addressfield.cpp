// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preferences/addressfield.h"

#include "ui/text/visible.h"

#include <QLineEdit>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

constexpr int kEvery = 0;
constexpr int kThisMachine = 1;
constexpr qsizetype kInterfaceCharacters = 40;

} // namespace

AddressField::AddressField(QWidget *parent) : QComboBox(parent)
{
    setEditable(true);
    setInsertPolicy(QComboBox::NoInsert);
    setMinimumWidth(300);
    addItem(tr("Every address"), QString());
    addItem(tr("This machine only"), u"127.0.0.1"_s);
    connect(this, &QComboBox::editTextChanged, this, &AddressField::edited);
}

void AddressField::setMachine(const Machine &machine)
{
    const QString kept = address();
    {
        const QSignalBlocker blocker(this);
        while (count() > kThisMachine + 1)
            removeItem(count() - 1);
        for (const Machine::Address &each : machine.addresses) {
            if (!each.loopback)
                addItem(
                    u"%1  ·  %2"_s.arg(each.ip, visibleText(each.interface, kInterfaceCharacters)),
                    each.ip);
        }
    }
    setAddress(kept);
}

QString AddressField::address() const
{
    const QString text = currentText().trimmed();
    const int index = findText(text);
    return index >= 0 ? itemData(index).toString() : text;
}

void AddressField::setAddress(const QString &address)
{
    const int index = address.isEmpty() ? kEvery : findData(address);
    if (index >= 0)
        setCurrentIndex(index);
    setEditText(index >= 0 ? itemText(index) : address);
    lineEdit()->setCursorPosition(0);
}

} // namespace pushdeck
