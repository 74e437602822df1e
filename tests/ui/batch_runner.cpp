// SPDX-License-Identifier: GPL-3.0-or-later
// A batch without a window, for a test to kill: takes up what is kept, or begins the prompts it is given.
// ADDRESS STORE PROMPTS AT_ONCE BUDGET MODEL...; the key is in the environment. Tells on stdout, a line
// each time, how many calls are done; at the end how it ended.
#include "app/console/batch_line.h"
#include "app/console/judgement_file.h"
#include "ui/pages/batch_session.h"

#include <QCoreApplication>
#include <QFile>
#include <QUrl>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace signalbox;

namespace {

ui::BatchPlan planFrom(const QStringList &arguments)
{
    QFile file(arguments.at(3));
    (void)file.open(QIODevice::ReadOnly);
    auto read = ui::readPrompts(file.readAll(), u"p.jsonl"_s);
    if (!read) {
        qFatal("%s", qPrintable(read.error()));
    }
    ui::BatchPlan plan;
    plan.file = std::move(*read);
    plan.turns = {{ui::TurnRole::User, u"{{prompt}}"_s}};
    plan.atOnce = arguments.at(4).toInt();
    plan.budget = Money::fromDecimal(arguments.at(5).toStdString());
    for (const QString &model : arguments.mid(6)) {
        plan.columns.push_back({model, {}});
    }
    return plan;
}

void tell(const ui::BatchSession &batch)
{
    using State = ui::BatchSession::State;
    const State state = batch.state();
    std::printf("%d\n", batch.run()->done());
    if (state == State::Over || state == State::Halted || state == State::Paused) {
        std::printf("%s %s\n",
                    state == State::Over     ? "over"
                    : state == State::Halted ? "halted"
                                             : "paused",
                    qPrintable(batch.problem()));
        QCoreApplication::quit();
    }
    std::fflush(stdout);
}

} // namespace

int main(int count, char **values)
{
    QCoreApplication application(count, values);
    const QStringList arguments = QCoreApplication::arguments();
    app::PlaygroundLine line([url = QUrl(arguments.at(1))] { return url; },
                             Secret(qgetenv("BATCH_KEY").toStdString()));
    app::BatchLine requests(line);
    app::JudgementFile store(arguments.at(2).toStdString());
    ui::BatchSession batch(&requests, &store);
    QObject::connect(&store,
                     &ui::JudgementStore::loaded,
                     &batch,
                     [&](const ui::KeptJudgements &kept) {
                         if (kept.plan) {
                             batch.restore(*kept.plan, kept.answers);
                             batch.resume();
                         } else {
                             batch.begin(planFrom(arguments));
                         }
                         QObject::connect(&batch, &ui::BatchSession::changed, &batch, [&batch] {
                             tell(batch);
                         });
                         tell(batch);
                     });
    store.load();
    return QCoreApplication::exec();
}
