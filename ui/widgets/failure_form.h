// SPDX-License-Identifier: GPL-3.0-or-later
// What a route does when something fails.
#pragma once

#include "core/domain/settings.h"

#include <QWidget>

#include <functional>
#include <vector>

class QComboBox;
class QDoubleSpinBox;
class QGridLayout;

namespace signalbox::ui {

class FailureForm : public QWidget
{
    Q_OBJECT

public:
    using Change = std::function<void(RouteSettings &)>;

    explicit FailureForm(QWidget *parent = nullptr);

    void setRoute(const RouteSettings &route);
    void setReadOnly(bool readOnly);

Q_SIGNALS:
    void edited(const QString &step, const signalbox::ui::FailureForm::Change &change);

private:
    struct Field
    {
        QDoubleSpinBox *box = nullptr;
        std::function<double(const RouteSettings &)> read;
    };

    struct Shape
    {
        QString name;
        QString label;
        QString unit;
        QString hint;
        double least = 0;
        double most = 0;
        int decimals = 0;
    };

    void addField(const Shape &shape,
                  const std::function<double(const RouteSettings &)> &read,
                  const std::function<void(RouteSettings &, double)> &write);
    void addTimes();
    void addAttempts();

    QGridLayout *m_grid;
    std::vector<Field> m_fields;
    QComboBox *m_break;
};

} // namespace signalbox::ui
