// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/composer/savedstrip.h"

#include "ui/composer/savedchip.h"
#include "ui/project/projectactions.h"
#include "ui/project/projectkeeper.h"
#include "ui/text/visible.h"
#include "ui/theme/actions.h"
#include "ui/theme/icons.h"

#include <QAction>
#include <QEvent>
#include <QLabel>
#include <QMenu>
#include <QToolButton>

#include <algorithm>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

constexpr int kGap = 6;
// More than fit in any window; the others are in the menu.
constexpr std::size_t kMostChips = 60;
// A menu of thousands of lines is of no use to anybody.
constexpr int kMostEntries = 200;

QString menuText(const QString &text)
{
    return visibleText(text, 60).replace(u'&', u"&&"_s);
}

QString tip(const SavedMessage &message)
{
    QString words =
        message.folder.isEmpty() ? message.name : u"%1 / %2"_s.arg(message.folder, message.name);
    words += u"\n"_s + (message.topic.isEmpty() ? SavedStrip::tr("to all") : message.topic);
    if (!message.event.isEmpty())
        words += u" · "_s + message.event;
    return plainToolTip(QString(words + u"\n\n"_s + message.text.left(400)));
}

} // namespace

SavedStrip::SavedStrip(ProjectKeeper &keeper, ProjectActions &files, QWidget *parent)
    : QWidget(parent),
      m_keeper(keeper),
      m_files(files),
      m_menu(new QMenu(this)),
      m_all(new QToolButton(this)),
      m_more(new QToolButton(this)),
      m_save(new QToolButton(this)),
      m_hint(new QLabel(tr("Keep messages here, and send them again with one key"), this)),
      m_saveAction(makeAction(this, u"save"_s, tr("Save this message…"), u"Ctrl+D"_s)),
      m_menuAction(makeAction(this, {}, tr("Choose a saved message"), u"Ctrl+Shift+E"_s))
{
    setObjectName(u"savedStrip"_s);
    setFixedHeight(28);
    m_all->setObjectName(u"savedMenu"_s);
    m_all->setText(tr("Saved"));
    m_all->setIcon(themedIcon(u"chevron"_s));
    m_all->setToolTip(m_menuAction->toolTip());
    m_more->setObjectName(u"savedMore"_s);
    m_save->setObjectName(u"saveMessage"_s);
    m_save->setText(tr("Save this…"));
    m_save->setIcon(m_saveAction->icon());
    m_save->setToolTip(m_saveAction->toolTip());
    for (QToolButton *button : {m_all, m_more, m_save}) {
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        button->setAccessibleName(button->text());
    }
    m_more->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    m_menu->setToolTipsVisible(true);
    connect(m_menu, &QMenu::aboutToShow, this, &SavedStrip::fillMenu);
    connect(m_all, &QToolButton::clicked, this, [this] { openMenu(m_all); });
    connect(m_more, &QToolButton::clicked, this, [this] { openMenu(m_more); });
    connect(m_menuAction, &QAction::triggered, this, [this] { openMenu(m_all); });
    connect(m_save, &QToolButton::clicked, m_saveAction, &QAction::trigger);
    connect(m_saveAction, &QAction::triggered, this, &SavedStrip::saveAsked);
    for (int key = 1; key <= 12; ++key) {
        QAction *action = nullptr;
        if (isFreeKey(key)) {
            action = makeAction(this, u"send"_s, tr("Send a saved message"), u"F%1"_s.arg(key));
            connect(action, &QAction::triggered, this, [this, key] {
                if (const auto index = findKey(m_keeper.project(), key))
                    emit sendAsked(m_keeper.project().messages[*index]);
            });
        }
        m_keys.push_back(action);
    }
    connect(&m_keeper, &ProjectKeeper::changed, this, &SavedStrip::rebuild);
    rebuild();
}

QList<QAction *> SavedStrip::stripActions() const
{
    QList<QAction *> actions = {m_saveAction, m_menuAction};
    for (QAction *action : m_keys) {
        if (action)
            actions << action;
    }
    return actions;
}

const SavedMessage *SavedStrip::message(std::size_t index) const
{
    const auto &messages = m_keeper.project().messages;
    return index < messages.size() ? &messages[index] : nullptr;
}

void SavedStrip::rebuild()
{
    const Project &project = m_keeper.project();
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < project.messages.size(); ++i)
        order.push_back(i);
    const auto rank = [&project](std::size_t i) {
        return project.messages[i].key == 0 ? 99 : project.messages[i].key;
    };
    std::stable_sort(order.begin(), order.end(),
                     [&rank](std::size_t a, std::size_t b) { return rank(a) < rank(b); });
    order.resize(std::min(order.size(), kMostChips));
    for (SavedChip *chip : m_chips) {
        chip->hide();
        chip->deleteLater(); // it may be the one whose menu asked for this
    }
    m_chips.clear();
    QWidget *before = m_all;
    for (const std::size_t index : order) {
        const SavedMessage &message = project.messages[index];
        auto *chip = new SavedChip(message.name, message.key, this);
        chip->setToolTip(tip(message));
        connect(chip, &SavedChip::clicked, this, [this, index] {
            if (const SavedMessage *chosen = this->message(index))
                emit fillAsked(*chosen);
        });
        connect(
            chip, &QWidget::customContextMenuRequested, this,
            [this, chip, index](const QPoint &at) { showChipMenu(index, chip->mapToGlobal(at)); });
        setTabOrder(before, chip);
        before = chip;
        m_chips.push_back(chip);
    }
    for (std::size_t i = 0; i < m_keys.size(); ++i) {
        const auto holder = findKey(project, static_cast<int>(i) + 1);
        if (!m_keys[i])
            continue;
        m_keys[i]->setVisible(holder.has_value());
        if (holder)
            m_keys[i]->setText(tr("Send “%1”").arg(menuText(project.messages[*holder].name)));
    }
    place();
}

void SavedStrip::place()
{
    const auto put = [this](QWidget *widget, int x, int width) {
        const int tall = std::min(height(), widget->sizeHint().height());
        widget->setGeometry(x, (height() - tall) / 2, width, tall);
    };
    const int all = m_all->sizeHint().width();
    const int save = m_save->sizeHint().width();
    put(m_all, 0, all);
    put(m_save, width() - save, save);
    const int end = width() - save - kGap;
    int x = all + kGap;
    m_hint->setVisible(m_chips.empty());
    put(m_hint, x, std::max(0, std::min(m_hint->sizeHint().width(), end - x)));
    const std::size_t count = m_keeper.project().messages.size();
    const int more = m_more->fontMetrics().horizontalAdvance(u"+0000"_s) + 14;
    std::size_t shown = 0;
    for (SavedChip *chip : m_chips) {
        const int wide = chip->sizeHint().width();
        const bool isLast = shown + 1 == count;
        const bool fits = x + wide <= (isLast ? end : end - more - kGap);
        // Once one is left out all after it are: the order tells what is missing.
        const bool shows = fits && chip == m_chips[shown];
        if (shows) {
            put(chip, x, wide);
            x += wide + kGap;
            ++shown;
        }
        chip->setVisible(shows);
    }
    m_more->setVisible(shown < count);
    m_more->setText(u"+%1"_s.arg(count - shown));
    m_more->setToolTip(tr("All saved messages"));
    m_more->setAccessibleName(m_more->toolTip());
    put(m_more, x, more);
}

void SavedStrip::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    place();
}

void SavedStrip::openMenu(QToolButton *button)
{
    m_menu->popup(button->mapToGlobal(QPoint(0, button->height())));
}

void SavedStrip::addEntry(QMenu *menu, std::size_t index)
{
    const SavedMessage &message = m_keeper.project().messages[index];
    QString text = menuText(message.name);
    if (message.key != 0)
        text += u"\tF%1"_s.arg(message.key);
    QAction *action = menu->addAction(text);
    action->setToolTip(tip(message));
    connect(action, &QAction::triggered, this, [this, index] {
        if (const SavedMessage *chosen = this->message(index))
            emit fillAsked(*chosen);
    });
}

void SavedStrip::fillMenu()
{
    m_menu->clear();
    const auto old = m_menu->findChildren<QMenu *>(Qt::FindDirectChildrenOnly);
    for (QMenu *menu : old)
        delete menu;
    const Project &project = m_keeper.project();
    m_menu->addAction(m_saveAction);
    m_menu->addSeparator();
    const auto addFolder = [&](QMenu *menu, const QString &folder) {
        int entries = 0;
        for (std::size_t i = 0; i < project.messages.size(); ++i) {
            if (project.messages[i].folder == folder && ++entries <= kMostEntries)
                addEntry(menu, i);
        }
        if (entries > kMostEntries)
            menu->addAction(tr("%1 more in the file").arg(entries - kMostEntries))
                ->setEnabled(false);
    };
    QStringList folders = foldersOf(project);
    for (const QString &folder : folders.mid(0, kMostEntries))
        addFolder(m_menu->addMenu(themedIcon(u"file"_s), menuText(folder)), folder);
    addFolder(m_menu, {});
    if (!project.messages.empty())
        m_menu->addSeparator();
    m_files.addTo(m_menu);
}

void SavedStrip::showChipMenu(std::size_t index, const QPoint &at)
{
    if (!message(index))
        return;
    auto *menu = new QMenu(this);
    menu->setObjectName(u"savedChipMenu"_s);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    connect(menu->addAction(themedIcon(u"send"_s), tr("Send now")), &QAction::triggered, this,
            [this, index] {
                if (const SavedMessage *chosen = message(index))
                    emit sendAsked(*chosen);
            });
    connect(menu->addAction(themedIcon(u"message"_s), tr("Write from it")), &QAction::triggered,
            this, [this, index] {
                if (const SavedMessage *chosen = message(index))
                    emit fillAsked(*chosen);
            });
    menu->addSeparator();
    connect(menu->addAction(tr("Rename, move, choose a key…")), &QAction::triggered, this,
            [this, index] { emit editAsked(index); });
    connect(menu->addAction(tr("Replace by what is written")), &QAction::triggered, this,
            [this, index] { emit replaceAsked(index); });
    menu->addSeparator();
    connect(menu->addAction(themedIcon(u"clear"_s), tr("Delete")), &QAction::triggered, this,
            [this, index] { remove(index); });
    menu->popup(at);
}

void SavedStrip::remove(std::size_t index)
{
    if (!message(index))
        return;
    Project project = m_keeper.project();
    project.messages.erase(project.messages.begin() + static_cast<std::ptrdiff_t>(index));
    m_keeper.change(project);
}

void SavedStrip::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        rebuild();
}

} // namespace pushdeck
