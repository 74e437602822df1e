// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/command_palette.h"

#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/palette_delegate.h"

#include <QApplication>
#include <QFocusEvent>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kWidthMax = 620;
constexpr int kHeightMax = 420;

} // namespace

CommandPalette::CommandPalette(QWidget *window)
    : QWidget(window)
    , m_query(new QLineEdit(this))
    , m_list(new QListView(this))
{
    setObjectName(u"palette"_s);
    setAccessibleName(tr("Command palette"));
    m_query->setObjectName(u"palette.query"_s);
    m_query->setPlaceholderText(tr("Type an action, a page or a target"));
    m_query->setAccessibleName(tr("Command palette"));
    m_query->addAction(themeIcon(u"search"_s), QLineEdit::LeadingPosition);
    m_query->installEventFilter(this);
    m_list->setObjectName(u"palette.list"_s);
    m_list->setAccessibleName(tr("Commands"));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setItemDelegate(new PaletteDelegate(m_list));
    m_list->setModel(&m_model);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kPad, kPad, kPad, kGap);
    column->setSpacing(kGap);
    column->addWidget(m_query);
    column->addWidget(m_list, 1);
    connect(m_query, &QLineEdit::textChanged, this, &CommandPalette::search);
    connect(m_list, &QListView::clicked, this, [this] { run(); });
    hide();
}

void CommandPalette::open(std::vector<PaletteEntry> entries)
{
    if (!isVisible()) {
        m_before = QApplication::focusWidget();
    }
    m_model.setEntries(std::move(entries));
    const QRect room = parentWidget()->rect();
    const QSize size(std::min(kWidthMax, room.width() - 4 * kWide),
                     std::min(kHeightMax, room.height() - 6 * kWide));
    setGeometry(QRect(QPoint((room.width() - size.width()) / 2, 4 * kPad), size));
    m_query->clear();
    search({});
    show();
    raise();
    m_query->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::search(const QString &query)
{
    m_model.setQuery(query);
    choose(0);
}

void CommandPalette::choose(int row)
{
    const QModelIndex index = m_model.index(
        std::clamp(row, 0, std::max(0, m_model.rowCount() - 1)));
    m_list->setCurrentIndex(index);
    m_query->setAccessibleDescription(index.data(Qt::AccessibleTextRole).toString());
}

bool CommandPalette::pressed(int key)
{
    const int row = m_list->currentIndex().row();
    const int page = std::max(1, m_list->viewport()->height() / m_list->sizeHintForRow(0) - 1);
    switch (key) {
    case Qt::Key_Up:
        return choose(row - 1), true;
    case Qt::Key_Down:
        return choose(row + 1), true;
    case Qt::Key_PageUp:
        return choose(row - page), true;
    case Qt::Key_PageDown:
        return choose(row + page), true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        return run(), true;
    case Qt::Key_Escape:
        return dismiss(), true;
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        return true; // there is nowhere to go from here
    default:
        return false;
    }
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress) {
        return pressed(static_cast<QKeyEvent *>(event)->key());
    }
    if (event->type() == QEvent::FocusOut && isVisible()) {
        const Qt::FocusReason reason = static_cast<QFocusEvent *>(event)->reason();
        if (reason != Qt::ActiveWindowFocusReason && reason != Qt::PopupFocusReason) {
            m_before = nullptr; // the operator has chosen where to go
            dismiss();
        }
    }
    return QWidget::eventFilter(watched, event);
}

void CommandPalette::run()
{
    const QModelIndex index = m_list->currentIndex();
    if (!index.isValid() || !m_model.entry(index.row()).unable.isEmpty()) {
        return;
    }
    const std::function<void()> act = m_model.entry(index.row()).run;
    dismiss();
    act();
}

void CommandPalette::dismiss()
{
    const QPointer<QWidget> before = std::exchange(m_before, nullptr);
    hide();
    if (before != nullptr) {
        before->setFocus(Qt::PopupFocusReason);
    }
}

void CommandPalette::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    QPainter painter(this);
    painter.fillRect(rect(), theme.borderStrong);
    painter.fillRect(rect().adjusted(1, 1, -1, -1), theme.card);
}

} // namespace signalbox::ui
