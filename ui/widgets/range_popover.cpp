// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/range_popover.h"

#include "ui/text/range_text.h"
#include "ui/text/time_range.h"
#include "ui/text/zone.h"
#include "ui/theme/console_style.h"
#include "ui/theme/theme.h"

#include <QDateTimeEdit>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kWidth = 340;
constexpr qint64 kSecond = 1000;

} // namespace

RangePopover::RangePopover(QWidget *window)
    : Popover(u"rangePopover"_s, kWidth, window)
    , m_title(new QLabel(this))
    , m_problem(new QLabel(this))
    , m_show(new QPushButton(tr("Show"), this))
{
    m_title->setFont(themeFont(TypeRole::Strong));
    m_problem->setObjectName(u"rangeProblem"_s);
    m_problem->setWordWrap(true);
    m_problem->setFont(themeFont(TypeRole::Caption));
    m_problem->setMinimumHeight(2 * m_problem->fontMetrics().height());
    m_problem->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_show->setObjectName(u"showRange"_s);
    m_show->setProperty(kDressProperty, u"primary"_s);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(kPad);
    grid->setVerticalSpacing(kGap);
    grid->setColumnStretch(1, 1);
    m_from = addEnd(u"rangeFrom"_s, tr("From"), grid);
    m_to = addEnd(u"rangeTo"_s, tr("To"), grid);
    grid->addWidget(m_problem, grid->rowCount(), 1);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(kGap);
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(m_show);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kWide + kShadow, kPad + kShadow, kWide + kShadow, kPad + kShadow);
    column->setSpacing(kPad);
    column->addWidget(m_title);
    column->addLayout(grid);
    column->addLayout(buttons);
    connect(cancel, &QPushButton::clicked, this, [this] { dismiss(); });
    connect(m_show, &QPushButton::clicked, this, [this] { submit(); });
}

QDateTimeEdit *RangePopover::addEnd(const QString &name, const QString &title, QGridLayout *grid)
{
    auto *edit = new QDateTimeEdit(this);
    edit->setObjectName(name);
    edit->setAccessibleName(title);
    edit->setDisplayFormat(u"yyyy-MM-dd HH:mm:ss"_s);
    auto *label = new QLabel(title, this);
    label->setBuddy(edit);
    const int row = grid->rowCount();
    grid->addWidget(label, row, 0);
    grid->addWidget(edit, row, 1);
    connect(edit, &QDateTimeEdit::dateTimeChanged, this, &RangePopover::refresh);
    return edit;
}

void RangePopover::ask(
    qint64 fromMs, qint64 toMs, qint64 oldestMs, qint64 newestMs, QWidget *anchor)
{
    m_oldestMs = oldestMs;
    m_newestMs = newestMs;
    const QString title = tr("Range, in %1").arg(text::zoneName(toMs));
    m_title->setText(title);
    setAccessibleName(title);
    for (const auto &[edit, at] : {std::pair(m_from, fromMs), std::pair(m_to, toMs)}) {
        const QDateTime time = text::inZone(at);
        edit->setTimeSpec(time.timeSpec());
        edit->setDateTime(time);
    }
    refresh();
    openAt(anchor, m_from);
}

QString RangePopover::problem() const
{
    const qint64 from = m_from->dateTime().toMSecsSinceEpoch();
    const qint64 to = m_to->dateTime().toMSecsSinceEpoch();
    const QString form = u"yyyy-MM-dd HH:mm:ss"_s;
    if (to - from < kShortestRangeMs) {
        return tr("The end has to be at least %1 s after the beginning.")
            .arg(kShortestRangeMs / kSecond);
    }
    if (from + kSecond <= m_oldestMs) { // the field knows whole seconds
        return tr("The gateway keeps %1: nothing before %2.")
            .arg(spanText(m_newestMs - m_oldestMs), text::inZone(m_oldestMs).toString(form));
    }
    if (to - kSecond >= m_newestMs) {
        return tr("Nothing after %1 has happened yet.")
            .arg(text::inZone(m_newestMs).toString(form));
    }
    return {};
}

void RangePopover::refresh()
{
    m_problem->setText(problem());
    m_show->setEnabled(m_problem->text().isEmpty());
}

void RangePopover::submit()
{
    if (!m_show->isEnabled()) {
        return;
    }
    const qint64 from = m_from->dateTime().toMSecsSinceEpoch();
    const qint64 to = m_to->dateTime().toMSecsSinceEpoch();
    dismiss();
    Q_EMIT chosen(from, to);
}

} // namespace signalbox::ui
