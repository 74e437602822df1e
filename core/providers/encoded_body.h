// SPDX-License-Identifier: Apache-2.0
// A request's body for one provider and what was lost or changed on the way.
#pragma once

#include "core/domain/chat_request.h"

#include <set>
#include <string>
#include <vector>

namespace signalbox::providers {

struct EncodedBody
{
    std::string body;
    std::vector<std::string> notes; ///< every change, for people
    std::vector<std::string> dropped; ///< names of members left out; each has its note too

    void note(std::string text) { notes.push_back(std::move(text)); }
    void drop(const std::string &name)
    {
        dropped.push_back(name);
        notes.push_back("dropped " + name);
    }
    /// Drops what a request of another dialect says beyond the chat form.
    void dropUntold(const ChatRequest &request)
    {
        for (const std::string &name : request.untold) {
            drop(name);
        }
    }
    /// Notes the keywords of schemas in \p moved, if there are any.
    void noteMoved(const std::set<std::string> &moved)
    {
        std::string names;
        for (const std::string &name : moved) {
            names += (names.empty() ? "" : ", ") + name;
        }
        if (!names.empty()) {
            note("told in descriptions instead of enforced by the schema: " + names);
        }
    }
};

} // namespace signalbox::providers
