// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/shortcuts_panel.h"

#include "ui/theme/theme.h"
#include "ui/widgets/key_button.h"
#include "ui/widgets/shortcut_book.h"

#include <QGridLayout>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kKeysWidth = 140;

} // namespace

ShortcutsPanel::ShortcutsPanel(ShortcutBook &book, QWidget *parent)
    : QWidget(parent)
    , m_book(book)
    , m_grid(new QGridLayout)
    , m_resetAll(new QPushButton(tr("Reset All"), this))
{
    setObjectName(u"shortcuts"_s);
    auto *note = new QLabel(tr("Press a row's keys, then those it is to have. Backspace takes them "
                               "away, Esc leaves them."),
                            this);
    note->setForegroundRole(QPalette::PlaceholderText);
    note->setWordWrap(true);
    m_resetAll->setObjectName(u"resetShortcuts"_s);
    m_resetAll->setAccessibleName(tr("Reset all shortcuts"));
    m_grid->setHorizontalSpacing(kWide);
    m_grid->setVerticalSpacing(kHalfGap);
    m_grid->setColumnStretch(3, 1);
    auto *head = new QHBoxLayout;
    head->setSpacing(kWide);
    head->addWidget(note, 1);
    head->addWidget(m_resetAll);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kGap, kHalfGap, kGap, kHalfGap);
    column->setSpacing(kGap);
    column->addLayout(head);
    column->addLayout(m_grid);
    connect(m_resetAll, &QPushButton::clicked, &m_book, &ShortcutBook::resetAll);
    connect(&m_book, &ShortcutBook::changed, this, &ShortcutsPanel::refresh);
    refresh();
}

void ShortcutsPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_rows.empty()) {
        build();
    }
}

void ShortcutsPanel::build()
{
    for (QAction *action : m_book.actions()) {
        addRow(action);
    }
    refresh();
    Q_EMIT rebuilt();
}

void ShortcutsPanel::addRow(QAction *action)
{
    const QString name = plainText(*action);
    const Row row{action,
                  new KeyButton(this),
                  new QPushButton(tr("Reset"), this),
                  new QLabel(this)};
    row.keys->setObjectName(u"keys."_s + action->objectName());
    row.keys->setMinimumWidth(kKeysWidth);
    row.reset->setObjectName(u"reset."_s + action->objectName());
    row.reset->setAccessibleName(tr("Reset the keys of %1").arg(name));
    row.reset->setFont(themeFont(TypeRole::Caption));
    row.problem->setObjectName(u"problem."_s + action->objectName());
    connect(row.keys, &KeyButton::keysTyped, this, [this, row](const QKeySequence &keys) {
        type(row, keys);
    });
    connect(row.reset, &QPushButton::clicked, this, [this, row] { m_book.reset(row.action); });
    const int line = m_grid->rowCount();
    m_grid->addWidget(new QLabel(name, this), line, 0);
    m_grid->addWidget(row.keys, line, 1);
    m_grid->addWidget(row.reset, line, 2);
    m_grid->addWidget(row.problem, line, 3);
    m_rows.push_back(row);
}

void ShortcutsPanel::type(const Row &row, const QKeySequence &keys)
{
    const QString why = m_book.whyNot(row.action, keys);
    if (why.isEmpty()) {
        return m_book.set(row.action, keys);
    }
    QPalette palette = row.problem->palette();
    palette.setColor(QPalette::WindowText, Theme::of(this).open);
    row.problem->setPalette(palette);
    row.problem->setText(why);
    row.keys->setAccessibleDescription(why);
}

void ShortcutsPanel::refresh()
{
    for (const Row &row : m_rows) {
        const QString keys = row.action->shortcut().toString(QKeySequence::NativeText);
        row.keys->setKeys(row.action->shortcut());
        row.keys->setAccessibleName(
            tr("Keys of %1: %2").arg(plainText(*row.action), keys.isEmpty() ? tr("none") : keys));
        row.keys->setAccessibleDescription({});
        row.reset->setVisible(m_book.isChanged(row.action));
        row.problem->clear();
    }
    m_resetAll->setEnabled(m_book.isAnyChanged());
}

} // namespace signalbox::ui
