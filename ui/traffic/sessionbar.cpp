// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/sessionbar.h"

#include "ui/text/format.h"
#include "ui/text/visible.h"
#include "ui/theme/elidedlabel.h"
#include "ui/theme/icons.h"
#include "ui/theme/tones.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

namespace pushdeck {

using namespace Qt::StringLiterals;

SessionBar::SessionBar(QWidget *parent)
    : QWidget(parent),
      m_words(new ElidedLabel(this)),
      m_new(new QLabel(this)),
      m_back(new QPushButton(tr("Back to live"), this))
{
    setObjectName(u"sessionBar"_s);
    m_words->setObjectName(u"sessionWords"_s);
    m_new->setObjectName(u"sessionNew"_s);
    m_new->setTextFormat(Qt::PlainText);
    m_new->setForegroundRole(QPalette::PlaceholderText);
    m_back->setObjectName(u"backToLive"_s);
    connect(m_back, &QPushButton::clicked, this, &SessionBar::backAsked);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(38, 4, 8, 5);
    layout->setSpacing(10);
    layout->addWidget(m_words, 1);
    layout->addWidget(m_new);
    layout->addWidget(m_back);
}

void SessionBar::showSession(const QString &name, std::uint64_t rows)
{
    m_name = name;
    m_rows = rows;
    const QString count = tr("%1 row(s)", nullptr, pluralOf(rows)).arg(formatCount(rows));
    m_words->setText(tr("Showing %1 · %2").arg(visibleText(name, 120), count));
    setAccessibleName(m_words->text());
}

void SessionBar::setNew(std::uint64_t rows)
{
    const QString words =
        rows == 0 ? QString()
                  : tr("%1 new live row(s)", nullptr, pluralOf(rows)).arg(formatCount(rows));
    if (m_new->text() != words)
        m_new->setText(words);
}

void SessionBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Tones &tones = tonesFor(palette());
    painter.fillRect(rect(), mixed(palette().color(QPalette::Window), tones.accent, 0.13));
    painter.fillRect(QRect(0, 0, 3, height()), tones.accent);
    painter.fillRect(QRect(0, height() - 1, width(), 1), mixed(tones.line, tones.accent, 0.3));
    tintedIcon(u"file"_s, tones.accent).paint(&painter, QRect(14, (height() - 16) / 2, 16, 16));
}

void SessionBar::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange && !isHidden())
        showSession(m_name, m_rows);
}

} // namespace pushdeck
