// SPDX-License-Identifier: GPL-3.0-or-later
// Questions that were alike and kept apart: side by side, with what differed and who objected.
#pragma once

#include "ui/models/near_misses.h"

#include <QWidget>

class QLabel;

namespace signalbox::ui {

class ListView;
class QuestionPair;
class Section;

class NearMissesPanel : public QWidget
{
    Q_OBJECT

public:
    explicit NearMissesPanel(QWidget *parent = nullptr);

    /// Of \p view, its threshold included.
    void show(const CacheView &view);
    [[nodiscard]] const NearMisses &model() const { return m_model; }
    [[nodiscard]] QList<QWidget *> tabStops() const;

Q_SIGNALS:
    void requestsAsked(const QString &filter);

private:
    void showChosen();

    NearMisses m_model;
    double m_threshold = 0;
    ListView *m_list;
    Section *m_section;
    Section *m_pairSection;
    QuestionPair *m_pair;
    QLabel *m_why;
    QLabel *m_none;
};

} // namespace signalbox::ui
