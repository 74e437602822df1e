// SPDX-License-Identifier: Apache-2.0
#include "core/routing/task.h"

#include "core/routing/task_scan.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace signalbox::routing {
namespace {

/// Near an end of the message; a sentence or two.
constexpr std::size_t kEndBytes = 240;
/// A system prompt says early what the assistant is for.
constexpr std::size_t kSystemBytes = 400;
/// It says what is usual, the message what is wanted now.
constexpr double kSystemShare = 0.7;

struct Weights
{
    TaskFeature feature;
    TaskScores byTask;
};

using enum TaskFeature;
// clang-format off
constexpr std::array<Weights, kTaskFeatures> kWeights = {{
    //              chat  code  trans  summ  extr  reas  other
    {Translate,    { 0,    0,    4,     0,    0,    0,    0  }},
    {Language,     { 0,    0,    1.2,   0,    0,    0,    0  }},
    {Summarise,    { 0,    0,    0,     4,    0,    0,    0  }},
    {Extract,      { 0,    0,    0,     0,    3.5,  0,    0  }},
    {Fields,       { 0,    0,    0,     0,    1.2,  0,    0  }},
    {CodeWords,    { 0,    2.5,  0,     0,    0,    0,    0  }},
    {Reason,       { 0,    0,    0,     0,    0,    3,    0  }},
    {Quantity,     { 0,    0,    0,     0,    0,    1.5,  0  }},
    {Write,        { 0,    0,    0,     0,    0,    0,    2  }},
    {Rework,       { 0,    0,    0,     0,    0,    0,    3.5}},
    {Talk,         { 1.5,  0,    0,     0,    0,    0,    0  }},
    {Ask,          { 0.7,  0,    0,     0,    0,    0,    0  }},
    {Fence,        { 0,    3,    0,     0,    0,    0,    0  }},
    {CodeSigns,    { 0,    1.5,  0,     0,    0,    0,    0  }},
    {Identifiers,  { 0,    1.5,  0,     0,    0,    0,    0  }},
    {Figures,      { 0,    0,    0,     0,    0.3,  1,    0  }},
    {Question,     { 0.5,  0,    0,     0,    0,    0.3,  0  }},
    {Short,        { 0.5,  0,    0,     0,    0,    0,    0  }},
    {WantsJson,    { 0,    0,    0,     0,    1.5,  0,    0  }},
    {Tools,        { 0.5,  0,    0,     0,    0,    0,    0  }},
}};
// clang-format on
/// What wins when little is seen.
constexpr TaskScores kBias = {0.5, 0, 0, 0, 0, 0, 0};

/// The texts at the two ends of a message; the same one when it has a single text.
struct Ends
{
    std::string_view first;
    std::string_view last;

    [[nodiscard]] bool empty() const { return first.empty() && last.empty(); }
};

Ends endsOf(const ChatMessage *message)
{
    Ends ends;
    if (message == nullptr) {
        return ends;
    }
    bool found = false;
    for (const ChatMessage::Part &part : message->parts) {
        if (part.kind == ChatMessage::PartKind::Text) {
            ends.first = found ? ends.first : std::string_view(part.text);
            ends.last = part.text;
            found = true;
        }
    }
    return ends;
}

void countEnds(const Ends &ends, TaskCounts &counts)
{
    const bool same = ends.first.data() == ends.last.data();
    if (same && ends.first.size() <= 2 * kTaskBytes) {
        count({ends.first, kEndBytes, kEndBytes}, counts);
        return;
    }
    const std::size_t tail = std::min(kTaskBytes, ends.last.size());
    count({ends.first.substr(0, kTaskBytes), kEndBytes, 0}, counts);
    count({ends.last.substr(ends.last.size() - tail), 0, kEndBytes}, counts);
}

/// One mention says it, a second makes it surer.
double strengthOf(std::uint16_t mentions)
{
    return mentions == 0 ? 0 : mentions == 1 ? 1 : 1.4;
}

/// \p count as a share of the text: 1 at \p full of them in a hundred characters, and never
/// less than a hundred: one brand name in camelCase is no program.
double density(std::uint32_t count, const TaskCounts &counts, double full)
{
    const double characters = std::max<double>(counts.characters, 100);
    return std::min(1.5, static_cast<double>(count) * 100 / characters / full);
}

std::size_t at(TaskFeature feature)
{
    return static_cast<std::size_t>(feature);
}

} // namespace

TaskEvidence evidenceOf(const ChatRequest &request)
{
    Ends user = endsOf(request.last({Role::User}));
    Ends system = endsOf(request.last({Role::System, Role::Developer}));
    if (user.empty()) {
        user = std::exchange(system, {});
    }
    TaskCounts said;
    TaskCounts usual;
    countEnds(user, said);
    count({system.first.substr(0, kSystemBytes), kSystemBytes, 0}, usual);

    TaskEvidence evidence{};
    for (std::size_t cue = 0; cue < kTaskCues; ++cue) {
        evidence.at(cue) = strengthOf(said.cues.at(cue))
                           + kSystemShare * strengthOf(usual.cues.at(cue));
    }
    evidence[at(Fence)] = said.fences > 0 ? 1 : 0;
    evidence[at(CodeSigns)] = density(said.codeSigns, said, 6);
    evidence[at(Identifiers)] = density(said.identifiers, said, 2);
    evidence[at(Figures)] = density(said.numbers + 2 * said.sums, said, 4);
    evidence[at(Question)] = said.questions > 0 ? 1 : 0;
    evidence[at(Short)] = said.characters < 200 ? 1 : 0;
    evidence[at(WantsJson)] = request.wantsJson ? 1 : 0;
    evidence[at(Tools)] = request.needs.contains(Feature::Tools) ? 1 : 0;
    return evidence;
}

TaskScores scoresOf(const TaskEvidence &evidence)
{
    TaskScores scores = kBias;
    for (const Weights &weights : kWeights) {
        const double seen = evidence[at(weights.feature)];
        if (seen == 0) {
            continue; // most of them
        }
        for (std::size_t task = 0; task < scores.size(); ++task) {
            scores.at(task) += seen * weights.byTask.at(task);
        }
    }
    return scores;
}

Task taskOf(const ChatRequest &request)
{
    const bool silent = endsOf(request.last({Role::User})).empty()
                        && endsOf(request.last({Role::System, Role::Developer})).empty();
    if (silent) {
        return Task::Other;
    }
    const TaskScores scores = scoresOf(evidenceOf(request));
    const auto best = std::ranges::max_element(scores) - scores.begin();
    return kTasks.at(static_cast<std::size_t>(best));
}

std::optional<Task> statedTask(const std::map<std::string, std::string> &metadata)
{
    const auto stated = metadata.find("task");
    return stated == metadata.end() ? std::nullopt : taskFromString(stated->second);
}

} // namespace signalbox::routing
