// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/icons.h"

#include "ui/theme/tones.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QSvgRenderer>

namespace pushdeck {

using namespace Qt::StringLiterals;

namespace {

class TintedSvg final : public QIconEngine
{
public:
    TintedSvg(QString name, QColor colour) : m_name(std::move(name)), m_colour(colour) {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal ratio = painter->device() ? painter->device()->devicePixelRatioF() : 1.0;
        painter->drawPixmap(rect, scaledPixmap(rect.size() * ratio, mode, state, ratio));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return scaledPixmap(size, mode, state, 1.0);
    }

    // `size` is in device pixels.
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state,
                         qreal scale) override
    {
        const QColor colour = colourFor(mode, state);
        const QString key = u"pushdeck/%1/%2x%3/%4/%5"_s.arg(m_name)
                                .arg(size.width())
                                .arg(size.height())
                                .arg(colour.rgba())
                                .arg(scale);
        QPixmap pixmap;
        if (QPixmapCache::find(key, &pixmap))
            return pixmap;
        QImage image(size, QImage::Format_ARGB32_Premultiplied);
        image.fill(Qt::transparent);
        QSvgRenderer renderer(u":/pushdeck/icons/%1.svg"_s.arg(m_name));
        QPainter painter(&image);
        renderer.render(&painter, QRectF(QPointF(), QSizeF(size)));
        painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
        painter.fillRect(image.rect(), colour);
        painter.end();
        pixmap = QPixmap::fromImage(image);
        pixmap.setDevicePixelRatio(scale);
        QPixmapCache::insert(key, pixmap);
        return pixmap;
    }

    QIconEngine *clone() const override { return new TintedSvg(*this); }

private:
    [[nodiscard]] QColor colourFor(QIcon::Mode mode, QIcon::State state) const
    {
        const QPalette palette = QGuiApplication::palette();
        const Tones &tones = tonesFor(palette);
        if (mode == QIcon::Disabled)
            return tones.disabled;
        if (m_colour.isValid())
            return m_colour;
        if (state == QIcon::On)
            return tones.accent;
        return mixed(palette.color(QPalette::ButtonText), tones.muted, 0.35);
    }

    QString m_name;
    QColor m_colour;
};

} // namespace

QIcon themedIcon(const QString &name)
{
    return QIcon(new TintedSvg(name, QColor()));
}

QIcon tintedIcon(const QString &name, const QColor &colour)
{
    return QIcon(new TintedSvg(name, colour));
}

QIcon applicationIcon()
{
    return QIcon(u":/pushdeck/icons/pushdeck.svg"_s);
}

} // namespace pushdeck
