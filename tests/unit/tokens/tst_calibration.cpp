// SPDX-License-Identifier: Apache-2.0
#include "core/base/bounds.h"
#include "core/base/random.h"
#include "core/tokens/calibration.h"

#include <QTest>

#include <cmath>

using namespace signalbox;
using namespace signalbox::tokens;

namespace {

TokenParts partsOf(double words, double signs, double ideographs)
{
    TokenParts parts;
    parts[Part::Words] = words;
    parts[Part::Signs] = signs;
    parts[Part::Ideographs] = ideographs;
    parts[Part::Framing] = 7;
    return parts;
}

TokenParts anyParts(Random &random)
{
    return partsOf(400 * random.unit(), 200 * random.unit(), 300 * random.unit());
}

/// A provider whose tokens are not ours: fewer for words, more for ideographs, and a hidden prompt.
std::int64_t billOf(TokenParts parts)
{
    return std::llround(0.9 * parts[Part::Words] + 1.05 * parts[Part::Signs]
                        + 1.3 * parts[Part::Ideographs] + 12);
}

} // namespace

class TestCalibration : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void believesTheEstimateFirst();
    void learnsEachPart();
    void followsAChange();
    void staysCalmAtNonsense();
    void keepsABound();
    void survivesARestart();
    void refusesDamage_data();
    void refusesDamage();
};

void TestCalibration::believesTheEstimateFirst()
{
    const Calibration calibration;
    QCOMPARE(calibration.corrected("a/b", partsOf(100, 20.4, 3)), 130);
    QCOMPARE(calibration.bills("a/b"), 0);
}

void TestCalibration::learnsEachPart()
{
    Calibration calibration;
    Random random(3);
    for (int i = 0; i < 200; ++i) {
        const TokenParts parts = anyParts(random);
        calibration.learn("a/b", parts, billOf(parts));
    }
    QCOMPARE(calibration.bills("a/b"), 200);
    for (int i = 0; i < 100; ++i) {
        const TokenParts parts = anyParts(random);
        const auto bill = static_cast<double>(billOf(parts));
        const auto corrected = static_cast<double>(calibration.corrected("a/b", parts));
        QVERIFY2(std::abs(corrected / bill - 1) < 0.03, std::to_string(corrected / bill).c_str());
    }
    const TokenParts parts = partsOf(100, 20, 3);
    QCOMPARE(calibration.corrected("a/c", parts), 130); // others are others
}

void TestCalibration::followsAChange()
{
    Calibration calibration;
    Random random(4);
    for (int i = 0; i < 5000; ++i) {
        const TokenParts parts = anyParts(random);
        calibration.learn("a/b", parts, std::llround(parts.sum()));
    }
    for (int i = 0; i < 300; ++i) {
        const TokenParts parts = anyParts(random);
        calibration.learn("a/b", parts, billOf(parts));
    }
    const TokenParts parts = partsOf(200, 100, 150);
    const double off = static_cast<double>(calibration.corrected("a/b", parts))
                       / static_cast<double>(billOf(parts));
    QVERIFY2(std::abs(off - 1) < 0.05, std::to_string(off).c_str());
}

void TestCalibration::staysCalmAtNonsense()
{
    Calibration calibration;
    const TokenParts parts = partsOf(100, 20, 3);
    calibration.learn("a/b", parts, 0);
    calibration.learn("a/b", parts, -5);
    calibration.learn("a/b", parts, 1'000'000'000'000);
    calibration.learn("a/b", TokenParts(), 10);
    QCOMPARE(calibration.bills("a/b"), 0);
    // Bills at the edge of belief, over and over: the factors stay within their bounds.
    for (int i = 0; i < 10'000; ++i) {
        calibration.learn("a/b", parts, i % 2 == 0 ? 519 : 33);
    }
    const auto corrected = calibration.corrected("a/b", parts);
    QVERIFY(corrected >= 39 && corrected <= 520);
}

void TestCalibration::keepsABound()
{
    Calibration calibration;
    for (std::size_t i = 0; i < bounds::kCalibratedModelsMax + 10; ++i) {
        calibration.learn("p/m" + std::to_string(i), partsOf(100, 20, 3), 150);
    }
    const auto last = "p/m" + std::to_string(bounds::kCalibratedModelsMax - 1);
    const auto beyond = "p/m" + std::to_string(bounds::kCalibratedModelsMax);
    QCOMPARE(calibration.bills(last), 1);
    QCOMPARE(calibration.bills(beyond), 0);
}

void TestCalibration::survivesARestart()
{
    Calibration before;
    Random random(5);
    for (int i = 0; i < 50; ++i) {
        const TokenParts parts = anyParts(random);
        before.learn("openrouter/meta-llama/x y", parts, billOf(parts));
        before.learn("a/b", parts, std::llround(parts.sum()));
    }
    auto after = Calibration::fromText(before.toText());
    QVERIFY2(after.ok(), after.ok() ? "" : after.error().c_str());
    QCOMPARE(after->toText(), before.toText());
    const TokenParts parts = anyParts(random);
    after->learn("a/b", parts, 300);
    before.learn("a/b", parts, 300);
    QCOMPARE(after->corrected("a/b", parts), before.corrected("a/b", parts));
    QCOMPARE(after->bills("openrouter/meta-llama/x y"), 50);
    QVERIFY(Calibration::fromText(Calibration().toText()).ok());
}

void TestCalibration::refusesDamage_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("says");
    Calibration one;
    one.learn("a/b", partsOf(100, 20, 3), 150);
    const QByteArray whole = QByteArray::fromStdString(one.toText());
    QTest::newRow("another format") << QByteArray("{}\n") << QByteArray("line 1: not the heading");
    QTest::newRow("cut off") << whole.chopped(40) << QByteArray("line 2: ");
    QTest::newRow("no tab") << whole + "rubbish\n" << QByteArray("line 3: no tab");
    QTest::newRow("no count") << whole + "c/d\tx\n" << QByteArray("line 3: no count");
    QTest::newRow("no number") << QByteArray(whole).replace(" 1 ", " nan ")
                               << QByteArray("line 2: ");
    QTest::newRow("too many") << whole.chopped(1) + " 1\n" << QByteArray("line 2: more numbers");
}

void TestCalibration::refusesDamage()
{
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, says);
    const auto read = Calibration::fromText(text.toStdString());
    QVERIFY(!read.ok());
    QVERIFY2(read.error().starts_with(says.toStdString()), read.error().c_str());
}

QTEST_APPLESS_MAIN(TestCalibration)
#include "tst_calibration.moc"
