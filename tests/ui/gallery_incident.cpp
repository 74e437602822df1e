// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/gallery_incident.h"

#include "tests/ui/support/far_fixture.h"
#include "tests/ui/support/fixture_config.h"
#include "tests/ui/support/fixture_ledger.h"
#include "tests/ui/support/shots.h"
#include "ui/console_window.h"
#include "ui/pages/bill_panel.h"
#include "ui/pages/page.h"
#include "ui/recorder.h"

#include <QComboBox>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kSettleMs = 400;

class IdleRecorder : public Recorder
{
public:
    void record(SystemTime, SystemTime, const QString &) override {}
    void open(const QString &) override {}
};

void asRecorded(FarFixture &source)
{
    source.change(
        [](Connection &line) {
            line.state = Connection::State::Recorded;
            line.address = u"Recording of edge-3"_s;
            line.problem =
                u"Recording of edge-3, 2026-03-14 13:45:00 – 2026-03-14 14:00:00 UTC. "
                "Breakers and rates stand as they were at 14:03:22. 2,311 older requests "
                "were left out."_s;
        },
        u"This is a recording: nothing can be done to its targets."_s);
}

/// The fixture's days with its models, and what a bill has more or less than they.
QByteArray billText(QDate last)
{
    QByteArray text("usage_date_utc,model,workspace,token_type,cost_usd\n");
    for (int i = 6; i >= 0; --i) {
        const QDate day = last.addDays(-i);
        const int share = day.dayOfWeek() > 5 ? 3 : 7 + (day.dayOfYear() * 5) % 4;
        const auto add = [&](const char *model, double usd) {
            text += day.toString(Qt::ISODate).toLatin1() + ',' + model + ",Default,output,"
                    + QByteArray::number(usd, 'f', 6) + '\n';
        };
        add("gpt-4.1-2025-04-14", 21.300456789 / 10 * share * 0.94);
        add("gpt-4.1-mini", 2.000000001 / 10 * share);
        if (i < 3) {
            add("o3", 1.37);
        }
    }
    return text;
}

void writeTo(const QString &path, const QByteArray &text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size()) {
        qFatal("cannot write %s", qPrintable(path));
    }
}

} // namespace

void shootRecording(ThemeChoice choice, const QString &theme, const Keep &keep)
{
    FarFixture source;
    asRecorded(source);
    FixtureConfig config;
    FixtureLedger ledger(source.now());
    IdleRecorder recorder;
    ConsoleWindow window(source,
                         {.clock = [&source] { return source.now(); },
                          .config = &config,
                          .recorder = &recorder,
                          .ledger = &ledger});
    window.setThemeChoice(choice);
    present(window);
    for (const auto &page : {u"overview"_s, u"providers"_s, u"requests"_s, u"alerts"_s}) {
        window.showPage(page);
        keep(window, u"%1-recording-%2"_s.arg(page, theme));
    }
    Q_EMIT recorder.made({.path = u"/home/ann/incidents/signalbox-edge-3-20260314T134500Z.sbrec"_s,
                          .bytes = 1'250'000,
                          .requests = 2311,
                          .requestsLeftOut = 40,
                          .ledgerProblem = {}});
    keep(window, u"alerts-recorded-%1"_s.arg(theme));
}

void shootBill(ThemeChoice choice, const QString &theme, const Keep &keep)
{
    FixtureSource source;
    FixtureConfig config;
    FixtureLedger ledger(source.now());
    ConsoleWindow window(source,
                         {.clock = [&source] { return source.now(); },
                          .config = &config,
                          .ledger = &ledger});
    window.setThemeChoice(choice);
    present(window);
    window.showPage(u"costs"_s);
    auto *page = window.findChild<Page *>(u"costs"_s);
    page->findChild<QPushButton *>(u"costs.bill"_s)->click();
    keep(window, u"bill-empty-%1"_s.arg(theme));
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"anthropic-costs.csv"_s);
    const auto today = std::chrono::floor<Millis>(source.now()).time_since_epoch().count();
    writeTo(path, billText(QDateTime::fromMSecsSinceEpoch(today, Qt::UTC).date()));
    auto *bill = window.findChild<BillPanel *>();
    auto *provider = bill->findChild<QComboBox *>(u"bill.provider"_s);
    provider->setCurrentText(u"openai"_s);
    bill->load(path);
    QTest::qWait(kSettleMs);
    keep(window, u"bill-%1"_s.arg(theme));
    writeTo(path, "when,what,spent\n2026-03-14,gpt-4.1,\"1,25\"\n");
    bill->load(path);
    bill->findChild<QComboBox *>(u"bill.day"_s)->setCurrentIndex(1);
    bill->findChild<QComboBox *>(u"bill.cost"_s)->setCurrentIndex(3);
    QTest::qWait(kSettleMs);
    keep(window, u"bill-refused-%1"_s.arg(theme));
}

} // namespace signalbox::ui
