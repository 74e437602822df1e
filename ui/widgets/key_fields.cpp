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
constexpr int kPassphraseMin = 8; // as the file itself wants it

constexpr auto kHidden = Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText;

bool isTyped(KeyPlace place)
{
    return place == KeyPlace::Keychain || place == KeyPlace::Vault || place == KeyPlace::Session;
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
    m_passphrase = makeSecretField(tr("Passphrase"), u"passphrase"_s, grid);
    m_again = makeSecretField(tr("Once more"), u"passphraseAgain"_s, grid);
    grid->addWidget(m_hint, grid->rowCount(), 1);
    setFocusProxy(m_value);
    connect(m_value, &QLineEdit::returnPressed, this, &KeyFields::submitted);
    connect(m_value, &QLineEdit::textChanged, this, &KeyFields::changed);
    connect(m_place, &Segments::currentChanged, this, [this] {
        clear(); // a key must not become a name that is shown
        refresh();
    });
    refresh();
}

KeyFields::Field KeyFields::makeSecretField(const QString &name,
                                            const QString &objectName,
                                            QGridLayout *grid)
{
    const Field field{new QLabel(name, this), new QLineEdit(this)};
    field.edit->setObjectName(objectName);
    field.edit->setAccessibleName(name);
    field.edit->setMaxLength(kKeyLengthMax);
    field.edit->setEchoMode(QLineEdit::Password);
    field.edit->setInputMethodHints(kHidden);
    field.label->setBuddy(field.edit);
    const int row = grid->rowCount();
    grid->addWidget(field.label, row, 0);
    grid->addWidget(field.edit, row, 1);
    connect(field.edit, &QLineEdit::returnPressed, this, &KeyFields::submitted);
    connect(field.edit, &QLineEdit::textChanged, this, &KeyFields::refreshPassphrase);
    return field;
}

KeyPlace KeyFields::proposed(KeyPlace place) const
{
    if (place != KeyPlace::Keychain || m_keychain.state != KeychainView::State::Unavailable) {
        return place;
    }
    return m_vault.isUsable() ? KeyPlace::Vault : KeyPlace::Session;
}

void KeyFields::start(const QString &provider, KeyPlace place)
{
    m_provider = provider;
    m_place->setCurrent(static_cast<int>(proposed(place)));
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
    if (isEmpty()) { // nothing was typed for the place that has turned out not to work
        m_place->setCurrent(static_cast<int>(proposed(place())));
    }
    refresh();
}

void KeyFields::setVault(const VaultView &vault)
{
    if (vault == m_vault) {
        return;
    }
    m_vault = vault;
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
    if (place() == KeyPlace::Vault) {
        return m_vault.isUsable() && (!needsPassphrase() || passphraseProblem().isEmpty());
    }
    return place() != KeyPlace::Keychain || m_keychain.state != KeychainView::State::Unavailable;
}

bool KeyFields::needsPassphrase() const
{
    return place() == KeyPlace::Vault && m_vault.isUsable()
           && m_vault.state != VaultView::State::Open;
}

QString KeyFields::passphraseProblem() const
{
    const QString passphrase = m_passphrase.edit->text();
    if (m_vault.state != VaultView::State::Absent) {
        return passphrase.isEmpty() ? tr("Type the passphrase of the encrypted file.") : QString();
    }
    if (passphrase.toUtf8().size() < kPassphraseMin) {
        return tr("Choose a passphrase of at least %1 characters. It cannot be recovered.")
            .arg(kPassphraseMin);
    }
    return passphrase == m_again.edit->text() ? QString() : tr("Type the same passphrase twice.");
}

NewKey KeyFields::take()
{
    NewKey key{.provider = m_provider, .place = place()};
    const QString value = m_value->text().trimmed();
    if (isTyped(place())) {
        key.secret = Secret(value.toStdString());
        if (needsPassphrase()) {
            key.passphrase = Secret(m_passphrase.edit->text().toStdString());
        }
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
    m_passphrase.edit->setText({});
    m_again.edit->setText({});
}

QString KeyFields::hint() const
{
    if (place() == KeyPlace::Vault && !m_vault.isUsable()) {
        return text::vaultSentence(m_vault);
    }
    if (place() == KeyPlace::Keychain && !canBeKept()) {
        return text::keychainSentence(m_keychain);
    }
    const bool begun = !m_passphrase.edit->text().isEmpty();
    const QString problem = needsPassphrase() && begun ? passphraseProblem() : QString();
    return problem.isEmpty() ? text::keyPlaceHint(place()) : problem;
}

void KeyFields::refreshPassphrase()
{
    m_hint->setText(hint());
    Q_EMIT changed();
}

void KeyFields::refresh()
{
    const bool typed = isTyped(place());
    m_value->setEchoMode(typed ? QLineEdit::Password : QLineEdit::Normal);
    m_value->setInputMethodHints(typed ? kHidden : Qt::ImhNone);
    const QString name = typed                              ? tr("Key")
                         : place() == KeyPlace::Environment ? tr("Name")
                                                            : tr("Path");
    m_valueLabel->setText(name);
    m_value->setAccessibleName(tr("%1 for %2").arg(name, m_provider));
    m_value->setPlaceholderText(typed ? tr("Paste it; it is never shown again") : QString());
    for (const auto &[field, shown] :
         {std::pair(m_passphrase, needsPassphrase()),
          std::pair(m_again, needsPassphrase() && m_vault.state == VaultView::State::Absent)}) {
        field.label->setVisible(shown);
        field.edit->setVisible(shown);
    }
    refreshPassphrase();
}

} // namespace signalbox::ui
