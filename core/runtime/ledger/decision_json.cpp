// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ledger/decision_json.h"

#include "core/runtime/ledger/json_fields.h"

#include <charconv>

namespace signalbox::runtime {
namespace {

/// The names end with the first value that has none.
std::optional<Veto> vetoFromString(std::string_view wanted)
{
    for (int i = 0;; ++i) {
        const std::string_view name = toString(static_cast<Veto>(i));
        if (name.empty() || name == wanted) {
            return name.empty() ? std::nullopt : std::optional(static_cast<Veto>(i));
        }
    }
}

std::uint64_t seedFrom(const std::string &text)
{
    std::uint64_t seed = 0;
    std::from_chars(text.data(), text.data() + text.size(), seed);
    return seed;
}

Json toJson(const RuleTrial &trial)
{
    return {{"rule", trial.rule},
            {"matched", trial.matched},
            {"failed_fact", orNull(trial.failedFact)}};
}

Json toJson(const Candidate &candidate)
{
    return {{"target", candidate.target.name()},
            {"tier", candidate.tier},
            {"weight", candidate.weight},
            {"from_rule", candidate.fromRule},
            {"veto",
             candidate.veto == Veto::None ? Json(nullptr)
                                          : Json(std::string(toString(candidate.veto)))},
            {"veto_detail", orNull(candidate.vetoDetail)}};
}

template <typename T>
Json arrayOf(const std::vector<T> &items)
{
    Json array = Json::array();
    for (const T &item : items) {
        array.push_back(toJson(item));
    }
    return array;
}

RuleTrial trialFrom(const Json &json)
{
    const JsonFields fields(json);
    return {fields.text("rule"), fields.flag("matched"), fields.text("failed_fact")};
}

std::optional<Candidate> candidateFrom(const Json &json)
{
    const JsonFields fields(json);
    const std::string veto = fields.text("veto");
    const auto known = veto.empty() ? std::optional(Veto::None) : vetoFromString(veto);
    if (!known) {
        return std::nullopt;
    }
    return Candidate{TargetId(fields.text("target")),
                     static_cast<int>(fields.integer("tier")),
                     fields.number("weight"),
                     fields.flag("from_rule"),
                     *known,
                     fields.text("veto_detail")};
}

std::map<std::string, std::string> mapFrom(const Json *json)
{
    std::map<std::string, std::string> map;
    if (json == nullptr || !json->is_object()) {
        return map;
    }
    for (const auto &[name, value] : json->items()) {
        map[name] = value.is_string() ? value.get<std::string>() : std::string();
    }
    return map;
}

Json mapJson(const std::map<std::string, std::string> &map)
{
    Json json = Json::object();
    for (const auto &[name, value] : map) {
        json[name] = value;
    }
    return json;
}

} // namespace

Json toJson(const Decision &decision)
{
    return {{"route", orNull(decision.route)},
            {"rule", orNull(decision.rule)},
            {"strategy", std::string(toString(decision.strategy))},
            {"trials", arrayOf(decision.trials)},
            {"candidates", arrayOf(decision.candidates)},
            {"draw", decision.draw ? Json(*decision.draw) : Json(nullptr)},
            {"seed", std::to_string(decision.seed)},
            {"notes", decision.notes}};
}

Json toJson(const RequestFacts &facts)
{
    return {{"cjk_share", facts.cjkShare},
            {"prompt_tokens", facts.promptTokens},
            {"max_output_tokens",
             facts.maxOutputTokens ? Json(*facts.maxOutputTokens) : Json(nullptr)},
            {"has_tools", facts.hasTools},
            {"has_images", facts.hasImages},
            {"wants_json", facts.wantsJson},
            {"wants_reasoning", facts.wantsReasoning},
            {"stream", facts.stream},
            {"turns", facts.turns},
            {"client", orNull(facts.client)},
            {"hour", facts.hour},
            {"headers", mapJson(facts.headers)},
            {"metadata", mapJson(facts.metadata)}};
}

std::optional<Decision> decisionFromJson(const Json &json)
{
    const JsonFields fields(json);
    const auto strategy = strategyFromString(fields.text("strategy"));
    if (!strategy) {
        return std::nullopt;
    }
    Decision decision;
    decision.route = fields.text("route");
    decision.rule = fields.text("rule");
    decision.strategy = *strategy;
    decision.draw = fields.optionalNumber("draw");
    decision.seed = seedFrom(fields.text("seed"));
    decision.notes = fields.texts("notes");
    if (const Json *trials = fields.find("trials"); trials != nullptr && trials->is_array()) {
        for (const Json &trial : *trials) {
            decision.trials.push_back(trialFrom(trial));
        }
    }
    const Json *candidates = fields.find("candidates");
    if (candidates == nullptr || !candidates->is_array()) {
        return decision;
    }
    for (const Json &item : *candidates) {
        auto candidate = candidateFrom(item);
        if (!candidate) {
            return std::nullopt;
        }
        decision.candidates.push_back(std::move(*candidate));
    }
    return decision;
}

std::optional<RequestFacts> factsFromJson(const Json &json)
{
    if (!json.is_object()) {
        return std::nullopt;
    }
    const JsonFields fields(json);
    RequestFacts facts;
    facts.cjkShare = fields.number("cjk_share");
    facts.promptTokens = fields.integer("prompt_tokens");
    facts.maxOutputTokens = fields.optionalInteger("max_output_tokens");
    facts.hasTools = fields.flag("has_tools");
    facts.hasImages = fields.flag("has_images");
    facts.wantsJson = fields.flag("wants_json");
    facts.wantsReasoning = fields.flag("wants_reasoning");
    facts.stream = fields.flag("stream");
    facts.turns = static_cast<int>(fields.integer("turns"));
    facts.client = fields.text("client");
    facts.hour = static_cast<int>(fields.integer("hour"));
    facts.headers = mapFrom(fields.find("headers"));
    facts.metadata = mapFrom(fields.find("metadata"));
    return facts;
}

} // namespace signalbox::runtime
