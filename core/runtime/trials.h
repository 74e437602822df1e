// SPDX-License-Identifier: Apache-2.0
// Changes that took a share of the traffic first: as JSON, in a sentence, and the book of them.
#pragma once

#include "core/base/result.h"
#include "core/domain/trial.h"
#include "core/runtime/revision_store.h"

#include <cstdint>
#include <deque>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

namespace signalbox::runtime {

[[nodiscard]] nlohmann::ordered_json toJson(const ExpectedEffect &expected);
/// A member that is missing or no band is not there; nothing where none is.
[[nodiscard]] std::optional<ExpectedEffect> expectedFromJson(const nlohmann::ordered_json &json);
[[nodiscard]] nlohmann::ordered_json toJson(const EffectFigures &figures);
[[nodiscard]] EffectFigures figuresFromJson(const nlohmann::ordered_json &json);
[[nodiscard]] nlohmann::ordered_json toJson(const TrialView &trial);
/// Nothing where it is none.
[[nodiscard]] std::optional<TrialView> trialFromJson(const nlohmann::ordered_json &json);

/// Why it ended, by its figures; for audit and log: `7.1 % of 212 requests failed, at most 2.9 % were
/// expected; of the others 2.0 % of 1904`.
[[nodiscard]] std::string reasonOf(const TrialView &trial);

/// Of trials and of applied changes alike: a trial that was taken over counts by what then happened, once
/// enough has.
[[nodiscard]] ForesightTruth truthOf(const std::deque<TrialView> &trials,
                                     const std::vector<Revision> &past = {});
[[nodiscard]] nlohmann::ordered_json toJson(const ForesightTruth &truth);
[[nodiscard]] ForesightTruth truthFromJson(const nlohmann::ordered_json &json);

/// The newest kKept trials in one file, its owner's alone. Not for several threads.
class TrialBook
{
public:
    static constexpr std::size_t kKept = 50;

    /// Reads what is there; a damaged file counts as none, and is written over. \p file empty: in
    /// memory.
    explicit TrialBook(std::string file);

    /// Oldest first.
    [[nodiscard]] const std::deque<TrialView> &all() const { return m_all; }
    /// Puts it behind the others, with the next number, which is told.
    std::int64_t add(TrialView trial);
    /// The one of that number is as \p trial says now.
    void replace(const TrialView &trial);
    /// Writes the file. Else a sentence, and what was changed is kept in memory alone.
    [[nodiscard]] Status<std::string> save() const;

private:
    std::string m_file;
    std::deque<TrialView> m_all;
};

} // namespace signalbox::runtime
