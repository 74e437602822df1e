// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/net/picture_fetch.h"

#include "core/http/picture_type.h"
#include "core/http/writer.h"
#include "core/runtime/net/public_address.h"

#include <algorithm>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <utility>

namespace signalbox::runtime {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

namespace {

constexpr std::string_view kNoPicture = "it is no JPEG, PNG, GIF or WebP picture";

http::Limits answerLimits()
{
    http::Limits limits = http::responseLimits();
    limits.bodyBytesMax = bounds::kPictureBytesMax;
    return limits;
}

std::string tooLarge()
{
    return "it is larger than " + std::to_string(bounds::kPictureBytesMax / bounds::kMiB) + " MiB";
}

bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

} // namespace

/// A picture's share of the budget, for as long as somebody holds its bytes.
class PictureFetch::Room
{
public:
    explicit Room(std::shared_ptr<BodyBudget> budget)
        : m_budget(std::move(budget))
    {}
    ~Room() { m_budget->giveBack(m_bytes); }
    Room(const Room &) = delete;
    Room &operator=(const Room &) = delete;

    [[nodiscard]] bool grow(std::uint64_t bytes)
    {
        const bool fits = m_budget->take(bytes);
        m_bytes += fits ? bytes : 0;
        return fits;
    }

private:
    std::shared_ptr<BodyBudget> m_budget;
    std::uint64_t m_bytes = 0;
};

PictureFetch::PictureFetch(const PictureWorld &world, bool allowPrivate, Done done)
    : m_world(world)
    , m_allowPrivate(allowPrivate)
    , m_done(std::move(done))
    , m_timer(world.loop)
    , m_room(std::make_shared<Room>(world.budget))
{}

PictureFetch::~PictureFetch()
{
    cancel();
}

void PictureFetch::start(const std::string &url)
{
    m_timer.expires_after(m_world.terms.patience);
    m_timer.async_wait([weak = weak_from_this()](const error_code &error) {
        const auto self = weak.lock();
        if (self && !error) {
            self->fail("it did not come in time");
        }
    });
    asio::post(m_world.loop, [weak = weak_from_this(), url] {
        if (const auto self = weak.lock()) {
            const bool tooLong = url.size() > bounds::kPictureUrlBytesMax;
            self->go(tooLong ? Failure{http::UrlError::BadPath} : http::parseWebAddress(url));
        }
    });
}

void PictureFetch::refuse()
{
    asio::post(m_world.loop, [weak = weak_from_this()] {
        if (const auto self = weak.lock()) {
            self->fail({}, true);
        }
    });
}

void PictureFetch::cancel()
{
    m_done = nullptr;
    m_timer.cancel();
    if (m_transport) {
        std::exchange(m_transport, nullptr)->close();
    }
}

/// On to \p address: the first one, or where a redirect leads.
void PictureFetch::go(const Result<http::WebAddress, http::UrlError> &address)
{
    if (!m_done) {
        return;
    }
    if (!address) {
        fail("the address cannot be read: " + std::string(http::describe(address.error())));
        return;
    }
    if (!address->origin.secure && !m_allowPrivate) {
        fail("only https addresses are fetched for this provider");
        return;
    }
    m_address = *address;
    resolve();
}

/// Numbers too: a look-up reads `2130706433` and `0177.1` as any program does, and makes of them
/// addresses that can be checked.
void PictureFetch::resolve()
{
    asio::post(m_world.resolvers,
               [weak = weak_from_this(),
                &loop = m_world.loop,
                host = m_address.origin.host,
                port = std::to_string(m_address.origin.port)] {
                   asio::io_context own;
                   tcp::resolver resolver(own);
                   error_code error;
                   Endpoints found;
                   for (const auto &entry :
                        resolver.resolve(host, port, tcp::resolver::numeric_service, error)) {
                       found.push_back(entry.endpoint());
                   }
                   asio::post(loop, [weak, error, found = std::move(found)]() mutable {
                       if (const auto self = weak.lock()) {
                           self->resolved(error, std::move(found));
                       }
                   });
               });
}

void PictureFetch::resolved(const error_code &error, Endpoints found)
{
    if (!m_done) {
        return;
    }
    if (error || found.empty()) {
        fail("its host is not known");
        return;
    }
    if (!m_allowPrivate) {
        const auto &given = m_world.terms.isPublic;
        std::erase_if(found, [&given](const tcp::endpoint &place) {
            return !(given ? given(place.address()) : isPublicAddress(place.address()));
        });
    }
    if (found.empty()) {
        fail("its host is not in the public network");
        return;
    }
    m_parser.emplace(answerLimits());
    m_headTaken = false;
    Transport::Handler &handler = *this;
    m_transport = m_address.origin.secure ? makeTlsTransport(m_world.loop, handler, m_world.tls)
                                          : makePlainTransport(m_world.loop, handler);
    m_transport->connectTo(m_address.origin.host, std::move(found));
}

void PictureFetch::transportConnected()
{
    const http::Headers headers{{"host", m_address.origin.hostHeader()},
                                {"accept", "image/jpeg, image/png, image/gif, image/webp"},
                                {"accept-encoding", "identity"},
                                {"user-agent", "signalbox"},
                                {"connection", "close"}};
    std::string bytes;
    if (!http::appendRequestHead(bytes, "GET", m_address.target, headers)) {
        fail("the address cannot be read");
        return;
    }
    m_transport->send(std::move(bytes));
}

void PictureFetch::transportBytes(std::string_view bytes)
{
    const auto self = shared_from_this(); // what is told may let go of us
    while (!bytes.empty() && m_parser->stage() < http::Stage::Complete) {
        const auto step = m_parser->feed(bytes);
        bytes.remove_prefix(step.taken);
        if (!takeHead() || !takeBody(step.body)) {
            return;
        }
    }
    if (m_parser->stage() == http::Stage::Failed) {
        const bool large = m_parser->error() == http::Error::BodyTooLarge;
        fail(large ? tooLarge() : "its server's answer is malformed");
    } else if (m_parser->stage() == http::Stage::Complete) {
        complete();
    }
}

/// False when there is nothing more to be read here.
bool PictureFetch::takeHead()
{
    if (m_headTaken || !m_parser->hasHead()) {
        return true;
    }
    m_headTaken = true;
    const http::ResponseHead &head = m_parser->head();
    if (isRedirect(head.status)) {
        redirected(head);
        return false;
    }
    if (head.status != 200) {
        fail("its server answered " + std::to_string(head.status));
        return false;
    }
    return true;
}

bool PictureFetch::takeBody(std::string_view bytes)
{
    if (!m_room->grow(bytes.size())) {
        fail({}, true);
        return false;
    }
    const bool unknown = m_bytes.size() < http::kPictureTypeBytes;
    m_bytes.append(bytes);
    if (unknown && m_bytes.size() >= http::kPictureTypeBytes
        && http::pictureType(m_bytes).empty()) {
        fail(std::string(kNoPicture));
        return false;
    }
    return true;
}

void PictureFetch::redirected(const http::ResponseHead &head)
{
    const auto location = head.headers.find("location");
    if (!location) {
        fail("its server redirects to nowhere");
        return;
    }
    if (++m_redirects > bounds::kPictureRedirectsMax) {
        fail("it is redirected more than " + std::to_string(bounds::kPictureRedirectsMax)
             + " times");
        return;
    }
    const auto next = http::resolveReference(m_address, *location);
    std::exchange(m_transport, nullptr)->close();
    go(next);
}

void PictureFetch::transportEnded(TransportEnd end)
{
    const auto self = shared_from_this();
    m_parser->finish();
    if (m_parser->stage() == http::Stage::Complete && m_headTaken) {
        complete();
        return;
    }
    const bool tls = end.outcome == OutcomeClass::TlsFailure;
    fail(m_headTaken ? "its server broke off"
         : tls       ? "its server cannot be trusted"
                     : "its server cannot be reached");
}

void PictureFetch::complete()
{
    const std::string_view type = http::pictureType(m_bytes);
    if (type.empty()) {
        fail(std::string(kNoPicture));
        return;
    }
    finish(gateway::Picture{type, std::move(m_bytes), std::move(m_room)});
}

void PictureFetch::fail(std::string why, bool noRoom)
{
    finish(Failure{gateway::PictureFault{noRoom, std::move(why)}});
}

void PictureFetch::finish(gateway::PictureResult result)
{
    const Done done = std::exchange(m_done, nullptr);
    cancel();
    if (done) {
        done(std::move(result));
    }
}

} // namespace signalbox::runtime
