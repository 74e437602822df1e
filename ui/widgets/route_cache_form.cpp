// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/route_cache_form.h"

#include "ui/text/routing_text.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>

#include <array>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr std::array<std::optional<CacheMode>, 4> kModes = {std::nullopt,
                                                            CacheMode::Off,
                                                            CacheMode::Exact,
                                                            CacheMode::Semantic};

} // namespace

RouteCacheForm::RouteCacheForm(QWidget *parent)
    : QWidget(parent)
    , m_mode(new QComboBox(this))
{
    for (const auto &mode : kModes) {
        m_mode->addItem(text::routeCacheName(mode));
    }
    m_mode->setObjectName(u"routeCache"_s);
    auto *label = new QLabel(tr("Answers from the cache"), this);
    label->setBuddy(m_mode);
    m_mode->setAccessibleName(label->text());
    m_mode->setToolTip(tr("By meaning, a question in other words may get the same answer"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(kGap, kHalfGap, kGap, kHalfGap);
    row->setSpacing(kPad);
    row->addWidget(label);
    row->addWidget(m_mode);
    row->addStretch(1);
    connect(m_mode, &QComboBox::activated, this, [this](int index) {
        Q_EMIT edited(kModes.at(static_cast<std::size_t>(index)));
    });
}

void RouteCacheForm::setMode(std::optional<CacheMode> mode)
{
    for (std::size_t i = 0; i < kModes.size(); ++i) {
        if (kModes.at(i) == mode) {
            m_mode->setCurrentIndex(static_cast<int>(i));
        }
    }
}

void RouteCacheForm::setReadOnly(bool readOnly)
{
    m_mode->setEnabled(!readOnly);
}

} // namespace signalbox::ui
