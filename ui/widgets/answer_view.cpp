// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/answer_view.h"

#include "ui/theme/theme.h"

#include <QElapsedTimer>
#include <QEvent>
#include <QImage>
#include <QPlainTextEdit>
#include <QScrollBar>
#include <QStackedLayout>
#include <QTextBlock>
#include <QTextDocument>
#include <QTextEdit>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kShareOfTime = 10; ///< one part in so many for showing what came
constexpr int kDelayMsMax = 1'000;
constexpr int kApartMs = 8; ///< between two views: one paragraph is laid out in a turn, not four

/// Answers what a text refers to with nothing: an answer must not make the console ask anybody,
/// nor read a file.
class ClosedDocument : public QTextDocument
{
public:
    using QTextDocument::QTextDocument;

protected:
    QVariant loadResource(int type, const QUrl &) override
    {
        if (type == QTextDocument::ImageResource) {
            QImage nothing(1, 1, QImage::Format_ARGB32); // without one Qt would look for a file
            nothing.fill(Qt::transparent);
            return nothing;
        }
        return QByteArray();
    }
};

/// In place of each picture its address.
void spellOutPictures(QTextDocument &document)
{
    for (QTextBlock block = document.begin(); block.isValid(); block = block.next()) {
        for (auto it = block.begin(); !it.atEnd(); ++it) {
            const QTextFragment piece = it.fragment();
            if (!piece.charFormat().isImageFormat()) {
                continue;
            }
            const QString name = piece.charFormat().toImageFormat().name();
            QTextCursor cursor(&document);
            cursor.setPosition(piece.position());
            cursor.setPosition(piece.position() + piece.length(), QTextCursor::KeepAnchor);
            cursor.insertText(u"[%1]"_s.arg(name), QTextCharFormat());
            it = block.begin(); // the fragments have changed
        }
    }
}

} // namespace

AnswerView::AnswerView(const QString &name, const QString &title, QWidget *parent)
    : QWidget(parent)
    , m_plain(new QPlainTextEdit(this))
    , m_page(new QTextEdit(this))
    , m_stack(new QStackedLayout(this))
{
    m_plain->setObjectName(name);
    m_plain->setAccessibleName(title);
    m_plain->setReadOnly(true);
    m_plain->setUndoRedoEnabled(false);
    m_plain->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_plain->setFrameShape(QFrame::NoFrame);
    m_page->setObjectName(name + u".page"_s);
    m_page->setAccessibleName(title);
    m_page->setDocument(new ClosedDocument(m_page));
    m_page->setReadOnly(true);
    m_page->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_page->setFrameShape(QFrame::NoFrame);
    m_plain->viewport()->setAutoFillBackground(false);
    m_plain->setTabChangesFocus(true);
    m_page->viewport()->setAutoFillBackground(false);
    m_page->setTabChangesFocus(true);
    m_stack->addWidget(m_plain);
    m_stack->addWidget(m_page);
    // The range grows when the layout has been made, not when a text is put in.
    QScrollBar *bar = m_plain->verticalScrollBar();
    connect(bar, &QScrollBar::valueChanged, this, [this, bar](int value) {
        m_follows = value >= bar->maximum();
    });
    connect(bar, &QScrollBar::rangeChanged, this, [this, bar](int, int maximum) {
        if (m_follows) {
            bar->setValue(maximum);
        }
    });
    m_delay.setSingleShot(true);
    connect(&m_delay, &QTimer::timeout, this, &AnswerView::flushInTurn);
}

QString AnswerView::text() const
{
    return m_plain->toPlainText() + m_waiting;
}

bool AnswerView::isPage() const
{
    return m_stack->currentWidget() == m_page;
}

void AnswerView::clear()
{
    setText({});
}

void AnswerView::setText(const QString &text)
{
    m_waiting.clear();
    m_marks.clear();
    m_plain->setPlainText(text);
    m_follows = true;
    m_page->clear();
    m_stack->setCurrentWidget(m_plain);
}

void AnswerView::setHint(const QString &hint)
{
    m_plain->setPlaceholderText(hint);
}

void AnswerView::append(const QString &text)
{
    m_waiting += text;
    if (!m_delay.isActive()) {
        flushInTurn();
    }
}

/// Answers beside each other grow one after the other, so that a key that is typed waits for one.
void AnswerView::flushInTurn()
{
    static QElapsedTimer last; // of the UI thread, as all views are
    const qint64 since = last.isValid() ? last.elapsed() : kApartMs;
    if (since < kApartMs) {
        m_delay.start(static_cast<int>(kApartMs - since));
        return;
    }
    flush();
    last.start();
}

void AnswerView::flush()
{
    if (m_waiting.isEmpty()) {
        return;
    }
    QElapsedTimer took;
    took.start();
    QTextCursor end(m_plain->document()); // not the view's own: that would scroll
    end.movePosition(QTextCursor::End);
    end.insertText(std::exchange(m_waiting, {}));
    const auto rest = static_cast<int>(took.elapsed()) * kShareOfTime;
    if (rest > 0) {
        m_delay.start(std::min(rest, kDelayMsMax));
    }
}

void AnswerView::setPage(bool page)
{
    flush();
    const QString all = m_plain->toPlainText();
    if (!page || all.isEmpty() || all.size() > kPageCharactersMax) {
        m_stack->setCurrentWidget(m_plain);
        return;
    }
    m_page->document()->setMarkdown(all,
                                    QTextDocument::MarkdownFeatures(
                                        QTextDocument::MarkdownDialectGitHub
                                        | QTextDocument::MarkdownNoHTML));
    spellOutPictures(*m_page->document());
    m_stack->setCurrentWidget(m_page);
}

void AnswerView::mark(const std::vector<WordSpan> &spans)
{
    flush();
    m_marks = spans;
    paintMarks();
}

void AnswerView::paintMarks()
{
    QTextCursor cursor(m_plain->document());
    cursor.beginEditBlock();
    cursor.select(QTextCursor::Document);
    cursor.setCharFormat({});
    QTextCharFormat marked;
    marked.setBackground(Theme::of(this).halfOpenSoft);
    marked.setFontUnderline(true);
    for (const WordSpan &span : m_marks) {
        cursor.setPosition(static_cast<int>(span.begin));
        cursor.setPosition(static_cast<int>(span.begin + span.length), QTextCursor::KeepAnchor);
        cursor.setCharFormat(marked);
    }
    cursor.endEditBlock();
}

void AnswerView::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && !m_marks.empty()) {
        paintMarks();
    }
}

} // namespace signalbox::ui
