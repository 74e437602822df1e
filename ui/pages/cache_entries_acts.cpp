// SPDX-License-Identifier: GPL-3.0-or-later
// What is done with kept answers: pinning, deleting with a way back, flushing after a question.
#include "ui/pages/cache_entries_panel.h"
#include "ui/text/numbers.h"
#include "ui/widgets/confirm_dialog.h"
#include "ui/widgets/filter_field.h"
#include "ui/widgets/list_view.h"
#include "ui/widgets/notice_bar.h"

#include <QItemSelectionModel>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kNoticeMs = 6'000;

} // namespace

std::vector<std::string> CacheEntriesPanel::chosen() const
{
    std::vector<std::string> ids;
    const QModelIndexList rows = m_list->selectionModel()->selectedRows();
    for (const QModelIndex &row : rows) {
        ids.push_back(m_entries.entryAt(row.row()).id);
    }
    return ids;
}

bool CacheEntriesPanel::areChosenPinned() const
{
    const QModelIndexList rows = m_list->selectionModel()->selectedRows();
    return !rows.isEmpty() && std::ranges::all_of(rows, [this](const QModelIndex &row) {
        return m_entries.entryAt(row.row()).pinned;
    });
}

void CacheEntriesPanel::deleteChosen()
{
    std::vector<std::string> ids = chosen();
    if (ids.empty() || !m_whyFixed.isEmpty()) {
        return;
    }
    const QString words = tr("%n kept answer(s) deleted.", nullptr, static_cast<int>(ids.size()));
    putOff({.ids = std::move(ids)}, words);
}

void CacheEntriesPanel::deleteMatching()
{
    const auto count = static_cast<int>(m_entries.matching());
    putOff({.filter = m_search.filter},
           tr("%n kept answer(s) that “%1” finds deleted.", nullptr, count)
               .arg(m_filter->text().trimmed()));
}

/// What was deleted before has had its time to be undone.
void CacheEntriesPanel::putOff(Pending pending, const QString &words)
{
    settle();
    m_pending = std::move(pending);
    QSet<QString> hidden;
    for (const std::string &id : m_pending.ids) {
        hidden.insert(QString::fromStdString(id));
    }
    for (int row = 0; m_pending.filter && row < m_entries.rowCount(); ++row) {
        hidden.insert(QString::fromStdString(m_entries.entryAt(row).id));
    }
    m_entries.hide(hidden);
    m_undo.start(kUndoMs);
    m_notices.offerUndo(
        words, [this] { takeBack(); }, kUndoMs);
}

void CacheEntriesPanel::takeBack()
{
    m_undo.stop();
    m_pending = {};
    m_entries.hide({});
    m_list->setFocus();
}

void CacheEntriesPanel::settle()
{
    m_undo.stop();
    const Pending pending = std::exchange(m_pending, {});
    const auto then = [this](const CacheAnswer<std::size_t> &answer) {
        done(answer, tr("Nothing was deleted: %1"));
    };
    if (pending.filter) {
        m_act = m_source.evictMatching(*pending.filter, then);
    } else if (!pending.ids.empty()) {
        m_act = m_source.evict(pending.ids, then);
    }
}

void CacheEntriesPanel::done(const CacheAnswer<std::size_t> &answer, const QString &failure)
{
    if (!answer) {
        if (!m_undo.isActive()) {
            m_entries.hide({});
        }
        m_notices.say(NoticeBar::Tone::Bad, failure.arg(answer.error()), tr("Dismiss"));
    }
    look();
    Q_EMIT acted();
}

void CacheEntriesPanel::askToFlush()
{
    const auto count = static_cast<int>(m_total);
    auto *dialog =
        new ConfirmDialog(tr("Flush the cache"),
                          tr("All %1 kept answers go, pinned ones too, and nothing brings them "
                             "back. Requests are answered by providers until new answers are kept.")
                              .arg(text::count(count)),
                          tr("Flush Cache"),
                          window());
    connect(dialog, &QDialog::accepted, this, [this] {
        m_undo.stop();
        m_pending = {};
        m_act = m_source.evictMatching({}, [this](const CacheAnswer<std::size_t> &answer) {
            done(answer, tr("The cache was not flushed: %1"));
            if (answer) {
                m_notices.say(NoticeBar::Tone::Info,
                              tr("The cache is flushed: %n entries went.",
                                 nullptr,
                                 static_cast<int>(*answer)),
                              {},
                              {},
                              kNoticeMs);
            }
        });
    });
    dialog->open();
}

void CacheEntriesPanel::togglePin()
{
    const bool pinned = !areChosenPinned();
    m_pins.clear();
    for (const std::string &id : chosen()) {
        m_pins.push_back(m_source.pin(id, pinned, [this, id, pinned](const auto &answer) {
            if (!answer) {
                return m_notices.say(NoticeBar::Tone::Bad,
                                     tr("It could not be pinned: %1").arg(answer.error()),
                                     tr("Dismiss"));
            }
            m_entries.setPinned(QString::fromStdString(id), pinned);
            refresh();
        }));
    }
}

} // namespace signalbox::ui
