// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/address/addressbar.h"

#include "ui/address/statedot.h"
#include "ui/text/visible.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/tones.h"

#include <QAction>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QStackedWidget>
#include <QStyledItemDelegate>
#include <QToolButton>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

constexpr int kUrlRole = Qt::UserRole;
constexpr int kInterfaceRole = Qt::UserRole + 1;
constexpr int kHeight = 48;

} // namespace

QString addressNote(const ServerAddress &address)
{
    QString note = visibleText(address.interface, 40);
    if (address.isVirtual)
        note += u' ' + AddressBar::tr("(virtual)");
    return note;
}

AddressBar::AddressBar(QWidget *parent)
    : QWidget(parent),
      m_startStop(new QPushButton(this)),
      m_dot(new StateDot(this)),
      m_stateWords(new QLabel(this)),
      m_pages(new QStackedWidget(this)),
      m_addresses(new QComboBox(this)),
      m_bind(new QComboBox(this)),
      m_port(new QSpinBox(this)),
      m_addressButtons(new QWidget(this)),
      m_endButtons(new QWidget(this))
{
    setFixedHeight(kHeight);
    m_startStop->setObjectName(u"startStop"_s);
    m_stateWords->setTextFormat(Qt::PlainText);
    m_stateWords->setObjectName(u"stateWords"_s);

    m_addresses->setObjectName(u"addresses"_s);
    m_addresses->setFont(fixedFont());
    m_addresses->setAccessibleName(tr("Address for clients"));
    m_addresses->setToolTip(
        tr("The address that copied snippets, the QR code and the browser use"));
    m_addresses->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_addresses->setMinimumWidth(300);
    connect(m_addresses, &QComboBox::activated, this, [this] { m_chosen = url(); });
    connect(m_addresses, &QComboBox::currentIndexChanged, this, [this] { emit urlChanged(url()); });

    auto *listen = new QWidget(this);
    auto *listenLayout = new QHBoxLayout(listen);
    listenLayout->setContentsMargins(0, 0, 0, 0);
    listenLayout->setSpacing(8);
    m_bind->setObjectName(u"bind"_s);
    m_bind->setEditable(true);
    m_bind->setInsertPolicy(QComboBox::NoInsert);
    m_bind->addItem(tr("Every address"));
    m_bind->addItem(tr("This machine only"));
    m_bind->setMinimumWidth(180);
    m_bind->setAccessibleName(tr("Address to listen on"));
    m_port->setObjectName(u"port"_s);
    m_port->setRange(0, 65535);
    m_port->setValue(8080);
    m_port->setSpecialValueText(tr("any"));
    m_port->setMinimumWidth(84);
    m_port->setAccessibleName(tr("Port to listen on"));
    m_port->setToolTip(tr("0 takes any free port"));
    auto *on = new QLabel(tr("Listen on"), listen);
    auto *port = new QLabel(tr("Port"), listen);
    listenLayout->addWidget(on);
    listenLayout->addWidget(m_bind);
    listenLayout->addWidget(port);
    listenLayout->addWidget(m_port);
    listenLayout->addStretch(1);
    m_pages->addWidget(listen);

    auto *running = new QWidget(this);
    auto *runningLayout = new QHBoxLayout(running);
    runningLayout->setContentsMargins(0, 0, 0, 0);
    runningLayout->setSpacing(6);
    runningLayout->addWidget(m_addresses);
    runningLayout->addWidget(m_addressButtons);
    runningLayout->addStretch(1);
    m_pages->addWidget(running);

    for (QWidget *group : {m_addressButtons, m_endButtons}) {
        auto *layout = new QHBoxLayout(group);
        layout->setContentsMargins(0, 0, 0, 0);
        layout->setSpacing(2);
    }

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(10, 0, 8, 0);
    layout->setSpacing(8);
    layout->addWidget(m_startStop);
    layout->addSpacing(4);
    layout->addWidget(m_dot);
    layout->addWidget(m_stateWords);
    layout->addSpacing(4);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_endButtons);
    showState(ServerState::Stopped, {});
}

QToolButton *AddressBar::makeButton(QAction *action)
{
    auto *button = new QToolButton(this);
    button->setDefaultAction(action);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setAccessibleName(action->text());
    return button;
}

void AddressBar::addButton(QAction *action)
{
    m_endButtons->layout()->addWidget(makeButton(action));
}

void AddressBar::addAddressAction(QAction *action)
{
    QToolButton *button = makeButton(action);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_addressButtons->layout()->addWidget(button);
    m_addressActions << action;
    action->setEnabled(!url().isEmpty());
}

void AddressBar::addAddressWidget(QWidget *widget)
{
    m_addressButtons->layout()->addWidget(widget);
}

void AddressBar::setStartStopAction(QAction *action)
{
    connect(m_startStop, &QPushButton::clicked, action, &QAction::trigger);
    const auto follow = [this, action] {
        m_startStop->setText(action->iconText());
        m_startStop->setToolTip(action->toolTip());
        m_startStop->setEnabled(action->isEnabled());
        const bool primary = m_state == ServerState::Stopped;
        m_startStop->setIcon(primary ? tintedIcon(u"play"_s, Qt::white) : themedIcon(u"stop"_s));
        m_startStop->setProperty("role", primary ? u"primary"_s : QString());
        m_startStop->setFixedWidth(std::max(m_startStop->sizeHint().width(), 84));
        m_startStop->update();
    };
    connect(action, &QAction::changed, this, follow);
    follow();
}

void AddressBar::showState(ServerState state, const std::vector<ServerAddress> &addresses)
{
    m_state = state;
    m_dot->setState(state);
    m_stateWords->setText(stateName(state));
    const bool hasAddress = state == ServerState::Running && !addresses.empty();
    const bool editable = state == ServerState::Stopped;
    m_bind->setEnabled(editable);
    m_port->setEnabled(editable);
    showAddresses(hasAddress ? addresses : std::vector<ServerAddress>{});
    m_pages->setCurrentIndex(hasAddress ? 1 : 0);
    for (QAction *action : std::as_const(m_addressActions))
        action->setEnabled(hasAddress);
}

void AddressBar::showAddresses(const std::vector<ServerAddress> &addresses)
{
    bool same = static_cast<int>(addresses.size()) == m_addresses->count();
    for (int i = 0; same && i < m_addresses->count(); ++i)
        same = m_addresses->itemData(i, kUrlRole) == addresses[static_cast<std::size_t>(i)].url;
    if (same)
        return;
    const QString before = m_chosen.isEmpty() ? QString() : m_chosen;
    {
        const QSignalBlocker blocker(m_addresses);
        m_addresses->clear();
        m_shown.clear();
        for (const ServerAddress &address : addresses) {
            m_addresses->addItem(address.url + u"  ·  "_s + addressNote(address));
            if (address.url.startsWith(u"https:"_s))
                m_addresses->setItemIcon(m_addresses->count() - 1, themedIcon(u"lock"_s));
            m_shown.push_back(address);
            m_addresses->setItemData(m_addresses->count() - 1, address.url, kUrlRole);
            m_addresses->setItemData(m_addresses->count() - 1, address.interface, kInterfaceRole);
        }
        const int index = m_addresses->findData(before, kUrlRole);
        m_addresses->setCurrentIndex(index >= 0 ? index : (addresses.empty() ? -1 : 0));
    }
    emit urlChanged(url());
}

void AddressBar::sayAddresses()
{
    for (int i = 0; i < m_addresses->count(); ++i) {
        const ServerAddress &address = m_shown[static_cast<std::size_t>(i)];
        m_addresses->setItemText(i, address.url + u"  ·  "_s + addressNote(address));
    }
}

QString AddressBar::url() const
{
    return m_addresses->currentData(kUrlRole).toString();
}

QString AddressBar::interface() const
{
    return m_addresses->currentData(kInterfaceRole).toString();
}

void AddressBar::setRequest(const ListenRequest &request)
{
    m_port->setValue(request.port);
    if (request.address.isEmpty())
        m_bind->setCurrentIndex(0);
    else if (request.address == u"127.0.0.1")
        m_bind->setCurrentIndex(1);
    else
        m_bind->setEditText(request.address);
}

ListenRequest AddressBar::request() const
{
    ListenRequest request;
    request.port = static_cast<std::uint16_t>(m_port->value());
    const QString text = m_bind->currentText().trimmed();
    if (text == m_bind->itemText(1))
        request.address = u"127.0.0.1"_s;
    else if (text != m_bind->itemText(0))
        request.address = text;
    return request;
}

void AddressBar::focusPort()
{
    m_port->setFocus(Qt::OtherFocusReason);
    m_port->selectAll();
}

void AddressBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        sayAddresses();
}

} // namespace pushdeck
