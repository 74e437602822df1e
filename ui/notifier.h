// SPDX-License-Identifier: GPL-3.0-or-later
// What carries alerts out of the window: the desktop, a sound, somebody else's server.
#pragma once

#include "ui/models/alert_book.h"

#include <QObject>

#include <vector>

namespace signalbox::ui {

/// No function blocks, and none of it has to work: what is told is in the console too.
class Notifier
{
public:
    virtual ~Notifier() = default;
    /// Shows it, in place of what was shown for the same key.
    virtual void show(const AlertNotice &notice) = 0;
};

/// A short sound.
class Chime
{
public:
    virtual ~Chime() = default;
    /// Why none can be heard, in a sentence; empty: it can.
    [[nodiscard]] virtual QString whySilent() const = 0;
    /// Does not block, and does nothing while it sounds.
    virtual void play() = 0;
};

/// A sign in the desktop's tray, there only while something is wrong.
class TraySign : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// Whether this desktop has a tray at all; may change.
    [[nodiscard]] virtual bool isAvailable() const = 0;
    /// \p words say what is wrong. Shown again it says something else.
    virtual void show(const QString &words) = 0;
    virtual void hide() = 0;

Q_SIGNALS:
    void activated();
};

/// Posts alerts as JSON. Does not block.
class AlertHook : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// \pre whyNoHook() and whyNoSecret() have nothing against the address in \p telling
    virtual void post(const AlertTelling &telling, const std::vector<AlertNotice> &notices) = 0;

Q_SIGNALS:
    /// Of a post that arrived or was given up; \p message is a sentence.
    void finished(bool ok, const QString &message);
};

/// Each may be null: then there is none of it.
struct AlertOutlets
{
    Notifier *desktop = nullptr;
    Chime *chime = nullptr;
    AlertHook *hook = nullptr;
    TraySign *tray = nullptr;
};

} // namespace signalbox::ui
