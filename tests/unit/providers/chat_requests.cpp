// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/providers/chat_requests.h"

#include "core/providers/json_reader.h"

namespace signalbox::test {

std::string chat(std::string_view messages, std::string_view more)
{
    return R"({"model":"m",)" + std::string(more) + R"("messages":[)" + std::string(messages)
           + "]}";
}

providers::HttpCall encodedFor(ProviderKind kind,
                               std::string_view body,
                               std::string_view model,
                               std::optional<std::int64_t> most)
{
    const auto request = providers::decodeChat(body);
    if (!request.ok()) {
        return {};
    }
    ModelSettings settings;
    settings.maxOutputTokens = most;
    auto call = providers::adapterFor(kind).encodeChat(*request, model, settings);
    return call.ok() ? *std::move(call) : providers::HttpCall();
}

providers::Refusal refusalOf(ProviderKind kind, std::string_view body, std::string_view model)
{
    const auto request = providers::decodeChat(body);
    if (!request.ok()) {
        return {std::nullopt, request.error().param + ": " + request.error().message};
    }
    const providers::Adapter &adapter = providers::adapterFor(kind);
    const auto refused = adapter.refuses(*request, model);
    const auto call = adapter.encodeChat(*request, model, {});
    if (call.ok() != !refused.has_value() || (!call.ok() && call.error() != *refused)) {
        return {std::nullopt, "refuses() and encodeChat() disagree"};
    }
    return refused.value_or(providers::Refusal());
}

std::string member(const std::string &body, const char *name)
{
    std::string found;
    providers::JsonReader reader;
    if (auto root = reader.open(body)) {
        providers::forEachMember(*root, [&](std::string_view key, providers::JsonValue &value) {
            if (key == name) {
                found = providers::rawJson(value);
            }
        });
    }
    return found;
}

} // namespace signalbox::test
