// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/preview_panel.h"

#include "ui/text/foresight_text.h"
#include "ui/text/names.h"
#include "ui/theme/theme.h"
#include "ui/widgets/segments.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kRestMs = 200; ///< a draft that is dragged is looked at this often
constexpr int kTableTall = 230;
constexpr int kFileEntry = -1; ///< of the periods: a recording is asked for

quint64 nextQuestion()
{
    static quint64 last = 0;
    return ++last;
}

} // namespace

PreviewPanel::PreviewPanel(ForesightSource &source, RoutingDraft &draft, QWidget *parent)
    : Card(parent)
    , m_source(source)
    , m_draft(draft)
    , m_scope(new QLabel(this))
    , m_period(new QComboBox(this))
    , m_button(new QPushButton(this))
    , m_progress(new QProgressBar(this))
    , m_parts(new Segments(tr("Parts of the traffic"),
                           {tr("Targets"), tr("Providers"), tr("Hours")},
                           this))
    , m_table(new QTreeWidget(this))
    , m_notes(new QLabel(this))
{
    setObjectName(u"previewPanel"_s);
    build();
    setBusy(false);
    m_rest.setSingleShot(true);
    connect(&m_rest, &QTimer::timeout, this, [this] { ask(true); });
    connect(m_button, &QPushButton::clicked, this, [this] {
        if (isAsking()) {
            cancel();
        } else {
            preview();
        }
    });
    connect(m_parts, &Segments::currentChanged, this, [this] {
        if (m_shown) {
            showParts(*m_shown);
        }
    });
    connect(m_period, &QComboBox::activated, this, [this] {
        if (m_period->currentData().toInt() == kFileEntry) {
            askForRecording();
        } else if (m_follows) {
            preview();
        }
    });
    connect(&m_draft, &RoutingDraft::changed, this, &PreviewPanel::draftChanged);
    connect(&m_source, &ForesightSource::progressed, this, [this](quint64 id, double share) {
        if (id == m_asked) {
            m_progress->setValue(static_cast<int>(share * m_progress->maximum()));
        }
    });
    connect(&m_source,
            &ForesightSource::answered,
            this,
            [this](quint64 id, const ForesightAnswer &answer) {
                if (id == m_asked && id != 0) {
                    take(answer);
                }
            });
}

void PreviewPanel::build()
{
    auto *title = new QLabel(tr("Preview Effect"), this);
    title->setFont(themeFont(TypeRole::Strong));
    m_scope->setObjectName(u"previewScope"_s);
    m_scope->setForegroundRole(QPalette::PlaceholderText);
    m_scope->setText(tr("What the draft would have done to real traffic. Nothing is sent."));
    m_period->setObjectName(u"previewPeriod"_s);
    m_period->setAccessibleName(tr("Period of the preview"));
    m_period->addItem(tr("Last hour"), 3600);
    m_period->addItem(tr("Last day"), 24 * 3600);
    m_period->addItem(tr("Last week"), 7 * 24 * 3600);
    m_period->addItem(tr("A recording…"), kFileEntry);
    m_button->setObjectName(u"previewButton"_s);
    m_progress->setObjectName(u"previewProgress"_s);
    m_progress->setRange(0, 1000);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(3);
    m_parts->setObjectName(u"previewParts"_s);
    m_parts->hide();
    m_table->setObjectName(u"previewTable"_s);
    m_table->setAccessibleName(tr("Effect of the draft"));
    m_table->setHeaderLabels(
        {QString(), tr("Now"), tr("After"), tr("Change"), tr("90 % interval")});
    for (int column = 1; column < m_table->columnCount(); ++column) {
        m_table->headerItem()->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    }
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setUniformRowHeights(true);
    m_table->setFixedHeight(kTableTall);
    m_table->header()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_table->header()->setStretchLastSection(false);
    m_table->hide();
    m_notes->setObjectName(u"previewNotes"_s);
    m_notes->setFont(themeFont(TypeRole::Caption));
    m_notes->setWordWrap(true);
    m_notes->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_notes->hide();
    auto *head = new QHBoxLayout;
    head->setSpacing(kGap);
    head->addWidget(title);
    head->addWidget(m_scope, 1);
    head->addWidget(m_period);
    head->addWidget(m_button);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kPad, kGap, kPad, kGap);
    column->setSpacing(kGap);
    auto *top = new QVBoxLayout; // its bar belongs to the head
    top->setSpacing(2);
    top->addLayout(head);
    top->addWidget(m_progress);
    column->addLayout(top);
    column->addWidget(m_parts, 0, Qt::AlignLeft);
    column->addWidget(m_table);
    column->addWidget(m_notes);
}

void PreviewPanel::askForRecording()
{
    auto *dialog = new QFileDialog(this, tr("Preview with a Recording"));
    dialog->setObjectName(u"previewRecordingDialog"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        m_recording = path;
        m_period->setItemText(m_period->count() - 1, tr("%1…").arg(QFileInfo(path).fileName()));
        preview();
    });
    dialog->open();
}

void PreviewPanel::preview()
{
    m_follows = true;
    m_rest.stop();
    ask(true);
}

/// While it is dragged nothing is begun that the next step makes useless: the sample alone.
void PreviewPanel::draftChanged()
{
    if (m_follows && !m_rest.isActive()) {
        m_rest.start(kRestMs);
    }
}

void PreviewPanel::ask(bool sample)
{
    const QString draft = m_draft.isModified() ? m_draft.edited().text : m_draft.text();
    if (draft.isEmpty()) {
        cancel();
        m_scope->setText(m_draft.edited().problem);
        return;
    }
    ForesightQuestion question;
    question.draft = draft;
    question.sample = sample;
    if (const int seconds = m_period->currentData().toInt(); seconds != kFileEntry) {
        question.period = Seconds(seconds);
    } else {
        question.recording = m_recording;
    }
    m_sample = sample;
    m_asked = nextQuestion();
    setBusy(true);
    m_question = question;
    m_source.ask(m_asked, question);
}

void PreviewPanel::cancel()
{
    m_follows = false;
    m_rest.stop();
    m_asked = 0;
    m_source.cancel();
    setBusy(false);
}

void PreviewPanel::take(const ForesightAnswer &answer)
{
    m_asked = 0;
    setBusy(false);
    if (!answer.foresight) {
        m_scope->setText(answer.problem);
        return;
    }
    m_shown = answer.foresight;
    m_shownFor = m_question;
    show(*m_shown);
    Q_EMIT shownChanged();
    if (m_sample && m_shown->isSample() && !m_rest.isActive()) {
        ask(false);
    }
}

std::optional<ExpectedEffect> PreviewPanel::expectedOf(const QString &text) const
{
    const bool isOfIt = m_shown && m_shownFor.draft == text && m_shownFor.recording.isEmpty();
    return isOfIt ? signalbox::expectedOf(*m_shown) : std::nullopt;
}

void PreviewPanel::show(const Foresight &foresight)
{
    m_scope->setText(text::foresightScope(foresight));
    showParts(foresight);
    m_parts->setVisible(foresight.recorded > 0);
    m_table->setVisible(foresight.recorded > 0);
    const QStringList notes = text::foresightNotes(foresight);
    m_notes->setText(notes.join(u'\n'));
    m_notes->setVisible(!notes.isEmpty());
}

void PreviewPanel::setBusy(bool busy)
{
    m_button->setText(busy ? tr("Stop") : tr("Preview"));
    m_button->setAccessibleName(busy ? tr("Stop the preview")
                                     : tr("Preview the effect of the draft"));
    m_progress->setValue(0);
    QSizePolicy keeps = m_progress->sizePolicy();
    keeps.setRetainSizeWhenHidden(true);
    m_progress->setSizePolicy(keeps);
    m_progress->setVisible(busy);
}

} // namespace signalbox::ui
