// SPDX-License-Identifier: GPL-3.0-or-later
// The pictures of a turn: each small, with its name and size, and the way to be rid of it.
#pragma once

#include "ui/widgets/picture_reading.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace signalbox::ui {

/// Hidden while there is nothing to show.
class PictureStrip : public QWidget
{
    Q_OBJECT

public:
    explicit PictureStrip(QWidget *parent = nullptr);

    [[nodiscard]] const QList<PlaygroundImage> &images() const { return m_images; }
    void setImages(const QList<PlaygroundImage> &images);
    /// Takes what a file or the clipboard brought, or says why not.
    void add(const ReadPicture &picture);
    /// Begins the object names: `NAME.0.remove`.
    void setNumber(int turn);

Q_SIGNALS:
    void changed();

private:
    void rebuild();

    QList<PlaygroundImage> m_images;
    QList<QImage> m_small; ///< in their order
    QHBoxLayout *m_row;
    QList<QWidget *> m_chips;
    QLabel *m_problem;
    int m_turn = 0;
};

} // namespace signalbox::ui
