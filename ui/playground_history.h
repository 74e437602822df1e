// SPDX-License-Identifier: GPL-3.0-or-later
// What the playground has asked on other days: kept, found, read again.
#pragma once

#include "ui/models/playground_sheet.h"

#include <QObject>
#include <QString>

#include <optional>
#include <vector>

namespace signalbox::ui {

/// What one column of a kept comparison took, for lists.
struct KeptColumn
{
    QString model = {};
    PlaygroundRun::State state = PlaygroundRun::State::Idle; ///< of its last run
    PlaygroundFigures figures = {}; ///< of its last run

    friend bool operator==(const KeptColumn &, const KeptColumn &) = default;
};

/// A kept comparison without its texts.
struct KeptSheet
{
    QString id = {};
    qint64 atMs = 0; ///< since the epoch
    QString title = {}; ///< how the prompt begins
    QString digest = {}; ///< equal for equal prompts
    bool pinned = false;
    std::vector<KeptColumn> columns = {};

    friend bool operator==(const KeptSheet &, const KeptSheet &) = default;
};

/// Lives on the UI thread; no function of it blocks. It keeps nothing that looks like a key.
class PlaygroundHistory : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    static constexpr int kUnpinnedMax = 500; ///< the oldest beyond go
    static constexpr int kPinnedMax = 200; ///< beyond nothing more is pinned
    static constexpr qint64 kSheetBytesMax = 16LL * 1024 * 1024; ///< longer ones are not kept
    static constexpr qint64 kBytesMax = 256LL * 1024 * 1024; ///< of all that is not pinned

    /// In place of the one with its id, if there is one. Answered by changed() or troubled().
    virtual void keep(const PlaygroundSheet &sheet) = 0;
    /// Those that hold all words of \p search in prompt, answers or models; all for none. Pinned ones first,
    /// then the newest. Answered by found() with \p question.
    virtual void find(quint64 question, const QString &search) = 0;
    /// Those of the same prompt, the oldest first. Answered by found() with \p question.
    virtual void findSame(quint64 question, const QString &digest) = 0;
    /// All of it. Answered by wasRead() or troubled().
    virtual void read(const QString &id) = 0;
    virtual void pin(const QString &id, bool pinned) = 0;
    virtual void forget(const QString &id) = 0;
    /// All but the pinned ones.
    virtual void forgetUnpinned() = 0;

Q_SIGNALS:
    void found(quint64 question, const std::vector<signalbox::ui::KeptSheet> &sheets);
    void wasRead(const signalbox::ui::PlaygroundSheet &sheet);
    /// Another find() would say something else.
    void changed();
    /// What could not be done, in a sentence.
    void troubled(const QString &words);
};

} // namespace signalbox::ui
