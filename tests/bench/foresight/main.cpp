// SPDX-License-Identifier: Apache-2.0
// bench_foresight [changes [seed]]: how true previews are, and how fast.
#include "tests/bench/foresight/bench.h"

#include <cstdlib>

int main(int argc, char **argv)
{
    constexpr int kChanges = 30;
    const int missed = signalbox::tests::measureTruth(argc > 1 ? std::atoi(argv[1]) : kChanges,
                                                      argc > 2 ? std::atoi(argv[2]) : 0);
    signalbox::tests::measureSpeed();
    return missed;
}
