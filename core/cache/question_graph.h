// SPDX-License-Identifier: Apache-2.0
// Points in a graph of near neighbours (HNSW, arXiv 1603.09320): the nearest of a hundred thousand are
// found by looking at some thousand.
#pragma once

#include "core/cache/embedding.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace signalbox::cache {

/// Finds nearly all of the nearest, not always each. Nothing is taken out: whoever asks knows which
/// points are of use still. Not for several threads.
class QuestionGraph
{
public:
    struct Near
    {
        std::uint32_t number = 0;
        float likeness = 0; ///< as similarity() tells it

        friend bool operator==(const Near &, const Near &) = default;
    };

    /// For points of \p dimensions coordinates, and for \p room of them until it grows.
    QuestionGraph(std::size_t dimensions, std::size_t room);
    ~QuestionGraph();
    QuestionGraph(const QuestionGraph &) = delete;
    QuestionGraph &operator=(const QuestionGraph &) = delete;

    /// Its points are numbered from 0 on. \pre \p point has as many coordinates
    std::uint32_t add(Point point);
    /// Those most alike, in no order. \pre \p wanted has as many coordinates
    [[nodiscard]] std::vector<Near> nearest(Point wanted, std::size_t most) const;
    /// Valid until the next add(). \pre \p number is below size()
    [[nodiscard]] Point at(std::uint32_t number) const;
    [[nodiscard]] std::size_t size() const;
    /// Of memory, near enough.
    [[nodiscard]] std::size_t bytes() const;

private:
    struct Graph;
    std::unique_ptr<Graph> m_graph;
};

} // namespace signalbox::cache
