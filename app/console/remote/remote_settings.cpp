// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/remote/remote_settings.h"

#include <QTimer>

using namespace Qt::StringLiterals;

namespace signalbox::app {

namespace {

ui::KeyPlace placeOf(const QString &ref)
{
    const QString scheme = ref.section(u':', 0, 0);
    return scheme == u"env"_s       ? ui::KeyPlace::Environment
           : scheme == u"file"_s    ? ui::KeyPlace::File
           : scheme == u"session"_s ? ui::KeyPlace::Session
           : scheme == u"vault"_s   ? ui::KeyPlace::Vault
                                    : ui::KeyPlace::Keychain;
}

ui::ProviderKeys keysOf(const telemetry::ProviderView &provider)
{
    ui::ProviderKeys keys{.provider = QString::fromStdString(provider.id),
                          .kind = QString::fromStdString(provider.kind),
                          .target = {},
                          .keys = {}};
    for (const telemetry::KeyView &key : provider.keys) {
        const QString ref = QString::fromStdString(key.name);
        keys.keys.push_back(
            {.ref = ref, .place = placeOf(ref), .masked = u"••••"_s, .problem = {}});
    }
    return keys;
}

} // namespace

RemoteSettings::RemoteSettings(ui::ConsoleSource &source)
    : m_source(source)
{
    connect(&m_source, &ui::ConsoleSource::doorbell, this, &RemoteSettings::refresh);
    refresh();
}

void RemoteSettings::refresh()
{
    const auto snapshot = m_source.snapshot();
    std::vector<ui::ProviderKeys> providers;
    if (snapshot != nullptr) {
        for (const telemetry::ProviderView &provider : snapshot->providers) {
            providers.push_back(keysOf(provider));
        }
    }
    if (providers != m_providers) {
        m_providers = std::move(providers);
        Q_EMIT changed();
    }
}

ui::KeychainView RemoteSettings::keychain() const
{
    return {.state = ui::KeychainView::State::NotUsed};
}

ui::FilesView RemoteSettings::files() const
{
    ui::FilesView files;
    files.isFar = true;
    return files;
}

QString RemoteSettings::whyFixed() const
{
    if (m_source.connection().isRecorded()) {
        return tr("This is a recording: of the keys it has their names, never the keys.");
    }
    return tr("The gateway is on another machine: its configuration and its keys are kept and "
              "changed there. Here stand their names, never the keys.");
}

void RemoteSettings::refuse(quint64 id)
{
    QTimer::singleShot(0, this, [this, id] { Q_EMIT finished(id, false, whyFixed()); });
}

void RemoteSettings::saveKey(quint64 id, const ui::NewKey &)
{
    refuse(id);
}

void RemoteSettings::deleteKey(quint64 id, const QString &, int)
{
    refuse(id);
}

void RemoteSettings::addProvider(quint64 id, const ui::NewProvider &)
{
    refuse(id);
}

void RemoteSettings::testGateway(quint64 id)
{
    refuse(id);
}

void RemoteSettings::test(quint64 id, const QString &)
{
    refuse(id);
}

} // namespace signalbox::app
