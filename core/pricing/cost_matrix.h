// SPDX-License-Identifier: Apache-2.0
// Task class x target: what a task of this class really costs at a target, and how long it takes.
#pragma once

#include "core/base/money.h"
#include "core/base/random.h"
#include "core/base/time.h"
#include "core/domain/cost_matrix.h"
#include "core/domain/ids.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace signalbox::pricing {

/// One upstream call, as the matrix counts it.
struct CallSample
{
    std::string task; ///< RequestRecord::taskName()
    TargetId target;
    std::int64_t promptTokens = 0;
    std::int64_t completionTokens = 0;
    std::optional<Money> cost; ///< nothing: used tokens at an unknown price
    std::optional<Micros> firstToken;
    Micros total{0};
    bool answered = false; ///< a whole answer came
    bool failed = false; ///< by the target's own fault
    bool abandoned = false; ///< the client left while it ran
};

using signalbox::Band;
using signalbox::MatrixCell;

/// Bounded: sums, and kKept calls of each cell, drawn evenly from all of them, for the bands.
class CostMatrix
{
public:
    static constexpr std::int64_t kEnoughCalls = 20;
    static constexpr std::size_t kKept = 400;
    static constexpr int kResamples = 200;
    static constexpr std::size_t kCellsMax = 4096; ///< calls of further ones are not counted

    /// \p seed: of which calls are kept and how they are drawn again.
    explicit CostMatrix(std::uint64_t seed);

    void add(const CallSample &call);
    /// By task, then target.
    [[nodiscard]] std::vector<MatrixCell> cells() const;

private:
    struct Kept
    {
        double cost = 0;
        std::optional<double> firstToken;
        double writing = 0; ///< seconds
        double tokens = 0; ///< written in that time
        bool answered = false;
        bool failed = false;
        bool abandoned = false;
    };
    struct Cell
    {
        MatrixCell sums;
        std::vector<Kept> kept;
        std::int64_t failed = 0;
        std::int64_t abandoned = 0;
    };

    static void addBands(const Cell &cell, Random &random, MatrixCell &out);

    std::uint64_t m_seed;
    Random m_random;
    std::map<std::pair<std::string, TargetId>, Cell> m_cells;
};

} // namespace signalbox::pricing
