// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clients/closebar.h"

#include "ui/theme/fonts.h"
#include "ui/theme/tones.h"

#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>

namespace pushdeck {

using namespace Qt::StringLiterals;

std::uint16_t closeCodeOf(const QString &text)
{
    const QString digits = text.trimmed().section(u' ', 0, 0);
    bool ok = false;
    const uint code = digits.toUInt(&ok);
    if (!ok || !(code == 1000 || code == 1001 || (code >= 3000 && code <= 4999)))
        return 0;
    return static_cast<std::uint16_t>(code);
}

CloseBar::CloseBar(QWidget *parent)
    : QWidget(parent),
      m_who(new QLabel(this)),
      m_code(new QComboBox(this)),
      m_reason(new QLineEdit(this)),
      m_close(new QPushButton(tr("Close"), this))
{
    setObjectName(u"closeBar"_s);
    m_who->setTextFormat(Qt::PlainText);
    m_who->setFont(strong(font()));
    m_code->setObjectName(u"closeCode"_s);
    m_code->setEditable(true);
    m_code->setInsertPolicy(QComboBox::NoInsert);
    m_code->setAccessibleName(tr("Close code"));
    m_code->addItems({tr("1000 normal"), tr("1001 going away"), tr("3000 unauthorized"),
                      tr("3003 forbidden"), tr("4000 application"), tr("4001 log in again"),
                      tr("4408 timeout"), tr("4429 too many")});
    m_code->setToolTip(
        tr("1000, 1001 or 3000 to 4999; SSE and long-poll clients are just cut off"));
    m_reason->setObjectName(u"closeReason"_s);
    m_reason->setPlaceholderText(tr("Reason (optional)"));
    m_reason->setAccessibleName(tr("Reason for closing"));
    m_reason->setMaxLength(123);
    m_close->setObjectName(u"closeNow"_s);
    m_close->setProperty("role", u"danger"_s);
    auto *cancel = new QPushButton(tr("Cancel"), this);

    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(12, 8, 12, 9);
    grid->setSpacing(6);
    grid->addWidget(m_who, 0, 0, 1, 3);
    grid->addWidget(m_code, 1, 0, 1, 1);
    grid->addWidget(m_reason, 1, 1, 1, 2);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch(1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_close);
    grid->addLayout(buttons, 2, 0, 1, 3);
    grid->setColumnStretch(2, 1);

    connect(m_code, &QComboBox::currentTextChanged, this, &CloseBar::validate);
    connect(m_reason, &QLineEdit::textChanged, this, &CloseBar::validate);
    connect(m_reason, &QLineEdit::returnPressed, this, &CloseBar::accept);
    connect(m_code->lineEdit(), &QLineEdit::returnPressed, this, &CloseBar::accept);
    connect(m_close, &QPushButton::clicked, this, &CloseBar::accept);
    connect(cancel, &QPushButton::clicked, this, &QWidget::hide);
    hide();
}

void CloseBar::ask(const std::vector<std::uint64_t> &ids, const QString &who)
{
    m_ids = ids;
    m_name = who;
    sayWho();
    show();
    validate();
    m_reason->setFocus(Qt::OtherFocusReason);
}

void CloseBar::sayWho()
{
    m_who->setText(tr("Close %1").arg(m_name));
    validate();
}

void CloseBar::validate()
{
    const bool fits = m_reason->text().toUtf8().size() <= 123;
    m_close->setEnabled(!m_ids.empty() && closeCodeOf(m_code->currentText()) != 0 && fits);
    m_close->setToolTip(fits ? QString() : tr("A reason has at most 123 bytes"));
}

void CloseBar::accept()
{
    if (!m_close->isEnabled())
        return;
    emit closeAsked(m_ids, closeCodeOf(m_code->currentText()), m_reason->text());
    hide();
}

void CloseBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        hide();
    else
        QWidget::keyPressEvent(event);
}

void CloseBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tones &tones = tonesFor(palette());
    painter.fillRect(rect(), mixed(palette().color(QPalette::Window), tones.error, 0.06));
    painter.fillRect(QRect(0, height() - 1, width(), 1), tones.line);
}

void CloseBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange && !isHidden())
        sayWho();
}

} // namespace pushdeck
