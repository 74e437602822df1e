// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/console_commands.h"

#include "ui/settings_source.h"
#include "ui/text/names.h"

#include <QAction>
#include <QCoreApplication>
#include <QMenu>
#include <QMenuBar>
#include <QPointer>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

struct Commands
{
    Q_DECLARE_TR_FUNCTIONS(Commands)
};

struct Verb
{
    QString text; ///< `Drain`
    QString sentence; ///< `Drain %1`
    BreakerAction action = BreakerAction::Reset;
    QString unable; ///< why not now
};

QString plain(QString text)
{
    return text.remove(u'&');
}

void addMenu(std::vector<PaletteEntry> &entries,
             const QMenu &menu,
             const QString &group,
             const QList<const QMenu *> &skip)
{
    const QList<QAction *> actions = menu.actions();
    for (QAction *action : actions) {
        const bool skipped = action->menu() != nullptr && skip.contains(action->menu());
        if (action->isSeparator() || skipped) {
            continue;
        }
        if (action->menu() != nullptr) {
            addMenu(entries, *action->menu(), plain(action->text()), skip);
            continue;
        }
        const bool choice = action->isCheckable() && action->actionGroup() != nullptr;
        const QString title = choice ? u"%1: %2"_s.arg(group, plain(action->text()))
                                     : plain(action->text());
        const QString unable = action->isEnabled()             ? QString()
                               : action->statusTip().isEmpty() ? Commands::tr("not now")
                                                               : action->statusTip();
        entries.push_back({.title = title,
                           .group = group,
                           .keys = action->shortcut().toString(QKeySequence::NativeText),
                           .unable = unable,
                           .run = [action = QPointer<QAction>(action)] {
                               if (action != nullptr) {
                                   action->trigger();
                               }
                           }});
    }
}

std::vector<Verb> verbsFor(const telemetry::BreakerView &breaker, const QString &unable)
{
    using telemetry::ForcedState;
    const bool atRest = breaker.forced == ForcedState::None
                        && breaker.state == telemetry::BreakerState::Closed
                        && breaker.failures == 0;
    const Verb drain{Commands::tr("Drain"), Commands::tr("Drain %1"), BreakerAction::Drain, {}};
    const Verb undrain{Commands::tr("Undrain"),
                       Commands::tr("Undrain %1"),
                       BreakerAction::Undrain,
                       {}};
    std::vector<Verb> verbs{
        breaker.drained ? undrain : drain,
        {Commands::tr("Trip…"),
         Commands::tr("Trip %1…"),
         BreakerAction::Trip,
         breaker.forced == ForcedState::Open ? Commands::tr("forced open already") : QString()},
        {Commands::tr("Hold Closed…"),
         Commands::tr("Hold %1 Closed…"),
         BreakerAction::Hold,
         breaker.forced == ForcedState::Closed ? Commands::tr("held closed already") : QString()},
        {Commands::tr("Reset"),
         Commands::tr("Reset %1"),
         BreakerAction::Reset,
         atRest ? Commands::tr("closed already") : QString()}};
    for (Verb &verb : verbs) {
        verb.unable = unable.isEmpty() ? verb.unable : unable;
    }
    return verbs;
}

template <class Do>
void forEachTarget(const telemetry::Snapshot &snapshot, const Do &act)
{
    for (const telemetry::ProviderView &provider : snapshot.providers) {
        for (const telemetry::TargetView &target : provider.targets) {
            act(target);
        }
    }
}

} // namespace

std::vector<PaletteEntry> menuEntries(const QMenuBar &bar, const QList<const QMenu *> &skip)
{
    std::vector<PaletteEntry> entries;
    const QList<QAction *> menus = bar.actions();
    for (const QAction *action : menus) {
        if (action->menu() != nullptr && !skip.contains(action->menu())) {
            addMenu(entries, *action->menu(), plain(action->text()), skip);
        }
    }
    return entries;
}

std::vector<PaletteEntry> targetEntries(const telemetry::Snapshot &snapshot,
                                        const TargetCommands &commands)
{
    std::vector<PaletteEntry> entries;
    forEachTarget(snapshot, [&](const telemetry::TargetView &target) {
        const QString name = text::fromUtf8(target.target.name());
        entries.push_back({.title = Commands::tr("Go to %1").arg(name),
                           .group = Commands::tr("Targets"),
                           .run = [commands, id = target.target] { commands.show(id); }});
        for (const Verb &verb : verbsFor(target.breaker, commands.unable)) {
            entries.push_back({.title = verb.sentence.arg(name),
                               .group = Commands::tr("Targets"),
                               .unable = verb.unable,
                               .run = [commands, id = target.target, action = verb.action] {
                                   commands.act(action, id);
                               }});
        }
    });
    return entries;
}

std::vector<PaletteEntry> keyEntries(const SettingsSource &source, const KeyCommands &commands)
{
    std::vector<PaletteEntry> entries;
    const QString fixed = source.whyFixed();
    for (const ProviderKeys &keys : source.providers()) {
        const QString name = keys.provider;
        entries.push_back({.title = Commands::tr("Test %1").arg(name),
                           .group = Commands::tr("Keys"),
                           .unable = !keys.target.isEmpty() ? QString()
                                     : fixed.isEmpty()      ? Commands::tr("it has no model")
                                                            : fixed,
                           .run = [commands, name] { commands.test(name); }});
        entries.push_back({.title = Commands::tr("Add a Key for %1…").arg(name),
                           .group = Commands::tr("Keys"),
                           .unable = fixed,
                           .run = [commands, name] { commands.add(name); }});
    }
    return entries;
}

void fillKeysMenu(QMenu &menu, const SettingsSource *source, const KeyCommands &commands)
{
    menu.clear();
    menu.setToolTipsVisible(true);
    if (source != nullptr) {
        for (const PaletteEntry &entry : keyEntries(*source, commands)) {
            QAction *action = menu.addAction(entry.title);
            action->setEnabled(entry.unable.isEmpty());
            action->setToolTip(entry.unable.isEmpty() ? entry.title : entry.unable);
            QObject::connect(action, &QAction::triggered, &menu, entry.run);
        }
    }
    if (menu.isEmpty()) {
        menu.addAction(Commands::tr("No providers yet"))->setEnabled(false);
    }
}

void fillTargetsMenu(QMenu &menu,
                     const telemetry::Snapshot *snapshot,
                     const TargetCommands &commands)
{
    const QList<QMenu *> before = menu.findChildren<QMenu *>(QString(), Qt::FindDirectChildrenOnly);
    menu.clear();
    qDeleteAll(before);
    if (snapshot != nullptr) {
        forEachTarget(*snapshot, [&](const telemetry::TargetView &target) {
            QMenu *sub = menu.addMenu(text::fromUtf8(target.target.name()));
            sub->setToolTipsVisible(true);
            const TargetId id = target.target;
            QObject::connect(sub->addAction(Commands::tr("Show")),
                             &QAction::triggered,
                             sub,
                             [commands, id] { commands.show(id); });
            for (const Verb &verb : verbsFor(target.breaker, commands.unable)) {
                QAction *action = sub->addAction(verb.text);
                action->setEnabled(verb.unable.isEmpty());
                action->setToolTip(verb.unable.isEmpty() ? verb.text : verb.unable);
                QObject::connect(action,
                                 &QAction::triggered,
                                 sub,
                                 [commands, id, does = verb.action] { commands.act(does, id); });
            }
        });
    }
    if (menu.isEmpty()) {
        menu.addAction(Commands::tr("No targets yet"))->setEnabled(false);
    }
}

} // namespace signalbox::ui
