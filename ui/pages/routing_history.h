// SPDX-License-Identifier: GPL-3.0-or-later
// The configurations that were in force, what each changed, and the ways back.
#pragma once

#include "ui/config_source.h"

#include <QAbstractTableModel>
#include <QElapsedTimer>
#include <QWidget>

class QLabel;
class QPushButton;

namespace signalbox::ui {

class DiffView;
class ListView;

class RevisionsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column {
        Number,
        When,
        Who,
        What,
        Lines,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;

    void setRevisions(std::vector<ConfigRevision> revisions);
    [[nodiscard]] const std::vector<ConfigRevision> &revisions() const { return m_revisions; }
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section,
                                      Qt::Orientation orientation,
                                      int role) const override;

private:
    std::vector<ConfigRevision> m_revisions;
};

class RoutingHistory : public QWidget
{
    Q_OBJECT

public:
    explicit RoutingHistory(ConfigSource &source, QWidget *parent = nullptr);

    /// Asks for the list anew.
    void ask();
    void refreshTimes();

Q_SIGNALS:
    void rollBackAsked(qint64 number);
    /// The text of revision \p number, to be edited on.
    void restoreAsked(qint64 number, const QString &text);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void connectParts();
    void select();
    void arrived(const std::vector<ConfigRevision> &revisions, const QString &problem);
    void refreshButtons();
    [[nodiscard]] const ConfigRevision *current() const;

    ConfigSource &m_source;
    RevisionsModel m_model;
    ListView *m_list;
    QLabel *m_truth; ///< of previews, over time
    QLabel *m_followUp; ///< of the chosen revision
    QLabel *m_note;
    DiffView *m_diff;
    QPushButton *m_restore;
    QPushButton *m_rollBack;
    QElapsedTimer m_asked; ///< since the list was asked for
    quint64 m_askedList = 0;
    quint64 m_askedOne = 0;
    qint64 m_shown = 0; ///< the revision whose text is here
    QString m_text;
};

} // namespace signalbox::ui
