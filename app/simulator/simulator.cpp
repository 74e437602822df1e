// SPDX-License-Identifier: Apache-2.0
#include "app/simulator/simulator.h"

#include "app/simulator/listener.h"
#include "app/simulator/present_time.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <future>
#include <thread>

namespace signalbox::simulator {

namespace {

namespace asio = boost::asio;

/// How often a timetable is looked at to open and close providers' own ports.
constexpr Millis kTick{20};

} // namespace

/// All that lives from start() to stop(). The order of members is the order of destruction reversed:
/// connections die with the io_context and report to the world as they do.
class Simulator::Engine
{
public:
    explicit Engine(const Scenario &scenario)
        : m_world(scenario, presentTime())
        , m_station{m_world, [this] { adjustPorts(); }}
        , m_tick(m_io)
    {}

    Engine(const Engine &) = delete;
    Engine &operator=(const Engine &) = delete;

    ~Engine()
    {
        m_io.stop();
        if (m_thread.joinable()) {
            m_thread.join();
        }
    }

    [[nodiscard]] const Listener &main() const { return *m_listeners.front(); }

    [[nodiscard]] std::optional<int> ownPort(const std::string &provider) const
    {
        for (const auto &listener : m_listeners) {
            if (listener->ownPortOf()
                && m_world.providers()[*listener->ownPortOf()].id == provider) {
                return listener->port();
            }
        }
        return std::nullopt;
    }

    Status<ListenError> listen(const std::string &host, int port)
    {
        boost::system::error_code error;
        const asio::ip::address address = asio::ip::make_address(host == "localhost" ? "127.0.0.1"
                                                                                     : host,
                                                                 error);
        if (!error) {
            error = add({address, static_cast<std::uint16_t>(port)}, std::nullopt);
        }
        for (std::size_t i = 0; i < m_world.providers().size() && !error; ++i) {
            if (m_world.providers()[i].ownPort) {
                error = add({address, 0}, i);
            }
        }
        if (error) {
            return Failure{ListenError{host + ":" + std::to_string(port), error.message()}};
        }
        adjustPorts();
        if (m_listeners.size() > 1) {
            tick();
        }
        m_thread = std::thread([this] { m_io.run(); });
        return Nothing{};
    }

    /// Runs \p ask on the simulator's thread and waits for what it returns.
    template <typename Ask>
    auto onThread(Ask ask)
    {
        std::promise<decltype(ask(m_world))> promise;
        auto answer = promise.get_future();
        asio::post(m_io, [&] {
            auto value = ask(m_world);
            adjustPorts();
            promise.set_value(std::move(value));
        });
        return answer.get();
    }

private:
    boost::system::error_code add(const asio::ip::tcp::endpoint &endpoint,
                                  std::optional<std::size_t> ownPortOf)
    {
        m_listeners.push_back(std::make_unique<Listener>(m_io, m_station, ownPortOf));
        const boost::system::error_code error = m_listeners.back()->bind(endpoint);
        if (ownPortOf) {
            m_world.setPort(*ownPortOf, m_listeners.back()->port());
        }
        return error;
    }

    void adjustPorts()
    {
        const SteadyTime now = presentTime().steady;
        for (const auto &listener : m_listeners) {
            if (listener->ownPortOf()) {
                listener->setOpen(!m_world.isClosed(*listener->ownPortOf(), now));
            }
        }
    }

    void tick()
    {
        m_tick.expires_after(kTick);
        m_tick.async_wait([this](boost::system::error_code error) {
            if (error) {
                return;
            }
            adjustPorts();
            tick();
        });
    }

    World m_world;
    Station m_station;
    asio::io_context m_io;
    asio::steady_timer m_tick;
    std::vector<std::unique_ptr<Listener>> m_listeners;
    std::thread m_thread;
};

Simulator::Simulator(Scenario scenario)
    : m_scenario(std::move(scenario))
{}

Simulator::~Simulator() = default;

int Simulator::port() const
{
    return m_engine ? m_engine->main().port() : 0;
}

std::string Simulator::url() const
{
    if (!m_engine) {
        return {};
    }
    const std::string host = m_engine->main().address();
    const bool bracket = host.find(':') != std::string::npos;
    return "http://" + (bracket ? "[" + host + "]" : host) + ":" + std::to_string(port());
}

std::string Simulator::baseUrl(const std::string &provider) const
{
    if (const std::optional<int> own = ownPort(provider)) {
        const std::string root = url();
        return root.substr(0, root.rfind(':') + 1) + std::to_string(*own) + "/v1";
    }
    return url() + "/" + provider + "/v1";
}

std::optional<int> Simulator::ownPort(const std::string &provider) const
{
    return m_engine ? m_engine->ownPort(provider) : std::nullopt;
}

std::string Simulator::state(bool withRequests) const
{
    if (!m_engine) {
        return "{}";
    }
    return m_engine->onThread(
        [withRequests](World &world) { return toText(world.state(withRequests, presentTime())); });
}

Status<ListenError> Simulator::start(const std::string &host, int port)
{
    stop();
    auto engine = std::make_unique<Engine>(m_scenario);
    Status<ListenError> listening = engine->listen(host, port);
    if (listening) {
        m_engine = std::move(engine);
    }
    return listening;
}

void Simulator::stop()
{
    m_engine.reset();
}

std::optional<std::uint64_t> Simulator::addFault(const Fault &fault)
{
    if (!m_engine) {
        return std::nullopt;
    }
    return m_engine->onThread(
        [&fault](World &world) { return world.addFault(fault, presentTime().steady); });
}

bool Simulator::removeFault(std::uint64_t id)
{
    return m_engine && m_engine->onThread([id](World &world) { return world.removeFault(id); });
}

void Simulator::clearFaults(const std::string &provider)
{
    if (m_engine) {
        m_engine->onThread([&provider](World &world) { return world.clearFaults(provider); });
    }
}

} // namespace signalbox::simulator
