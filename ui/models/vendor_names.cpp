// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/vendor_names.h"

#include <QRegularExpression>

#include <array>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr qsizetype kPartMin = 4; ///< shorter parts of a name are words like `pro`

/// What is in a target's name, and what its answers may call themselves (a pattern).
struct Family
{
    const char *marks; ///< a pattern
    const char *names;
};

constexpr std::array kFamilies = {
    Family{"openai|gpt|\\bo[134]\\b", "OpenAI|Chat-?GPT|GPT-?[345o][\\w.-]*|GPT"},
    Family{"anthropic|claude", "Anthropic|Claude"},
    Family{"google|gemini|gemma", "Google|DeepMind|Gemini|Gemma|Bard"},
    Family{"deepseek", "DeepSeek|深度求索"},
    Family{"mistral|mixtral|codestral|magistral",
           "Mistral(?: AI)?|Mixtral|Codestral|Magistral|Le Chat"},
    Family{"qwen|qwq|dashscope|alibaba",
           "Qwen|QwQ|Alibaba|Tongyi|通义千问|通义|千问|阿里云|阿里巴巴"},
    Family{"llama|meta", "LLaMA|Meta AI"},
    Family{"grok|xai", "Grok|xAI"},
    Family{"kimi|moonshot", "Kimi|Moonshot|月之暗面"},
    Family{"glm|zhipu|z-ai", "GLM|Zhipu|智谱"},
    Family{"doubao|bytedance", "Doubao|ByteDance|豆包|字节跳动"},
    Family{"ernie|baidu", "ERNIE|Baidu|文心一言|文心|百度"},
    Family{"cohere|command-", "Cohere|Command R\\+?"},
    Family{"phi-|microsoft|copilot", "Microsoft|Copilot|Phi-\\d"},
};

QRegularExpression pattern(const QString &text)
{
    return QRegularExpression(text, QRegularExpression::CaseInsensitiveOption);
}

} // namespace

QStringList ownNamesIn(const QString &text, const QString &model)
{
    QStringList names;
    for (const Family &family : kFamilies) {
        if (pattern(QString::fromUtf8(family.marks)).match(model).hasMatch()) {
            names << QString::fromUtf8(family.names);
        }
    }
    const QStringList parts = model.split(u'/', Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        if (parts.size() > 1 && part.size() >= kPartMin) { // a route's name is no vendor's
            names << QRegularExpression::escape(part);
        }
    }
    if (names.isEmpty()) {
        return {};
    }
    // Chinese has no blanks between words, so only Latin names have to stand alone.
    const QString all = u"(?<![A-Za-z0-9])(?:%1)(?![A-Za-z0-9])"_s.arg(names.join(u'|'));
    QStringList found;
    auto matches = pattern(all).globalMatch(text);
    while (matches.hasNext()) {
        const QString word = matches.next().captured();
        if (!found.contains(word, Qt::CaseInsensitive)) {
            found << word;
        }
    }
    return found;
}

} // namespace signalbox::ui
