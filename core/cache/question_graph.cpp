// SPDX-License-Identifier: Apache-2.0
#include "core/cache/question_graph.h"

#include "core/base/check.h"

#include <algorithm>
#include <cstring>
#include <hnswlib/hnswlib.h>

namespace signalbox::cache {
namespace {

/// Neighbours of a point, twice as many on the lowest level; how many are looked at to choose them, and
/// for a lookup at least.
constexpr std::size_t kNeighbours = 16;
constexpr std::size_t kBuildWidth = 100;
constexpr std::size_t kFindWidth = 96;

/// A point as it lies in the graph: its steps, and their length behind them.
Point pointIn(const void *bytes, std::size_t dimensions)
{
    Point point;
    point.steps = {static_cast<const std::int8_t *>(bytes), dimensions};
    std::memcpy(&point.scale, point.steps.data() + dimensions, sizeof point.scale);
    return point;
}

float distance(const void *one, const void *other, const void *dimensions)
{
    const std::size_t count = *static_cast<const std::size_t *>(dimensions);
    return 1.0F - similarity(pointIn(one, count), pointIn(other, count));
}

class CosineSpace final : public hnswlib::SpaceInterface<float>
{
public:
    explicit CosineSpace(std::size_t dimensions)
        : m_dimensions(dimensions)
    {}
    std::size_t get_data_size() override { return m_dimensions + sizeof(Point::scale); }
    hnswlib::DISTFUNC<float> get_dist_func() override { return distance; }
    void *get_dist_func_param() override { return &m_dimensions; }

private:
    std::size_t m_dimensions;
};

std::vector<char> bytesOf(Point point)
{
    std::vector<char> bytes(point.steps.size() + sizeof point.scale);
    std::memcpy(bytes.data(), point.steps.data(), point.steps.size());
    std::memcpy(bytes.data() + point.steps.size(), &point.scale, sizeof point.scale);
    return bytes;
}

} // namespace

struct QuestionGraph::Graph
{
    Graph(std::size_t dimensionCount, std::size_t room)
        : dimensions(dimensionCount)
        , space(dimensionCount)
        , points(&space, std::max<std::size_t>(room, 1), kNeighbours, kBuildWidth)
    {
        points.setEf(kFindWidth);
    }

    std::size_t dimensions;
    CosineSpace space; // the graph keeps a pointer into it
    hnswlib::HierarchicalNSW<float> points;
};

QuestionGraph::QuestionGraph(std::size_t dimensions, std::size_t room)
    : m_graph(std::make_unique<Graph>(dimensions, room))
{}

QuestionGraph::~QuestionGraph() = default;

std::uint32_t QuestionGraph::add(Point point)
{
    SB_CHECK(point.steps.size() == m_graph->dimensions);
    auto &points = m_graph->points;
    if (points.cur_element_count == points.max_elements_) {
        points.resizeIndex(points.max_elements_ + points.max_elements_ / 2 + 1);
    }
    const auto number = static_cast<std::uint32_t>(points.cur_element_count);
    points.addPoint(bytesOf(point).data(), number);
    return number;
}

std::vector<QuestionGraph::Near> QuestionGraph::nearest(Point wanted, std::size_t most) const
{
    SB_CHECK(wanted.steps.size() == m_graph->dimensions);
    auto found = m_graph->points.searchKnn(bytesOf(wanted).data(), most);
    std::vector<Near> all;
    all.reserve(found.size());
    for (; !found.empty(); found.pop()) {
        const auto number = static_cast<std::uint32_t>(found.top().second);
        all.push_back({number, similarity(at(number), wanted)});
    }
    return all;
}

Point QuestionGraph::at(std::uint32_t number) const
{
    // Points are added one by one under rising numbers, so that the graph's own are the same.
    return pointIn(m_graph->points.getDataByInternalId(number), m_graph->dimensions);
}

std::size_t QuestionGraph::size() const
{
    return m_graph->points.cur_element_count;
}

std::size_t QuestionGraph::bytes() const
{
    const auto &points = m_graph->points;
    constexpr std::size_t kLookUp = 48; // an entry of its table of numbers
    constexpr std::size_t kLock = 40; // it has one for each point, though nobody shares it
    const std::size_t perPlace = points.size_data_per_element_ + sizeof(void *) + sizeof(int)
                                 + kLock + sizeof(hnswlib::vl_type);
    // One point in kNeighbours is on the next level, too.
    const std::size_t above = points.cur_element_count * points.size_links_per_element_
                              / (kNeighbours - 1);
    return points.max_elements_ * perPlace + points.cur_element_count * kLookUp + above
           + points.max_update_element_locks * kLock;
}

} // namespace signalbox::cache
