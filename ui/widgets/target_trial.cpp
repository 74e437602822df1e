// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/target_trial.h"

#include "ui/playground_source.h"
#include "ui/settings_source.h"
#include "ui/text/names.h"
#include "ui/text/numbers.h"
#include "ui/theme/theme.h"
#include "ui/widgets/notice_bar.h"

#include <QHBoxLayout>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kTestTokens = 16;
// The sources' numbers are their askers'; those of other askers begin at 1.
constexpr quint64 kFirstId = quint64(1) << 40;

/// As large as the request that SettingsSource::test sends.
QByteArray sizeOfATest(const QString &target)
{
    const QJsonObject message{{u"role"_s, u"user"_s}, {u"content"_s, u"Say ok."_s}};
    return QJsonDocument(QJsonObject{{u"model"_s, target},
                                     {u"max_tokens"_s, kTestTokens},
                                     {u"messages"_s, QJsonArray{message}}})
        .toJson(QJsonDocument::Compact);
}

} // namespace

TargetTrial::TargetTrial(SettingsSource *settings, PlaygroundSource *prices, QWidget *parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_prices(prices)
    , m_test(new QPushButton(tr("Test"), this))
    , m_price(new QLabel(this))
    , m_outcome(new NoticeBar(u"details.outcome"_s, this))
    , m_last(kFirstId)
{
    m_test->setObjectName(u"details.test"_s);
    m_price->setObjectName(u"details.price"_s);
    m_price->setWordWrap(true);
    m_price->setFont(themeFont(TypeRole::Caption));
    m_price->setForegroundRole(QPalette::PlaceholderText);
    auto *row = new QHBoxLayout;
    row->setSpacing(kGap);
    row->addWidget(m_price, 1);
    row->addWidget(m_test, 0, Qt::AlignTop);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kGap, 0, kGap, kHalfGap);
    column->setSpacing(kHalfGap);
    column->addLayout(row);
    column->addWidget(m_outcome);
    connect(m_test, &QPushButton::clicked, this, &TargetTrial::test);
    if (m_settings != nullptr) {
        connect(m_settings, &SettingsSource::finished, this, &TargetTrial::finished);
    }
    if (m_prices != nullptr) {
        connect(m_prices,
                &PlaygroundSource::counted,
                this,
                [this](quint64 id, const PlaygroundCount &count) {
                    if (id == m_pricing && count.ceiling) {
                        m_price->setText(tr("One tiny request to this target and to nobody else; "
                                            "it costs %1 at most.")
                                             .arg(text::money(*count.ceiling)));
                    }
                });
    }
}

void TargetTrial::setTarget(const TargetId &target)
{
    if (target == m_target) {
        return;
    }
    m_target = target;
    m_testing = 0;
    m_outcome->hide();
    m_test->setAccessibleName(tr("Test %1").arg(text::fromUtf8(target.name())));
    m_test->setText(tr("Test"));
    m_test->setEnabled(m_settings != nullptr);
    askPrice();
}

void TargetTrial::askPrice()
{
    if (m_settings == nullptr) {
        return m_price->setText(tr("No target can be tested from here."));
    }
    m_price->setText(tr("One tiny request to this target and to nobody else, of at most %1 tokens; "
                        "its price is not known.")
                         .arg(kTestTokens));
    m_pricing = ++m_last;
    if (m_prices != nullptr && m_prices->whyNot().isEmpty()) {
        m_prices->count(m_pricing, sizeOfATest(text::fromUtf8(m_target.name())));
    }
}

void TargetTrial::test()
{
    m_testing = ++m_last;
    m_outcome->hide();
    m_test->setEnabled(false);
    m_test->setText(tr("Testing…"));
    m_settings->test(m_testing, text::fromUtf8(m_target.name()));
}

void TargetTrial::finished(quint64 id, bool ok, const QString &message)
{
    if (id != m_testing) {
        return;
    }
    m_testing = 0;
    m_test->setEnabled(true);
    m_test->setText(tr("Test"));
    m_outcome->say(ok ? NoticeBar::Tone::Info : NoticeBar::Tone::Bad, message);
}

} // namespace signalbox::ui
