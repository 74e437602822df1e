// SPDX-License-Identifier: GPL-3.0-or-later
// The latest finished requests, as many as are kept here.
#pragma once

#include "ui/models/row_filter.h"
#include "ui/pages/page.h"
#include "ui/state/view_state.h"

class QAbstractItemModel;

namespace signalbox::ui {

class Skeleton;
class EmptyPanel;
class FilterField;
class ListView;
class Section;

class RequestsPage : public Page
{
    Q_OBJECT

public:
    RequestsPage(ConsoleState &state,
                 ViewState &view,
                 QAbstractItemModel *requests,
                 QWidget *parent = nullptr);

    void refresh() override;
    /// The requests that a target served or failed.
    void go(const Place &place) override;
    [[nodiscard]] QLineEdit *filterField() override;
    /// The id of the request that is chosen in the list; empty: none.
    [[nodiscard]] QString chosenId() const;

private:
    ViewState &m_view;
    RowFilter m_requests;
    FilterField *m_filter;
    ListView *m_list;
    EmptyPanel *m_empty;
    Section *m_section;
    Skeleton *m_waiting = nullptr; ///< before anything was heard
};

} // namespace signalbox::ui
