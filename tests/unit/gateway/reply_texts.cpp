// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/gateway/reply_texts.h"

namespace signalbox::tests {

const char *const kStream =
    R"(data: {"id":"chatcmpl-ID","object":"chat.completion.chunk","created":1700000000,"model":"upstream-model",)"
    R"("choices":[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}]})"
    "\n\n"
    R"(data: {"id":"chatcmpl-ID","object":"chat.completion.chunk","created":1700000000,"model":"upstream-model",)"
    R"("choices":[{"index":0,"delta":{"content":"hel"},"logprobs":null,"finish_reason":null}]})"
    "\n\n"
    R"(data: {"id":"chatcmpl-ID","object":"chat.completion.chunk","created":1700000000,"model":"upstream-model",)"
    R"("choices":[{"index":0,"delta":{"content":"lo"},"logprobs":null,"finish_reason":null}]})"
    "\n\n"
    R"(data: {"id":"chatcmpl-ID","object":"chat.completion.chunk","created":1700000000,"model":"upstream-model",)"
    R"("choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}]})"
    "\n\n"
    "data: [DONE]\n\n";

const char *const kErrorEvent =
    R"(data: {"error":{"message":"The upstream's answer broke off: reset","type":"api_error",)"
    R"("param":null,"code":"upstream_stream_broken","origin":"upstream","provider":"a",)"
    R"("attempts":[{"target":"a/x","status":200,"reason":"reset","ms":300}]}})"
    "\n\n";

const char *const kAnswer =
    R"({"id":"chatcmpl-ID","object":"chat.completion","created":1700000000,"model":"upstream-model",)"
    R"("choices":[{"index":0,"message":{"role":"assistant","content":"hello","refusal":null},)"
    R"("logprobs":null,"finish_reason":"stop"}],)"
    R"("usage":{"prompt_tokens":10,"completion_tokens":2,"total_tokens":12}})";

const char *const kError =
    R"({"error":{"message":"Every target failed; the last one, b/y: upstream says 500",)"
    R"("type":"api_error","param":null,"code":"no_target_available","origin":"upstream",)"
    R"("provider":"b","attempts":[{"target":"a/x","status":0,"reason":"refused","ms":100},)"
    R"({"target":"b/y","status":500,"reason":"upstream says 500","ms":100}]}})";

const char *const kModels = R"({"object":"list","data":[)"
                            R"({"id":"chat","object":"model","created":0,"owned_by":"signalbox"},)"
                            R"({"id":"a/x","object":"model","created":0,"owned_by":"a"},)"
                            R"({"id":"a/x2","object":"model","created":0,"owned_by":"a"},)"
                            R"({"id":"b/y","object":"model","created":0,"owned_by":"b"},)"
                            R"({"id":"c/z","object":"model","created":0,"owned_by":"c"}]})";

} // namespace signalbox::tests
