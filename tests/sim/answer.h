// SPDX-License-Identifier: Apache-2.0
// Reads what a client was answered, in the form it asked in.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace signalbox::sim {

/// What a client that waits for a stream's content gets meanwhile.
inline constexpr std::string_view kComment = ": waiting\n\n";

/// The form in which a client asks and is answered.
enum class Form : std::uint8_t {
    Chat,
    Embeddings,
    Messages,
    Responses,
};
inline constexpr int kFormCount = 4;

/// The first string member \p name of \p json, where texts need no escapes; empty without one.
std::string_view member(std::string_view json, std::string_view name);

/// What a stream said, event by event.
struct Stream
{
    std::string text;
    bool done = false; ///< it ended as a whole answer does
    bool error = false;
    bool usage = false;
    int seams = 0; ///< behind which another target speaks
    bool waited = false; ///< it had comments after its first words
    std::string fault; ///< what no stream of this form may have
};

/// \p mark is in the id of every piece, in forms that pass on the upstream's.
Stream readStream(Form form, std::string_view bytes, std::string_view mark);

/// The words of a whole answer.
std::string_view textOfDocument(Form form, std::string_view body);
/// What is wrong with a whole answer that should say \p text; empty when nothing is.
std::string faultInDocument(Form form,
                            std::string_view body,
                            std::string_view text,
                            std::string_view mark);

/// Whether \p body is an error in the shape of \p form.
bool isError(Form form, std::string_view body);

} // namespace signalbox::sim
