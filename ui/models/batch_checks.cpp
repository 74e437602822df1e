// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/batch_checks.h"

#include "ui/models/json_schema.h"

#include <QCoreApplication>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

struct CheckText
{
    Q_DECLARE_TR_FUNCTIONS(CheckText)
};

/// So many steps an expression may take in one text: some would take for ever.
QRegularExpression expression(const QString &pattern)
{
    return QRegularExpression(u"(*LIMIT_MATCH=200000)"_s + pattern,
                              QRegularExpression::DotMatchesEverythingOption
                                  | QRegularExpression::MultilineOption
                                  | QRegularExpression::UseUnicodePropertiesOption);
}

/// Models like to put JSON into a fence of Markdown.
QByteArray withoutFence(const QString &text)
{
    static const QRegularExpression fence(u"^\\s*```(?:json)?\\s*\\n(.*?)\\n?\\s*```\\s*$"_s,
                                          QRegularExpression::DotMatchesEverythingOption);
    const auto match = fence.match(text);
    return (match.hasMatch() ? match.captured(1) : text).toUtf8();
}

std::optional<Money> moneyOf(const QString &value)
{
    return Money::fromDecimal(value.trimmed().toStdString());
}

CheckResult passedIf(bool passed)
{
    return passed ? CheckResult::Passed : CheckResult::Failed;
}

} // namespace

QString nameOf(CheckKind kind)
{
    switch (kind) {
    case CheckKind::Contains:
        return u"contains"_s;
    case CheckKind::Lacks:
        return u"lacks"_s;
    case CheckKind::Matches:
        return u"matches"_s;
    case CheckKind::Schema:
        return u"json_schema"_s;
    case CheckKind::LengthMax:
        return u"characters_max"_s;
    case CheckKind::MillisMax:
        return u"ms_max"_s;
    case CheckKind::CostMax:
        return u"cost_usd_max"_s;
    }
    return {};
}

QString titleOf(CheckKind kind)
{
    switch (kind) {
    case CheckKind::Contains:
        return CheckText::tr("contains");
    case CheckKind::Lacks:
        return CheckText::tr("does not contain");
    case CheckKind::Matches:
        return CheckText::tr("matches the expression");
    case CheckKind::Schema:
        return CheckText::tr("is JSON of the schema");
    case CheckKind::LengthMax:
        return CheckText::tr("has at most characters");
    case CheckKind::MillisMax:
        return CheckText::tr("took at most ms");
    case CheckKind::CostMax:
        return CheckText::tr("cost at most USD");
    }
    return {};
}

QString textOf(const BatchCheck &check)
{
    constexpr qsizetype shown = 40;
    const QString value = check.value.size() > shown ? check.value.left(shown) + u'…' : check.value;
    return u"%1 “%2”"_s.arg(titleOf(check.kind), value.simplified());
}

QString problemOf(const BatchCheck &check)
{
    bool isNumber = false;
    switch (check.kind) {
    case CheckKind::Contains:
    case CheckKind::Lacks:
        return check.value.isEmpty() ? CheckText::tr("Say which text.") : QString();
    case CheckKind::Matches: {
        const QRegularExpression read = expression(check.value);
        return check.value.isEmpty() ? CheckText::tr("Say which expression.")
               : read.isValid()
                   ? QString()
                   : CheckText::tr("The expression is wrong: %1.").arg(read.errorString());
    }
    case CheckKind::Schema:
        return schemaProblem(check.value.toUtf8());
    case CheckKind::LengthMax:
        return check.value.trimmed().toLongLong(&isNumber) >= 0 && isNumber
                   ? QString()
                   : CheckText::tr("Say how many characters.");
    case CheckKind::MillisMax:
        return check.value.trimmed().toDouble(&isNumber) >= 0 && isNumber
                   ? QString()
                   : CheckText::tr("Say how many milliseconds.");
    case CheckKind::CostMax:
        return moneyOf(check.value) ? QString() : CheckText::tr("Say how many dollars.");
    }
    return {};
}

CheckResult resultOf(const BatchCheck &check, const CheckedAnswer &answer)
{
    switch (check.kind) {
    case CheckKind::Contains:
        return passedIf(answer.text.contains(check.value, Qt::CaseInsensitive));
    case CheckKind::Lacks:
        return passedIf(!answer.text.contains(check.value, Qt::CaseInsensitive));
    case CheckKind::Matches:
        return passedIf(expression(check.value).match(answer.text).hasMatch());
    case CheckKind::Schema:
        return passedIf(schemaComplaint(check.value.toUtf8(), withoutFence(answer.text)).isEmpty());
    case CheckKind::LengthMax:
        return passedIf(answer.text.toUcs4().size() <= check.value.trimmed().toLongLong());
    case CheckKind::MillisMax:
        return passedIf(answer.totalMs <= check.value.trimmed().toDouble());
    case CheckKind::CostMax: {
        const auto most = moneyOf(check.value);
        return !answer.cost ? CheckResult::Unknown : passedIf(most && *answer.cost <= *most);
    }
    }
    return CheckResult::Unknown;
}

} // namespace signalbox::ui
