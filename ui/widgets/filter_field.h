// SPDX-License-Identifier: GPL-3.0-or-later
// The field that narrows what a page shows.
#pragma once

#include "ui/models/query_terms.h"

#include <QLineEdit>
#include <QStringListModel>

#include <functional>

class QCompleter;

namespace signalbox::ui {

/// With a lens and a way to clear it; Esc clears it too.
class FilterField : public QLineEdit
{
    Q_OBJECT

public:
    /// \p name is its object name and stands for it in accessible names; \p hint stands in it.
    FilterField(const QString &name, const QString &hint, QWidget *parent = nullptr);

    using Complete = std::function<Completion(const QString &text, int cursor)>;
    /// Offers what \p complete answers while somebody types.
    void setCompletion(Complete complete);

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    void complete();
    void insertCompletion(const QString &term);

    Complete m_complete;
    QCompleter *m_completer = nullptr;
    QStringListModel m_completions;
    int m_completionStart = 0;
};

} // namespace signalbox::ui
