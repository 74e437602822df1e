// SPDX-License-Identifier: GPL-3.0-or-later
// A reason and a time: what every forced breaker needs.
#pragma once

#include "core/base/time.h"

#include <QWidget>

#include <optional>

class QComboBox;
class QLineEdit;

namespace signalbox::ui {

class ReasonForm : public QWidget
{
    Q_OBJECT

public:
    explicit ReasonForm(QWidget *parent = nullptr);

    /// Trimmed; empty: nothing was said yet.
    [[nodiscard]] QString reason() const;
    /// Nothing: until somebody takes the force away.
    [[nodiscard]] std::optional<Seconds> duration() const;

    void clear();

Q_SIGNALS:
    void reasonChanged();
    void submitted();

private:
    QLineEdit *m_reason;
    QComboBox *m_duration;
};

} // namespace signalbox::ui
