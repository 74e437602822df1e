// SPDX-License-Identifier: GPL-3.0-or-later
// A gateway on another machine that says what a test wants it to say.
#pragma once

#include "tests/ui/support/fixture_source.h"

#include <functional>
#include <string>
#include <vector>

namespace signalbox::ui {

/// The fixture's afternoon, as if it came over a line.
class FarFixture : public FixtureSource
{
public:
    FarFixture()
    {
        m_connection = {.state = Connection::State::Connected,
                        .address = QStringLiteral("https://gateway.example:8787"),
                        .person = QStringLiteral("ann"),
                        .version = QStringLiteral("1.2.3"),
                        .tokenPlace = QStringLiteral("from the keychain"),
                        .canKeep = true};
    }
    [[nodiscard]] Connection connection() const override { return m_connection; }
    [[nodiscard]] QString whyNoCommands() const override { return m_why; }
    void retry() override { ++retries; }
    void useToken(const Secret &token, bool keep) override
    {
        token.isEmpty() ? tokens.clear() : tokens.push_back(std::string(token.expose()));
        kept = keep;
    }

    void change(const std::function<void(Connection &)> &how, const QString &why = {})
    {
        how(m_connection);
        m_why = why;
        Q_EMIT connectionChanged();
    }

    int retries = 0;
    std::vector<std::string> tokens;
    bool kept = false;

private:
    Connection m_connection;
    QString m_why;
};

} // namespace signalbox::ui
