// SPDX-License-Identifier: GPL-3.0-or-later
// One condition of a rule: a fact, how it is compared, and with what.
#pragma once

#include "core/domain/settings.h"

#include <QWidget>

#include <vector>

class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QLineEdit;
class QToolButton;

namespace signalbox::ui {

/// The fields are those of the fact's type: numbers with their unit, choices, or text.
class ConditionEditor : public QWidget
{
    Q_OBJECT

public:
    /// \p clients that a rule may ask for.
    explicit ConditionEditor(const QStringList &clients, QWidget *parent = nullptr);

    /// Changes nothing where it shows that condition already: what is being typed stays.
    void setCondition(const Condition &condition);
    void setReadOnly(bool readOnly);
    /// What a condition on \p fact begins as.
    [[nodiscard]] static Condition fresh(Fact fact);

Q_SIGNALS:
    void edited(const signalbox::Condition &condition);
    void removeAsked();

private:
    enum class How : std::uint8_t {
        Less,
        LessEqual,
        Greater,
        GreaterEqual,
        Between,
        AnyOf, ///< one value, or a list
        Yes,
        No,
    };

    void buildChoices();
    void offerHows(Fact fact);
    void refresh();
    void showNumbers(Fact fact);
    void setUnit(QDoubleSpinBox &box, Fact fact) const;
    void changeFact();
    void changeHow();
    void take();
    void openWords();
    [[nodiscard]] How how() const;
    [[nodiscard]] static How howOf(const Condition &condition);
    [[nodiscard]] double boundOf(const QDoubleSpinBox &box) const;
    [[nodiscard]] std::vector<Literal> literals() const;
    [[nodiscard]] QStringList choices() const;
    void tell();

    QStringList m_clients;
    Condition m_condition;
    QComboBox *m_fact;
    QLineEdit *m_key;
    QComboBox *m_how;
    QDoubleSpinBox *m_from;
    QLabel *m_and;
    QDoubleSpinBox *m_to;
    QLineEdit *m_words;
    QToolButton *m_pick; ///< opens the choices of a fact that has few
    QToolButton *m_remove;
};

} // namespace signalbox::ui
