// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/token_keeper.h"

#include "core/runtime/thread_name.h"

#include <boost/asio/post.hpp>
#include <utility>

namespace signalbox::runtime {
namespace {

constexpr Seconds kSaveEvery{60};

} // namespace

TokenKeeper::TokenKeeper(boost::asio::io_context &loop,
                         gateway::Gateway &gateway,
                         Log &log,
                         std::string stateDir)
    : m_loop(loop)
    , m_gateway(gateway)
    , m_log(log)
    , m_stateDir(std::move(stateDir))
{
    auto calibration = loadCalibration(calibrationPath(m_stateDir));
    if (calibration) {
        m_saved = calibration->toText();
        m_gateway.setCalibration(std::move(*calibration));
    } else {
        m_log.event(Log::Level::Warning,
                    "token_calibration_lost",
                    {{"problem", calibration.error()}});
        m_saved = tokens::Calibration().toText();
    }
    run([this] {
        auto loaded = loadTokenizers(tokenizersDir(m_stateDir));
        boost::asio::post(m_loop, [this, tokenizers = std::move(loaded)]() mutable {
            bring(std::move(tokenizers));
        });
    });
}

TokenKeeper::~TokenKeeper()
{
    save();
}

void TokenKeeper::save()
{
    if (m_worker.joinable()) {
        m_worker.join();
    }
    std::string text = m_gateway.calibration().toText();
    if (text == m_saved) {
        return;
    }
    if (auto saved = saveCalibration(calibrationPath(m_stateDir), text); !saved) {
        m_log.event(Log::Level::Warning, "token_calibration_unsaved", {{"problem", saved.error()}});
    }
    m_saved = std::move(text);
}

void TokenKeeper::run(std::function<void()> job)
{
    if (m_worker.joinable()) {
        m_worker.join(); // not busy: at its end
    }
    m_busy = true;
    m_worker = std::thread([this, job = std::move(job)] {
        nameThisThread("sb-tokens");
        job();
        m_busy = false;
    });
}

void TokenKeeper::bring(LoadedTokenizers tokenizers)
{
    for (const std::string &problem : tokenizers.problems) {
        m_log.event(Log::Level::Warning, "tokenizer_unusable", {{"problem", problem}});
    }
    for (const std::string &name : tokenizers.loaded) {
        m_log.event(Log::Level::Info, "tokenizer_loaded", {{"file", name}});
    }
    m_gateway.setEncoders(std::move(tokenizers.encoders));
}

void TokenKeeper::tick(SteadyTime now)
{
    if (m_saveAt == SteadyTime{}) {
        m_saveAt = now + kSaveEvery;
    }
    if (now < m_saveAt || m_busy) {
        return;
    }
    m_saveAt = now + kSaveEvery;
    std::string text = m_gateway.calibration().toText();
    if (text == m_saved) {
        return;
    }
    m_saved = text;
    run([this, text = std::move(text)] {
        auto saved = saveCalibration(calibrationPath(m_stateDir), text);
        if (!saved) {
            boost::asio::post(m_loop, [this, problem = saved.error()] {
                m_log.event(Log::Level::Warning,
                            "token_calibration_unsaved",
                            {{"problem", problem}});
            });
        }
    });
}

} // namespace signalbox::runtime
