// SPDX-License-Identifier: GPL-3.0-or-later
// The attempts on one request as bars on one time line.
#pragma once

#include "core/domain/record.h"

#include <QWidget>

#include <vector>

namespace signalbox::ui {

/// A row for each attempt: a thin line where it was waited for, a bar from its start to its end, and
/// a notch at its first token. What failed is hatched, so that it differs without colour. The same
/// is said in words by the explanation beside it, which is what a screen reader is led to.
class AttemptsView : public QWidget
{
    Q_OBJECT

public:
    explicit AttemptsView(QWidget *parent = nullptr);

    void setRecord(const RequestRecord &record);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] int rowHeight() const;
    void paintRow(QPainter &painter, const AttemptRecord &attempt, const QRectF &row) const;

    std::vector<AttemptRecord> m_attempts;
    Micros m_total{1};
};

} // namespace signalbox::ui
