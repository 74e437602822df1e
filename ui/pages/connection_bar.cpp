// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/connection_bar.h"

#include "ui/text/numbers.h"
#include "ui/theme/theme.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kTokenLengthMax = 4096;

} // namespace

ConnectionBar::ConnectionBar(QWidget *parent)
    : QWidget(parent)
    , m_text(new QLabel(this))
    , m_retry(new QPushButton(tr("Retry Now"), this))
    , m_dismiss(new QPushButton(tr("Dismiss"), this))
    , m_form(new QWidget(this))
{
    setObjectName(u"connectionBar"_s);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_retry->setObjectName(u"retry"_s);
    m_retry->setToolTip(tr("Asks the gateway at once"));
    m_dismiss->setObjectName(u"dismiss"_s);
    m_dismiss->setAccessibleName(tr("Dismiss the warning"));
    auto *line = new QHBoxLayout;
    line->setSpacing(kPad);
    line->addWidget(m_text, 1);
    line->addWidget(m_retry);
    line->addWidget(m_dismiss);
    buildForm();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kWide + kHalfGap, 6, kPad, 6);
    column->setSpacing(kHalfGap);
    column->addLayout(line);
    column->addWidget(m_form);
    connect(m_retry, &QPushButton::clicked, this, &ConnectionBar::retryAsked);
    connect(m_dismiss, &QPushButton::clicked, this, [this] {
        m_dismissed = m_connection.caution;
        hide();
    });
    hide();
}

void ConnectionBar::buildForm()
{
    m_token = new QLineEdit(m_form);
    m_token->setObjectName(u"token"_s);
    m_token->setEchoMode(QLineEdit::Password);
    m_token->setMaxLength(kTokenLengthMax);
    m_token->setMinimumWidth(280);
    m_token->setAccessibleName(tr("The operator's token"));
    m_token->setPlaceholderText(tr("admin_token, or an operator's own"));
    auto *label = new QLabel(tr("&Token"), m_form);
    label->setBuddy(m_token);
    m_keep = new QCheckBox(tr("&Keep it in the keychain"), m_form);
    m_keep->setObjectName(u"keepToken"_s);
    m_connect = new QPushButton(tr("Connect"), m_form);
    m_connect->setObjectName(u"connect"_s);
    m_connect->setEnabled(false);
    m_cancel = new QPushButton(tr("Cancel"), m_form);
    m_cancel->setObjectName(u"cancelToken"_s);
    m_cancel->setAccessibleName(tr("Go on with the token in use"));
    auto *row = new QHBoxLayout(m_form);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kPad);
    row->addWidget(label);
    row->addWidget(m_token, 1);
    row->addWidget(m_keep);
    row->addWidget(m_connect);
    row->addWidget(m_cancel);
    connect(m_token, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_connect->setEnabled(!text.trimmed().isEmpty());
    });
    connect(m_token, &QLineEdit::returnPressed, this, &ConnectionBar::submit);
    connect(m_connect, &QPushButton::clicked, this, &ConnectionBar::submit);
    connect(m_cancel, &QPushButton::clicked, this, &ConnectionBar::closeForm);
    showForm(false);
}

void ConnectionBar::submit()
{
    const QString typed = m_token->text().trimmed();
    if (typed.isEmpty()) {
        return;
    }
    const Secret token(typed.toStdString());
    const bool keep = m_keep->isEnabled() && m_keep->isChecked();
    closeForm();
    Q_EMIT tokenGiven(token, keep);
}

void ConnectionBar::closeForm()
{
    m_asked = false;
    m_token->clear();
    showForm(m_connection.state == Connection::State::TokenNeeded);
    if (m_connection.isLive()) {
        hide();
    }
}

void ConnectionBar::showForm(bool shown)
{
    const bool appears = shown && m_form->isHidden();
    m_form->setVisible(shown);
    m_cancel->setVisible(m_asked);
    if (appears) {
        m_token->setFocus(Qt::OtherFocusReason);
    }
}

void ConnectionBar::askForToken()
{
    m_asked = true;
    show();
    m_text->setText(tr("Another token for %1").arg(m_connection.address));
    m_retry->hide();
    m_dismiss->hide();
    showForm(true);
    m_token->setFocus(Qt::OtherFocusReason);
}

QString ConnectionBar::sentence(SystemTime now, std::optional<Micros> age) const
{
    switch (m_connection.state) {
    case Connection::State::Inside:
        return {};
    case Connection::State::Connecting:
        return tr("Connecting to %1…").arg(m_connection.address);
    case Connection::State::Connected:
        return m_connection.caution == m_dismissed ? QString() : m_connection.caution;
    case Connection::State::TokenNeeded:
        return (m_connection.problem.isEmpty()
                    ? tr("%1 asks for an operator's token.").arg(m_connection.address)
                    : m_connection.problem)
               + (m_connection.caution.isEmpty() ? QString() : u' ' + m_connection.caution);
    case Connection::State::Recorded:
        return m_connection.problem;
    case Connection::State::Away:
        break;
    }
    QString text = m_connection.problem;
    if (age) {
        text += u' '
                + tr("What you see is what it said %1 ago.", "a duration").arg(text::age(*age));
    }
    if (m_connection.retryAt) {
        const Micros left = std::max(*m_connection.retryAt - now, Micros(0));
        text += u' ' + tr("Trying again in %1.", "a countdown").arg(text::countdown(left));
    }
    return text;
}

void ConnectionBar::setConnection(const Connection &connection,
                                  SystemTime now,
                                  std::optional<Micros> age)
{
    m_connection = connection;
    if (m_asked && connection.isLive()) {
        return; // somebody is typing
    }
    const QString words = sentence(now, age);
    if (words.isEmpty()) {
        showForm(false);
        return hide();
    }
    m_text->setText(words);
    setAccessibleName(words);
    m_retry->setVisible(connection.state == Connection::State::Away);
    m_dismiss->setVisible(connection.state == Connection::State::Connected);
    m_keep->setEnabled(connection.canKeep);
    m_keep->setToolTip(connection.canKeep ? QString()
                                          : tr("The keychain is unavailable; the token is kept "
                                               "until the console ends"));
    show();
    showForm(m_asked || connection.state == Connection::State::TokenNeeded);
    update();
}

QString ConnectionBar::text() const
{
    return isHidden() ? QString() : m_text->text();
}

void ConnectionBar::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::of(this);
    const bool bad = m_connection.state == Connection::State::Away;
    const bool quiet = m_connection.state == Connection::State::Connecting
                       || m_connection.isRecorded();
    QPainter painter(this);
    painter.fillRect(rect(), bad ? theme.openSoft : quiet ? theme.accentSoft : theme.halfOpenSoft);
    painter.fillRect(QRect(0, 0, 4, height()),
                     bad     ? theme.open
                     : quiet ? theme.accent
                             : theme.halfOpen);
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.border);
}

} // namespace signalbox::ui
