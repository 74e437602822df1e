// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/rehearsal_menu.h"

#include <QAction>
#include <QCoreApplication>
#include <QMenu>
#include <QPointer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Rehearsal)
};

/// What a provider suffers, in a sentence.
QString stateOf(const Rehearsed &what)
{
    const QString name = what.provider.isEmpty() ? Words::tr("every provider") : what.provider;
    switch (what.fault) {
    case RehearsalFault::Down:
        return Words::tr("%1 is down").arg(name);
    case RehearsalFault::Slow:
        return Words::tr("%1 answers slowly").arg(name);
    case RehearsalFault::Throttled:
        return Words::tr("%1 answers 429").arg(name);
    case RehearsalFault::Cut:
        return Words::tr("%1 breaks answers off").arg(name);
    }
    return {};
}

QString verbFor(const Rehearsed &what)
{
    const QString name = what.provider.isEmpty() ? Words::tr("Every Provider") : what.provider;
    switch (what.fault) {
    case RehearsalFault::Down:
        return Words::tr("Take %1 Down").arg(name);
    case RehearsalFault::Slow:
        return Words::tr("Slow %1 Down").arg(name);
    case RehearsalFault::Throttled:
        return Words::tr("Let %1 Answer 429").arg(name);
    case RehearsalFault::Cut:
        return Words::tr("Break %1's Answers Off").arg(name);
    }
    return {};
}

bool isOn(const Rehearsal &rehearsal, const Rehearsed &what)
{
    return std::ranges::count(rehearsal.faults(), what) > 0;
}

QStringList namesOf(const Rehearsal &rehearsal)
{
    return rehearsal.providers() << QString(); // all at once, last
}

std::vector<Rehearsed> troublesOf(const QString &provider)
{
    std::vector<Rehearsed> list;
    for (int i = 0; i < kRehearsalFaultCount; ++i) {
        list.push_back({provider, static_cast<RehearsalFault>(i)});
    }
    return list;
}

void toggle(Rehearsal &rehearsal, const Rehearsed &what)
{
    isOn(rehearsal, what) ? rehearsal.end(what) : rehearsal.begin(what);
}

} // namespace

QString rehearsalText(const Rehearsal &rehearsal)
{
    QStringList parts;
    for (const Rehearsed &what : rehearsal.faults()) {
        parts << stateOf(what);
    }
    return parts.join(Words::tr(", ", "between what is wrong"));
}

std::vector<PaletteEntry> rehearsalEntries(Rehearsal &rehearsal, QAction &endAll)
{
    std::vector<PaletteEntry> entries;
    entries.push_back({.title = Words::tr("End All Rehearsed Faults"),
                       .group = Words::tr("Rehearsal"),
                       .keys = endAll.shortcut().toString(QKeySequence::NativeText),
                       .unable = endAll.isEnabled() ? QString() : endAll.statusTip(),
                       .run = [guard = QPointer(&endAll)] {
                           if (guard != nullptr) {
                               guard->trigger();
                           }
                       }});
    for (const QString &name : namesOf(rehearsal)) {
        for (const Rehearsed &what : troublesOf(name)) {
            const bool on = isOn(rehearsal, what);
            entries.push_back(
                {.title = on ? Words::tr("End: %1").arg(stateOf(what)) : verbFor(what),
                 .group = Words::tr("Rehearsal"),
                 .keys = {},
                 .unable = {},
                 .run = [guard = QPointer(&rehearsal), what] {
                     if (guard != nullptr) {
                         toggle(*guard, what);
                     }
                 }});
        }
    }
    return entries;
}

void fillRehearsalMenu(QMenu &menu, Rehearsal &rehearsal)
{
    qDeleteAll(menu.findChildren<QMenu *>(QString(), Qt::FindDirectChildrenOnly));
    QAction *first = menu.actions().value(0); // what is always there stays below
    for (const QString &name : namesOf(rehearsal)) {
        auto *sub = new QMenu(name.isEmpty() ? Words::tr("Every Provider") : name, &menu);
        menu.insertMenu(first, sub);
        for (const Rehearsed &what : troublesOf(name)) {
            QAction *action = sub->addAction(verbFor(what));
            action->setCheckable(true);
            action->setChecked(isOn(rehearsal, what));
            QObject::connect(action, &QAction::triggered, &rehearsal, [&rehearsal, what] {
                toggle(rehearsal, what);
            });
        }
    }
}

} // namespace signalbox::ui
