// SPDX-License-Identifier: Apache-2.0
#include "app/simulator/desk.h"

#include "app/simulator/embeddings.h"
#include "app/simulator/gemini_json.h"
#include "app/simulator/token_text.h"

#include <cmath>
#include <functional>

namespace signalbox::simulator {

namespace {

/// Refusals come sooner than answers.
constexpr double kRefusalShareOfLatency = 0.2;
constexpr double kHeadShareOfLatency = 0.9;

bool endsWith(const std::string &path, std::string_view end)
{
    return path.size() >= end.size()
           && path.compare(path.size() - end.size(), end.size(), end) == 0;
}

Nanos fraction(Nanos time, double share)
{
    return Nanos(static_cast<std::int64_t>(static_cast<double>(time.count()) * share));
}

} // namespace

Desk::Desk(const ProviderSpec &spec,
           RateLimits &limits,
           FaultBook &faults,
           RequestRecord &record,
           Random random)
    : m_spec(spec)
    , m_dialect(dialectOf(spec))
    , m_limits(limits)
    , m_faults(faults)
    , m_record(record)
    , m_random(random)
{
    m_requestId = drawId("req_", 24, m_random);
}

Reply Desk::serve(const Request &request, Now now)
{
    m_now = now;
    authorize(request);
    std::optional<Json> body = parseJson(request.body);
    const auto address = m_spec.format == Format::Gemini ? geminiAddress(request.path)
                                                         : std::optional<GeminiAddress>();
    if (address && body && body->is_object()) { // the other formats have these in the body
        (*body)["model"] = address->model;
        (*body)["stream"] = address->method == "streamGenerateContent"
                            && request.query.find("alt=sse") != std::string::npos;
    }
    if (body) {
        m_record.model = textAt(*body, "model").value_or("");
        m_record.stream = flagAt(*body, "stream");
    }
    const Trouble trouble = m_faults.draw({m_spec.id, m_record.model, m_record.keySlot},
                                          now.steady,
                                          m_random);
    if (trouble.fault) {
        m_record.fault = nameOf(trouble.fault->kind);
    } else if (trouble.slowness != 1) {
        m_record.fault = nameOf(FaultKind::Slow);
    }
    const Patient patient{m_dialect, m_requestId, m_record.model, m_record.stream, now};
    if (std::optional<Reply> instead = replyInstead(trouble, patient)) {
        instead->headAfter = fraction(drawLatency(), kRefusalShareOfLatency);
        return std::move(*instead);
    }
    Reply reply = answer(request, body);
    if (reply.status == 200) {
        breakOff(reply, trouble, patient);
    }
    return reply;
}

void Desk::authorize(const Request &request)
{
    const std::string &key = m_spec.format == Format::Anthropic ? request.apiKey
                             : m_spec.format == Format::Gemini  ? request.googleKey
                                                                : request.bearer;
    m_keyGiven = !key.empty();
    m_keyHash = std::hash<std::string>{}(key);
    m_record.authorized = m_spec.keys.empty();
    for (std::size_t i = 0; i < m_spec.keys.size(); ++i) {
        if (m_spec.keys[i].matches(key)) {
            m_record.authorized = true;
            m_record.keySlot = static_cast<int>(i);
        }
    }
}

Reply Desk::answer(const Request &request, const std::optional<Json> &body)
{
    if (!m_record.authorized) {
        return refusal(m_dialect.wrongKey(m_keyGiven));
    }
    if (request.tooLarge) {
        return refusal(m_dialect.ofStatus(413));
    }
    if (request.method == "GET" && endsWith(request.path, "/models")) {
        return json(m_dialect.writeModels(m_spec));
    }
    if (request.method != "POST") {
        return refusal({405,
                        "invalid_request_error",
                        "Not allowed to " + request.method + " on this path.",
                        {},
                        {}});
    }
    if (!body) {
        return refusal(m_dialect.notJson());
    }
    return answerPost(request, *body);
}

Reply Desk::answerPost(const Request &request, const Json &body)
{
    if (m_spec.format == Format::Gemini) {
        return answerGemini(request, body);
    }
    const bool anthropic = m_spec.format == Format::Anthropic;
    if (anthropic && !request.hasVersion) {
        return refusal(
            {400, "invalid_request_error", "anthropic-version: header is required", {}, {}});
    }
    if (anthropic && endsWith(request.path, "/messages")) {
        return chat(body);
    }
    if (anthropic && endsWith(request.path, "/messages/count_tokens")) {
        return tokenCount(body);
    }
    if (!anthropic && endsWith(request.path, "/chat/completions")) {
        return chat(body);
    }
    if (!anthropic && endsWith(request.path, "/embeddings")) {
        return embeddings(body);
    }
    return refusal({404,
                    anthropic ? "not_found_error" : "invalid_request_error",
                    "Invalid URL (POST " + request.path + ")",
                    {},
                    {}});
}

Reply Desk::answerGemini(const Request &request, const Json &body)
{
    const auto address = geminiAddress(request.path);
    const std::string method = address ? address->method : "";
    if (method == "generateContent") {
        return chat(body);
    }
    if (method == "streamGenerateContent") {
        Reply reply = chat(body);
        if (reply.status == 200 && !m_record.stream) {
            reply.body = "[" + reply.body + "]\n"; // without alt=sse it is one array
        }
        return reply;
    }
    if (method == "batchEmbedContents") {
        return embeddings(body);
    }
    return refusal(m_dialect.ofStatus(404));
}

Reply Desk::chat(const Json &body)
{
    const Result<ChatCall, ApiError> call = m_dialect.readCall(body);
    if (!call) {
        return refusal(call.error());
    }
    if (std::optional<Reply> reply = unfit(body, call->model)) {
        return std::move(*reply);
    }
    Answer answer = planAnswer(*call, m_spec, m_now.system, m_random);
    if (std::optional<Reply> reply = overLimit(call->model,
                                               answer.promptTokens + answer.completionTokens())) {
        return std::move(*reply);
    }
    const Nanos latency = drawLatency();
    const std::size_t pieces = answer.pieces.size();
    const Nanos perPiece = m_spec.tokensPerSecond > 0
                               ? Nanos(static_cast<std::int64_t>(1e9 / m_spec.tokensPerSecond))
                               : Nanos(0);
    Reply reply = json(call->stream ? "" : m_dialect.writeAnswer(answer));
    reply.pieceCount = pieces;
    reply.perPiece = perPiece;
    reply.firstPieceAfter = latency;
    reply.headAfter = latency + perPiece * static_cast<std::int64_t>(pieces);
    if (!call->stream) {
        return reply;
    }
    reply.stream = m_dialect.stream(std::move(answer));
    reply.pieceCount = reply.stream->pieceCount();
    reply.headAfter = fraction(latency, kHeadShareOfLatency);
    reply.headers.back().second = "text/event-stream; charset=utf-8";
    return reply;
}

Reply Desk::embeddings(const Json &body)
{
    const std::string model = textAt(body, "model").value_or("");
    if (modelNamed(model) == nullptr) {
        return refusal(m_dialect.unknownModel(model));
    }
    const bool gemini = m_spec.format == Format::Gemini;
    const Result<EmbeddingCall, ApiError> call = gemini ? readGeminiEmbeddings(body)
                                                        : readEmbeddingCall(body);
    if (!call) {
        return refusal(call.error());
    }
    if (std::optional<Reply> reply = overLimit(model, call->tokens)) {
        return std::move(*reply);
    }
    Reply reply = json(gemini ? writeGeminiEmbeddings(*call) : writeEmbeddings(*call));
    reply.headAfter = drawLatency();
    return reply;
}

Reply Desk::tokenCount(const Json &body)
{
    Reply reply = json(toText({{"input_tokens", countPromptTokens(body)}}));
    reply.headAfter = fraction(drawLatency(), kRefusalShareOfLatency);
    return reply;
}

std::optional<Reply> Desk::unfit(const Json &body, const std::string &model)
{
    const ModelSpec *spec = modelNamed(model);
    if (spec == nullptr) {
        return refusal(m_dialect.unknownModel(model));
    }
    for (const std::string &name : spec->refuses) {
        if (body.contains(name)) {
            return refusal(m_dialect.unsupportedParameter(name, model));
        }
    }
    return std::nullopt;
}

std::optional<Reply> Desk::overLimit(const std::string &model, std::int64_t tokens)
{
    const LimitState state = m_limits.admit(m_keyHash, tokens, m_now.steady);
    m_limitHeaders = m_dialect.limitHeaders(state, m_now.system);
    if (!state.refusedBy) {
        return std::nullopt;
    }
    const double seconds = std::chrono::duration<double>(state.retryAfter).count();
    Reply reply = refusal(m_dialect.overTheLimit(model, *state.refusedBy, seconds, true));
    if (m_spec.format != Format::Gemini) { // which has it in the body
        reply.headers.emplace_back("retry-after",
                                   std::to_string(static_cast<std::int64_t>(std::ceil(seconds))));
    }
    return reply;
}

Reply Desk::json(std::string body)
{
    Reply reply;
    reply.headers = m_dialect.usualHeaders(m_requestId);
    reply.headers.insert(reply.headers.end(), m_limitHeaders.begin(), m_limitHeaders.end());
    reply.headers.emplace_back("content-type", "application/json");
    reply.body = std::move(body);
    return reply;
}

Reply Desk::refusal(const ApiError &error)
{
    Reply reply = json(m_dialect.writeError(error, m_requestId));
    reply.status = error.status;
    if (m_spec.format == Format::Gemini && m_record.stream) {
        reply.headers.back().second = "text/event-stream"; // of JSON all the same
    }
    if (m_spec.rules == Rules::DeepSeek && error.status == 400) {
        reply.headers.back().second = "application/octet-stream"; // likewise
    }
    reply.headAfter = fraction(drawLatency(), kRefusalShareOfLatency);
    const bool final = error.status < 500 && error.status != 429;
    if (m_spec.format == Format::Anthropic && final) {
        reply.headers.emplace_back("x-should-retry", "false");
    }
    return reply;
}

Nanos Desk::drawLatency()
{
    constexpr double kMillisMax = 600'000;
    return Nanos(
        static_cast<std::int64_t>(std::min(draw(m_spec.latencyMs, m_random), kMillisMax) * 1e6));
}

const ModelSpec *Desk::modelNamed(const std::string &name) const
{
    for (const ModelSpec &model : m_spec.models) {
        if (model.name == name) {
            return &model;
        }
    }
    return nullptr;
}

} // namespace signalbox::simulator
