// SPDX-License-Identifier: GPL-3.0-or-later
// The one question that stops the operator: holding a breaker closed can send requests into a failure.
#pragma once

#include "core/base/time.h"

#include <QDialog>

#include <optional>

namespace signalbox::ui {

class ReasonForm;

/// Open it with open(); accepted means: hold it closed.
class HoldDialog : public QDialog
{
    Q_OBJECT

public:
    HoldDialog(const QString &target, const QString &calculated, QWidget *parent);

    [[nodiscard]] QString reason() const;
    [[nodiscard]] std::optional<Seconds> duration() const;

private:
    ReasonForm *m_form;
};

} // namespace signalbox::ui
