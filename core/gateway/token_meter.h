// SPDX-License-Identifier: Apache-2.0
// What a prompt will be billed as at each target, learning from the bills.
#pragma once

#include "core/domain/chat_request.h"
#include "core/domain/settings.h"
#include "core/domain/usage.h"
#include "core/tokens/calibration.h"
#include "core/tokens/estimate.h"
#include "core/tokens/exact_count.h"

#include <cstdint>
#include <optional>
#include <utility>

namespace signalbox::gateway {

class TokenMeter
{
public:
    /// By the target's family and its bills so far. \pre \p configuration has the target
    [[nodiscard]] std::int64_t promptTokens(const tokens::PromptTraits &prompt,
                                            const Configuration &configuration,
                                            const TargetId &target) const;
    /// The same where \p target's family is known already.
    [[nodiscard]] std::int64_t promptTokens(const tokens::PromptTraits &prompt,
                                            tokens::TokenFamily family,
                                            const TargetId &target) const;
    /// Learns from what \p target, of \p family, stated itself; from prompts with images nothing can be
    /// learned.
    void learn(const tokens::PromptTraits &prompt,
               tokens::TokenFamily family,
               const TargetId &target,
               const Usage &usage);

    struct Count
    {
        std::int64_t tokens = 0;
        bool exact = false;
    };
    /// Exact where countPrompt() knows and the target's own maker bills it as measured, which it
    /// does for models that do not think; else promptTokens().
    [[nodiscard]] Count count(const ChatRequest &request,
                              const Configuration &configuration,
                              const TargetId &target) const;

    void setEncoders(tokens::Encoders encoders) { m_encoders = std::move(encoders); }
    void setCalibration(tokens::Calibration calibration) { m_calibration = std::move(calibration); }
    [[nodiscard]] const tokens::Calibration &calibration() const { return m_calibration; }

private:
    tokens::Calibration m_calibration;
    tokens::Encoders m_encoders;
};

} // namespace signalbox::gateway
