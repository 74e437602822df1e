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
        return tipOf(row, column);
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
        return toneOf(row, column);
    default:
        return {};
    }
}

QString CostsModel::tipOf(const Row &row, int column)
{
    const CostSums &sums = row.sums;
    const bool some = column == Wasted      ? sums.wasted > Money()
                      : column == Abandoned ? sums.abandonedRequests > 0
                      : column == Saved     ? sums.saved() != Money()
                      : column == OwnCalls  ? sums.ownCalls() > Money()
                      : column == Unknown   ? sums.unknown > 0
                                            : column == CostColumn && sums.estimated > Money();
    if (!some) {
        return {};
    }
    switch (column) {
    case CostColumn:
        return tr("%1 of it is estimated").arg(text::money(sums.estimated));
    case Wasted:
        return tr("Part of the cost: billed for calls that failed, or that another one outran");
    case Abandoned:
        return tr("Clients left before the answer was complete; it cost %1, which is part of the "
                  "cost")
            .arg(text::money(sums.abandoned));
    case Saved:
        return tr("%1 by the providers' prompt caches, less what writing into them cost more; %2 "
                  "by "
                  "answers from the cache")
            .arg(text::money(sums.promptCacheSaved), text::money(sums.responseCacheSaved));
    case OwnCalls:
        return tr("Beside the cost: %1 for shadows, %2 for health checks, %3 for the cache's "
                  "embedder")
            .arg(text::money(sums.shadows),
                 text::money(sums.healthChecks),
                 text::money(sums.embeddings));
    case Unknown:
        return tr("Their cost is not known, and not in the sums");
    default:
        return {};
    }
}

int CostsModel::toneOf(const Row &row, int column)
{
    const CostSums &sums = row.sums;
    const bool isNothing = (column == Wasted && sums.wasted == Money())
                           || (column == Abandoned && sums.abandonedRequests == 0)
                           || (column == Saved && sums.saved() == Money())
                           || (column == OwnCalls && sums.ownCalls() == Money())
                           || (column == Unknown && sums.unknown == 0);
    if (isNothing) {
        return RequestsModel::Quiet;
    }
    if (column == Unknown) {
        return RequestsModel::Warning;
    }
    return row.isPart ? RequestsModel::Quiet : RequestsModel::Plain;
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
    case Wasted:
        return sums.wasted == Money() ? text::dash() : text::money(sums.wasted);
    case Abandoned:
        return sums.abandonedRequests == 0
                   ? text::dash()
                   : tr("%1 (%2)", "requests, share of all")
                         .arg(text::count(sums.abandonedRequests),
                              text::percent(static_cast<double>(sums.abandonedRequests)
                                            / static_cast<double>(sums.requests)));
    case Saved:
        return sums.saved() == Money() ? text::dash() : text::money(sums.saved());
    case OwnCalls:
        return sums.ownCalls() == Money() ? text::dash() : text::money(sums.ownCalls());
    case Unknown:
        return sums.unknown == 0 ? text::dash() : text::count(sums.unknown);
    default:
        return {};
    }
}

QVariant CostsModel::headTip(int section)
{
    switch (section) {
    case Requests:
        return tr("One that was tried at two counts at each, and twice in the sum");
    case Wasted:
        return tr("What was billed for calls that failed, or that another one outran; part of the "
                  "cost");
    case Abandoned:
        return tr("Requests whose clients left before the answer was complete, where it was "
                  "tried last");
    case Saved:
        return tr("By the providers' prompt caches and by answers from the cache");
    case OwnCalls:
        return tr("Shadows and health checks, which no client asked for; beside the cost");
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
    if (role == Qt::ToolTipRole) {
        return headTip(section);
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
                             tr("Wasted"),
                             tr("Abandoned"),
                             tr("Saved"),
                             tr("Own calls"),
                             tr("Price n/a")};
    return titles.at(section);
}

} // namespace signalbox::ui
