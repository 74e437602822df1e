// SPDX-License-Identifier: Apache-2.0
#include "tests/support/node_client.h"

#include <QTest>

using namespace signalbox::tests;

/// *Goal*: the AI SDK with its provider for OpenAI-compatible hosts works against the gateway without a
/// change, whoever answers. *Method*: as for OpenAI's client.
class TestAiClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyKindOfProviderServesIt();

private:
    const NodeClient m_client{"ai_client", {"kinds.test.mjs"}};
};

void TestAiClient::initTestCase()
{
    if (const std::string obstacle = m_client.prepare(); !obstacle.empty()) {
        QSKIP(obstacle.c_str());
    }
}

void TestAiClient::everyKindOfProviderServesIt()
{
    const KindsWorld world;
    const std::string wrong = m_client.failureOf("kinds.test.mjs", world.simulator, world.daemon);
    QVERIFY2(wrong.empty(), wrong.c_str());
}

QTEST_GUILESS_MAIN(TestAiClient)
#include "tst_ai_client.moc"
