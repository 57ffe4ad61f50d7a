// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/composerpanel.h"

#include "ui/composer/messageeditor.h"
#include "ui/composer/repeatform.h"
#include "ui/composer/savedform.h"
#include "ui/composer/savedstrip.h"
#include "ui/theme/deckstyle.h"
#include "ui/theme/elidedlabel.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"

#include <QAction>
#include <QButtonGroup>
#include <QComboBox>
#include <QCompleter>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace pushdeck {

using namespace Qt::StringLiterals;

// The panel's widgets and where they stand; what they do is in composerpanel.cpp.
void ComposerPanel::build()
{
    auto *title = new QLabel(tr("Send to"), this);
    title->setFont(strong(font()));
    m_to->addButton(m_toAll);
    m_to->addButton(m_toTopic);
    m_to->addButton(m_toClients);
    m_toAll->setObjectName(u"toAll"_s);
    m_toTopic->setObjectName(u"toTopic"_s);
    m_toClients->setObjectName(u"toClients"_s);
    m_topic->setObjectName(u"sendTopic"_s);
    m_topic->setEditable(true);
    m_topic->setInsertPolicy(QComboBox::NoInsert);
    m_topic->setMinimumWidth(170);
    m_topic->setEditText(u"/"_s);
    m_topic->setAccessibleName(tr("Topic to send to"));
    m_topic->lineEdit()->setMaxLength(256);
    m_topic->completer()->setCaseSensitivity(Qt::CaseSensitive);
    m_event->setObjectName(u"sendEvent"_s);
    m_event->setPlaceholderText(tr("none"));
    m_event->setFixedWidth(120);
    m_event->setMaxLength(200);
    m_event->setAccessibleName(tr("Event name"));
    m_type->setObjectName(u"sendType"_s);
    m_type->addItems({tr("Auto"), tr("Text"), tr("JSON")});
    m_type->setAccessibleName(tr("Content type"));
    m_type->setToolTip(tr("Auto: JSON where the text is a JSON object or array, else text"));
    m_type->setMinimumWidth(84);

    auto *typeLabel = new QLabel(tr("As"), this);
    typeLabel->setBuddy(m_type);
    auto *eventLabel = new QLabel(tr("Event"), this);
    eventLabel->setBuddy(m_event);
    for (QLabel *label : {typeLabel, eventLabel})
        label->setForegroundRole(QPalette::PlaceholderText);

    auto *first = new QHBoxLayout;
    first->setSpacing(8);
    first->setContentsMargins(kFlatPadding, 0, kFlatPadding, 0);
    first->addWidget(title);
    first->addSpacing(8);
    first->addWidget(m_toAll);
    first->addSpacing(8);
    first->addWidget(m_toTopic);
    first->addWidget(m_topic);
    first->addSpacing(8);
    first->addWidget(m_toClients);
    first->addStretch(1);
    first->addWidget(eventLabel);
    first->addWidget(m_event);
    first->addSpacing(4);
    first->addWidget(typeLabel);
    first->addWidget(m_type);

    m_strip->setObjectName(u"composerStrip"_s);
    m_strip->setFixedHeight(28);
    m_strip->addWidget(m_saved);
    m_strip->addWidget(m_savedForm);
    m_strip->addWidget(m_repeatForm);

    m_editor->setObjectName(u"sendText"_s);

    m_send->setObjectName(u"send"_s);
    m_send->setProperty("role", u"primary"_s);
    m_send->setAccessibleName(tr("Send"));
    auto *file = new QPushButton(themedIcon(u"file"_s), tr("File…"), this);
    file->setToolTip(m_fileAction->text());
    connect(file, &QPushButton::clicked, m_fileAction, &QAction::trigger);
    m_repeatButton->setObjectName(u"repeat"_s);
    m_repeatCount->setObjectName(u"repeatCount"_s);
    m_repeatCount->setFont(fixedFont());
    m_fileLabel->setTextFormat(Qt::PlainText);
    m_dropFile->setIcon(themedIcon(u"close"_s));
    m_dropFile->setAutoRaise(true);
    m_dropFile->setToolTip(tr("Do not send this file"));
    m_dropFile->setAccessibleName(m_dropFile->toolTip());
    m_json->setObjectName(u"jsonMark"_s);
    m_json->setAutoRaise(true);
    m_json->setFocusPolicy(Qt::TabFocus);
    m_result->setObjectName(u"sendResult"_s);

    auto *last = new QHBoxLayout;
    last->setSpacing(8);
    last->setContentsMargins(kFlatPadding, 0, 0, 0);
    last->addWidget(m_send);
    last->addWidget(m_repeatButton);
    last->addWidget(m_repeatCount);
    last->addWidget(file);
    last->addWidget(m_fileLabel);
    last->addWidget(m_dropFile);
    last->addSpacing(4);
    last->addWidget(m_result, 1);
    last->addWidget(m_json);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12 - kFlatPadding, 9, 12 - kFlatPadding, 9);
    layout->setSpacing(8);
    layout->addLayout(first);
    auto *text = new QHBoxLayout;
    text->setContentsMargins(kFlatPadding, 0, kFlatPadding, 0);
    text->addWidget(m_editor);
    layout->addLayout(text, 1);
    layout->addWidget(m_strip);
    layout->addLayout(last);
}

} // namespace pushdeck
