// SPDX-License-Identifier: Apache-2.0
// The configuration as values: what the TOML file says after every check has passed.
#pragma once

#include "core/base/bounds.h"
#include "core/base/money.h"
#include "core/base/time.h"
#include "core/domain/features.h"
#include "core/domain/ids.h"
#include "core/domain/token_family.h"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace signalbox {

enum class ProviderKind : std::uint8_t {
    OpenAi,
    Qwen,
    Anthropic,
    DeepSeek,
    Mistral,
    Gemini,
    OpenRouter,
    OpenAiCompatible,
};

/// As written in the file: `openai`, `openai-compatible`, ...
std::string_view toString(ProviderKind kind);
std::optional<ProviderKind> providerKindFromString(std::string_view name);
/// The provider's public address including the version; empty for openai-compatible.
std::string_view defaultBaseUrl(ProviderKind kind);

/// Where a secret is found; never the secret.
struct SecretRef
{
    enum class Store : std::uint8_t {
        Env,
        Keychain,
        File,
        Vault,
        Session
    };
    Store store = Store::Env;
    std::string name;

    /// As written: `env:NAME`.
    [[nodiscard]] std::string toString() const;
    friend auto operator<=>(const SecretRef &, const SecretRef &) = default;
};

struct BreakerSettings
{
    int failures = 3; ///< consecutive countable failures that open; at least 1
    Millis window{60'000}; ///< newest minus oldest of those failures
    Millis open{600'000}; ///< how long it stays open before probing
    int probes = 1; ///< requests let through at a time while half-open; at least 1

    friend bool operator==(const BreakerSettings &, const BreakerSettings &) = default;
};

struct RetrySettings
{
    int attempts = 4; ///< upstream calls over all targets; at least 1
    int sameTarget = 0; ///< repeats at one target after a countable failure
    Millis backoff{250};
    Millis backoffMax{8000};
    Millis retryAfterCap{60'000}; ///< a longer hint is never waited for

    friend bool operator==(const RetrySettings &, const RetrySettings &) = default;
};

struct TimeoutSettings
{
    Millis connect{5000};
    Millis firstToken{30'000}; ///< streamed calls only
    Millis idle{30'000}; ///< streamed calls only; any byte restarts it
    Millis total{600'000}; ///< one attempt

    friend bool operator==(const TimeoutSettings &, const TimeoutSettings &) = default;
};

/// Nothing means unlimited.
struct LimitSettings
{
    std::optional<std::int64_t> requestsPerMinute;
    std::optional<std::int64_t> tokensPerMinute;
    std::optional<std::int64_t> concurrent;

    friend bool operator==(const LimitSettings &, const LimitSettings &) = default;
};

struct PriceRow
{
    std::int64_t fromPromptTokens = 0; ///< this row holds for prompts of at least so many tokens
    TokenPrice input;
    TokenPrice cachedInput;
    TokenPrice cacheWrite; ///< into a cache of five minutes, or of whatever age it is
    TokenPrice output;
    std::optional<TokenPrice> cacheWriteHour = {}; ///< into a cache of an hour; nothing: cacheWrite
    /// Of the whole output where the model thought; nothing: output.
    std::optional<TokenPrice> thinkingOutput = {};

    friend bool operator==(const PriceRow &, const PriceRow &) = default;
};

/// Rows by ascending fromPromptTokens, the first from 0; no rows means that the price is unknown.
struct PriceTable
{
    std::vector<PriceRow> rows;

    friend bool operator==(const PriceTable &, const PriceTable &) = default;
};

struct DatedPrice
{
    SystemTime from; ///< holds from then on, until the next one does
    PriceTable table;

    friend bool operator==(const DatedPrice &, const DatedPrice &) = default;
};

/// What a model costs in the course of time: by ascending `from`; empty when nothing is known.
struct PriceHistory
{
    std::vector<DatedPrice> prices;

    /// A price without a date, as a configuration gives it.
    static PriceHistory always(PriceTable table);
    /// The table that holds at \p time; one without rows (unknown) before the first.
    [[nodiscard]] const PriceTable &at(SystemTime time) const;
    friend bool operator==(const PriceHistory &, const PriceHistory &) = default;
};

/// What a model costs that need not be configured.
struct NamedPrice
{
    std::string model;
    PriceHistory price;

    friend bool operator==(const NamedPrice &, const NamedPrice &) = default;
};

struct ModelSettings
{
    std::string name; ///< the provider's own
    std::vector<std::string> aliases;
    PriceHistory price;
    bool pricedByOperator = false; ///< the configuration says \a price, not the catalogue
    std::optional<std::int64_t> contextTokens;
    std::optional<std::int64_t> maxOutputTokens;
    FeatureSet features{Feature::Tools, Feature::Images, Feature::JsonSchema, Feature::Reasoning};
    std::optional<TokenFamily> tokenizer; ///< nothing: as the kind and the name suggest

    friend bool operator==(const ModelSettings &, const ModelSettings &) = default;
};

/// What is asked of a target that has nothing to do, to know whether it would answer.
struct HealthCheckSettings
{
    enum class Ask : std::uint8_t {
        Models, ///< the provider's list of models: costs nothing, and says little
        Answer ///< an answer of one token: costs a little, and says all
    };
    Millis every{60'000}; ///< of a target; jittered by a tenth
    Millis timeout{10'000};
    Ask ask = Ask::Models;

    friend bool operator==(const HealthCheckSettings &, const HealthCheckSettings &) = default;
};

std::string_view toString(HealthCheckSettings::Ask ask);

struct ProviderSettings
{
    std::string id;
    ProviderKind kind = ProviderKind::OpenAiCompatible;
    std::string baseUrl; ///< scheme://host[:port]/path without a trailing slash
    std::vector<SecretRef> keys;
    LimitSettings limits;
    LimitSettings keyLimits; ///< what each of \a keys bears
    TimeoutSettings timeouts;
    BreakerSettings breaker;
    std::string proxy;
    std::string caFile;
    bool allowPrivateImages = false;
    std::optional<Money> budgetPerDay; ///< of all its targets together
    std::optional<HealthCheckSettings> healthCheck; ///< nothing: none is asked but for clients
    std::vector<ModelSettings> models;
    std::vector<NamedPrice> cataloguePrices; ///< of its kind's models at its address, aliases apart

    friend bool operator==(const ProviderSettings &, const ProviderSettings &) = default;
};

enum class Strategy : std::uint8_t {
    Priority,
    Weighted,
    Cheapest,
    Fastest,
    Balanced,
};

std::string_view toString(Strategy strategy);
std::optional<Strategy> strategyFromString(std::string_view name);

struct TargetChoice
{
    TargetId target;
    double weight = 1; ///< any scale; 0 = no share, yet still a fallback
    int tier = 1; ///< 1 is preferred

    friend bool operator==(const TargetChoice &, const TargetChoice &) = default;
};

enum class Fact : std::uint8_t {
    CjkShare,
    Language,
    Task,
    PromptTokens,
    MaxOutputTokens,
    HasTools,
    HasImages,
    WantsJson,
    WantsReasoning,
    Stream,
    Client,
    Hour,
    BudgetLeft,
    Header,
    Metadata,
};

/// As written in `when`: `cjk_share`, ...; Header and Metadata are `header` and `metadata`.
std::string_view toString(Fact fact);
std::optional<Fact> factFromString(std::string_view name);

/// What a fact is compared with.
struct Comparison
{
    enum class Operator : std::uint8_t {
        Less,
        LessEqual,
        Greater,
        GreaterEqual
    };
    Operator op = Operator::Less;
    double bound = 0;

    friend bool operator==(const Comparison &, const Comparison &) = default;
};

/// From, up to but not including; hours may wrap.
struct Range
{
    double from = 0;
    double to = 0;

    friend bool operator==(const Range &, const Range &) = default;
};

using Literal = std::variant<bool, double, std::string>;
using Matcher = std::variant<Literal, Comparison, Range, std::vector<Literal>>;

struct Condition
{
    Fact fact = Fact::CjkShare;
    std::string key; ///< of header (lower case) and metadata
    Matcher matcher;

    friend bool operator==(const Condition &, const Condition &) = default;
};

struct RuleSettings
{
    std::string name;
    std::vector<Condition> when; ///< all must hold
    Strategy strategy = Strategy::Priority;
    std::vector<TargetChoice> targets;

    friend bool operator==(const RuleSettings &, const RuleSettings &) = default;
};

enum class StreamBreakMode : std::uint8_t {
    Fail,
    RestartBeforeContent,
    Continue,
};

std::string_view toString(StreamBreakMode mode);
std::optional<StreamBreakMode> streamBreakModeFromString(std::string_view name);

/// When a second target is asked beside the first: after so long without content, or after the
/// time that this share (0.5..0.99) of the first one's recent answers took to begin.
using HedgeAfter = std::variant<Millis, double>;

/// Which of a route's targets stands aside for being much slower than the others.
struct EjectSettings
{
    double factor = 3; ///< so many times the median time of the others; above 1
    Millis duration{30'000}; ///< then it is one of them again
    double shareMax = 0.34; ///< of the targets, that may stand aside at a time; one may always

    friend bool operator==(const EjectSettings &, const EjectSettings &) = default;
};

/// What a route's weights are to serve.
enum class WeightAim : std::uint8_t {
    Cost,
    Time,
    Balanced
};

/// `cost`, `time`, `balanced`
std::string_view toString(WeightAim aim);
std::optional<WeightAim> weightAimFromString(std::string_view name);

/// Other weights, proposed once a week by what was seen.
struct ProposeSettings
{
    WeightAim aim = WeightAim::Balanced;
    int mostPoints = 20; ///< of 100, that a target's share moves at a time
    int leastPoints = 0; ///< of 100, that every target keeps
    std::vector<TargetId> neverGain; ///< whose answers are not good enough for more
    bool autoApply = false; ///< in force without anybody's word

    friend bool operator==(const ProposeSettings &, const ProposeSettings &) = default;
};

/// A target that is asked what others have answered, unknown to the client.
struct ShadowSettings
{
    TargetId target;
    double share = 0; ///< of the route's answered requests; above 0, at most 1

    friend bool operator==(const ShadowSettings &, const ShadowSettings &) = default;
};

/// Which answers are given again.
enum class CacheMode : std::uint8_t {
    Off,
    Exact, ///< to the same request
    Semantic ///< to one that asks the same, too
};

/// `off`, `exact`, `semantic`
std::string_view toString(CacheMode mode);
std::optional<CacheMode> cacheModeFromString(std::string_view name);

struct CacheSettings
{
    CacheMode mode = CacheMode::Off; ///< of routes that do not say it themselves
    Millis lifetime{86'400'000}; ///< an answer is fresh for so long
    double threshold = 0.92; ///< of likeness, 0..1
    std::optional<TargetId> embedder = {}; ///< nothing: the built-in one
    bool shareClients = false; ///< one client may get what another one's request brought
    double temperatureMax = 1; ///< above it a client wants variety; 0..2
    /// Past its lifetime an answer may serve for so long in place of an error or a long wait; 0: never.
    Millis staleIfError{0};
    /// An answer past its lifetime serves where the first content is forecast to take longer;
    /// nothing: never.
    std::optional<Millis> slow = {};
    std::size_t entriesMax = 100'000;
    std::size_t bytesMax = 256 * bounds::kMiB;
    std::size_t answerBytesMax = bounds::kMiB; ///< a larger answer is not kept
    std::optional<SecretRef> key = {}; ///< what its file is encrypted with; nothing: it is not

    friend bool operator==(const CacheSettings &, const CacheSettings &) = default;
};

struct RouteSettings
{
    std::string name;
    Strategy strategy = Strategy::Priority;
    std::vector<TargetChoice> targets;
    std::vector<RuleSettings> rules;
    Millis deadline{600'000}; ///< the whole request
    RetrySettings retry;
    StreamBreakMode onStreamBreak = StreamBreakMode::RestartBeforeContent;
    std::optional<HedgeAfter> hedgeAfter = {}; ///< nothing: one target at a time
    std::optional<ShadowSettings> shadow = {}; ///< nothing: none
    std::optional<Millis> comment = {}; ///< how often a stream that waits for content is told so
    bool promptCacheAffinity = false; ///< a conversation stays where its beginning is cached
    std::optional<EjectSettings> ejectSlow = {}; ///< nothing: the slow serve like the others
    std::optional<ProposeSettings> propose = {}; ///< nothing: its weights are left alone
    std::optional<CacheMode> cache = {}; ///< nothing: as CacheSettings::mode says

    friend bool operator==(const RouteSettings &, const RouteSettings &) = default;
};

struct ClientSettings
{
    std::string id;
    SecretRef key;
    std::vector<std::string> routes; ///< empty: all
    std::optional<std::int64_t> requestsPerMinute;
    std::optional<std::int64_t> tokensPerMinute;
    std::optional<std::int64_t> concurrent; ///< requests at once, waiting ones included
    std::optional<Money> budgetPerDay;

    friend bool operator==(const ClientSettings &, const ClientSettings &) = default;
};

enum class OperatorRole : std::uint8_t {
    Viewer,
    Operator
};

struct OperatorSettings
{
    std::string id;
    SecretRef token;
    OperatorRole role = OperatorRole::Operator;

    friend bool operator==(const OperatorSettings &, const OperatorSettings &) = default;
};

struct ServerSettings
{
    std::string listen = "127.0.0.1:8787"; ///< HOST:PORT; an IPv6 host in brackets
    std::string tlsCertificate;
    std::string tlsKey;
    std::optional<SecretRef> adminToken;
    std::int64_t maxBodyBytes = bounds::kRequestBodyBytesMax;
    Millis header{10'000};
    Millis drain{30'000};
    Millis queue{2000};
    std::string timeZone = "UTC";

    friend bool operator==(const ServerSettings &, const ServerSettings &) = default;
};

struct LedgerSettings
{
    std::string store = "sqlite"; ///< or a `postgresql://` URL, without a password
    std::optional<SecretRef> password = {}; ///< of the server
    int keepRequestsDays = 90;
    int keepBodiesDays = 0; ///< 0: bodies are not kept at all
    std::optional<int> keepOwnCallsDays = {}; ///< nothing: as long as requests
    int keepSumsDays = 0; ///< 0: for good
    std::int64_t bodyBytesMax = 256 * 1024; ///< of each body, before it is compressed
    std::int64_t fileBytesMax = 0; ///< beyond it the oldest goes earlier; 0: no cap

    friend bool operator==(const LedgerSettings &, const LedgerSettings &) = default;
};

struct Configuration
{
    ServerSettings server;
    std::vector<OperatorSettings> operators;
    std::vector<ClientSettings> clients;
    std::vector<ProviderSettings> providers;
    std::vector<RouteSettings> routes;
    CacheSettings cache;
    LedgerSettings ledger;
    std::string revision; ///< first 12 hex digits of the SHA-256 of the file's text

    [[nodiscard]] const ProviderSettings *provider(std::string_view id) const;
    /// The model behind a target; nothing when the target is not configured.
    [[nodiscard]] const ModelSettings *model(const TargetId &target) const;
    [[nodiscard]] const RouteSettings *route(std::string_view name) const;
    friend bool operator==(const Configuration &, const Configuration &) = default;
};

} // namespace signalbox
