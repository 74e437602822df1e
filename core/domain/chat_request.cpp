// SPDX-License-Identifier: Apache-2.0
#include "core/domain/chat_request.h"

#include <algorithm>

namespace signalbox {

std::string_view toString(Role role)
{
    switch (role) {
    case Role::System:
        return "system";
    case Role::Developer:
        return "developer";
    case Role::User:
        return "user";
    case Role::Assistant:
        return "assistant";
    case Role::Tool:
        return "tool";
    }
    return "";
}

std::string ChatMessage::text() const
{
    std::string joined;
    for (const Part &part : parts) {
        if (part.kind != PartKind::Text) {
            continue;
        }
        if (!joined.empty()) {
            joined += '\n';
        }
        joined += part.text;
    }
    return joined;
}

const RawField *ChatRequest::field(std::string_view name) const
{
    const auto found = std::ranges::find(fields, name, &RawField::name);
    return found == fields.end() ? nullptr : &*found;
}

const ChatMessage *ChatRequest::last(std::initializer_list<Role> roles) const
{
    const auto found =
        std::find_if(messages.rbegin(), messages.rend(), [roles](const ChatMessage &message) {
            return std::ranges::find(roles, message.role) != roles.end();
        });
    return found == messages.rend() ? nullptr : &*found;
}

} // namespace signalbox
