// SPDX-License-Identifier: GPL-3.0-or-later
// What was spent: per day and group, what it will come to, and what is not known.
#pragma once

#include "ui/ledger_source.h"
#include "ui/models/costs_model.h"
#include "ui/pages/page.h"
#include "ui/widgets/price_form.h"

#include <QElapsedTimer>

class QCheckBox;
class QComboBox;
class QHBoxLayout;
class QLabel;
class QPushButton;
class QSpinBox;
class QStackedLayout;
class QVBoxLayout;

namespace signalbox::ui {

class BillPanel;
class ConfigSource;
class CostsChart;
class ListView;
class NoticeBar;
class Section;

/// Days are those of one zone, written under the chart. All sums are the ledger's own, and checked:
/// days, groups and the same period by another grouping have to agree to the nano-dollar.
class CostsPage : public Page
{
    Q_OBJECT

public:
    /// Both sources may be null; they must outlive the page.
    CostsPage(ConsoleState &state,
              LedgerSource *ledger,
              ConfigSource *config,
              QWidget *parent = nullptr);

    void refresh() override;
    /// The zone of the days by its IANA name; empty: the one that the gateway reports in.
    [[nodiscard]] QString zone() const;
    void setZone(const QString &zone);
    [[nodiscard]] const CostSheet &sheet() const { return m_sheet; }
    [[nodiscard]] BillPanel *bill() const { return m_bill; }
    /// Writes what the ledger answered to \p path, or says what is in the way.
    void exportTo(const QString &path);

Q_SIGNALS:
    void zoneChanged();
    /// The requests of a period, narrowed by \p filter, are to be seen.
    void requestsAsked(const QString &filter, qint64 fromMs, qint64 toMs);

protected:
    void showEvent(QShowEvent *event) override;

private:
    /// As the field offers them.
    enum class Period {
        Today,
        Week,
        Month,
        Quarter,
        ThisMonth,
        LastMonth
    };

    // costs_page_build.cpp
    void buildChoices(QHBoxLayout *row);
    QWidget *buildSide();

    // costs_page_bill.cpp
    void buildBill(QWidget *sheet);
    void refreshBill();

    // costs_page_prices.cpp
    void buildPrices(QVBoxLayout *column);
    [[nodiscard]] std::vector<PriceForm::Model> unpriced() const;

    // costs_page.cpp
    void connectParts();
    void ask();
    void askCheck(const CostQuery &query);
    void onChoice();
    void takeZone();
    [[nodiscard]] QTimeZone timeZone() const;
    [[nodiscard]] QDate today() const;
    [[nodiscard]] std::pair<QDate, QDate> period() const;
    [[nodiscard]] CostMeasure measure() const;

    // costs_page_view.cpp
    void take(const LedgerAnswer<std::vector<CostRow>> &answer, const CostQuery &query);
    void takeCheck(const LedgerAnswer<std::vector<CostRow>> &answer, const CostQuery &query);
    void show();
    void showChart();
    void showSums();
    void showForecast();
    [[nodiscard]] QString checkWords() const;
    [[nodiscard]] QString useWords() const;
    void showUnknown();
    void askWhereToExport();
    void chooseDay(int day);
    [[nodiscard]] QStringList groupNames() const;
    [[nodiscard]] std::vector<QColor> groupColours() const;
    [[nodiscard]] QHash<QString, QString> kinds() const;
    [[nodiscard]] std::optional<Money> budget() const;
    [[nodiscard]] QString nameless() const;

    LedgerSource *m_ledger;
    ConfigSource *m_config;
    CostsModel m_model;
    CostQuery m_query; ///< of what is shown
    std::vector<CostRow> m_rows;
    CostSheet m_sheet;
    std::optional<CostSums> m_check; ///< the same by another grouping
    QStringList m_unknownModels;
    QHash<QString, QString> m_kinds; ///< of the providers, by their ids
    QString m_zoneTaken;
    bool m_zoneIsChosen = false; ///< else it is the gateway's
    bool m_isKnown = false; ///< something was answered
    QElapsedTimer m_age;
    Asked m_asked;
    bool m_awaits = false; ///< a long question is not asked again before it is answered
    Asked m_askedCheck;
    QComboBox *m_period;
    QComboBox *m_measure;
    QComboBox *m_by;
    QComboBox *m_then;
    QSpinBox *m_top;
    QCheckBox *m_cumulative;
    QCheckBox *m_log;
    QComboBox *m_zone;
    QPushButton *m_export;
    QPushButton *m_billButton;
    BillPanel *m_bill = nullptr;
    NoticeBar *m_notice;
    QLabel *m_trouble;
    CostsChart *m_chart;
    QLabel *m_total = nullptr;
    QLabel *m_forecast = nullptr;
    QLabel *m_checkWords = nullptr;
    QLabel *m_uses = nullptr; ///< what came of the money, and what stands beside it
    QLabel *m_unknown = nullptr;
    QPushButton *m_showUnknown = nullptr;
    QPushButton *m_setPrices = nullptr;
    PriceForm *m_prices = nullptr;
    Section *m_chartSection;
    Section *m_tableSection;
    ListView *m_list;
};

} // namespace signalbox::ui
