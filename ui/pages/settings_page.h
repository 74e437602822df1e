// SPDX-License-Identifier: GPL-3.0-or-later
// What is chosen once: looks, keys, alerts; and where this installation keeps its things.
#pragma once

#include "ui/pages/page.h"

class QAction;
class QLabel;
class QVBoxLayout;

namespace signalbox::ui {

class AlertDesk;
class ConnectionPanel;
class KeysPanel;
class Segments;
class SettingsSource;
class ShortcutBook;

/// Choices that the menus offer too: the page shows them side by side.
struct SettingsChoices
{
    QList<QAction *> themes;
    QList<QAction *> zones;
    QList<QAction *> textSizes;
    QList<QAction *> rows;
    QList<QAction *> profiles;
    QList<QAction *> languages;
};

/// All of it holds at once: there is no Apply.
class SettingsPage : public Page
{
    Q_OBJECT

public:
    /// Without \p source there are no keys and no files to speak of. It must outlive the page.
    SettingsPage(ConsoleState &state,
                 AlertDesk &alerts,
                 const SettingsChoices &choices,
                 SettingsSource *source,
                 const QString &version,
                 QWidget *parent = nullptr);

    void refresh() override;
    /// Adds the section of the actions' keys. \p book must outlive the page.
    void setShortcuts(ShortcutBook &book);
    /// Null without a source.
    [[nodiscard]] KeysPanel *keys() const { return m_keys; }

Q_SIGNALS:
    /// Another token for a gateway on another machine is to be typed.
    void tokenAsked();

protected:
    void showEvent(QShowEvent *event) override;

private:
    QWidget *buildLooks(const SettingsChoices &choices);
    QWidget *buildFiles();
    QWidget *buildAbout(const QString &version);
    QWidget *addPath(const QString &name, const QString &title);
    void refreshFiles();

    SettingsSource *m_source;
    KeysPanel *m_keys = nullptr;
    ConnectionPanel *m_connection = nullptr; ///< of a gateway on another machine
    QVBoxLayout *m_sections = nullptr;
    QWidget *m_about = nullptr; ///< the last section
    QHash<QString, QLabel *> m_paths;
    QLabel *m_kept = nullptr;
};

} // namespace signalbox::ui
