// SPDX-License-Identifier: Apache-2.0
#include "core/providers/chat_writer.h"

namespace signalbox::providers {
namespace {

void writeOwnUsage(JsonWriter &json, const Usage &usage)
{
    json.beginObject();
    json.key("prompt_tokens").integer(usage.promptTokens);
    json.key("completion_tokens").integer(usage.completionTokens);
    json.key("total_tokens").integer(usage.promptTokens + usage.completionTokens);
    json.key("prompt_tokens_details").beginObject();
    json.key("cached_tokens").integer(usage.cachedTokens).endObject();
    json.key("completion_tokens_details").beginObject();
    json.key("reasoning_tokens").integer(usage.reasoningTokens).endObject();
    if (usage.estimated) {
        json.key("estimated").boolean(true);
    }
    json.endObject();
}

} // namespace

std::string answerId(const std::string &upstreams, const std::string &ours)
{
    constexpr std::size_t kUniqueBytesMin = 16;
    return upstreams.size() >= kUniqueBytesMin ? upstreams : ours;
}

void writeUsage(JsonWriter &json, const std::optional<Usage> &usage, std::string_view usageJson)
{
    if (!usageJson.empty()) {
        json.key("usage").raw(usageJson);
    } else if (usage) {
        json.key("usage");
        writeOwnUsage(json, *usage);
    }
}

void writeSeam(JsonWriter &json, const Seam &seam)
{
    json.key("signalbox").beginObject().key("seam").beginObject();
    json.key("from").string(seam.from).key("to").string(seam.to);
    json.key("after_bytes").integer(static_cast<std::int64_t>(seam.bytes));
    json.endObject().endObject();
}

void writeToolCalls(JsonWriter &json, const std::vector<ToolCallDelta> &calls, bool whole)
{
    json.key("tool_calls").beginArray();
    for (const ToolCallDelta &call : calls) {
        json.beginObject();
        if (!whole) {
            json.key("index").integer(call.index);
        }
        if (whole || !call.id.empty()) {
            json.key("id").string(call.id);
        }
        if (whole || !call.id.empty() || !call.name.empty()) {
            json.key("type").string("function");
        }
        json.key("function").beginObject();
        if (whole || !call.name.empty()) {
            json.key("name").string(call.name);
        }
        json.key("arguments").string(call.arguments).endObject();
        json.endObject();
    }
    json.endArray();
}

} // namespace signalbox::providers
