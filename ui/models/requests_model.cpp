// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/requests_model.h"

#include "ui/models/request_text.h"
#include "ui/models/row_filter.h"
#include "ui/text/names.h"
#include "ui/text/numbers.h"
#include "ui/text/reasons.h"

#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

using Tone = RequestsModel::Tone;

Tone toneOf(const RequestRecord &record, int column)
{
    switch (column) {
    case RequestsModel::Status:
        if (record.abandoned) {
            return Tone::Warning;
        }
        return isComplete(record) ? Tone::Good : Tone::Bad;
    case RequestsModel::Attempts:
        return record.attempts.size() > 1 ? Tone::Warning : Tone::Quiet;
    case RequestsModel::CostColumn:
        return record.cost.amount ? Tone::Plain : Tone::Quiet;
    case RequestsModel::Rule:
        return Tone::Quiet;
    default:
        return Tone::Plain;
    }
}

QString tokensText(const Usage &usage)
{
    const QString both = u"%1 / %2"_s.arg(text::tokens(usage.promptTokens),
                                          text::tokens(usage.completionTokens));
    return usage.estimated ? u"≈ %1"_s.arg(both) : both;
}

QString tooltipOf(const RequestRecord &record, int column)
{
    switch (column) {
    case RequestsModel::Time:
        return text::fullTime(record.arrived);
    case RequestsModel::Attempts:
    case RequestsModel::ServedBy:
        return attemptsText(record);
    case RequestsModel::Status:
        return text::outcomeSentence(record.abandoned ? OutcomeClass::ClientGone : record.outcome);
    case RequestsModel::CostColumn:
        if (!record.cost.amount) {
            return RequestsModel::tr("No price is known for a model that was used");
        }
        return record.cost.estimated ? RequestsModel::tr("Estimated") : QString();
    case RequestsModel::Left:
        return record.abandoned ? RequestsModel::tr("The client left before the end") : QString();
    default:
        return {};
    }
}

bool isNumber(int column)
{
    return column == RequestsModel::Attempts
           || (column >= RequestsModel::FirstToken && column <= RequestsModel::CostColumn);
}

} // namespace

int RequestsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_records.size());
}

int RequestsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString RequestsModel::kindOf(const RequestRecord &record) const
{
    return m_kinds.value(text::fromUtf8(record.target.provider()));
}

/// Every target tried, the one that served last.
static QString targetsOf(const RequestRecord &record)
{
    QStringList targets;
    for (const AttemptRecord &attempt : record.attempts) {
        targets << text::fromUtf8(attempt.target.name());
    }
    return targets.join(u' ');
}

QVariant RequestsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const auto there = recordAt(index.row());
    if (there == nullptr) { // it is being read again
        return role == Qt::DisplayRole ? QVariant(text::dash()) : QVariant();
    }
    const RequestRecord &record = *there;
    const int column = index.column();
    switch (role) {
    case Qt::DisplayRole:
        return textOf(record, column);
    case Qt::ToolTipRole:
        return tooltipOf(record, column);
    case Qt::TextAlignmentRole:
        return int((isNumber(column) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    case ToneRole:
        return toneOf(record, column);
    case IdRole:
        return text::fromUtf8(record.id);
    case kAtRole:
        return qint64(std::chrono::floor<Millis>(record.arrived.time_since_epoch()).count());
    case FilterRole:
        return column == ServedBy ? targetsOf(record) : textOf(record, column);
    case KindRole:
        return column == ServedBy ? kindOf(record) : QString();
    case TagRole:
        if (column == ServedBy && !record.target.isEmpty()) {
            return text::providerTag(record.target.provider(), kindOf(record).toStdString());
        }
        return {};
    default:
        return {};
    }
}

QString RequestsModel::textOf(const RequestRecord &record, int column) const
{
    const auto orDash = [](const std::string &name) {
        return name.empty() ? text::dash() : text::fromUtf8(name);
    };
    switch (column) {
    case Time:
        return text::clockTenths(record.arrived);
    case Route:
        return record.route.empty() ? orDash(record.modelAsked) : text::fromUtf8(record.route);
    case Rule:
        return orDash(record.rule);
    case ServedBy:
        return record.target.isEmpty() ? text::dash() : text::modelName(record.target);
    case Attempts:
        return text::count(static_cast<std::int64_t>(record.attempts.size()));
    case Status:
        return statusText(record);
    case FirstToken:
        return record.firstToken ? text::latency(*record.firstToken) : text::dash();
    case Total:
        return text::latency(record.total);
    case TokensInOut:
        return tokensText(record.usage);
    case CostColumn:
        return text::cost(record.cost);
    case Left:
        return record.abandoned ? tr("left") : QString();
    default:
        return {};
    }
}

QVariant RequestsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return int((isNumber(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role == Qt::ToolTipRole && section == Left) {
        return tr("Clients that left before the end");
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    const QStringList titles{tr("Time"),
                             tr("Route"),
                             tr("Rule"),
                             tr("Served by"),
                             tr("Att."),
                             tr("Status"),
                             tr("First token"),
                             tr("Total"),
                             tr("Tokens in / out"),
                             tr("Cost"),
                             tr("Client")};
    return titles.at(section);
}

void RequestsModel::append(const std::vector<std::shared_ptr<const RequestRecord>> &records)
{
    if (records.empty()) {
        return;
    }
    const auto fresh = std::min<std::size_t>(records.size(), kRowsMax);
    const auto room = static_cast<std::size_t>(kRowsMax) - fresh;
    if (m_records.size() > room) {
        beginRemoveRows({}, static_cast<int>(room), static_cast<int>(m_records.size()) - 1);
        m_records.resize(room);
        endRemoveRows();
    }
    beginInsertRows({}, 0, static_cast<int>(fresh) - 1);
    for (auto at = records.end() - static_cast<std::ptrdiff_t>(fresh); at != records.end(); ++at) {
        m_records.push_front(*at);
    }
    endInsertRows();
}

std::shared_ptr<const RequestRecord> RequestsModel::recordAt(int row) const
{
    const bool there = row >= 0 && row < static_cast<int>(m_records.size());
    return there ? m_records[static_cast<std::size_t>(row)] : nullptr;
}

void RequestsModel::setProviderKinds(const QHash<QString, QString> &kinds)
{
    if (kinds == m_kinds) {
        return;
    }
    m_kinds = kinds;
    if (rowCount() > 0) {
        Q_EMIT dataChanged(index(0, ServedBy),
                           index(rowCount() - 1, ServedBy),
                           {TagRole, KindRole});
    }
}

} // namespace signalbox::ui
