// SPDX-License-Identifier: GPL-3.0-or-later
// Every action of the window, made once and shown by menus, tool row and command palette alike.
#pragma once

#include "ui/theme/profile.h"

#include <QList>
#include <QObject>

class QAction;
class QKeySequence;
class QMenu;
class QMenuBar;

namespace signalbox::ui {

/// Each has a text, a tool tip that names its keys, and an object name `action.NAME`. Connecting
/// them is the window's.
class ConsoleActions : public QObject
{
    Q_OBJECT

public:
    explicit ConsoleActions(QMenuBar *bar);

    /// Adds a page to the Go menu with the next of Ctrl+1 … Ctrl+9.
    QAction *addPage(const QString &title);
    /// Those whose keys can be chosen: all but choices of a group.
    [[nodiscard]] QList<QAction *> keyed() const;
    /// Adds the Rehearsal menu before Help, with its action to end all.
    void addRehearsal(QMenuBar *bar);

    QAction *exportCsv = nullptr;
    QAction *exportPng = nullptr;
    QAction *exportSvg = nullptr;
    QAction *recordRecent = nullptr;
    QAction *recordRange = nullptr;
    QAction *openRecording = nullptr;
    QAction *quit = nullptr;
    QAction *undo = nullptr;
    QAction *redo = nullptr;
    QAction *filter = nullptr;
    QAction *settings = nullptr;
    QAction *setUp = nullptr;
    QAction *pause = nullptr;
    QAction *refresh = nullptr;
    QAction *chooseRange = nullptr;
    QAction *customRange = nullptr;
    QAction *earlier = nullptr;
    QAction *later = nullptr;
    QAction *zoomIn = nullptr;
    QAction *zoomOut = nullptr;
    QAction *zoomReset = nullptr;
    QAction *chartTable = nullptr;
    QAction *details = nullptr; ///< checkable
    QAction *resetLayout = nullptr;
    QAction *reviewDraft = nullptr;
    QAction *discardDraft = nullptr;
    QAction *newRoute = nullptr;
    QAction *tryPrompt = nullptr;
    QAction *previewDraft = nullptr;
    QAction *revisions = nullptr;
    QAction *takeOverTrial = nullptr;
    QAction *rollBackTrial = nullptr;
    QAction *importRoutes = nullptr;
    QAction *acknowledge = nullptr;
    QAction *acknowledgeAll = nullptr;
    QAction *mute = nullptr;
    QAction *playgroundRun = nullptr;
    QAction *playgroundStop = nullptr;
    QAction *playgroundAdd = nullptr;
    QAction *playgroundBlind = nullptr; ///< checkable
    QAction *playgroundJson = nullptr;
    QAction *playgroundMarkdown = nullptr;
    QAction *playgroundHtml = nullptr;
    QAction *playgroundCurl = nullptr;
    QAction *playgroundPython = nullptr;
    QAction *playgroundNode = nullptr;
    QAction *playgroundPast = nullptr; ///< checkable
    QAction *playgroundOpen = nullptr; ///< the request chosen on its page
    QAction *playgroundCompare = nullptr;
    QAction *playgroundJudge = nullptr;
    QAction *playgroundBatch = nullptr;
    QAction *batchOpen = nullptr;
    QAction *batchCsv = nullptr;
    QAction *batchLines = nullptr;
    QAction *back = nullptr;
    QAction *forward = nullptr;
    QAction *palette = nullptr;
    QAction *endRehearsal = nullptr; ///< null, as its menu, without a simulation
    QAction *shortcuts = nullptr;
    QAction *about = nullptr;
    QList<QAction *> ranges; ///< in the order of presetSpans()
    QList<QAction *> zones; ///< in the order of text::Zone
    QList<QAction *> themes; ///< in the order of ThemeChoice
    QList<QAction *> profiles; ///< in the order of Profile
    QList<QAction *> textSizeChoices; ///< in the order of textSizes()
    QList<QAction *> rowChoices; ///< airy, dense
    QList<QAction *> languages; ///< in the order of Language
    QMenu *rangeMenu = nullptr;
    QMenu *zoneMenu = nullptr;
    QMenu *targetsMenu = nullptr; ///< filled when it opens
    QMenu *keysMenu = nullptr; ///< likewise
    QMenu *rehearsalMenu = nullptr; ///< likewise

private:
    QAction *add(QMenu *menu, const char *name, const QString &text, const QKeySequence &keys);
    QList<QAction *> addChoices(QMenu *menu, const char *name, const QStringList &texts);
    void buildFile(QMenu *menu);
    void buildEdit(QMenu *menu);
    void buildView(QMenu *menu);
    void buildTime(QMenu *menu);
    void buildPlayground(QMenu *menu);
    void buildRouting(QMenu *menu);

    QMenu *m_go = nullptr;
    QMenu *m_help = nullptr;
    QAction *m_afterPages = nullptr;
    int m_pages = 0;
};

/// `Pause Live View (Ctrl+L)`: sets \p tip, or the action's text, with its keys as its tool tip.
void setTip(QAction *action, const QString &tip = {});
/// The same tip with the keys that the action has now.
void refreshTip(QAction *action);

} // namespace signalbox::ui
