// SPDX-License-Identifier: Apache-2.0
// A request's body for one provider and what was lost or changed on the way.
#pragma once

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
};

} // namespace signalbox::providers
