// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ledger/body_rows.h"

#include "core/base/base64.h"
#include "core/runtime/ledger/deflate.h"
#include "core/runtime/ledger/redaction.h"
#include "core/runtime/ledger/row_values.h"
#include "core/runtime/ledger/stream_text.h"

namespace signalbox::runtime {
namespace {

constexpr std::string_view kColumns =
    "id,arrived_us,request,request_bytes,request_cut,answer,answer_bytes,answer_cut";
/// More than any setting lets be written.
constexpr std::size_t kInflatedMax = 64 * 1024 * 1024;

void makeReady(KeptBody &body, std::size_t most)
{
    if (isEventStream(body.text)) {
        body.text = joinedStream(body.text);
    }
    if (body.text.size() > most) {
        body.text.resize(most);
        body.cut = true;
    }
    body.text = body.cut ? redactedCut(body.text) : redacted(body.text);
}

/// As a text, which files and servers take alike.
std::string written(const KeptBody &body)
{
    std::string text;
    appendBase64(text, deflated(body.text));
    return text;
}

bool readInto(KeptBody &body, Statement &row)
{
    const auto bytes = fromBase64(row.text());
    auto text = bytes ? inflated(*bytes, kInflatedMax) : std::nullopt;
    body.bytes = row.integer();
    body.cut = row.flag();
    if (!text) {
        return false;
    }
    body.text = std::move(*text);
    return true;
}

} // namespace

std::string insertBodiesSql()
{
    return insertSql("INSERT INTO bodies", kColumns) + " ON CONFLICT DO NOTHING";
}

std::string selectBodiesSql()
{
    return std::string("SELECT ").append(kColumns).append(" FROM bodies WHERE id=?");
}

RequestBodies readyToKeep(RequestBodies bodies)
{
    const auto most = static_cast<std::size_t>(bodies.most);
    makeReady(bodies.request, most);
    makeReady(bodies.answer, most);
    return bodies;
}

Status<LedgerError> insertBodies(Statement &statement, const RequestBodies &bodies)
{
    const std::string request = written(bodies.request);
    const std::string answer = written(bodies.answer);
    statement.add(bodies.id).add(bodies.arrived.time_since_epoch().count());
    statement.add(request).add(bodies.request.bytes).add(std::int64_t(bodies.request.cut));
    statement.add(answer).add(bodies.answer.bytes).add(std::int64_t(bodies.answer.cut));
    return statement.run();
}

Result<RequestBodies, LedgerError> readBodies(Statement &row)
{
    RequestBodies bodies;
    bodies.id = row.text();
    bodies.arrived = SystemTime(Micros(row.integer()));
    const bool isSound = readInto(bodies.request, row) && readInto(bodies.answer, row);
    if (!isSound) {
        return Failure{unreadable(bodies.id)};
    }
    return bodies;
}

} // namespace signalbox::runtime
