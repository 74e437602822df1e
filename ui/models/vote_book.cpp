// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/vote_book.h"

#include "ui/models/vendor_names.h"
#include "ui/text/csv.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

using namespace Qt::StringLiterals;

namespace signalbox::ui {

namespace {

constexpr double kBonusMax = 1.5;

int numberOf(QStringList &models, const QString &model)
{
    const qsizetype known = models.indexOf(model);
    if (known >= 0) {
        return static_cast<int>(known);
    }
    models << model;
    return static_cast<int>(models.size()) - 1;
}

/// The pairs of one vote into the meetings of all.
void count(const KeptVote &vote, QStringList &models, std::map<std::pair<int, int>, Meetings> &met)
{
    for (qsizetype i = 0; i < vote.models.size(); ++i) {
        for (qsizetype j = i + 1; j < vote.models.size(); ++j) {
            const int first = numberOf(models, vote.models[i]);
            const int second = numberOf(models, vote.models[j]);
            const bool ofTheBest = vote.best == i || vote.best == j;
            if (first == second || (vote.best >= 0 && !ofTheBest)) {
                continue; // of two that were not chosen nothing was said
            }
            const auto key = std::minmax(first, second);
            Meetings &pair = met.try_emplace(key, Meetings{key.first, key.second}).first->second;
            const int winner = vote.best == i ? first : second;
            ++(vote.best < 0 ? pair.ties : winner == pair.first ? pair.wins : pair.losses);
        }
    }
}

PairStanding pairOf(const Meetings &pair, const QStringList &models, bool turned)
{
    PairStanding standing{models[turned ? pair.second : pair.first],
                          models[turned ? pair.first : pair.second],
                          turned ? pair.losses : pair.wins,
                          pair.ties,
                          turned ? pair.wins : pair.losses,
                          {}};
    standing.rate = proportionOf(standing.wins + standing.ties / 2.0,
                                 standing.wins + standing.ties + standing.losses);
    return standing;
}

QString decimal(double value)
{
    return QString::number(value, 'f', 4);
}

} // namespace

KeptVote voteOf(const std::vector<PlaygroundRun> &runs, int best, bool allBad)
{
    KeptVote vote{.allBad = allBad};
    for (std::size_t i = 0; i < runs.size(); ++i) {
        const PlaygroundRun &run = runs[i];
        if (run.state() != PlaygroundRun::State::Finished) {
            continue;
        }
        if (static_cast<int>(i) == best) {
            vote.best = static_cast<int>(vote.models.size());
        }
        vote.models << run.ask().model;
        vote.named << ownNamesIn(run.text(), run.ask().model)
                   << ownNamesIn(run.text(), run.target());
    }
    vote.named.removeDuplicates();
    return vote;
}

Standings standingsOf(const std::vector<KeptVote> &votes, const QString &task)
{
    Standings standings;
    QStringList models;
    std::map<std::pair<int, int>, Meetings> met;
    std::map<QString, int> tookPart;
    for (const KeptVote &vote : votes) {
        if (!task.isEmpty() && vote.task != task) {
            continue;
        }
        if (!vote.isBlind()) {
            ++standings.notBlind;
            continue;
        }
        ++standings.votes;
        QStringList once = vote.models;
        once.removeDuplicates();
        for (const QString &model : once) {
            ++tookPart[model];
        }
        count(vote, models, met);
    }
    std::vector<Meetings> meetings;
    for (const auto &[key, pair] : met) {
        meetings.push_back(pair);
    }
    const StrengthFit fit = fitStrengths(static_cast<int>(models.size()), meetings);
    std::vector<std::size_t> order(fit.players.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        order[i] = i;
    }
    std::ranges::stable_sort(order, [&fit](std::size_t a, std::size_t b) {
        return fit.players[a].value > fit.players[b].value;
    });
    std::vector<std::size_t> rank(order.size());
    for (std::size_t place = 0; place < order.size(); ++place) {
        const std::size_t player = order[place];
        rank[player] = place;
        double won = 0;
        int all = 0;
        for (const Meetings &pair : meetings) {
            const bool isFirst = static_cast<std::size_t>(pair.first) == player;
            if (isFirst || static_cast<std::size_t>(pair.second) == player) {
                won += (isFirst ? pair.wins : pair.losses) + pair.ties / 2.0;
                all += pair.wins + pair.ties + pair.losses;
            }
        }
        const QString model = models[static_cast<qsizetype>(player)];
        standings.models.push_back(
            {model, tookPart[model], proportionOf(won, all), fit.players[player]});
    }
    for (const Meetings &pair : meetings) {
        const bool turned = rank[static_cast<std::size_t>(pair.second)]
                            < rank[static_cast<std::size_t>(pair.first)];
        standings.pairs.push_back(pairOf(pair, models, turned));
    }
    return standings;
}

std::vector<QualityWord> qualityOf(const Standings &standings, int enough)
{
    std::vector<QualityWord> words;
    for (const ModelStanding &one : standings.models) {
        if (one.votes < enough || !one.model.contains(u'/')) {
            continue;
        }
        const Interval within = one.strength.within;
        if (within.high < 0) {
            words.push_back({one.model, true, 1});
        } else if (within.low > 0) {
            words.push_back({one.model, false, std::min(kBonusMax, std::exp(within.low))});
        }
    }
    return words;
}

QString vetoText(const std::vector<QualityWord> &words)
{
    QStringList vetoes;
    for (const QualityWord &word : words) {
        if (word.veto) {
            QString name = word.target;
            name.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s);
            vetoes << u'"' + name + u'"';
        }
    }
    return vetoes.isEmpty() ? QString() : u"never_gain = [%1]"_s.arg(vetoes.join(u", "_s));
}

QByteArray standingsAsCsv(const Standings &standings)
{
    QByteArray csv = text::csvLine({u"kind"_s,
                                    u"first"_s,
                                    u"second"_s,
                                    u"votes"_s,
                                    u"wins"_s,
                                    u"ties"_s,
                                    u"losses"_s,
                                    u"win_rate"_s,
                                    u"win_rate_low"_s,
                                    u"win_rate_high"_s,
                                    u"odds"_s,
                                    u"odds_low"_s,
                                    u"odds_high"_s});
    for (const ModelStanding &one : standings.models) {
        csv += text::csvLine({u"model"_s,
                              one.model,
                              {},
                              QString::number(one.votes),
                              {},
                              {},
                              {},
                              decimal(one.rate.value),
                              decimal(one.rate.within.low),
                              decimal(one.rate.within.high),
                              decimal(std::exp(one.strength.value)),
                              decimal(std::exp(one.strength.within.low)),
                              decimal(std::exp(one.strength.within.high))});
    }
    for (const PairStanding &pair : standings.pairs) {
        csv += text::csvLine({u"pair"_s,
                              pair.first,
                              pair.second,
                              QString::number(pair.rate.trials),
                              QString::number(pair.wins),
                              QString::number(pair.ties),
                              QString::number(pair.losses),
                              decimal(pair.rate.value),
                              decimal(pair.rate.within.low),
                              decimal(pair.rate.within.high),
                              {},
                              {},
                              {}});
    }
    return csv;
}

} // namespace signalbox::ui
