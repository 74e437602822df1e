// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/near_misses_panel.h"

#include "ui/models/cache_text.h"
#include "ui/text/names.h"
#include "ui/text/numbers.h"
#include "ui/theme/theme.h"
#include "ui/widgets/list_view.h"
#include "ui/widgets/question_pair.h"
#include "ui/widgets/section.h"

#include <QAbstractItemView>
#include <QItemSelectionModel>
#include <QLabel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

NearMissesPanel::NearMissesPanel(QWidget *parent)
    : QWidget(parent)
    , m_list(new ListView(u"cache.misses"_s, tr("Near misses"), this))
    , m_pair(new QuestionPair(u"cache.pair"_s, tr("Asked"), tr("Kept"), this))
    , m_why(new QLabel(this))
    , m_none(new QLabel(this))
{
    setObjectName(u"cache.nearMisses"_s);
    m_list->setModel(&m_model);
    m_list->setColumnWidths({10, 14, 9, 50, 0});
    m_list->setToolTip(tr("Return: the request that was not answered from the cache"));
    m_section = new Section(tr("Near misses"), m_list, this);
    m_why->setObjectName(u"cache.why"_s);
    m_why->setWordWrap(true);
    m_none->setObjectName(u"cache.noMisses"_s);
    m_none->setAlignment(Qt::AlignCenter);
    m_none->setWordWrap(true);
    m_none->setForegroundRole(QPalette::PlaceholderText);
    auto *body = new QWidget(this);
    auto *inner = new QVBoxLayout(body);
    inner->setContentsMargins(kGap, 0, kGap, kHalfGap);
    inner->setSpacing(kGap);
    inner->addWidget(m_pair, 1);
    inner->addWidget(m_why);
    m_pairSection = new Section(tr("Side by side"), body, this);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kPad);
    column->addWidget(m_section, 1);
    column->addWidget(m_pairSection);
    column->addWidget(m_none, 1);
    connect(m_list->selectionModel(),
            &QItemSelectionModel::currentRowChanged,
            this,
            &NearMissesPanel::showChosen);
    connect(m_list, &QAbstractItemView::activated, this, [this](const QModelIndex &row) {
        const CacheNearMiss &miss = m_model.misses()[static_cast<std::size_t>(row.row())];
        Q_EMIT requestsAsked(u"id:"_s + QString::fromStdString(miss.requestId));
    });
    show({});
}

QList<QWidget *> NearMissesPanel::tabStops() const
{
    return {m_list};
}

void NearMissesPanel::show(const CacheView &view)
{
    m_threshold = view.threshold;
    m_model.setMisses(view.nearMisses);
    const bool any = !view.nearMisses.empty();
    m_section->setVisible(any);
    m_pairSection->setVisible(any);
    m_none->setVisible(!any);
    m_none->setText(view.mode == "semantic"
                        ? tr("No question came near a kept one without being answered by it.")
                        : tr("Questions are compared by meaning only where the cache is in the "
                             "mode “semantic”."));
    m_section->setNote(tr("%n, the newest first", nullptr, m_model.rowCount()));
    if (any && !m_list->currentIndex().isValid()) {
        m_list->setCurrentIndex(m_model.index(0, 0));
    }
    showChosen();
}

void NearMissesPanel::showChosen()
{
    const int row = m_list->currentIndex().row();
    if (row < 0 || row >= m_model.rowCount()) {
        return;
    }
    const CacheNearMiss &miss = m_model.misses()[static_cast<std::size_t>(row)];
    m_pair->show(text::fromUtf8(miss.asked), text::fromUtf8(miss.kept));
    m_pairSection->setNote(tr("likeness %1, threshold %2")
                               .arg(likenessText(miss.likeness), likenessText(m_threshold)));
    QStringList lines;
    for (const std::string &veto : miss.vetoes) {
        lines << u"▲ "_s + vetoWords(veto);
    }
    m_why->setText(lines.isEmpty() ? whyApart(miss) : lines.join(u'\n'));
}

} // namespace signalbox::ui
