// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/admin/config_json.h"

#include "core/config/diff.h"
#include "core/config/key_path.h"
#include "core/runtime/ledger/json_fields.h"
#include "core/runtime/trials.h"

#include <nlohmann/json.hpp>

namespace signalbox::runtime {

namespace {

Json toJson(const FollowUp &followUp)
{
    return Json{{"foretold", runtime::toJson(followUp.foretold)},
                {"happened", followUp.until ? runtime::toJson(followUp.happened) : Json()},
                {"until", followUp.until ? Json(toIsoMicros(*followUp.until)) : Json()},
                {"final", followUp.final}};
}

/// Nothing where nothing was foretold.
std::optional<FollowUp> followUpFrom(const Json *json)
{
    if (json == nullptr || !json->is_object()) {
        return std::nullopt;
    }
    const JsonFields fields(*json);
    const Json *foretold = fields.find("foretold");
    const auto expected = foretold == nullptr ? std::nullopt : expectedFromJson(*foretold);
    if (!expected) {
        return std::nullopt;
    }
    FollowUp followUp{*expected, {}, fromIso8601(fields.text("until")), fields.flag("final")};
    if (const Json *happened = fields.find("happened");
        happened != nullptr && happened->is_object()) {
        followUp.happened = figuresFromJson(*happened);
    }
    return followUp;
}

} // namespace

Json toJson(const Revision &revision)
{
    return Json{{"number", revision.number},
                {"revision", revision.revision},
                {"at", toIsoMicros(revision.time)},
                {"cause", toString(revision.cause)},
                {"restored", revision.restored == 0 ? Json() : Json(revision.restored)},
                {"operator", revision.who},
                {"reason", revision.why},
                {"lines_added", revision.linesAdded},
                {"lines_removed", revision.linesRemoved},
                {"routes", revision.routes},
                {"follow_up", revision.followUp ? toJson(*revision.followUp) : Json()}};
}

std::optional<Revision> revisionFromJson(const Json &json)
{
    if (!json.is_object()) {
        return std::nullopt;
    }
    const JsonFields fields(json);
    const auto time = fromIso8601(fields.text("at"));
    const auto cause = causeFromString(fields.text("cause"));
    if (!time || !cause || fields.integer("number") < 1) {
        return std::nullopt;
    }
    Revision revision;
    revision.number = fields.integer("number");
    revision.revision = fields.text("revision");
    revision.time = *time;
    revision.cause = *cause;
    revision.restored = fields.integer("restored");
    revision.who = fields.text("operator");
    revision.why = fields.text("reason");
    revision.linesAdded = static_cast<int>(fields.integer("lines_added"));
    revision.linesRemoved = static_cast<int>(fields.integer("lines_removed"));
    revision.routes = fields.texts("routes");
    revision.followUp = followUpFrom(fields.find("follow_up"));
    return revision;
}

Json toJson(const ConfigState &state)
{
    const Revision *present = state.present();
    return Json{{"revision", state.revision},
                {"number", present == nullptr ? Json() : Json(present->number)},
                {"file", orNull(state.file)},
                {"why_fixed", orNull(state.whyFixed)},
                {"text", state.text}};
}

Json toJson(const Faults &faults, const std::string &text)
{
    const auto paths = config::keyPaths(text, faults);
    Json list = Json::array();
    for (std::size_t i = 0; i < faults.size(); ++i) {
        list.push_back(Json{{"line", faults[i].line},
                            {"column", faults[i].column},
                            {"message", faults[i].message},
                            {"path", orNull(paths[i])}});
    }
    return list;
}

Json toJson(const std::vector<routing::LintFinding> &findings)
{
    Json list = Json::array();
    for (const routing::LintFinding &finding : findings) {
        list.push_back(Json{{"kind", toString(finding.kind)},
                            {"route", orNull(finding.route)},
                            {"rule", orNull(finding.rule)},
                            {"message", finding.message}});
    }
    return list;
}

Json toJson(const RevisionText &revision)
{
    Json json = toJson(revision.revision);
    json["text"] = revision.text;
    json["before"] = revision.before ? Json(*revision.before) : Json();
    json["diff"] = revision.before
                       ? Json(config::unified(config::diff(*revision.before, revision.text)))
                       : Json();
    return json;
}

} // namespace signalbox::runtime
