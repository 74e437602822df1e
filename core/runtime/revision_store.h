// SPDX-License-Identifier: Apache-2.0
// The configurations that were in force: their texts, and who changed them when and why.
#pragma once

#include "core/base/result.h"
#include "core/base/time.h"
#include "core/domain/follow_up.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::runtime {

struct Revision
{
    enum class Cause : std::uint8_t {
        Start, ///< the gateway started with it
        Applied, ///< by an operator
        RolledBack, ///< by an operator, to `restored`
        File, ///< the file was edited, and read again
    };
    std::int64_t number = 0; ///< grows by one
    std::string revision; ///< of the text
    SystemTime time{};
    Cause cause = Cause::Start;
    std::int64_t restored = 0; ///< RolledBack: that revision's number
    std::string who; ///< the operator; `console`, `file`, `gateway`
    std::string why; ///< in their words; may be empty
    int linesAdded = 0; ///< against the one before
    int linesRemoved = 0;
    std::vector<std::string> routes; ///< that it changed: signalbox::changedRoutes()
    std::optional<FollowUp> followUp; ///< nothing: nothing was foretold of it

    friend bool operator==(const Revision &, const Revision &) = default;
};

/// `start`, `applied`, `rolled_back`, `file`
[[nodiscard]] std::string_view toString(Revision::Cause cause);
[[nodiscard]] std::optional<Revision::Cause> causeFromString(std::string_view name);

/// Keeps the newest kRevisionsMax in a folder, `000017-REVISION.toml` each with its `.json`, its
/// owner's alone; or in memory. Not for several threads, nor for several processes.
class RevisionStore
{
public:
    /// A year of changes on most working days; older ones go.
    static constexpr std::size_t kRevisionsMax = 200;

    /// \p folder empty: in memory.
    explicit RevisionStore(std::string folder)
        : m_folder(std::move(folder))
    {}

    /// Reads what is there; files that are none of ours, or damaged, are passed over.
    void open();
    /// Oldest first.
    [[nodiscard]] const std::deque<Revision> &all() const { return m_all; }
    /// Whether its newest is of that text.
    [[nodiscard]] bool endsWith(std::string_view revision) const
    {
        return !m_all.empty() && m_all.back().revision == revision;
    }
    /// Gives it the next number and keeps it, with what it changed against the one before. Else a
    /// sentence, and nothing is kept.
    [[nodiscard]] Status<std::string> add(Revision revision, const std::string &text);
    /// What came of one, in place of what was known of that; its text stays. Else a sentence, and
    /// nothing has changed.
    [[nodiscard]] Status<std::string> setFollowUp(std::int64_t number, const FollowUp &followUp);
    /// The text of one; else a sentence.
    [[nodiscard]] Result<std::string, std::string> text(std::int64_t number) const;

private:
    [[nodiscard]] std::string fileOf(const Revision &revision, const char *ending) const;
    [[nodiscard]] Status<std::string> write(const Revision &revision,
                                            const std::string &text) const;
    void prune();

    std::string m_folder;
    std::deque<Revision> m_all;
    std::deque<std::string> m_texts; ///< in memory only: of each
    std::int64_t m_lastNumber = 0;
};

} // namespace signalbox::runtime
