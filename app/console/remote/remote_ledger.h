// SPDX-License-Identifier: GPL-3.0-or-later
// The past of a gateway on another machine, by the operators' HTTP.
#pragma once

#include "app/console/remote/remote_http.h"
#include "ui/ledger_source.h"

#include <QObject>

namespace signalbox::app {

/// Lives on the UI thread. A question that is taken back is looked up all the same, over there, but
/// not answered here. Bounds of latency are asked for in whole milliseconds, outwards.
class RemoteLedger
    : public QObject
    , public ui::LedgerSource
{
    Q_OBJECT

public:
    RemoteLedger(const QUrl &address, const QSslConfiguration &tls, Millis patience);
    ~RemoteLedger() override;

    void useToken(const Secret &token) { m_http.setToken(token); }

    [[nodiscard]] ui::Asked requests(const RequestFilter &filter,
                                     ui::LedgerThen<RequestPage> then) override;
    [[nodiscard]] ui::Asked request(const std::string &id,
                                    ui::LedgerThen<std::optional<RequestRecord>> then) override;
    [[nodiscard]] ui::Asked bodies(const std::string &id,
                                   ui::LedgerThen<std::optional<RequestBodies>> then) override;
    [[nodiscard]] ui::Asked histogram(const HistogramQuery &query,
                                      ui::LedgerThen<std::vector<HistogramBucket>> then) override;
    [[nodiscard]] ui::Asked costs(const CostQuery &query,
                                  ui::LedgerThen<std::vector<CostRow>> then) override;
    [[nodiscard]] ui::Asked costMatrix(SystemTime since,
                                       SystemTime until,
                                       ui::LedgerThen<std::vector<MatrixCell>> then) override;

private:
    template <typename T, typename Read>
    [[nodiscard]] ui::Asked ask(const QString &path,
                                const QUrlQuery &query,
                                ui::LedgerThen<T> then,
                                Read read);
    [[nodiscard]] QString problemIn(const RemoteAnswer &answer) const;

    QUrl m_address;
    RemoteHttp m_http;
};

} // namespace signalbox::app
