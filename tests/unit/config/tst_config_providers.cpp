// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/config/reading.h"

namespace signalbox::test {

/// Every check of providers and models: a snippet, and exactly the lines that --check prints for it.
class TestConfigProviders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void checksProviders_data();
    void checksProviders() { compareFaults(); }
    void checksModels_data();
    void checksModels() { compareFaults(); }
};

void TestConfigProviders::checksProviders_data()
{
    columns();
    const std::string own = "[[provider]]\nid = \"own\"\nkind = \"openai-compatible\"\n";
    const std::string plain = "[[provider]]\nid = \"x\"\nkind = \"openai\"\n";
    row("nothing in it",
        "[[provider]]",
        "1:1: `id` is missing in `provider`\n1:1: `kind` is missing in `provider`");
    row("id",
        "[[provider]]\nid = \"A/b\"\nkind = \"openai\"",
        "2:6: `id` must be of a-z, 0-9, dot, _ and - and begin with a letter or a digit, found "
        "`A/b`");
    row("same id",
        "[[provider]]\nid = \"qwen\"\nkind = \"openai\"",
        "5:6: provider `qwen` is already defined in line 2");
    row("kind",
        "[[provider]]\nid = \"x\"\nkind = \"opnai\"",
        "3:8: `kind` must be openai, qwen, anthropic, deepseek, mistral, gemini, openrouter or "
        "openai-compatible, found `opnai`; did you mean `openai`?");
    row("gemini", "[[provider]]\nid = \"x\"\nkind = \"gemini\"", "ok");
    row("proxy",
        plain + "proxy = \"http://u:p@h:1\"",
        "4:1: `proxy` is not available in this version");
    row("no address", own, "1:1: `base_url` is missing: kind openai-compatible has no default");
    row("plain http elsewhere", own + "base_url = \"http://10.0.0.7:8000/v1/\"", "ok");
    row("no scheme",
        own + "base_url = \"10.0.0.7:8000\"",
        "4:12: `base_url` must be a URL that begins with https:// or http://");
    row("user in the address",
        own + "base_url = \"https://u:hunter2@h/v1\"",
        "4:12: `base_url` must be a URL without a user or password; a provider's key belongs in "
        "`keys`");
    row("query",
        own + "base_url = \"https://h/v1?a=b\"",
        "4:12: `base_url` must be a URL without a query or a fragment");
    row("no host",
        own + "base_url = \"https:///v1\"",
        "4:12: `base_url` must be a URL with a host and, if any, a port from 1 to 65535");
    row("keys",
        plain + "keys = \"env:A\"",
        "4:8: `keys` must be a list of strings, found a string");
    row("keys of other types",
        plain + "keys = [\"env:A\", 3, \"\"]",
        "4:18: `keys` must be a list of non-empty strings, found a whole number\n"
        "4:21: `keys` must be a list of non-empty strings, found an empty string");
    row("a key twice",
        plain + "keys = [\"env:A\", \"env:A\"]",
        "4:18: `keys` names the same secret twice");
    row("limits of each key",
        plain + "key_limits = { concurrent = 0 }",
        "4:29: `concurrent` must be at least 1");
    row("limits",
        plain + "limits = { requests_per_minute = 0, tokens_per_minute = 1.5, concurrent = 0 }",
        "4:34: `requests_per_minute` must be at least 1\n"
        "4:57: `tokens_per_minute` must be a whole number, found a decimal number\n"
        "4:75: `concurrent` must be at least 1");
    row("timeouts",
        plain + "timeouts = { connect_s = 0, first_token_s = 0.0, idle_s = true, total_s = -1 }",
        "4:26: `connect_s` must be between 0.001 and 31536000\n"
        "4:45: `first_token_s` must be between 0.001 and 31536000\n"
        "4:59: `idle_s` must be a number, found a boolean\n"
        "4:75: `total_s` must be between 0.001 and 31536000");
    row("breaker",
        plain + "breaker = { failures = \"3\", window_s = 0, open_s = 0, probes = 0 }",
        "4:24: `failures` must be a whole number, found a string\n"
        "4:40: `window_s` must be between 0.001 and 31536000\n"
        "4:52: `open_s` must be between 0.001 and 31536000\n"
        "4:64: `probes` must be between 1 and 1000");
    row("health check",
        plain + "health_check = { every_s = 0.5, timeout_s = 0, ask = \"model\" }",
        "4:28: `every_s` must be at least 1\n"
        "4:45: `timeout_s` must be between 0.001 and 31536000\n"
        "4:54: `ask` must be models or answer, found `model`; did you mean `models`?");
    row("images, certificates",
        plain + "allow_private_images = 1\nca_file = \"ca.pem\"",
        "4:24: `allow_private_images` must be true or false, found a whole number\n"
        "5:11: `ca_file` must be an absolute path");
}

void TestConfigProviders::checksModels_data()
{
    columns();
    const std::string model = "[[provider]]\nid = \"x\"\nkind = \"openai\"\n[[provider.model]]\n";
    row("no name", model, "4:1: `name` is missing in `provider.model`");
    row("same name",
        model + "name = \"m\"\n[[provider.model]]\nname = \"m\"",
        "7:8: model or alias `m` is already defined in line 5");
    row("alias of another",
        model + "name = \"m\"\naliases = [\"n\"]\n[[provider.model]]\nname = \"n\"",
        "8:8: model or alias `n` is already defined in line 6");
    row("sizes",
        model + "name = \"m\"\ncontext = 0\nmax_output = -1",
        "6:11: `context` must be at least 1\n7:14: `max_output` must be at least 1");
    row("features",
        model + "name = \"m\"\nfeatures = [\"tools\", \"image\"]",
        "6:22: there is no feature `image`; it must be tools, images, json_schema, reasoning or "
        "embeddings; did you mean `images`?");
    row("price without the needed",
        model + "name = \"m\"\nprice = { cached_input = 1 }",
        "6:9: `input` is missing in `provider.model.price`\n"
        "6:9: `output` is missing in `provider.model.price`");
    row("price out of range",
        model + "name = \"m\"\nprice = { input = -1, output = 1e6 }",
        "6:19: `input` must be between 0 and 100000\n6:32: `output` must be between 0 and 100000");
    row("price too fine",
        model + "name = \"m\"\nprice = { input = 1e-9, output = 1 }",
        "6:19: `input` is below 0.000001 USD per million tokens");
    row("tiers",
        model
            + "name = \"m\"\n[provider.model.price]\ninput = 1\noutput = 2\n"
              "tiers = [{ from = 9, input = 1, output = 1 }, { from = 9, input = 1, output = 1 }, "
              "{ input = 1, output = 1 }]",
        "9:56: `from` must be greater than that of the tier before it\n"
        "9:84: `from` is missing in `provider.model.price.tiers`");
}

} // namespace signalbox::test

QTEST_APPLESS_MAIN(signalbox::test::TestConfigProviders)
#include "tst_config_providers.moc"
