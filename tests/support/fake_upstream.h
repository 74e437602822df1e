// SPDX-License-Identifier: Apache-2.0
// An upstream that does to the byte what a test tells it to.
#pragma once

#include "tests/support/patience.h"

#include <atomic>
#include <cstddef>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <variant>
#include <vector>

namespace signalbox::tests {

/// Waits for one whole request (head, and a body by Content-Length).
struct ReadRequest
{};
struct SendBytes
{
    std::string bytes;
};
struct Pause
{
    milliseconds time;
};
/// Sends the same piece again and again until the other side leaves or \a total bytes are out.
struct Flood
{
    std::string piece;
    std::size_t total = 0;
};
/// Waits until the other side closes.
struct AwaitEnd
{};
/// Ends with RST instead of FIN.
struct Reset
{};

/// What happens on one connection; when it is through, the connection is closed.
using Script = std::vector<std::variant<ReadRequest, SendBytes, Pause, Flood, AwaitEnd, Reset>>;

/// Listens on a port of its own from its construction on. Connections get the scripts in their
/// order, and the last one again and again. Threads inside; the questions may come from any.
class FakeUpstream
{
public:
    explicit FakeUpstream(std::vector<Script> scripts);
    ~FakeUpstream();
    FakeUpstream(const FakeUpstream &) = delete;
    FakeUpstream &operator=(const FakeUpstream &) = delete;

    [[nodiscard]] int port() const { return m_port; }
    [[nodiscard]] std::string baseUrl() const;
    /// Requests read whole, in the order of their arrival.
    [[nodiscard]] std::vector<std::string> requests() const;
    [[nodiscard]] std::size_t connections() const;
    /// When the other side was first seen to have closed the nth connection.
    [[nodiscard]] std::optional<Clock::time_point> leftAt(std::size_t connection) const;
    /// Bytes handed to the kernel by floods.
    [[nodiscard]] std::size_t flooded() const { return m_flooded; }

private:
    class Conversation;

    void accept();

    std::vector<Script> m_scripts;
    int m_listener = -1;
    int m_port = 0;
    std::atomic<bool> m_stopping = false;
    std::atomic<std::size_t> m_flooded = 0;
    mutable std::mutex m_mutex;
    std::vector<std::string> m_requests;
    std::vector<std::optional<Clock::time_point>> m_leftAt;
    std::list<std::jthread> m_conversations;
    std::jthread m_accepting;
};

/// An OpenAI answer that is not streamed, as bytes on the wire.
std::string jsonAnswer(const std::string &body, int status = 200, const std::string &headers = {});
std::string chatAnswer(const std::string &text);
/// The head of a chunked event stream, pieces of it, and its end.
std::string streamHead();
std::string streamPiece(const std::string &bytes);
std::string streamEnd();
/// One chunk of a chat stream as an event; \p finish is its finish_reason.
std::string deltaEvent(const std::string &text, const std::string &finish = {});

} // namespace signalbox::tests
