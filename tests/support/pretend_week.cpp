// SPDX-License-Identifier: Apache-2.0
#include "tests/support/pretend_week.h"

#include "core/base/random.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace signalbox::tests {
namespace {

constexpr Micros kDay = std::chrono::hours(24);

/// About normal, of mean 0 and variance 1.
double normal(Random &random)
{
    const double u = std::max(random.unit(), 1e-12);
    return std::sqrt(-2 * std::log(u)) * std::cos(2 * std::numbers::pi * random.unit());
}

struct Kind
{
    const char *opening;
    double words; ///< of the prompt, in the middle
    double answer; ///< tokens, in the middle
};

constexpr std::array kKinds = {
    Kind{"Write a Python function that sorts a list of orders by date. Context: ", 60, 300},
    Kind{"Translate the following text into French: ", 120, 160},
    Kind{"What do you think about this, in your own words? ", 30, 90},
};

std::size_t kindOf(const WorldRequest &request)
{
    const auto found = std::ranges::find_if(kKinds, [&](const Kind &kind) {
        return request.text.starts_with(kind.opening);
    });
    return static_cast<std::size_t>(found - kKinds.begin());
}

/// What a target is like for a kind of request.
struct Character
{
    double first; ///< seconds, in the middle
    double perToken; ///< seconds
    double wordy;
    double spread;
};

Character characterOf(const std::string &target, std::size_t kind)
{
    switch (target.front()) {
    case 'a':
        return {0.45 + 0.1 * static_cast<double>(kind), 0.009, 1.0, 0.35};
    case 'b':
        return {0.3, 0.005 + 0.002 * static_cast<double>(kind), 1.25, 0.3};
    default:
        return {0.8, 0.014, 0.8, 0.45};
    }
}

std::uint64_t mixed(std::uint64_t seed, std::uint64_t value)
{
    return Random(seed ^ (value * 0x9E3779B97F4A7C15ULL)).next();
}

} // namespace

std::vector<WorldRequest> requestsOf(const WorldWeek &week)
{
    std::vector<WorldRequest> requests;
    Random random(week.seed);
    const double peak = week.requestsPerDay * 4 / 3 / 86'400; // a second, at noon
    const double end = week.days * 86'400.0;
    for (double at = 0; at < end;) {
        at += -std::log(std::max(random.unit(), 1e-12)) / peak;
        const double byDay = 0.75 - 0.25 * std::cos(2 * std::numbers::pi * at / 86'400);
        if (random.unit() >= byDay || at >= end) {
            continue;
        }
        const Kind &kind = kKinds[random.below(kKinds.size())];
        WorldRequest request;
        request.number = static_cast<std::uint32_t>(requests.size());
        request.at = Micros(static_cast<std::int64_t>(at * 1e6));
        request.stream = random.below(3) == 0;
        request.text = kind.opening;
        const double words = kind.words * std::exp(0.8 * normal(random));
        for (int i = 0; i < static_cast<int>(words); ++i) {
            request.text += "station ";
        }
        requests.push_back(std::move(request));
    }
    return requests;
}

Nature natureOf(const WorldWeek &week)
{
    return [week](const WorldCall &call) {
        const std::size_t kind = kindOf(call.request);
        const Character character = characterOf(call.target, kind);
        Random own(mixed(week.seed + 17, call.request.number));
        const double length = std::exp(0.5 * normal(own)); // that any target would find
        const auto letter = static_cast<std::uint64_t>(static_cast<unsigned char>(call.target[0]));
        Random chance(mixed(mixed(week.seed + 23, call.request.number),
                            letter * 64 + static_cast<std::uint64_t>(call.turn)));
        const double days = static_cast<double>(call.at.count())
                            / static_cast<double>(kDay.count());
        const double drift = call.target[0] == 'a' ? 1 : 1 + week.driftPerDay * days;
        const double busy = 1.15 - 0.15 * std::cos(2 * std::numbers::pi * days);
        const double slow = drift * busy * std::exp(character.spread * normal(chance));
        WorldAnswer answer;
        answer.promptTokens = static_cast<int>(static_cast<double>(call.request.text.size()) / 4.2);
        const double tokens = kKinds[kind].answer * character.wordy * length
                              * std::exp(0.15 * normal(chance));
        answer.completionTokens = std::max(1, static_cast<int>(tokens));
        answer.first = Micros(static_cast<std::int64_t>(character.first * slow * 1e6));
        answer.total = answer.first
                       + Micros(static_cast<std::int64_t>(character.perToken * slow
                                                          * answer.completionTokens * 1e6));
        const bool out = std::ranges::any_of(week.outages, [&](const WorldOutage &outage) {
            return outage.target == call.target && call.at >= outage.from && call.at < outage.to;
        });
        if (out || chance.unit() < week.failures) {
            answer.status = 503;
            answer.first = Millis(80);
        }
        return answer;
    };
}

std::string worldToml(int a, int b, int c, const std::string &more)
{
    std::string text;
    int price = 1;
    for (const char *id : {"a", "b", "c"}) {
        text += std::string("[[provider]]\nid = \"") + id + "\"\nkind = \"openai\"\nkeys = [\"env:"
                + id + "\"]\n[[provider.model]]\nname = \"m\"\nprice = { input = "
                + std::to_string(price) + ".0, output = " + std::to_string(price * 4) + ".0 }\n";
        price *= 2;
    }
    const auto choice = [](const char *target, int weight) {
        return std::string("{ target = \"") + target + "/m\", weight = " + std::to_string(weight)
               + " }";
    };
    return text + "[[route]]\nname = \"chat\"\nstrategy = \"weighted\"\ntargets = ["
           + choice("a", a) + ", " + choice("b", b) + ", " + choice("c", c) + "]\n" + more;
}

} // namespace signalbox::tests
