// SPDX-License-Identifier: Apache-2.0
#include "core/providers/gemini_thinking.h"

#include "core/base/json_writer.h"
#include "core/providers/request_fields.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>

namespace signalbox::providers {
namespace {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

struct Effort
{
    std::string_view json; ///< as the request writes it
    std::int64_t budget;
    std::string_view level;
    bool exact; ///< the level is called so
};

constexpr std::array<Effort, 7> kEfforts = {{
    {R"("none")", 0, "MINIMAL", false},
    {R"("minimal")", 1024, "MINIMAL", true},
    {R"("low")", 1024, "LOW", true},
    {R"("medium")", 8192, "MEDIUM", true},
    {R"("high")", 24'576, "HIGH", true},
    {R"("xhigh")", kMost, "HIGH", false},
    {R"("max")", kMost, "HIGH", false},
}};

std::string dropped(EncodedBody &notes, std::string why)
{
    notes.drop("reasoning_effort");
    notes.note(std::move(why));
    return {};
}

std::string config(JsonName key, std::string_view value, bool thoughts)
{
    std::string out;
    JsonWriter json(out);
    json.beginObject().key(key).raw(value);
    if (thoughts) {
        json.key("includeThoughts").boolean(true);
    }
    json.endObject();
    return out;
}

std::string byBudget(const Effort &effort, const GeminiModel &model, EncodedBody &notes)
{
    const bool off = effort.budget == 0;
    if (off && model.mayNotThink) {
        return config("thinkingBudget", "0", false);
    }
    if (off) {
        notes.note("asked for the least thinking: the model always thinks");
    }
    const std::int64_t budget = std::clamp(effort.budget, model.budgetMin, model.budgetMax);
    return config("thinkingBudget", std::to_string(budget), !off);
}

std::string byLevel(const Effort &effort, const GeminiModel &model, EncodedBody &notes)
{
    std::string_view level = effort.level;
    if (level == "MINIMAL" && !model.hasMinimal) {
        level = "LOW";
    } else if (level == "MEDIUM" && !model.hasMedium) {
        level = "HIGH";
    }
    if (!effort.exact || level != effort.level) {
        notes.note("asked for the thinking level " + std::string(level)
                   + ", the nearest the model has");
    }
    return config("thinkingLevel", '"' + std::string(level) + '"', effort.budget != 0);
}

} // namespace

std::string geminiThinking(const ChatRequest &request, const GeminiModel &model, EncodedBody &notes)
{
    const std::string *asked = givenField(request, "reasoning_effort");
    if (asked == nullptr) {
        return {};
    }
    const auto *effort = std::ranges::find(kEfforts, *asked, &Effort::json);
    if (effort == kEfforts.end()) {
        return dropped(notes, "no such reasoning_effort is known");
    }
    switch (model.thinking) {
    case GeminiModel::Thinking::Budget:
        return byBudget(*effort, model, notes);
    case GeminiModel::Thinking::Level:
        return byLevel(*effort, model, notes);
    case GeminiModel::Thinking::None:
        break;
    }
    return effort->budget == 0 ? std::string() : dropped(notes, "the model does not think");
}

} // namespace signalbox::providers
