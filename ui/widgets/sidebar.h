// SPDX-License-Identifier: GPL-3.0-or-later
// The mark, the pages with their badges, and where the gateway listens.
#pragma once

#include "ui/theme/profile.h"

#include <QAbstractButton>
#include <QIcon>
#include <QWidget>

#include <vector>

class QButtonGroup;
class QVBoxLayout;

namespace signalbox::ui {

class SidebarButton : public QAbstractButton
{
    Q_OBJECT

public:
    SidebarButton(const QString &title, const QString &icon, int number, QWidget *parent);

    /// \p words say what the badge counts, for those who cannot see it.
    void setBadge(int count, const QString &words);
    /// A dot: something of the page waits to be finished. \p words say what.
    void setMarked(bool marked, const QString &words);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_title;
    QString m_icon;
    int m_number;
    int m_badge = 0;
    bool m_marked = false;
};

class Sidebar : public QWidget
{
    Q_OBJECT

public:
    explicit Sidebar(QWidget *parent = nullptr);

    /// \p icon names one of the resources, and the button: `page.ICON`.
    void addPage(const QString &title, const QString &icon);
    /// The word under the program's name; none: nothing stands there.
    void setProfile(Profile profile);
    void setCurrent(int index);
    void setBadge(int index, int count, const QString &words);
    void setMarked(int index, bool marked, const QString &words);
    /// Lines at the foot: address and revision.
    void setFoot(const QString &address, const QString &revision);
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void pageAsked(int index);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void paintHead(QPainter &painter) const;
    void paintFoot(QPainter &painter) const;

    QVBoxLayout *m_column;
    QButtonGroup *m_group;
    QIcon m_mark; ///< kept: each icon object renders, and has cached, pictures of its own
    Profile m_profile = Profile::None;
    QString m_address;
    QString m_revision;
};

} // namespace signalbox::ui
