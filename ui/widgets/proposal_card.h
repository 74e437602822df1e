// SPDX-License-Identifier: GPL-3.0-or-later
// Proposed weights beside those in force, why each is proposed, and what can be done about it.
#pragma once

#include "ui/widgets/card.h"

#include "core/domain/proposal.h"

class QPushButton;
class QVBoxLayout;

namespace signalbox::ui {

class ProposalCard : public Card
{
    Q_OBJECT

public:
    ProposalCard(const Proposal &proposal, SystemTime now, QWidget *parent = nullptr);

    /// Why nothing can be done about it, in a sentence; empty: it can.
    void setFixed(const QString &why);

Q_SIGNALS:
    void acceptAsked(); ///< into the draft, to be reviewed
    void editAsked(); ///< into the draft, to be changed first
    void refuseAsked();

private:
    void buildActs(QVBoxLayout &column);

    QPushButton *m_accept;
    QPushButton *m_edit;
    QPushButton *m_refuse;
};

/// `gains: it serves the aim better than the others`, for people.
[[nodiscard]] QString shareReasonText(ShareReason reason);
/// What a proposal is for, and what became of it: `Lower cost`, `Refused by night-shift`.
[[nodiscard]] QString aimText(WeightAim aim);
[[nodiscard]] QString stateText(const Proposal &proposal);

} // namespace signalbox::ui
