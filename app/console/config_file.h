// SPDX-License-Identifier: GPL-3.0-or-later
// The configuration file as the console reads it and changes its providers.
#pragma once

#include "core/config/edit.h"
#include "core/domain/settings.h"
#include "core/runtime/secret_store.h"

#include <memory>
#include <string>

namespace signalbox::app {

class ConfigFile
{
public:
    /// \p path empty: \p text is in no file and never changes; else \p text stands in for a file
    /// that is not there yet. \p store must outlive it.
    ConfigFile(std::string path,
               std::string text,
               std::string stateDir,
               runtime::SecretStore &store);

    [[nodiscard]] bool isFixed() const { return m_path.empty(); }
    [[nodiscard]] bool isMissing() const;

    /// Reads it anew; false leaves the configuration as it was last known and sets the problem.
    bool read();
    /// Why the last read() failed; empty where it did not.
    [[nodiscard]] const std::string &problem() const { return m_problem; }
    /// Null until a read() went well.
    [[nodiscard]] const Configuration *configuration() const { return m_configuration.get(); }

    /// The provider's id, with a number where its other keys or other providers have that name.
    /// \pre there is a configuration
    [[nodiscard]] std::string unusedName(SecretRef::Store store, const std::string &provider) const;
    /// Writes the keys of \p provider, if they differ. Else a sentence.
    Status<std::string> setKeys(const std::string &provider, const std::vector<SecretRef> &keys);
    /// Writes \p provider and a first route to it; in place of the one of that id, where it was added
    /// a moment ago and nobody has touched the file since. Else a sentence.
    Status<std::string> add(const config::NewProvider &provider);

private:
    [[nodiscard]] Result<std::string, std::string> currentText() const;
    Status<std::string> replace(const std::string &text) const;

    std::string m_path;
    std::string m_text;
    std::string m_stateDir;
    runtime::SecretStore &m_store;
    std::shared_ptr<const Configuration> m_configuration;
    std::string m_problem;
    std::string m_lastAdded; ///< provider
    std::string m_beforeAdding; ///< the file's text before it was added,
    std::string m_afterAdding; ///< and after; empty: none was
};

} // namespace signalbox::app
