// SPDX-License-Identifier: Apache-2.0
// Gemini: where a request goes, what is asked, and embeddings.
#include "app/simulator/gemini_json.h"
#include "app/simulator/gemini_rules.h"
#include "app/simulator/hash.h"
#include "app/simulator/token_text.h"

#include <algorithm>

namespace signalbox::simulator {

namespace {

constexpr std::size_t kParallelCallsMax = 3;

ApiError invalid(std::string message)
{
    return {400, "INVALID_ARGUMENT", std::move(message), {}, {}};
}

std::string unescaped(const std::string &text)
{
    const auto digit = [](char c) -> unsigned {
        return c <= '9' ? static_cast<unsigned>(c - '0')
                        : static_cast<unsigned>((c | 0x20) - 'a') + 10U;
    };
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escape = text[i] == '%' && i + 2 < text.size();
        out += escape ? static_cast<char>((digit(text[i + 1]) << 4U) | (digit(text[i + 2]) & 0xFU))
                      : text[i];
        i += escape ? 2 : 0;
    }
    return out;
}

bool thinksIn(const Json &request)
{
    const Json config = memberObject(request, "generationConfig");
    const Json *thinking = objectAt(config, "thinkingConfig");
    return thinking != nullptr && flagAt(*thinking, "includeThoughts");
}

/// The calls that must be the answer: with ANY one of each function allowed. One that thinks calls
/// of its own accord, until it has the results.
std::vector<ToolCall> demandedTools(const Json &request)
{
    std::vector<ToolCall> calls;
    const Json config = memberObject(memberObject(request, "toolConfig"), "functionCallingConfig");
    const std::string mode = textAt(config, "mode").value_or("AUTO");
    const std::vector<Json> last = partsOf(arrayAt(request, "contents")->back());
    const bool unasked = mode == "AUTO" && thinksIn(request)
                         && !last.front().contains("functionResponse");
    if (mode != "ANY" && !unasked) {
        return calls;
    }
    const Json *listed = arrayAt(config, "allowedFunctionNames");
    const Json allowed = listed == nullptr ? Json::array() : *listed;
    for (const Json &function : declarationsIn(request)) {
        const std::string name = textAt(function, "name").value_or("");
        if (!allowed.empty()
            && std::find(allowed.begin(), allowed.end(), Json(name)) == allowed.end()) {
            continue;
        }
        const Json *schema = objectAt(function, "parameters");
        schema = schema != nullptr ? schema : objectAt(function, "parametersJsonSchema");
        calls.push_back({name, schema != nullptr ? toText(exampleOf(*schema)) : "{}"});
        if (calls.size() == kParallelCallsMax) {
            break;
        }
    }
    return calls;
}

std::optional<std::string> demandedForm(const Json &request)
{
    const Json config = memberObject(request, "generationConfig");
    if (textAt(config, "responseMimeType") != "application/json") {
        return std::nullopt;
    }
    for (const char *key : {"responseSchema", "responseJsonSchema"}) {
        if (const Json *schema = objectAt(config, key)) {
            return toText(exampleOf(*schema));
        }
    }
    return R"({"answer":"yes"})";
}

/// Results of tools and media come back in the answer's words, so that a test sees they arrived.
std::optional<std::string> echo(const Json &contents)
{
    std::string text;
    for (const Json &part : partsOf(contents.back())) {
        std::string said;
        if (const Json *response = objectAt(part, "functionResponse")) {
            said = textAt(*response, "name").value_or("") + " said "
                   + textAt((*response)["response"], "output").value_or("");
        } else if (const Json *blob = objectAt(part, "inlineData")) {
            said = "an image " + textAt(*blob, "mimeType").value_or("") + " of "
                   + std::to_string(textAt(*blob, "data").value_or("").size()) + " characters";
        } else if (const Json *file = objectAt(part, "fileData")) {
            said = "an image " + textAt(*file, "fileUri").value_or("");
        }
        if (!said.empty()) {
            text += (text.empty() ? "" : "; ") + said;
        }
    }
    return text.empty() ? std::nullopt : std::optional(text);
}

std::string lastText(const Json &contents)
{
    std::string text;
    for (const Json &part : partsOf(contents.back())) {
        text += textAt(part, "text").value_or("");
    }
    return text;
}

} // namespace

std::optional<GeminiAddress> geminiAddress(const std::string &path)
{
    constexpr std::string_view kModels = "/models/";
    const auto models = path.rfind(kModels);
    const auto colon = path.rfind(':');
    if (models == std::string::npos || colon == std::string::npos || colon < models) {
        return std::nullopt;
    }
    const std::size_t begin = models + kModels.size();
    return GeminiAddress{unescaped(path.substr(begin, colon - begin)), path.substr(colon + 1)};
}

Result<ChatCall, ApiError> readGeminiCall(const Json &request)
{
    if (std::optional<std::string> fault = faultInGemini(request)) {
        return Failure{invalid(std::move(*fault))};
    }
    const Json &contents = *arrayAt(request, "contents");
    ChatCall call;
    call.model = textAt(request, "model").value_or("");
    call.stream = flagAt(request, "stream");
    call.includeUsage = true;
    call.tokensMax = integerAt(memberObject(request, "generationConfig"), "maxOutputTokens");
    call.lastUserText = lastText(contents);
    call.promptTokens = countPromptTokens(request);
    call.thinks = thinksIn(request);
    call.moreTools = demandedTools(request);
    if (!call.moreTools.empty()) {
        call.tool = call.moreTools.front();
        call.moreTools.erase(call.moreTools.begin());
    }
    call.fixedText = demandedForm(request);
    if (!call.fixedText) {
        call.fixedText = echo(contents);
    }
    return call;
}

Result<EmbeddingCall, ApiError> readGeminiEmbeddings(const Json &request)
{
    constexpr std::size_t kBatchMax = 100;
    constexpr std::int64_t kDimensions = 256;
    EmbeddingCall call;
    call.model = textAt(request, "model").value_or("");
    const Json *requests = arrayAt(request, "requests");
    if (requests == nullptr || requests->empty() || requests->size() > kBatchMax) {
        return Failure{
            invalid("* BatchEmbedContentsRequest.requests: at most 100 requests can be in "
                    "one batch")};
    }
    for (const Json &one : *requests) {
        if (textAt(one, "model") != "models/" + call.model || objectAt(one, "content") == nullptr) {
            return Failure{invalid("* BatchEmbedContentsRequest.requests: the model in the batch "
                                   "request must match")};
        }
        std::string text;
        for (const Json &part : partsOf(one["content"])) {
            text += textAt(part, "text").value_or("");
        }
        call.dimensions = static_cast<std::size_t>(
            integerAt(one, "outputDimensionality").value_or(kDimensions));
        call.tokens += countTokens(text);
        call.inputs.push_back(std::move(text));
    }
    return call;
}

std::string writeGeminiEmbeddings(const EmbeddingCall &call)
{
    Json list = Json::array();
    for (const std::string &input : call.inputs) {
        list.push_back({{"values", embed(input, call.dimensions)}});
    }
    return toText({{"embeddings", list}});
}

bool signsCalls(const std::string &model)
{
    return model.rfind("gemini-3", 0) == 0;
}

std::string signatureOfCall(const Json &call)
{
    return "sim-"
           + std::to_string(hashOf(textAt(call, "name").value_or("")
                                   + toText(call.value("args", Json::object()))));
}

} // namespace signalbox::simulator
