// SPDX-License-Identifier: GPL-3.0-or-later
// One provider's keys: a line for each, and what can be done with them.
#pragma once

#include "ui/settings_source.h"

#include "core/telemetry/snapshot.h"

#include <QWidget>

class QGridLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace signalbox::ui {

class NoticeBar;

class ProviderKeysBox : public QWidget
{
    Q_OBJECT

public:
    explicit ProviderKeysBox(ProviderKeys keys, QWidget *parent = nullptr);

    [[nodiscard]] const ProviderKeys &keys() const { return m_keys; }
    /// Lines are made anew only where keys were added or taken away.
    void setKeys(const ProviderKeys &keys);
    /// How the gateway fares with them; null: it does not know the provider.
    void setLive(const telemetry::ProviderView *live, SystemTime now);
    /// Without permission only the tests can be pressed; \p why says so.
    void setFixed(const QString &why);
    /// The outcome of what was asked for last.
    void tell(bool ok, const QString &message);
    void setTesting(bool testing);
    /// Where a form stands that belongs to this provider.
    [[nodiscard]] QVBoxLayout *formPlace() { return m_formPlace; }
    void focusFirst();

Q_SIGNALS:
    void addAsked();
    void replaceAsked(int index);
    void deleteAsked(int index);
    void testAsked();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Line
    {
        QLabel *masked;
        QLabel *where;
        QLabel *state;
        QPushButton *replace;
        QPushButton *remove;
    };

    void buildLines();
    void refreshLines();
    [[nodiscard]] QPushButton *button(const QString &name,
                                      const QString &text,
                                      const QString &spoken);

    ProviderKeys m_keys;
    std::vector<telemetry::KeyView> m_live;
    SystemTime m_now{};
    QString m_fixed;
    QWidget *m_lineBox = nullptr;
    std::vector<Line> m_lines;
    QLabel *m_none;
    QPushButton *m_add;
    QPushButton *m_test;
    NoticeBar *m_outcome;
    QVBoxLayout *m_column;
    QVBoxLayout *m_formPlace;
};

} // namespace signalbox::ui
