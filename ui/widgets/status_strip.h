// SPDX-License-Identifier: GPL-3.0-or-later
// The line at the foot of the window: how fresh, how much, what is open, what is wrong.
#pragma once

#include "ui/theme/state_glyph.h"

#include <QWidget>

#include <vector>

namespace signalbox::ui {

struct StatusPart
{
    QString text;
    GlyphShape glyph = GlyphShape::Unknown;
    bool hasGlyph = false;

    friend bool operator==(const StatusPart &, const StatusPart &) = default;
};

class StatusStrip : public QWidget
{
    Q_OBJECT

public:
    explicit StatusStrip(QWidget *parent = nullptr);

    void setParts(const std::vector<StatusPart> &parts);
    /// All parts, joined by ` · `.
    [[nodiscard]] QString text() const;
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::vector<StatusPart> m_parts;
};

} // namespace signalbox::ui
