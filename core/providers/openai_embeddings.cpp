// SPDX-License-Identifier: Apache-2.0
#include "core/providers/openai_embeddings.h"

#include "core/providers/classifier.h"
#include "core/providers/json_reader.h"
#include "core/providers/usage_reader.h"

#include <optional>
#include <utility>

namespace signalbox::providers {

void OpenAiEmbeddingsDecoder::onEvent(const http::SseEvent & /*event*/)
{
    failUnparseable("an event stream where embeddings were asked for");
}

void OpenAiEmbeddingsDecoder::onStreamOver()
{
    failUnparseable("an event stream where embeddings were asked for");
}

void OpenAiEmbeddingsDecoder::onDocument(std::string_view body)
{
    thread_local JsonReader reader;
    auto root = reader.open(body);
    ChatChunk answer;
    bool hasData = false;
    std::optional<ErrorBody> error;
    const bool object = root && forEachMember(*root, [&](std::string_view name, JsonValue &value) {
                            if (name == "model") {
                                answer.model = stringOrEmpty(value);
                            } else if (name == "usage") {
                                answer.usage = readOpenAiUsage(value);
                            } else if (name == "error" && !isNull(value)) {
                                error = readErrorValue(value);
                            } else if (name == "data") {
                                hasData = typeOf(value) == JsonType::array;
                            }
                        });
    if (!object) {
        failUnparseable("not valid JSON");
        return;
    }
    if (error) {
        fail(classifyToldError(m_kind, *error, OutcomeClass::ServerError));
        return;
    }
    if (!hasData) {
        fail({OutcomeClass::EmptyAnswer, "the answer has no embeddings", {}});
        return;
    }
    answer.wholeJson = body;
    emit(std::move(answer));
    end();
}

} // namespace signalbox::providers
