// SPDX-License-Identifier: Apache-2.0
#include "core/routing/facts.h"

#include "core/routing/script.h"

namespace signalbox::routing {
namespace {

bool isTurn(const ChatMessage &message)
{
    return message.role == Role::User || message.role == Role::Assistant;
}

} // namespace

std::set<std::string> headersAskedFor(const RouteSettings &route)
{
    std::set<std::string> names;
    for (const RuleSettings &rule : route.rules) {
        for (const Condition &condition : rule.when) {
            if (condition.fact == Fact::Header) {
                names.insert(condition.key);
            }
        }
    }
    return names;
}

RequestFacts factsOf(const ChatRequest &request, const FactContext &context)
{
    RequestFacts facts{.cjkShare = 0,
                       .promptTokens = context.promptTokens,
                       .maxOutputTokens = request.maxOutputTokens,
                       .hasTools = request.needs.contains(Feature::Tools),
                       .hasImages = request.needs.contains(Feature::Images),
                       .wantsJson = request.wantsJson,
                       .wantsReasoning = request.needs.contains(Feature::Reasoning),
                       .stream = request.stream,
                       .turns = 0,
                       .client = context.client,
                       .hour = context.hour,
                       .headers = context.headers,
                       .metadata = context.metadata};
    ScriptCounter scripts;
    for (const ChatMessage &message : request.messages) {
        facts.turns += isTurn(message) ? 1 : 0;
        for (const ChatMessage::Part &part : message.parts) {
            if (part.kind == ChatMessage::PartKind::Text) {
                scripts.add(part.text);
            }
        }
    }
    facts.cjkShare = scripts.cjkShare();
    return facts;
}

} // namespace signalbox::routing
