// SPDX-License-Identifier: GPL-3.0-or-later
// A card with a title over one widget.
#pragma once

#include "ui/widgets/card.h"

class QLabel;

namespace signalbox::ui {

class ElidedLabel;

class Section : public Card
{
    Q_OBJECT

public:
    Section(const QString &title, QWidget *body, QWidget *parent = nullptr);

    void setTitle(const QString &title);
    /// What stands beside the title in the quiet colour.
    void setNote(const QString &note);

private:
    QLabel *m_title;
    ElidedLabel *m_note;
};

} // namespace signalbox::ui
