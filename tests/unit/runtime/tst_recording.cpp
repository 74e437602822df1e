// SPDX-License-Identifier: Apache-2.0
// Flight recordings: what was put in comes out, no key does, and files that are none are refused.
#include "tests/unit/runtime/ledger_samples.h"

#include "core/runtime/ledger/json_fields.h"
#include "core/runtime/recording/gzip.h"
#include "core/runtime/recording/recorder.h"
#include "core/runtime/recording/recording_reader.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <array>

using namespace signalbox;
using namespace signalbox::runtime;
using namespace signalbox::tests;

namespace {

constexpr std::size_t kLineMax = 1 << 20U;

std::string zipped(std::string_view text)
{
    GzipWriter gzip;
    gzip.add(text);
    return gzip.finish();
}

std::vector<std::string> linesOf(const std::string &bytes)
{
    GzipLines lines(bytes, 64 * kLineMax, 512 * kLineMax);
    std::vector<std::string> all;
    for (std::string line; lines.next(line) == GzipLines::Got::Line;) {
        all.push_back(line);
    }
    return all;
}

struct Read
{
    Result<Recording, RecordingFault> recording;
    std::vector<RequestRecord> requests;
};

Read readAll(std::string_view bytes, const RecordingBounds &most = {})
{
    std::vector<RequestRecord> requests;
    auto recording = readRecording(
        bytes,
        [&](RequestRecord record) {
            requests.push_back(std::move(record));
            return true;
        },
        most);
    return {std::move(recording), std::move(requests)};
}

telemetry::Series seriesOf(Seconds width)
{
    telemetry::Series series;
    series.bucket = width;
    series.firstBucket = at("2026-11-23T13:00:00Z");
    series.points.resize(3);
    series.points[1].attempts = 7;
    series.points[1].cost = Money::fromNanos(123);
    series.points[1].p50Ms = 402.5;
    return series;
}

/// A gateway at 14:30 with one provider and two revisions of its configuration.
RecordingSubject subjectAt(const std::string &configText)
{
    auto snapshot = std::make_shared<telemetry::Snapshot>();
    snapshot->at.system = at("2026-11-23T14:30:00Z");
    snapshot->startedAt = at("2026-11-23T08:00:00Z");
    snapshot->listen = "http://127.0.0.1:8787";
    snapshot->revision = "0123456789ab";
    telemetry::ProviderView provider;
    provider.id = "qwen";
    provider.kind = "qwen";
    telemetry::TargetView target;
    target.target = TargetId("qwen/qwen-plus");
    target.breaker.forcedReason = "the night shift";
    provider.targets.push_back(target);
    snapshot->providers.push_back(provider);
    snapshot->transitions.push_back({.at = at("2026-11-23T14:05:00Z"),
                                     .target = target.target,
                                     .from = telemetry::BreakerState::Closed,
                                     .to = telemetry::BreakerState::Open,
                                     .forced = telemetry::ForcedState::None,
                                     .cause = "server_error, server_error, server_error"});
    const auto setOf = [](Seconds width) {
        auto set = std::make_shared<telemetry::Snapshot::SeriesSet>();
        set->total = seriesOf(width);
        set->byProvider = {seriesOf(width)};
        return set;
    };
    snapshot->seconds = setOf(Seconds(1));
    snapshot->tens = setOf(Seconds(10));
    snapshot->minutes = setOf(Seconds(60));
    snapshot->hours = setOf(Seconds(3600));

    auto config = std::make_shared<ConfigState>();
    config->text = configText;
    config->revision = snapshot->revision;
    Revision old;
    old.number = 1;
    old.revision = "ba9876543210";
    old.time = at("2026-11-23T08:00:00Z");
    Revision older = old;
    older.number = 0;
    Revision present = old;
    present.number = 2;
    present.revision = snapshot->revision;
    present.time = at("2026-11-23T14:10:00Z");
    present.cause = Revision::Cause::Applied;
    present.who = "ann";
    present.why = "less of it";
    config->past = {present, old, older};

    RecordingSubject subject;
    subject.snapshot = std::move(snapshot);
    subject.config = config;
    subject.textOf = [configText](std::int64_t number) -> Result<std::string, std::string> {
        return number == 2 ? configText : "# revision " + std::to_string(number) + "\n";
    };
    subject.version = "0.1.0";
    return subject;
}

RecordingPeriod theHour()
{
    return {at("2026-11-23T13:30:00Z"), at("2026-11-23T14:30:00Z")};
}

} // namespace

class TestRecording : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void linesComeBackWhateverTheirLength();
    void aLineOrTextThatIsTooLongIsRefused();
    void whatWasPutInComesOut();
    void anotherLedgerTellsTheSame();
    void noKeyIsInIt();
    void whatDoesNotFitIsCounted();
    void aLedgerThatCannotBeReadIsSaid();
    void cutAnywhereItNeverLooksWhole();
    void aChangedByteIsNoticed();
    void foreignFilesAreRefused_data();
    void foreignFilesAreRefused();
    void linesOfLaterProgramsArePassedOver();
    void whoTakesRequestsMayStop();

private:
    void fill(const std::vector<RequestRecord> &records, const std::vector<AuditEntry> &audit);
    [[nodiscard]] Recorded recorded(const RecordingSubject &subject,
                                    const RecordingLimits &limits = {}) const;
    [[nodiscard]] std::string path() const { return m_folder->filePath("l.sqlite").toStdString(); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestRecording::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

void TestRecording::fill(const std::vector<RequestRecord> &records,
                         const std::vector<AuditEntry> &audit)
{
    auto store = LedgerStore::open(path());
    QVERIFY(store.ok());
    std::vector<LedgerEntry> entries(audit.begin(), audit.end());
    for (const RequestRecord &record : records) {
        entries.emplace_back(std::make_shared<const RequestRecord>(record));
    }
    QVERIFY(store->write(entries).ok());
}

Recorded TestRecording::recorded(const RecordingSubject &subject,
                                 const RecordingLimits &limits) const
{
    auto reader = LedgerReader::open(path());
    return record(reader, subject, theHour(), at("2026-11-23T14:30:01Z"), limits);
}

void TestRecording::linesComeBackWhateverTheirLength()
{
    Random random(7);
    std::string text;
    std::vector<std::string> wanted;
    for (const std::size_t length : {0UL, 1UL, 65'535UL, 65'536UL, 200'000UL, 0UL, 17UL}) {
        std::string line(length, ' ');
        for (char &c : line) { // what does not compress takes more than one piece of the file
            c = static_cast<char>('0' + random.below(64));
        }
        text += line + "\n";
        wanted.push_back(std::move(line));
    }
    QCOMPARE(linesOf(zipped(text)), wanted);
    QCOMPARE(linesOf(zipped("a\nb")), (std::vector<std::string>{"a", "b"}));
    QCOMPARE(linesOf(zipped("")), std::vector<std::string>());
}

void TestRecording::aLineOrTextThatIsTooLongIsRefused()
{
    const std::string bytes = zipped(std::string(10 * kLineMax, 'a') + "\nb\n");
    QVERIFY(bytes.size() < 64 * bounds::kKiB);
    std::string line;
    GzipLines shortLines(bytes, kLineMax, 100 * kLineMax);
    QVERIFY(shortLines.next(line) == GzipLines::Got::TooLong);
    GzipLines shortText(bytes, 100 * kLineMax, kLineMax);
    QVERIFY(shortText.next(line) == GzipLines::Got::TooLong);
}

void TestRecording::whatWasPutInComesOut()
{
    auto records = randomRecords(1, 40, at("2026-11-23T13:00:00Z"));
    std::ranges::for_each(records, [](RequestRecord &record) { record.operation = "chat"; });
    const AuditEntry early{1, at("2026-11-23T13:00:00Z"), "ann", "trip", "qwen/a", "why", {}};
    const AuditEntry
        inside{2, at("2026-11-23T14:00:00.5Z"), "bob", "hold", "qwen/b", "", "for 1 s"};
    fill(records, {early, inside});
    const std::string text = "[server]\nlisten = \"127.0.0.1:8787\"\n";
    const RecordingSubject subject = subjectAt(text);

    const Recorded made = recorded(subject);
    const Read read = readAll(made.bytes);
    QVERIFY(read.recording.ok());
    const Recording &recording = *read.recording;
    QVERIFY(recording.whole);
    QCOMPARE(recording.header.gateway, std::string("http://127.0.0.1:8787"));
    QCOMPARE(recording.header.version, std::string("0.1.0"));
    QVERIFY(!recording.header.host.empty());
    QVERIFY(recording.header.made == at("2026-11-23T14:30:01Z"));
    QVERIFY(recording.header.period.since == theHour().since);
    QVERIFY(recording.header.period.until == theHour().until);
    QCOMPARE(recording.configText, text);
    QCOMPARE(recording.snapshot.providers.front().targets.front().breaker.forcedReason,
             std::string("the night shift"));
    QCOMPARE(recording.snapshot.transitions.size(), std::size_t(1));
    QCOMPARE(recording.series.size(), std::size_t(4));
    QCOMPARE(recording.series.back().total.at(1).attempts, std::int64_t(7));
    QCOMPARE(recording.audit, std::vector<AuditEntry>{inside});
    // The one of the period and the one before it, not the one before that.
    QCOMPARE(recording.revisions.size(), std::size_t(2));
    QCOMPARE(recording.revisions.front().revision.why, std::string("less of it"));
    QCOMPARE(recording.revisions.front().text, text);
    QCOMPARE(recording.revisions.back().text, std::string("# revision 1\n"));

    std::erase_if(records, [](const RequestRecord &record) {
        return record.arrived < theHour().since || record.arrived >= theHour().until;
    });
    std::ranges::sort(records, std::ranges::greater(), &RequestRecord::arrived);
    QVERIFY(!records.empty());
    QCOMPARE(read.requests, records);
    QCOMPARE(recording.counts, made.counts);
    QCOMPARE(made.counts.requests, static_cast<std::int64_t>(records.size()));
    QCOMPARE(made.counts.requestsLeftOut, std::int64_t(0));
}

/// What the console shows of a recording is asked of a ledger that was filled with it.
void TestRecording::anotherLedgerTellsTheSame()
{
    auto records = randomRecords(2, 60, theHour().since + Seconds(1));
    std::erase_if(records, [](const RequestRecord &record) {
        return record.isOwn() || record.arrived >= theHour().until;
    });
    fill(records, {});
    const Read read = readAll(recorded(subjectAt("")).bytes);
    QVERIFY(read.recording.ok());
    const std::string other = m_folder->filePath("other.sqlite").toStdString();
    {
        auto store = LedgerStore::open(other);
        QVERIFY(store.ok());
        std::vector<LedgerEntry> entries;
        for (const RequestRecord &record : read.requests) {
            entries.emplace_back(std::make_shared<const RequestRecord>(record));
        }
        QVERIFY(store->write(entries).ok());
    }
    auto first = LedgerReader::open(path());
    auto second = LedgerReader::open(other);
    CostQuery query;
    query.since = theHour().since - Seconds(7200);
    query.until = theHour().until + Seconds(7200);
    const auto costs = first->costs(query);
    QVERIFY(costs.ok() && !costs->empty());
    QCOMPARE(*second->costs(query), *costs);
    for (const RequestRecord &record : records) {
        QCOMPARE(*second->request(record.id), *first->request(record.id));
    }
}

void TestRecording::noKeyIsInIt()
{
    const std::array<std::string, 7> keys{"mistral0key0of0thirty0two0letters",
                                          "with\"quote\\and\nline",
                                          "tiny1",
                                          "sk-proj-unknown-1234567890",
                                          "AIzaSyUnknown1234567890abcdefghijklmnop",
                                          "hunter2-unknown",
                                          "me:geheim"};
    const std::string phrase = "we tried " + keys[0] + " and " + keys[1] + ", then " + keys[2]
                               + " with " + keys[3] + " or " + keys[4] + "; password=" + keys[5]
                               + " at https://" + keys[6] + "@proxy.example/v1";
    RequestRecord request = plainRecord("R1", at("2026-11-23T14:00:00Z"));
    request.clientRequestId = phrase;
    request.modelAsked = phrase;
    request.errorCode = phrase;
    request.attempts.front().reason = phrase;
    request.attempts.front().upstreamRequestId = phrase;
    request.attempts.front().notes = {phrase};
    fill({request}, {{0, at("2026-11-23T14:00:00Z"), phrase, "trip", phrase, phrase, phrase}});
    RecordingSubject subject = subjectAt("# " + phrase + "\napi_key = \"env:OPENAI_API_KEY\"\n");
    auto snapshot = std::make_shared<telemetry::Snapshot>(*subject.snapshot);
    snapshot->providers.front().targets.front().breaker.forcedReason = phrase;
    snapshot->transitions.front().cause = phrase;
    snapshot->ledger.problem = phrase;
    subject.snapshot = snapshot;
    gateway::Credentials credentials;
    credentials.providers = {{"mistral", {Secret(keys[0]), Secret()}}};
    credentials.clients = {{"team", Secret(keys[1])}};
    subject.secrets = secretsOf(credentials, {{"ann", OperatorRole::Viewer, Secret(keys[2])}});
    QCOMPARE(subject.secrets->size(), std::size_t(3));

    const Recorded made = recorded(subject);
    QVERIFY(made.counts.redacted >= 4);
    const auto lines = linesOf(made.bytes);
    for (const std::string &line : lines) {
        const auto json = parseJson(line);
        QVERIFY2(json.has_value(), line.c_str());
        const std::string plain = json->dump(); // as JSON writes it, and as it is meant
        for (const std::string &key : keys) {
            QVERIFY2(plain.find(key) == std::string::npos, line.c_str());
            const std::string escaped = Json(key).dump();
            QVERIFY2(plain.find(escaped.substr(1, escaped.size() - 2)) == std::string::npos,
                     line.c_str());
        }
    }
    const Read read = readAll(made.bytes);
    QVERIFY(read.recording.ok() && read.recording->whole);
    // Where a key is kept is no secret, and without it the text would say something else.
    QVERIFY(read.recording->configText.find("env:OPENAI_API_KEY") != std::string::npos);
    QVERIFY(read.requests.front().attempts.front().reason.starts_with("we tried [redacted] and"));
}

void TestRecording::whatDoesNotFitIsCounted()
{
    std::vector<RequestRecord> records;
    for (int i = 0; i < 30; ++i) {
        records.push_back(plainRecord("R" + std::to_string(i), theHour().since + Seconds(i)));
    }
    std::vector<AuditEntry> audit;
    for (int i = 0; i < 3; ++i) {
        audit.push_back({0, theHour().since + Seconds(i), "ann", "reset", "x", {}, {}});
    }
    fill(records, audit);
    const Recorded made = recorded(subjectAt(""),
                                   {.requestsMax = 10, .auditMax = 2, .revisionsMax = 1});
    const Read read = readAll(made.bytes);
    QVERIFY(read.recording.ok() && read.recording->whole);
    QCOMPARE(read.requests.size(), std::size_t(10));
    QCOMPARE(read.requests.front().id, std::string("R29")); // the newest
    const RecordingCounts &counts = read.recording->counts;
    QCOMPARE(counts.requestsLeftOut, std::int64_t(20));
    QCOMPARE(counts.auditLeftOut, std::int64_t(1));
    QCOMPARE(counts.revisionsLeftOut, std::int64_t(1));

    // A size that is reached ends it too: the state alone may be longer.
    const Recorded small = recorded(subjectAt(""), {.textBytesMax = 1});
    QCOMPARE(small.counts.requests, std::int64_t(0));
    QCOMPARE(small.counts.requestsLeftOut, std::int64_t(30));
}

void TestRecording::aLedgerThatCannotBeReadIsSaid()
{
    const Read read = readAll(recorded(subjectAt("")).bytes); // there is no file
    QVERIFY(read.recording.ok() && read.recording->whole);
    QVERIFY(!read.recording->counts.ledgerProblem.empty());
    QCOMPARE(read.recording->series.size(), std::size_t(4));
}

void TestRecording::cutAnywhereItNeverLooksWhole()
{
    fill(randomRecords(3, 40, theHour().since - Seconds(60)), {});
    const std::string bytes = recorded(subjectAt("a = 1\n")).bytes;
    const Read all = readAll(bytes);
    QVERIFY(all.requests.size() > 5);
    constexpr std::size_t edge = 200;
    std::size_t shown = 0;
    for (std::size_t length = 0; length < bytes.size();
         length += length < edge || length + edge > bytes.size() ? 1UL : 97UL) {
        const Read part = readAll(std::string_view(bytes).substr(0, length));
        if (!part.recording) {
            const RecordingFault fault = part.recording.error();
            QVERIFY(length == 0 ? fault == RecordingFault::NotARecording
                                : fault == RecordingFault::Cut);
            continue;
        }
        ++shown;
        QVERIFY(!part.recording->whole);
        QVERIFY(part.requests.size() <= all.requests.size());
        QVERIFY(
            std::ranges::equal(part.requests, std::span(all.requests).first(part.requests.size())));
        QCOMPARE(part.recording->snapshot.listen, all.recording->snapshot.listen);
    }
    QVERIFY(shown > 10);
}

void TestRecording::aChangedByteIsNoticed()
{
    fill(randomRecords(4, 20, theHour().since), {});
    const std::string bytes = recorded(subjectAt("a = 1\n")).bytes;
    const Read all = readAll(bytes);
    constexpr std::size_t header = 10; // of gzip: time and system, which mean nothing here
    for (std::size_t place = header; place < bytes.size(); place += 53) {
        std::string changed = bytes;
        changed[place] = static_cast<char>(changed[place] ^ 0x10);
        const Read read = readAll(changed);
        QVERIFY2(!read.recording || !read.recording->whole, std::to_string(place).c_str());
    }
}

void TestRecording::foreignFilesAreRefused_data()
{
    QTest::addColumn<std::string>("bytes");
    QTest::addColumn<RecordingFault>("fault");
    const auto row = [](const char *name, const std::string &bytes, RecordingFault fault) {
        QTest::newRow(name) << bytes << fault;
    };
    row("empty", "", RecordingFault::NotARecording);
    row("text", "[server]\nlisten = 1\n", RecordingFault::NotARecording);
    row("database", std::string("SQLite format 3\0", 16), RecordingFault::NotARecording);
    row("gzip of nothing", zipped(""), RecordingFault::NotARecording);
    row("gzip of a text", zipped("hello\n"), RecordingFault::NotARecording);
    row("gzip of JSON", zipped("{\"a\":1}\n"), RecordingFault::NotARecording);
    row("a list", zipped("[1]\n"), RecordingFault::NotARecording);
    row("a time that is none",
        zipped(R"({"signalbox_recording":1,"made":"x","since":"y","until":"z"})"),
        RecordingFault::NotARecording);
    row("later", zipped(R"({"signalbox_recording":2})"), RecordingFault::LaterFormat);
    const std::string head = R"({"signalbox_recording":1,"made":"2026-11-23T14:00:00Z",)"
                             R"("since":"2026-11-23T13:00:00Z","until":"2026-11-23T14:00:00Z"})"
                             "\n";
    row("header only", zipped(head), RecordingFault::Cut);
    row("no JSON inside", zipped(head + "{\n"), RecordingFault::Damaged);
    row("no value", zipped(head + R"({"kind":"state"})"), RecordingFault::Damaged);
    row("state of something",
        zipped(head + R"({"kind":"state","value":{"at":5}})"),
        RecordingFault::Damaged);
    row("request of something",
        zipped(head + R"({"kind":"request","value":[]})"),
        RecordingFault::Damaged);
    row("series of something",
        zipped(head + R"({"kind":"series","value":{"count":-1}})"),
        RecordingFault::Damaged);
    row("audit of something",
        zipped(head + R"({"kind":"audit","value":7})"),
        RecordingFault::Damaged);
    row("revision of something",
        zipped(head + R"({"kind":"revision","value":"x"})"),
        RecordingFault::Damaged);
    row("a bomb", zipped(head + std::string(20 * kLineMax, ' ')), RecordingFault::TooLarge);
}

void TestRecording::foreignFilesAreRefused()
{
    QFETCH(std::string, bytes);
    QFETCH(RecordingFault, fault);
    const Read read = readAll(bytes);
    QVERIFY(!read.recording);
    QVERIFY(read.recording.error() == fault);
}

void TestRecording::linesOfLaterProgramsArePassedOver()
{
    std::string text;
    for (const std::string &line : linesOf(recorded(subjectAt("")).bytes)) {
        text += line + "\n" + R"({"kind":"body","value":{"id":"R1"}})" + "\n";
    }
    const Read read = readAll(zipped(text));
    QVERIFY(read.recording.ok() && read.recording->whole);
}

void TestRecording::whoTakesRequestsMayStop()
{
    fill({plainRecord("R1", at("2026-11-23T14:00:00Z"))}, {});
    const auto read = readRecording(recorded(subjectAt("")).bytes,
                                    [](const RequestRecord &) { return false; });
    QVERIFY(!read && read.error() == RecordingFault::NotTaken);
}

QTEST_APPLESS_MAIN(TestRecording)
#include "tst_recording.moc"
