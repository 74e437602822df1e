// SPDX-License-Identifier: GPL-3.0-or-later
// Which installation the window stands for, so that nobody works on the wrong one.
#pragma once

#include <QColor>
#include <QString>

#include <cstdint>

namespace signalbox::ui {

struct Theme;

enum class Profile : std::uint8_t {
    None,
    Dev,
    Stage,
    Prod
};

inline constexpr int kProfileCount = 4;

/// `PROD`, `STAGE`, `DEV`; empty for none.
QString profileWord(Profile profile);
/// The ground its word stands on; ink by inkOn().
QColor profileColour(Profile profile, const Theme &theme);

} // namespace signalbox::ui
