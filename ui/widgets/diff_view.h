// SPDX-License-Identifier: GPL-3.0-or-later
// What changed between two texts: line by line, with signs as well as colours.
#pragma once

#include "ui/config_source.h"

#include <QPlainTextEdit>

namespace signalbox::ui {

/// Can be selected and copied. Removed lines begin with a minus, added ones with a plus.
class DiffView : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit DiffView(const QString &name, QWidget *parent = nullptr);

    void setDiff(std::vector<DiffHunk> hunks);
    [[nodiscard]] int added() const { return m_added; }
    [[nodiscard]] int removed() const { return m_removed; }

protected:
    void changeEvent(QEvent *event) override;

private:
    void write();

    std::vector<DiffHunk> m_hunks;
    int m_added = 0;
    int m_removed = 0;
};

} // namespace signalbox::ui
