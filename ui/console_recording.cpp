// SPDX-License-Identifier: GPL-3.0-or-later
// Flight recordings: asked for from the menu and from pages, where they go, and what came of them.
#include "ui/console_window.h"
#include "ui/frame/console_actions.h"
#include "ui/pages/page.h"
#include "ui/recorder.h"
#include "ui/text/names.h"
#include "ui/text/numbers.h"
#include "ui/text/range_text.h"
#include "ui/widgets/notice_bar.h"

#include <QAction>
#include <QDateTime>
#include <QFileDialog>
#include <QLocale>
#include <QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr qint64 kRecentMs = 15 * 60'000;
constexpr int kDoneMs = 15'000; ///< there is something to press

SystemTime timeOf(qint64 ms)
{
    return SystemTime(Millis(ms));
}

/// As a part of a file's name: letters, digits, dots and dashes.
QString plain(const QString &text)
{
    QString name;
    for (const QChar c : text) {
        const bool kept = c.unicode() < 0x80 && (c.isLetterOrNumber() || c == u'.' || c == u'-');
        name += kept ? c : QChar(u'-');
    }
    return name;
}

QString stamp(qint64 ms)
{
    return QDateTime::fromMSecsSinceEpoch(ms, Qt::UTC).toString(u"yyyyMMdd'T'HHmmss'Z'"_s);
}

QString sentenceFor(const MadeRecording &made)
{
    QString text = ConsoleWindow::tr("Recorded into %1: %2 requests, %3.")
                       .arg(made.path,
                            text::count(made.requests),
                            QLocale().formattedDataSize(made.bytes));
    if (made.requestsLeftOut > 0) {
        text += u' '
                + ConsoleWindow::tr("%1 older ones did not fit.")
                      .arg(text::count(made.requestsLeftOut));
    }
    if (!made.ledgerProblem.isEmpty()) {
        text += u' '
                + ConsoleWindow::tr("The ledger could not be read: %1.").arg(made.ledgerProblem);
    }
    return text;
}

} // namespace

void ConsoleWindow::connectRecorder()
{
    Recorder *recorder = m_options.recorder;
    refreshRecorder();
    if (recorder == nullptr) {
        return;
    }
    connect(m_actions->recordRecent, &QAction::triggered, this, [this] {
        const qint64 now = std::chrono::floor<Millis>(m_state.now().time_since_epoch()).count();
        askWhereToRecord(now - kRecentMs, now);
    });
    connect(m_actions->recordRange, &QAction::triggered, this, [this] {
        const TimeRange &range = m_view.range();
        askWhereToRecord(range.begin(newest()), range.end(newest()));
    });
    connect(m_actions->openRecording, &QAction::triggered, this, &ConsoleWindow::askWhatToOpen);
    connect(&m_state.source(),
            &ConsoleSource::connectionChanged,
            this,
            &ConsoleWindow::refreshRecorder);
    connect(recorder, &Recorder::made, this, [this](const MadeRecording &made) {
        const bool lacks = made.requestsLeftOut > 0 || !made.ledgerProblem.isEmpty();
        m_notices->say(
            lacks ? NoticeBar::Tone::Warning : NoticeBar::Tone::Info,
            sentenceFor(made),
            tr("Open"),
            [this, path = made.path] { m_options.recorder->open(path); },
            kDoneMs);
    });
    connect(recorder, &Recorder::opened, m_notices, &QWidget::hide);
    connect(recorder, &Recorder::failed, this, [this](const QString &problem) {
        m_notices->say(NoticeBar::Tone::Bad, problem, tr("Close"), [this] { m_notices->hide(); });
    });
}

/// Without a recorder, and where it cannot, the actions say why.
void ConsoleWindow::refreshRecorder()
{
    const Recorder *recorder = m_options.recorder;
    const QString none = tr("this console makes no recordings");
    const QString why = recorder == nullptr ? none : recorder->whyNot();
    for (QAction *action : {m_actions->recordRecent, m_actions->recordRange}) {
        action->setEnabled(why.isEmpty());
        action->setStatusTip(why);
        setTip(action, why);
    }
    m_actions->openRecording->setEnabled(recorder != nullptr);
    m_actions->openRecording->setStatusTip(recorder == nullptr ? none : QString());
}

void ConsoleWindow::askWhereToRecord(qint64 fromMs, qint64 toMs)
{
    Recorder *recorder = m_options.recorder;
    const QString why = recorder == nullptr ? tr("This console makes no recordings.")
                                            : recorder->whyNot();
    if (!why.isEmpty()) {
        return m_notices->say(NoticeBar::Tone::Warning, why, tr("Close"), [this] {
            m_notices->hide();
        });
    }
    const Connection connection = m_state.source().connection();
    const QString whose = connection.isFar() ? QUrl(connection.address).host() : u"local"_s;
    const QString period = fullRangeText(fromMs, toMs);
    auto *dialog = new QFileDialog(this, tr("Record %1").arg(period));
    dialog->setObjectName(u"recordDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QLatin1StringView(kRecordingSuffix));
    dialog->setNameFilter(u"*.%1"_s.arg(QLatin1StringView(kRecordingSuffix)));
    dialog->selectFile(u"signalbox-%1-%2.%3"_s.arg(plain(whose),
                                                   stamp(fromMs),
                                                   QLatin1StringView(kRecordingSuffix)));
    connect(dialog, &QFileDialog::fileSelected, this, [=, this](const QString &path) {
        recordInto(path, fromMs, toMs);
    });
    dialog->open();
}

void ConsoleWindow::recordInto(const QString &path, qint64 fromMs, qint64 toMs)
{
    m_notices->say(NoticeBar::Tone::Info, tr("Recording %1…").arg(fullRangeText(fromMs, toMs)));
    m_options.recorder->record(timeOf(fromMs), timeOf(toMs), path);
}

void ConsoleWindow::askWhatToOpen()
{
    auto *dialog = new QFileDialog(this, tr("Open a Recording"));
    dialog->setObjectName(u"openDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({u"*.%1"_s.arg(QLatin1StringView(kRecordingSuffix)), u"*"_s});
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        m_options.recorder->open(path);
    });
    dialog->open();
}

} // namespace signalbox::ui
