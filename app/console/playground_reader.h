// SPDX-License-Identifier: GPL-3.0-or-later
// A streamed Chat Completions answer, read piece by piece.
#pragma once

#include "ui/playground_source.h"

#include "core/http/sse_parser.h"

#include <QByteArray>
#include <QJsonObject>

#include <optional>

namespace signalbox::app {

/// The gateway's error object in \p body, or \p status and the beginning of it in words.
ui::PlaygroundFailure readFailure(const QByteArray &body, int status);

/// Gathers what came until it is taken. No more than kAnswerBytesMax are read of one answer.
class PlaygroundReader
{
public:
    static constexpr qsizetype kAnswerBytesMax = 64 * 1024 * 1024;

    /// \p ms: when they came, since it was asked.
    void take(const QByteArray &bytes, double ms = 0);
    /// No more bytes will come: one that ends without its `[DONE]` is a failure.
    void finish(double ms = 0);

    /// Content, reasoning or a call has come.
    [[nodiscard]] bool hasContent() const { return m_hasContent; }
    /// There is something to take.
    [[nodiscard]] bool hasPiece() const;
    /// What came since the last time; run, ids and times are the caller's.
    [[nodiscard]] ui::PlaygroundPiece takePiece();

    [[nodiscard]] const QString &finishReason() const { return m_finishReason; }
    [[nodiscard]] const std::optional<Usage> &usage() const { return m_usage; }
    [[nodiscard]] const std::optional<ui::PlaygroundFailure> &failure() const { return m_failure; }

private:
    void read(const QByteArray &bytes);
    void note(double ms, int text, int reasoning);
    void onEvent(std::string_view data);
    void onDelta(const QJsonObject &delta);
    void onUsage(const QJsonObject &usage);
    void fail(const QString &code, const QString &message);

    http::SseParser m_parser;
    ui::PlaygroundPiece m_piece;
    QString m_finishReason;
    std::optional<Usage> m_usage;
    std::optional<ui::PlaygroundFailure> m_failure;
    qsizetype m_bytes = 0;
    bool m_hasContent = false;
    bool m_done = false;
};

} // namespace signalbox::app
