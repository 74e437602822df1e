// SPDX-License-Identifier: Apache-2.0
// The pictures that one request names by their address and a provider wants in the request itself.
#pragma once

#include "core/domain/chat_request.h"
#include "core/domain/settings.h"
#include "core/gateway/error_answer.h"
#include "core/gateway/ports.h"
#include "core/providers/pictures.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace signalbox::gateway {

/// Each picture is fetched once, however many targets want it; but what was fetched for a provider
/// that may have private pictures is not shown to one that may not.
class Pictures
{
public:
    /// \p request and \p configuration outlive it.
    Pictures(ExchangeId exchange, const ChatRequest &request, const Configuration &configuration);

    /// \p target needs pictures that are not here.
    [[nodiscard]] bool areMissingFor(const TargetId &target) const;
    /// Asks for them. An error when there are too many. \pre areMissingFor(target)
    [[nodiscard]] std::optional<ErrorAnswer> fetchFor(const TargetId &target, Actions &out);
    /// Takes what came of one; an error when the request must end for it.
    [[nodiscard]] std::optional<ErrorAnswer> take(std::size_t number, PictureResult result);
    /// Some that were asked for have not come.
    [[nodiscard]] bool areAwaited() const { return m_awaited > 0; }
    /// What a request whose time is over before they came ends with.
    [[nodiscard]] ErrorAnswer tooLate() const;
    void cancel(Actions &out);

    /// The request as \p target is to get it; nothing: as it came. \pre none is missing for it
    [[nodiscard]] std::optional<ChatRequest> requestFor(const TargetId &target) const;
    /// Why \p target cannot take the pictures that are here. \pre none is missing for it
    [[nodiscard]] const std::optional<ErrorAnswer> &refusalOf(const TargetId &target);

private:
    struct Kept
    {
        std::string url;
        std::string place;
        bool allowPrivate = false;
        std::string dataUrl = {}; ///< empty until it came
        std::shared_ptr<void> room = {};
    };

    [[nodiscard]] const Kept *find(const std::string &url, bool allowPrivate) const;
    [[nodiscard]] std::vector<const providers::PictureAddress *> wantedBy(
        const TargetId &target) const;
    [[nodiscard]] const ProviderSettings &providerOf(const TargetId &target) const;

    ExchangeId m_exchange;
    const ChatRequest &m_request;
    const Configuration &m_configuration;
    std::vector<providers::PictureAddress> m_addresses;
    std::vector<Kept> m_kept; ///< asked for, by their number
    std::size_t m_awaited = 0;
    std::size_t m_bytes = 0;
    std::map<TargetId, std::optional<ErrorAnswer>> m_refusals;
};

} // namespace signalbox::gateway
