// SPDX-License-Identifier: GPL-3.0-or-later
// A provider's bill, read from a file, beside what was booked here.
#pragma once

#include "ui/ledger_source.h"
#include "ui/models/bill_model.h"

#include <QMap>
#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace signalbox::ui {

class EmptyPanel;
class ListView;
class Section;
class Segments;

/// How columns are mapped is remembered for each provider, and used again where they are there.
class BillPanel : public QWidget
{
    Q_OBJECT

public:
    /// \p ledger may be null; it must outlive the panel.
    explicit BillPanel(LedgerSource *ledger, QWidget *parent = nullptr);

    /// The ids of those that can be chosen.
    void setProviders(const QStringList &ids);
    /// Reads the bill \p path, or says what is in the way.
    void load(const QString &path);
    /// One line for each provider that has one, for the settings.
    [[nodiscard]] QStringList mappings() const;
    void setMappings(const QStringList &lines);
    /// What is shown; empty without a bill.
    [[nodiscard]] const BillCheck &check() const { return m_check; }

Q_SIGNALS:
    /// Back to the costs.
    void closed();
    void mappingsChanged();

private:
    // bill_panel_build.cpp
    void build();
    QWidget *buildChoices();
    QWidget *buildMapping();
    QWidget *buildResult();

    void askForFile();
    void fillColumns();
    void takeMapping();
    void readAgain();
    void ask();
    void take(const LedgerAnswer<std::vector<CostRow>> &answer);
    void showCheck();
    void showRows();
    void showParts();
    void say(const QString &trouble);
    void refuse(const QString &trouble);
    void useZone(int ahead);
    [[nodiscard]] BillMapping mapping() const;
    [[nodiscard]] int hoursAhead() const;

    LedgerSource *m_ledger;
    BillModel m_model;
    CsvTable m_table;
    QString m_file; ///< its name; empty: none was read
    Bill m_bill;
    BillCheck m_check;
    std::vector<CostRow> m_hours;
    QMap<QString, BillMapping> m_known; ///< by provider
    Asked m_asked;
    bool m_filling = false; ///< the columns' fields are being filled: nobody chose anything
    QComboBox *m_provider = nullptr;
    QComboBox *m_zone = nullptr;
    QPushButton *m_choose = nullptr;
    QWidget *m_mapping = nullptr;
    QLabel *m_format = nullptr;
    QComboBox *m_day = nullptr;
    QComboBox *m_modelColumn = nullptr;
    QComboBox *m_cost = nullptr;
    QComboBox *m_currency = nullptr;
    QLabel *m_trouble = nullptr;
    EmptyPanel *m_empty = nullptr;
    QWidget *m_result = nullptr;
    Section *m_rowsSection = nullptr;
    Segments *m_look = nullptr;
    ListView *m_list = nullptr;
    QLabel *m_sum = nullptr;
    QLabel *m_sides = nullptr;
    QLabel *m_zoneHint = nullptr;
    QPushButton *m_zoneUse = nullptr;
    QVBoxLayout *m_parts = nullptr;
};

} // namespace signalbox::ui
