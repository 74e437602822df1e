// SPDX-License-Identifier: Apache-2.0
#include "tests/support/compare_log.h"

#include "core/base/base64.h"
#include "core/base/bounds.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace signalbox;
using namespace signalbox::gateway;
using namespace signalbox::tests;

namespace {

/// `a` and `inner` want pictures, `inner` also private ones; `o` takes addresses.
const char *const kHouse = R"(
[[provider]]
id = "a"
kind = "openai-compatible"
base_url = "http://a.example/v1"
[[provider.model]]
name = "x"
features = ["images"]

[[provider]]
id = "inner"
kind = "openai-compatible"
base_url = "http://inner.example/v1"
allow_private_images = true
[[provider.model]]
name = "z"
features = ["images"]

[[provider]]
id = "o"
kind = "openai"
keys = ["env:O1"]
[[provider.model]]
name = "y"
features = ["images"]

[[provider]]
id = "g"
kind = "gemini"
keys = ["env:G1"]
[[provider.model]]
name = "gemini-2.5-flash"
features = ["images"]

[[route]]
name = "chat"
strategy = "priority"
deadline_s = 20
targets = [ { target = "a/x" }, { target = "o/y" } ]
[[route]]
name = "twice"
strategy = "priority"
retry = { attempts = 4, same_target = 1, backoff_ms = 100 }
targets = [ { target = "a/x" }, { target = "inner/z" } ]
[[route]]
name = "google"
strategy = "priority"
targets = [ { target = "g/gemini-2.5-flash" }, { target = "o/y" } ]
)";

const std::string kCat = "https://pics.example/cat.png";
const std::string kPng = "\x89PNG\r\n\x1A\n and more";

std::string imagePart(const std::string &url)
{
    return R"({"type":"image_url","image_url":{"url":")" + url + R"(","detail":"low"}})";
}

Ask asking(const std::vector<std::string> &urls, const std::string &model = "chat")
{
    std::string parts = R"({"type":"text","text":"see"})";
    for (const std::string &url : urls) {
        parts += "," + imagePart(url);
    }
    return {.body = R"({"model":")" + model
                    + R"(","temperature":1.50,"messages":[{"role":"user","content":[)" + parts
                    + "]}]}"};
}

PictureResult pictured(const std::string &bytes, std::string_view type = "image/png")
{
    return Picture{type, bytes, {}};
}

PictureResult failed(const std::string &why)
{
    return Failure{PictureFault{false, why}};
}

std::string asDataUrl(const std::string &bytes, const std::string &type = "image/png")
{
    std::string url = "data:" + type + ";base64,";
    appendBase64(url, bytes);
    return url;
}

QByteArray bodyOf(const CallUpstream &call)
{
    return QByteArray::fromStdString(call.call.body);
}

QString messageOf(const Reply &reply)
{
    return QJsonDocument::fromJson(QByteArray::fromStdString(reply.bytes))
        .object()[QLatin1String("error")]
        .toObject()[QLatin1String("message")]
        .toString();
}

} // namespace

/// Goal: a provider that takes no addresses gets the pictures; each is fetched once, before the call,
/// within the request's time, and a picture that cannot be had is the client's to mend.
class TestPictures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itIsFetchedAndSentInItsPlace();
    void whoeverTakesAddressesGetsThem();
    void nothingIsFetchedForAClosedTarget();
    void eachIsFetchedOnce();
    void privateOnesAreNotShownToOthers();
    void whatCannotBeFetchedIsTheClientsError();
    void aFullHouseSaysSo();
    void aTypeThatTheProviderRefusesGoesToTheNext();
    void aTypeThatNobodyTakesIsTold();
    void tooManyAreRefused();
    void tooMuchIsRefused();
    void theDeadlineCounts();
    void aClientThatLeavesStopsIt();
    void aStopOfTheGatewayStopsIt();
    void uploadedFilesAreNamedAsTheyAre();
    void itsRoomIsGivenBack();
};

void TestPictures::itIsFetchedAndSentInItsPlace()
{
    VirtualGateway world(kHouse);
    world.picture(kCat, pictured(kPng), Millis(200));
    const auto id = world.ask(asking({kCat}));
    world.run();
    QCOMPARE(world.reply(id).status, 200);
    QCOMPARE(world.calls().size(), std::size_t{1});
    // Everything else is as the client wrote it.
    QString wanted = QString::fromStdString(asking({asDataUrl(kPng)}, "x").body);
    QCOMPARE(QString::fromUtf8(bodyOf(world.calls().front())), wanted);
    const RequestRecord &record = world.record(id);
    QCOMPARE(record.attempts.front().startedAfter, Micros(200'000));
    QVERIFY(record.attempts.front().notes.back().find("pictures were fetched")
            != std::string::npos);
}

void TestPictures::whoeverTakesAddressesGetsThem()
{
    VirtualGateway world(kHouse);
    const auto id = world.ask(asking({kCat}, "o/y"));
    world.run();
    QCOMPARE(world.reply(id).status, 200);
    QVERIFY(bodyOf(world.calls().front()).contains(kCat.c_str()));
    QVERIFY(!logOf(world).contains("fetch"));
}

void TestPictures::nothingIsFetchedForAClosedTarget()
{
    VirtualGateway world(kHouse);
    world.operate(Act::Trip, "a/x");
    const auto id = world.ask(asking({kCat}));
    world.run();
    QCOMPARE(world.reply(id).header("x-signalbox-target"), std::string("o/y"));
    QVERIFY(!logOf(world).contains("fetch"));
}

void TestPictures::eachIsFetchedOnce()
{
    VirtualGateway world(kHouse);
    const std::string dog = "https://pics.example/dog.png";
    world.picture(kCat, pictured(kPng));
    world.picture(dog, pictured(kPng + "2"));
    world.script("a/x: 500, 200");
    Ask ask = asking({kCat, dog, kCat}, "twice");
    const auto id = world.ask(ask);
    world.run();
    QCOMPARE(world.reply(id).status, 200);
    QCOMPARE(world.calls().size(), std::size_t{2});
    QCOMPARE(bodyOf(world.calls()[0]), bodyOf(world.calls()[1]));
    QCOMPARE(bodyOf(world.calls()[0]).count(asDataUrl(kPng + "2").c_str()), 1);
    QVERIFY(!bodyOf(world.calls()[0]).contains("https:"));
    QCOMPARE(QString::fromStdString(world.log()).count("fetch"), 2);
}

void TestPictures::privateOnesAreNotShownToOthers()
{
    VirtualGateway world(kHouse);
    world.picture(kCat, pictured(kPng));
    world.script("a/x: 500, 500");
    const auto id = world.ask(asking({kCat}, "twice"));
    world.run();
    QCOMPARE(world.reply(id).status, 200);
    const QString log = QString::fromStdString(world.log());
    QCOMPARE(log.count("fetch " + QString::fromStdString(kCat)), 2);
    QCOMPARE(log.count("(or private)"), 1);
}

void TestPictures::whatCannotBeFetchedIsTheClientsError()
{
    VirtualGateway world(kHouse);
    world.picture(kCat, failed("its server answered 404"));
    const auto id = world.ask(asking({"https://pics.example/slow.png", kCat}));
    world.run();
    const Reply &reply = world.reply(id);
    QCOMPARE(reply.status, 400);
    QCOMPARE(errorCode(reply.bytes), std::string("invalid_image_url"));
    QCOMPARE(
        messageOf(reply),
        QString(
            "The picture at messages[0].content[2] cannot be fetched: its server answered 404."));
    QVERIFY(QByteArray::fromStdString(reply.bytes).contains(R"("param":"messages[0].content[2]")"));
    QVERIFY(QByteArray::fromStdString(reply.bytes).contains(R"("origin":"client")"));
    QCOMPARE(reply.header("x-signalbox-attempts"), std::string("0"));
    QVERIFY(world.calls().empty());
    // The other one is not waited for.
    QVERIFY(logOf(world).contains("pictures given up"));
}

void TestPictures::aFullHouseSaysSo()
{
    VirtualGateway world(kHouse);
    world.picture(kCat, Failure{PictureFault{true, {}}});
    const auto id = world.ask(asking({kCat}));
    world.run();
    QCOMPARE(world.reply(id).status, 503);
    QCOMPARE(errorCode(world.reply(id).bytes), std::string("overloaded"));
}

void TestPictures::aTypeThatTheProviderRefusesGoesToTheNext()
{
    VirtualGateway world(kHouse);
    world.picture(kCat, pictured("GIF89a....", "image/gif"));
    const auto id = world.ask(asking({kCat}, "google"));
    world.run();
    QCOMPARE(world.reply(id).status, 200);
    QCOMPARE(world.reply(id).header("x-signalbox-target"), std::string("o/y"));
    QVERIFY(bodyOf(world.calls().front()).contains(kCat.c_str()));
}

void TestPictures::aTypeThatNobodyTakesIsTold()
{
    VirtualGateway world(kHouse);
    world.picture(kCat, pictured("GIF89a....", "image/gif"));
    const auto id = world.ask(asking({kCat}, "g/gemini-2.5-flash"));
    world.run();
    QCOMPARE(world.reply(id).status, 400);
    QCOMPARE(errorCode(world.reply(id).bytes), std::string("invalid_image_url"));
    QVERIFY2(messageOf(world.reply(id)).contains("image/gif"), world.reply(id).bytes.c_str());
}

void TestPictures::tooManyAreRefused()
{
    VirtualGateway world(kHouse);
    std::vector<std::string> urls;
    for (std::size_t i = 0; i <= bounds::kPicturesPerRequestMax; ++i) {
        urls.push_back(kCat + std::to_string(i));
    }
    const auto id = world.ask(asking(urls));
    world.run();
    QCOMPARE(world.reply(id).status, 400);
    QCOMPARE(
        messageOf(world.reply(id)),
        QString(
            "The picture at messages[0].content[21] is one too many: at most 20 are fetched for a "
            "request."));
    QVERIFY(logOf(world).contains("pictures given up"));
}

void TestPictures::tooMuchIsRefused()
{
    VirtualGateway world(kHouse);
    const std::string big = kPng + std::string(8 * bounds::kMiB, 'x');
    world.picture(kCat, pictured(big));
    world.picture(kCat + "2", pictured(big), Millis(2));
    const auto id = world.ask(asking({kCat, kCat + "2"}));
    world.run();
    QCOMPARE(world.reply(id).status, 400);
    QCOMPARE(messageOf(world.reply(id)),
             QString(
                 "The picture at messages[0].content[2] is too much: all pictures of a request may "
                 "have 15 MiB."));
}

void TestPictures::theDeadlineCounts()
{
    VirtualGateway world(kHouse);
    world.picture(kCat, pictured(kPng), Millis(30'000));
    const auto id = world.ask(asking({kCat}));
    world.run();
    QCOMPARE(world.reply(id).status, 400);
    QCOMPARE(world.record(id).total, Micros(20'000'000));
    QVERIFY(messageOf(world.reply(id)).contains("time was over"));
    QVERIFY(world.calls().empty());
}

void TestPictures::aClientThatLeavesStopsIt()
{
    VirtualGateway world(kHouse);
    world.picture(kCat, pictured(kPng), Millis(500));
    const auto id = world.ask(asking({kCat}));
    world.runUntil(Millis(100));
    world.leave(id);
    world.run(); // the picture comes all the same, and nobody minds
    QVERIFY(logOf(world).contains("pictures given up"));
    QVERIFY(world.calls().empty());
    QVERIFY(world.record(id).abandoned);
    QCOMPARE(world.gateway().inFlight(), std::size_t{0});
}

void TestPictures::aStopOfTheGatewayStopsIt()
{
    VirtualGateway world(kHouse);
    const auto id = world.ask(asking({kCat}));
    world.runUntil(Millis(100));
    world.shutDown();
    world.run();
    QVERIFY(logOf(world).contains("pictures given up"));
    QCOMPARE(world.reply(id).status, 503);
}

void TestPictures::uploadedFilesAreNamedAsTheyAre()
{
    VirtualGateway world(kHouse);
    const std::string file = "https://generativelanguage.googleapis.com/v1beta/files/abc";
    const auto id = world.ask(asking({file}, "g/gemini-2.5-flash"));
    world.run();
    QVERIFY(world.reply(id).finished);
    QVERIFY(bodyOf(world.calls().front()).contains(R"("fileUri":")" + QByteArray(file.c_str())));
    QVERIFY(!logOf(world).contains("fetch "));
}

void TestPictures::itsRoomIsGivenBack()
{
    VirtualGateway world(kHouse);
    auto room = std::make_shared<int>(0);
    const std::weak_ptr<int> held = room;
    world.picture(kCat, Picture{"image/png", kPng, std::exchange(room, nullptr)});
    const auto id = world.ask(asking({kCat}));
    world.run();
    QCOMPARE(world.reply(id).status, 200);
    world.picture(kCat, failed("gone")); // the script's own share
    QVERIFY(held.expired());
}

QTEST_APPLESS_MAIN(TestPictures)
#include "tst_pictures.moc"
