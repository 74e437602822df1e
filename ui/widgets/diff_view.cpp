// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/diff_view.h"

#include "ui/theme/theme.h"

#include <QEvent>
#include <QFontDatabase>
#include <QTextBlock>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

QChar signOf(DiffLine::Kind kind)
{
    switch (kind) {
    case DiffLine::Kind::Same:
        break;
    case DiffLine::Kind::Removed:
        return u'−';
    case DiffLine::Kind::Added:
        return u'+';
    }
    return u' ';
}

} // namespace

DiffView::DiffView(const QString &name, QWidget *parent)
    : QPlainTextEdit(parent)
{
    setObjectName(name);
    setReadOnly(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setLineWrapMode(QPlainTextEdit::NoWrap);
    setTabChangesFocus(true);
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPointSizeF(themeFont(TypeRole::Body).pointSizeF());
    setFont(font);
    setAccessibleName(tr("Changes"));
}

void DiffView::setDiff(std::vector<DiffHunk> hunks)
{
    m_hunks = std::move(hunks);
    write();
}

void DiffView::changeEvent(QEvent *event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        write();
    }
}

void DiffView::write()
{
    const Theme &theme = Theme::of(this);
    m_added = 0;
    m_removed = 0;
    clear();
    QTextCursor cursor(document());
    const auto put = [&](const QString &line, const QColor &ink, const QColor &ground) {
        if (!cursor.atStart()) {
            cursor.insertBlock();
        }
        QTextBlockFormat block;
        block.setBackground(ground);
        cursor.setBlockFormat(block);
        QTextCharFormat format;
        format.setForeground(ink);
        cursor.insertText(line, format);
    };
    for (const DiffHunk &hunk : m_hunks) {
        if (&hunk != &m_hunks.front()) {
            put(u"      ⋯"_s, theme.muted, theme.card);
        }
        for (const DiffLine &line : hunk.lines) {
            const bool gone = line.kind == DiffLine::Kind::Removed;
            const bool fresh = line.kind == DiffLine::Kind::Added;
            m_added += fresh ? 1 : 0;
            m_removed += gone ? 1 : 0;
            const int number = gone ? line.before : line.after;
            put(u"%1 %2 %3"_s.arg(number, 4).arg(signOf(line.kind)).arg(line.text),
                gone || fresh ? theme.text : theme.muted,
                gone    ? theme.openSoft
                : fresh ? theme.accentSoft
                        : theme.card);
        }
    }
    moveCursor(QTextCursor::Start);
}

} // namespace signalbox::ui
