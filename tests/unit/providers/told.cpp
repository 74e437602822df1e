// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/providers/told.h"

#include "tests/unit/providers/golden.h"

namespace signalbox::test {
namespace {

QByteArray text(const std::string &words)
{
    return QByteArray::fromStdString(words);
}

QByteArray lineOf(const ChoiceDelta &choice)
{
    QByteArray line;
    if (choice.content) {
        line += "content[" + text(*choice.content) + "] ";
    }
    if (choice.reasoning) {
        line += "reasoning[" + text(*choice.reasoning) + "] ";
    }
    for (const ToolCallDelta &call : choice.toolCalls) {
        line += "call" + QByteArray::number(call.index) + "[" + text(call.id) + ","
                + text(call.name) + "," + text(call.arguments) + "] ";
    }
    if (!choice.logprobsJson.empty()) {
        line += "logprobs" + text(choice.logprobsJson) + " ";
    }
    if (!choice.reasoningDetailsJson.empty()) {
        line += "details" + text(choice.reasoningDetailsJson) + " ";
    }
    if (choice.finish) {
        line += "finish[" + text(std::string(toString(*choice.finish))) + "] ";
    }
    return line;
}

} // namespace

QByteArray told(const std::vector<ChatEvent> &events)
{
    QByteArray all;
    for (const ChatEvent &event : events) {
        if (const auto *chunk = std::get_if<ChatChunk>(&event)) {
            for (const ChoiceDelta &choice : chunk->choices) {
                all += lineOf(choice);
            }
        }
    }
    if (const auto failure = failureOf(events)) {
        all += "failed[" + text(std::string(toString(failure->outcome))) + "] ";
    }
    if (const auto usage = usageOf(events)) {
        for (const std::int64_t count : {usage->promptTokens,
                                         usage->cachedTokens,
                                         usage->cacheWriteTokens,
                                         usage->completionTokens,
                                         usage->reasoningTokens}) {
            all += QByteArray::number(static_cast<qint64>(count)) + " ";
        }
    }
    return all.trimmed();
}

} // namespace signalbox::test
