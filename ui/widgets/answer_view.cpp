// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/answer_view.h"

#include "ui/theme/theme.h"

#include <QElapsedTimer>
#include <QEvent>
#include <QImage>
#include <QMimeData>
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

constexpr int kOurBreak = 1; ///< the state of a paragraph that goes on with the one before

/// Copies its text without the breaks that are ours.
class LongText : public QPlainTextEdit
{
public:
    using QPlainTextEdit::QPlainTextEdit;

protected:
    QMimeData *createMimeDataFromSelection() const override
    {
        const QTextCursor chosen = textCursor();
        QString text;
        for (QTextBlock block = document()->findBlock(chosen.selectionStart());
             block.isValid() && block.position() < chosen.selectionEnd();
             block = block.next()) {
            const int from = std::max(0, chosen.selectionStart() - block.position());
            const int to = std::min(block.length() - 1, chosen.selectionEnd() - block.position());
            const bool first = block.position() <= chosen.selectionStart();
            text += first || block.userState() == kOurBreak ? QString() : u"\n"_s;
            text += block.text().mid(from, to - from);
        }
        auto *copy = new QMimeData;
        copy->setText(text.replace(QChar::LineSeparator, u'\n'));
        return copy;
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
    , m_plain(new LongText(this))
    , m_page(new QTextEdit(this))
    , m_instant(new QPlainTextEdit(this))
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
    m_instant->setObjectName(name + u".instant"_s);
    m_instant->setAccessibleName(tr("%1, at an earlier moment").arg(title));
    m_instant->setReadOnly(true);
    m_instant->setUndoRedoEnabled(false);
    m_instant->setFrameShape(QFrame::NoFrame);
    m_instant->setTabChangesFocus(true);
    m_instant->viewport()->setAutoFillBackground(false);
    m_stack->addWidget(m_instant);
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

bool AnswerView::isPage() const
{
    return (m_below != nullptr ? m_below : m_stack->currentWidget()) == m_page;
}

void AnswerView::clear()
{
    setText({});
}

void AnswerView::setText(const QString &text)
{
    m_text.clear();
    m_breaks.clear();
    m_shown = 0;
    m_paragraph = 0;
    m_marks.clear();
    m_below = nullptr;
    m_plain->clear();
    m_follows = true;
    m_page->clear();
    m_stack->setCurrentWidget(m_plain);
    m_text = text;
    m_text.remove(u'\r');
    flush();
}

/// An earlier moment stays in front.
void AnswerView::bringUp(QWidget *view)
{
    if (m_below != nullptr) {
        m_below = view;
    } else {
        m_stack->setCurrentWidget(view);
    }
}

void AnswerView::showInstant(int units)
{
    if (m_below == nullptr) {
        m_below = m_stack->currentWidget();
    }
    const QStringView until = QStringView(m_text).first(
        std::clamp<qsizetype>(units, 0, m_text.size()));
    m_instant->setPlainText(until.last(std::min(until.size(), kInstantUnits)).toString());
    m_instant->moveCursor(QTextCursor::End);
    m_stack->setCurrentWidget(m_instant);
}

void AnswerView::leaveInstant()
{
    if (m_below != nullptr) {
        m_stack->setCurrentWidget(std::exchange(m_below, nullptr));
    }
}

void AnswerView::setHint(const QString &hint)
{
    m_plain->setPlaceholderText(hint);
}

void AnswerView::append(const QString &text)
{
    m_text += QString(text).remove(u'\r');
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
    if (m_shown == m_text.size()) {
        return;
    }
    QElapsedTimer took;
    took.start();
    insert(QStringView(m_text).sliced(m_shown));
    m_shown = m_text.size();
    const auto rest = static_cast<int>(took.elapsed()) * kShareOfTime;
    if (rest > 0) {
        m_delay.start(std::min(rest, kDelayMsMax));
    }
}

/// Breaks what has no breaks, behind a blank if there is one near.
void AnswerView::insert(QStringView text)
{
    QTextCursor end(m_plain->document()); // not the view's own: that would scroll
    end.movePosition(QTextCursor::End);
    end.beginEditBlock();
    const qsizetype begin = m_text.size() - text.size();
    qsizetype from = 0; // not inserted yet
    for (qsizetype i = 0; i < text.size(); ++i) {
        m_paragraph = text[i] == u'\n' ? 0 : m_paragraph + 1;
        const bool breaks = (m_paragraph >= kParagraphUnits && text[i].isSpace())
                            || m_paragraph >= kParagraphUnits + kParagraphUnits / 4;
        if (!breaks || text[i].isHighSurrogate()) {
            continue;
        }
        end.insertText(text.sliced(from, i + 1 - from).toString());
        end.insertBlock();
        end.block().setUserState(kOurBreak);
        m_breaks.push_back(begin + i + 1);
        from = i + 1;
        m_paragraph = 0;
    }
    end.insertText(text.sliced(from).toString());
    end.endEditBlock();
}

/// Where \p unit of the text is in the document, which has our breaks too.
int AnswerView::placeOf(qsizetype unit) const
{
    const auto before = std::ranges::upper_bound(m_breaks, unit) - m_breaks.begin();
    return static_cast<int>(unit + before);
}

void AnswerView::setPage(bool page)
{
    flush();
    if (!page || m_text.isEmpty() || m_text.size() > kPageCharactersMax) {
        return bringUp(m_plain);
    }
    m_page->document()->setMarkdown(m_text,
                                    QTextDocument::MarkdownFeatures(
                                        QTextDocument::MarkdownDialectGitHub
                                        | QTextDocument::MarkdownNoHTML));
    spellOutPictures(*m_page->document());
    bringUp(m_page);
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
        cursor.setPosition(placeOf(span.begin));
        cursor.setPosition(placeOf(span.begin + span.length), QTextCursor::KeepAnchor);
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
