// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/failure_form.h"

#include "ui/text/routing_text.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QGridLayout>
#include <QLabel>
#include <QSignalBlocker>

#include <cmath>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kColumns = 2;
constexpr double kSame = 1e-6;
constexpr int kBreakCount = static_cast<int>(StreamBreakMode::Continue) + 1;

double seconds(Millis time)
{
    return static_cast<double>(time.count()) / 1000;
}

Millis millisOf(double seconds)
{
    return Millis(std::llround(seconds * 1000));
}

} // namespace

FailureForm::FailureForm(QWidget *parent)
    : QWidget(parent)
    , m_grid(new QGridLayout(this))
    , m_break(new QComboBox(this))
{
    m_grid->setContentsMargins(kGap, kHalfGap, kGap, kHalfGap);
    m_grid->setHorizontalSpacing(kPad);
    m_grid->setVerticalSpacing(kGap);
    m_grid->setColumnStretch(2 * kColumns, 1);
    addAttempts();
    addTimes();
    for (int i = 0; i < kBreakCount; ++i) {
        m_break->addItem(text::streamBreakName(static_cast<StreamBreakMode>(i)));
    }
    m_break->setObjectName(u"streamBreak"_s);
    auto *label = new QLabel(tr("A stream that breaks"), this);
    label->setBuddy(m_break);
    m_break->setAccessibleName(label->text());
    const int row = m_grid->rowCount();
    m_grid->addWidget(label, row, 0);
    m_grid->addWidget(m_break, row, 1, 1, 3, Qt::AlignLeft);
    connect(m_break, &QComboBox::activated, this, [this](int index) {
        Q_EMIT edited(tr("Choose what a broken stream leads to"), [index](RouteSettings &route) {
            route.onStreamBreak = static_cast<StreamBreakMode>(index);
        });
    });
}

void FailureForm::addAttempts()
{
    addField(
        {.name = u"attempts"_s,
         .label = tr("Attempts in all"),
         .unit = {},
         .hint = tr("Calls to targets for one request, over all of them"),
         .least = 1,
         .most = 20},
        [](const RouteSettings &route) { return route.retry.attempts; },
        [](RouteSettings &route, double value) { route.retry.attempts = static_cast<int>(value); });
    addField(
        {.name = u"sameTarget"_s,
         .label = tr("Repeats at one target"),
         .unit = {},
         .hint = tr("After a failure that is the target's, before the next one is asked"),
         .least = 0,
         .most = 20},
        [](const RouteSettings &route) { return route.retry.sameTarget; },
        [](RouteSettings &route, double value) {
            route.retry.sameTarget = static_cast<int>(value);
        });
}

void FailureForm::addTimes()
{
    constexpr double kHourSeconds = 3600;
    constexpr double kMinuteMillis = 60'000;
    addField(
        {.name = u"backoff"_s,
         .label = tr("Wait before a repeat"),
         .unit = tr(" ms"),
         .hint = tr("Doubles with each repeat"),
         .least = 0,
         .most = kMinuteMillis},
        [](const RouteSettings &route) { return static_cast<double>(route.retry.backoff.count()); },
        [](RouteSettings &route, double value) {
            route.retry.backoff = Millis(std::llround(value));
            route.retry.backoffMax = std::max(route.retry.backoffMax, route.retry.backoff);
        });
    addField(
        {.name = u"backoffMax"_s,
         .label = tr("but at most"),
         .unit = tr(" ms"),
         .hint = tr("No wait is longer"),
         .least = 0,
         .most = kMinuteMillis * 10},
        [](const RouteSettings &route) {
            return static_cast<double>(route.retry.backoffMax.count());
        },
        [](RouteSettings &route, double value) {
            route.retry.backoffMax = Millis(std::llround(value));
            route.retry.backoff = std::min(route.retry.backoff, route.retry.backoffMax);
        });
    addField(
        {.name = u"retryAfterCap"_s,
         .label = tr("Wait for a hint up to"),
         .unit = tr(" s"),
         .hint = tr("A provider that asks for a longer wait is not waited for"),
         .least = 0,
         .most = kHourSeconds,
         .decimals = 1},
        [](const RouteSettings &route) { return seconds(route.retry.retryAfterCap); },
        [](RouteSettings &route, double value) { route.retry.retryAfterCap = millisOf(value); });
    addField(
        {.name = u"deadline"_s,
         .label = tr("The whole request"),
         .unit = tr(" s"),
         .hint = tr("All attempts and waits together"),
         .least = 0.1,
         .most = 24 * kHourSeconds,
         .decimals = 1},
        [](const RouteSettings &route) { return seconds(route.deadline); },
        [](RouteSettings &route, double value) { route.deadline = millisOf(value); });
}

void FailureForm::addField(const Shape &shape,
                           const std::function<double(const RouteSettings &)> &read,
                           const std::function<void(RouteSettings &, double)> &write)
{
    const int place = static_cast<int>(m_fields.size());
    auto *label = new QLabel(shape.label, this);
    auto *box = new QDoubleSpinBox(this);
    box->setObjectName(u"failure."_s + shape.name);
    box->setAccessibleName(shape.label);
    box->setDecimals(shape.decimals);
    box->setRange(shape.least, shape.most);
    box->setSuffix(shape.unit);
    box->setKeyboardTracking(false);
    box->setMinimumWidth(120);
    box->setToolTip(shape.hint);
    label->setToolTip(shape.hint);
    label->setBuddy(box);
    m_grid->addWidget(label, place / kColumns, 2 * (place % kColumns));
    m_grid->addWidget(box, place / kColumns, 2 * (place % kColumns) + 1, Qt::AlignLeft);
    m_fields.push_back({.box = box, .read = read});
    connect(box,
            &QDoubleSpinBox::valueChanged,
            this,
            [this, write, label = shape.label](double value) {
                Q_EMIT edited(tr("Change: %1").arg(label),
                              [write, value](RouteSettings &route) { write(route, value); });
            });
}

void FailureForm::setRoute(const RouteSettings &route)
{
    for (const Field &field : m_fields) {
        const double wanted = field.read(route);
        if (std::abs(field.box->value() - wanted) > kSame) { // what is being typed stays
            const QSignalBlocker quiet(field.box);
            field.box->setValue(wanted);
        }
    }
    m_break->setCurrentIndex(static_cast<int>(route.onStreamBreak));
}

void FailureForm::setReadOnly(bool readOnly)
{
    for (const Field &field : m_fields) {
        field.box->setReadOnly(readOnly);
        field.box->setButtonSymbols(readOnly ? QAbstractSpinBox::NoButtons
                                             : QAbstractSpinBox::UpDownArrows);
    }
    m_break->setEnabled(!readOnly);
}

} // namespace signalbox::ui
