// SPDX-License-Identifier: Apache-2.0
#include "app/simulator/chat.h"

#include "app/simulator/token_text.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace signalbox::simulator {

namespace {

constexpr std::size_t kThinkingTokens = 12;

const ModelSpec *modelNamed(const ProviderSpec &provider, const std::string &name)
{
    for (const ModelSpec &model : provider.models) {
        if (model.name == name) {
            return &model;
        }
    }
    return nullptr;
}

std::vector<std::string> drawPieces(const ChatCall &call,
                                    const ProviderSpec &provider,
                                    Random &random)
{
    if (call.tool) {
        return splitIntoTokens(call.tool->arguments);
    }
    if (call.fixedText) {
        return splitIntoTokens(*call.fixedText);
    }
    const double wanted = std::clamp(std::round(draw(provider.outputTokens, random)),
                                     1.0,
                                     static_cast<double>(provider.outputTokensMax));
    return inventTokens(languageOf(call.lastUserText), static_cast<std::size_t>(wanted), random);
}

struct IdForm
{
    std::string_view prefix;
    std::size_t letters;
};

struct IdForms
{
    IdForm answer;
    IdForm call;
};

IdForms idFormsOf(const ProviderSpec &provider)
{
    if (provider.format == Format::Anthropic) {
        return {{"msg_01", 22}, {"toolu_01", 22}};
    }
    if (provider.format == Format::Gemini) {
        return {{"", 23}, {"call_", 24}};
    }
    switch (provider.rules) {
    case Rules::DeepSeek:
        return {{"", 36}, {"call_00_", 24}};
    case Rules::Mistral:
        return {{"", 32}, {"", 9}};
    case Rules::OpenRouter: // of calls: those of whatever provider stands behind it
        return {{"gen-", 31}, {"functions.call:", 31}};
    case Rules::None:
    case Rules::OpenAi:
    case Rules::Qwen:
        break;
    }
    return {{"chatcmpl-", 29}, {"call_", 24}};
}

Json exampleObject(const Json &schema)
{
    Json object = Json::object();
    const Json *properties = objectAt(schema, "properties");
    if (properties == nullptr) {
        return object;
    }
    const Json *required = arrayAt(schema, "required");
    for (const auto &item : properties->items()) {
        const bool wanted = required == nullptr
                            || std::find(required->begin(), required->end(), Json(item.key()))
                                   != required->end();
        if (wanted) {
            object[item.key()] = exampleOf(item.value());
        }
    }
    return object;
}

} // namespace

std::string Answer::joined() const
{
    return simulator::joined(pieces);
}

std::int64_t Answer::completionTokens() const
{
    constexpr std::int64_t kPerCall = 8;
    std::size_t tokens = pieces.size() + thinking.size();
    for (const PlannedCall &call : moreCalls) {
        tokens += call.pieces.size();
    }
    const auto calls = static_cast<std::int64_t>(moreCalls.size() + (toolName ? 1 : 0));
    return static_cast<std::int64_t>(tokens) + calls * kPerCall;
}

Answer planAnswer(const ChatCall &call,
                  const ProviderSpec &provider,
                  SystemTime now,
                  Random &random)
{
    const IdForms ids = idFormsOf(provider);
    Answer answer;
    answer.id = drawId(ids.answer.prefix, ids.answer.letters, random);
    answer.toolId = drawId(ids.call.prefix, ids.call.letters, random);
    answer.rules = provider.rules;
    answer.created = now;
    const ModelSpec *model = modelNamed(provider, call.model);
    answer.model = model != nullptr && !model->answersAs.empty() ? model->answersAs : call.model;
    answer.pieces = drawPieces(call, provider, random);
    if (call.tool) {
        answer.toolName = call.tool->name;
    }
    for (const ToolCall &more : call.moreTools) {
        answer.moreCalls.push_back({drawId(ids.call.prefix, ids.call.letters, random),
                                    more.name,
                                    splitIntoTokens(more.arguments)});
    }
    if (call.thinks) {
        answer.thinking = inventTokens(languageOf(call.lastUserText), kThinkingTokens, random);
    }
    if (call.tokensMax && static_cast<std::int64_t>(answer.pieces.size()) > *call.tokensMax) {
        answer.pieces.resize(static_cast<std::size_t>(*call.tokensMax));
        answer.cutByLimit = true;
        answer.moreCalls.clear();
    }
    answer.promptTokens = call.promptTokens;
    answer.cachedTokens = static_cast<std::int64_t>(
        std::floor(provider.cachedShare * static_cast<double>(call.promptTokens)));
    answer.includeUsage = call.includeUsage;
    answer.padding = provider.padding && call.padding;
    answer.paddingSeed = random.next();
    return answer;
}

std::string joined(const std::vector<std::string> &pieces)
{
    std::string text;
    for (const std::string &piece : pieces) {
        text += piece;
    }
    return text;
}

std::string contentText(const Json &message)
{
    if (const std::optional<std::string> text = textAt(message, "content")) {
        return *text;
    }
    std::string joined;
    if (const Json *blocks = arrayAt(message, "content")) {
        for (const Json &block : *blocks) {
            joined += textAt(block, "text").value_or("");
        }
    }
    return joined;
}

std::string lastUserText(const Json &messages)
{
    for (auto at = messages.rbegin(); at != messages.rend(); ++at) {
        if (textAt(*at, "role") == "user") {
            return contentText(*at);
        }
    }
    return {};
}

double draw(const LogNormal &distribution, Random &random)
{
    const double u = 1.0 - random.unit();
    const double v = random.unit();
    const double normal = std::sqrt(-2.0 * std::log(u)) * std::cos(2.0 * std::numbers::pi * v);
    return distribution.median * std::exp(distribution.sigma * normal);
}

std::string drawId(std::string_view prefix, std::size_t letters, Random &random)
{
    constexpr std::string_view kAlphabet =
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    std::string id(prefix);
    for (std::size_t i = 0; i < letters; ++i) {
        id += kAlphabet[random.below(kAlphabet.size())];
    }
    return id;
}

Json exampleOf(const Json &schema)
{
    if (const Json *choices = arrayAt(schema, "enum"); choices != nullptr && !choices->empty()) {
        return choices->front();
    }
    for (const char *key : {"anyOf", "oneOf"}) {
        if (const Json *choices = arrayAt(schema, key); choices != nullptr && !choices->empty()) {
            return exampleOf(choices->front());
        }
    }
    const std::string type = textAt(schema, "type")
                                 .value_or(objectAt(schema, "properties") != nullptr ? "object"
                                                                                     : "string");
    if (type == "object") {
        return exampleObject(schema);
    }
    if (type == "array") {
        return Json::array({exampleOf(schema.value("items", Json::object()))});
    }
    if (type == "integer") {
        return 7;
    }
    if (type == "number") {
        return 2.5;
    }
    if (type == "boolean") {
        return true;
    }
    return type == "null" ? Json(nullptr) : Json("example");
}

} // namespace signalbox::simulator
