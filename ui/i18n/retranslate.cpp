// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/i18n/retranslate.h"

#include "ui/i18n/vocabulary.h"
#include "ui/theme/actions.h"

#include <QAction>
#include <QComboBox>
#include <QHeaderView>
#include <QListWidget>
#include <QMetaProperty>
#include <QTabBar>

#include <algorithm>
#include <utility>
#include <vector>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

/// One run over a tree. Actions come first: their buttons show the tool tip that is put together
/// for the action.
class Retranslation final
{
public:
    explicit Retranslation(const Vocabulary &words) : m_words(words) {}

    void action(QAction &action);
    void object(QObject &object);

private:
    [[nodiscard]] QString again(const QString &text) const;
    void properties(QObject &object);
    void describedByName(QWidget &widget);
    void box(QComboBox &box);
    void entries(QAbstractItemModel &model);
    void tabs(QTabBar &tabs);

    const Vocabulary &m_words;
    std::vector<std::pair<QString, QString>> m_described; ///< tool tips of actions, before and now
};

QString Retranslation::again(const QString &text) const
{
    QString now = m_words.again(text);
    if (!now.isNull() || text.isEmpty())
        return now;
    const auto found = std::find_if(
        m_described.begin(), m_described.end(),
        [&text](const auto &described) { return described.first.constData() == text.constData(); });
    return found == m_described.end() ? QString() : found->second;
}

// An action that was given no text for its button or its tool tip shows that of the menu, and is to
// go on doing so.
void Retranslation::action(QAction &action)
{
    const QString described = action.toolTip();
    const bool withKeys = described == describedWithKeys(action);
    if (const QString now = m_words.again(action.text()); !now.isNull())
        action.setText(now);
    if (const QString now = m_words.again(action.iconText());
        !now.isNull() && now.constData() != action.iconText().constData())
        action.setIconText(now);
    if (withKeys) {
        action.setToolTip(describedWithKeys(action));
        m_described.emplace_back(described, action.toolTip());
    } else if (const QString now = m_words.again(action.toolTip());
               !now.isNull() && now.constData() != action.toolTip().constData()) {
        action.setToolTip(now);
    }
}

void Retranslation::object(QObject &object)
{
    if (qobject_cast<QAction *>(&object))
        return;
    if (auto *widget = qobject_cast<QWidget *>(&object))
        describedByName(*widget);
    // Before its property "currentText", which is one of its entries.
    if (auto *of = qobject_cast<QComboBox *>(&object); of && of->model())
        box(*of);
    else if (auto *list = qobject_cast<QListWidget *>(&object))
        entries(*list->model());
    else if (auto *bar = qobject_cast<QTabBar *>(&object))
        tabs(*bar);
    // Models are asked for their words each time they are shown.
    if (auto *header = qobject_cast<QHeaderView *>(&object); header && header->count() > 0)
        header->headerDataChanged(header->orientation(), 0, header->count() - 1);
    if (auto *view = qobject_cast<QAbstractItemView *>(&object))
        view->viewport()->update();
    properties(object);
}

void Retranslation::properties(QObject &object)
{
    const QMetaObject *meta = object.metaObject();
    bool changed = false;
    for (int i = 0; i < meta->propertyCount(); ++i) {
        const QMetaProperty property = meta->property(i);
        if (property.metaType().id() != QMetaType::QString || !property.isWritable())
            continue;
        const QString now = again(property.read(&object).toString());
        if (!now.isNull())
            changed = property.write(&object, now) || changed;
    }
    // A member that is a property is only painted.
    if (auto *widget = qobject_cast<QWidget *>(&object); widget && changed)
        widget->update();
}

// "Find the next (F3)" of a button that is named "Find the next".
void Retranslation::describedByName(QWidget &widget)
{
    const QString name = widget.accessibleName();
    const QString now = m_words.again(name);
    if (!now.isNull() && widget.toolTip().startsWith(name + u" ("_s))
        widget.setToolTip(now + widget.toolTip().sliced(name.size()));
}

void Retranslation::box(QComboBox &box)
{
    // What was typed and is no entry stays.
    const QString typed = box.currentText();
    const bool own = box.isEditable() && typed != box.itemText(box.currentIndex());
    entries(*box.model());
    if (own)
        box.setEditText(typed);
}

void Retranslation::entries(QAbstractItemModel &model)
{
    constexpr int kRoles[] = {Qt::DisplayRole, Qt::ToolTipRole, Qt::AccessibleTextRole,
                              Qt::AccessibleDescriptionRole};
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex index = model.index(row, 0);
        for (const int role : kRoles) {
            const QString now = again(index.data(role).toString());
            if (!now.isNull())
                model.setData(index, now, role);
        }
    }
}

void Retranslation::tabs(QTabBar &tabs)
{
    for (int i = 0; i < tabs.count(); ++i) {
        if (const QString now = again(tabs.tabText(i)); !now.isNull())
            tabs.setTabText(i, now);
        if (const QString now = again(tabs.tabToolTip(i)); !now.isNull())
            tabs.setTabToolTip(i, now);
    }
}

} // namespace

void retranslate(const Vocabulary &words, const QList<QObject *> &roots)
{
    Retranslation run(words);
    QList<QObject *> objects = roots;
    for (QObject *root : roots)
        objects << root->findChildren<QObject *>();
    for (QObject *object : std::as_const(objects)) {
        if (auto *action = qobject_cast<QAction *>(object))
            run.action(*action);
    }
    for (QObject *object : std::as_const(objects))
        run.object(*object);
}

} // namespace pushdeck
