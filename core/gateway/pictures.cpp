// SPDX-License-Identifier: Apache-2.0
#include "core/gateway/pictures.h"

#include "core/base/base64.h"
#include "core/base/bounds.h"
#include "core/base/check.h"

#include <algorithm>
#include <utility>

namespace signalbox::gateway {
namespace {

/// The code is OpenAI's own for a picture it cannot fetch.
ErrorAnswer invalidPicture(const std::string &place, const std::string &why)
{
    ErrorAnswer answer = invalidRequest("The picture at " + place + " " + why + ".", place);
    answer.code = "invalid_image_url";
    return answer;
}

} // namespace

Pictures::Pictures(ExchangeId exchange,
                   const ChatRequest &request,
                   const Configuration &configuration)
    : m_exchange(exchange)
    , m_request(request)
    , m_configuration(configuration)
{
    if (request.needs.contains(Feature::Images)) {
        m_addresses = providers::pictureAddresses(request);
    }
}

const ProviderSettings &Pictures::providerOf(const TargetId &target) const
{
    const ProviderSettings *provider = m_configuration.provider(target.provider());
    SB_CHECK(provider != nullptr);
    return *provider;
}

std::vector<const providers::PictureAddress *> Pictures::wantedBy(const TargetId &target) const
{
    std::vector<const providers::PictureAddress *> wanted;
    const providers::Adapter &adapter = providers::adapterFor(providerOf(target).kind);
    for (const providers::PictureAddress &address : m_addresses) {
        if (adapter.wantsPictureOf(address.url)) {
            wanted.push_back(&address);
        }
    }
    return wanted;
}

const Pictures::Kept *Pictures::find(const std::string &url, bool allowPrivate) const
{
    const auto found = std::ranges::find_if(m_kept, [&](const Kept &kept) {
        return kept.url == url && kept.allowPrivate == allowPrivate;
    });
    return found == m_kept.end() ? nullptr : &*found;
}

bool Pictures::areMissingFor(const TargetId &target) const
{
    if (m_addresses.empty()) {
        return false;
    }
    const bool allowPrivate = providerOf(target).allowPrivateImages;
    return std::ranges::any_of(wantedBy(target), [&](const providers::PictureAddress *address) {
        const Kept *kept = find(address->url, allowPrivate);
        return kept == nullptr || kept->dataUrl.empty();
    });
}

std::optional<ErrorAnswer> Pictures::fetchFor(const TargetId &target, Actions &out)
{
    const bool allowPrivate = providerOf(target).allowPrivateImages;
    for (const providers::PictureAddress *address : wantedBy(target)) {
        if (find(address->url, allowPrivate) != nullptr) {
            continue;
        }
        if (m_kept.size() == bounds::kPicturesPerRequestMax) {
            return invalidPicture(address->place,
                                  "is one too many: at most "
                                      + std::to_string(bounds::kPicturesPerRequestMax)
                                      + " are fetched for a request");
        }
        out.emplace_back(FetchPicture{m_exchange, m_kept.size(), address->url, allowPrivate});
        m_kept.push_back({address->url, address->place, allowPrivate});
        ++m_awaited;
    }
    return std::nullopt;
}

std::optional<ErrorAnswer> Pictures::take(std::size_t number, PictureResult result)
{
    Kept &kept = m_kept.at(number);
    --m_awaited;
    if (!result) {
        return result.error().noRoom
                   ? overloaded()
                   : invalidPicture(kept.place, "cannot be fetched: " + result.error().why);
    }
    m_bytes += result->bytes.size();
    if (m_bytes > bounds::kPictureBytesPerRequestMax) {
        return invalidPicture(kept.place,
                              "is too much: all pictures of a request may have "
                                  + std::to_string(bounds::kPictureBytesPerRequestMax
                                                   / bounds::kMiB)
                                  + " MiB");
    }
    kept.dataUrl.append("data:").append(result->type).append(";base64,");
    appendBase64(kept.dataUrl, result->bytes);
    kept.room = std::move(result->room);
    return std::nullopt;
}

ErrorAnswer Pictures::tooLate() const
{
    const auto late = std::ranges::find_if(m_kept,
                                           [](const Kept &kept) { return kept.dataUrl.empty(); });
    return invalidPicture(late == m_kept.end() ? std::string() : late->place,
                          "cannot be fetched: the request's time was over before it came");
}

void Pictures::cancel(Actions &out)
{
    if (std::exchange(m_awaited, 0) > 0) {
        out.emplace_back(CancelPictures{m_exchange});
    }
}

std::optional<ChatRequest> Pictures::requestFor(const TargetId &target) const
{
    if (m_addresses.empty()) {
        return std::nullopt;
    }
    const bool allowPrivate = providerOf(target).allowPrivateImages;
    std::vector<providers::PictureData> pictures;
    for (const providers::PictureAddress *address : wantedBy(target)) {
        pictures.emplace_back(address->url, find(address->url, allowPrivate)->dataUrl);
    }
    return pictures.empty() ? std::nullopt
                            : std::optional(providers::withPictures(m_request, pictures));
}

const std::optional<ErrorAnswer> &Pictures::refusalOf(const TargetId &target)
{
    static const std::optional<ErrorAnswer> none;
    if (m_addresses.empty()) {
        return none;
    }
    const auto [known, isNew] = m_refusals.try_emplace(target);
    if (!isNew) {
        return known->second;
    }
    const auto request = requestFor(target);
    const ModelSettings *model = m_configuration.model(target);
    const providers::Adapter &adapter = providers::adapterFor(providerOf(target).kind);
    const auto refusal = request ? adapter.refuses(*request, model->name) : std::nullopt;
    if (refusal) {
        known->second = invalidPicture(wantedBy(target).front()->place,
                                       "or another one is refused: " + refusal->text);
        known->second->provider = target.provider();
    }
    return known->second;
}

} // namespace signalbox::gateway
