// SPDX-License-Identifier: Apache-2.0
#include "core/routing/facts.h"

#include "core/routing/language.h"
#include "core/routing/script.h"
#include "core/routing/task.h"

#include <algorithm>

namespace signalbox::routing {
namespace {

bool isTurn(const ChatMessage &message)
{
    return message.role == Role::User || message.role == Role::Assistant;
}

/// Of the last user message, or of the system prompt when that has no text.
std::string languageIn(const ChatRequest &request)
{
    const ChatMessage *user = request.last({Role::User});
    const ChatMessage *system = request.last({Role::System, Role::Developer});
    std::string text = user == nullptr ? std::string() : user->text();
    if (text.empty() && system != nullptr) {
        text = system->text();
    }
    return languageOf(text);
}

Task taskIn(const ChatRequest &request, const FactContext &context)
{
    if (const auto stated = statedTask(context.metadata)) {
        return *stated;
    }
    return request.needs.contains(Feature::Embeddings) ? Task::Other : taskOf(request);
}

} // namespace

bool isAskedFor(Fact fact, const RouteSettings &route)
{
    return std::ranges::any_of(route.rules, [fact](const RuleSettings &rule) {
        return std::ranges::find(rule.when, fact, &Condition::fact) != rule.when.end();
    });
}

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
                       .language = context.tellsLanguage ? languageIn(request) : std::string(),
                       .task = taskIn(request, context),
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
                       .budgetLeft = context.budgetLeft,
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
