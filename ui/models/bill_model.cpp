// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/bill_model.h"

#include "ui/models/requests_model.h"
#include "ui/text/numbers.h"

#include <QCoreApplication>
#include <QFont>
#include <QLocale>

#include <cmath>
#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

struct BillText
{
    Q_DECLARE_TR_FUNCTIONS(BillText)
};

constexpr qsizetype kModelsNamed = 3;

QString modelsOf(const GapPart &part)
{
    const QStringList named = part.models.mid(0, kModelsNamed);
    const qsizetype others = part.models.size() - named.size();
    return others > 0 ? BillText::tr("%1 and %2 more", "names of models")
                            .arg(QLocale().createSeparatedList(named))
                            .arg(others)
                      : QLocale().createSeparatedList(named);
}

Money absolute(Money money)
{
    return money < Money() ? Money() - money : money;
}

} // namespace

QString titleOf(GapCause cause)
{
    switch (cause) {
    case GapCause::OwnCalls:
        return BillText::tr("Health checks, shadows and embeddings");
    case GapCause::NotCalled:
        return BillText::tr("Models not called from here");
    case GapCause::NotBilled:
        return BillText::tr("Models the bill does not name");
    case GapCause::UnknownPrices:
        return BillText::tr("Prices that are not known");
    case GapCause::Price:
        return BillText::tr("Another price");
    case GapCause::Estimates:
        return BillText::tr("Estimated usage");
    case GapCause::Rest:
        return BillText::tr("Not explained");
    }
    return {};
}

QString explanationOf(const GapPart &part)
{
    const QString models = modelsOf(part);
    switch (part.cause) {
    case GapCause::OwnCalls:
        return BillText::tr("Calls that no client asked for are paid for, and booked apart.");
    case GapCause::NotCalled:
        return BillText::tr("%1: somebody else uses the key, or the model has another name there.")
            .arg(models);
    case GapCause::NotBilled:
        return BillText::tr("%1: booked here, and not billed under that name.").arg(models);
    case GapCause::UnknownPrices:
        return BillText::tr("%1: some requests have no price here. Put it into the configuration.")
            .arg(models);
    case GapCause::Price:
        return BillText::tr(
                   "%1: %2 of our sum on every day. A price differs, or what cached tokens "
                   "cost.")
            .arg(models, text::percent(part.share));
    case GapCause::Estimates:
        return BillText::tr(
                   "%1: no more than what was estimated, because the provider did not tell "
                   "the usage.")
            .arg(models);
    case GapCause::Rest:
        return BillText::tr(
                   "%1: calls that failed and were billed all the same, others' calls with "
                   "the same key, or days cut at another hour.")
            .arg(models.isEmpty() ? BillText::tr("All models") : models);
    }
    return {};
}

QString gapText(Money gap)
{
    if (gap == Money()) {
        return text::money(gap);
    }
    return (gap < Money() ? u"−"_s : u"+"_s) + text::money(absolute(gap));
}

QString gapShare(Money gap, Money ours)
{
    if (ours <= Money()) {
        return text::dash();
    }
    const double share = double(gap.nanos()) / double(ours.nanos());
    const QString sign = gap == Money() ? QString() : share < 0 ? u"−"_s : u"+"_s;
    return sign + text::percent(std::abs(share));
}

void BillModel::show(std::vector<BillRow> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    if (!m_rows.empty()) {
        BillRow sum;
        sum.theirs = sum.ours = Money();
        for (const BillRow &row : m_rows) {
            *sum.theirs += row.theirs.value_or(Money());
            *sum.ours += row.ours.value_or(Money());
            sum.estimated += row.estimated;
            sum.ownCalls += row.ownCalls;
            sum.unknown += row.unknown;
        }
        m_rows.push_back(sum);
    }
    endResetModel();
}

int BillModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int BillModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString BillModel::textOf(const BillRow &row, int column, bool isSum) const
{
    switch (column) {
    case Day:
        return isSum ? tr("Sum") : row.day.isValid() ? row.day.toString(Qt::ISODate) : QString();
    case Model:
        return row.model;
    case Theirs:
        return row.theirs ? text::money(*row.theirs) : text::dash();
    case Ours:
        return row.ours ? text::money(*row.ours) : text::dash();
    case Gap:
        return gapText(row.gap());
    case Share:
        return gapShare(row.gap(), row.ours.value_or(Money()));
    case Note: {
        QStringList notes;
        if (row.unknown > 0) {
            notes << tr("%1 without a price").arg(text::count(row.unknown));
        }
        if (row.estimated > Money()) {
            notes << tr("%1 estimated").arg(text::money(row.estimated));
        }
        if (row.ownCalls > Money()) {
            notes << tr("%1 own calls").arg(text::money(row.ownCalls));
        }
        return notes.join(u" · "_s);
    }
    default:
        return {};
    }
}

QVariant BillModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const auto at = static_cast<std::size_t>(index.row());
    const BillRow &row = m_rows[at];
    const bool isSum = at + 1 == m_rows.size();
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return textOf(row, column, isSum);
    case Qt::ToolTipRole:
        return column == Note ? textOf(row, column, isSum) : QString();
    case Qt::TextAlignmentRole: {
        const bool isText = column == Day || column == Model || column == Note;
        return int((isText ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    }
    case Qt::FontRole:
        if (isSum) {
            QFont font;
            font.setBold(true);
            return font;
        }
        return {};
    case RequestsModel::ToneRole:
        if (column == Note) {
            return RequestsModel::Quiet;
        }
        // A tenth of the sum is worth a look.
        return (column == Gap || column == Share)
                       && absolute(row.gap()).nanos() > row.ours.value_or(Money()).nanos() / 10
                   ? RequestsModel::Warning
                   : RequestsModel::Plain;
    default:
        return {};
    }
}

QVariant BillModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        const bool isText = section == Day || section == Model || section == Note;
        return int((isText ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    return QStringList{tr("Day"),
                       tr("Model"),
                       tr("Their bill"),
                       tr("Booked here"),
                       tr("Gap"),
                       tr("of ours"),
                       tr("Note")}
        .at(section);
}

} // namespace signalbox::ui
