// SPDX-License-Identifier: GPL-3.0-or-later
// The mark, the pages with their badges, and where the gateway listens.
#pragma once

#include <QAbstractButton>
#include <QWidget>

#include <vector>

class QButtonGroup;
class QVBoxLayout;

namespace signalbox::ui {

class SidebarButton : public QAbstractButton
{
    Q_OBJECT

public:
    SidebarButton(const QString &title, int number, QWidget *parent);

    /// \p words say what the badge counts, for those who cannot see it.
    void setBadge(int count, const QString &words);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_title;
    int m_number;
    int m_badge = 0;
};

class Sidebar : public QWidget
{
    Q_OBJECT

public:
    explicit Sidebar(QWidget *parent = nullptr);

    void addPage(const QString &title);
    void setCurrent(int index);
    void setBadge(int index, int count, const QString &words);
    /// Lines at the foot: address and revision.
    void setFoot(const QString &address, const QString &revision);
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void pageAsked(int index);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QVBoxLayout *m_column;
    QButtonGroup *m_group;
    QString m_address;
    QString m_revision;
};

} // namespace signalbox::ui
