// SPDX-License-Identifier: GPL-3.0-or-later
// A prompt with some of its characters marked.
#pragma once

#include "ui/config_source.h"

#include <QPlainTextEdit>

#include <functional>

namespace signalbox::ui {

/// Plain text; what \p spans finds has a ground and a line under it.
class PromptEdit : public QPlainTextEdit
{
    Q_OBJECT

public:
    using Spans = std::function<std::vector<TextSpan>(const QString &)>;

    explicit PromptEdit(Spans spans, QWidget *parent = nullptr);

protected:
    void changeEvent(QEvent *event) override;

private:
    void mark();

    Spans m_spans;
};

} // namespace signalbox::ui
