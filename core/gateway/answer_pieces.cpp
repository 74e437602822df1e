// SPDX-License-Identifier: Apache-2.0
#include "core/gateway/answer_pieces.h"

#include "core/base/text.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace signalbox::gateway {
namespace {

/// Bytes of the first piece of \p text.
std::size_t pieceOf(std::string_view text)
{
    if (text.size() <= kPieceBytes) {
        return text.size();
    }
    const auto blank = text.substr(0, kPieceBytes).find_last_of(" \n\t");
    if (blank != std::string_view::npos) {
        return blank + 1;
    }
    std::size_t at = 0;
    while (at < kPieceBytes) {
        static_cast<void>(nextCodePoint(text, at));
    }
    return at;
}

class Pieces
{
public:
    explicit Pieces(const ChatChunk &whole)
        : m_whole(whole)
    {}

    std::vector<ChatChunk> cut()
    {
        for (const ChoiceDelta &choice : m_whole.choices) {
            add(choice);
        }
        ChatChunk &last = next();
        last.usage = m_whole.usage;
        last.usageJson = m_whole.usageJson;
        return std::move(m_pieces);
    }

private:
    void add(const ChoiceDelta &choice)
    {
        text(choice, &ChoiceDelta::reasoning);
        if (!choice.reasoningDetailsJson.empty()) {
            delta(choice).reasoningDetailsJson = choice.reasoningDetailsJson;
        }
        if (choice.logprobsJson.empty()) {
            text(choice, &ChoiceDelta::content);
        } else {
            ChoiceDelta &one = delta(choice);
            one.content = choice.content;
            one.logprobsJson = choice.logprobsJson;
        }
        text(choice, &ChoiceDelta::refusal);
        delta(choice).finish = choice.finish;
    }

    void text(const ChoiceDelta &choice, std::optional<std::string> ChoiceDelta::*member)
    {
        std::string_view rest = choice.*member ? std::string_view(*(choice.*member))
                                               : std::string_view();
        while (!rest.empty()) {
            const std::size_t size = pieceOf(rest);
            delta(choice).*member = std::string(rest.substr(0, size));
            rest.remove_prefix(size);
        }
    }

    ChoiceDelta &delta(const ChoiceDelta &choice)
    {
        ChoiceDelta &made = next().choices.emplace_back();
        made.index = choice.index;
        return made;
    }

    ChatChunk &next()
    {
        ChatChunk &chunk = m_pieces.emplace_back();
        chunk.id = m_whole.id;
        chunk.model = m_whole.model;
        chunk.created = m_whole.created;
        chunk.systemFingerprintJson = m_whole.systemFingerprintJson;
        chunk.serviceTierJson = m_whole.serviceTierJson;
        return chunk;
    }

    const ChatChunk &m_whole;
    std::vector<ChatChunk> m_pieces;
};

} // namespace

std::vector<ChatChunk> inPieces(const ChatChunk &whole)
{
    return Pieces(whole).cut();
}

} // namespace signalbox::gateway
