// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/costs_model.h"

#include "ui/models/requests_model.h"
#include "ui/text/names.h"
#include "ui/text/numbers.h"

#include <QFont>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

void CostsModel::show(const CostSheet &sheet, const Dress &dress)
{
    beginResetModel();
    m_title = dress.title;
    m_rows.clear();
    for (std::size_t i = 0; i < sheet.groups.size(); ++i) {
        const CostGroup &group = sheet.groups[i];
        const QString name = group.name.isEmpty() ? dress.nameless : group.name;
        m_rows.push_back({.name = group.isRest ? tr("All others") : name,
                          .sums = group.sums,
                          .kind = group.isRest ? QString() : dress.kinds.value(group.name),
                          .colour = i < dress.colours.size() ? dress.colours[i] : QColor()});
        for (const CostGroup &part : group.parts) {
            const QString inner = part.name.isEmpty() ? text::dash() : part.name;
            m_rows.push_back({.name = u"    "_s + inner, .sums = part.sums, .isPart = true});
        }
    }
    if (!m_rows.empty()) {
        m_rows.push_back({.name = tr("Sum"), .sums = sheet.total, .isSum = true});
    }
    endResetModel();
}

int CostsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int CostsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant CostsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return textOf(row, column);
    case Qt::TextAlignmentRole:
        return int((column == Name ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    case Qt::ToolTipRole:
        if (column == Unknown && row.sums.unknown > 0) {
            return tr("Their cost is not known, and not in the sums");
        }
        if (column == CostColumn && row.sums.estimated > Money()) {
            return tr("%1 of it is estimated").arg(text::money(row.sums.estimated));
        }
        return {};
    case Qt::FontRole:
        if (row.isSum) {
            QFont font;
            font.setBold(true);
            return font;
        }
        return {};
    case Qt::DecorationRole:
        return column == Name && row.kind.isEmpty() && row.colour.isValid() ? QVariant(row.colour)
                                                                            : QVariant();
    case RequestsModel::KindRole:
        return column == Name ? row.kind : QString();
    case RequestsModel::TagRole:
        return column == Name && !row.kind.isEmpty()
                   ? text::providerTag(row.name.toStdString(), row.kind.toStdString())
                   : QString();
    case RequestsModel::ToneRole:
        if (column == Unknown) {
            return row.sums.unknown > 0 ? RequestsModel::Warning : RequestsModel::Quiet;
        }
        return row.isPart ? RequestsModel::Quiet : RequestsModel::Plain;
    default:
        return {};
    }
}

QString CostsModel::textOf(const Row &row, int column) const
{
    const CostSums &sums = row.sums;
    switch (column) {
    case Name:
        return row.name;
    case Requests:
        return text::count(sums.requests);
    case TokensIn:
        return text::tokens(sums.promptTokens);
    case TokensOut:
        return text::tokens(sums.completionTokens);
    case CostColumn:
        return text::money(sums.cost);
    case PerThousand:
        return sums.requests == 0 ? text::dash()
                                  : text::money(static_cast<double>(sums.cost.nanos()) / 1e6
                                                / static_cast<double>(sums.requests));
    case Share: {
        const Money all = m_rows.back().sums.cost;
        return all == Money() ? text::dash()
                              : text::percent(static_cast<double>(sums.cost.nanos())
                                              / static_cast<double>(all.nanos()));
    }
    case Unknown:
        return sums.unknown == 0 ? text::dash() : text::count(sums.unknown);
    default:
        return {};
    }
}

QVariant CostsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return int((section == Name ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
    }
    if (role == Qt::ToolTipRole && section == Requests) {
        return tr("One that was tried at two counts at each, and twice in the sum");
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    const QStringList titles{m_title,
                             tr("Requests"),
                             tr("Tokens in"),
                             tr("Tokens out"),
                             tr("Cost"),
                             tr("per 1k req."),
                             tr("Share"),
                             tr("Price n/a")};
    return titles.at(section);
}

} // namespace signalbox::ui
