// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/routing_history.h"

#include "ui/models/trial_text.h"
#include "ui/state/routing_draft.h"
#include "ui/text/numbers.h"
#include "ui/theme/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/diff_view.h"
#include "ui/widgets/list_view.h"

#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kRows = 8;
constexpr qint64 kAskAgainMs = 60'000;
constexpr int kToTheSecond = 19; ///< of a time in ISO 8601

QString whatText(const ConfigRevision &revision)
{
    switch (revision.cause) {
    case ConfigRevision::Cause::Start:
        return RoutingHistory::tr("The gateway started with it");
    case ConfigRevision::Cause::Applied:
        return revision.why.isEmpty() ? RoutingHistory::tr("Applied") : revision.why;
    case ConfigRevision::Cause::RolledBack: {
        const QString back = RoutingHistory::tr("Rolled back to %1").arg(revision.restored);
        return revision.why.isEmpty() ? back : u"%1: %2"_s.arg(back, revision.why);
    }
    case ConfigRevision::Cause::File:
        return RoutingHistory::tr("The file was edited by hand");
    }
    return {};
}

QString cell(const ConfigRevision &revision, int column)
{
    switch (column) {
    case RevisionsModel::Number:
        return QString::number(revision.number);
    case RevisionsModel::When:
        return text::fullTime(revision.time).left(kToTheSecond).replace(u'T', u' ');
    case RevisionsModel::Who:
        return revision.who;
    case RevisionsModel::What:
        return whatText(revision);
    case RevisionsModel::Lines:
        return u"+%1 −%2"_s.arg(revision.linesAdded).arg(revision.linesRemoved);
    default:
        return {};
    }
}

} // namespace

void RevisionsModel::setRevisions(std::vector<ConfigRevision> revisions)
{
    if (revisions == m_revisions) {
        return;
    }
    beginResetModel();
    m_revisions = std::move(revisions);
    endResetModel();
}

int RevisionsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_revisions.size());
}

int RevisionsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant RevisionsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid()) {
        return {};
    }
    const ConfigRevision &revision = m_revisions[static_cast<std::size_t>(index.row())];
    if (role == Qt::DisplayRole) {
        return cell(revision, index.column());
    }
    if (role == Qt::ToolTipRole) {
        return index.column() == When ? text::fullTime(revision.time)
                                      : cell(revision, index.column());
    }
    return {};
}

QVariant RevisionsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole) {
        return static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter);
    }
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    static const QStringList names{RoutingHistory::tr("Plan"),
                                   RoutingHistory::tr("When"),
                                   RoutingHistory::tr("Who"),
                                   RoutingHistory::tr("What"),
                                   RoutingHistory::tr("Lines")};
    return names.value(section);
}

RoutingHistory::RoutingHistory(ConfigSource &source, QWidget *parent)
    : QWidget(parent)
    , m_source(source)
    , m_list(new ListView(u"revisions"_s, tr("Revisions"), this))
    , m_truth(new QLabel(this))
    , m_followUp(new QLabel(this))
    , m_note(new QLabel(this))
    , m_diff(new DiffView(u"revisionDiff"_s, this))
    , m_restore(new QPushButton(tr("Restore as Draft"), this))
    , m_rollBack(new QPushButton(tr("Roll Back to This"), this))
{
    setObjectName(u"history"_s);
    m_list->setModel(&m_model);
    m_list->setColumnWidths({6, 24, 16, 0, 10});
    m_list->setFixedHeight(m_list->heightFor(kRows));
    m_note->setObjectName(u"historyNote"_s);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_note->setWordWrap(true);
    m_diff->setAccessibleName(tr("What this revision changed"));
    m_restore->setObjectName(u"restoreDraft"_s);
    m_rollBack->setObjectName(u"rollBack"_s);
    auto *foot = new QHBoxLayout;
    foot->setSpacing(kGap);
    foot->addWidget(m_note, 1);
    foot->addWidget(m_restore);
    foot->addWidget(m_rollBack);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, kPad);
    column->setSpacing(kGap);
    m_list->setFrameShape(QFrame::NoFrame);
    m_diff->setFrameShape(QFrame::NoFrame);
    for (auto [label, name] :
         {std::pair(m_truth, u"previewTruth"_s), std::pair(m_followUp, u"followUp"_s)}) {
        label->setObjectName(name);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->hide();
    }
    column->addWidget(m_truth);
    column->addWidget(Card::around(m_list, this));
    column->addWidget(m_followUp);
    column->addLayout(foot);
    column->addWidget(Card::around(m_diff, this), 1);
    connectParts();
    refreshButtons();
}

void RoutingHistory::connectParts()
{
    connect(m_list->selectionModel(),
            &QItemSelectionModel::currentRowChanged,
            this,
            &RoutingHistory::select);
    connect(&m_source, &ConfigSource::truthArrived, this, [this](const ForesightTruth &truth) {
        const QString words = truthLine(truth);
        m_truth->setText(words);
        m_truth->setVisible(!words.isEmpty());
    });
    connect(&m_source,
            &ConfigSource::revisionsArrived,
            this,
            [this](quint64 id, const std::vector<ConfigRevision> &all, const QString &problem) {
                if (id == m_askedList) {
                    arrived(all, problem);
                }
            });
    connect(&m_source,
            &ConfigSource::revisionArrived,
            this,
            [this](quint64 id,
                   const QString &text,
                   const std::vector<DiffHunk> &diff,
                   const QString &problem) {
                if (id == m_askedOne) {
                    const ConfigRevision *chosen = current();
                    m_shown = problem.isEmpty() && chosen != nullptr ? chosen->number : 0;
                    m_text = text;
                    m_diff->setDiff(diff);
                    m_note->setText(problem);
                    refreshButtons();
                }
            });
    connect(&m_source, &ConfigSource::changed, this, [this] {
        if (isVisible()) {
            ask();
        }
    });
    connect(m_rollBack, &QPushButton::clicked, this, [this] {
        Q_EMIT rollBackAsked(current()->number);
    });
    connect(m_restore, &QPushButton::clicked, this, [this] {
        Q_EMIT restoreAsked(m_shown, m_text);
    });
}

void RoutingHistory::ask()
{
    m_asked.start();
    m_askedList = nextConfigRequest();
    m_source.askRevisions(m_askedList);
}

void RoutingHistory::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    ask();
}

void RoutingHistory::refreshTimes()
{
    m_list->viewport()->update();
    if (m_asked.hasExpired(kAskAgainMs)) { // what happened after a change grows
        ask();
    }
}

const ConfigRevision *RoutingHistory::current() const
{
    const int row = m_list->currentIndex().row();
    return row < 0 || row >= m_model.rowCount()
               ? nullptr
               : &m_model.revisions()[static_cast<std::size_t>(row)];
}

void RoutingHistory::arrived(const std::vector<ConfigRevision> &revisions, const QString &problem)
{
    const qint64 before = current() == nullptr ? 0 : current()->number;
    m_model.setRevisions(revisions);
    m_note->setText(!problem.isEmpty()  ? problem
                    : revisions.empty() ? tr("No configuration was kept yet.")
                                        : QString());
    for (int row = 0; row < m_model.rowCount(); ++row) {
        if (before == 0 || m_model.revisions()[static_cast<std::size_t>(row)].number == before) {
            m_list->setCurrentIndex(m_model.index(row, 0));
            break;
        }
    }
    refreshButtons();
}

void RoutingHistory::select()
{
    m_shown = 0;
    m_diff->setDiff({});
    if (const ConfigRevision *chosen = current(); chosen != nullptr) {
        m_askedOne = nextConfigRequest();
        m_source.askRevision(m_askedOne, chosen->number);
    }
    refreshButtons();
}

void RoutingHistory::refreshButtons()
{
    const ConfigRevision *chosen = current();
    const bool followed = chosen != nullptr && chosen->followUp;
    m_followUp->setText(followed ? followUpLine(*chosen->followUp) : QString());
    m_followUp->setVisible(followed);
    const RunningConfig running = m_source.running();
    const QString why = !running.whyFixed.isEmpty()            ? running.whyFixed
                        : chosen == nullptr                    ? tr("Choose a revision first")
                        : chosen->revision == running.revision ? tr("This is what runs")
                                                               : QString();
    m_rollBack->setEnabled(why.isEmpty());
    m_rollBack->setToolTip(why.isEmpty() ? tr("Makes it what runs, at once") : why);
    m_restore->setEnabled(why.isEmpty() && chosen != nullptr && m_shown == chosen->number);
    m_restore->setToolTip(why.isEmpty() ? tr("Its routes become the draft; nothing is applied yet")
                                        : why);
}

} // namespace signalbox::ui
