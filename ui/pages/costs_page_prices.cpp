// SPDX-License-Identifier: GPL-3.0-or-later
// A way to a price where none is known: typed in here, shown as lines of the configuration, applied.
#include "ui/config_source.h"
#include "ui/pages/config_change_bar.h"
#include "ui/pages/costs_page.h"
#include "ui/text/names.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/price_form.h"

#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kNoticeMs = 6'000;

} // namespace

void CostsPage::buildPrices(QVBoxLayout *column)
{
    m_prices = new PriceForm(this);
    m_prices->hide();
    column->addWidget(m_prices);
    connect(m_setPrices, &QPushButton::clicked, this, [this] {
        m_prices->show();
        m_prices->setModels(unpriced());
    });
    const auto leave = [this] {
        m_prices->hide();
        m_setPrices->setFocus(Qt::OtherFocusReason);
    };
    connect(m_prices, &PriceForm::cancelled, this, leave);
    if (m_config == nullptr) {
        return;
    }
    auto *change = new ConfigChangeBar(u"prices"_s, *m_config, this);
    column->addWidget(change);
    connect(m_prices, &PriceForm::reviewAsked, this, [this, change] {
        const std::vector<PriceChange> prices = m_prices->changes();
        m_prices->hide();
        change->propose([this, prices](
                            const QString &text) { return m_config->editPrices(text, prices); },
                        tr("Set the price of %n model(s)",
                           nullptr,
                           static_cast<int>(prices.size())));
    });
    connect(change, &ConfigChangeBar::applied, this, [this] {
        m_notice->say(NoticeBar::Tone::Info,
                      tr("The prices hold from now on. Requests before stay without one."),
                      {},
                      {},
                      kNoticeMs);
    });
    connect(change, &ConfigChangeBar::closed, m_setPrices, [this] {
        showUnknown();
        m_setPrices->setFocus(Qt::OtherFocusReason);
    });
}

/// Those of the models without a known price that the configuration has, and has none of either.
std::vector<PriceForm::Model> CostsPage::unpriced() const
{
    const auto settings = m_config == nullptr ? nullptr : m_config->running().settings;
    std::vector<PriceForm::Model> models;
    if (settings == nullptr) {
        return models;
    }
    for (const ProviderSettings &provider : settings->providers) {
        for (const ModelSettings &model : provider.models) {
            if (model.price.at(m_state.now()).rows.empty()
                && m_unknownModels.contains(text::fromUtf8(model.name))) {
                models.push_back({text::fromUtf8(provider.id), text::fromUtf8(model.name)});
            }
        }
    }
    return models;
}

} // namespace signalbox::ui
