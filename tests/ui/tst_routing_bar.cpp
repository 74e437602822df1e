// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/accessible_role.h"
#include "ui/widgets/weights_bar.h"

#include "core/base/random.h"

#include <QAccessible>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace signalbox;
using namespace signalbox::ui;

namespace {

constexpr int kBarWidth = 1000;
using Ints = std::vector<int>;

struct Bar
{
    explicit Bar(const Ints &weights)
    {
        std::vector<BarTarget> targets;
        Shares shares;
        for (const int weight : weights) {
            const auto number = QString::number(targets.size());
            targets.push_back({.name = u"model-"_s + number,
                               .provider = u"P"_s + number,
                               .tag = u"P"_s + number,
                               .kind = u"openai"_s});
            shares.push_back({.weight = weight});
        }
        window.resize(kBarWidth + 100, 200);
        bar.resize(kBarWidth, bar.sizeHint().height());
        bar.move(20, 80);
        bar.setTargets(targets);
        bar.setShares(shares);
        QObject::connect(&bar, &WeightsBar::edited, &bar, [this](const Shares &, quint64 gesture) {
            if (gestures.isEmpty() || gestures.last() != gesture) {
                gestures << gesture;
            }
        });
        window.show();
    }

    [[nodiscard]] Ints weights() const
    {
        Ints all;
        for (const Share &share : bar.shares()) {
            all.push_back(share.weight);
        }
        return all;
    }
    void lock(std::size_t index)
    {
        Shares shares = bar.shares();
        shares[index].locked = true;
        bar.setShares(shares);
    }
    void drag(int divider, const QList<int> &offsets, Qt::KeyboardModifiers keys = {})
    {
        const QPoint start = bar.dividerAt(divider);
        QTest::mousePress(&bar, Qt::LeftButton, {}, start);
        for (const int offset : offsets) {
            move(start + QPoint(offset, 0), keys);
        }
        QTest::mouseRelease(&bar, Qt::LeftButton, {}, start + QPoint(offsets.last(), 0));
    }
    void move(QPoint to, Qt::KeyboardModifiers keys)
    {
        QMouseEvent event(QEvent::MouseMove,
                          to,
                          bar.mapToGlobal(to),
                          Qt::NoButton,
                          Qt::LeftButton,
                          keys);
        QCoreApplication::sendEvent(&bar, &event);
    }

    QWidget window;
    WeightsBar bar{&window};
    QList<quint64> gestures;
};

} // namespace

class TestRoutingBar : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { installAccessibility(); }

    void aDragMovesOneDividerAsOneGesture()
    {
        Bar bar({50, 30, 20});
        bar.drag(0, {20, 60, 140, 100});
        QCOMPARE(bar.weights(), Ints({60, 20, 20}));
        QCOMPARE(bar.gestures.size(), 1);
        QVERIFY(!bar.bar.isDragged());
    }

    void everyInstantOfADragSumsToAHundred()
    {
        Bar bar({50, 30, 20});
        QObject::connect(&bar.bar, &WeightsBar::edited, &bar.bar, [](const Shares &shares) {
            QCOMPARE(sumOf(shares), kWholeWeight);
        });
        QList<int> offsets;
        for (int x = -700; x < 700; x += 7) {
            offsets << x;
        }
        bar.drag(0, offsets);
        QCOMPARE(bar.weights(), Ints({80, 0, 20})); // and stops at the neighbour's 0
    }

    void aDragShowsBothNewWeights()
    {
        Bar bar({50, 30, 20});
        const QPoint start = bar.bar.dividerAt(0);
        QTest::mousePress(&bar.bar, Qt::LeftButton, {}, start);
        bar.move(start + QPoint(30, 0), {});
        auto *preview = bar.window.findChild<QLabel *>(u"weightsPreview"_s);
        QVERIFY(preview != nullptr && preview->isVisible());
        QCOMPARE(preview->text(), u"P0 model-0 53 % · P1 model-1 27 %"_s);
        QTest::mouseRelease(&bar.bar, Qt::LeftButton, {}, start + QPoint(30, 0));
        QVERIFY(bar.window.findChild<QLabel *>(u"weightsPreview"_s) == nullptr);
    }

    void escapeEndsADragWhereItBegan()
    {
        Bar bar({50, 30, 20});
        const QPoint start = bar.bar.dividerAt(0);
        QTest::mousePress(&bar.bar, Qt::LeftButton, {}, start);
        bar.move(start + QPoint(90, 0), {});
        QCOMPARE(bar.weights(), Ints({59, 21, 20}));
        QTest::keyClick(&bar.bar, Qt::Key_Escape);
        QCOMPARE(bar.weights(), Ints({50, 30, 20}));
        QVERIFY(!bar.bar.isDragged());
    }

    void controlSnapsToFive()
    {
        Bar bar({52, 28, 20});
        bar.drag(0, {41}, Qt::ControlModifier);
        QCOMPARE(bar.weights(), Ints({55, 25, 20}));
        QTest::keyClick(&bar.bar, Qt::Key_Right, Qt::ControlModifier);
        QCOMPARE(bar.weights(), Ints({60, 20, 20}));
    }

    void dividersThatStandTogetherPartByTheWayOfTheDrag()
    {
        Bar right({50, 0, 50});
        right.drag(0, {100});
        QCOMPARE(right.weights(), Ints({50, 10, 40}));
        Bar left({50, 0, 50});
        left.drag(1, {-100});
        QCOMPARE(left.weights(), Ints({40, 10, 50}));
    }

    void statement42KeysMoveTheDivider()
    {
        Bar bar({50, 30, 20});
        bar.bar.setFocus();
        QTest::keyClick(&bar.bar, Qt::Key_Right, Qt::ShiftModifier);
        QCOMPARE(bar.weights(), Ints({60, 20, 20}));
        QCOMPARE(bar.bar.divider(), 0);
        QTest::keyClick(&bar.bar, Qt::Key_Down);
        QCOMPARE(bar.bar.divider(), 1);
        QTest::keyClick(&bar.bar, Qt::Key_Left);
        QCOMPARE(bar.weights(), Ints({60, 19, 21}));
        QTest::keyClick(&bar.bar, Qt::Key_Down); // there is no third one
        QCOMPARE(bar.bar.divider(), 1);
        QTest::keyClick(&bar.bar, Qt::Key_End);
        QCOMPARE(bar.weights(), Ints({60, 40, 0}));
        QTest::keyClick(&bar.bar, Qt::Key_Up);
        QTest::keyClick(&bar.bar, Qt::Key_Home);
        QCOMPARE(bar.weights(), Ints({0, 100, 0}));
        QCOMPARE(bar.gestures.size(), 4); // every press is a step of its own
    }

    void locksAndReadersChangeNothing()
    {
        Bar bar({50, 30, 20});
        bar.lock(1);
        bar.drag(0, {100});
        QCOMPARE(bar.weights(), Ints({50, 30, 20}));
        Bar reader({50, 30, 20});
        reader.bar.setReadOnly(true);
        reader.drag(0, {100});
        QTest::keyClick(&reader.bar, Qt::Key_Right);
        QCOMPARE(reader.weights(), Ints({50, 30, 20}));
        QVERIFY(reader.gestures.isEmpty());
    }

    void assistiveTechnologyReadsAndSetsTheDivider()
    {
        Bar bar({50, 30, 20});
        QAccessibleInterface *face = QAccessible::queryAccessibleInterface(&bar.bar);
        QVERIFY(face != nullptr);
        QCOMPARE(face->role(), QAccessible::Slider);
        QAccessibleValueInterface *value = face->valueInterface();
        QVERIFY(value != nullptr);
        QCOMPARE(value->currentValue().toInt(), 50);
        QCOMPARE(value->minimumValue().toInt(), 0);
        QCOMPARE(value->maximumValue().toInt(), 80);
        value->setCurrentValue(55);
        QCOMPARE(bar.weights(), Ints({55, 25, 20}));
        QCOMPARE(face->text(QAccessible::Description), u"P0 model-0 55 % · P1 model-1 25 %"_s);
    }

    void statement38RandomMiceAndKeys()
    {
        Bar bar({40, 25, 20, 15});
        bar.lock(2);
        Random random(77);
        for (int i = 0; i < 500; ++i) {
            if (random.below(2) == 0) {
                const int far = static_cast<int>(random.below(1200)) - 600;
                bar.drag(static_cast<int>(random.below(3)), {far / 2, far});
            } else {
                static constexpr std::array kKeys{Qt::Key_Left,
                                                  Qt::Key_Right,
                                                  Qt::Key_Up,
                                                  Qt::Key_Down,
                                                  Qt::Key_Home,
                                                  Qt::Key_End};
                QTest::keyClick(&bar.bar,
                                kKeys[random.below(kKeys.size())],
                                random.below(3) == 0 ? Qt::ShiftModifier : Qt::NoModifier);
            }
            QCOMPARE(sumOf(bar.bar.shares()), kWholeWeight);
            QCOMPARE(bar.bar.shares()[2].weight, 20);
            QVERIFY(std::ranges::all_of(bar.bar.shares(),
                                        [](const Share &share) { return share.weight >= 0; }));
        }
    }
};

QTEST_MAIN(TestRoutingBar)
#include "tst_routing_bar.moc"
