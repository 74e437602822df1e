// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/alerts_model.h"

#include "ui/models/requests_model.h"
#include "ui/models/targets_model.h"
#include "ui/text/numbers.h"
#include "ui/theme/state_glyph.h"

#include <algorithm>
#include <utility>

namespace signalbox::ui {

namespace {

QString word(Alert::State state)
{
    switch (state) {
    case Alert::State::Pending:
        return AlertsModel::tr("Pending");
    case Alert::State::Firing:
        return AlertsModel::tr("Firing");
    case Alert::State::Flapping:
        return AlertsModel::tr("Flapping");
    case Alert::State::Resolved:
        return AlertsModel::tr("Over");
    }
    return {};
}

/// The breakers' shapes, as far as they say the same.
GlyphShape shapeOf(Alert::State state)
{
    switch (state) {
    case Alert::State::Pending:
        return GlyphShape::Unknown;
    case Alert::State::Firing:
        return GlyphShape::Open;
    case Alert::State::Flapping:
        return GlyphShape::HalfOpen;
    case Alert::State::Resolved:
        return GlyphShape::Closed;
    }
    return GlyphShape::Unknown;
}

} // namespace

QString AlertsModel::stateText(const Alert &alert)
{
    QString text = alert.acknowledged ? tr("%1, acknowledged").arg(word(alert.state))
                                      : word(alert.state);
    if (alert.mutedUntil) {
        text = tr("%1, muted until %2").arg(text, text::clock(*alert.mutedUntil));
    }
    return text;
}

int AlertsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_alerts.size());
}

int AlertsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant AlertsModel::data(const QModelIndex &index, int role) const
{
    const Alert &alert = alertAt(index.row());
    if (role == TargetsModel::GlyphRole && index.column() == State) {
        return static_cast<int>(shapeOf(alert.state));
    }
    if (role == RequestsModel::ToneRole) {
        const bool quiet = alert.state == Alert::State::Resolved || alert.acknowledged;
        return static_cast<int>(quiet ? RequestsModel::Quiet : RequestsModel::Plain);
    }
    const bool tip = role == Qt::ToolTipRole;
    if (role != Qt::DisplayRole && !tip) {
        return {};
    }
    switch (static_cast<Column>(index.column())) {
    case State:
        return stateText(alert);
    case Since:
        return tip ? text::fullTime(alert.since) : text::clock(alert.since);
    case Subject:
        return alert.subject;
    case Text:
        return alert.text;
    case ColumnCount:
        break;
    }
    return {};
}

QVariant AlertsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole) {
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    }
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) {
        return {};
    }
    switch (static_cast<Column>(section)) {
    case State:
        return tr("State");
    case Since:
        return tr("Since");
    case Subject:
        return tr("What");
    case Text:
        return tr("Observed");
    case ColumnCount:
        break;
    }
    return {};
}

int AlertsModel::rowOf(const QString &key) const
{
    const auto found = std::ranges::find(m_alerts, key, &Alert::key);
    return found == m_alerts.end() ? -1 : static_cast<int>(found - m_alerts.begin());
}

void AlertsModel::setAlerts(std::vector<Alert> alerts)
{
    const bool same = std::ranges::equal(alerts, m_alerts, {}, &Alert::key, &Alert::key);
    if (!same) {
        beginResetModel();
    }
    m_alerts = std::move(alerts);
    if (!same) {
        return endResetModel();
    }
    if (!m_alerts.empty()) {
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    }
}

} // namespace signalbox::ui
