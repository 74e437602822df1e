// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/reasons.h"

#include "ui/text/numbers.h"

#include <QCoreApplication>
#include <QStringList>

#include <vector>

using namespace Qt::StringLiterals;

namespace signalbox::ui::text {

namespace {

struct Reasons
{
    Q_DECLARE_TR_FUNCTIONS(Reasons)
};

struct Run
{
    QString word;
    int length = 0;
};

/// Outcomes in their order, equal neighbours joined. Empty when a word is not an outcome.
std::vector<Run> runsOf(const QString &list)
{
    std::vector<Run> runs;
    const QStringList names = list.split(u',', Qt::SkipEmptyParts);
    for (const QString &name : names) {
        const auto outcome = outcomeFromString(name.trimmed().toStdString());
        if (!outcome) {
            return {};
        }
        const QString word = outcomeWord(*outcome);
        if (runs.empty() || runs.back().word != word) {
            runs.push_back(Run{.word = word});
        }
        ++runs.back().length;
    }
    return runs;
}

QString forcedHeadline(const telemetry::BreakerView &breaker)
{
    const QString calculated = breakerStateWord(breaker.state).toLower();
    return breaker.forced == telemetry::ForcedState::Open
               ? Reasons::tr("Forced open (would be %1)").arg(calculated)
               : Reasons::tr("Forced closed (would be %1)").arg(calculated);
}

QString calculatedHeadline(const telemetry::BreakerView &breaker, SystemTime now)
{
    switch (breaker.state) {
    case telemetry::BreakerState::Closed:
        return Reasons::tr("Closed");
    case telemetry::BreakerState::HalfOpen:
        return breaker.probesOut == 0
                   ? Reasons::tr("Half-open, waiting for a probe")
                   : Reasons::tr("Half-open, %n probe(s) in flight", nullptr, breaker.probesOut);
    case telemetry::BreakerState::Open:
        if (breaker.retryAt) {
            return Reasons::tr("Open, retry in %1").arg(countdown(*breaker.retryAt - now));
        }
        return Reasons::tr("Open");
    }
    return {};
}

struct FailureRun
{
    int count = 0;
    QString words; ///< empty: the cause is another
};

/// `server_error, server_error in 41 s`
FailureRun failureRun(const QString &raw)
{
    const qsizetype cut = raw.lastIndexOf(" in "_L1);
    FailureRun failed;
    QStringList words;
    for (const Run &run : runsOf(cut < 0 ? raw : raw.left(cut))) {
        words << (run.length > 1 ? u"%1 ×%2"_s.arg(run.word).arg(run.length) : run.word);
        failed.count += run.length;
    }
    failed.words = words.join(Reasons::tr(", ", "between kinds of failures"));
    if (cut >= 0 && !words.isEmpty()) {
        failed.words = Reasons::tr("%1 in %2").arg(failed.words, raw.mid(cut + 4));
    }
    return failed;
}

/// The gateway's other words for a change, those of an operator as they stand.
QString knownCause(const QString &raw)
{
    const qsizetype colon = raw.indexOf(": "_L1);
    const QString what = colon < 0 ? raw : raw.left(colon);
    const QString rest = colon < 0 ? QString() : raw.mid(colon + 2);
    if (what == "probe failed"_L1) {
        return Reasons::tr("Probe failed: %1").arg(failureRun(rest).words);
    }
    const QList<std::pair<QLatin1StringView, QString>> known{
        {"probe succeeded"_L1, Reasons::tr("Probe succeeded")},
        {"time to probe"_L1, Reasons::tr("Time to probe")},
        {"the force expired"_L1, Reasons::tr("The force expired")},
        {"tripped"_L1, Reasons::tr("Tripped")},
        {"held"_L1, Reasons::tr("Held closed")},
        {"reset"_L1, Reasons::tr("Reset")},
        {"drained"_L1, Reasons::tr("Drained")},
        {"undrained"_L1, Reasons::tr("Undrained")},
    };
    for (const auto &[word, text] : known) {
        if (what == word) {
            return rest.isEmpty() ? text : u"%1: %2"_s.arg(text, rest);
        }
    }
    return raw;
}

/// English has no catalogue of its own, so `%n thing(s)` is settled here.
QString withPlural(QString text, int n)
{
    return text.replace("(s)"_L1, n == 1 ? ""_L1 : "s"_L1);
}

} // namespace

QString outcomeWord(OutcomeClass outcome)
{
    switch (outcome) {
    case OutcomeClass::Success:
        return Reasons::tr("ok");
    case OutcomeClass::ServerError:
        return Reasons::tr("server error");
    case OutcomeClass::Overloaded:
        return Reasons::tr("overloaded");
    case OutcomeClass::ConnectionRefused:
        return Reasons::tr("connection refused");
    case OutcomeClass::DnsFailure:
        return Reasons::tr("name not found");
    case OutcomeClass::TlsFailure:
        return Reasons::tr("TLS failure");
    case OutcomeClass::ConnectionReset:
        return Reasons::tr("connection reset");
    case OutcomeClass::Unparseable:
        return Reasons::tr("unreadable answer");
    case OutcomeClass::EmptyAnswer:
        return Reasons::tr("empty answer");
    case OutcomeClass::StreamBroken:
        return Reasons::tr("stream cut off");
    case OutcomeClass::ConnectTimeout:
        return Reasons::tr("connect timeout");
    case OutcomeClass::FirstTokenTimeout:
        return Reasons::tr("no first token");
    case OutcomeClass::IdleTimeout:
        return Reasons::tr("stream stalled");
    case OutcomeClass::TotalTimeout:
        return Reasons::tr("took too long");
    case OutcomeClass::RateLimited:
        return Reasons::tr("rate limited");
    case OutcomeClass::AuthFailed:
        return Reasons::tr("key refused");
    case OutcomeClass::BillingRefused:
        return Reasons::tr("billing refused");
    case OutcomeClass::ModelNotFound:
        return Reasons::tr("model not found");
    case OutcomeClass::InvalidRequest:
        return Reasons::tr("invalid request");
    case OutcomeClass::ContextTooLong:
        return Reasons::tr("context too long");
    case OutcomeClass::ContentRefused:
        return Reasons::tr("content refused");
    case OutcomeClass::ClientGone:
        return Reasons::tr("client left");
    case OutcomeClass::DeadlineReached:
        return Reasons::tr("deadline reached");
    case OutcomeClass::ShutDown:
        return Reasons::tr("shut down");
    case OutcomeClass::Outrun:
        return Reasons::tr("outrun");
    }
    return {};
}

QString outcomeSentence(OutcomeClass outcome)
{
    switch (outcome) {
    case OutcomeClass::Success:
        return Reasons::tr("The provider answered completely.");
    case OutcomeClass::ServerError:
        return Reasons::tr("The provider answered with a server error (5xx).");
    case OutcomeClass::Overloaded:
        return Reasons::tr("The provider said that it is overloaded.");
    case OutcomeClass::ConnectionRefused:
        return Reasons::tr("The provider's server refused the connection.");
    case OutcomeClass::DnsFailure:
        return Reasons::tr("The provider's host name could not be resolved.");
    case OutcomeClass::TlsFailure:
        return Reasons::tr("No secure connection to the provider could be made.");
    case OutcomeClass::ConnectionReset:
        return Reasons::tr("The provider broke the connection off.");
    case OutcomeClass::Unparseable:
        return Reasons::tr("The provider's answer could not be read.");
    case OutcomeClass::EmptyAnswer:
        return Reasons::tr("The provider answered without any content.");
    case OutcomeClass::StreamBroken:
        return Reasons::tr("The provider's stream ended before its end mark.");
    case OutcomeClass::ConnectTimeout:
        return Reasons::tr("The provider could not be connected to in time.");
    case OutcomeClass::FirstTokenTimeout:
        return Reasons::tr("The provider sent no first token in time.");
    case OutcomeClass::IdleTimeout:
        return Reasons::tr("The provider's stream fell silent for too long.");
    case OutcomeClass::TotalTimeout:
        return Reasons::tr("The attempt took longer than it may.");
    case OutcomeClass::RateLimited:
        return Reasons::tr("The provider's rate limit was reached.");
    case OutcomeClass::AuthFailed:
        return Reasons::tr("The provider did not accept our key.");
    case OutcomeClass::BillingRefused:
        return Reasons::tr("The provider refused for billing reasons.");
    case OutcomeClass::ModelNotFound:
        return Reasons::tr("The provider does not know this model.");
    case OutcomeClass::InvalidRequest:
        return Reasons::tr("The provider found the request itself invalid.");
    case OutcomeClass::ContextTooLong:
        return Reasons::tr("The request is longer than the model's context.");
    case OutcomeClass::ContentRefused:
        return Reasons::tr("The provider refused the request's content.");
    case OutcomeClass::ClientGone:
        return Reasons::tr("The client left before the answer was complete.");
    case OutcomeClass::DeadlineReached:
        return Reasons::tr("The request's own deadline came first.");
    case OutcomeClass::ShutDown:
        return Reasons::tr("The gateway was stopped.");
    case OutcomeClass::Outrun:
        return Reasons::tr("Another target, asked beside it, answered first.");
    }
    return {};
}

QString vetoSentence(Veto veto)
{
    switch (veto) {
    case Veto::None:
        return Reasons::tr("May be tried.");
    case Veto::BreakerOpen:
        return Reasons::tr("Its breaker is open.");
    case Veto::ForcedOpen:
        return Reasons::tr("An operator has forced its breaker open.");
    case Veto::Drained:
        return Reasons::tr("An operator is draining it.");
    case Veto::MissingFeature:
        return Reasons::tr("It lacks a feature that the request needs.");
    case Veto::NoUsableKey:
        return Reasons::tr("None of its keys can be used now.");
    case Veto::RateLimited:
        return Reasons::tr("Our own limit for its provider is reached.");
    case Veto::ProviderDisabled:
        return Reasons::tr("Its provider's secret could not be read.");
    case Veto::NotPinned:
        return Reasons::tr("The request asked for another target by name.");
    case Veto::NotServable:
        return Reasons::tr("Its provider's format cannot carry this request.");
    case Veto::BudgetExhausted:
        return Reasons::tr("A budget for the day does not reach for it.");
    case Veto::TooSlow:
        return Reasons::tr("It is much slower than the others and stands aside for a while.");
    }
    return {};
}

QString breakerStateWord(telemetry::BreakerState state)
{
    switch (state) {
    case telemetry::BreakerState::Closed:
        return Reasons::tr("Closed");
    case telemetry::BreakerState::HalfOpen:
        return Reasons::tr("Half-open");
    case telemetry::BreakerState::Open:
        return Reasons::tr("Open");
    }
    return {};
}

QString changeText(const telemetry::BreakerTransition &change)
{
    const QString from = breakerStateWord(change.from);
    switch (change.forced) {
    case telemetry::ForcedState::Open:
        return Reasons::tr("%1 → Forced open").arg(from);
    case telemetry::ForcedState::Closed:
        return Reasons::tr("%1 → Forced closed").arg(from);
    case telemetry::ForcedState::None:
        return QStringLiteral("%1 → %2").arg(from, breakerStateWord(change.to));
    }
    return {};
}

QString breakerHeadline(const telemetry::BreakerView &breaker, int inFlight, SystemTime now)
{
    if (breaker.forced != telemetry::ForcedState::None) {
        return forcedHeadline(breaker);
    }
    if (breaker.drained) {
        return inFlight == 0 ? Reasons::tr("Drained, nothing in flight")
                             : Reasons::tr("Drained, %1 in flight").arg(count(inFlight));
    }
    return withPlural(calculatedHeadline(breaker, now), breaker.probesOut);
}

QString breakerCause(std::string_view cause)
{
    const QString raw = QString::fromUtf8(cause.data(), qsizetype(cause.size()));
    const FailureRun failed = failureRun(raw);
    return failed.words.isEmpty() ? knownCause(raw) : failed.words;
}

QString changeCause(const telemetry::BreakerTransition &change)
{
    const QString raw = QString::fromUtf8(change.cause.data(), qsizetype(change.cause.size()));
    const FailureRun failed = failureRun(raw);
    return failed.words.isEmpty()
               ? knownCause(raw)
               : Reasons::tr("%1 in a row: %2", "failures").arg(failed.count).arg(failed.words);
}

} // namespace signalbox::ui::text
