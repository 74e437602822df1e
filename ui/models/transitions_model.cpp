// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/transitions_model.h"

#include "ui/models/row_filter.h"
#include "ui/text/names.h"
#include "ui/text/numbers.h"
#include "ui/text/reasons.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

bool isSame(const telemetry::BreakerTransition &a, const telemetry::BreakerTransition &b)
{
    return a.at == b.at && a.target == b.target && a.from == b.from && a.to == b.to
           && a.forced == b.forced;
}

} // namespace

QString causeWithWords(const telemetry::BreakerTransition &change, const FailureWords *words)
{
    const QString cause = text::changeCause(change);
    const bool failed = change.to == telemetry::BreakerState::Open && change.from != change.to;
    const QString said = failed && words != nullptr ? words->of(change.target, change.at)
                                                    : QString();
    return said.isEmpty() ? cause : TransitionsModel::tr("%1; it said “%2”").arg(cause, said);
}

int TransitionsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_transitions.size());
}

int TransitionsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant TransitionsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const auto &change = m_transitions[static_cast<std::size_t>(index.row())];
    if (role == kAtRole) {
        return qint64(std::chrono::floor<Millis>(change.at.time_since_epoch()).count());
    }
    if (role == Qt::ToolTipRole) {
        return index.column() == Time ? text::fullTime(change.at) : causeOf(change);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    switch (index.column()) {
    case Time:
        return text::clock(change.at);
    case Target:
        return text::fromUtf8(change.target.name());
    case Change:
        return text::changeText(change);
    case Cause:
        return causeOf(change);
    default:
        return {};
    }
}

QVariant TransitionsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || section < 0 || section >= ColumnCount) {
        return {};
    }
    if (role == Qt::TextAlignmentRole) {
        return int(Qt::AlignLeft | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    return QStringList{tr("Time"), tr("Target"), tr("Change"), tr("Cause")}.at(section);
}

QString TransitionsModel::causeOf(const telemetry::BreakerTransition &change) const
{
    return causeWithWords(change, m_words);
}

/// What providers said can be heard after the change that it explains.
void TransitionsModel::noteWords()
{
    if (m_words == nullptr || m_words->revision() == m_wordsRevision) {
        return;
    }
    m_wordsRevision = m_words->revision();
    if (!m_transitions.empty()) {
        const int last = static_cast<int>(m_transitions.size()) - 1;
        Q_EMIT dataChanged(index(0, Cause), index(last, Cause));
    }
}

void TransitionsModel::merge(const std::vector<telemetry::BreakerTransition> &transitions)
{
    noteWords();
    const std::vector<telemetry::BreakerTransition> next(transitions.rbegin(), transitions.rend());
    std::size_t fresh = next.size();
    if (!m_transitions.empty()) {
        const auto known = std::find_if(next.begin(), next.end(), [this](const auto &change) {
            return isSame(change, m_transitions.front());
        });
        fresh = static_cast<std::size_t>(known - next.begin());
    }
    const std::size_t kept = std::min(m_transitions.size(), next.size() - fresh);
    if (kept < m_transitions.size()) {
        beginRemoveRows({}, static_cast<int>(kept), static_cast<int>(m_transitions.size()) - 1);
        m_transitions.resize(kept);
        endRemoveRows();
    }
    if (fresh == 0) {
        return;
    }
    beginInsertRows({}, 0, static_cast<int>(fresh) - 1);
    m_transitions.insert(m_transitions.begin(),
                         next.begin(),
                         next.begin() + static_cast<std::ptrdiff_t>(fresh));
    endInsertRows();
}

} // namespace signalbox::ui
