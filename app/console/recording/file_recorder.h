// SPDX-License-Identifier: GPL-3.0-or-later
// Recordings as files: checked, written, and opened in another process; of a gateway in this process or
// on another machine.
#pragma once

#include "app/console/remote/remote_source.h"
#include "ui/recorder.h"

#include "core/runtime/job_thread.h"
#include "core/runtime/service.h"

#include <functional>
#include <memory>
#include <string>

namespace signalbox::app {

/// Files are read and written on a thread of its own. By itself it opens recordings and makes none.
class FileRecorder : public ui::Recorder
{
    Q_OBJECT

public:
    /// Shows a recording in a process of its own; false when none could be started.
    using Launch = std::function<bool(const QString &path)>;

    /// Without \p launch this program is started once more.
    explicit FileRecorder(Launch launch = {});

    [[nodiscard]] QString whyNot() const override;
    void record(SystemTime since, SystemTime until, const QString &path) override;
    void open(const QString &path) override;

protected:
    /// Checks that \p bytes are a recording and writes them to \p path, its owner's alone. Any thread.
    void keep(std::shared_ptr<const std::string> bytes, const QString &path);
    void complain(const QString &problem);

private:
    Launch m_launch;
    runtime::JobThread m_thread;
};

/// Of the gateway in this process.
class LocalRecorder : public FileRecorder
{
    Q_OBJECT

public:
    /// \p service must outlive it; it must outlive the gateway's thread.
    explicit LocalRecorder(runtime::Service &service)
        : m_service(service)
    {}

    [[nodiscard]] QString whyNot() const override { return {}; }
    void record(SystemTime since, SystemTime until, const QString &path) override;

private:
    runtime::Service &m_service;
};

/// Of a gateway on another machine, by the operators' HTTP.
class RemoteRecorder : public FileRecorder
{
    Q_OBJECT

public:
    /// \p source must outlive it.
    RemoteRecorder(RemoteSource &source, const QSslConfiguration &tls);
    ~RemoteRecorder() override;

    [[nodiscard]] QString whyNot() const override;
    void record(SystemTime since, SystemTime until, const QString &path) override;

private:
    RemoteSource &m_source;
    RemoteHttp m_http;
};

} // namespace signalbox::app
