// SPDX-License-Identifier: Apache-2.0
#include "app/simulator/scenario_reader.h"

#include <algorithm>
#include <set>

// Headers alone, results instead of exceptions: the packaged library knows only the latter.
#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

namespace signalbox::simulator {

namespace {

constexpr std::size_t kProvidersMax = 100;
constexpr std::size_t kFaultsMax = 1000;

Json toJson(const toml::node &node);

Json toJson(const toml::table &table)
{
    Json object = Json::object();
    for (const auto &entry : table) {
        object[std::string(entry.first.str())] = toJson(entry.second);
    }
    return object;
}

Json toJson(const toml::array &array)
{
    Json list = Json::array();
    for (const toml::node &item : array) {
        list.push_back(toJson(item));
    }
    return list;
}

Json toJson(const toml::node &node)
{
    if (const toml::table *table = node.as_table()) {
        return toJson(*table);
    }
    if (const toml::array *array = node.as_array()) {
        return toJson(*array);
    }
    if (const auto *text = node.as_string()) {
        return text->get();
    }
    if (const auto *integer = node.as_integer()) {
        return integer->get();
    }
    if (const auto *number = node.as_floating_point()) {
        return number->get();
    }
    if (const auto *flag = node.as_boolean()) {
        return flag->get();
    }
    return nullptr;
}

ScenarioError errorAt(const toml::source_region &source, std::string message)
{
    return {static_cast<int>(source.begin.line),
            static_cast<int>(source.begin.column),
            std::move(message)};
}

/// The place of a key in its table, or the table's own where the key is missing.
ScenarioError errorIn(const toml::table &table, const FieldError &error)
{
    const std::string message = error.field.empty() ? error.message
                                                    : error.field + " " + error.message;
    for (const auto &entry : table) {
        if (entry.first.str() == error.field) {
            return errorAt(entry.first.source(), message);
        }
    }
    return errorAt(table.source(), message);
}

class ScenarioFile
{
public:
    explicit ScenarioFile(const toml::table &root)
        : m_root(root)
    {}

    Result<Scenario, std::vector<ScenarioError>> read()
    {
        readRoot();
        readProviders();
        readFaults();
        if (m_errors.empty()) {
            return std::move(m_scenario);
        }
        std::stable_sort(m_errors.begin(), m_errors.end(), [](const auto &a, const auto &b) {
            return std::pair(a.line, a.column) < std::pair(b.line, b.column);
        });
        return Failure{std::move(m_errors)};
    }

private:
    void readRoot()
    {
        const Json json = toJson(m_root);
        FieldReader reader(json);
        reader.any("provider");
        reader.any("fault");
        m_scenario.seed = static_cast<std::uint64_t>(reader.number("seed", 0, 9e15).value_or(1));
        m_scenario.keepBodies = reader.flag("keep_bodies").value_or(false);
        take(m_root, reader.finish());
    }

    void readProviders()
    {
        std::set<std::string> seen;
        for (const toml::table *table : tables("provider", kProvidersMax)) {
            Result<ProviderSpec, std::vector<FieldError>> spec = readProvider(toJson(*table));
            if (!spec) {
                take(*table, spec.error());
                continue;
            }
            if (!seen.insert(spec->id).second) {
                take(*table, {{"id", "is already taken by another provider: " + spec->id}});
            }
            m_scenario.providers.push_back(std::move(spec).value());
        }
        if (m_root.get("provider") == nullptr) {
            m_scenario.providers = defaultScenario().providers;
        }
    }

    void readFaults()
    {
        for (const toml::table *table : tables("fault", kFaultsMax)) {
            Result<Fault, std::vector<FieldError>> fault = readFault(toJson(*table));
            if (!fault) {
                take(*table, fault.error());
                continue;
            }
            if (!isKnown(fault->provider)) {
                take(*table, {{"provider", "is none of the providers: " + fault->provider}});
            }
            m_scenario.faults.push_back(std::move(fault).value());
        }
    }

    [[nodiscard]] bool isKnown(const std::string &provider) const
    {
        return provider.empty() || !m_errors.empty()
               || std::any_of(m_scenario.providers.begin(),
                              m_scenario.providers.end(),
                              [&](const auto &spec) { return spec.id == provider; });
    }

    std::vector<const toml::table *> tables(std::string_view key, std::size_t countMax)
    {
        std::vector<const toml::table *> list;
        const toml::node *node = m_root.get(key);
        if (node == nullptr) {
            return list;
        }
        const toml::array *array = node->as_array();
        if (array == nullptr || array->size() > countMax) {
            m_errors.push_back(errorAt(node->source(),
                                       std::string(key) + " must be at most "
                                           + std::to_string(countMax) + " tables, each written [["
                                           + std::string(key) + "]]"));
            return list;
        }
        for (const toml::node &item : *array) {
            if (const toml::table *table = item.as_table()) {
                list.push_back(table);
            } else {
                m_errors.push_back(errorAt(item.source(), std::string(key) + " must be a table"));
            }
        }
        return list;
    }

    void take(const toml::table &table, const std::vector<FieldError> &errors)
    {
        for (const FieldError &error : errors) {
            m_errors.push_back(errorIn(table, error));
        }
    }

    const toml::table &m_root;
    Scenario m_scenario;
    std::vector<ScenarioError> m_errors;
};

} // namespace

Result<Scenario, std::vector<ScenarioError>> readScenario(std::string_view toml)
{
    const toml::parse_result parsed = toml::parse(toml);
    if (!parsed) {
        const toml::parse_error &error = parsed.error();
        return Failure{
            std::vector<ScenarioError>{errorAt(error.source(), std::string(error.description()))}};
    }
    return ScenarioFile(parsed.table()).read();
}

} // namespace signalbox::simulator
