// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a route answers from the cache.
#pragma once

#include "core/domain/settings.h"

#include <QWidget>

#include <optional>

class QComboBox;

namespace signalbox::ui {

class RouteCacheForm : public QWidget
{
    Q_OBJECT

public:
    explicit RouteCacheForm(QWidget *parent = nullptr);

    /// Nothing: as all routes.
    void setMode(std::optional<CacheMode> mode);
    void setReadOnly(bool readOnly);

Q_SIGNALS:
    /// Somebody chose \p mode.
    void edited(std::optional<signalbox::CacheMode> mode);

private:
    QComboBox *m_mode;
};

} // namespace signalbox::ui
