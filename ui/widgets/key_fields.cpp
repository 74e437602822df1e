// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/key_fields.h"

#include "ui/text/key_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/segments.h"

#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>

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

KeyFields::KeyFields(QWidget *parent)
    : QWidget(parent)
    , m_value(new QLineEdit(this))
    , m_valueLabel(new QLabel(this))
    , m_place(new Segments(tr("Keep it in"), placeWords(), this))
    , m_hint(new QLabel(this))
{
    m_value->setObjectName(u"keyValue"_s);
    m_value->setMaxLength(kKeyLengthMax);
    m_valueLabel->setBuddy(m_value);
    m_hint->setWordWrap(true);
    m_hint->setForegroundRole(QPalette::PlaceholderText);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(kPad);
    grid->setVerticalSpacing(kGap);
    grid->setColumnStretch(1, 1);
    grid->setColumnMinimumWidth(0, fontMetrics().horizontalAdvance(tr("Keep it in")));
    grid->addWidget(new QLabel(tr("Keep it in"), this), 0, 0);
    grid->addWidget(m_place, 0, 1, Qt::AlignLeft);
    grid->addWidget(m_valueLabel, 1, 0);
    grid->addWidget(m_value, 1, 1);
    grid->addWidget(m_hint, 2, 1);
    setFocusProxy(m_value);
    connect(m_value, &QLineEdit::returnPressed, this, &KeyFields::submitted);
    connect(m_value, &QLineEdit::textChanged, this, &KeyFields::changed);
    connect(m_place, &Segments::currentChanged, this, [this] {
        clear(); // a key must not become a name that is shown
        refresh();
    });
    refresh();
}

void KeyFields::start(const QString &provider, KeyPlace place)
{
    m_provider = provider;
    const bool noKeychain = m_keychain.state == KeychainView::State::Unavailable;
    const KeyPlace proposed = place == KeyPlace::Keychain && noKeychain ? KeyPlace::Session : place;
    m_place->setCurrent(static_cast<int>(proposed));
    clear();
    refresh();
}

void KeyFields::setProvider(const QString &provider)
{
    m_provider = provider;
    refresh();
}

void KeyFields::setKeychain(const KeychainView &keychain)
{
    if (keychain == m_keychain) {
        return;
    }
    m_keychain = keychain;
    refresh();
}

KeyPlace KeyFields::place() const
{
    return static_cast<KeyPlace>(m_place->current());
}

bool KeyFields::isEmpty() const
{
    return m_value->text().trimmed().isEmpty();
}

bool KeyFields::canBeKept() const
{
    return place() != KeyPlace::Keychain || m_keychain.state != KeychainView::State::Unavailable;
}

NewKey KeyFields::take()
{
    NewKey key{.provider = m_provider, .place = place()};
    const QString value = m_value->text().trimmed();
    if (isTyped(place())) {
        key.secret = Secret(value.toStdString());
        clear();
    } else {
        key.name = value;
    }
    return key;
}

/// Setting a text forgets what could be undone; clearing does not.
void KeyFields::clear()
{
    m_value->setText({});
}

void KeyFields::refresh()
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
    m_hint->setText(canBeKept() ? text::keyPlaceHint(place()) : text::keychainSentence(m_keychain));
    Q_EMIT changed();
}

} // namespace signalbox::ui
