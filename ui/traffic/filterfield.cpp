// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/traffic/filterfield.h"

#include "ui/text/visible.h"
#include "ui/theme/icons.h"
#include "ui/theme/tones.h"
#include "ui/traffic/completionpopup.h"

#include <QAccessible>
#include <QEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QStyle>
#include <QStyleOptionFrame>

namespace pushdeck {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

FilterField::FilterField(QWidget *parent) : QLineEdit(parent)
{
    setPlaceholderText(tr("Filter: words, topic:/news, via:ws, size>1k, /regex/"));
    sayHelp();
    setClearButtonEnabled(true);
    setAccessibleName(tr("Traffic filter"));
    addAction(themedIcon(u"filter"_s), LeadingPosition);
    m_delay.setSingleShot(true);
    m_delay.setInterval(150ms);
    connect(&m_delay, &QTimer::timeout, this, &FilterField::takeNow);
    connect(this, &QLineEdit::textChanged, this, [this] {
        // What was underlined may stand elsewhere now.
        m_problem.reset();
        m_delay.start();
        if (!m_accepting && !hasFocus())
            closeCompletion();
    });
    connect(this, &QLineEdit::textEdited, this, [this] {
        if (!m_accepting)
            complete(false);
    });
    connect(this, &QLineEdit::cursorPositionChanged, this, [this] {
        // Typing moves the cursor before it says that it did: that is completed by textEdited.
        if (!m_accepting && isCompleting() && !m_delay.isActive())
            complete(true);
    });
    connect(this, &QLineEdit::returnPressed, this, &FilterField::takeNow);
}

void FilterField::setFilterText(const QString &text)
{
    closeCompletion();
    setText(text);
    takeNow();
}

void FilterField::takeNow()
{
    m_delay.stop();
    const QString wanted = text().trimmed();
    const auto parsed = parseTrafficFilter(wanted);
    if (const auto *problem = std::get_if<FilterProblem>(&parsed)) {
        m_problem = *problem;
        while (m_problem->length > 1 && m_problem->at + m_problem->length > wanted.size())
            --m_problem->length;
        m_problem->at += text().indexOf(wanted);
        update();
        const QString part = visibleText(text().sliced(m_problem->at, m_problem->length), 40);
        emit problemChanged(
            tr("at character %1, %2: %3").arg(m_problem->at + 1).arg(part, problem->words));
        return;
    }
    m_problem.reset();
    update();
    emit problemChanged({});
    if (wanted == m_taken)
        return;
    m_taken = wanted;
    emit filterChanged(std::get<TrafficFilter>(parsed), wanted);
}

bool FilterField::isCompleting() const
{
    return m_popup && m_popup->isVisible();
}

void FilterField::complete(bool asked)
{
    m_completion =
        completeFilter(text(), cursorPosition(), m_sources ? m_sources() : FilterSources{});
    if (m_completion.choices.empty() || (!asked && !m_completion.begun) || hasSelectedText()) {
        closeCompletion();
        return;
    }
    if (!m_popup) {
        m_popup = new CompletionPopup(this);
        connect(m_popup, &CompletionPopup::chosen, this, &FilterField::accept);
    }
    m_popup->open(m_completion.choices, xOf(m_completion.start));
    announce();
}

void FilterField::accept(int choice)
{
    if (choice < 0 || choice >= static_cast<int>(m_completion.choices.size()))
        return;
    const FilterChoice chosen = m_completion.choices[static_cast<std::size_t>(choice)];
    const qsizetype end = m_completion.start + m_completion.length;
    // After a value comes the next term, after a key its value.
    const bool endsWord = end >= text().size();
    m_accepting = true;
    setSelection(static_cast<int>(m_completion.start), static_cast<int>(m_completion.length));
    insert(chosen.insert + (endsWord && !chosen.isKey ? u" "_s : QString()));
    m_accepting = false;
    closeCompletion();
    if (chosen.isKey)
        complete(true);
    else
        takeNow();
}

void FilterField::closeCompletion()
{
    if (!isCompleting())
        return;
    m_popup->hide();
    setAccessibleDescription({});
}

void FilterField::announce()
{
    setAccessibleDescription(m_popup->currentWords());
    QAccessibleEvent changed(this, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
}

bool FilterField::completionKey(int key)
{
    switch (key) {
        case Qt::Key_Up:
        case Qt::Key_Down:
            m_popup->step(key == Qt::Key_Down ? 1 : -1);
            announce();
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Tab:
            accept(m_popup->current());
            return true;
        case Qt::Key_Escape:
            closeCompletion();
            return true;
        default:
            return false;
    }
}

bool FilterField::event(QEvent *event)
{
    // Tab is the focus's before it is a key.
    if (event->type() == QEvent::KeyPress && isCompleting()) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->modifiers() == Qt::NoModifier && completionKey(key->key()))
            return true;
    }
    return QLineEdit::event(event);
}

void FilterField::keyPressEvent(QKeyEvent *event)
{
    const bool asks =
        (event->key() == Qt::Key_Space && event->modifiers() == Qt::ControlModifier) ||
        (event->key() == Qt::Key_Down && event->modifiers() == Qt::NoModifier);
    if (asks) {
        complete(true);
        return;
    }
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        setFilterText({});
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void FilterField::focusOutEvent(QFocusEvent *event)
{
    closeCompletion();
    QLineEdit::focusOutEvent(event);
}

int FilterField::xOf(qsizetype position) const
{
    // The cursor's place on the screen is known, so scrolling and icons are in it.
    const QFontMetricsF metrics(font());
    const QString shown = text();
    const auto advance = [&](qsizetype to) { return metrics.horizontalAdvance(shown.first(to)); };
    return cursorRect().center().x() + qRound(advance(position) - advance(cursorPosition()));
}

void FilterField::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    if (!m_problem || m_problem->at + m_problem->length > text().size())
        return;
    QStyleOptionFrame option;
    initStyleOption(&option);
    const QRect inside =
        style()->subElementRect(QStyle::SE_LineEditContents, &option, this).adjusted(24, 0, -22, 0);
    QPainter painter(this);
    painter.setClipRect(inside);
    painter.setRenderHint(QPainter::Antialiasing);
    const int left = std::max(xOf(m_problem->at), inside.left());
    const int right =
        std::min(std::max(xOf(m_problem->at + m_problem->length), left + 6), inside.right());
    const qreal base = rect().center().y() + fontMetrics().ascent() / 2.0 + 4;
    QPainterPath wave(QPointF(left, base));
    for (int x = left, up = 1; x < right; x += 2, up = 1 - up)
        wave.lineTo(x + 2, base - 2 * up);
    painter.setPen(QPen(tonesFor(palette()).error, 1.3));
    painter.drawPath(wave);
}

void FilterField::sayHelp()
{
    setToolTip(plainToolTip(
        tr("Words are looked for in payload, topic, event and client.\n"
           "dir:in,out,server   via:ws,sse,poll,http,operator   client:#7   topic:/orders/**\n"
           "event:tick   kind:message,connect,close,gap,refused,notice   size>1k   to:0   "
           "status>=400   /expression/i\n"
           "- before a term leaves out what it finds. Ctrl+Space offers what fits.")));
}

void FilterField::changeEvent(QEvent *event)
{
    QLineEdit::changeEvent(event);
    if (event->type() != QEvent::LanguageChange)
        return;
    sayHelp();
    if (m_problem)
        takeNow();
}

} // namespace pushdeck
