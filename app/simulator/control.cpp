// SPDX-License-Identifier: Apache-2.0
#include "app/simulator/control.h"

#include "app/simulator/scenario_reader.h"

namespace signalbox::simulator {

namespace {

Reply jsonReply(int status, const Json &json)
{
    Reply reply;
    reply.status = status;
    reply.headers.emplace_back("content-type", "application/json");
    reply.body = toText(json) + "\n";
    return reply;
}

Reply problem(int status, const std::string &message)
{
    Json json = Json::object();
    json["error"] = message;
    return jsonReply(status, json);
}

std::string queryValue(const std::string &query, const std::string &name)
{
    std::size_t at = 0;
    while (at < query.size()) {
        const std::size_t end = std::min(query.find('&', at), query.size());
        const std::string pair = query.substr(at, end - at);
        if (pair.rfind(name + "=", 0) == 0) {
            return pair.substr(name.size() + 1);
        }
        at = end + 1;
    }
    return {};
}

bool isKnown(const World &world, const std::string &provider)
{
    for (const ProviderSpec &spec : world.providers()) {
        if (spec.id == provider) {
            return true;
        }
    }
    return provider.empty();
}

Reply addFault(World &world, const Request &request, Now now)
{
    const std::optional<Json> json = parseJson(request.body);
    if (!json) {
        return problem(400, "the body is no JSON");
    }
    Result<Fault, std::vector<FieldError>> fault = readFault(*json);
    if (!fault) {
        const FieldError &first = fault.error().front();
        return problem(400,
                       first.field.empty() ? first.message : first.field + " " + first.message);
    }
    if (!isKnown(world, fault->provider)) {
        return problem(404, "no provider " + fault->provider);
    }
    const std::optional<std::uint64_t> id = world.addFault(std::move(fault).value(), now.steady);
    if (!id) {
        return problem(409, "too many faults");
    }
    Json answer = Json::object();
    answer["id"] = *id;
    return jsonReply(200, answer);
}

Reply clearFaults(World &world, const Request &request)
{
    const std::string provider = queryValue(request.query, "provider");
    if (!isKnown(world, provider)) {
        return problem(404, "no provider " + provider);
    }
    Json answer = Json::object();
    answer["cleared"] = world.clearFaults(provider);
    return jsonReply(200, answer);
}

} // namespace

Reply answerControl(World &world, const Request &request, Now now)
{
    if (request.path == "/_sim/state" && request.method == "GET") {
        return jsonReply(200, world.state(queryValue(request.query, "requests") == "1", now));
    }
    if (request.path == "/_sim/faults" && request.method == "POST") {
        return addFault(world, request, now);
    }
    if (request.path == "/_sim/faults" && request.method == "DELETE") {
        return clearFaults(world, request);
    }
    if (request.path == "/_sim/reset" && request.method == "POST") {
        world.resetCounters();
        return jsonReply(200, Json::object());
    }
    return problem(404, "nothing here: " + request.method + " " + request.path);
}

} // namespace signalbox::simulator
