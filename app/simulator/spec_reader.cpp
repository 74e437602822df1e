// SPDX-License-Identifier: Apache-2.0
// Reads single providers and faults; scenario_reader.cpp reads the file around them.
#include "app/simulator/scenario_reader.h"

#include "core/base/text.h"

#include <algorithm>

namespace signalbox::simulator {

namespace {

constexpr double kSecondsMax = 1e7;
constexpr double kMillisMax = 6e5;
constexpr int kCountMax = 1'000'000'000;

std::string orNearest(const std::string &wanted, const std::vector<std::string> &known)
{
    const std::vector<std::string> near = nearestNames(wanted, known);
    return near.empty() ? std::string{} : "; did you mean " + near.front() + "?";
}

void readDistribution(FieldReader &reader,
                      const std::string &key,
                      const char *medianKey,
                      LogNormal &into)
{
    const Json *member = reader.any(key);
    if (member == nullptr) {
        return;
    }
    if (!member->is_object()) {
        reader.complain(key, std::string("must be a table { ") + medianKey + ", sigma }");
        return;
    }
    FieldReader inner(*member);
    into.median = inner.number(medianKey, 0, kMillisMax).value_or(into.median);
    into.sigma = inner.number("sigma", 0, 5).value_or(into.sigma);
    for (const FieldError &error : inner.finish()) {
        reader.complain(key, error.field + " " + error.message);
    }
}

std::optional<ModelSpec> readModel(FieldReader &reader, const Json &item)
{
    if (item.is_string()) {
        return ModelSpec{item.get<std::string>(), {}, {}};
    }
    if (!item.is_object()) {
        reader.complain("models", "must be a list of names or of tables with a name");
        return std::nullopt;
    }
    FieldReader inner(item);
    ModelSpec model;
    model.name = inner.text("name").value_or("");
    model.answersAs = inner.text("answers_as").value_or("");
    model.refuses = inner.texts("refuses");
    if (model.name.empty()) {
        inner.complain("name", "is missing");
    }
    for (const FieldError &error : inner.finish()) {
        reader.complain("models", error.field + " " + error.message);
    }
    return model;
}

std::vector<ModelSpec> readModels(FieldReader &reader)
{
    std::vector<ModelSpec> models;
    const Json *list = reader.any("models");
    if (list == nullptr || !list->is_array() || list->empty()) {
        reader.complain("models", "must be a list of at least one model");
        return models;
    }
    for (const Json &item : *list) {
        if (std::optional<ModelSpec> model = readModel(reader, item)) {
            models.push_back(std::move(*model));
        }
    }
    return models;
}

bool isProviderId(const std::string &id)
{
    return !id.empty() && id.front() != '_' && std::all_of(id.begin(), id.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
               || c == '-' || c == '_' || c == '.';
    });
}

void readKeys(FieldReader &reader, ProviderSpec &spec)
{
    for (const char *name : {"key", "keys"}) {
        for (std::string &key : reader.texts(name)) {
            spec.keys.emplace_back(std::move(key));
        }
    }
}

void readWindow(FieldReader &reader, Fault &fault)
{
    fault.fromSeconds = reader.number("from_s", 0, kSecondsMax).value_or(0);
    fault.forSeconds = reader.number("for_s", 0, kSecondsMax);
    fault.everySeconds = reader.number("every_s", 0.001, kSecondsMax);
    if (fault.everySeconds && !fault.forSeconds) {
        reader.complain("every_s", "needs for_s");
    }
    fault.probability = reader.number("probability", 0, 1).value_or(1);
    fault.count = reader.integer("count", 1, kCountMax);
}

void readHeaders(FieldReader &reader, Fault &fault)
{
    const Json *headers = reader.any("headers");
    if (headers == nullptr) {
        return;
    }
    if (!headers->is_object()) {
        reader.complain("headers", "must be a table of texts");
        return;
    }
    for (const auto &item : headers->items()) {
        const std::string value = item.value().is_string() ? item.value().get<std::string>() : "";
        if (!item.value().is_string() || value.find_first_of("\r\n") != std::string::npos) {
            reader.complain("headers", item.key() + " must be a text of one line");
        }
        fault.headers.emplace_back(item.key(), value);
    }
}

void readHint(FieldReader &reader, Fault &fault)
{
    if (const std::optional<std::string> name = reader.text("hint")) {
        const std::optional<RetryHint> hint = retryHintNamed(*name);
        if (!hint) {
            reader.complain("hint",
                            "must be none, retry_after_s, retry_after_date, retry_after_ms, "
                            "x_ratelimit_reset or text");
        }
        fault.hint = hint.value_or(RetryHint::None);
    }
    const Json *value = reader.any("hint_value");
    if (value == nullptr) {
        return;
    }
    if (value->is_number()) {
        fault.hintValue = value->get<double>();
    } else if (value->is_string()
               && value->get<std::string>().find_first_of("\r\n") == std::string::npos) {
        fault.hintVerbatim = value->get<std::string>();
    } else {
        reader.complain("hint_value", "must be a number or a text of one line");
    }
}

void readKind(FieldReader &reader, Fault &fault)
{
    const std::optional<std::string> name = reader.text("kind");
    if (!name) {
        reader.complain("kind", "is missing");
        return;
    }
    const std::optional<FaultKind> kind = faultKindNamed(*name);
    if (!kind) {
        reader.complain("kind", "is no known kind" + orNearest(*name, faultKindNames()));
    }
    fault.kind = kind.value_or(FaultKind::Status);
    if (fault.kind == FaultKind::Refuse && (!fault.model.empty() || fault.keySlot)) {
        reader.complain("kind", "refuse happens before the model or the key is known");
    }
}

void readFormat(FieldReader &reader, ProviderSpec &spec)
{
    const std::string format = reader.text("format").value_or("openai");
    if (!formatNamed(format)) {
        reader.complain("format", "must be openai, anthropic or gemini");
    }
    spec.format = formatNamed(format).value_or(Format::OpenAi);
    const std::string rules = reader.text("rules").value_or("none");
    if (!rulesNamed(rules)) {
        reader.complain("rules", "must be none, openai, qwen, deepseek, mistral or openrouter");
    }
    spec.rules = rulesNamed(rules).value_or(Rules::None);
    if (spec.rules != Rules::None && spec.format != Format::OpenAi) {
        reader.complain("rules", "are for the format openai");
    }
}

} // namespace

Result<Fault, std::vector<FieldError>> readFault(const Json &object)
{
    if (!object.is_object()) {
        return Failure{std::vector<FieldError>{{"", "a fault must be an object"}}};
    }
    FieldReader reader(object);
    Fault fault;
    fault.provider = reader.text("provider").value_or("");
    fault.model = reader.text("model").value_or("");
    fault.keySlot = reader.integer("key_slot", 0, 1000);
    readWindow(reader, fault);
    readKind(reader, fault);
    fault.status = reader.integer("status", 200, 599).value_or(fault.status);
    fault.body = reader.text("body").value_or("");
    readHeaders(reader, fault);
    readHint(reader, fault);
    fault.afterTokens = reader.integer("after_tokens", 0, kCountMax).value_or(0);
    fault.factor = reader.number("factor", 0.001, 1e6).value_or(fault.factor);
    fault.framed = reader.flag("framed").value_or(false);
    std::vector<FieldError> errors = reader.finish();
    if (!errors.empty()) {
        return Failure{std::move(errors)};
    }
    return fault;
}

Result<ProviderSpec, std::vector<FieldError>> readProvider(const Json &object)
{
    FieldReader reader(object);
    ProviderSpec spec;
    spec.id = reader.text("id").value_or("");
    if (!isProviderId(spec.id)) {
        reader
            .complain("id",
                      "must be a name of letters, digits, '-', '_' and '.', not starting with '_'");
    }
    readFormat(reader, spec);
    spec.models = readModels(reader);
    readDistribution(reader, "latency", "median_ms", spec.latencyMs);
    spec.tokensPerSecond = reader.number("tokens_per_s", 0, 1e9).value_or(spec.tokensPerSecond);
    readDistribution(reader, "output_tokens", "median", spec.outputTokens);
    spec.outputTokensMax = reader.integer("output_tokens_max", 1, 1'000'000).value_or(1000);
    spec.cachedShare = reader.number("cached_share", 0, 1).value_or(0);
    readKeys(reader, spec);
    spec.requestsPerMinute = reader.integer("requests_per_minute", 1, kCountMax);
    spec.tokensPerMinute = reader.integer("tokens_per_minute", 1, kCountMax);
    spec.padding = reader.flag("padding").value_or(false);
    spec.ownPort = reader.flag("own_port").value_or(false);
    std::vector<FieldError> errors = reader.finish();
    if (!errors.empty()) {
        return Failure{std::move(errors)};
    }
    return spec;
}

} // namespace signalbox::simulator
