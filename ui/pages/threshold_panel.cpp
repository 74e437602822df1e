// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/threshold_panel.h"

#include "ui/models/cache_text.h"
#include "ui/text/names.h"
#include "ui/text/numbers.h"
#include "ui/theme/theme.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/section.h"
#include "ui/widgets/threshold_chart.h"

#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr double kSame = 0.0005; ///< thresholds closer than this are one

} // namespace

ThresholdPanel::ThresholdPanel(CacheSource &source, QWidget *parent)
    : QWidget(parent)
    , m_source(source)
    , m_notice(new NoticeBar(u"cache.evaluationTrouble"_s, this))
    , m_chart(new ThresholdChart(this))
    , m_section(new Section(tr("What a threshold does to the labelled pairs"), m_chart, this))
    , m_box(new QDoubleSpinBox(this))
    , m_recommended(new QPushButton(this))
    , m_use(new QPushButton(this))
    , m_words(new QLabel(this))
{
    setObjectName(u"cache.threshold"_s);
    m_notice->hide();
    auto *side = new Section(tr("Threshold"), buildSide(), this);
    side->setFixedWidth(std::max(250, 30 * fontMetrics().averageCharWidth()));
    auto *row = new QHBoxLayout;
    row->setSpacing(kPad);
    row->addWidget(m_section, 1);
    row->addWidget(side);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kGap);
    column->addWidget(m_notice);
    column->addLayout(row, 1);
    connect(m_chart, &ThresholdChart::triedChanged, this, &ThresholdPanel::tryOut);
    connect(m_box, &QDoubleSpinBox::valueChanged, this, &ThresholdPanel::tryOut);
    connect(m_recommended, &QPushButton::clicked, this, [this] {
        tryOut(m_evaluation.recommended.value_or(m_current));
    });
    connect(m_use, &QPushButton::clicked, this, [this] { Q_EMIT thresholdAsked(tried()); });
    refresh();
}

QWidget *ThresholdPanel::buildSide()
{
    m_box->setObjectName(u"cache.thresholdBox"_s);
    m_box->setAccessibleName(tr("Threshold to try, as a number"));
    m_box->setDecimals(2);
    m_box->setSingleStep(0.01);
    m_box->setRange(0, 1);
    m_recommended->setObjectName(u"cache.recommended"_s);
    m_use->setObjectName(u"cache.useThreshold"_s);
    m_words->setObjectName(u"cache.thresholdWords"_s);
    m_words->setWordWrap(true);
    m_words->setFont(themeFont(TypeRole::Caption));
    m_words->setForegroundRole(QPalette::PlaceholderText);
    auto *box = new QWidget(this);
    auto *grid = new QGridLayout(box);
    grid->setContentsMargins(kGap, 0, kGap, kHalfGap);
    grid->setHorizontalSpacing(kGap);
    grid->setVerticalSpacing(kHalfGap);
    auto *label = new QLabel(tr("Try"), this);
    label->setBuddy(m_box);
    grid->addWidget(label, 0, 0);
    grid->addWidget(m_box, 0, 1);
    m_precision = addFigure(grid, tr("Precision"), "precision");
    m_recall = addFigure(grid, tr("Recall"), "recall");
    m_false = addFigure(grid, tr("False hits"), "falseHits");
    m_unvetoed = addFigure(grid, tr("… without vetoes"), "unvetoed");
    m_misses = addFigure(grid, tr("Near misses above"), "missesAbove");
    grid->setColumnStretch(1, 1);
    int next = grid->rowCount();
    for (QPushButton *button : {m_recommended, m_use}) {
        button->setFont(themeFont(TypeRole::Caption));
        grid->addWidget(button, next++, 0, 1, 2);
    }
    grid->addWidget(m_words, next++, 0, 1, 2);
    grid->setRowStretch(next, 1);
    return box;
}

QLabel *ThresholdPanel::addFigure(QGridLayout *grid, const QString &title, const char *name)
{
    const int row = grid->rowCount();
    auto *label = new QLabel(title, this);
    label->setFont(themeFont(TypeRole::Caption));
    auto *value = new QLabel(text::dash(), this);
    value->setObjectName(u"cache."_s + QLatin1StringView(name));
    value->setAccessibleName(title);
    value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    grid->addWidget(label, row, 0);
    grid->addWidget(value, row, 1);
    return value;
}

void ThresholdPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!m_known) {
        evaluate();
    }
}

void ThresholdPanel::evaluate()
{
    m_notice->hide();
    m_section->setNote(tr("Evaluating …"));
    m_asked = m_source.evaluate(
        [this](const CacheAnswer<CacheEvaluation> &answer) { take(answer); });
}

void ThresholdPanel::take(const CacheAnswer<CacheEvaluation> &answer)
{
    if (!answer) {
        m_section->setNote({});
        return m_notice->say(NoticeBar::Tone::Bad,
                             tr("The pairs could not be evaluated: %1").arg(answer.error()),
                             tr("Evaluate Again"),
                             [this] { evaluate(); });
    }
    m_known = true;
    m_evaluation = *answer;
    m_chart->setEvaluation(m_evaluation);
    m_box->setRange(m_chart->lowest(), m_chart->highest());
    m_section->setNote(tr("%1 that ask the same, %2 that do not, by %3")
                           .arg(text::count(static_cast<std::int64_t>(m_evaluation.same)),
                                text::count(static_cast<std::int64_t>(m_evaluation.different)),
                                m_evaluation.embedder == "local"
                                    ? tr("the built-in embedder")
                                    : text::fromUtf8(m_evaluation.embedder)));
    tryOut(m_touched ? tried() : m_current);
    m_touched = false;
}

QList<QWidget *> ThresholdPanel::tabStops() const
{
    return {m_chart, m_box, m_recommended, m_use};
}

double ThresholdPanel::tried() const
{
    return m_chart->tried();
}

void ThresholdPanel::tryOut(double threshold)
{
    m_touched = true;
    m_chart->setTried(threshold);
    const QSignalBlocker quiet(m_box);
    m_box->setValue(m_chart->tried());
    refresh();
}

void ThresholdPanel::show(const CacheView &view)
{
    m_current = view.threshold;
    m_likenesses.clear();
    for (const CacheNearMiss &miss : view.nearMisses) {
        m_likenesses.push_back(miss.likeness);
    }
    m_chart->setPresent(m_current, m_likenesses);
    if (!m_touched) {
        tryOut(m_current);
        m_touched = false;
    }
    refresh();
}

void ThresholdPanel::setWhyFixed(const QString &why)
{
    m_whyFixed = why;
    refresh();
}

void ThresholdPanel::refresh()
{
    const CacheThreshold *here = m_known ? m_chart->measured() : nullptr;
    const auto write = [here](QLabel *label, double CacheThreshold::*figure) {
        label->setText(here == nullptr ? text::dash() : text::percent(here->*figure));
    };
    write(m_precision, &CacheThreshold::precision);
    write(m_recall, &CacheThreshold::recall);
    write(m_false, &CacheThreshold::falseHits);
    write(m_unvetoed, &CacheThreshold::falseHitsUnvetoed);
    const auto above = std::ranges::count_if(m_likenesses, [this](double likeness) {
        return likeness >= tried();
    });
    m_misses->setText(
        tr("%1 of %2")
            .arg(text::count(above), text::count(static_cast<std::int64_t>(m_likenesses.size()))));
    m_box->setEnabled(m_known);
    const auto &recommended = m_evaluation.recommended;
    m_recommended->setText(recommended
                               ? tr("Try the Recommended %1").arg(likenessText(*recommended))
                               : tr("None Is Recommended"));
    m_recommended->setEnabled(recommended.has_value());
    m_recommended->setToolTip(m_known && !recommended
                                  ? tr("Each threshold lets some false hits through")
                                  : tr("The lowest without a false hit"));
    const bool other = std::abs(tried() - m_current) > kSame;
    m_use->setText(other ? tr("Use %1…").arg(likenessText(tried()))
                         : tr("%1 Is in Force").arg(likenessText(m_current)));
    m_use->setEnabled(m_known && other && m_whyFixed.isEmpty());
    m_use->setToolTip(m_whyFixed.isEmpty() ? tr("Shows what changes in the configuration first")
                                           : m_whyFixed);
    m_words->setText(m_whyFixed.isEmpty()
                         ? tr("Ticks under the axis are near misses: those above the threshold "
                              "would be hits, were it not for the vetoes.")
                         : m_whyFixed);
}

} // namespace signalbox::ui
