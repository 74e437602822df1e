// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/matrix_view.h"

#include "ui/console_state.h"
#include "ui/text/names.h"
#include "ui/theme/theme.h"
#include "ui/widgets/empty_panel.h"
#include "ui/widgets/heat_delegate.h"
#include "ui/widgets/proposal_card.h"
#include "ui/widgets/section.h"
#include "ui/widgets/segments.h"

#include <QHeaderView>
#include <QLabel>
#include <QScrollArea>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr std::chrono::days kPeriod{7};
constexpr int kProposalsWide = 380;
constexpr std::size_t kProposalsShown = 20;

} // namespace

MatrixView::MatrixView(ConsoleState &state,
                       ConfigSource &config,
                       RoutingDraft &draft,
                       LedgerSource *ledger,
                       QWidget *parent)
    : QWidget(parent)
    , m_state(state)
    , m_config(config)
    , m_draft(draft)
    , m_ledger(ledger)
{
    setObjectName(u"matrix"_s);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, kPad);
    row->setSpacing(kPad);
    row->addWidget(buildTable(), 1);
    row->addWidget(buildProposals());
    connectProposals();
    connect(&m_config, &ConfigSource::changed, this, [this] {
        m_askedAt.reset(); // proposals may have been decided by it
        if (isVisible()) {
            ask();
        }
    });
}

QWidget *MatrixView::buildTable()
{
    auto *body = new QWidget(this);
    m_measure = new Segments(tr("Figure"), {tr("Cost"), tr("Time"), tr("Failures")}, body);
    m_measure->setObjectName(u"matrixMeasure"_s);
    m_measure->setCurrent(0);
    m_trouble = new QLabel(body);
    m_trouble->setObjectName(u"matrixTrouble"_s);
    m_trouble->setWordWrap(true);
    m_trouble->hide();
    m_table = new QTableView(body);
    m_table->setObjectName(u"matrixTable"_s);
    m_table->setAccessibleName(tr("Tasks by target"));
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setShowGrid(false);
    m_table->setModel(&m_model);
    m_table->setItemDelegate(new HeatDelegate(m_table));
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTabKeyNavigation(false);
    m_table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->horizontalHeader()->setFont(themeFont(TypeRole::Caption));
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_table->verticalHeader()->setFont(themeFont(TypeRole::Body));
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_empty = new EmptyPanel(body);
    m_empty->hide();
    auto *note =
        new QLabel(tr("Each task is compared by itself: the best is blue, the worst amber. Below a "
                      "figure is the "
                      "band in which nine of ten resamples fall; failed calls are paid for "
                      "by the answers that came."),
                   body);
    note->setFont(themeFont(TypeRole::Caption));
    note->setForegroundRole(QPalette::PlaceholderText);
    note->setWordWrap(true);
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(kGap, 0, kGap, kGap);
    column->setSpacing(kGap);
    column->addWidget(m_measure, 0, Qt::AlignLeft);
    column->addWidget(m_trouble);
    column->addWidget(m_empty);
    column->addWidget(m_table, 1);
    column->addWidget(note);
    connect(m_measure, &Segments::currentChanged, this, [this](int index) {
        m_model.setMeasure(static_cast<MatrixMeasure>(index));
        m_table->resizeColumnsToContents();
    });
    auto *section = new Section(tr("What a task costs"), body, this);
    section->setNote(tr("per answer, of the last 7 days"));
    return section;
}

QWidget *MatrixView::buildProposals()
{
    auto *body = new QWidget(this);
    m_problem = new QLabel(body);
    m_problem->setObjectName(u"proposalsProblem"_s);
    m_problem->setWordWrap(true);
    m_problem->hide();
    m_none =
        new QLabel(tr("None yet. A route that says \"propose\" in the configuration is proposed "
                      "for once a week."),
                   body);
    m_none->setObjectName(u"noProposals"_s);
    m_none->setWordWrap(true);
    m_none->setForegroundRole(QPalette::PlaceholderText);
    auto *list = new QWidget(body);
    m_cards = new QVBoxLayout(list);
    m_cards->setContentsMargins(0, 0, 0, 0);
    m_cards->setSpacing(kGap);
    m_cards->addStretch();
    auto *area = new QScrollArea(body);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setWidget(list);
    area->viewport()->setAutoFillBackground(false);
    list->setAutoFillBackground(false); // the section is its ground
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(kGap, 0, kGap, kGap);
    column->setSpacing(kGap);
    column->addWidget(m_problem);
    column->addWidget(m_none);
    column->addWidget(area, 1);
    auto *section = new Section(tr("Proposed weights"), body, this);
    section->setFixedWidth(kProposalsWide);
    return section;
}

void MatrixView::setMeasure(MatrixMeasure measure)
{
    m_measure->setCurrent(static_cast<int>(measure));
    m_model.setMeasure(measure);
}

void MatrixView::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    ask();
}

void MatrixView::askIfOld()
{
    if (!m_askedAt || m_state.now() - *m_askedAt > kFresh) {
        ask();
    }
}

void MatrixView::ask()
{
    m_askedAt = m_state.now();
    if (m_ledger != nullptr) {
        const SystemTime now = m_state.now();
        m_asked = m_ledger->costMatrix(now - kPeriod,
                                       now,
                                       [this](const LedgerAnswer<std::vector<MatrixCell>> &answer) {
                                           take(answer);
                                       });
    } else {
        take(std::vector<MatrixCell>());
    }
    m_askedProposals = nextConfigRequest();
    m_config.askProposals(m_askedProposals);
}

void MatrixView::take(const LedgerAnswer<std::vector<MatrixCell>> &answer)
{
    m_trouble->setVisible(!answer.ok());
    if (!answer.ok()) {
        m_trouble->setText(answer.error());
        return;
    }
    m_model.setCells(*answer);
    int widest = 0;
    for (int row = 0; row < m_model.rowCount(); ++row) {
        const QString task = m_model.headerData(row, Qt::Vertical, Qt::DisplayRole).toString();
        widest = std::max(widest, m_table->verticalHeader()->fontMetrics().horizontalAdvance(task));
    }
    m_table->verticalHeader()->setFixedWidth(widest + 2 * kPad);
    const bool none = m_model.cells().empty();
    m_empty->setVisible(none);
    m_table->setVisible(!none);
    if (none) {
        m_empty->say(tr("Nothing to compare yet"),
                     tr("No call of the last week is in the ledger. Every request that a target "
                        "answers counts towards its task."),
                     {});
    }
    Q_EMIT cellsChanged();
}

void MatrixView::connectProposals()
{
    connect(&m_config,
            &ConfigSource::proposalsArrived,
            this,
            [this](quint64 id, const std::vector<Proposal> &proposals, const QString &problem) {
                if (id != m_askedProposals) {
                    return;
                }
                m_problem->setText(problem);
                m_problem->setVisible(!problem.isEmpty());
                if (problem.isEmpty()) {
                    showProposals(proposals);
                }
            });
    connect(&m_config,
            &ConfigSource::proposalRefused,
            this,
            [this](quint64 id, const QString &problem) {
                if (id != m_refused) {
                    return;
                }
                m_problem->setText(problem);
                m_problem->setVisible(!problem.isEmpty());
                if (problem.isEmpty()) {
                    ask();
                }
            });
}

void MatrixView::showProposals(const std::vector<Proposal> &proposals)
{
    while (m_cards->count() > 1) { // the stretch stays
        delete m_cards->takeAt(0)->widget();
    }
    m_none->setVisible(proposals.empty());
    for (std::size_t i = 0; i < std::min(proposals.size(), kProposalsShown); ++i) {
        auto *card = new ProposalCard(proposals[i], m_state.now(), this);
        card->setFixed(m_draft.whyFixed());
        m_cards->insertWidget(int(i), card);
        connect(card, &ProposalCard::acceptAsked, this, [this, proposal = proposals[i]] {
            if (intoDraft(proposal)) {
                Q_EMIT accepted(proposal.route, proposal.number);
            }
        });
        connect(card, &ProposalCard::editAsked, this, [this, proposal = proposals[i]] {
            if (intoDraft(proposal)) {
                Q_EMIT editAsked(proposal.route, proposal.number);
            }
        });
        connect(card, &ProposalCard::refuseAsked, this, [this, proposal = proposals[i]] {
            refuse(proposal);
        });
    }
}

bool MatrixView::intoDraft(const Proposal &proposal)
{
    const DraftRoute *route = m_draft.state().route(proposal.route);
    const auto has = [route](const ShareProposal &share) {
        return route != nullptr
               && std::ranges::find(route->settings.targets, share.target, &TargetChoice::target)
                      != route->settings.targets.end();
    };
    if (!std::ranges::all_of(proposal.shares, has)) {
        m_problem->setText(tr("%1 has other targets now than it was made for.")
                               .arg(text::fromUtf8(proposal.route)));
        m_problem->show();
        return false;
    }
    m_draft.edit(tr("Take over proposal %1").arg(proposal.number), [&](RoutingState &state) {
        for (const ShareProposal &share : proposal.shares) {
            auto &targets = state.route(proposal.route)->settings.targets;
            std::ranges::find(targets, share.target, &TargetChoice::target)->weight = share.to;
        }
    });
    return true;
}

void MatrixView::refuse(const Proposal &proposal)
{
    m_refused = nextConfigRequest();
    m_config.refuseProposal(m_refused, proposal.number, {});
}

void MatrixView::refresh()
{
    for (ProposalCard *card : findChildren<ProposalCard *>()) {
        card->setFixed(m_draft.whyFixed());
    }
}

} // namespace signalbox::ui
