// SPDX-License-Identifier: Apache-2.0
#include "tests/sim/questions.h"

namespace signalbox::sim {

std::string Question::words() const
{
    return "what is said of " + std::string(length, 'q') + " in case " + std::to_string(number)
           + (asking ? "?" : "");
}

Questions::Questions(Random &random)
{
    for (Question &question : m_common) {
        question = common(random);
    }
}

Question Questions::fresh(Random &random)
{
    Question question;
    question.number = ++m_last;
    question.limited = random.below(2) == 0;
    question.length = 1 + random.below(200);
    return question;
}

Question Questions::common(Random &random)
{
    constexpr std::array<std::string_view, 5> routes = {"chat",
                                                        "chat",
                                                        "steady",
                                                        "steady",
                                                        "brittle"};
    Question question = fresh(random);
    question.route = routes[random.below(routes.size())];
    return question;
}

Question Questions::next(Random &random)
{
    if (m_crowd > 0) {
        --m_crowd;
        return m_crowded;
    }
    if (random.below(3) != 0) {
        return fresh(random);
    }
    Question &asked = m_common[random.below(1 + random.below(kCommon))];
    if (random.below(40) == 0) {
        asked = common(random); // what everybody asks changes
    }
    Question question = asked;
    question.asking = random.below(4) == 0;
    if (random.below(12) == 0) {
        m_crowded = question;
        m_crowd = 1 + random.below(1 + random.below(6));
    }
    return question;
}

} // namespace signalbox::sim
