// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/alert_rules.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

struct Alerts
{
    Q_DECLARE_TR_FUNCTIONS(Alerts)
};

constexpr std::array<AlertShape, kAlertKindCount> kShapes{{
    {.name = "breakers", .standard = {}},
    {.name = "breakersLong", .standard = {.limit = 5}, .least = 1, .most = 24 * 60, .lasts = false},
    {.name = "routes", .standard = {}},
    {.name = "silence", .standard = {.limit = 30}, .least = 5, .most = 3600, .lasts = false},
    {.name = "errors", .standard = {.limit = 5, .holdSeconds = 60}, .most = 100, .decimals = 1},
    {.name = "latency",
     .standard = {.limit = 2, .holdSeconds = 300},
     .least = 1.1,
     .most = 100,
     .decimals = 1},
    {.name = "cost",
     .standard = {.on = false, .limit = 10, .holdSeconds = 60},
     .most = 100'000,
     .decimals = 2},
    {.name = "budget", .standard = {.limit = 100, .holdSeconds = 300}, .least = 1, .most = 1000},
}};

bool isThisMachine(const QString &host)
{
    static const QRegularExpression loopback(u"^127(\\.\\d{1,3}){3}$"_s);
    return host == u"localhost"_s || host == u"::1"_s || loopback.match(host).hasMatch();
}

} // namespace

const AlertShape &shapeOf(AlertKind kind)
{
    return kShapes[static_cast<std::size_t>(kind)];
}

AlertRules::AlertRules()
    : rules()
{
    for (std::size_t i = 0; i < kShapes.size(); ++i) {
        rules[i] = kShapes[i].standard;
    }
}

bool isQuiet(const AlertTelling &telling, int minute)
{
    if (!telling.quiet || telling.quietFrom == telling.quietTo) {
        return false;
    }
    return telling.quietFrom < telling.quietTo
               ? minute >= telling.quietFrom && minute < telling.quietTo
               : minute >= telling.quietFrom || minute < telling.quietTo;
}

QString whyNoHook(const QString &url)
{
    const QUrl parsed(url, QUrl::StrictMode);
    if (!parsed.isValid() || parsed.host().isEmpty()) {
        return Alerts::tr("This is no address: it begins with https:// and a host.");
    }
    if (!parsed.userInfo().isEmpty()) {
        return Alerts::tr("A password must not stand in the address: name a secret below.");
    }
    if (parsed.scheme() == u"https"_s
        || (parsed.scheme() == u"http"_s && isThisMachine(parsed.host()))) {
        return {};
    }
    return Alerts::tr("It has to be https; http is for this machine only.");
}

QString whyNoSecret(const QString &reference)
{
    static const QRegularExpression named(u"^(env|keychain|vault|session):\\S+$|^file:/.+$"_s);
    if (reference.isEmpty() || named.match(reference).hasMatch()) {
        return {};
    }
    return Alerts::tr("Name where the secret is kept: env:NAME, file:/PATH or keychain:NAME. "
                      "The secret itself does not belong here.");
}

QString whyNoHeader(const QString &name)
{
    static const QRegularExpression token(u"^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"_s);
    return token.match(name).hasMatch() ? QString()
                                        : Alerts::tr("“%1” is no name of a header.").arg(name);
}

} // namespace signalbox::ui
