// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/proposal_card.h"

#include "ui/text/names.h"
#include "ui/text/numbers.h"
#include "ui/theme/console_style.h"
#include "ui/theme/theme.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

QLabel *quiet(const QString &words, QWidget *parent)
{
    auto *label = new QLabel(words, parent);
    label->setFont(themeFont(TypeRole::Caption));
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

QString points(int share)
{
    return text::percent(share / 100.0);
}

} // namespace

QString shareReasonText(ShareReason reason)
{
    switch (reason) {
    case ShareReason::Gains:
        return ProposalCard::tr("does better than the others");
    case ShareReason::Loses:
        return ProposalCard::tr("does worse than the others");
    case ShareReason::Stays:
        return ProposalCard::tr("near enough to what it has");
    case ShareReason::TooFew:
        return ProposalCard::tr("too little is known of it");
    case ShareReason::AtItsLeast:
        return ProposalCard::tr("would lose more, but has its least share");
    case ShareReason::AtTheRail:
        return ProposalCard::tr("would move farther, but not at once");
    case ShareReason::MayNotGain:
        return ProposalCard::tr("would gain, but its answers are not good enough");
    }
    return {};
}

QString aimText(WeightAim aim)
{
    switch (aim) {
    case WeightAim::Cost:
        return ProposalCard::tr("for a lower cost");
    case WeightAim::Time:
        return ProposalCard::tr("for shorter times");
    case WeightAim::Balanced:
        break;
    }
    return ProposalCard::tr("for cost, time and failures together");
}

QString stateText(const Proposal &proposal)
{
    const QString who = text::fromUtf8(proposal.who);
    switch (proposal.state) {
    case Proposal::State::Pending:
        return ProposalCard::tr("Nobody has decided yet");
    case Proposal::State::Accepted:
        return ProposalCard::tr("Accepted by %1").arg(who);
    case Proposal::State::Edited:
        return ProposalCard::tr("Accepted with other weights by %1").arg(who);
    case Proposal::State::Refused:
        return ProposalCard::tr("Refused by %1").arg(who);
    case Proposal::State::Overtaken:
        break;
    }
    return ProposalCard::tr("Overtaken: the route has other weights now");
}

ProposalCard::ProposalCard(const Proposal &proposal, SystemTime now, QWidget *parent)
    : Card(parent)
    , m_accept(new QPushButton(tr("Accept into the Draft"), this))
    , m_edit(new QPushButton(tr("Edit"), this))
    , m_refuse(new QPushButton(tr("Refuse"), this))
{
    setObjectName(u"proposal.%1"_s.arg(proposal.number));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kPad, kGap, kPad, kGap);
    column->setSpacing(kHalfGap);
    auto *title =
        new QLabel(tr("%1, %2").arg(text::fromUtf8(proposal.route), aimText(proposal.aim)), this);
    title->setFont(themeFont(TypeRole::Strong));
    title->setWordWrap(true);
    column->addWidget(title);
    auto *state = quiet(u"%1 · %2"_s.arg(text::ago(now, proposal.made), stateText(proposal)), this);
    state->setWordWrap(true);
    column->addWidget(state);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(kPad);
    grid->setVerticalSpacing(2);
    grid->setColumnStretch(0, 1);
    int line = 0;
    for (const ShareProposal &share : proposal.shares) {
        auto *name = new QLabel(text::modelName(share.target), this);
        name->setToolTip(text::fromUtf8(share.target.name()));
        auto *move = new QLabel(share.from == share.to
                                    ? points(share.to)
                                    : u"%1 → %2"_s.arg(points(share.from), points(share.to)),
                                this);
        move->setAlignment(Qt::AlignRight);
        move->setFont(themeFont(share.from == share.to ? TypeRole::Body : TypeRole::Strong));
        grid->addWidget(name, line, 0);
        grid->addWidget(move, line++, 1);
        auto *why = quiet(shareReasonText(share.reason), this);
        why->setWordWrap(true);
        grid->addWidget(why, line++, 0, 1, 2);
    }
    column->addLayout(grid);
    if (proposal.state == Proposal::State::Pending) {
        buildActs(*column);
    }
    for (QPushButton *button : {m_accept, m_edit, m_refuse}) {
        button->setVisible(proposal.state == Proposal::State::Pending);
    }
}

void ProposalCard::buildActs(QVBoxLayout &column)
{
    m_accept->setObjectName(u"acceptProposal"_s);
    m_accept->setProperty(kDressProperty, u"primary"_s);
    m_accept->setToolTip(tr("Takes the weights into the draft, to be reviewed and applied"));
    m_edit->setObjectName(u"editProposal"_s);
    m_edit->setToolTip(tr("Takes the weights into the draft and opens the route"));
    m_refuse->setObjectName(u"refuseProposal"_s);
    auto *row = new QHBoxLayout;
    row->setSpacing(kGap);
    for (QPushButton *button : {m_accept, m_edit, m_refuse}) {
        button->setFont(themeFont(TypeRole::Caption));
        row->addWidget(button);
    }
    row->addStretch();
    column.addLayout(row);
    connect(m_accept, &QPushButton::clicked, this, &ProposalCard::acceptAsked);
    connect(m_edit, &QPushButton::clicked, this, &ProposalCard::editAsked);
    connect(m_refuse, &QPushButton::clicked, this, &ProposalCard::refuseAsked);
}

void ProposalCard::setFixed(const QString &why)
{
    for (QPushButton *button : {m_accept, m_edit, m_refuse}) {
        button->setEnabled(why.isEmpty());
    }
}

} // namespace signalbox::ui
