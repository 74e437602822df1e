// SPDX-License-Identifier: Apache-2.0
// What goes into the gateway and what comes out: the whole of its contact with the world.
#pragma once

#include "core/base/result.h"
#include "core/base/secret.h"
#include "core/cache/semantic_index.h"
#include "core/domain/outcome.h"
#include "core/domain/record.h"
#include "core/domain/settings.h"
#include "core/http/headers.h"
#include "core/http/request_head.h"
#include "core/providers/adapter.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace signalbox::gateway {

/// One request of one client, numbered by the rim; never used again.
using ExchangeId = std::uint64_t;
/// One upstream call, numbered by the gateway; never used again.
using AttemptId = std::uint64_t;

/// A client's whole request, its limits already held by the codec.
struct Arrival
{
    http::RequestHead head;
    std::string body;
};

// ---- what happens to an upstream call --------------------------------------------------------

struct UpstreamConnected
{
    bool reused = false; ///< an idle connection was taken from the pool
};

struct UpstreamHead
{
    int status = 0;
    http::Headers headers;
};

struct UpstreamBytes
{
    std::string_view bytes; ///< valid during the call only
};

/// The message is complete by HTTP's rules.
struct UpstreamEnd
{};

/// The call failed below HTTP, or its bytes were no HTTP.
struct UpstreamFailed
{
    OutcomeClass outcome = OutcomeClass::ConnectionReset;
    std::string detail; ///< short, for people
};

using UpstreamEvent =
    std::variant<UpstreamConnected, UpstreamHead, UpstreamBytes, UpstreamEnd, UpstreamFailed>;

// ---- what comes of a picture -----------------------------------------------------------------

/// A picture, fetched and found to be one.
struct Picture
{
    std::string_view type; ///< as http::pictureType() tells it
    std::string bytes;
    std::shared_ptr<void> room; ///< its share of the rim's memory; held as long as its bytes are
};

struct PictureFault
{
    bool noRoom = false; ///< the gateway has its hands full; else it is the address's fault
    std::string why; ///< for people, without the address
};

using PictureResult = Result<Picture, PictureFault>;

// ---- what the rim is asked to do -------------------------------------------------------------

struct CallUpstream
{
    ExchangeId exchange = 0;
    AttemptId attempt = 0;
    std::shared_ptr<const Configuration> configuration; ///< keeps \a provider alive
    const ProviderSettings *provider = nullptr;
    providers::HttpCall call;
    Secret key; ///< empty when the provider has none
};

/// No event of this attempt is wanted any more; its connection is closed.
struct CancelUpstream
{
    AttemptId attempt = 0;
};

/// The answer is complete for us. What the connection still delivers is read over, briefly, so
/// that it can be used again.
struct ReleaseUpstream
{
    AttemptId attempt = 0;
};

/// The head of the answer, and all of its body unless \a streamed.
struct Respond
{
    ExchangeId exchange = 0;
    int status = 200;
    http::Headers headers;
    std::string body;
    bool streamed = false;
};

struct SendBytes
{
    ExchangeId exchange = 0;
    std::string bytes;
};

/// The streamed body is over; the connection may serve the next request.
struct EndStream
{
    ExchangeId exchange = 0;
};

/// The exchange is over and forgotten. Nothing follows for it.
struct Finished
{
    ExchangeId exchange = 0;
    std::shared_ptr<const RequestRecord> record; ///< null for what is not recorded (health, models)
};

/// Gateway::picture() is told once what came of it, never from inside this action.
struct FetchPicture
{
    ExchangeId exchange = 0;
    std::size_t number = 0; ///< of the picture within the exchange
    std::string url;
    bool allowPrivate = false; ///< also over plain http, and where only this network leads
};

/// No picture of the exchange is wanted any more.
struct CancelPictures
{
    ExchangeId exchange = 0;
};

/// Gateway::compared() is told once what came of it, never from inside this action. What
/// AnswerCache::takeIndexOrders() has by then is carried out before.
struct CompareQuestion
{
    ExchangeId exchange = 0;
    cache::Digest scope;
    std::string question;
    std::shared_ptr<const cache::Embedding> point; ///< null: by the built-in embedder
    cache::IndexSettings settings;
};

using Action = std::variant<CallUpstream,
                            CancelUpstream,
                            ReleaseUpstream,
                            FetchPicture,
                            CancelPictures,
                            CompareQuestion,
                            Respond,
                            SendBytes,
                            EndStream,
                            Finished>;
using Actions = std::vector<Action>;

/// The secrets a configuration names, as read by the rim.
struct Credentials
{
    struct ProviderKeys
    {
        std::string provider;
        std::vector<Secret> keys; ///< in the file's order; an empty one could not be read
    };
    struct ClientKey
    {
        std::string client;
        Secret key;
    };
    std::vector<ProviderKeys> providers;
    std::vector<ClientKey> clients;
    /// Who shows one may use every route, as the client kConsoleClient: the console beside the
    /// gateway has one made at random, and operators' tokens are such keys.
    std::vector<Secret> consoles = {};
};

} // namespace signalbox::gateway
