// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/playground_past.h"

#include "ui/models/playground_text.h"
#include "ui/text/numbers.h"
#include "ui/text/zone.h"
#include "ui/theme/theme.h"
#include "ui/widgets/list_view.h"
#include "ui/widgets/section.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr int kSearchAfterMs = 200;
constexpr int kWidth = 384;
constexpr int kTimesRows = 6; ///< more are scrolled

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

QString tokensText(const PlaygroundFigures &figures)
{
    if (!figures.usage) {
        return {};
    }
    const QString tokens = text::tokens(figures.usage->completionTokens);
    return PlaygroundPast::tr("%1 tokens out")
        .arg(figures.usage->estimated ? u"≈ "_s + tokens : tokens);
}

} // namespace

PlaygroundPast::PlaygroundPast(PlaygroundHistory &history, QWidget *parent)
    : QWidget(parent)
    , m_history(history)
    , m_search(new QLineEdit(this))
    , m_list(new QListWidget(this))
    , m_empty(new QLabel(this))
    , m_times({tr("When"), tr("Model"), tr("First"), tr("Total"), tr("Cost")}, 2)
    , m_timesView(new ListView(u"playground.past.times"_s, tr("The same prompt over time"), this))
    , m_timesSection(new Section({}, m_timesView, this))
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
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setWordWrap(true);
    m_list->setSpacing(kHalfGap);
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_empty->setFont(themeFont(TypeRole::Caption));
    m_empty->setForegroundRole(QPalette::PlaceholderText);
    m_empty->setWordWrap(true);
    m_timesView->setModel(&m_times);
    m_timesView->setColumnWidths({11, 0, 7, 7, 8});
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, kGap, 0);
    column->setSpacing(kGap);
    auto *kept = new QWidget(this);
    auto *inside = new QVBoxLayout(kept);
    inside->setContentsMargins(kGap, 0, kGap, kGap);
    inside->setSpacing(kGap);
    inside->addWidget(m_search);
    inside->addWidget(m_list, 1);
    inside->addWidget(m_empty);
    inside->addLayout(buildButtons());
    column->addWidget(new Section(tr("Earlier Comparisons"), kept, this), 1);
    column->addWidget(m_timesSection);
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

QLayout *PlaygroundPast::buildButtons()
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
    return row;
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
    std::vector<std::vector<TextCell>> rows;
    for (const KeptSheet &sheet : sheets) {
        const QDateTime when = text::inZone(sheet.atMs);
        for (const KeptColumn &column : sheet.columns) {
            const PlaygroundFigures &figures = column.figures;
            rows.push_back({{when.toString(u"MM-dd HH:mm"_s), whenText(sheet.atMs)},
                            {column.model.section(u'/', -1), column.model},
                            {figureText(PlaygroundFigure::FirstToken, figures)},
                            {figureText(PlaygroundFigure::Total, figures)},
                            {figureText(PlaygroundFigure::Money, figures), tokensText(figures)}});
        }
    }
    const int count = static_cast<int>(rows.size());
    m_times.show(std::move(rows));
    m_timesView->setFixedHeight(m_timesView->heightFor(std::min(count, kTimesRows)));
    m_timesSection->setVisible(!sheets.empty());
    m_timesSection->setTitle(
        tr("This prompt over time, %n time(s)", nullptr, static_cast<int>(sheets.size())));
}

} // namespace signalbox::ui
