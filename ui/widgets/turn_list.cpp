// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/turn_list.h"

#include "ui/theme/console_style.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/picture_strip.h"
#include "ui/widgets/turn_edit.h"

#include <QAbstractTextDocumentLayout>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QTimer>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kFrame = 2; ///< room for it around a field
constexpr double kFieldRadius = 4;
constexpr int kLinesMin = 1;
constexpr int kLinesMax = 8; ///< beyond it scrolls by itself

} // namespace

TurnRow::TurnRow(int number, const PlaygroundTurn &turn, QWidget *parent)
    : QWidget(parent)
    , m_role(new QComboBox(this))
    , m_text(new TurnEdit(this))
    , m_pictures(new PictureStrip(this))
    , m_remove(new QToolButton(this))
{
    m_role->addItems({tr("System"), tr("User"), tr("Assistant")});
    m_role->setCurrentIndex(static_cast<int>(turn.role));
    m_role->setFont(themeFont(TypeRole::Caption));
    m_text->setPlainText(turn.text);
    m_text->setTabChangesFocus(true);
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->viewport()->setAutoFillBackground(false);
    m_text->installEventFilter(this);
    m_text->setPlaceholderText(turn.role == TurnRole::System
                                   ? tr("How the model is to behave; may stay empty")
                                   : tr("What is said; drop or paste pictures here"));
    m_remove->setIcon(themeIcon(u"close"_s));
    m_remove->setProperty(kDressProperty, u"quiet"_s);
    m_remove->setFocusPolicy(Qt::StrongFocus);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, kFrame, 0, kFrame);
    row->setSpacing(kGap);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    row->addWidget(m_role, 0, Qt::AlignTop);
    auto *said = new QVBoxLayout;
    said->setContentsMargins(0, 0, 0, 0);
    said->setSpacing(kHalfGap);
    said->addWidget(m_text);
    said->addWidget(m_pictures);
    row->addLayout(said, 1);
    row->addWidget(m_remove, 0, Qt::AlignTop);
    setNumber(number);
    m_pictures->setImages(turn.images);
    refreshRole();
    connect(m_role, &QComboBox::currentIndexChanged, this, [this] {
        refreshRole();
        Q_EMIT changed();
    });
    const auto take = [this](QFuture<ReadPicture> reading) {
        reading.then(this, [this](const ReadPicture &picture) { m_pictures->add(picture); });
    };
    connect(m_text, &TurnEdit::fileDropped, this, [take](const QString &path) {
        take(readPicture(path));
    });
    connect(m_text, &TurnEdit::picturePasted, this, [take](const QImage &image) {
        take(readPicture(image));
    });
    connect(m_pictures, &PictureStrip::changed, this, &TurnRow::changed);
    connect(m_text, &QPlainTextEdit::textChanged, this, &TurnRow::changed);
    connect(m_text->document()->documentLayout(),
            &QAbstractTextDocumentLayout::documentSizeChanged,
            this,
            &TurnRow::fit);
    connect(m_remove, &QToolButton::clicked, this, &TurnRow::removeAsked);
    fit();
}

void TurnRow::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    const bool focused = m_text->hasFocus();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(focused ? theme.accent : theme.borderStrong, focused ? 1.6 : 1));
    painter.setBrush(theme.card);
    painter.drawRoundedRect(QRectF(m_text->geometry()).adjusted(-0.8, -0.8, 0.8, 0.8),
                            kFieldRadius,
                            kFieldRadius);
}

bool TurnRow::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) {
        update();
    }
    return QWidget::eventFilter(watched, event);
}

QPlainTextEdit *TurnRow::editor() const
{
    return m_text;
}

PlaygroundTurn TurnRow::turn() const
{
    const auto role = static_cast<TurnRole>(m_role->currentIndex());
    return {.role = role,
            .text = m_text->toPlainText(),
            .images = role == TurnRole::User ? m_pictures->images() : QList<PlaygroundImage>()};
}

/// Pictures of a turn that is not the user's any more wait until it is again.
void TurnRow::refreshRole()
{
    const bool user = static_cast<TurnRole>(m_role->currentIndex()) == TurnRole::User;
    m_text->setTakesPictures(user);
    m_pictures->setEnabled(user);
}

void TurnRow::setNumber(int number)
{
    const QString shown = QString::number(number + 1);
    m_role->setObjectName(u"turn.%1.role"_s.arg(number));
    m_role->setAccessibleName(tr("Role of turn %1").arg(shown));
    m_text->setObjectName(u"turn.%1.text"_s.arg(number));
    m_text->setAccessibleName(tr("Text of turn %1").arg(shown));
    m_pictures->setNumber(number);
    m_remove->setObjectName(u"turn.%1.remove"_s.arg(number));
    m_remove->setAccessibleName(tr("Remove turn %1").arg(shown));
    m_remove->setToolTip(tr("Remove turn %1").arg(shown));
}

void TurnRow::setRemovable(bool removable)
{
    m_remove->setEnabled(removable);
}

/// The layout of a plain text measures in lines.
void TurnRow::fit()
{
    const auto lines = static_cast<int>(m_text->document()->size().height());
    m_text->setVerticalScrollBarPolicy(lines > kLinesMax ? Qt::ScrollBarAsNeeded
                                                         : Qt::ScrollBarAlwaysOff);
    const QMargins margins = m_text->contentsMargins();
    const int height = std::clamp(lines, kLinesMin, kLinesMax) * m_text->fontMetrics().lineSpacing()
                       + static_cast<int>(2 * m_text->document()->documentMargin()) + margins.top()
                       + margins.bottom() + 2 * m_text->frameWidth();
    if (m_text->height() != height || m_text->maximumHeight() != height) {
        m_text->setFixedHeight(height);
    }
}

TurnList::TurnList(QWidget *parent)
    : QWidget(parent)
    , m_area(new QScrollArea(this))
    , m_add(new QPushButton(tr("Add Turn"), this))
{
    setObjectName(u"turns"_s);
    auto *content = new QWidget(m_area);
    m_column = new QVBoxLayout(content);
    m_column->setContentsMargins(kGap, 0, kGap, 0);
    m_column->setSpacing(kHalfGap);
    m_column->addStretch();
    m_area->setWidget(content);
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setFocusPolicy(Qt::NoFocus);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    m_add->setObjectName(u"addTurn"_s);
    m_add->setIcon(themeIcon(u"plus"_s));
    m_add->setFont(themeFont(TypeRole::Caption));
    auto *all = new QVBoxLayout(this);
    all->setContentsMargins(0, 0, 0, 0);
    all->setSpacing(kHalfGap);
    all->addWidget(m_area, 1);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(kGap, 0, kGap, 0);
    foot->addWidget(m_add);
    foot->addStretch();
    all->addLayout(foot);
    connect(m_add, &QPushButton::clicked, this, &TurnList::addNext);
}

std::vector<PlaygroundTurn> TurnList::turns() const
{
    std::vector<PlaygroundTurn> turns;
    turns.reserve(m_rows.size());
    for (const TurnRow *row : m_rows) {
        turns.push_back(row->turn());
    }
    return turns;
}

void TurnList::setTurns(const std::vector<PlaygroundTurn> &turns)
{
    for (TurnRow *row : m_rows) {
        row->hide();
        row->deleteLater();
    }
    m_rows.clear();
    for (const PlaygroundTurn &turn : turns) {
        add(turn);
    }
    renumber();
    Q_EMIT changed();
}

void TurnList::focusLast()
{
    if (!m_rows.empty()) {
        m_rows.back()->editor()->setFocus(Qt::OtherFocusReason);
    }
}

TurnRow *TurnList::add(const PlaygroundTurn &turn)
{
    auto *row = new TurnRow(static_cast<int>(m_rows.size()), turn, m_area->widget());
    m_column->insertWidget(static_cast<int>(m_rows.size()), row);
    m_rows.push_back(row);
    connect(row, &TurnRow::changed, this, &TurnList::changed);
    connect(row, &TurnRow::removeAsked, this, [this, row] { remove(row); });
    return row;
}

/// Whoever did not speak last.
void TurnList::addNext()
{
    const bool userWasLast = !m_rows.empty() && m_rows.back()->turn().role == TurnRole::User;
    TurnRow *row = add({userWasLast ? TurnRole::Assistant : TurnRole::User, {}});
    renumber();
    row->editor()->setFocus(Qt::OtherFocusReason);
    // Its place is known only when the layout has been made.
    QTimer::singleShot(0, row, [this, row] { m_area->ensureWidgetVisible(row); });
    Q_EMIT changed();
}

void TurnList::remove(TurnRow *row)
{
    const auto found = std::ranges::find(m_rows, row);
    if (found == m_rows.end() || m_rows.size() == 1) {
        return;
    }
    m_rows.erase(found);
    row->hide();
    row->deleteLater();
    renumber();
    focusLast();
    Q_EMIT changed();
}

void TurnList::renumber()
{
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        m_rows[i]->setNumber(static_cast<int>(i));
        m_rows[i]->setRemovable(m_rows.size() > 1);
    }
    m_add->setEnabled(static_cast<int>(m_rows.size()) < kTurnsMax);
}

} // namespace signalbox::ui
