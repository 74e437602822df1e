// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/vote_bar.h"

#include "ui/models/playground_text.h"
#include "ui/models/vote_book.h"
#include "ui/pages/playground_session.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

using Verdict = PlaygroundVote::Verdict;

VoteBar::VoteBar(PlaygroundSession &session, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_verdict(new QLabel(this))
{
    setObjectName(u"playground.votes"_s);
    m_verdict->setObjectName(u"playground.verdict"_s);
    m_verdict->setWordWrap(true);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kGap);
    const auto add = [this, row](const QString &name, const QString &text, PlaygroundVote vote) {
        auto *button = new QPushButton(text, this);
        button->setObjectName(u"playground.vote."_s + name);
        row->addWidget(button);
        connect(button, &QPushButton::clicked, this, [this, vote] { m_session.cast(vote); });
        m_choices.push_back(button);
    };
    for (int i = 0; i < PlaygroundSession::kColumnsMax; ++i) {
        add(QString::number(i), tr("%1 is best").arg(columnLetter(i)), {Verdict::Best, i});
    }
    add(u"tie"_s, tr("Tie"), {Verdict::Tie, -1});
    add(u"bad"_s, tr("All bad"), {Verdict::AllBad, -1});
    row->addWidget(m_verdict, 1);
}

void VoteBar::refresh()
{
    setVisible(m_session.isBlind());
    const bool can = m_session.canVote();
    for (std::size_t i = 0; i < m_choices.size(); ++i) {
        const bool ofColumn = i < static_cast<std::size_t>(PlaygroundSession::kColumnsMax);
        m_choices[i]->setVisible(!ofColumn || i < m_session.columns().size());
        m_choices[i]->setEnabled(can);
    }
    const auto &vote = m_session.vote();
    if (!vote) {
        m_verdict->setText(can ? tr("Names and figures are shown after the vote.")
                               : tr("Run first; then judge."));
        return;
    }
    const QStringList named = voteOf(m_session.runs(), vote->column, false).named;
    const QString seen = named.isEmpty()
                             ? QString()
                             : u' '
                                   + tr("Not blind: an answer says “%1”. It does not count.")
                                         .arg(named.join(u"”, “"_s));
    if (vote->verdict == Verdict::Best) {
        const auto &chosen = m_session.columns().at(static_cast<std::size_t>(vote->column));
        m_verdict->setText(
            tr("You chose %1: %2.").arg(columnLetter(vote->column), chosen.run.ask().model) + seen);
    } else {
        m_verdict->setText((vote->verdict == Verdict::Tie ? tr("You called it a tie.")
                                                          : tr("You called all of them bad."))
                           + seen);
    }
}

} // namespace signalbox::ui
