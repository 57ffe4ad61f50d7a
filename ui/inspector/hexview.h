// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/find/findquery.h"

#include <QAbstractScrollArea>
#include <QByteArray>

namespace pushdeck {

/// Bytes in hexadecimal and as characters. Paints the lines in sight only, so any size is shown at
/// once.
class HexView final : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit HexView(QWidget *parent = nullptr);

    void setBytes(const QByteArray &bytes);
    [[nodiscard]] const QByteArray &bytes() const { return m_bytes; }
    /// Marks what was found, in byte offsets.
    void setHits(std::vector<FindHit> hits);
    void showHit(std::size_t hit);
    void setEmptyWords(const QString &title, const QString &hint);

signals:
    void bytesChanged();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void updateBars();
    void paintHits(QPainter &painter, qsizetype line, int y, int bytesAt, int charactersAt) const;
    [[nodiscard]] int lineHeight() const;

    QByteArray m_bytes;
    std::vector<FindHit> m_hits;
    std::size_t m_hit = 0;
    bool m_hasHit = false;
    QString m_emptyTitle;
    QString m_emptyHint;
};

} // namespace pushdeck
