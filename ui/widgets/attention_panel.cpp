// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/attention_panel.h"

#include "ui/theme/theme.h"
#include "ui/widgets/attention_row.h"

#include <QLabel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr std::size_t kRowsMax = 6;

} // namespace

AttentionPanel::AttentionPanel(QWidget *parent)
    : Card(parent)
{
    setObjectName(u"attention"_s);
    setAccessibleName(tr("Needs attention"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    auto *title = new QLabel(tr("Needs attention"), this);
    title->setFont(themeFont(TypeRole::Caption));
    title->setForegroundRole(QPalette::PlaceholderText);
    title->setContentsMargins(kHalfGap, 0, 0, 0);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kGap, kGap, kGap, kGap);
    column->setSpacing(0);
    column->addWidget(title);
    hide();
}

std::vector<AttentionItem> AttentionPanel::shown() const
{
    if (m_items.size() <= kRowsMax) {
        return m_items;
    }
    std::vector<AttentionItem> few(m_items.begin(), m_items.begin() + kRowsMax - 1);
    const auto rest = static_cast<int>(m_items.size() - few.size());
    few.push_back({.glyph = {},
                   .subject = tr("And %1 more").arg(rest),
                   .text = {},
                   .urgent = false,
                   .place = {.page = u"providers"_s}});
    return few;
}

void AttentionPanel::setItems(const std::vector<AttentionItem> &items)
{
    setVisible(!items.empty());
    if (items == m_items) {
        return;
    }
    m_items = items;
    QStringList all;
    for (const AttentionItem &item : items) {
        all << u"%1: %2"_s.arg(item.subject, item.text);
    }
    setAccessibleDescription(all.join(u'\n'));
    const std::vector<AttentionItem> few = shown();
    const std::size_t before = m_rows.size();
    while (m_rows.size() > few.size()) {
        delete m_rows.back();
        m_rows.pop_back();
    }
    while (m_rows.size() < few.size()) {
        auto *row = new AttentionRow(this);
        row->setObjectName(u"attention.%1"_s.arg(m_rows.size()));
        connect(row, &AttentionRow::clicked, this, [this, row] {
            Q_EMIT chosen(row->item().place);
        });
        layout()->addWidget(row);
        m_rows.push_back(row);
    }
    for (std::size_t i = 0; i < few.size(); ++i) {
        m_rows[i]->setItem(few[i]);
    }
    if (m_rows.size() != before) {
        Q_EMIT rowsChanged();
    }
}

QList<QWidget *> AttentionPanel::tabStops() const
{
    return {m_rows.begin(), m_rows.end()};
}

} // namespace signalbox::ui
