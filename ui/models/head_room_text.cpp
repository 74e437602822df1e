// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/head_room_text.h"

#include "ui/text/numbers.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

struct Tiles
{
    Q_DECLARE_TR_FUNCTIONS(Tiles)
};

/// A rate over the last minute; tokens are counted in ten-second buckets.
struct Use
{
    double requestsPerSecond = 0;
    double tokensPerSecond = 0;
};

Use useOf(const telemetry::Snapshot &snapshot, std::size_t provider)
{
    constexpr std::ptrdiff_t kMinute = 6;
    Use use;
    for (const telemetry::TargetView &target : snapshot.providers[provider].targets) {
        use.requestsPerSecond += static_cast<double>(target.attemptsLastMinute) / 60;
    }
    if (snapshot.tens == nullptr || provider >= snapshot.tens->byProvider.size()) {
        return use;
    }
    const auto &points = snapshot.tens->byProvider[provider].points;
    const auto count = std::min(kMinute, std::ssize(points));
    for (auto point = points.end() - count; point != points.end(); ++point) {
        use.tokensPerSecond += static_cast<double>(point->promptTokens + point->completionTokens)
                               / (10.0 * static_cast<double>(count));
    }
    return use;
}

} // namespace

QString limitsText(const telemetry::HeadRoom &room)
{
    QStringList parts;
    if (room.requestsLimit && room.requestsRemaining) {
        parts << Tiles::tr("%1 of %2 req")
                     .arg(text::count(*room.requestsRemaining), text::count(*room.requestsLimit));
    }
    if (room.tokensLimit && room.tokensRemaining) {
        parts << Tiles::tr("%1 of %2 tok")
                     .arg(text::tokens(*room.tokensRemaining), text::tokens(*room.tokensLimit));
    }
    return parts.isEmpty() ? text::dash() : parts.join(u" · "_s);
}

QString runsOutText(const telemetry::Snapshot &snapshot, std::size_t provider)
{
    const telemetry::HeadRoom &room = snapshot.providers[provider].headRoom;
    const Use use = useOf(snapshot, provider);
    constexpr double kHour = 3600;
    const auto seconds = [](const std::optional<std::int64_t> &left, double perSecond) {
        return left && perSecond > 0 ? static_cast<double>(*left) / perSecond
                                     : std::numeric_limits<double>::infinity();
    };
    const double left = std::min(seconds(room.requestsRemaining, use.requestsPerSecond),
                                 seconds(room.tokensRemaining, use.tokensPerSecond));
    return left > kHour ? QString()
                        : Tiles::tr("in %1 at this rate, unless it is refilled")
                              .arg(text::countdown(Seconds(static_cast<std::int64_t>(left))));
}

QString tightestLimit(const telemetry::HeadRoom &room)
{
    const auto share = [](const auto &left, const auto &limit) {
        return left && limit && *limit > 0
                   ? static_cast<double>(*left) / static_cast<double>(*limit)
                   : std::numeric_limits<double>::infinity();
    };
    const double requests = share(room.requestsRemaining, room.requestsLimit);
    const double tokens = share(room.tokensRemaining, room.tokensLimit);
    if (std::isinf(requests) && std::isinf(tokens)) {
        return text::dash();
    }
    return requests <= tokens ? Tiles::tr("%1 req").arg(text::percent(requests))
                              : Tiles::tr("%1 tok").arg(text::percent(tokens));
}

} // namespace signalbox::ui
