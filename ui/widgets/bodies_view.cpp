// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/bodies_view.h"

#include "ui/text/json_indent.h"
#include "ui/text/names.h"
#include "ui/theme/theme.h"
#include "ui/widgets/segments.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTextBlock>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kMarksMax = 1'000;

} // namespace

BodiesView::BodiesView(QWidget *parent)
    : QWidget(parent)
    , m_which(new Segments(tr("Body"), {tr("Request"), tr("Answer")}, this))
    , m_note(new QLabel(this))
    , m_find(new QLineEdit(this))
    , m_found(new QLabel(this))
    , m_copy(new QPushButton(tr("Copy Body"), this))
    , m_text(new QPlainTextEdit(this))
{
    setObjectName(u"bodies"_s);
    m_which->setObjectName(u"bodies.which"_s);
    m_which->setCurrent(0);
    m_note->setObjectName(u"bodies.note"_s);
    m_note->setFont(themeFont(TypeRole::Caption));
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_find->setObjectName(u"bodies.find"_s);
    m_find->setPlaceholderText(tr("Find"));
    m_find->setAccessibleName(tr("Find in the body"));
    m_find->setClearButtonEnabled(true);
    m_find->setMaximumWidth(26 * fontMetrics().averageCharWidth());
    m_found->setObjectName(u"bodies.found"_s);
    m_found->setFont(themeFont(TypeRole::Caption));
    m_copy->setObjectName(u"bodies.copy"_s);
    m_text->setObjectName(u"bodies.text"_s);
    m_text->setAccessibleName(tr("Body"));
    m_text->setReadOnly(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_text->setFrameShape(QFrame::NoFrame);
    auto *row = new QHBoxLayout;
    row->setSpacing(kGap);
    row->addWidget(m_which);
    row->addWidget(m_note, 1);
    row->addWidget(m_found);
    row->addWidget(m_find);
    row->addWidget(m_copy);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kHalfGap);
    column->addLayout(row);
    column->addWidget(m_text, 1);
    connect(m_which, &Segments::currentChanged, this, &BodiesView::choose);
    connect(m_find, &QLineEdit::textChanged, this, &BodiesView::mark);
    connect(m_find, &QLineEdit::returnPressed, this, &BodiesView::findNext);
    connect(m_copy, &QPushButton::clicked, this, &BodiesView::copy);
    clear();
}

void BodiesView::clear()
{
    m_asked.takeBack();
    m_bodies.reset();
    m_text->clear();
    m_note->clear();
    choose();
}

void BodiesView::lookUp(const std::string &id)
{
    clear();
    if (m_ledger == nullptr) {
        return m_note->setText(tr("There is no ledger to ask."));
    }
    m_note->setText(tr("Looking it up…"));
    m_asked = m_ledger->bodies(id,
                               [this](const LedgerAnswer<std::optional<RequestBodies>> &answer) {
                                   take(answer);
                               });
}

void BodiesView::take(const LedgerAnswer<std::optional<RequestBodies>> &answer)
{
    if (!answer) {
        return m_note->setText(answer.error());
    }
    m_bodies = *answer;
    choose();
    if (!m_bodies) {
        m_note->setText(
            tr("The bodies of this request were not kept, or are not any more. They are kept where "
               "the configuration says [ledger] keep_bodies_days."));
    }
}

void BodiesView::choose()
{
    for (QWidget *part : QList<QWidget *>{m_which, m_find, m_found, m_copy, m_text}) {
        part->setEnabled(m_bodies.has_value());
    }
    if (!m_bodies) {
        return;
    }
    const KeptBody &body = m_which->current() == 1 ? m_bodies->answer : m_bodies->request;
    const QString size = QLocale().formattedDataSize(body.bytes, 1, QLocale::DataSizeSIFormat);
    m_note->setText(body.cut ? tr("%1 on the line; the end was not kept").arg(size)
                             : tr("%1 on the line").arg(size));
    m_text->setPlainText(text::indentedJson(text::fromUtf8(body.text)));
    mark();
}

/// All places of the word, and how many there are.
void BodiesView::mark()
{
    QList<QTextEdit::ExtraSelection> marks;
    const QString word = m_find->text();
    const Theme &theme = Theme::of(this);
    QTextCursor at(m_text->document());
    while (!word.isEmpty() && marks.size() < kMarksMax) {
        at = m_text->document()->find(word, at);
        if (at.isNull()) {
            break;
        }
        QTextEdit::ExtraSelection mark;
        mark.cursor = at;
        mark.format.setBackground(theme.accentSoft);
        marks.push_back(mark);
    }
    m_text->setExtraSelections(marks);
    m_found->setText(word.isEmpty() ? QString()
                                    : tr("%n found", nullptr, static_cast<int>(marks.size())));
    if (!marks.isEmpty()) {
        QTextCursor first = marks.front().cursor;
        first.setPosition(first.selectionStart());
        m_text->setTextCursor(first);
        m_text->ensureCursorVisible();
    }
}

/// From where the cursor is, and from the beginning again after the last.
void BodiesView::findNext()
{
    if (m_find->text().isEmpty() || m_text->find(m_find->text())) {
        return;
    }
    m_text->moveCursor(QTextCursor::Start);
    m_text->find(m_find->text());
}

void BodiesView::copy()
{
    if (m_bodies) {
        const KeptBody &body = m_which->current() == 1 ? m_bodies->answer : m_bodies->request;
        QGuiApplication::clipboard()->setText(text::fromUtf8(body.text));
    }
}

} // namespace signalbox::ui
