// SPDX-License-Identifier: Apache-2.0
// A client's body is refused with a reason, or every provider can be asked with it in valid JSON.
#include "tests/fuzz/json_grammar.h"
#include "tests/fuzz/provider_kinds.h"

#include "core/base/check.h"
#include "core/base/text.h"
#include "core/providers/adapter.h"
#include "core/providers/client_api.h"

namespace {

using namespace signalbox;

void checkCall(const Result<providers::HttpCall, providers::Refusal> &call)
{
    if (!call) {
        SB_CHECK(!call.error().text.empty());
        return;
    }
    SB_CHECK(fuzz::isJson(call->body));
    SB_CHECK(call->dropped.size() <= call->notes.size());
}

void checkChat(std::string_view body)
{
    const auto request = providers::decodeChat(body);
    if (!request) {
        SB_CHECK(!request.error().message.empty() && isUtf8(request.error().message));
        return;
    }
    SB_CHECK(fuzz::isJson(body));
    for (const ProviderKind kind : fuzz::kKinds) {
        const providers::Adapter &adapter = providers::adapterFor(kind);
        for (const std::string_view model : fuzz::modelsOf(kind)) {
            const auto call = adapter.encodeChat(*request, model, ModelSettings());
            SB_CHECK(call.ok() != adapter.refuses(*request, model).has_value());
            checkCall(call);
            if (call && kind == ProviderKind::OpenAi) {
                SB_CHECK(providers::decodeChat(call->body).ok());
            }
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view body(reinterpret_cast<const char *>(data), size);
    checkChat(body);
    const auto embeddings = providers::decodeEmbeddings(body);
    if (!embeddings) {
        SB_CHECK(!embeddings.error().message.empty());
        return 0;
    }
    for (const ProviderKind kind : fuzz::kKinds) {
        checkCall(providers::adapterFor(kind).encodeEmbeddings(*embeddings, "model"));
    }
    return 0;
}
