// SPDX-License-Identifier: Apache-2.0
#include "core/cache/chinese.h"

#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

namespace signalbox::cache::chinese {
namespace {

using View = std::string_view;

enum class Does : std::uint8_t {
    Nothing, ///< manners, grammar
    Means, ///< the word beside it
    Negates,
    Asks, ///< what the value beside it says
    AsksAndMeans,
    Marks ///< what follows plays the part of the word beside it
};

struct Phrase
{
    View text;
    Does does = Does::Nothing;
    View word = {};
    Asks asks = Asks::Nothing;
};

constexpr auto kPhrases = std::to_array<Phrase>({
    {"请问"},
    {"关于"},
    {"大概"},
    {"大约"},
    {"一般"},
    {"通常"},
    {"到底"},
    {"究竟"},
    {"一共"},
    {"总共"},
    {"现在"},
    {"目前"},
    {"具体"},
    {"其实"},
    {"操作"},
    {"之间"},
    {"一首"},
    {"一本"},
    {"一张"},
    {"一套"},
    {"一篇"},
    {"一份"},
    {"一件"},
    {"一种"},
    {"一条"},
    {"一位"},
    {"一座"},
    {"一部"},
    {"一家"},
    {"一台"},
    {"把"},
    {"将"},
    {"用"},
    {"才能"},
    {"等于"},
    {"可以换"},
    {"换算成", Does::Asks, "", Asks::HowMany},
    {"换成", Does::Asks, "", Asks::HowMany},
    {"是哪里", Does::Asks, "", Asks::What},
    {"是哪儿", Does::Asks, "", Asks::What},
    {"的方法是什么", Does::Asks, "", Asks::How},
    {"有多远", Does::Asks, "", Asks::HowFar},
    {"有多少公里", Does::Asks, "", Asks::HowFar},
    {"有多少", Does::Asks, "", Asks::HowMany},
    {"怎么说", Does::AsksAndMeans, "翻译", Asks::How},
    {"离", Does::Marks, "到"},
    {"发明", Does::Means, "发明"},
    {"英语", Does::Means, "英语"},
    {"日语", Does::Means, "日语"},
    {"法语", Does::Means, "法语"},
    {"修改", Does::Means, "修改"},
    {"关闭", Does::Means, "关闭"},
    {"不用", Does::Negates},
    {"叫什么", Does::Asks, "", Asks::What},
    {"了解", Does::Means, "了解"},
    {"需要"},
    {"要多少钱", Does::AsksAndMeans, "价", Asks::HowMuch},
    {"要多久", Does::Asks, "", Asks::HowLong},
    {"请帮我"},
    {"请教我"},
    {"请"},
    {"帮我"},
    {"帮忙"},
    {"麻烦"},
    {"告诉我"},
    {"我想要"},
    {"我想"},
    {"我要"},
    {"我的"},
    {"一下"},
    {"一个"},
    {"情况"},
    {"应该"},
    {"的时候"},
    {"的人"},
    {"期间"},
    {"该"},
    {"的"},
    {"了"},
    {"呢"},
    {"啊"},
    {"吧"},
    {"呀"},
    {"得"},
    {"是"},
    {"还"},
    {"都"},
    {"就"},
    {"才"},
    {"在"},
    {"里"},
    {"怎么办", Does::Asks, "", Asks::How},
    {"怎么弄", Does::Asks, "", Asks::How},
    {"怎么样", Does::Asks, "", Asks::How},
    {"怎么", Does::Asks, "", Asks::How},
    {"怎样", Does::Asks, "", Asks::How},
    {"如何", Does::Asks, "", Asks::How},
    {"方法是什么", Does::Asks, "", Asks::How},
    {"的方法", Does::Asks, "", Asks::How},
    {"做法是什么", Does::AsksAndMeans, "做", Asks::How},
    {"做法", Does::AsksAndMeans, "做", Asks::How},
    {"什么时候", Does::Asks, "", Asks::When},
    {"什么时间", Does::Asks, "", Asks::When},
    {"何时", Does::Asks, "", Asks::When},
    {"几点", Does::Asks, "", Asks::When},
    {"哪天", Does::Asks, "", Asks::When},
    {"哪一天", Does::Asks, "", Asks::When},
    {"哪年", Does::Asks, "", Asks::When},
    {"哪一年", Does::Asks, "", Asks::When},
    {"哪里", Does::Asks, "", Asks::Where},
    {"哪儿", Does::Asks, "", Asks::Where},
    {"什么地方", Does::Asks, "", Asks::Where},
    {"为什么", Does::Asks, "", Asks::Why},
    {"为何", Does::Asks, "", Asks::Why},
    {"为啥", Does::Asks, "", Asks::Why},
    {"谁", Does::Asks, "", Asks::Who},
    {"多少钱", Does::AsksAndMeans, "价", Asks::HowMuch},
    {"多少", Does::Asks, "", Asks::HowMany},
    {"几", Does::Asks, "", Asks::HowMany},
    {"多久", Does::Asks, "", Asks::HowLong},
    {"多长时间", Does::Asks, "", Asks::HowLong},
    {"多远", Does::Asks, "", Asks::HowFar},
    {"相距多远", Does::Asks, "", Asks::HowFar},
    {"距离是多少", Does::Asks, "", Asks::HowFar},
    {"多少公里", Does::Asks, "", Asks::HowFar},
    {"什么", Does::Asks, "", Asks::What},
    {"哪个", Does::Asks, "", Asks::What},
    {"哪座", Does::Asks, "", Asks::What},
    {"哪些", Does::Asks, "", Asks::What},
    {"哪", Does::Asks, "", Asks::What},
    {"啥", Does::Asks, "", Asks::What},
    {"吗", Does::Asks, "", Asks::YesOrNo},
    {"能不能", Does::AsksAndMeans, "能", Asks::YesOrNo},
    {"可不可以", Does::AsksAndMeans, "能", Asks::YesOrNo},
    {"相距"},
    {"是否", Does::Asks, "", Asks::YesOrNo},
    {"能否", Does::AsksAndMeans, "能", Asks::YesOrNo},
    {"是不是", Does::Asks, "", Asks::YesOrNo},
    {"会不会", Does::Asks, "", Asks::YesOrNo},
    {"要不要", Does::Asks, "", Asks::YesOrNo},
    {"有没有", Does::AsksAndMeans, "有", Asks::YesOrNo},
    {"好不好", Does::AsksAndMeans, "好", Asks::YesOrNo},
    {"没有", Does::Negates},
    {"不", Does::Negates},
    {"没", Does::Negates},
    {"无", Does::Negates},
    {"非", Does::Negates},
    {"别", Does::Negates},
    {"未", Does::Negates},
    {"勿", Does::Negates},
    {"不同", Does::Means, "区别"},
    {"差别", Does::Means, "区别"},
    {"区别", Does::Means, "区别"},
    {"特别", Does::Means, "特别"},
    {"不错", Does::Means, "好"},
    {"非常"},
    {"可以", Does::Means, "能"},
    {"打开", Does::Means, "开启"},
    {"开启", Does::Means, "开启"},
    {"关掉", Does::Means, "关闭"},
    {"更改", Does::Means, "修改"},
    {"更换", Does::Means, "修改"},
    {"下单", Does::Means, "购买"},
    {"购买", Does::Means, "购买"},
    {"买", Does::Means, "购买"},
    {"翻译成", Does::Means, "翻译"},
    {"翻译为", Does::Means, "翻译"},
    {"译成", Does::Means, "翻译"},
    {"译为", Does::Means, "翻译"},
    {"翻译", Does::Means, "翻译"},
    {"英文", Does::Means, "英语"},
    {"日文", Does::Means, "日语"},
    {"法文", Does::Means, "法语"},
    {"以后", Does::Means, "后"},
    {"之后", Does::Means, "后"},
    {"今天", Does::Means, "今天"},
    {"明天", Does::Means, "明天"},
    {"后天", Does::Means, "后天"},
    {"昨天", Does::Means, "昨天"},
    {"写一个", Does::Means, "写"},
    {"实现", Does::Means, "写"},
    {"程序"},
    {"发明者是谁", Does::AsksAndMeans, "发明", Asks::Who},
    {"从", Does::Marks, "从"},
    {"比", Does::Marks, "比"},
    {"到", Does::Marks, "到"},
    {"去", Does::Marks, "到"},
    {"飞", Does::Marks, "到"},
    {"给", Does::Marks, "给"},
    {"对", Does::Marks, "对"},
    {"被", Does::Marks, "被"},
});

/// What follows digits; the first stands for none.
constexpr auto kUnits = std::to_array<View>({
    "",     "美元", "万美元", "欧元", "日元", "英镑", "港币",   "人民币", "元",   "块",
    "万元", "万",   "亿",     "公里", "千米", "米",   "厘米",   "毫米",   "公斤", "千克",
    "克",   "毫克", "斤",     "吨",   "升",   "毫升", "个小时", "小时",   "分钟", "秒",
    "点",   "天",   "周",     "星期", "个月", "月",   "日",     "号",     "年",   "岁",
    "度",   "倍",   "句话",   "个字", "个词", "段话", "个",     "次",     "页",   "人",
});

constexpr View kDigits = "零一二两三四五六七八九十百千万亿半";
/// What is counted or measured: a numeral before it is a number, not a part of a name.
constexpr View kMeasures = "天年月日周岁个句段词点分秒元块米次室层套本张首人倍号页位条项种";

bool isOneOf(View character, View all)
{
    return all.find(character) != View::npos;
}

View characterAt(View run, std::size_t at)
{
    std::size_t end = at;
    nextCodePoint(run, end);
    return run.substr(at, end - at);
}

const Phrase *longestAt(View run, std::size_t at)
{
    const Phrase *longest = nullptr;
    for (const Phrase &phrase : kPhrases) {
        if (run.substr(at).starts_with(phrase.text)
            && (longest == nullptr || phrase.text.size() > longest->text.size())) {
            longest = &phrase;
        }
    }
    return longest;
}

class Reader
{
public:
    Reader(View run, Question &question)
        : m_run(run)
        , m_question(question)
    {}

    void read()
    {
        while (m_at < m_run.size()) {
            if (alternative() || number()) {
                continue;
            }
            if (const Phrase *phrase = longestAt(m_run, m_at)) {
                m_at += phrase->text.size();
                take(*phrase);
            } else {
                const View character = characterAt(m_run, m_at);
                m_at += character.size();
                mean(character);
            }
        }
    }

private:
    /// A word, 不, and the word again: a question that is no negation.
    bool alternative()
    {
        const View first = characterAt(m_run, m_at);
        const View rest = m_run.substr(m_at + first.size());
        for (const View no : {View("不"), View("没")}) {
            if (rest.starts_with(no) && rest.substr(no.size()).starts_with(first)) {
                m_at += first.size() + no.size();
                ask(Asks::YesOrNo);
                return true;
            }
        }
        return false;
    }

    /// Digits before a measure; 一 is as often "a" as "one", and its character counts.
    bool number()
    {
        std::size_t end = m_at;
        while (end < m_run.size() && isOneOf(characterAt(m_run, end), kDigits)) {
            end += characterAt(m_run, end).size();
        }
        const View measure = end < m_run.size() ? characterAt(m_run, end) : View();
        const View numeral = m_run.substr(m_at, end - m_at);
        if (numeral.empty() || numeral == "一" || measure.empty() || !isOneOf(measure, kMeasures)) {
            return false;
        }
        m_question.numbers.push_back(std::string(numeral).append(" ").append(measure));
        m_at = end;
        mean(numeral);
        return true;
    }

    void take(const Phrase &phrase)
    {
        switch (phrase.does) {
        case Does::Nothing:
            return;
        case Does::Means:
            mean(phrase.word);
            return;
        case Does::Negates:
            ++m_question.negations;
            return;
        case Does::Asks:
            ask(phrase.asks);
            return;
        case Does::AsksAndMeans:
            ask(phrase.asks);
            mean(phrase.word);
            return;
        case Does::Marks:
            m_question.parts.emplace_back(phrase.word, m_run.substr(m_at, 2 * kHanBytes));
            return;
        }
    }

    /// The first that is asked, but 吗 at the end says no more than that something is.
    void ask(Asks asks)
    {
        Asks &known = m_question.asks;
        if (known == Asks::Nothing || (known == Asks::YesOrNo && asks != Asks::YesOrNo)) {
            known = asks;
        }
    }

    void mean(View word) { m_question.words.emplace_back(word); }

    static constexpr std::size_t kHanBytes = 3;

    View m_run;
    Question &m_question;
    std::size_t m_at = 0;
};

} // namespace

std::optional<View> unit(View run)
{
    const auto *longest = kUnits.begin();
    for (const View &unit : kUnits) {
        longest = run.starts_with(unit) && unit.size() > longest->size() ? &unit : longest;
    }
    return longest->empty() ? std::nullopt : std::optional(*longest);
}

void read(View run, Question &question)
{
    Reader(run, question).read();
}

} // namespace signalbox::cache::chinese
