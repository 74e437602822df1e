// SPDX-License-Identifier: Apache-2.0
#include "core/config/import/portkey_targets.h"

#include "core/config/import/origin.h"
#include "core/config/report.h"

#include <cmath>

namespace signalbox::config {
namespace {

constexpr double kYearMs = 31'536'000'000;
constexpr int kAttemptsMax = 100;

} // namespace

void PortkeyTargets::readRetry(Fields &fields)
{
    const Item *retry = fields.map("retry");
    if (retry == nullptr) {
        return;
    }
    Fields of(*retry, fields.pathOf("retry"), m_findings);
    const auto attempts = of.whole("attempts", 0, kAttemptsMax);
    if (of.take("on_status_codes") != nullptr) {
        of.dropped("on_status_codes", "what is tried again follows the kind of failure here");
    }
    of.rest();
    if (attempts && m_retries && *m_retries != *attempts) {
        fields.dropped("retry", "a route has one number of attempts; another one stands above");
    }
    if (attempts && !m_retries) {
        m_retries = static_cast<int>(*attempts);
    }
}

void PortkeyTargets::inherit(Fields &fields, PortkeyInherited &from)
{
    readRetry(fields);
    if (const auto timeout = fields.number("request_timeout", 1, kYearMs)) {
        from.timeout = Millis(std::llround(*timeout));
    }
    if (const Item *parameters = fields.map("override_params")) {
        Fields of(*parameters, fields.pathOf("override_params"), m_findings);
        if (auto model = of.text("model")) {
            from.model = std::move(model);
        }
        of.rest();
    }
}

bool PortkeyTargets::readProvider(Fields &fields,
                                  const PortkeyInherited &from,
                                  Deployment &deployment)
{
    auto provider = fields.text("provider");
    const Item *key = fields.take("api_key");
    const Item *virtualKey = fields.take("virtual_key");
    const auto address = fields.text("custom_host");
    std::string model = from.model.value_or("");
    // "@name" is an entry of an account that only Portkey knows; so is a virtual key.
    if (model.starts_with('@') && model.find('/') != std::string::npos) {
        provider = model.substr(0, model.find('/'));
        model = model.substr(model.find('/') + 1);
    }
    if (!isName(model)) {
        m_findings.note(ImportNote::Kind::Dropped,
                        fields.item(),
                        fields.path().empty() ? "override_params.model" : fields.path(),
                        "a target without a model of its own asks for the one that the client "
                        "names; here every target has its model");
        return false;
    }
    const bool isAccount = provider && provider->starts_with('@');
    if (!provider || isAccount) {
        provider = providerOfModel(model);
        if (provider == "mistral") {
            provider = "mistral-ai";
        } else if (provider == "gemini") {
            provider = "google";
        }
    }
    if (!provider) {
        m_findings.note(ImportNote::Kind::Dropped,
                        fields.item(),
                        fields.path(),
                        "nobody can tell which provider it means; write `provider`");
        return false;
    }
    const auto origin = originOf(Naming::Portkey, *provider, address.value_or(""));
    if (!origin) {
        fields.dropped("provider", origin.error());
        return false;
    }
    deployment.provider.id = origin->id;
    deployment.provider.kind = origin->kind;
    deployment.provider.baseUrl = origin->baseUrl;
    deployment.model.name = model;
    const Item *secret = key != nullptr ? key : virtualKey;
    deployment.keyInClear = secret == nullptr ? (isAccount ? *fields.text("provider") : "")
                                              : secret->text;
    if (deployment.keyInClear.empty() && !origin->variable.empty()) {
        deployment.keyInClear = "-";
    }
    return true;
}

std::vector<TargetChoice> PortkeyTargets::read(Fields &fields, const PortkeyInherited &from)
{
    Deployment deployment;
    const bool known = readProvider(fields, from, deployment);
    fields.rest();
    if (!known) {
        return {};
    }
    deployment.provider.timeouts.total = from.timeout.value_or(deployment.provider.timeouts.total);
    const TargetId target = m_providers.add(deployment);
    const auto &keys = m_providers.provider(target).keys;
    if (!keys.empty()) {
        const bool written = fields.take("api_key") != nullptr;
        m_findings.note(ImportNote::Kind::Key,
                        written ? *fields.take("api_key") : fields.item(),
                        written ? fields.pathOf("api_key") : fields.path(),
                        (written ? "a key stands here in clear; it was not copied: put it into the "
                                   "keychain as "
                                 : "its key is not in the file: put it into the keychain as ")
                            + quoted(keys.front().name));
    }
    return {{target, 1, 1}};
}

} // namespace signalbox::config
