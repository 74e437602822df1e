// SPDX-License-Identifier: Apache-2.0
// How fast streams are decoded: MB of server-sent events per second of CPU time, and how often an
// event takes memory, which must not grow with the stream. `decoder_bench [ROUNDS]`
#include "tests/bench/cpu_time.h"
#include "tests/bench/decoders/allocations.h"
#include "tests/bench/decoders/sample_stream.h"

#include "core/providers/adapter.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <variant>
#include <vector>

namespace signalbox::bench {
namespace {

struct Format
{
    ProviderKind kind;
    std::string_view name;
    int aim; ///< MB/s, in frames of their own
};
constexpr std::array<Format, 3> kFormats = {{{ProviderKind::OpenAi, "OpenAI", 300},
                                             {ProviderKind::Anthropic, "Anthropic", 150},
                                             {ProviderKind::Gemini, "Gemini", 150}}};
constexpr std::size_t kFrames = 20'000;
constexpr std::size_t kReadBytes = 16 * 1024; ///< what a busy connection is read by

struct Pass
{
    double seconds = 0;
    std::int64_t allocations = 0;
    std::size_t textBytes = 0;
    bool ended = false;
};

void take(const std::vector<ChatEvent> &events, Pass &pass)
{
    for (const ChatEvent &event : events) {
        pass.ended = pass.ended || std::holds_alternative<ChatEnd>(event);
        if (const auto *chunk = std::get_if<ChatChunk>(&event)) {
            for (const ChoiceDelta &choice : chunk->choices) {
                pass.textBytes += choice.content ? choice.content->size() : 0;
            }
        }
    }
}

/// Decodes all of \p stream, in pieces that end at \p ends.
Pass decode(ProviderKind kind, const SampleStream &stream, const std::vector<std::size_t> &ends)
{
    Pass pass;
    const auto decoder = providers::adapterFor(kind).decoder(true);
    std::vector<ChatEvent> events;
    const std::string_view bytes = stream.bytes;
    const std::int64_t before = allocations();
    const double began = threadSeconds();
    std::size_t at = 0;
    for (const std::size_t end : ends) {
        decoder->feed(bytes.substr(at, end - at), events);
        at = end;
        take(events, pass);
        events.clear();
    }
    decoder->finish(events);
    take(events, pass);
    pass.seconds = threadSeconds() - began;
    pass.allocations = allocations() - before;
    if (!pass.ended || pass.textBytes != stream.textBytes) {
        std::fputs("decoder_bench: a stream was not decoded whole\n", stderr);
        std::exit(1);
    }
    return pass;
}

double megabytesPerSecond(ProviderKind kind,
                          const SampleStream &stream,
                          const std::vector<std::size_t> &ends,
                          int rounds)
{
    double best = 1e9;
    for (int round = 0; round < rounds; ++round) {
        best = std::min(best, decode(kind, stream, ends).seconds);
    }
    return static_cast<double>(stream.bytes.size()) / best / 1e6;
}

std::vector<std::size_t> readEnds(const SampleStream &stream)
{
    std::vector<std::size_t> ends;
    for (std::size_t at = kReadBytes; at < stream.bytes.size(); at += kReadBytes) {
        ends.push_back(at);
    }
    ends.push_back(stream.bytes.size());
    return ends;
}

double allocationsPerEvent(ProviderKind kind, std::size_t frames)
{
    const SampleStream stream = sampleStream(kind, frames);
    return static_cast<double>(decode(kind, stream, stream.frameEnds).allocations)
           / static_cast<double>(stream.frameEnds.size());
}

void report(const Format &format, int rounds)
{
    const SampleStream stream = sampleStream(format.kind, kFrames);
    const auto perFrame = stream.bytes.size() / stream.frameEnds.size();
    const double alone = megabytesPerSecond(format.kind, stream, stream.frameEnds, rounds);
    const double read = megabytesPerSecond(format.kind, stream, readEnds(stream), rounds);
    std::printf("| %s | %zu | %.0f | %.0f | %d | %.2f | %.2f | %.2f | %.2f |\n",
                format.name.data(),
                perFrame,
                alone,
                read,
                format.aim,
                static_cast<double>(perFrame) / alone,
                allocationsPerEvent(format.kind, 1'000),
                allocationsPerEvent(format.kind, 10'000),
                allocationsPerEvent(format.kind, 100'000));
}

} // namespace
} // namespace signalbox::bench

int main(int count, char **arguments)
{
    const int rounds = count > 1 ? std::atoi(arguments[1]) : 15;
    std::puts("| format | bytes a frame | MB/s, a frame a read | MB/s, 16 KiB a read | aim "
              "| us a frame | allocations a frame, of 1000 | of 10000 | of 100000 |");
    std::puts("|---|---|---|---|---|---|---|---|---|");
    for (const auto &format : signalbox::bench::kFormats) {
        signalbox::bench::report(format, std::max(rounds, 1));
    }
}
