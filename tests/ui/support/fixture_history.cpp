// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/fixture_history.h"

#include <QTimer>

#include <algorithm>
#include <functional>

namespace signalbox::ui {

void FixtureHistory::keep(const PlaygroundSheet &sheet)
{
    std::erase_if(m_sheets, [&sheet](const PlaygroundSheet &old) { return old.id == sheet.id; });
    m_sheets.push_back(sheet);
    tellChanged();
}

KeptSheet FixtureHistory::keptOf(const PlaygroundSheet &sheet) const
{
    KeptSheet kept{.id = sheet.id,
                   .atMs = sheet.atMs,
                   .digest = promptDigest(sheet),
                   .pinned = m_pinned.contains(sheet.id)};
    for (const PlaygroundTurn &turn : sheet.turns) {
        kept.title = turn.role == TurnRole::User ? turn.text : kept.title;
    }
    for (const PlaygroundSheetColumn &column : sheet.columns) {
        kept.columns.push_back({.model = column.model,
                                .state = column.runs.back().state(),
                                .figures = column.runs.back().figures()});
    }
    return kept;
}

void FixtureHistory::find(quint64 question, const QString &search)
{
    std::vector<KeptSheet> found;
    for (const PlaygroundSheet &sheet : m_sheets) {
        if (const KeptSheet kept = keptOf(sheet); kept.title.contains(search)) {
            found.push_back(kept);
        }
    }
    std::ranges::stable_sort(found, std::greater(), &KeptSheet::pinned);
    answer(question, std::move(found));
}

void FixtureHistory::findSame(quint64 question, const QString &digest)
{
    std::vector<KeptSheet> found;
    for (const PlaygroundSheet &sheet : m_sheets) {
        if (const KeptSheet kept = keptOf(sheet); kept.digest == digest) {
            found.push_back(kept);
        }
    }
    answer(question, std::move(found));
}

void FixtureHistory::answer(quint64 question, std::vector<KeptSheet> sheets)
{
    QTimer::singleShot(0, this, [this, question, sheets = std::move(sheets)] {
        Q_EMIT found(question, sheets);
    });
}

void FixtureHistory::read(const QString &id)
{
    const auto sheet = std::ranges::find(m_sheets, id, &PlaygroundSheet::id);
    if (sheet == m_sheets.end()) {
        return Q_EMIT troubled(QStringLiteral("That comparison is not kept any more."));
    }
    Q_EMIT wasRead(PlaygroundSheet(*sheet));
}

void FixtureHistory::pin(const QString &id, bool pinned)
{
    m_pinned.removeAll(id);
    m_pinned << (pinned ? QStringList{id} : QStringList());
    tellChanged();
}

void FixtureHistory::forget(const QString &id)
{
    std::erase_if(m_sheets, [&id](const PlaygroundSheet &sheet) { return sheet.id == id; });
    tellChanged();
}

void FixtureHistory::forgetUnpinned()
{
    std::erase_if(m_sheets,
                  [this](const PlaygroundSheet &sheet) { return !m_pinned.contains(sheet.id); });
    tellChanged();
}

void FixtureHistory::tellChanged()
{
    QTimer::singleShot(0, this, &PlaygroundHistory::changed);
}

} // namespace signalbox::ui
