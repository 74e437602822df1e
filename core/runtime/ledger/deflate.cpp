// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/ledger/deflate.h"

#include "core/base/check.h"

#include <algorithm>
#include <zlib.h>

namespace signalbox::runtime {
namespace {

const Bytef *bytesOf(std::string_view text)
{
    return reinterpret_cast<const Bytef *>(text.data());
}

} // namespace

std::string deflated(std::string_view text)
{
    uLongf size = compressBound(static_cast<uLong>(text.size()));
    std::string out(size, '\0');
    const int code = compress2(reinterpret_cast<Bytef *>(out.data()),
                               &size,
                               bytesOf(text),
                               static_cast<uLong>(text.size()),
                               Z_DEFAULT_COMPRESSION);
    SB_CHECK(code == Z_OK); // there is room enough, and memory ends the process by itself
    out.resize(size);
    return out;
}

std::optional<std::string> inflated(std::string_view bytes, std::size_t most)
{
    std::string out(std::min<std::size_t>(most, bytes.size() * 4 + 64), '\0');
    for (;;) {
        uLongf size = static_cast<uLongf>(out.size());
        const int code = uncompress(reinterpret_cast<Bytef *>(out.data()),
                                    &size,
                                    bytesOf(bytes),
                                    static_cast<uLong>(bytes.size()));
        if (code == Z_OK) {
            out.resize(size);
            return out;
        }
        if (code != Z_BUF_ERROR || out.size() >= most) {
            return std::nullopt;
        }
        out.resize(std::min(most, out.size() * 4));
    }
}

} // namespace signalbox::runtime
