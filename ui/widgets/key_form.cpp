// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/key_form.h"

#include "ui/text/key_text.h"
#include "ui/theme/console_style.h"
#include "ui/theme/theme.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/segments.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kKeyLengthMax = 4096;

bool isTyped(KeyPlace place)
{
    return place == KeyPlace::Keychain || place == KeyPlace::Session;
}

QStringList placeWords()
{
    QStringList words;
    for (int i = 0; i < kKeyPlaceCount; ++i) {
        words << text::keyPlaceWord(static_cast<KeyPlace>(i));
    }
    return words;
}

} // namespace

KeyForm::KeyForm(QWidget *parent)
    : QWidget(parent)
    , m_title(new QLabel(this))
    , m_value(new QLineEdit(this))
    , m_valueLabel(new QLabel(this))
    , m_place(new Segments(tr("Keep it in"), placeWords(), this))
    , m_hint(new QLabel(this))
    , m_problem(new NoticeBar(u"keyProblem"_s, this))
    , m_save(new QPushButton(tr("Save Key"), this))
    , m_cancel(new QPushButton(tr("Cancel"), this))
{
    setObjectName(u"keyForm"_s);
    m_title->setFont(themeFont(TypeRole::Strong));
    m_value->setObjectName(u"keyValue"_s);
    m_value->setMaxLength(kKeyLengthMax);
    m_valueLabel->setBuddy(m_value);
    m_hint->setWordWrap(true);
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    m_save->setObjectName(u"saveKey"_s);
    m_save->setProperty(kDressProperty, u"primary"_s);
    m_cancel->setObjectName(u"cancelKey"_s);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(kGap);
    buttons->addWidget(m_save);
    buttons->addWidget(m_cancel);
    buttons->addStretch();
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(kGap, kGap, kGap, kGap);
    grid->setHorizontalSpacing(kPad);
    grid->setVerticalSpacing(kGap);
    grid->setColumnStretch(1, 1);
    grid->addWidget(m_title, 0, 0, 1, 2);
    grid->addWidget(new QLabel(tr("Keep it in"), this), 1, 0);
    grid->addWidget(m_place, 1, 1, Qt::AlignLeft);
    grid->addWidget(m_valueLabel, 2, 0);
    grid->addWidget(m_value, 2, 1);
    grid->addWidget(m_hint, 3, 1);
    grid->addWidget(m_problem, 4, 0, 1, 2);
    grid->addLayout(buttons, 5, 1);
    connect(m_save, &QPushButton::clicked, this, &KeyForm::submit);
    connect(m_cancel, &QPushButton::clicked, this, &KeyForm::dismiss);
    connect(m_value, &QLineEdit::returnPressed, this, &KeyForm::submit);
    connect(m_value, &QLineEdit::textChanged, this, &KeyForm::refresh);
    connect(m_place, &Segments::currentChanged, this, [this] {
        m_value->setText({}); // a key must not become a name that is shown; nor be undone to one
        refresh();
    });
    refresh();
    hide();
}

KeyPlace KeyForm::place() const
{
    return static_cast<KeyPlace>(m_place->current());
}

void KeyForm::ask(const QString &provider, int replaces, KeyPlace place)
{
    m_provider = provider;
    m_replaces = replaces;
    m_title->setText(replaces < 0 ? tr("A key for %1").arg(provider)
                                  : tr("Another key for %1").arg(provider));
    m_busy = false;
    m_problem->hide();
    const bool noKeychain = m_keychain.state == KeychainView::State::Unavailable;
    m_place->setCurrent(
        static_cast<int>(place == KeyPlace::Keychain && noKeychain ? KeyPlace::Session : place));
    m_value->setText({});
    refresh();
    show();
    m_value->setFocus(Qt::OtherFocusReason);
}

void KeyForm::setKeychain(const KeychainView &keychain)
{
    m_keychain = keychain;
    refresh();
}

void KeyForm::complain(const QString &problem)
{
    setBusy(false);
    m_problem->say(NoticeBar::Tone::Bad, problem);
    m_value->setFocus(Qt::OtherFocusReason);
}

void KeyForm::setBusy(bool busy)
{
    m_busy = busy;
    refresh();
}

void KeyForm::dismiss()
{
    m_value->setText({});
    hide();
    Q_EMIT dismissed();
}

void KeyForm::submit()
{
    const QString value = m_value->text().trimmed();
    if (value.isEmpty() || m_busy) {
        return;
    }
    m_problem->hide();
    NewKey key{.provider = m_provider, .replaces = m_replaces, .place = place()};
    if (isTyped(place())) {
        key.secret = Secret(value.toStdString());
        m_value->setText({});
    } else {
        key.name = value;
    }
    setBusy(true);
    Q_EMIT submitted(key);
}

void KeyForm::refresh()
{
    const bool typed = isTyped(place());
    m_value->setEchoMode(typed ? QLineEdit::Password : QLineEdit::Normal);
    m_value->setInputMethodHints(
        typed ? Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText : Qt::ImhNone);
    const QString name = typed                              ? tr("Key")
                         : place() == KeyPlace::Environment ? tr("Name")
                                                            : tr("Path");
    m_valueLabel->setText(name);
    m_value->setAccessibleName(tr("%1 for %2").arg(name, m_provider));
    m_value->setPlaceholderText(typed ? tr("Paste it; it is never shown again") : QString());
    const bool noKeychain = place() == KeyPlace::Keychain
                            && m_keychain.state == KeychainView::State::Unavailable;
    m_hint->setText(noKeychain ? text::keychainSentence(m_keychain) : text::keyPlaceHint(place()));
    m_save->setEnabled(!m_busy && !noKeychain && !m_value->text().trimmed().isEmpty());
    m_save->setText(m_busy ? tr("Saving…") : tr("Save Key"));
}

void KeyForm::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        return dismiss();
    }
    QWidget::keyPressEvent(event);
}

} // namespace signalbox::ui
