// SPDX-License-Identifier: GPL-3.0-or-later
// An answer as it comes in, and as a page once it is complete.
#pragma once

#include "ui/models/word_diff.h"

#include <QTimer>
#include <QWidget>

class QPlainTextEdit;
class QStackedLayout;
class QTextEdit;

namespace signalbox::ui {

/// What is appended costs the layout of its paragraph, never of the whole text; a paragraph that
/// has grown expensive is appended to less often. Nothing is loaded for a page: neither pictures nor
/// files, and its links lead nowhere.
class AnswerView : public QWidget
{
    Q_OBJECT

public:
    /// Longer answers stay plain: a page is laid out as a whole.
    static constexpr qsizetype kPageCharactersMax = 16'000;

    /// \p name is the object name of the plain text; the page's is `NAME.page`.
    AnswerView(const QString &name, const QString &title, QWidget *parent = nullptr);

    /// All of the answer, without any marks.
    [[nodiscard]] QString text() const;
    [[nodiscard]] bool isPage() const;

    void clear();
    /// What stands where there is no answer yet.
    void setHint(const QString &hint);
    void append(const QString &text);
    void setText(const QString &text);
    /// Shows it as Markdown, if it is not too long; or as it came.
    void setPage(bool page);
    /// Marks spans of the text by ground and underline; none: takes the marks away.
    void mark(const std::vector<WordSpan> &spans);

protected:
    void changeEvent(QEvent *event) override;

private:
    void flushInTurn();
    void flush();
    void paintMarks();

    QPlainTextEdit *m_plain;
    QTextEdit *m_page;
    QStackedLayout *m_stack;
    QString m_waiting; ///< not shown yet
    bool m_follows = true; ///< the reader is at the end
    QTimer m_delay;
    std::vector<WordSpan> m_marks;
};

} // namespace signalbox::ui
