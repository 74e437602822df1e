// SPDX-License-Identifier: Apache-2.0
#include "core/config/import/portkey_query.h"

#include "core/config/notation.h"
#include "core/config/report.h"

#include <algorithm>
#include <array>
#include <utility>

namespace signalbox::config {
namespace {

using Cases = std::vector<PortkeyCase>;
constexpr std::size_t kCasesMax = 32;
constexpr int kDepthMax = 16;

Cases caseOf(Condition condition)
{
    PortkeyCase only;
    only.when.push_back(std::move(condition));
    return {only};
}

class QueryReader
{
public:
    explicit QueryReader(Findings &findings)
        : m_findings(findings)
    {}

    /// A table of facts and of `$and` and `$or`, all of which must hold.
    Cases read(const Item &query, const std::string &path, int depth)
    {
        if (query.kind != Item::Kind::Map || query.keys.empty() || depth > kDepthMax) {
            m_findings.fault(query, quoted(path) + " must be a table of conditions");
            return {};
        }
        Cases all{PortkeyCase{}};
        for (std::size_t i = 0; i < query.keys.size() && !all.empty(); ++i) {
            const std::string &key = query.keys[i];
            const std::string at = path + "." + key;
            all = both(all,
                       key == "$and"  ? readAll(query.items[i], at, depth)
                       : key == "$or" ? readAny(query.items[i], at, depth)
                                      : readFact(key, query.items[i], at),
                       query.items[i],
                       at);
        }
        return all;
    }

private:
    Cases refuse(const Item &at, const std::string &path, const std::string &why)
    {
        m_findings.note(ImportNote::Kind::Dropped, at, path, why);
        return {};
    }

    /// Every case of one with every case of the other.
    Cases both(const Cases &some, const Cases &others, const Item &at, const std::string &path)
    {
        Cases all;
        for (const PortkeyCase &a : some) {
            for (const PortkeyCase &b : others) {
                PortkeyCase joint = a;
                for (const Condition &condition : b.when) {
                    const bool twice = std::ranges::any_of(joint.when, [&](const Condition &other) {
                        return other.fact == condition.fact && other.key == condition.key;
                    });
                    if (twice) {
                        return refuse(at, path, "two conditions of one fact have no equivalent");
                    }
                    joint.when.push_back(condition);
                }
                if (a.model && b.model && a.model != b.model) {
                    continue;
                }
                joint.model = b.model ? b.model : a.model;
                all.push_back(std::move(joint));
            }
        }
        return all.size() > kCasesMax ? refuse(at, path, "more than 32 alternatives") : all;
    }

    Cases readAll(const Item &list, const std::string &path, int depth)
    {
        Cases all{PortkeyCase{}};
        for (std::size_t i = 0; i < list.items.size() && !all.empty(); ++i) {
            const std::string at = path + "[" + std::to_string(i) + "]";
            all = both(all, read(list.items[i], at, depth + 1), list.items[i], at);
        }
        return all;
    }

    Cases readAny(const Item &list, const std::string &path, int depth)
    {
        Cases all;
        for (std::size_t i = 0; i < list.items.size(); ++i) {
            const Cases some = read(list.items[i], path + "[" + std::to_string(i) + "]", depth + 1);
            all.insert(all.end(), some.begin(), some.end());
        }
        return all;
    }

    /// `metadata.NAME`, `params.NAME`: compared with a value, or by operators.
    Cases readFact(const std::string &fact, const Item &value, const std::string &path)
    {
        const Item *operand = &value;
        std::string op = "$eq";
        if (value.kind == Item::Kind::Map) {
            if (value.keys.size() != 1) {
                return refuse(value, path, "more than one operator for a fact has no equivalent");
            }
            op = value.keys.front();
            operand = &value.items.front();
        }
        if (fact == "params.model") {
            return readModel(op, *operand, path);
        }
        if (fact == "params.stream" && op == "$eq" && operand->kind == Item::Kind::Scalar) {
            return caseOf({Fact::Stream, "", Literal(operand->text == "true")});
        }
        if (fact == "params.max_tokens" || fact == "params.max_completion_tokens") {
            return readNumber(op, *operand, path);
        }
        constexpr std::string_view kMetadata = "metadata.";
        if (fact.starts_with(kMetadata) && isName(fact.substr(kMetadata.size()))) {
            return readText(fact.substr(kMetadata.size()), op, *operand, path);
        }
        return refuse(value, path, "no rule can ask for this");
    }

    Cases readModel(const std::string &op, const Item &operand, const std::string &path)
    {
        Cases cases;
        if (op == "$eq" && operand.kind == Item::Kind::Scalar && isName(operand.text)) {
            cases.push_back({.when = {}, .model = operand.text});
        } else if (op == "$in") {
            for (const Item &name : operand.items) {
                if (name.kind == Item::Kind::Scalar && isName(name.text)) {
                    cases.push_back({.when = {}, .model = name.text});
                }
            }
        }
        return cases.empty()
                   ? refuse(operand, path, "a model's name can only be one, or one of a list")
                   : cases;
    }

    Cases readNumber(const std::string &op, const Item &operand, const std::string &path)
    {
        using Operator = Comparison::Operator;
        constexpr std::array<std::pair<std::string_view, Operator>, 4> kOperators = {{
            {"$gt", Operator::Greater},
            {"$gte", Operator::GreaterEqual},
            {"$lt", Operator::Less},
            {"$lte", Operator::LessEqual},
        }};
        const auto bound = operand.kind == Item::Kind::Scalar ? parseDecimal(operand.text)
                                                              : std::nullopt;
        if (!bound || *bound < 0) {
            return refuse(operand, path, "only a number of at least 0 can be compared with");
        }
        if (op == "$eq") {
            return caseOf({Fact::MaxOutputTokens, "", Literal(*bound)});
        }
        const auto found = std::ranges::find(kOperators,
                                             op,
                                             &std::pair<std::string_view, Operator>::first);
        if (found == kOperators.end()) {
            return refuse(operand, path, "the operator " + quoted(op) + " has no equivalent");
        }
        return caseOf({Fact::MaxOutputTokens, "", Comparison{found->second, *bound}});
    }

    Cases readText(const std::string &key,
                   const std::string &op,
                   const Item &operand,
                   const std::string &path)
    {
        if (op == "$eq" && operand.kind == Item::Kind::Scalar) {
            return caseOf({Fact::Metadata, key, Literal(operand.text)});
        }
        std::vector<Literal> values;
        for (const Item &value : operand.items) {
            if (operand.kind == Item::Kind::List && value.kind == Item::Kind::Scalar) {
                values.emplace_back(value.text);
            }
        }
        if (op != "$in" || values.empty()) {
            return refuse(operand, path, "the operator " + quoted(op) + " has no equivalent");
        }
        return caseOf({Fact::Metadata, key, std::move(values)});
    }

    Findings &m_findings;
};

} // namespace

std::vector<PortkeyCase> readPortkeyQuery(const Item &query,
                                          const std::string &path,
                                          Findings &findings)
{
    return QueryReader(findings).read(query, path, 0);
}

} // namespace signalbox::config
