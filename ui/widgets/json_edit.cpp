// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/json_edit.h"

#include "ui/theme/theme.h"

#include <QEvent>
#include <QFontDatabase>
#include <QLabel>
#include <QTextBlock>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kSoonMs = 150;
constexpr int kTabBlanks = 2;

} // namespace

JsonEdit::JsonEdit(const QString &name, const QString &title, Judge judge, QWidget *parent)
    : QWidget(parent)
    , m_judge(std::move(judge))
    , m_text(new QPlainTextEdit(this))
    , m_words(new QLabel(this))
{
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setPointSizeF(themeFont(TypeRole::Caption).pointSizeF());
    m_text->setFont(fixed);
    m_text->setObjectName(name);
    m_text->setAccessibleName(title);
    m_text->setTabChangesFocus(true);
    m_text->setTabStopDistance(kTabBlanks * m_text->fontMetrics().horizontalAdvance(u' '));
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_words->setObjectName(name + u".fault"_s);
    m_words->setFont(themeFont(TypeRole::Caption));
    m_words->setWordWrap(true);
    m_words->setTextFormat(Qt::PlainText);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kGap, 0, kGap, 0);
    column->setSpacing(kHalfGap);
    column->addWidget(m_text, 1);
    column->addWidget(m_words);
    m_words->hide();
    setFocusProxy(m_text);
    m_soon.setSingleShot(true);
    m_soon.setInterval(kSoonMs);
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] { m_soon.start(); });
    connect(&m_soon, &QTimer::timeout, this, &JsonEdit::judge);
}

QString JsonEdit::text() const
{
    return m_text->toPlainText();
}

void JsonEdit::setText(const QString &text)
{
    if (text != this->text()) {
        m_text->setPlainText(text);
        judge();
    }
}

void JsonEdit::setHint(const QString &hint)
{
    m_text->setPlaceholderText(hint);
}

void JsonEdit::judge()
{
    m_soon.stop();
    m_fault = m_judge(text());
    const QString words = m_fault ? tr("Line %1, column %2: %3")
                                        .arg(QString::number(m_fault->line),
                                             QString::number(m_fault->column),
                                             m_fault->words)
                                  : QString();
    m_words->setText(words);
    m_words->setVisible(m_fault.has_value());
    m_text->setAccessibleDescription(words);
    paintFault();
    Q_EMIT changed();
}

void JsonEdit::paintFault()
{
    const Theme &theme = Theme::of(this);
    QList<QTextEdit::ExtraSelection> marks;
    const QTextBlock line = m_fault ? m_text->document()->findBlockByNumber(m_fault->line - 1)
                                    : QTextBlock();
    if (line.isValid()) {
        QTextEdit::ExtraSelection whole;
        whole.cursor = QTextCursor(line);
        whole.format.setBackground(theme.openSoft);
        whole.format.setProperty(QTextFormat::FullWidthSelection, true);
        QTextEdit::ExtraSelection place;
        place.cursor = QTextCursor(line);
        const int column = std::clamp(m_fault->column - 1, 0, std::max(0, line.length() - 2));
        place.cursor.setPosition(line.position() + column);
        place.cursor.movePosition(QTextCursor::NextCharacter, QTextCursor::KeepAnchor);
        place.format.setUnderlineStyle(QTextCharFormat::WaveUnderline);
        place.format.setUnderlineColor(theme.open);
        marks = {whole, place};
    }
    m_text->setExtraSelections(marks);
    QPalette palette = m_words->palette();
    palette.setColor(QPalette::WindowText, theme.open);
    m_words->setPalette(palette);
}

void JsonEdit::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        paintFault();
    }
}

} // namespace signalbox::ui
