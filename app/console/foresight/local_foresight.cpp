// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/foresight/local_foresight.h"

#include "core/runtime/config_file.h"

#include <utility>

namespace signalbox::app {

namespace {

constexpr int kSampleBlocks = 1; ///< of replay::ReplayOptions::kBlocks

} // namespace

LocalForesight::LocalForesight(runtime::LedgerPlace ledger,
                               const ui::ConfigSource &config,
                               Clock clock)
    : m_config(config)
    , m_clock(std::move(clock))
    , m_wanted(std::make_shared<std::atomic<bool>>(false))
    , m_desk(std::move(ledger))
{
    connect(this, &LocalForesight::rung, this, &LocalForesight::deliver, Qt::QueuedConnection);
}

LocalForesight::~LocalForesight()
{
    cancel();
}

void LocalForesight::refuse(quint64 id, const QString &problem)
{
    leave({id, 1, std::make_shared<ui::ForesightAnswer>(ui::ForesightAnswer{nullptr, problem})});
}

void LocalForesight::ask(quint64 id, const ui::ForesightQuestion &question)
{
    cancel();
    const auto draft = m_config.check(question.draft).settings;
    const auto inForce = m_config.running().settings;
    if (!draft || !inForce) {
        refuse(id, tr("The draft is faulty: there is nothing to preview."));
        return;
    }
    runtime::ReplayQuestion asked;
    asked.inForce = inForce;
    asked.draft = draft;
    asked.recording = question.recording.toStdString();
    const SystemTime now = m_clock();
    asked.period = {now - question.period, now};
    asked.how.dayEnd = runtime::dayEndInZone;
    asked.how.blocks = question.sample ? kSampleBlocks : replay::ReplayOptions::kBlocks;
    asked.how.whatIfs = !question.sample;
    m_wanted = std::make_shared<std::atomic<bool>>(true);
    asked.how.goOn = [this, id, wanted = m_wanted](double done) {
        leave({id, done, nullptr});
        return wanted->load();
    };
    const bool taken = m_desk.ask(std::move(asked), [this, id](runtime::ReplayAnswer told) {
        ui::ForesightAnswer answer;
        if (told) {
            answer.foresight = std::make_shared<const Foresight>(*std::move(told));
        } else {
            answer.problem = told.error().cancelled ? tr("The preview was stopped.")
                                                    : QString::fromStdString(told.error().text);
        }
        leave({id, 1, std::make_shared<const ui::ForesightAnswer>(std::move(answer))});
    });
    if (!taken) {
        refuse(id, tr("Too many previews wait already."));
    }
}

void LocalForesight::cancel()
{
    *m_wanted = false;
}

void LocalForesight::leave(News news)
{
    {
        const std::lock_guard lock(m_mutex);
        m_news.push_back(std::move(news));
    }
    Q_EMIT rung();
}

void LocalForesight::deliver()
{
    std::vector<News> news;
    {
        const std::lock_guard lock(m_mutex);
        news = std::exchange(m_news, {});
    }
    for (const News &one : news) {
        if (one.answer) {
            Q_EMIT answered(one.id, *one.answer);
        } else {
            Q_EMIT progressed(one.id, one.done);
        }
    }
}

} // namespace signalbox::app
