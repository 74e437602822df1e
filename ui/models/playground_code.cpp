// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/playground_code.h"

#include "ui/text/json_indent.h"

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

const std::array<std::pair<QString, QString>, 3> &pythonWords()
{
    static const std::array<std::pair<QString, QString>, 3> words{std::pair{u"true"_s, u"True"_s},
                                                                  std::pair{u"false"_s, u"False"_s},
                                                                  std::pair{u"null"_s, u"None"_s}};
    return words;
}

/// The streamed requests as a list in JSON, indented.
QString requestsOf(const std::vector<PlaygroundAsk> &asks)
{
    QString all = u"["_s;
    for (const PlaygroundAsk &ask : asks) {
        all += (all.size() > 1 ? u","_s : QString()) + QString::fromUtf8(chatBody(ask));
    }
    // Line separators end a line in older JavaScript, even within a text.
    return text::indentedJson(all + u"]"_s)
        .replace(QChar(0x2028), u"\\u2028"_s)
        .replace(QChar(0x2029), u"\\u2029"_s);
}

/// \p address in JSON's quotes, which both languages take.
QString quoted(const QString &address)
{
    QString text = address + u"/v1"_s;
    return u'"' + text.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s) + u'"';
}

} // namespace

QString pythonLiteral(const QString &json)
{
    QString literal;
    bool inText = false;
    for (qsizetype i = 0; i < json.size(); ++i) {
        const QChar c = json[i];
        if (inText && c == u'\\') {
            literal += c;
            literal += json.size() > i + 1 ? json[++i] : QChar();
            continue;
        }
        inText = c == u'"' ? !inText : inText;
        bool replaced = false;
        for (const auto &[word, python] : pythonWords()) {
            if (!inText && QStringView(json).sliced(i).startsWith(word)) {
                literal += python;
                i += word.size() - 1;
                replaced = true;
                break;
            }
        }
        if (!replaced) {
            literal += c;
        }
    }
    return literal;
}

QString pythonFor(const QString &address, const std::vector<PlaygroundAsk> &asks)
{
    return uR"(import os
from openai import OpenAI

client = OpenAI(base_url=%1, api_key=os.environ["SIGNALBOX_KEY"])

requests = %2

for request in requests:
    print("##", request["model"])
    stream = client.chat.completions.create(
        **request, extra_headers={"x-signalbox-cache": "bypass"})
    for chunk in stream:
        for choice in chunk.choices:
            for call in choice.delta.tool_calls or []:
                print(call.function.name or "", call.function.arguments or "", sep="", end="")
            print(choice.delta.content or "", end="", flush=True)
    print()
)"_s.arg(quoted(address), pythonLiteral(requestsOf(asks)));
}

QString nodeFor(const QString &address, const std::vector<PlaygroundAsk> &asks)
{
    return uR"(import OpenAI from "openai";

const client = new OpenAI({ baseURL: %1, apiKey: process.env.SIGNALBOX_KEY });

const requests = %2;

for (const request of requests) {
  console.log("##", request.model);
  const stream = await client.chat.completions.create(request, {
    headers: { "x-signalbox-cache": "bypass" },
  });
  for await (const chunk of stream) {
    for (const choice of chunk.choices) {
      for (const call of choice.delta.tool_calls ?? []) {
        process.stdout.write(`${call.function?.name ?? ""}${call.function?.arguments ?? ""}`);
      }
      process.stdout.write(choice.delta.content ?? "");
    }
  }
  console.log();
}
)"_s.arg(quoted(address), requestsOf(asks));
}

} // namespace signalbox::ui
