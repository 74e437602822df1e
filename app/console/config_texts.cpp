// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/console/config_texts.h"

#include "core/config/cache_edit.h"
#include "core/config/import/import.h"
#include "core/config/key_path.h"
#include "core/config/price_edit.h"
#include "core/config/route_edit.h"
#include "core/routing/lint.h"
#include "core/routing/script.h"
#include "core/runtime/config_file.h"

#include <utility>

namespace signalbox::app {

namespace {

ui::DiffLine viewOf(const config::DiffLine &line)
{
    ui::DiffLine view;
    switch (line.kind) {
    case config::DiffLine::Kind::Same:
        view.kind = ui::DiffLine::Kind::Same;
        break;
    case config::DiffLine::Kind::Removed:
        view.kind = ui::DiffLine::Kind::Removed;
        break;
    case config::DiffLine::Kind::Added:
        view.kind = ui::DiffLine::Kind::Added;
        break;
    }
    view.before = line.before;
    view.after = line.after;
    view.text = QString::fromStdString(line.text);
    return view;
}

QString sentence(const std::string &words)
{
    QString text = QString::fromStdString(words);
    if (!text.isEmpty() && !text.endsWith(QLatin1Char('.'))) {
        text += QLatin1Char('.');
    }
    return text.isEmpty() ? text : text.at(0).toUpper() + text.mid(1);
}

} // namespace

std::vector<ui::ConfigFault> ConfigTexts::viewOf(const std::vector<config::Fault> &faults,
                                                 const std::string &text)
{
    const auto paths = config::keyPaths(text, faults);
    std::vector<ui::ConfigFault> views;
    for (std::size_t i = 0; i < faults.size(); ++i) {
        views.push_back({faults[i].line,
                         faults[i].column,
                         sentence(faults[i].message),
                         QString::fromStdString(paths[i])});
    }
    return views;
}

std::shared_ptr<const Configuration> ConfigTexts::settingsOf(const QString &text)
{
    auto settings = runtime::settingsOf(text.toStdString());
    return settings ? std::make_shared<const Configuration>(std::move(*settings)) : nullptr;
}

ui::CheckedConfig ConfigTexts::check(const QString &text) const
{
    const std::string bytes = text.toStdString();
    auto settings = runtime::settingsOf(bytes);
    ui::CheckedConfig checked;
    if (!settings) {
        checked.faults = viewOf(settings.error(), bytes);
        return checked;
    }
    for (const routing::LintFinding &finding : routing::lint(*settings)) {
        checked.warnings.push_back({QString::fromStdString(finding.route),
                                    QString::fromStdString(finding.rule),
                                    sentence(finding.message)});
    }
    checked.settings = std::make_shared<const Configuration>(std::move(*settings));
    return checked;
}

ui::EditedConfig ConfigTexts::edit(const QString &text, const ui::RouteChange &change) const
{
    const std::string bytes = text.toStdString();
    const std::string route = change.route.toStdString();
    if (!change.wanted && route.empty()) {
        return {text, {}};
    }
    const auto edited = !change.wanted  ? config::withoutRoute(bytes, route)
                        : route.empty() ? config::withNewRoute(bytes, *change.wanted)
                                        : config::withRoute(bytes, route, *change.wanted);
    return edited ? ui::EditedConfig{QString::fromStdString(*edited), {}}
                  : ui::EditedConfig{{}, sentence(edited.error())};
}

ui::EditedConfig ConfigTexts::editCache(const QString &text, const ui::CacheChange &change) const
{
    const config::CacheEdit edit{.mode = change.mode.isEmpty()
                                             ? std::nullopt
                                             : std::optional(change.mode.toStdString()),
                                 .threshold = change.threshold};
    const auto edited = config::withCache(text.toStdString(), edit);
    return edited ? ui::EditedConfig{QString::fromStdString(*edited), {}}
                  : ui::EditedConfig{{}, sentence(edited.error())};
}

ui::EditedConfig ConfigTexts::editPrices(const QString &text,
                                         const std::vector<ui::PriceChange> &changes) const
{
    std::vector<config::PriceEdit> edits;
    for (const ui::PriceChange &change : changes) {
        edits.push_back({.provider = change.provider.toStdString(),
                         .model = change.model.toStdString(),
                         .input = change.input.toStdString(),
                         .output = change.output.toStdString()});
    }
    const auto edited = config::withPrices(text.toStdString(), edits);
    return edited ? ui::EditedConfig{QString::fromStdString(*edited), {}}
                  : ui::EditedConfig{{}, sentence(edited.error())};
}

ui::ImportedConfig ConfigTexts::importFile(const QByteArray &file,
                                           const QString &name,
                                           const QString &text) const
{
    const std::string route = name.section(QLatin1Char('.'), 0, 0).toStdString();
    auto imported = config::importConfiguration(file.toStdString(), route);
    ui::ImportedConfig view;
    if (!imported) {
        for (const config::Fault &fault : imported.error()) {
            view.faults.push_back({fault.line, fault.column, sentence(fault.message), {}});
        }
        return view;
    }
    const auto present = settingsOf(text);
    const config::Imported added = config::fitted(std::move(*imported),
                                                  present == nullptr ? Configuration{} : *present);
    view.format = QString::fromUtf8(config::toString(added.format));
    view.providers = QString::fromStdString(config::providersToml(added.providers));
    view.providerCount = static_cast<int>(added.providers.size());
    view.routes = added.routes;
    for (const config::ImportNote &note : added.notes) {
        view.notes.push_back({static_cast<ui::ImportNote::Kind>(note.kind),
                              note.line,
                              QString::fromStdString(note.path),
                              sentence(note.message)});
    }
    return view;
}

std::vector<ui::DiffHunk> ConfigTexts::diff(const QString &before, const QString &after) const
{
    std::vector<ui::DiffHunk> hunks;
    for (const config::DiffHunk &hunk : config::diff(before.toStdString(), after.toStdString())) {
        ui::DiffHunk view;
        for (const config::DiffLine &line : hunk) {
            view.lines.push_back(app::viewOf(line));
        }
        hunks.push_back(std::move(view));
    }
    return hunks;
}

std::vector<ui::TextSpan> ConfigTexts::cjkSpans(const QString &text) const
{
    const QByteArray bytes = text.toUtf8();
    const auto units = [&bytes](std::size_t from, std::size_t to) {
        return QString::fromUtf8(bytes.constData() + from, static_cast<qsizetype>(to - from))
            .size();
    };
    std::vector<ui::TextSpan> spans;
    std::size_t seen = 0;
    qsizetype at = 0;
    const std::string_view whole(bytes.constData(), static_cast<std::size_t>(bytes.size()));
    for (const routing::CjkRun &run : routing::cjkRuns(whole)) {
        at += units(seen, run.begin);
        const qsizetype length = units(run.begin, run.end);
        spans.push_back({at, length});
        at += length;
        seen = run.end;
    }
    return spans;
}

} // namespace signalbox::app
