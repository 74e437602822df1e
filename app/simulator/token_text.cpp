// SPDX-License-Identifier: Apache-2.0
#include "app/simulator/token_text.h"

#include "core/base/text.h"

#include <array>

namespace signalbox::simulator {

namespace {

constexpr std::int64_t kImageTokens = 85;
constexpr std::int64_t kTokensPerMessage = 4;
constexpr std::size_t kWordCharactersMax = 7;

constexpr std::array<std::string_view, 16> kEnglish{
    "The order left the warehouse this morning and should arrive within two working days.",
    "You can change the delivery address until the parcel is handed to the carrier.",
    "In short, the first option is cheaper, while the second one is easier to maintain.",
    "A refund is paid back to the card that was used, usually after three to five days.",
    "Let us look at the figures step by step before we draw a conclusion.",
    "The function reads the file once, keeps the result in memory and returns a copy.",
    "Please check whether the account is verified, because unverified accounts are limited.",
    "That depends on the size of the team and on how often the data changes.",
    "Here is a summary: costs fell by a tenth, and response times stayed the same.",
    "If the problem remains, restart the device and send us the log of the last hour.",
    "Both meetings can be moved to Thursday without any conflict in the calendar.",
    "The report names three causes, of which the second explains most of the delay.",
    "It is safer to keep a backup in another region and to test the restore every month.",
    "Customers mostly praised the support, but they asked for shorter waiting times.",
    "A small experiment with one hundred users would answer this question quickly.",
    "Thank you for the details; with them the invoice can be corrected today."};

constexpr std::array<std::string_view, 14>
    kChinese{"您的订单今天上午已经从仓库发出，预计两个工作日内送达。",
             "在包裹交给快递公司之前，您可以随时修改收货地址。",
             "总的来说，第一种方案成本更低，第二种方案更容易维护。",
             "退款会原路返回到付款的银行卡，一般需要三到五天。",
             "我们先一步一步地看数据，然后再得出结论。",
             "这个函数只读取一次文件，把结果保存在内存里，然后返回一个副本。",
             "请确认账户已经完成实名认证，未认证的账户会受到限制。",
             "这取决于团队的规模以及数据变化的频率。",
             "简单总结一下：成本下降了一成，响应时间保持不变。",
             "如果问题仍然存在，请重启设备，并把最近一小时的日志发给我们。",
             "两个会议都可以改到星期四，不会与其他安排冲突。",
             "报告列出了三个原因，其中第二个解释了大部分延误。",
             "建议在另一个地区保留备份，并且每个月测试一次恢复流程。",
             "感谢您提供的信息，发票今天就可以更正。"};

/// Moves \p at past one token of \p text.
void passToken(std::string_view text, std::size_t &at, bool two)
{
    std::size_t length = 0;
    while (at < text.size()) {
        std::size_t next = at;
        const char32_t c = nextCodePoint(text, next);
        if (isCjk(c)) {
            if (length > 0) {
                return;
            }
            at = next;
            if (two && at < text.size() && isCjk(nextCodePoint(text, next))) {
                at = next;
            }
            return;
        }
        const bool blank = c == U' ' || c == U'\n' || c == U'\t';
        if (length > 0 && (blank || length > kWordCharactersMax)) {
            return;
        }
        at = next;
        ++length;
    }
}

template <typename Take>
void forEachToken(std::string_view text, Take take)
{
    std::size_t at = 0;
    for (std::size_t n = 0; at < text.size(); ++n) {
        const std::size_t from = at;
        passToken(text, at, n % 2 == 1);
        take(text.substr(from, at - from));
    }
}

std::int64_t tokensInside(const Json &json)
{
    if (json.is_string()) {
        return countTokens(json.get_ref<const std::string &>());
    }
    std::int64_t sum = 0;
    if (json.is_array()) {
        for (const Json &item : json) {
            sum += tokensInside(item);
        }
    } else if (json.is_object()) {
        for (const auto &item : json.items()) {
            const bool image = item.key() == "image_url" || item.key() == "source";
            sum += image ? kImageTokens : tokensInside(item.value());
        }
    }
    return sum;
}

std::string_view sentence(Language language, Random &random)
{
    return language == Language::Chinese ? kChinese.at(random.below(kChinese.size()))
                                         : kEnglish.at(random.below(kEnglish.size()));
}

} // namespace

Language languageOf(std::string_view text)
{
    std::size_t cjk = 0;
    std::size_t all = 0;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t c = nextCodePoint(text, at);
        if (c <= U' ') {
            continue;
        }
        ++all;
        cjk += isCjk(c) ? 1U : 0U;
    }
    return cjk * 10 > all * 3 ? Language::Chinese : Language::English;
}

std::vector<std::string> splitIntoTokens(std::string_view text)
{
    std::vector<std::string> pieces;
    forEachToken(text, [&pieces](std::string_view piece) { pieces.emplace_back(piece); });
    return pieces;
}

std::int64_t countTokens(std::string_view text)
{
    std::int64_t count = 0;
    forEachToken(text, [&count](std::string_view) { ++count; });
    return count;
}

std::int64_t countPromptTokens(const Json &request)
{
    std::int64_t sum = 3;
    for (const char *key : {"messages", "system", "tools", "contents", "systemInstruction"}) {
        const auto at = request.find(key);
        if (at != request.end()) {
            sum += tokensInside(*at);
        }
    }
    if (const Json *messages = arrayAt(request, "messages")) {
        sum += kTokensPerMessage * static_cast<std::int64_t>(messages->size());
    }
    return sum;
}

std::vector<std::string> inventTokens(Language language, std::size_t count, Random &random)
{
    std::vector<std::string> pieces;
    while (pieces.size() < count) {
        std::string text(pieces.empty() || language == Language::Chinese ? "" : " ");
        text += sentence(language, random);
        for (std::string &piece : splitIntoTokens(text)) {
            if (pieces.size() < count) {
                pieces.push_back(std::move(piece));
            }
        }
    }
    return pieces;
}

} // namespace signalbox::simulator
