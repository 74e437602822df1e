// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/playground_past.h"

#include "ui/models/playground_text.h"
#include "ui/text/numbers.h"
#include "ui/text/zone.h"
#include "ui/theme/theme.h"

#include <QDateTime>
#include <QHeaderView>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kSearchAfterMs = 200;
constexpr int kWidth = 330;
constexpr int kTimesHeight = 170;

enum TimesColumn {
    When,
    Model,
    First,
    Total,
    Tokens,
    Spent,
    TimesColumns
};

/// In the zone of the console's times, without seconds.
QString whenText(qint64 ms)
{
    return text::inZone(ms).toString(u"yyyy-MM-dd HH:mm"_s);
}

QString modelsText(const KeptSheet &sheet)
{
    QStringList models;
    for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
        models << u"%1 %2"_s.arg(columnLetter(static_cast<int>(i)), sheet.columns[i].model);
    }
    return models.join(u", "_s);
}

} // namespace

PlaygroundPast::PlaygroundPast(PlaygroundHistory &history, QWidget *parent)
    : QWidget(parent)
    , m_history(history)
    , m_search(new QLineEdit(this))
    , m_list(new QListWidget(this))
    , m_empty(new QLabel(this))
    , m_timesTitle(new QLabel(this))
    , m_times(new QTableWidget(0, TimesColumns, this))
{
    setObjectName(u"playground.past"_s);
    setAccessibleName(tr("Earlier comparisons"));
    setFixedWidth(kWidth);
    m_search->setObjectName(u"playground.past.search"_s);
    m_search->setPlaceholderText(tr("Search prompts, answers, models"));
    m_search->setAccessibleName(tr("Search earlier comparisons"));
    m_search->setClearButtonEnabled(true);
    m_list->setObjectName(u"playground.past.list"_s);
    m_list->setAccessibleName(tr("Earlier comparisons"));
    m_list->setWordWrap(true);
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_empty->setFont(themeFont(TypeRole::Caption));
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    m_empty->setWordWrap(true);
    m_timesTitle->setFont(themeFont(TypeRole::Strong));
    m_timesTitle->setWordWrap(true);
    m_times->setObjectName(u"playground.past.times"_s);
    m_times->setAccessibleName(tr("The same prompt over time"));
    m_times->setHorizontalHeaderLabels(
        {tr("When"), tr("Model"), tr("First token"), tr("Total"), tr("Tokens out"), tr("Cost")});
    m_times->verticalHeader()->hide();
    m_times->setFont(themeFont(TypeRole::Caption));
    m_times->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_times->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_times->setTabKeyNavigation(false);
    m_times->setMaximumHeight(kTimesHeight);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, kGap, 0);
    column->setSpacing(kGap);
    column->addWidget(m_search);
    column->addWidget(m_list, 1);
    column->addWidget(m_empty);
    buildButtons();
    column->addWidget(m_timesTitle);
    column->addWidget(m_times);
    m_soon.setSingleShot(true);
    m_soon.setInterval(kSearchAfterMs);
    connect(&m_soon, &QTimer::timeout, this, &PlaygroundPast::find);
    connect(m_search, &QLineEdit::textChanged, this, [this] { m_soon.start(); });
    connect(m_list, &QListWidget::currentRowChanged, this, &PlaygroundPast::onChosen);
    connect(m_list, &QListWidget::itemActivated, m_read, &QPushButton::click);
    connect(&m_history, &PlaygroundHistory::found, this, &PlaygroundPast::onFound);
    connect(&m_history, &PlaygroundHistory::changed, this, [this] {
        if (isVisible()) {
            find();
        }
    });
    fillTimes({});
    refreshButtons();
}

void PlaygroundPast::buildButtons()
{
    const auto button = [this](const QString &name, const QString &text) {
        auto *made = new QPushButton(text, this);
        made->setObjectName(u"playground.past."_s + name);
        made->setFont(themeFont(TypeRole::Caption));
        return made;
    };
    m_read = button(u"open"_s, tr("Open"));
    m_read->setAccessibleName(tr("Open the chosen comparison"));
    m_pin = button(u"pin"_s, tr("Pin"));
    m_forget = button(u"forget"_s, tr("Forget"));
    m_forget->setAccessibleName(tr("Forget the chosen comparison"));
    m_forgetAll = button(u"forgetAll"_s, tr("Forget All…"));
    m_forgetAll->setToolTip(tr("All that are not pinned"));
    auto *row = new QHBoxLayout;
    row->setSpacing(kHalfGap);
    for (QPushButton *one : {m_read, m_pin, m_forget, m_forgetAll}) {
        row->addWidget(one);
    }
    static_cast<QVBoxLayout *>(layout())->addLayout(row);
    connect(m_read, &QPushButton::clicked, this, [this] {
        if (const KeptSheet *sheet = chosen(); sheet != nullptr) {
            m_history.read(sheet->id);
        }
    });
    connect(m_pin, &QPushButton::clicked, this, [this] {
        if (const KeptSheet *sheet = chosen(); sheet != nullptr) {
            m_history.pin(sheet->id, !sheet->pinned);
        }
    });
    connect(m_forget, &QPushButton::clicked, this, [this] {
        if (const KeptSheet *sheet = chosen(); sheet != nullptr) {
            m_history.forget(sheet->id);
        }
    });
    connect(m_forgetAll, &QPushButton::clicked, this, [this] {
        Q_EMIT forgetAllAsked(static_cast<int>(
            std::ranges::count_if(m_sheets, [](const KeptSheet &sheet) { return !sheet.pinned; })));
    });
}

void PlaygroundPast::open()
{
    m_search->setFocus(Qt::OtherFocusReason);
    m_search->selectAll();
}

void PlaygroundPast::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    find();
}

void PlaygroundPast::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape) {
        Q_EMIT closeAsked();
    } else if (event->key() == Qt::Key_Delete && m_list->hasFocus()) {
        m_forget->click();
    } else {
        QWidget::keyPressEvent(event);
    }
}

void PlaygroundPast::find()
{
    m_soon.stop();
    m_listQuestion = ++m_lastQuestion;
    m_history.find(m_listQuestion, m_search->text());
}

void PlaygroundPast::onFound(quint64 question, const std::vector<KeptSheet> &sheets)
{
    if (question == m_listQuestion) {
        fillList(sheets);
    } else if (question == m_timesQuestion) {
        fillTimes(sheets);
    }
}

/// What was chosen stays chosen where it is still there.
void PlaygroundPast::fillList(const std::vector<KeptSheet> &sheets)
{
    const KeptSheet *before = chosen();
    const QString id = before == nullptr ? QString() : before->id;
    m_sheets = sheets;
    {
        const QSignalBlocker quiet(m_list);
        m_list->clear();
        for (const KeptSheet &sheet : sheets) {
            const QString mark = sheet.pinned ? u"★ "_s : QString();
            auto *item = new QListWidgetItem(u"%1%2\n%3 · %4"_s.arg(mark,
                                                                    sheet.title,
                                                                    whenText(sheet.atMs),
                                                                    modelsText(sheet)),
                                             m_list);
            item->setToolTip(item->text());
            item->setData(Qt::AccessibleTextRole,
                          sheet.pinned ? tr("pinned, %1").arg(item->text()) : item->text());
        }
        const auto again = std::ranges::find(m_sheets, id, &KeptSheet::id);
        m_list->setCurrentRow(again == m_sheets.end() ? -1
                                                      : static_cast<int>(again - m_sheets.begin()));
    }
    m_empty->setVisible(sheets.empty());
    m_empty->setText(m_search->text().isEmpty()
                         ? tr("Each comparison is kept here once it is complete: the last %1, and "
                              "what is pinned, on this machine alone.")
                               .arg(PlaygroundHistory::kUnpinnedMax)
                         : tr("Nothing has all of these words."));
    onChosen();
}

void PlaygroundPast::onChosen()
{
    const KeptSheet *sheet = chosen();
    refreshButtons();
    if (sheet == nullptr) {
        return fillTimes({});
    }
    m_timesQuestion = ++m_lastQuestion;
    m_history.findSame(m_timesQuestion, sheet->digest);
}

void PlaygroundPast::refreshButtons()
{
    const KeptSheet *sheet = chosen();
    for (QPushButton *button : {m_read, m_pin, m_forget}) {
        button->setEnabled(sheet != nullptr);
    }
    const bool pinned = sheet != nullptr && sheet->pinned;
    m_pin->setText(pinned ? tr("Unpin") : tr("Pin"));
    m_pin->setAccessibleName(pinned ? tr("Unpin the chosen comparison")
                                    : tr("Pin the chosen comparison"));
    m_forgetAll->setEnabled(
        std::ranges::any_of(m_sheets, [](const KeptSheet &one) { return !one.pinned; }));
}

const KeptSheet *PlaygroundPast::chosen() const
{
    const int row = m_list->currentRow();
    return row >= 0 && row < static_cast<int>(m_sheets.size())
               ? &m_sheets[static_cast<std::size_t>(row)]
               : nullptr;
}

void PlaygroundPast::fillTimes(const std::vector<KeptSheet> &sheets)
{
    m_times->setRowCount(0);
    for (const KeptSheet &sheet : sheets) {
        for (const KeptColumn &column : sheet.columns) {
            const PlaygroundFigures &figures = column.figures;
            const QString tokens = figures.usage ? text::tokens(figures.usage->completionTokens)
                                                 : text::dash();
            const QStringList cells{whenText(sheet.atMs),
                                    column.model,
                                    figureText(PlaygroundFigure::FirstToken, figures),
                                    figureText(PlaygroundFigure::Total, figures),
                                    figures.usage && figures.usage->estimated ? u"≈ "_s + tokens
                                                                              : tokens,
                                    figureText(PlaygroundFigure::Money, figures)};
            const int row = m_times->rowCount();
            m_times->insertRow(row);
            for (int cell = 0; cell < TimesColumns; ++cell) {
                auto *item = new QTableWidgetItem(cells[cell]);
                item->setToolTip(cells[cell]);
                m_times->setItem(row, cell, item);
            }
        }
    }
    m_times->resizeColumnsToContents();
    m_times->setVisible(!sheets.empty());
    m_timesTitle->setVisible(!sheets.empty());
    m_timesTitle->setText(
        tr("This prompt over time, %n time(s)", nullptr, static_cast<int>(sheets.size())));
}

} // namespace signalbox::ui
