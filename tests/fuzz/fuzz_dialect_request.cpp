// SPDX-License-Identifier: Apache-2.0
// A body in any dialect is refused with a reason, or every provider can be asked with it in valid
// JSON, and a provider of the dialect's own format with what is a request of that dialect again.
#include "tests/fuzz/dialects.h"
#include "tests/fuzz/json_grammar.h"
#include "tests/fuzz/provider_kinds.h"

#include "core/base/check.h"
#include "core/base/text.h"
#include "core/providers/adapter.h"

namespace {

using namespace signalbox;

void checkAsked(const providers::Dialect &dialect, const ChatRequest &request)
{
    for (const ProviderKind kind : fuzz::kKinds) {
        const providers::Adapter &adapter = providers::adapterFor(kind);
        for (const std::string_view model : fuzz::modelsOf(kind)) {
            const auto call = adapter.encodeChat(request, model, ModelSettings());
            SB_CHECK(call.ok() != adapter.refuses(request, model).has_value());
            if (!call) {
                SB_CHECK(!call.error().text.empty());
                continue;
            }
            SB_CHECK(fuzz::isJson(call->body));
            SB_CHECK(call->dropped.size() <= call->notes.size());
            // Without the thinking of others there may be nothing left to send.
            const bool empty = call->body.find(R"("messages":[])") != std::string::npos;
            if (dialect.isNativeTo(kind) && !empty) {
                SB_CHECK(dialect.decode(call->body, {}).ok());
            }
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const std::string_view body(reinterpret_cast<const char *>(data), size);
    for (const providers::Dialect *dialect : fuzz::dialects()) {
        const auto request = dialect->decode(body, {});
        if (request) {
            SB_CHECK(fuzz::isJson(body));
            checkAsked(*dialect, *request);
        } else {
            SB_CHECK(!request.error().message.empty() && isUtf8(request.error().message));
        }
    }
    const auto counted = providers::decodeForCount(body);
    SB_CHECK(counted.ok() || !counted.error().message.empty());
    return 0;
}
