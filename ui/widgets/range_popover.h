// SPDX-License-Identifier: GPL-3.0-or-later
// Asks for a range by its two ends.
#pragma once

#include "ui/widgets/popover.h"

class QDateTimeEdit;
class QGridLayout;
class QLabel;
class QPushButton;

namespace signalbox::ui {

/// Ends are typed in the console's zone. What the gateway does not keep, or has not seen yet,
/// cannot be chosen, and is said at once.
class RangePopover : public Popover
{
    Q_OBJECT

public:
    explicit RangePopover(QWidget *window);

    /// Begins with the range from \p fromMs to \p toMs; what can be chosen begins at \p oldestMs
    /// and ends at \p newestMs (ms since the epoch).
    void ask(qint64 fromMs, qint64 toMs, qint64 oldestMs, qint64 newestMs, QWidget *anchor);

Q_SIGNALS:
    void chosen(qint64 fromMs, qint64 toMs);

private:
    void submit() override;
    QDateTimeEdit *addEnd(const QString &name, const QString &title, QGridLayout *grid);
    [[nodiscard]] QString problem() const;
    void refresh();

    QLabel *m_title;
    QDateTimeEdit *m_from;
    QDateTimeEdit *m_to;
    QLabel *m_problem;
    QPushButton *m_show;
    qint64 m_oldestMs = 0;
    qint64 m_newestMs = 0;
};

} // namespace signalbox::ui
