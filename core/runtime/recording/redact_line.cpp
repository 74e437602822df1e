// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/recording/redact_line.h"

#include "core/base/json_writer.h"
#include "core/base/redaction.h"
#include "core/runtime/ledger/json_fields.h"

#include <algorithm>
#include <utility>

namespace signalbox::runtime {

namespace {

/// Strings of \p json, however deep, one after another; stops nowhere.
template <typename Do>
void eachString(Json &json, const Do &act)
{
    std::vector<Json *> open{&json};
    while (!open.empty()) {
        Json *value = open.back();
        open.pop_back();
        if (value->is_string()) {
            act(value->get_ref<std::string &>());
        } else if (value->is_structured()) {
            for (Json &inner : *value) {
                open.push_back(&inner);
            }
        }
    }
}

} // namespace

LineRedactor::LineRedactor(std::shared_ptr<const std::vector<Secret>> secrets)
    : m_secrets(std::move(secrets))
{
    if (m_secrets == nullptr) {
        return;
    }
    for (const Secret &secret : *m_secrets) {
        std::string escaped;
        JsonWriter(escaped).lossyString(secret.expose());
        const std::string inner = escaped.substr(1, escaped.size() - 2);
        if (inner != secret.expose()) {
            m_escaped.emplace_back(inner);
        }
    }
}

/// Says yes for some lines without one, and never no for one with a known secret.
bool LineRedactor::mayHoldKey(const std::string &line) const
{
    const auto isThere = [&](const Secret &secret) {
        return !secret.isEmpty() && line.find(secret.expose()) != std::string::npos;
    };
    if ((m_secrets != nullptr && std::ranges::any_of(*m_secrets, isThere))
        || std::ranges::any_of(m_escaped, isThere)) {
        return true;
    }
    std::string copy = line;
    return blotKeys(copy);
}

bool LineRedactor::redactText(std::string &text) const
{
    const std::string before = text;
    if (m_secrets != nullptr) {
        for (const Secret &secret : *m_secrets) {
            secret.blotOut(text);
        }
    }
    blotKeys(text);
    return text != before;
}

bool LineRedactor::redact(std::string &line) const
{
    if (!mayHoldKey(line)) {
        return false;
    }
    auto json = parseJson(line);
    if (!json) {
        return false; // it is ours, and is JSON
    }
    bool changed = false;
    eachString(*json, [&](std::string &text) { changed = redactText(text) || changed; });
    if (changed) {
        line = toText(*json);
    }
    return changed;
}

} // namespace signalbox::runtime
