// SPDX-License-Identifier: Apache-2.0
#include "app/demo/traffic.h"

#include "core/http/url.h"

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/write.hpp>
#include <cmath>
#include <memory>
#include <string_view>
#include <utility>

namespace signalbox::app {

namespace asio = boost::asio;
using boost::system::error_code;

namespace {

constexpr double kRequestsPerSecond = 6;

struct Question
{
    std::string_view route;
    std::string_view system;
    std::string_view text;
};

constexpr std::array<Question, 14> kQuestions = {{
    {"support",
     "You answer for a web shop.",
     R"(Where is my parcel? The tracking page has said \"in transit\" for six days.)"},
    {"support", "You answer for a web shop.", "我的订单已经付款三天了,还没有发货,请帮我查一下。"},
    {"support", "You answer for a web shop.", "Can I return shoes that I wore once, indoors?"},
    {"support", "You answer for a web shop.", "优惠券为什么不能和满减活动一起使用?"},
    {"support", "You answer for a web shop.", "你好,请问退货的运费由谁承担?需要几天能退款?"},
    {"support",
     "You answer for a web shop.",
     "The invoice shows the wrong company name, how do I change it?"},
    {"code",
     "You are a careful reviewer.",
     "Explain what this does and where it can fail: for (auto it = v.begin(); it != v.end(); ++it) "
     "if (*it == x) v.erase(it);"},
    {"code",
     "You are a careful reviewer.",
     "Write a SQL query for the third highest salary of each department."},
    {"code",
     "You are a careful reviewer.",
     "Why does this Python default argument keep growing: def f(x, acc=[]): acc.append(x); return "
     "acc"},
    {"chat", "", "Give me three ideas for a rainy Sunday with two children."},
    {"chat", "", "What is the difference between a semaphore signal and a colour light signal?"},
    {"chat", "", "用三句话解释什么是熔断器模式。"},
    {"chat", "", "Summarise the plot of Hamlet in four sentences."},
    {"chat", "", "Which is the better bread knife: long or short, and why?"},
}};

std::string requestFor(const Question &question,
                       const std::string &route,
                       const std::string &host,
                       bool stream)
{
    std::string body = R"({"model":")" + route + R"(","messages":[)";
    if (!question.system.empty()) {
        body += R"({"role":"system","content":")" + std::string(question.system) + R"("},)";
    }
    body += R"({"role":"user","content":")" + std::string(question.text) + R"("}])";
    body += stream ? R"(,"stream":true})" : "}";
    return "POST /v1/chat/completions HTTP/1.1\r\nhost: " + host
           + "\r\ncontent-type: application/json\r\nconnection: close\r\nx-signalbox-metadata-app: "
           + route + "\r\ncontent-length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

/// One request: written, then read to its end, or left after a while.
class Caller : public std::enable_shared_from_this<Caller>
{
public:
    Caller(asio::io_context &loop, std::string request)
        : m_socket(loop)
        , m_patience(loop)
        , m_request(std::move(request))
    {}

    void start(const asio::ip::tcp::endpoint &gateway, std::chrono::milliseconds patience)
    {
        m_patience.expires_after(patience);
        m_patience.async_wait([self = shared_from_this()](const error_code &error) {
            if (!error) {
                self->leave();
            }
        });
        m_socket.async_connect(gateway, [self = shared_from_this()](const error_code &error) {
            if (error) {
                self->leave();
                return;
            }
            asio::async_write(self->m_socket,
                              asio::buffer(self->m_request),
                              [self](const error_code &failure, std::size_t) {
                                  failure ? self->leave() : self->read();
                              });
        });
    }

private:
    void read()
    {
        m_socket.async_read_some(asio::buffer(m_buffer),
                                 [self = shared_from_this()](const error_code &error, std::size_t) {
                                     error ? self->leave() : self->read();
                                 });
    }

    void leave()
    {
        error_code ignored;
        m_socket.close(ignored);
        m_patience.cancel();
    }

    asio::ip::tcp::socket m_socket;
    asio::steady_timer m_patience;
    std::string m_request;
    std::array<char, 4096> m_buffer{};
};

} // namespace

Traffic::Traffic(const std::string &url, std::vector<std::string> routes)
    : m_work(asio::make_work_guard(m_loop))
    , m_timer(m_loop)
    , m_routes(std::move(routes))
{
    const auto parsed = http::parseUrl(url);
    if (parsed) {
        error_code error;
        const auto address = asio::ip::make_address(parsed->host, error);
        m_gateway = {error ? asio::ip::make_address("127.0.0.1") : address, parsed->port};
        m_host = parsed->hostHeader();
    }
    scheduleNext();
    m_thread = std::thread([this] { m_loop.run(); });
}

Traffic::~Traffic()
{
    m_loop.stop();
    m_thread.join();
}

/// Independent arrivals: exponential gaps, as real callers have.
void Traffic::scheduleNext()
{
    const double seconds = -std::log(1 - m_random.unit()) / kRequestsPerSecond;
    m_timer.expires_after(std::chrono::microseconds(static_cast<std::int64_t>(seconds * 1e6)));
    m_timer.async_wait([this](const error_code &error) {
        if (!error) {
            ask();
            scheduleNext();
        }
    });
}

void Traffic::ask()
{
    constexpr std::uint64_t kEveryNthGivesUp = 40;
    const Question &question = kQuestions[m_random.below(kQuestions.size())];
    const bool stream = m_random.unit() < 0.75;
    const bool givesUp = ++m_asked % kEveryNthGivesUp == 0;
    const std::string route = m_routes.empty() ? std::string(question.route)
                                               : m_routes[m_random.below(m_routes.size())];
    std::make_shared<Caller>(m_loop, requestFor(question, route, m_host, stream))
        ->start(m_gateway, givesUp ? std::chrono::milliseconds(900) : std::chrono::minutes(2));
}

} // namespace signalbox::app
