// SPDX-License-Identifier: GPL-3.0-or-later
// What a playground asks: turns and parameters, and the requests they make.
#pragma once

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

namespace signalbox::ui {

enum class TurnRole : std::uint8_t {
    System,
    User,
    Assistant
};

inline constexpr int kTurnRoleCount = 3;

/// `system`, `user`, `assistant`.
QString roleName(TurnRole role);

struct PlaygroundTurn
{
    TurnRole role = TurnRole::User;
    QString text = {};

    friend bool operator==(const PlaygroundTurn &, const PlaygroundTurn &) = default;
};

/// Nothing: the model's own.
struct PlaygroundParameters
{
    std::optional<double> temperature = {};
    std::optional<double> topP = {};
    std::optional<int> maxTokens = {};
    QString effort = {}; ///< of reasoning: `low`, `medium`, `high`

    [[nodiscard]] bool isEmpty() const { return *this == PlaygroundParameters(); }
    friend bool operator==(const PlaygroundParameters &, const PlaygroundParameters &) = default;
};

/// \p shared, but for what \p own says.
PlaygroundParameters merged(const PlaygroundParameters &shared, const PlaygroundParameters &own);

/// What one column asks.
struct PlaygroundAsk
{
    QString model = {}; ///< a target's full name, or a route's
    std::vector<PlaygroundTurn> turns = {};
    PlaygroundParameters parameters = {};

    /// Something is said by somebody but the system.
    [[nodiscard]] bool canBeSent() const;
    friend bool operator==(const PlaygroundAsk &, const PlaygroundAsk &) = default;
};

/// A streamed Chat Completions request. Turns without text are left out.
QByteArray chatBody(const PlaygroundAsk &ask);
/// The same for `/v1/messages/count_tokens`.
QByteArray countBody(const PlaygroundAsk &ask);
/// The request for a POSIX shell: the key, if one is needed, is the variable SIGNALBOX_KEY.
QString curlFor(const QString &address, const PlaygroundAsk &ask);

} // namespace signalbox::ui
