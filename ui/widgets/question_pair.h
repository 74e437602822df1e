// SPDX-License-Identifier: GPL-3.0-or-later
// Two questions beside each other, with the words that only one of them has marked.
#pragma once

#include <QWidget>

class QLabel;

namespace signalbox::ui {

/// Marks by ground and underline; what is copied is without them.
class QuestionPair : public QWidget
{
    Q_OBJECT

public:
    /// Titles of the two, and the beginning of their object names: `NAME.one`, `NAME.other`.
    QuestionPair(const QString &name,
                 const QString &one,
                 const QString &other,
                 QWidget *parent = nullptr);

    void show(const QString &one, const QString &other);
    /// The pieces that are marked, in order.
    [[nodiscard]] QStringList onlyInOne() const { return m_onlyInOne; }
    [[nodiscard]] QStringList onlyInOther() const { return m_onlyInOther; }

protected:
    void changeEvent(QEvent *event) override;

private:
    void write();

    QString m_one;
    QString m_other;
    QStringList m_onlyInOne;
    QStringList m_onlyInOther;
    QLabel *m_oneText;
    QLabel *m_otherText;
};

} // namespace signalbox::ui
