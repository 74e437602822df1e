// SPDX-License-Identifier: GPL-3.0-or-later
// A line of text that gives way to its neighbours.
#pragma once

#include <QLabel>

namespace signalbox::ui {

/// A QLabel of one plain line that may be narrower than its text where that is long: it then ends in
/// an ellipsis, and is whole in the tooltip and for assistive technology. A few words stay whole.
class ElidedLabel : public QLabel
{
    Q_OBJECT

public:
    using QLabel::QLabel;

    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] bool isCut() const;
};

} // namespace signalbox::ui
