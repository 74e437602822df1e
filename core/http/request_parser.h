// SPDX-License-Identifier: Apache-2.0
// Requests out of a client connection's bytes, strictly.
#pragma once

#include "core/http/body_reader.h"
#include "core/http/error.h"
#include "core/http/head_reader.h"
#include "core/http/limits.h"
#include "core/http/message.h"
#include "core/http/request_head.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace signalbox::http {

/// Reads one request after the other. The caller feeds what it received and asks for the stage:
/// \code
/// while (!bytes.empty() && parser.stage() < Stage::Complete) {
///     bytes.remove_prefix(parser.feed(bytes));   // stops when the stage changes
/// }
/// \endcode
/// When Complete, what is left of the bytes belongs to the next request, after reset().
class RequestParser
{
public:
    explicit RequestParser(const Limits &limits = {});

    [[nodiscard]] Stage stage() const { return m_stage; }
    /// A byte of the request has come: the time allowed for its head is running.
    [[nodiscard]] bool begun() const;
    /// All header lines were read, though they may have been refused: the path tells in which
    /// shape to answer.
    [[nodiscard]] bool hasHead() const { return m_hasHead; }
    /// \pre hasHead()
    [[nodiscard]] const RequestHead &head() const;
    /// \pre stage() is Failed
    [[nodiscard]] Error error() const;
    /// What has come of the body, without its framing.
    [[nodiscard]] const std::string &body() const { return m_body; }

    /// Takes bytes until the stage changes and returns how many; at least one of them, unless
    /// the stage is Complete or Failed.
    std::size_t feed(std::string_view bytes);
    /// \pre stage() is Complete
    [[nodiscard]] RequestHead takeHead();
    /// \pre stage() is Complete
    [[nodiscard]] std::string takeBody();
    /// Ready for the next request.
    /// \pre stage() is Complete
    void reset();

private:
    void feedHead(std::string_view &bytes);
    void feedBody(std::string_view &bytes);
    void endHead();
    void fail(Error error);

    Limits m_limits;
    HeadReader m_headReader;
    BodyReader m_bodyReader;
    Stage m_stage = Stage::Head;
    bool m_hasHead = false;
    RequestHead m_head;
    std::string m_body;
    std::optional<Error> m_error;
};

} // namespace signalbox::http
