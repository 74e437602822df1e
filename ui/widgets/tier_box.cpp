// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/tier_box.h"

#include "ui/text/names.h"
#include "ui/text/numbers.h"
#include "ui/theme/console_style.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/target_labels.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

enum Column {
    LockColumn,
    NameColumn,
    WeightColumn,
    MeasuredColumn,
    P95Column,
    StateColumn,
    MenuColumn,
};

constexpr int kLockWide = 28;

QLabel *quiet(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setFont(themeFont(TypeRole::Caption));
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

QString reasonOf(Hindrance hindrance)
{
    switch (hindrance) {
    case Hindrance::None:
        break;
    case Hindrance::Locked:
        return TierBox::tr("It is locked: unlock it first.");
    case Hindrance::OthersLocked:
        return TierBox::tr(
            "All other targets are locked: nothing can give or take the difference.");
    case Hindrance::NoRoom:
        return TierBox::tr("The locked targets leave no more than this.");
    case Hindrance::Alone:
        return TierBox::tr("It is the only target of its tier: all of its requests go there.");
    }
    return {};
}

} // namespace

TierBox::TierBox(QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_hint(quiet({}, this))
    , m_note(new QLabel(this))
    , m_sum(quiet({}, this))
    , m_bar(new WeightsBar(this))
    , m_equalise(new QPushButton(tr("Equalise"), this))
    , m_byCost(new QPushButton(tr("By Cost"), this))
    , m_byTime(new QPushButton(tr("By Latency"), this))
    , m_add(new QToolButton(this))
{
    m_title->setFont(themeFont(TypeRole::Strong));
    m_note->setObjectName(u"tierNote"_s);
    m_note->setWordWrap(true);
    m_note->hide();
    m_sum->setObjectName(u"tierSum"_s);
    auto *head = new QHBoxLayout;
    head->setSpacing(kGap);
    head->addWidget(m_title);
    head->addWidget(m_hint, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kGap, kHalfGap, kGap, kGap);
    column->setSpacing(kGap - 2);
    column->addLayout(head);
    column->addWidget(m_bar);
    column->addWidget(m_note);
    buildFoot();
    connect(m_bar, &WeightsBar::edited, this, [this](const Shares &shares, quint64 gesture) {
        tell(
            tr("Move weight in tier %1").arg(m_content.tier),
            [tier = m_content.tier, shares](Targets &targets, Locks &locks) {
                setShares(targets, locks, tier, shares);
            },
            gesture);
    });
}

void TierBox::buildFoot()
{
    m_equalise->setObjectName(u"equalise"_s);
    m_equalise->setFont(themeFont(TypeRole::Caption));
    m_byCost->setObjectName(u"byCost"_s);
    m_byCost->setFont(themeFont(TypeRole::Caption));
    m_byTime->setObjectName(u"byLatency"_s);
    m_byTime->setFont(themeFont(TypeRole::Caption));
    m_add->setObjectName(u"addTarget"_s);
    m_add->setText(tr("Add Target…"));
    m_add->setFont(themeFont(TypeRole::Caption));
    m_add->setFocusPolicy(Qt::StrongFocus);
    auto *foot = new QHBoxLayout;
    foot->setSpacing(kGap);
    foot->addWidget(m_sum, 1);
    foot->addWidget(m_equalise);
    foot->addWidget(m_byCost);
    foot->addWidget(m_byTime);
    foot->addWidget(m_add);
    static_cast<QVBoxLayout *>(layout())->addLayout(foot);
    connect(m_byCost, &QPushButton::clicked, this, [this] {
        shareBy(tr("Weigh tier %1 by cost").arg(m_content.tier), &TargetTotals::costPerAnswer);
    });
    connect(m_byTime, &QPushButton::clicked, this, [this] {
        shareBy(tr("Weigh tier %1 by latency").arg(m_content.tier),
                &TargetTotals::secondsPerAnswer);
    });
    connect(m_add, &QToolButton::clicked, this, &TierBox::openTargets);
    connect(m_equalise, &QPushButton::clicked, this, [this] {
        Shares shares = m_content.shares;
        equalise(shares);
        tell(tr("Equalise tier %1").arg(m_content.tier),
             [tier = m_content.tier, shares](Targets &targets, Locks &locks) {
                 setShares(targets, locks, tier, shares);
             });
    });
}

void TierBox::shareBy(const QString &step, std::optional<double> TargetTotals::*figure)
{
    Shares shares = m_content.shares;
    std::vector<std::optional<double>> figures;
    for (const TierTarget &target : m_content.targets) {
        figures.push_back(target.totals.*figure);
    }
    signalbox::ui::shareBy(shares, figures);
    tell(step, [tier = m_content.tier, shares](Targets &targets, Locks &locks) {
        setShares(targets, locks, tier, shares);
    });
}

bool TierBox::knows(std::optional<double> TargetTotals::*figure) const
{
    return std::ranges::count_if(m_content.targets,
                                 [figure](const TierTarget &target) {
                                     return (target.totals.*figure).has_value();
                                 })
           > 1;
}

void TierBox::refreshSharing()
{
    const bool divided = m_content.weighted && m_content.targets.size() > 1;
    const QString unknown = tr("The cost matrix has to know two of them: open it first");
    const auto refresh = [&](QPushButton *button, bool known, const QString &tip) {
        button->setVisible(divided);
        button->setEnabled(known && !m_content.readOnly);
        button->setToolTip(known ? tip : unknown);
        button->setAccessibleName(owned(tr("%1, tier %2").arg(button->text()).arg(m_content.tier)));
    };
    m_equalise->setVisible(divided);
    m_equalise->setEnabled(!m_content.readOnly);
    refresh(m_byCost,
            knows(&TargetTotals::costPerAnswer),
            tr("More for those whose answers cost less, by the last week"));
    refresh(m_byTime,
            knows(&TargetTotals::secondsPerAnswer),
            tr("More for those whose answers come sooner, by the last week"));
}

QString TierBox::nameOf(std::size_t index) const
{
    const BarTarget &looks = m_content.targets[index].looks;
    return u"%1 %2"_s.arg(looks.provider, looks.name);
}

/// Tells things of a rule from the same ones of the route.
QString TierBox::owned(const QString &name) const
{
    return m_content.owner.isEmpty() ? name : u"%1, %2"_s.arg(name, m_content.owner);
}

void TierBox::tell(const QString &step, const Change &change, quint64 gesture)
{
    if (!m_content.readOnly) {
        Q_EMIT edited(step, change, gesture);
    }
}

void TierBox::setContent(const TierContent &content)
{
    m_content = content;
    std::vector<TargetId> targets;
    for (const TierTarget &each : content.targets) {
        targets.push_back(each.target);
    }
    if (targets != m_shown || m_shownWeighted != content.weighted || m_rowBox == nullptr) {
        m_shown = std::move(targets);
        m_shownWeighted = content.weighted;
        rebuild();
    }
    refresh();
}

void TierBox::rebuild()
{
    // Whoever is in a row stays in that target's row.
    const QWidget *focused = focusWidget();
    const QString name = focused != nullptr && focused->hasFocus() ? focused->objectName()
                                                                   : QString();
    delete m_rowBox;
    m_rows.clear();
    m_rowBox = new QWidget(this);
    m_grid = new QGridLayout(m_rowBox);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(kPad);
    m_grid->setVerticalSpacing(2);
    m_grid->setColumnStretch(NameColumn, 1);
    const int character = QFontMetrics(themeFont(TypeRole::Body)).averageCharWidth();
    // The same in every tier, so that the columns stand in line.
    m_grid->setColumnMinimumWidth(LockColumn, kLockWide);
    m_grid->setColumnMinimumWidth(WeightColumn, 10 * character);
    m_grid->setColumnMinimumWidth(MeasuredColumn, 20 * character);
    m_grid->setColumnMinimumWidth(P95Column, 9 * character);
    m_grid->setColumnMinimumWidth(StateColumn, 24 * character);
    m_grid->setColumnMinimumWidth(MenuColumn, kLockWide);
    addHeads();
    for (std::size_t i = 0; i < m_content.targets.size(); ++i) {
        addRow(i);
    }
    static_cast<QVBoxLayout *>(layout())->insertWidget(3, m_rowBox);
    m_rowBox->show();
    auto *again = name.isEmpty() ? nullptr : findChild<QWidget *>(name);
    if (again != nullptr) {
        again->setFocus(Qt::OtherFocusReason);
    }
}

void TierBox::addHeads()
{
    const auto put = [this](int column, const QString &text) {
        m_grid->addWidget(quiet(text, m_rowBox), 0, column);
    };
    put(NameColumn, tr("Target"));
    put(WeightColumn, m_content.weighted ? tr("Weight") : QString());
    put(MeasuredColumn, m_content.compares ? tr("Measured") : QString());
    put(P95Column, tr("p95"));
    put(StateColumn, tr("Breaker"));
}

void TierBox::addRow(std::size_t index)
{
    const TierTarget &target = m_content.targets[index];
    const QString id = text::fromUtf8(target.target.name());
    const int line = static_cast<int>(index) + 1;
    Row row{.lock = new QToolButton(m_rowBox),
            .name = new TargetLabel(m_rowBox),
            .rank = quiet({}, m_rowBox),
            .weight = new QSpinBox(m_rowBox),
            .measured = new QLabel(m_rowBox),
            .p95 = new QLabel(m_rowBox),
            .state = new StateLabel(m_rowBox),
            .menu = new QToolButton(m_rowBox)};
    row.lock->setObjectName(u"lock."_s + id);
    row.lock->setCheckable(true);
    row.lock->setProperty(kDressProperty, u"quiet"_s);
    row.lock->setFocusPolicy(Qt::StrongFocus);
    row.lock->setAccessibleName(owned(tr("Lock %1").arg(nameOf(index))));
    row.weight->setObjectName(u"weight."_s + id);
    row.weight->setRange(0, kWholeWeight);
    row.weight->setSuffix(tr(" %", "unit of a share"));
    row.weight->setKeyboardTracking(false);
    row.weight->setAccessibleName(owned(tr("%1 weight").arg(nameOf(index))));
    row.measured->setObjectName(u"measured."_s + id);
    row.menu->setObjectName(u"more."_s + id);
    row.menu->setText(u"⋮"_s);
    row.menu->setProperty(kDressProperty, u"quiet"_s);
    row.menu->setFocusPolicy(Qt::StrongFocus);
    row.menu->setAccessibleName(owned(tr("Move or remove %1").arg(nameOf(index))));
    row.menu->setToolTip(tr("Move or remove (Alt+Up, Alt+Down, Delete)"));
    const bool divided = m_content.weighted && m_content.targets.size() > 1;
    row.lock->setVisible(divided);
    row.weight->setVisible(divided);
    row.rank->setVisible(!divided);
    m_grid->addWidget(row.name, line, NameColumn);
    if (divided) {
        m_grid->addWidget(row.lock, line, LockColumn);
        m_grid->addWidget(row.weight, line, WeightColumn);
    } else {
        m_grid->addWidget(row.rank, line, m_content.weighted ? WeightColumn : LockColumn);
    }
    m_grid->addWidget(row.measured, line, MeasuredColumn);
    m_grid->addWidget(row.p95, line, P95Column);
    m_grid->addWidget(row.state, line, StateColumn);
    m_grid->addWidget(row.menu, line, MenuColumn);
    for (QWidget *widget : QList<QWidget *>{row.lock, row.weight, row.menu}) {
        widget->setProperty("row", static_cast<int>(index));
        widget->installEventFilter(this);
    }
    connect(row.weight, &QSpinBox::valueChanged, this, [this, index](int value) {
        spin(index, value);
    });
    connect(row.menu, &QToolButton::clicked, this, [this, index] { openMenu(index); });
    connect(row.lock, &QToolButton::clicked, this, [this, index](bool locked) {
        Shares shares = m_content.shares;
        shares[index].locked = locked;
        tell(locked ? tr("Lock %1").arg(nameOf(index)) : tr("Unlock %1").arg(nameOf(index)),
             [tier = m_content.tier, shares](Targets &targets, Locks &locks) {
                 setShares(targets, locks, tier, shares);
             });
    });
    m_rows.push_back(row);
}

void TierBox::spin(std::size_t index, int wanted)
{
    Shares shares = m_content.shares;
    const Hindrance hindrance = setWeight(shares, index, wanted);
    if (shares != m_content.shares) {
        tell(tr("Set the weight of %1").arg(nameOf(index)),
             [tier = m_content.tier, shares](Targets &targets, Locks &locks) {
                 setShares(targets, locks, tier, shares);
             });
    }
    refresh(); // the box shows what holds, not what was typed
    if (hindrance != Hindrance::None) {
        m_note->setText(reasonOf(hindrance));
        m_note->show();
    }
}

void TierBox::shift(std::size_t index, int by)
{
    tell(tr("Move %1").arg(nameOf(index)),
         [target = m_content.targets[index].target,
          by,
          weighted = m_content.weighted](Targets &targets, Locks &locks) {
             moveTarget(targets, locks, target, by, weighted);
         });
}

void TierBox::openMenu(std::size_t index)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(u"targetMenu"_s);
    const TargetId target = m_content.targets[index].target;
    const bool weighted = m_content.weighted;
    connect(menu->addAction(tr("Move Up\tAlt+Up")), &QAction::triggered, this, [this, index] {
        shift(index, -1);
    });
    connect(menu->addAction(tr("Move Down\tAlt+Down")), &QAction::triggered, this, [this, index] {
        shift(index, 1);
    });
    menu->addSeparator();
    const int last = m_content.tier + 1;
    for (int tier = 1; tier <= last; ++tier) {
        if (tier != m_content.tier) {
            connect(menu->addAction(tr("To Tier %1").arg(tier)),
                    &QAction::triggered,
                    this,
                    [this, target, tier, weighted, index] {
                        tell(tr("Move %1 to tier %2").arg(nameOf(index)).arg(tier),
                             [=](Targets &targets, Locks &locks) {
                                 moveToTier(targets, locks, target, tier, weighted);
                             });
                    });
        }
    }
    menu->addSeparator();
    connect(menu->addAction(tr("Remove\tDelete")), &QAction::triggered, this, [=, this] {
        tell(tr("Remove %1").arg(nameOf(index)), [=](Targets &targets, Locks &locks) {
            removeTarget(targets, locks, target, weighted);
        });
    });
    const QWidget *button = m_rows[index].menu;
    menu->popup(button->mapToGlobal(QPoint(0, button->height())));
}

void TierBox::openTargets()
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setObjectName(u"targetsMenu"_s);
    for (const TargetId &target : m_content.available) {
        const QString name = text::fromUtf8(target.name());
        connect(menu->addAction(name), &QAction::triggered, this, [this, target, name] {
            tell(tr("Add %1").arg(name),
                 [target, tier = m_content.tier, weighted = m_content.weighted](Targets &targets,
                                                                                Locks &locks) {
                     addTarget(targets, locks, target, tier, weighted);
                 });
        });
    }
    menu->popup(m_add->mapToGlobal(QPoint(0, m_add->height())));
}

/// Alt+Up, Alt+Down and Delete from anywhere in a row.
bool TierBox::eventFilter(QObject *watched, QEvent *event)
{
    const bool override = event->type() == QEvent::ShortcutOverride;
    if (!override && event->type() != QEvent::KeyPress) {
        return QWidget::eventFilter(watched, event);
    }
    auto *key = static_cast<QKeyEvent *>(event);
    const bool alt = key->modifiers() == Qt::AltModifier;
    const bool moves = alt && (key->key() == Qt::Key_Up || key->key() == Qt::Key_Down);
    const bool typing = qobject_cast<QSpinBox *>(watched) != nullptr;
    const bool removes = key->key() == Qt::Key_Delete && !typing;
    if (!moves && !removes) {
        return QWidget::eventFilter(watched, event);
    }
    if (override) {
        event->accept();
        return true;
    }
    const auto index = static_cast<std::size_t>(watched->property("row").toInt());
    if (moves) {
        shift(index, key->key() == Qt::Key_Up ? -1 : 1);
        return true;
    }
    tell(tr("Remove %1").arg(nameOf(index)),
         [target = m_content.targets[index].target, weighted = m_content.weighted](Targets &targets,
                                                                                   Locks &locks) {
             removeTarget(targets, locks, target, weighted);
         });
    return true;
}

} // namespace signalbox::ui
