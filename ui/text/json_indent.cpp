// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/json_indent.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui::text {

namespace {

constexpr int kStep = 2;
constexpr int kDepthMax = 40; ///< what is nested deeper moves no further

class Indenter
{
public:
    explicit Indenter(const QString &json)
        : m_json(json)
    {
        m_out.reserve(json.size() + json.size() / 4);
    }

    QString run()
    {
        for (; m_at < m_json.size(); ++m_at) {
            const QChar c = m_json[m_at];
            if (m_inString) {
                m_out += c;
                m_inString = m_escaped || c != u'"';
                m_escaped = !m_escaped && c == u'\\';
            } else if (!c.isSpace()) {
                structure(c);
            }
        }
        return std::move(m_out);
    }

private:
    void structure(QChar c)
    {
        if (c == u'}' || c == u']') {
            --m_depth;
            if (!m_isEmpty) {
                newLine();
            }
            m_isEmpty = false;
            m_out += c;
            return;
        }
        if (m_isEmpty) {
            newLine();
            m_isEmpty = false;
        }
        m_out += c;
        if (c == u'{' || c == u'[') {
            ++m_depth;
            m_isEmpty = true;
        } else if (c == u',') {
            newLine();
        } else if (c == u':') {
            m_out += u' ';
        }
        m_inString = c == u'"';
    }

    void newLine()
    {
        m_out += u'\n';
        m_out += QString(kStep * std::clamp(m_depth, 0, kDepthMax), u' ');
    }

    const QString &m_json;
    QString m_out;
    qsizetype m_at = 0;
    int m_depth = 0;
    bool m_inString = false;
    bool m_escaped = false;
    bool m_isEmpty = false; ///< a bracket was opened, and nothing came yet
};

} // namespace

QString indentedJson(const QString &json)
{
    const bool isJson = json.startsWith(u'{') || json.startsWith(u'[');
    return isJson ? Indenter(json).run() : json;
}

} // namespace signalbox::ui::text
