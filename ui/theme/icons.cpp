// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/icons.h"

#include <QApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <cmath>

using namespace Qt::StringLiterals;

// Must stand outside every namespace: the macro declares a global function.
static void loadIcons()
{
    Q_INIT_RESOURCE(icons);
}

namespace signalbox::ui {

namespace {

QPixmap render(const QString &name, QSize pixels, const QColor &colour)
{
    const QString key = u"signalbox/%1/%2x%3/%4"_s.arg(name)
                            .arg(pixels.width())
                            .arg(pixels.height())
                            .arg(colour.rgba(), 8, 16);
    QPixmap pixmap;
    if (pixels.isEmpty() || QPixmapCache::find(key, &pixmap)) { // no room, no picture
        return pixmap;
    }
    loadIcons();
    pixmap = QPixmap(pixels);
    pixmap.fill(Qt::transparent);
    QSvgRenderer renderer(u":/icons/%1.svg"_s.arg(name));
    QPainter painter(&pixmap);
    renderer.render(&painter);
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(pixmap.rect(), colour);
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

/// Asks the palette whenever it paints, so a change of theme needs no new icon.
class ThemeIconEngine : public QIconEngine
{
public:
    explicit ThemeIconEngine(QString name)
        : m_name(std::move(name))
    {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const qreal ratio = painter->device()->devicePixelRatioF();
        QPixmap pixmap = render(m_name, (QSizeF(rect.size()) * ratio).toSize(), colour(mode));
        pixmap.setDevicePixelRatio(ratio);
        painter->drawPixmap(rect.topLeft(), pixmap);
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        return render(m_name, size, colour(mode));
    }

    [[nodiscard]] QIconEngine *clone() const override { return new ThemeIconEngine(m_name); }

private:
    static QColor colour(QIcon::Mode mode)
    {
        const QPalette palette = QApplication::palette();
        return palette.color(mode == QIcon::Disabled ? QPalette::Disabled : QPalette::Normal,
                             QPalette::ButtonText);
    }

    QString m_name;
};

} // namespace

QIcon applicationIcon()
{
    loadIcons();
    return QIcon(u":/icons/signalbox.svg"_s);
}

QPixmap iconPixmap(const QString &name, int size, const QColor &colour, qreal ratio)
{
    const int pixels = static_cast<int>(std::lround(size * ratio));
    QPixmap pixmap = render(name, QSize(pixels, pixels), colour);
    pixmap.setDevicePixelRatio(ratio);
    return pixmap;
}

QIcon themeIcon(const QString &name)
{
    return QIcon(new ThemeIconEngine(name));
}

} // namespace signalbox::ui
