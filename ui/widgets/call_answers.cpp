// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/call_answers.h"

#include "ui/text/json_indent.h"
#include "ui/theme/theme.h"

#include <QFontDatabase>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kResultHeight = 52;
constexpr int kHeightMax = 220; ///< of all calls together; beyond they scroll
constexpr qsizetype kArgumentsMax = 4'000; ///< of a call, shown

} // namespace

CallAnswers::CallAnswers(const QString &name, const QString &letter, QWidget *parent)
    : QWidget(parent)
    , m_letter(letter)
    , m_send(new QPushButton(tr("Send Results"), this))
{
    setObjectName(name);
    m_send->setObjectName(name + u".send"_s);
    m_send->setAccessibleName(tr("Send results to %1").arg(letter));
    auto *area = new QScrollArea(this);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setFocusPolicy(Qt::NoFocus);
    area->setMaximumHeight(kHeightMax);
    area->viewport()->setAutoFillBackground(false);
    auto *content = new QWidget(area);
    content->setAutoFillBackground(false);
    m_column = new QVBoxLayout(content);
    m_column->setContentsMargins(0, 0, kHalfGap, 0);
    m_column->setSpacing(kHalfGap);
    area->setWidget(content);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, kHalfGap, 0, kHalfGap);
    column->setSpacing(kHalfGap);
    column->addWidget(area);
    column->addWidget(m_send, 0, Qt::AlignLeft);
    hide();
    connect(m_send, &QPushButton::clicked, this, [this] {
        QStringList results;
        for (const QPlainTextEdit *result : m_results) {
            results << result->toPlainText();
        }
        Q_EMIT answered(results);
    });
}

void CallAnswers::setCalls(const QList<PlaygroundCall> &calls)
{
    if (calls == m_calls) {
        return;
    }
    m_calls = calls;
    m_results.clear();
    delete m_list;
    m_list = new QWidget(this);
    auto *column = new QVBoxLayout(m_list);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(kHalfGap);
    for (qsizetype i = 0; i < calls.size(); ++i) {
        const PlaygroundCall &call = calls[i];
        auto *title = new QLabel(tr("%1 wants %2").arg(m_letter, call.name), m_list);
        title->setFont(themeFont(TypeRole::Strong));
        title->setTextFormat(Qt::PlainText); // a model's words are no markup
        auto *arguments = new QLabel(text::indentedJson(call.arguments).left(kArgumentsMax),
                                     m_list);
        arguments->setObjectName(u"%1.%2.arguments"_s.arg(objectName()).arg(i));
        arguments->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
        arguments->setTextFormat(Qt::PlainText);
        arguments->setWordWrap(true);
        arguments->setTextInteractionFlags(Qt::TextSelectableByMouse
                                           | Qt::TextSelectableByKeyboard);
        auto *result = new QPlainTextEdit(m_list);
        result->setObjectName(u"%1.%2"_s.arg(objectName()).arg(i));
        result->setAccessibleName(
            tr("%1: result of call %2, %3").arg(m_letter, QString::number(i + 1), call.name));
        result->setPlaceholderText(tr("What it brings"));
        result->setTabChangesFocus(true);
        result->setFixedHeight(kResultHeight);
        column->addWidget(title);
        column->addWidget(arguments);
        column->addWidget(result);
        m_results.push_back(result);
    }
    m_column->addWidget(m_list);
    setVisible(!calls.isEmpty());
}

void CallAnswers::setWhyNot(const QString &why)
{
    m_send->setEnabled(why.isEmpty());
    m_send->setToolTip(why);
}

} // namespace signalbox::ui
