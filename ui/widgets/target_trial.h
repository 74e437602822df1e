// SPDX-License-Identifier: GPL-3.0-or-later
// Asks one target one tiny question: what it costs is told first, what came of it stays beside it.
#pragma once

#include "core/domain/ids.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace signalbox::ui {

class NoticeBar;
class PlaygroundSource;
class SettingsSource;

class TargetTrial : public QWidget
{
    Q_OBJECT

public:
    /// Null \p settings: nothing can be tested, and it says so. Null \p prices: the cost is not known.
    TargetTrial(SettingsSource *settings, PlaygroundSource *prices, QWidget *parent = nullptr);

    /// Another target than before forgets what came of the last test.
    void setTarget(const TargetId &target);

private:
    void askPrice();
    void test();
    void finished(quint64 id, bool ok, const QString &message);

    SettingsSource *m_settings;
    PlaygroundSource *m_prices;
    TargetId m_target;
    QPushButton *m_test;
    QLabel *m_price;
    NoticeBar *m_outcome;
    quint64 m_last; ///< the id that was given last
    quint64 m_pricing = 0; ///< of the last question for a price
    quint64 m_testing = 0; ///< of the test that runs; 0: none
};

} // namespace signalbox::ui
