// SPDX-License-Identifier: Apache-2.0
// No cursor, zone or period from a client brings the ledger's reader down, and none names a page
// that is longer than asked for.
#include "core/base/check.h"
#include "core/runtime/ledger/ledger_reader.h"
#include "core/runtime/ledger/ledger_store.h"

#include <array>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <unistd.h>

namespace {

using namespace signalbox;
using namespace signalbox::runtime;

constexpr int kRecords = 5;

/// A ledger of a few records in a file that goes when the program ends.
class Books
{
public:
    Books()
        : m_path(std::filesystem::temp_directory_path()
                 / ("fuzz_ledger_query." + std::to_string(::getpid())))
    {
        std::filesystem::create_directories(m_path);
        auto store = LedgerStore::open((m_path / "ledger.sqlite").string());
        SB_CHECK(store.ok());
        for (int i = 0; i < kRecords; ++i) {
            auto record = std::make_shared<RequestRecord>();
            record->id = "r" + std::to_string(i);
            record->arrived = SystemTime(std::chrono::hours(490'000 + i));
            const std::array entries{LedgerEntry(std::shared_ptr<const RequestRecord>(record))};
            SB_CHECK(store->write(entries).ok());
        }
    }
    Books(const Books &) = delete;
    Books &operator=(const Books &) = delete;
    ~Books() { std::filesystem::remove_all(m_path); }

    [[nodiscard]] LedgerReader reader() const
    {
        auto opened = LedgerReader::open((m_path / "ledger.sqlite").string());
        SB_CHECK(opened.ok());
        return std::move(opened).value();
    }

private:
    std::filesystem::path m_path;
};

SystemTime takeTime(std::string_view &bytes)
{
    std::int64_t micros = 0;
    std::memcpy(&micros, bytes.data(), std::min(bytes.size(), sizeof micros));
    bytes.remove_prefix(std::min(bytes.size(), sizeof micros));
    return SystemTime(Micros(micros));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const Books books;
    static LedgerReader reader = books.reader();
    if (size == 0) {
        return 0;
    }
    const std::uint8_t which = data[0];
    std::string_view rest(reinterpret_cast<const char *>(data) + 1, size - 1);
    std::optional<SystemTime> since;
    std::optional<SystemTime> until;
    if ((which & 4U) != 0) {
        since = takeTime(rest);
    }
    if ((which & 8U) != 0) {
        until = takeTime(rest);
    }
    if ((which & 1U) != 0) {
        CostQuery query{.timeZone = std::string(rest), .since = since, .until = until};
        query.bucket = (which & 2U) != 0 ? CostBucket::Hour : CostBucket::Day;
        (void)reader.costs(query);
        return 0;
    }
    RequestFilter filter;
    filter.since = since;
    filter.until = until;
    filter.limit = 2;
    ((which & 2U) != 0 ? filter.route : filter.cursor) = rest;
    const auto page = reader.requests(filter);
    SB_CHECK(!page || page->requests.size() <= 2);
    (void)reader.audit(2, std::string(rest));
    return 0;
}
