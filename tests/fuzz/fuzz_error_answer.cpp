// SPDX-License-Identifier: Apache-2.0
// Any status, headers and body of a refusal give an outcome with bounded words and a sane hint.
#include "tests/fuzz/provider_kinds.h"

#include "core/base/bounds.h"
#include "core/base/check.h"
#include "core/base/text.h"
#include "core/providers/classifier.h"
#include "core/providers/head_room.h"
#include "core/providers/retry_hint.h"

#include <string_view>

namespace {

using namespace signalbox;

/// Takes the lines before the first empty one off \p bytes, as headers.
http::Headers takeHeaders(std::string_view &bytes)
{
    http::Headers headers;
    while (!bytes.empty()) {
        const auto end = std::min(bytes.find('\n'), bytes.size());
        const std::string_view line = bytes.substr(0, end);
        bytes.remove_prefix(std::min(end + 1, bytes.size()));
        if (line.empty()) {
            break;
        }
        const auto colon = std::min(line.find(':'), line.size());
        headers.add(line.substr(0, colon), trimmed(line.substr(std::min(colon + 1, line.size()))));
    }
    return headers;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 3) {
        return 0;
    }
    const int status = 100 + (data[1] * 256 + data[2]) % 500;
    std::string_view body(reinterpret_cast<const char *>(data) + 3, size - 3);
    const http::Headers headers = takeHeaders(body);
    const SystemTime now{std::chrono::seconds(1'763'800'000)};
    const ProviderKind kind = fuzz::kindOf(data[0]);
    const Outcome outcome = providers::classifyAnswer(kind, status, headers, body, now);
    SB_CHECK((outcome.outcome == OutcomeClass::Success) == (status >= 200 && status < 300));
    SB_CHECK(outcome.message.size() <= bounds::kErrorMessageBytesMax);
    SB_CHECK(isUtf8(outcome.message) && isUtf8(outcome.code) && isUtf8(outcome.param));
    if (outcome.hint) {
        SB_CHECK(outcome.hint->wait >= Millis(0) && outcome.hint->wait <= providers::kRetryHintMax);
    }
    (void)providers::readHeadRoom(headers, now);
    return 0;
}
