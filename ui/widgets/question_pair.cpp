// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/question_pair.h"

#include "ui/models/word_diff.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

QString marked(const QString &text, const std::vector<WordSpan> &spans, const Theme &theme)
{
    QString html;
    qsizetype done = 0;
    for (const WordSpan &span : spans) {
        html += text.mid(done, span.begin - done).toHtmlEscaped();
        html += u"<span style='background:%1; text-decoration:underline'>%2</span>"_s
                    .arg(theme.halfOpenSoft.name(),
                         text.mid(span.begin, span.length).toHtmlEscaped());
        done = span.begin + span.length;
    }
    return u"<span style='white-space:pre-wrap'>%1</span>"_s.arg(html
                                                                 + text.mid(done).toHtmlEscaped());
}

QStringList piecesOf(const QString &text, const std::vector<WordSpan> &spans)
{
    QStringList pieces;
    for (const WordSpan &span : spans) {
        pieces << text.mid(span.begin, span.length);
    }
    return pieces;
}

} // namespace

QuestionPair::QuestionPair(const QString &name,
                           const QString &one,
                           const QString &other,
                           QWidget *parent)
    : QWidget(parent)
    , m_oneText(new QLabel(this))
    , m_otherText(new QLabel(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kWide);
    const auto add = [this, row](const QString &title, QLabel *text, const QString &id) {
        auto *head = new QLabel(title, this);
        head->setFont(themeFont(TypeRole::Caption));
        head->setForegroundRole(QPalette::PlaceholderText);
        text->setObjectName(id);
        text->setAccessibleName(title);
        text->setWordWrap(true);
        text->setTextFormat(Qt::RichText);
        text->setAlignment(Qt::AlignTop | Qt::AlignLeft);
        text->setTextInteractionFlags(Qt::TextSelectableByMouse);
        auto *column = new QVBoxLayout;
        column->setSpacing(2);
        column->addWidget(head);
        column->addWidget(text, 1);
        row->addLayout(column, 1);
    };
    add(one, m_oneText, name + u".one"_s);
    add(other, m_otherText, name + u".other"_s);
}

void QuestionPair::show(const QString &one, const QString &other)
{
    if (one != m_one || other != m_other) {
        m_one = one;
        m_other = other;
        write();
    }
}

void QuestionPair::write()
{
    const WordDiff diff = diffWords(m_one, m_other);
    const Theme &theme = Theme::of(this);
    m_onlyInOne = piecesOf(m_one, diff.onlyInFirst);
    m_onlyInOther = piecesOf(m_other, diff.onlyInSecond);
    m_oneText->setText(marked(m_one, diff.onlyInFirst, theme));
    m_otherText->setText(marked(m_other, diff.onlyInSecond, theme));
    m_oneText->setAccessibleDescription(m_one);
    m_otherText->setAccessibleDescription(m_other);
}

void QuestionPair::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        write();
    }
}

} // namespace signalbox::ui
