// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/cache/questions.h"

#include <array>
#include <string_view>

namespace signalbox::bench {
namespace {

constexpr std::array kVerbs = {"repair",  "clean",  "install", "order",   "cancel", "change",
                               "reset",   "update", "remove",  "test",    "paint",  "move",
                               "measure", "print",  "send",    "return",  "sell",   "rent",
                               "share",   "export", "import",  "compare", "unlock", "renew",
                               "report",  "book",   "park",    "charge",  "cool",   "replace",
                               "label",   "store",  "weigh"};
constexpr std::array kThings = {"engine",  "printer",     "invoice",     "password",   "ticket",
                                "camera",  "battery",     "window",      "licence",    "parcel",
                                "account", "sensor",      "bicycle",     "router",     "kitchen",
                                "antenna", "contract",    "telescope",   "keyboard",   "mattress",
                                "heating", "elevator",    "greenhouse",  "trailer",    "dashboard",
                                "backup",  "certificate", "loudspeaker", "microscope", "tractor",
                                "violin",  "aquarium",    "projector",   "scanner",    "turbine",
                                "freezer", "sailboat",    "locker"};
constexpr std::array kPlaces =
    {"at home",          "in the office",    "in Berlin",         "on a ship",
     "in winter",        "at night",         "in the warehouse",  "for a friend",
     "at school",        "in the garage",    "on Mondays",        "in Lisbon",
     "abroad",           "by phone",         "in the cellar",     "at the airport",
     "in the mountains", "for the fleet",    "in the laboratory", "after a storm",
     "on the roof",      "in Nairobi",       "during holidays",   "for a customer",
     "in the van",       "near the harbour", "at the clinic"};

struct Parts
{
    std::string_view verb;
    std::string_view thing;
    std::string_view place;
    std::string number; ///< with a blank before it, where there is one
};

Parts partsOf(std::size_t number)
{
    const std::size_t kinds = kVerbs.size() * kThings.size() * kPlaces.size();
    const std::size_t kind = number % kinds * 7919 % kinds; // neighbours are no relatives
    const std::size_t round = number / kinds;
    const bool numbered = round > 0 || kind % 3 == 0;
    // The numbered third shares few places, so that hundreds differ in the number alone.
    return {kVerbs[kind % kVerbs.size()],
            kThings[kind / kVerbs.size() % kThings.size()],
            numbered ? kPlaces[round % kPlaces.size()]
                     : kPlaces[kind / kVerbs.size() / kThings.size()],
            numbered ? " " + std::to_string(100 + number) : std::string()};
}

} // namespace

std::string question(std::size_t number)
{
    const Parts parts = partsOf(number);
    return "How do I " + std::string(parts.verb) + " the " + std::string(parts.thing) + parts.number
           + " " + std::string(parts.place) + "?";
}

std::string inOtherWords(std::size_t number)
{
    const Parts parts = partsOf(number);
    return "how can i " + std::string(parts.verb) + " a " + std::string(parts.thing) + parts.number
           + " " + std::string(parts.place);
}

} // namespace signalbox::bench
