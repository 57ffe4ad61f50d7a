// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clients/connecthint.h"

#include "ui/address/qrview.h"
#include "ui/theme/fonts.h"
#include "ui/theme/icons.h"
#include "ui/theme/tones.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

namespace pushdeck {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

ConnectHint::ConnectHint(QWidget *parent)
    : QWidget(parent),
      m_layout(new QVBoxLayout(this)),
      m_beside(new QVBoxLayout),
      m_title(new QLabel(this)),
      m_words(new QLabel(this)),
      m_code(new QrView(this)),
      m_url(new QLabel(this)),
      m_open(new QPushButton(themedIcon(u"open"_s), tr("Open test page"), this)),
      m_start(new QPushButton(tintedIcon(u"play"_s, Qt::white), tr("Start the server"), this)),
      m_script(new SnippetBox(tr("In a web page or Node"), this)),
      m_publish(new SnippetBox(tr("In a terminal"), this))
{
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    for (QLabel *label : {m_title, m_words, m_url}) {
        label->setTextFormat(Qt::PlainText);
        label->setWordWrap(label == m_words);
    }
    m_title->setFont(strong(scaled(font(), 1.2)));
    m_words->setForegroundRole(QPalette::PlaceholderText);
    m_url->setFont(strong(scaled(fixedFont(), 1.05)));
    m_url->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_code->setFixedSize(168, 168);
    m_open->setObjectName(u"openTestPage"_s);
    m_start->setProperty("role", u"primary"_s);
    connect(m_open, &QPushButton::clicked, this, &ConnectHint::openAsked);
    connect(m_start, &QPushButton::clicked, this, &ConnectHint::startAsked);

    m_beside->setSpacing(8);
    m_beside->addStretch(1);
    for (QLabel *label : {m_title, m_words, m_url})
        m_beside->addWidget(label);
    m_beside->addSpacing(2);
    m_beside->addWidget(m_open, 0, Qt::AlignLeft);
    m_beside->addWidget(m_start, 0, Qt::AlignHCenter);
    m_beside->addStretch(1);
    auto *top = new QHBoxLayout;
    top->setSpacing(18);
    top->addWidget(m_code, 0, Qt::AlignTop);
    top->addLayout(m_beside, 1);
    m_layout->setContentsMargins(20, 20, 20, 16);
    m_layout->setSpacing(16);
    m_layout->addLayout(top);
    m_layout->addWidget(m_script);
    m_layout->addWidget(m_publish);
    m_layout->addStretch(1);
    setUrl({}, {});
}

void ConnectHint::setUrl(const QString &url, const HandedTokens &tokens)
{
    const bool running = !url.isEmpty();
    m_title->setText(running ? tr("Waiting for the first client") : tr("The server is stopped"));
    m_words->setText(running
                         ? tr("Scan the code, or open the address on any device in this network.")
                         : tr("Start it, and this list tells how to connect."));
    m_url->setText(url);
    m_code->setText(running ? urlWithToken(url, u"/"_s, tokens.address) : QString());
    m_script->setCode(javaScriptSnippet(url, u"/chat"_s, tokens.both, tokens.bothPublish));
    m_publish->setCode(publishSnippet(url, u"/chat"_s, tokens.publish) + u'\n' +
                       listenSnippet(url, u"/chat"_s, tokens.subscribe));
    for (QWidget *widget : {static_cast<QWidget *>(m_url), static_cast<QWidget *>(m_code),
                            static_cast<QWidget *>(m_open), static_cast<QWidget *>(m_script),
                            static_cast<QWidget *>(m_publish)})
        widget->setVisible(running);
    m_start->setVisible(!running);
    // While there is nothing else to show, in the middle.
    m_layout->setStretch(0, running ? 0 : 1);
    m_layout->setStretch(m_layout->count() - 1, running ? 1 : 0);
    for (QLabel *label : {m_title, m_words})
        label->setAlignment(running ? Qt::AlignLeft | Qt::AlignTop
                                    : Qt::AlignHCenter | Qt::AlignTop);
}

SnippetBox::SnippetBox(const QString &name, QWidget *parent)
    : QWidget(parent), m_code(new QLabel(this))
{
    auto *title = new QLabel(name, this);
    title->setTextFormat(Qt::PlainText);
    title->setFont(strong(scaled(font(), 0.9)));
    title->setForegroundRole(QPalette::PlaceholderText);
    m_code->setTextFormat(Qt::PlainText);
    m_code->setFont(fixedFont());
    m_code->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_code->setWordWrap(true);
    // Long addresses are cut rather than making the whole window wider.
    m_code->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *copy = new QToolButton(this);
    copy->setIcon(themedIcon(u"copy"_s));
    copy->setAutoRaise(true);
    copy->setToolTip(tr("Copy"));
    copy->setAccessibleName(tr("Copy"));
    copy->setAccessibleDescription(name);
    connect(copy, &QToolButton::clicked, this, [this, copy] {
        QGuiApplication::clipboard()->setText(m_code->text());
        copy->setIcon(themedIcon(u"check"_s));
        QTimer::singleShot(1500ms, copy, [copy] { copy->setIcon(themedIcon(u"copy"_s)); });
    });
    auto *head = new QHBoxLayout;
    head->addWidget(title);
    head->addStretch(1);
    head->addWidget(copy);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 5, 6, 11);
    layout->setSpacing(2);
    layout->addLayout(head);
    layout->addWidget(m_code);
}

void SnippetBox::setCode(const QString &code)
{
    m_code->setText(code);
}

void SnippetBox::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(tonesFor(palette()).line);
    painter.setBrush(palette().brush(QPalette::Window));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
}

} // namespace pushdeck
