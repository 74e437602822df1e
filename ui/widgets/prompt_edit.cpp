// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/prompt_edit.h"

#include "ui/theme/theme.h"

#include <QEvent>

namespace signalbox::ui {

namespace {

constexpr std::size_t kMarksMax = 5000; ///< a long text need not be marked to its end

} // namespace

PromptEdit::PromptEdit(Spans spans, QWidget *parent)
    : QPlainTextEdit(parent)
    , m_spans(std::move(spans))
{
    setTabChangesFocus(true);
    connect(this, &QPlainTextEdit::textChanged, this, &PromptEdit::mark);
}

void PromptEdit::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        mark();
    }
}

void PromptEdit::mark()
{
    const Theme &theme = Theme::of(this);
    QList<QTextEdit::ExtraSelection> marks;
    std::vector<TextSpan> spans = m_spans(toPlainText());
    spans.resize(std::min(spans.size(), kMarksMax));
    for (const TextSpan &span : spans) {
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(document());
        mark.cursor.setPosition(static_cast<int>(span.from));
        mark.cursor.setPosition(static_cast<int>(span.from + span.length), QTextCursor::KeepAnchor);
        mark.format.setBackground(theme.halfOpenSoft);
        mark.format.setUnderlineStyle(QTextCharFormat::SingleUnderline);
        mark.format.setUnderlineColor(theme.halfOpen);
        marks << mark;
    }
    setExtraSelections(marks);
}

} // namespace signalbox::ui
