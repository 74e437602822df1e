// SPDX-License-Identifier: GPL-3.0-or-later
// A target's name and its breaker's state, as rows show them.
#pragma once

#include "ui/theme/state_glyph.h"
#include "ui/widgets/weights_bar.h"

#include <QWidget>

namespace signalbox::ui {

/// Tag, model and provider.
class TargetLabel : public QWidget
{
    Q_OBJECT

public:
    explicit TargetLabel(QWidget *parent = nullptr);

    void setTarget(const BarTarget &target);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    BarTarget m_target;
};

/// Glyph and words.
class StateLabel : public QWidget
{
    Q_OBJECT

public:
    explicit StateLabel(QWidget *parent = nullptr);

    void setState(StateGlyph glyph, const QString &words);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    StateGlyph m_glyph;
    QString m_words;
};

} // namespace signalbox::ui
