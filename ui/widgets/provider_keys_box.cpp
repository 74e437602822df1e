// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/provider_keys_box.h"

#include "ui/text/key_text.h"
#include "ui/text/names.h"
#include "ui/theme/console_style.h"
#include "ui/theme/theme.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/tag_chip.h"

#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kOutcomeMs = 15'000;
constexpr int kMaskedChars = 10;
constexpr int kWhereChars = 34;

int chipRoom()
{
    return static_cast<int>(std::ceil(tagChipSize().width())) + kGap;
}

} // namespace

ProviderKeysBox::ProviderKeysBox(ProviderKeys keys, QWidget *parent)
    : QWidget(parent)
    , m_keys(std::move(keys))
    , m_none(new QLabel(tr("No key: requests go there without one."), this))
    , m_outcome(new NoticeBar(u"keyOutcome"_s, this))
    , m_column(new QVBoxLayout(this))
    , m_formPlace(new QVBoxLayout)
{
    setObjectName(u"keys."_s + m_keys.provider);
    m_add = button(u"addKey"_s, tr("Add Key…"), tr("Add a key for %1").arg(m_keys.provider));
    m_test = button(u"test"_s, tr("Test"), tr("Test %1").arg(m_keys.provider));
    m_test->setToolTip(
        tr("Sends one tiny request to %1 and to nobody else; it costs next to nothing")
            .arg(m_keys.target));
    auto *name = new QLabel(text::providerName(m_keys.provider.toStdString(),
                                               m_keys.kind.toStdString()),
                            this);
    name->setFont(themeFont(TypeRole::Strong));
    m_none->setForegroundRole(QPalette::PlaceholderText);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(chipRoom(), 0, 0, 0);
    head->setSpacing(kPad);
    head->addWidget(name);
    head->addStretch();
    head->addWidget(m_test);
    head->addWidget(m_add);
    m_column->setContentsMargins(kGap, kGap, kGap, kGap);
    m_column->setSpacing(kHalfGap);
    m_column->addLayout(head);
    m_none->setContentsMargins(chipRoom(), 0, 0, 0);
    m_column->addWidget(m_none);
    m_formPlace->setContentsMargins(chipRoom() - kGap, 0, 0, 0);
    m_column->addLayout(m_formPlace);
    m_column->addWidget(m_outcome);
    connect(m_add, &QPushButton::clicked, this, &ProviderKeysBox::addAsked);
    connect(m_test, &QPushButton::clicked, this, &ProviderKeysBox::testAsked);
    buildLines();
}

QPushButton *ProviderKeysBox::button(const QString &name,
                                     const QString &text,
                                     const QString &spoken)
{
    auto *button = new QPushButton(text, this);
    button->setObjectName(name);
    button->setAccessibleName(spoken);
    button->setFont(themeFont(TypeRole::Caption));
    return button;
}

void ProviderKeysBox::setKeys(const ProviderKeys &keys)
{
    const bool rebuild = keys.keys.size() != m_keys.keys.size();
    m_keys = keys;
    rebuild ? buildLines() : refreshLines();
}

void ProviderKeysBox::buildLines()
{
    delete m_lineBox;
    m_lines.clear();
    m_lineBox = new QWidget(this);
    auto *grid = new QGridLayout(m_lineBox);
    grid->setContentsMargins(chipRoom(), 0, 0, 0);
    grid->setHorizontalSpacing(kPad);
    grid->setVerticalSpacing(kHalfGap);
    const int character = QFontMetrics(themeFont(TypeRole::Body)).averageCharWidth();
    grid->setColumnMinimumWidth(0, kMaskedChars * character);
    grid->setColumnMinimumWidth(1, kWhereChars * character);
    grid->setColumnStretch(2, 1);
    for (int i = 0; i < static_cast<int>(m_keys.keys.size()); ++i) {
        const QString which = tr("key %1 of %2").arg(i + 1).arg(m_keys.provider);
        Line line{.masked = new QLabel(m_lineBox),
                  .where = new QLabel(m_lineBox),
                  .state = new QLabel(m_lineBox),
                  .replace = button(u"replaceKey.%1"_s.arg(i),
                                    tr("Replace…"),
                                    tr("Replace %1").arg(which)),
                  .remove =
                      button(u"deleteKey.%1"_s.arg(i), tr("Delete…"), tr("Delete %1").arg(which))};
        line.masked->setObjectName(u"masked.%1"_s.arg(i));
        line.state->setObjectName(u"keyState.%1"_s.arg(i));
        line.state->setWordWrap(true);
        line.where->setForegroundRole(QPalette::PlaceholderText);
        grid->addWidget(line.masked, i, 0);
        grid->addWidget(line.where, i, 1);
        grid->addWidget(line.state, i, 2);
        grid->addWidget(line.replace, i, 3);
        grid->addWidget(line.remove, i, 4);
        connect(line.replace, &QPushButton::clicked, this, [this, i] { Q_EMIT replaceAsked(i); });
        connect(line.remove, &QPushButton::clicked, this, [this, i] { Q_EMIT deleteAsked(i); });
        m_lines.push_back(line);
    }
    m_column->insertWidget(1, m_lineBox);
    m_lineBox->setVisible(!m_lines.empty());
    m_none->setVisible(m_lines.empty());
    QWidget *before = m_test;
    for (const Line &line : m_lines) {
        setTabOrder(before, line.replace);
        setTabOrder(line.replace, line.remove);
        before = line.remove;
    }
    setFixed(m_fixed);
    refreshLines();
}

void ProviderKeysBox::refreshLines()
{
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const StoredKey &key = m_keys.keys[i];
        const auto live = std::ranges::find_if(m_live, [&](const telemetry::KeyView &view) {
            return text::fromUtf8(view.name) == key.ref;
        });
        const Line &line = m_lines[i];
        line.masked->setText(key.masked.isEmpty() ? tr("not read") : key.masked);
        line.where->setText(text::whereKept(key));
        line.state->setText(text::keyState(key, live == m_live.end() ? nullptr : &*live, m_now));
    }
}

void ProviderKeysBox::setLive(const telemetry::ProviderView *live, SystemTime now)
{
    m_live = live == nullptr ? std::vector<telemetry::KeyView>() : live->keys;
    m_now = now;
    refreshLines();
}

void ProviderKeysBox::setFixed(const QString &why)
{
    m_fixed = why;
    QList<QPushButton *> changing{m_add};
    for (const Line &line : m_lines) {
        changing << line.replace << line.remove;
    }
    for (QPushButton *button : changing) {
        button->setEnabled(why.isEmpty());
        button->setToolTip(why);
    }
    m_test->setEnabled(!m_keys.target.isEmpty());
    if (m_keys.target.isEmpty()) {
        m_test->setToolTip(why.isEmpty() ? tr("It has no model that could be asked") : why);
    }
}

void ProviderKeysBox::tell(bool ok, const QString &message)
{
    m_outcome->say(ok ? NoticeBar::Tone::Info : NoticeBar::Tone::Bad,
                   message,
                   ok ? QString() : tr("Dismiss"),
                   {},
                   ok ? kOutcomeMs : 0);
}

void ProviderKeysBox::setTesting(bool testing)
{
    m_test->setEnabled(!testing);
    m_test->setText(testing ? tr("Testing…") : tr("Test"));
}

void ProviderKeysBox::focusFirst()
{
    m_test->setFocus(Qt::ShortcutFocusReason);
}

void ProviderKeysBox::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const Theme &theme = Theme::of(this);
    const QPointF at(kGap, m_add->geometry().center().y() + 0.5);
    paintTagChip(painter,
                 at,
                 text::providerTag(m_keys.provider.toStdString(), m_keys.kind.toStdString()),
                 theme.provider(m_keys.kind));
    painter.fillRect(QRect(0, 0, width(), 1), theme.grid);
}

} // namespace signalbox::ui
