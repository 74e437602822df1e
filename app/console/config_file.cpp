// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/config_file.h"

#include "app/console/config_writer.h"

#include "core/runtime/config_file.h"

#include <QFile>

#include <set>
#include <utility>

namespace signalbox::app {

namespace {

constexpr const char *kFirstRoute = "default";

} // namespace

ConfigFile::ConfigFile(std::string path,
                       std::string text,
                       std::string stateDir,
                       runtime::SecretStore &store)
    : m_path(std::move(path))
    , m_text(std::move(text))
    , m_stateDir(std::move(stateDir))
    , m_store(store)
{}

bool ConfigFile::isMissing() const
{
    return !isFixed() && !QFile::exists(QString::fromStdString(m_path));
}

Result<std::string, std::string> ConfigFile::currentText() const
{
    QFile file(QString::fromStdString(m_path));
    if (isFixed() || !file.exists()) {
        return m_text;
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return Failure{m_path + " cannot be read: " + file.errorString().toStdString()};
    }
    return file.readAll().toStdString();
}

bool ConfigFile::read()
{
    const auto text = currentText();
    auto ready = text ? runtime::readConfigurationText(*text, m_path, m_store)
                      : Result<runtime::ReadyConfiguration, runtime::Problems>(
                          Failure{runtime::Problems{text.error()}});
    m_problem = ready ? std::string() : ready.error().front();
    if (ready) {
        m_configuration = ready->configuration;
    }
    return ready.ok();
}

std::string ConfigFile::unusedName(SecretRef::Store store, const std::string &provider) const
{
    std::set<std::string> used;
    const bool added = !m_afterAdding.empty() && m_lastAdded == provider;
    for (const ProviderSettings &settings : m_configuration->providers) {
        const bool replaced = added && settings.id == provider;
        for (const SecretRef &ref : settings.keys) {
            if (ref.store == store && !replaced) {
                used.insert(ref.name);
            }
        }
    }
    std::string name = provider;
    for (int i = 2; used.contains(name); ++i) {
        name = provider + "-" + std::to_string(i);
    }
    return name;
}

Status<std::string> ConfigFile::setKeys(const std::string &provider,
                                        const std::vector<SecretRef> &keys)
{
    const auto text = currentText();
    if (!text) {
        return Failure{text.error()};
    }
    const auto edited = config::withProviderKeys(*text, provider, keys);
    if (!edited) {
        return Failure{edited.error()};
    }
    const ProviderSettings *known = m_configuration ? m_configuration->provider(provider) : nullptr;
    const bool same = known != nullptr && known->keys == keys;
    return same ? Status<std::string>(Nothing{}) : replace(*edited);
}

Status<std::string> ConfigFile::add(const config::NewProvider &provider)
{
    const auto text = currentText();
    if (!text) {
        return Failure{text.error()};
    }
    const bool again = *text == m_afterAdding && provider.id == m_lastAdded;
    std::string before = again ? m_beforeAdding : *text;
    const auto edited = config::withProvider(before, provider, kFirstRoute);
    if (!edited) {
        return Failure{edited.error()};
    }
    auto written = replace(*edited);
    if (written) {
        m_beforeAdding = std::move(before);
        m_afterAdding = *edited;
        m_lastAdded = provider.id;
    }
    return written;
}

Status<std::string> ConfigFile::replace(const std::string &text) const
{
    return replaceConfiguration(m_path, text, m_stateDir);
}

} // namespace signalbox::app
