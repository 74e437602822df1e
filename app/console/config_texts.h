// SPDX-License-Identifier: GPL-3.0-or-later
// What the console asks of configurations as texts: the same code as the gateway's, and no gateway.
#pragma once

#include "ui/config_source.h"

#include "core/config/diff.h"
#include "core/config/fault.h"

#include <string>

namespace signalbox::app {

/// Lives on the UI thread.
class ConfigTexts : public ui::ConfigSource
{
    Q_OBJECT

public:
    using ui::ConfigSource::ConfigSource;

    [[nodiscard]] ui::CheckedConfig check(const QString &text) const override;
    [[nodiscard]] ui::EditedConfig edit(const QString &text,
                                        const ui::RouteChange &change) const override;
    [[nodiscard]] ui::EditedConfig editCache(const QString &text,
                                             const ui::CacheChange &change) const override;
    [[nodiscard]] ui::EditedConfig editPrices(
        const QString &text, const std::vector<ui::PriceChange> &changes) const override;
    [[nodiscard]] ui::ImportedConfig importFile(const QByteArray &file,
                                                const QString &name,
                                                const QString &text) const override;
    [[nodiscard]] std::vector<ui::DiffHunk> diff(const QString &before,
                                                 const QString &after) const override;
    [[nodiscard]] std::vector<ui::TextSpan> cjkSpans(const QString &text) const override;
    [[nodiscard]] std::optional<ui::AttemptBill> bill(const AttemptRecord &attempt,
                                                      SystemTime started) const override;
    [[nodiscard]] std::optional<Decision> decideAgain(const RequestRecord &record) const override;

protected:
    /// \p faults of \p text with their keys.
    [[nodiscard]] static std::vector<ui::ConfigFault> viewOf(
        const std::vector<config::Fault> &faults, const std::string &text);
    /// The settings of a text; null where it is faulty.
    [[nodiscard]] static std::shared_ptr<const Configuration> settingsOf(const QString &text);
};

} // namespace signalbox::app
