// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/json_schema.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

struct SchemaText
{
    Q_DECLARE_TR_FUNCTIONS(SchemaText)
};

constexpr int kDepthMax = 64;

/// Of keywords that say something: what their value must be.
enum class Takes {
    Anything, ///< it only describes, or any value will do
    Type,
    Number,
    Count,
    Pattern,
    Schema,
    Schemas, ///< an array
    NamedSchemas, ///< an object
    Names,
    Values,
};

const std::vector<std::pair<QString, Takes>> &keywords()
{
    static const std::vector<std::pair<QString, Takes>> all = {
        {u"$schema"_s, Takes::Anything},
        {u"$id"_s, Takes::Anything},
        {u"$comment"_s, Takes::Anything},
        {u"title"_s, Takes::Anything},
        {u"description"_s, Takes::Anything},
        {u"default"_s, Takes::Anything},
        {u"examples"_s, Takes::Anything},
        {u"const"_s, Takes::Anything},
        {u"type"_s, Takes::Type},
        {u"enum"_s, Takes::Values},
        {u"minimum"_s, Takes::Number},
        {u"maximum"_s, Takes::Number},
        {u"exclusiveMinimum"_s, Takes::Number},
        {u"exclusiveMaximum"_s, Takes::Number},
        {u"minLength"_s, Takes::Count},
        {u"maxLength"_s, Takes::Count},
        {u"minItems"_s, Takes::Count},
        {u"maxItems"_s, Takes::Count},
        {u"pattern"_s, Takes::Pattern},
        {u"items"_s, Takes::Schema},
        {u"not"_s, Takes::Schema},
        {u"additionalProperties"_s, Takes::Schema},
        {u"properties"_s, Takes::NamedSchemas},
        {u"required"_s, Takes::Names},
        {u"anyOf"_s, Takes::Schemas},
        {u"allOf"_s, Takes::Schemas},
        {u"oneOf"_s, Takes::Schemas},
    };
    return all;
}

const QStringList &typeNames()
{
    static const QStringList names =
        {u"null"_s, u"boolean"_s, u"integer"_s, u"number"_s, u"string"_s, u"array"_s, u"object"_s};
    return names;
}

bool isTypeValue(const QJsonValue &value)
{
    if (value.isString()) {
        return typeNames().contains(value.toString());
    }
    const QJsonArray names = value.toArray();
    return !names.isEmpty() && std::all_of(names.begin(), names.end(), [](const QJsonValue &name) {
        return typeNames().contains(name.toString());
    });
}

QString schemaProblem(const QJsonValue &schema, int depth);

QString problemOfAll(const QJsonArray &schemas, int depth)
{
    for (const QJsonValue &one : schemas) {
        if (const QString problem = schemaProblem(one, depth); !problem.isEmpty()) {
            return problem;
        }
    }
    return {};
}

/// Empty where \p value is what the keyword takes.
QString keywordProblem(const QString &name, Takes takes, const QJsonValue &value, int depth)
{
    bool fits = true;
    switch (takes) {
    case Takes::Anything:
        break;
    case Takes::Type:
        fits = isTypeValue(value);
        break;
    case Takes::Number:
        fits = value.isDouble();
        break;
    case Takes::Count:
        fits = value.toInteger(-1) >= 0;
        break;
    case Takes::Pattern:
        fits = value.isString() && QRegularExpression(value.toString()).isValid();
        break;
    case Takes::Schema:
        return schemaProblem(value, depth);
    case Takes::Schemas:
        fits = value.isArray() && !value.toArray().isEmpty();
        return fits ? problemOfAll(value.toArray(), depth)
                    : SchemaText::tr("“%1” in the schema has no schemas.").arg(name);
    case Takes::NamedSchemas: {
        QJsonArray schemas;
        const QJsonObject named = value.toObject();
        for (const QJsonValue &one : named) {
            schemas.append(one);
        }
        fits = value.isObject();
        if (fits) {
            return problemOfAll(schemas, depth);
        }
        break;
    }
    case Takes::Names: {
        const QJsonArray names = value.toArray();
        fits = value.isArray() && std::all_of(names.begin(), names.end(), [](const auto &one) {
                   return one.isString();
               });
        break;
    }
    case Takes::Values:
        fits = value.isArray() && !value.toArray().isEmpty();
        break;
    }
    return fits ? QString()
                : SchemaText::tr("“%1” in the schema has no value of its kind.").arg(name);
}

QString schemaProblem(const QJsonValue &schema, int depth)
{
    if (schema.isBool()) {
        return {};
    }
    if (!schema.isObject() || depth > kDepthMax) {
        return SchemaText::tr("A schema is an object, or true or false.");
    }
    const QJsonObject object = schema.toObject();
    for (auto member = object.begin(); member != object.end(); ++member) {
        const auto known = std::ranges::find(keywords(),
                                             member.key(),
                                             &std::pair<QString, Takes>::first);
        if (known == keywords().end()) {
            return SchemaText::tr("“%1” in the schema is not understood here.").arg(member.key());
        }
        const QString problem =
            keywordProblem(known->first, known->second, member.value(), depth + 1);
        if (!problem.isEmpty()) {
            return problem;
        }
    }
    return {};
}

bool isInteger(const QJsonValue &value)
{
    return value.isDouble() && std::floor(value.toDouble()) == value.toDouble();
}

bool isOfType(const QJsonValue &value, const QString &type)
{
    return (type == "null"_L1 && value.isNull()) || (type == "boolean"_L1 && value.isBool())
           || (type == "integer"_L1 && isInteger(value))
           || (type == "number"_L1 && value.isDouble()) || (type == "string"_L1 && value.isString())
           || (type == "array"_L1 && value.isArray()) || (type == "object"_L1 && value.isObject());
}

QString at(const QString &path, const QString &what)
{
    return (path.isEmpty() ? SchemaText::tr("The answer") : path) + u' ' + what;
}

QString complaint(const QJsonObject &schema, const QJsonValue &value, const QString &path);

QString complaintOf(const QJsonValue &schema, const QJsonValue &value, const QString &path)
{
    if (schema.isBool()) {
        return schema.toBool() ? QString() : at(path, SchemaText::tr("may not be there."));
    }
    return complaint(schema.toObject(), value, path);
}

QString aboutValue(const QJsonObject &schema, const QJsonValue &value, const QString &path)
{
    const QJsonValue type = schema.value(u"type"_s);
    const QJsonArray types = type.isString() ? QJsonArray{type} : type.toArray();
    if (!types.isEmpty() && std::none_of(types.begin(), types.end(), [&](const QJsonValue &one) {
            return isOfType(value, one.toString());
        })) {
        QStringList names;
        for (const QJsonValue &one : types) {
            names << one.toString();
        }
        return at(path, SchemaText::tr("is not of the type %1.").arg(names.join(u", "_s)));
    }
    if (schema.contains(u"enum"_s) && !schema.value(u"enum"_s).toArray().contains(value)) {
        return at(path, SchemaText::tr("is none of the values that may be."));
    }
    if (schema.contains(u"const"_s) && schema.value(u"const"_s) != value) {
        return at(path, SchemaText::tr("is not the value that it must be."));
    }
    return {};
}

QString aboutNumber(const QJsonObject &schema, double value, const QString &path)
{
    const auto limit = [&schema](const QString &name, double otherwise) {
        return schema.value(name).toDouble(otherwise);
    };
    const bool low = value < limit(u"minimum"_s, -HUGE_VAL)
                     || value <= limit(u"exclusiveMinimum"_s, -HUGE_VAL);
    const bool high = value > limit(u"maximum"_s, HUGE_VAL)
                      || value >= limit(u"exclusiveMaximum"_s, HUGE_VAL);
    return low    ? at(path, SchemaText::tr("is too small."))
           : high ? at(path, SchemaText::tr("is too large."))
                  : QString();
}

QString aboutText(const QJsonObject &schema, const QString &value, const QString &path)
{
    const auto length = static_cast<qint64>(value.toUcs4().size());
    if (length < schema.value(u"minLength"_s).toInteger(0)) {
        return at(path, SchemaText::tr("is too short."));
    }
    if (schema.contains(u"maxLength"_s) && length > schema.value(u"maxLength"_s).toInteger()) {
        return at(path, SchemaText::tr("is too long."));
    }
    const QRegularExpression pattern(schema.value(u"pattern"_s).toString());
    return schema.contains(u"pattern"_s) && !pattern.match(value).hasMatch()
               ? at(path, SchemaText::tr("does not match its pattern."))
               : QString();
}

QString aboutItems(const QJsonObject &schema, const QJsonArray &items, const QString &path)
{
    if (items.size() < schema.value(u"minItems"_s).toInteger(0)) {
        return at(path, SchemaText::tr("has too few items."));
    }
    if (schema.contains(u"maxItems"_s) && items.size() > schema.value(u"maxItems"_s).toInteger()) {
        return at(path, SchemaText::tr("has too many items."));
    }
    if (!schema.contains(u"items"_s)) {
        return {};
    }
    for (qsizetype i = 0; i < items.size(); ++i) {
        const QString found = complaintOf(schema.value(u"items"_s),
                                          items[i],
                                          u"%1[%2]"_s.arg(path).arg(i));
        if (!found.isEmpty()) {
            return found;
        }
    }
    return {};
}

QString aboutMembers(const QJsonObject &schema, const QJsonObject &members, const QString &path)
{
    const QJsonArray required = schema.value(u"required"_s).toArray();
    for (const QJsonValue &name : required) {
        if (!members.contains(name.toString())) {
            return at(path, SchemaText::tr("has no “%1”.").arg(name.toString()));
        }
    }
    const QJsonObject known = schema.value(u"properties"_s).toObject();
    const QJsonValue others = schema.value(u"additionalProperties"_s);
    for (auto member = members.begin(); member != members.end(); ++member) {
        const QString where = path.isEmpty() ? member.key() : path + u'.' + member.key();
        const bool isKnown = known.contains(member.key());
        if (!isKnown && others.isUndefined()) {
            continue;
        }
        const QString found = complaintOf(isKnown ? known.value(member.key()) : others,
                                          member.value(),
                                          where);
        if (!found.isEmpty()) {
            return found;
        }
    }
    return {};
}

QString aboutChoices(const QJsonObject &schema, const QJsonValue &value, const QString &path)
{
    const auto fitting = [&](const QString &name) {
        const QJsonArray schemas = schema.value(name).toArray();
        return std::count_if(schemas.begin(), schemas.end(), [&](const QJsonValue &one) {
            return complaintOf(one, value, path).isEmpty();
        });
    };
    const QJsonArray all = schema.value(u"allOf"_s).toArray();
    for (const QJsonValue &one : all) {
        if (const QString found = complaintOf(one, value, path); !found.isEmpty()) {
            return found;
        }
    }
    if ((schema.contains(u"anyOf"_s) && fitting(u"anyOf"_s) == 0)
        || (schema.contains(u"oneOf"_s) && fitting(u"oneOf"_s) != 1)) {
        return at(path, SchemaText::tr("fits none of the forms that may be, or more than one."));
    }
    return schema.contains(u"not"_s) && complaintOf(schema.value(u"not"_s), value, path).isEmpty()
               ? at(path, SchemaText::tr("has a form that may not be."))
               : QString();
}

QString complaint(const QJsonObject &schema, const QJsonValue &value, const QString &path)
{
    QString found = aboutValue(schema, value, path);
    if (found.isEmpty() && value.isDouble()) {
        found = aboutNumber(schema, value.toDouble(), path);
    } else if (found.isEmpty() && value.isString()) {
        found = aboutText(schema, value.toString(), path);
    } else if (found.isEmpty() && value.isArray()) {
        found = aboutItems(schema, value.toArray(), path);
    } else if (found.isEmpty() && value.isObject()) {
        found = aboutMembers(schema, value.toObject(), path);
    }
    return found.isEmpty() ? aboutChoices(schema, value, path) : found;
}

/// Any JSON value, which Qt's reader takes within an array only.
std::optional<QJsonValue> readJson(const QByteArray &text)
{
    QJsonParseError error{};
    const QJsonDocument document = QJsonDocument::fromJson('[' + text + ']', &error);
    return error.error == QJsonParseError::NoError && document.array().size() == 1
               ? std::optional(document.array().at(0))
               : std::nullopt;
}

} // namespace

QString schemaProblem(const QByteArray &schema)
{
    const auto read = readJson(schema);
    return read ? schemaProblem(*read, 0) : SchemaText::tr("The schema is no JSON.");
}

QString schemaComplaint(const QByteArray &schema, const QByteArray &text)
{
    const auto value = readJson(text);
    return value ? complaintOf(readJson(schema).value_or(QJsonValue(true)), *value, {})
                 : SchemaText::tr("The answer is no JSON.");
}

} // namespace signalbox::ui
