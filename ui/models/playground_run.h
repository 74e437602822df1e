// SPDX-License-Identifier: GPL-3.0-or-later
// One column's request from its start to its entry in the log.
#pragma once

#include "ui/models/playground_prompt.h"
#include "ui/models/playground_track.h"
#include "ui/playground_source.h"

#include "core/base/time.h"
#include "core/domain/record.h"
#include "core/domain/usage.h"

#include <optional>

namespace signalbox::ui {

/// What a run cost and how long it took. Seen from here until the log has it, then the log's own.
struct PlaygroundFigures
{
    std::optional<Micros> firstToken = {};
    std::optional<Micros> total = {};
    std::optional<Usage> usage = {};
    std::optional<Cost> cost = {}; ///< nothing: not known yet; an unknown price is inside
    std::optional<int> attempts = {};
    std::optional<TokenPrice> outputPrice = {}; ///< of the attempt that answered, where it is known
    bool logged = false; ///< these are the figures of the log's entry

    friend bool operator==(const PlaygroundFigures &, const PlaygroundFigures &) = default;
};

/// The log's figures of \p record.
PlaygroundFigures figuresOf(const RequestRecord &record);
/// Output tokens over the time from the first to the end; nothing where that says nothing.
std::optional<double> tokensPerSecond(const PlaygroundFigures &figures);

class PlaygroundRun;

/// The calls that \p run ended with; one without an id gets one.
QList<PlaygroundCall> callsOf(const PlaygroundRun &run);

class PlaygroundRun
{
public:
    struct Kept;

    enum class State : std::uint8_t {
        Idle, ///< nothing was asked yet
        Waiting, ///< for the first token
        Streaming,
        Finished,
        Stopped, ///< by us
        Failed,
    };

    PlaygroundRun() = default;
    PlaygroundRun(quint64 number, PlaygroundAsk ask);
    /// One of another day. It takes nothing more.
    explicit PlaygroundRun(Kept kept);

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] bool isRunning() const
    {
        return m_state == State::Waiting || m_state == State::Streaming;
    }
    [[nodiscard]] quint64 number() const { return m_number; }
    [[nodiscard]] const PlaygroundAsk &ask() const { return m_ask; }
    /// What the request carries as `x-request-id`.
    [[nodiscard]] const QString &requestId() const { return m_requestId; }
    /// The gateway's own id; empty: not known yet.
    [[nodiscard]] const QString &id() const { return m_id; }
    [[nodiscard]] const QString &target() const { return m_target; }
    [[nodiscard]] const QString &text() const { return m_text; }
    [[nodiscard]] const QString &reasoning() const { return m_reasoning; }
    [[nodiscard]] const std::vector<ToolPiece> &tools() const { return m_tools; }
    /// When what came.
    [[nodiscard]] const PlaygroundTrack &track() const { return m_track; }
    [[nodiscard]] const QString &finishReason() const { return m_finishReason; }
    [[nodiscard]] const PlaygroundFigures &figures() const { return m_figures; }
    [[nodiscard]] const std::optional<PlaygroundFailure> &failure() const { return m_failure; }
    /// All of it, to be kept.
    [[nodiscard]] Kept kept() const;
    [[nodiscard]] QString outcome() const; ///< the log's word for how it ended; empty before

    /// Each is false when it is not this run's.
    bool take(const PlaygroundPiece &piece);
    bool take(const PlaygroundEnd &end);
    /// From then on the figures are the record's.
    bool take(const RequestRecord &record);

private:
    State m_state = State::Idle;
    quint64 m_number = 0;
    PlaygroundAsk m_ask;
    QString m_requestId;
    QString m_id;
    QString m_target;
    QString m_text;
    QString m_reasoning;
    std::vector<ToolPiece> m_tools;
    PlaygroundTrack m_track;
    QString m_finishReason;
    PlaygroundFigures m_figures;
    std::optional<PlaygroundFailure> m_failure;
    std::optional<OutcomeClass> m_outcome;
};

/// What is kept of a run that has ended.
struct PlaygroundRun::Kept
{
    quint64 number = 0;
    State state = State::Finished;
    PlaygroundAsk ask = {};
    QString requestId = {};
    QString id = {};
    QString target = {};
    QString text = {};
    QString reasoning = {};
    std::vector<ToolPiece> tools = {};
    PlaygroundTrack track = {};
    QString finishReason = {};
    PlaygroundFigures figures = {};
    std::optional<PlaygroundFailure> failure = {};
};

} // namespace signalbox::ui
