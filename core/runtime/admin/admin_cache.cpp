// SPDX-License-Identifier: Apache-2.0
// The operators' calls about the cache: look, evict, pin, evaluate.
#include "core/base/bounds.h"
#include "core/runtime/admin/admin_api.h"
#include "core/runtime/admin/cache_json.h"
#include "core/runtime/cache/cache_evaluator.h"
#include "core/runtime/clock.h"
#include "core/runtime/ledger/json_fields.h"

#include <utility>

namespace signalbox::runtime {

using namespace gateway;

namespace {

constexpr std::string_view kCache = "cache/";
constexpr std::string_view kPin = "/pin";

ErrorAnswer noEntry(const std::string &id)
{
    return notFound("cache entry " + id.substr(0, 64));
}

} // namespace

void AdminApi::dispatchCache(const Call &call)
{
    const std::string &method = call.head.method;
    const bool whole = call.path == "cache";
    const std::string rest = whole ? "" : call.path.substr(kCache.size());
    const bool pins = rest.ends_with(kPin);
    const bool evaluates = rest == "evaluate";
    const std::string wanted = whole ? "GET, DELETE" : pins || evaluates ? "POST" : "DELETE";
    const bool known = whole ? method == "GET" || method == "DELETE" : method == wanted;
    if (!known) {
        refuse(call.id, methodNotAllowed(method, wanted));
    } else if (whole && method == "GET") {
        showCache(call);
    } else if (evaluates) {
        evaluateCache(call);
    } else if (!mayChange(call)) {
        return;
    } else if (whole) {
        evictMatching(call);
    } else if (pins) {
        pinCached(call, rest.substr(0, rest.size() - kPin.size()));
    } else {
        evictOne(call, rest);
    }
}

void AdminApi::showCache(const Call &call)
{
    const auto query = readCacheQuery(call.head.query);
    if (!query) {
        refuse(call.id, query.error());
        return;
    }
    m_cacheDesk.view(*query, [this, id = call.id](const CacheView &view) {
        answer(id, 200, cacheText(view));
    });
}

void AdminApi::evictMatching(const Call &call)
{
    const auto filter = readCacheFilter(call.head.query);
    if (!filter) {
        refuse(call.id, filter.error());
        return;
    }
    const auto done = [this,
                       id = call.id,
                       person = *call.person,
                       what = call.head.query.substr(0, 200)](std::size_t evicted) {
        audit(person, "cache.evict", what, {}, std::to_string(evicted) + " entries");
        answer(id, 200, toText(Json{{"evicted", evicted}}));
    };
    m_cacheDesk.evict(*filter, done);
}

void AdminApi::evictOne(const Call &call, const std::string &id)
{
    if (!m_gateway.cache().evict(id)) {
        refuse(call.id, noEntry(id));
        return;
    }
    audit(*call.person, "cache.evict", id, {}, "1 entry");
    answer(call.id, 200, toText(Json{{"evicted", 1}}));
}

void AdminApi::pinCached(const Call &call, const std::string &id)
{
    const auto pinned = readPinned(call.body);
    if (!pinned) {
        refuse(call.id, pinned.error());
    } else if (!m_gateway.cache().pin(id, *pinned)) {
        refuse(call.id, noEntry(id));
    } else {
        audit(*call.person, *pinned ? "cache.pin" : "cache.unpin", id, {}, {});
        answer(call.id, 200, toText(Json{{"id", id}, {"pinned", *pinned}}));
    }
}

void AdminApi::evaluateCache(const Call &call)
{
    auto asked = readEvaluation(call.body);
    if (!asked) {
        refuse(call.id, asked.error());
        return;
    }
    const auto embedder = embedderFor(*asked, m_gateway.configuration().cache.embedder);
    if (!embedder) {
        refuse(call.id, embedder.error());
        return;
    }
    if (!embedder->isEmpty() && m_targetEvaluator != nullptr) {
        evaluateByTarget(call, *embedder, asked->pairs ? *std::move(asked->pairs) : shippedPairs());
        return;
    }
    const bool begun = m_evaluator != nullptr
                       && m_evaluator->evaluate(std::move(asked->pairs),
                                                [this, id = call.id](const CacheEvaluation &told) {
                                                    answer(id, 200, cacheText(told));
                                                });
    if (!begun) {
        refuse(call.id, rateLimited("Too many evaluations are asked for.", Seconds(5)));
    }
}

/// It costs money, so that it is an act.
void AdminApi::evaluateByTarget(const Call &call,
                                const TargetId &embedder,
                                std::vector<cache::LabelledPair> pairs)
{
    if (pairs.size() > bounds::kStudyPairsMax) {
        refuse(call.id,
               invalidRequest("A target evaluates at most " + std::to_string(bounds::kStudyPairsMax)
                                  + " pairs, since each text is paid for.",
                              "pairs"));
        return;
    }
    if (!mayChange(call)) {
        return;
    }
    audit(*call.person,
          "cache.evaluate",
          embedder.name(),
          {},
          std::to_string(pairs.size()) + " pairs");
    m_targetEvaluator->evaluate(call.id, std::move(pairs), [this, id = call.id](const auto &told) {
        if (told) {
            answer(id, 200, cacheText(*told));
        } else {
            refuse(id, told.error());
        }
    });
}

} // namespace signalbox::runtime
