// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/setup_view.h"

#include "ui/text/names.h"
#include "ui/theme/console_style.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"
#include "ui/widgets/card.h"
#include "ui/widgets/empty_panel.h"
#include "ui/widgets/key_fields.h"
#include "ui/widgets/notice_bar.h"

#include "core/domain/settings.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kWidth = 720;
constexpr int kMark = 48;
constexpr int kStepCount = 3;

struct Offer
{
    ProviderKind kind;
    const char *model; ///< a good first one; any other can be written
};

constexpr std::array<Offer, 8> kOffers{{{ProviderKind::OpenAi, "gpt-4.1-mini"},
                                        {ProviderKind::Anthropic, "claude-haiku-4-5"},
                                        {ProviderKind::Gemini, "gemini-2.5-flash"},
                                        {ProviderKind::Mistral, "mistral-small-latest"},
                                        {ProviderKind::DeepSeek, "deepseek-chat"},
                                        {ProviderKind::Qwen, "qwen-plus"},
                                        {ProviderKind::OpenRouter, "openrouter/auto"},
                                        {ProviderKind::OpenAiCompatible, ""}}};

QLabel *words(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setWordWrap(true);
    return label;
}

QLineEdit *field(const QString &name, const QString &spoken, QWidget *parent)
{
    auto *edit = new QLineEdit(parent);
    edit->setObjectName(name);
    edit->setAccessibleName(spoken);
    return edit;
}

} // namespace

SetupView::SetupView(ConsoleState &state, SettingsSource &source, QWidget *parent)
    : QWidget(parent)
    , m_state(state)
    , m_source(source)
    , m_steps(new QStackedWidget(this))
    , m_heading(new QLabel(this))
{
    setObjectName(u"setup"_s);
    auto *mark = new QLabel(this);
    mark->setPixmap(applicationIcon().pixmap(QSize(kMark, kMark), devicePixelRatioF()));
    m_heading->setFont(themeFont(TypeRole::Title));
    m_heading->setObjectName(u"setup.heading"_s);
    m_steps->addWidget(buildGateway());
    m_steps->addWidget(buildProvider());
    m_steps->addWidget(buildDone());
    auto *card = new Card(this);
    card->setFixedWidth(kWidth);
    auto *inside = new QVBoxLayout(card);
    inside->setContentsMargins(2 * kWide, 2 * kWide, 2 * kWide, kWide + kGap);
    inside->setSpacing(kWide);
    inside->addWidget(mark);
    inside->addWidget(m_heading);
    inside->addWidget(m_steps);
    inside->addLayout(buildButtons());
    auto *column = new QVBoxLayout(this);
    column->addStretch(2);
    column->addWidget(card, 0, Qt::AlignHCenter);
    column->addStretch(3);
    connect(&m_source, &SettingsSource::finished, this, &SetupView::finished);
    connect(&m_source, &SettingsSource::changed, this, &SetupView::refresh);
    connect(&m_state, &ConsoleState::changed, this, &SetupView::refresh);
    kindChosen();
    refresh();
}

QWidget *SetupView::buildGateway()
{
    auto *step = new QWidget(this);
    m_gatewayOutcome = new NoticeBar(u"setup.gateway"_s, step);
    m_again = new QPushButton(tr("Test Again"), step);
    m_again->setObjectName(u"setup.testAgain"_s);
    auto *column = new QVBoxLayout(step);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kPad);
    column->addWidget(words(tr("Signalbox runs the gateway inside this program. Applications point "
                               "their OpenAI client at its address, and it asks the providers for "
                               "them."),
                            step));
    column->addWidget(m_gatewayOutcome);
    column->addWidget(m_again, 0, Qt::AlignLeft);
    column->addStretch();
    connect(m_again, &QPushButton::clicked, this, &SetupView::testGateway);
    return step;
}

QWidget *SetupView::buildProvider()
{
    auto *step = new QWidget(this);
    m_kind = new QComboBox(step);
    m_kind->setObjectName(u"setup.kind"_s);
    m_kind->setAccessibleName(tr("Provider"));
    for (const Offer &offer : kOffers) {
        const std::string_view kind = toString(offer.kind);
        m_kind->addItem(offer.kind == ProviderKind::OpenAiCompatible
                            ? tr("Another, with OpenAI's API")
                            : text::providerName(kind, kind));
    }
    m_id = field(u"setup.id"_s, tr("Name of the provider"), step);
    m_address = field(u"setup.address"_s, tr("Address"), step);
    m_model = field(u"setup.model"_s, tr("Model"), step);
    m_key = new KeyFields(step);
    m_save = new QPushButton(tr("Save and Test"), step);
    m_save->setObjectName(u"setup.save"_s);
    m_providerOutcome = new NoticeBar(u"setup.provider"_s, step);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(kPad);
    grid->setVerticalSpacing(kGap);
    grid->setColumnStretch(1, 1);
    grid->setColumnMinimumWidth(0, fontMetrics().horizontalAdvance(tr("Keep it in")));
    const QList<std::pair<QString, QWidget *>> rows{{tr("Provider"), m_kind},
                                                    {tr("Name"), m_id},
                                                    {tr("Address"), m_address},
                                                    {tr("Model"), m_model}};
    for (const auto &[name, widget] : rows) {
        const int row = grid->rowCount();
        grid->addWidget(new QLabel(name, step), row, 0);
        grid->addWidget(widget, row, 1);
    }
    auto *column = new QVBoxLayout(step);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kGap);
    column->addLayout(grid);
    column->addWidget(m_key);
    column->addWidget(m_providerOutcome);
    column->addWidget(m_save, 0, Qt::AlignLeft);
    column->addStretch();
    connect(m_kind, &QComboBox::currentIndexChanged, this, &SetupView::kindChosen);
    connect(m_save, &QPushButton::clicked, this, &SetupView::save);
    connect(m_key, &KeyFields::submitted, this, &SetupView::save);
    connect(m_key, &KeyFields::changed, this, &SetupView::refresh);
    for (QLineEdit *edit : {m_id, m_address, m_model}) {
        connect(edit, &QLineEdit::textChanged, this, &SetupView::refresh);
        connect(edit, &QLineEdit::returnPressed, this, &SetupView::save);
    }
    connect(m_id, &QLineEdit::textChanged, m_key, &KeyFields::setProvider);
    return step;
}

QWidget *SetupView::buildDone()
{
    auto *step = new QWidget(this);
    m_curl = words({}, step);
    m_curl->setObjectName(u"setup.curl"_s);
    m_curl->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *copy = new QPushButton(tr("Copy curl"), step);
    copy->setObjectName(u"setup.copy"_s);
    auto *column = new QVBoxLayout(step);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kPad);
    column->addWidget(words(tr("The gateway serves. A first request from a shell:"), step));
    column->addWidget(m_curl);
    column->addWidget(copy, 0, Qt::AlignLeft);
    column->addWidget(
        words(tr("More providers, rules and limits go into the configuration; keys are "
                 "under Settings."),
              step));
    column->addStretch();
    connect(copy, &QPushButton::clicked, this, [this] {
        QApplication::clipboard()->setText(m_curl->text());
    });
    return step;
}

QLayout *SetupView::buildButtons()
{
    m_skip = new QPushButton(tr("Skip Set-Up"), this);
    m_back = new QPushButton(tr("Back"), this);
    m_next = new QPushButton(this);
    m_skip->setObjectName(u"setup.skip"_s);
    m_skip->setProperty(kDressProperty, u"quiet"_s);
    m_back->setObjectName(u"setup.back"_s);
    m_next->setObjectName(u"setup.next"_s);
    m_next->setProperty(kDressProperty, u"primary"_s);
    auto *row = new QHBoxLayout;
    row->setSpacing(kGap);
    row->addWidget(m_skip);
    row->addStretch();
    row->addWidget(m_back);
    row->addWidget(m_next);
    connect(m_skip, &QPushButton::clicked, this, [this] { Q_EMIT done(true); });
    connect(m_back, &QPushButton::clicked, this, [this] {
        show(static_cast<Step>(m_steps->currentIndex() - 1));
    });
    connect(m_next, &QPushButton::clicked, this, &SetupView::forward);
    return row;
}

void SetupView::start()
{
    m_source.lookAgain(); // by the second step it is known whether there is a keychain
    m_key->start(m_id->text(), KeyPlace::Keychain);
    show(Gateway);
    testGateway();
}

void SetupView::show(Step step)
{
    m_steps->setCurrentIndex(step);
    refresh();
    switch (step) {
    case Gateway:
        return (m_answers ? m_next : m_again)->setFocus(Qt::OtherFocusReason);
    case Provider:
        return m_kind->setFocus(Qt::OtherFocusReason);
    case Done:
        return m_next->setFocus(Qt::OtherFocusReason);
    }
}

void SetupView::forward()
{
    if (m_steps->currentIndex() == Done) {
        Q_EMIT done(false);
        return;
    }
    show(static_cast<Step>(m_steps->currentIndex() + 1));
}

void SetupView::testGateway()
{
    m_answers = false;
    m_testing = ++m_last;
    m_gatewayOutcome->say(NoticeBar::Tone::Info, tr("Asking the gateway…"));
    m_source.testGateway(m_testing);
    refresh();
}

void SetupView::kindChosen()
{
    const Offer &offer = kOffers[static_cast<std::size_t>(m_kind->currentIndex())];
    const bool own = offer.kind == ProviderKind::OpenAiCompatible;
    m_id->setText(own ? u"local"_s : text::fromUtf8(toString(offer.kind)));
    m_address->clear();
    m_address->setPlaceholderText(own ? u"http://127.0.0.1:11434/v1"_s
                                      : text::fromUtf8(defaultBaseUrl(offer.kind)));
    m_model->setText(QString::fromLatin1(offer.model));
    m_key->clear();
}

QString SetupView::target() const
{
    return m_id->text().trimmed() + u'/' + m_model->text().trimmed();
}

void SetupView::save()
{
    if (!m_save->isEnabled()) {
        return;
    }
    const Offer &offer = kOffers[static_cast<std::size_t>(m_kind->currentIndex())];
    const QString typedAddress = m_address->text().trimmed();
    NewProvider provider{.id = m_id->text().trimmed(),
                         .kind = offer.kind,
                         .address = typedAddress,
                         .model = m_model->text().trimmed(),
                         .hasKey = !m_key->isEmpty(),
                         .key = {}};
    if (offer.kind == ProviderKind::OpenAiCompatible && typedAddress.isEmpty()) {
        provider.address = m_address->placeholderText();
    }
    provider.key = m_key->take();
    m_saving = ++m_last;
    m_providerOutcome->say(NoticeBar::Tone::Info, tr("Saving…"));
    refresh();
    m_source.addProvider(m_saving, provider);
}

void SetupView::finished(quint64 id, bool ok, const QString &message)
{
    const auto tone = ok ? NoticeBar::Tone::Info : NoticeBar::Tone::Bad;
    if (id == m_saving && m_saving != 0) {
        m_saving = 0;
        m_providerOutcome->say(tone, ok ? tr("Saved. Asking %1…").arg(target()) : message);
        if (ok) {
            m_testing = ++m_last;
            m_source.test(m_testing, target());
        }
    } else if (id == m_testing && m_testing != 0) {
        m_testing = 0;
        if (m_steps->currentIndex() == Gateway) {
            m_answers = ok;
            m_gatewayOutcome->say(tone, message);
            refresh();
            show(Gateway);
        } else {
            m_providerOutcome->say(tone, message);
        }
    }
    refresh();
    if (ok && m_steps->currentIndex() == Provider && m_saving == 0 && m_testing == 0) {
        m_next->setFocus(Qt::OtherFocusReason);
    }
}

void SetupView::refresh()
{
    const int step = m_steps->currentIndex();
    const QStringList titles{tr("The gateway"), tr("A provider"), tr("Ready")};
    m_heading->setText(tr("%1 of %2 · %3").arg(step + 1).arg(kStepCount).arg(titles[step]));
    const bool busy = m_saving != 0 || m_testing != 0;
    m_back->setVisible(step > Gateway);
    m_back->setEnabled(!busy);
    m_skip->setVisible(step < Done);
    m_next->setText(step == Done ? tr("Open the Overview") : tr("Next"));
    m_next->setEnabled(m_answers && !busy);
    m_again->setEnabled(!busy);
    m_key->setVault(m_source.vault());
    m_key->setKeychain(m_source.keychain());
    const bool filled = !m_id->text().trimmed().isEmpty() && !m_model->text().trimmed().isEmpty();
    m_save->setEnabled(!busy && filled && (m_key->isEmpty() || m_key->canBeKept()));
    const auto &snapshot = m_state.snapshot();
    if (snapshot != nullptr) {
        m_curl->setText(EmptyPanel::curlFor(text::fromUtf8(snapshot->listen)));
    }
}

void SetupView::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), Theme::of(this).window);
}

} // namespace signalbox::ui
