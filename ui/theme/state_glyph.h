// SPDX-License-Identifier: GPL-3.0-or-later
// One shape per breaker state, so that no state is told by its colour alone.
#pragma once

#include "core/telemetry/snapshot.h"

#include <QRectF>

class QPainter;

namespace signalbox::ui {

struct Theme;

enum class GlyphShape {
    Closed,
    HalfOpen,
    Open,
    Drained,
    Unknown
};

struct StateGlyph
{
    GlyphShape shape = GlyphShape::Unknown;
    bool forced = false; ///< a padlock in the corner

    friend bool operator==(const StateGlyph &, const StateGlyph &) = default;
};

/// The shape of the state that holds: forced before drained before calculated.
StateGlyph glyphOf(const telemetry::BreakerView &breaker);

/// Paints into the largest square of \p where. Circle, half diamond, octagon with a cross cut
/// out, hollow circle with a bar, dotted ring with a question mark.
void paintStateGlyph(QPainter &painter, const QRectF &where, StateGlyph glyph, const Theme &theme);

} // namespace signalbox::ui
