// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/routing_import.h"

#include "ui/theme/console_style.h"
#include "ui/theme/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/list_view.h"
#include "ui/widgets/notice_bar.h"

#include <QApplication>
#include <QClipboard>
#include <QFile>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QStandardItemModel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr qint64 kBytesMax = 1 << 20;
constexpr int kLineColumn = 1;

/// Numbers stand below each other.
Qt::Alignment alignmentOf(int column)
{
    return (column == kLineColumn ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter;
}

QString kindName(ImportNote::Kind kind)
{
    switch (kind) {
    case ImportNote::Kind::Dropped:
        return RoutingImport::tr("No equivalent");
    case ImportNote::Kind::Changed:
        return RoutingImport::tr("Changed");
    case ImportNote::Kind::Key:
        return RoutingImport::tr("Key needed");
    }
    return {};
}

} // namespace

RoutingImport::RoutingImport(ConfigSource &source, RoutingDraft &draft, QWidget *parent)
    : QWidget(parent)
    , m_source(source)
    , m_draft(draft)
    , m_failure(new NoticeBar(u"importFailure"_s, this))
    , m_title(new QLabel(this))
    , m_words(new QLabel(this))
    , m_list(new ListView(u"importReport"_s,
                          tr("What the import could not take over as it was"),
                          this))
    , m_rows(new QStandardItemModel(this))
    , m_copy(new QPushButton(tr("Copy Report"), this))
    , m_back(new QPushButton(tr("Routes"), this))
    , m_review(new QPushButton(tr("Review…"), this))
{
    build();
    connect(m_review, &QPushButton::clicked, this, &RoutingImport::reviewAsked);
    connect(m_back, &QPushButton::clicked, this, &RoutingImport::backAsked);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QApplication::clipboard()->setText(report());
        m_copy->setText(tr("Copied"));
    });
}

void RoutingImport::build()
{
    setObjectName(u"import"_s);
    m_failure->hide();
    m_title->setObjectName(u"importTitle"_s);
    m_title->setFont(themeFont(TypeRole::Strong));
    m_words->setObjectName(u"importWords"_s);
    m_words->setWordWrap(true);
    m_words->setForegroundRole(QPalette::PlaceholderText);
    m_rows->setColumnCount(4);
    m_rows->setHorizontalHeaderLabels({tr("What"), tr("Line"), tr("Where"), tr("Note")});
    for (int i = 0; i < m_rows->columnCount(); ++i) {
        m_rows->horizontalHeaderItem(i)->setTextAlignment(alignmentOf(i));
    }
    m_list->setModel(m_rows);
    m_list->setColumnWidths({14, 6, 46, 0});
    m_list->setTextElideMode(Qt::ElideMiddle);
    m_copy->setObjectName(u"copyReport"_s);
    m_back->setObjectName(u"importBack"_s);
    m_back->setToolTip(tr("The draft's routes"));
    m_review->setObjectName(u"importReview"_s);
    m_review->setAccessibleName(tr("Review the draft before it is applied"));
    m_review->setProperty(kDressProperty, u"primary"_s);
    auto *foot = new QHBoxLayout;
    foot->setSpacing(kGap);
    foot->addWidget(m_copy);
    foot->addStretch();
    foot->addWidget(m_back);
    foot->addWidget(m_review);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, kPad);
    column->setSpacing(kGap);
    column->addWidget(m_title);
    column->addWidget(m_words);
    column->addWidget(m_failure);
    m_list->setFrameShape(QFrame::NoFrame);
    column->addWidget(Card::around(m_list, this), 1);
    column->addLayout(foot);
}

void RoutingImport::takeFile(const QString &path)
{
    QFile file(path);
    m_name = QFileInfo(path).fileName();
    if (!file.open(QIODevice::ReadOnly)) {
        return fail(tr("%1 cannot be read: %2").arg(path, file.errorString()));
    }
    if (file.size() > kBytesMax) {
        return fail(tr("%1 is larger than 1 MiB.").arg(path));
    }
    take(file.readAll(), m_name);
}

void RoutingImport::take(const QByteArray &file, const QString &name)
{
    m_name = name;
    if (!m_draft.whyFixed().isEmpty()) {
        return fail(m_draft.whyFixed());
    }
    const ImportedConfig imported = m_source.importFile(file, name, m_draft.text());
    show(imported);
    if (imported.faults.empty()) {
        m_draft.add(tr("Import %1").arg(name), imported.providers, imported.routes);
        m_taken = true;
        m_first = imported.routes.front().name;
    }
    refresh();
}

void RoutingImport::fail(const QString &why)
{
    m_rows->setRowCount(0);
    m_taken = false;
    m_title->setText(tr("%1 was not imported").arg(m_name));
    m_words->hide();
    m_failure->say(NoticeBar::Tone::Bad, why);
    refresh();
}

void RoutingImport::addRow(const QString &kind, int line, const QString &where, const QString &what)
{
    QList<QStandardItem *> row;
    for (const QString &text : {kind, QString::number(line), where, what}) {
        auto *item = new QStandardItem(text);
        item->setToolTip(text);
        item->setEditable(false);
        item->setTextAlignment(alignmentOf(static_cast<int>(row.size())));
        row << item;
    }
    m_rows->appendRow(row);
}

void RoutingImport::show(const ImportedConfig &imported)
{
    m_failure->hide();
    m_rows->setRowCount(0);
    m_copy->setText(tr("Copy Report"));
    if (!imported.faults.empty()) {
        const auto count = static_cast<int>(imported.faults.size());
        fail(tr("%n faults are to be repaired in the file first; the draft is as it was.",
                nullptr,
                count));
        for (const ConfigFault &fault : imported.faults) {
            addRow(tr("Fault"), fault.line, {}, fault.message);
        }
        return;
    }
    const QString routes = tr("%n routes", nullptr, static_cast<int>(imported.routes.size()));
    const QString providers = tr("%n new providers", nullptr, imported.providerCount);
    m_title->setText(tr("%1 is in the draft: %2, %3").arg(m_name, routes, providers));
    m_words->setText(
        imported.notes.empty()
            ? tr("%1. Everything in it has an equivalent here.").arg(imported.format)
            : tr("%1. What is listed is not the same here. Keys were not copied: those that are "
                 "needed go into the keychain under the names given, in Settings.")
                  .arg(imported.format));
    m_words->show();
    for (const ImportNote &note : imported.notes) {
        addRow(kindName(note.kind), note.line, note.path, note.message);
    }
}

void RoutingImport::refresh()
{
    m_review->setEnabled(m_taken && m_draft.isModified());
    m_copy->setEnabled(m_rows->rowCount() > 0);
}

QString RoutingImport::report() const
{
    QStringList lines;
    for (int row = 0; row < m_rows->rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < m_rows->columnCount(); ++column) {
            cells << m_rows->item(row, column)->text();
        }
        lines << cells.join(u'\t');
    }
    return lines.join(u'\n') + u'\n';
}

} // namespace signalbox::ui
