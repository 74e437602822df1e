// SPDX-License-Identifier: GPL-3.0-or-later
// What is done with requests: explaining one, writing all to a file, going on with the newest.
#include "ui/models/request_curl.h"
#include "ui/pages/requests_page.h"
#include "ui/text/names.h"
#include "ui/text/numbers.h"
#include "ui/widgets/explain_panel.h"
#include "ui/widgets/list_view.h"
#include "ui/widgets/notice_bar.h"

#include <QApplication>
#include <QClipboard>
#include <QDateTime>
#include <QFileDialog>
#include <QStackedWidget>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kNoticeMs = 6'000;

} // namespace

std::shared_ptr<const RequestRecord> RequestsPage::chosen() const
{
    const bool past = m_lists->currentWidget() == m_pastList;
    return recordAt((past ? m_pastList : m_list)->currentIndex());
}

std::shared_ptr<const RequestRecord> RequestsPage::recordAt(const QModelIndex &row) const
{
    return row.model() == &m_past ? m_past.recordAt(row.row())
                                  : m_latest.recordAt(m_requests.mapToSource(row).row());
}

void RequestsPage::explainRow(const QModelIndex &row)
{
    const auto record = recordAt(row);
    if (record == nullptr) {
        return;
    }
    m_asked.takeBack();
    m_explain->setRecord(*record);
    m_explain->show();
    // Rows come without facts and decision, those of a gateway inside excepted.
    if (m_ledger != nullptr && record->decision.candidates.empty()) {
        m_asked = m_ledger->request(record->id,
                                    [this](
                                        const LedgerAnswer<std::optional<RequestRecord>> &answer) {
                                        if (answer && *answer) {
                                            m_explain->setRecord(**answer);
                                        }
                                    });
    }
}

void RequestsPage::closeExplanation()
{
    m_asked.takeBack();
    m_explain->hide();
    m_lists->currentWidget()->setFocus();
}

void RequestsPage::copyCurl()
{
    const auto &snapshot = m_state.snapshot();
    if (const auto record = m_explain->record(); record != nullptr && snapshot != nullptr) {
        const QString address = text::fromUtf8(snapshot->listen);
        QApplication::clipboard()->setText(curlFor(*record, address));
        m_notice->say(NoticeBar::Tone::Info,
                      tr("Copied. Texts are not kept: put yours where the dots are, and the key, "
                         "where one is needed, into the variable SIGNALBOX_KEY."),
                      {},
                      {},
                      kNoticeMs);
    }
}

void RequestsPage::askWhereToExport(RequestFormat format)
{
    const QString suffix = suffixOf(format);
    const qint64 now = std::chrono::floor<Millis>(m_state.now().time_since_epoch()).count();
    const QString stamp =
        QDateTime::fromMSecsSinceEpoch(now, Qt::UTC).toString(u"yyyyMMdd'T'HHmmss'Z'"_s);
    auto *dialog = new QFileDialog(this, tr("Export Requests"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix);
    dialog->setNameFilter(u"*.%1"_s.arg(suffix));
    dialog->selectFile(u"signalbox-requests-%1.%2"_s.arg(stamp, suffix));
    connect(dialog, &QFileDialog::fileSelected, this, [this, format](const QString &path) {
        exportTo(format, path);
    });
    dialog->open();
}

/// Where nothing was asked for, those of the range.
void RequestsPage::exportTo(RequestFormat format, const QString &path)
{
    if (m_ledger == nullptr) {
        return;
    }
    if (!m_query.problem().isEmpty()) {
        return m_notice->say(NoticeBar::Tone::Warning, m_query.problem(), {}, {}, kNoticeMs);
    }
    RequestFilter filter = filterInRange();
    if (!isPast()) {
        filter.since = m_state.now() - Millis(m_view.range().spanMs);
    }
    m_export.begin(*m_ledger, std::move(filter), format, path);
}

void RequestsPage::onExported(const QString &path, const QString &problem)
{
    if (!problem.isEmpty()) {
        return m_notice->say(NoticeBar::Tone::Warning, problem, tr("Close"), [this] {
            m_notice->hide();
        });
    }
    m_notice->say(NoticeBar::Tone::Info,
                  tr("%1 requests written to %2").arg(text::count(m_export.rows()), path),
                  {},
                  {},
                  kNoticeMs);
}

void RequestsPage::follow()
{
    m_hold->setChecked(false);
    m_list->scrollToTop();
    m_latest.setHeld(false);
}

} // namespace signalbox::ui
