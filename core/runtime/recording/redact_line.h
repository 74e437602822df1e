// SPDX-License-Identifier: Apache-2.0
// Takes keys out of a line of JSON without harm to the JSON.
#pragma once

#include "core/base/secret.h"

#include <memory>
#include <string>
#include <vector>

namespace signalbox::runtime {

/// Knows the secrets in use, and what keys look like.
class LineRedactor
{
public:
    explicit LineRedactor(std::shared_ptr<const std::vector<Secret>> secrets);

    /// \p line is a JSON value on one line, and stays one: only its strings change, member names do
    /// not. True when something was taken out.
    bool redact(std::string &line) const;

private:
    [[nodiscard]] bool mayHoldKey(const std::string &line) const;
    bool redactText(std::string &text) const;

    std::shared_ptr<const std::vector<Secret>> m_secrets; ///< null: none
    std::vector<Secret> m_escaped; ///< as JSON writes them, where that differs
};

} // namespace signalbox::runtime
