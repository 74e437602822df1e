// SPDX-License-Identifier: Apache-2.0
// What goes back for one request, when, and how it ends badly if it must.
#pragma once

#include "core/base/time.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace signalbox::simulator {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// The SSE text of one answer, event by event; immutable, written as it is sent.
class StreamWriter
{
public:
    StreamWriter() = default;
    StreamWriter(const StreamWriter &) = delete;
    StreamWriter &operator=(const StreamWriter &) = delete;
    virtual ~StreamWriter() = default;

    /// What comes before the first content.
    [[nodiscard]] virtual std::string opening() const = 0;
    [[nodiscard]] virtual std::size_t pieceCount() const = 0;
    [[nodiscard]] virtual std::string piece(std::size_t index) const = 0;
    /// From the finish to the terminator.
    [[nodiscard]] virtual std::string closing() const = 0;
};

/// How a reply breaks off.
enum class Break {
    None,
    ResetBeforeHead, ///< RST instead of a head
    Hang, ///< nothing is ever sent
    Reset, ///< RST after `breakAfter` pieces
    Cut, ///< FIN after them, in the middle of the HTTP body
    EndEarly, ///< the HTTP body ends properly after them, the connection closes
    Stall ///< nothing more after them, the connection stays
};

/// Names the request that a reply belongs to, for the statistics.
struct Ticket
{
    std::size_t provider = 0;
    std::uint64_t number = 0;
};

/// Times count from the request's arrival.
struct Reply
{
    int status = 200;
    Headers headers;
    std::string body; ///< unless there is a stream
    std::shared_ptr<const StreamWriter> stream;
    std::size_t pieceCount = 0; ///< tokens in the answer, also where it is not streamed
    Nanos headAfter{0};
    Nanos firstPieceAfter{0};
    Nanos perPiece{0};
    Break breakHow = Break::None;
    std::size_t breakAfter = 0;
    std::string lastWords; ///< sent at the break
    std::optional<Nanos>
        holdFor; ///< how long Hang and Stall hold on; nothing: until the peer leaves
    std::optional<Ticket> ticket;
};

} // namespace signalbox::simulator
