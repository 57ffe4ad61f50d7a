// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/clients/clientview.h"

#include "ui/clients/clientmodel.h"
#include "ui/theme/headerend.h"

#include <QKeyEvent>
#include <QMouseEvent>

namespace pushdeck {

ClientView::ClientView(ClientModel &model, QWidget *parent) : QTableView(parent), m_clients(model)
{
    setModel(&model);
    new HeaderEnd(*this);
}

bool ClientView::isGroup(const QModelIndex &index) const
{
    return index.isValid() && m_clients.isGroup(index.row());
}

bool ClientView::event(QEvent *event)
{
    // The window may have given the key to a saved message: in this table it means what it means in
    // every table.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_F2 && key->modifiers() == Qt::NoModifier) {
            event->accept();
            return true;
        }
    }
    return QTableView::event(event);
}

void ClientView::moveTo(int row)
{
    const QModelIndex index = m_clients.index(row, ClientModel::NameColumn);
    selectionModel()->setCurrentIndex(
        index, isGroup(index) ? QItemSelectionModel::NoUpdate
                              : QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    scrollTo(index);
}

bool ClientView::takesGroupKey(const QKeyEvent &event)
{
    const int row = currentIndex().row();
    if (row < 0 || event.modifiers().testFlag(Qt::ControlModifier) ||
        m_clients.grouping() == ClientGrouping::None)
        return false;
    if (!m_clients.isGroup(row)) {
        if (event.key() != Qt::Key_Left)
            return false;
        moveTo(m_clients.groupRow(row));
        return true;
    }
    const bool folded = m_clients.group(row).folded;
    switch (event.key()) {
        case Qt::Key_Left:
            m_clients.setFolded(row, true);
            return true;
        case Qt::Key_Right:
            if (folded)
                m_clients.setFolded(row, false);
            else if (row + 1 < m_clients.rowCount())
                moveTo(row + 1);
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Space:
            m_clients.setFolded(row, !folded);
            return true;
        default:
            return false;
    }
}

void ClientView::keyPressEvent(QKeyEvent *event)
{
    if (takesGroupKey(*event))
        return;
    if (event->key() == Qt::Key_F2) {
        emit renameAsked();
        return;
    }
    if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) &&
        currentIndex().isValid()) {
        emit detailsAsked();
        return;
    }
    QTableView::keyPressEvent(event);
}

void ClientView::mousePressEvent(QMouseEvent *event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    m_pressedGroup = isGroup(index) && event->button() == Qt::LeftButton;
    if (!m_pressedGroup) {
        QTableView::mousePressEvent(event);
        return;
    }
    selectionModel()->setCurrentIndex(index, QItemSelectionModel::NoUpdate);
    m_clients.setFolded(index.row(), !m_clients.group(index.row()).folded);
}

void ClientView::mouseMoveEvent(QMouseEvent *event)
{
    // What the press did not begin, the move must not end: no range from an older press.
    if (!m_pressedGroup)
        QTableView::mouseMoveEvent(event);
}

void ClientView::mouseReleaseEvent(QMouseEvent *event)
{
    if (!m_pressedGroup)
        QTableView::mouseReleaseEvent(event);
    m_pressedGroup = false;
}

void ClientView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (isGroup(indexAt(event->position().toPoint())))
        mousePressEvent(event);
    else
        QTableView::mouseDoubleClickEvent(event);
}

QItemSelectionModel::SelectionFlags ClientView::selectionCommand(const QModelIndex &index,
                                                                 const QEvent *event) const
{
    // A range that is drawn over a header with the keyboard goes on behind it; the header itself
    // cannot be chosen.
    const bool drawsRange =
        event && event->type() == QEvent::KeyPress &&
        static_cast<const QKeyEvent *>(event)->modifiers().testFlag(Qt::ShiftModifier);
    if (isGroup(index) && !drawsRange)
        return QItemSelectionModel::NoUpdate;
    return QTableView::selectionCommand(index, event);
}

} // namespace pushdeck
