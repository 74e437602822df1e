// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/fixture_playground.h"

#include "tests/ui/support/fixture_scene.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

QString modelIn(const QByteArray &body)
{
    return QJsonDocument::fromJson(body).object().value(u"model"_s).toString();
}

} // namespace

QString FixturePlayground::address() const
{
    return u"http://127.0.0.1:8787"_s;
}

void FixturePlayground::ask(const PlaygroundQuestion &question)
{
    if (!m_clock.isValid()) {
        m_clock.start();
    }
    m_asked.push_back(question);
    m_askedAtMs.push_back(m_clock.elapsed());
    m_spoken.push_back(false);
}

void FixturePlayground::stop(quint64 run)
{
    m_stopped.push_back(run);
    Q_EMIT ended({.run = run, .stopped = true, .attempts = 1, .totalMs = 400});
}

void FixturePlayground::count(quint64 id, const QByteArray &body)
{
    ++m_counts;
    const bool priced = !modelIn(body).endsWith(u"/free"_s);
    QTimer::singleShot(0, this, [this, id, priced] {
        PlaygroundCount count{.tokens = 21, .exact = true};
        if (priced) {
            count.ceiling = Money::fromDecimal("0.0031");
        }
        Q_EMIT counted(id, count);
    });
}

QString FixturePlayground::modelOf(std::size_t question) const
{
    return modelIn(m_asked.at(question).body);
}

void FixturePlayground::setWhyNot(const QString &why)
{
    m_whyNot = why;
    Q_EMIT changed();
}

void FixturePlayground::say(std::size_t question, const QString &text, const QString &reasoning)
{
    tell(question, {.text = text, .reasoning = reasoning});
}

void FixturePlayground::tell(std::size_t question, PlaygroundPiece told)
{
    told.run = m_asked.at(question).run;
    if (!m_spoken[question]) {
        told.id = u"01TEST%1"_s.arg(question);
        told.target = modelOf(question).contains(u'/') ? modelOf(question) : u"openai/gpt-4.1"_s;
        told.firstTokenMs = 310 + 100.0 * static_cast<double>(question);
        m_spoken[question] = true;
    }
    Q_EMIT piece(told);
}

void FixturePlayground::end(std::size_t question, const QString &reason)
{
    Usage usage;
    usage.promptTokens = 21;
    usage.completionTokens = 128;
    Q_EMIT ended({.run = m_asked.at(question).run,
                  .finishReason = reason,
                  .usage = usage,
                  .attempts = 1,
                  .totalMs = 2'110 + 100.0 * static_cast<double>(question)});
}

void FixturePlayground::fail(std::size_t question, PlaygroundFailure failure)
{
    Q_EMIT ended({.run = m_asked.at(question).run,
                  .failure = std::move(failure),
                  .attempts = 1,
                  .totalMs = 540});
}

std::shared_ptr<RequestRecord> FixturePlayground::record(std::size_t question) const
{
    auto record = std::make_shared<RequestRecord>();
    const auto nth = static_cast<std::int64_t>(question);
    record->id = "01TEST" + std::to_string(question);
    record->clientRequestId = m_asked.at(question).requestId.toStdString();
    record->client = "playground";
    record->arrived = sceneStart();
    record->operation = "chat";
    record->modelAsked = modelOf(question).toStdString();
    // A route leads to the first of its targets.
    record->target = record->modelAsked.find('/') == std::string::npos
                         ? TargetId("openai", "gpt-4.1")
                         : TargetId(record->modelAsked);
    record->stream = true;
    record->status = 200;
    record->firstToken = Micros(304'217 + 90'000 * nth);
    record->total = Micros(2'104'911 + 150'000 * nth);
    record->usage.promptTokens = 23;
    record->usage.completionTokens = 131 + 10 * nth;
    record->cost = {Money::fromNanos(1'094'000 + 1'200'000 * nth), false};
    AttemptRecord attempt;
    attempt.target = record->target;
    record->attempts.push_back(attempt);
    return record;
}

} // namespace signalbox::ui
