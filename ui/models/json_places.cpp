// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/json_places.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kDepthMax = 64;

struct JsonWords
{
    Q_DECLARE_TR_FUNCTIONS(JsonWords)
};

/// Reads one value after the other; the first fault ends it.
class Reader
{
public:
    explicit Reader(QStringView json)
        : m_json(json)
    {}

    LocatedJson read()
    {
        LocatedJson read;
        read.root = value(0);
        skipBlanks();
        if (!m_fault && m_at < m_json.size()) {
            fail(m_at, JsonWords::tr("There is more after the end of the value."));
        }
        read.fault = m_fault;
        return read;
    }

private:
    void fail(qsizetype at, const QString &words)
    {
        if (!m_fault) {
            m_fault = faultAt(m_json, at, words);
        }
        m_at = m_json.size();
    }
    void skipBlanks()
    {
        while (m_at < m_json.size() && QStringView(u" \t\r\n").contains(m_json[m_at])) {
            ++m_at;
        }
    }
    bool take(QChar wanted)
    {
        skipBlanks();
        if (m_at < m_json.size() && m_json[m_at] == wanted) {
            ++m_at;
            return true;
        }
        return false;
    }

    JsonPlace value(int depth);
    void fillArray(JsonPlace &place, int depth);
    void fillObject(JsonPlace &place, int depth);
    QString string();
    JsonPlace word(qsizetype begin);

    QStringView m_json;
    qsizetype m_at = 0;
    std::optional<JsonFault> m_fault;
};

JsonPlace Reader::value(int depth)
{
    skipBlanks();
    JsonPlace place{.begin = m_at};
    if (m_at >= m_json.size()) {
        fail(m_at, JsonWords::tr("A value is missing."));
        return place;
    }
    if (depth > kDepthMax) {
        fail(m_at, JsonWords::tr("This is nested too deeply."));
        return place;
    }
    if (m_json[m_at] == u'"') {
        place.kind = JsonPlace::Kind::String;
        place.text = string();
    } else if (take(u'[')) {
        place.kind = JsonPlace::Kind::Array;
        fillArray(place, depth);
    } else if (take(u'{')) {
        place.kind = JsonPlace::Kind::Object;
        fillObject(place, depth);
    } else {
        place = word(m_at);
    }
    return place;
}

void Reader::fillArray(JsonPlace &place, int depth)
{
    if (take(u']')) {
        return;
    }
    while (!m_fault) {
        place.items.push_back(value(depth + 1));
        if (take(u']')) {
            return;
        }
        if (!take(u',')) {
            fail(m_at, JsonWords::tr("A comma or ] is missing here."));
        }
    }
}

void Reader::fillObject(JsonPlace &place, int depth)
{
    if (take(u'}')) {
        return;
    }
    while (!m_fault) {
        skipBlanks();
        const qsizetype begin = m_at;
        if (m_at >= m_json.size() || m_json[m_at] != u'"') {
            return fail(m_at, JsonWords::tr("A name in double quotes is missing here."));
        }
        const QString name = string();
        if (place.member(name) != nullptr) {
            return fail(begin, JsonWords::tr("“%1” is here twice.").arg(name));
        }
        if (!take(u':')) {
            return fail(m_at, JsonWords::tr("A colon is missing here."));
        }
        place.members.emplace_back(name, value(depth + 1));
        if (take(u'}')) {
            return;
        }
        if (!take(u',')) {
            fail(m_at, JsonWords::tr("A comma or } is missing here."));
        }
    }
}

/// Its escapes are left to Qt, which knows them all.
QString Reader::string()
{
    const qsizetype begin = m_at;
    for (++m_at; m_at < m_json.size() && m_json[m_at] != u'"'; ++m_at) {
        if (m_json[m_at] == u'\\') {
            ++m_at;
        } else if (m_json[m_at] < u' ') {
            fail(m_at, JsonWords::tr("A text must end in the line it begins in."));
            return {};
        }
    }
    if (m_at >= m_json.size()) {
        fail(begin, JsonWords::tr("The text that begins here has no end."));
        return {};
    }
    ++m_at;
    const QString raw = m_json.sliced(begin, m_at - begin).toString();
    const QJsonDocument read = QJsonDocument::fromJson(u"[%1]"_s.arg(raw).toUtf8());
    if (!read.isArray()) {
        fail(begin, JsonWords::tr("There is a wrong escape in this text."));
        return {};
    }
    return read.array().first().toString();
}

JsonPlace Reader::word(qsizetype begin)
{
    while (m_at < m_json.size() && !QStringView(u" \t\r\n,:]}[{\"").contains(m_json[m_at])) {
        ++m_at;
    }
    const QString text = m_json.sliced(begin, m_at - begin).toString();
    const QJsonDocument read = QJsonDocument::fromJson(u"[%1]"_s.arg(text).toUtf8());
    if (text.isEmpty() || !read.isArray()) {
        fail(begin, JsonWords::tr("Here a value should be."));
        return {};
    }
    const QJsonValue value = read.array().first();
    return {.kind = value.isNull()   ? JsonPlace::Kind::Null
                    : value.isBool() ? JsonPlace::Kind::Bool
                                     : JsonPlace::Kind::Number,
            .begin = begin,
            .text = text};
}

} // namespace

const JsonPlace *JsonPlace::member(QStringView name) const
{
    const auto found = std::ranges::find_if(members, [name](const auto &member) {
        return member.first == name;
    });
    return found == members.end() ? nullptr : &found->second;
}

LocatedJson readJson(QStringView json)
{
    return Reader(json).read();
}

JsonFault faultAt(QStringView json, qsizetype at, const QString &words)
{
    const QStringView before = json.first(std::min(at, json.size()));
    const qsizetype lineBegin = before.lastIndexOf(u'\n') + 1;
    return {.line = static_cast<int>(before.count(u'\n')) + 1,
            .column = static_cast<int>(before.size() - lineBegin) + 1,
            .words = words};
}

} // namespace signalbox::ui
