// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/trial_bar.h"

#include "ui/models/trial_text.h"
#include "ui/text/numbers.h"
#include "ui/theme/console_style.h"
#include "ui/theme/theme.h"
#include "ui/widgets/fill_bar.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kDoubtWidth = 120;

QLabel *caption(const QString &words, QWidget *parent)
{
    auto *label = new QLabel(words, parent);
    label->setFont(themeFont(TypeRole::Caption));
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

} // namespace

TrialBar::TrialBar(QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_basis(new QLabel(this))
    , m_rollBack(new QPushButton(tr("Roll Back Now"), this))
    , m_takeOver(new QPushButton(tr("Take Over Now"), this))
{
    setObjectName(u"trialBar"_s);
    build();
    connect(m_rollBack, &QPushButton::clicked, this, &TrialBar::rollBackAsked);
    connect(m_takeOver, &QPushButton::clicked, this, &TrialBar::takeOverAsked);
    hide();
}

void TrialBar::build()
{
    m_title->setObjectName(u"trialTitle"_s);
    m_title->setFont(themeFont(TypeRole::Strong));
    m_title->setWordWrap(true);
    m_basis->setObjectName(u"trialBasis"_s);
    m_basis->setForegroundRole(QPalette::PlaceholderText);
    m_rollBack->setObjectName(u"rollBackTrial"_s);
    m_takeOver->setObjectName(u"takeOverTrial"_s);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(kWide);
    grid->setVerticalSpacing(2);
    const QStringList heads{QString(),
                            tr("On trial"),
                            tr("Others"),
                            tr("Expected, at most"),
                            tr("Doubt")};
    for (int column = 1; column < heads.size(); ++column) {
        grid->addWidget(caption(heads.at(column), this), 0, column);
    }
    for (int i = 0; i < int(m_rows.size()); ++i) {
        Row &row = m_rows[std::size_t(i)];
        row = {caption({}, this),
               new QLabel(this),
               new QLabel(this),
               new QLabel(this),
               new FillBar(tr("Doubt"), this)};
        row.onTrial->setObjectName(u"trial.%1"_s.arg(i));
        row.others->setForegroundRole(QPalette::PlaceholderText);
        row.bar->setForegroundRole(QPalette::PlaceholderText);
        row.doubt->setFixedWidth(kDoubtWidth);
        const QList<QWidget *> cells{row.measure, row.onTrial, row.others, row.bar, row.doubt};
        for (int column = 0; column < cells.size(); ++column) {
            grid->addWidget(cells.at(column), i + 1, column);
        }
    }
    grid->setColumnStretch(int(heads.size()), 1);
    auto *acts = new QVBoxLayout;
    acts->setSpacing(kGap);
    acts->addWidget(m_takeOver);
    acts->addWidget(m_rollBack);
    acts->addStretch();
    auto *words = new QVBoxLayout;
    words->setSpacing(kHalfGap);
    words->addWidget(m_title);
    words->addLayout(grid);
    words->addWidget(m_basis);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(kWide + kHalfGap, kGap, kPad, kGap);
    row->setSpacing(kWide);
    row->addLayout(words, 1);
    row->addLayout(acts);
}

void TrialBar::show(const TrialView &trial, SystemTime now)
{
    m_title->setText(trialTitle(trial, now));
    m_basis->setText(trialBasis(trial));
    const std::vector<TrialRow> rows = trialRows(trial);
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const TrialRow &row = rows[i];
        m_rows[i].measure->setText(row.measure);
        m_rows[i].onTrial->setText(row.onTrial);
        m_rows[i].others->setText(row.others);
        m_rows[i].bar->setText(row.bar);
        m_rows[i].doubt->setShare(row.doubt,
                                  tr("%1: %2; it is rolled back at 100 %")
                                      .arg(row.measure, text::percent(row.doubt)));
    }
    setAccessibleName(m_title->text());
    setVisible(true);
    update();
}

void TrialBar::setFixed(const QString &why)
{
    m_fixed = why;
    refreshButtons();
}

void TrialBar::setBusy(bool busy)
{
    m_busy = busy;
    refreshButtons();
}

void TrialBar::refreshButtons()
{
    for (QPushButton *button : {m_rollBack, m_takeOver}) {
        button->setEnabled(m_fixed.isEmpty() && !m_busy);
        button->setToolTip(m_fixed);
    }
}

void TrialBar::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.accentSoft);
    painter.fillRect(QRect(0, 0, kHalfGap, height()), theme.accent);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.border);
}

} // namespace signalbox::ui
