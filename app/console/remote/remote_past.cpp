// SPDX-License-Identifier: GPL-3.0-or-later
// What a gateway on another machine is asked beside its stream: the charts' past and the requests
// that ended while nobody listened.
#include "app/console/remote/remote_client.h"

#include "core/runtime/ledger/json_fields.h"
#include "core/runtime/ledger/record_json.h"

#include <QUrlQuery>

#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::app {

namespace {

constexpr int kFirstRows = 200; ///< of the past that the list begins with
constexpr int kRowsMax = 1000; ///< a page of the ledger
constexpr std::size_t kHeldMax = 5000;
constexpr std::size_t kSeenMax = 4000;
constexpr Seconds kLongRequest{600}; ///< requests are listed by their arrival and told at their end
constexpr Millis kLedgerBehind{1000}; ///< at most a tenth of it, when all is well
constexpr Millis kPublished{150}; ///< a bucket is told a little after it has ended

QString isoOf(SystemTime time)
{
    return QString::fromStdString(toIso8601(time));
}

std::optional<runtime::Json> jsonIn(const RemoteAnswer &answer)
{
    if (answer.status != 200) {
        return std::nullopt;
    }
    return runtime::parseJson(
        {answer.body.constData(), static_cast<std::size_t>(answer.body.size())});
}

} // namespace

/// Asks for the buckets that have ended since the last answer.
void RemoteClient::askSeries()
{
    for (std::size_t i = 0; i < m_lanes.size(); ++i) {
        Lane &lane = m_lanes[i];
        const auto known = lane.mirror.knownUntil();
        if (lane.asked || (known && gatewayNow() < *known + lane.mirror.bucket() + kPublished)) {
            continue;
        }
        QUrlQuery query;
        query.addQueryItem(u"bucket_s"_s, QString::number(lane.mirror.bucket().count()));
        if (known) {
            query.addQueryItem(u"since"_s, isoOf(*known));
        }
        lane.asked = true;
        m_http.get(u"series"_s, query, [this, i](const RemoteAnswer &answer) {
            onSeries(i, answer);
        });
    }
}

/// What makes no sense is asked for anew with the next tick; the stream tells of worse.
void RemoteClient::onSeries(std::size_t at, const RemoteAnswer &answer)
{
    Lane &lane = m_lanes[at];
    lane.asked = false;
    const auto json = jsonIn(answer);
    const auto page = json ? runtime::seriesFromJson(*json) : std::nullopt;
    if (page && lane.mirror.take(*page)) {
        publish();
    }
}

/// Nobody answers: the charts go on without figures.
void RemoteClient::growGaps()
{
    bool grown = false;
    for (Lane &lane : m_lanes) {
        grown = lane.mirror.extend(gatewayNow()) || grown;
    }
    if (grown) {
        publish();
    }
}

void RemoteClient::askFinished()
{
    m_holds = true;
    QUrlQuery query;
    query.addQueryItem(u"limit"_s, QString::number(m_lastArrived ? kRowsMax : kFirstRows));
    if (m_lastArrived) {
        query.addQueryItem(u"since"_s, isoOf(*m_lastArrived - kLongRequest));
    }
    m_http.get(u"requests"_s, query, [this](const RemoteAnswer &answer) { onFinished(answer); });
}

/// The past first, then what ended while it was asked for. Without a ledger there is no past.
void RemoteClient::onFinished(const RemoteAnswer &answer)
{
    m_holds = false;
    const auto json = jsonIn(answer);
    if (json) {
        const runtime::Json *rows = runtime::JsonFields(*json).find("requests");
        const std::size_t count = rows != nullptr && rows->is_array() ? rows->size() : 0;
        for (std::size_t i = count; i > 0; --i) { // the newest come first
            if (auto record = runtime::recordFromJson((*rows)[i - 1]); record) {
                takeRecord(std::make_shared<const RequestRecord>(std::move(*record)));
            }
        }
    }
    for (auto &record : std::exchange(m_held, {})) {
        takeRecord(std::move(record));
    }
    // What ended just before the stream began may not have reached the ledger yet.
    if (!std::exchange(m_lookedAgain, true)) {
        QTimer::singleShot(kLedgerBehind, this, [this] {
            if (m_listening) {
                askFinished();
            }
        });
    }
}

void RemoteClient::takeRecord(std::shared_ptr<const RequestRecord> record)
{
    if (m_holds) {
        if (m_held.size() >= kHeldMax) {
            m_held.pop_front(); // the ledger's answer has it
        }
        m_held.push_back(std::move(record));
        return;
    }
    if (!m_seen.insert(record->id).second) {
        return;
    }
    m_seenOrder.push_back(record->id);
    if (m_seenOrder.size() > kSeenMax) {
        m_seen.erase(m_seenOrder.front());
        m_seenOrder.pop_front();
    }
    m_lastArrived = std::max(m_lastArrived.value_or(record->arrived), record->arrived);
    m_finished.put(std::move(record));
    ring();
}

} // namespace signalbox::app
