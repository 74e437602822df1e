// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/fixture_config.h"

#include "tests/ui/support/fixture_scene.h"

#include "core/base/text.h"
#include "core/config/cache_edit.h"
#include "core/config/diff.h"
#include "core/config/import/import.h"
#include "core/config/price_edit.h"
#include "core/config/read.h"
#include "core/config/route_edit.h"
#include "core/routing/lint.h"
#include "core/routing/rules.h"
#include "core/routing/script.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr char kText[] = R"(# Routing of the production gateway. Ask Ada before changing weights.
[server]
listen = "127.0.0.1:8787"
time_zone = "Europe/Berlin"

[[client]]
id = "support-bot"
key = "env:BOT_KEY"

[[client]]
id = "batch"
key = "env:BATCH_KEY"

[[provider]]
id = "qwen"
kind = "qwen"
keys = ["env:QWEN_KEY"]
[[provider.model]]
name = "qwen-max"
[[provider.model]]
name = "qwen-turbo"

[[provider]]
id = "openai"
kind = "openai"
keys = ["env:OPENAI_KEY"]
[[provider.model]]
name = "gpt-4.1"
[[provider.model]]
name = "gpt-4.1-mini"

[[provider]]
id = "anthropic"
kind = "anthropic"
keys = ["env:ANTHROPIC_KEY"]
[[provider.model]]
name = "claude-sonnet-4-5"
[[provider.model]]
name = "claude-haiku-4-5"

[[provider]]
id = "deepseek"
kind = "deepseek"
keys = ["env:DEEPSEEK_KEY"]
[[provider.model]]
name = "deepseek-chat"

[[provider]]
id = "mistral"
kind = "mistral"
keys = ["env:MISTRAL_KEY"]
[[provider.model]]
name = "mistral-large"

# The default: three vendors, so that no outage of one is ours.
[[route]]
name = "chat-default"
strategy = "weighted"
targets = [
    { target = "openai/gpt-4.1", weight = 50 },           # the contract allows 60
    { target = "anthropic/claude-sonnet-4-5", weight = 30 },
    { target = "mistral/mistral-large", weight = 20 },
    { target = "deepseek/deepseek-chat", weight = 1, tier = 2 },
]
retry = { attempts = 4, same_target = 1 }

[[route.rule]]
name = "chinese"
when = { cjk_share = "> 0.4" }
strategy = "priority"
targets = [{ target = "qwen/qwen-max" }]

[[route.rule]]
name = "long-code"
when = { task = "code", prompt_tokens = ">= 8000" }
strategy = "priority"
targets = [{ target = "anthropic/claude-sonnet-4-5" }]

[[route]]
name = "code"
strategy = "priority"
targets = [
    { target = "anthropic/claude-sonnet-4-5" },
    { target = "deepseek/deepseek-chat" },
]

[[route]]
name = "cjk-to-qwen"
strategy = "weighted"
targets = [{ target = "qwen/qwen-max", weight = 3 }, { target = "qwen/qwen-turbo", weight = 2 }]
)";

QString fromStd(const std::string &text)
{
    return QString::fromStdString(text);
}

RequestFacts factsOf(const QJsonObject &body)
{
    const std::string prompt =
        body[u"messages"_s].toArray().first()[u"content"_s].toString().toStdString();
    RequestFacts facts;
    facts.cjkShare = routing::cjkShare(prompt);
    facts.language = facts.cjkShare > 0.4 ? "zh" : "en";
    facts.task = Task::Chat;
    facts.promptTokens = static_cast<std::int64_t>(prompt.size() / 4 + 7);
    facts.stream = body[u"stream"_s].toBool();
    facts.hasTools = body.contains(u"tools"_s);
    facts.wantsJson = body.contains(u"response_format"_s);
    if (body.contains(u"max_tokens"_s)) {
        facts.maxOutputTokens = body[u"max_tokens"_s].toInt();
    }
    facts.client = "support-bot";
    facts.hour = 15;
    return facts;
}

void addCandidates(Decision &decision, const std::vector<TargetChoice> &targets, bool fromRule)
{
    for (const TargetChoice &choice : targets) {
        const auto known = std::ranges::find(decision.candidates,
                                             choice.target,
                                             &Candidate::target);
        if (known == decision.candidates.end()) {
            const bool open = choice.target.provider() == "mistral";
            decision.candidates.push_back({.target = choice.target,
                                           .tier = choice.tier,
                                           .weight = choice.weight,
                                           .fromRule = fromRule,
                                           .veto = open ? Veto::BreakerOpen : Veto::None,
                                           .vetoDetail = {}});
        }
    }
}

} // namespace

FixtureConfig::FixtureConfig(QObject *parent)
    : ConfigSource(parent)
{
    const QString text = QString::fromLatin1(kText);
    const SystemTime now = sceneStart();
    put(QString(text)
            .replace(u"weight = 50"_s, u"weight = 60"_s)
            .replace(u"weight = 30"_s, u"weight = 20"_s),
        {.number = 15,
         .revision = {},
         .time = now - Seconds(86'400),
         .cause = ConfigRevision::Cause::Start,
         .who = u"gateway"_s,
         .why = {}});
    put(QString(text)
            .replace(u"weight = 50"_s, u"weight = 55"_s)
            .replace(u"weight = 30"_s, u"weight = 25"_s),
        {.number = 16,
         .revision = {},
         .time = now - Seconds(7'400),
         .cause = ConfigRevision::Cause::File,
         .who = u"file"_s,
         .why = {}});
    put(text,
        {.number = 17,
         .revision = {},
         .time = now - Seconds(2'000),
         .who = u"ada"_s,
         .why = u"OpenAI's new quota"_s});
}

QString FixtureConfig::revisionOf(const QString &text)
{
    const QByteArray hash = QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256);
    return QString::fromLatin1(hash.toHex().left(12));
}

void FixtureConfig::put(const QString &text, ConfigRevision revision)
{
    int added = 0;
    int removed = 0;
    for (const DiffHunk &hunk : diff(m_text, text)) {
        for (const DiffLine &line : hunk.lines) {
            added += line.kind == DiffLine::Kind::Added ? 1 : 0;
            removed += line.kind == DiffLine::Kind::Removed ? 1 : 0;
        }
    }
    const bool first = m_past.empty();
    revision.revision = revisionOf(text);
    revision.linesAdded = first ? 0 : added;
    revision.linesRemoved = removed;
    m_text = text;
    m_texts[revision.number] = text;
    m_past.insert(m_past.begin(), revision);
    Q_EMIT changed();
}

RunningConfig FixtureConfig::running() const
{
    return {.text = m_text,
            .revision = revisionOf(m_text),
            .number = m_past.front().number,
            .settings = check(m_text).settings,
            .whyFixed = m_fixed};
}

CheckedConfig FixtureConfig::check(const QString &text) const
{
    CheckedConfig checked;
    auto loaded = config::read(text.toStdString(), revisionOf(text).toStdString());
    if (!loaded) {
        for (const config::Fault &fault : loaded.error()) {
            checked.faults.push_back({.line = fault.line,
                                      .column = fault.column,
                                      .message = fromStd(fault.message),
                                      .path = {}});
        }
        return checked;
    }
    for (const routing::LintFinding &finding : routing::lint(loaded.value().configuration)) {
        checked.warnings.push_back({.route = fromStd(finding.route),
                                    .rule = fromStd(finding.rule),
                                    .message = fromStd(finding.message)});
    }
    checked.settings = std::make_shared<Configuration>(std::move(loaded.value().configuration));
    return checked;
}

EditedConfig FixtureConfig::edit(const QString &text, const RouteChange &change) const
{
    const std::string before = text.toStdString();
    const std::string route = change.route.toStdString();
    const auto result = !change.wanted  ? config::withoutRoute(before, route)
                        : route.empty() ? config::withNewRoute(before, *change.wanted)
                                        : config::withRoute(before, route, *change.wanted);
    return result ? EditedConfig{.text = fromStd(result.value()), .problem = {}}
                  : EditedConfig{.text = {}, .problem = fromStd(result.error())};
}

EditedConfig FixtureConfig::editCache(const QString &text, const CacheChange &change) const
{
    const auto mode = change.mode.isEmpty() ? std::nullopt
                                            : std::optional(change.mode.toStdString());
    const auto result = config::withCache(text.toStdString(),
                                          {.mode = mode, .threshold = change.threshold});
    return result ? EditedConfig{.text = fromStd(result.value()), .problem = {}}
                  : EditedConfig{.text = {}, .problem = fromStd(result.error())};
}

EditedConfig FixtureConfig::editPrices(const QString &text,
                                       const std::vector<PriceChange> &changes) const
{
    std::vector<config::PriceEdit> edits;
    for (const PriceChange &change : changes) {
        edits.push_back({.provider = change.provider.toStdString(),
                         .model = change.model.toStdString(),
                         .input = change.input.toStdString(),
                         .output = change.output.toStdString()});
    }
    const auto result = config::withPrices(text.toStdString(), edits);
    return result ? EditedConfig{.text = fromStd(result.value()), .problem = {}}
                  : EditedConfig{.text = {}, .problem = fromStd(result.error())};
}

ImportedConfig FixtureConfig::importFile(const QByteArray &file,
                                         const QString &name,
                                         const QString &text) const
{
    auto imported = config::importConfiguration(file.toStdString(),
                                                name.section(u'.', 0, 0).toStdString());
    ImportedConfig view;
    if (!imported) {
        for (const config::Fault &fault : imported.error()) {
            view.faults.push_back({.line = fault.line,
                                   .column = fault.column,
                                   .message = fromStd(fault.message),
                                   .path = {}});
        }
        return view;
    }
    const config::Imported added = config::fitted(std::move(*imported), *check(text).settings);
    view.format = QString::fromUtf8(config::toString(added.format));
    view.providers = fromStd(config::providersToml(added.providers));
    view.providerCount = static_cast<int>(added.providers.size());
    view.routes = added.routes;
    for (const config::ImportNote &note : added.notes) {
        view.notes.push_back({.kind = static_cast<ImportNote::Kind>(note.kind),
                              .line = note.line,
                              .path = fromStd(note.path),
                              .message = fromStd(note.message)});
    }
    return view;
}

std::vector<DiffHunk> FixtureConfig::diff(const QString &before, const QString &after) const
{
    std::vector<DiffHunk> hunks;
    for (const config::DiffHunk &from : config::diff(before.toStdString(), after.toStdString())) {
        DiffHunk hunk;
        for (const config::DiffLine &line : from) {
            hunk.lines.push_back({.kind = static_cast<DiffLine::Kind>(line.kind),
                                  .before = line.before,
                                  .after = line.after,
                                  .text = fromStd(line.text)});
        }
        hunks.push_back(std::move(hunk));
    }
    return hunks;
}

std::optional<AttemptBill> FixtureConfig::bill(const AttemptRecord &attempt, SystemTime) const
{
    if (!attempt.usage) {
        return std::nullopt;
    }
    AttemptBill bill;
    bill.lines = {{BillLine::Part::Input,
                   attempt.usage->promptTokens,
                   TokenPrice::fromPicosPerToken(3'000'000)},
                  {BillLine::Part::Output,
                   attempt.usage->completionTokens,
                   TokenPrice::fromPicosPerToken(15'000'000)}};
    CostSum sum;
    for (const BillLine &line : bill.lines) {
        sum.add(line.tokens, line.price);
    }
    bill.sum = sum.total();
    bill.model = QString::fromStdString(std::string(attempt.target.model()));
    bill.byOperator = true;
    return bill;
}

std::optional<Decision> FixtureConfig::decideAgain(const RequestRecord &record) const
{
    Decision again = record.decision;
    again.rule = "from the running configuration";
    std::ranges::reverse(again.candidates);
    return again;
}

std::vector<TextSpan> FixtureConfig::cjkSpans(const QString &text) const
{
    std::vector<TextSpan> spans;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (!isCjk(text[i].unicode())) {
            continue;
        }
        if (!spans.empty() && spans.back().from + spans.back().length == i) {
            ++spans.back().length;
        } else {
            spans.push_back({.from = i, .length = 1});
        }
    }
    return spans;
}

void FixtureConfig::answer(quint64 id, const ApplyOutcome &outcome)
{
    QTimer::singleShot(0, this, [this, id, outcome] { Q_EMIT applied(id, outcome); });
}

bool FixtureConfig::isConflict(quint64 id, const QString &base)
{
    if (base == revisionOf(m_text)) {
        return false;
    }
    answer(id,
           {.kind = ApplyOutcome::Kind::Conflict,
            .revision = revisionOf(m_text),
            .number = m_past.front().number,
            .theirs = m_text,
            .author = m_past.front().who,
            .time = m_past.front().time,
            .problem = u"Somebody was faster."_s});
    return true;
}

void FixtureConfig::apply(quint64 id,
                          const QString &text,
                          const QString &base,
                          const QString &why,
                          const ChangeOrigin &origin)
{
    m_origin = origin;
    if (isConflict(id, base)) {
        return;
    }
    if (!m_failure.isEmpty()) {
        return answer(id, {.kind = ApplyOutcome::Kind::Failed, .problem = m_failure});
    }
    const QString replaced = revisionOf(m_text);
    applyAs(u"console"_s, text, why);
    answer(id,
           {.kind = ApplyOutcome::Kind::Applied,
            .revision = revisionOf(m_text),
            .number = m_past.front().number,
            .replaced = replaced});
}

void FixtureConfig::applyAs(const QString &who, const QString &text, const QString &why)
{
    put(text,
        {.number = m_past.front().number + 1,
         .revision = {},
         .time = sceneStart(),
         .who = who,
         .why = why});
}

void FixtureConfig::applyToShare(quint64 id,
                                 const QString &text,
                                 const QString &base,
                                 const QString &why,
                                 const TrialTerms &terms,
                                 qint64 proposal)
{
    m_origin = {terms.expected, proposal};
    if (isConflict(id, base)) {
        return;
    }
    if (!m_failure.isEmpty()) {
        return answer(id, {.kind = ApplyOutcome::Kind::Failed, .problem = m_failure});
    }
    TrialView trial;
    trial.number = m_trial ? m_trial->number + 1 : 1;
    trial.revision = revisionOf(text).toStdString();
    trial.base = base.toStdString();
    trial.routes = {"chat-default"};
    trial.terms = terms;
    trial.began = sceneStart();
    trial.until = sceneStart() + terms.period;
    trial.who = "console";
    trial.why = why.toStdString();
    m_tried = text;
    setTrial(std::make_shared<const TrialView>(trial));
    answer(id,
           {.kind = ApplyOutcome::Kind::Applied,
            .revision = revisionOf(text),
            .trial = trial.number});
}

void FixtureConfig::endTrial(quint64 id, bool takeOver, const QString &why)
{
    if (m_failure.isEmpty()) {
        TrialView trial = *m_trial;
        trial.end = takeOver ? TrialEnd::TakenOver : TrialEnd::RolledBack;
        trial.ended = sceneStart();
        trial.endedBy = "console";
        if (takeOver) {
            applyAs(u"console"_s, m_tried, why);
            trial.applied = m_past.front().number;
        }
        setTrial(std::make_shared<const TrialView>(trial));
    }
    QTimer::singleShot(0, this, [this, id, problem = m_failure] {
        Q_EMIT trialEnded(id, problem);
    });
}

void FixtureConfig::setTrial(std::shared_ptr<const TrialView> trial)
{
    m_trial = std::move(trial);
    Q_EMIT trialChanged();
}

void FixtureConfig::askProposals(quint64 id)
{
    QTimer::singleShot(0, this, [this, id] {
        Q_EMIT proposalsArrived(id, m_proposals, m_failure);
    });
}

void FixtureConfig::refuseProposal(quint64 id, qint64 number, const QString &why)
{
    for (Proposal &proposal : m_proposals) {
        if (proposal.number == number && m_failure.isEmpty()) {
            proposal.state = Proposal::State::Refused;
            proposal.who = "console";
            proposal.why = why.toStdString();
        }
    }
    QTimer::singleShot(0, this, [this, id, problem = m_failure] {
        Q_EMIT proposalRefused(id, problem);
    });
}

void FixtureConfig::rollBack(quint64 id, qint64 number, const QString &base, const QString &why)
{
    if (isConflict(id, base)) {
        return;
    }
    const QString replaced = revisionOf(m_text);
    put(m_texts.at(number),
        {.number = m_past.front().number + 1,
         .revision = {},
         .time = sceneStart(),
         .cause = ConfigRevision::Cause::RolledBack,
         .restored = number,
         .who = u"console"_s,
         .why = why});
    answer(id,
           {.kind = ApplyOutcome::Kind::Applied,
            .revision = revisionOf(m_text),
            .number = m_past.front().number,
            .replaced = replaced});
}

void FixtureConfig::askRevisions(quint64 id)
{
    QTimer::singleShot(0, this, [this, id] {
        Q_EMIT truthArrived(m_truth);
        Q_EMIT revisionsArrived(id, m_past, {});
    });
}

void FixtureConfig::askRevision(quint64 id, qint64 number)
{
    QTimer::singleShot(0, this, [this, id, number] {
        const auto found = m_texts.find(number);
        const bool first = found == m_texts.begin();
        Q_EMIT revisionArrived(id,
                               found->second,
                               first ? std::vector<DiffHunk>()
                                     : diff(std::prev(found)->second, found->second),
                               {});
    });
}

void FixtureConfig::explain(quint64 id, const QByteArray &body, const QString &text)
{
    ++m_questions;
    const auto settings = text.isEmpty() ? running().settings : check(text).settings;
    const QJsonObject request = QJsonDocument::fromJson(body).object();
    const std::string name = request[u"model"_s].toString().toStdString();
    const RouteSettings *route = settings == nullptr ? nullptr : settings->route(name);
    auto record = std::make_shared<RequestRecord>();
    record->facts = factsOf(request);
    record->route = name;
    Decision &decision = record->decision;
    decision.route = name;
    decision.strategy = route == nullptr ? Strategy::Priority : route->strategy;
    for (std::size_t i = 0; route != nullptr && i < route->rules.size() && decision.rule.empty();
         ++i) {
        decision.trials.push_back(routing::tryRule(route->rules[i], record->facts));
        if (decision.trials.back().matched) {
            decision.rule = route->rules[i].name;
            addCandidates(decision, route->rules[i].targets, true);
        }
    }
    if (route != nullptr) {
        addCandidates(decision, route->targets, false);
    }
    record->rule = decision.rule;
    if (decision.rule.empty() && decision.strategy == Strategy::Weighted) {
        decision.draw = 0.31;
    }
    QTimer::singleShot(0, this, [this, id, record] {
        Q_EMIT explained(id, {.record = record, .problem = {}});
    });
}

QString FixtureConfig::textWith(const QString &before, const QString &after) const
{
    QString text = m_text;
    const qsizetype at = text.indexOf(before);
    return at < 0 ? text : text.replace(at, before.size(), after);
}

void FixtureConfig::setFixed(const QString &why)
{
    m_fixed = why;
    Q_EMIT changed();
}

} // namespace signalbox::ui
