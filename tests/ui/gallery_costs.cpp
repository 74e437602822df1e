// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/gallery_costs.h"

#include "tests/ui/support/fixture_config.h"
#include "tests/ui/support/fixture_ledger.h"
#include "tests/ui/support/fixture_source.h"
#include "tests/ui/support/shots.h"
#include "ui/console_window.h"
#include "ui/pages/bill_panel.h"
#include "ui/pages/page.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kSettleMs = 400;

/// The Costs page of a console on a fixture.
struct CostsScreen
{
    explicit CostsScreen(ThemeChoice choice)
    {
        window.setThemeChoice(choice);
        window.resize(1280, 800);
        present(window);
        window.showPage(u"costs"_s);
        QTest::qWait(kSettleMs);
    }

    template <typename Part>
    [[nodiscard]] Part *part(const QString &name) const
    {
        return window.findChild<Page *>(u"costs"_s)->findChild<Part *>(name);
    }

    FixtureSource source;
    FixtureConfig config;
    FixtureLedger ledger{source.now()};
    ConsoleWindow window{source,
                         {.clock = [this] { return source.now(); },
                          .config = &config,
                          .ledger = &ledger}};
};

/// The fixture's days with its models, and what a bill has more or less than they.
QByteArray billText(QDate last)
{
    QByteArray text("usage_date_utc,model,workspace,token_type,cost_usd\n");
    for (int i = 6; i >= 0; --i) {
        const QDate day = last.addDays(-i);
        const int share = day.dayOfWeek() > 5 ? 3 : 7 + (day.dayOfYear() * 5) % 4;
        const auto add = [&](const char *model, double usd) {
            text += day.toString(Qt::ISODate).toLatin1() + ',' + model + ",Default,output,"
                    + QByteArray::number(usd, 'f', 6) + '\n';
        };
        add("gpt-4.1-2025-04-14", 21.300456789 / 10 * share * 0.94);
        add("gpt-4.1-mini", 2.000000001 / 10 * share);
        if (i < 3) {
            add("o3", 1.37);
        }
    }
    return text;
}

void writeTo(const QString &path, const QByteArray &text)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size()) {
        qFatal("cannot write %s", qPrintable(path));
    }
}

} // namespace

void shootCosts(ThemeChoice choice, const QString &theme, const Keep &keep)
{
    CostsScreen screen(choice);
    const auto shoot = [&](const QString &name) {
        QTest::qWait(kSettleMs);
        keep(screen.window, u"%1-%2"_s.arg(name, theme));
    };
    shoot(u"costs"_s);
    screen.part<QComboBox>(u"costs.measure"_s)->setCurrentIndex(2);
    shoot(u"costs-abandoned"_s);
    screen.part<QComboBox>(u"costs.measure"_s)->setCurrentIndex(0);
    screen.part<QComboBox>(u"costs.then"_s)->setCurrentIndex(2);
    screen.part<QAbstractButton>(u"costs.log"_s)->setChecked(true);
    shoot(u"costs-parts"_s);
    screen.ledger.spends = false;
    screen.part<QAbstractButton>(u"costs.log"_s)->setChecked(false);
    screen.part<QComboBox>(u"costs.period"_s)->setCurrentIndex(1);
    shoot(u"costs-empty"_s);
    screen.ledger.problem =
        u"The ledger cannot be read: The file is damaged. It is moved aside, whole, when the gateway next writes or starts, and a new one begun."_s;
    screen.part<QComboBox>(u"costs.period"_s)->setCurrentIndex(0);
    shoot(u"costs-trouble"_s);
}

void shootPrices(ThemeChoice choice, const QString &theme, const Keep &keep)
{
    CostsScreen screen(choice);
    const QString house = u"\n[[provider]]\nid = \"house\"\nkind = \"openai-compatible\"\n"
                          "base_url = \"http://10.0.0.7:8000/v1\"\n\n[[provider.model]]\n"
                          "name = \"deepseek-chat\"\n"_s;
    screen.config.applyAs(u"ada"_s, screen.config.running().text + house, u"The house's own"_s);
    screen.part<QComboBox>(u"costs.period"_s)->setCurrentIndex(3);
    QTest::qWait(kSettleMs);
    screen.part<QPushButton>(u"costs.setPrices"_s)->click();
    screen.part<QLineEdit>(u"prices.input.0"_s)->setText(u"0.27"_s);
    keep(screen.window, u"costs-prices-%1"_s.arg(theme));
    screen.part<QLineEdit>(u"prices.output.0"_s)->setText(u"1.1"_s);
    screen.part<QPushButton>(u"prices.review"_s)->click();
    keep(screen.window, u"costs-prices-change-%1"_s.arg(theme));
}

void shootBill(ThemeChoice choice, const QString &theme, const Keep &keep)
{
    FixtureSource source;
    FixtureConfig config;
    FixtureLedger ledger(source.now());
    ConsoleWindow window(source,
                         {.clock = [&source] { return source.now(); },
                          .config = &config,
                          .ledger = &ledger});
    window.setThemeChoice(choice);
    present(window);
    window.showPage(u"costs"_s);
    auto *page = window.findChild<Page *>(u"costs"_s);
    page->findChild<QPushButton *>(u"costs.bill"_s)->click();
    keep(window, u"bill-empty-%1"_s.arg(theme));
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"anthropic-costs.csv"_s);
    const auto today = std::chrono::floor<Millis>(source.now()).time_since_epoch().count();
    writeTo(path, billText(QDateTime::fromMSecsSinceEpoch(today, Qt::UTC).date()));
    auto *bill = window.findChild<BillPanel *>();
    auto *provider = bill->findChild<QComboBox *>(u"bill.provider"_s);
    provider->setCurrentText(u"openai"_s);
    bill->load(path);
    QTest::qWait(kSettleMs);
    keep(window, u"bill-%1"_s.arg(theme));
    writeTo(path, "when,what,spent\n2026-03-14,gpt-4.1,\"1,25\"\n");
    bill->load(path);
    bill->findChild<QComboBox *>(u"bill.day"_s)->setCurrentIndex(1);
    bill->findChild<QComboBox *>(u"bill.cost"_s)->setCurrentIndex(3);
    QTest::qWait(kSettleMs);
    keep(window, u"bill-refused-%1"_s.arg(theme));
}

} // namespace signalbox::ui
