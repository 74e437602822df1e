// SPDX-License-Identifier: GPL-3.0-or-later
// The playground's values: bodies, variables, tools, schemas, tracks, series, sheets, programs, reports.
#include "ui/models/playground_code.h"
#include "ui/models/playground_report.h"
#include "ui/models/playground_series.h"
#include "ui/models/playground_sheet.h"
#include "ui/models/timeline_text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace signalbox;
using namespace signalbox::ui;

namespace {

using State = PlaygroundRun::State;

const QString kTools = u"[\n"
                       "  {\"type\": \"function\",\n"
                       "   \"function\": {\"name\": \"get_time\",\n"
                       "     \"parameters\": {\"type\": \"object\", \"properties\": {\"zone\": "
                       "{\"type\": \"string\"}}, \"required\": [\"zone\"]}}}\n"
                       "]"_s;

QJsonObject bodyOf(const PlaygroundAsk &ask)
{
    return QJsonDocument::fromJson(chatBody(ask)).object();
}

PlaygroundRun finished(double totalMs, std::int64_t tokens, std::optional<std::int64_t> nanos)
{
    Usage usage;
    usage.completionTokens = tokens;
    PlaygroundFigures figures{.firstToken = Micros(100'000),
                              .total = Micros(static_cast<std::int64_t>(totalMs * 1'000)),
                              .usage = usage,
                              .logged = true};
    figures.cost = Cost{.amount = nanos ? std::optional(Money::fromNanos(*nanos)) : std::nullopt};
    return PlaygroundRun(PlaygroundRun::Kept{.ask = {.model = u"a/m"_s}, .figures = figures});
}

/// An arrival of a character each 50 ms from 300 ms on, with a silence of 1,200 ms after the tenth.
PlaygroundTrack haltingTrack()
{
    PlaygroundTrack track;
    double ms = 300;
    for (int i = 0; i < 20; ++i) {
        track.add({{.ms = ms, .text = 1}});
        ms += i == 9 ? 1'200 : 50;
    }
    return track;
}

PlaygroundSheet everything()
{
    PlaygroundRun::Kept kept{.state = State::Finished,
                             .requestId = u"playground-1"_s,
                             .id = u"01TEST0"_s,
                             .target = u"a/m"_s,
                             .text = u"twenty letters, here"_s,
                             .reasoning = u"hm"_s,
                             .tools = {{0, u"get_time"_s, u"{}"_s, u"c1"_s}},
                             .track = haltingTrack(),
                             .finishReason = u"tool_calls"_s};
    kept.ask = {.model = u"a/m"_s,
                .turns = {{.role = TurnRole::User,
                           .text = u"hi Ann"_s,
                           .images = {{u"dot.png"_s, u"image/png"_s, "aGk="}}},
                          {.role = TurnRole::Assistant,
                           .calls = {{u"c0"_s, u"get_time"_s, u"{\"zone\":\"UTC\"}"_s}}},
                          {.role = TurnRole::Tool, .text = u"noon"_s, .callId = u"c0"_s}},
                .parameters = {.temperature = 0.7, .maxTokens = 64, .effort = u"low"_s},
                .tools = kTools};
    Usage usage;
    usage.promptTokens = 9;
    usage.completionTokens = 20;
    usage.cachedTokens = 3;
    kept.figures = {.firstToken = Micros(300'000),
                    .total = Micros(2'500'000),
                    .usage = usage,
                    .cost = Cost{.amount = Money::fromNanos(250'000)},
                    .attempts = 1,
                    .outputPrice = TokenPrice::fromPicosPerToken(8'000'000),
                    .logged = true};
    PlaygroundRun::Kept failed{.state = State::Failed, .ask = {.model = u"b/m"_s}};
    failed.figures.cost = Cost{}; // no price is known
    failed.failure = PlaygroundFailure{.status = 503,
                                       .code = u"no_target"_s,
                                       .message = u"none"_s,
                                       .attempts = {{u"b/m"_s, 503, u"busy"_s, 12}}};
    return {.id = u"set-1"_s,
            .atMs = 1'700'000'000'000,
            .turns = {{.role = TurnRole::System, .text = u"Be terse."_s},
                      {.role = TurnRole::User,
                       .text = u"hi {{name}}"_s,
                       .images = {{u"dot.png"_s, u"image/png"_s, "aGk="}}}},
            .shared = {.temperature = 0.7, .maxTokens = 64},
            .extras = {.variables = {{u"name"_s, u"Ann"_s}}, .tools = kTools, .repeat = 2},
            .columns = {{.model = u"a/m"_s,
                         .own = {.effort = u"low"_s},
                         .runs = {finished(1'000, 7, std::nullopt), PlaygroundRun(kept)}},
                        {.model = u"b/m"_s, .runs = {PlaygroundRun(failed)}}}};
}

} // namespace

class TestPlaygroundModels : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bodiesCarryPicturesToolsAndSchemas();
    void countingCarriesNoPictures();
    void variablesAreFilledOnce();
    void faultsOfToolsStandAtTheirLine_data();
    void faultsOfToolsStandAtTheirLine();
    void faultsOfSchemasStandAtTheirLine_data();
    void faultsOfSchemasStandAtTheirLine();
    void tracksTellWhatWasThereWhen();
    void silencesAreMarked();
    void tracksStayBounded();
    void costsGrowToTheLogsFigure();
    void seriesTellMeanAndSpread();
    void sheetsComeBackAsTheyWere();
    void foreignJsonIsNoSheet();
    void whatLooksLikeAKeyIsNotKept();
    void programsHaveNoKeyAndAreWhole();
    void reportsNeedNothingElse();
};

void TestPlaygroundModels::bodiesCarryPicturesToolsAndSchemas()
{
    PlaygroundAsk ask = everything().columns[0].runs[1].ask();
    ask.schema = u"{\"type\":\"object\",\"z\":1,\"a\":2}"_s;
    const QByteArray bytes = chatBody(ask);
    const QJsonObject body = QJsonDocument::fromJson(bytes).object();
    const QJsonArray messages = body.value(u"messages"_s).toArray();
    QCOMPARE(messages.size(), 3);
    const QJsonArray parts = messages[0].toObject().value(u"content"_s).toArray();
    QCOMPARE(parts[0].toObject().value(u"text"_s).toString(), u"hi Ann"_s);
    QCOMPARE(parts[1].toObject().value(u"image_url"_s).toObject().value(u"url"_s).toString(),
             u"data:image/png;base64,aGk="_s);
    QVERIFY(messages[1].toObject().value(u"content"_s).isNull());
    const QJsonObject call = messages[1].toObject().value(u"tool_calls"_s).toArray()[0].toObject();
    QCOMPARE(call.value(u"id"_s).toString(), u"c0"_s);
    QCOMPARE(call.value(u"function"_s).toObject().value(u"arguments"_s).toString(),
             u"{\"zone\":\"UTC\"}"_s);
    QCOMPARE(messages[2].toObject().value(u"tool_call_id"_s).toString(), u"c0"_s);
    QCOMPARE(body.value(u"tools"_s).toArray().size(), 1);
    QCOMPARE(body.value(u"response_format"_s).toObject().value(u"type"_s).toString(),
             u"json_schema"_s);
    QVERIFY(bytes.contains("\"z\":1,\"a\":2")); // a schema's order is part of what it says
    QVERIFY(body.value(u"stream"_s).toBool());
    QVERIFY(
        !QJsonDocument::fromJson(chatBody(ask, BodyKind::Whole)).object().contains(u"stream"_s));
}

void TestPlaygroundModels::countingCarriesNoPictures()
{
    PlaygroundAsk ask{.model = u"a/m"_s,
                      .turns =
                          {{.role = TurnRole::User,
                            .text = u"look"_s,
                            .images = {{u"x.png"_s, u"image/png"_s, QByteArray(900'000, 'A')}}}},
                      .tools = kTools};
    const QByteArray body = countBody(ask);
    QVERIFY(body.size() < 2'000);
    const QJsonObject json = QJsonDocument::fromJson(body).object();
    const QJsonArray parts =
        json.value(u"messages"_s).toArray()[0].toObject().value(u"content"_s).toArray();
    QCOMPARE(parts.size(), 2);
    QCOMPARE(parts[0].toObject().value(u"type"_s).toString(), u"image"_s);
    QCOMPARE(json.value(u"tools"_s).toArray()[0].toObject().value(u"name"_s).toString(),
             u"get_time"_s);
}

void TestPlaygroundModels::variablesAreFilledOnce()
{
    const std::vector<PlaygroundTurn> turns{{TurnRole::System, u"You are {{ role }}."_s},
                                            {TurnRole::User,
                                             u"{{name}}, {{role}}: {{größe.1}} {{1 + 1}} {{}}"_s}};
    QCOMPARE(variableNames(turns), (QStringList{u"role"_s, u"name"_s, u"größe.1"_s}));
    const std::vector<PlaygroundVariable> values{{u"role"_s, u"{{name}}"_s}, {u"name"_s, u"Ann"_s}};
    QCOMPARE(filled(turns[0].text, values), u"You are {{name}}."_s); // a value is no template
    QCOMPARE(filled(turns[1].text, values), u"Ann, {{name}}: {{größe.1}} {{1 + 1}} {{}}"_s);
    QCOMPARE(unfilled(turns, values), QStringList{u"größe.1"_s});
    QCOMPARE(unfilled(turns, {}).size(), 3);
}

void TestPlaygroundModels::faultsOfToolsStandAtTheirLine_data()
{
    QTest::addColumn<QString>("tools");
    QTest::addColumn<int>("line"); // 0: there is no fault
    QTest::addColumn<int>("column");
    QTest::newRow("none") << QString() << 0 << 0;
    QTest::newRow("good") << kTools << 0 << 0;
    QTest::newRow("cut") << u"[\n {"_s << 2 << 3;
    QTest::newRow("comma") << u"[\n {\"type\": \"function\"\n  \"a\": 1}]"_s << 3 << 3;
    QTest::newRow("word") << u"[\n nope]"_s << 2 << 2;
    QTest::newRow("after the end") << u"[]\n]"_s << 2 << 1;
    QTest::newRow("text over lines") << u"[\"a\nb\"]"_s << 1 << 4;
    QTest::newRow("twice") << u"[{\"type\":\"function\",\n\"type\":\"function\"}]"_s << 2 << 1;
    QTest::newRow("an object") << u"\n{}"_s << 2 << 1;
    QTest::newRow("empty") << u"[]"_s << 1 << 1;
    QTest::newRow("type") << u"[{\"type\":\n\"retrieval\",\"function\":{\"name\":\"a\"}}]"_s << 2
                          << 1;
    QTest::newRow("no name") << u"[{\"type\":\"function\",\n\"function\":\n{}}]"_s << 3 << 1;
    QTest::newRow("name") << u"[{\"type\":\"function\",\"function\":{\"name\":\n\"a b\"}}]"_s << 2
                          << 1;
    QTest::newRow("two names") << u"[{\"type\":\"function\",\"function\":{\"name\":\"a\"}},\n"
                                  "{\"type\":\"function\",\"function\":{\"name\":\"a\"}}]"_s
                               << 2 << 39;
    QTest::newRow("parameter's type")
        << u"[{\"type\":\"function\",\"function\":{\"name\":\"a\",\"parameters\":{\n"
           "\"type\":\"object\",\"properties\":{\"x\":{\"type\":\"text\"}}}}}]"_s
        << 2 << 43;
    QTest::newRow("deep") << QString(70, u'[') << 1 << 66;
}

void TestPlaygroundModels::faultsOfToolsStandAtTheirLine()
{
    QFETCH(QString, tools);
    QFETCH(int, line);
    QFETCH(int, column);
    const auto fault = faultOfTools(tools);
    QCOMPARE(fault.has_value(), line > 0);
    if (fault) {
        QCOMPARE(std::pair(fault->line, fault->column), std::pair(line, column));
        QVERIFY(!fault->words.isEmpty());
    }
}

void TestPlaygroundModels::faultsOfSchemasStandAtTheirLine_data()
{
    QTest::addColumn<QString>("schema");
    QTest::addColumn<int>("line");
    QTest::newRow("none") << u"  \n"_s << 0;
    QTest::newRow("good") << u"{\"type\":\"object\",\"properties\":{\"a\":true}}"_s << 0;
    QTest::newRow("no object") << u"\n{\"type\":\"string\"}"_s << 2;
    QTest::newRow("no type") << u"{}"_s << 1;
    QTest::newRow("a list") << u"[]"_s << 1;
    QTest::newRow("required") << u"{\"type\":\"object\",\"properties\":{},\n\"required\":[\"a\"]}"_s
                              << 2;
    QTest::newRow("items") << u"{\"type\":\"object\",\"properties\":{\"a\":{\"items\":\n3}}}"_s
                           << 2;
    QTest::newRow("any of") << u"{\"type\":\"object\",\"anyOf\":\n{}}"_s << 2;
    QTest::newRow("types")
        << u"{\"type\":\"object\",\"properties\":{\"a\":{\"type\":[\"null\",\n\"x\"]}}}"_s << 2;
}

void TestPlaygroundModels::faultsOfSchemasStandAtTheirLine()
{
    QFETCH(QString, schema);
    QFETCH(int, line);
    const auto fault = faultOfSchema(schema);
    QCOMPARE(fault ? fault->line : 0, line);
}

void TestPlaygroundModels::tracksTellWhatWasThereWhen()
{
    PlaygroundTrack track;
    QCOMPARE(track.at(100).units(), 0);
    track.add({{.ms = 200, .reasoning = 5}, {.ms = 300, .text = 4}});
    track.add({{.ms = 250, .text = 2}}); // no clock goes back
    QCOMPARE(track.at(199.9).units(), 0);
    QCOMPARE(track.at(200), (TrackPoint{200, 0, 5}));
    QCOMPARE(track.at(299).text, 0);
    QCOMPARE(track.at(300), (TrackPoint{300, 6, 5}));
    QCOMPARE(track.at(1e9).units(), 11);
    QCOMPARE(track.density(400, 4), (std::vector<int>{0, 0, 5, 6}));
    QCOMPARE(track.density(0, 4), (std::vector<int>{0, 0, 0, 0}));
    QVERIFY(track.density(400, 0).empty());
}

void TestPlaygroundModels::silencesAreMarked()
{
    const PlaygroundTrack track = haltingTrack();
    QCOMPARE(track.stalls(), (std::vector<TrackStall>{{750, 1'950}}));
    PlaygroundTrack slow; // whose usual distance is 600 ms does not stall
    for (int i = 0; i < 20; ++i) {
        slow.add({{.ms = 600.0 * i, .text = 1}});
    }
    QVERIFY(slow.stalls().empty());
    PlaygroundTrack two;
    two.add({{.ms = 100, .text = 1}, {.ms = 600, .text = 1}});
    QCOMPARE(two.stalls().size(), std::size_t(1));
    QVERIFY(PlaygroundTrack().stalls().empty());
}

void TestPlaygroundModels::tracksStayBounded()
{
    PlaygroundTrack track;
    for (int i = 0; i < PlaygroundTrack::kPointsMax + 500; ++i) {
        track.add({{.ms = double(i), .text = 2}});
    }
    QCOMPARE(track.points().size(), PlaygroundTrack::kPointsMax);
    QCOMPARE(track.points().last().text, 2 * (int(PlaygroundTrack::kPointsMax) + 500));
}

void TestPlaygroundModels::costsGrowToTheLogsFigure()
{
    const PlaygroundRun run = everything().columns[0].runs[1];
    QCOMPARE(costAt(run, 1e9)->amount, std::optional(Money::fromNanos(250'000)));
    QVERIFY(!costAt(run, 1e9)->estimated);
    // 20 tokens at 8,000 nano-USD: the prompt alone was 90,000, half of the answer 80,000 more.
    QCOMPARE(costAt(run, 0)->amount, std::optional(Money::fromNanos(90'000)));
    QCOMPARE(costAt(run, 750)->amount, std::optional(Money::fromNanos(170'000)));
    QVERIFY(costAt(run, 750)->estimated);
    PlaygroundRun::Kept kept = run.kept();
    kept.figures.outputPrice.reset();
    QVERIFY(!costAt(PlaygroundRun(kept), 750)); // nobody knows
    QCOMPARE(costAt(PlaygroundRun(kept), 2'500)->amount, std::optional(Money::fromNanos(250'000)));
    kept.figures.cost = Cost{};
    QVERIFY(!costAt(PlaygroundRun(kept), 2'500)); // unknown, and not nothing
    QVERIFY(instantText(0, run, 750).startsWith(u"A 10 character"_s));
    QVERIFY(instantText(0, run, 750).contains(u"≈ $"_s)); // an estimate carries its mark
    QCOMPARE(instantText(1, run, 10), u"B waits"_s);
    QVERIFY(trackSummary(0, run).contains(u"stalled for 1.2"_s));
    QCOMPARE(niceEnd(2'100), 3'000.0);
    QCOMPARE(niceEnd(9'000), 10'000.0);
}

void TestPlaygroundModels::seriesTellMeanAndSpread()
{
    QVERIFY(!spreadOf({1}));
    QCOMPARE(spreadOf({2, 4, 4, 4, 5, 5, 7, 9})->mean, 5.0);
    QVERIFY(qAbs(spreadOf({2, 4, 4, 4, 5, 5, 7, 9})->deviation - 2.13809) < 1e-4);
    const PlaygroundSeries series = seriesOf({finished(1'000, 10, 100), finished(3'000, 20, 300)});
    QCOMPARE(series.complete, 2);
    QCOMPARE(series.totalMs->mean, 2'000.0);
    QCOMPARE(series.totalMs->least, 1'000.0);
    QCOMPARE(series.tokens->mean, 15.0);
    QCOMPARE(series.costNanos->mean, 200.0);
    const PlaygroundRun failed(PlaygroundRun::Kept{.state = State::Failed});
    const PlaygroundSeries mixed = seriesOf(
        {finished(1'000, 10, 100), finished(3'000, 20, std::nullopt), failed});
    QCOMPARE(mixed.runs, 3);
    QCOMPARE(mixed.complete, 2);
    QVERIFY(!mixed.costNanos); // one has no price: the others' mean would be no mean
    QVERIFY(seriesText(mixed).startsWith(u"2 of 3 complete"_s));
    QVERIFY(seriesText(mixed).contains(u"cost n/a"_s));
    QVERIFY(seriesText(seriesOf({finished(1, 1, 1)})).isEmpty());
}

/// 60: everything is in the JSON, for it can be read back from there.
void TestPlaygroundModels::sheetsComeBackAsTheyWere()
{
    const PlaygroundSheet sheet = everything();
    const QByteArray json = sheetAsJson(sheet);
    const auto again = sheetFromJson(json);
    QVERIFY(again);
    QCOMPARE(sheetAsJson(*again), json);
    QCOMPARE(again->id, sheet.id);
    QCOMPARE(again->atMs, sheet.atMs);
    QVERIFY(again->turns == sheet.turns);
    QVERIFY(again->shared == sheet.shared);
    QVERIFY(again->extras == sheet.extras);
    QCOMPARE(again->columns.size(), std::size_t(2));
    const PlaygroundRun &run = again->columns[0].runs[1];
    const PlaygroundRun &was = sheet.columns[0].runs[1];
    QVERIFY(run.ask() == was.ask());
    QVERIFY(run.figures() == was.figures());
    QVERIFY(run.track() == was.track());
    QVERIFY(run.tools() == was.tools());
    QCOMPARE(run.text(), was.text());
    QCOMPARE(run.reasoning(), was.reasoning());
    QCOMPARE(run.requestId(), was.requestId());
    QVERIFY(again->columns[1].runs[0].failure() == sheet.columns[1].runs[0].failure());
    QVERIFY(again->columns[1].runs[0].figures().cost == std::optional(Cost{}));
    QCOMPARE(promptDigest(*again), promptDigest(sheet));
    PlaygroundSheet other = sheet;
    other.extras.variables[0].value = u"Bob"_s;
    QVERIFY(promptDigest(other) != promptDigest(sheet));
    other.extras.variables.clear();
    other.turns[1].text = u"hi Ann"_s;
    QCOMPARE(promptDigest(other), promptDigest(sheet)); // however it was written
}

void TestPlaygroundModels::foreignJsonIsNoSheet()
{
    for (const QByteArray &json : {QByteArray(),
                                   QByteArray("[]"),
                                   QByteArray("{\"format\":\"signalbox-playground\"}"),
                                   sheetAsJson(everything()).left(500)}) {
        QVERIFY(!sheetFromJson(json));
    }
    // Places beyond the text are no track.
    QByteArray json = sheetAsJson(everything());
    json.replace("300.0,1,0;", "300.0,1,0;301.0,9999,0;");
    QVERIFY(sheetFromJson(json)->columns[0].runs[1].track().isEmpty());
}

void TestPlaygroundModels::whatLooksLikeAKeyIsNotKept()
{
    const QString key = u"sk-proj-abcdefghijklmnopqrstuvwxyz0123456789"_s;
    PlaygroundSheet sheet = everything();
    sheet.turns[1].text += u" my key is "_s + key;
    sheet.extras.variables[0].value = key;
    PlaygroundRun::Kept kept = sheet.columns[0].runs[1].kept();
    kept.text += u' ' + key;
    kept.reasoning = key;
    kept.tools[0].arguments = u"{\"k\":\"%1\"}"_s.arg(key);
    kept.ask.turns[0].text = key;
    sheet.columns[0].runs[1] = PlaygroundRun(kept);
    QVERIFY(sheetAsJson(sheet).contains(key.toUtf8()));
    const PlaygroundSheet safe = withoutKeys(sheet);
    QVERIFY(!sheetAsJson(safe).contains(key.toUtf8()));
    QVERIFY(safe.columns[0].runs[1].text().startsWith(u"twenty letters"_s));
    QVERIFY(safe.turns[1].images == sheet.turns[1].images);
}

void TestPlaygroundModels::programsHaveNoKeyAndAreWhole()
{
    const std::vector<PlaygroundAsk> asks{everything().columns[0].runs[1].ask(),
                                          {.model = u"b/m"_s,
                                           .turns = {
                                               {TurnRole::User, u"say true, null and \"x\"\\"_s}}}};
    const QString python = pythonFor(u"http://127.0.0.1:8787"_s, asks);
    QVERIFY(python.contains(u"os.environ[\"SIGNALBOX_KEY\"]"_s));
    QVERIFY(python.contains(u"base_url=\"http://127.0.0.1:8787/v1\""_s));
    QVERIFY(python.contains(u"\"stream\": True"_s));
    QVERIFY(python.contains(u"\"content\": None"_s));
    QVERIFY(python.contains(u"say true, null and \\\"x\\\"\\\\"_s));
    QVERIFY(!python.contains(u": true"_s));
    const QString node = nodeFor(u"http://127.0.0.1:8787"_s, asks);
    QVERIFY(node.contains(u"process.env.SIGNALBOX_KEY"_s));
    QVERIFY(node.contains(u"\"stream\": true"_s));
    QCOMPARE(pythonLiteral(u"[true,false,null,\"true \\\" null\",1]"_s),
             u"[True,False,None,\"true \\\" null\",1]"_s);
    // The list between the brackets is what is sent.
    const qsizetype from = node.indexOf(u"requests = "_s) + 11;
    const QString list = node.mid(from, node.indexOf(u";\n\nfor"_s) - from);
    QCOMPARE(QJsonDocument::fromJson(list.toUtf8()).array()[0].toObject(), bodyOf(asks[0]));
}

void TestPlaygroundModels::reportsNeedNothingElse()
{
    PlaygroundSheet sheet = everything();
    PlaygroundRun::Kept kept = sheet.columns[0].runs[1].kept();
    kept.text = u"<script>alert('x')</script> & <img src=http://example.org>"_s;
    kept.track = {};
    sheet.columns[0].runs[1] = PlaygroundRun(kept);
    sheet.columns[0].runs[0] = everything().columns[0].runs[1];
    const QString html = sheetAsHtml(sheet);
    QVERIFY(html.contains(u"&lt;script&gt;"_s));
    QVERIFY(!html.contains(u"<script"_s));
    QVERIFY(!html.contains(u"src=\"http"_s) && !html.contains(u"href"_s)
            && !html.contains(u"url("_s));
    QVERIFY(html.contains(u"default-src 'none'"_s));
    QVERIFY(html.contains(u"src=\"data:image/png;base64,aGk=\""_s));
    QVERIFY(html.contains(u"$0.00025"_s) || html.contains(u"$0.0002"_s)
            || html.contains(u"$0.0003"_s));
    QVERIFY(html.contains(u"n/a"_s)); // the second has no price
    QVERIFY(html.contains(u"503"_s));
    QVERIFY(html.endsWith(u"</body></html>\n"_s));
    const QString whole = sheetAsHtml(everything());
    QVERIFY(whole.contains(u"<svg"_s) && whole.contains(u"class=\"stall\""_s));
}

QTEST_MAIN(TestPlaygroundModels)
#include "tst_playground_models.moc"
