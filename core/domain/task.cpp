// SPDX-License-Identifier: Apache-2.0
#include "core/domain/task.h"

#include <algorithm>

namespace signalbox {

std::string_view toString(Task task)
{
    switch (task) {
    case Task::Chat:
        return "chat";
    case Task::Code:
        return "code";
    case Task::Translation:
        return "translation";
    case Task::Summary:
        return "summary";
    case Task::Extraction:
        return "extraction";
    case Task::Reasoning:
        return "reasoning";
    case Task::Other:
        return "other";
    }
    return "";
}

std::optional<Task> taskFromString(std::string_view name)
{
    const auto *const found = std::ranges::find_if(kTasks, [name](Task task) {
        return toString(task) == name;
    });
    return found == kTasks.end() ? std::nullopt : std::optional(*found);
}

} // namespace signalbox
