// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

#include <QApplication>
#include <QWidget>

#include <algorithm>
#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

struct SeriesColour
{
    QLatin1StringView kind;
    QRgb light = 0;
    QRgb dark = 0;
};

// Searched for contrast >= 3:1 and a colour distance >= 15 in every simulated colour vision.
constexpr std::array<SeriesColour, 8> kSeries{{
    {"qwen"_L1, 0xff9D49F5, 0xffA750D8},
    {"openai"_L1, 0xff186D6C, 0xff69B15A},
    {"anthropic"_L1, 0xffA38F1B, 0xffD9EF31},
    {"deepseek"_L1, 0xff300BB3, 0xffCCE8ED},
    {"mistral"_L1, 0xff56084B, 0xffED77A5},
    {"gemini"_L1, 0xff45A47C, 0xffF6CDAD},
    {"openrouter"_L1, 0xff676727, 0xffB6447B},
    {"other"_L1, 0xff133D2B, 0xff2C801A},
}};

Theme makeDay()
{
    return Theme{.dark = false,
                 .window = QColor(0xF1F0EB),
                 .card = QColor(0xFFFFFF),
                 .cardShade = QColor(0xF7F6F3),
                 .border = QColor(0xDFDDD5),
                 .borderStrong = QColor(0xC3C0B6),
                 .grid = QColor(0xECEAE4),
                 .text = QColor(0x1A1F26),
                 .muted = QColor(0x5F646C),
                 .accent = QColor(0x24466F),
                 .accentText = QColor(0xFFFFFF),
                 .accentSoft = QColor(0xE1E8F2),
                 .brand = QColor(0xE0A83A),
                 .sidebar = QColor(0x172333),
                 .sidebarCurrent = QColor(0x263750),
                 .sidebarText = QColor(0xF2F3F5),
                 .sidebarMuted = QColor(0xA4B0C0),
                 .closed = QColor(0x0072B2),
                 .halfOpen = QColor(0xC26A00),
                 .open = QColor(0xA50F3C),
                 .drained = QColor(0x757575),
                 .openSoft = QColor(0xFBEDF1),
                 .halfOpenSoft = QColor(0xFCF3E6)};
}

Theme makeNight()
{
    return Theme{.dark = true,
                 .window = QColor(0x141518),
                 .card = QColor(0x1E1F22),
                 .cardShade = QColor(0x25272B),
                 .border = QColor(0x303238),
                 .borderStrong = QColor(0x484B53),
                 .grid = QColor(0x2A2C31),
                 .text = QColor(0xE7E8EA),
                 .muted = QColor(0xA3A8B1),
                 .accent = QColor(0x8FB4E8),
                 .accentText = QColor(0x101317),
                 .accentSoft = QColor(0x2A3648),
                 .brand = QColor(0xE8B64C),
                 .sidebar = QColor(0x0E1117),
                 .sidebarCurrent = QColor(0x1F2733),
                 .sidebarText = QColor(0xEDEEF0),
                 .sidebarMuted = QColor(0x98A2B0),
                 .closed = QColor(0x4DA6DC),
                 .halfOpen = QColor(0xF5B84B),
                 .open = QColor(0xE8416F),
                 .drained = QColor(0xD5D5D5),
                 .openSoft = QColor(0x35202A),
                 .halfOpenSoft = QColor(0x332A1C)};
}

double luminance(const QColor &colour)
{
    const auto linear = [](float channel) {
        const auto c = double(channel);
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF())
           + 0.0722 * linear(colour.blueF());
}

} // namespace

const Theme &Theme::day()
{
    static const Theme theme = makeDay();
    return theme;
}

const Theme &Theme::night()
{
    static const Theme theme = makeNight();
    return theme;
}

const Theme &Theme::of(const QWidget *widget)
{
    return widget->palette().color(QPalette::Window).lightness() < 128 ? night() : day();
}

QPalette Theme::palette() const
{
    QPalette palette;
    const auto set = [&palette](QPalette::ColorRole role, const QColor &colour) {
        palette.setColor(role, colour);
    };
    set(QPalette::Window, window);
    set(QPalette::WindowText, text);
    set(QPalette::Base, card);
    set(QPalette::AlternateBase, cardShade);
    set(QPalette::Text, text);
    set(QPalette::Button, card);
    set(QPalette::ButtonText, text);
    set(QPalette::BrightText, open);
    set(QPalette::ToolTipBase, card);
    set(QPalette::ToolTipText, text);
    set(QPalette::PlaceholderText, muted);
    set(QPalette::Highlight, accent);
    set(QPalette::HighlightedText, accentText);
    set(QPalette::Link, accent);
    set(QPalette::Light, cardShade);
    set(QPalette::Midlight, border);
    set(QPalette::Mid, borderStrong);
    set(QPalette::Dark, borderStrong);
    set(QPalette::Shadow, dark ? QColor(0, 0, 0) : QColor(0x8A877E));
    QColor off = muted;
    off.setAlphaF(0.65F);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText}) {
        palette.setColor(QPalette::Disabled, role, off);
    }
    return palette;
}

QColor Theme::provider(QStringView kind, int ordinal) const
{
    const auto *found = std::find_if(kSeries.begin(), kSeries.end(), [kind](const auto &entry) {
        return kind == entry.kind;
    });
    const bool own = found != kSeries.end() && found->kind != "other"_L1;
    const SeriesColour &entry = found == kSeries.end() ? kSeries.back() : *found;
    const QColor colour(dark ? entry.dark : entry.light);
    if (own || ordinal == 0) {
        return colour;
    }
    const int hue = (colour.hsvHue() + 47 * ordinal) % 360;
    return QColor::fromHsv(hue, colour.hsvSaturation(), colour.value());
}

QFont themeFont(TypeRole role)
{
    QFont font = QApplication::font();
    const auto scaled = [&font](double factor) { font.setPointSizeF(font.pointSizeF() * factor); };
    switch (role) {
    case TypeRole::Body:
        break;
    case TypeRole::Caption:
        scaled(0.86);
        break;
    case TypeRole::Strong:
        font.setWeight(QFont::Bold);
        break;
    case TypeRole::Title:
        scaled(1.5);
        font.setWeight(QFont::Bold);
        break;
    case TypeRole::Value:
        scaled(1.08);
        break;
    case TypeRole::Display:
        scaled(1.85);
        font.setWeight(QFont::Bold);
        break;
    }
    return font;
}

QColor inkOn(const QColor &ground)
{
    return luminance(ground) > 0.2 ? QColor(0x101317) : QColor(0xFFFFFF);
}

} // namespace signalbox::ui
