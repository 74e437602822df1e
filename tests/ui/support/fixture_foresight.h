// SPDX-License-Identifier: GPL-3.0-or-later
// Previews as a gateway would answer them, whenever the test says so.
#pragma once

#include "ui/foresight_source.h"

#include <utility>
#include <vector>

namespace signalbox::ui {

/// Keeps the questions; answers the last one by answer() or fail().
class FixtureForesight : public ForesightSource
{
    Q_OBJECT

public:
    using ForesightSource::ForesightSource;

    void ask(quint64 id, const ForesightQuestion &question) override
    {
        m_id = id;
        m_questions.push_back(question);
    }
    void cancel() override { ++m_cancelled; }

    [[nodiscard]] const std::vector<ForesightQuestion> &questions() const { return m_questions; }
    [[nodiscard]] int cancelled() const { return m_cancelled; }
    void progress(double share) { Q_EMIT progressed(m_id, share); }
    void answer(Foresight foresight)
    {
        Q_EMIT answered(m_id, {std::make_shared<const Foresight>(std::move(foresight)), {}});
    }
    void fail(const QString &problem) { Q_EMIT answered(m_id, {nullptr, problem}); }

    /// Weights moved from a/x to b/y, and a little of it to a target nobody has asked yet.
    [[nodiscard]] static Foresight scene(bool sample = false);

private:
    quint64 m_id = 0;
    int m_cancelled = 0;
    std::vector<ForesightQuestion> m_questions;
};

} // namespace signalbox::ui
