// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/route_editor.h"

#include "ui/text/names.h"
#include "ui/text/routing_text.h"
#include "ui/theme/theme.h"
#include "ui/widgets/failure_form.h"
#include "ui/widgets/route_cache_form.h"
#include "ui/widgets/rule_card.h"
#include "ui/widgets/section.h"
#include "ui/widgets/segments.h"

#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kStrategyCount = static_cast<int>(Strategy::Balanced) + 1;

QStringList strategyWords()
{
    QStringList words;
    for (int i = 0; i < kStrategyCount; ++i) {
        words << text::strategyName(static_cast<Strategy>(i));
    }
    return words;
}

} // namespace

RouteEditor::RouteEditor(ConsoleState &state, RoutingDraft &draft, QWidget *parent)
    : QWidget(parent)
    , m_state(state)
    , m_draft(draft)
{
    setObjectName(u"routeEditor"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, kHalfGap, kWide);
    column->setSpacing(kPad);
    buildHead(*column);
    buildTargets(*column);
    buildRules(*column);
    m_failure = new FailureForm(this);
    column->addWidget(new Section(tr("When something fails"), m_failure, this));
    m_cache = new RouteCacheForm(this);
    column->addWidget(new Section(tr("Cache"), m_cache, this));
    column->addStretch();
    connect(m_cache, &RouteCacheForm::edited, this, [this](std::optional<CacheMode> mode) {
        changeRoute(tr("Choose what is answered from the cache"),
                    [mode](DraftRoute &route) { route.settings.cache = mode; });
    });
    connect(m_failure,
            &FailureForm::edited,
            this,
            [this](const QString &step, const FailureForm::Change &change) {
                changeRoute(step, [change](DraftRoute &route) { change(route.settings); });
            });
}

void RouteEditor::buildHead(QVBoxLayout &column)
{
    auto *card = new Card(this);
    m_name = new QLineEdit(card);
    m_name->setObjectName(u"routeName"_s);
    m_name->setAccessibleName(tr("Name of the route"));
    m_name->setToolTip(tr("What a client sends as \"model\""));
    m_name->setFont(themeFont(TypeRole::Strong));
    m_name->setMaximumWidth(220);
    m_strategy = new Segments(tr("Strategy"), strategyWords(), card);
    m_strategy->setObjectName(u"strategy"_s);
    m_strategyHint = new QLabel(card);
    m_strategyHint->setFont(themeFont(TypeRole::Caption));
    m_strategyHint->setForegroundRole(QPalette::PlaceholderText);
    m_strategyHint->setWordWrap(true);
    m_strategyHint->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_warning = new QLabel(card);
    m_warning->setObjectName(u"routeWarning"_s);
    m_warning->setWordWrap(true);
    m_warning->hide();
    auto *row = new QHBoxLayout;
    row->setSpacing(kPad);
    row->addWidget(m_name);
    row->addWidget(m_strategy);
    row->addWidget(m_strategyHint, 1);
    auto *inner = new QVBoxLayout(card);
    inner->setContentsMargins(kPad, kGap, kPad, kGap);
    inner->setSpacing(kHalfGap);
    inner->addLayout(row);
    inner->addWidget(m_warning);
    column.addWidget(card);
    connect(m_name, &QLineEdit::editingFinished, this, &RouteEditor::rename);
    connect(m_strategy, &Segments::currentChanged, this, [this](int index) {
        changeRoute(tr("Choose a strategy"), [index](DraftRoute &route) {
            route.settings.strategy = static_cast<Strategy>(index);
        });
    });
}

void RouteEditor::buildTargets(QVBoxLayout &column)
{
    m_targets = new TargetsEditor(this);
    column.addWidget(new Section(tr("Targets"), m_targets, this));
    connect(m_targets,
            &TargetsEditor::edited,
            this,
            [this](const QString &step, const TierBox::Change &change, quint64 gesture) {
                changeRoute(
                    step,
                    [change](DraftRoute &route) {
                        change(route.settings.targets, route.locks[{}]);
                        if (route.locks[{}].empty()) {
                            route.locks.erase(std::string());
                        }
                    },
                    gesture);
            });
}

void RouteEditor::buildRules(QVBoxLayout &column)
{
    auto *body = new QWidget(this);
    m_ruleBox = new QVBoxLayout;
    m_ruleBox->setSpacing(kGap);
    m_noRules = new QLabel(tr("Every request is treated alike."), body);
    m_noRules->setForegroundRole(QPalette::PlaceholderText);
    m_addRule = new QPushButton(tr("Add Rule"), body);
    m_addRule->setObjectName(u"addRule"_s);
    m_addRule->setFont(themeFont(TypeRole::Caption));
    auto *foot = new QHBoxLayout;
    foot->addWidget(m_noRules, 1);
    foot->addWidget(m_addRule, 0, Qt::AlignRight);
    auto *inner = new QVBoxLayout(body);
    inner->setContentsMargins(kGap, kHalfGap, kGap, kHalfGap);
    inner->setSpacing(kGap);
    inner->addLayout(m_ruleBox);
    inner->addLayout(foot);
    auto *section = new Section(tr("Rules"), body, this);
    section->setNote(tr("the first that hits decides; its targets come before the route's"));
    column.addWidget(section);
    connect(m_addRule, &QPushButton::clicked, this, &RouteEditor::addRule);
}

void RouteEditor::changeRoute(const QString &step,
                              const std::function<void(DraftRoute &)> &change,
                              quint64 gesture)
{
    m_draft.edit(
        step,
        [&](RoutingState &state) {
            if (DraftRoute *route = state.route(m_route); route != nullptr) {
                change(*route);
            }
        },
        gesture);
}

void RouteEditor::rename()
{
    const std::string name = m_name->text().trimmed().toStdString();
    if (name == m_route || name.empty() || m_draft.state().route(name) != nullptr) {
        m_name->setText(text::fromUtf8(m_route)); // two of a name could not be told apart
        return;
    }
    const std::string before = m_route;
    m_route = name;
    m_draft.edit(tr("Rename %1").arg(text::fromUtf8(before)), [&](RoutingState &state) {
        if (DraftRoute *route = state.route(before); route != nullptr) {
            route->settings.name = name;
        }
    });
    Q_EMIT renamed(name);
}

void RouteEditor::addRule()
{
    changeRoute(tr("Add a rule"), [](DraftRoute &route) {
        RuleSettings rule;
        for (std::size_t number = route.settings.rules.size() + 1; rule.name.empty(); ++number) {
            const std::string name = "rule-" + std::to_string(number);
            const auto &rules = route.settings.rules;
            rule.name = std::ranges::find(rules, name, &RuleSettings::name) == rules.end()
                            ? name
                            : std::string();
        }
        rule.strategy = Strategy::Priority;
        route.settings.rules.push_back(std::move(rule));
    });
    if (!m_rules.empty()) {
        m_rules.back()->setOpen(true);
        m_rules.back()->findChild<QWidget *>(u"ruleName"_s)->setFocus(Qt::OtherFocusReason);
    }
}

void RouteEditor::moveRule(std::size_t index, int by)
{
    const auto other = static_cast<std::ptrdiff_t>(index) + by;
    const DraftRoute *route = m_draft.state().route(m_route);
    if (route == nullptr || other < 0
        || other >= static_cast<std::ptrdiff_t>(route->settings.rules.size())) {
        return;
    }
    const auto there = static_cast<std::size_t>(other);
    const bool open = m_rules[index]->isOpen();
    const bool otherOpen = m_rules[there]->isOpen();
    changeRoute(tr("Move a rule"), [=](DraftRoute &edited) {
        std::swap(edited.settings.rules[index], edited.settings.rules[there]);
    });
    m_rules[index]->setOpen(otherOpen);
    m_rules[there]->setOpen(open);
    m_rules[there]->findChild<QWidget *>(u"toggleRule"_s)->setFocus(Qt::OtherFocusReason);
}

void RouteEditor::connectRule(RuleCard *card, std::size_t index)
{
    connect(card,
            &RuleCard::edited,
            this,
            [this, index](const QString &step, const RuleCard::Change &change, quint64 gesture) {
                changeRoute(
                    step,
                    [&](DraftRoute &route) {
                        RuleSettings &rule = route.settings.rules.at(index);
                        Locks locks = route.locks[rule.name];
                        route.locks.erase(rule.name);
                        change(rule, locks);
                        if (!locks.empty()) {
                            route.locks[rule.name] = locks;
                        }
                    },
                    gesture);
            });
    connect(card, &RuleCard::moveAsked, this, [this, index](int by) { moveRule(index, by); });
    connect(card, &RuleCard::removeAsked, this, [this, index] {
        changeRoute(tr("Remove a rule"), [index](DraftRoute &route) {
            route.settings.rules.erase(route.settings.rules.begin()
                                       + static_cast<std::ptrdiff_t>(index));
        });
    });
}

void RouteEditor::setRoute(const std::string &name)
{
    if (name != m_route) {
        m_route = name;
        for (RuleCard *card : m_rules) {
            card->setOpen(false);
        }
    }
    refresh();
}

const RouteSettings *RouteEditor::running() const
{
    const DraftRoute *route = m_draft.state().route(m_route);
    return route == nullptr || m_draft.base().settings == nullptr
               ? nullptr
               : m_draft.base().settings->route(route->origin);
}

LiveTargets RouteEditor::live() const
{
    LiveTargets live;
    live.matrix = &m_matrix;
    if (m_shown == nullptr) {
        return live;
    }
    for (TargetSummary &summary : summariseTargets(*m_shown, m_state.now(), m_state.isStale())) {
        const TargetId target = summary.target;
        live.targets.emplace(target, std::move(summary));
    }
    const RouteSettings *route = running();
    for (const telemetry::RouteView &view : m_shown->routes) {
        if (route != nullptr && view.name == route->name) {
            live.route = &view;
        }
    }
    return live;
}

std::vector<TargetId> RouteEditor::allTargets() const
{
    std::vector<TargetId> all;
    if (m_draft.known() != nullptr) {
        for (const ProviderSettings &provider : m_draft.known()->providers) {
            for (const ModelSettings &model : provider.models) {
                all.emplace_back(provider.id, model.name);
            }
        }
    }
    return all;
}

QStringList RouteEditor::clients() const
{
    QStringList all;
    if (m_draft.base().settings != nullptr) {
        for (const ClientSettings &client : m_draft.base().settings->clients) {
            all << text::fromUtf8(client.id);
        }
    }
    return all;
}

QString RouteEditor::warningOf(const std::string &rule) const
{
    QStringList words;
    for (const ConfigWarning &warning : m_warnings) {
        if (warning.route.toStdString() == m_route && warning.rule.toStdString() == rule) {
            words << warning.message;
        }
    }
    return words.join(u' ');
}

void RouteEditor::refreshWarnings()
{
    if (m_draft.checked().warnings != m_warnings) {
        m_warnings = m_draft.checked().warnings;
        refresh();
    }
}

void RouteEditor::setMatrix(const std::vector<MatrixCell> &cells)
{
    m_matrix = cells;
    refresh();
}

void RouteEditor::refresh()
{
    const DraftRoute *route = m_draft.state().route(m_route);
    setEnabled(route != nullptr);
    if (route == nullptr) {
        return;
    }
    m_shown = m_state.snapshot();
    const LiveTargets now = live();
    refreshHead(route->settings);
    refreshTargets(*route, now);
    refreshRules(*route, now);
    m_failure->setRoute(route->settings);
    m_failure->setReadOnly(!m_draft.whyFixed().isEmpty());
    m_cache->setMode(route->settings.cache);
    m_cache->setReadOnly(!m_draft.whyFixed().isEmpty());
}

void RouteEditor::refreshHead(const RouteSettings &route)
{
    const bool fixed = !m_draft.whyFixed().isEmpty();
    if (!m_name->hasFocus() || !m_name->isModified()) {
        m_name->setText(text::fromUtf8(route.name));
    }
    m_name->setReadOnly(fixed);
    {
        const QSignalBlocker quiet(m_strategy);
        m_strategy->setCurrent(static_cast<int>(route.strategy));
    }
    m_strategy->setEnabled(!fixed);
    m_strategyHint->setText(text::strategyHint(route.strategy));
    m_strategyHint->setToolTip(m_strategyHint->text());
    const QString warning = warningOf({});
    m_warning->setText(u"▲ "_s + warning);
    m_warning->setVisible(!warning.isEmpty());
}

void RouteEditor::refreshTargets(const DraftRoute &route, const LiveTargets &now)
{
    const auto locks = route.locks.find({});
    m_targets->setContent({.strategy = route.settings.strategy,
                           .targets = route.settings.targets,
                           .locks = locks == route.locks.end() ? Locks() : locks->second,
                           .inForce = running() == nullptr ? Targets() : running()->targets,
                           .all = allTargets(),
                           .compares = running() != nullptr,
                           .readOnly = !m_draft.whyFixed().isEmpty()},
                          now);
}

void RouteEditor::refreshRules(const DraftRoute &route, const LiveTargets &now)
{
    const auto &rules = route.settings.rules;
    while (m_rules.size() > rules.size()) {
        delete m_rules.back();
        m_rules.pop_back();
    }
    while (m_rules.size() < rules.size()) {
        auto *card = new RuleCard(clients(), this);
        connectRule(card, m_rules.size());
        m_ruleBox->addWidget(card);
        m_rules.push_back(card);
    }
    for (std::size_t i = 0; i < rules.size(); ++i) {
        m_rules[i]->setObjectName(u"rule.%1"_s.arg(i));
        const auto locks = route.locks.find(rules[i].name);
        m_rules[i]->setContent({.rule = rules[i],
                                .number = static_cast<int>(i) + 1,
                                .first = i == 0,
                                .last = i + 1 == rules.size(),
                                .locks = locks == route.locks.end() ? Locks() : locks->second,
                                .inForce = {},
                                .all = allTargets(),
                                .clients = clients(),
                                .warning = warningOf(rules[i].name),
                                .readOnly = !m_draft.whyFixed().isEmpty()},
                               now);
    }
    m_noRules->setVisible(rules.empty());
    m_addRule->setEnabled(m_draft.whyFixed().isEmpty());
}

} // namespace signalbox::ui
