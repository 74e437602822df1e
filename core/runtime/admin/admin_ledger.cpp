// SPDX-License-Identifier: Apache-2.0
// What operators ask of the past: the ledger's pages, sums and histograms, and the charts' series, all
// of it looked up and written on the queries' thread.
#include "core/gateway/error_answer.h"
#include "core/runtime/admin/admin_api.h"
#include "core/runtime/admin/admin_query.h"
#include "core/runtime/admin/series_json.h"
#include "core/runtime/clock.h"
#include "core/runtime/ledger/json_fields.h"
#include "core/runtime/ledger/query_json.h"
#include "core/runtime/ledger/record_json.h"

#include <nlohmann/json.hpp>
#include <utility>

namespace signalbox::runtime {

using namespace gateway;

namespace {

ErrorAnswer notReadable(const LedgerError &error)
{
    if (error.fault == LedgerFault::BadCursor || error.fault == LedgerFault::UnknownTimeZone
        || error.fault == LedgerFault::NotAvailable || error.fault == LedgerFault::RangeTooLarge) {
        return invalidRequest(toString(error));
    }
    ErrorAnswer answer;
    answer.status = 503;
    answer.code = "ledger_unavailable";
    answer.message = "The ledger cannot be read: " + toString(error);
    answer.origin = Origin::Gateway;
    return answer;
}

template <typename Page>
Result<std::string, ErrorAnswer> textOf(const Result<Page, LedgerError> &page)
{
    if (!page) {
        return Failure{notReadable(page.error())};
    }
    return toJson(*page).dump();
}

} // namespace

/// The past of a day is a megabyte of text: it is not written on the gateway's thread.
void AdminApi::showSeries(const Call &call)
{
    const auto query = readSeriesQuery(call.head.query);
    if (!query) {
        refuse(call.id, query.error());
        return;
    }
    const bool taken = m_queries.ask(
        [this, id = call.id, query = *query, snapshot = m_gateway.snapshot(readClock())](
            Result<LedgerReader, LedgerError> &) {
            return QueryWorker::Answer(
                [this, id, text = seriesText(*snapshot, query)] { answer(id, 200, text); });
        });
    if (!taken) {
        refuse(call.id, rateLimited("Too many questions wait already.", Seconds(1)));
    }
}

void AdminApi::listRequests(const Call &call)
{
    const auto filter = readRequestFilter(call.head.query);
    if (!filter) {
        refuse(call.id, filter.error());
        return;
    }
    askLedger(call.id,
              [filter = *filter](LedgerReader &reader) { return textOf(reader.requests(filter)); });
}

void AdminApi::showHistogram(const Call &call)
{
    const auto query = readHistogramQuery(call.head.query);
    if (!query) {
        refuse(call.id, query.error());
        return;
    }
    askLedger(call.id,
              [query = *query](LedgerReader &reader) { return textOf(reader.histogram(query)); });
}

void AdminApi::showRequest(const Call &call)
{
    constexpr std::string_view body = "/body";
    std::string wanted = call.path.substr(std::string_view("requests/").size());
    if (wanted.ends_with(body)) {
        wanted.resize(wanted.size() - body.size());
        return showBodies(call, wanted);
    }
    askLedger(call.id, [wanted](LedgerReader &reader) -> Result<std::string, ErrorAnswer> {
        const auto found = reader.request(wanted);
        if (!found) {
            return Failure{notReadable(found.error())};
        }
        if (!found->has_value()) {
            return Failure{notFound("request " + wanted)};
        }
        return toJson(**found, Detail::Full).dump();
    });
}

/// What people wrote is not everybody's: who reads it is an operator, and stands in the audit.
void AdminApi::showBodies(const Call &call, const std::string &wanted)
{
    if (!mayChange(call)) {
        return;
    }
    audit(*call.person, "requests.body", wanted, {}, {});
    askLedger(call.id, [wanted](LedgerReader &reader) -> Result<std::string, ErrorAnswer> {
        const auto found = reader.bodies(wanted);
        if (!found) {
            return Failure{notReadable(found.error())};
        }
        if (!found->has_value()) {
            return Failure{notFound("kept bodies of request " + wanted)};
        }
        return toText(toJson(**found));
    });
}

void AdminApi::listCosts(const Call &call)
{
    const auto costs = readCostQuery(call.head.query, m_gateway.configuration().server.timeZone);
    if (!costs) {
        refuse(call.id, costs.error());
        return;
    }
    askLedger(call.id, [costs = *costs](LedgerReader &reader) -> Result<std::string, ErrorAnswer> {
        const auto rows = reader.costs(costs);
        if (!rows) {
            return Failure{notReadable(rows.error())};
        }
        return toJson(*rows, costs).dump();
    });
}

void AdminApi::showCostMatrix(const Call &call)
{
    const auto period = readMatrixQuery(call.head.query, readClock().system);
    if (!period) {
        refuse(call.id, period.error());
        return;
    }
    askLedger(call.id,
              [period = *period](LedgerReader &reader) -> Result<std::string, ErrorAnswer> {
                  const auto cells = reader.costMatrix(period.since, period.until);
                  if (!cells) {
                      return Failure{notReadable(cells.error())};
                  }
                  return toJson(*cells, period.since, period.until).dump();
              });
}

void AdminApi::listAudit(const Call &call)
{
    const auto audit = readAuditQuery(call.head.query);
    if (!audit) {
        refuse(call.id, audit.error());
        return;
    }
    askLedger(call.id, [audit = *audit](LedgerReader &reader) {
        return textOf(reader.audit(audit.limit, audit.cursor));
    });
}

/// Answers with the text that \p read, called on the queries' thread, makes of the ledger.
void AdminApi::askLedger(ExchangeId id, ReadLedger read)
{
    const bool taken = m_queries.ask(
        [this, id, read = std::move(read)](
            Result<LedgerReader, LedgerError> &reader) -> QueryWorker::Answer {
            auto text = reader ? read(*reader)
                               : Result<std::string, ErrorAnswer>(
                                   Failure{notReadable(reader.error())});
            return [this, id, text = std::move(text)] {
                if (text) {
                    answer(id, 200, *text);
                } else {
                    refuse(id, text.error());
                }
            };
        });
    if (!taken) {
        refuse(id, rateLimited("Too many questions to the ledger wait already.", Seconds(1)));
    }
}

} // namespace signalbox::runtime
