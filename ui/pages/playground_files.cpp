// SPDX-License-Identifier: GPL-3.0-or-later
// What leaves the playground: files, and commands for a shell.
#include "ui/pages/playground_page.h"
#include "ui/widgets/notice_bar.h"

#include <QApplication>
#include <QClipboard>
#include <QDateTime>
#include <QFileDialog>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kNoticeMs = 6'000;

} // namespace

QByteArray PlaygroundPage::exported(PlaygroundExport kind) const
{
    const qint64 now = std::chrono::floor<Millis>(m_state.now().time_since_epoch()).count();
    const QString at = QDateTime::fromMSecsSinceEpoch(now, Qt::UTC).toString(Qt::ISODate);
    switch (kind) {
    case PlaygroundExport::Json:
        return runsAsJson(m_session.runs(), at);
    case PlaygroundExport::Markdown:
        return runsAsMarkdown(m_session.runs(), at).toUtf8();
    case PlaygroundExport::Curl:
        break;
    }
    QStringList commands;
    for (int i = 0; i < static_cast<int>(m_session.columns().size()); ++i) {
        const PlaygroundAsk ask = m_session.askOf(i);
        if (!ask.model.isEmpty()) {
            commands << curlFor(m_session.address(), ask);
        }
    }
    return commands.join(u'\n').toUtf8();
}

void PlaygroundPage::askWhereToExport(PlaygroundExport kind)
{
    if (m_session.hidesNames()) {
        return m_notice->say(NoticeBar::Tone::Info,
                             tr("What is written down has names in it: vote first."),
                             {},
                             {},
                             kNoticeMs);
    }
    if (kind == PlaygroundExport::Curl) {
        QApplication::clipboard()->setText(QString::fromUtf8(exported(kind)));
        return m_notice->say(NoticeBar::Tone::Info,
                             tr("Copied, a command for each column. Where a key is needed, put it "
                                "into the variable SIGNALBOX_KEY."),
                             {},
                             {},
                             kNoticeMs);
    }
    const QString suffix = kind == PlaygroundExport::Json ? u"json"_s : u"md"_s;
    auto *dialog = new QFileDialog(this, tr("Export the Playground"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix);
    dialog->setNameFilter(u"*."_s + suffix);
    dialog->selectFile(u"signalbox-playground."_s + suffix);
    connect(dialog, &QFileDialog::fileSelected, this, [this, kind](const QString &path) {
        write(kind, path);
    });
    dialog->open();
}

void PlaygroundPage::write(PlaygroundExport kind, const QString &path)
{
    QSaveFile file(path);
    const QByteArray content = exported(kind);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size()
        || !file.commit()) {
        return m_notice->say(NoticeBar::Tone::Bad,
                             tr("%1 was not written: %2").arg(path, file.errorString()),
                             tr("Retry"),
                             [this, kind] { askWhereToExport(kind); });
    }
    m_notice->say(NoticeBar::Tone::Info, tr("Written to %1").arg(path), {}, {}, kNoticeMs);
}

} // namespace signalbox::ui
