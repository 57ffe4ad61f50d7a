// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preferences/preferenceswindow.h"

#include "ui/preferences/addressfield.h"
#include "ui/preferences/encryptionpanel.h"
#include "ui/preferences/pagenamedelegate.h"
#include "ui/preferences/pages/pages.h"
#include "ui/preferences/preferenceskeeper.h"
#include "ui/preferences/preferencespage.h"
#include "ui/theme/tones.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

constexpr int kListWidth = 168;
constexpr int kAboveList = 9;
constexpr QSize kSize(880, 640);

} // namespace

PreferencesWindow::PreferencesWindow(PreferencesKeeper &keeper, QWidget *parent)
    : QDialog(parent),
      m_keeper(keeper),
      m_list(new QListWidget(this)),
      m_stack(new QStackedWidget(this)),
      m_summary(new QLabel(this)),
      m_revert(new QPushButton(tr("Revert"), this)),
      m_apply(new QPushButton(tr("Apply"), this))
{
    setObjectName(u"preferences"_s);
    setWindowTitle(tr("Preferences"));
    build();
    for (PreferencesPage *page :
         {makeGeneralPage(this), makeNetworkPage(this), makeAccessPage(this),
          makeEncryptionPage(this), makeHistoryPage(this), makeLimitsPage(this)})
        addPage(page);
    connect(m_list, &QListWidget::currentRowChanged, m_stack, &QStackedWidget::setCurrentIndex);
    connect(m_revert, &QPushButton::clicked, this, &PreferencesWindow::revert);
    connect(m_apply, &QPushButton::clicked, this, &PreferencesWindow::apply);
    connect(&m_keeper, &PreferencesKeeper::changed, this, &PreferencesWindow::follow);
    auto *encryption = findChild<EncryptionPanel *>();
    connect(encryption, &EncryptionPanel::turnOnAsked, this, &PreferencesWindow::turnEncryptionOn);
    connect(encryption, &EncryptionPanel::reloadAsked, this,
            &PreferencesWindow::reloadCertificatesAsked);
    offerEncryption();
    m_list->setCurrentRow(0);
    revert();
    resize(kSize);
}

void PreferencesWindow::build()
{
    m_list->setObjectName(u"preferencesPages"_s);
    m_list->setAccessibleName(tr("Pages"));
    m_list->setFixedWidth(kListWidth);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setItemDelegate(new PageNameDelegate(m_list));
    m_summary->setObjectName(u"preferencesSummary"_s);
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    m_revert->setObjectName(u"preferencesRevert"_s);
    m_revert->setAutoDefault(false);
    m_apply->setObjectName(u"preferencesApply"_s);
    m_apply->setProperty("role", u"primary"_s);
    m_apply->setDefault(true);
    auto *close = new QPushButton(tr("Close"), this);
    close->setAutoDefault(false);
    connect(close, &QPushButton::clicked, this, &QWidget::hide);

    auto *line = new QFrame(this);
    line->setFixedHeight(1);
    line->setAutoFillBackground(true);
    line->setBackgroundRole(QPalette::Mid);
    auto *buttons = new QHBoxLayout;
    buttons->setContentsMargins(16, 10, 16, 12);
    buttons->setSpacing(8);
    buttons->addWidget(m_summary, 1);
    buttons->addWidget(m_revert);
    buttons->addWidget(close);
    buttons->addWidget(m_apply);
    auto *across = new QHBoxLayout;
    across->setContentsMargins(0, 0, 0, 0);
    across->setSpacing(0);
    // The first name stands where the page's first heading does.
    auto *above = new QWidget(this);
    above->setFixedSize(kListWidth, kAboveList);
    above->setAutoFillBackground(true);
    above->setBackgroundRole(QPalette::Base);
    auto *side = new QVBoxLayout;
    side->setSpacing(0);
    side->addWidget(above);
    side->addWidget(m_list, 1);
    across->addLayout(side);
    across->addWidget(m_stack, 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(across, 1);
    layout->addWidget(line);
    layout->addLayout(buttons);
}

void PreferencesWindow::addPage(PreferencesPage *page)
{
    m_pages << page;
    auto *area = new QScrollArea(m_stack);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    area->setWidget(page);
    m_stack->addWidget(area);
    m_list->addItem(page->title());
    connect(page, &PreferencesPage::edited, this, &PreferencesWindow::judge);
    for (FieldRow *row : page->rows())
        row->setFixed(m_keeper.isFixed(row->key()));
}

void PreferencesWindow::present()
{
    // Networks come and go: asked each time.
    m_machine = m_keeper.machine();
    if (auto *address = findChild<AddressField *>())
        address->setMachine(m_machine);
    judge();
    show();
    raise();
    activateWindow();
    m_list->setFocus(Qt::OtherFocusReason);
}

void PreferencesWindow::showPage(int page)
{
    m_list->setCurrentRow(page);
}

void PreferencesWindow::offerEncryption()
{
    using Source = ServerSettings::Encryption::Source;
    const bool isOff = m_keeper.preferences().server.encryption.source == Source::Off;
    findChild<EncryptionPanel *>()->setMayTurnOn(isOff &&
                                                 !m_keeper.isFixed(keyOf(keys::kTlsSource)));
}

void PreferencesWindow::showEncryption(const std::shared_ptr<const EncryptionInfo> &info,
                                       const QString &url)
{
    findChild<EncryptionPanel *>()->showInfo(info, url);
}

/// At once and by itself: what else was entered waits for its own Apply.
void PreferencesWindow::turnEncryptionOn()
{
    Preferences preferences = m_keeper.preferences();
    preferences.server.encryption.source = ServerSettings::Encryption::Source::Made;
    m_keeper.apply(preferences);
}

void PreferencesWindow::hideEvent(QHideEvent *event)
{
    for (PreferencesPage *page : std::as_const(m_pages))
        page->maskSecrets();
    QDialog::hideEvent(event);
}

void PreferencesWindow::revert()
{
    const PreferenceTexts texts = textsOf(m_keeper.preferences());
    {
        const QScopedValueRollback filling(m_filling, true);
        for (const PreferencesPage *page : std::as_const(m_pages)) {
            for (FieldRow *row : page->rows())
                row->setText(texts.value(row->key()));
        }
    }
    judge();
}

void PreferencesWindow::follow(const Preferences &before)
{
    const PreferenceTexts old = textsOf(before);
    const PreferenceTexts now = textsOf(m_keeper.preferences());
    {
        const QScopedValueRollback filling(m_filling, true);
        for (const PreferencesPage *page : std::as_const(m_pages)) {
            for (FieldRow *row : page->rows()) {
                if (row->text() == old.value(row->key()))
                    row->setText(now.value(row->key()));
            }
        }
    }
    offerEncryption();
    judge();
}

void PreferencesWindow::judge()
{
    if (m_filling)
        return;
    PreferenceTexts texts;
    for (const PreferencesPage *page : std::as_const(m_pages)) {
        for (const FieldRow *row : page->rows()) {
            // A value from the command line was judged there.
            if (!m_keeper.isFixed(row->key()))
                texts.insert(row->key(), row->text());
        }
    }
    m_read = readTexts(texts, m_keeper.preferences(), m_machine);
    for (int i = 0; i < m_pages.size(); ++i) {
        bool bad = false;
        for (FieldRow *row : m_pages[i]->rows()) {
            const QString problem = m_read.problems.value(row->key());
            row->setProblem(problem);
            bad = bad || !problem.isEmpty();
        }
        QListWidgetItem *item = m_list->item(i);
        item->setData(PageNameDelegate::kProblemRole, bad);
        item->setData(Qt::AccessibleDescriptionRole, bad ? tr("Has a problem") : QString());
    }
    const bool changed = m_read.preferences != m_keeper.preferences();
    m_apply->setEnabled(m_read.problems.isEmpty() && changed);
    m_revert->setEnabled(changed || !m_read.problems.isEmpty());
    showSummary(changed);
}

void PreferencesWindow::showSummary(bool changed)
{
    const auto bad = static_cast<int>(m_read.problems.size());
    const Preferences &holds = m_keeper.preferences();
    QString words;
    if (bad > 0)
        words = tr("Fields that cannot be taken as they are: %1").arg(bad);
    else if (changed && !differences(holds, m_read.preferences, Applies::ServerStart).isEmpty())
        words = tr("Part of this holds once the server is started again.");
    else if (changed && !differences(holds, m_read.preferences, Applies::ProgramStart).isEmpty())
        words = tr("Part of this holds once Pushdeck is started again.");
    QPalette colours = palette();
    const Tones &tones = tonesFor(palette());
    colours.setColor(QPalette::WindowText, bad > 0 ? tones.error : tones.muted);
    m_summary->setPalette(colours);
    m_summary->setText(words);
}

void PreferencesWindow::apply()
{
    if (!m_apply->isEnabled())
        return;
    for (PreferencesPage *page : std::as_const(m_pages))
        page->maskSecrets();
    m_keeper.apply(m_read.preferences);
    // As they are stored: "8mb" has become "8 MB".
    revert();
}

void PreferencesWindow::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        judge();
}

} // namespace pushdeck
