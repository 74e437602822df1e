// SPDX-License-Identifier: GPL-3.0-or-later
// Two simulated providers, a gateway, and the console's line to it: what the playground is tried with.
#pragma once

#include "app/console/gateway_source.h"
#include "app/console/playground_line.h"
#include "tests/bench/cpu_time.h"
#include "tests/support/gateway_under_test.h"

#include "core/runtime/gateway_thread.h"
#include "core/runtime/ledger/ledger_reader.h"
#include "core/runtime/secret_store.h"
#include "core/runtime/service.h"

#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <memory>
#include <string>

namespace signalbox::app {

using bench::threadMs;

inline constexpr int kPatienceMs = 20'000;
inline const std::string kToken = "operator-token-0123456789";
inline const std::string kViewerToken = "viewer-token-9876543210";

inline std::string playgroundConfiguration(const tests::RunningSimulator &simulator,
                                           bool withClients)
{
    std::string text = "[[operator]]\nid = \"ann\"\ntoken = \"env:PG_TOKEN\"\nrole = \"operator\"\n"
                       "[[operator]]\nid = \"eve\"\ntoken = \"env:PG_VIEWER\"\nrole = \"viewer\"\n";
    if (withClients) {
        text += "[[client]]\nid = \"bot\"\nkey = \"env:PG_BOT\"\nroutes = [\"r\"]\n";
    }
    for (const std::string id : {"a", "b"}) {
        text += "[[provider]]\nid = \"" + id + "\"\nkind = \"openai-compatible\"\nbase_url = \""
                + simulator.baseUrl(id)
                + "\"\nbreaker = { failures = 1000 }\n[[provider.model]]\nname = \"m\"\n"
                  "price = { input = 2, output = 8 }\nmax_output = 1000\n"
                  "[[provider.model]]\nname = \"free\"\n";
    }
    return text
           + "[[route]]\nname = \"r\"\nstrategy = \"priority\"\n"
             "targets = [{ target = \"a/m\" }, { target = \"b/m\" }]\n";
}

/// Two providers, a gateway on a thread of its own, and the console's line to it.
struct House
{
    explicit House(int tokensPerSecond = 0, int outputTokens = 12, bool withClients = true)
        : simulator(tests::scenarioOf({{.id = "a",
                                        .models = R"(["m", "free"])",
                                        .tokensPerSecond = tokensPerSecond,
                                        .outputTokens = outputTokens,
                                        .more = "output_tokens_max = 100000\n"},
                                       {.id = "b",
                                        .models = R"(["m", "free"])",
                                        .tokensPerSecond = tokensPerSecond,
                                        .outputTokens = outputTokens,
                                        .more = "output_tokens_max = 100000\n"}}))
    {
        qputenv("PG_TOKEN", kToken.c_str());
        qputenv("PG_VIEWER", kViewerToken.c_str());
        qputenv("PG_BOT", "bot-key-0123456789");
        auto ready = runtime::readConfigurationText(playgroundConfiguration(simulator, withClients),
                                                    "test.toml",
                                                    secrets);
        if (!ready) {
            qFatal("%s", ready.error().front().c_str());
        }
        runtime::ServiceOptions options;
        options.stateDir = folder.path().toStdString();
        options.listen = "127.0.0.1:0";
        options.version = "1.2.3";
        options.consoleKey = key;
        service = std::move(
            *runtime::Service::create(std::move(options), std::move(*ready), secrets));
        (void)service->listen();
        source = std::make_unique<GatewaySource>(*service);
        line = std::make_unique<PlaygroundLine>([this] { return url(); }, key);
        thread = std::make_unique<runtime::GatewayThread>(*service);
    }

    [[nodiscard]] QUrl url() const { return QUrl(QString::fromStdString(service->url())); }
    [[nodiscard]] int aborted(const std::string &provider) const
    {
        return simulator.provider(provider)["aborted"].get<int>();
    }
    /// The ledger's records of the console, by id, as soon as there are \p count.
    [[nodiscard]] std::map<std::string, RequestRecord> ledger(std::size_t count) const
    {
        std::map<std::string, RequestRecord> records;
        (void)QTest::qWaitFor(
            [&] {
                auto reader = runtime::LedgerReader::open(
                    runtime::ledgerPath(folder.path().toStdString()));
                RequestFilter filter;
                filter.client = "playground";
                filter.limit = 1'000;
                const auto page = reader->requests(filter);
                for (const RequestRecord &record : page->requests) {
                    records[record.id] = record;
                }
                return records.size() >= count;
            },
            kPatienceMs);
        return records;
    }

    tests::RunningSimulator simulator;
    QTemporaryDir folder;
    runtime::SystemSecretStore secrets;
    Secret key = makeConsoleKey();
    std::unique_ptr<runtime::Service> service;
    std::unique_ptr<GatewaySource> source;
    std::unique_ptr<PlaygroundLine> line;
    std::unique_ptr<runtime::GatewayThread> thread; // ends first
};

} // namespace signalbox::app
