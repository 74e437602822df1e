// SPDX-License-Identifier: GPL-3.0-or-later
// A gateway for batches and a store for votes that do what a test wants them to.
#pragma once

#include "ui/batch_source.h"
#include "ui/judgement_store.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <deque>

namespace signalbox::ui {

/// Answers when it is told to.
class FixtureBatch : public BatchSource
{
    Q_OBJECT

public:
    struct Asked
    {
        quint64 run = 0;
        QJsonObject body = {};
    };

    using BatchSource::BatchSource;

    [[nodiscard]] QString whyNot() const override { return m_whyNot; }
    void ask(quint64 run, const QByteArray &body) override
    {
        m_waiting.push_back({run, QJsonDocument::fromJson(body).object()});
        ++m_count;
    }

    /// In the air, the first one asked first.
    [[nodiscard]] const std::deque<Asked> &waiting() const { return m_waiting; }
    [[nodiscard]] int count() const { return m_count; }
    void setWhyNot(const QString &why)
    {
        m_whyNot = why;
        Q_EMIT changed();
    }
    /// The first one that waits.
    void answer(BatchAnswer answer, bool sent = true)
    {
        const quint64 run = m_waiting.front().run;
        m_waiting.pop_front();
        Q_EMIT answered(run, answer, sent);
    }
    void answer(const QString &text, const char *cost = "0.002", double ms = 640)
    {
        Usage usage;
        usage.promptTokens = 21;
        usage.completionTokens = 64;
        answer({.text = text,
                .id = QStringLiteral("01BATCH%1").arg(m_count),
                .target = m_waiting.front().body.value(QStringLiteral("model")).toString(),
                .finishReason = QStringLiteral("stop"),
                .usage = usage,
                .cost = Money::fromDecimal(cost),
                .totalMs = ms});
    }

private:
    std::deque<Asked> m_waiting;
    QString m_whyNot;
    int m_count = 0;
};

/// Keeps in memory, at once or when it is told to.
class FixtureStore : public JudgementStore
{
    Q_OBJECT

public:
    using JudgementStore::JudgementStore;

    void load() override { Q_EMIT loaded(m_kept); }
    void keepVote(const KeptVote &vote) override { m_kept.votes.push_back(vote); }
    void forgetVotes() override { m_kept.votes.clear(); }
    void keepPlan(const BatchPlan &plan, bool again) override
    {
        m_kept.plan = plan;
        if (!again) {
            m_kept.answers.clear();
        }
    }
    void keepAnswer(const BatchAnswer &answer) override
    {
        if (!m_problem.isEmpty()) {
            Q_EMIT trouble(m_problem);
            return;
        }
        m_kept.answers.push_back(answer);
        QMetaObject::invokeMethod(
            this, [this, place = answer.place] { Q_EMIT kept(place); }, Qt::QueuedConnection);
    }
    void forgetBatch() override
    {
        m_kept.plan.reset();
        m_kept.answers.clear();
    }

    /// What is there; to be filled before load().
    [[nodiscard]] KeptJudgements &content() { return m_kept; }
    void setProblem(const QString &problem) { m_problem = problem; }

private:
    KeptJudgements m_kept;
    QString m_problem;
};

} // namespace signalbox::ui
