// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/shots.h"

#include "ui/models/attention.h"
#include "ui/pages/alert_desk.h"
#include "ui/widgets/notice_bar.h"

#include <QLabel>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kSettleMs = 400;
constexpr int kLookMs = 130;
constexpr int kCalmMs = 10'000;
constexpr int kStillLooks = 3; ///< a delivery takes 250 ms

/// What runs by the real clock, and no fixture moves: how long an answer has been waited for.
void stopClocks(QWidget &window)
{
    static const QRegularExpression seconds(u"(?<=… )[0-9.]+ s$"_s);
    const auto labels = window.findChildren<QLabel *>();
    for (QLabel *label : labels) {
        if (label->isVisible() && label->text().contains(seconds)) {
            label->setText(QString(label->text()).replace(seconds, u"0.8 s"_s));
        }
    }
}

} // namespace

QImage calm(QWidget &window)
{
    QImage before;
    int still = 0;
    for (int waited = 0; still < kStillLooks && waited < kCalmMs; waited += kLookMs) {
        QTest::qWait(kLookMs);
        stopClocks(window);
        const QImage now = window.grab().toImage();
        still = now == before ? still + 1 : 0;
        before = now;
    }
    return before;
}

void present(ConsoleWindow &window)
{
    window.show();
    QTest::qWait(kSettleMs);
    const auto &snapshot = window.state().snapshot();
    if (snapshot != nullptr && openBreakers(*snapshot) > 0) {
        (void)QTest::qWaitFor([&] { return window.findChild<AlertDesk *>()->open() > 0; }, kCalmMs);
    }
    window.findChild<NoticeBar *>(u"notices"_s)->hide();
}

} // namespace signalbox::ui
