// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/draft_json.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kVersion = 1;

QString fromStd(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

QJsonArray targetsToJson(const std::vector<TargetChoice> &targets)
{
    QJsonArray all;
    for (const TargetChoice &choice : targets) {
        all << QJsonObject{{u"target"_s, fromStd(choice.target.name())},
                           {u"weight"_s, choice.weight},
                           {u"tier"_s, choice.tier}};
    }
    return all;
}

std::vector<TargetChoice> targetsFromJson(const QJsonValue &value,
                                          const std::vector<TargetChoice> &before)
{
    std::vector<TargetChoice> targets;
    const QJsonArray all = value.toArray();
    for (const QJsonValue &each : all) {
        const TargetId id(each[u"target"_s].toString().toStdString());
        const auto known = std::ranges::find(before, id, &TargetChoice::target);
        TargetChoice choice = known == before.end() ? TargetChoice{} : *known;
        choice.target = id;
        choice.weight = each[u"weight"_s].toDouble(1);
        choice.tier = each[u"tier"_s].toInt(1);
        targets.push_back(std::move(choice));
    }
    return targets;
}

QJsonValue literalToJson(const Literal &literal)
{
    if (const auto *flag = std::get_if<bool>(&literal)) {
        return *flag;
    }
    if (const auto *number = std::get_if<double>(&literal)) {
        return *number;
    }
    return fromStd(std::get<std::string>(literal));
}

Literal literalFromJson(const QJsonValue &value)
{
    if (value.isBool()) {
        return value.toBool();
    }
    if (value.isDouble()) {
        return value.toDouble();
    }
    return value.toString().toStdString();
}

QJsonObject conditionToJson(const Condition &condition)
{
    QJsonObject object{{u"fact"_s, fromStd(toString(condition.fact))},
                       {u"key"_s, fromStd(condition.key)}};
    if (const auto *literal = std::get_if<Literal>(&condition.matcher)) {
        object[u"is"_s] = literalToJson(*literal);
    } else if (const auto *comparison = std::get_if<Comparison>(&condition.matcher)) {
        object[u"op"_s] = static_cast<int>(comparison->op);
        object[u"bound"_s] = comparison->bound;
    } else if (const auto *range = std::get_if<Range>(&condition.matcher)) {
        object[u"from"_s] = range->from;
        object[u"to"_s] = range->to;
    } else {
        QJsonArray any;
        for (const Literal &each : std::get<std::vector<Literal>>(condition.matcher)) {
            any << literalToJson(each);
        }
        object[u"any"_s] = any;
    }
    return object;
}

Condition conditionFromJson(const QJsonObject &object)
{
    Condition condition;
    condition.fact =
        factFromString(object[u"fact"_s].toString().toStdString()).value_or(Fact::CjkShare);
    condition.key = object[u"key"_s].toString().toStdString();
    if (object.contains(u"any"_s)) {
        std::vector<Literal> any;
        const QJsonArray all = object[u"any"_s].toArray();
        for (const QJsonValue &each : all) {
            any.push_back(literalFromJson(each));
        }
        condition.matcher = std::move(any);
    } else if (object.contains(u"op"_s)) {
        condition.matcher = Comparison{static_cast<Comparison::Operator>(
                                           std::clamp(object[u"op"_s].toInt(), 0, 3)),
                                       object[u"bound"_s].toDouble()};
    } else if (object.contains(u"from"_s)) {
        condition.matcher = Range{object[u"from"_s].toDouble(), object[u"to"_s].toDouble()};
    } else {
        condition.matcher = literalFromJson(object[u"is"_s]);
    }
    return condition;
}

QJsonObject ruleToJson(const RuleSettings &rule)
{
    QJsonArray when;
    for (const Condition &condition : rule.when) {
        when << conditionToJson(condition);
    }
    return {{u"name"_s, fromStd(rule.name)},
            {u"when"_s, when},
            {u"strategy"_s, fromStd(toString(rule.strategy))},
            {u"targets"_s, targetsToJson(rule.targets)}};
}

RuleSettings ruleFromJson(const QJsonObject &object, const RouteSettings &before)
{
    const std::string name = object[u"name"_s].toString().toStdString();
    const auto known = std::ranges::find(before.rules, name, &RuleSettings::name);
    RuleSettings rule = known == before.rules.end() ? RuleSettings{} : *known;
    rule.name = name;
    rule.when.clear();
    const QJsonArray when = object[u"when"_s].toArray();
    for (const QJsonValue &each : when) {
        rule.when.push_back(conditionFromJson(each.toObject()));
    }
    rule.strategy =
        strategyFromString(object[u"strategy"_s].toString().toStdString()).value_or(rule.strategy);
    rule.targets = targetsFromJson(object[u"targets"_s], rule.targets);
    return rule;
}

QJsonObject routeToJson(const DraftRoute &route)
{
    const RouteSettings &settings = route.settings;
    QJsonArray rules;
    for (const RuleSettings &rule : settings.rules) {
        rules << ruleToJson(rule);
    }
    QJsonObject locks;
    for (const auto &[rule, targets] : route.locks) {
        QJsonArray names;
        for (const TargetId &target : targets) {
            names << fromStd(target.name());
        }
        locks[fromStd(rule)] = names;
    }
    return {{u"origin"_s, fromStd(route.origin)},
            {u"name"_s, fromStd(settings.name)},
            {u"strategy"_s, fromStd(toString(settings.strategy))},
            {u"targets"_s, targetsToJson(settings.targets)},
            {u"rules"_s, rules},
            {u"locks"_s, locks},
            {u"deadline"_s, static_cast<qint64>(settings.deadline.count())},
            {u"attempts"_s, settings.retry.attempts},
            {u"sameTarget"_s, settings.retry.sameTarget},
            {u"backoff"_s, static_cast<qint64>(settings.retry.backoff.count())},
            {u"backoffMax"_s, static_cast<qint64>(settings.retry.backoffMax.count())},
            {u"retryAfterCap"_s, static_cast<qint64>(settings.retry.retryAfterCap.count())},
            {u"onStreamBreak"_s, fromStd(toString(settings.onStreamBreak))},
            {u"cache"_s, settings.cache ? fromStd(toString(*settings.cache)) : QString()}};
}

void readFailureHandling(const QJsonObject &object, RouteSettings &settings)
{
    const auto millis = [&](const QString &key, Millis before) {
        return Millis(object[key].toInteger(before.count()));
    };
    settings.deadline = millis(u"deadline"_s, settings.deadline);
    settings.retry.attempts = object[u"attempts"_s].toInt(settings.retry.attempts);
    settings.retry.sameTarget = object[u"sameTarget"_s].toInt(settings.retry.sameTarget);
    settings.retry.backoff = millis(u"backoff"_s, settings.retry.backoff);
    settings.retry.backoffMax = millis(u"backoffMax"_s, settings.retry.backoffMax);
    settings.retry.retryAfterCap = millis(u"retryAfterCap"_s, settings.retry.retryAfterCap);
    settings.onStreamBreak = streamBreakModeFromString(
                                 object[u"onStreamBreak"_s].toString().toStdString())
                                 .value_or(settings.onStreamBreak);
    if (object.contains(u"cache"_s)) { // a draft of an earlier version says nothing of it
        settings.cache = cacheModeFromString(object[u"cache"_s].toString().toStdString());
    }
}

DraftRoute routeFromJson(const QJsonObject &object, const Configuration &base)
{
    DraftRoute route;
    route.origin = object[u"origin"_s].toString().toStdString();
    const RouteSettings *before = base.route(route.origin);
    route.origin = before == nullptr ? std::string() : route.origin;
    const RouteSettings old = before == nullptr ? RouteSettings{} : *before;
    route.settings = old;
    route.settings.name = object[u"name"_s].toString().toStdString();
    route.settings.strategy =
        strategyFromString(object[u"strategy"_s].toString().toStdString()).value_or(old.strategy);
    route.settings.targets = targetsFromJson(object[u"targets"_s], old.targets);
    route.settings.rules.clear();
    const QJsonArray rules = object[u"rules"_s].toArray();
    for (const QJsonValue &rule : rules) {
        route.settings.rules.push_back(ruleFromJson(rule.toObject(), old));
    }
    const QJsonObject locks = object[u"locks"_s].toObject();
    for (auto lock = locks.begin(); lock != locks.end(); ++lock) {
        const QJsonArray names = lock.value().toArray();
        for (const QJsonValue &name : names) {
            route.locks[lock.key().toStdString()].emplace_back(name.toString().toStdString());
        }
    }
    readFailureHandling(object, route.settings);
    return route;
}

} // namespace

QByteArray draftToJson(const RunningConfig &base, const RoutingState &state)
{
    QJsonArray routes;
    for (const DraftRoute &route : state.routes) {
        routes << routeToJson(route);
    }
    return QJsonDocument(QJsonObject{{u"version"_s, kVersion},
                                     {u"revision"_s, base.revision},
                                     {u"number"_s, base.number},
                                     {u"text"_s, base.text},
                                     {u"providers"_s, state.providers},
                                     {u"routes"_s, routes}})
        .toJson(QJsonDocument::Compact);
}

std::optional<SavedDraft> draftFromJson(const QByteArray &saved, const ConfigSource &source)
{
    const QJsonObject object = QJsonDocument::fromJson(saved).object();
    if (object[u"version"_s].toInt() != kVersion) {
        return std::nullopt;
    }
    SavedDraft draft;
    draft.base.text = object[u"text"_s].toString();
    draft.base.revision = object[u"revision"_s].toString();
    draft.base.number = object[u"number"_s].toInteger();
    draft.base.settings = source.check(draft.base.text).settings;
    if (draft.base.settings == nullptr) {
        return std::nullopt;
    }
    draft.state.providers = object[u"providers"_s].toString();
    const QJsonArray routes = object[u"routes"_s].toArray();
    for (const QJsonValue &route : routes) {
        draft.state.routes.push_back(routeFromJson(route.toObject(), *draft.base.settings));
    }
    return draft;
}

} // namespace signalbox::ui
