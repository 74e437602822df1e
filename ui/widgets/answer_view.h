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

/// What is appended costs the layout of its paragraph, never of the whole text. A paragraph longer than
/// kParagraphUnits goes on in another one, so that a megabyte without a line break stays scrollable; text
/// and copies know nothing of that. Nothing is loaded for a page: neither pictures nor
/// files, and its links lead nowhere.
class AnswerView : public QWidget
{
    Q_OBJECT

public:
    /// Longer answers stay plain: a page is laid out as a whole.
    static constexpr qsizetype kPageCharactersMax = 16'000;
    static constexpr qsizetype kParagraphUnits = 2'000;
    /// Of an earlier moment no more than its end is shown.
    static constexpr qsizetype kInstantUnits = 6'000;

    /// \p name is the object name of the plain text; the page's is `NAME.page`.
    AnswerView(const QString &name, const QString &title, QWidget *parent = nullptr);

    /// All of the answer, without any marks.
    [[nodiscard]] QString text() const { return m_text; }
    [[nodiscard]] bool isPage() const;

    void clear();
    /// What stands where there is no answer yet.
    void setHint(const QString &hint);
    void append(const QString &text);
    void setText(const QString &text);
    /// Shows it as Markdown, if it is not too long; or as it came.
    void setPage(bool page);
    /// Shows the end of the answer as it was when it had \p units; what comes meanwhile is kept.
    void showInstant(int units);
    /// Shows again what was shown before.
    void leaveInstant();
    /// Marks spans of the text by ground and underline; none: takes the marks away.
    void mark(const std::vector<WordSpan> &spans);

protected:
    void changeEvent(QEvent *event) override;

private:
    void flushInTurn();
    void flush();
    void insert(QStringView text);
    void paintMarks();
    [[nodiscard]] int placeOf(qsizetype unit) const;
    void bringUp(QWidget *view);

    QPlainTextEdit *m_plain;
    QTextEdit *m_page;
    QPlainTextEdit *m_instant;
    QStackedLayout *m_stack;
    QString m_text;
    qsizetype m_shown = 0; ///< units of it
    qsizetype m_paragraph = 0; ///< units in the last one that is shown
    std::vector<qsizetype> m_breaks; ///< before these units a paragraph of ours begins
    QWidget *m_below = nullptr; ///< what an earlier moment hides
    bool m_follows = true; ///< the reader is at the end
    QTimer m_delay;
    std::vector<WordSpan> m_marks;
};

} // namespace signalbox::ui
