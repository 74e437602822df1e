// SPDX-License-Identifier: Apache-2.0
#include "core/config/import/litellm_models.h"

#include "core/config/notation.h"
#include "core/config/report.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace signalbox::config {
namespace {

constexpr std::string_view kVariable = "os.environ/";
constexpr std::int64_t kCountMax = 1'000'000'000'000;
constexpr double kWeightMax = 1e12;

/// USD per token, there. May stand with the parameters, or with what is known of the model.
void readPrice(Fields &fields, ImportedModel &model)
{
    const auto price = [&fields](const char *key) -> std::optional<TokenPrice> {
        const auto usd = fields.number(key, 0, 0.1);
        return usd ? std::optional(TokenPrice::fromPicosPerToken(std::llround(*usd * 1e12)))
                   : std::nullopt;
    };
    const auto input = price("input_cost_per_token");
    const auto output = price("output_cost_per_token");
    const auto cached = price("cache_read_input_token_cost");
    const auto written = price("cache_creation_input_token_cost");
    if (input && output) {
        model.price = PriceRow{.input = *input,
                               .cachedInput = cached.value_or(*input),
                               .cacheWrite = written.value_or(*input),
                               .output = *output};
    } else if (input || output) {
        fields.dropped(input ? "input_cost_per_token" : "output_cost_per_token",
                       "a price needs both input and output");
    }
}

/// False: it is none that we can ask.
bool readInfo(Fields &info, ImportedModel &model)
{
    readPrice(info, model);
    model.context = info.whole("max_input_tokens", 1, kCountMax);
    model.maxOutput = info.whole("max_output_tokens", 1, kCountMax);
    constexpr std::array<std::pair<const char *, Feature>, 4> kSupports = {{
        {"supports_function_calling", Feature::Tools},
        {"supports_vision", Feature::Images},
        {"supports_response_schema", Feature::JsonSchema},
        {"supports_reasoning", Feature::Reasoning},
    }};
    FeatureSet features = ModelSettings{}.features;
    for (const auto &[key, feature] : kSupports) {
        if (const auto has = info.truth(key); has && !*has) {
            features.remove(feature);
        }
    }
    if (features != ModelSettings{}.features) {
        model.features = features;
    }
    const auto mode = info.text("mode");
    if (mode == "embedding") {
        model.features = FeatureSet{Feature::Embeddings};
    } else if (mode && *mode != "chat" && *mode != "completion" && *mode != "responses") {
        info.dropped("mode",
                     describe("mode", *info.take("mode"))
                         + ": only chat and embeddings are served here");
        return false;
    }
    return true;
}

/// The parameters of an entry; limits may stand a level higher, too.
Item parametersOf(Fields &fields, const Item &parameters)
{
    Item merged = parameters;
    for (const char *key : {"rpm", "tpm"}) {
        const Item *outer = fields.take(key);
        if (outer != nullptr && merged.find(key) == nullptr) {
            merged.keys.emplace_back(key);
            merged.items.push_back(*outer);
        }
    }
    return merged;
}

} // namespace

/// Where it is asked, and \p model without the provider before it; nothing: it is told why.
std::optional<Origin> LiteLlmModels::originOf(Fields &fields, std::string &model) const
{
    const auto base = fields.text("api_base");
    const auto url = fields.text("base_url");
    const std::string address = base ? *base : url.value_or("");
    const char *where = base || !url ? "api_base" : "base_url";
    const auto named = fields.text("custom_llm_provider");
    std::optional<std::string> provider = named;
    const auto slash = model.find('/');
    if (slash != std::string::npos && (!named || model.starts_with(*named + "/"))) {
        provider = model.substr(0, slash);
        model = model.substr(slash + 1);
    } else if (!named) {
        provider = providerOfModel(model);
    }
    if (!provider) {
        fields.dropped("model",
                       "nobody can tell by its name which provider has it; write it as "
                       "provider/model");
        return std::nullopt;
    }
    if (address.starts_with(kVariable)) {
        fields.dropped(where,
                       "its address is in an environment variable; `base_url` has to be written");
        return std::nullopt;
    }
    if (model.find('*') != std::string::npos || !isName(model)) {
        fields.dropped("model", "a target has one model with a name; patterns have no equivalent");
        return std::nullopt;
    }
    auto origin = config::originOf(Naming::LiteLlm, *provider, address);
    if (!origin) {
        fields.dropped("model", origin.error());
        return std::nullopt;
    }
    return std::move(origin).value();
}

void LiteLlmModels::readKey(Fields &fields, const Origin &origin, Deployment &deployment) const
{
    const auto key = fields.text("api_key");
    if (!key) {
        if (!origin.variable.empty()) {
            deployment.provider.keys = {{SecretRef::Store::Env, origin.variable}};
        } else if (!origin.withheld.empty()) {
            fields.changed("api_base",
                           "no key is named for this address, and it gets none: that of "
                               + origin.withheld + " is not sent elsewhere");
        }
        return;
    }
    if (!key->starts_with(kVariable)) {
        deployment.keyInClear = *key;
        return;
    }
    const auto ref = parseSecretRef("env:" + key->substr(kVariable.size()));
    if (!ref) {
        m_findings.fault(*fields.take("api_key"),
                         quoted(fields.pathOf("api_key"))
                             + " must name an environment variable after os.environ/");
        return;
    }
    deployment.provider.keys = {*ref};
}

void LiteLlmModels::readLimits(Fields &fields, LiteLlmMember &member, Deployment &deployment) const
{
    const auto count = [&fields](const char *key) { return fields.whole(key, 1, kCountMax); };
    LimitSettings &limits = deployment.provider.limits;
    limits.requestsPerMinute = count("rpm");
    limits.tokensPerMinute = count("tpm");
    limits.concurrent = count("max_parallel_requests");
    if (limits.requestsPerMinute) {
        member.requests = static_cast<double>(*limits.requestsPerMinute);
    }
    if (limits.tokensPerMinute) {
        member.tokens = static_cast<double>(*limits.tokensPerMinute);
    }
    member.weight = fields.number("weight", 0, kWeightMax);
    constexpr int kLast = LiteLlmMember::kLast;
    member.order = static_cast<int>(fields.whole("order", 0, kLast - 1).value_or(kLast));
}

void LiteLlmModels::readTimes(Fields &fields, ImportedProvider &provider) const
{
    if (const auto total = secondsOf(fields, "timeout"); total || m_settings.timeout) {
        provider.timeouts.total = total ? *total : *m_settings.timeout;
    }
    if (const auto stream = secondsOf(fields, "stream_timeout");
        stream || m_settings.streamTimeout) {
        provider.timeouts.firstToken = stream ? *stream : *m_settings.streamTimeout;
        provider.timeouts.idle = provider.timeouts.firstToken;
    }
    if (m_settings.allowedFails) {
        provider.breaker.failures = std::min(*m_settings.allowedFails + 1, 1000);
    }
    provider.breaker.open = m_settings.cooldown.value_or(provider.breaker.open);
}

void LiteLlmModels::add(Fields &fields, const std::string &groupName, LiteLlmMember member)
{
    auto group = std::ranges::find(m_groups, groupName, &LiteLlmGroup::name);
    if (group == m_groups.end()) {
        group = m_groups.insert(m_groups.end(), {groupName, {}});
    }
    const auto twin = std::ranges::find(group->members, member.target, &LiteLlmMember::target);
    if (twin == group->members.end()) {
        group->members.push_back(std::move(member));
        return;
    }
    if (twin->weight || member.weight) {
        twin->weight = twin->weight.value_or(0) + member.weight.value_or(0);
    }
    twin->order = std::min(twin->order, member.order);
    fields.changed("model",
                   "the same target twice in a group: here it is one, with the sum of their "
                   "weights");
}

void LiteLlmModels::readParameters(Fields &fields, Fields &info, const std::string &groupName)
{
    auto model = fields.text("model");
    if (!model) {
        m_findings.fault(fields.item(), quoted(fields.pathOf("model")) + " is missing");
    }
    Deployment deployment;
    LiteLlmMember member;
    const auto origin = model ? originOf(fields, *model) : std::nullopt;
    if (origin) {
        deployment.provider.id = origin->id;
        deployment.provider.kind = origin->kind;
        deployment.provider.baseUrl = origin->baseUrl;
        readKey(fields, *origin, deployment);
    } else {
        (void)fields.take("api_key");
    }
    readLimits(fields, member, deployment);
    readTimes(fields, deployment.provider);
    deployment.model.name = model.value_or("");
    readPrice(fields, deployment.model);
    const bool isServed = readInfo(info, deployment.model);
    fields.rest();
    info.rest();
    if (!origin || !isServed || !m_findings.faults().empty()) {
        return;
    }
    member.target = m_providers.add(deployment);
    if (!deployment.keyInClear.empty()) {
        m_findings
            .note(ImportNote::Kind::Key,
                  *fields.take("api_key"),
                  fields.pathOf("api_key"),
                  "a key stands here in clear; it was not copied: put it into the keychain as "
                      + quoted(m_providers.provider(member.target).keys.front().name));
    }
    add(fields, groupName, std::move(member));
}

void LiteLlmModels::read(const Item &entry, const std::string &path)
{
    static const Item kNone;
    Fields fields(entry, path, m_findings);
    const auto name = fields.name("model_name");
    const Item *info = fields.map("model_info");
    const Item *parameters = fields.map("litellm_params");
    const Item merged = parametersOf(fields, parameters == nullptr ? kNone : *parameters);
    fields.rest();
    if (entry.kind != Item::Kind::Map) {
        return;
    }
    for (const char *key : {"model_name", "litellm_params"}) {
        if (fields.take(key) == nullptr) {
            m_findings.fault(entry, quoted(fields.pathOf(key)) + " is missing");
        }
    }
    if (!name || parameters == nullptr) {
        return;
    }
    if (name->find('*') != std::string::npos) {
        return fields.dropped("model_name", "a name for many models has no equivalent here");
    }
    Fields about(info == nullptr ? kNone : *info, fields.pathOf("model_info"), m_findings);
    Fields each(merged, fields.pathOf("litellm_params"), m_findings);
    readParameters(each, about, *name);
}

} // namespace signalbox::config
