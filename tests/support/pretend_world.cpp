// SPDX-License-Identifier: Apache-2.0
#include "tests/support/pretend_world.h"

#include "tests/support/dummy_secrets.h"

#include "core/gateway/gateway.h"

#include <queue>

#include <map>
#include <unordered_map>
#include <utility>

namespace signalbox::tests {

using namespace gateway;

namespace {

std::string usageText(const WorldAnswer &answer)
{
    return R"("usage":{"prompt_tokens":)" + std::to_string(answer.promptTokens)
           + R"(,"completion_tokens":)" + std::to_string(answer.completionTokens)
           + R"(,"total_tokens":)" + std::to_string(answer.promptTokens + answer.completionTokens)
           + "}";
}

std::string documentOf(const WorldAnswer &answer)
{
    if (answer.status != 200) {
        return R"({"error":{"message":"out of order","type":"server_error"}})";
    }
    return R"({"id":"a","object":"chat.completion","model":"","choices":[{"index":0,"message":)"
           R"({"role":"assistant","content":"so be it"},"finish_reason":"stop"}],)"
           + usageText(answer) + "}";
}

std::string chunk(const std::string &rest)
{
    return R"(data: {"id":"a","object":"chat.completion.chunk","model":"",)" + rest + "}\n\n";
}

std::string beginningOf(const WorldAnswer & /*answer*/)
{
    return chunk(R"("choices":[{"index":0,"delta":{"content":"so be it"}}])");
}

std::string endingOf(const WorldAnswer &answer)
{
    return chunk(R"("choices":[{"index":0,"delta":{},"finish_reason":"stop"}])")
           + chunk(R"("choices":[],)" + usageText(answer)) + "data: [DONE]\n\n";
}

class World
{
public:
    World(const std::shared_ptr<const Configuration> &configuration,
          const std::vector<WorldRequest> &requests,
          const Nature &nature,
          std::uint64_t seed)
        : m_requests(requests)
        , m_nature(nature)
        , m_start{SteadyTime(kWorldBegins.time_since_epoch()), kWorldBegins}
        , m_now(m_start)
        , m_gateway(GatewayOptions{.version = "test",
                                   .seed = seed,
                                   .stopwatch = [] { return SteadyTime(); },
                                   .hourIn =
                                       [](SystemTime time, const std::string &) {
                                           return static_cast<int>(time.time_since_epoch()
                                                                   / std::chrono::hours(1) % 24);
                                       },
                                   .dayEndIn =
                                       [](SystemTime time, const std::string &) {
                                           return SystemTime(
                                               std::chrono::floor<std::chrono::days>(time)
                                               + std::chrono::days(1));
                                       }},
                    configuration,
                    credentialsOf(*configuration),
                    m_now)
    {}

    std::vector<std::shared_ptr<const RequestRecord>> live()
    {
        for (const WorldRequest &request : m_requests) {
            passUntil(m_start + Nanos(request.at));
            Actions out;
            m_gateway.arrived(request.number + 1, arrivalOf(request), m_now, out);
            perform(out);
        }
        while (!m_planned.empty() || m_gateway.inFlight() > 0) {
            step();
        }
        return std::move(m_records);
    }

private:
    struct Planned
    {
        Now at;
        std::uint64_t order = 0;
        AttemptId attempt = 0;
        int what = 0; ///< 0: connected, 1: head and what there is by then, 2: the rest
        WorldAnswer answer;
        bool stream = false;

        friend bool operator>(const Planned &a, const Planned &b)
        {
            return a.at.steady != b.at.steady ? a.at.steady > b.at.steady : a.order > b.order;
        }
    };

    static Arrival arrivalOf(const WorldRequest &request)
    {
        Arrival arrival;
        arrival.head.method = "POST";
        arrival.head.target = "/v1/chat/completions";
        arrival.head.path = "/v1/chat/completions";
        arrival.head.authority = "localhost:8787";
        arrival.head.headers.add("host", "localhost:8787");
        arrival.head.headers.add("content-type", "application/json");
        arrival.body = R"({"model":")" + request.model + R"(","stream":)"
                       + (request.stream ? "true" : "false")
                       + R"(,"messages":[{"role":"user","content":")" + request.text + R"("}]})";
        return arrival;
    }

    void passUntil(Now until)
    {
        for (auto next = nextAt(); next && *next <= until.steady; next = nextAt()) {
            step();
        }
        m_now = until;
    }

    [[nodiscard]] std::optional<SteadyTime> nextAt() const
    {
        auto next = m_gateway.nextDeadline();
        if (!m_planned.empty()) {
            next = std::min(next.value_or(SteadyTime::max()), m_planned.top().at.steady);
        }
        return next;
    }

    void step()
    {
        const SteadyTime at = std::max(*nextAt(), m_now.steady);
        m_now = m_start + (at - m_start.steady);
        Actions out;
        if (!m_planned.empty() && m_planned.top().at.steady <= at) {
            const Planned planned = m_planned.top();
            m_planned.pop();
            happen(planned, out);
        } else {
            m_gateway.advance(m_now, out);
        }
        perform(out);
    }

    void happen(const Planned &planned, Actions &out)
    {
        const auto tell = [&](const UpstreamEvent &event) {
            m_gateway.upstream(planned.attempt, event, m_now, out);
        };
        const bool streams = planned.stream && planned.answer.status == 200;
        if (planned.what == 0) {
            tell(UpstreamConnected{true});
            return;
        }
        if (planned.what == 1) {
            UpstreamHead head{planned.answer.status, {}};
            head.headers.add("content-type", streams ? "text/event-stream" : "application/json");
            tell(head);
        }
        const bool whole = planned.answer.status != 200 || planned.what == 2;
        std::string text;
        if (streams) {
            text = planned.what == 1 ? beginningOf(planned.answer) : endingOf(planned.answer);
        } else if (whole) {
            text = documentOf(planned.answer);
        }
        if (!text.empty()) {
            tell(UpstreamBytes{text});
        }
        if (whole) {
            tell(UpstreamEnd{});
        }
    }

    void perform(const Actions &actions)
    {
        for (const Action &action : actions) {
            if (const auto *call = std::get_if<CallUpstream>(&action)) {
                begin(*call);
            } else if (const auto *finished = std::get_if<Finished>(&action)) {
                if (finished->record) {
                    m_records.push_back(finished->record);
                }
            }
        }
    }

    void begin(const CallUpstream &call)
    {
        const WorldRequest &request = m_requests[call.exchange - 1];
        const std::string target = call.provider->id + "/" + call.provider->models.front().name;
        const int turn = m_turns[{call.exchange, target}]++;
        const WorldAnswer answer = m_nature({request, target, turn, elapsed(m_start, m_now)});
        const auto plan = [&](Micros after, int what) {
            m_planned.push(
                {m_now + Nanos(after), ++m_order, call.attempt, what, answer, request.stream});
        };
        plan(Micros(0), 0);
        plan(answer.first, 1);
        if (answer.status == 200) {
            plan(answer.total, 2);
        }
    }

    const std::vector<WorldRequest> &m_requests;
    const Nature &m_nature;
    Now m_start;
    Now m_now;
    Gateway m_gateway;
    std::priority_queue<Planned, std::vector<Planned>, std::greater<>> m_planned;
    std::uint64_t m_order = 0;
    std::map<std::pair<ExchangeId, std::string>, int> m_turns;
    std::vector<std::shared_ptr<const RequestRecord>> m_records;
};

} // namespace

std::vector<std::shared_ptr<const RequestRecord>> live(
    const std::shared_ptr<const Configuration> &configuration,
    const std::vector<WorldRequest> &requests,
    const Nature &nature,
    std::uint64_t seed)
{
    return World(configuration, requests, nature, seed).live();
}

} // namespace signalbox::tests
