// SPDX-License-Identifier: Apache-2.0
#include "core/routing/task_cues.h"

#include "core/base/check.h"
#include "core/base/text.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <utility>

namespace signalbox::routing {
namespace {

using enum TaskFeature;

/// Words and pairs of words in lower case and ASCII (`bersetze` is what follows an umlaut); pairs of
/// Chinese characters. Separated by `|`.
// clang-format off
constexpr std::array<std::pair<TaskFeature, std::string_view>, kTaskCues> kCues = {{
    {Translate,
     "translate|translated|translating|translation|translations|translator|you say|interpreter"
     "|localize|localise|traduis|traduire|bersetze|bersetzen|翻译|译成|译为|译文|译法|中译"
     "|英译|译英|译中|翻成|翻一|么说|用英|地道|译一|译出|互译|口译|笔译"},
    {Language,
     "english|chinese|french|german|spanish|italian|portuguese|japanese|korean|russian|dutch"
     "|arabic|latin|turkish|hindi|mandarin|cantonese|anglais|englische|中文|英文|英语|日语"
     "|日文|法语|法文|德语|德文|韩语|韩文|俄语|西班|汉语"},
    {Summarise,
     "summarize|summarise|summarized|summary|summaries|summarizing|tldr|tl dr|key points"
     "|main points|main takeaways|takeaways|condense|recap|gist|sum up|abstract|abstracts"
     "|shorten|overview|in short|bullet points|digest|总结|概括|摘要|归纳|概述|要点|提炼|缩写"
     "|缩短|梗概|提要|小结|综述|重点|太长"},
    {Extract,
     "extract|extracts|extraction|extracted|pull|parse|identify|find all|list every|list all"
     "|fill in|get me|as json|into json|to json|in json|with keys|the fields|following fields"
     "|ner|entities|named entities|scrape|mentioned|提取|摘出|挑出|抠出|标出"
     "|抽取|抽出|抓取|找出|识别|列出|解析|获取|拆出|提到|实体"},
    {Fields,
     "json|fields|field|keys|names|dates|table|columns|csv|comma separated|addresses|address"
     "|phone|email addresses|quantities|price|字段|逗号|关键|姓名|人名|地名|日期|电话|地址"
     "|金额|名称|表格|列表|负责|所有"},
    {CodeWords,
     "code|function|functions|python|javascript|typescript|java|rust|golang|kotlin|swift|php"
     "|ruby|perl|cpp|sql|mysql|postgres|html|css|react|vue|django|flask|node|npm|docker"
     "|dockerfile|kubernetes|git|regex|regexp|script|bash|shell|powershell|bug|debug|compile"
     "|compiler|refactor|api|endpoint|unit tests|unit test|pytest|class|interface|schema"
     "|struct|method|algorithm|cache|implement|exception|traceback|runtimeerror|typeerror"
     "|nullpointerexception|stack trace|segfault|variable|array|loop|query|database|index"
     "|component|pandas|dataframe|programming|memory leak|idiomatic|container|kubectl"
     "|linux|command line|stdin|recursion|recursive|pointer|library|framework|json schema"
     "|makefile|cmake|engineer|代码|代碼|源码|爬虫|线程|命令|指针|递归"
     "|函数|编程|程序|报错|脚本|接口|重构|调试|算法|正则|异常|单元|组件|前端|后端|数据"
     "|循环|编译|变量|数组|表结|查询|镜像"},
    {Reason,
     "prove|proof|measure|solution|infer|solve|calculate|compute|probability|equation"
     "|derivative|integral|deduce|theorem|puzzle|riddle|logic|step by|show that|reasoning"
     "|justify|maths|math|how long|how far|证明|解方|数学|至少|满足|奇数"
     "|偶数|积分|计算|求解|求出|推理|概率|方程|逻辑|推导|最大|最小|数列|求函|已知|矩阵|几何"
     "|整除|一步"},
    {Quantity,
     "how many|how much|more than|less than|litre|litres|liters|cents|dollar|dollars|metres|km"
     "|average|each of|per cent|percent|twice as|多少|各有|一共|几小"},
    {Write,
     "write|draft|essay about|caption|headline|headlines|tagline|blog post|article about"
     "|letter|invitation|compose|poem|story|essay|email|slogan|slogans|lyrics|speech|come up"
     "|brainstorm|description|continue this|写一|写首|起草|文案|作文|故事|诗歌|绝句"
     "|邀请|取名|标语|开头"},
    {Rework,
     "rewrite|rephrase|reword|proofread|correct the|polish|formal tone|more formal|grammar"
     "|classify|categorize|categorise|sentiment|label|rate this|rate|score|grade"
     "|category|润色|扩写|续写|仿写|语法|纠错|改写|改正|错别|校对|分类|情感|打分|评分|正面"
     "|负面|审核|判断"},
    {Talk,
     "hi|hey|hello|thanks|thank|lol|recommend|should i|feel|advice|你好|您好|谢谢"
     "|哈哈|推荐|晚安|朋友|心情|建议|觉得|听说|客服|你是"},
    {Ask,
     "what|what's|why|who|which|where|when|is it|do i|can you|can i|explain|什么|为什|怎么"
     "|如何|哪个|哪些|是不|吗？|呢？|区别|要不|能不"},
}};
// clang-format on

constexpr std::size_t kSlots = 2048;
constexpr std::size_t kMarks = 16384;

struct Slot
{
    std::uint64_t key = 0;
    std::size_t feature = kTaskFeatures;
};

/// Open addressing, a quarter full.
class CueIndex
{
public:
    CueIndex()
    {
        for (const auto &[feature, words] : kCues) {
            std::string_view rest = words;
            while (!rest.empty()) {
                const std::size_t end = std::min(rest.find('|'), rest.size());
                add(keyOf(rest.substr(0, end)), static_cast<std::size_t>(feature));
                rest.remove_prefix(std::min(end + 1, rest.size()));
            }
        }
    }

    [[nodiscard]] std::size_t find(std::uint64_t key) const
    {
        const std::uint64_t hash = hashOf(key);
        if (!m_marks[hash % kMarks]) {
            return kTaskFeatures; // nearly every word; the slots stay out of the cache
        }
        std::size_t at = hash % kSlots;
        while (m_slots[at].feature != kTaskFeatures && m_slots[at].key != key) {
            at = (at + 1) % kSlots;
        }
        return m_slots[at].feature;
    }

private:
    static std::uint64_t hashOf(std::uint64_t key) { return (key * 0x9E3779B97F4A7C15ULL) >> 48U; }

    static std::uint64_t keyOf(std::string_view cue)
    {
        if (static_cast<unsigned char>(cue.front()) >= 0x80) {
            std::size_t at = 0;
            const char32_t first = nextCodePoint(cue, at);
            return pairKey(first, nextCodePoint(cue, at));
        }
        std::uint64_t word = kNoWord;
        std::uint64_t before = 0;
        for (const char c : cue) {
            before = c == ' ' ? word : before;
            word = c == ' ' ? kNoWord : withLetter(word, c);
        }
        return before == 0 ? word : pairKey(before, word);
    }

    void add(std::uint64_t key, std::size_t feature)
    {
        const std::uint64_t hash = hashOf(key);
        std::size_t at = hash % kSlots;
        while (m_slots[at].feature != kTaskFeatures) {
            SB_CHECK(m_slots[at].key != key); // a cue has one meaning
            at = (at + 1) % kSlots;
        }
        m_slots[at] = {key, feature};
        m_marks.set(hash % kMarks);
    }

    std::array<Slot, kSlots> m_slots;
    std::bitset<kMarks> m_marks; ///< where some key's hash ends
};

} // namespace

std::size_t cueOf(std::uint64_t key)
{
    static const CueIndex index;
    return index.find(key);
}

} // namespace signalbox::routing
