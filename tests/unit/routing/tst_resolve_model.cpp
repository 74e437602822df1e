// SPDX-License-Identifier: Apache-2.0
#include "core/routing/resolve_model.h"

#include <QTest>

using namespace signalbox;
using namespace signalbox::routing;

namespace {

ModelSettings model(std::string name, std::vector<std::string> aliases = {})
{
    ModelSettings settings;
    settings.name = std::move(name);
    settings.aliases = std::move(aliases);
    return settings;
}

ProviderSettings provider(std::string id, std::vector<ModelSettings> models)
{
    ProviderSettings settings;
    settings.id = std::move(id);
    settings.models = std::move(models);
    return settings;
}

Configuration someConfiguration()
{
    Configuration configuration;
    configuration.providers = {
        provider("qwen", {model("qwen-plus", {"plus"}), model("shared")}),
        provider("openai", {model("gpt-5"), model("other", {"shared"})}),
        provider("openrouter", {model("openai/gpt-5"), model("openai/solo")}),
    };
    configuration.routes.resize(2);
    configuration.routes[0].name = "chat";
    configuration.routes[1].name = "gpt-5";
    return configuration;
}

ModelMeaning target(const char *name)
{
    return TargetMeant{TargetId(name)};
}

} // namespace

class TestResolveModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsRoutesBeforeModels()
    {
        QCOMPARE(resolveModel(m_configuration, "chat"),
                 ModelMeaning(RouteMeant{&m_configuration.routes[0]}));
        QCOMPARE(resolveModel(m_configuration, "gpt-5"),
                 ModelMeaning(RouteMeant{&m_configuration.routes[1]}));
    }

    void findsTargetsByTheirFullName()
    {
        QCOMPARE(resolveModel(m_configuration, "qwen/qwen-plus"), target("qwen/qwen-plus"));
        QCOMPARE(resolveModel(m_configuration, "openrouter/openai/gpt-5"),
                 target("openrouter/openai/gpt-5"));
        // Also a model's bare name at openrouter, but a full name is never ambiguous.
        QCOMPARE(resolveModel(m_configuration, "openai/gpt-5"), target("openai/gpt-5"));
    }

    void findsTheOneModelOfAName()
    {
        QCOMPARE(resolveModel(m_configuration, "qwen-plus"), target("qwen/qwen-plus"));
        QCOMPARE(resolveModel(m_configuration, "plus"), target("qwen/qwen-plus"));
        QCOMPARE(resolveModel(m_configuration, "openai/solo"), target("openrouter/openai/solo"));
    }

    void namesAllTargetsOfAnAmbiguousName()
    {
        const AmbiguousModel expected{{TargetId("qwen/shared"), TargetId("openai/other")}};
        QCOMPARE(resolveModel(m_configuration, "shared"), ModelMeaning(expected));
    }

    void namesTheNearestOfAnUnknownName()
    {
        const auto meaning = resolveModel(m_configuration, "qwen-pluss");
        QVERIFY(std::holds_alternative<UnknownModel>(meaning));
        QCOMPARE(std::get<UnknownModel>(meaning).nearest.front(), "qwen-plus");
        QCOMPARE(resolveModel(m_configuration, "zzzzzzzzzzzz"), ModelMeaning(UnknownModel{}));
        QCOMPARE(resolveModel(m_configuration, ""), ModelMeaning(UnknownModel{}));
    }

private:
    const Configuration m_configuration = someConfiguration();
};

QTEST_APPLESS_MAIN(TestResolveModel)
#include "tst_resolve_model.moc"
