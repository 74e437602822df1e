// SPDX-License-Identifier: Apache-2.0
#include "app/simulator/gemini_rules.h"

#include "app/simulator/gemini_json.h"

#include <algorithm>
#include <set>

namespace signalbox::simulator {

namespace {

using Complaint = std::optional<std::string>;
using Names = std::set<std::string>;

constexpr std::string_view kSkipSignature = "skip_thought_signature_validator";

Complaint unknownMember(const Json &object, const Names &known, const std::string &place)
{
    for (const auto &item : object.items()) {
        if (known.count(item.key()) == 0) {
            return "Invalid JSON payload received. Unknown name \"" + item.key() + "\"" + place
                   + ": Cannot find field.";
        }
    }
    return std::nullopt;
}

Complaint faultInPart(const Json &part, const std::string &place)
{
    const Names data = {"text", "functionCall", "functionResponse", "inlineData", "fileData"};
    Names known = data;
    known.insert({"thought", "thoughtSignature"});
    if (Complaint fault = unknownMember(part, known, " at '" + place + "'")) {
        return fault;
    }
    const auto items = part.items();
    const auto fields = std::count_if(items.begin(), items.end(), [&data](const auto &item) {
        return data.count(item.key()) == 1;
    });
    if (fields != 1) {
        return "* " + place + ".data: required oneof field 'data' must have one initialized field";
    }
    const Json *blob = objectAt(part, "inlineData");
    const Names types = {"image/jpeg",
                         "image/png",
                         "image/webp",
                         "image/heic",
                         "image/heif",
                         "audio/wav",
                         "audio/mp3",
                         "application/pdf"};
    if (blob != nullptr && types.count(textAt(*blob, "mimeType").value_or("")) == 0) {
        return "Unsupported MIME type: " + textAt(*blob, "mimeType").value_or("");
    }
    const Json *call = objectAt(part, "functionCall");
    if (call != nullptr && objectAt(*call, "args") == nullptr) {
        return "Invalid value at '" + place + ".function_call.args' (Struct)";
    }
    const Json *response = objectAt(part, "functionResponse");
    if (response != nullptr && objectAt(*response, "response") == nullptr) {
        return "Invalid value at '" + place + ".function_response.response' (Struct)";
    }
    return std::nullopt;
}

std::vector<Json> membersOf(const Json &content, const char *kind)
{
    std::vector<Json> found;
    for (const Json &part : partsOf(content)) {
        if (const Json *member = objectAt(part, kind)) {
            found.push_back(*member);
        }
    }
    return found;
}

/// Calls and their results, which the API pairs by number and by name.
Complaint faultInCalls(const Json &contents)
{
    std::vector<Json> open;
    for (const Json &content : contents) {
        const std::vector<Json> responses = membersOf(content, "functionResponse");
        if (responses.size() != open.size()) {
            return open.empty() ? "Please ensure that function response turn comes immediately "
                                  "after a function call turn."
                                : "Please ensure that the number of function response parts is "
                                  "equal to the number of function call parts of the function "
                                  "call turn.";
        }
        for (std::size_t i = 0; i < open.size(); ++i) {
            if (textAt(open[i], "name") != textAt(responses[i], "name")
                || textAt(open[i], "id") != textAt(responses[i], "id")) {
                return "Function response does not match its function call.";
            }
        }
        open = membersOf(content, "functionCall");
    }
    return open.empty()
               ? Complaint()
               : Complaint("Please ensure that function call turn is followed by a function "
                           "response turn.");
}

Complaint faultInContents(const Json &request)
{
    const Json *contents = arrayAt(request, "contents");
    if (contents == nullptr || contents->empty()) {
        return "* GenerateContentRequest.contents: contents is not specified\n";
    }
    for (std::size_t i = 0; i < contents->size(); ++i) {
        const Json &content = (*contents)[i];
        const std::string place = "GenerateContentRequest.contents[" + std::to_string(i)
                                  + "].parts";
        const std::string role = textAt(content, "role").value_or("");
        if (role != "user" && role != "model") {
            return "Please use a valid role: user, model.";
        }
        if (partsOf(content).empty()) {
            return "* " + place + ": contents.parts must not be empty.\n";
        }
        for (const Json &part : partsOf(content)) {
            if (Complaint fault = faultInPart(part, place)) {
                return fault;
            }
        }
    }
    if (textAt(contents->front(), "role") != "user" || textAt(contents->back(), "role") != "user") {
        return "Please ensure that multiturn requests begin and end with a user role.";
    }
    return faultInCalls(*contents);
}

/// Since the user's last own words, the first call of each answer must be signed.
Complaint faultInSignatures(const Json &request)
{
    if (!signsCalls(textAt(request, "model").value_or(""))) {
        return std::nullopt;
    }
    const Json &contents = *arrayAt(request, "contents");
    for (auto content = contents.rbegin(); content != contents.rend(); ++content) {
        const std::vector<Json> parts = partsOf(*content);
        const bool spoken = std::any_of(parts.begin(), parts.end(), [](const Json &part) {
            return part.contains("text");
        });
        if (textAt(*content, "role") == "user" && spoken) {
            break;
        }
        for (const Json &part : parts) {
            const Json *call = objectAt(part, "functionCall");
            if (call == nullptr) {
                continue;
            }
            const std::string signature = textAt(part, "thoughtSignature").value_or("");
            if (signature.empty()) {
                return "Function call is missing a thought_signature in functionCall parts. This "
                       "is "
                       "required for tools to work correctly.";
            }
            if (signature != kSkipSignature && signature != signatureOfCall(*call)) {
                return "Thought signature is not valid.";
            }
            break;
        }
    }
    return std::nullopt;
}

/// A schema in the older dialect.
Complaint faultInSchema(const Json &schema, const std::string &place)
{
    const Names known = {"type",     "format",          "title",         "description", "nullable",
                         "enum",     "items",           "properties",    "required",    "minItems",
                         "maxItems", "minProperties",   "maxProperties", "minLength",   "maxLength",
                         "pattern",  "minimum",         "maximum",       "default",     "example",
                         "anyOf",    "propertyOrdering"};
    if (!schema.is_object()) {
        return "Invalid value at '" + place + "'";
    }
    if (Complaint fault = unknownMember(schema, known, " at '" + place + "'")) {
        return fault;
    }
    const std::string type = textAt(schema, "type").value_or("");
    if (type.empty() && !schema.contains("anyOf")) {
        return "Proto field is not repeating, cannot start list, or type is missing at '" + place
               + "'";
    }
    if (type == "array" && !schema.contains("items")) {
        return "* " + place + ".items: missing field.";
    }
    const Json *properties = objectAt(schema, "properties");
    if (type == "object" && (properties == nullptr || properties->empty())) {
        return "* " + place + ".properties: should be non-empty for OBJECT type";
    }
    if (schema.contains("items")) {
        return faultInSchema(schema["items"], place + ".items");
    }
    if (properties == nullptr) {
        return std::nullopt;
    }
    for (const auto &item : properties->items()) {
        if (Complaint fault = faultInSchema(item.value(),
                                            place + ".properties[" + item.key() + "]")) {
            return fault;
        }
    }
    return std::nullopt;
}

bool isFunctionName(const std::string &name)
{
    constexpr std::string_view kLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";
    constexpr std::string_view kOthers = "0123456789.:-";
    constexpr std::size_t kBytesMax = 128;
    const auto isLetter = [&](char c) { return kLetters.find(c) != kLetters.npos; };
    return !name.empty() && name.size() <= kBytesMax && isLetter(name.front())
           && std::ranges::all_of(name, [&](char c) {
                  return isLetter(c) || kOthers.find(c) != kOthers.npos;
              });
}

Complaint faultInTools(const Json &request)
{
    for (const Json &function : declarationsIn(request)) {
        const std::string place = "tools[0].function_declarations";
        if (Complaint fault =
                unknownMember(function,
                              {"name", "description", "parameters", "parametersJsonSchema"},
                              " at '" + place + "'")) {
            return fault;
        }
        if (!isFunctionName(textAt(function, "name").value_or(""))) {
            return "Invalid function name. Must start with a letter or an underscore.";
        }
        if (function.contains("parameters") && function.contains("parametersJsonSchema")) {
            return "parameters and parameters_json_schema are mutually exclusive.";
        }
        if (function.contains("parameters")) {
            if (Complaint fault = faultInSchema(function["parameters"], place + ".parameters")) {
                return fault;
            }
        }
    }
    return std::nullopt;
}

Complaint faultInThinking(const Json &config, bool byLevel)
{
    const Json *thinking = objectAt(config, "thinkingConfig");
    if (thinking == nullptr) {
        return std::nullopt;
    }
    const bool level = thinking->contains("thinkingLevel");
    if (level == byLevel) {
        return std::nullopt;
    }
    return byLevel ? "Thinking budget is not supported for this model."
                   : "Thinking level is not supported for this model.";
}

Complaint faultInConfig(const Json &request)
{
    const Json config = memberObject(request, "generationConfig");
    const Names known = {"temperature",
                         "topP",
                         "topK",
                         "candidateCount",
                         "maxOutputTokens",
                         "stopSequences",
                         "seed",
                         "presencePenalty",
                         "frequencyPenalty",
                         "responseLogprobs",
                         "logprobs",
                         "responseMimeType",
                         "responseSchema",
                         "responseJsonSchema",
                         "thinkingConfig"};
    if (Complaint fault = unknownMember(config, known, " at 'generation_config'")) {
        return fault;
    }
    const std::string model = textAt(request, "model").value_or("");
    const bool newer = signsCalls(model);
    if (config.contains("presencePenalty") || config.contains("frequencyPenalty")) {
        return "Penalty is not enabled for models/" + model;
    }
    if (config.contains("responseLogprobs")) {
        return "Logprobs is not enabled for models/" + model;
    }
    const Json heat = config.value("temperature", Json(1.0));
    if (!heat.is_number() || heat.get<double>() < 0 || heat.get<double>() > 2) {
        return "Invalid value at 'generation_config.temperature': must be in the range [0.0, 2.0].";
    }
    const bool json = textAt(config, "responseMimeType") == "application/json";
    if (!json && (config.contains("responseSchema") || config.contains("responseJsonSchema"))) {
        return "Response schema needs response_mime_type application/json.";
    }
    if (json && !newer && !declarationsIn(request).empty()
        && toText(memberObject(request, "toolConfig")).find("NONE") == std::string::npos) {
        return "Function calling with a response mime type: 'application/json' is unsupported";
    }
    if (config.contains("responseSchema")) {
        if (Complaint fault = faultInSchema(config["responseSchema"],
                                            "generation_config.response_schema")) {
            return fault;
        }
    }
    return faultInThinking(config, newer);
}

} // namespace

Json memberObject(const Json &object, const char *key)
{
    const Json *member = objectAt(object, key);
    return member == nullptr ? Json::object() : *member;
}

std::vector<Json> partsOf(const Json &content)
{
    const Json *parts = arrayAt(content, "parts");
    return parts == nullptr ? std::vector<Json>() : std::vector<Json>(parts->begin(), parts->end());
}

std::vector<Json> declarationsIn(const Json &request)
{
    std::vector<Json> all;
    const Json *tools = arrayAt(request, "tools");
    for (const Json &tool : tools == nullptr ? Json::array() : *tools) {
        if (const Json *functions = arrayAt(tool, "functionDeclarations")) {
            all.insert(all.end(), functions->begin(), functions->end());
        }
    }
    return all;
}

std::optional<std::string> faultInGemini(const Json &request)
{
    const Names known = {"model",
                         "stream",
                         "contents",
                         "systemInstruction",
                         "tools",
                         "toolConfig",
                         "generationConfig",
                         "safetySettings"};
    if (!request.is_object()) {
        return "Invalid JSON payload received. Root is not a message.";
    }
    if (Complaint fault = unknownMember(request, known, "")) {
        return fault;
    }
    for (const auto check : {faultInContents, faultInTools, faultInConfig, faultInSignatures}) {
        if (Complaint fault = check(request)) {
            return fault;
        }
    }
    return std::nullopt;
}

} // namespace signalbox::simulator
