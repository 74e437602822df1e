// SPDX-License-Identifier: GPL-3.0-or-later
// What can be done with kept answers just now, and what is said of them.
#include "ui/pages/cache_entries_panel.h"
#include "ui/text/numbers.h"
#include "ui/widgets/filter_field.h"
#include "ui/widgets/list_view.h"
#include "ui/widgets/section.h"

#include <QItemSelectionModel>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

QString countOf(std::size_t value)
{
    return text::count(static_cast<std::int64_t>(value));
}

} // namespace

void CacheEntriesPanel::refresh()
{
    const bool mayAct = m_whyFixed.isEmpty();
    const auto selected = m_list->selectionModel()->selectedRows().size();
    const bool filtered = !m_search.terms.empty() && m_search.problem().isEmpty();
    const auto allow = [this, mayAct](QPushButton *button, bool possible, const QString &tip) {
        button->setEnabled(mayAct && possible);
        button->setToolTip(mayAct ? tip : m_whyFixed);
    };
    m_pin->setText(areChosenPinned() ? tr("Unpin") : tr("Pin"));
    allow(m_pin, selected > 0, tr("A pinned entry neither makes room nor expires"));
    allow(m_deleteChosen, selected > 0, tr("Takes the chosen entries away (Delete)"));
    m_deleteMatching->setVisible(filtered);
    m_deleteMatching->setText(tr("Delete %1 Matching").arg(countOf(m_entries.matching())));
    allow(m_deleteMatching,
          m_entries.matching() > 0 && !m_typing.isActive(),
          tr("Takes away all entries that the filter finds, those not read yet included"));
    allow(m_flush, m_total > 0, tr("Takes all entries away, after a question"));
    const bool any = m_entries.rowCount() > 0;
    m_list->setVisible(any);
    m_empty->setVisible(!any);
    m_empty->setText(any ? QString() : emptyWords());
    m_section->setNote(any ? note() : QString());
}

QString CacheEntriesPanel::emptyWords() const
{
    switch (m_entries.state()) {
    case CacheEntries::State::Failed:
        return m_entries.problem();
    case CacheEntries::State::Reading:
        return tr("Looking …");
    case CacheEntries::State::Idle:
        return m_search.problem().isEmpty() ? QString() : tr("Nothing is looked for.");
    case CacheEntries::State::More:
    case CacheEntries::State::All:
    case CacheEntries::State::Full:
        break;
    }
    return m_search.terms.empty()
               ? tr("No answer is kept yet. The first ones appear when requests are answered.")
               : tr("No kept answer is found by this filter.");
}

QString CacheEntriesPanel::note() const
{
    const QString rows = countOf(static_cast<std::size_t>(m_entries.rowCount()));
    const QString all = countOf(m_entries.matching());
    switch (m_entries.state()) {
    case CacheEntries::State::More:
    case CacheEntries::State::Reading:
        return tr("%1 of %2, scroll for more").arg(rows, all);
    case CacheEntries::State::Full:
        return tr("%1 of %2: narrow the filter to see the others").arg(rows, all);
    case CacheEntries::State::Failed:
        return m_entries.problem();
    case CacheEntries::State::All:
    case CacheEntries::State::Idle:
        break;
    }
    return m_search.terms.empty() ? rows : tr("%1 found").arg(rows);
}

} // namespace signalbox::ui
