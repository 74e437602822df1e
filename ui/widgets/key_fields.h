// SPDX-License-Identifier: GPL-3.0-or-later
// A key, or the name of one, and the place where it is kept.
#pragma once

#include "ui/settings_source.h"

#include <QWidget>

class QLabel;
class QLineEdit;

namespace signalbox::ui {

class Segments;

/// A key is typed as dots; it is gone, and cannot be brought back by undoing, once it was taken,
/// cleared, or another place was chosen.
class KeyFields : public QWidget
{
    Q_OBJECT

public:
    explicit KeyFields(QWidget *parent = nullptr);

    /// Empty, for a key of \p provider. Where no keychain works another place is proposed.
    void start(const QString &provider, KeyPlace place);
    /// Whose key it is, in the names that are spoken.
    void setProvider(const QString &provider);
    void setKeychain(const KeychainView &keychain);
    [[nodiscard]] KeyPlace place() const;
    [[nodiscard]] bool isEmpty() const;
    /// The place that is chosen can be used.
    [[nodiscard]] bool canBeKept() const;
    /// What was entered; a typed key is taken out of the field.
    [[nodiscard]] NewKey take();
    void clear();

Q_SIGNALS:
    void changed();
    void submitted();

private:
    void refresh();

    QLineEdit *m_value;
    QLabel *m_valueLabel;
    Segments *m_place;
    QLabel *m_hint;
    KeychainView m_keychain;
    QString m_provider;
};

} // namespace signalbox::ui
