// SPDX-License-Identifier: Apache-2.0
#include "core/providers/anthropic_thinking.h"

#include "core/providers/reasoning_detail.h"

#include <algorithm>
#include <array>

namespace signalbox::providers {
namespace {

constexpr std::int64_t kBudgetMin = 1024;

struct Effort
{
    std::string_view json; ///< as the request writes it
    std::int64_t budget;
    std::string_view effort;
};

constexpr std::array<Effort, 6> kEfforts = {{
    {R"("minimal")", kBudgetMin, "low"},
    {R"("low")", 2048, "low"},
    {R"("medium")", 8192, "medium"},
    {R"("high")", 16'384, "high"},
    {R"("xhigh")", 32'768, "xhigh"},
    {R"("max")", 32'768, "max"},
}};

std::string_view effortAsked(const ChatRequest &request)
{
    const RawField *field = request.field("reasoning_effort");
    return field == nullptr || field->json == "null" ? std::string_view()
                                                     : std::string_view(field->json);
}

const Effort *knownEffort(std::string_view json)
{
    const auto *found = std::ranges::find(kEfforts, json, &Effort::json);
    return found == kEfforts.end() ? nullptr : found;
}

AnthropicThinking dropped(EncodedBody &notes, std::string why)
{
    notes.drop("reasoning_effort");
    notes.note(std::move(why));
    return {};
}

AnthropicThinking withoutThinking(const AnthropicModel &model, EncodedBody &notes)
{
    if (!model.mayNotThink) {
        return dropped(notes, "the model always thinks");
    }
    AnthropicThinking thinking;
    // Older models do not think unless told to.
    thinking.mode = model.thinksAdaptively ? AnthropicThinking::Mode::Disabled
                                           : AnthropicThinking::Mode::Unsaid;
    return thinking;
}

AnthropicThinking adaptive(const Effort &effort, const AnthropicModel &model, EncodedBody &notes)
{
    AnthropicThinking thinking;
    thinking.mode = AnthropicThinking::Mode::Adaptive;
    thinking.effort = effort.effort;
    if (thinking.effort == "xhigh" && !model.takesXhigh) {
        notes.note("asked for effort max: the model has no xhigh");
        thinking.effort = "max";
    }
    return thinking;
}

AnthropicThinking byBudget(const Effort &effort, const ThinkingTerms &terms, EncodedBody &notes)
{
    if (!terms.obstacle.empty()) {
        return dropped(notes, std::string(terms.obstacle));
    }
    if (terms.maxTokens <= kBudgetMin) {
        return dropped(notes, "an answer of so few tokens leaves no room for thinking");
    }
    AnthropicThinking thinking;
    thinking.mode = AnthropicThinking::Mode::Budget;
    thinking.budget = effort.budget;
    if (thinking.budget >= terms.maxTokens) {
        thinking.budget = std::max(kBudgetMin, terms.maxTokens / 2);
        notes.note("lowered the thinking budget to " + std::to_string(thinking.budget)
                   + " to fit into max_tokens");
    }
    return thinking;
}

std::string blockOf(const ReasoningDetail &detail)
{
    std::string out;
    JsonWriter json(out);
    if (detail.type == "reasoning.text" && !detail.signature.empty()) {
        json.beginObject().key("type").string("thinking").key("thinking").string(detail.text);
        json.key("signature").string(detail.signature).endObject();
    } else if (detail.type == "reasoning.encrypted" && !detail.data.empty()) {
        json.beginObject().key("type").string("redacted_thinking");
        json.key("data").string(detail.data).endObject();
    }
    return out;
}

} // namespace

void AnthropicThinking::write(JsonWriter &json) const
{
    switch (mode) {
    case Mode::Unsaid:
        return;
    case Mode::Disabled:
        json.key("thinking").beginObject().key("type").string("disabled").endObject();
        return;
    case Mode::Budget:
        json.key("thinking").beginObject().key("type").string("enabled");
        json.key("budget_tokens").integer(budget).endObject();
        return;
    case Mode::Adaptive:
        // The newest models show no thinking unless asked for its summary.
        json.key("thinking").beginObject().key("type").string("adaptive");
        json.key("display").string("summarized").endObject();
        return;
    }
}

AnthropicThinking planThinking(const ChatRequest &request,
                               const AnthropicModel &model,
                               const ThinkingTerms &terms,
                               EncodedBody &notes)
{
    const std::string_view asked = effortAsked(request);
    if (asked.empty()) {
        return {};
    }
    if (asked == R"("none")") {
        return withoutThinking(model, notes);
    }
    const Effort *effort = knownEffort(asked);
    if (effort == nullptr) {
        return dropped(notes, "no such reasoning_effort is known");
    }
    if (terms.forcesTool) {
        return dropped(notes, "a forced tool call leaves no room for thinking");
    }
    return model.thinksAdaptively ? adaptive(*effort, model, notes)
                                  : byBudget(*effort, terms, notes);
}

std::int64_t thinkingBudget(const ChatRequest &request, const AnthropicModel &model)
{
    const Effort *effort = knownEffort(effortAsked(request));
    return effort == nullptr || model.thinksAdaptively ? 0 : effort->budget;
}

std::vector<std::string> replayedThinking(std::string_view reasoningDetails)
{
    std::vector<std::string> blocks;
    forEachReasoningDetail(reasoningDetails,
                           kAnthropicReasoning,
                           [&blocks](const ReasoningDetail &detail) {
                               std::string block = blockOf(detail);
                               if (!block.empty()) {
                                   blocks.push_back(std::move(block));
                               }
                           });
    return blocks;
}

} // namespace signalbox::providers
