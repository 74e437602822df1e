// SPDX-License-Identifier: Apache-2.0
// What an error's words prove.
#pragma once

#include "core/providers/error_body.h"

#include <span>
#include <string>
#include <string_view>

namespace signalbox::providers {

/// An error's code, type and message, asked what they mean. Codes are the provider's own; messages
/// may quote what the client sent, so questions that cost the operator a key look at their
/// beginning only.
class ErrorEvidence
{
public:
    explicit ErrorEvidence(const ErrorBody &error);

    [[nodiscard]] bool ofThrottlingCode() const; ///< DashScope's `Throttling.*`
    [[nodiscard]] bool ofBadKey() const;
    [[nodiscard]] bool ofUnpaidBill() const;
    [[nodiscard]] bool ofSpentBudget() const; ///< Gemini's spending caps and prepaid credits
    /// \p mayQuote: the message may hold the client's words, so that codes alone count.
    [[nodiscard]] bool ofOverload(bool mayQuote) const;
    [[nodiscard]] bool ofRateLimit(bool mayQuote) const;
    [[nodiscard]] bool ofRefusedContent() const;
    [[nodiscard]] bool ofLongContext() const;
    [[nodiscard]] bool ofUnknownModel() const;
    [[nodiscard]] bool ofServerError() const;
    [[nodiscard]] bool ofBadRequest() const;

private:
    [[nodiscard]] bool names(std::span<const std::string_view> codes) const;
    [[nodiscard]] bool says(std::span<const std::string_view> texts) const;
    [[nodiscard]] bool begins(std::span<const std::string_view> leads) const;

    std::string m_code;
    std::string m_type;
    std::string m_reason;
    std::string m_text;
};

} // namespace signalbox::providers
