// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/address/qrdialog.h"

#include "ui/address/qrview.h"
#include "ui/address/snippets.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace pushdeck {

using namespace Qt::StringLiterals;

QrDialog::QrDialog(QWidget *parent)
    : QDialog(parent), m_code(new QrView(this)), m_url(new QLabel(this)), m_hint(new QLabel(this))
{
    setWindowTitle(tr("Scan to connect"));
    m_code->setSizeHint({460, 460});
    m_code->setMinimumSize(240, 240);
    m_code->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    for (QLabel *label : {m_url, m_hint}) {
        label->setTextFormat(Qt::PlainText);
        label->setAlignment(Qt::AlignCenter);
    }
    m_url->setFont(strong(scaled(fixedFont(), 1.5)));
    m_url->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    m_hint->setWordWrap(true);
    auto *copy = new QPushButton(themedIcon(u"copy"_s), tr("Copy"), this);
    auto *close = new QPushButton(tr("Close"), this);
    connect(copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_coded); });
    connect(close, &QPushButton::clicked, this, &QDialog::close);

    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(copy);
    buttons->addWidget(close);
    buttons->addStretch(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 24, 24, 20);
    layout->setSpacing(12);
    layout->addWidget(m_code, 1);
    layout->addWidget(m_url);
    layout->addWidget(m_hint);
    layout->addLayout(buttons);
}

void QrDialog::setUrl(const QString &url, const QString &interface, const QString &token)
{
    m_coded = urlWithToken(url, u"/"_s, token);
    m_code->setText(m_coded);
    m_url->setText(url);
    QString words =
        tr("Opens the test page on any device in the same network (%1).").arg(interface);
    if (!token.isEmpty())
        words += u'\n' + tr("The code carries the token: whoever scans it is let in.");
    m_hint->setText(words);
}

} // namespace pushdeck
