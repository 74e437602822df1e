// SPDX-License-Identifier: GPL-3.0-or-later
// The terms of a filter as buttons that take them away.
#pragma once

#include "ui/models/query_terms.h"

#include <QWidget>

class QHBoxLayout;

namespace signalbox::ui {

class QueryChips : public QWidget
{
    Q_OBJECT

public:
    explicit QueryChips(QWidget *parent = nullptr);

    /// Hidden where there are none. A term that makes no sense says why in its tooltip.
    void setTerms(const std::vector<QueryTerm> &terms);

Q_SIGNALS:
    void taken(std::size_t index);

private:
    QHBoxLayout *m_row;
    std::vector<QueryTerm> m_terms;
};

} // namespace signalbox::ui
