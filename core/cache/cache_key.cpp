// SPDX-License-Identifier: Apache-2.0
#include "core/cache/cache_key.h"

#include "core/cache/canonical_json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <iterator>
#include <span>

namespace signalbox::cache {
namespace {

/// Understood, and written in one form by Canonical::parameters; or of no consequence for the
/// answer's words: how it is delivered, booked, watched.
constexpr std::array<std::string_view, 18> kNotRaw = {
    "model",
    "messages",
    "stream",
    "stream_options",
    "max_tokens",
    "max_completion_tokens",
    "temperature",
    "top_p",
    "n",
    "stop",
    "user",
    "metadata",
    "store",
    "service_tier",
    "safety_identifier",
    "prompt_cache_key",
    "prompt_cache_retention",
    "tools",
};

/// Of Anthropic's format: what the translation holds as well, word for word.
constexpr std::array<std::string_view, 10> kTranslated = {
    "model",
    "messages",
    "system",
    "stream",
    "max_tokens",
    "temperature",
    "top_p",
    "stop_sequences",
    "metadata",
    "service_tier",
};

bool isOneOf(std::span<const std::string_view> names, std::string_view name)
{
    return std::ranges::find(names, name) != names.end();
}

bool says(const ChatRequest &request, std::string_view name)
{
    const RawField *field = request.field(name);
    return field != nullptr && field->json != "null" && field->json != "[]"
           && field->json != "false" && field->json != "{}";
}

bool hasMedia(const ChatRequest &request)
{
    const auto isText = [](const ChatMessage::Part &part) {
        return part.kind == ChatMessage::PartKind::Text;
    };
    const auto isPlain = [&](const ChatMessage &message) {
        return std::ranges::all_of(message.parts, isText);
    };
    return request.needs.contains(Feature::Images)
           || !std::ranges::all_of(request.messages, isPlain);
}

bool isAbove(const std::optional<std::string> &lexeme, double limit)
{
    double value = 1;
    if (lexeme) {
        const char *end = lexeme->data() + lexeme->size();
        if (std::from_chars(lexeme->data(), end, value).ec != std::errc{}) {
            return true;
        }
    }
    return value > limit;
}

std::optional<NotCached> refusal(const ChatRequest &request, const KeyPolicy &policy)
{
    if (request.needs.contains(Feature::Tools) || says(request, "tools")
        || says(request, "functions")) {
        return NotCached::Tools;
    }
    if (hasMedia(request) || says(request, "audio")) {
        return NotCached::Media;
    }
    if (says(request, "web_search_options") || says(request, "enable_search")
        || says(request, "plugins")) {
        return NotCached::LiveData;
    }
    if (says(request, "store")) {
        return NotCached::Stored;
    }
    if (isAbove(request.temperature, policy.temperatureMax)) {
        return NotCached::Temperature;
    }
    return std::nullopt;
}

/// The canonical request under construction.
class Canonical
{
public:
    void scope(const Scope &scope)
    {
        text(scope.client);
        text(scope.route);
        text(scope.strict ? "strict" : "");
        auto facts = scope.facts;
        std::ranges::sort(facts);
        for (const auto &[name, value] : facts) {
            text(name);
            text(value);
        }
        m_out += '|';
    }

    void parameters(const ChatRequest &request)
    {
        text(request.maxOutputTokens ? std::to_string(*request.maxOutputTokens) : "");
        text(request.temperature.value_or(""));
        text(request.topP.value_or(""));
        text(std::to_string(request.choices));
        for (const std::string &stop : request.stop) {
            text(stop);
        }
        m_out += '|';
        fields(request.fields, kNotRaw);
    }

    /// What only Anthropic's format can say; nothing when the translation says all of it.
    void native(const ChatRequest &request)
    {
        if (!request.native) {
            return;
        }
        const auto told = [](const std::string &name) { return name == "cache_control"; };
        const bool untold = !std::ranges::all_of(request.untold, told);
        const auto counts = [untold](const RawField &field) {
            const bool turns = field.name == "messages" || field.name == "system";
            return !isOneOf(kTranslated, field.name) || (turns && untold);
        };
        std::vector<RawField> others;
        std::ranges::copy_if(request.native->fields, std::back_inserter(others), counts);
        if (others.empty() && request.native->betas.empty()) {
            return;
        }
        m_out += 'N';
        text(request.native->betas);
        fields(others, {});
    }

    /// All messages, a mark in place of the last one's text when it is a \p question.
    void messages(std::string_view raw, bool question, std::size_t count)
    {
        std::size_t at = 0;
        m_whole = forEachElement(raw,
                                 [&](std::string_view element) {
                                     ++at;
                                     message(element, question && at == count);
                                 })
                  && m_whole;
    }

    [[nodiscard]] bool isWhole() const { return m_whole; }
    [[nodiscard]] const std::string &form() const { return m_out; }

private:
    using Members = std::vector<std::pair<std::string, std::string_view>>;

    void text(std::string_view text) { appendCanonicalString(m_out, text); }
    void json(std::string_view json, MemberOrder order)
    {
        m_whole = appendCanonical(m_out, json, order) && m_whole;
    }

    void fields(const std::vector<RawField> &all, std::span<const std::string_view> known)
    {
        std::vector<const RawField *> others;
        for (const RawField &field : all) {
            if (!isOneOf(known, field.name) && field.json != "null") {
                others.push_back(&field);
            }
        }
        std::ranges::sort(others, {}, &RawField::name);
        for (const RawField *field : others) {
            text(field->name);
            json(field->json, MemberOrder::AsWritten);
        }
        m_out += '|';
    }

    Members sorted(std::string_view object)
    {
        Members members;
        m_whole = forEachMember(object,
                                [&members](const std::string &name, std::string_view value) {
                                    // Only says what the provider is to keep for later requests.
                                    if (name != "cache_control" && value != "null") {
                                        members.emplace_back(name, value);
                                    }
                                })
                  && m_whole;
        std::ranges::stable_sort(members, {}, &Members::value_type::first);
        return members;
    }

    void message(std::string_view object, bool isQuestion)
    {
        m_out += '{';
        for (const auto &[name, value] : sorted(object)) {
            text(name);
            if (name == "content") {
                content(value, isQuestion);
            } else {
                json(value, MemberOrder::Sorted);
            }
        }
        m_out += '}';
    }

    /// A text is the same as a list of that one text.
    void content(std::string_view value, bool isQuestion)
    {
        if (const auto plain = decodedString(value)) {
            part({{"text", value}, {"type", "\"text\""}}, isQuestion);
            return;
        }
        m_whole = forEachElement(value,
                                 [&](std::string_view element) {
                                     part(sorted(element), isQuestion);
                                 })
                  && m_whole;
    }

    void part(const Members &members, bool isQuestion)
    {
        m_out += '<';
        for (const auto &[name, value] : members) {
            text(name);
            if (isQuestion && name == "text") {
                m_out += '?';
            } else {
                json(value, MemberOrder::Sorted);
            }
        }
        m_out += '>';
    }

    std::string m_out;
    bool m_whole = true;
};

Result<std::string, NotCompared> questionOf(const ChatRequest &request)
{
    if (request.messages.empty() || request.messages.back().role != Role::User) {
        return Failure{NotCompared::NoQuestion};
    }
    const ChatMessage &last = request.messages.back();
    if (last.parts.size() != 1 || last.parts[0].kind != ChatMessage::PartKind::Text) {
        return Failure{NotCompared::NotPlain};
    }
    if (last.parts[0].text.size() > kQuestionBytesMax) {
        return Failure{NotCompared::TooLong};
    }
    return last.parts[0].text;
}

/// The question is in the digest alone: no two requests may share what it is appended to.
Digest exactDigest(const Digest &context, const Result<std::string, NotCompared> &question)
{
    std::string form(context.raw());
    form += question ? '?' : '.';
    if (question) {
        form += question.value();
    }
    return digestOf(form);
}

} // namespace

std::string_view toString(NotCached reason)
{
    switch (reason) {
    case NotCached::Off:
        return "off";
    case NotCached::Bypass:
        return "bypass";
    case NotCached::NotChat:
        return "not_chat";
    case NotCached::Tools:
        return "tools";
    case NotCached::Media:
        return "media";
    case NotCached::LiveData:
        return "live_data";
    case NotCached::Stored:
        return "stored";
    case NotCached::Temperature:
        return "temperature";
    case NotCached::TooLarge:
        return "too_large";
    case NotCached::Unreadable:
        return "unreadable";
    }
    return "";
}

std::string_view toString(NotCompared reason)
{
    switch (reason) {
    case NotCompared::NoQuestion:
        return "no_question";
    case NotCompared::NotPlain:
        return "not_plain";
    case NotCompared::TooLong:
        return "too_long";
    }
    return "";
}

Result<CacheKey, NotCached> keyOf(const ChatRequest &request,
                                  const Scope &scope,
                                  const KeyPolicy &policy)
{
    if (const auto reason = refusal(request, policy)) {
        return Failure{*reason};
    }
    const RawField *messages = request.field("messages");
    if (messages == nullptr) {
        return Failure{NotCached::Unreadable};
    }
    if (messages->json.size() > kKeyBytesMax) {
        return Failure{NotCached::TooLarge};
    }
    auto question = questionOf(request);
    Canonical canonical;
    canonical.scope(scope);
    canonical.parameters(request);
    canonical.native(request);
    canonical.messages(messages->json, question.ok(), request.messages.size());
    if (!canonical.isWhole()) {
        return Failure{NotCached::Unreadable};
    }
    if (canonical.form().size() > kKeyBytesMax) {
        return Failure{NotCached::TooLarge};
    }
    const Digest context = digestOf(canonical.form());
    return CacheKey{exactDigest(context, question), context, std::move(question)};
}

} // namespace signalbox::cache
