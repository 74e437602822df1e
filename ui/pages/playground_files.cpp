// SPDX-License-Identifier: GPL-3.0-or-later
// What leaves the playground: files, and commands for a shell.
#include "ui/models/playground_code.h"
#include "ui/models/playground_report.h"
#include "ui/pages/playground_page.h"
#include "ui/widgets/notice_bar.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kNoticeMs = 6'000;

bool isCopied(PlaygroundExport kind)
{
    return kind == PlaygroundExport::Curl || kind == PlaygroundExport::Python
           || kind == PlaygroundExport::Node;
}

QString suffixOf(PlaygroundExport kind)
{
    return kind == PlaygroundExport::Json   ? u"json"_s
           : kind == PlaygroundExport::Html ? u"html"_s
                                            : u"md"_s;
}

} // namespace

QByteArray PlaygroundPage::exported(PlaygroundExport kind) const
{
    PlaygroundSheet sheet = m_session.sheet();
    if (!m_session.hasAsked()) {
        sheet.atMs = std::chrono::floor<Millis>(m_state.now().time_since_epoch()).count();
    }
    std::vector<PlaygroundAsk> asks;
    for (int i = 0; i < static_cast<int>(m_session.columns().size()); ++i) {
        if (PlaygroundAsk ask = m_session.askOf(i); !ask.model.isEmpty()) {
            asks.push_back(std::move(ask));
        }
    }
    const QString address = m_session.address();
    QStringList commands;
    switch (kind) {
    case PlaygroundExport::Json:
        return sheetAsJson(sheet);
    case PlaygroundExport::Markdown:
        return runsAsMarkdown(m_session.runs(), isoTime(sheet.atMs)).toUtf8();
    case PlaygroundExport::Html:
        return sheetAsHtml(sheet).toUtf8();
    case PlaygroundExport::Python:
        return pythonFor(address, asks).toUtf8();
    case PlaygroundExport::Node:
        return nodeFor(address, asks).toUtf8();
    case PlaygroundExport::Curl:
        break;
    }
    for (const PlaygroundAsk &ask : asks) {
        commands << curlFor(address, ask);
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
    if (isCopied(kind)) {
        QApplication::clipboard()->setText(QString::fromUtf8(exported(kind)));
        return m_notice
            ->say(NoticeBar::Tone::Info,
                  kind == PlaygroundExport::Curl
                      ? tr("Copied, a command for each column. Where a key is needed, "
                           "put it into the variable SIGNALBOX_KEY.")
                      : tr("Copied, a program that asks for all columns. It takes its key "
                           "from the variable SIGNALBOX_KEY."),
                  {},
                  {},
                  kNoticeMs);
    }
    const QString suffix = suffixOf(kind);
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
