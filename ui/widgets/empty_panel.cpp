// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/empty_panel.h"

#include "ui/theme/console_style.h"
#include "ui/theme/icons.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

EmptyPanel::EmptyPanel(QWidget *parent)
    : Card(parent)
    , m_title(new QLabel(this))
    , m_text(new QLabel(this))
    , m_copy(new QPushButton(tr("Copy curl"), this))
{
    setObjectName(u"empty"_s);
    auto *mark = new QLabel(this);
    mark->setPixmap(applicationIcon().pixmap(QSize(56, 56), devicePixelRatioF()));
    mark->setAlignment(Qt::AlignCenter);
    m_title->setFont(themeFont(TypeRole::Title));
    m_title->setAlignment(Qt::AlignCenter);
    m_text->setAlignment(Qt::AlignCenter);
    m_text->setWordWrap(true);
    m_text->setForegroundRole(QPalette::PlaceholderText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_copy->setObjectName(u"copyCurl"_s);
    m_copy->setProperty(kDressProperty, u"primary"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(kWide, 3 * kWide, kWide, 3 * kWide);
    column->setSpacing(kGap);
    column->addWidget(mark);
    column->addSpacing(kHalfGap);
    column->addWidget(m_title);
    column->addWidget(m_text);
    column->addSpacing(kGap);
    column->addWidget(m_copy, 0, Qt::AlignHCenter);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        if (m_address.isEmpty()) {
            return Q_EMIT pressed();
        }
        QApplication::clipboard()->setText(curlFor(m_address));
        m_copy->setText(tr("Copied"));
    });
    setAddress({});
}

void EmptyPanel::setAddress(const QString &address)
{
    m_address = address;
    m_copy->setVisible(!address.isEmpty());
    m_title->setText(address.isEmpty() ? tr("Waiting for the gateway") : tr("No requests yet"));
    m_text->setText(
        address.isEmpty()
            ? tr("It has not said anything so far.")
            : tr("Point a client's base URL at %1/v1, or try it from a shell.").arg(address));
}

void EmptyPanel::say(const QString &title, const QString &text, const QString &verb)
{
    m_address.clear();
    m_title->setText(title);
    m_text->setText(text);
    m_copy->setText(verb);
    m_copy->setVisible(!verb.isEmpty());
}

QString EmptyPanel::curlFor(const QString &address)
{
    return u"curl %1/v1/chat/completions -H 'Content-Type: application/json' "
           "-d '{\"model\": \"default\", \"messages\": "
           "[{\"role\": \"user\", \"content\": \"Hello\"}]}'"_s.arg(address);
}

} // namespace signalbox::ui
