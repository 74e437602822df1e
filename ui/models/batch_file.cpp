// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/batch_file.h"

#include "ui/text/csv.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QString decimal(Money money)
{
    return QString::fromStdString(money.toDecimal());
}

QJsonValue orNull(const std::optional<Money> &money)
{
    return money ? QJsonValue(decimal(*money)) : QJsonValue();
}

std::optional<Money> moneyFrom(const QJsonValue &value)
{
    return value.isString() ? Money::fromDecimal(value.toString().toStdString()) : std::nullopt;
}

QJsonObject json(const PlaygroundParameters &parameters)
{
    QJsonObject object;
    addParameters(object, parameters);
    return object;
}

PlaygroundParameters parametersFrom(const QJsonObject &object)
{
    PlaygroundParameters parameters;
    if (object.contains(u"temperature"_s)) {
        parameters.temperature = object.value(u"temperature"_s).toDouble();
    }
    if (object.contains(u"top_p"_s)) {
        parameters.topP = object.value(u"top_p"_s).toDouble();
    }
    if (object.contains(u"max_tokens"_s)) {
        parameters.maxTokens = object.value(u"max_tokens"_s).toInt();
    }
    parameters.effort = object.value(u"reasoning_effort"_s).toString();
    return parameters;
}

TurnRole roleFrom(const QString &name)
{
    for (int i = 0; i < kTurnRoleCount; ++i) {
        if (roleName(static_cast<TurnRole>(i)) == name) {
            return static_cast<TurnRole>(i);
        }
    }
    return TurnRole::User;
}

CheckKind kindFrom(const QString &name)
{
    const auto found = std::ranges::find_if(kCheckKinds, [&name](CheckKind kind) {
        return nameOf(kind) == name;
    });
    return found == kCheckKinds.end() ? CheckKind::Contains : *found;
}

QString resultName(CheckResult result)
{
    return result == CheckResult::Passed   ? u"passed"_s
           : result == CheckResult::Failed ? u"failed"_s
                                           : QString();
}

QString verdictName(const std::optional<PairVerdict> &verdict)
{
    if (!verdict) {
        return {};
    }
    switch (*verdict) {
    case PairVerdict::OtherWins:
        return u"win"_s;
    case PairVerdict::FirstWins:
        return u"loss"_s;
    case PairVerdict::Tie:
        return u"tie"_s;
    case PairVerdict::Unclear:
        return u"unclear"_s;
    }
    return {};
}

QString checkColumn(const BatchPlan &plan, const BatchCheck &check)
{
    // Two checks of one kind must not share a column.
    const auto number = &check - plan.checks.data() + 1;
    return u"check_%1_%2"_s.arg(number).arg(nameOf(check.kind));
}

QByteArray csvHead(const BatchPlan &plan)
{
    QStringList cells{u"number"_s};
    cells << plan.file.variables;
    cells << QStringList{u"column"_s,
                         u"model"_s,
                         u"target"_s,
                         u"id"_s,
                         u"answer"_s,
                         u"failure"_s,
                         u"finish_reason"_s,
                         u"total_ms"_s,
                         u"prompt_tokens"_s,
                         u"completion_tokens"_s,
                         u"cost_usd"_s};
    for (const BatchCheck &check : plan.checks) {
        cells << checkColumn(plan, check);
    }
    return text::csvLine(cells << u"verdict"_s);
}

QByteArray csvLineOf(const BatchRun &run, BatchPlace place)
{
    const BatchPlan &plan = run.plan();
    const BatchAnswer none;
    const BatchAnswer *found = run.answer(place);
    const BatchAnswer &answer = found == nullptr ? none : *found;
    QStringList cells{QString::number(place.row + 1)};
    cells << plan.file.rows.at(static_cast<std::size_t>(place.row));
    cells << QString(QChar(u'A' + place.column))
          << plan.columns.at(static_cast<std::size_t>(place.column)).model << answer.target
          << answer.id << answer.text << answer.failure << answer.finishReason
          << (found == nullptr ? QString() : QString::number(answer.totalMs, 'f', 3))
          << (answer.usage ? QString::number(answer.usage->promptTokens) : QString())
          << (answer.usage ? QString::number(answer.usage->completionTokens) : QString())
          << (answer.cost ? decimal(*answer.cost) : QString());
    const bool answered = found != nullptr && answer.isAnswered();
    const std::vector<CheckResult> &results = run.results(place);
    for (std::size_t i = 0; i < plan.checks.size(); ++i) {
        cells << (answered ? resultName(results[i]) : QString());
    }
    return text::csvLine(cells << verdictName(run.verdict(place.row, place.column)));
}

QByteArray jsonLineOf(const BatchRun &run, BatchPlace place)
{
    const BatchPlan &plan = run.plan();
    const BatchAnswer *answer = run.answer(place);
    QJsonObject variables;
    for (qsizetype i = 0; i < plan.file.variables.size(); ++i) {
        variables.insert(plan.file.variables[i],
                         plan.file.rows.at(static_cast<std::size_t>(place.row)).value(i));
    }
    QJsonObject line{{u"number"_s, place.row + 1},
                     {u"variables"_s, variables},
                     {u"column"_s, QString(QChar(u'A' + place.column))},
                     {u"model"_s, plan.columns.at(static_cast<std::size_t>(place.column)).model},
                     {u"parameters"_s,
                      json(plan.columns.at(static_cast<std::size_t>(place.column)).parameters)}};
    if (answer == nullptr) {
        line.insert(u"answer"_s, QJsonValue());
        return compact(line) + '\n';
    }
    const QJsonObject told = QJsonDocument::fromJson(answerAsJson(*answer)).object();
    for (const QString &name : {u"target"_s,
                                u"id"_s,
                                u"finish_reason"_s,
                                u"total_ms"_s,
                                u"prompt_tokens"_s,
                                u"completion_tokens"_s,
                                u"cost_usd"_s}) {
        const QJsonValue value = told.value(name);
        line.insert(name, value.isUndefined() ? QJsonValue() : value);
    }
    line.insert(u"answer"_s, answer->isAnswered() ? QJsonValue(answer->text) : QJsonValue());
    line.insert(u"failure"_s, answer->isAnswered() ? QJsonValue() : QJsonValue(answer->failure));
    if (answer->isAnswered()) {
        QJsonArray checks;
        const std::vector<CheckResult> &results = run.results(place);
        for (std::size_t i = 0; i < results.size(); ++i) {
            const QString result = resultName(results[i]);
            checks.append(
                QJsonObject{{u"check"_s, nameOf(plan.checks[i].kind)},
                            {u"value"_s, plan.checks[i].value},
                            {u"result"_s, result.isEmpty() ? QJsonValue() : QJsonValue(result)}});
        }
        line.insert(u"checks"_s, checks);
    }
    const QString verdict = verdictName(run.verdict(place.row, place.column));
    line.insert(u"verdict"_s, verdict.isEmpty() ? QJsonValue() : QJsonValue(verdict));
    return compact(line) + '\n';
}

} // namespace

QByteArray planAsJson(const BatchPlan &plan)
{
    QJsonArray rows;
    for (const QStringList &row : plan.file.rows) {
        rows.append(QJsonArray::fromStringList(row));
    }
    QJsonArray turns;
    for (const PlaygroundTurn &turn : plan.turns) {
        turns.append(QJsonObject{{u"role"_s, roleName(turn.role)}, {u"text"_s, turn.text}});
    }
    QJsonArray columns;
    for (const BatchColumn &column : plan.columns) {
        columns.append(
            QJsonObject{{u"model"_s, column.model}, {u"parameters"_s, json(column.parameters)}});
    }
    QJsonArray checks;
    for (const BatchCheck &check : plan.checks) {
        checks.append(QJsonObject{{u"kind"_s, nameOf(check.kind)}, {u"value"_s, check.value}});
    }
    return compact({{u"name"_s, plan.file.name},
                    {u"variables"_s, QJsonArray::fromStringList(plan.file.variables)},
                    {u"rows"_s, rows},
                    {u"turns"_s, turns},
                    {u"columns"_s, columns},
                    {u"checks"_s, checks},
                    {u"judge"_s, plan.judge.model},
                    {u"criteria"_s, plan.judge.criteria},
                    {u"at_once"_s, plan.atOnce},
                    {u"budget_usd"_s, orNull(plan.budget)}});
}

std::optional<BatchPlan> planFromJson(const QByteArray &bytes)
{
    const QJsonObject object = QJsonDocument::fromJson(bytes).object();
    BatchPlan plan;
    plan.file.name = object.value(u"name"_s).toString();
    plan.file.variables = object.value(u"variables"_s).toVariant().toStringList();
    const QJsonArray rows = object.value(u"rows"_s).toArray();
    for (const QJsonValue &row : rows) {
        plan.file.rows.push_back(row.toVariant().toStringList());
        if (plan.file.rows.back().size() != plan.file.variables.size()) {
            return std::nullopt;
        }
    }
    const QJsonArray turns = object.value(u"turns"_s).toArray();
    for (const QJsonValue &turn : turns) {
        plan.turns.push_back({roleFrom(turn[u"role"_s].toString()), turn[u"text"_s].toString()});
    }
    const QJsonArray columns = object.value(u"columns"_s).toArray();
    for (const QJsonValue &column : columns) {
        plan.columns.push_back(
            {column[u"model"_s].toString(), parametersFrom(column[u"parameters"_s].toObject())});
    }
    const QJsonArray checks = object.value(u"checks"_s).toArray();
    for (const QJsonValue &check : checks) {
        plan.checks.push_back(
            {kindFrom(check[u"kind"_s].toString()), check[u"value"_s].toString()});
    }
    plan.judge = {object.value(u"judge"_s).toString(), object.value(u"criteria"_s).toString()};
    plan.atOnce = std::clamp(object.value(u"at_once"_s).toInt(1), 1, kAtOnceMax);
    plan.budget = moneyFrom(object.value(u"budget_usd"_s));
    return problemOf(plan).isEmpty() ? std::optional(plan) : std::nullopt;
}

QByteArray answerAsJson(const BatchAnswer &answer)
{
    QJsonObject object{{u"row"_s, answer.place.row},
                       {u"column"_s, answer.place.column},
                       {u"order"_s, answer.place.order},
                       {u"text"_s, answer.text},
                       {u"failure"_s, answer.failure},
                       {u"id"_s, answer.id},
                       {u"target"_s, answer.target},
                       {u"finish_reason"_s, answer.finishReason},
                       {u"total_ms"_s, answer.totalMs},
                       {u"cost_usd"_s, orNull(answer.cost)}};
    if (answer.usage) {
        object.insert(u"prompt_tokens"_s, qint64(answer.usage->promptTokens));
        object.insert(u"completion_tokens"_s, qint64(answer.usage->completionTokens));
    }
    return compact(object);
}

std::optional<BatchAnswer> answerFromJson(const QByteArray &bytes)
{
    const QJsonObject object = QJsonDocument::fromJson(bytes).object();
    if (!object.contains(u"row"_s) || !object.contains(u"column"_s)) {
        return std::nullopt;
    }
    BatchAnswer answer{.place = {object.value(u"row"_s).toInt(),
                                 object.value(u"column"_s).toInt(),
                                 object.value(u"order"_s).toInt(-1)},
                       .text = object.value(u"text"_s).toString(),
                       .failure = object.value(u"failure"_s).toString(),
                       .id = object.value(u"id"_s).toString(),
                       .target = object.value(u"target"_s).toString(),
                       .finishReason = object.value(u"finish_reason"_s).toString(),
                       .cost = moneyFrom(object.value(u"cost_usd"_s)),
                       .totalMs = object.value(u"total_ms"_s).toDouble()};
    if (object.contains(u"prompt_tokens"_s)) {
        answer.usage = Usage();
        answer.usage->promptTokens = object.value(u"prompt_tokens"_s).toInteger();
        answer.usage->completionTokens = object.value(u"completion_tokens"_s).toInteger();
    }
    return answer;
}

QString suffixOf(BatchFormat format)
{
    return format == BatchFormat::Csv ? u"csv"_s : u"jsonl"_s;
}

QByteArray batchFileHead(const BatchRun &run, BatchFormat format)
{
    return format == BatchFormat::Csv ? csvHead(run.plan()) : QByteArray();
}

QByteArray batchFileLines(const BatchRun &run, int row, BatchFormat format)
{
    QByteArray lines;
    for (int column = 0; column < static_cast<int>(run.plan().columns.size()); ++column) {
        const BatchPlace place{row, column, -1};
        lines += format == BatchFormat::Csv ? csvLineOf(run, place) : jsonLineOf(run, place);
    }
    return lines;
}

} // namespace signalbox::ui
