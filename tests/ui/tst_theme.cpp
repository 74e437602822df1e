// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/fixture_source.h"
#include "tests/ui/support/shots.h"
#include "ui/console_window.h"
#include "ui/pages/page.h"
#include "ui/theme/state_glyph.h"
#include "ui/theme/theme.h"
#include "ui/widgets/breaker_tile.h"

#include <QPainter>
#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace signalbox::ui;

namespace {

constexpr int kSide = 16;
// Of 255: what an eye calls another grey.
constexpr int kAnotherGrey = 24;

QImage glyphImage(StateGlyph glyph, const Theme &theme)
{
    QImage image(kSide, kSide, QImage::Format_RGB32);
    image.fill(theme.card);
    QPainter painter(&image);
    paintStateGlyph(painter, QRectF(0, 0, kSide, kSide), glyph, theme);
    painter.end();
    return image.convertToFormat(QImage::Format_Grayscale8);
}

double difference(const QImage &a, const QImage &b)
{
    int different = 0;
    for (int y = 0; y < kSide; ++y) {
        for (int x = 0; x < kSide; ++x) {
            different += std::abs(qGray(a.pixel(x, y)) - qGray(b.pixel(x, y))) > kAnotherGrey;
        }
    }
    return double(different) / (kSide * kSide);
}

double channel(float value)
{
    const double c = double(value);
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &colour)
{
    return 0.2126 * channel(colour.redF()) + 0.7152 * channel(colour.greenF())
           + 0.0722 * channel(colour.blueF());
}

double contrast(const QColor &a, const QColor &b)
{
    const double light = std::max(luminance(a), luminance(b));
    const double dark = std::min(luminance(a), luminance(b));
    return (light + 0.05) / (dark + 0.05);
}

} // namespace

class TestTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void glyphsDifferInGrey_data();
    void glyphsDifferInGrey();
    void forcedGlyphsShowTheirPadlock();
    void textAndGlyphsCanBeRead_data();
    void textAndGlyphsCanBeRead();
    void providersKeepTheirColour();
    void switchingRepaintsWithoutRestart();
    void aSwitchedPageIsLikeOneThatBeganSo();
};

void TestTheme::glyphsDifferInGrey_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestTheme::glyphsDifferInGrey()
{
    QFETCH(bool, dark);
    const Theme &theme = dark ? Theme::night() : Theme::day();
    const QList<GlyphShape> shapes{GlyphShape::Closed,
                                   GlyphShape::HalfOpen,
                                   GlyphShape::Open,
                                   GlyphShape::Drained,
                                   GlyphShape::Unknown};
    for (int a = 0; a < shapes.size(); ++a) {
        for (int b = a + 1; b < shapes.size(); ++b) {
            const double share = difference(glyphImage({shapes[a], false}, theme),
                                            glyphImage({shapes[b], false}, theme));
            QVERIFY2(share >= 0.15, qPrintable(u"%1 and %2: %3"_s.arg(a).arg(b).arg(share)));
        }
    }
}

void TestTheme::forcedGlyphsShowTheirPadlock()
{
    for (const GlyphShape shape : {GlyphShape::Open, GlyphShape::Closed}) {
        const double share = difference(glyphImage({shape, true}, Theme::day()),
                                        glyphImage({shape, false}, Theme::day()));
        QVERIFY2(share >= 0.1, qPrintable(QString::number(share)));
    }
}

void TestTheme::textAndGlyphsCanBeRead_data()
{
    glyphsDifferInGrey_data();
}

void TestTheme::textAndGlyphsCanBeRead()
{
    QFETCH(bool, dark);
    const Theme &theme = dark ? Theme::night() : Theme::day();
    for (const QColor &ground : {theme.card, theme.window, theme.cardShade}) {
        QVERIFY(contrast(theme.text, ground) >= 4.5);
        QVERIFY(contrast(theme.muted, ground) >= 4.5);
    }
    for (const QColor &ground : {theme.openSoft, theme.halfOpenSoft, theme.accentSoft}) {
        QVERIFY(contrast(theme.text, ground) >= 4.5);
    }
    QVERIFY(contrast(theme.sidebarText, theme.sidebarCurrent) >= 4.5);
    QVERIFY(contrast(theme.sidebarMuted, theme.sidebar) >= 4.5);
    QVERIFY(contrast(theme.accentText, theme.accent) >= 4.5);
    for (const QColor &glyph : {theme.closed, theme.halfOpen, theme.open, theme.drained}) {
        QVERIFY(contrast(glyph, theme.card) >= 3.0);
    }
    for (const auto &kind : {u"qwen"_s,
                             u"openai"_s,
                             u"anthropic"_s,
                             u"deepseek"_s,
                             u"mistral"_s,
                             u"gemini"_s,
                             u"openrouter"_s,
                             u"other"_s}) {
        QVERIFY(contrast(theme.provider(kind), theme.card) >= 3.0);
    }
}

void TestTheme::providersKeepTheirColour()
{
    const Theme &theme = Theme::day();
    QCOMPARE(theme.provider(u"mistral"), QColor(0x56084B));
    QCOMPARE(theme.provider(u"mistral", 3), QColor(0x56084B));
    QVERIFY(theme.provider(u"openai-compatible", 0) != theme.provider(u"openai-compatible", 1));
}

/// Goal: a theme change reaches widgets that paint themselves, without a restart.
/// Method: the ground of a tile is grabbed before and after.
void TestTheme::switchingRepaintsWithoutRestart()
{
    FixtureSource source;
    ConsoleWindow window(source, {.clock = [&source] { return source.now(); }});
    window.setThemeChoice(ThemeChoice::Light);
    window.show();
    QTRY_VERIFY(window.findChild<BreakerTile *>() != nullptr);
    auto *tile = window.findChild<BreakerTile *>();
    const QPoint inside(tile->width() / 2, 4);
    QCOMPARE(tile->grab().toImage().pixelColor(inside), Theme::day().card);
    window.setThemeChoice(ThemeChoice::Dark);
    QTRY_COMPARE(tile->grab().toImage().pixelColor(inside), Theme::night().card);
}

/// Goal: statement 79 for all that is painted. Method: each page of a window that went from light to
/// dark while shown is, pixel by pixel, the page of a window that was dark from the beginning.
void TestTheme::aSwitchedPageIsLikeOneThatBeganSo()
{
    FixtureSource first;
    FixtureSource second;
    const auto picturesOf = [](ConsoleWindow &window) {
        QList<std::pair<QString, QImage>> pictures;
        const auto pages = window.findChildren<Page *>();
        for (const Page *page : pages) {
            window.showPage(page->objectName());
            pictures.append({page->objectName(), calm(window)});
        }
        return pictures;
    };
    ConsoleWindow switched(first, {.clock = [&first] { return first.now(); }});
    switched.setThemeChoice(ThemeChoice::Light);
    present(switched);
    (void)picturesOf(switched); // every page has been painted in light
    switched.setThemeChoice(ThemeChoice::Dark);
    const auto after = picturesOf(switched);
    ConsoleWindow begun(second, {.clock = [&second] { return second.now(); }});
    begun.setThemeChoice(ThemeChoice::Dark);
    present(begun);
    const auto wanted = picturesOf(begun);
    QVERIFY(wanted.size() >= 7);
    for (qsizetype i = 0; i < wanted.size(); ++i) {
        QVERIFY2(after[i].second == wanted[i].second, qPrintable(wanted[i].first));
    }
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
