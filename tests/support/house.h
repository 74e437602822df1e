// SPDX-License-Identifier: Apache-2.0
// The configuration that gateway tests vary: providers a, b (OpenAI) and c (Anthropic), route chat.
#pragma once

#include <string>

namespace signalbox::tests {

/// Targets a/x, a/x2, b/y and c/z; what is empty keeps its default.
struct House
{
    std::string targets = R"([{ target = "a/x" }, { target = "b/y" }])";
    std::string strategy = "priority";
    std::string route = {}; ///< further keys of the route
    std::string provider = {}; ///< further keys of each provider
    std::string keysOfA = R"(["env:A1"])";
    std::string kindOfA = "openai";
    std::string kindOfB = "openai";
    std::string baseUrlOfA = "https://a.example/v1";
    std::string limitsOfA = {};
    std::string priceOfX = "{ input = 1.0, output = 4.0 }";
    std::string modelsOfB = "[[provider.model]]\nname = \"y\"\naliases = [\"yes\"]\n"
                            "price = { input = 2.0, output = 8.0 }\n";
    std::string more = {}; ///< whole tables behind it

    [[nodiscard]] std::string toml() const
    {
        const std::string limits = limitsOfA.empty() ? "" : "limits = " + limitsOfA + "\n";
        const std::string price = priceOfX.empty() ? "" : "price = " + priceOfX + "\n";
        return "[[provider]]\nid = \"a\"\nkind = \"" + kindOfA + "\"\nbase_url = \"" + baseUrlOfA
               + "\"\nkeys = " + keysOfA + "\n" + limits + provider
               + "\n[[provider.model]]\nname = \"x\"\n" + price
               + "[[provider.model]]\nname = \"x2\"\nprice = { input = 1.0, output = 4.0 }\n"
               + "[[provider]]\nid = \"b\"\nkind = \"" + kindOfB + "\"\nkeys = [\"env:B1\"]\n"
               + provider + "\n" + modelsOfB
               + "[[provider]]\nid = \"c\"\nkind = \"anthropic\"\nkeys = [\"env:C1\"]\n" + provider
               + "\n[[provider.model]]\nname = \"z\"\nprice = { input = 3.0, output = 15.0 }\n"
               + "[[route]]\nname = \"chat\"\nstrategy = \"" + strategy + "\"\ntargets = " + targets
               + "\n" + route + "\n" + more;
    }
};

} // namespace signalbox::tests
