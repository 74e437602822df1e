// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/routing_conflict.h"

#include "ui/text/names.h"
#include "ui/theme/console_style.h"
#include "ui/theme/theme.h"
#include "ui/widgets/diff_view.h"
#include "ui/widgets/section.h"
#include "ui/widgets/segments.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kTheirs = 1; ///< the second choice

} // namespace

RoutingConflict::RoutingConflict(ConfigSource &source, RoutingDraft &draft, QWidget *parent)
    : QWidget(parent)
    , m_source(source)
    , m_draft(draft)
    , m_story(new QLabel(this))
    , m_theirDiff(new DiffView(u"theirDiff"_s, this))
    , m_myDiff(new DiffView(u"myDiff"_s, this))
    , m_back(new QPushButton(tr("Back to My Draft"), this))
    , m_carry(new QPushButton(tr("Carry My Draft Over"), this))
{
    setObjectName(u"conflict"_s);
    m_story->setObjectName(u"conflictStory"_s);
    m_story->setWordWrap(true);
    m_theirDiff->setAccessibleName(tr("What they changed"));
    m_myDiff->setAccessibleName(tr("What my draft changes"));
    for (DiffView *side : {m_theirDiff, m_myDiff}) {
        side->setFrameShape(QFrame::NoFrame);
    }
    m_back->setObjectName(u"conflictBack"_s);
    m_carry->setObjectName(u"carryOver"_s);
    m_carry->setProperty(kDressProperty, u"primary"_s);
    auto *sides = new QHBoxLayout;
    sides->setSpacing(kPad);
    sides->addWidget(new Section(tr("Theirs, against the common base"), m_theirDiff, this), 1);
    sides->addWidget(new Section(tr("Mine, against the same base"), m_myDiff, this), 1);
    auto *foot = new QHBoxLayout;
    foot->setSpacing(kGap);
    foot->addStretch();
    foot->addWidget(m_back);
    foot->addWidget(m_carry);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, kPad);
    column->setSpacing(kGap);
    column->addWidget(m_story);
    column->addLayout(sides, 1);
    column->addLayout(foot);
    connect(m_back, &QPushButton::clicked, this, &RoutingConflict::backAsked);
    connect(m_carry, &QPushButton::clicked, this, &RoutingConflict::carryOver);
}

void RoutingConflict::setTheirs(const RunningConfig &theirs, const QString &story)
{
    m_theirs = theirs;
    if (m_theirs.settings == nullptr) {
        m_theirs.settings = m_source.check(theirs.text).settings;
    }
    const bool readable = m_theirs.settings != nullptr;
    m_story->setText(
        readable ? tr("%1 Nothing was overwritten. Carry your draft over to it, look at the "
                      "difference once more, and apply it then.")
                       .arg(story)
                 : tr("%1 That text has faults: it has to be repaired before anything can be "
                      "carried over.")
                       .arg(story));
    m_theirDiff->setDiff(m_source.diff(m_draft.base().text, theirs.text));
    m_myDiff->setDiff(m_source.diff(m_draft.base().text, m_draft.edited().text));
    m_carry->setEnabled(readable);
    fillChoices();
}

void RoutingConflict::fillChoices()
{
    delete m_choiceBox;
    m_choices.clear();
    m_choiceBox = new QWidget(this);
    auto *grid = new QGridLayout(m_choiceBox);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(kPad);
    grid->setVerticalSpacing(kHalfGap);
    grid->setColumnStretch(2, 1);
    int row = 0;
    for (const RouteConflict &conflict : m_draft.conflicts(m_theirs)) {
        const QString name = text::fromUtf8(conflict.route);
        auto *label = new QLabel(name, m_choiceBox);
        label->setFont(themeFont(TypeRole::Strong));
        grid->addWidget(label, row, 0);
        if (conflict.mine && conflict.theirs) {
            auto *choice = new Segments(tr("Whose %1").arg(name),
                                        {tr("Mine"), tr("Theirs")},
                                        m_choiceBox);
            choice->setObjectName(u"whose."_s + name);
            m_choices.emplace(conflict.route, choice);
            grid->addWidget(choice, row, 1, Qt::AlignLeft);
            grid->addWidget(new QLabel(tr("both changed it: choose"), m_choiceBox), row, 2);
        } else {
            auto *words = new QLabel(conflict.mine ? tr("only my draft changes it: it stays")
                                                   : tr("only they changed it: it is taken over"),
                                     m_choiceBox);
            words->setForegroundRole(QPalette::PlaceholderText);
            grid->addWidget(words, row, 1, 1, 2);
        }
        ++row;
    }
    static_cast<QVBoxLayout *>(layout())->insertWidget(2, m_choiceBox);
    m_choiceBox->show();
}

void RoutingConflict::carryOver()
{
    std::vector<std::string> dropped;
    for (const auto &[route, choice] : m_choices) {
        if (choice->current() == kTheirs) {
            dropped.push_back(route);
        }
    }
    m_draft.carryOver(m_theirs, dropped);
    Q_EMIT carriedOver();
}

} // namespace signalbox::ui
