// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ledger/decision_json.h"

#include "core/runtime/ledger/json_fields.h"
#include "core/runtime/ledger/json_members.h"

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

void write(JsonWriter &json, const RuleTrial &trial)
{
    JsonMembers(json)
        .string("rule", trial.rule)
        .flag("matched", trial.matched)
        .text("failed_fact", trial.failedFact);
}

void writePlain(JsonMembers &members, const Candidate &candidate)
{
    members.string("target", candidate.target.name())
        .integer("tier", candidate.tier)
        .real("weight", candidate.weight)
        .flag("from_rule", candidate.fromRule)
        .text("veto", candidate.veto == Veto::None ? "" : toString(candidate.veto))
        .text("veto_detail", candidate.vetoDetail);
}

void write(JsonWriter &json, const Forecast &forecast)
{
    JsonMembers(json)
        .money("cost_usd", forecast.cost)
        .millis("ms", forecast.time)
        .real("failure_share", forecast.failureShare)
        .integer("output_tokens", forecast.outputTokens)
        .integer("observations", forecast.observations)
        .integer("cached_tokens", forecast.cachedTokens);
}

/// The forecast and the score only where the strategy looks ahead: they are most of the text.
void write(JsonWriter &json, const Candidate &candidate)
{
    JsonMembers members(json);
    writePlain(members, candidate);
    if (candidate.forecast) {
        write(members.key("forecast"), *candidate.forecast);
        members.real("score", candidate.score);
    }
}

void write(JsonWriter &json, const WarmPrompt &warm)
{
    JsonMembers(json)
        .string("target", warm.target.name())
        .integer("tokens", warm.tokens)
        .flag("leads", warm.leads);
}

/// What does not apply is left out.
void write(JsonWriter &json, const CacheNote &note)
{
    JsonMembers members(json);
    members.text("reason", note.reason).text("from", note.from);
    if (note.age) {
        members.integer("age_ms", note.age->count());
    }
    members.text("stale", note.stale).flag("shared", note.shared);
    members.real("likeness", note.likeness).strings("vetoes", note.vetoes);
    if (note.saved) {
        members.money("saved_usd", note.saved->amount);
        members.flag("saved_estimated", note.saved->estimated);
        members.millis("wait_saved_ms", note.waitSaved);
    }
}

CacheNote cacheNoteFrom(const Json &json)
{
    const JsonFields fields(json);
    CacheNote note;
    note.reason = fields.text("reason");
    note.from = fields.text("from");
    if (fields.find("age_ms") != nullptr) {
        note.age = Millis(fields.integer("age_ms"));
    }
    note.stale = fields.text("stale");
    note.shared = fields.flag("shared");
    note.likeness = fields.optionalNumber("likeness");
    note.vetoes = fields.texts("vetoes");
    if (fields.find("saved_usd") != nullptr) {
        note.saved = Cost{fields.money("saved_usd"), fields.flag("saved_estimated")};
        note.waitSaved = fields.millis("wait_saved_ms");
    }
    return note;
}

template <typename T>
void writeAll(JsonWriter &json, const std::vector<T> &items)
{
    json.beginArray();
    for (const T &item : items) {
        write(json, item);
    }
    json.endArray();
}

void write(JsonWriter &json, const std::map<std::string, std::string> &map)
{
    json.beginObject();
    for (const auto &[name, value] : map) {
        json.anyKey(name).lossyString(value);
    }
    json.endObject();
}

RuleTrial trialFrom(const Json &json)
{
    const JsonFields fields(json);
    return {fields.text("rule"), fields.flag("matched"), fields.text("failed_fact")};
}

Forecast forecastFrom(const Json &json)
{
    const JsonFields fields(json);
    return {Money::fromDecimal(fields.text("cost_usd")),
            fields.optionalMillis("ms"),
            fields.number("failure_share"),
            fields.integer("output_tokens"),
            static_cast<int>(fields.integer("observations")),
            fields.integer("cached_tokens")};
}

std::optional<Candidate> candidateFrom(const Json &json)
{
    const JsonFields fields(json);
    const std::string veto = fields.text("veto");
    const auto known = veto.empty() ? std::optional(Veto::None) : vetoFromString(veto);
    if (!known) {
        return std::nullopt;
    }
    Candidate candidate;
    candidate.target = TargetId(fields.text("target"));
    candidate.tier = static_cast<int>(fields.integer("tier"));
    candidate.weight = fields.number("weight");
    candidate.fromRule = fields.flag("from_rule");
    candidate.veto = *known;
    candidate.vetoDetail = fields.text("veto_detail");
    if (const Json *forecast = fields.find("forecast"); forecast != nullptr) {
        candidate.forecast = forecastFrom(*forecast);
        candidate.score = fields.optionalNumber("score");
    }
    return candidate;
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

} // namespace

void write(JsonWriter &json, const Decision &decision)
{
    JsonMembers members(json);
    members.text("route", decision.route).text("rule", decision.rule);
    members.string("strategy", toString(decision.strategy));
    writeAll(members.key("trials"), decision.trials);
    writeAll(members.key("candidates"), decision.candidates);
    members.real("draw", decision.draw);
    if (decision.explored) {
        members.string("explored", decision.explored->name());
    }
    if (decision.warm) {
        write(members.key("prompt_cache"), *decision.warm);
    }
    if (decision.cache) {
        write(members.key("cache"), *decision.cache);
    }
    members.string("seed", std::to_string(decision.seed)).strings("notes", decision.notes);
}

void write(JsonWriter &json, const RequestFacts &facts)
{
    JsonMembers members(json);
    members.real("cjk_share", facts.cjkShare).text("language", facts.language);
    members.string("task", toString(facts.task)).integer("prompt_tokens", facts.promptTokens);
    members.integer("max_output_tokens", facts.maxOutputTokens);
    members.flag("has_tools", facts.hasTools).flag("has_images", facts.hasImages);
    members.flag("wants_json", facts.wantsJson).flag("wants_reasoning", facts.wantsReasoning);
    members.flag("stream", facts.stream).integer("turns", facts.turns);
    members.text("client", facts.client).integer("hour", facts.hour);
    members.real("budget_left", facts.budgetLeft);
    write(members.key("headers"), facts.headers);
    write(members.key("metadata"), facts.metadata);
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
    if (const std::string explored = fields.text("explored"); !explored.empty()) {
        decision.explored = TargetId(explored);
    }
    if (const Json *warm = fields.find("prompt_cache"); warm != nullptr && warm->is_object()) {
        const JsonFields of(*warm);
        decision.warm = WarmPrompt{TargetId(of.text("target")),
                                   of.integer("tokens"),
                                   of.flag("leads")};
    }
    if (const Json *cache = fields.find("cache"); cache != nullptr && cache->is_object()) {
        decision.cache = cacheNoteFrom(*cache);
    }
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
    facts.language = fields.text("language");
    // Records from before tasks were told have none.
    facts.task = taskFromString(fields.text("task")).value_or(Task::Other);
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
    facts.budgetLeft = fields.optionalNumber("budget_left").value_or(1);
    facts.headers = mapFrom(fields.find("headers"));
    facts.metadata = mapFrom(fields.find("metadata"));
    return facts;
}

} // namespace signalbox::runtime
