// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/playground_extras.h"

#include "ui/models/variables.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

using Kind = JsonPlace::Kind;

struct PlaygroundExtrasWords
{
    Q_DECLARE_TR_FUNCTIONS(PlaygroundExtrasWords)
};

using Words = PlaygroundExtrasWords;

/// Collects the first fault of a text whose JSON is sound.
class Judge
{
public:
    explicit Judge(QStringView json)
        : m_json(json)
    {}

    bool blame(const JsonPlace &place, const QString &words)
    {
        m_fault = m_fault ? m_fault : faultAt(m_json, place.begin, words);
        return false;
    }
    /// The member \p name of \p place, if it is of \p kind; a fault where it has to be there.
    const JsonPlace *want(const JsonPlace &place, const QString &name, Kind kind, bool needed)
    {
        const JsonPlace *member = place.member(name);
        if (member == nullptr && needed) {
            blame(place, Words::tr("“%1” is missing in here.").arg(name));
        } else if (member != nullptr && member->kind != kind) {
            blame(*member, Words::tr("“%1” must be %2.").arg(name, kindWord(kind)));
            return nullptr;
        }
        return member;
    }
    void schema(const JsonPlace &place);
    [[nodiscard]] const std::optional<JsonFault> &fault() const { return m_fault; }

private:
    static QString kindWord(Kind kind)
    {
        switch (kind) {
        case Kind::Object:
            return Words::tr("an object");
        case Kind::Array:
            return Words::tr("a list");
        case Kind::String:
            return Words::tr("a text");
        case Kind::Null:
        case Kind::Bool:
        case Kind::Number:
            break;
        }
        return Words::tr("something else");
    }
    void type(const JsonPlace &place);
    void required(const JsonPlace &place);

    QStringView m_json;
    std::optional<JsonFault> m_fault;
};

void Judge::type(const JsonPlace &place)
{
    static const QStringList known{
        u"object"_s, u"array"_s, u"string"_s, u"number"_s, u"integer"_s, u"boolean"_s, u"null"_s};
    const JsonPlace *type = place.member(u"type");
    if (type == nullptr) {
        return;
    }
    const std::vector<JsonPlace> types = type->kind == Kind::Array ? type->items
                                                                   : std::vector{*type};
    for (const JsonPlace &one : types) {
        if (one.kind != Kind::String || !known.contains(one.text)) {
            blame(one, Words::tr("There is no such type: %1.").arg(known.join(u", "_s)));
        }
    }
}

void Judge::required(const JsonPlace &place)
{
    const JsonPlace *names = want(place, u"required"_s, Kind::Array, false);
    const JsonPlace *properties = place.member(u"properties");
    for (const JsonPlace &name : names == nullptr ? std::vector<JsonPlace>() : names->items) {
        if (name.kind != Kind::String) {
            blame(name, Words::tr("Names are texts."));
        } else if (properties != nullptr && properties->member(name.text) == nullptr) {
            blame(name, Words::tr("There is no property “%1”.").arg(name.text));
        }
    }
}

void Judge::schema(const JsonPlace &place)
{
    if (place.kind == Kind::Bool) {
        return; // true: anything, false: nothing
    }
    if (place.kind != Kind::Object) {
        blame(place, Words::tr("A schema is an object."));
        return;
    }
    type(place);
    required(place);
    want(place, u"enum"_s, Kind::Array, false);
    if (const JsonPlace *properties = want(place, u"properties"_s, Kind::Object, false)) {
        for (const auto &[name, property] : properties->members) {
            schema(property);
        }
    }
    if (const JsonPlace *items = place.member(u"items"); items != nullptr) {
        schema(*items);
    }
    for (const auto &name : {u"anyOf"_s, u"oneOf"_s, u"allOf"_s}) {
        if (const JsonPlace *choices = want(place, name, Kind::Array, false)) {
            std::ranges::for_each(choices->items, [this](const JsonPlace &one) { schema(one); });
        }
    }
}

void judgeTool(Judge &judge, const JsonPlace &tool, QStringList &names)
{
    static const QRegularExpression allowed(u"^[a-zA-Z0-9_-]{1,64}$"_s);
    if (tool.kind != Kind::Object) {
        judge.blame(tool, Words::tr("A tool is an object."));
        return;
    }
    const JsonPlace *type = judge.want(tool, u"type"_s, Kind::String, true);
    if (type != nullptr && type->text != u"function"_s) {
        judge.blame(*type, Words::tr("Only tools of the type “function” can be offered."));
    }
    const JsonPlace *function = judge.want(tool, u"function"_s, Kind::Object, true);
    if (function == nullptr) {
        return;
    }
    const JsonPlace *name = judge.want(*function, u"name"_s, Kind::String, true);
    if (name != nullptr && !allowed.match(name->text).hasMatch()) {
        judge.blame(*name, Words::tr("A name has 1 to 64 letters a to z, digits, _ and -."));
    } else if (name != nullptr && names.contains(name->text)) {
        judge.blame(*name, Words::tr("Two tools are called “%1”.").arg(name->text));
    }
    names << (name == nullptr ? QString() : name->text);
    judge.want(*function, u"description"_s, Kind::String, false);
    if (const JsonPlace *parameters = judge.want(*function, u"parameters"_s, Kind::Object, false)) {
        judge.schema(*parameters);
    }
}

} // namespace

QStringList variableNames(const std::vector<PlaygroundTurn> &turns)
{
    QStringList names;
    for (const PlaygroundTurn &turn : turns) {
        names << variablesIn(turn.text);
    }
    names.removeDuplicates();
    return names;
}

QString filled(const QString &text, const std::vector<PlaygroundVariable> &variables)
{
    return filledBy(text, [&variables](const QString &name) -> std::optional<QString> {
        const auto known = std::ranges::find(variables, name, &PlaygroundVariable::name);
        return known == variables.end() || known->value.isEmpty() ? std::nullopt
                                                                  : std::optional(known->value);
    });
}

std::vector<PlaygroundTurn> filled(std::vector<PlaygroundTurn> turns,
                                   const std::vector<PlaygroundVariable> &variables)
{
    for (PlaygroundTurn &turn : turns) {
        turn.text = filled(turn.text, variables);
    }
    return turns;
}

QStringList unfilled(const std::vector<PlaygroundTurn> &turns,
                     const std::vector<PlaygroundVariable> &variables)
{
    QStringList names = variableNames(turns);
    names.removeIf([&variables](const QString &name) {
        const auto known = std::ranges::find(variables, name, &PlaygroundVariable::name);
        return known != variables.end() && !known->value.isEmpty();
    });
    return names;
}

std::optional<JsonFault> faultOfTools(const QString &tools)
{
    if (tools.trimmed().isEmpty()) {
        return std::nullopt;
    }
    const LocatedJson read = readJson(tools);
    if (read.fault) {
        return read.fault;
    }
    Judge judge(tools);
    if (read.root.kind != Kind::Array) {
        judge.blame(read.root, Words::tr("Tools are a list: [ … ]."));
    } else if (read.root.items.empty()) {
        judge.blame(read.root, Words::tr("There is no tool in the list."));
    }
    QStringList names;
    for (const JsonPlace &tool : read.root.items) {
        judgeTool(judge, tool, names);
    }
    return judge.fault();
}

std::optional<JsonFault> faultOfSchema(const QString &schema)
{
    if (schema.trimmed().isEmpty()) {
        return std::nullopt;
    }
    const LocatedJson read = readJson(schema);
    if (read.fault) {
        return read.fault;
    }
    Judge judge(schema);
    judge.schema(read.root);
    const JsonPlace *type = read.root.member(u"type");
    if (read.root.kind == Kind::Object && (type == nullptr || type->text != u"object"_s)) {
        judge.blame(type == nullptr ? read.root : *type,
                    Words::tr("The outermost type must be “object”."));
    }
    return judge.fault();
}

} // namespace signalbox::ui
