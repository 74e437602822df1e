// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/cache/answer_json.h"

#include "core/base/base64.h"
#include "core/runtime/ledger/json_fields.h"
#include "core/runtime/ledger/record_json.h"

#include <array>
#include <utility>

namespace signalbox::runtime {

using cache::CachedAnswer;

namespace {

Json orNothing(const std::optional<std::string> &text)
{
    return text ? Json(*text) : Json(nullptr);
}

std::optional<std::string> textOrNothing(const JsonFields &fields, const char *name)
{
    const Json *value = fields.find(name);
    return value != nullptr && value->is_string() ? std::optional(value->get<std::string>())
                                                  : std::nullopt;
}

std::optional<FinishReason> finishFrom(const std::string &name)
{
    for (const FinishReason reason : {FinishReason::Stop, FinishReason::Length}) {
        if (toString(reason) == name) {
            return reason;
        }
    }
    return std::nullopt; // no other answer is kept
}

Json toJson(const ChoiceDelta &choice)
{
    return {{"index", choice.index},
            {"content", orNothing(choice.content)},
            {"reasoning", orNothing(choice.reasoning)},
            {"finish", choice.finish ? toString(*choice.finish) : ""},
            {"logprobs", choice.logprobsJson},
            {"details", choice.reasoningDetailsJson}};
}

std::optional<ChoiceDelta> choiceFrom(const Json &json)
{
    const JsonFields fields(json);
    ChoiceDelta choice;
    choice.index = static_cast<int>(fields.integer("index"));
    choice.content = textOrNothing(fields, "content");
    choice.reasoning = textOrNothing(fields, "reasoning");
    choice.finish = finishFrom(fields.text("finish"));
    choice.logprobsJson = fields.text("logprobs");
    choice.reasoningDetailsJson = fields.text("details");
    return choice.finish ? std::optional(std::move(choice)) : std::nullopt;
}

Json toJson(const Usage &usage)
{
    return {{"prompt_tokens", usage.promptTokens},
            {"cached_tokens", usage.cachedTokens},
            {"cache_write_tokens", usage.cacheWriteTokens},
            {"cache_write_hour_tokens", usage.cacheWriteHourTokens},
            {"completion_tokens", usage.completionTokens},
            {"reasoning_tokens", usage.reasoningTokens},
            {"estimated", usage.estimated},
            {"stated_cost_usd", moneyJson(usage.statedCost)}};
}

Json toJson(const ChatChunk &whole)
{
    Json choices = Json::array();
    for (const ChoiceDelta &choice : whole.choices) {
        choices.push_back(toJson(choice));
    }
    return {{"id", whole.id},
            {"model", whole.model},
            {"created", whole.created},
            {"choices", std::move(choices)},
            {"usage", whole.usage ? toJson(*whole.usage) : Json(nullptr)},
            {"usage_json", whole.usageJson},
            {"fingerprint", whole.systemFingerprintJson},
            {"tier", whole.serviceTierJson}};
}

std::optional<ChatChunk> wholeFrom(const Json &json)
{
    const JsonFields fields(json);
    ChatChunk whole;
    whole.id = fields.text("id");
    whole.model = fields.text("model");
    whole.created = fields.integer("created");
    whole.usageJson = fields.text("usage_json");
    whole.systemFingerprintJson = fields.text("fingerprint");
    whole.serviceTierJson = fields.text("tier");
    if (const Json *usage = fields.find("usage"); usage != nullptr && usage->is_object()) {
        whole.usage = usageFromJson(*usage);
    }
    const Json *choices = fields.find("choices");
    if (choices == nullptr || !choices->is_array() || choices->empty()) {
        return std::nullopt;
    }
    for (const Json &each : *choices) {
        auto choice = choiceFrom(each);
        if (!choice) {
            return std::nullopt;
        }
        whole.choices.push_back(std::move(*choice));
    }
    return whole;
}

std::string stepsText(const cache::Embedding &point)
{
    std::string text;
    appendBase64(text, std::string(point.steps.begin(), point.steps.end()));
    return text;
}

} // namespace

std::string answerText(const CachedAnswer &answer)
{
    return toText(Json{{"request_id", answer.requestId},
                       {"target", answer.target.name()},
                       {"whole", toJson(answer.whole)},
                       {"usage", toJson(answer.usage)},
                       {"cost_usd", moneyJson(answer.cost.amount)},
                       {"cost_estimated", answer.cost.estimated},
                       {"took_us", answer.took.count()},
                       {"made_us", answer.made.time_since_epoch().count()},
                       {"route", answer.route},
                       {"client", answer.client},
                       {"question", answer.question},
                       {"context", answer.context ? answer.context->toHex() : std::string()},
                       {"embedder", answer.embedder},
                       {"steps", stepsText(answer.point)},
                       {"scale", answer.point.scale}});
}

std::optional<CachedAnswer> answerFromText(std::string_view text)
{
    const auto json = parseJson(text);
    if (!json || !json->is_object()) {
        return std::nullopt;
    }
    const JsonFields fields(*json);
    const Json *whole = fields.find("whole");
    const Json *usage = fields.find("usage");
    auto read = whole == nullptr ? std::nullopt : wholeFrom(*whole);
    if (!read || usage == nullptr) {
        return std::nullopt;
    }
    CachedAnswer answer;
    answer.requestId = fields.text("request_id");
    answer.target = TargetId(fields.text("target"));
    answer.whole = std::move(*read);
    answer.usage = usageFromJson(*usage);
    answer.cost = {fields.money("cost_usd"), fields.flag("cost_estimated")};
    answer.took = Micros(fields.integer("took_us"));
    answer.made = SystemTime(Micros(fields.integer("made_us")));
    answer.route = fields.text("route");
    answer.client = fields.text("client");
    answer.question = fields.text("question");
    answer.context = cache::Digest::fromHex(fields.text("context"));
    answer.embedder = fields.text("embedder");
    const auto steps = fromBase64(fields.text("steps"));
    const Json *scale = fields.find("scale");
    if (!steps || scale == nullptr || !scale->is_number()) {
        return std::nullopt;
    }
    answer.point.steps.assign(steps->begin(), steps->end());
    answer.point.scale = scale->get<float>();
    return answer;
}

} // namespace signalbox::runtime
