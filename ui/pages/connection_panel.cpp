// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/connection_panel.h"

#include "ui/theme/theme.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kLabelChars = 14; // as the page's other sections have it

QLabel *line(const QString &name, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

ConnectionPanel::ConnectionPanel(QWidget *parent)
    : QWidget(parent)
    , m_address(line(u"connection.address"_s, this))
    , m_person(line(u"connection.person"_s, this))
    , m_token(line(u"connection.token"_s, this))
    , m_caution(line(u"connection.caution"_s, this))
    , m_other(new QPushButton(tr("Use Another…"), this))
{
    m_other->setObjectName(u"otherToken"_s);
    m_other->setAccessibleName(tr("Use another token"));
    m_other->setFont(themeFont(TypeRole::Caption));
    m_caution->setWordWrap(true);
    auto *token = new QHBoxLayout;
    token->setSpacing(kPad);
    token->addWidget(m_other);
    token->addWidget(m_token, 1);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(kGap, kHalfGap, kGap, kHalfGap);
    grid->setHorizontalSpacing(kWide);
    grid->setVerticalSpacing(kGap);
    grid->setColumnStretch(1, 1);
    grid->setColumnMinimumWidth(0, kLabelChars * fontMetrics().averageCharWidth());
    grid->addWidget(new QLabel(tr("Gateway"), this), 0, 0);
    grid->addWidget(m_address, 0, 1);
    grid->addWidget(new QLabel(tr("You are"), this), 1, 0);
    grid->addWidget(m_person, 1, 1);
    grid->addWidget(new QLabel(tr("Token"), this), 2, 0);
    grid->addLayout(token, 2, 1);
    grid->addWidget(m_caution, 3, 1);
    connect(m_other, &QPushButton::clicked, this, &ConnectionPanel::tokenAsked);
}

void ConnectionPanel::setConnection(const Connection &connection)
{
    m_address->setText(connection.version.isEmpty()
                           ? connection.address
                           : tr("%1, Signalbox %2").arg(connection.address, connection.version));
    m_person->setText(
        connection.person.isEmpty() ? tr("not known yet")
        : connection.viewer
            ? tr("%1, a viewer: reads everything, changes nothing").arg(connection.person)
            : tr("%1, an operator: may act on targets").arg(connection.person));
    m_token->setText(connection.tokenPlace.isEmpty() ? tr("none yet") : connection.tokenPlace);
    m_caution->setText(connection.caution);
    m_caution->setVisible(!connection.caution.isEmpty());
}

} // namespace signalbox::ui
