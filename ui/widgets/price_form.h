// SPDX-License-Identifier: GPL-3.0-or-later
// What models cost, typed in: for those whose price nobody knows.
#pragma once

#include "ui/config_source.h"
#include "ui/widgets/card.h"

#include <vector>

class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace signalbox::ui {

/// A row for each model. Only those whose two figures are there count; one alone is not enough.
class PriceForm : public Card
{
    Q_OBJECT

public:
    struct Model
    {
        QString provider;
        QString name; ///< the provider's own

        friend bool operator==(const Model &, const Model &) = default;
    };
    static constexpr std::size_t kRowsMax = 12;

    explicit PriceForm(QWidget *parent = nullptr);

    /// The first kRowsMax of \p models, with empty fields.
    void setModels(const std::vector<Model> &models);
    /// What was typed in whole.
    [[nodiscard]] std::vector<PriceChange> changes() const;

Q_SIGNALS:
    /// changes(), of which there is at least one, is to be shown.
    void reviewAsked();
    void cancelled();

private:
    struct Row
    {
        Model model;
        QLabel *label;
        QLineEdit *input;
        QLineEdit *output;
    };

    [[nodiscard]] QLineEdit *addField(const QString &name,
                                      const QString &title,
                                      int row,
                                      int column);
    void onTyped();

    QGridLayout *m_grid;
    std::vector<Row> m_rows;
    QLabel *m_more; ///< how many models have no row
    QPushButton *m_review;
};

} // namespace signalbox::ui
