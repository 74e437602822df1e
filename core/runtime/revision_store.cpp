// SPDX-License-Identifier: Apache-2.0
#include "core/runtime/revision_store.h"

#include "core/config/diff.h"
#include "core/runtime/admin/config_json.h"
#include "core/runtime/config_file.h"
#include "core/runtime/ledger/json_fields.h"
#include "core/runtime/replace_file.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

namespace signalbox::runtime {
namespace {

namespace fs = std::filesystem;
using Cause = Revision::Cause;

constexpr std::array kCauses = {Cause::Start, Cause::Applied, Cause::RolledBack, Cause::File};

std::optional<Revision> readRevision(const fs::path &path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    const auto json = parseJson(text.str());
    return json ? revisionFromJson(*json) : std::nullopt;
}

} // namespace

std::string_view toString(Cause cause)
{
    switch (cause) {
    case Cause::Start:
        return "start";
    case Cause::Applied:
        return "applied";
    case Cause::RolledBack:
        return "rolled_back";
    case Cause::File:
        return "file";
    }
    return "";
}

std::optional<Cause> causeFromString(std::string_view name)
{
    const auto *const found = std::ranges::find_if(kCauses, [name](Cause cause) {
        return toString(cause) == name;
    });
    return found == kCauses.end() ? std::nullopt : std::optional(*found);
}

void RevisionStore::open()
{
    m_all.clear();
    m_texts.clear();
    std::error_code error;
    for (const fs::directory_entry &entry : fs::directory_iterator(m_folder, error)) {
        const auto revision = entry.path().extension() == ".json" ? readRevision(entry.path())
                                                                  : std::nullopt;
        // A name of its own: a copy that somebody made is not the revision.
        if (revision
            && fileOf(*revision, ".json") == m_folder + "/" + entry.path().filename().string()
            && fs::exists(fileOf(*revision, ".toml"), error)) {
            m_all.push_back(*revision);
        }
    }
    std::ranges::sort(m_all, {}, &Revision::number);
    m_lastNumber = m_all.empty() ? 0 : m_all.back().number;
}

std::string RevisionStore::fileOf(const Revision &revision, const char *ending) const
{
    constexpr std::size_t kDigits = 6;
    const std::string number = std::to_string(revision.number);
    const std::string zeros(kDigits - std::min(number.size(), kDigits), '0');
    return m_folder + "/" + zeros + number + "-" + revision.revision + ending;
}

Status<std::string> RevisionStore::add(Revision revision, const std::string &text)
{
    revision.number = m_lastNumber + 1;
    const auto before = m_all.empty() ? Result<std::string, std::string>(std::string())
                                      : this->text(m_all.back().number);
    if (before && !m_all.empty()) {
        const config::DiffCount count = config::countOf(config::diff(*before, text));
        revision.linesAdded = count.added;
        revision.linesRemoved = count.removed;
    }
    if (!m_folder.empty()) {
        if (auto written = write(revision, text); !written) {
            return written;
        }
    } else {
        m_texts.push_back(text);
    }
    m_lastNumber = revision.number;
    m_all.push_back(std::move(revision));
    prune();
    return Nothing{};
}

Status<std::string> RevisionStore::write(const Revision &revision, const std::string &text) const
{
    std::error_code error;
    fs::create_directories(m_folder, error);
    fs::permissions(m_folder, fs::perms::owner_all, error);
    if (auto written = replaceFile(fileOf(revision, ".toml"), text); !written) {
        return written;
    }
    // The revision is there once this is.
    auto written = replaceFile(fileOf(revision, ".json"), toText(toJson(revision)) + "\n");
    if (!written) {
        fs::remove(fileOf(revision, ".toml"), error);
    }
    return written;
}

Status<std::string> RevisionStore::setFollowUp(std::int64_t number, const FollowUp &followUp)
{
    const auto found = std::ranges::find(m_all, number, &Revision::number);
    if (found == m_all.end()) {
        return Failure{"There is no revision " + std::to_string(number) + "."};
    }
    Revision revision = *found;
    revision.followUp = followUp;
    if (!m_folder.empty()) {
        if (auto written = replaceFile(fileOf(revision, ".json"), toText(toJson(revision)) + "\n");
            !written) {
            return written;
        }
    }
    *found = std::move(revision);
    return Nothing{};
}

void RevisionStore::prune()
{
    while (m_all.size() > kRevisionsMax) {
        std::error_code error;
        if (!m_folder.empty()) {
            fs::remove(fileOf(m_all.front(), ".json"), error);
            fs::remove(fileOf(m_all.front(), ".toml"), error);
        } else {
            m_texts.pop_front();
        }
        m_all.pop_front();
    }
}

Result<std::string, std::string> RevisionStore::text(std::int64_t number) const
{
    const auto found = std::ranges::find(m_all, number, &Revision::number);
    const std::string name = "revision " + std::to_string(number);
    if (found == m_all.end()) {
        return Failure{"There is no " + name + "."};
    }
    if (m_folder.empty()) {
        return m_texts[static_cast<std::size_t>(found - m_all.begin())];
    }
    auto text = readConfigText(fileOf(*found, ".toml"));
    if (!text || revisionOf(*text) != found->revision) {
        return Failure{"The text of " + name
                       + " was lost: " + (text ? "it is not what was kept." : text.error() + ".")};
    }
    return std::move(*text);
}

} // namespace signalbox::runtime
