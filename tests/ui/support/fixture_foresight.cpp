// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/fixture_foresight.h"

namespace signalbox::ui {

namespace {

Effect effectOf(std::int64_t requests, std::int64_t microUsd, Millis p50, Millis p95)
{
    Effect effect;
    effect.requests = requests;
    effect.answered = requests - requests / 100;
    effect.failed = requests / 100;
    effect.calls = requests + requests / 50;
    effect.cost = Money::fromNanos(microUsd * 1000);
    effect.total = {p50, p95, Micros(p95) * 2};
    effect.firstToken = {Micros(p50) / 3, Micros(p95) / 3, Micros(p95)};
    return effect;
}

} // namespace

Foresight FixtureForesight::scene(bool sample)
{
    Foresight foresight;
    foresight.since = SystemTime(std::chrono::hours(490'000));
    foresight.until = foresight.since + std::chrono::hours(1);
    foresight.recorded = 12'400;
    foresight.replayed = sample ? 1'240 : 12'400;
    foresight.drawn = foresight.replayed / 5;
    const std::int64_t all = foresight.replayed;
    foresight.all.now = effectOf(all, 3'410'000, Millis(620), Millis(1742));
    foresight.all.after = effectOf(all, 2'860'000, Millis(640), Millis(1910));
    foresight.all.after.unknown = all / 20;
    foresight.all.after.trips = 2;
    foresight.all.bands =
        EffectBands{{2.79, 2.94}, EffectBand{1.86, 1.98}, EffectBand{0.61, 0.66}, {0.008, 0.012}};
    EffectRow a{"openai/gpt-4.1", foresight.all.now, foresight.all.after, {}};
    a.now = effectOf(all * 6 / 10, 2'400'000, Millis(540), Millis(1500));
    a.after = effectOf(all * 4 / 10, 1'620'000, Millis(540), Millis(1490));
    EffectRow b{"anthropic/claude-sonnet-4-5", {}, {}, {}};
    b.now = effectOf(all * 4 / 10, 1'010'000, Millis(740), Millis(2010));
    b.after = effectOf(all * 55 / 100, 1'240'000, Millis(735), Millis(2040));
    b.bands = EffectBands{{1.19, 1.31}, EffectBand{1.97, 2.13}, std::nullopt, {0.008, 0.014}};
    EffectRow c{"mistral/mistral-large", {}, {}, {}};
    c.after.requests = all / 20;
    c.after.unknown = all / 20;
    foresight.targets = {c, a, b};
    for (EffectRow provider : {a, b}) {
        provider.name = provider.name.substr(0, provider.name.find('/'));
        provider.bands.reset();
        foresight.providers.push_back(provider);
    }
    for (int i = 0; i < 2; ++i) {
        EffectRow hour{toIso8601(foresight.since + std::chrono::hours(i)), {}, {}, {}};
        hour.now = effectOf(all / 2, 1'700'000 + i * 10'000, Millis(610), Millis(1730));
        hour.after = effectOf(all / 2, 1'420'000 + i * 20'000, Millis(640), Millis(1900));
        foresight.hours.push_back(hour);
    }
    foresight.changedRoutes = {"chat-default"};
    foresight.changed = foresight.all;
    foresight.changed.after.unknown = 0;
    foresight.rules = {{"chat-default", "chinese", 1'800, 1'800, 0},
                       {"chat-default", "long-code", 0, 640, 0}};
    foresight.noData = {{TargetId("mistral/mistral-large"), "code", all / 20}};
    if (!sample) {
        foresight.hedges = {{"chat-default", Millis(2100), -0.31, 0.04, 610}};
    }
    return foresight;
}

} // namespace signalbox::ui
