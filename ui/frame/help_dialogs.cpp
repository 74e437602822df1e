// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/help_dialogs.h"

#include "ui/frame/console_commands.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QDialog>
#include <QGridLayout>
#include <QLabel>
#include <QMenuBar>
#include <QVBoxLayout>

#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

struct Help
{
    Q_DECLARE_TR_FUNCTIONS(Help)
};

using Keys = std::vector<std::pair<QString, QString>>;

QDialog *makeHelp(QWidget *parent, const QString &title)
{
    auto *dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(title);
    return dialog;
}

Keys menuKeys(const QMenuBar &bar)
{
    Keys keys;
    for (const PaletteEntry &entry : menuEntries(bar)) {
        if (!entry.keys.isEmpty()) {
            keys.emplace_back(entry.keys, entry.title);
        }
    }
    return keys;
}

Keys chartKeys()
{
    return {{Help::tr("← / →"), Help::tr("Move a chart's crosshair; with Shift by ten")},
            {Help::tr("↑ / ↓"), Help::tr("The series above or below")},
            {u"[ / ]"_s, Help::tr("Half a range earlier or later")},
            {u"+ / −"_s, Help::tr("Half or double the range")},
            {Help::tr("Space"), Help::tr("Hide or show a series of the legend")},
            {Help::tr("Ctrl+Space"), Help::tr("Show that series alone")},
            {Help::tr("Return"), Help::tr("Go where a tile, an entry or a row leads")},
            {Help::tr("Esc"), Help::tr("Close what is open, take the crosshair away")}};
}

Keys routingKeys()
{
    return {{Help::tr("↑ / ↓"), Help::tr("On the weights: the divider before or after")},
            {Help::tr("← / →"), Help::tr("Move it by 1 %; with Shift by 10, with Ctrl to 5 %")},
            {Help::tr("Home / End"), Help::tr("Move it as far as it goes")},
            {Help::tr("Alt+↑ / Alt+↓"), Help::tr("Move a target or a rule")},
            {Help::tr("Delete"), Help::tr("Remove a target")}};
}

/// \p place: the column and the first row. Returns the next free row.
int addColumn(
    QGridLayout &grid, QPoint place, const QString &title, const Keys &keys, QWidget *parent)
{
    const int column = place.x();
    auto *head = new QLabel(title, parent);
    head->setFont(themeFont(TypeRole::Strong));
    grid.addWidget(head, place.y(), column, 1, 2);
    int row = place.y() + 1;
    for (const auto &[combination, what] : keys) {
        auto *left = new QLabel(combination, parent);
        left->setForegroundRole(QPalette::PlaceholderText);
        grid.addWidget(left, row, column);
        grid.addWidget(new QLabel(what, parent), row, column + 1);
        ++row;
    }
    return row;
}

} // namespace

void showAbout(QWidget *parent, const QString &version)
{
    QDialog *dialog = makeHelp(parent, Help::tr("About Signalbox"));
    auto *mark = new QLabel(dialog);
    mark->setPixmap(applicationIcon().pixmap(QSize(64, 64), parent->devicePixelRatioF()));
    auto *name = new QLabel(Help::tr("Signalbox %1").arg(version).trimmed(), dialog);
    name->setFont(themeFont(TypeRole::Title));
    auto *text = new QLabel(Help::tr(
                                "A gateway for calls to large language models, and the room from "
                                "which its operator sees every one of them.\n\n"
                                "The console is free software under GPL-3.0-or-later."),
                            dialog);
    text->setWordWrap(true);
    auto *column = new QVBoxLayout(dialog);
    column->setContentsMargins(2 * kPad, 2 * kPad, 2 * kPad, 2 * kPad);
    column->setSpacing(kGap);
    column->addWidget(mark);
    column->addWidget(name);
    column->addWidget(text);
    dialog->setFixedWidth(380);
    dialog->show();
}

void showShortcuts(QWidget *parent, const QMenuBar &bar)
{
    QDialog *dialog = makeHelp(parent, Help::tr("Keyboard Shortcuts"));
    auto *grid = new QGridLayout(dialog);
    grid->setContentsMargins(2 * kPad, 2 * kPad, 2 * kPad, 2 * kPad);
    grid->setHorizontalSpacing(2 * kPad);
    grid->setVerticalSpacing(kHalfGap);
    const Keys menus = menuKeys(bar);
    const auto half = static_cast<std::ptrdiff_t>((menus.size() + 1) / 2);
    addColumn(*grid,
              {0, 0},
              Help::tr("Everywhere"),
              Keys(menus.begin(), menus.begin() + half),
              dialog);
    addColumn(*grid, {2, 0}, u" "_s, Keys(menus.begin() + half, menus.end()), dialog);
    const int next = addColumn(*grid, {4, 0}, Help::tr("Charts and lists"), chartKeys(), dialog);
    addColumn(*grid, {4, next + 1}, Help::tr("Routing"), routingKeys(), dialog);
    dialog->show();
}

} // namespace signalbox::ui
