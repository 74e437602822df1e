// SPDX-License-Identifier: GPL-3.0-or-later
// What a playground asks: turns and parameters, and the requests they make.
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

namespace signalbox::ui {

enum class TurnRole : std::uint8_t {
    System,
    User,
    Assistant,
    Tool ///< what a call that the assistant made has brought
};

/// Those that are written turn by turn: all but Tool.
inline constexpr int kTurnRoleCount = 3;

/// `system`, `user`, `assistant`, `tool`.
QString roleName(TurnRole role);

/// A picture that goes with a turn, ready to be sent.
struct PlaygroundImage
{
    QString name = {}; ///< for people
    QString type = {}; ///< `image/png`, `image/jpeg`, `image/gif`, `image/webp`
    QByteArray base64 = {};

    friend bool operator==(const PlaygroundImage &, const PlaygroundImage &) = default;
};

/// A call of a tool that a model has made.
struct PlaygroundCall
{
    QString id = {};
    QString name = {};
    QString arguments = {}; ///< JSON, as the model wrote it

    friend bool operator==(const PlaygroundCall &, const PlaygroundCall &) = default;
};

struct PlaygroundTurn
{
    TurnRole role = TurnRole::User;
    QString text = {};
    QList<PlaygroundImage> images = {}; ///< of User
    QList<PlaygroundCall> calls = {}; ///< of Assistant
    QString callId = {}; ///< of Tool: whose result the text is

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

/// Those of \p with that are set, as Chat Completions calls them.
void addParameters(QJsonObject &body, const PlaygroundParameters &with);

/// Something is said by somebody but the system.
[[nodiscard]] bool canBeSent(const std::vector<PlaygroundTurn> &turns);

/// What one column asks.
struct PlaygroundAsk
{
    QString model = {}; ///< a target's full name, or a route's
    std::vector<PlaygroundTurn> turns = {};
    PlaygroundParameters parameters = {};
    QString tools = {}; ///< a JSON array of functions, sent as it is written; empty: none
    QString schema = {}; ///< of the answer, in JSON, sent as it is written; empty: any text

    /// Something is said by somebody but the system.
    [[nodiscard]] bool canBeSent() const;
    friend bool operator==(const PlaygroundAsk &, const PlaygroundAsk &) = default;
};

enum class BodyKind : std::uint8_t {
    Streamed,
    Whole, ///< without `stream`: for what others send
};

/// A Chat Completions request. Turns without text, pictures and calls are left out.
QByteArray chatBody(const PlaygroundAsk &ask, BodyKind kind = BodyKind::Streamed);
/// The same for `/v1/messages/count_tokens`. Each picture is a small one instead: all are counted
/// alike, and a body of megabytes after each key would cost time.
QByteArray countBody(const PlaygroundAsk &ask);
/// The request for a POSIX shell: the key, if one is needed, is the variable SIGNALBOX_KEY.
QString curlFor(const QString &address, const PlaygroundAsk &ask);

} // namespace signalbox::ui
