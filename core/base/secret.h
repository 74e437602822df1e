// SPDX-License-Identifier: Apache-2.0
// A key or token that cannot be printed, logged or compared by accident, and is wiped on release.
#pragma once

#include <string>
#include <string_view>

namespace signalbox {

/// Holds a secret text. There is no conversion to a string and no stream operator: the one way to
/// read it is expose(), whose few callers write it to a socket or hash it.
class Secret
{
public:
    Secret() = default;
    explicit Secret(std::string text);
    ~Secret();
    Secret(const Secret &other);
    Secret &operator=(const Secret &other);
    Secret(Secret &&other) noexcept;
    Secret &operator=(Secret &&other) noexcept;

    [[nodiscard]] bool isEmpty() const { return m_text.empty(); }
    /// The secret itself; valid while this object lives unchanged.
    [[nodiscard]] std::string_view expose() const { return m_text; }
    /// The last four characters after dots, or dots alone when shorter than twelve: `••••4f2a`.
    [[nodiscard]] std::string masked() const;
    /// Compares in a time that depends on \p candidate's length only.
    [[nodiscard]] bool matches(std::string_view candidate) const;

    /// Replaces each occurrence in \p text: somebody else's words may repeat what we sent them.
    void blotOut(std::string &text) const;

private:
    void wipe();
    std::string m_text;
};

} // namespace signalbox
