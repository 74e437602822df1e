// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/state/routing_draft.h"

#include "ui/state/draft_json.h"

#include <QUndoCommand>

#include <algorithm>
#include <set>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kUndoMax = 200;

} // namespace

/// Routes are small: a step keeps all of them as they were before and after.
class DraftStep : public QUndoCommand
{
public:
    DraftStep(RoutingDraft &draft, const QString &text, RoutingState after, quint64 gesture)
        : QUndoCommand(text)
        , m_draft(draft)
        , m_before(draft.m_state)
        , m_after(std::move(after))
        , m_gesture(gesture)
    {}

    void undo() override { m_draft.setState(m_before); }
    void redo() override { m_draft.setState(m_after); }
    [[nodiscard]] int id() const override { return m_gesture == 0 ? -1 : 1; }
    /// A gesture that ends where it began leaves no step.
    bool mergeWith(const QUndoCommand *other) override
    {
        const auto *next = static_cast<const DraftStep *>(other);
        if (next->m_gesture != m_gesture) {
            return false;
        }
        m_after = next->m_after;
        setObsolete(m_after == m_before);
        return true;
    }

private:
    RoutingDraft &m_draft;
    RoutingState m_before;
    RoutingState m_after;
    quint64 m_gesture;
};

quint64 nextConfigRequest()
{
    static quint64 last = 0;
    return ++last;
}

const DraftRoute *RoutingState::route(std::string_view name) const
{
    const auto found = std::ranges::find(routes, name, [](const DraftRoute &route) {
        return std::string_view(route.settings.name);
    });
    return found == routes.end() ? nullptr : &*found;
}

DraftRoute *RoutingState::route(std::string_view name)
{
    return const_cast<DraftRoute *>(std::as_const(*this).route(name));
}

RoutingDraft::RoutingDraft(ConfigSource &source, QObject *parent)
    : QObject(parent)
    , m_source(source)
{
    m_stack.setUndoLimit(kUndoMax);
    connect(&m_source, &ConfigSource::changed, this, &RoutingDraft::follow);
    begin(m_source.running());
}

/// A stack that goes tells of it, to whom is going too.
RoutingDraft::~RoutingDraft()
{
    m_stack.disconnect();
}

RoutingState RoutingDraft::stateOf(const Configuration &settings)
{
    RoutingState state;
    for (const RouteSettings &route : settings.routes) {
        state.routes.push_back({.origin = route.name, .settings = route});
    }
    return state;
}

void RoutingDraft::begin(const RunningConfig &base)
{
    m_base = base;
    m_baseState = base.settings == nullptr ? RoutingState{} : stateOf(*base.settings);
    m_stack.clear();
    setState(m_baseState);
}

/// What runs is the base, unless something is unapplied that would be lost.
void RoutingDraft::follow()
{
    const RunningConfig running = m_source.running();
    if (running.revision == m_base.revision) {
        m_base.whyFixed = running.whyFixed;
        m_base.number = running.number;
        Q_EMIT changed();
    } else if (!isModified() || edited().text == running.text) {
        begin(running);
    } else {
        m_base.whyFixed = running.whyFixed;
        Q_EMIT changed();
    }
}

QString RoutingDraft::whyFixed() const
{
    return m_base.settings == nullptr && m_base.whyFixed.isEmpty()
               ? tr("The gateway's configuration is not known yet.")
               : m_base.whyFixed;
}

std::vector<std::string> RoutingDraft::changedRoutes() const
{
    std::vector<std::string> names;
    for (const DraftRoute &route : m_state.routes) {
        const DraftRoute *before = m_baseState.route(route.origin);
        if (before == nullptr || before->settings != route.settings) {
            names.push_back(route.settings.name);
        }
    }
    for (const DraftRoute &route : m_baseState.routes) {
        const bool kept = std::ranges::any_of(m_state.routes, [&](const DraftRoute &other) {
            return other.origin == route.origin;
        });
        if (!kept) {
            names.push_back(route.origin);
        }
    }
    return names;
}

bool RoutingDraft::isModified() const
{
    return !changedRoutes().empty();
}

bool RoutingDraft::isOvertaken() const
{
    return m_source.running().revision != m_base.revision;
}

/// Route after route; a text that cannot be edited names the route.
const EditedConfig &RoutingDraft::edited() const
{
    if (m_edited) {
        return *m_edited;
    }
    EditedConfig result{.text = isModified() ? text() : m_base.text, .problem = {}};
    const auto change = [&](const RouteChange &wanted) {
        if (result.problem.isEmpty()) {
            result = m_source.edit(result.text, wanted);
        }
    };
    for (const DraftRoute &route : m_baseState.routes) {
        const bool kept = std::ranges::any_of(m_state.routes, [&](const DraftRoute &other) {
            return other.origin == route.origin;
        });
        if (!kept) {
            change({.route = QString::fromStdString(route.origin), .wanted = std::nullopt});
        }
    }
    for (const DraftRoute &route : m_state.routes) {
        const DraftRoute *before = m_baseState.route(route.origin);
        if (before == nullptr || before->settings != route.settings) {
            change({.route = QString::fromStdString(before == nullptr ? "" : route.origin),
                    .wanted = route.settings});
        }
    }
    m_edited = std::move(result);
    return *m_edited;
}

const CheckedConfig &RoutingDraft::checked() const
{
    if (!m_checked) {
        m_checked = edited().problem.isEmpty() && !edited().text.isEmpty()
                        ? m_source.check(edited().text)
                        : CheckedConfig{};
    }
    return *m_checked;
}

QString RoutingDraft::text() const
{
    if (m_state.providers.isEmpty()) {
        return m_base.text;
    }
    const QString end = m_base.text.isEmpty() || m_base.text.endsWith(u'\n') ? u""_s : u"\n"_s;
    return m_base.text + end + u'\n' + m_state.providers;
}

const Configuration *RoutingDraft::known() const
{
    return m_known != nullptr ? m_known.get() : m_base.settings.get();
}

void RoutingDraft::setState(RoutingState state)
{
    const bool same = state.providers == m_state.providers;
    m_state = std::move(state);
    if (m_state.providers.isEmpty()) {
        m_known.reset();
    } else if (!same || m_known == nullptr) {
        m_known = m_source.check(text()).settings;
    }
    m_edited.reset();
    m_checked.reset();
    Q_EMIT changed();
}

void RoutingDraft::edit(const QString &text,
                        const std::function<void(RoutingState &)> &change,
                        quint64 gesture)
{
    if (!whyFixed().isEmpty()) {
        return;
    }
    RoutingState after = m_state;
    change(after);
    if (after != m_state) {
        m_stack.push(new DraftStep(*this, text, std::move(after), gesture));
    }
}

void RoutingDraft::discard()
{
    edit(tr("Discard the draft"), [this](RoutingState &state) { state = m_baseState; });
}

void RoutingDraft::take(const QString &text, const Configuration &settings)
{
    edit(text, [&](RoutingState &state) {
        RoutingState wanted = stateOf(settings);
        for (DraftRoute &route : wanted.routes) {
            const bool known = m_baseState.route(route.origin) != nullptr;
            route.origin = known ? route.origin : std::string();
        }
        state = std::move(wanted);
    });
}

void RoutingDraft::add(const QString &text,
                       const QString &providers,
                       const std::vector<RouteSettings> &added)
{
    edit(text, [&](RoutingState &state) {
        state.providers += (state.providers.isEmpty() ? u""_s : u"\n"_s) + providers;
        for (const RouteSettings &route : added) {
            if (DraftRoute *there = state.route(route.name)) {
                there->settings = route;
                there->locks.clear();
            } else {
                state.routes.push_back({.origin = {}, .settings = route});
            }
        }
    });
}

std::vector<RouteConflict> RoutingDraft::conflicts(const RunningConfig &newer) const
{
    const RoutingState theirs = newer.settings == nullptr ? RoutingState{}
                                                          : stateOf(*newer.settings);
    const auto same = [](const DraftRoute *a, const DraftRoute *b) {
        return (a == nullptr) == (b == nullptr) && (a == nullptr || a->settings == b->settings);
    };
    std::set<std::string> names;
    for (const auto *state : {&m_baseState, &theirs}) {
        for (const DraftRoute &route : state->routes) {
            names.insert(route.settings.name);
        }
    }
    const std::vector<std::string> mine = changedRoutes();
    names.insert(mine.begin(), mine.end());
    std::vector<RouteConflict> all;
    for (const std::string &name : names) {
        const DraftRoute *draft = m_state.route(name);
        const std::string origin = draft == nullptr || draft->origin.empty() ? name : draft->origin;
        const RouteConflict one{.route = name,
                                .mine = std::ranges::find(mine, name) != mine.end(),
                                .theirs = !same(m_baseState.route(origin), theirs.route(origin))};
        if (one.mine || one.theirs) {
            all.push_back(one);
        }
    }
    return all;
}

void RoutingDraft::carryOver(const RunningConfig &theirs, const std::vector<std::string> &dropped)
{
    const RoutingState mine = m_state;
    std::vector<std::string> kept = changedRoutes();
    std::erase_if(kept, [&](const std::string &name) {
        return std::ranges::find(dropped, name) != dropped.end();
    });
    begin(theirs);
    edit(tr("Carry the draft over"), [&](RoutingState &state) {
        state.providers = kept.empty() ? QString() : mine.providers;
        for (const std::string &name : kept) {
            const DraftRoute *route = mine.route(name);
            const std::string origin = route == nullptr || route->origin.empty() ? name
                                                                                 : route->origin;
            DraftRoute *there = state.route(origin);
            if (route == nullptr) {
                std::erase_if(state.routes,
                              [&](const DraftRoute &each) { return each.origin == origin; });
            } else if (there != nullptr) {
                there->settings = route->settings;
                there->locks = route->locks;
            } else {
                state.routes.push_back({.origin = {}, .settings = route->settings});
            }
        }
    });
}

QByteArray RoutingDraft::save() const
{
    return isModified() ? draftToJson(m_base, m_state) : QByteArray();
}

void RoutingDraft::restore(const QByteArray &saved)
{
    std::optional<SavedDraft> draft = draftFromJson(saved, m_source);
    if (!draft) {
        return;
    }
    const RunningConfig running = m_source.running();
    draft->base.whyFixed = running.whyFixed;
    draft->base.number = running.revision == draft->base.revision ? running.number
                                                                  : draft->base.number;
    begin(draft->base);
    setState(std::move(draft->state));
}

} // namespace signalbox::ui
