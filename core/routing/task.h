// SPDX-License-Identifier: Apache-2.0
// Which task a request sets: a sum of weights over what can be seen in it. docs/FACTS.md explains
// the features and the weights.
#pragma once

#include "core/domain/chat_request.h"
#include "core/domain/task.h"
#include "core/routing/task_cues.h"

#include <array>
#include <map>
#include <optional>
#include <string>

namespace signalbox::routing {

/// How much of each feature a request shows: 0 = not at all, 1 = clearly, about 2 at most.
using TaskEvidence = std::array<double, kTaskFeatures>;
/// A sum per task, in the order of kTasks.
using TaskScores = std::array<double, kTasks.size()>;

/// Looks at the last user message (the system prompt where there is none) and at the head of the
/// system prompt: at most kTaskBytes at each end of the message, in one pass without allocating.
[[nodiscard]] TaskEvidence evidenceOf(const ChatRequest &request);
inline constexpr std::size_t kTaskBytes = 2048;

[[nodiscard]] TaskScores scoresOf(const TaskEvidence &evidence);

/// The task with the highest score, the first of equals; Other when the request has no text.
[[nodiscard]] Task taskOf(const ChatRequest &request);

/// What the client says itself: the metadata `task`, if it is a task's name.
[[nodiscard]] std::optional<Task> statedTask(const std::map<std::string, std::string> &metadata);

} // namespace signalbox::routing
