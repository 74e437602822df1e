// SPDX-License-Identifier: GPL-3.0-or-later
// A history in memory, answered when the event loop runs.
#pragma once

#include "ui/playground_history.h"

#include <vector>

namespace signalbox::ui {

class FixtureHistory : public PlaygroundHistory
{
    Q_OBJECT

public:
    using PlaygroundHistory::PlaygroundHistory;

    void keep(const PlaygroundSheet &sheet) override;
    void find(quint64 question, const QString &search) override;
    void findSame(quint64 question, const QString &digest) override;
    void read(const QString &id) override;
    void pin(const QString &id, bool pinned) override;
    void forget(const QString &id) override;
    void forgetUnpinned() override;

    /// As they were kept; one for each id.
    [[nodiscard]] const std::vector<PlaygroundSheet> &sheets() const { return m_sheets; }

private:
    [[nodiscard]] KeptSheet keptOf(const PlaygroundSheet &sheet) const;
    void answer(quint64 question, std::vector<KeptSheet> sheets);
    void tellChanged();

    std::vector<PlaygroundSheet> m_sheets;
    QStringList m_pinned;
};

} // namespace signalbox::ui
