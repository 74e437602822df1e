// SPDX-License-Identifier: GPL-3.0-or-later
// What people judged worse, taken over into the draft.
#include "ui/pages/routing_page.h"
#include "ui/state/routing_draft.h"
#include "ui/widgets/notice_bar.h"

#include <algorithm>

namespace signalbox::ui {

namespace {

bool asks(const RouteSettings &route, const TargetId &target)
{
    return std::ranges::any_of(route.targets,
                               [&target](const TargetChoice &one) { return one.target == target; });
}

/// How many were not there.
int addVetoes(RoutingState &state, const std::vector<TargetId> &targets)
{
    int added = 0;
    for (DraftRoute &route : state.routes) {
        for (const TargetId &target : targets) {
            if (!route.settings.propose || !asks(route.settings, target)) {
                continue;
            }
            std::vector<TargetId> &vetoes = route.settings.propose->neverGain;
            if (std::ranges::find(vetoes, target) == vetoes.end()) {
                vetoes.push_back(target);
                ++added;
            }
        }
    }
    return added;
}

} // namespace

void RoutingPage::veto(const QStringList &targets)
{
    if (m_draft == nullptr) {
        return;
    }
    if (!m_draft->whyFixed().isEmpty()) {
        return m_outcome->say(NoticeBar::Tone::Warning, m_draft->whyFixed());
    }
    std::vector<TargetId> known;
    for (const QString &name : targets) {
        known.emplace_back(name.toStdString());
    }
    RoutingState would = m_draft->state();
    if (addVetoes(would, known) == 0) {
        return m_outcome->say(NoticeBar::Tone::Info,
                              tr("No route whose weights are proposed asks %1, or it has that veto "
                                 "already. A route's table “propose” asks for proposals.")
                                  .arg(targets.join(QStringLiteral(", "))));
    }
    m_draft->edit(tr("Veto by judged answers"),
                  [&known](RoutingState &state) { addVetoes(state, known); });
    setView(Review);
}

} // namespace signalbox::ui
