// SPDX-License-Identifier: Apache-2.0
#include "core/base/json_writer.h"

#include <QTest>

#include <limits>
#include <string>

using namespace signalbox;

class TestJsonWriter : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void escapesWhatMustBeEscaped();
    void escapesAtEveryPlace();
    void keepsLineBreaksOutOfRawValues();
    void writesRealsThatReadBackTheSame();
    void replacesWhatIsNotUtf8();
};

void TestJsonWriter::escapesWhatMustBeEscaped()
{
    std::string out;
    appendJsonString(out, std::string_view("q\" b\\ n\n r\r t\t z\0 u\x1f \xE4\xB8\xAD /", 26));
    QCOMPARE(out,
             std::string(R"("q\" b\\ n\n r\r t\t z\u0000 u\u001f )"
                         "\xE4\xB8\xAD /\""));
}

void TestJsonWriter::keepsLineBreaksOutOfRawValues()
{
    std::string out;
    JsonWriter json(out);
    json.beginObject();
    json.key("a").raw("{\r\n  \"b\": \"x\\n\"\n}").key("c").integer(-5).key("d").null();
    json.key("e").beginArray().boolean(true).string("").endArray().endObject();
    QCOMPARE(out, std::string(R"({"a":{  "b": "x\n"},"c":-5,"d":null,"e":[true,""]})"));
}

/// Text is copied in words of eight bytes: an escape must not be missed wherever it stands in one.
void TestJsonWriter::escapesAtEveryPlace()
{
    for (std::size_t size = 1; size <= 20; ++size) {
        for (std::size_t at = 0; at < size; ++at) {
            for (const char special : {'"', '\\', '\n'}) {
                std::string text(size, '\x7F');
                text[at] = special;
                std::string expected = '"' + text + '"';
                expected.insert(at + 1, 1, '\\');
                if (special == '\n') {
                    expected[at + 2] = 'n';
                }
                std::string out;
                appendJsonString(out, text);
                QCOMPARE(out, expected);
            }
        }
    }
}

void TestJsonWriter::writesRealsThatReadBackTheSame()
{
    const auto written = [](double number) {
        std::string out;
        JsonWriter(out).real(number);
        return out;
    };
    QCOMPARE(written(0), std::string("0.0"));
    QCOMPARE(written(-12), std::string("-12.0"));
    QCOMPARE(written(812.345), std::string("812.345"));
    QCOMPARE(written(1e300), std::string("1e+300"));
    QCOMPARE(written(std::numeric_limits<double>::infinity()), std::string("null"));
    QCOMPARE(written(std::numeric_limits<double>::quiet_NaN()), std::string("null"));
    for (const double number : {0.1, 1.0 / 3, 1e-300, 123456789.123}) {
        QCOMPARE(std::stod(written(number)), number);
    }
}

void TestJsonWriter::replacesWhatIsNotUtf8()
{
    std::string out;
    JsonWriter(out)
        .beginArray()
        .lossyString("a\xFF"
                     "b\xC3\xA9")
        .lossyString("plain")
        .endArray();
    QCOMPARE(out,
             std::string("[\"a\xEF\xBF\xBD"
                         "b\xC3\xA9\",\"plain\"]"));
}

QTEST_APPLESS_MAIN(TestJsonWriter)
#include "tst_json_writer.moc"
