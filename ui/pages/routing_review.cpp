// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/routing_review.h"

#include "ui/models/trial_text.h"
#include "ui/theme/console_style.h"
#include "ui/theme/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/diff_view.h"
#include "ui/widgets/notice_bar.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include <array>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kReasonMax = 500;
constexpr int kShareMost = 50;
constexpr int kShareFirst = 20;

struct Period
{
    const char *words;
    Seconds length;
};

constexpr std::array kPeriods = {
    Period{QT_TRANSLATE_NOOP("signalbox::ui::RoutingReview", "5 minutes"), Seconds(300)},
    Period{QT_TRANSLATE_NOOP("signalbox::ui::RoutingReview", "15 minutes"), Seconds(900)},
    Period{QT_TRANSLATE_NOOP("signalbox::ui::RoutingReview", "1 hour"), Seconds(3600)},
    Period{QT_TRANSLATE_NOOP("signalbox::ui::RoutingReview", "6 hours"), Seconds(21'600)},
    Period{QT_TRANSLATE_NOOP("signalbox::ui::RoutingReview", "1 day"), Seconds(86'400)},
};

/// All that speaks against it: of the draft itself, or of the text it makes.
QString problemOf(const RoutingDraft &draft)
{
    if (!draft.whyFixed().isEmpty()) {
        return draft.whyFixed();
    }
    if (!draft.edited().problem.isEmpty()) {
        return draft.edited().problem;
    }
    QStringList faults;
    for (const ConfigFault &fault : draft.checked().faults) {
        faults << RoutingReview::tr("Line %1: %2").arg(fault.line).arg(fault.message);
    }
    return faults.join(u'\n');
}

} // namespace

RoutingReview::RoutingReview(ConfigSource &source, RoutingDraft &draft, QWidget *parent)
    : QWidget(parent)
    , m_source(source)
    , m_draft(draft)
    , m_failure(new NoticeBar(u"applyFailure"_s, this))
    , m_title(new QLabel(this))
    , m_warnings(new QLabel(this))
    , m_diff(new DiffView(u"draftDiff"_s, this))
    , m_why(new QLineEdit(this))
    , m_first(new QCheckBox(tr("To a share first:"), this))
    , m_share(new QSpinBox(this))
    , m_period(new QComboBox(this))
    , m_basis(new QLabel(this))
    , m_copy(new QPushButton(tr("Copy Text"), this))
    , m_back(new QPushButton(tr("Back"), this))
    , m_apply(new QPushButton(tr("Apply"), this))
{
    setObjectName(u"review"_s);
    m_failure->hide();
    m_title->setFont(themeFont(TypeRole::Strong));
    m_warnings->setObjectName(u"draftWarnings"_s);
    m_warnings->setWordWrap(true);
    m_why->setObjectName(u"applyReason"_s);
    m_why->setMaxLength(kReasonMax);
    m_why->setPlaceholderText(tr("Why, for those who read the history"));
    m_why->setAccessibleName(tr("Reason"));
    m_copy->setObjectName(u"copyDraft"_s);
    m_copy->setToolTip(tr("The whole configuration with the draft's routes"));
    m_back->setObjectName(u"reviewBack"_s);
    m_apply->setObjectName(u"applyDraft"_s);
    m_apply->setProperty(kDressProperty, u"primary"_s);
    auto *foot = new QHBoxLayout;
    foot->setSpacing(kGap);
    foot->addWidget(m_copy);
    foot->addWidget(m_why, 1);
    foot->addWidget(m_back);
    foot->addWidget(m_apply);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, kPad);
    column->setSpacing(kGap);
    column->addWidget(m_title);
    column->addWidget(m_failure);
    column->addWidget(m_warnings);
    m_diff->setFrameShape(QFrame::NoFrame);
    column->addWidget(Card::around(m_diff, this), 1);
    column->addLayout(buildTerms());
    m_basis->setObjectName(u"applyBasis"_s);
    m_basis->setForegroundRole(QPalette::PlaceholderText);
    m_basis->setWordWrap(true);
    column->addWidget(m_basis);
    column->addLayout(foot);
    connect(m_back, &QPushButton::clicked, this, &RoutingReview::backAsked);
    connect(m_apply, &QPushButton::clicked, this, [this] {
        Q_EMIT applyAsked(m_why->text().trimmed(), terms());
    });
    connect(m_why, &QLineEdit::returnPressed, this, &RoutingReview::apply);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QApplication::clipboard()->setText(m_draft.edited().text);
        m_copy->setText(tr("Copied"));
    });
}

QLayout *RoutingReview::buildTerms()
{
    m_first->setObjectName(u"toAShareFirst"_s);
    m_first->setToolTip(
        tr("The rest stays with the present routes until the time is over. Where it "
           "turns out worse it is rolled back by itself."));
    m_share->setObjectName(u"trialShare"_s);
    m_share->setAccessibleName(tr("Share of the requests"));
    m_share->setRange(1, kShareMost);
    m_share->setValue(kShareFirst);
    m_share->setSuffix(tr(" % of the requests"));
    m_period->setObjectName(u"trialPeriod"_s);
    m_period->setAccessibleName(tr("Watched for"));
    for (const Period &period : kPeriods) {
        m_period->addItem(tr(period.words));
    }
    connect(m_first, &QCheckBox::toggled, this, &RoutingReview::refresh);
    auto *row = new QHBoxLayout;
    row->setSpacing(kGap);
    row->addWidget(m_first);
    row->addWidget(m_share);
    row->addWidget(new QLabel(tr("watched for"), this));
    row->addWidget(m_period);
    row->addStretch();
    return row;
}

std::optional<TrialTerms> RoutingReview::terms() const
{
    if (!m_first->isChecked()) {
        return std::nullopt;
    }
    TrialTerms terms;
    terms.share = m_share->value() / 100.0;
    terms.period = kPeriods[std::size_t(m_period->currentIndex())].length;
    return terms;
}

void RoutingReview::refresh()
{
    const EditedConfig &edited = m_draft.edited();
    if (edited.text != m_shown) {
        m_shown = edited.text;
        m_diff->setDiff(edited.text.isEmpty() ? std::vector<DiffHunk>()
                                              : m_source.diff(m_draft.base().text, edited.text));
        m_copy->setText(tr("Copy Text"));
        m_failure->hide();
    }
    m_title->setText(m_diff->added() + m_diff->removed() == 0
                         ? tr("The draft changes nothing in the file")
                         : tr("Applying changes the file: +%1 −%2 lines")
                               .arg(m_diff->added())
                               .arg(m_diff->removed()));
    QStringList warnings;
    for (const ConfigWarning &warning : m_draft.checked().warnings) {
        warnings << u"▲ %1: %2"_s.arg(warning.route, warning.message);
    }
    m_warnings->setText(warnings.join(u'\n'));
    m_warnings->setVisible(!warnings.isEmpty());
    const QString problem = problemOf(m_draft);
    if (!problem.isEmpty()) {
        m_failure->say(NoticeBar::Tone::Bad, problem);
    } else if (m_failure->text() == m_problem) {
        m_failure->hide();
    }
    m_problem = problem;
    m_apply->setEnabled(problem.isEmpty() && m_draft.isModified() && !m_busy);
    m_apply->setText(m_busy                 ? tr("Applying…")
                     : m_first->isChecked() ? tr("Apply to a Share")
                                            : tr("Apply"));
    m_first->setEnabled(problem.isEmpty());
    m_share->setEnabled(m_first->isEnabled() && m_first->isChecked());
    m_period->setEnabled(m_share->isEnabled());
    refreshBasis();
    m_why->setEnabled(problem.isEmpty());
}

void RoutingReview::setExpected(const std::optional<ExpectedEffect> &expected)
{
    m_expected = expected;
    refreshBasis();
}

void RoutingReview::refreshBasis()
{
    const bool first = m_first->isChecked();
    m_basis->setVisible(first || m_expected);
    if (!m_expected) {
        m_basis->setText(tr("It will be held to what these routes did before. Once there is a full "
                            "preview of this draft, it is held to that."));
    } else if (first) {
        m_basis->setText(tr("It will be held to the preview: %1.").arg(expectedBars(*m_expected)));
    } else {
        m_basis->setText(
            tr("The preview is kept with the plan, and compared with what happens: %1.")
                .arg(expectedBars(*m_expected)));
    }
}

void RoutingReview::setFailure(const QString &failure)
{
    if (failure.isEmpty()) {
        m_failure->hide();
    } else {
        m_failure->say(NoticeBar::Tone::Bad, failure);
    }
}

void RoutingReview::setBusy(bool busy)
{
    m_busy = busy;
    refresh();
}

void RoutingReview::apply()
{
    if (m_apply->isEnabled()) {
        m_apply->click();
    }
}

void RoutingReview::clearReason()
{
    m_why->clear();
}

} // namespace signalbox::ui
