// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/frame/console_actions.h"

#include "ui/text/language.h"
#include "ui/text/range_text.h"
#include "ui/theme/icons.h"
#include "ui/theme/text_size.h"

#include <QAction>
#include <QActionGroup>
#include <QKeySequence>
#include <QMenuBar>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr const char *kTipProperty = "tip";

QKeySequence ctrl(int key)
{
    return QKeySequence(static_cast<int>(Qt::CTRL) | key);
}

QKeySequence ctrlShift(int key)
{
    return QKeySequence(static_cast<int>(Qt::CTRL) | static_cast<int>(Qt::SHIFT) | key);
}

QKeySequence alt(int key)
{
    return QKeySequence(static_cast<int>(Qt::ALT) | key);
}

} // namespace

void setTip(QAction *action, const QString &tip)
{
    const QString words = tip.isEmpty() ? QString(action->text()).remove(u'&') : tip;
    action->setProperty(kTipProperty, tip); // its keys may change
    const QString keys = action->shortcut().toString(QKeySequence::NativeText);
    action->setToolTip(keys.isEmpty() ? words : u"%1 (%2)"_s.arg(words, keys));
}

void refreshTip(QAction *action)
{
    setTip(action, action->property(kTipProperty).toString());
}

QList<QAction *> ConsoleActions::keyed() const
{
    QList<QAction *> all;
    const auto actions = findChildren<QAction *>(Qt::FindDirectChildrenOnly);
    for (QAction *action : actions) {
        if (action->actionGroup() == nullptr) { // choices have a menu and a place in Settings
            all << action;
        }
    }
    return all;
}

ConsoleActions::ConsoleActions(QMenuBar *bar)
    : QObject(bar)
{
    buildFile(bar->addMenu(tr("&File")));
    buildEdit(bar->addMenu(tr("&Edit")));
    buildView(bar->addMenu(tr("&View")));
    buildTime(bar->addMenu(tr("&Time")));
    m_go = bar->addMenu(tr("&Go"));
    back = add(m_go, "back", tr("&Back"), alt(Qt::Key_Left));
    forward = add(m_go, "forward", tr("&Forward"), alt(Qt::Key_Right));
    m_go->addSeparator();
    m_afterPages = m_go->addSeparator();
    palette = add(m_go, "palette", tr("&Command Palette…"), ctrl(Qt::Key_K));
    palette->setIcon(themeIcon(u"search"_s));
    buildRouting(bar->addMenu(tr("R&outing")));
    targetsMenu = bar->addMenu(tr("Ta&rgets"));
    QMenu *alerts = bar->addMenu(tr("&Alerts"));
    acknowledge = add(alerts, "acknowledge", tr("&Acknowledge"), ctrlShift(Qt::Key_A));
    acknowledgeAll = add(alerts, "acknowledgeAll", tr("Acknowledge A&ll"), {});
    mute = add(alerts, "mute", tr("&Mute or Unmute for an Hour"), ctrlShift(Qt::Key_M));
    keysMenu = bar->addMenu(tr("&Keys"));
    buildPlayground(bar->addMenu(tr("&Playground")));
    m_help = bar->addMenu(tr("&Help"));
    shortcuts = add(m_help, "shortcuts", tr("&Keyboard Shortcuts"), ctrl(Qt::Key_Question));
    about = add(m_help, "about", tr("&About Signalbox"), {});
}

QAction *ConsoleActions::add(QMenu *menu,
                             const char *name,
                             const QString &text,
                             const QKeySequence &keys)
{
    auto *action = new QAction(text, this);
    action->setObjectName(u"action."_s + QLatin1StringView(name));
    action->setShortcut(keys);
    setTip(action);
    menu->addAction(action);
    return action;
}

QList<QAction *> ConsoleActions::addChoices(QMenu *menu, const char *name, const QStringList &texts)
{
    auto *group = new QActionGroup(this);
    QList<QAction *> choices;
    for (const QString &text : texts) {
        QAction *action = add(menu, name, text, {});
        action->setObjectName(action->objectName() + u'.' + QString::number(choices.size()));
        action->setCheckable(true);
        group->addAction(action);
        choices << action;
    }
    return choices;
}

void ConsoleActions::buildFile(QMenu *menu)
{
    exportCsv = add(menu, "exportCsv", tr("Export Chart as &CSV…"), ctrl(Qt::Key_E));
    exportPng = add(menu, "exportPng", tr("Export Chart as &PNG…"), ctrlShift(Qt::Key_E));
    exportSvg = add(menu, "exportSvg", tr("Export Chart as &SVG…"), {});
    exportCsv->setIcon(themeIcon(u"export"_s));
    menu->addSeparator();
    recordRecent = add(menu, "recordRecent", tr("Record the &Last 15 Minutes…"), {});
    recordRange = add(menu, "recordRange", tr("Record the Period &Shown…"), {});
    openRecording = add(menu, "openRecording", tr("&Open Recording…"), ctrl(Qt::Key_O));
    menu->addSeparator();
    QMenu *profile = menu->addMenu(tr("P&rofile"));
    QStringList words{tr("&None")};
    for (int i = 1; i < kProfileCount; ++i) {
        words << profileWord(static_cast<Profile>(i));
    }
    profiles = addChoices(profile, "profile", words);
    menu->addSeparator();
    quit = add(menu, "quit", tr("&Quit"), ctrl(Qt::Key_Q));
}

void ConsoleActions::buildEdit(QMenu *menu)
{
    undo = add(menu, "undo", tr("&Undo"), ctrl(Qt::Key_Z));
    undo->setIcon(themeIcon(u"undo"_s));
    redo = add(menu, "redo", tr("&Redo"), ctrlShift(Qt::Key_Z));
    redo->setIcon(themeIcon(u"redo"_s));
    redo->setEnabled(false);
    menu->addSeparator();
    filter = add(menu, "filter", tr("&Filter This Page"), ctrl(Qt::Key_F));
    filter->setIcon(themeIcon(u"search"_s));
    menu->addSeparator();
    settings = add(menu, "settings", tr("&Settings…"), ctrl(Qt::Key_Comma));
    settings->setIcon(themeIcon(u"settings"_s));
    setUp = add(menu, "setUp", tr("Set Up a &Provider…"), {});
}

void ConsoleActions::buildView(QMenu *menu)
{
    pause = add(menu, "pause", tr("&Pause Live View"), ctrl(Qt::Key_L));
    pause->setCheckable(true);
    refresh = add(menu, "refresh", tr("&Refresh Now"), ctrl(Qt::Key_R));
    refresh->setIcon(themeIcon(u"refresh"_s));
    menu->addSeparator();
    chartTable = add(menu, "chartTable", tr("Chart as &Table"), ctrl(Qt::Key_D));
    chartTable->setIcon(themeIcon(u"table"_s));
    chartTable->setCheckable(true);
    details = add(menu, "details", tr("&Details of the Target"), ctrl(Qt::Key_I));
    details->setIconText(tr("Details"));
    details->setCheckable(true);
    menu->addSeparator();
    themes = addChoices(menu->addMenu(tr("T&heme")),
                        "theme",
                        {tr("&System"), tr("&Light"), tr("&Dark")});
    QStringList sizes;
    for (const int percent : textSizes()) {
        sizes << tr("%1 %").arg(percent);
    }
    textSizeChoices = addChoices(menu->addMenu(tr("Te&xt Size")), "textSize", sizes);
    rowChoices = addChoices(menu->addMenu(tr("Ro&ws")), "rows", {tr("&Airy"), tr("&Dense")});
    QStringList tongues{tr("&System")};
    for (int i = 1; i < kLanguageCount; ++i) {
        tongues << languageName(static_cast<Language>(i));
    }
    languages = addChoices(menu->addMenu(tr("La&nguage")), "language", tongues);
    resetLayout = add(menu, "resetLayout", tr("Reset &Layout"), {});
}

void ConsoleActions::buildRouting(QMenu *menu)
{
    reviewDraft = add(menu, "reviewDraft", tr("&Review, then Apply"), ctrlShift(Qt::Key_Return));
    discardDraft = add(menu, "discardDraft", tr("&Discard the Draft"), {});
    menu->addSeparator();
    newRoute = add(menu, "newRoute", tr("&New Route"), ctrlShift(Qt::Key_N));
    tryPrompt = add(menu, "tryPrompt", tr("&Try a Prompt"), ctrlShift(Qt::Key_P));
    previewDraft = add(menu, "previewDraft", tr("&Preview Effect"), ctrlShift(Qt::Key_F));
    revisions = add(menu, "revisions", tr("Re&visions and Rollback"), ctrlShift(Qt::Key_R));
    menu->addSeparator();
    takeOverTrial = add(menu, "takeOverTrial", tr("Take the Trial &Over Now"), {});
    setTip(takeOverTrial, tr("What is on trial for a share serves all requests"));
    rollBackTrial =
        add(menu, "rollBackTrial", tr("Roll the Trial &Back Now"), ctrlShift(Qt::Key_Backspace));
    setTip(rollBackTrial, tr("What is on trial for a share serves nobody any more"));
    menu->addSeparator();
    importRoutes = add(menu, "importRoutes", tr("&Import…"), ctrlShift(Qt::Key_I));
    setTip(importRoutes, tr("A LiteLLM config.yaml or a Portkey config, into the draft"));
}

void ConsoleActions::buildTime(QMenu *menu)
{
    rangeMenu = menu->addMenu(tr("&Range"));
    QStringList spans;
    for (const qint64 span : presetSpans()) {
        spans << rangeText({.spanMs = span});
    }
    ranges = addChoices(rangeMenu, "range", spans);
    rangeMenu->setToolTipsVisible(true);
    rangeMenu->addSeparator();
    customRange = add(rangeMenu, "customRange", tr("C&ustom…"), ctrlShift(Qt::Key_G));
    setTip(customRange, tr("A range by its two ends"));
    chooseRange = add(menu, "chooseRange", tr("&Choose Range…"), ctrl(Qt::Key_T));
    chooseRange->setIcon(themeIcon(u"clock"_s));
    menu->addSeparator();
    earlier = add(menu, "earlier", tr("&Earlier"), ctrl(Qt::Key_BracketLeft));
    earlier->setIcon(themeIcon(u"earlier"_s));
    later = add(menu, "later", tr("&Later"), ctrl(Qt::Key_BracketRight));
    later->setIcon(themeIcon(u"later"_s));
    zoomIn = add(menu, "zoomIn", tr("Zoom &In"), ctrl(Qt::Key_Plus));
    zoomIn->setIcon(themeIcon(u"zoom-in"_s));
    zoomOut = add(menu, "zoomOut", tr("Zoom &Out"), ctrl(Qt::Key_Minus));
    zoomOut->setIcon(themeIcon(u"zoom-out"_s));
    zoomReset = add(menu, "zoomReset", tr("Back to the &Live Range"), ctrl(Qt::Key_0));
    menu->addSeparator();
    zoneMenu = menu->addMenu(tr("&Zone"));
    zones = addChoices(zoneMenu, "zone", {tr("&Local Time"), tr("&UTC")});
}

void ConsoleActions::addRehearsal(QMenuBar *bar)
{
    rehearsalMenu = new QMenu(tr("Re&hearsal"), bar);
    bar->insertMenu(m_help->menuAction(), rehearsalMenu);
    rehearsalMenu->addSeparator();
    endRehearsal = add(rehearsalMenu, "endRehearsal", tr("&End All"), ctrlShift(Qt::Key_H));
    setTip(endRehearsal, tr("End all rehearsed faults"));
}

void ConsoleActions::buildPlayground(QMenu *menu)
{
    playgroundRun = add(menu, "playgroundRun", tr("&Run All Columns"), ctrl(Qt::Key_Return));
    playgroundRun->setIconText(tr("Run All"));
    playgroundRun->setIcon(themeIcon(u"play"_s));
    playgroundStop = add(menu, "playgroundStop", tr("&Stop All Columns"), ctrl(Qt::Key_Period));
    playgroundStop->setIconText(tr("Stop All"));
    playgroundStop->setIcon(themeIcon(u"stop"_s));
    menu->addSeparator();
    playgroundCompare = add(menu, "playgroundCompare", tr("&Compare"), ctrlShift(Qt::Key_C));
    playgroundJudge = add(menu, "playgroundJudge", tr("&Judge"), ctrlShift(Qt::Key_J));
    playgroundBatch = add(menu, "playgroundBatch", tr("&Batch"), ctrlShift(Qt::Key_L));
    batchOpen = add(menu, "batchOpen", tr("Open &Prompts for a Batch…"), {});
    menu->addSeparator();
    playgroundAdd = add(menu, "playgroundAdd", tr("Add a &Column"), {});
    playgroundAdd->setIconText(tr("Column"));
    playgroundAdd->setIcon(themeIcon(u"plus"_s));
    playgroundBlind = add(menu, "playgroundBlind", tr("Judge &Blind"), ctrlShift(Qt::Key_B));
    playgroundBlind->setCheckable(true);
    playgroundOpen =
        add(menu, "playgroundOpen", tr("&Open Chosen Request Here"), ctrlShift(Qt::Key_O));
    playgroundPast = add(menu, "playgroundPast", tr("&Earlier Comparisons"), ctrlShift(Qt::Key_Y));
    playgroundPast->setIconText(tr("History"));
    playgroundPast->setIcon(themeIcon(u"clock"_s));
    playgroundPast->setCheckable(true);
    menu->addSeparator();
    playgroundJson = add(menu, "playgroundJson", tr("Export Playground as &JSON…"), {});
    playgroundMarkdown = add(menu, "playgroundMarkdown", tr("Export Playground as &Markdown…"), {});
    playgroundHtml = add(menu, "playgroundHtml", tr("Export Playground as &HTML…"), {});
    playgroundCurl = add(menu, "playgroundCurl", tr("Copy Playground as c&url"), {});
    playgroundPython = add(menu, "playgroundPython", tr("Copy Playground as &Python"), {});
    playgroundNode = add(menu, "playgroundNode", tr("Copy Playground as &Node.js"), {});
    batchCsv = add(menu, "batchCsv", tr("Export Batch as CS&V…"), {});
    batchLines = add(menu, "batchLines", tr("Export Batch as JSON &Lines…"), {});
}

QAction *ConsoleActions::addPage(const QString &title)
{
    auto *action = new QAction(title, this);
    action->setObjectName(u"action.page.%1"_s.arg(m_pages));
    action->setShortcut(ctrl(Qt::Key_1 + m_pages++));
    setTip(action);
    m_go->insertAction(m_afterPages, action);
    return action;
}

} // namespace signalbox::ui
