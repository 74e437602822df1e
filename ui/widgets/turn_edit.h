// SPDX-License-Identifier: GPL-3.0-or-later
// The text of a turn, into which pictures can be dropped and pasted.
#pragma once

#include <QPlainTextEdit>

class QImage;

namespace signalbox::ui {

class TurnEdit : public QPlainTextEdit
{
    Q_OBJECT

public:
    using QPlainTextEdit::QPlainTextEdit;

    /// Only the user's turns have pictures; elsewhere what is dropped is text, as ever.
    void setTakesPictures(bool takes) { m_takes = takes; }

Q_SIGNALS:
    void picturePasted(const QImage &image);
    void fileDropped(const QString &path);

protected:
    [[nodiscard]] bool canInsertFromMimeData(const QMimeData *source) const override;
    void insertFromMimeData(const QMimeData *source) override;

private:
    bool m_takes = true;
};

} // namespace signalbox::ui
