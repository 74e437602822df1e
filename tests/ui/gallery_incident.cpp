// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/gallery_incident.h"

#include "tests/ui/support/far_fixture.h"
#include "tests/ui/support/fixture_config.h"
#include "tests/ui/support/fixture_ledger.h"
#include "tests/ui/support/shots.h"
#include "ui/console_window.h"
#include "ui/recorder.h"

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

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

} // namespace signalbox::ui
