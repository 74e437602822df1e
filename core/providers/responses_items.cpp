// SPDX-License-Identifier: Apache-2.0
#include "core/providers/responses_items.h"

#include "core/providers/responses_input.h"

#include <algorithm>
#include <array>

namespace signalbox::providers {
namespace {

void writeUsageOf(JsonWriter &json, const std::optional<Usage> &usage)
{
    json.key("usage");
    if (!usage) {
        json.null();
        return;
    }
    json.beginObject();
    json.key("input_tokens").integer(usage->promptTokens);
    json.key("input_tokens_details").beginObject();
    json.key("cached_tokens").integer(usage->cachedTokens).endObject();
    json.key("output_tokens").integer(usage->completionTokens);
    json.key("output_tokens_details").beginObject();
    json.key("reasoning_tokens").integer(usage->reasoningTokens).endObject();
    json.key("total_tokens").integer(usage->promptTokens + usage->completionTokens);
    if (usage->estimated) {
        json.key("estimated").boolean(true);
    }
    json.endObject();
}

std::string_view whyIncomplete(std::optional<FinishReason> finish)
{
    if (finish == FinishReason::Length) {
        return "max_output_tokens";
    }
    return finish == FinishReason::ContentFilter ? "content_filter" : std::string_view();
}

struct Echo
{
    JsonName name;
    std::string_view otherwise; ///< raw, where the request said nothing
};

constexpr std::array<Echo, 13> kEchoes = {{
    {"instructions", "null"},
    {"max_output_tokens", "null"},
    {"max_tool_calls", "null"},
    {"metadata", "{}"},
    {"parallel_tool_calls", "true"},
    {"reasoning", R"({"effort":null,"summary":null})"},
    {"temperature", "null"},
    {"text", R"({"format":{"type":"text"}})"},
    {"tool_choice", R"("auto")"},
    {"tools", "[]"},
    {"top_p", "null"},
    {"truncation", R"("disabled")"},
    {"user", "null"},
}};

} // namespace

std::string reasoningItem(const std::string &id,
                          const std::string &text,
                          const std::string &details)
{
    std::string out;
    JsonWriter json(out);
    json.beginObject().key("id").string(id).key("type").string("reasoning");
    json.key("summary").beginArray();
    if (!text.empty()) {
        json.beginObject().key("type").string("summary_text").key("text").string(text).endObject();
    }
    json.endArray();
    if (!details.empty()) {
        json.key("encrypted_content").string(std::string(kReasoningDetails).append(details));
    }
    json.endObject();
    return out;
}

void writeResponsesPart(JsonWriter &json, const std::string &text, bool refusal)
{
    json.beginObject();
    if (refusal) {
        json.key("type").string("refusal").key("refusal").string(text);
    } else {
        json.key("type").string("output_text").key("text").string(text);
        json.key("annotations").beginArray().endArray().key("logprobs").beginArray().endArray();
    }
    json.endObject();
}

std::string messageItem(const std::string &id,
                        const std::string &text,
                        bool refusal,
                        std::string_view status)
{
    std::string out;
    JsonWriter json(out);
    json.beginObject().key("id").string(id).key("type").string("message");
    json.key("status").string(status).key("role").string("assistant");
    json.key("content").beginArray();
    if (status != "in_progress") {
        writeResponsesPart(json, text, refusal);
    }
    json.endArray().endObject();
    return out;
}

std::string callItem(const std::string &id,
                     const std::string &callId,
                     const std::string &name,
                     std::string_view arguments,
                     std::string_view status)
{
    std::string out;
    JsonWriter json(out);
    json.beginObject().key("id").string(id).key("type").string("function_call");
    json.key("status").string(status).key("call_id").string(callId).key("name").string(name);
    json.key("arguments").string(arguments).endObject();
    return out;
}

void writeResponsesAnswer(JsonWriter &json, const ResponsesAnswer &answer)
{
    const std::string_view incomplete = whyIncomplete(answer.finish);
    json.beginObject().key("id").string(answer.defaults.id).key("object").string("response");
    json.key("created_at").integer(answer.defaults.created);
    json.key("status");
    json.string(!answer.done ? "in_progress" : incomplete.empty() ? "completed" : "incomplete");
    json.key("background").boolean(false).key("error").null();
    json.key("incomplete_details");
    if (answer.done && !incomplete.empty()) {
        json.beginObject().key("reason").string(incomplete).endObject();
    } else {
        json.null();
    }
    json.key("model").string(answer.defaults.model);
    json.key("output").raw("[" + std::string(answer.items) + "]");
    json.key("previous_response_id").null().key("store").boolean(false);
    for (const Echo &echo : kEchoes) {
        const auto said = std::ranges::find(*answer.echoed, echo.name.text(), &RawField::name);
        json.key(echo.name).raw(said == answer.echoed->end() ? echo.otherwise
                                                             : std::string_view(said->json));
    }
    writeUsageOf(json, answer.done ? answer.usage : std::nullopt);
    json.endObject();
}

} // namespace signalbox::providers
