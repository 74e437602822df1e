// SPDX-License-Identifier: GPL-3.0-or-later
// The playground's way to the gateway: questions go out, answers come in pieces, nothing waits.
#pragma once

#include "core/base/money.h"
#include "core/domain/usage.h"

#include <QByteArray>
#include <QList>
#include <QObject>
#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

namespace signalbox::ui {

/// One column's request: Chat Completions, streamed.
struct PlaygroundQuestion
{
    quint64 run = 0; ///< the asker's, never used again
    QString requestId = {}; ///< `x-request-id`: the log's entry has it too
    QByteArray body = {};
};

/// A piece of a call that the model wants made; pieces of one call have its number.
struct ToolPiece
{
    int index = 0;
    QString name = {}; ///< in the first piece
    QString arguments = {};
    QString id = {}; ///< in the first piece; the answer to the call names it

    friend bool operator==(const ToolPiece &, const ToolPiece &) = default;
};

/// So many UTF-16 units of text and reasoning had come with what was read at that moment.
struct PlaygroundArrival
{
    double ms = 0; ///< since it was asked
    int text = 0;
    int reasoning = 0;

    friend bool operator==(const PlaygroundArrival &, const PlaygroundArrival &) = default;
};

/// What came since the last piece.
struct PlaygroundPiece
{
    quint64 run = 0;
    QString id = {}; ///< the gateway's own for the request; empty: no head has come
    QString target = {}; ///< that answers
    QString text = {};
    QString reasoning = {};
    std::vector<ToolPiece> tools = {};
    std::optional<double> firstTokenMs = {}; ///< as seen from here, with the first content
    /// Of text and reasoning, in order; their sums are the lengths of both.
    QList<PlaygroundArrival> arrivals = {};

    friend bool operator==(const PlaygroundPiece &, const PlaygroundPiece &) = default;
};

struct PlaygroundAttempt
{
    QString target;
    int status = 0; ///< 0: there was no answer
    QString reason;
    double ms = 0;

    friend bool operator==(const PlaygroundAttempt &, const PlaygroundAttempt &) = default;
};

/// The gateway's error, or the line's where there is no gateway.
struct PlaygroundFailure
{
    int status = 0; ///< 0: the gateway was not reached
    QString code = {};
    QString message = {};
    QString origin = {}; ///< `client`, `gateway` or `upstream`
    QString provider = {};
    std::vector<PlaygroundAttempt> attempts = {};

    friend bool operator==(const PlaygroundFailure &, const PlaygroundFailure &) = default;
};

struct PlaygroundEnd
{
    quint64 run = 0;
    bool stopped = false; ///< by us
    QString finishReason = {};
    std::optional<Usage> usage = {};
    std::optional<PlaygroundFailure> failure = {};
    std::optional<int> attempts = {}; ///< as the head said
    double totalMs = 0; ///< as seen from here
};

/// What a request would be, before it is sent.
struct PlaygroundCount
{
    std::optional<std::int64_t> tokens = {}; ///< of the prompt
    bool exact = false;
    std::optional<Money> ceiling = {}; ///< the most it can cost; nothing: no price is known
    QString problem = {}; ///< why there is no figure, in a sentence
};

/// Lives on the UI thread, as do all its callers. No function of it ever blocks.
class PlaygroundSource : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Why nothing can be asked, in a sentence; empty: it can.
    [[nodiscard]] virtual QString whyNot() const = 0;
    /// The gateway's base address, for shells; without any key.
    [[nodiscard]] virtual QString address() const = 0;
    /// Sends it, past the gateway's cache. Answered by pieces and one `ended`.
    virtual void ask(const PlaygroundQuestion &question) = 0;
    /// Hangs up; `ended` follows at once. No such run: nothing happens.
    virtual void stop(quint64 run) = 0;
    /// Counts a Messages body at the gateway; nothing goes to a provider. Answered by `counted`
    /// with \p id.
    virtual void count(quint64 id, const QByteArray &body) = 0;

Q_SIGNALS:
    /// At most twenty a second for each run.
    void piece(const signalbox::ui::PlaygroundPiece &piece);
    void ended(const signalbox::ui::PlaygroundEnd &end);
    void counted(quint64 id, const signalbox::ui::PlaygroundCount &count);
    /// whyNot() answers differently now.
    void changed();
};

} // namespace signalbox::ui
