// SPDX-License-Identifier: GPL-3.0-or-later
// The playground's columns: how many, whose, which alone, and what their answers have in common.
#include "ui/pages/batch_panel.h"
#include "ui/pages/playground_page.h"
#include "ui/text/names.h"
#include "ui/text/numbers.h"
#include "ui/widgets/answer_view.h"

#include <QComboBox>
#include <QSignalBlocker>
#include <QSplitter>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

void PlaygroundPage::refreshChoices()
{
    const auto &snapshot = m_state.snapshot();
    if (snapshot == nullptr) {
        return;
    }
    std::vector<PlaygroundChoice> choices;
    for (const telemetry::RouteView &route : snapshot->routes) {
        const QString name = text::fromUtf8(route.name);
        choices.push_back({name, tr("Route %1").arg(name)});
    }
    for (const telemetry::ProviderView &provider : snapshot->providers) {
        for (const telemetry::TargetView &target : provider.targets) {
            const QString name = text::fromUtf8(target.target.name());
            choices.push_back({name, name});
        }
    }
    if (choices == m_choices) {
        return;
    }
    m_choices = std::move(choices);
    m_batch->setChoices(m_choices);
    rebuildColumns();
}

/// The first route, which is what applications mostly ask, beside the first target of its own.
void PlaygroundPage::presetColumns()
{
    const auto &snapshot = m_state.snapshot();
    if (m_preset || snapshot == nullptr || m_choices.empty()) {
        return;
    }
    m_preset = true;
    if (!snapshot->routes.empty()) {
        m_session.setModel(0, text::fromUtf8(snapshot->routes.front().name));
    }
    for (const telemetry::ProviderView &provider : snapshot->providers) {
        for (const telemetry::TargetView &target : provider.targets) {
            if (target.breaker.state == telemetry::BreakerState::Closed
                && m_session.columns()[1].model.isEmpty()) {
                m_session.setModel(1, text::fromUtf8(target.target.name()));
            }
        }
    }
}

/// As many widgets as there are columns, each showing its own.
void PlaygroundPage::rebuildColumns()
{
    const auto wanted = m_session.columns().size();
    const bool other = wanted != m_columns.size();
    while (m_columns.size() > wanted) {
        m_columns.back()->hide();
        m_columns.back()->deleteLater();
        m_columns.pop_back();
    }
    while (m_columns.size() < wanted) {
        const auto number = static_cast<int>(m_columns.size());
        auto *column = new PlaygroundColumn(number, m_row);
        m_row->addWidget(column);
        m_columns.push_back(column);
        connect(column, &PlaygroundColumn::modelChosen, this, [this, number](const QString &model) {
            m_session.setModel(number, model);
        });
        connect(column, &PlaygroundColumn::ownChanged, this, [this, number](const auto &own) {
            m_session.setOwn(number, own);
        });
        connect(column, &PlaygroundColumn::runAsked, this, [this, number] {
            m_session.run(number);
        });
        connect(column,
                &PlaygroundColumn::callsAnswered,
                this,
                [this, number](const QStringList &results) {
                    m_session.answerCalls(number, results);
                });
        connect(column, &PlaygroundColumn::stopAsked, this, [this, number] {
            m_session.stop(number);
        });
        connect(column, &PlaygroundColumn::removeAsked, this, [this, number] {
            m_session.removeColumn(number);
        });
        connect(column, &PlaygroundColumn::maximiseAsked, this, [this, number](bool alone) {
            maximise(alone ? number : -1);
        });
        connect(column, &PlaygroundColumn::keysAsked, this, [this] {
            Q_EMIT leads({.page = u"settings"_s});
        });
    }
    const bool removable = static_cast<int>(wanted) > PlaygroundSession::kColumnsMin;
    for (std::size_t i = 0; i < wanted; ++i) {
        const PlaygroundColumnState &state = m_session.columns()[i];
        m_columns[i]->setChoices(m_choices);
        m_columns[i]->setAsk(state.model, state.own, removable);
        m_columns[i]->setBlind(m_session.hidesNames());
    }
    if (other) {
        m_row->setSizes(QList<int>(static_cast<qsizetype>(wanted), PlaygroundColumn::kWidthMin));
    }
    maximise(m_alone < static_cast<int>(wanted) ? m_alone : -1);
    refreshCompare();
    refreshRuns();
    refreshEstimate();
}

void PlaygroundPage::maximise(int column)
{
    m_alone = column;
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        const bool alone = static_cast<int>(i) == column;
        m_columns[i]->setVisible(column < 0 || alone);
        m_columns[i]->setMaximised(alone);
    }
}

void PlaygroundPage::refreshCompare()
{
    const QSignalBlocker quiet(m_compare);
    const int current = m_compare->currentIndex();
    m_compare->clear();
    m_compare->addItem(tr("No comparison"));
    for (int i = 0; i < static_cast<int>(m_columns.size()); ++i) {
        m_compare->addItem(tr("Compare with %1").arg(columnLetter(i)));
    }
    m_compare->setCurrentIndex(current > 0 && current < m_compare->count() ? current : 0);
}

void PlaygroundPage::showInstant(double ms)
{
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        const PlaygroundRun &run = m_session.columns()[i].run;
        if (run.state() != PlaygroundRun::State::Idle) {
            m_columns[i]->showInstant(run.track().at(ms).text, tr("At %1").arg(text::latency(ms)));
        }
    }
}

/// In every other column the words that the chosen one does not have are marked.
void PlaygroundPage::compare()
{
    const int base = m_compare->currentIndex() - 1;
    for (int i = 0; i < static_cast<int>(m_columns.size()); ++i) {
        PlaygroundColumn *column = m_columns[static_cast<std::size_t>(i)];
        if (base < 0 || i == base) {
            column->mark({}, base >= 0);
            continue;
        }
        const QString first = m_columns[static_cast<std::size_t>(base)]->answer()->text();
        column->mark(diffWords(first, column->answer()->text()).onlyInSecond, true);
    }
}

} // namespace signalbox::ui
