// SPDX-License-Identifier: GPL-3.0-or-later
// A field for JSON that shows what is wrong with it at the line where it is.
#pragma once

#include "ui/models/json_places.h"

#include <QPlainTextEdit>
#include <QTimer>

#include <functional>
#include <optional>

class QLabel;

namespace signalbox::ui {

/// The line of a fault has another ground and the place a line under it; below stand line, column and
/// words, which a reader of screens is told as the field's description.
class JsonEdit : public QWidget
{
    Q_OBJECT

public:
    using Judge = std::function<std::optional<JsonFault>(const QString &)>;

    /// \p name is the field's object name, `NAME.fault` that of the words below.
    JsonEdit(const QString &name, const QString &title, Judge judge, QWidget *parent = nullptr);

    [[nodiscard]] QString text() const;
    void setText(const QString &text);
    void setHint(const QString &hint);
    [[nodiscard]] const std::optional<JsonFault> &fault() const { return m_fault; }

Q_SIGNALS:
    /// Nobody has typed for a moment.
    void changed();

protected:
    void changeEvent(QEvent *event) override;

private:
    void judge();
    void paintFault();

    Judge m_judge;
    QPlainTextEdit *m_text;
    QLabel *m_words;
    QTimer m_soon;
    std::optional<JsonFault> m_fault;
};

} // namespace signalbox::ui
