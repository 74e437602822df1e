// SPDX-License-Identifier: Apache-2.0
// Answers out of an upstream connection's bytes; bodies pass through in pieces.
#pragma once

#include "core/http/body_reader.h"
#include "core/http/error.h"
#include "core/http/head_reader.h"
#include "core/http/limits.h"
#include "core/http/message.h"
#include "core/http/response_head.h"

#include <cstddef>
#include <optional>
#include <string_view>

namespace signalbox::http {

/// Reads the answer to one request. The caller feeds what it received and hands on the pieces:
/// \code
/// while (!bytes.empty() && parser.stage() < Stage::Complete) {
///     const auto step = parser.feed(bytes);
///     bytes.remove_prefix(step.taken);
///     consume(step.body);                 // a view into bytes, possibly empty
/// }
/// \endcode
/// Interim answers (100, 103) are read over. When the connection ends: finish().
class ResponseParser
{
public:
    /// What one feed() did.
    struct Step
    {
        std::size_t taken = 0; ///< bytes to drop from the front
        std::string_view body; ///< decoded body bytes within those
    };

    explicit ResponseParser(const Limits &limits = responseLimits(), bool answersHead = false);

    [[nodiscard]] Stage stage() const { return m_stage; }
    /// A byte of an answer has come. If not, and the connection was an old one, the request may
    /// be sent again on a new one.
    [[nodiscard]] bool begun() const;
    /// The final answer's head is there and sound.
    [[nodiscard]] bool hasHead() const { return m_hasHead; }
    /// \pre hasHead()
    [[nodiscard]] const ResponseHead &head() const;
    /// \pre stage() is Failed
    [[nodiscard]] Error error() const;
    /// The message is complete and nothing speaks against another request on this connection.
    [[nodiscard]] bool reusable() const;

    /// Lets the body grow beyond its limit: it is a stream, and its events have their own.
    /// \pre stage() is Body
    void streamBody();
    /// Takes bytes until the stage changes or a piece of the body can be handed out; at least
    /// one, unless the stage is Complete or Failed. Bytes fed after the end are not taken and
    /// make the connection unusable for more.
    Step feed(std::string_view bytes);
    /// The connection ended. An answer that is not complete by then fails with Error::Cut.
    void finish();
    /// Ready for the answer to the next request on the same connection.
    /// \pre reusable()
    void reset(bool answersHead = false);

private:
    void feedHead(std::string_view &bytes);
    void endHead();
    void fail(Error error);

    Limits m_limits;
    HeadReader m_headReader;
    BodyReader m_bodyReader;
    Stage m_stage = Stage::Head;
    bool m_answersHead = false;
    bool m_hasHead = false;
    bool m_spoilt = false; ///< bytes came after the end, or the connection ended
    std::size_t m_interimAnswers = 0;
    ResponseHead m_head;
    std::optional<Error> m_error;
};

} // namespace signalbox::http
