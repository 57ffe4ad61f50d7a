// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace pushdeck {

class ClientModel;

/// The client table: a table view that folds groups with mouse and keyboard (Left and Right, Enter,
/// Space), and whose group headers never change what is selected.
class ClientView final : public QTableView
{
    Q_OBJECT

public:
    explicit ClientView(ClientModel &model, QWidget *parent = nullptr);

signals:
    void renameAsked();
    void detailsAsked();

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    QItemSelectionModel::SelectionFlags selectionCommand(
        const QModelIndex &index, const QEvent *event = nullptr) const override;

private:
    bool takesGroupKey(const QKeyEvent &event);
    [[nodiscard]] bool isGroup(const QModelIndex &index) const;
    void moveTo(int row);

    ClientModel &m_clients;
    bool m_pressedGroup = false; ///< the mouse went down on a header
};

} // namespace pushdeck
