// SPDX-License-Identifier: Apache-2.0
// How fast tokens are counted and estimated, and how far estimates are off, over a file of texts.
#include "tests/bench/cpu_time.h"

#include "core/tokens/calibration.h"
#include "core/tokens/encoder.h"
#include "core/tokens/estimate.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

using namespace signalbox;
using namespace signalbox::tokens;

namespace {

struct Text
{
    std::string kind; ///< `en`, `code`, ...
    std::string text;
};

struct Family
{
    const char *name;
    const char *file;
    SplitStyle style;
    TokenFamily family;
};

constexpr std::array<Family, 3> kFamilies = {{
    {"o200k", "o200k_base.tiktoken", SplitStyle::O200k, TokenFamily::O200k},
    {"cl100k", "cl100k_base.tiktoken", SplitStyle::Cl100k, TokenFamily::Cl100k},
    {"qwen", "qwen.tiktoken", SplitStyle::Qwen, TokenFamily::Qwen},
}};

std::string contentOf(const std::string &path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << file.rdbuf();
    return std::move(bytes).str();
}

/// Lines of JSON: `{"c": kind, "t": text}`.
std::vector<Text> textsIn(const std::string &path)
{
    std::vector<Text> texts;
    std::istringstream lines(contentOf(path));
    for (std::string line; std::getline(lines, line);) {
        const auto row = nlohmann::json::parse(line);
        texts.push_back({row.at("c").get<std::string>(), row.at("t").get<std::string>()});
    }
    return texts;
}

template <typename Job>
void printSpeed(const char *what, const std::vector<Text> &texts, const Job &job)
{
    std::map<std::string, std::vector<const Text *>> kinds;
    for (const Text &text : texts) {
        kinds[text.kind].push_back(&text);
        kinds["all"].push_back(&text);
    }
    std::printf("%-10s", what);
    std::int64_t kept = 0;
    for (const auto &[kind, members] : kinds) {
        std::size_t bytes = 0;
        for (const Text *text : members) {
            bytes += text->text.size();
        }
        const auto timing = bench::timeOf(5, 1, [&](int) {
            for (const Text *text : members) {
                kept += job(text->text);
            }
        });
        std::printf("  %s %.1f", kind.c_str(), static_cast<double>(bytes) / timing.median);
    }
    std::printf("  MB/s%s\n", kept > 0 ? "" : " of nothing");
}

/// Median and ninth decile of errors, in per cent, by kind.
class Errors
{
public:
    void add(const std::string &kind, std::int64_t found, std::int64_t exact)
    {
        const double off = static_cast<double>(found) / static_cast<double>(exact) - 1;
        m_errors[kind].push_back(std::abs(off) * 100);
    }
    void print(const char *what)
    {
        std::printf("%-24s", what);
        for (auto &[kind, errors] : m_errors) {
            std::ranges::sort(errors);
            std::printf("  %s %.1f (%.1f)",
                        kind.c_str(),
                        errors[errors.size() / 2],
                        errors[errors.size() * 9 / 10]);
        }
        std::printf("\n");
    }

private:
    std::map<std::string, std::vector<double>> m_errors;
};

/// Estimates of \p texts beside \p encoder, before and after 200 bills for texts of \p lessons.
void printErrors(const Family &family,
                 const Encoder &encoder,
                 const std::vector<Text> &texts,
                 const std::vector<Text> &lessons)
{
    const auto partsOfText = [&family](const std::string &text) {
        TextTraits traits;
        addTraits(text, traits);
        return partsOf(traits, family.family);
    };
    Calibration calibration;
    constexpr std::size_t kBills = 200;
    for (std::size_t i = 0; i < std::min(kBills, lessons.size()); ++i) {
        const std::string &text = lessons[i * lessons.size() / kBills].text;
        calibration.learn("model", partsOfText(text), encoder.count(text));
    }
    Errors plain;
    Errors calibrated;
    for (const Text &text : texts) {
        const std::int64_t exact = encoder.count(text.text);
        plain.add(text.kind, estimateTokens(text.text, family.family), exact);
        calibrated.add(text.kind, calibration.corrected("model", partsOfText(text.text)), exact);
    }
    plain.print((std::string(family.name) + " estimate").c_str());
    calibrated.print((std::string(family.name) + " after 200 bills").c_str());
}

/// For tests/bench/tokens/fit.mjs: kind, exact counts, traits.
void printTraits(const std::vector<Text> &texts, const std::vector<Encoder> &encoders)
{
    for (const Text &text : texts) {
        std::printf("%s", text.kind.c_str());
        for (const Encoder &encoder : encoders) {
            std::printf(" %lld", static_cast<long long>(encoder.count(text.text)));
        }
        TextTraits traits;
        addTraits(text.text, traits);
        for (const std::int64_t count : traits.counts) {
            std::printf(" %lld", static_cast<long long>(count));
        }
        std::printf("\n");
    }
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 3) {
        std::fprintf(stderr,
                     "bench_tokens TOKENIZERS TEXTS [LESSONS|--traits]\n"
                     "TEXTS and LESSONS: lines of {\"c\": kind, \"t\": text}\n");
        return 2;
    }
    const std::vector<Text> texts = textsIn(argv[2]);
    std::vector<Encoder> encoders;
    std::vector<Family> families;
    for (const Family &family : kFamilies) {
        auto ranks = RankTable::parse(contentOf(std::string(argv[1]) + "/" + family.file));
        if (ranks) {
            encoders.emplace_back(family.style, std::move(*ranks));
            families.push_back(family);
        }
    }
    const std::string third = argc > 3 ? argv[3] : "";
    if (third == "--traits") {
        printTraits(texts, encoders);
        return 0;
    }
    for (std::size_t i = 0; i < families.size(); ++i) {
        printSpeed(families[i].name, texts, [&](const std::string &text) {
            return encoders[i].count(text);
        });
    }
    printSpeed("estimate", texts, [](const std::string &text) {
        return estimateTokens(text, TokenFamily::O200k);
    });
    const std::vector<Text> lessons = third.empty() ? texts : textsIn(third);
    std::printf("error in %%, median (ninth decile)\n");
    for (std::size_t i = 0; i < families.size(); ++i) {
        printErrors(families[i], encoders[i], texts, lessons);
    }
    return texts.empty() ? EXIT_FAILURE : EXIT_SUCCESS;
}
