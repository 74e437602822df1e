// SPDX-License-Identifier: GPL-3.0-or-later
// What comes into a batch from files, and what goes into them.
#include "ui/pages/batch_form.h"
#include "ui/pages/batch_panel.h"
#include "ui/widgets/notice_bar.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>

#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kNoticeMs = 6'000;

} // namespace

void BatchPanel::load(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return m_notice.say(NoticeBar::Tone::Bad,
                            tr("%1 cannot be read: %2").arg(path, file.errorString()));
    }
    // One byte more than is taken says that it is too large.
    auto read = readPrompts(file.read(kPromptBytesMax + 1), QFileInfo(path).fileName());
    if (!read) {
        return m_notice.say(NoticeBar::Tone::Bad,
                            tr("%1: %2").arg(QFileInfo(path).fileName(), read.error()));
    }
    m_notice.hide();
    m_form->setFile(std::move(*read));
    refresh();
}

void BatchPanel::askForFile()
{
    if (m_batch.run() != nullptr) {
        return m_notice.say(NoticeBar::Tone::Info,
                            tr("There is a batch already: end it with New Batch first."),
                            {},
                            {},
                            kNoticeMs);
    }
    auto *dialog = new QFileDialog(this, tr("Open Prompts"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({u"*.jsonl *.ndjson *.csv"_s, u"*"_s});
    connect(dialog, &QFileDialog::fileSelected, this, &BatchPanel::load);
    dialog->open();
}

void BatchPanel::askWhereToExport(BatchFormat format)
{
    if (m_batch.run() == nullptr) {
        return m_notice.say(NoticeBar::Tone::Info,
                            tr("There is no batch to export yet."),
                            {},
                            {},
                            kNoticeMs);
    }
    const QString suffix = suffixOf(format);
    auto *dialog = new QFileDialog(this, tr("Export the Batch"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffix);
    dialog->setNameFilter(u"*."_s + suffix);
    dialog->selectFile(u"signalbox-batch."_s + suffix);
    connect(dialog, &QFileDialog::fileSelected, this, [this, format](const QString &path) {
        write(format, path);
    });
    dialog->open();
}

void BatchPanel::write(BatchFormat format, const QString &path)
{
    m_export.begin(format, path);
}

} // namespace signalbox::ui
