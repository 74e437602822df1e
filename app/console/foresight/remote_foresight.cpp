// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/foresight/remote_foresight.h"

#include "app/console/remote/remote_verdict.h"

#include "core/runtime/ledger/json_fields.h"
#include "core/runtime/replay/foresight_json.h"

#include <QTimer>

using namespace Qt::StringLiterals;

namespace signalbox::app {

namespace {

constexpr int kNotFound = 404;

} // namespace

RemoteForesight::RemoteForesight(const QUrl &address, const QSslConfiguration &tls)
    : m_address(address)
    , m_http(address, tls, kPatience, this)
{}

RemoteForesight::~RemoteForesight()
{
    m_http.abortAll();
}

void RemoteForesight::cancel()
{
    m_http.abortAll();
}

void RemoteForesight::ask(quint64 id, const ui::ForesightQuestion &question)
{
    cancel();
    if (!question.recording.isEmpty()) {
        QTimer::singleShot(0, this, [this, id] {
            Q_EMIT answered(id,
                            {nullptr,
                             tr("A recording is previewed by a console of its own: signalbox "
                                "--open FILE")});
        });
        return;
    }
    const runtime::Json body{{"config", question.draft.toStdString()},
                             {"period_s", question.period.count()},
                             {"sample", question.sample}};
    m_http.post(u"replay"_s,
                QByteArray::fromStdString(body.dump()),
                [this, id](const RemoteAnswer &answer) { take(id, answer); });
}

void RemoteForesight::take(quint64 id, const RemoteAnswer &answer)
{
    ui::ForesightAnswer told;
    const auto json = answer.status == 200 ? runtime::parseJson(
                          {answer.body.constData(), static_cast<std::size_t>(answer.body.size())})
                                           : std::nullopt;
    if (json) {
        told.foresight = std::make_shared<const Foresight>(runtime::foresightFrom(*json));
    } else if (answer.status == kNotFound) {
        told.problem = tr("The gateway is too old to preview changes.");
    } else {
        const auto trouble = troubleIn(answer, m_address);
        told.problem = trouble ? trouble->words : tr("The gateway's answer cannot be read.");
    }
    Q_EMIT answered(id, told);
}

} // namespace signalbox::app
