// SPDX-License-Identifier: GPL-3.0-or-later
// What an import from another gateway's configuration made of it, and what it could not say.
#pragma once

#include "ui/state/routing_draft.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QStandardItemModel;

namespace signalbox::ui {

class ListView;
class NoticeBar;

class RoutingImport : public QWidget
{
    Q_OBJECT

public:
    RoutingImport(ConfigSource &source, RoutingDraft &draft, QWidget *parent = nullptr);

    /// Puts what \p file says into the draft, as one step that can be undone, and shows the report. A
    /// faulty file changes nothing; its faults are shown. \p name of the file, without its folder.
    void take(const QByteArray &file, const QString &name);
    /// The same of a file on disk, of at most 1 MiB.
    void takeFile(const QString &path);
    /// The draft may have changed.
    void refresh();
    /// As shown, a line for each.
    [[nodiscard]] QString report() const;
    /// The first route that came of it; empty: none did.
    [[nodiscard]] const std::string &firstRoute() const { return m_first; }

Q_SIGNALS:
    void reviewAsked();
    void backAsked();

private:
    void build();
    void show(const ImportedConfig &imported);
    void fail(const QString &why);
    void addRow(const QString &kind, int line, const QString &where, const QString &what);

    ConfigSource &m_source;
    RoutingDraft &m_draft;
    NoticeBar *m_failure;
    QLabel *m_title;
    QLabel *m_words;
    ListView *m_list;
    QStandardItemModel *m_rows;
    QPushButton *m_copy;
    QPushButton *m_back;
    QPushButton *m_review;
    QString m_name;
    std::string m_first;
    bool m_taken = false; ///< something of it was put into the draft
};

} // namespace signalbox::ui
