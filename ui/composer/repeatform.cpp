// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/repeatform.h"

#include "ui/theme/deckstyle.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QSettings>
#include <QSpinBox>

namespace pushdeck {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

RepeatForm::RepeatForm(QWidget *parent)
    : QWidget(parent),
      m_every(new QSpinBox(this)),
      m_unit(new QComboBox(this)),
      m_times(new QSpinBox(this)),
      m_atOnce(new QSpinBox(this)),
      m_start(new QPushButton(tr("Start"), this))
{
    setObjectName(u"repeatForm"_s);
    m_every->setObjectName(u"repeatEvery"_s);
    m_every->setAccessibleName(tr("Time from one send to the next"));
    m_every->setFixedWidth(84);
    m_unit->setObjectName(u"repeatUnit"_s);
    m_unit->addItems({tr("ms"), tr("s")});
    m_unit->setAccessibleName(tr("Unit of the time"));
    m_unit->setFixedWidth(64);
    m_times->setObjectName(u"repeatTimes"_s);
    m_times->setRange(0, RepeatPlan::kMostTimes);
    m_times->setValue(100);
    m_times->setSpecialValueText(tr("until stopped"));
    m_times->setAccessibleName(tr("How many times; 0: until stopped"));
    m_times->setToolTip(tr("0: until stopped"));
    m_times->setFixedWidth(124);
    m_atOnce->setObjectName(u"repeatAtOnce"_s);
    m_atOnce->setRange(1, RepeatPlan::kMostAtOnce);
    m_atOnce->setAccessibleName(tr("Messages each time"));
    sayMost();
    m_atOnce->setFixedWidth(84);
    m_start->setObjectName(u"repeatStart"_s);
    m_start->setProperty("role", u"primary"_s);
    auto *cancel = new QPushButton(tr("Cancel"), this);

    const auto label = [this](const QString &text) {
        auto *words = new QLabel(text, this);
        words->setForegroundRole(QPalette::PlaceholderText);
        return words;
    };
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(kFlatPadding, 0, kFlatPadding, 0);
    layout->setSpacing(8);
    layout->addWidget(label(tr("Every")));
    layout->addWidget(m_every);
    layout->addWidget(m_unit);
    layout->addSpacing(8);
    layout->addWidget(label(tr("Times")));
    layout->addWidget(m_times);
    layout->addSpacing(8);
    layout->addWidget(label(tr("At once")));
    layout->addWidget(m_atOnce);
    layout->addSpacing(8);
    layout->addWidget(m_start);
    layout->addWidget(cancel);
    layout->addStretch(1);

    connect(m_unit, &QComboBox::currentIndexChanged, this, &RepeatForm::useUnit);
    connect(m_start, &QPushButton::clicked, this, [this] { emit accepted(plan()); });
    connect(cancel, &QPushButton::clicked, this, &RepeatForm::left);
    m_unit->setCurrentIndex(1);
    m_every->setValue(1);
}

void RepeatForm::useUnit()
{
    const bool seconds = m_unit->currentIndex() == 1;
    m_every->setRange(seconds ? 1 : static_cast<int>(RepeatPlan::kLeastEvery.count()),
                      static_cast<int>(RepeatPlan::kMostEvery.count()) / (seconds ? 1'000 : 1));
}

RepeatPlan RepeatForm::plan() const
{
    const std::chrono::milliseconds every = m_unit->currentIndex() == 1
                                                ? std::chrono::seconds(m_every->value())
                                                : std::chrono::milliseconds(m_every->value());
    return {every, m_times->value(), m_atOnce->value()};
}

void RepeatForm::ask()
{
    m_every->setFocus(Qt::OtherFocusReason);
    m_every->selectAll();
}

void RepeatForm::setProblem(const QString &why)
{
    m_start->setEnabled(why.isEmpty());
    m_start->setToolTip(why);
}

void RepeatForm::save(QSettings &settings) const
{
    settings.setValue(u"repeat/unit"_s, m_unit->currentIndex());
    settings.setValue(u"repeat/every"_s, m_every->value());
    settings.setValue(u"repeat/times"_s, m_times->value());
    settings.setValue(u"repeat/atOnce"_s, m_atOnce->value());
}

void RepeatForm::restore(const QSettings &settings)
{
    // The boxes keep what they are given inside their ranges.
    m_unit->setCurrentIndex(settings.value(u"repeat/unit"_s, 1).toInt() == 0 ? 0 : 1);
    m_every->setValue(settings.value(u"repeat/every"_s, 1).toInt());
    m_times->setValue(settings.value(u"repeat/times"_s, 100).toInt());
    m_atOnce->setValue(settings.value(u"repeat/atOnce"_s, 1).toInt());
}

void RepeatForm::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
        case Qt::Key_Escape:
            emit left();
            break;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            m_start->click();
            break;
        default:
            QWidget::keyPressEvent(event);
    }
}

void RepeatForm::sayMost()
{
    m_atOnce->setToolTip(
        tr("A burst: this many messages each time, at most %1").arg(RepeatPlan::kMostAtOnce));
}

void RepeatForm::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        sayMost();
}

} // namespace pushdeck
