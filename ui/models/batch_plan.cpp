// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/batch_plan.h"

#include "ui/models/batch_judge.h"
#include "ui/models/bill_csv.h"
#include "ui/models/variables.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

struct BatchText
{
    Q_DECLARE_TR_FUNCTIONS(BatchText)
};

QString textOfValue(const QJsonValue &value)
{
    if (value.isString()) {
        return value.toString();
    }
    if (value.isNull() || value.isUndefined()) {
        return {};
    }
    const QByteArray whole =
        QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact); // [value]
    return QString::fromUtf8(whole.mid(1, whole.size() - 2));
}

QString sentence(int line, const QString &what)
{
    return BatchText::tr("Line %1: %2").arg(line).arg(what);
}

/// One line as an object; nothing where it is none.
std::optional<QJsonObject> objectIn(const QByteArray &line)
{
    const QJsonDocument read = QJsonDocument::fromJson('[' + line + ']');
    if (read.array().size() != 1) {
        return std::nullopt;
    }
    const QJsonValue value = read.array().at(0);
    if (value.isString()) {
        return QJsonObject{{u"prompt"_s, value}};
    }
    return value.isObject() ? std::optional(value.toObject()) : std::nullopt;
}

Result<PromptFile, QString> readJsonLines(const QByteArray &bytes, const QString &name)
{
    PromptFile file{.name = name};
    std::vector<QJsonObject> objects;
    const QList<QByteArray> lines = bytes.split('\n');
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QByteArray line = lines[i].trimmed();
        if (line.isEmpty()) {
            continue;
        }
        auto object = objectIn(line);
        if (!object || object->isEmpty()) {
            return Failure{
                sentence(static_cast<int>(i) + 1,
                         BatchText::tr("there is no JSON object with a variable in it."))};
        }
        if (objects.size() >= static_cast<std::size_t>(kPromptsMax)) {
            return Failure{BatchText::tr("The file has more than %L1 prompts.").arg(kPromptsMax)};
        }
        const QStringList keys = object->keys();
        for (const QString &key : keys) {
            if (!file.variables.contains(key)) {
                file.variables << key;
            }
        }
        objects.push_back(std::move(*object));
    }
    for (const QJsonObject &object : objects) {
        QStringList row;
        for (const QString &variable : std::as_const(file.variables)) {
            row << textOfValue(object.value(variable));
        }
        file.rows.push_back(std::move(row));
    }
    return file;
}

Result<PromptFile, QString> readTable(const QByteArray &bytes, const QString &name)
{
    auto table = readCsv(bytes);
    if (!table) {
        return Failure{textOf(table.error())};
    }
    PromptFile file{.name = name, .variables = table->header};
    for (CsvRow &row : table->rows) {
        file.rows.push_back(std::move(row.fields));
    }
    return file;
}

QJsonObject message(const QString &role, const QString &text)
{
    return {{u"role"_s, role}, {u"content"_s, text}};
}

} // namespace

Result<PromptFile, QString> readPrompts(const QByteArray &bytes, const QString &name)
{
    if (bytes.size() > kPromptBytesMax) {
        return Failure{BatchText::tr("The file is larger than %1 MB.").arg(kPromptBytesMax >> 20)};
    }
    if (bytes.contains('\0') || !QString::fromUtf8(bytes).toUtf8().startsWith(bytes.left(3))) {
        return Failure{BatchText::tr("The file is no text in UTF-8.")};
    }
    const QByteArray start = bytes.left(1'000).trimmed();
    const bool isLines = name.endsWith(".jsonl"_L1, Qt::CaseInsensitive)
                         || name.endsWith(".ndjson"_L1, Qt::CaseInsensitive)
                         || start.startsWith('{');
    auto file = isLines ? readJsonLines(bytes, name) : readTable(bytes, name);
    if (file && file->rows.empty()) {
        return Failure{BatchText::tr("There is no prompt in the file.")};
    }
    return file;
}

QString filled(const QString &text, const PromptFile &file, int row)
{
    const QStringList &values = file.rows.at(static_cast<std::size_t>(row));
    return filledBy(text, [&](const QString &name) {
        const qsizetype variable = file.variables.indexOf(name);
        return variable < 0 ? std::nullopt : std::optional(values.value(variable));
    });
}

std::vector<PlaygroundTurn> turnsFor(std::vector<PlaygroundTurn> turns, const PromptFile &file)
{
    const bool names = std::ranges::any_of(turns, [](const PlaygroundTurn &turn) {
        return !variablesIn(turn.text).isEmpty();
    });
    auto last = std::find_if(turns.rbegin(), turns.rend(), [](const PlaygroundTurn &turn) {
        return turn.role == TurnRole::User;
    });
    if (names || !file.variables.contains(u"prompt"_s)) {
        return turns;
    }
    if (last == turns.rend()) {
        turns.push_back({});
        last = turns.rbegin();
    }
    if (last->text.trimmed().isEmpty()) {
        last->text = u"{{prompt}}"_s;
    }
    return turns;
}

QString problemOf(const BatchPlan &plan)
{
    if (plan.prompts() == 0) {
        return BatchText::tr("Open a file of prompts first.");
    }
    if (plan.columns.empty()) {
        return BatchText::tr("Choose a target or a route for a column.");
    }
    QStringList names;
    for (const PlaygroundTurn &turn : plan.turns) {
        names << variablesIn(turn.text);
    }
    for (const QString &name : std::as_const(names)) {
        if (!plan.file.variables.contains(name)) {
            return BatchText::tr("The prompt names {{%1}}, which the file does not have.")
                .arg(name);
        }
    }
    if (names.isEmpty()) {
        return BatchText::tr("The prompt names nothing of the file: write {{%1}} into it.")
            .arg(plan.file.variables.value(0));
    }
    for (const BatchCheck &check : plan.checks) {
        if (const QString problem = problemOf(check); !problem.isEmpty()) {
            return problem;
        }
    }
    if (!plan.judge.model.isEmpty() && plan.columns.size() < 2) {
        return BatchText::tr("A judge compares: it needs a second column.");
    }
    return {};
}

QByteArray batchBody(const BatchPlan &plan,
                     BatchPlace place,
                     const QString &first,
                     const QString &second)
{
    QJsonArray messages;
    PlaygroundParameters with;
    QString model = plan.judge.model;
    QStringList said;
    for (const PlaygroundTurn &turn : plan.turns) {
        const QString text = filled(turn.text, plan.file, place.row);
        if (text.trimmed().isEmpty()) {
            continue;
        }
        messages.append(message(roleName(turn.role), text));
        said << roleName(turn.role) + u": "_s + text;
    }
    if (place.isJudgement()) {
        const bool turned = place.order == 1;
        messages = {message(u"system"_s, judgeInstruction(plan.judge.criteria)),
                    message(u"user"_s,
                            judgeQuestion(said.join(u"\n\n"_s),
                                          turned ? second : first,
                                          turned ? first : second))};
    } else {
        const BatchColumn &column = plan.columns.at(static_cast<std::size_t>(place.column));
        model = column.model;
        with = column.parameters;
    }
    QJsonObject body{{u"model"_s, model}, {u"messages"_s, messages}};
    addParameters(body, with);
    return QJsonDocument(body).toJson(QJsonDocument::Compact);
}

} // namespace signalbox::ui
