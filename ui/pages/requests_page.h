// SPDX-License-Identifier: GPL-3.0-or-later
// The latest finished requests, as many as are kept here.
#pragma once

#include "ui/pages/page.h"

class QAbstractItemModel;

namespace signalbox::ui {

class EmptyPanel;
class ListView;
class Section;

class RequestsPage : public Page
{
    Q_OBJECT

public:
    RequestsPage(ConsoleState &state, QAbstractItemModel *requests, QWidget *parent = nullptr);

    void refresh() override;

private:
    QAbstractItemModel *m_requests;
    EmptyPanel *m_empty;
    Section *m_section;
};

} // namespace signalbox::ui
