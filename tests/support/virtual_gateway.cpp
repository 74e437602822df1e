// SPDX-License-Identifier: Apache-2.0
#include "tests/support/virtual_gateway.h"

#include "tests/support/dummy_secrets.h"

#include "core/base/check.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <utility>

namespace signalbox::tests {

using namespace gateway;

namespace {

/// No scenario needs as many steps; one that does is running in a circle.
constexpr int kStepsMax = 100'000;

/// `0.1`, `30`: seconds with as many decimals as it takes.
std::string secondsText(Nanos time)
{
    const auto millis = std::chrono::duration_cast<Millis>(time).count();
    std::string text = std::to_string(millis / 1000);
    if (millis % 1000 != 0) {
        text += "." + std::to_string(1000 + millis % 1000).substr(1);
        text.erase(text.find_last_not_of('0') + 1);
    }
    return text;
}

std::string bodyOf(const Ask &ask)
{
    if (!ask.body.empty() || ask.method != "POST") {
        return ask.body;
    }
    std::string body = R"({"model":")" + ask.model + "\"";
    if (ask.stream) {
        body += R"(,"stream":true)";
    }
    if (ask.includeUsage) {
        body += R"(,"stream_options":{"include_usage":true})";
    }
    return body + R"(,"messages":[{"role":"user","content":"say hello"}]})";
}

std::vector<QByteArray> eventsOf(const std::string &bytes)
{
    std::vector<QByteArray> events;
    for (const QByteArray &line : QByteArray::fromStdString(bytes).split('\n')) {
        if (line.startsWith("data: ")) {
            events.push_back(line.mid(6));
        }
    }
    return events;
}

std::string codeIn(const QByteArray &json)
{
    const QJsonObject error =
        QJsonDocument::fromJson(json).object()[QLatin1String("error")].toObject();
    return error[QLatin1String("code")].toString().toStdString();
}

std::string originIn(const std::string &body)
{
    const QByteArray json = QByteArray::fromStdString(body);
    const QJsonObject error =
        QJsonDocument::fromJson(json).object()[QLatin1String("error")].toObject();
    return error[QLatin1String("origin")].toString().toStdString();
}

std::string messageText(const std::string &body)
{
    const QJsonObject answer = QJsonDocument::fromJson(QByteArray::fromStdString(body)).object();
    const QJsonObject choice = answer[QLatin1String("choices")].toArray().at(0).toObject();
    const QJsonObject message = choice[QLatin1String("message")].toObject();
    return message[QLatin1String("content")].toString().toStdString();
}

std::string outcomeText(const Reply &reply)
{
    if (reply.streamed) {
        const std::string code = errorCode(reply.bytes);
        const bool done = reply.bytes.ends_with("data: [DONE]\n\n");
        const std::string end = !code.empty() ? " " + code : done ? "" : " without an end";
        return "stream \"" + streamedText(reply.bytes) + "\"" + end;
    }
    return reply.status == 200 ? "\"" + messageText(reply.bytes) + "\""
                               : errorCode(reply.bytes) + " (" + originIn(reply.bytes) + ")";
}

std::string replyText(const Reply &reply)
{
    if (reply.status == 0) {
        return "nothing";
    }
    std::string text = std::to_string(reply.status) + " " + outcomeText(reply);
    for (const char *name : {"target", "attempts"}) {
        const std::string value = reply.header(std::string("x-signalbox-") + name);
        text += value.empty() ? "" : std::string(" ") + name + "=" + value;
    }
    const std::string retryAfter = reply.header("retry-after");
    return text + (retryAfter.empty() ? "" : " retry-after=" + retryAfter);
}

} // namespace

std::string streamedText(const std::string &bytes)
{
    std::string text;
    for (const QByteArray &event : eventsOf(bytes)) {
        const QJsonArray choices =
            QJsonDocument::fromJson(event).object()[QLatin1String("choices")].toArray();
        for (const auto &choice : choices) {
            const QJsonObject delta = choice.toObject()[QLatin1String("delta")].toObject();
            text += delta[QLatin1String("content")].toString().toStdString();
        }
    }
    return text;
}

std::string errorCode(const std::string &bytes)
{
    for (const QByteArray &event : eventsOf(bytes)) {
        if (event.contains("\"error\"")) {
            return codeIn(event);
        }
    }
    return codeIn(QByteArray::fromStdString(bytes));
}

std::string Reply::header(std::string_view name) const
{
    return std::string(headers.find(name).value_or(""));
}

VirtualGateway::VirtualGateway(const std::string &toml, std::uint64_t seed)
    : m_start{SteadyTime(Seconds(1000)), SystemTime(Seconds(1'767'614'400))} // 2026-01-05T12:00Z
    , m_now(m_start)
    , m_configuration(configurationOf(toml))
{
    GatewayOptions options;
    options.version = "test";
    options.seed = seed;
    options.stopwatch = [this] { return m_now.steady; };
    options.hourIn = [](SystemTime, const std::string &) { return 12; };
    options.dayEndIn = [](SystemTime time, const std::string &) {
        return SystemTime(std::chrono::floor<std::chrono::days>(time) + std::chrono::days(1));
    };
    m_gateway = std::make_unique<Gateway>(std::move(options),
                                          m_configuration,
                                          credentialsOf(*m_configuration),
                                          m_now);
    observe();
}

void VirtualGateway::script(std::string_view behaviours)
{
    const QByteArray text(behaviours.data(), static_cast<qsizetype>(behaviours.size()));
    for (const QByteArray &line : text.split(';')) {
        const qsizetype colon = line.indexOf(':');
        SB_CHECK(colon > 0);
        auto &list = m_script[TargetId(line.left(colon).trimmed().toStdString())];
        list.clear();
        for (const QByteArray &behaviour : line.mid(colon + 1).split(',')) {
            list.push_back(behaviour.trimmed().toStdString());
        }
    }
}

std::string VirtualGateway::nextBehaviour(const TargetId &target)
{
    auto &list = m_script[target];
    if (list.empty()) {
        return "200";
    }
    std::string first = std::move(list.front());
    list.erase(list.begin());
    return first;
}

ExchangeId VirtualGateway::ask(const Ask &ask)
{
    const ExchangeId id = ++m_lastExchange;
    m_replies[id] = {};
    Arrival arrival;
    arrival.head.method = ask.method;
    arrival.head.target = ask.path;
    arrival.head.path = ask.path;
    arrival.head.authority = ask.host;
    arrival.head.headers.add("host", ask.host);
    for (const auto &[name, value] : ask.headers) {
        arrival.head.headers.add(name, value);
    }
    arrival.body = bodyOf(ask);
    Actions actions;
    m_gateway->arrived(id, std::move(arrival), m_now, actions);
    take(std::move(actions));
    return id;
}

void VirtualGateway::leave(ExchangeId id)
{
    m_replies[id].gone = true;
    note(mark(id) + "client: leaves");
    Actions actions;
    m_gateway->clientGone(id, m_now, actions);
    take(std::move(actions));
}

void VirtualGateway::study(StudyId id, std::vector<std::string> texts)
{
    note("study");
    Actions actions;
    m_gateway->study(id, std::move(texts), m_now, actions);
    take(std::move(actions));
}

void VirtualGateway::setSlow(ExchangeId id, bool slow)
{
    note(mark(id) + (slow ? "client: stops reading" : "client: reads again"));
    m_gateway->clientSlow(id, slow, m_now);
}

void VirtualGateway::operate(Act act, const char *target, std::optional<Millis> duration)
{
    SB_CHECK(m_gateway->operate(act, TargetId(target), duration, "by hand", m_now));
    observe();
}

void VirtualGateway::reload(const std::string &toml)
{
    note("reload");
    m_configuration = configurationOf(toml);
    m_gateway->configure(m_configuration, credentialsOf(*m_configuration), m_now);
    observe();
}

void VirtualGateway::shutDown()
{
    note("shut down");
    Actions actions;
    m_gateway->shutDown(m_now, actions);
    take(std::move(actions));
}

void VirtualGateway::at(Millis time, std::function<void()> act)
{
    m_planned.emplace(m_start.steady + time, std::move(act));
}

std::optional<SteadyTime> VirtualGateway::nextTime() const
{
    auto next = m_gateway->nextDeadline();
    if (!m_planned.empty()) {
        next = std::min(next.value_or(SteadyTime::max()), m_planned.begin()->first);
    }
    return next;
}

/// The next thing to happen, if it is not after \p limit.
bool VirtualGateway::stepOnce(SteadyTime limit)
{
    const auto next = nextTime();
    if (!next || *next > limit) {
        return false;
    }
    advanceTo(*next);
    if (!m_planned.empty() && m_planned.begin()->first <= m_now.steady) {
        const auto act = std::move(m_planned.begin()->second);
        m_planned.erase(m_planned.begin());
        act();
        return true;
    }
    Actions actions;
    m_gateway->advance(m_now, actions);
    take(std::move(actions));
    return true;
}

void VirtualGateway::run()
{
    for (int i = 0; stepOnce(SteadyTime::max()); ++i) {
        SB_CHECK(i < kStepsMax);
    }
    const auto snapshot = m_gateway->snapshot(m_now);
    for (const telemetry::ProviderView &provider : snapshot->providers) {
        if (provider.inFlight != 0) {
            note("FAULT: " + provider.id + " still has " + std::to_string(provider.inFlight)
                 + " in flight");
        }
    }
    for (const auto &[id, reply] : m_replies) {
        if (!reply.finished) {
            note("FAULT: " + mark(id) + "never finished");
        }
    }
    for (const auto &[id, call] : m_open) {
        if (!call.over) {
            note("FAULT: a call of " + call.target.name() + " was left open");
        }
    }
    if (m_gateway->inFlight() != 0) {
        note("FAULT: exchanges are left");
    }
}

void VirtualGateway::runUntil(Millis time)
{
    const SteadyTime limit = m_start.steady + time;
    for (int i = 0; stepOnce(limit); ++i) {
        SB_CHECK(i < kStepsMax);
    }
    advanceTo(limit);
}

void VirtualGateway::advanceTo(SteadyTime time)
{
    // From the start: the system clock would lose a little with every step.
    m_now = m_start + (std::max(time, m_now.steady) - m_start.steady);
}

void VirtualGateway::deliver(AttemptId attempt, const UpstreamStep &step)
{
    Call &call = m_open.at(attempt);
    if (call.over && !m_late) {
        return;
    }
    if (const auto *bytes = std::get_if<Bytes>(&step.what)) {
        const std::size_t piece = m_cut ? 1 : std::max<std::size_t>(bytes->text.size(), 1);
        for (std::size_t i = 0; i < bytes->text.size() && (!call.over || m_late); i += piece) {
            const std::string copy = bytes->text.substr(i, piece);
            send(attempt, UpstreamBytes{copy});
        }
        return;
    }
    std::visit(
        [&](const auto &what) {
            if constexpr (!std::is_same_v<std::decay_t<decltype(what)>, Bytes>) {
                send(attempt, what);
            }
        },
        step.what);
}

void VirtualGateway::send(AttemptId attempt, const UpstreamEvent &event)
{
    Call &call = m_open.at(attempt);
    Actions actions;
    m_gateway->upstream(attempt, event, m_now, actions);
    const bool isEnd = std::holds_alternative<UpstreamEnd>(event)
                       || std::holds_alternative<UpstreamFailed>(event);
    const bool isClosed = std::ranges::any_of(actions, [attempt](const Action &action) {
        const auto *cancel = std::get_if<CancelUpstream>(&action);
        const auto *release = std::get_if<ReleaseUpstream>(&action);
        return (cancel != nullptr && cancel->attempt == attempt)
               || (release != nullptr && release->attempt == attempt);
    });
    if ((isEnd || isClosed) && !call.over) {
        call.over = true;
        note(mark(call.exchange) + call.target.name() + ": " + call.behaviour);
    }
    take(std::move(actions));
}

void VirtualGateway::take(Actions actions)
{
    const auto isClosing = [](const Action &action) {
        return std::holds_alternative<CancelUpstream>(action)
               || std::holds_alternative<ReleaseUpstream>(action);
    };
    std::stable_partition(actions.begin(), actions.end(), isClosing);
    const auto rest = std::ranges::find_if_not(actions, isClosing);
    const auto handle = [this](const Action &action) {
        std::visit([this](const auto &what) { onAction(what); }, action);
    };
    std::for_each(actions.begin(), rest, handle);
    observe();
    std::for_each(rest, actions.end(), handle);
}

void VirtualGateway::onAction(const CallUpstream &action)
{
    const TargetId target(action.provider->id, [&] {
        const QByteArray body = QByteArray::fromStdString(action.call.body);
        return QJsonDocument::fromJson(body)
            .object()[QLatin1String("model")]
            .toString(QStringLiteral("models")) // what a call without a body asks for
            .toStdString();
    }());
    Call call{action.exchange, target, nextBehaviour(target), false};
    const bool choice = action.provider->keys.size() > 1;
    note(mark(action.exchange) + target.name() + ": call"
         + (choice ? " with " + std::string(action.key.expose()) : ""));
    const bool stream = action.call.body.find(R"("stream":true)") != std::string::npos;
    const ScriptedAnswer answer = m_answering ? m_answering(action) : ScriptedAnswer{};
    for (const UpstreamStep &step :
         stepsOf(call.behaviour, action.provider->kind, stream, answer)) {
        m_planned.emplace(m_now.steady + step.after,
                          [this, id = action.attempt, step] { deliver(id, step); });
    }
    if (!m_open.emplace(action.attempt, std::move(call)).second) {
        note("FAULT: an attempt's number was used twice");
    }
    m_calls.push_back(action);
}

void VirtualGateway::onAction(const CancelUpstream &cancel)
{
    Call &call = m_open.at(cancel.attempt);
    if (!std::exchange(call.over, true)) {
        note(mark(call.exchange) + call.target.name() + ": cut off");
    }
}

void VirtualGateway::onAction(const ReleaseUpstream &release)
{
    m_open.at(release.attempt).over = true;
}

void VirtualGateway::picture(const std::string &url, PictureResult result, Millis after)
{
    m_pictures.insert_or_assign(url, std::pair(std::move(result), after));
}

void VirtualGateway::onAction(const FetchPicture &fetch)
{
    note(mark(fetch.exchange) + "fetch " + fetch.url + (fetch.allowPrivate ? " (or private)" : ""));
    const auto known = m_pictures.find(fetch.url);
    if (known == m_pictures.end()) {
        return;
    }
    const auto &[result, after] = known->second;
    m_planned.emplace(m_now.steady + after,
                      [this, result = result, exchange = fetch.exchange, number = fetch.number] {
                          Actions actions;
                          m_gateway->picture(exchange, number, result, m_now, actions);
                          take(std::move(actions));
                      });
}

void VirtualGateway::onAction(const CancelPictures &cancel)
{
    note(mark(cancel.exchange) + "pictures given up");
}

void VirtualGateway::onAction(const CompareQuestion &question)
{
    note(mark(question.exchange) + "compare");
    for (cache::IndexOrder &order : m_gateway->cache().takeIndexOrders()) {
        m_questions.carryOut(std::move(order));
    }
    m_questions.configure(question.settings);
    cache::AskedQuestion asked = cache::AskedQuestion::of(question.question);
    if (question.point) {
        asked.point = *question.point;
    }
    if (m_compareAfter) {
        m_planned.emplace(m_now.steady + *m_compareAfter,
                          [this,
                           exchange = question.exchange,
                           alike = m_questions.find(question.scope, asked)] {
                              Actions actions;
                              m_gateway->compared(exchange, alike, m_now, actions);
                              take(std::move(actions));
                          });
    }
}

void VirtualGateway::onAction(const Respond &respond)
{
    Reply &reply = m_replies.at(respond.exchange);
    if (reply.status != 0 || reply.finished) {
        note("FAULT: " + mark(respond.exchange) + "answered twice");
    }
    reply.status = respond.status;
    reply.headers = respond.headers;
    reply.bytes = respond.body;
    reply.streamed = respond.streamed;
    reply.ended = !respond.streamed;
}

void VirtualGateway::onAction(const SendBytes &send)
{
    Reply &reply = m_replies.at(send.exchange);
    if (!reply.streamed || reply.ended) {
        note("FAULT: " + mark(send.exchange) + "bytes outside of a stream");
    }
    reply.bytes += send.bytes;
}

void VirtualGateway::onAction(const EndStream &end)
{
    Reply &reply = m_replies.at(end.exchange);
    if (!reply.streamed || std::exchange(reply.ended, true)) {
        note("FAULT: " + mark(end.exchange) + "ended what was no stream");
    }
}

void VirtualGateway::onAction(const Finished &finished)
{
    if (finished.exchange == 0) {
        m_ownRecords.push_back(finished.record);
        return;
    }
    Reply &reply = m_replies.at(finished.exchange);
    if (std::exchange(reply.finished, true)) {
        note("FAULT: " + mark(finished.exchange) + "finished twice");
    }
    if (!reply.gone && !reply.ended) {
        note("FAULT: " + mark(finished.exchange) + "finished without a complete answer");
    }
    reply.record = finished.record;
    if (!reply.gone) {
        note(mark(finished.exchange) + "client: " + replyText(reply));
    }
}

const RequestRecord &VirtualGateway::record(ExchangeId id) const
{
    SB_CHECK(m_replies.at(id).record != nullptr);
    return *m_replies.at(id).record;
}

void VirtualGateway::observe()
{
    const auto snapshot = m_gateway->snapshot(m_now);
    for (const telemetry::ProviderView &provider : snapshot->providers) {
        for (const telemetry::TargetView &target : provider.targets) {
            observeTarget(target);
        }
        observeKeys(provider);
    }
}

void VirtualGateway::observeTarget(const telemetry::TargetView &target)
{
    Seen &seen = m_seen[target.target];
    const std::string name = target.target.name() + ": ";
    const telemetry::BreakerView &is = target.breaker;
    if (is.state != seen.breaker.state) {
        note(name + std::string(telemetry::toString(is.state)));
    } else if (is.failures != seen.breaker.failures
               && is.state == telemetry::BreakerState::Closed) {
        note(name + "failures " + std::to_string(is.failures));
    }
    if (is.forced != seen.breaker.forced) {
        using enum telemetry::ForcedState;
        note(name
             + (is.forced == None   ? "not forced"
                : is.forced == Open ? "forced open"
                                    : "held"));
    }
    if (is.drained != seen.breaker.drained) {
        note(name + (is.drained ? "drained" : "undrained"));
    }
    if (target.misconfigured && !seen.misconfigured) {
        note(name + "misconfigured");
    }
    seen = {is, target.misconfigured};
}

void VirtualGateway::observeKeys(const telemetry::ProviderView &provider)
{
    for (const telemetry::KeyView &key : provider.keys) {
        std::string state;
        if (key.disabled) {
            state = " disabled, " + key.reason;
        } else if (key.coolsUntil) {
            const auto left = std::chrono::duration_cast<Nanos>(*key.coolsUntil - m_now.system);
            state = " cools until " + secondsText(left + (m_now.steady - m_start.steady)) + ", "
                    + key.reason;
        }
        std::string &seen = m_seenKeys[provider.id + " " + key.name];
        if (state != seen && !state.empty()) {
            note(key.name + state);
        }
        seen = state;
    }
}

void VirtualGateway::note(const std::string &line)
{
    const bool moved = m_loggedAt != m_now.steady;
    m_loggedAt = m_now.steady;
    m_log.push_back((moved ? "t=" + secondsText(m_now.steady - m_start.steady) + " " : "") + line);
}

std::string VirtualGateway::mark(ExchangeId id) const
{
    return id == 0 ? "own " : id == 1 ? "" : "#" + std::to_string(id) + " ";
}

std::string VirtualGateway::log() const
{
    std::string text;
    for (const std::string &line : m_log) {
        text += (text.empty() ? "" : " · ") + line;
    }
    return text;
}

} // namespace signalbox::tests
