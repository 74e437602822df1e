// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/playground_rows.h"

using namespace Qt::StringLiterals;

namespace signalbox::app {

namespace {

constexpr qsizetype kTitleMax = 200;
constexpr qsizetype kWordsMax = 256 * 1024; ///< of a sheet, to be searched

} // namespace

std::string titleOf(const ui::PlaygroundSheet &sheet)
{
    for (const ui::PlaygroundTurn &turn : sheet.turns) {
        if (turn.role == ui::TurnRole::User && !turn.text.trimmed().isEmpty()) {
            const QString text = ui::filled(turn.text, sheet.extras.variables);
            return text.simplified().left(kTitleMax).toStdString();
        }
    }
    return ui::PlaygroundHistory::tr("A picture").toStdString();
}

std::string wordsOf(const ui::PlaygroundSheet &sheet)
{
    QString words;
    for (const ui::PlaygroundTurn &turn : ui::filled(sheet.turns, sheet.extras.variables)) {
        words += turn.text + u'\n';
    }
    for (const ui::PlaygroundSheetColumn &column : sheet.columns) {
        words += column.model + u'\n';
        for (const ui::PlaygroundRun &run : column.runs) {
            words += run.target() + u'\n' + run.text().left(kWordsMax) + u'\n';
        }
    }
    return words.left(kWordsMax).toLower().toStdString();
}

std::string columnsOf(const ui::PlaygroundSheet &sheet)
{
    ui::PlaygroundSheet bare{.id = sheet.id, .atMs = sheet.atMs};
    for (const ui::PlaygroundSheetColumn &column : sheet.columns) {
        ui::PlaygroundSheetColumn bareColumn{.model = column.model};
        if (!column.runs.empty()) {
            const ui::PlaygroundRun &run = column.runs.back();
            bareColumn.runs.emplace_back(ui::PlaygroundRun::Kept{.state = run.state(),
                                                                 .ask = {.model = run.ask().model},
                                                                 .target = run.target(),
                                                                 .figures = run.figures()});
        }
        bare.columns.push_back(std::move(bareColumn));
    }
    return ui::sheetAsJson(bare).toStdString();
}

std::vector<ui::KeptColumn> columnsIn(const std::string &json)
{
    std::vector<ui::KeptColumn> columns;
    const auto bare = ui::sheetFromJson(QByteArray::fromStdString(json));
    if (!bare) {
        return columns;
    }
    for (const ui::PlaygroundSheetColumn &column : bare->columns) {
        const bool ran = !column.runs.empty();
        columns.push_back(
            {.model = column.model,
             .state = ran ? column.runs.back().state() : ui::PlaygroundRun::State::Idle,
             .figures = ran ? column.runs.back().figures() : ui::PlaygroundFigures()});
    }
    return columns;
}

std::string likePattern(QString word)
{
    for (const QChar special : {u'\\', u'%', u'_'}) {
        word.replace(special, QString(u'\\') + special);
    }
    return (u'%' + word + u'%').toStdString();
}

} // namespace signalbox::app
