<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>“%1” is missing in here.</source>
        <translation>这里缺少“%1”。</translation>
    </message>
    <message>
        <source>“%1” must be %2.</source>
        <translation>“%1”必须是%2。</translation>
    </message>
    <message>
        <source>an object</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>a list</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>a text</source>
        <translation>字符串</translation>
    </message>
    <message>
        <source>something else</source>
        <translation>其他类型</translation>
    </message>
    <message>
        <source>There is no such type: %1.</source>
        <translation>没有这种类型，可用：%1。</translation>
    </message>
    <message>
        <source>Names are texts.</source>
        <translation>名称必须是字符串。</translation>
    </message>
    <message>
        <source>There is no property “%1”.</source>
        <translation>没有属性“%1”。</translation>
    </message>
    <message>
        <source>A schema is an object.</source>
        <translation>模式必须是对象。</translation>
    </message>
    <message>
        <source>A tool is an object.</source>
        <translation>工具必须是对象。</translation>
    </message>
    <message>
        <source>Only tools of the type “function” can be offered.</source>
        <translation>只能提供类型为“function”的工具。</translation>
    </message>
    <message>
        <source>A name has 1 to 64 letters a to z, digits, _ and -.</source>
        <translation>名称由 1 至 64 个英文字母、数字、_ 和 - 组成。</translation>
    </message>
    <message>
        <source>Two tools are called “%1”.</source>
        <translation>有两个工具名为“%1”。</translation>
    </message>
    <message>
        <source>Tools are a list: [ … ].</source>
        <translation>工具是一个列表：[ … ]。</translation>
    </message>
    <message>
        <source>There is no tool in the list.</source>
        <translation>列表中没有工具。</translation>
    </message>
    <message>
        <source>The outermost type must be “object”.</source>
        <translation>最外层的类型必须是“object”。</translation>
    </message>
    <message>
        <source>%1 %2 ± %3 (%4 to %5)</source>
        <translation>%1 %2 ± %3（%4 至 %5）</translation>
    </message>
    <message>
        <source>cost ≈</source>
        <translation>费用 ≈</translation>
    </message>
    <message>
        <source>cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>%1 of %2 complete</source>
        <translation>%2 次中完成 %1 次</translation>
    </message>
    <message>
        <source>first token</source>
        <translation>首个 token</translation>
    </message>
    <message>
        <source>total</source>
        <translation>总时间</translation>
    </message>
    <message>
        <source>tokens out</source>
        <translation>输出 token</translation>
    </message>
    <message>
        <source>cost n/a</source>
        <translation>费用不详</translation>
    </message>
</context>
<context>
    <name>Alerts</name>
    <message>
        <source>It is over.</source>
        <translation>已恢复。</translation>
    </message>
    <message>
        <source>It comes and goes: %1 changes within ten minutes. Nothing more is told until it is stable.</source>
        <translation>反复抖动：十分钟内变化 %1 次。稳定之前不再通知。</translation>
    </message>
    <message>
        <source>The breaker opened: %1. Requests go to the next target.</source>
        <translation>熔断器断开：%1。请求转往下一个目标。</translation>
    </message>
    <message>
        <source>The breaker has not been closed for %1; the limit is %2. It opened after: %3.</source>
        <translation>熔断器已 %1 未闭合；阈值为 %2。断开原因：%3。</translation>
    </message>
    <message>
        <source>No target of this route can be asked: all of them are open or drained.</source>
        <translation>此路由没有可用目标：全部已断开或已排空。</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>尝试</translation>
    </message>
    <message>
        <source>%1 of the last minute&apos;s %2 attempts failed; the limit is %3. Most at %4: %5 of %6.</source>
        <translation>最近一分钟 %2 次尝试中失败 %1；阈值为 %3。最多的是 %4：%6 次中 %5 次。</translation>
    </message>
    <message>
        <source>p95 is %1 over the last minute&apos;s %2 answers; usual today is %3, the limit %4 times that.</source>
        <translation>最近一分钟 %2 次应答的 p95 为 %1；今日平时为 %3，阈值为其 %4 倍。</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>花费</translation>
    </message>
    <message>
        <source>Requests cost %1 now; the limit is %2.</source>
        <translation>当前请求花费 %1；阈值为 %2。</translation>
    </message>
    <message>
        <source>%1 of the day&apos;s %2 are spent after %3 of the day; at this pace it ends at %4.</source>
        <translation>当日已过 %3，预算 %2 中已花费 %1；按此速度当日将达 %4。</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>网关</translation>
    </message>
    <message>
        <source>It has said nothing for %1; the limit is %2.</source>
        <translation>已 %1 无响应；阈值为 %2。</translation>
    </message>
    <message>
        <source>This is no address: it begins with https:// and a host.</source>
        <translation>地址无效：应以 https:// 和主机名开头。</translation>
    </message>
    <message>
        <source>A password must not stand in the address: name a secret below.</source>
        <translation>地址中不得包含密码：请在下方指定密钥。</translation>
    </message>
    <message>
        <source>It has to be https; http is for this machine only.</source>
        <translation>必须使用 https；http 仅限本机。</translation>
    </message>
    <message>
        <source>Name where the secret is kept: env:NAME, file:/PATH or keychain:NAME. The secret itself does not belong here.</source>
        <translation>请填写密钥的存放位置：env:NAME、file:/PATH 或 keychain:NAME。不要在此填写密钥本身。</translation>
    </message>
    <message>
        <source>“%1” is no name of a header.</source>
        <translation>“%1”不是有效的请求头名称。</translation>
    </message>
    <message numerus="yes">
        <source>%n alerts</source>
        <translation>
            <numerusform>%n 条告警</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Attention</name>
    <message>
        <source>%1 to %2, by weight %3</source>
        <translation>%1 流向 %2，按权重应为 %3</translation>
    </message>
    <message>
        <source>Off: its key could not be read</source>
        <translation>已停用：无法读取其密钥</translation>
    </message>
    <message>
        <source>Key %1 is disabled: %2</source>
        <translation>密钥 %1 已停用：%2</translation>
    </message>
    <message>
        <source>Key %1 rests for %2: %3</source>
        <translation>密钥 %1 暂停 %2：%3</translation>
    </message>
    <message>
        <source>Ledger</source>
        <translation>账本</translation>
    </message>
    <message>
        <source>%1 records lost. %2</source>
        <translation>已丢失 %1 条记录。%2</translation>
    </message>
</context>
<context>
    <name>BatchText</name>
    <message>
        <source>Line %1: %2</source>
        <translation>第 %1 行：%2</translation>
    </message>
    <message>
        <source>there is no JSON object with a variable in it.</source>
        <translation>没有包含变量的 JSON 对象。</translation>
    </message>
    <message>
        <source>The file has more than %L1 prompts.</source>
        <translation>文件中的提示词超过 %L1 条。</translation>
    </message>
    <message>
        <source>The file is larger than %1 MB.</source>
        <translation>文件大于 %1 MB。</translation>
    </message>
    <message>
        <source>The file is no text in UTF-8.</source>
        <translation>文件不是 UTF-8 文本。</translation>
    </message>
    <message>
        <source>There is no prompt in the file.</source>
        <translation>文件中没有提示词。</translation>
    </message>
    <message>
        <source>Open a file of prompts first.</source>
        <translation>请先打开提示词文件。</translation>
    </message>
    <message>
        <source>Choose a target or a route for a column.</source>
        <translation>请为一列选择目标或路由。</translation>
    </message>
    <message>
        <source>The prompt names {{%1}}, which the file does not have.</source>
        <translation>提示词中用到 {{%1}}，但文件里没有。</translation>
    </message>
    <message>
        <source>The prompt names nothing of the file: write {{%1}} into it.</source>
        <translation>提示词没有用到文件中的任何变量：请写入 {{%1}}。</translation>
    </message>
    <message>
        <source>A judge compares: it needs a second column.</source>
        <translation>评判需要比较：至少要有两列。</translation>
    </message>
</context>
<context>
    <name>BillText</name>
    <message>
        <source>%1 and %2 more</source>
        <comment>names of models</comment>
        <translation>%1 等 %2 个</translation>
    </message>
    <message>
        <source>Models not called from here</source>
        <translation>未从此处调用的模型</translation>
    </message>
    <message>
        <source>Models the bill does not name</source>
        <translation>账单未列出的模型</translation>
    </message>
    <message>
        <source>Prices that are not known</source>
        <translation>未知价格</translation>
    </message>
    <message>
        <source>Another price</source>
        <translation>价格不同</translation>
    </message>
    <message>
        <source>Estimated usage</source>
        <translation>估算的用量</translation>
    </message>
    <message>
        <source>Not explained</source>
        <translation>无法解释</translation>
    </message>
    <message>
        <source>Calls that no client asked for are paid for, and booked apart.</source>
        <translation>非客户端发起的调用同样付费，并单独记账。</translation>
    </message>
    <message>
        <source>%1: somebody else uses the key, or the model has another name there.</source>
        <translation>%1：有他人使用该密钥，或该模型在账单中另有名称。</translation>
    </message>
    <message>
        <source>%1: booked here, and not billed under that name.</source>
        <translation>%1：此处已记账，账单中没有该名称。</translation>
    </message>
    <message>
        <source>%1: some requests have no price here. Put it into the configuration.</source>
        <translation>%1：部分请求在此处没有价格。请将价格写入配置。</translation>
    </message>
    <message>
        <source>%1: %2 of our sum on every day. A price differs, or what cached tokens cost.</source>
        <translation>%1：每天均为我方金额的 %2。价格不同，或缓存令牌的价格不同。</translation>
    </message>
    <message>
        <source>%1: no more than what was estimated, because the provider did not tell the usage.</source>
        <translation>%1：不超过估算的部分，因为提供商没有给出用量。</translation>
    </message>
    <message>
        <source>%1: calls that failed and were billed all the same, others&apos; calls with the same key, or days cut at another hour.</source>
        <translation>%1：失败但仍计费的调用、他人用同一密钥的调用，或按其他时刻划分的日期。</translation>
    </message>
    <message>
        <source>All models</source>
        <translation>所有模型</translation>
    </message>
    <message>
        <source>Health checks, shadows and embeddings</source>
        <translation>健康检查、影子请求与嵌入</translation>
    </message>
</context>
<context>
    <name>BillWords</name>
    <message>
        <source>%1 is written with a comma: export amounts with a decimal point and without thousands separators.</source>
        <translation>%1 带有逗号：导出金额时请使用小数点，且不带千位分隔符。</translation>
    </message>
    <message>
        <source>%1 is no amount.</source>
        <translation>%1 不是金额。</translation>
    </message>
    <message>
        <source>There is no column %1.</source>
        <translation>没有列 %1。</translation>
    </message>
    <message>
        <source>Say which columns have the day and the amount.</source>
        <translation>请指定日期列和金额列。</translation>
    </message>
    <message>
        <source>The amount is in %1: only US dollars can be compared with what is booked here.</source>
        <translation>金额以 %1 计：只有美元可与此处的账目比较。</translation>
    </message>
    <message>
        <source>%1 is no day such as 2026-11-23.</source>
        <translation>%1 不是 2026-11-23 这样的日期。</translation>
    </message>
    <message>
        <source>OpenAI, costs</source>
        <translation>OpenAI，费用</translation>
    </message>
    <message>
        <source>Anthropic, costs</source>
        <translation>Anthropic，费用</translation>
    </message>
    <message>
        <source>The sum is no bill&apos;s.</source>
        <translation>总额不可能是账单金额。</translation>
    </message>
    <message>
        <source>No row has an amount.</source>
        <translation>没有任何一行含有金额。</translation>
    </message>
</context>
<context>
    <name>CacheHistoryText</name>
    <message>
        <source>HT</source>
        <comment>two letters: hits</comment>
        <translation>命</translation>
    </message>
    <message>
        <source>All hits</source>
        <translation>全部命中</translation>
    </message>
    <message>
        <source>BM</source>
        <comment>two letters: by meaning</comment>
        <translation>义</translation>
    </message>
    <message>
        <source>By meaning</source>
        <translation>按含义</translation>
    </message>
</context>
<context>
    <name>CacheSearchText</name>
    <message>
        <source>Entries are found from an age on: age:&gt;30m, age:&gt;12h, age:&gt;7d.</source>
        <translation>条目按最小时长查找：age:&gt;30m、age:&gt;12h、age:&gt;7d。</translation>
    </message>
    <message>
        <source>Entries are found up to a number of hits: hits:0, hits:&lt;=3.</source>
        <translation>条目按最多命中次数查找：hits:0、hits:&lt;=3。</translation>
    </message>
    <message>
        <source>Something has to follow %1:.</source>
        <translation>%1: 之后需要有内容。</translation>
    </message>
    <message>
        <source>%1: stands here twice, and an entry has one.</source>
        <translation>%1: 出现了两次，而一个条目只有一个。</translation>
    </message>
    <message>
        <source>Entries are not told apart by %1.</source>
        <translation>条目不能按 %1 区分。</translation>
    </message>
</context>
<context>
    <name>CacheText</name>
    <message>
        <source>no request yet that it could have answered</source>
        <translation>尚无可由它应答的请求</translation>
    </message>
    <message>
        <source>%1 (%2 of %3)</source>
        <comment>38 % (4,120 of 10,842)</comment>
        <translation>%1（%3 中的 %2）</translation>
    </message>
    <message>
        <source>%1 the same request</source>
        <translation>相同请求 %1 次</translation>
    </message>
    <message>
        <source>%1 by meaning</source>
        <translation>按含义 %1 次</translation>
    </message>
    <message>
        <source>%1 past their lifetime</source>
        <translation>过期后 %1 次</translation>
    </message>
    <message>
        <source>%1 of %2, %3 of %4 entries</source>
        <translation>%2 中的 %1，%4 个条目中的 %3 个</translation>
    </message>
    <message>
        <source>By meaning, from a likeness of %1 on</source>
        <translation>按含义，相似度 %1 起</translation>
    </message>
    <message>
        <source>The same request only</source>
        <translation>仅相同的请求</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>none of %1 tokens</source>
        <translation>%1 个 token 中无</translation>
    </message>
    <message>
        <source>%1 of %2 tokens</source>
        <translation>%2 个 token 的 %1</translation>
    </message>
    <message>
        <source>They are written in different scripts.</source>
        <translation>它们用不同的文字书写。</translation>
    </message>
    <message>
        <source>One denies what the other does not.</source>
        <translation>一个作了否定，另一个没有。</translation>
    </message>
    <message>
        <source>Numbers, dates or units differ.</source>
        <translation>数字、日期或单位不同。</translation>
    </message>
    <message>
        <source>Quotations or code differ.</source>
        <translation>引文或代码不同。</translation>
    </message>
    <message>
        <source>One names somebody or something that the other does not.</source>
        <translation>一个提到了另一个没有提到的名称。</translation>
    </message>
    <message>
        <source>Who plays which part differs.</source>
        <translation>各自的角色不同。</translation>
    </message>
    <message>
        <source>They want to know something else.</source>
        <translation>它们想知道的不同。</translation>
    </message>
    <message>
        <source>One asks of the past, the other of what will be.</source>
        <translation>一个问过去，另一个问将来。</translation>
    </message>
    <message>
        <source>A word that carries meaning has no counterpart.</source>
        <translation>有一个表意的词没有对应。</translation>
    </message>
    <message>
        <source>They have the same words in another order.</source>
        <translation>词语相同，次序不同。</translation>
    </message>
    <message>
        <source>Kept apart by “%1”.</source>
        <translation>因“%1”而区分。</translation>
    </message>
    <message>
        <source>Not alike enough: below the threshold.</source>
        <translation>不够相似：低于阈值。</translation>
    </message>
    <message>
        <source>On for %1 alone</source>
        <translation>仅对 %1 启用</translation>
    </message>
    <message>
        <source>, </source>
        <comment>in a list</comment>
        <translation>、</translation>
    </message>
</context>
<context>
    <name>CheckText</name>
    <message>
        <source>contains</source>
        <translation>包含</translation>
    </message>
    <message>
        <source>does not contain</source>
        <translation>不包含</translation>
    </message>
    <message>
        <source>matches the expression</source>
        <translation>匹配正则表达式</translation>
    </message>
    <message>
        <source>is JSON of the schema</source>
        <translation>是符合该模式的 JSON</translation>
    </message>
    <message>
        <source>has at most characters</source>
        <translation>字符数不超过</translation>
    </message>
    <message>
        <source>took at most ms</source>
        <translation>耗时不超过（毫秒）</translation>
    </message>
    <message>
        <source>cost at most USD</source>
        <translation>费用不超过（美元）</translation>
    </message>
    <message>
        <source>Say which text.</source>
        <translation>请填写文本。</translation>
    </message>
    <message>
        <source>Say which expression.</source>
        <translation>请填写表达式。</translation>
    </message>
    <message>
        <source>The expression is wrong: %1.</source>
        <translation>表达式有误：%1。</translation>
    </message>
    <message>
        <source>Say how many characters.</source>
        <translation>请填写字符数。</translation>
    </message>
    <message>
        <source>Say how many milliseconds.</source>
        <translation>请填写毫秒数。</translation>
    </message>
    <message>
        <source>Say how many dollars.</source>
        <translation>请填写美元金额。</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>not now</source>
        <translation>现在不可用</translation>
    </message>
    <message>
        <source>Drain</source>
        <translation>排空</translation>
    </message>
    <message>
        <source>Drain %1</source>
        <translation>排空 %1</translation>
    </message>
    <message>
        <source>Undrain</source>
        <translation>取消排空</translation>
    </message>
    <message>
        <source>Undrain %1</source>
        <translation>取消排空 %1</translation>
    </message>
    <message>
        <source>Trip…</source>
        <translation>强制断开…</translation>
    </message>
    <message>
        <source>Trip %1…</source>
        <translation>强制断开 %1…</translation>
    </message>
    <message>
        <source>forced open already</source>
        <translation>已强制断开</translation>
    </message>
    <message>
        <source>Hold Closed…</source>
        <translation>保持闭合…</translation>
    </message>
    <message>
        <source>Hold %1 Closed…</source>
        <translation>保持 %1 闭合…</translation>
    </message>
    <message>
        <source>held closed already</source>
        <translation>已保持闭合</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>复位</translation>
    </message>
    <message>
        <source>Reset %1</source>
        <translation>复位 %1</translation>
    </message>
    <message>
        <source>closed already</source>
        <translation>已闭合</translation>
    </message>
    <message>
        <source>Go to %1</source>
        <translation>前往 %1</translation>
    </message>
    <message>
        <source>Targets</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Test %1</source>
        <translation>测试 %1</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>it has no model</source>
        <translation>没有模型</translation>
    </message>
    <message>
        <source>Add a Key for %1…</source>
        <translation>为 %1 添加密钥…</translation>
    </message>
    <message>
        <source>No providers yet</source>
        <translation>尚无提供商</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>No targets yet</source>
        <translation>尚无目标</translation>
    </message>
</context>
<context>
    <name>CostText</name>
    <message>
        <source>price unknown</source>
        <translation>价格未知</translation>
    </message>
    <message>
        <source>%1 (estimated)</source>
        <translation>%1（估算）</translation>
    </message>
    <message>
        <source>%1 tokens in</source>
        <translation>输入 %1 个 token</translation>
    </message>
    <message>
        <source>%1 of them from the provider&apos;s cache</source>
        <translation>其中 %1 个来自提供商缓存</translation>
    </message>
    <message>
        <source>%1 written into it</source>
        <translation>%1 个写入缓存</translation>
    </message>
    <message>
        <source>%1 out</source>
        <translation>输出 %1 个</translation>
    </message>
    <message>
        <source>%1 of them reasoning</source>
        <translation>其中推理 %1 个</translation>
    </message>
    <message>
        <source>in</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>in, from the provider&apos;s cache</source>
        <translation>输入，来自提供商缓存</translation>
    </message>
    <message>
        <source>in, written into its cache</source>
        <translation>输入，写入其缓存</translation>
    </message>
    <message>
        <source>in, written into its cache for an hour</source>
        <translation>输入，写入其一小时缓存</translation>
    </message>
    <message>
        <source>out</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>out, with reasoning</source>
        <translation>输出，含推理</translation>
    </message>
    <message>
        <source>%1 %2 × %3 / 1M = %4</source>
        <translation>%1 %2 × %3 / 1M = %4</translation>
    </message>
    <message>
        <source>price of %1, from the configuration</source>
        <translation>%1 的价格，来自配置</translation>
    </message>
    <message>
        <source>price of %1, from the catalogue</source>
        <translation>%1 的价格，来自目录</translation>
    </message>
    <message>
        <source>, since %1</source>
        <translation>，自 %1 起</translation>
    </message>
    <message>
        <source>, for prompts from %1 tokens</source>
        <translation>，适用于 %1 个 token 起的提示</translation>
    </message>
    <message>
        <source>which makes %1 now: the price has been changed since</source>
        <translation>如今为 %1：此后价格已更改</translation>
    </message>
    <message>
        <source>no usage was told</source>
        <translation>未告知用量</translation>
    </message>
    <message>
        <source>; as the provider states it</source>
        <translation>；由提供商给出</translation>
    </message>
    <message>
        <source>; wasted</source>
        <translation>；浪费</translation>
    </message>
    <message>
        <source>Cost: %1</source>
        <translation>费用：%1</translation>
    </message>
    <message>
        <source>Sum: %1, as the ledger has it</source>
        <translation>合计：%1，与账本一致</translation>
    </message>
    <message>
        <source>Sum: %1, but the ledger has %2</source>
        <translation>合计：%1，但账本为 %2</translation>
    </message>
    <message>
        <source>Wasted: %1</source>
        <translation>浪费：%1</translation>
    </message>
    <message>
        <source>; as it is now: none was kept with this request</source>
        <translation>；为当前价格：此请求未保存当时的价格</translation>
    </message>
    <message>
        <source>together %1, rounded to %2</source>
        <translation>合计 %1，舍入为 %2</translation>
    </message>
    <message>
        <source>which makes %1, and is not what the ledger has: this is a fault</source>
        <translation>得出 %1，与账本不符：这是一个错误</translation>
    </message>
    <message>
        <source>the provider&apos;s cache made it %1 cheaper</source>
        <translation>提供商的缓存使其便宜了 %1</translation>
    </message>
    <message>
        <source>writing into the provider&apos;s cache cost %1 more</source>
        <translation>写入提供商的缓存多花了 %1</translation>
    </message>
    <message>
        <source>; for a client that had left</source>
        <translation>；客户端已离开</translation>
    </message>
    <message>
        <source>Saved by the answer from the cache: %1</source>
        <translation>由缓存回答节省：%1</translation>
    </message>
</context>
<context>
    <name>Csv</name>
    <message>
        <source>The file has more than %1 rows.</source>
        <translation>文件超过 %1 行。</translation>
    </message>
    <message>
        <source>The line has more than %1 fields.</source>
        <translation>该行超过 %1 个字段。</translation>
    </message>
    <message>
        <source>There is a quote in an unquoted field.</source>
        <translation>未加引号的字段中有引号。</translation>
    </message>
    <message>
        <source>The quote that begins here never ends.</source>
        <translation>此处开始的引号没有结束。</translation>
    </message>
    <message>
        <source>There is text behind the closing quote.</source>
        <translation>结束引号之后还有文字。</translation>
    </message>
    <message>
        <source>A line ends in a way that is not known.</source>
        <translation>行尾方式未知。</translation>
    </message>
    <message>
        <source>Two columns are called %1.</source>
        <translation>有两列都叫 %1。</translation>
    </message>
    <message>
        <source>There are no columns: is it a table at all?</source>
        <translation>没有列：这是表格吗？</translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <translation>第 %1 行：%2</translation>
    </message>
    <message>
        <source>Line %1, column %2: %3</source>
        <translation>第 %1 行第 %2 列：%3</translation>
    </message>
    <message>
        <source>The file is larger than 8 MB.</source>
        <translation>文件大于 8 MB。</translation>
    </message>
    <message>
        <source>The file is not in UTF-8: export it as CSV in UTF-8.</source>
        <translation>文件不是 UTF-8 编码：请导出为 UTF-8 的 CSV。</translation>
    </message>
    <message>
        <source>The file is empty.</source>
        <translation>文件为空。</translation>
    </message>
    <message>
        <source>There are %1 fields instead of %2.</source>
        <translation>有 %1 个字段，应为 %2 个。</translation>
    </message>
</context>
<context>
    <name>ExplainText</name>
    <message>
        <source>not: %1, but here it is %2</source>
        <translation>未命中：要求%1，而此处为 %2</translation>
    </message>
    <message>
        <source>not: %1 does not hold</source>
        <translation>未命中：%1 不成立</translation>
    </message>
    <message>
        <source>tier %1</source>
        <translation>第 %1 层</translation>
    </message>
    <message>
        <source>from the rule</source>
        <translation>来自规则</translation>
    </message>
    <message>
        <source>fallback only</source>
        <translation>仅作后备</translation>
    </message>
    <message>
        <source>%1 by weight</source>
        <translation>按权重 %1</translation>
    </message>
    <message>
        <source>score %1</source>
        <translation>得分 %1</translation>
    </message>
    <message>
        <source>hits: its targets are asked first</source>
        <translation>命中：先询问它的目标</translation>
    </message>
    <message>
        <source>not tried: one before it hit</source>
        <translation>未尝试：前面已有规则命中</translation>
    </message>
</context>
<context>
    <name>ExplanationText</name>
    <message>
        <source>Asked for the target %1 by its name</source>
        <translation>直接按名称请求目标 %1</translation>
    </message>
    <message>
        <source>Route %1, asked for as %2</source>
        <translation>路由 %1，请求中写作 %2</translation>
    </message>
    <message>
        <source>Rule %1 matched</source>
        <translation>规则 %1 匹配</translation>
    </message>
    <message>
        <source>Rule %1 did not: %2</source>
        <translation>规则 %1 不匹配：%2</translation>
    </message>
    <message>
        <source>No rule matched: the route&apos;s own targets</source>
        <translation>没有规则匹配：使用路由自身的目标</translation>
    </message>
    <message>
        <source>weight %1 (%2)</source>
        <translation>权重 %1（%2）</translation>
    </message>
    <message>
        <source>weight %1</source>
        <translation>权重 %1</translation>
    </message>
    <message>
        <source>expected: %1, %2, %3 failing, %4 tokens out; from %5 answers</source>
        <translation>预计：%1，%2，失败率 %3，输出 %4 个 token；依据 %5 次应答</translation>
    </message>
    <message>
        <source>price unknown</source>
        <translation>价格未知</translation>
    </message>
    <message>
        <source>time unknown</source>
        <translation>时间未知</translation>
    </message>
    <message>
        <source>tier %1</source>
        <translation>第 %1 层</translation>
    </message>
    <message>
        <source>named by the rule</source>
        <translation>由规则指定</translation>
    </message>
    <message>
        <source>score %1 (lower is better)</source>
        <translation>得分 %1（越低越好）</translation>
    </message>
    <message>
        <source>left out: %1</source>
        <translation>被排除：%1</translation>
    </message>
    <message>
        <source>Candidates, in the order they would be tried: %1</source>
        <translation>候选目标，按尝试顺序：%1</translation>
    </message>
    <message>
        <source>, drew %1</source>
        <translation>，抽到 %1</translation>
    </message>
    <message>
        <source>%1 leads because too little is known of it</source>
        <translation>%1 排在首位，因为对它了解太少</translation>
    </message>
    <message>
        <source>%1. %2: %3, from %4 on for %5</source>
        <translation>%1. %2：%3，始于 %4，历时 %5</translation>
    </message>
    <message>
        <source>because attempt %1 ended: %2</source>
        <translation>因为第 %1 次尝试结束：%2</translation>
    </message>
    <message>
        <source>waited %1 before</source>
        <translation>之前等待 %1</translation>
    </message>
    <message>
        <source>first token after %1</source>
        <translation>%1 后收到首个 token</translation>
    </message>
    <message>
        <source>asked us to wait %1</source>
        <translation>对方要求等待 %1</translation>
    </message>
    <message>
        <source>counts for its breaker</source>
        <translation>计入其熔断器</translation>
    </message>
    <message>
        <source>does not count for its breaker</source>
        <translation>不计入其熔断器</translation>
    </message>
    <message>
        <source>No provider was asked</source>
        <translation>没有请求任何提供商</translation>
    </message>
    <message numerus="yes">
        <source>%n attempt(s)</source>
        <translation>
            <numerusform>%n 次尝试</numerusform>
        </translation>
    </message>
    <message>
        <source>Today: the route %1 is gone</source>
        <translation>如今：路由 %1 已不存在</translation>
    </message>
    <message>
        <source>Today the same would be decided</source>
        <translation>如今会作出同样的决定</translation>
    </message>
    <message>
        <source>Today nobody could serve it</source>
        <translation>如今没有目标可以处理它</translation>
    </message>
    <message>
        <source>Today %1 would lead too, by another way</source>
        <translation>如今仍由 %1 领先，但途径不同</translation>
    </message>
    <message>
        <source>Today %1 would lead</source>
        <translation>如今将由 %1 领先</translation>
    </message>
    <message>
        <source>no rule matches any more</source>
        <translation>不再有规则匹配</translation>
    </message>
    <message>
        <source>rule %1 matches</source>
        <translation>规则 %1 匹配</translation>
    </message>
    <message>
        <source>by the running configuration, with the facts of the request and what was known of its targets then</source>
        <translation>依据当前运行的配置、该请求的事实，以及当时对其目标的了解</translation>
    </message>
    <message>
        <source>Cache: %1</source>
        <translation>缓存：%1</translation>
    </message>
    <message>
        <source>Answered with %1 after %2</source>
        <translation>%2 后以 %1 应答</translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message>
        <source>Cannot write %1: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
</context>
<context>
    <name>Flows</name>
    <message>
        <source>%1 → %2: %3, %4</source>
        <translation>%1 → %2：%3，%4</translation>
    </message>
    <message>
        <source>; by weight %1</source>
        <translation>；按权重 %1</translation>
    </message>
    <message>
        <source>, diverted</source>
        <translation>，已改道</translation>
    </message>
</context>
<context>
    <name>Foreseen</name>
    <message>
        <source>no data</source>
        <translation>无数据</translation>
    </message>
    <message>
        <source>0 %</source>
        <translation>0 %</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>%1 + unknown</source>
        <translation>%1 + 未知</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>成本</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>占比</translation>
    </message>
    <message>
        <source>p50</source>
        <translation>p50</translation>
    </message>
    <message>
        <source>p95</source>
        <translation>p95</translation>
    </message>
    <message>
        <source>p99</source>
        <translation>p99</translation>
    </message>
    <message>
        <source>First token, p95</source>
        <translation>首个词元，p95</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Refused by limits</source>
        <translation>因限额被拒</translation>
    </message>
    <message>
        <source>Abandoned</source>
        <translation>客户端放弃</translation>
    </message>
    <message>
        <source>Breaker trips</source>
        <translation>熔断次数</translation>
    </message>
    <message>
        <source>Nothing is on record in this period.</source>
        <translation>这段时间没有记录。</translation>
    </message>
    <message>
        <source>A first look, by %1 of %2 requests</source>
        <translation>初步结果，基于 %2 个请求中的 %1 个</translation>
    </message>
    <message>
        <source>%1 requests replayed; nothing was sent</source>
        <translation>已重放 %1 个请求；未发送任何内容</translation>
    </message>
    <message>
        <source>No data for %1 in task class %2: what would have come of %3 requests is not known.</source>
        <translation>%1 在任务类别 %2 中无数据：%3 个请求的结果无从得知。</translation>
    </message>
    <message>
        <source>Rule “%1” of %2 decides %3 requests, now %4.</source>
        <translation>%2 的规则“%1”将决定 %3 个请求，现在为 %4 个。</translation>
    </message>
    <message>
        <source>What rule “%1” asks for is not on record of %2 requests.</source>
        <translation>规则“%1”所需的信息在 %2 个请求中没有记录。</translation>
    </message>
    <message>
        <source>A hedge after %1 in %2 would change p99 by %3 and cost by %4.</source>
        <translation>在 %2 中于 %1 后对冲，p99 将变化 %3，成本将变化 %4。</translation>
    </message>
    <message>
        <source>Shadows of %1 at %2 would have cost %3.</source>
        <translation>%1 在 %2 的影子请求将花费 %3。</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>← / →</source>
        <translation>← / →</translation>
    </message>
    <message>
        <source>Move a chart&apos;s crosshair; with Shift by ten</source>
        <translation>移动图表十字线；按住 Shift 每次十格</translation>
    </message>
    <message>
        <source>↑ / ↓</source>
        <translation>↑ / ↓</translation>
    </message>
    <message>
        <source>The series above or below</source>
        <translation>上一个或下一个序列</translation>
    </message>
    <message>
        <source>Half a range earlier or later</source>
        <translation>向前或向后半个范围</translation>
    </message>
    <message>
        <source>Half or double the range</source>
        <translation>范围减半或加倍</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>Hide or show a series of the legend</source>
        <translation>隐藏或显示图例中的序列</translation>
    </message>
    <message>
        <source>Ctrl+Space</source>
        <translation>Ctrl+空格</translation>
    </message>
    <message>
        <source>Show that series alone</source>
        <translation>只显示该序列</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>回车</translation>
    </message>
    <message>
        <source>Go where a tile, an entry or a row leads</source>
        <translation>前往卡片、条目或行所指之处</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Close what is open, take the crosshair away</source>
        <translation>关闭已打开的内容，移除十字线</translation>
    </message>
    <message>
        <source>About Signalbox</source>
        <translation>关于 Signalbox</translation>
    </message>
    <message>
        <source>Signalbox %1</source>
        <translation>Signalbox %1</translation>
    </message>
    <message>
        <source>A gateway for calls to large language models, and the room from which its operator sees every one of them.

The console is free software under GPL-3.0-or-later.</source>
        <translation>大语言模型调用网关，以及供运维人员查看每一次调用的控制台。

控制台是自由软件，采用 GPL-3.0-or-later 许可。</translation>
    </message>
    <message>
        <source>Keyboard Shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>全局</translation>
    </message>
    <message>
        <source>Charts and lists</source>
        <translation>图表与列表</translation>
    </message>
    <message>
        <source>On the weights: the divider before or after</source>
        <translation>在权重条上：上一个或下一个分隔线</translation>
    </message>
    <message>
        <source>Move it by 1 %; with Shift by 10, with Ctrl to 5 %</source>
        <translation>移动 1 %；按 Shift 移动 10 %，按 Ctrl 对齐 5 %</translation>
    </message>
    <message>
        <source>Home / End</source>
        <translation>Home / End</translation>
    </message>
    <message>
        <source>Move it as far as it goes</source>
        <translation>移到尽头</translation>
    </message>
    <message>
        <source>Alt+↑ / Alt+↓</source>
        <translation>Alt+↑ / Alt+↓</translation>
    </message>
    <message>
        <source>Move a target or a rule</source>
        <translation>移动目标或规则</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Delete</translation>
    </message>
    <message>
        <source>Remove a target</source>
        <translation>移除目标</translation>
    </message>
    <message>
        <source>Routing</source>
        <translation>路由</translation>
    </message>
</context>
<context>
    <name>JsonWords</name>
    <message>
        <source>There is more after the end of the value.</source>
        <translation>值结束后还有多余内容。</translation>
    </message>
    <message>
        <source>A value is missing.</source>
        <translation>缺少一个值。</translation>
    </message>
    <message>
        <source>This is nested too deeply.</source>
        <translation>嵌套过深。</translation>
    </message>
    <message>
        <source>A comma or ] is missing here.</source>
        <translation>此处缺少逗号或 ]。</translation>
    </message>
    <message>
        <source>A name in double quotes is missing here.</source>
        <translation>此处缺少双引号中的名称。</translation>
    </message>
    <message>
        <source>“%1” is here twice.</source>
        <translation>“%1”在此出现了两次。</translation>
    </message>
    <message>
        <source>A colon is missing here.</source>
        <translation>此处缺少冒号。</translation>
    </message>
    <message>
        <source>A comma or } is missing here.</source>
        <translation>此处缺少逗号或 }。</translation>
    </message>
    <message>
        <source>A text must end in the line it begins in.</source>
        <translation>字符串必须在开始的那一行内结束。</translation>
    </message>
    <message>
        <source>The text that begins here has no end.</source>
        <translation>从这里开始的字符串没有结束。</translation>
    </message>
    <message>
        <source>There is a wrong escape in this text.</source>
        <translation>这个字符串中有错误的转义。</translation>
    </message>
    <message>
        <source>Here a value should be.</source>
        <translation>此处应为一个值。</translation>
    </message>
</context>
<context>
    <name>Keys</name>
    <message>
        <source>Keychain</source>
        <translation>密钥环</translation>
    </message>
    <message>
        <source>This session</source>
        <translation>本次会话</translation>
    </message>
    <message>
        <source>Variable</source>
        <translation>环境变量</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>The desktop keeps it, encrypted; the configuration gets its name only.</source>
        <translation>由桌面加密保存；配置中只写入其名称。</translation>
    </message>
    <message>
        <source>Kept in memory until the console ends, and written nowhere. It has to be typed again after the next start.</source>
        <translation>仅保存在内存中直到控制台退出，不写入任何地方。下次启动后需重新输入。</translation>
    </message>
    <message>
        <source>A variable that was set when the console started. Its name goes into the configuration.</source>
        <translation>控制台启动时已设置的环境变量。其名称写入配置。</translation>
    </message>
    <message>
        <source>A file that nobody else may read (chmod 600), with the key and nothing else. Its path goes into the configuration.</source>
        <translation>他人不可读（chmod 600）且只含密钥的文件。其路径写入配置。</translation>
    </message>
    <message>
        <source>in the keychain as %1</source>
        <translation>在密钥环中：%1</translation>
    </message>
    <message>
        <source>in this session&apos;s memory</source>
        <translation>在本次会话的内存中</translation>
    </message>
    <message>
        <source>in the variable %1</source>
        <translation>在环境变量 %1 中</translation>
    </message>
    <message>
        <source>in the file %1</source>
        <translation>在文件 %1 中</translation>
    </message>
    <message>
        <source>not in use yet</source>
        <translation>尚未启用</translation>
    </message>
    <message>
        <source>off</source>
        <translation>停用</translation>
    </message>
    <message>
        <source>off: %1</source>
        <translation>停用：%1</translation>
    </message>
    <message>
        <source>rests for %1: %2</source>
        <translation>暂停 %1：%2</translation>
    </message>
    <message>
        <source>in use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>Asking the keychain…</source>
        <translation>正在询问密钥环…</translation>
    </message>
    <message>
        <source>The desktop&apos;s keychain works: it gave back what was written.</source>
        <translation>桌面密钥环可用：写入后已正确读回。</translation>
    </message>
    <message>
        <source>Encrypted file</source>
        <translation>加密文件</translation>
    </message>
    <message>
        <source>A file of Signalbox&apos;s own beside the configuration, encrypted with a passphrase, which is asked for once after each start. Nobody can open it without.</source>
        <translation>Signalbox 自己的文件，位于配置旁，以口令加密；每次启动后询问一次口令。没有口令，谁也打不开。</translation>
    </message>
    <message>
        <source>in the encrypted file as %1</source>
        <translation>在加密文件中：%1</translation>
    </message>
    <message>
        <source>The keychain is unavailable: %1. Keys can be kept in an encrypted file or for this session, or come from a variable or a file.</source>
        <translation>密钥环不可用：%1。密钥可存入加密文件或仅在本次会话保留，也可来自变量或文件。</translation>
    </message>
    <message>
        <source>The encrypted file is locked.</source>
        <translation>加密文件已锁定。</translation>
    </message>
    <message numerus="yes">
        <source>The encrypted file is locked: %n keys in it cannot be used.</source>
        <translation>
            <numerusform>加密文件已锁定：其中 %n 个密钥无法使用。</numerusform>
        </translation>
    </message>
    <message>
        <source>Opening the encrypted file…</source>
        <translation>正在打开加密文件…</translation>
    </message>
    <message>
        <source>The encrypted file is open until the console ends: %1</source>
        <translation>加密文件已打开，直到控制台结束：%1</translation>
    </message>
    <message>
        <source>The encrypted file cannot be used: %1</source>
        <translation>加密文件无法使用：%1</translation>
    </message>
</context>
<context>
    <name>LedgerWords</name>
    <message>
        <source>The disk is full. Records wait in memory and are written as soon as there is room.</source>
        <translation>磁盘已满。记录在内存中等待，一有空间即写入。</translation>
    </message>
    <message>
        <source>The file or its folder may not be written. Records wait in memory until it may.</source>
        <translation>文件或其文件夹不可写。记录在内存中等待，直到可写为止。</translation>
    </message>
    <message>
        <source>The file is damaged. It is moved aside, whole, when the gateway next writes or starts, and a new one begun.</source>
        <translation>文件已损坏。网关下次写入或启动时会将其完整移到一旁，并新建一个。</translation>
    </message>
    <message>
        <source>The file cannot be opened. It is tried again before each write.</source>
        <translation>无法打开文件。每次写入前都会重试。</translation>
    </message>
    <message>
        <source>The file belongs to another program and is left alone. Move it away, or choose another state directory.</source>
        <translation>该文件属于其他程序，不会被改动。请将其移走，或选择另一个状态目录。</translation>
    </message>
    <message>
        <source>A later version of Signalbox wrote the file, and it is left alone. Use that version, or another state directory.</source>
        <translation>该文件由更新版本的 Signalbox 写入，不会被改动。请使用那个版本，或另一个状态目录。</translation>
    </message>
    <message>
        <source>An earlier version wrote the file. The gateway brings it up to date when it starts.</source>
        <translation>该文件由较早的版本写入。网关启动时会将其更新。</translation>
    </message>
    <message>
        <source>Another program holds the file. Records wait in memory until it lets go.</source>
        <translation>另一个程序占用着该文件。记录在内存中等待，直到它释放为止。</translation>
    </message>
    <message>
        <source>The disk reports errors. Records wait in memory; look at the system&apos;s log.</source>
        <translation>磁盘报告错误。记录在内存中等待；请查看系统日志。</translation>
    </message>
    <message>
        <source>The disk is slower than the traffic: records are being lost.</source>
        <translation>磁盘比流量慢：正在丢失记录。</translation>
    </message>
    <message>
        <source>One record could not be stored and was passed over; the others are.</source>
        <translation>有一条记录无法存储，已跳过；其他记录已存储。</translation>
    </message>
</context>
<context>
    <name>LiveSeries</name>
    <message>
        <source>Configuration %1 applied</source>
        <translation>已应用配置 %1</translation>
    </message>
    <message>
        <source>n/a</source>
        <comment>a price that is not known</comment>
        <translation>未知</translation>
    </message>
</context>
<context>
    <name>MatrixText</name>
    <message>
        <source>better than A</source>
        <translation>优于 A</translation>
    </message>
    <message>
        <source>worse than A</source>
        <translation>不如 A</translation>
    </message>
    <message>
        <source>as good as A</source>
        <translation>与 A 相当</translation>
    </message>
    <message>
        <source>no clear verdict</source>
        <translation>评判不明确</translation>
    </message>
    <message>
        <source>not: %1</source>
        <translation>未通过：%1</translation>
    </message>
    <message>
        <source>all checks passed</source>
        <translation>全部检查通过</translation>
    </message>
    <message numerus="yes">
        <source>%n checks are not known</source>
        <translation>
            <numerusform>%n 项检查结果未知</numerusform>
        </translation>
    </message>
    <message>
        <source>on its way</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>not asked yet</source>
        <translation>尚未发送</translation>
    </message>
    <message>
        <source>answered</source>
        <translation>已回答</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
</context>
<context>
    <name>Numbers</name>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>&lt; %1 ms</source>
        <translation>&lt; %1 ms</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>– (n = %1)</source>
        <translation>– (n = %1)</translation>
    </message>
    <message>
        <source>0 req/s</source>
        <translation>0 次/秒</translation>
    </message>
    <message>
        <source>%1 req/s</source>
        <translation>%1 次/秒</translation>
    </message>
    <message>
        <source>&lt; %1 req/min</source>
        <translation>&lt; %1 次/分</translation>
    </message>
    <message>
        <source>%1 req/min</source>
        <translation>%1 次/分</translation>
    </message>
    <message>
        <source>%1k</source>
        <translation>%1k</translation>
    </message>
    <message>
        <source>%1M</source>
        <translation>%1M</translation>
    </message>
    <message>
        <source>%1 tok/s</source>
        <translation>%1 令牌/秒</translation>
    </message>
    <message>
        <source>n/a</source>
        <comment>no price is known</comment>
        <translation>未知</translation>
    </message>
    <message>
        <source>%1/h</source>
        <translation>%1/小时</translation>
    </message>
    <message>
        <source>0 %</source>
        <translation>0 %</translation>
    </message>
    <message>
        <source>&lt; %1 %</source>
        <translation>&lt; %1 %</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>&gt; %1 %</source>
        <translation>&gt; %1 %</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <translation>%1 天 %2 小时</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message>
        <source>%1 ago</source>
        <translation>%1 前</translation>
    </message>
</context>
<context>
    <name>PictureWords</name>
    <message>
        <source>%1 has more than %2 MB, which is the most for a picture.</source>
        <translation>%1 超过 %2 MB，这是图片的上限。</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>无法读取 %1：%2</translation>
    </message>
    <message>
        <source>%1 is no picture that can be sent.</source>
        <translation>%1 不是可以发送的图片。</translation>
    </message>
    <message>
        <source>pasted.png</source>
        <translation>粘贴.png</translation>
    </message>
</context>
<context>
    <name>PlaygroundReport</name>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Schema of the answer</source>
        <translation>回答的模式</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>stalled for %1</source>
        <translation>停顿 %1</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>When the answers came</source>
        <translation>回答何时到达</translation>
    </message>
    <message>
        <source>%1 · request %2</source>
        <translation>%1 · 请求 %2</translation>
    </message>
    <message>
        <source>Reasoning</source>
        <translation>推理</translation>
    </message>
    <message>
        <source>Playground, %1</source>
        <translation>试验场，%1</translation>
    </message>
</context>
<context>
    <name>PlaygroundText</name>
    <message>
        <source>First token</source>
        <translation>首个 token</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>速度</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>总时间</translation>
    </message>
    <message>
        <source>Tokens in / out</source>
        <translation>输入 / 输出 token</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>尝试次数</translation>
    </message>
    <message>
        <source>cheapest</source>
        <translation>最便宜</translation>
    </message>
    <message>
        <source>fastest</source>
        <translation>最快</translation>
    </message>
    <message>
        <source>Cut at the most tokens allowed</source>
        <translation>到达允许的最大 token 数，被截断</translation>
    </message>
    <message>
        <source>Asks for a tool</source>
        <translation>请求调用工具</translation>
    </message>
    <message>
        <source>Refused by the provider&apos;s filter</source>
        <translation>被提供商的过滤器拒绝</translation>
    </message>
    <message>
        <source>Complete</source>
        <translation>完整</translation>
    </message>
    <message>
        <source>Stopped; what was written is billed</source>
        <translation>已停止；已写出的部分照常计费</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>no answer</source>
        <translation>没有应答</translation>
    </message>
    <message>
        <source># Playground, %1</source>
        <translation># 试验场，%1</translation>
    </message>
</context>
<context>
    <name>PlaygroundWords</name>
    <message>
        <source>The gateway, or what stands before it, answered %1: %2</source>
        <translation>网关或它前面的服务应答 %1：%2</translation>
    </message>
    <message>
        <source>The answer is too long to be shown.</source>
        <translation>回答太长，无法显示。</translation>
    </message>
    <message>
        <source>An event of the stream is too long to be read.</source>
        <translation>流中的一个事件太长，无法读取。</translation>
    </message>
    <message>
        <source>The stream ended before the answer did.</source>
        <translation>流在回答完成之前就结束了。</translation>
    </message>
</context>
<context>
    <name>Ranges</name>
    <message>
        <source>%1 d</source>
        <translation>%1 天</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 小时</translation>
    </message>
    <message>
        <source>Last %1</source>
        <translation>最近 %1</translation>
    </message>
</context>
<context>
    <name>Readings</name>
    <message>
        <source>no data</source>
        <translation>无数据</translation>
    </message>
</context>
<context>
    <name>Reasons</name>
    <message>
        <source>Forced open (would be %1)</source>
        <translation>强制断开（本应%1）</translation>
    </message>
    <message>
        <source>Forced closed (would be %1)</source>
        <translation>强制闭合（本应%1）</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>闭合</translation>
    </message>
    <message>
        <source>Half-open, waiting for a probe</source>
        <translation>半开，等待探测</translation>
    </message>
    <message numerus="yes">
        <source>Half-open, %n probe(s) in flight</source>
        <translation>
            <numerusform>半开，%n 个探测进行中</numerusform>
        </translation>
    </message>
    <message>
        <source>Open, retry in %1</source>
        <translation>断开，%1 后重试</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>断开</translation>
    </message>
    <message>
        <source>ok</source>
        <translation>成功</translation>
    </message>
    <message>
        <source>server error</source>
        <translation>服务器错误</translation>
    </message>
    <message>
        <source>overloaded</source>
        <translation>过载</translation>
    </message>
    <message>
        <source>connection refused</source>
        <translation>连接被拒绝</translation>
    </message>
    <message>
        <source>name not found</source>
        <translation>域名无法解析</translation>
    </message>
    <message>
        <source>TLS failure</source>
        <translation>TLS 失败</translation>
    </message>
    <message>
        <source>connection reset</source>
        <translation>连接被重置</translation>
    </message>
    <message>
        <source>unreadable answer</source>
        <translation>应答无法解析</translation>
    </message>
    <message>
        <source>empty answer</source>
        <translation>应答为空</translation>
    </message>
    <message>
        <source>stream cut off</source>
        <translation>流被截断</translation>
    </message>
    <message>
        <source>connect timeout</source>
        <translation>连接超时</translation>
    </message>
    <message>
        <source>no first token</source>
        <translation>无首字</translation>
    </message>
    <message>
        <source>stream stalled</source>
        <translation>流停滞</translation>
    </message>
    <message>
        <source>took too long</source>
        <translation>耗时过长</translation>
    </message>
    <message>
        <source>rate limited</source>
        <translation>被限流</translation>
    </message>
    <message>
        <source>key refused</source>
        <translation>密钥被拒</translation>
    </message>
    <message>
        <source>billing refused</source>
        <translation>计费被拒</translation>
    </message>
    <message>
        <source>model not found</source>
        <translation>模型不存在</translation>
    </message>
    <message>
        <source>invalid request</source>
        <translation>请求无效</translation>
    </message>
    <message>
        <source>context too long</source>
        <translation>上下文过长</translation>
    </message>
    <message>
        <source>content refused</source>
        <translation>内容被拒</translation>
    </message>
    <message>
        <source>client left</source>
        <translation>客户端离开</translation>
    </message>
    <message>
        <source>deadline reached</source>
        <translation>到达截止时间</translation>
    </message>
    <message>
        <source>shut down</source>
        <translation>已关停</translation>
    </message>
    <message>
        <source>outrun</source>
        <translation>被抢先</translation>
    </message>
    <message>
        <source>The provider answered completely.</source>
        <translation>提供商已完整应答。</translation>
    </message>
    <message>
        <source>The provider answered with a server error (5xx).</source>
        <translation>提供商返回服务器错误（5xx）。</translation>
    </message>
    <message>
        <source>The provider said that it is overloaded.</source>
        <translation>提供商表示已过载。</translation>
    </message>
    <message>
        <source>The provider&apos;s server refused the connection.</source>
        <translation>提供商服务器拒绝连接。</translation>
    </message>
    <message>
        <source>The provider&apos;s host name could not be resolved.</source>
        <translation>无法解析提供商的主机名。</translation>
    </message>
    <message>
        <source>No secure connection to the provider could be made.</source>
        <translation>无法与提供商建立安全连接。</translation>
    </message>
    <message>
        <source>The provider broke the connection off.</source>
        <translation>提供商中断了连接。</translation>
    </message>
    <message>
        <source>The provider&apos;s answer could not be read.</source>
        <translation>无法解析提供商的应答。</translation>
    </message>
    <message>
        <source>The provider answered without any content.</source>
        <translation>提供商的应答没有内容。</translation>
    </message>
    <message>
        <source>The provider&apos;s stream ended before its end mark.</source>
        <translation>提供商的流在结束标记之前中断。</translation>
    </message>
    <message>
        <source>The provider could not be connected to in time.</source>
        <translation>未能及时连接到提供商。</translation>
    </message>
    <message>
        <source>The provider sent no first token in time.</source>
        <translation>提供商未及时发出首字。</translation>
    </message>
    <message>
        <source>The provider&apos;s stream fell silent for too long.</source>
        <translation>提供商的流停滞过久。</translation>
    </message>
    <message>
        <source>The attempt took longer than it may.</source>
        <translation>尝试耗时超出限制。</translation>
    </message>
    <message>
        <source>The provider&apos;s rate limit was reached.</source>
        <translation>已达到提供商的速率限制。</translation>
    </message>
    <message>
        <source>The provider did not accept our key.</source>
        <translation>提供商不接受我们的密钥。</translation>
    </message>
    <message>
        <source>The provider refused for billing reasons.</source>
        <translation>提供商因计费原因拒绝。</translation>
    </message>
    <message>
        <source>The provider does not know this model.</source>
        <translation>提供商没有此模型。</translation>
    </message>
    <message>
        <source>The provider found the request itself invalid.</source>
        <translation>提供商认为请求本身无效。</translation>
    </message>
    <message>
        <source>The request is longer than the model&apos;s context.</source>
        <translation>请求超出模型的上下文长度。</translation>
    </message>
    <message>
        <source>The provider refused the request&apos;s content.</source>
        <translation>提供商拒绝请求内容。</translation>
    </message>
    <message>
        <source>The client left before the answer was complete.</source>
        <translation>客户端在应答完成前离开。</translation>
    </message>
    <message>
        <source>The request&apos;s own deadline came first.</source>
        <translation>请求自身的截止时间先到。</translation>
    </message>
    <message>
        <source>The gateway was stopped.</source>
        <translation>网关已停止。</translation>
    </message>
    <message>
        <source>Another target, asked beside it, answered first.</source>
        <translation>同时询问的另一个目标先作出了回答。</translation>
    </message>
    <message>
        <source>May be tried.</source>
        <translation>可以尝试。</translation>
    </message>
    <message>
        <source>Its breaker is open.</source>
        <translation>其熔断器已断开。</translation>
    </message>
    <message>
        <source>An operator has forced its breaker open.</source>
        <translation>运维人员已强制断开其熔断器。</translation>
    </message>
    <message>
        <source>An operator is draining it.</source>
        <translation>运维人员正在将其排空。</translation>
    </message>
    <message>
        <source>It lacks a feature that the request needs.</source>
        <translation>缺少请求所需的功能。</translation>
    </message>
    <message>
        <source>None of its keys can be used now.</source>
        <translation>其密钥当前均不可用。</translation>
    </message>
    <message>
        <source>Our own limit for its provider is reached.</source>
        <translation>已达到我们对该提供商的限制。</translation>
    </message>
    <message>
        <source>Its provider&apos;s secret could not be read.</source>
        <translation>无法读取其提供商的密钥。</translation>
    </message>
    <message>
        <source>The request asked for another target by name.</source>
        <translation>请求指名要求其他目标。</translation>
    </message>
    <message>
        <source>Its provider&apos;s format cannot carry this request.</source>
        <translation>其提供商的格式无法承载此请求。</translation>
    </message>
    <message>
        <source>A budget for the day does not reach for it.</source>
        <translation>当日预算不足以支付这次请求。</translation>
    </message>
    <message>
        <source>It is much slower than the others and stands aside for a while.</source>
        <translation>它比其他目标慢得多，暂时让到一旁。</translation>
    </message>
    <message>
        <source>Half-open</source>
        <translation>半开</translation>
    </message>
    <message>
        <source>%1 → Forced open</source>
        <translation>%1 → 强制断开</translation>
    </message>
    <message>
        <source>%1 → Forced closed</source>
        <translation>%1 → 强制闭合</translation>
    </message>
    <message>
        <source>Drained, nothing in flight</source>
        <translation>已排空，无进行中请求</translation>
    </message>
    <message>
        <source>Drained, %1 in flight</source>
        <translation>已排空，%1 个进行中</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation>%2 内%1</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between kinds of failures</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>Probe failed: %1</source>
        <translation>探测失败：%1</translation>
    </message>
    <message>
        <source>Probe succeeded</source>
        <translation>探测成功</translation>
    </message>
    <message>
        <source>Time to probe</source>
        <translation>到探测时间</translation>
    </message>
    <message>
        <source>The force expired</source>
        <translation>强制已到期</translation>
    </message>
    <message>
        <source>Tripped</source>
        <translation>强制断开</translation>
    </message>
    <message>
        <source>Held closed</source>
        <translation>保持闭合</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>复位</translation>
    </message>
    <message>
        <source>Drained</source>
        <translation>排空</translation>
    </message>
    <message>
        <source>Undrained</source>
        <translation>取消排空</translation>
    </message>
    <message>
        <source>%1 in a row: %2</source>
        <comment>failures</comment>
        <translation>连续 %1 次：%2</translation>
    </message>
</context>
<context>
    <name>RecordedWords</name>
    <message>
        <source>The file is cut off: it holds the newest %1 requests.</source>
        <translation>文件被截断：只含最新的 %1 个请求。</translation>
    </message>
    <message>
        <source>%1 older requests were left out.</source>
        <translation>略去了 %1 个较早的请求。</translation>
    </message>
    <message>
        <source>Requests are missing, because the ledger could not be read: %1.</source>
        <translation>缺少请求，因为无法读取账本：%1。</translation>
    </message>
    <message>
        <source>Recording of %1</source>
        <translation>%1 的录制</translation>
    </message>
    <message>
        <source>Recording of %1, %2. Breakers and rates stand as they were at %3.</source>
        <translation>%1 的录制，%2。熔断器和速率为 %3 时的状态。</translation>
    </message>
</context>
<context>
    <name>RecordingWords</name>
    <message>
        <source>%1 is no recording of Signalbox.</source>
        <translation>%1 不是 Signalbox 的录制文件。</translation>
    </message>
    <message>
        <source>%1 was made by a later version of Signalbox, which writes what this one cannot read.</source>
        <translation>%1 由更新版本的 Signalbox 生成，此版本无法读取。</translation>
    </message>
    <message>
        <source>%1 is damaged: it is not what was written.</source>
        <translation>%1 已损坏：内容与写入时不同。</translation>
    </message>
    <message>
        <source>%1 is cut off before there is anything to show.</source>
        <translation>%1 被截断，没有可显示的内容。</translation>
    </message>
    <message>
        <source>%1 is larger than a recording can be.</source>
        <translation>%1 超过录制文件的大小上限。</translation>
    </message>
    <message>
        <source>The requests of %1 cannot be kept here: there may be no room in the temporary folder.</source>
        <translation>%1 中的请求无法保存在此处：临时文件夹可能没有空间。</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>无法读取 %1：%2</translation>
    </message>
</context>
<context>
    <name>Rehearsal</name>
    <message>
        <source>every provider</source>
        <translation>所有提供商</translation>
    </message>
    <message>
        <source>%1 is down</source>
        <translation>%1 已停机</translation>
    </message>
    <message>
        <source>%1 answers slowly</source>
        <translation>%1 应答缓慢</translation>
    </message>
    <message>
        <source>%1 answers 429</source>
        <translation>%1 应答 429</translation>
    </message>
    <message>
        <source>%1 breaks answers off</source>
        <translation>%1 中断应答</translation>
    </message>
    <message>
        <source>Every Provider</source>
        <translation>所有提供商</translation>
    </message>
    <message>
        <source>Take %1 Down</source>
        <translation>让 %1 停机</translation>
    </message>
    <message>
        <source>Slow %1 Down</source>
        <translation>让 %1 变慢</translation>
    </message>
    <message>
        <source>Let %1 Answer 429</source>
        <translation>让 %1 应答 429</translation>
    </message>
    <message>
        <source>Break %1&apos;s Answers Off</source>
        <translation>让 %1 中断应答</translation>
    </message>
    <message>
        <source>, </source>
        <comment>between what is wrong</comment>
        <translation>、</translation>
    </message>
    <message>
        <source>End All Rehearsed Faults</source>
        <translation>结束所有演练故障</translation>
    </message>
    <message>
        <source>Rehearsal</source>
        <translation>演练</translation>
    </message>
    <message>
        <source>End: %1</source>
        <translation>结束：%1</translation>
    </message>
</context>
<context>
    <name>Remote</name>
    <message>
        <source>%1 does not know this token.</source>
        <translation>%1 不认识此令牌。</translation>
    </message>
    <message>
        <source>%1 leads elsewhere (status %2). The token is not sent there: start with the address of the gateway itself.</source>
        <translation>%1 转向别处（状态 %2）。令牌不会发往那里：请直接使用网关自身的地址启动。</translation>
    </message>
    <message>
        <source>%1 answers with status %2, but not as a Signalbox does. Is the address right?</source>
        <translation>%1 以状态 %2 应答，但不像 Signalbox。地址是否正确？</translation>
    </message>
    <message>
        <source>The gateway at %1 has no door for operators: neither admin_token nor an [[operator]] is configured there.</source>
        <translation>%1 处的网关没有运维入口：那里既未配置 admin_token，也未配置 [[operator]]。</translation>
    </message>
    <message>
        <source>The gateway at %1 answers: %2</source>
        <translation>%1 处的网关答复：%2</translation>
    </message>
    <message>
        <source>http:// to %1 is not encrypted: everybody on the way can read the token and use it. Use https:// (tls_certificate under [server]) or an SSH tunnel.</source>
        <translation>到 %1 的 http:// 未加密：途中任何人都能读取并使用令牌。请使用 https://（[server] 下的 tls_certificate）或 SSH 隧道。</translation>
    </message>
    <message>
        <source>--connect needs a URL such as https://gateway:8787</source>
        <translation>--connect 需要一个 URL，例如 https://gateway:8787</translation>
    </message>
    <message>
        <source>--connect takes no name and password: the token comes from SIGNALBOX_TOKEN, the keychain, or is typed in the window</source>
        <translation>--connect 不接受用户名和密码：令牌来自 SIGNALBOX_TOKEN、密钥环，或在窗口中输入</translation>
    </message>
    <message>
        <source>--connect needs a URL without ? and #</source>
        <translation>--connect 需要不含 ? 和 # 的 URL</translation>
    </message>
</context>
<context>
    <name>RequestQueryText</name>
    <message>
        <source>A status is a number such as 503, a class such as 5xx, or error.</source>
        <translation>状态可以是数字（如 503）、类别（如 5xx）或 error。</translation>
    </message>
    <message>
        <source>A figure follows &gt;, &gt;=, &lt; or &lt;=: latency:&gt;2s, cost:&lt;0.01, tokens:&gt;=4k.</source>
        <translation>数值前须有 &gt;、&gt;=、&lt; 或 &lt;=：latency:&gt;2s、cost:&lt;0.01、tokens:&gt;=4k。</translation>
    </message>
    <message>
        <source>Something has to follow %1:.</source>
        <translation>%1: 之后必须有内容。</translation>
    </message>
    <message>
        <source>%1: stands here twice, and a request has one.</source>
        <translation>%1: 出现了两次，而一个请求只有一个。</translation>
    </message>
    <message>
        <source>There is no outcome called %1.</source>
        <translation>没有名为 %1 的结果。</translation>
    </message>
    <message>
        <source>Requests are not told apart by %1.</source>
        <translation>不能按 %1 区分请求。</translation>
    </message>
</context>
<context>
    <name>RequestText</name>
    <message>
        <source>%1. %2: %3 after %4</source>
        <translation>%1. %2：%4 后 %3</translation>
    </message>
</context>
<context>
    <name>RoutingText</name>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>%1 under %2</source>
        <translation>%1 小于 %2</translation>
    </message>
    <message>
        <source>%1 at most %2</source>
        <translation>%1 不大于 %2</translation>
    </message>
    <message>
        <source>%1 over %2</source>
        <translation>%1 大于 %2</translation>
    </message>
    <message>
        <source>%1 at least %2</source>
        <translation>%1 不小于 %2</translation>
    </message>
    <message>
        <source>CJK share</source>
        <translation>中日韩字符占比</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>Prompt tokens</source>
        <translation>提示词 token</translation>
    </message>
    <message>
        <source>Output tokens allowed</source>
        <translation>允许的输出 token</translation>
    </message>
    <message>
        <source>Has tools</source>
        <translation>带工具</translation>
    </message>
    <message>
        <source>Has images</source>
        <translation>带图片</translation>
    </message>
    <message>
        <source>Wants JSON</source>
        <translation>要求 JSON</translation>
    </message>
    <message>
        <source>Wants reasoning</source>
        <translation>要求推理</translation>
    </message>
    <message>
        <source>Streams</source>
        <translation>流式</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>客户端</translation>
    </message>
    <message>
        <source>Budget left</source>
        <translation>剩余预算</translation>
    </message>
    <message>
        <source>Hour of day</source>
        <translation>时刻</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>请求头</translation>
    </message>
    <message>
        <source>Metadata</source>
        <translation>元数据</translation>
    </message>
    <message>
        <source>Chinese, Japanese and Korean characters among all letters</source>
        <translation>中日韩字符占全部文字的比例</translation>
    </message>
    <message>
        <source>Codes of two letters such as zh, separated by commas; und: unknown</source>
        <translation>两个字母的代码，如 zh，用逗号分隔；und 表示未知</translation>
    </message>
    <message>
        <source>What the request wants done</source>
        <translation>请求要完成什么</translation>
    </message>
    <message>
        <source>Estimated before anything is sent</source>
        <translation>发送之前的估计值</translation>
    </message>
    <message>
        <source>As the client says; without a say the condition does not hold</source>
        <translation>以客户端所说为准；没有说则条件不成立</translation>
    </message>
    <message>
        <source>Whether the request does</source>
        <translation>请求是否如此</translation>
    </message>
    <message>
        <source>Whose key the request came with</source>
        <translation>请求使用谁的密钥</translation>
    </message>
    <message>
        <source>Of the client&apos;s budget for the day; all of it without one</source>
        <translation>客户端当天的预算；没有预算时为全部</translation>
    </message>
    <message>
        <source>In the gateway&apos;s time zone; a range may go over midnight</source>
        <translation>以网关的时区为准；范围可以跨过午夜</translation>
    </message>
    <message>
        <source>One value, or several separated by commas</source>
        <translation>一个值，或用逗号分隔的多个值</translation>
    </message>
    <message>
        <source> %</source>
        <comment>unit of a share</comment>
        <translation> %</translation>
    </message>
    <message>
        <source>:00</source>
        <comment>full hour</comment>
        <translation>:00</translation>
    </message>
    <message>
        <source> tokens</source>
        <translation> token</translation>
    </message>
    <message>
        <source>%1 from %2 to under %3</source>
        <translation>%1 从 %2 到不足 %3</translation>
    </message>
    <message>
        <source>%1 is %2</source>
        <translation>%1 为 %2</translation>
    </message>
    <message>
        <source> or </source>
        <translation> 或 </translation>
    </message>
    <message>
        <source> and </source>
        <translation> 且 </translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>Weighted</source>
        <translation>加权</translation>
    </message>
    <message>
        <source>Cheapest</source>
        <translation>最便宜</translation>
    </message>
    <message>
        <source>Fastest</source>
        <translation>最快</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>均衡</translation>
    </message>
    <message>
        <source>Every request goes to the first target that can take it.</source>
        <translation>每个请求都去往第一个能接受它的目标。</translation>
    </message>
    <message>
        <source>Each target gets its share of the requests.</source>
        <translation>每个目标得到它那一份请求。</translation>
    </message>
    <message>
        <source>The target whose answer is expected to cost least.</source>
        <translation>预计回答费用最低的目标。</translation>
    </message>
    <message>
        <source>The target whose answer is expected soonest.</source>
        <translation>预计最快回答的目标。</translation>
    </message>
    <message>
        <source>Expected cost, time and risk of failing are weighed against each other.</source>
        <translation>权衡预计的费用、时间与失败风险。</translation>
    </message>
    <message>
        <source>End with an error</source>
        <translation>以错误结束</translation>
    </message>
    <message>
        <source>Start again elsewhere, while nothing was sent</source>
        <translation>尚未发送内容时在别处重来</translation>
    </message>
    <message>
        <source>Let another target continue</source>
        <translation>由另一个目标接着回答</translation>
    </message>
    <message>
        <source>As the cache is set for all routes</source>
        <translation>与全局缓存设置一致</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>The same request only</source>
        <translation>仅相同的请求</translation>
    </message>
    <message>
        <source>Also by meaning</source>
        <translation>也按含义</translation>
    </message>
</context>
<context>
    <name>SchemaText</name>
    <message>
        <source>“%1” in the schema has no schemas.</source>
        <translation>模式中的“%1”没有子模式。</translation>
    </message>
    <message>
        <source>“%1” in the schema has no value of its kind.</source>
        <translation>模式中“%1”的值类型不对。</translation>
    </message>
    <message>
        <source>A schema is an object, or true or false.</source>
        <translation>模式必须是对象、true 或 false。</translation>
    </message>
    <message>
        <source>“%1” in the schema is not understood here.</source>
        <translation>此处不支持模式中的“%1”。</translation>
    </message>
    <message>
        <source>The answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>may not be there.</source>
        <translation>不允许出现。</translation>
    </message>
    <message>
        <source>is not of the type %1.</source>
        <translation>不是 %1 类型。</translation>
    </message>
    <message>
        <source>is none of the values that may be.</source>
        <translation>不在允许的取值之内。</translation>
    </message>
    <message>
        <source>is not the value that it must be.</source>
        <translation>不是规定的值。</translation>
    </message>
    <message>
        <source>is too small.</source>
        <translation>过小。</translation>
    </message>
    <message>
        <source>is too large.</source>
        <translation>过大。</translation>
    </message>
    <message>
        <source>is too short.</source>
        <translation>过短。</translation>
    </message>
    <message>
        <source>is too long.</source>
        <translation>过长。</translation>
    </message>
    <message>
        <source>does not match its pattern.</source>
        <translation>不匹配其表达式。</translation>
    </message>
    <message>
        <source>has too few items.</source>
        <translation>元素过少。</translation>
    </message>
    <message>
        <source>has too many items.</source>
        <translation>元素过多。</translation>
    </message>
    <message>
        <source>has no “%1”.</source>
        <translation>缺少“%1”。</translation>
    </message>
    <message>
        <source>fits none of the forms that may be, or more than one.</source>
        <translation>不符合任何允许的形式，或同时符合多个。</translation>
    </message>
    <message>
        <source>has a form that may not be.</source>
        <translation>属于不允许的形式。</translation>
    </message>
    <message>
        <source>The schema is no JSON.</source>
        <translation>模式不是 JSON。</translation>
    </message>
    <message>
        <source>The answer is no JSON.</source>
        <translation>回答不是 JSON。</translation>
    </message>
</context>
<context>
    <name>Sound</name>
    <message>
        <source>None of pw-play, paplay and aplay is installed.</source>
        <translation>未安装 pw-play、paplay 或 aplay。</translation>
    </message>
</context>
<context>
    <name>Stats</name>
    <message>
        <source>%1 in the last minute</source>
        <translation>最近一分钟 %1</translation>
    </message>
    <message>
        <source>%1 in flight</source>
        <translation>%1 个进行中</translation>
    </message>
    <message>
        <source>%1 clients left</source>
        <translation>%1 个客户端离开</translation>
    </message>
    <message>
        <source>per hour</source>
        <translation>每小时</translation>
    </message>
    <message>
        <source>all prices known</source>
        <translation>价格全部已知</translation>
    </message>
    <message>
        <source>%1 without a price</source>
        <translation>%1 个无价格</translation>
    </message>
    <message>
        <source>open</source>
        <translation>断开</translation>
    </message>
    <message>
        <source>half-open</source>
        <translation>半开</translation>
    </message>
    <message>
        <source>drained</source>
        <translation>排空</translation>
    </message>
    <message>
        <source>closed</source>
        <translation>闭合</translation>
    </message>
    <message>
        <source>n/a</source>
        <comment>no price is known</comment>
        <translation>未知</translation>
    </message>
    <message>
        <source>as in the minute before</source>
        <translation>与前一分钟相同</translation>
    </message>
    <message>
        <source>%1 against the minute before</source>
        <translation>较前一分钟 %1</translation>
    </message>
    <message>
        <source>%1 pt</source>
        <comment>percentage points</comment>
        <translation>%1 个百分点</translation>
    </message>
    <message>
        <source>unknown</source>
        <comment>states of breakers</comment>
        <translation>未知</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>Stale: last update %1 ago</source>
        <translation>数据已旧：%1 前更新</translation>
    </message>
    <message>
        <source>Connected · updated %1 ago</source>
        <translation>已连接 · %1 前更新</translation>
    </message>
    <message>
        <source>%1 · %2 err · %3</source>
        <translation>%1 · 错误 %2 · %3</translation>
    </message>
    <message>
        <source>No open breaker</source>
        <translation>没有断开的熔断器</translation>
    </message>
    <message>
        <source>1 open breaker</source>
        <translation>1 个熔断器断开</translation>
    </message>
    <message>
        <source>%1 open breakers</source>
        <translation>%1 个熔断器断开</translation>
    </message>
    <message>
        <source>Waiting for the gateway</source>
        <translation>等待网关</translation>
    </message>
    <message>
        <source>Ledger: %1</source>
        <translation>账本：%1</translation>
    </message>
    <message>
        <source>Waiting for a token</source>
        <translation>等待令牌</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>Not connected: last update %1 ago</source>
        <translation>未连接：上次更新于 %1前</translation>
    </message>
    <message>
        <source>Viewer: acts are off</source>
        <translation>只读用户：操作已关闭</translation>
    </message>
    <message numerus="yes">
        <source>Rehearsal: %n faults</source>
        <translation>
            <numerusform>演练：%n 个故障</numerusform>
        </translation>
    </message>
    <message>
        <source>Recorded at %1</source>
        <translation>录制于 %1</translation>
    </message>
</context>
<context>
    <name>Tiles</name>
    <message>
        <source>“%1”</source>
        <translation>“%1”</translation>
    </message>
    <message>
        <source>Until it is reset</source>
        <translation>直到复位</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>剩余 %1</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>The provider does not know this model</source>
        <translation>提供商没有此模型</translation>
    </message>
    <message>
        <source>By its own count %1</source>
        <translation>按自身计数%1</translation>
    </message>
    <message>
        <source>Last: %1</source>
        <translation>最近：%1</translation>
    </message>
    <message>
        <source>For %1</source>
        <translation>已持续 %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1/%2</translation>
    </message>
    <message>
        <source>p50</source>
        <translation>p50</translation>
    </message>
    <message>
        <source>p95</source>
        <translation>p95</translation>
    </message>
    <message>
        <source>TTFT p50</source>
        <translation>首字 p50</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>速率</translation>
    </message>
    <message>
        <source>Failed, 1 min</source>
        <translation>失败，1 分钟</translation>
    </message>
    <message>
        <source>In flight</source>
        <translation>进行中</translation>
    </message>
    <message numerus="yes">
        <source>%n routes</source>
        <translation>
            <numerusform>%n 条路由</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 req</source>
        <translation>%1/%2 次请求</translation>
    </message>
    <message>
        <source>%1 of %2 tok</source>
        <translation>%1/%2 令牌</translation>
    </message>
    <message>
        <source>%1 req</source>
        <translation>%1 次请求</translation>
    </message>
    <message>
        <source>%1 tok</source>
        <translation>%1 令牌</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>断开</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>闭合</translation>
    </message>
    <message>
        <source>%1, %2 left</source>
        <translation>%1，剩余 %2</translation>
    </message>
    <message>
        <source>%1 until reset</source>
        <translation>%1 直到复位</translation>
    </message>
    <message>
        <source>p90</source>
        <translation>p90</translation>
    </message>
    <message>
        <source>p99</source>
        <translation>p99</translation>
    </message>
    <message>
        <source>TTFT p95</source>
        <translation>首字 p95</translation>
    </message>
    <message>
        <source>By weight</source>
        <translation>按权重</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>实测</translation>
    </message>
    <message>
        <source>Limit left</source>
        <translation>剩余限额</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>成功</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Timeouts</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>Rate limited</source>
        <translation>限流</translation>
    </message>
    <message>
        <source>Key refused</source>
        <translation>密钥被拒</translation>
    </message>
    <message>
        <source>Passed over</source>
        <translation>已跳过</translation>
    </message>
    <message>
        <source>Last known: %1</source>
        <translation>最后已知：%1</translation>
    </message>
    <message>
        <source>Unknown, the data is old</source>
        <translation>未知，数据已旧</translation>
    </message>
    <message>
        <source>%1 of %2 failures in a row</source>
        <translation>连续失败 %1/%2 次</translation>
    </message>
    <message>
        <source>limits: %1 left</source>
        <translation>限额剩余：%1</translation>
    </message>
    <message>
        <source>in %1 at this rate, unless it is refilled</source>
        <translation>按此速率 %1 后用尽，除非额度恢复</translation>
    </message>
    <message>
        <source>used up %1</source>
        <translation>额度：%1</translation>
    </message>
</context>
<context>
    <name>TimelineText</name>
    <message>
        <source>first token %1</source>
        <translation>首个 token %1</translation>
    </message>
    <message>
        <source>stalled for %1 at %2</source>
        <translation>在 %2 停顿 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n more stall(s)</source>
        <translation>
            <numerusform>另有 %n 次停顿</numerusform>
        </translation>
    </message>
    <message>
        <source>ended at %1</source>
        <translation>在 %1 结束</translation>
    </message>
    <message>
        <source>waits</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>%1 waits</source>
        <translation>%1 等待中</translation>
    </message>
    <message numerus="yes">
        <source>%1 %n character(s)</source>
        <translation>
            <numerusform>%1 %n 个字符</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 thinks: %n character(s)</source>
        <translation>
            <numerusform>%1 推理中：%n 个字符</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Trials</name>
    <message>
        <source>%1 of %2</source>
        <translation>%2 次中的 %1</translation>
    </message>
    <message>
        <source>n/a</source>
        <translation>无</translation>
    </message>
    <message>
        <source>Rolled back, since more requests failed: %1. At most %2 was expected; of the others it was %3.</source>
        <translation>已回滚，因为失败的请求更多：%1。预期最多 %2；其余请求为 %3。</translation>
    </message>
    <message>
        <source>Rolled back, since it was slower: p95 %1. At most %2 was expected; that of the others was %3.</source>
        <translation>已回滚，因为更慢：p95 为 %1。预期最多 %2；其余请求为 %3。</translation>
    </message>
    <message>
        <source>Rolled back, since it was dearer: %1 a request. At most %2 was expected; one of the others cost %3.</source>
        <translation>已回滚，因为更贵：每次请求 %1。预期最多 %2；其余请求每次 %3。</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>p95</source>
        <translation>p95</translation>
    </message>
    <message>
        <source>Cost per request</source>
        <translation>每次请求成本</translation>
    </message>
    <message>
        <source>On trial: %1 of the requests to %2, for %3 more</source>
        <translation>试行中：%2 的 %1 请求，还剩 %3</translation>
    </message>
    <message>
        <source>What is usual is still being measured.</source>
        <translation>仍在测量通常水平。</translation>
    </message>
    <message>
        <source>Held to what these routes did before.</source>
        <translation>以这些路由此前的表现为准。</translation>
    </message>
    <message>
        <source>Held to what the preview foretold.</source>
        <translation>以预览的预测为准。</translation>
    </message>
    <message>
        <source>The trial passed: plan %1 serves all requests to %2.</source>
        <translation>试行通过：方案 %1 现在服务 %2 的全部请求。</translation>
    </message>
    <message>
        <source>%1 ended the trial early: plan %2 serves all requests to %3.</source>
        <translation>%1 提前结束试行：方案 %2 现在服务 %3 的全部请求。</translation>
    </message>
    <message>
        <source>Rolled back: only %1 requests were seen of it, too few to judge. The former weights serve all.</source>
        <translation>已回滚：只见到 %1 个请求，不足以判断。原来的权重服务全部请求。</translation>
    </message>
    <message>
        <source>%1 rolled the trial back: the former weights serve all.</source>
        <translation>%1 回滚了试行：原来的权重服务全部请求。</translation>
    </message>
    <message>
        <source>The gateway was restarted during a trial: the former weights are in force.</source>
        <translation>网关在试行期间重启：原来的权重生效。</translation>
    </message>
    <message>
        <source>The trial ended, since another configuration came into force.</source>
        <translation>试行已结束，因为另一份配置已生效。</translation>
    </message>
    <message>
        <source>The trial passed, but could not be put in force: %1</source>
        <translation>试行通过，但无法生效：%1</translation>
    </message>
    <message>
        <source>failures up to %1</source>
        <translation>失败率不超过 %1</translation>
    </message>
    <message>
        <source>p95 up to %1</source>
        <translation>p95 不超过 %1</translation>
    </message>
    <message>
        <source>up to %1 for 1,000 requests</source>
        <translation>每 1,000 个请求不超过 %1</translation>
    </message>
    <message>
        <source>failures %1</source>
        <translation>失败率 %1</translation>
    </message>
    <message>
        <source>p95 %1</source>
        <translation>p95 %1</translation>
    </message>
    <message>
        <source>1,000 requests for %1</source>
        <translation>每 1,000 个请求 %1</translation>
    </message>
    <message>
        <source>Foretold: %1. What happens is told after an hour, or a hundred requests.</source>
        <translation>预测：%1。一小时后，或满一百个请求后，会给出实际结果。</translation>
    </message>
    <message>
        <source>Foretold / happened: %1, in %2 requests</source>
        <translation>预测 / 实际：%1，共 %2 个请求</translation>
    </message>
    <message>
        <source>Foretold / happened so far: %1, in %2 requests</source>
        <translation>预测 / 目前实际：%1，共 %2 个请求</translation>
    </message>
    <message>
        <source>%1 on cost</source>
        <translation>费用 %1</translation>
    </message>
    <message>
        <source>%1 on p95</source>
        <translation>p95 %1</translation>
    </message>
    <message>
        <source>%1 points on failures</source>
        <translation>失败率 %1 个百分点</translation>
    </message>
    <message numerus="yes">
        <source>Previews were within %1, in %n change(s).</source>
        <translation>
            <numerusform>%n 次更改中，预览误差在以下范围内：%1。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::app::BatchClient</name>
    <message>
        <source>The gateway&apos;s certificate is not trusted: %1.</source>
        <translation>网关的证书不受信任：%1。</translation>
    </message>
    <message>
        <source>The answer is too long.</source>
        <translation>回答过长。</translation>
    </message>
    <message>
        <source>The gateway was not reached: %1.</source>
        <translation>无法连接网关：%1。</translation>
    </message>
    <message>
        <source>The answer broke off: %1.</source>
        <translation>回答中断：%1。</translation>
    </message>
</context>
<context>
    <name>signalbox::app::FileRecorder</name>
    <message>
        <source>This is a recording already.</source>
        <translation>这已经是录制。</translation>
    </message>
    <message>
        <source>What the gateway sent</source>
        <translation>网关发送的内容</translation>
    </message>
    <message>
        <source>Too many recordings wait already.</source>
        <translation>等待中的录制已过多。</translation>
    </message>
    <message>
        <source>Another window could not be started.</source>
        <translation>无法启动另一个窗口。</translation>
    </message>
</context>
<context>
    <name>signalbox::app::GatewayConfig</name>
    <message>
        <source>Too many changes of the configuration wait already.</source>
        <translation>等待中的配置更改已过多。</translation>
    </message>
</context>
<context>
    <name>signalbox::app::JudgementFile</name>
    <message>
        <source>Votes and batches cannot be kept: %1</source>
        <translation>无法保存投票和批量任务：%1</translation>
    </message>
</context>
<context>
    <name>signalbox::app::KeyKeeper</name>
    <message>
        <source>Type the key first.</source>
        <translation>请先输入密钥。</translation>
    </message>
    <message>
        <source>The key contains blanks or other characters that no key has.</source>
        <translation>密钥含有空白或其他不可能出现的字符。</translation>
    </message>
    <message>
        <source>The name must be %1</source>
        <translation>名称必须是 %1</translation>
    </message>
    <message>
        <source>The configuration has changed; look again.</source>
        <translation>配置已变更；请重新查看。</translation>
    </message>
    <message>
        <source>The keychain did not take the key: %1</source>
        <translation>密钥环未接受该密钥：%1</translation>
    </message>
    <message>
        <source>The key of %1 is kept and in use.</source>
        <translation>%1 的密钥已保存并启用。</translation>
    </message>
    <message>
        <source>%1 no longer uses %2.</source>
        <translation>%1 不再使用 %2。</translation>
    </message>
    <message>
        <source>%1 no longer uses %2, but the keychain still has it: %3</source>
        <translation>%1 不再使用 %2，但密钥环中仍有：%3</translation>
    </message>
    <message>
        <source>%1 is deleted from the keychain.</source>
        <translation>%1 已从密钥环中删除。</translation>
    </message>
    <message>
        <source>%1 is configured.</source>
        <translation>%1 已配置。</translation>
    </message>
    <message>
        <source>%1 is deleted from the encrypted file.</source>
        <translation>%1 已从加密文件中删除。</translation>
    </message>
    <message>
        <source>%1 no longer uses %2, but the encrypted file still has it: %3</source>
        <translation>%1 不再使用 %2，但加密文件中仍有：%3</translation>
    </message>
    <message>
        <source>This configuration is in no file: its providers are simulated.</source>
        <translation>此配置不在文件中：其提供商是模拟的。</translation>
    </message>
</context>
<context>
    <name>signalbox::app::Keychain</name>
    <message>
        <source>it does not answer; perhaps it waits to be unlocked</source>
        <translation>没有应答；可能在等待解锁</translation>
    </message>
    <message>
        <source>it does not give back what was written</source>
        <translation>读回的内容与写入的不符</translation>
    </message>
    <message>
        <source>it is locked or not there</source>
        <translation>已锁定或不存在</translation>
    </message>
</context>
<context>
    <name>signalbox::app::LocalCache</name>
    <message>
        <source>The pairs are being evaluated already.</source>
        <translation>问题对正在评估中。</translation>
    </message>
    <message>
        <source>This answer is not kept any more.</source>
        <translation>此应答已不再留存。</translation>
    </message>
</context>
<context>
    <name>signalbox::app::LocalForesight</name>
    <message>
        <source>The draft is faulty: there is nothing to preview.</source>
        <translation>草稿有错误：没有可预览的内容。</translation>
    </message>
    <message>
        <source>The preview was stopped.</source>
        <translation>预览已停止。</translation>
    </message>
    <message>
        <source>Too many previews wait already.</source>
        <translation>等待中的预览已过多。</translation>
    </message>
</context>
<context>
    <name>signalbox::app::LocalLedger</name>
    <message>
        <source>That is more than can be shown at once. Choose a shorter period.</source>
        <translation>内容超出一次可显示的范围。请选择更短的时段。</translation>
    </message>
    <message>
        <source>The ledger cannot be read: %1</source>
        <translation>无法读取账本：%1</translation>
    </message>
    <message>
        <source>The ledger has too many questions to answer already.</source>
        <translation>账本待回答的问题已过多。</translation>
    </message>
</context>
<context>
    <name>signalbox::app::LocalRecorder</name>
    <message>
        <source>The ledger has too many questions to answer already.</source>
        <translation>账本待回答的问题已过多。</translation>
    </message>
</context>
<context>
    <name>signalbox::app::PlaygroundClient</name>
    <message>
        <source>The gateway&apos;s certificate is not trusted: %1.</source>
        <translation>网关的证书不受信任：%1。</translation>
    </message>
    <message>
        <source>The gateway was not reached: %1.</source>
        <translation>无法连接网关：%1。</translation>
    </message>
</context>
<context>
    <name>signalbox::app::PlaygroundLine</name>
    <message>
        <source>The gateway does not answer: nothing can be asked through it now.</source>
        <translation>网关没有应答：现在无法通过它提问。</translation>
    </message>
    <message>
        <source>A viewer may not spend money: %1 reads everything and asks nothing.</source>
        <translation>查看者不得花费：%1 可以查看一切，但不能提问。</translation>
    </message>
</context>
<context>
    <name>signalbox::app::PlaygroundStore</name>
    <message>
        <source>The playground&apos;s history is too busy.</source>
        <translation>试验场历史过于繁忙。</translation>
    </message>
    <message>
        <source>The playground&apos;s history: %1</source>
        <translation>试验场历史：%1</translation>
    </message>
    <message>
        <source>This comparison is too long to be kept: over %1 MB.</source>
        <translation>这次比较太长，无法保存：超过 %1 MB。</translation>
    </message>
    <message>
        <source>That comparison is not kept any more.</source>
        <translation>那次比较已不再保存。</translation>
    </message>
    <message>
        <source>%1 comparisons are pinned, which is the most: unpin one first.</source>
        <translation>已固定 %1 次比较，达到上限：请先取消固定一次。</translation>
    </message>
</context>
<context>
    <name>signalbox::app::RecordingConfig</name>
    <message>
        <source>This is a recording: its configuration can be read, not changed.</source>
        <translation>这是录制：其配置可以查看，不能更改。</translation>
    </message>
    <message>
        <source>That revision is not in the recording.</source>
        <translation>录制中没有该修订。</translation>
    </message>
    <message>
        <source>This is a recording: there is no gateway to decide anything.</source>
        <translation>这是录制：没有网关可以做决定。</translation>
    </message>
</context>
<context>
    <name>signalbox::app::RecordingSource</name>
    <message>
        <source>This is a recording: nothing can be done to its targets.</source>
        <translation>这是录制：无法对其目标进行操作。</translation>
    </message>
</context>
<context>
    <name>signalbox::app::RemoteCache</name>
    <message>
        <source>The gateway is too old to tell of its cache.</source>
        <translation>网关版本过旧，无法提供其缓存的信息。</translation>
    </message>
    <message>
        <source>The gateway&apos;s answer makes no sense.</source>
        <translation>网关的应答无法理解。</translation>
    </message>
    <message>
        <source>This answer is not kept any more.</source>
        <translation>此应答已不再留存。</translation>
    </message>
</context>
<context>
    <name>signalbox::app::RemoteClient</name>
    <message>
        <source>The gateway is away; nothing was sent.</source>
        <translation>网关不在线，未发送任何内容。</translation>
    </message>
    <message>
        <source>The connection began anew; whether it arrived is not known.</source>
        <translation>连接已重新建立，无法得知是否送达。</translation>
    </message>
    <message>
        <source>%1 answers, but not as a Signalbox does. Is the address right?</source>
        <translation>%1 有应答，但不像 Signalbox。地址是否正确？</translation>
    </message>
    <message>
        <source>The gateway at %1 is too old for this console: bring it up to this console&apos;s version.</source>
        <translation>%1 处的网关对本控制台来说过旧：请将其升级到本控制台的版本。</translation>
    </message>
    <message>
        <source>The gateway at %1 is too new for this console: bring the console up to the gateway&apos;s version, %2.</source>
        <translation>%1 处的网关对本控制台来说过新：请将控制台升级到网关的版本 %2。</translation>
    </message>
    <message>
        <source>The gateway at %1 ended the connection.</source>
        <translation>%1 处的网关结束了连接。</translation>
    </message>
    <message>
        <source>%1 sends events that are too long to be a gateway&apos;s.</source>
        <translation>%1 发来的事件过长，不可能来自网关。</translation>
    </message>
    <message>
        <source>%1 does not answer.</source>
        <translation>%1 没有应答。</translation>
    </message>
    <message>
        <source>%1 has fallen silent.</source>
        <translation>%1 已无响应。</translation>
    </message>
    <message>
        <source>%1 sends a state that makes no sense to this console (%2).</source>
        <translation>%1 发来的状态无法被本控制台理解（%2）。</translation>
    </message>
</context>
<context>
    <name>signalbox::app::RemoteConfig</name>
    <message>
        <source>The gateway&apos;s answer makes no sense.</source>
        <translation>无法理解网关的应答。</translation>
    </message>
    <message>
        <source>The gateway is too old to tell its configuration.</source>
        <translation>网关版本过旧，无法告知其配置。</translation>
    </message>
    <message>
        <source>A viewer may not change the configuration: %1 reads everything and changes nothing.</source>
        <translation>查看者不能更改配置：%1 可以读取一切，但不能更改。</translation>
    </message>
    <message>
        <source>The gateway does not answer: its configuration cannot be changed now.</source>
        <translation>网关没有应答：现在无法更改其配置。</translation>
    </message>
</context>
<context>
    <name>signalbox::app::RemoteForesight</name>
    <message>
        <source>A recording is previewed by a console of its own: signalbox --open FILE</source>
        <translation>录制文件请在单独的控制台中预览：signalbox --open FILE</translation>
    </message>
    <message>
        <source>The gateway is too old to preview changes.</source>
        <translation>网关版本太旧，无法预览更改。</translation>
    </message>
    <message>
        <source>The gateway&apos;s answer cannot be read.</source>
        <translation>无法读取网关的回答。</translation>
    </message>
</context>
<context>
    <name>signalbox::app::RemoteHttp</name>
    <message>
        <source>The certificate of %1 is not trusted: %2. One of your own authority is trusted by --ca-file FILE.</source>
        <translation>%1 的证书不受信任：%2。若由自建机构签发，可用 --ca-file FILE 信任。</translation>
    </message>
    <message>
        <source>The answer is too long to be a gateway&apos;s.</source>
        <translation>应答过长，不可能来自网关。</translation>
    </message>
    <message>
        <source>%1 refuses the connection.</source>
        <translation>%1 拒绝连接。</translation>
    </message>
    <message>
        <source>There is no host called %1.</source>
        <translation>没有名为 %1 的主机。</translation>
    </message>
    <message>
        <source>%1 does not answer.</source>
        <translation>%1 没有应答。</translation>
    </message>
    <message>
        <source>%1 closed the connection.</source>
        <translation>%1 关闭了连接。</translation>
    </message>
    <message>
        <source>No TLS connection to %1: %2.</source>
        <translation>无法与 %1 建立 TLS 连接：%2。</translation>
    </message>
    <message>
        <source>%1 cannot be asked: %2.</source>
        <translation>无法询问 %1：%2。</translation>
    </message>
</context>
<context>
    <name>signalbox::app::RemoteLedger</name>
    <message>
        <source>The gateway&apos;s answer makes no sense.</source>
        <translation>无法理解网关的应答。</translation>
    </message>
</context>
<context>
    <name>signalbox::app::RemoteRecorder</name>
    <message>
        <source>The gateway does not answer: nothing can be recorded now.</source>
        <translation>网关没有应答：现在无法录制。</translation>
    </message>
    <message>
        <source>A viewer makes no recordings: they are made to be taken elsewhere.</source>
        <translation>查看者不能录制：录制文件是供带往别处的。</translation>
    </message>
</context>
<context>
    <name>signalbox::app::RemoteSettings</name>
    <message>
        <source>The gateway is on another machine: its configuration and its keys are kept and changed there. Here stand their names, never the keys.</source>
        <translation>网关在另一台机器上：其配置和密钥在那里保存和修改。这里只列出名称，绝不显示密钥。</translation>
    </message>
    <message>
        <source>This is a recording: of the keys it has their names, never the keys.</source>
        <translation>这是录制：只含密钥的名称，绝不含密钥本身。</translation>
    </message>
</context>
<context>
    <name>signalbox::app::RemoteSource</name>
    <message>
        <source>Too many commands wait already.</source>
        <translation>等待中的命令已过多。</translation>
    </message>
    <message>
        <source>The gateway does not answer: nothing can be done to its targets now.</source>
        <translation>网关没有应答：目前无法对其目标进行操作。</translation>
    </message>
    <message>
        <source>A viewer may not act on targets: %1 reads everything and changes nothing.</source>
        <translation>只读用户不得操作目标：%1 可查看一切，但不能更改。</translation>
    </message>
</context>
<context>
    <name>signalbox::app::RemoteToken</name>
    <message>
        <source>from the variable SIGNALBOX_TOKEN</source>
        <translation>来自变量 SIGNALBOX_TOKEN</translation>
    </message>
    <message>
        <source>%1 asks for an operator&apos;s token. The keychain is unavailable: %2.</source>
        <translation>%1 需要运维令牌。密钥环不可用：%2。</translation>
    </message>
    <message>
        <source>from the keychain</source>
        <translation>来自密钥环</translation>
    </message>
    <message>
        <source>The keychain did not give one: %1.</source>
        <translation>密钥环未能给出：%1。</translation>
    </message>
    <message>
        <source>The keychain has none for it.</source>
        <translation>密钥环中没有它的令牌。</translation>
    </message>
    <message>
        <source>%1 asks for an operator&apos;s token. %2</source>
        <translation>%1 需要运维令牌。%2</translation>
    </message>
    <message>
        <source>typed in, kept until the console ends</source>
        <translation>手动输入，保留到控制台结束</translation>
    </message>
    <message>
        <source>typed in, and kept in the keychain</source>
        <translation>手动输入，已存入密钥环</translation>
    </message>
    <message>
        <source>typed in, kept until the console ends: the keychain did not take it (%1)</source>
        <translation>手动输入，保留到控制台结束：密钥环未能保存（%1）</translation>
    </message>
</context>
<context>
    <name>signalbox::app::TargetTest</name>
    <message>
        <source>The gateway answers at %1.</source>
        <translation>网关在 %1 应答正常。</translation>
    </message>
    <message>
        <source>The gateway does not answer at %1: %2</source>
        <translation>网关在 %1 没有应答：%2</translation>
    </message>
    <message>
        <source>%1 did not answer: %2</source>
        <translation>%1 没有应答：%2</translation>
    </message>
    <message>
        <source>%1 answered in %2 ms, for %3.</source>
        <translation>%1 在 %2 ms 内应答，花费 %3。</translation>
    </message>
    <message>
        <source>an unknown price</source>
        <translation>未知价格</translation>
    </message>
</context>
<context>
    <name>signalbox::app::VaultDesk</name>
    <message>
        <source>the passphrase&apos;s file: %1</source>
        <translation>口令文件：%1</translation>
    </message>
    <message>
        <source>it is locked</source>
        <translation>已锁定</translation>
    </message>
</context>
<context>
    <name>signalbox::app::WebHook</name>
    <message numerus="yes">
        <source>An alert was not posted: %n others are still waiting for the webhook.</source>
        <translation>
            <numerusform>有一条告警未推送：另有 %n 条仍在等待 Webhook。</numerusform>
        </translation>
    </message>
    <message>
        <source>The webhook&apos;s secret cannot be read: %1</source>
        <translation>无法读取 Webhook 的密钥：%1</translation>
    </message>
    <message>
        <source>The webhook took it (HTTP %1).</source>
        <translation>Webhook 已接收（HTTP %1）。</translation>
    </message>
    <message>
        <source>HTTP %1</source>
        <translation>HTTP %1</translation>
    </message>
    <message>
        <source>The webhook refused an alert: %1</source>
        <translation>Webhook 拒绝了告警：%1</translation>
    </message>
    <message>
        <source>The webhook did not take an alert in %1 tries: %2</source>
        <translation>Webhook 在 %1 次尝试后仍未接收告警：%2</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::AlertDesk</name>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Show Alerts</source>
        <translation>查看告警</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Alerts of this console arrive like this.</source>
        <translation>本控制台的告警将以此方式送达。</translation>
    </message>
    <message numerus="yes">
        <source>Signalbox: %n open alerts</source>
        <translation>
            <numerusform>Signalbox：%n 条未处理告警</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::ui::AlertSettings</name>
    <message>
        <source>A breaker opened</source>
        <translation>熔断器断开</translation>
    </message>
    <message>
        <source>A breaker stays open for</source>
        <translation>熔断器持续断开超过</translation>
    </message>
    <message>
        <source>No target of a route can be asked</source>
        <translation>路由没有可用目标</translation>
    </message>
    <message>
        <source>The gateway says nothing for</source>
        <translation>网关无响应超过</translation>
    </message>
    <message>
        <source>More of a minute&apos;s attempts fail than</source>
        <translation>一分钟内尝试失败率超过</translation>
    </message>
    <message>
        <source>A provider&apos;s p95 is above its usual one</source>
        <translation>提供商 p95 高于平时</translation>
    </message>
    <message>
        <source>Requests cost more than</source>
        <translation>请求花费超过</translation>
    </message>
    <message>
        <source>At this pace a client&apos;s day ends above</source>
        <translation>按当前速度，客户端当日花费将超过</translation>
    </message>
    <message>
        <source> min</source>
        <translation> 分钟</translation>
    </message>
    <message>
        <source> s</source>
        <translation> 秒</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source> times</source>
        <translation> 倍</translation>
    </message>
    <message>
        <source> per hour</source>
        <translation>/小时</translation>
    </message>
    <message>
        <source> % of its budget</source>
        <translation> % 预算</translation>
    </message>
    <message>
        <source>%1: for how many seconds</source>
        <translation>%1：持续多少秒</translation>
    </message>
    <message>
        <source>at once</source>
        <translation>立即</translation>
    </message>
    <message>
        <source>for </source>
        <translation>持续 </translation>
    </message>
    <message>
        <source>%1: the limit</source>
        <translation>%1：阈值</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::AlertTellingForm</name>
    <message>
        <source>Notify on the desktop while the window is not in front</source>
        <translation>窗口不在前台时发送桌面通知</translation>
    </message>
    <message>
        <source>Send Test</source>
        <translation>发送测试</translation>
    </message>
    <message>
        <source>Send a test notification</source>
        <translation>发送测试通知</translation>
    </message>
    <message>
        <source>Play a sound</source>
        <translation>播放提示音</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>播放</translation>
    </message>
    <message>
        <source>Play the alerts&apos; sound</source>
        <translation>播放告警提示音</translation>
    </message>
    <message>
        <source>There is no sound here.</source>
        <translation>此处无法播放声音。</translation>
    </message>
    <message>
        <source>Post to a webhook (JSON)</source>
        <translation>推送到 Webhook（JSON）</translation>
    </message>
    <message>
        <source>Address of the webhook</source>
        <translation>Webhook 地址</translation>
    </message>
    <message>
        <source>Send a test to the webhook</source>
        <translation>向 Webhook 发送测试</translation>
    </message>
    <message>
        <source>Header of the secret</source>
        <translation>密钥所在的请求头</translation>
    </message>
    <message>
        <source>Where the secret is kept</source>
        <translation>密钥的存放位置</translation>
    </message>
    <message>
        <source>Header</source>
        <translation>请求头</translation>
    </message>
    <message>
        <source>with the secret</source>
        <translation>密钥取自</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>正在发送…</translation>
    </message>
    <message>
        <source>Tell together what comes within so many seconds</source>
        <translation>合并多少秒内的告警</translation>
    </message>
    <message>
        <source> s</source>
        <translation> 秒</translation>
    </message>
    <message>
        <source>each at once</source>
        <translation>逐条立即</translation>
    </message>
    <message>
        <source>Quiet hours for desktop and sound</source>
        <translation>桌面通知与提示音的静默时段</translation>
    </message>
    <message>
        <source>Quiet from</source>
        <translation>静默开始</translation>
    </message>
    <message>
        <source>Quiet until</source>
        <translation>静默结束</translation>
    </message>
    <message>
        <source>but for what is critical</source>
        <translation>严重告警除外</translation>
    </message>
    <message>
        <source>Tell together what comes within</source>
        <translation>合并此时间内的告警</translation>
    </message>
    <message>
        <source>to</source>
        <translation>至</translation>
    </message>
    <message>
        <source>There is no address yet: nothing is posted.</source>
        <translation>尚未填写地址：不会推送。</translation>
    </message>
    <message>
        <source>Show a sign in the tray while an alert is open</source>
        <translation>有未处理告警时在托盘显示标志</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::AlertsModel</name>
    <message>
        <source>Pending</source>
        <translation>待定</translation>
    </message>
    <message>
        <source>Firing</source>
        <translation>触发中</translation>
    </message>
    <message>
        <source>Flapping</source>
        <translation>抖动</translation>
    </message>
    <message>
        <source>Over</source>
        <translation>已恢复</translation>
    </message>
    <message>
        <source>%1, acknowledged</source>
        <translation>%1，已确认</translation>
    </message>
    <message>
        <source>%1, muted until %2</source>
        <translation>%1，静音至 %2</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>开始于</translation>
    </message>
    <message>
        <source>What</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Observed</source>
        <translation>观测</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::AlertsPage</name>
    <message>
        <source>Alerts</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>Acknowledge</source>
        <translation>确认</translation>
    </message>
    <message>
        <source>Acknowledge All</source>
        <translation>全部确认</translation>
    </message>
    <message>
        <source>Mute for an Hour</source>
        <translation>静音一小时</translation>
    </message>
    <message>
        <source>Return: where it is seen</source>
        <translation>回车：前往所在位置</translation>
    </message>
    <message>
        <source>Mute No Longer</source>
        <translation>取消静音</translation>
    </message>
    <message>
        <source>%1 open of %2 since the console started</source>
        <translation>控制台启动以来共 %2 条，%1 条未处理</translation>
    </message>
    <message>
        <source>No alerts</source>
        <translation>没有告警</translation>
    </message>
    <message>
        <source>Nothing was amiss since the console started.</source>
        <translation>控制台启动以来一切正常。</translation>
    </message>
    <message>
        <source>Rules and Who Is Told…</source>
        <translation>规则与通知对象…</translation>
    </message>
    <message>
        <source>Record…</source>
        <translation>录制…</translation>
    </message>
    <message>
        <source>Record what happened around the alert</source>
        <translation>录制告警前后发生的情况</translation>
    </message>
    <message>
        <source>Everything from ten minutes before the alert on, as one file</source>
        <translation>告警前十分钟起的一切，存为一个文件</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::AnswerView</name>
    <message>
        <source>%1, at an earlier moment</source>
        <translation>%1，较早的时刻</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::AttemptsView</name>
    <message numerus="yes">
        <source>Time line of %n attempt(s)</source>
        <translation>
            <numerusform>%n 次尝试的时间线</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::ui::AttentionPanel</name>
    <message>
        <source>Needs attention</source>
        <translation>需要关注</translation>
    </message>
    <message>
        <source>And %1 more</source>
        <translation>还有 %1 项</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::BatchExport</name>
    <message>
        <source>the batch is another one now.</source>
        <translation>批量任务已更换。</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::BatchForm</name>
    <message>
        <source>a text, whatever its case</source>
        <translation>文本，不区分大小写</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>of every answer</source>
        <translation>针对每个回答</translation>
    </message>
    <message>
        <source>Judge</source>
        <translation>评判</translation>
    </message>
    <message>
        <source>every column against A, both ways round</source>
        <translation>每列与 A 比较，正反各一次</translation>
    </message>
    <message>
        <source>Open Prompts…</source>
        <translation>打开提示词…</translation>
    </message>
    <message>
        <source>JSON Lines with an object a line, or CSV with a header: its names are the variables of the prompt, as in {{name}}</source>
        <translation>每行一个对象的 JSON Lines，或带表头的 CSV：其名称即提示词中的变量，例如 {{name}}</translation>
    </message>
    <message>
        <source>Requests at once</source>
        <translation>并发请求数</translation>
    </message>
    <message>
        <source>Budget in US dollars</source>
        <translation>预算（美元）</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>Nothing more is sent once so much is spent; what is in the air then is still billed</source>
        <translation>花费达到此数后不再发送；已发出的请求仍会计费</translation>
    </message>
    <message>
        <source>At once</source>
        <translation>并发</translation>
    </message>
    <message>
        <source>Budget, USD</source>
        <translation>预算（美元）</translation>
    </message>
    <message>
        <source>Add a Check</source>
        <translation>添加检查</translation>
    </message>
    <message>
        <source>Who judges</source>
        <translation>由谁评判</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>无</translation>
    </message>
    <message>
        <source>What makes an answer good</source>
        <translation>好回答的标准</translation>
    </message>
    <message>
        <source>What makes an answer good, in your words</source>
        <translation>用您的话写出好回答的标准</translation>
    </message>
    <message>
        <source>Two requests for each answer, billed like the others. A verdict that changes with the order counts as a tie.</source>
        <translation>每个回答发送两次请求，照常计费。结论随顺序而变的计为平局。</translation>
    </message>
    <message>
        <source>Check %1</source>
        <translation>检查 %1</translation>
    </message>
    <message>
        <source>What check %1 looks for</source>
        <translation>检查 %1 的内容</translation>
    </message>
    <message>
        <source>Remove this check</source>
        <translation>移除此检查</translation>
    </message>
    <message>
        <source>Remove check %1</source>
        <translation>移除检查 %1</translation>
    </message>
    <message>
        <source>JSON Lines or CSV; its columns are the variables of the prompt</source>
        <translation>JSON Lines 或 CSV；各列即提示词的变量</translation>
    </message>
    <message numerus="yes">
        <source>%n prompts</source>
        <translation>
            <numerusform>%n 条提示词</numerusform>
        </translation>
    </message>
    <message>
        <source>The budget is no amount of dollars.</source>
        <translation>预算不是有效的美元金额。</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::BatchModel</name>
    <message>
        <source>No.</source>
        <translation>序号</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::BatchPanel</name>
    <message>
        <source>n/a</source>
        <translation>无</translation>
    </message>
    <message numerus="yes">
        <source>%n × n/a</source>
        <translation>
            <numerusform>%n × n/a</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n failed</source>
        <translation>
            <numerusform>%n 个失败</numerusform>
        </translation>
    </message>
    <message>
        <source>won %1, tied %2, lost %3 against A; points as in chess: %4</source>
        <translation>对 A 胜 %1、平 %2、负 %3；等级分：%4</translation>
    </message>
    <message>
        <source>Col</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>已回答</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Passed</source>
        <translation>通过</translation>
    </message>
    <message>
        <source>Median latency</source>
        <translation>延迟中位数</translation>
    </message>
    <message>
        <source>Mean cost</source>
        <translation>平均费用</translation>
    </message>
    <message>
        <source>Spent</source>
        <translation>已花费</translation>
    </message>
    <message>
        <source>Better than A</source>
        <translation>优于 A</translation>
    </message>
    <message>
        <source>Written to %1</source>
        <translation>已写入 %1</translation>
    </message>
    <message>
        <source>%1 was not written: %2</source>
        <translation>%1 未能写入：%2</translation>
    </message>
    <message>
        <source>The budget is no amount of dollars.</source>
        <translation>预算不是有效的美元金额。</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Forgets this batch: export it first if it is to be kept</source>
        <translation>将丢弃此批量任务：如需保留请先导出</translation>
    </message>
    <message numerus="yes">
        <source>%n prompts</source>
        <translation>
            <numerusform>%n 条提示词</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n columns</source>
        <translation>
            <numerusform>%n 列</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n checks</source>
        <translation>
            <numerusform>%n 项检查</numerusform>
        </translation>
    </message>
    <message>
        <source>judged by %1</source>
        <translation>由 %1 评判</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2 次中的 %1</translation>
    </message>
    <message numerus="yes">
        <source>pausing: %n in the air</source>
        <translation>
            <numerusform>正在暂停：%n 个请求尚未返回</numerusform>
        </translation>
    </message>
    <message>
        <source>paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>stopped: the budget is spent. Write another one, or none, and resume.</source>
        <translation>已停止：预算已用完。请填写新的预算或留空，然后继续。</translation>
    </message>
    <message>
        <source>stopped: an answer&apos;s price is not known, so no budget can be held. Resume without one if you want to.</source>
        <translation>已停止：有回答的价格未知，无法控制预算。如仍要继续，请不设预算再继续。</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>~ %1 left</source>
        <translation>约剩 %1</translation>
    </message>
    <message>
        <source>%1 of %2 spent</source>
        <translation>已花费 %1，预算 %2</translation>
    </message>
    <message>
        <source>%1 spent</source>
        <translation>已花费 %1</translation>
    </message>
    <message>
        <source>~ %1 to go</source>
        <translation>约还需 %1</translation>
    </message>
    <message>
        <source>Prompt %1, column %2</source>
        <translation>提示词 %1，列 %2</translation>
    </message>
    <message>
        <source>request %1</source>
        <translation>请求 %1</translation>
    </message>
    <message>
        <source>Totals</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>in brackets: between what it is with 90 % certainty</source>
        <translation>括号内为 90% 置信区间</translation>
    </message>
    <message>
        <source>Edit Prompt and Columns</source>
        <translation>编辑提示词和列</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Retry Failed</source>
        <translation>重试失败项</translation>
    </message>
    <message>
        <source>New Batch</source>
        <translation>新建批量任务</translation>
    </message>
    <message>
        <source>Another budget in US dollars; empty: no limit</source>
        <translation>新的预算（美元）；留空表示不限</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>Progress of the batch</source>
        <translation>批量任务进度</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>The chosen answer</source>
        <translation>所选回答</translation>
    </message>
    <message>
        <source>Choose an answer to read it.</source>
        <translation>选择一个回答以查看。</translation>
    </message>
    <message>
        <source>Chosen</source>
        <translation>所选</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>无法读取 %1：%2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>There is a batch already: end it with New Batch first.</source>
        <translation>已有一个批量任务：请先用“新建批量任务”结束它。</translation>
    </message>
    <message>
        <source>Open Prompts</source>
        <translation>打开提示词</translation>
    </message>
    <message>
        <source>There is no batch to export yet.</source>
        <translation>还没有可导出的批量任务。</translation>
    </message>
    <message>
        <source>Export the Batch</source>
        <translation>导出批量任务</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::BatchSession</name>
    <message>
        <source>This console has no way to ask.</source>
        <translation>此控制台无法提问。</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::BillModel</name>
    <message>
        <source>Sum</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>%1 without a price</source>
        <translation>%1 个无价格</translation>
    </message>
    <message>
        <source>%1 estimated</source>
        <translation>%1 为估算</translation>
    </message>
    <message>
        <source>%1 own calls</source>
        <translation>%1 自身调用</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Their bill</source>
        <translation>对方账单</translation>
    </message>
    <message>
        <source>Booked here</source>
        <translation>此处账目</translation>
    </message>
    <message>
        <source>Gap</source>
        <translation>差额</translation>
    </message>
    <message>
        <source>of ours</source>
        <translation>占我方</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>说明</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::BillPanel</name>
    <message>
        <source>Choose a Bill</source>
        <translation>选择账单</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>无法读取 %1：%2</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>as chosen before</source>
        <translation>沿用上次的选择</translation>
    </message>
    <message>
        <source>columns by their names</source>
        <translation>按列名判断</translation>
    </message>
    <message>
        <source>chosen by hand</source>
        <translation>手动选择</translation>
    </message>
    <message>
        <source>There is no ledger here to compare a bill with.</source>
        <translation>此处没有可与账单比较的账本。</translation>
    </message>
    <message>
        <source>Looking up what was booked…</source>
        <translation>正在查询账目…</translation>
    </message>
    <message>
        <source>%1 · %2</source>
        <translation>%1 · %2</translation>
    </message>
    <message>
        <source>They bill %1; %2 is booked here, from %3 to %4.</source>
        <translation>对方账单为 %1；此处记账 %2，自 %3 至 %4。</translation>
    </message>
    <message>
        <source>The bill fits far better with days in %1.</source>
        <translation>若按 %1 划分日期，账单吻合得多。</translation>
    </message>
    <message>
        <source>Use %1</source>
        <translation>使用 %1</translation>
    </message>
    <message>
        <source>%1; it tells no models</source>
        <translation>%1；未列出模型</translation>
    </message>
    <message>
        <source>Bill and books agree.</source>
        <translation>账单与账目一致。</translation>
    </message>
    <message>
        <source>%1  %2
%3</source>
        <translation>%1  %2
%3</translation>
    </message>
    <message>
        <source>Check a bill</source>
        <translation>核对账单</translation>
    </message>
    <message>
        <source>Export the costs of a provider as CSV, by day and by model if it can, and see them beside what was booked here: the gap, and its likely parts. The file is read here and sent nowhere.</source>
        <translation>将提供商的费用导出为 CSV，按日期，如能则按模型，并与此处的账目对照：差额及其可能的组成。文件只在此处读取，不会发送到任何地方。</translation>
    </message>
    <message>
        <source>Choose File…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Back to Costs</source>
        <translation>返回费用</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>提供商</translation>
    </message>
    <message>
        <source>The provider&apos;s days</source>
        <translation>提供商的日期</translation>
    </message>
    <message>
        <source>Most providers count days in UTC</source>
        <translation>多数提供商按 UTC 计日</translation>
    </message>
    <message>
        <source>Bill of</source>
        <translation>账单来自</translation>
    </message>
    <message>
        <source>Their days in</source>
        <translation>对方日期按</translation>
    </message>
    <message>
        <source>Column of the day</source>
        <translation>日期列</translation>
    </message>
    <message>
        <source>Column of the model</source>
        <translation>模型列</translation>
    </message>
    <message>
        <source>Column of the amount</source>
        <translation>金额列</translation>
    </message>
    <message>
        <source>Column of the currency</source>
        <translation>币种列</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>金额</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>币种</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行距</translation>
    </message>
    <message>
        <source>By day</source>
        <translation>按日期</translation>
    </message>
    <message>
        <source>By model</source>
        <translation>按模型</translation>
    </message>
    <message>
        <source>Both</source>
        <translation>两者</translation>
    </message>
    <message>
        <source>Bill and books</source>
        <translation>账单与账目</translation>
    </message>
    <message>
        <source>Their bill and our books</source>
        <translation>对方账单与我方账目</translation>
    </message>
    <message>
        <source>The gap and its likely parts</source>
        <translation>差额及其可能的组成</translation>
    </message>
    <message>
        <source>The gap</source>
        <translation>差额</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::BodiesView</name>
    <message>
        <source>Body</source>
        <translation>正文</translation>
    </message>
    <message>
        <source>Request</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Copy Body</source>
        <translation>复制正文</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Find in the body</source>
        <translation>在正文中查找</translation>
    </message>
    <message>
        <source>There is no ledger to ask.</source>
        <translation>没有可查询的账本。</translation>
    </message>
    <message>
        <source>Looking it up…</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>The bodies of this request were not kept, or are not any more. They are kept where the configuration says [ledger] keep_bodies_days.</source>
        <translation>此请求的正文未保存，或已不再保存。仅当配置中设有 [ledger] keep_bodies_days 时才会保存。</translation>
    </message>
    <message>
        <source>%1 on the line; the end was not kept</source>
        <translation>传输 %1；末尾未保存</translation>
    </message>
    <message>
        <source>%1 on the line</source>
        <translation>传输 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>找到 %n 处</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::ui::BreakerCountTile</name>
    <message>
        <source>Breakers: %1</source>
        <translation>熔断器：%1</translation>
    </message>
    <message>
        <source>Breakers</source>
        <translation>熔断器</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::BreakerDesk</name>
    <message>
        <source>Trip %1: no request will go there</source>
        <translation>强制断开 %1：不再向其发送请求</translation>
    </message>
    <message>
        <source>Trip</source>
        <translation>强制断开</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>知道了</translation>
    </message>
    <message>
        <source>%1 is forced open.</source>
        <translation>%1 已强制断开。</translation>
    </message>
    <message>
        <source>%1 is held closed.</source>
        <translation>%1 已保持闭合。</translation>
    </message>
    <message>
        <source>%1 is drained: requests in flight end, no new ones go there.</source>
        <translation>%1 已排空：进行中的请求继续完成，不再接收新请求。</translation>
    </message>
    <message>
        <source>%1 serves again.</source>
        <translation>%1 恢复服务。</translation>
    </message>
    <message>
        <source>%1 is reset and closed.</source>
        <translation>%1 已复位并闭合。</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::BreakerTile</name>
    <message>
        <source>Trip…</source>
        <translation>强制断开…</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>复位</translation>
    </message>
    <message>
        <source>%1: trip</source>
        <translation>%1：强制断开</translation>
    </message>
    <message>
        <source>Force the breaker open: no request goes there</source>
        <translation>强制断开熔断器：不再向其发送请求</translation>
    </message>
    <message>
        <source>%1: reset</source>
        <translation>%1：复位</translation>
    </message>
    <message>
        <source>Take any force away and close the breaker</source>
        <translation>解除强制并闭合熔断器</translation>
    </message>
    <message>
        <source>%1: more actions</source>
        <translation>%1：更多操作</translation>
    </message>
    <message>
        <source>Drain, hold closed</source>
        <translation>排空、保持闭合</translation>
    </message>
    <message>
        <source>Drain</source>
        <translation>排空</translation>
    </message>
    <message>
        <source>Hold Closed…</source>
        <translation>保持闭合…</translation>
    </message>
    <message>
        <source>Undrain</source>
        <translation>取消排空</translation>
    </message>
    <message>
        <source>Since the start</source>
        <translation>启动以来</translation>
    </message>
    <message>
        <source>24 h</source>
        <translation>24 小时</translation>
    </message>
    <message>
        <source>%1 in a row</source>
        <comment>failures</comment>
        <translation>连续 %1 次</translation>
    </message>
    <message>
        <source>%1 of %2 in a row</source>
        <comment>failures</comment>
        <translation>连续 %1/%2 次</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::CacheEntries</name>
    <message>
        <source>all</source>
        <comment>clients</comment>
        <translation>全部</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>已固定</translation>
    </message>
    <message>
        <source>in %1</source>
        <translation>%1 后</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>%1, for the request %2</source>
        <translation>%1，为请求 %2 而答</translation>
    </message>
    <message>
        <source>It was not given again yet</source>
        <translation>尚未再次给出</translation>
    </message>
    <message>
        <source>It neither makes room nor expires</source>
        <translation>它既不会让位，也不会过期</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>路由</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>客户端</translation>
    </message>
    <message>
        <source>Answered by</source>
        <translation>应答者</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Used last</source>
        <translation>上次使用</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>过期</translation>
    </message>
    <message>
        <source>Hits</source>
        <translation>命中</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>节省</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::CacheEntriesPanel</name>
    <message numerus="yes">
        <source>%n kept answer(s) deleted.</source>
        <translation>
            <numerusform>已删除 %n 个留存的应答。</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n kept answer(s) that “%1” finds deleted.</source>
        <translation>
            <numerusform>已删除“%1”找到的 %n 个留存的应答。</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing was deleted: %1</source>
        <translation>未删除任何内容：%1</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Flush the cache</source>
        <translation>清空缓存</translation>
    </message>
    <message>
        <source>All %1 kept answers go, pinned ones too, and nothing brings them back. Requests are answered by providers until new answers are kept.</source>
        <translation>全部 %1 个留存的应答都会删除，包括已固定的，且无法恢复。在留存新的应答之前，请求由提供商应答。</translation>
    </message>
    <message>
        <source>Flush Cache</source>
        <translation>清空缓存</translation>
    </message>
    <message>
        <source>The cache was not flushed: %1</source>
        <translation>缓存未清空：%1</translation>
    </message>
    <message numerus="yes">
        <source>The cache is flushed: %n entries went.</source>
        <translation>
            <numerusform>缓存已清空：删除了 %n 个条目。</numerusform>
        </translation>
    </message>
    <message>
        <source>It could not be pinned: %1</source>
        <translation>无法固定：%1</translation>
    </message>
    <message>
        <source>Filter: route:… model:… age:&gt;1d hits:0, or words</source>
        <translation>筛选：route:… model:… age:&gt;1d hits:0，或词语</translation>
    </message>
    <message>
        <source>Delete Selected</source>
        <translation>删除所选</translation>
    </message>
    <message>
        <source>Flush All…</source>
        <translation>全部清空…</translation>
    </message>
    <message>
        <source>Kept answers</source>
        <translation>留存的应答</translation>
    </message>
    <message>
        <source>Return: the request it was made for. Delete: take it away</source>
        <translation>Return：它所应答的请求。Delete：删除</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>最新在前</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>最旧在前</translation>
    </message>
    <message>
        <source>Most hits</source>
        <translation>命中最多</translation>
    </message>
    <message>
        <source>Most saved</source>
        <translation>节省最多</translation>
    </message>
    <message>
        <source>Largest</source>
        <translation>最大</translation>
    </message>
    <message>
        <source>Order of the entries</source>
        <translation>条目的顺序</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>取消固定</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>A pinned entry neither makes room nor expires</source>
        <translation>已固定的条目既不会让位，也不会过期</translation>
    </message>
    <message>
        <source>Takes the chosen entries away (Delete)</source>
        <translation>删除所选条目 (Delete)</translation>
    </message>
    <message>
        <source>Delete %1 Matching</source>
        <translation>删除匹配的 %1 个</translation>
    </message>
    <message>
        <source>Takes away all entries that the filter finds, those not read yet included</source>
        <translation>删除筛选找到的所有条目，包括尚未读取的</translation>
    </message>
    <message>
        <source>Takes all entries away, after a question</source>
        <translation>询问后删除所有条目</translation>
    </message>
    <message>
        <source>Looking …</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>Nothing is looked for.</source>
        <translation>未查找任何内容。</translation>
    </message>
    <message>
        <source>No answer is kept yet. The first ones appear when requests are answered.</source>
        <translation>尚未留存应答。请求得到应答后，这里就会出现。</translation>
    </message>
    <message>
        <source>No kept answer is found by this filter.</source>
        <translation>此筛选未找到留存的应答。</translation>
    </message>
    <message>
        <source>%1 of %2, scroll for more</source>
        <translation>%2 个中的 %1 个，滚动查看更多</translation>
    </message>
    <message>
        <source>%1 of %2: narrow the filter to see the others</source>
        <translation>%2 个中的 %1 个：收窄筛选以查看其余</translation>
    </message>
    <message>
        <source>%1 found</source>
        <translation>找到 %1 个</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::CachePage</name>
    <message>
        <source>Cache</source>
        <translation>缓存</translation>
    </message>
    <message>
        <source>Hit rate</source>
        <translation>命中率</translation>
    </message>
    <message>
        <source>of what could be answered</source>
        <translation>占可应答的请求</translation>
    </message>
    <message>
        <source>Nothing was looked up while this page was open</source>
        <translation>打开此页面期间没有查询</translation>
    </message>
    <message>
        <source>What of the cache</source>
        <translation>查看缓存的哪一部分</translation>
    </message>
    <message>
        <source>Kept Answers</source>
        <translation>留存的应答</translation>
    </message>
    <message>
        <source>Near Misses</source>
        <translation>擦边未中</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>The gateway does not answer: nothing can be done to its cache now.</source>
        <translation>网关无响应：现在无法操作其缓存。</translation>
    </message>
    <message>
        <source>A viewer may not change the cache: %1 reads everything and changes nothing.</source>
        <translation>查看者不能更改缓存：%1 可以读取一切，但不能更改。</translation>
    </message>
    <message>
        <source>The configuration cannot be reached from here.</source>
        <translation>无法从这里访问配置。</translation>
    </message>
    <message>
        <source>No cache to look at</source>
        <translation>没有可查看的缓存</translation>
    </message>
    <message>
        <source>This console is not connected to a gateway&apos;s cache.</source>
        <translation>此控制台未连接到网关的缓存。</translation>
    </message>
    <message>
        <source>Turn On</source>
        <translation>开启</translation>
    </message>
    <message>
        <source>Cache is off</source>
        <translation>缓存已关闭</translation>
    </message>
    <message>
        <source>Turned on, the same request is paid for once and then answered from the cache.
Answers by meaning stay off until you choose them.</source>
        <translation>开启后，相同的请求只付费一次，之后由缓存应答。
按含义应答保持关闭，直到您选择开启。</translation>
    </message>
    <message>
        <source>Cache is off: nobody gets the %1 answers that are kept.</source>
        <translation>缓存已关闭：留存的 %1 个应答不会给出。</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Turn the cache on for requests that are the same</source>
        <translation>为相同的请求开启缓存</translation>
    </message>
    <message>
        <source>Answer by meaning from a likeness of %1 on</source>
        <translation>相似度达到 %1 时按含义应答</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::CacheSummary</name>
    <message>
        <source>How full the cache is</source>
        <translation>缓存的占用</translation>
    </message>
    <message>
        <source>Response cache</source>
        <translation>应答缓存</translation>
    </message>
    <message>
        <source>Providers&apos; prompt caches</source>
        <translation>提供商的提示词缓存</translation>
    </message>
    <message>
        <source>cached input</source>
        <translation>缓存的输入</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>节省</translation>
    </message>
    <message>
        <source>since the gateway&apos;s start</source>
        <translation>自网关启动以来</translation>
    </message>
    <message>
        <source>Cache is off</source>
        <translation>缓存已关闭</translation>
    </message>
    <message>
        <source>Nothing asked yet</source>
        <translation>尚无请求</translation>
    </message>
    <message>
        <source>Nothing is looked up and nothing is kept.</source>
        <translation>不查询，也不留存。</translation>
    </message>
    <message>
        <source>; %1 made room</source>
        <translation>；%1 个已让位</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>a provider and its share</comment>
        <translation>%1 %2</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>另有 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>No provider has told of tokens yet.</source>
        <translation>尚无提供商报告 token 数。</translation>
    </message>
    <message>
        <source>No answer was given again yet.</source>
        <translation>尚无应答再次给出。</translation>
    </message>
    <message>
        <source>%1 of waiting</source>
        <translation>少等了 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n hit(s) saved nobody knows how much: their price is not known</source>
        <translation>
            <numerusform>%n 次命中节省了多少无从得知：其价格未知</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::ui::CallAnswers</name>
    <message>
        <source>Send Results</source>
        <translation>发送结果</translation>
    </message>
    <message>
        <source>Send results to %1</source>
        <translation>将结果发送给 %1</translation>
    </message>
    <message>
        <source>%1 wants %2</source>
        <translation>%1 要调用 %2</translation>
    </message>
    <message>
        <source>%1: result of call %2, %3</source>
        <translation>%1：第 %2 个调用 %3 的结果</translation>
    </message>
    <message>
        <source>What it brings</source>
        <translation>它返回的内容</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::ChangeRow</name>
    <message>
        <source>The requests of this target</source>
        <translation>此目标的请求</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::ChartTableModel</name>
    <message>
        <source>no data</source>
        <translation>无数据</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::CommandPalette</name>
    <message>
        <source>Command palette</source>
        <translation>命令面板</translation>
    </message>
    <message>
        <source>Type an action, a page or a target</source>
        <translation>输入操作、页面或目标</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::ComposePanel</name>
    <message>
        <source>What goes with the prompt</source>
        <translation>随提示词发送的内容</translation>
    </message>
    <message>
        <source>Parameters</source>
        <translation>参数</translation>
    </message>
    <message>
        <source>Variables</source>
        <translation>变量</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>工具</translation>
    </message>
    <message>
        <source>Schema</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>Tools as JSON</source>
        <translation>JSON 格式的工具</translation>
    </message>
    <message>
        <source>Schema of the answer</source>
        <translation>回答的模式</translation>
    </message>
    <message>
        <source>[{&quot;type&quot;: &quot;function&quot;, &quot;function&quot;: {&quot;name&quot;: …}}]
Functions the model may ask for; you answer its calls by hand.</source>
        <translation>[{&quot;type&quot;: &quot;function&quot;, &quot;function&quot;: {&quot;name&quot;: …}}]
模型可以调用的函数；由您手动回答它的调用。</translation>
    </message>
    <message>
        <source>{&quot;type&quot;: &quot;object&quot;, &quot;properties&quot;: …}
What the answer has to look like; empty: any text.</source>
        <translation>{&quot;type&quot;: &quot;object&quot;, &quot;properties&quot;: …}
回答必须符合的结构；留空：任意文本。</translation>
    </message>
    <message>
        <source>the model&apos;s own</source>
        <translation>模型默认值</translation>
    </message>
    <message>
        <source>Runs of each column</source>
        <translation>每列的运行次数</translation>
    </message>
    <message>
        <source>Each column asks so many times, one after the other, and tells the mean and how far its answers lie apart. Each is billed.</source>
        <translation>每列依次询问这么多次，并给出平均值和结果的离散程度。每次都计费。</translation>
    </message>
    <message>
        <source>Repeat</source>
        <translation>重复</translation>
    </message>
    <message>
        <source>Write {{name}} in the prompt: its value is asked for here.</source>
        <translation>在提示词中写 {{name}}：它的值在这里填写。</translation>
    </message>
    <message>
        <source>Value of %1</source>
        <translation>%1 的值</translation>
    </message>
    <message numerus="yes">
        <source>%n tool(s)</source>
        <translation>
            <numerusform>%n 个工具</numerusform>
        </translation>
    </message>
    <message>
        <source>a schema</source>
        <translation>一个模式</translation>
    </message>
    <message>
        <source>faulty JSON</source>
        <translation>JSON 有误</translation>
    </message>
    <message>
        <source>%1 runs each</source>
        <translation>各运行 %1 次</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::ConditionEditor</name>
    <message>
        <source>to under</source>
        <translation>到不足</translation>
    </message>
    <message>
        <source>Fact</source>
        <translation>事实</translation>
    </message>
    <message>
        <source>Name of the header or metadata</source>
        <translation>请求头或元数据的名称</translation>
    </message>
    <message>
        <source>name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Compared with</source>
        <translation>比较值</translation>
    </message>
    <message>
        <source>Up to but not including</source>
        <translation>直到（不含）</translation>
    </message>
    <message>
        <source>Values, separated by commas</source>
        <translation>值，用逗号分隔</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Choose the values</source>
        <translation>选择值</translation>
    </message>
    <message>
        <source>Remove this condition</source>
        <translation>移除此条件</translation>
    </message>
    <message>
        <source>is over</source>
        <translation>大于</translation>
    </message>
    <message>
        <source>is at least</source>
        <translation>不小于</translation>
    </message>
    <message>
        <source>is under</source>
        <translation>小于</translation>
    </message>
    <message>
        <source>is at most</source>
        <translation>不大于</translation>
    </message>
    <message>
        <source>is from</source>
        <translation>从</translation>
    </message>
    <message>
        <source>is one of</source>
        <translation>为其中之一</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::ConfigChangeBar</name>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Somebody changed the configuration meanwhile. This is the change of what is in force now; nothing was applied yet.</source>
        <translation>期间有人更改了配置。这是对现行配置的改动；尚未应用任何内容。</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::ConfirmDialog</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::ConnectionBar</name>
    <message>
        <source>Retry Now</source>
        <translation>立即重试</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>知道了</translation>
    </message>
    <message>
        <source>Asks the gateway at once</source>
        <translation>立即询问网关</translation>
    </message>
    <message>
        <source>Dismiss the warning</source>
        <translation>忽略此警告</translation>
    </message>
    <message>
        <source>The operator&apos;s token</source>
        <translation>运维令牌</translation>
    </message>
    <message>
        <source>admin_token, or an operator&apos;s own</source>
        <translation>admin_token，或某位运维人员自己的令牌</translation>
    </message>
    <message>
        <source>&amp;Token</source>
        <translation>令牌(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Keep it in the keychain</source>
        <translation>存入密钥环(&amp;K)</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Go on with the token in use</source>
        <translation>继续使用当前令牌</translation>
    </message>
    <message>
        <source>Another token for %1</source>
        <translation>%1 的另一个令牌</translation>
    </message>
    <message>
        <source>Connecting to %1…</source>
        <translation>正在连接 %1…</translation>
    </message>
    <message>
        <source>%1 asks for an operator&apos;s token.</source>
        <translation>%1 需要运维令牌。</translation>
    </message>
    <message>
        <source>What you see is what it said %1 ago.</source>
        <comment>a duration</comment>
        <translation>所示内容是它 %1前的数据。</translation>
    </message>
    <message>
        <source>Trying again in %1.</source>
        <comment>a countdown</comment>
        <translation>将在 %1 后重试。</translation>
    </message>
    <message>
        <source>The keychain is unavailable; the token is kept until the console ends</source>
        <translation>密钥环不可用；令牌保留到控制台结束</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::ConnectionPanel</name>
    <message>
        <source>Use Another…</source>
        <translation>使用另一个…</translation>
    </message>
    <message>
        <source>Use another token</source>
        <translation>使用另一个令牌</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>网关</translation>
    </message>
    <message>
        <source>You are</source>
        <translation>您的身份</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>%1, Signalbox %2</source>
        <translation>%1，Signalbox %2</translation>
    </message>
    <message>
        <source>not known yet</source>
        <translation>尚不清楚</translation>
    </message>
    <message>
        <source>%1, a viewer: reads everything, changes nothing</source>
        <translation>%1，只读用户：可查看一切，不能更改</translation>
    </message>
    <message>
        <source>%1, an operator: may act on targets</source>
        <translation>%1，运维人员：可操作目标</translation>
    </message>
    <message>
        <source>none yet</source>
        <translation>尚无</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::ConsoleActions</name>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Time</source>
        <translation>时间(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>转到(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>后退(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Forward</source>
        <translation>前进(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Command Palette…</source>
        <translation>命令面板(&amp;C)…</translation>
    </message>
    <message>
        <source>Ta&amp;rgets</source>
        <translation>目标(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Alerts</source>
        <translation>告警(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Acknowledge</source>
        <translation>确认(&amp;A)</translation>
    </message>
    <message>
        <source>Acknowledge A&amp;ll</source>
        <translation>全部确认(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Mute or Unmute for an Hour</source>
        <translation>静音一小时或取消静音(&amp;M)</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>密钥(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Keyboard Shortcuts</source>
        <translation>键盘快捷键(&amp;K)</translation>
    </message>
    <message>
        <source>&amp;About Signalbox</source>
        <translation>关于 Signalbox(&amp;A)</translation>
    </message>
    <message>
        <source>Export Chart as &amp;CSV…</source>
        <translation>图表导出为 CSV(&amp;C)…</translation>
    </message>
    <message>
        <source>Export Chart as &amp;PNG…</source>
        <translation>图表导出为 PNG(&amp;P)…</translation>
    </message>
    <message>
        <source>Export Chart as &amp;SVG…</source>
        <translation>图表导出为 SVG(&amp;S)…</translation>
    </message>
    <message>
        <source>P&amp;rofile</source>
        <translation>环境标记(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;None</source>
        <translation>无(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Filter This Page</source>
        <translation>筛选本页(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Settings…</source>
        <translation>设置(&amp;S)…</translation>
    </message>
    <message>
        <source>Set Up a &amp;Provider…</source>
        <translation>设置提供商(&amp;P)…</translation>
    </message>
    <message>
        <source>&amp;Pause Live View</source>
        <translation>暂停实时视图(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Refresh Now</source>
        <translation>立即刷新(&amp;R)</translation>
    </message>
    <message>
        <source>Chart as &amp;Table</source>
        <translation>图表显示为表格(&amp;T)</translation>
    </message>
    <message>
        <source>T&amp;heme</source>
        <translation>主题(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;System</source>
        <translation>跟随系统(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>浅色(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>深色(&amp;D)</translation>
    </message>
    <message>
        <source>La&amp;nguage</source>
        <translation>语言(&amp;N)</translation>
    </message>
    <message>
        <source>Reset &amp;Layout</source>
        <translation>重置布局(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Range</source>
        <translation>范围(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Choose Range…</source>
        <translation>选择范围(&amp;C)…</translation>
    </message>
    <message>
        <source>&amp;Earlier</source>
        <translation>向前(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Later</source>
        <translation>向后(&amp;L)</translation>
    </message>
    <message>
        <source>Zoom &amp;In</source>
        <translation>放大(&amp;I)</translation>
    </message>
    <message>
        <source>Zoom &amp;Out</source>
        <translation>缩小(&amp;O)</translation>
    </message>
    <message>
        <source>Back to the &amp;Live Range</source>
        <translation>回到实时范围(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Zone</source>
        <translation>时区(&amp;Z)</translation>
    </message>
    <message>
        <source>&amp;Local Time</source>
        <translation>本地时间(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;UTC</source>
        <translation>UTC(&amp;U)</translation>
    </message>
    <message>
        <source>R&amp;outing</source>
        <translation>路由(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Playground</source>
        <translation>试验场(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Te&amp;xt Size</source>
        <translation>文字大小(&amp;X)</translation>
    </message>
    <message>
        <source>Ro&amp;ws</source>
        <translation>行距(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Airy</source>
        <translation>宽松(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Dense</source>
        <translation>紧凑(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Review, then Apply</source>
        <translation>审阅，然后应用(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Discard the Draft</source>
        <translation>放弃草稿(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;New Route</source>
        <translation>新建路由(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Try a Prompt</source>
        <translation>试一个提示词(&amp;T)</translation>
    </message>
    <message>
        <source>Re&amp;visions and Rollback</source>
        <translation>历史版本与回滚(&amp;V)</translation>
    </message>
    <message>
        <source>C&amp;ustom…</source>
        <translation>自定义(&amp;U)…</translation>
    </message>
    <message>
        <source>A range by its two ends</source>
        <translation>以起止时间指定范围</translation>
    </message>
    <message>
        <source>Re&amp;hearsal</source>
        <translation>演练(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;End All</source>
        <translation>全部结束(&amp;E)</translation>
    </message>
    <message>
        <source>End all rehearsed faults</source>
        <translation>结束所有演练故障</translation>
    </message>
    <message>
        <source>&amp;Run All Columns</source>
        <translation>运行所有列(&amp;R)</translation>
    </message>
    <message>
        <source>Run All</source>
        <translation>全部运行</translation>
    </message>
    <message>
        <source>&amp;Stop All Columns</source>
        <translation>停止所有列(&amp;S)</translation>
    </message>
    <message>
        <source>Stop All</source>
        <translation>全部停止</translation>
    </message>
    <message>
        <source>Add a &amp;Column</source>
        <translation>添加一列(&amp;C)</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Judge &amp;Blind</source>
        <translation>盲评(&amp;B)</translation>
    </message>
    <message>
        <source>&amp;Open Chosen Request Here</source>
        <translation>在此打开所选请求(&amp;O)</translation>
    </message>
    <message>
        <source>Export Playground as &amp;JSON…</source>
        <translation>将试验场导出为 JSON(&amp;J)…</translation>
    </message>
    <message>
        <source>Export Playground as &amp;Markdown…</source>
        <translation>将试验场导出为 Markdown(&amp;M)…</translation>
    </message>
    <message>
        <source>Copy Playground as c&amp;url</source>
        <translation>将试验场复制为 curl(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Details of the Target</source>
        <translation>目标详情(&amp;D)</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>导入(&amp;I)…</translation>
    </message>
    <message>
        <source>A LiteLLM config.yaml or a Portkey config, into the draft</source>
        <translation>将 LiteLLM 的 config.yaml 或 Portkey 配置导入草稿</translation>
    </message>
    <message>
        <source>Record the &amp;Last 15 Minutes…</source>
        <translation>录制最近 15 分钟(&amp;L)…</translation>
    </message>
    <message>
        <source>Record the Period &amp;Shown…</source>
        <translation>录制所显示的时段(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Open Recording…</source>
        <translation>打开录制(&amp;O)…</translation>
    </message>
    <message>
        <source>Take the Trial &amp;Over Now</source>
        <translation>立即接管试行(&amp;O)</translation>
    </message>
    <message>
        <source>What is on trial for a share serves all requests</source>
        <translation>试行中的配置服务全部请求</translation>
    </message>
    <message>
        <source>Roll the Trial &amp;Back Now</source>
        <translation>立即回滚试行(&amp;B)</translation>
    </message>
    <message>
        <source>What is on trial for a share serves nobody any more</source>
        <translation>试行中的配置不再服务任何请求</translation>
    </message>
    <message>
        <source>&amp;Earlier Comparisons</source>
        <translation>以往的比较(&amp;E)</translation>
    </message>
    <message>
        <source>History</source>
        <translation>历史</translation>
    </message>
    <message>
        <source>Export Playground as &amp;HTML…</source>
        <translation>将试验场导出为 HTML(&amp;H)…</translation>
    </message>
    <message>
        <source>Copy Playground as &amp;Python</source>
        <translation>将试验场复制为 Python(&amp;P)</translation>
    </message>
    <message>
        <source>Copy Playground as &amp;Node.js</source>
        <translation>将试验场复制为 Node.js(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Preview Effect</source>
        <translation>预览效果(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>比较(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Judge</source>
        <translation>评判(&amp;J)</translation>
    </message>
    <message>
        <source>&amp;Batch</source>
        <translation>批量(&amp;B)</translation>
    </message>
    <message>
        <source>Open &amp;Prompts for a Batch…</source>
        <translation>打开批量提示词文件(&amp;P)…</translation>
    </message>
    <message>
        <source>Export Batch as CS&amp;V…</source>
        <translation>将批量结果导出为 CSV(&amp;V)…</translation>
    </message>
    <message>
        <source>Export Batch as JSON &amp;Lines…</source>
        <translation>将批量结果导出为 JSON Lines(&amp;L)…</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::ConsoleWindow</name>
    <message>
        <source>Texts change with the next start of the console.</source>
        <translation>文字将在下次启动控制台时切换。</translation>
    </message>
    <message>
        <source>nothing to undo</source>
        <translation>没有可撤销的操作</translation>
    </message>
    <message>
        <source>Export %1</source>
        <translation>导出%1</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Written to %1</source>
        <translation>已写入 %1</translation>
    </message>
    <message>
        <source>after the set-up</source>
        <translation>完成设置后可用</translation>
    </message>
    <message>
        <source>The zone of all times</source>
        <translation>所有时间的时区</translation>
    </message>
    <message>
        <source>Range: %1</source>
        <translation>范围：%1</translation>
    </message>
    <message>
        <source>The gateway keeps %1</source>
        <translation>网关保留 %1</translation>
    </message>
    <message>
        <source>Zone of all times: %1</source>
        <translation>所有时间的时区：%1</translation>
    </message>
    <message>
        <source>no filter on this page</source>
        <translation>本页没有筛选</translation>
    </message>
    <message>
        <source>no chart on this page</source>
        <translation>本页没有图表</translation>
    </message>
    <message>
        <source>Signalbox</source>
        <translation>Signalbox</translation>
    </message>
    <message numerus="yes">
        <source>%n open breakers</source>
        <translation>
            <numerusform>%n 个熔断器断开</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n open alerts</source>
        <translation>
            <numerusform>%n 条未处理告警</numerusform>
        </translation>
    </message>
    <message>
        <source>The gateway has said nothing for %1. What you see is what it said last.</source>
        <translation>网关已 %1 无响应。当前显示的是最后一次数据。</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Freeze all pages at this instant</source>
        <translation>将所有页面冻结在此刻</translation>
    </message>
    <message>
        <source>Paused at %1 · %2 new requests</source>
        <translation>已于 %1 暂停 · %2 个新请求</translation>
    </message>
    <message>
        <source>the gateway is on another machine</source>
        <translation>网关在另一台机器上</translation>
    </message>
    <message>
        <source>Choose a request on its page first.</source>
        <translation>请先在请求页面上选择一个请求。</translation>
    </message>
    <message>
        <source>&amp;Undo: %1</source>
        <translation>撤销(&amp;U)：%1</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>撤销(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo: %1</source>
        <translation>重做(&amp;R)：%1</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>重做(&amp;R)</translation>
    </message>
    <message>
        <source>nothing to redo</source>
        <translation>没有可重做的</translation>
    </message>
    <message>
        <source>Go to Route %1</source>
        <translation>转到路由 %1</translation>
    </message>
    <message>
        <source>Routes</source>
        <translation>路由</translation>
    </message>
    <message>
        <source>nothing is rehearsed</source>
        <translation>没有演练</translation>
    </message>
    <message>
        <source>Rehearsal, by the simulator: %1.</source>
        <translation>演练（由模拟器进行）：%1。</translation>
    </message>
    <message>
        <source>End All</source>
        <translation>全部结束</translation>
    </message>
    <message>
        <source>the configuration cannot be reached from here</source>
        <translation>从这里无法访问配置</translation>
    </message>
    <message numerus="yes">
        <source>%n routes with unapplied changes</source>
        <translation>
            <numerusform>%n 条路由有未应用的更改</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing is unapplied</source>
        <translation>没有未应用的更改</translation>
    </message>
    <message>
        <source>Unapplied changes</source>
        <translation>未应用的更改</translation>
    </message>
    <message>
        <source>The routes have unapplied changes.</source>
        <translation>路由有未应用的更改。</translation>
    </message>
    <message>
        <source>A kept draft is here again at the next start. The gateway goes on with what runs now.</source>
        <translation>保留的草稿下次启动时仍在。网关继续按现在运行的配置工作。</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Keep Draft</source>
        <translation>保留草稿</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Unlock…</source>
        <translation>解锁…</translation>
    </message>
    <message>
        <source>No data since %1</source>
        <translation>自 %1 起无数据</translation>
    </message>
    <message>
        <source>Quit Signalbox?</source>
        <translation>退出 Signalbox？</translation>
    </message>
    <message numerus="yes">
        <source>The gateway ends with this window, and %n requests that it serves break off.</source>
        <translation>
            <numerusform>网关将随此窗口结束，正在服务的 %n 个请求会中断。</numerusform>
        </translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Move the details to the other side</source>
        <translation>将详情移到另一侧</translation>
    </message>
    <message>
        <source>Close the details</source>
        <translation>关闭详情</translation>
    </message>
    <message>
        <source>this is a recording</source>
        <translation>这是录制</translation>
    </message>
    <message>
        <source>Recorded into %1: %2 requests, %3.</source>
        <translation>已录制到 %1：%2 个请求，%3。</translation>
    </message>
    <message>
        <source>%1 older ones did not fit.</source>
        <translation>%1 个较早的请求未能容纳。</translation>
    </message>
    <message>
        <source>The ledger could not be read: %1.</source>
        <translation>无法读取账本：%1。</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>断开</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>this console makes no recordings</source>
        <translation>此控制台不能录制</translation>
    </message>
    <message>
        <source>This console makes no recordings.</source>
        <translation>此控制台不能录制。</translation>
    </message>
    <message>
        <source>Record %1</source>
        <translation>录制 %1</translation>
    </message>
    <message>
        <source>Recording %1…</source>
        <translation>正在录制 %1…</translation>
    </message>
    <message>
        <source>Open a Recording</source>
        <translation>打开录制</translation>
    </message>
    <message>
        <source>nothing is on trial</source>
        <translation>没有正在试行的更改</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::CostsChart</name>
    <message>
        <source>Cost per day</source>
        <translation>每日费用</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source> so far</source>
        <translation>（截至目前）</translation>
    </message>
    <message>
        <source>today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>budget %1 a day</source>
        <translation>预算每日 %1</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::CostsModel</name>
    <message>
        <source>All others</source>
        <translation>其余</translation>
    </message>
    <message>
        <source>Sum</source>
        <translation>合计</translation>
    </message>
    <message>
        <source>Their cost is not known, and not in the sums</source>
        <translation>它们的费用未知，不计入合计</translation>
    </message>
    <message>
        <source>%1 of it is estimated</source>
        <translation>其中 %1 为估算</translation>
    </message>
    <message>
        <source>One that was tried at two counts at each, and twice in the sum</source>
        <translation>在两处尝试过的请求在各处都计数，在合计中计两次</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Tokens in</source>
        <translation>输入 token</translation>
    </message>
    <message>
        <source>Tokens out</source>
        <translation>输出 token</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>per 1k req.</source>
        <translation>每千次请求</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>占比</translation>
    </message>
    <message>
        <source>Price n/a</source>
        <translation>价格未知</translation>
    </message>
    <message>
        <source>Part of the cost: billed for calls that failed, or that another one outran</source>
        <translation>属于费用的一部分：为失败或被其他调用抢先的调用付费</translation>
    </message>
    <message>
        <source>Clients left before the answer was complete; it cost %1, which is part of the cost</source>
        <translation>客户端在回答完成前离开；花费 %1，属于费用的一部分</translation>
    </message>
    <message>
        <source>%1 by the providers&apos; prompt caches, less what writing into them cost more; %2 by answers from the cache</source>
        <translation>提供商的提示缓存节省 %1（已扣除写入缓存的额外费用）；缓存回答节省 %2</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>requests, share of all</comment>
        <translation>%1（%2）</translation>
    </message>
    <message>
        <source>What was billed for calls that failed, or that another one outran; part of the cost</source>
        <translation>为失败或被其他调用抢先的调用所付的费用；属于费用的一部分</translation>
    </message>
    <message>
        <source>Requests whose clients left before the answer was complete, where it was tried last</source>
        <translation>客户端在回答完成前离开的请求，计在最后一次尝试处</translation>
    </message>
    <message>
        <source>By the providers&apos; prompt caches and by answers from the cache</source>
        <translation>由提供商的提示缓存和缓存回答节省</translation>
    </message>
    <message>
        <source>Shadows and health checks, which no client asked for; beside the cost</source>
        <translation>并非客户端请求的影子请求和健康检查；不计入费用</translation>
    </message>
    <message>
        <source>Wasted</source>
        <translation>浪费</translation>
    </message>
    <message>
        <source>Abandoned</source>
        <translation>已放弃</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>节省</translation>
    </message>
    <message>
        <source>Own calls</source>
        <translation>自身调用</translation>
    </message>
    <message>
        <source>Beside the cost: %1 for shadows, %2 for health checks, %3 for the cache&apos;s embedder</source>
        <translation>费用之外：影子请求 %1，健康检查 %2，缓存的嵌入模型 %3</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::CostsPage</name>
    <message>
        <source>Costs</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Cumulative</source>
        <translation>累计</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>对数</translation>
    </message>
    <message>
        <source>CSV</source>
        <translation>CSV</translation>
    </message>
    <message>
        <source>Costs by group</source>
        <translation>分组费用</translation>
    </message>
    <message>
        <source>Cost per day</source>
        <translation>每日费用</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>Tasks are not parted any further</source>
        <translation>任务不再细分</translation>
    </message>
    <message>
        <source>There is no time zone called “%1”. Its name is one like Europe/Berlin or Asia/Kolkata.</source>
        <translation>没有名为“%1”的时区。名称应类似 Europe/Berlin 或 Asia/Kolkata。</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>最近 7 天</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>最近 30 天</translation>
    </message>
    <message>
        <source>Last 90 days</source>
        <translation>最近 90 天</translation>
    </message>
    <message>
        <source>This month</source>
        <translation>本月</translation>
    </message>
    <message>
        <source>Last month</source>
        <translation>上月</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>时段</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>提供商</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>路由</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>客户端</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>任务</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>不细分</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>分组</translation>
    </message>
    <message>
        <source>then</source>
        <translation>再按</translation>
    </message>
    <message>
        <source>Top</source>
        <translation>前</translation>
    </message>
    <message>
        <source>Days in</source>
        <translation>日期时区</translation>
    </message>
    <message>
        <source>Write the sums of days and groups to a file</source>
        <translation>将每日与分组的合计写入文件</translation>
    </message>
    <message>
        <source>Show Them</source>
        <translation>查看这些请求</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>总计</translation>
    </message>
    <message>
        <source>Days in %1</source>
        <translation>日期时区：%1</translation>
    </message>
    <message>
        <source>there is no ledger to ask</source>
        <translation>没有可查询的账本</translation>
    </message>
    <message>
        <source>no request in this period</source>
        <translation>该时段内没有请求</translation>
    </message>
    <message>
        <source>nothing was spent: no price is known of what was asked, or it was free</source>
        <translation>没有花费：所请求的内容价格未知，或者免费</translation>
    </message>
    <message>
        <source>of all groups; today hatched, so far</source>
        <translation>全部分组；今天以斜线表示，截至目前</translation>
    </message>
    <message>
        <source>by %1; today hatched, so far</source>
        <translation>按%1；今天以斜线表示，截至目前</translation>
    </message>
    <message>
        <source>= sum of days = sum of rows ✓</source>
        <translation>= 每日之和 = 各行之和 ✓</translation>
    </message>
    <message>
        <source>The sums of days and rows differ: this is a fault.</source>
        <translation>每日之和与各行之和不同：这是一个错误。</translation>
    </message>
    <message>
        <source>
= sum by another grouping ✓</source>
        <translation>
= 按另一分组的合计 ✓</translation>
    </message>
    <message>
        <source>
By model it is %1: some of the requests are not kept any more.</source>
        <translation>
按模型为 %1：部分请求已不再保留。</translation>
    </message>
    <message>
        <source>
By another grouping it is %1: this is a fault, or news came between.</source>
        <translation>
按另一分组为 %1：这是一个错误，或期间有新请求。</translation>
    </message>
    <message>
        <source>
%1 of it is estimated.</source>
        <translation>
其中 %1 为估算。</translation>
    </message>
    <message>
        <source>Next %1 days: %2 ± %3</source>
        <translation>未来 %1 天：%2 ± %3</translation>
    </message>
    <message>
        <source>No forecast from less than a week of whole days</source>
        <translation>完整天数不足一周，不作预测</translation>
    </message>
    <message numerus="yes">
        <source>The mean of %n whole day(s); 80 of 100 such months lie within the band, if days go on to differ as they did</source>
        <translation>
            <numerusform>%n 个完整日的平均值；若每日差异照旧，100 个这样的月份中有 80 个落在此区间内</numerusform>
        </translation>
    </message>
    <message>
        <source>The price of every request is known.</source>
        <translation>所有请求的价格均已知。</translation>
    </message>
    <message numerus="yes">
        <source>%n request(s) have no known price (n/a) and are not in the sums.</source>
        <translation>
            <numerusform>%n 个请求没有已知价格（n/a），不计入合计。</numerusform>
        </translation>
    </message>
    <message>
        <source>Models: %1.</source>
        <translation>模型：%1。</translation>
    </message>
    <message>
        <source>(no provider reached)</source>
        <translation>（未到达提供商）</translation>
    </message>
    <message>
        <source>(none)</source>
        <translation>（无）</translation>
    </message>
    <message>
        <source>All others</source>
        <translation>其余</translation>
    </message>
    <message>
        <source>Export Costs</source>
        <translation>导出费用</translation>
    </message>
    <message>
        <source>%1 was not written: %2</source>
        <translation>%1 未能写入：%2</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Written to %1</source>
        <translation>已写入 %1</translation>
    </message>
    <message>
        <source>Check a Bill…</source>
        <translation>核对账单…</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>Wasted</source>
        <translation>浪费</translation>
    </message>
    <message>
        <source>Abandoned</source>
        <translation>已放弃</translation>
    </message>
    <message>
        <source>Saved</source>
        <translation>节省</translation>
    </message>
    <message>
        <source>Own calls</source>
        <translation>自身调用</translation>
    </message>
    <message>
        <source>What the chart shows</source>
        <translation>图表显示的内容</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>图表</translation>
    </message>
    <message>
        <source>A provider&apos;s bill beside what was booked here</source>
        <translation>将提供商的账单与此处的账目对照</translation>
    </message>
    <message>
        <source>Wasted on calls without an answer: %1</source>
        <translation>浪费在没有得到回答的调用上：%1</translation>
    </message>
    <message numerus="yes">
        <source>%Ln request(s) abandoned by clients: %1</source>
        <translation>
            <numerusform>客户端放弃了 %Ln 个请求：%1</numerusform>
        </translation>
    </message>
    <message>
        <source>Saved by prompt caches: %1</source>
        <translation>由提示缓存节省：%1</translation>
    </message>
    <message>
        <source>Saved by answers from the cache: %1</source>
        <translation>由缓存回答节省：%1</translation>
    </message>
    <message>
        <source>Beside the cost, shadows: %1</source>
        <translation>费用之外，影子请求：%1</translation>
    </message>
    <message>
        <source>Beside the cost, health checks: %1</source>
        <translation>费用之外，健康检查：%1</translation>
    </message>
    <message>
        <source>nothing of this kind in this period</source>
        <translation>此期间没有此类内容</translation>
    </message>
    <message>
        <source>%1 per day</source>
        <translation>每天的%1</translation>
    </message>
    <message>
        <source>Set Prices…</source>
        <translation>设置价格…</translation>
    </message>
    <message>
        <source>In the configuration: what each model costs from now on</source>
        <translation>写入配置：每个模型今后的价格</translation>
    </message>
    <message numerus="yes">
        <source>Set the price of %n model(s)</source>
        <translation>
            <numerusform>设置 %n 个模型的价格</numerusform>
        </translation>
    </message>
    <message>
        <source>The prices hold from now on. Requests before stay without one.</source>
        <translation>价格从现在起生效。此前的请求仍没有价格。</translation>
    </message>
    <message>
        <source>Beside the cost, the cache&apos;s embedder: %1</source>
        <translation>费用之外，缓存的嵌入模型：%1</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::DiffView</name>
    <message>
        <source>Changes</source>
        <translation>更改</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::DraftBar</name>
    <message>
        <source>Discard</source>
        <translation>放弃</translation>
    </message>
    <message>
        <source>Review…</source>
        <translation>审阅…</translation>
    </message>
    <message>
        <source>Discard the draft</source>
        <translation>放弃草稿</translation>
    </message>
    <message>
        <source>Back to what runs; this can be undone</source>
        <translation>回到正在运行的配置；可以撤销</translation>
    </message>
    <message>
        <source>Review the draft before it is applied</source>
        <translation>应用之前审阅草稿</translation>
    </message>
    <message>
        <source>Shows what would change in the file</source>
        <translation>显示文件会有哪些更改</translation>
    </message>
    <message>
        <source>plan %1</source>
        <translation>方案 %1</translation>
    </message>
    <message>
        <source>In force: %1</source>
        <translation>生效中：%1</translation>
    </message>
    <message numerus="yes">
        <source>%n routes changed, on %1</source>
        <translation>
            <numerusform>已更改 %n 条路由，基于%1</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo: %1</source>
        <translation>撤销：%1</translation>
    </message>
    <message>
        <source>nothing to undo</source>
        <translation>没有可撤销的</translation>
    </message>
    <message>
        <source>Undo the last edit</source>
        <translation>撤销上一次编辑</translation>
    </message>
    <message>
        <source>Redo: %1</source>
        <translation>重做：%1</translation>
    </message>
    <message>
        <source>nothing to redo</source>
        <translation>没有可重做的</translation>
    </message>
    <message>
        <source>Redo what was undone</source>
        <translation>重做已撤销的编辑</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::EmptyPanel</name>
    <message>
        <source>Copy curl</source>
        <translation>复制 curl</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>Waiting for the gateway</source>
        <translation>等待网关</translation>
    </message>
    <message>
        <source>No requests yet</source>
        <translation>尚无请求</translation>
    </message>
    <message>
        <source>It has not said anything so far.</source>
        <translation>网关尚未发来任何数据。</translation>
    </message>
    <message>
        <source>Point a client&apos;s base URL at %1/v1, or try it from a shell.</source>
        <translation>将客户端的 base URL 指向 %1/v1，或在终端中试一试。</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::ExplainPanel</name>
    <message>
        <source>Explanation</source>
        <translation>解释</translation>
    </message>
    <message>
        <source>Open in Playground</source>
        <translation>在试验场打开</translation>
    </message>
    <message>
        <source>Ask the same model and the one that answered</source>
        <translation>询问同一模型以及应答的模型</translation>
    </message>
    <message>
        <source>Copy as curl</source>
        <translation>复制为 curl</translation>
    </message>
    <message>
        <source>A command for a shell</source>
        <translation>用于命令行的命令</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the explanation as text</source>
        <translation>将解释复制为文本</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Close the explanation</source>
        <translation>关闭解释</translation>
    </message>
    <message>
        <source>Explain %1 · %2</source>
        <translation>解释 %1 · %2</translation>
    </message>
    <message>
        <source>Show Bodies</source>
        <translation>显示正文</translation>
    </message>
    <message>
        <source>What was said, without keys; that you looked is put on record</source>
        <translation>所说的内容，不含密钥；您的查看会被记录</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::FailureForm</name>
    <message>
        <source>A stream that breaks</source>
        <translation>流中断时</translation>
    </message>
    <message>
        <source>Choose what a broken stream leads to</source>
        <translation>选择流中断的处理</translation>
    </message>
    <message>
        <source>Attempts in all</source>
        <translation>总尝试次数</translation>
    </message>
    <message>
        <source>Calls to targets for one request, over all of them</source>
        <translation>一个请求对所有目标的调用总数</translation>
    </message>
    <message>
        <source>Repeats at one target</source>
        <translation>同一目标的重试</translation>
    </message>
    <message>
        <source>After a failure that is the target&apos;s, before the next one is asked</source>
        <translation>目标出错后、询问下一个之前</translation>
    </message>
    <message>
        <source>Wait before a repeat</source>
        <translation>重试前等待</translation>
    </message>
    <message>
        <source> ms</source>
        <translation> 毫秒</translation>
    </message>
    <message>
        <source>Doubles with each repeat</source>
        <translation>每次重试加倍</translation>
    </message>
    <message>
        <source>but at most</source>
        <translation>但最多</translation>
    </message>
    <message>
        <source>No wait is longer</source>
        <translation>等待不会更长</translation>
    </message>
    <message>
        <source>Wait for a hint up to</source>
        <translation>按提示等待最多</translation>
    </message>
    <message>
        <source> s</source>
        <translation> 秒</translation>
    </message>
    <message>
        <source>A provider that asks for a longer wait is not waited for</source>
        <translation>提供商要求更久时不再等待</translation>
    </message>
    <message>
        <source>The whole request</source>
        <translation>整个请求</translation>
    </message>
    <message>
        <source>All attempts and waits together</source>
        <translation>所有尝试与等待合计</translation>
    </message>
    <message>
        <source>Change: %1</source>
        <translation>更改：%1</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::FilterField</name>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>%1 (Ctrl+F)</source>
        <translation>%1（Ctrl+F）</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::FlowView</name>
    <message>
        <source>Live flow</source>
        <translation>实时流向</translation>
    </message>
    <message>
        <source>routes to targets, shares of the last minute</source>
        <translation>路由到目标，最近一分钟的份额</translation>
    </message>
    <message>
        <source>%1, by weight %2</source>
        <translation>%1，按权重 %2</translation>
    </message>
    <message numerus="yes">
        <source>from %n routes</source>
        <translation>
            <numerusform>来自 %n 条路由</numerusform>
        </translation>
    </message>
    <message>
        <source>Live flow, %1</source>
        <translation>实时流量，%1</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::HoldDialog</name>
    <message>
        <source>Hold %1 Closed</source>
        <translation>保持 %1 闭合</translation>
    </message>
    <message>
        <source>Hold %1 closed?</source>
        <translation>保持 %1 闭合？</translation>
    </message>
    <message>
        <source>Requests will go there even while it fails. By its own count the breaker is %1.</source>
        <translation>即使失败，请求仍会发往该目标。按自身计数，熔断器为：%1。</translation>
    </message>
    <message>
        <source>Hold Closed</source>
        <translation>保持闭合</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::JsonEdit</name>
    <message>
        <source>Line %1, column %2: %3</source>
        <translation>第 %1 行第 %2 列：%3</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::JudgePanel</name>
    <message>
        <source>%1 to %2</source>
        <translation>%1 至 %2</translation>
    </message>
    <message>
        <source>Rank</source>
        <translation>名次</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>实力</translation>
    </message>
    <message>
        <source>90 % interval</source>
        <translation>90% 区间</translation>
    </message>
    <message>
        <source>Wins</source>
        <translation>胜率</translation>
    </message>
    <message>
        <source>Votes</source>
        <translation>投票数</translation>
    </message>
    <message>
        <source>Against</source>
        <translation>对手</translation>
    </message>
    <message>
        <source>Won</source>
        <translation>胜</translation>
    </message>
    <message>
        <source>Tied</source>
        <translation>平</translation>
    </message>
    <message>
        <source>Lost</source>
        <translation>负</translation>
    </message>
    <message>
        <source>Standings</source>
        <translation>排名</translation>
    </message>
    <message>
        <source>Pair by pair</source>
        <translation>两两对比</translation>
    </message>
    <message>
        <source>points as in chess: 400 above another are odds of ten to one; 0 is the mean</source>
        <translation>同国际象棋等级分：高 400 分即胜负比十比一；0 为平均</translation>
    </message>
    <message>
        <source>Pair by Pair</source>
        <translation>两两对比</translation>
    </message>
    <message>
        <source>a tie is half a win to both</source>
        <translation>平局双方各记半胜</translation>
    </message>
    <message>
        <source>No votes yet</source>
        <translation>还没有投票</translation>
    </message>
    <message>
        <source>Judge answers blind: the columns are shuffled, names and figures stay hidden until you have chosen. What you prefer adds up here, for each class of task.</source>
        <translation>盲评回答：各列随机排列，在您做出选择之前不显示名称和数据。您的偏好会按任务类别在此累计。</translation>
    </message>
    <message>
        <source>Judge Blind</source>
        <translation>盲评</translation>
    </message>
    <message>
        <source>Class of task</source>
        <translation>任务类别</translation>
    </message>
    <message>
        <source>All tasks</source>
        <translation>全部任务</translation>
    </message>
    <message>
        <source>Copy Veto List</source>
        <translation>复制否决名单</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>导出…</translation>
    </message>
    <message>
        <source>Forget Votes</source>
        <translation>清除投票</translation>
    </message>
    <message>
        <source>With 90 % certainty between %1 points</source>
        <translation>90% 置信度下在 %1 分之间</translation>
    </message>
    <message>
        <source>%1 of its meetings won: between %2 with 90 % certainty</source>
        <translation>胜率 %1：90% 置信度下在 %2 之间</translation>
    </message>
    <message numerus="yes">
        <source>%n votes count</source>
        <translation>
            <numerusform>计入 %n 票</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n were not blind and do not count</source>
        <translation>
            <numerusform>%n 票非盲评，不计入</numerusform>
        </translation>
    </message>
    <message>
        <source>No target with 20 votes or more is surely below the mean.</source>
        <translation>没有 20 票以上且确定低于平均的目标。</translation>
    </message>
    <message>
        <source>Copies %1 for the table “propose” of a route: the weekly proposal of weights gives these targets no more than they have.</source>
        <translation>复制 %1，用于路由的“propose”表：每周的权重建议不会再给这些目标增加份额。</translation>
    </message>
    <message>
        <source>Copied. Paste it into the table “propose” of the route in the configuration.</source>
        <translation>已复制。请粘贴到配置中该路由的“propose”表。</translation>
    </message>
    <message>
        <source>Export the Standings</source>
        <translation>导出排名</translation>
    </message>
    <message>
        <source>%1 was not written: %2</source>
        <translation>%1 未能写入：%2</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Written to %1</source>
        <translation>已写入 %1</translation>
    </message>
    <message numerus="yes">
        <source>Forgot %n votes.</source>
        <translation>
            <numerusform>已清除 %n 票。</numerusform>
        </translation>
    </message>
    <message>
        <source>Veto in Routing…</source>
        <translation>在路由中否决…</translation>
    </message>
    <message>
        <source>Puts %1 into the draft of each route whose weights are proposed and that asks these targets.</source>
        <translation>把 %1 写入每条会给出权重建议且请求这些目标的路由的草稿。</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::KeyButton</name>
    <message>
        <source>Press keys…</source>
        <translation>请按键…</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::KeyFields</name>
    <message>
        <source>Keep it in</source>
        <translation>存放于</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>密钥</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>路径</translation>
    </message>
    <message>
        <source>%1 for %2</source>
        <translation>%2 的%1</translation>
    </message>
    <message>
        <source>Paste it; it is never shown again</source>
        <translation>粘贴密钥；之后不再显示</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>再输一次</translation>
    </message>
    <message>
        <source>Type the passphrase of the encrypted file.</source>
        <translation>请输入加密文件的口令。</translation>
    </message>
    <message>
        <source>Choose a passphrase of at least %1 characters. It cannot be recovered.</source>
        <translation>请设置至少 %1 个字符的口令。口令无法找回。</translation>
    </message>
    <message>
        <source>Type the same passphrase twice.</source>
        <translation>请两次输入相同的口令。</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::KeyForm</name>
    <message>
        <source>Save Key</source>
        <translation>保存密钥</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>A key for %1</source>
        <translation>%1 的密钥</translation>
    </message>
    <message>
        <source>Another key for %1</source>
        <translation>%1 的另一个密钥</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>正在保存…</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::KeysPanel</name>
    <message>
        <source>No providers are configured.</source>
        <translation>未配置提供商。</translation>
    </message>
    <message>
        <source>Check Again</source>
        <translation>重新检查</translation>
    </message>
    <message>
        <source>%1 will no longer use %2, and it is gone from where it is kept.</source>
        <translation>%1 将不再使用 %2，且它将从存放处删除。</translation>
    </message>
    <message>
        <source>%1 will no longer use %2. What is there stays there.</source>
        <translation>%1 将不再使用 %2。存放处的内容保持不变。</translation>
    </message>
    <message>
        <source>Delete %1?</source>
        <translation>删除 %1？</translation>
    </message>
    <message>
        <source>Delete Key</source>
        <translation>删除密钥</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::LegendEntry</name>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1, hidden</source>
        <translation>%1，已隐藏</translation>
    </message>
    <message>
        <source>%1: %2
Click hides or shows it, Ctrl+click shows it alone</source>
        <translation>%1：%2
单击隐藏或显示，Ctrl+单击只显示它</translation>
    </message>
    <message>
        <source>hidden</source>
        <comment>a series of a chart</comment>
        <translation>已隐藏</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::MatrixModel</name>
    <message>
        <source>n/a</source>
        <translation>无</translation>
    </message>
    <message>
        <source>too few</source>
        <translation>太少</translation>
    </message>
    <message>
        <source>first token %1</source>
        <translation>首个 token %1</translation>
    </message>
    <message>
        <source>%1 calls, %2 answered</source>
        <translation>%1 次调用，%2 次有回答</translation>
    </message>
    <message>
        <source>%1 in all, with what failed or was abandoned</source>
        <translation>合计 %1，含失败和放弃的</translation>
    </message>
    <message>
        <source>of %1 calls the price is not known</source>
        <translation>其中 %1 次调用的价格未知</translation>
    </message>
    <message>
        <source>first token after %1, then %2</source>
        <translation>首个 token 在 %1 后，之后 %2</translation>
    </message>
    <message>
        <source>%1 failed, %2 were abandoned</source>
        <translation>%1 失败，%2 被放弃</translation>
    </message>
    <message>
        <source>never asked for that</source>
        <translation>从未用于该任务</translation>
    </message>
    <message>
        <source>n = %1</source>
        <translation>n = %1</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::MatrixView</name>
    <message>
        <source>Figure</source>
        <translation>指标</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>成本</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>用时</translation>
    </message>
    <message>
        <source>Failures</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Tasks by target</source>
        <translation>按目标列出的任务</translation>
    </message>
    <message>
        <source>What a task costs</source>
        <translation>一个任务的成本</translation>
    </message>
    <message>
        <source>per answer, of the last 7 days</source>
        <translation>每个回答，最近 7 天</translation>
    </message>
    <message>
        <source>None yet. A route that says &quot;propose&quot; in the configuration is proposed for once a week.</source>
        <translation>还没有。配置中写有 “propose” 的路由每周会得到一次建议。</translation>
    </message>
    <message>
        <source>Proposed weights</source>
        <translation>建议的权重</translation>
    </message>
    <message>
        <source>Nothing to compare yet</source>
        <translation>暂无可比较的内容</translation>
    </message>
    <message>
        <source>No call of the last week is in the ledger. Every request that a target answers counts towards its task.</source>
        <translation>账本中没有最近一周的调用。目标回答的每个请求都计入其任务。</translation>
    </message>
    <message>
        <source>%1 has other targets now than it was made for.</source>
        <translation>%1 现在的目标与建议产生时不同。</translation>
    </message>
    <message>
        <source>Take over proposal %1</source>
        <translation>采用建议 %1</translation>
    </message>
    <message>
        <source>Each task is compared by itself: the best is blue, the worst amber. Below a figure is the band in which nine of ten resamples fall; failed calls are paid for by the answers that came.</source>
        <translation>每个任务单独比较：最好的为蓝色，最差的为琥珀色。数字下方是十次重抽样中九次落入的区间；失败调用的费用由得到的回答分摊。</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::NearMisses</name>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>路由</translation>
    </message>
    <message>
        <source>Likeness</source>
        <translation>相似度</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>所问</translation>
    </message>
    <message>
        <source>Kept apart because</source>
        <translation>区分的原因</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::NearMissesPanel</name>
    <message>
        <source>Near misses</source>
        <translation>擦边未中</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>所问</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>留存</translation>
    </message>
    <message>
        <source>Return: the request that was not answered from the cache</source>
        <translation>Return：未由缓存应答的请求</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>并排比较</translation>
    </message>
    <message>
        <source>No question came near a kept one without being answered by it.</source>
        <translation>没有问题与留存的相近而未由其应答。</translation>
    </message>
    <message>
        <source>Questions are compared by meaning only where the cache is in the mode “semantic”.</source>
        <translation>只有缓存处于“semantic”模式时，才按含义比较问题。</translation>
    </message>
    <message numerus="yes">
        <source>%n, the newest first</source>
        <translation>
            <numerusform>%n 个，最新在前</numerusform>
        </translation>
    </message>
    <message>
        <source>likeness %1, threshold %2</source>
        <translation>相似度 %1，阈值 %2</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::NoticeBar</name>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::OverviewPage</name>
    <message>
        <source>Overview</source>
        <translation>总览</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>延迟</translation>
    </message>
    <message>
        <source>p50</source>
        <translation>p50</translation>
    </message>
    <message>
        <source>p95</source>
        <translation>p95</translation>
    </message>
    <message>
        <source>First token</source>
        <translation>首字延迟</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Failures</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>p95 latency</source>
        <translation>p95 延迟</translation>
    </message>
    <message>
        <source>First token, p50</source>
        <translation>首字延迟 p50</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>花费</translation>
    </message>
    <message>
        <source>No requests in this time</source>
        <translation>此时段没有请求</translation>
    </message>
    <message>
        <source>Cost rate</source>
        <translation>花费速率</translation>
    </message>
    <message>
        <source>$ per hour, stacked, known prices</source>
        <translation>美元/小时，堆叠，仅含已知价格</translation>
    </message>
    <message>
        <source>by provider</source>
        <translation>按提供商</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>尝试</translation>
    </message>
    <message>
        <source>per second, by provider</source>
        <translation>每秒，按提供商</translation>
    </message>
    <message>
        <source>Latest requests</source>
        <translation>最新请求</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::ParameterForm</name>
    <message>
        <source>low</source>
        <translation>低</translation>
    </message>
    <message>
        <source>medium</source>
        <translation>中</translation>
    </message>
    <message>
        <source>high</source>
        <translation>高</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Top P</source>
        <translation>Top P</translation>
    </message>
    <message>
        <source>Max tokens</source>
        <translation>最大 token 数</translation>
    </message>
    <message>
        <source>Reasoning</source>
        <translation>推理</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::PictureStrip</name>
    <message>
        <source>%1 pictures are the most for a turn.</source>
        <translation>每轮最多 %1 张图片。</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>移除 %1</translation>
    </message>
    <message>
        <source>Remove picture %1 of turn %2, %3</source>
        <translation>移除第 %2 轮的第 %1 张图片 %3</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::PlaygroundColumn</name>
    <message>
        <source>Answer %1</source>
        <translation>回答 %1</translation>
    </message>
    <message>
        <source>Column %1</source>
        <translation>第 %1 列</translation>
    </message>
    <message>
        <source>Reasoning %1</source>
        <translation>推理 %1</translation>
    </message>
    <message>
        <source>hidden until the vote</source>
        <translation>投票前隐藏</translation>
    </message>
    <message>
        <source>Whom column %1 asks</source>
        <translation>第 %1 列询问谁</translation>
    </message>
    <message>
        <source>Choose a target or route</source>
        <translation>选择目标或路由</translation>
    </message>
    <message>
        <source>Modified</source>
        <translation>已修改</translation>
    </message>
    <message>
        <source>Parameters of this column alone</source>
        <translation>仅用于此列的参数</translation>
    </message>
    <message>
        <source>Show this column alone</source>
        <translation>只显示此列</translation>
    </message>
    <message>
        <source>Remove this column</source>
        <translation>移除此列</translation>
    </message>
    <message>
        <source>as shared</source>
        <translation>与共用一致</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Keys…</source>
        <translation>密钥…</translation>
    </message>
    <message>
        <source>As Markdown, or as it came</source>
        <translation>按 Markdown 显示，或按原样显示</translation>
    </message>
    <message>
        <source>Markdown</source>
        <translation>Markdown</translation>
    </message>
    <message>
        <source>Copy the answer</source>
        <translation>复制回答</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop column %1</source>
        <translation>停止第 %1 列</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Run column %1</source>
        <translation>运行第 %1 列</translation>
    </message>
    <message>
        <source>A route counts what is asked here; a target asked directly is in no route&apos;s statistics.</source>
        <translation>在此向路由提出的请求计入该路由的统计；直接询问的目标不计入任何路由的统计。</translation>
    </message>
    <message>
        <source>Two columns are the least</source>
        <translation>至少要有两列</translation>
    </message>
    <message>
        <source>Waiting for the first token… %1</source>
        <translation>正在等待首个 token… %1</translation>
    </message>
    <message>
        <source>Streaming… %1</source>
        <translation>正在接收… %1</translation>
    </message>
    <message>
        <source>%1, by %2</source>
        <translation>%1，由 %2 回答</translation>
    </message>
    <message>
        <source>The answer appears here.</source>
        <translation>回答将显示在这里。</translation>
    </message>
    <message>
        <source>as logged</source>
        <translation>与日志一致</translation>
    </message>
    <message>
        <source>live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>as seen from here</source>
        <translation>由本机所见</translation>
    </message>
    <message>
        <source>Request %1</source>
        <translation>请求 %1</translation>
    </message>
    <message>
        <source>There is no answer from this one.</source>
        <translation>这一列没有回答。</translation>
    </message>
    <message>
        <source>▾ Reasoning</source>
        <translation>▾ 推理</translation>
    </message>
    <message>
        <source>▸ Reasoning</source>
        <translation>▸ 推理</translation>
    </message>
    <message>
        <source>Answers are shown when all of them are there.</source>
        <translation>全部回答到齐后才显示。</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::PlaygroundPage</name>
    <message>
        <source>What is written down has names in it: vote first.</source>
        <translation>导出的内容含有名称：请先投票。</translation>
    </message>
    <message>
        <source>Copied, a command for each column. Where a key is needed, put it into the variable SIGNALBOX_KEY.</source>
        <translation>已复制，每列一条命令。需要密钥时，请放入变量 SIGNALBOX_KEY。</translation>
    </message>
    <message>
        <source>Export the Playground</source>
        <translation>导出试验场</translation>
    </message>
    <message>
        <source>%1 was not written: %2</source>
        <translation>%1 未能写入：%2</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Written to %1</source>
        <translation>已写入 %1</translation>
    </message>
    <message>
        <source>Playground</source>
        <translation>试验场</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示词</translation>
    </message>
    <message>
        <source>Mark words that differ</source>
        <translation>标出不同的词</translation>
    </message>
    <message>
        <source>Mark the words that the other columns have and this one does not</source>
        <translation>标出其他列有而此列没有的词</translation>
    </message>
    <message>
        <source>Route %1</source>
        <translation>路由 %1</translation>
    </message>
    <message>
        <source>It is running.</source>
        <translation>正在运行。</translation>
    </message>
    <message>
        <source>%1 tokens in</source>
        <translation>输入 %1 个 token</translation>
    </message>
    <message>
        <source>≤ %1</source>
        <translation>≤ %1</translation>
    </message>
    <message numerus="yes">
        <source>%n × n/a</source>
        <translation>
            <numerusform>%n × 无价格</numerusform>
        </translation>
    </message>
    <message>
        <source>est. %1 · %2</source>
        <translation>估计 %1 · %2</translation>
    </message>
    <message>
        <source>The most all columns cost together, each with as many tokens as it may write and one attempt, by the dearest target that may serve it. Nothing was sent to a provider for this. n/a: no price, or no longest answer, is known.</source>
        <translation>所有列合计的最高费用：每列写满允许的 token，尝试一次，按可能服务它的最贵目标计算。为此没有向任何提供商发送内容。无价格：价格或最长回答未知。</translation>
    </message>
    <message>
        <source>No comparison</source>
        <translation>不比较</translation>
    </message>
    <message>
        <source>Compare with %1</source>
        <translation>与 %1 比较</translation>
    </message>
    <message>
        <source>Request %1: the log keeps its model and its token limit, not its texts. Write or paste the prompt.</source>
        <translation>请求 %1：日志保留其模型和 token 上限，不保留文本。请写入或粘贴提示词。</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>billed as “playground”, past the cache; kept until the console ends</source>
        <translation>以客户端“playground”计费，绕过缓存；保留到控制台结束</translation>
    </message>
    <message>
        <source>At %1</source>
        <translation>%1 时</translation>
    </message>
    <message>
        <source>Copied, a program that asks for all columns. It takes its key from the variable SIGNALBOX_KEY.</source>
        <translation>已复制一个依次询问所有列的程序。它从变量 SIGNALBOX_KEY 读取密钥。</translation>
    </message>
    <message>
        <source>It is running: stop it, or let it end, first.</source>
        <translation>正在运行：请先停止，或等它结束。</translation>
    </message>
    <message numerus="yes">
        <source>%n comparison(s) that are not pinned will be gone for good.</source>
        <translation>
            <numerusform>未固定的 %n 次比较将永久删除。</numerusform>
        </translation>
    </message>
    <message>
        <source>Forget Them</source>
        <translation>全部删除</translation>
    </message>
    <message>
        <source>billed as “playground”, past the cache; kept on this machine</source>
        <translation>以客户端“playground”计费，不经缓存；保存在本机</translation>
    </message>
    <message>
        <source>six columns are the most</source>
        <translation>最多六列</translation>
    </message>
    <message>
        <source>Mode</source>
        <translation>模式</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Judge</source>
        <translation>评判</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批量</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::PlaygroundPast</name>
    <message>
        <source>Earlier comparisons</source>
        <translation>以往的比较</translation>
    </message>
    <message>
        <source>Search prompts, answers, models</source>
        <translation>搜索提示词、回答、模型</translation>
    </message>
    <message>
        <source>Search earlier comparisons</source>
        <translation>搜索以往的比较</translation>
    </message>
    <message>
        <source>The same prompt over time</source>
        <translation>同一提示词的历次结果</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>总时间</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>成本</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Open the chosen comparison</source>
        <translation>打开所选的比较</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Forget the chosen comparison</source>
        <translation>删除所选的比较</translation>
    </message>
    <message>
        <source>Forget All…</source>
        <translation>全部删除…</translation>
    </message>
    <message>
        <source>All that are not pinned</source>
        <translation>所有未固定的</translation>
    </message>
    <message>
        <source>pinned, %1</source>
        <translation>已固定，%1</translation>
    </message>
    <message>
        <source>Each comparison is kept here once it is complete: the last %1, and what is pinned, on this machine alone.</source>
        <translation>每次比较完成后都保存在这里：最近 %1 次以及已固定的，仅存于本机。</translation>
    </message>
    <message>
        <source>Nothing has all of these words.</source>
        <translation>没有同时包含这些词的比较。</translation>
    </message>
    <message>
        <source>Unpin</source>
        <translation>取消固定</translation>
    </message>
    <message>
        <source>Unpin the chosen comparison</source>
        <translation>取消固定所选的比较</translation>
    </message>
    <message>
        <source>Pin the chosen comparison</source>
        <translation>固定所选的比较</translation>
    </message>
    <message numerus="yes">
        <source>This prompt over time, %n time(s)</source>
        <translation>
            <numerusform>此提示词的历次结果，共 %n 次</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 tokens out</source>
        <translation>输出 %1 token</translation>
    </message>
    <message>
        <source>First</source>
        <translation>首个</translation>
    </message>
    <message>
        <source>Earlier Comparisons</source>
        <translation>以前的对比</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::PlaygroundSession</name>
    <message>
        <source>This console has no way to ask.</source>
        <translation>此控制台无法提问。</translation>
    </message>
    <message>
        <source>Choose a target or a route for a column.</source>
        <translation>请为一列选择目标或路由。</translation>
    </message>
    <message>
        <source>Write what the user says first.</source>
        <translation>请先写下用户说的话。</translation>
    </message>
    <message>
        <source>Give {{%1}} a value first.</source>
        <translation>请先给 {{%1}} 一个值。</translation>
    </message>
    <message>
        <source>Tools, line %1: %2</source>
        <translation>工具第 %1 行：%2</translation>
    </message>
    <message>
        <source>Schema, line %1: %2</source>
        <translation>模式第 %1 行：%2</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::PlotOverlay</name>
    <message>
        <source>no data</source>
        <translation>无数据</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::PreviewPanel</name>
    <message>
        <source>Preview Effect</source>
        <translation>预览效果</translation>
    </message>
    <message>
        <source>What the draft would have done to real traffic. Nothing is sent.</source>
        <translation>草稿对真实流量会产生的影响。不会发送任何请求。</translation>
    </message>
    <message>
        <source>Period of the preview</source>
        <translation>预览的时间段</translation>
    </message>
    <message>
        <source>Last hour</source>
        <translation>最近一小时</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>最近一天</translation>
    </message>
    <message>
        <source>Last week</source>
        <translation>最近一周</translation>
    </message>
    <message>
        <source>A recording…</source>
        <translation>录制文件…</translation>
    </message>
    <message>
        <source>Effect of the draft</source>
        <translation>草稿的影响</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>After</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>Preview with a Recording</source>
        <translation>用录制文件预览</translation>
    </message>
    <message>
        <source>%1…</source>
        <translation>%1…</translation>
    </message>
    <message>
        <source>Worse by more than chance</source>
        <translation>变差，且超出偶然波动</translation>
    </message>
    <message>
        <source>All traffic</source>
        <translation>全部流量</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
    <message>
        <source>Stop the preview</source>
        <translation>停止预览</translation>
    </message>
    <message>
        <source>Preview the effect of the draft</source>
        <translation>预览草稿的影响</translation>
    </message>
    <message>
        <source>Parts of the traffic</source>
        <translation>流量的划分</translation>
    </message>
    <message>
        <source>Targets</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Providers</source>
        <translation>提供商</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>小时</translation>
    </message>
    <message>
        <source>90 % interval</source>
        <translation>90% 区间</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::PriceForm</name>
    <message>
        <source>Show the Change</source>
        <translation>查看更改</translation>
    </message>
    <message>
        <source>Prices, in US dollars per million tokens</source>
        <translation>价格（每百万 token，美元）</translation>
    </message>
    <message>
        <source>They hold for requests to come. What was booked without a price stays n/a.</source>
        <translation>对今后的请求生效。此前没有价格的记录仍显示为 n/a。</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>%1, price of the input</source>
        <translation>%1，输入价格</translation>
    </message>
    <message>
        <source>%1, price of the output</source>
        <translation>%1，输出价格</translation>
    </message>
    <message numerus="yes">
        <source>%n more model(s) without a price</source>
        <translation>
            <numerusform>另有 %n 个模型没有价格</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>signalbox::ui::PromptTester</name>
    <message>
        <source>Prompt to try</source>
        <translation>要试的提示词</translation>
    </message>
    <message>
        <source>Paste a prompt. Nothing is sent to any provider.</source>
        <translation>粘贴一个提示词。不会向任何提供商发送。</translation>
    </message>
    <message>
        <source>Route to try</source>
        <translation>要试的路由</translation>
    </message>
    <message>
        <source>Decide by</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>My draft</source>
        <translation>我的草稿</translation>
    </message>
    <message>
        <source>What runs</source>
        <translation>正在运行的</translation>
    </message>
    <message>
        <source>Streams</source>
        <translation>流式</translation>
    </message>
    <message>
        <source>Has tools</source>
        <translation>带工具</translation>
    </message>
    <message>
        <source>Wants JSON</source>
        <translation>要求 JSON</translation>
    </message>
    <message>
        <source>Output tokens allowed</source>
        <translation>允许的输出 token</translation>
    </message>
    <message>
        <source>no limit given</source>
        <translation>未给上限</translation>
    </message>
    <message>
        <source> tokens out</source>
        <translation> 输出 token</translation>
    </message>
    <message>
        <source>Try a prompt</source>
        <translation>试一个提示词</translation>
    </message>
    <message>
        <source>nothing is sent; marked characters count for the CJK share</source>
        <translation>不会发送；标出的字符计入中日韩字符占比</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>事实</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Targets, in the order they would be asked</source>
        <translation>目标，按询问的顺序</translation>
    </message>
    <message>
        <source>The route has no rules.</source>
        <translation>此路由没有规则。</translation>
    </message>
    <message>
        <source>No target could take it now.</source>
        <translation>现在没有目标能接受它。</translation>
    </message>
    <message>
        <source>It would go to %1 this time: chance decides by the weights.</source>
        <translation>这一次会去往 %1：按权重随机决定。</translation>
    </message>
    <message>
        <source>It would go to %1.</source>
        <translation>会去往 %1。</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::ProposalCard</name>
    <message>
        <source>does better than the others</source>
        <translation>比其他目标更好</translation>
    </message>
    <message>
        <source>does worse than the others</source>
        <translation>比其他目标更差</translation>
    </message>
    <message>
        <source>near enough to what it has</source>
        <translation>与现有权重相近</translation>
    </message>
    <message>
        <source>too little is known of it</source>
        <translation>对它了解太少</translation>
    </message>
    <message>
        <source>would lose more, but has its least share</source>
        <translation>本应再减，但已到最低份额</translation>
    </message>
    <message>
        <source>would move farther, but not at once</source>
        <translation>本应变动更多，但不一次到位</translation>
    </message>
    <message>
        <source>would gain, but its answers are not good enough</source>
        <translation>本应增加，但回答质量不够好</translation>
    </message>
    <message>
        <source>for a lower cost</source>
        <translation>为降低成本</translation>
    </message>
    <message>
        <source>for shorter times</source>
        <translation>为缩短用时</translation>
    </message>
    <message>
        <source>for cost, time and failures together</source>
        <translation>兼顾成本、用时和失败</translation>
    </message>
    <message>
        <source>Nobody has decided yet</source>
        <translation>尚未决定</translation>
    </message>
    <message>
        <source>Accepted by %1</source>
        <translation>由 %1 采纳</translation>
    </message>
    <message>
        <source>Accepted with other weights by %1</source>
        <translation>由 %1 以其他权重采纳</translation>
    </message>
    <message>
        <source>Refused by %1</source>
        <translation>由 %1 拒绝</translation>
    </message>
    <message>
        <source>Overtaken: the route has other weights now</source>
        <translation>已过时：该路由现在是别的权重</translation>
    </message>
    <message>
        <source>Accept into the Draft</source>
        <translation>采纳到草稿</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>编辑</translation>
    </message>
    <message>
        <source>Refuse</source>
        <translation>拒绝</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>Takes the weights into the draft, to be reviewed and applied</source>
        <translation>把权重放入草稿，供审阅和应用</translation>
    </message>
    <message>
        <source>Takes the weights into the draft and opens the route</source>
        <translation>把权重放入草稿并打开该路由</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::ProviderKeysBox</name>
    <message>
        <source>No key: requests go there without one.</source>
        <translation>没有密钥：请求不带密钥发送。</translation>
    </message>
    <message>
        <source>Add Key…</source>
        <translation>添加密钥…</translation>
    </message>
    <message>
        <source>Add a key for %1</source>
        <translation>为 %1 添加密钥</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>Test %1</source>
        <translation>测试 %1</translation>
    </message>
    <message>
        <source>Sends one tiny request to %1 and to nobody else; it costs next to nothing</source>
        <translation>仅向 %1 发送一个极小的请求；花费几乎为零</translation>
    </message>
    <message>
        <source>key %1 of %2</source>
        <translation>%2 的第 %1 个密钥</translation>
    </message>
    <message>
        <source>Replace…</source>
        <translation>替换…</translation>
    </message>
    <message>
        <source>Replace %1</source>
        <translation>替换 %1</translation>
    </message>
    <message>
        <source>Delete…</source>
        <translation>删除…</translation>
    </message>
    <message>
        <source>Delete %1</source>
        <translation>删除 %1</translation>
    </message>
    <message>
        <source>not read</source>
        <translation>未读取</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>知道了</translation>
    </message>
    <message>
        <source>Testing…</source>
        <translation>正在测试…</translation>
    </message>
    <message>
        <source>It has no model that could be asked</source>
        <translation>没有可询问的模型</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::ProvidersPage</name>
    <message>
        <source>Providers</source>
        <translation>提供商</translation>
    </message>
    <message>
        <source>Filter targets and states</source>
        <translation>筛选目标和状态</translation>
    </message>
    <message>
        <source>Targets as</source>
        <translation>目标显示为</translation>
    </message>
    <message>
        <source>Tiles</source>
        <translation>卡片</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Targets</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Breaker changes</source>
        <translation>熔断器变化</translation>
    </message>
    <message>
        <source>Return or a right click: what can be done</source>
        <translation>回车或右键：可用操作</translation>
    </message>
    <message>
        <source>Undrain</source>
        <translation>取消排空</translation>
    </message>
    <message>
        <source>Drain</source>
        <translation>排空</translation>
    </message>
    <message>
        <source>Trip…</source>
        <translation>强制断开…</translation>
    </message>
    <message>
        <source>Hold Closed…</source>
        <translation>保持闭合…</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>复位</translation>
    </message>
    <message>
        <source>worst first; %1 of %2 shown</source>
        <translation>最差在前；显示 %1/%2</translation>
    </message>
    <message>
        <source>the last 200</source>
        <translation>最近 200 条</translation>
    </message>
    <message>
        <source>None since the gateway started</source>
        <translation>网关启动以来没有变化</translation>
    </message>
    <message>
        <source>Newest first, %1. Return shows the target&apos;s requests</source>
        <translation>最新在前，%1。回车显示该目标的请求</translation>
    </message>
    <message>
        <source>Return: the requests of that target. A right click: record it</source>
        <translation>回车：该目标的请求。右键：录制</translation>
    </message>
    <message>
        <source>Requests of the Target</source>
        <translation>该目标的请求</translation>
    </message>
    <message>
        <source>Record Around It…</source>
        <translation>录制其前后…</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::QueryChips</name>
    <message>
        <source>Take %1 away</source>
        <translation>移除 %1</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::RangePopover</name>
    <message>
        <source>Show</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>From</source>
        <translation>从</translation>
    </message>
    <message>
        <source>To</source>
        <translation>到</translation>
    </message>
    <message>
        <source>Range, in %1</source>
        <translation>范围（%1）</translation>
    </message>
    <message>
        <source>The end has to be at least %1 s after the beginning.</source>
        <translation>结束时间须比开始时间晚至少 %1 秒。</translation>
    </message>
    <message>
        <source>The gateway keeps %1: nothing before %2.</source>
        <translation>网关保留 %1：%2 之前没有数据。</translation>
    </message>
    <message>
        <source>Nothing after %1 has happened yet.</source>
        <translation>%1 之后尚未发生任何事。</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::ReasonForm</name>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Why? It is kept with the breaker</source>
        <translation>为什么？原因会随熔断器保存</translation>
    </message>
    <message>
        <source>For how long</source>
        <translation>持续多久</translation>
    </message>
    <message>
        <source>5 minutes</source>
        <translation>5 分钟</translation>
    </message>
    <message>
        <source>30 minutes</source>
        <translation>30 分钟</translation>
    </message>
    <message>
        <source>2 hours</source>
        <translation>2 小时</translation>
    </message>
    <message>
        <source>Until it is reset</source>
        <translation>直到复位</translation>
    </message>
    <message>
        <source>&amp;Reason</source>
        <translation>原因(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;For</source>
        <translation>时长(&amp;F)</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::ReasonPopover</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::RequestExport</name>
    <message>
        <source>%1 was not written: %2</source>
        <translation>%1 未能写入：%2</translation>
    </message>
    <message>
        <source>Nothing was written: more than %1 requests match. Narrow the filter or choose a shorter period.</source>
        <translation>未写入任何内容：匹配的请求超过 %1 个。请收窄筛选条件或选择更短的时段。</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::RequestHistogram</name>
    <message>
        <source>Requests over time</source>
        <translation>请求随时间的分布</translation>
    </message>
    <message>
        <source>%1: %2 requests</source>
        <translation>%1：%2 个请求</translation>
    </message>
    <message>
        <source>%1: %2 requests, %3 of them failed</source>
        <translation>%1：%2 个请求，其中 %3 个失败</translation>
    </message>
    <message>
        <source>at most %1 in %2</source>
        <translation>每 %2 最多 %1 个</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::RequestsModel</name>
    <message>
        <source>No price is known for a model that was used</source>
        <translation>所用模型中有价格未知的</translation>
    </message>
    <message>
        <source>Estimated</source>
        <translation>估算值</translation>
    </message>
    <message>
        <source>The client left before the end</source>
        <translation>客户端在结束前离开</translation>
    </message>
    <message>
        <source>left</source>
        <translation>离开</translation>
    </message>
    <message>
        <source>Clients that left before the end</source>
        <translation>在结束前离开的客户端</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>路由</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>Served by</source>
        <translation>服务目标</translation>
    </message>
    <message>
        <source>Att.</source>
        <translation>尝试</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>First token</source>
        <translation>首字延迟</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>总耗时</translation>
    </message>
    <message>
        <source>Tokens in / out</source>
        <translation>输入 / 输出令牌</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>花费</translation>
    </message>
    <message>
        <source>Client</source>
        <translation>客户端</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::RequestsPage</name>
    <message>
        <source>Requests</source>
        <translation>请求</translation>
    </message>
    <message>
        <source>Filter routes, targets, statuses</source>
        <translation>筛选路由、目标、状态</translation>
    </message>
    <message>
        <source>Finished requests</source>
        <translation>已完成的请求</translation>
    </message>
    <message>
        <source>the latest %1 of %2 since %3</source>
        <translation>%3 以来共 %2 个，显示最新 %1 个</translation>
    </message>
    <message>
        <source>%1 of the latest %2 match “%3”</source>
        <translation>最新 %2 个中 %1 个匹配“%3”</translation>
    </message>
    <message>
        <source>; only %1</source>
        <translation>；仅 %1</translation>
    </message>
    <message>
        <source>; %1 came too fast to be listed</source>
        <translation>；%1 个来得太快，未能列出</translation>
    </message>
    <message>
        <source>Filter: status:error provider:… latency:&gt;2s</source>
        <translation>筛选：status:error provider:… latency:&gt;2s</translation>
    </message>
    <message>
        <source>Requests in the ledger</source>
        <translation>账本中的请求</translation>
    </message>
    <message>
        <source>Let the list stand still; End goes on</source>
        <translation>让列表静止；按 End 继续</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Write all requests that are looked at to a file</source>
        <translation>将当前查看的所有请求写入文件</translation>
    </message>
    <message>
        <source>As &amp;CSV…</source>
        <translation>导出为 &amp;CSV…</translation>
    </message>
    <message>
        <source>As &amp;JSON Lines…</source>
        <translation>导出为 &amp;JSON Lines…</translation>
    </message>
    <message>
        <source>Writing: %1 requests so far</source>
        <translation>正在写入：目前 %1 个请求</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>静止</translation>
    </message>
    <message numerus="yes">
        <source>%n new · go to the newest (End)</source>
        <translation>
            <numerusform>%n 个新请求 · 转到最新（End）</numerusform>
        </translation>
    </message>
    <message>
        <source>Copied. Texts are not kept: put yours where the dots are, and the key, where one is needed, into the variable SIGNALBOX_KEY.</source>
        <translation>已复制。文本不予保留：请在省略号处填入您的文本，需要密钥时放入变量 SIGNALBOX_KEY。</translation>
    </message>
    <message>
        <source>Export Requests</source>
        <translation>导出请求</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>%1 requests written to %2</source>
        <translation>%1 个请求已写入 %2</translation>
    </message>
    <message numerus="yes">
        <source>%1: %n request(s), failed ones hatched</source>
        <translation>
            <numerusform>%1：%n 个请求，失败的以斜线表示</numerusform>
        </translation>
    </message>
    <message>
        <source>from the ledger</source>
        <translation>来自账本</translation>
    </message>
    <message>
        <source>nothing is looked for</source>
        <translation>没有查找</translation>
    </message>
    <message>
        <source>looking in the ledger …</source>
        <translation>正在查找账本…</translation>
    </message>
    <message>
        <source>%1 and more</source>
        <translation>%1 个及更多</translation>
    </message>
    <message>
        <source>the latest %1 of %2 in the ledger, scroll for more</source>
        <translation>账本中 %2 个里最新的 %1 个，滚动查看更多</translation>
    </message>
    <message>
        <source>the latest %1 in the ledger, scroll for more</source>
        <translation>账本中最新的 %1 个，滚动查看更多</translation>
    </message>
    <message>
        <source>none in the ledger</source>
        <translation>账本中没有</translation>
    </message>
    <message>
        <source>%1 in the ledger</source>
        <translation>账本中 %1 个</translation>
    </message>
    <message>
        <source>the latest %1; there are more: narrow the filter or choose a period</source>
        <translation>最新的 %1 个；还有更多：请收窄筛选条件或选择时段</translation>
    </message>
    <message>
        <source>Recording of This Period…</source>
        <translation>此时段的录制…</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::RouteCacheForm</name>
    <message>
        <source>Answers from the cache</source>
        <translation>缓存回答</translation>
    </message>
    <message>
        <source>By meaning, a question in other words may get the same answer</source>
        <translation>按含义匹配时，换一种说法的问题可能得到相同的回答</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::RouteEditor</name>
    <message>
        <source>When something fails</source>
        <translation>出错时</translation>
    </message>
    <message>
        <source>Name of the route</source>
        <translation>路由名称</translation>
    </message>
    <message>
        <source>What a client sends as &quot;model&quot;</source>
        <translation>客户端作为 “model” 发送的名称</translation>
    </message>
    <message>
        <source>Strategy</source>
        <translation>策略</translation>
    </message>
    <message>
        <source>Choose a strategy</source>
        <translation>选择策略</translation>
    </message>
    <message>
        <source>Targets</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Every request is treated alike.</source>
        <translation>所有请求同等对待。</translation>
    </message>
    <message>
        <source>Add Rule</source>
        <translation>添加规则</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>规则</translation>
    </message>
    <message>
        <source>the first that hits decides; its targets come before the route&apos;s</source>
        <translation>第一条命中的规则决定；它的目标排在路由的目标之前</translation>
    </message>
    <message>
        <source>Rename %1</source>
        <translation>重命名 %1</translation>
    </message>
    <message>
        <source>Add a rule</source>
        <translation>添加规则</translation>
    </message>
    <message>
        <source>Move a rule</source>
        <translation>移动规则</translation>
    </message>
    <message>
        <source>Remove a rule</source>
        <translation>移除规则</translation>
    </message>
    <message>
        <source>Cache</source>
        <translation>缓存</translation>
    </message>
    <message>
        <source>Choose what is answered from the cache</source>
        <translation>选择哪些请求由缓存回答</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::RoutesView</name>
    <message>
        <source>New Route</source>
        <translation>新建路由</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Routes</source>
        <translation>路由</translation>
    </message>
    <message>
        <source>Remove this route</source>
        <translation>移除此路由</translation>
    </message>
    <message>
        <source>%1, edited</source>
        <translation>%1，已编辑</translation>
    </message>
    <message>
        <source>A route of the draft, without targets</source>
        <translation>草稿中的一条路由，还没有目标</translation>
    </message>
    <message>
        <source>Takes the route out of the draft</source>
        <translation>从草稿中移除此路由</translation>
    </message>
    <message>
        <source>Add a route</source>
        <translation>添加路由</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>移除 %1</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>导入…</translation>
    </message>
    <message>
        <source>Import routes from another gateway&apos;s configuration</source>
        <translation>从其他网关的配置导入路由</translation>
    </message>
    <message>
        <source>Puts a LiteLLM config.yaml or a Portkey config into the draft</source>
        <translation>将 LiteLLM 的 config.yaml 或 Portkey 配置放入草稿</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::RoutingConflict</name>
    <message>
        <source>Back to My Draft</source>
        <translation>回到我的草稿</translation>
    </message>
    <message>
        <source>Carry My Draft Over</source>
        <translation>沿用我的草稿</translation>
    </message>
    <message>
        <source>What they changed</source>
        <translation>对方的更改</translation>
    </message>
    <message>
        <source>What my draft changes</source>
        <translation>我的草稿的更改</translation>
    </message>
    <message>
        <source>Theirs, against the common base</source>
        <translation>对方的，与共同基础相比</translation>
    </message>
    <message>
        <source>Mine, against the same base</source>
        <translation>我的，与同一基础相比</translation>
    </message>
    <message>
        <source>%1 Nothing was overwritten. Carry your draft over to it, look at the difference once more, and apply it then.</source>
        <translation>%1 没有覆盖任何内容。请把草稿沿用过去，再看一次差异，然后应用。</translation>
    </message>
    <message>
        <source>%1 That text has faults: it has to be repaired before anything can be carried over.</source>
        <translation>%1 那份文本有错误：须先修复才能沿用草稿。</translation>
    </message>
    <message>
        <source>Whose %1</source>
        <translation>%1 用谁的</translation>
    </message>
    <message>
        <source>Mine</source>
        <translation>我的</translation>
    </message>
    <message>
        <source>Theirs</source>
        <translation>对方的</translation>
    </message>
    <message>
        <source>both changed it: choose</source>
        <translation>双方都改了：请选择</translation>
    </message>
    <message>
        <source>only my draft changes it: it stays</source>
        <translation>只有我的草稿改了：保留</translation>
    </message>
    <message>
        <source>only they changed it: it is taken over</source>
        <translation>只有对方改了：采用</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::RoutingDraft</name>
    <message>
        <source>The gateway&apos;s configuration is not known yet.</source>
        <translation>网关的配置尚不可知。</translation>
    </message>
    <message>
        <source>Discard the draft</source>
        <translation>放弃草稿</translation>
    </message>
    <message>
        <source>Carry the draft over</source>
        <translation>沿用草稿</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::RoutingHistory</name>
    <message>
        <source>The gateway started with it</source>
        <translation>网关以它启动</translation>
    </message>
    <message>
        <source>Applied</source>
        <translation>已应用</translation>
    </message>
    <message>
        <source>Rolled back to %1</source>
        <translation>回滚到 %1</translation>
    </message>
    <message>
        <source>The file was edited by hand</source>
        <translation>手工编辑了文件</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>方案</translation>
    </message>
    <message>
        <source>When</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>操作者</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Revisions</source>
        <translation>历史版本</translation>
    </message>
    <message>
        <source>Restore as Draft</source>
        <translation>恢复为草稿</translation>
    </message>
    <message>
        <source>Roll Back to This</source>
        <translation>回滚到此</translation>
    </message>
    <message>
        <source>What this revision changed</source>
        <translation>此版本的更改</translation>
    </message>
    <message>
        <source>No configuration was kept yet.</source>
        <translation>尚未保存任何配置。</translation>
    </message>
    <message>
        <source>Choose a revision first</source>
        <translation>请先选择一个版本</translation>
    </message>
    <message>
        <source>This is what runs</source>
        <translation>这是正在运行的</translation>
    </message>
    <message>
        <source>Makes it what runs, at once</source>
        <translation>立即让它运行</translation>
    </message>
    <message>
        <source>Its routes become the draft; nothing is applied yet</source>
        <translation>它的路由成为草稿；尚未应用</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::RoutingImport</name>
    <message>
        <source>No equivalent</source>
        <translation>没有对应项</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>有改动</translation>
    </message>
    <message>
        <source>Key needed</source>
        <translation>需要密钥</translation>
    </message>
    <message>
        <source>What the import could not take over as it was</source>
        <translation>导入时无法原样采用的内容</translation>
    </message>
    <message>
        <source>Copy Report</source>
        <translation>复制报告</translation>
    </message>
    <message>
        <source>Routes</source>
        <translation>路由</translation>
    </message>
    <message>
        <source>Review…</source>
        <translation>审阅…</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>What</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>行</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>The draft&apos;s routes</source>
        <translation>草稿中的路由</translation>
    </message>
    <message>
        <source>Review the draft before it is applied</source>
        <translation>在应用前审阅草稿</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2</source>
        <translation>无法读取 %1：%2</translation>
    </message>
    <message>
        <source>%1 is larger than 1 MiB.</source>
        <translation>%1 大于 1 MiB。</translation>
    </message>
    <message>
        <source>Import %1</source>
        <translation>导入 %1</translation>
    </message>
    <message>
        <source>%1 was not imported</source>
        <translation>未导入 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n faults are to be repaired in the file first; the draft is as it was.</source>
        <translation>
            <numerusform>请先修复文件中的 %n 处错误；草稿保持原样。</numerusform>
        </translation>
    </message>
    <message>
        <source>Fault</source>
        <translation>错误</translation>
    </message>
    <message numerus="yes">
        <source>%n routes</source>
        <translation>
            <numerusform>%n 条路由</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n new providers</source>
        <translation>
            <numerusform>%n 个新提供商</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is in the draft: %2, %3</source>
        <translation>%1 已放入草稿：%2，%3</translation>
    </message>
    <message>
        <source>%1. Everything in it has an equivalent here.</source>
        <translation>%1。其中的一切在这里都有对应项。</translation>
    </message>
    <message>
        <source>%1. What is listed is not the same here. Keys were not copied: those that are needed go into the keychain under the names given, in Settings.</source>
        <translation>%1。列出的内容在这里有所不同。密钥没有复制：所需的密钥请在“设置”中以给出的名称放入密钥环。</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::RoutingPage</name>
    <message>
        <source>Routing</source>
        <translation>路由</translation>
    </message>
    <message>
        <source>The gateway&apos;s configuration cannot be reached from here.</source>
        <translation>从这里无法访问网关的配置。</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Routes</source>
        <translation>路由</translation>
    </message>
    <message>
        <source>Try a Prompt</source>
        <translation>试一个提示词</translation>
    </message>
    <message>
        <source>Revisions</source>
        <translation>历史版本</translation>
    </message>
    <message>
        <source>Nothing can be edited here: %1</source>
        <translation>这里不能编辑：%1</translation>
    </message>
    <message>
        <source>Plan %1 was applied since this draft was begun on plan %2.</source>
        <translation>此草稿基于方案 %2，之后已应用方案 %1。</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Plan %1 runs now; your draft began on plan %2.</source>
        <translation>现在运行的是方案 %1；你的草稿基于方案 %2。</translation>
    </message>
    <message>
        <source>Line %1: %2</source>
        <translation>第 %1 行：%2</translation>
    </message>
    <message>
        <source>Plan %1 applied %2.</source>
        <translation>方案 %1 已于 %2 应用。</translation>
    </message>
    <message>
        <source>Roll Back</source>
        <translation>回滚</translation>
    </message>
    <message>
        <source>%1 applied plan %2 at %3, after your draft was begun on plan %4.</source>
        <translation>%1 在 %3 应用了方案 %2，而你的草稿基于方案 %4。</translation>
    </message>
    <message>
        <source>The file was edited by hand, and the gateway has not taken it over yet.</source>
        <translation>文件已被手工编辑，网关尚未采用。</translation>
    </message>
    <message>
        <source>Plan %1 is not valid any more: %2</source>
        <translation>方案 %1 已不再有效：%2</translation>
    </message>
    <message>
        <source>Restore plan %1</source>
        <translation>恢复方案 %1</translation>
    </message>
    <message>
        <source>The routes of plan %1 are those that run.</source>
        <translation>方案 %1 的路由就是正在运行的。</translation>
    </message>
    <message>
        <source>Import from Another Gateway</source>
        <translation>从其他网关导入</translation>
    </message>
    <message>
        <source>LiteLLM or Portkey configuration</source>
        <translation>LiteLLM 或 Portkey 配置</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>所有文件</translation>
    </message>
    <message>
        <source>Cost Matrix</source>
        <translation>成本矩阵</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>知道了</translation>
    </message>
    <message>
        <source>No route whose weights are proposed asks %1, or it has that veto already. A route&apos;s table “propose” asks for proposals.</source>
        <translation>没有会给出权重建议的路由请求 %1，或者它已有该否决。路由的“propose”表用于请求建议。</translation>
    </message>
    <message>
        <source>Veto by judged answers</source>
        <translation>按评判结果否决</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::RoutingReview</name>
    <message>
        <source>Line %1: %2</source>
        <translation>第 %1 行：%2</translation>
    </message>
    <message>
        <source>Copy Text</source>
        <translation>复制文本</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Why, for those who read the history</source>
        <translation>为什么，供阅读历史的人参考</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>The whole configuration with the draft&apos;s routes</source>
        <translation>包含草稿路由的完整配置</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>The draft changes nothing in the file</source>
        <translation>草稿没有更改文件</translation>
    </message>
    <message>
        <source>Applying changes the file: +%1 −%2 lines</source>
        <translation>应用会更改文件：新增 %1 行，删除 %2 行</translation>
    </message>
    <message>
        <source>Applying…</source>
        <translation>正在应用…</translation>
    </message>
    <message>
        <source>5 minutes</source>
        <translation>5 分钟</translation>
    </message>
    <message>
        <source>15 minutes</source>
        <translation>15 分钟</translation>
    </message>
    <message>
        <source>1 hour</source>
        <translation>1 小时</translation>
    </message>
    <message>
        <source>6 hours</source>
        <translation>6 小时</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 天</translation>
    </message>
    <message>
        <source>To a share first:</source>
        <translation>先用于一部分请求：</translation>
    </message>
    <message>
        <source>The rest stays with the present routes until the time is over. Where it turns out worse it is rolled back by itself.</source>
        <translation>时间结束前，其余请求仍走当前路由；如果结果更差，会自动回滚。</translation>
    </message>
    <message>
        <source>Share of the requests</source>
        <translation>请求占比</translation>
    </message>
    <message>
        <source> % of the requests</source>
        <translation> % 的请求</translation>
    </message>
    <message>
        <source>Watched for</source>
        <translation>观察时长</translation>
    </message>
    <message>
        <source>watched for</source>
        <translation>观察</translation>
    </message>
    <message>
        <source>Apply to a Share</source>
        <translation>应用于一部分请求</translation>
    </message>
    <message>
        <source>It will be held to what these routes did before. Once there is a full preview of this draft, it is held to that.</source>
        <translation>将以这些路由之前的表现为准。有了本草稿的完整预览后，则以预览为准。</translation>
    </message>
    <message>
        <source>It will be held to the preview: %1.</source>
        <translation>将以预览为准：%1。</translation>
    </message>
    <message>
        <source>The preview is kept with the plan, and compared with what happens: %1.</source>
        <translation>预览会随方案保存，并与实际结果对比：%1。</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::RuleCard</name>
    <message>
        <source>Show or hide what this rule says</source>
        <translation>显示或隐藏此规则的内容</translation>
    </message>
    <message>
        <source>Try it earlier (Alt+Up)</source>
        <translation>提前尝试 (Alt+Up)</translation>
    </message>
    <message>
        <source>Try it later (Alt+Down)</source>
        <translation>推后尝试 (Alt+Down)</translation>
    </message>
    <message>
        <source>Remove this rule</source>
        <translation>移除此规则</translation>
    </message>
    <message>
        <source>Rename a rule</source>
        <translation>重命名规则</translation>
    </message>
    <message>
        <source>When all of these hold</source>
        <translation>当以下全部成立</translation>
    </message>
    <message>
        <source>Add Condition</source>
        <translation>添加条件</translation>
    </message>
    <message>
        <source>Then ask first, by</source>
        <translation>则先询问，按</translation>
    </message>
    <message>
        <source>Choose a rule&apos;s strategy</source>
        <translation>选择规则的策略</translation>
    </message>
    <message>
        <source>Add a condition</source>
        <translation>添加条件</translation>
    </message>
    <message>
        <source>rule %1</source>
        <translation>规则 %1</translation>
    </message>
    <message>
        <source>no condition yet</source>
        <translation>还没有条件</translation>
    </message>
    <message>
        <source>no target yet</source>
        <translation>还没有目标</translation>
    </message>
    <message>
        <source>Name of rule %1</source>
        <translation>规则 %1 的名称</translation>
    </message>
    <message>
        <source>Open rule %1</source>
        <translation>打开规则 %1</translation>
    </message>
    <message>
        <source>Try rule %1 earlier</source>
        <translation>提前尝试规则 %1</translation>
    </message>
    <message>
        <source>Try rule %1 later</source>
        <translation>推后尝试规则 %1</translation>
    </message>
    <message>
        <source>Remove rule %1</source>
        <translation>移除规则 %1</translation>
    </message>
    <message>
        <source>Add a condition to rule %1</source>
        <translation>给规则 %1 添加条件</translation>
    </message>
    <message>
        <source>Strategy of rule %1</source>
        <translation>规则 %1 的策略</translation>
    </message>
    <message>
        <source>Rule %1: %2</source>
        <translation>规则 %1：%2</translation>
    </message>
    <message>
        <source>Change a condition</source>
        <translation>更改条件</translation>
    </message>
    <message>
        <source>Remove a condition</source>
        <translation>移除条件</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::RunTimeline</name>
    <message>
        <source>Timeline of the answers</source>
        <translation>回答的时间线</translation>
    </message>
    <message>
        <source>At %1: %2</source>
        <translation>%1 时：%2</translation>
    </message>
    <message>
        <source>Timeline: point at a moment, or use the arrow keys, and the columns show what was there then</source>
        <translation>时间线：指向某一时刻，或使用方向键，各列即显示当时的内容</translation>
    </message>
    <message>
        <source>stall %1</source>
        <translation>停顿 %1</translation>
    </message>
    <message>
        <source>What it cost is known when the log has it</source>
        <translation>费用在日志记录后可知</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::SavedFilters</name>
    <message>
        <source>Saved</source>
        <translation>已保存</translation>
    </message>
    <message>
        <source>Filters that were saved, and saving this one</source>
        <translation>已保存的筛选条件，以及保存当前条件</translation>
    </message>
    <message>
        <source>Save This Filter</source>
        <translation>保存此筛选条件</translation>
    </message>
    <message>
        <source>Save “%1”</source>
        <translation>保存“%1”</translation>
    </message>
    <message>
        <source>None was saved yet</source>
        <translation>尚未保存任何条件</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>删除</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Providers&apos; keys</source>
        <translation>提供商密钥</translation>
    </message>
    <message>
        <source>Alerts</source>
        <translation>告警</translation>
    </message>
    <message>
        <source>Who is told of alerts</source>
        <translation>告警送达方式</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>环境标记</translation>
    </message>
    <message>
        <source>The profile marks the window, so that nobody works on the wrong installation.</source>
        <translation>环境标记显示在窗口上，以免误操作其他环境。</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy the path: %1</source>
        <translation>复制路径：%1</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>配置</translation>
    </message>
    <message>
        <source>Earlier ones</source>
        <translation>历史版本</translation>
    </message>
    <message>
        <source>Ledger</source>
        <translation>账本</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Signalbox %1, Qt %2</source>
        <translation>Signalbox %1，Qt %2</translation>
    </message>
    <message>
        <source>(no version)</source>
        <translation>（无版本）</translation>
    </message>
    <message>
        <source>Copy the version</source>
        <translation>复制版本</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>许可</translation>
    </message>
    <message>
        <source>GPL-3.0-or-later for the console, Apache-2.0 for the gateway</source>
        <translation>控制台采用 GPL-3.0-or-later，网关采用 Apache-2.0</translation>
    </message>
    <message>
        <source>in no file</source>
        <translation>不在文件中</translation>
    </message>
    <message>
        <source>one day</source>
        <translation>一天</translation>
    </message>
    <message>
        <source>%1 days</source>
        <translation>%1 天</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>on the gateway&apos;s machine</source>
        <translation>在网关所在的机器上</translation>
    </message>
    <message>
        <source>As the gateway&apos;s configuration says (keep_requests_days under [ledger])</source>
        <translation>按网关配置（[ledger] 下的 keep_requests_days）</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>键盘快捷键</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>行距</translation>
    </message>
    <message>
        <source>Requests for %1 (keep_requests_days under [ledger])</source>
        <translation>请求保存 %1（[ledger] 下的 keep_requests_days）</translation>
    </message>
    <message>
        <source>%1; prompts and answers are not kept</source>
        <translation>%1；不保存提示和回答</translation>
    </message>
    <message>
        <source>%1; prompts and answers, without keys, for %2 (keep_bodies_days)</source>
        <translation>%1；提示和回答（不含密钥）保存 %2（keep_bodies_days）</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::SetupView</name>
    <message>
        <source>Test Again</source>
        <translation>再次测试</translation>
    </message>
    <message>
        <source>Signalbox runs the gateway inside this program. Applications point their OpenAI client at its address, and it asks the providers for them.</source>
        <translation>Signalbox 在本程序内运行网关。应用将其 OpenAI 客户端指向网关地址，由网关代为请求各提供商。</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>提供商</translation>
    </message>
    <message>
        <source>Another, with OpenAI&apos;s API</source>
        <translation>其他兼容 OpenAI API 的提供商</translation>
    </message>
    <message>
        <source>Name of the provider</source>
        <translation>提供商名称</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Save and Test</source>
        <translation>保存并测试</translation>
    </message>
    <message>
        <source>Keep it in</source>
        <translation>存放于</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Copy curl</source>
        <translation>复制 curl</translation>
    </message>
    <message>
        <source>The gateway serves. A first request from a shell:</source>
        <translation>网关已开始服务。在终端中发出第一个请求：</translation>
    </message>
    <message>
        <source>More providers, rules and limits go into the configuration; keys are under Settings.</source>
        <translation>更多提供商、规则和限制写入配置；密钥在“设置”中。</translation>
    </message>
    <message>
        <source>Skip Set-Up</source>
        <translation>跳过设置</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>Asking the gateway…</source>
        <translation>正在询问网关…</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>正在保存…</translation>
    </message>
    <message>
        <source>Saved. Asking %1…</source>
        <translation>已保存。正在询问 %1…</translation>
    </message>
    <message>
        <source>The gateway</source>
        <translation>网关</translation>
    </message>
    <message>
        <source>A provider</source>
        <translation>提供商</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>%1 of %2 · %3</source>
        <translation>%1/%2 · %3</translation>
    </message>
    <message>
        <source>Open the Overview</source>
        <translation>打开总览</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::ShortcutBook</name>
    <message>
        <source>%1 is needed for typing: add Ctrl or Alt.</source>
        <translation>%1 用于输入：请加上 Ctrl 或 Alt。</translation>
    </message>
    <message>
        <source>%1 belongs to “%2”.</source>
        <translation>%1 已用于“%2”。</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::ShortcutsPanel</name>
    <message>
        <source>Reset All</source>
        <translation>全部重置</translation>
    </message>
    <message>
        <source>Press a row&apos;s keys, then those it is to have. Backspace takes them away, Esc leaves them.</source>
        <translation>点按某行的按键，再按新的按键。Backspace 清除，Esc 保留原样。</translation>
    </message>
    <message>
        <source>Reset all shortcuts</source>
        <translation>重置所有快捷键</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>复位</translation>
    </message>
    <message>
        <source>Reset the keys of %1</source>
        <translation>重置 %1 的按键</translation>
    </message>
    <message>
        <source>Keys of %1: %2</source>
        <translation>%1 的按键：%2</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::Sidebar</name>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Listens at %1
Configuration %2</source>
        <translation>监听 %1
配置 %2</translation>
    </message>
    <message>
        <source>Pages, %1</source>
        <translation>页面，%1</translation>
    </message>
    <message>
        <source>config %1</source>
        <translation>配置 %1</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::SidebarButton</name>
    <message>
        <source>%1 (Ctrl+%2)</source>
        <translation>%1（Ctrl+%2）</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::Skeleton</name>
    <message>
        <source>Waiting for the gateway</source>
        <translation>等待网关</translation>
    </message>
    <message>
        <source>Waiting for the gateway…</source>
        <translation>等待网关…</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::StatTile</name>
    <message>
        <source>was %1 %2</source>
        <comment>a number and its unit</comment>
        <translation>此前为 %1 %2</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::StatusStrip</name>
    <message>
        <source>Status: %1</source>
        <translation>状态：%1</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::TargetDetails</name>
    <message>
        <source>Changes</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>State and share</source>
        <translation>状态与份额</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>By its own count</source>
        <translation>自身计数</translation>
    </message>
    <message>
        <source>Forced</source>
        <translation>强制</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>份额</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>限额</translation>
    </message>
    <message>
        <source>Used up</source>
        <translation>用尽时间</translation>
    </message>
    <message>
        <source>%1 by weight, %2 measured</source>
        <translation>按权重 %1，实测 %2</translation>
    </message>
    <message>
        <source>None since the gateway started</source>
        <translation>网关启动以来没有</translation>
    </message>
    <message>
        <source>newest first; Return: the requests</source>
        <translation>最新在前；回车：查看请求</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::TargetTrial</name>
    <message>
        <source>Test</source>
        <translation>测试</translation>
    </message>
    <message>
        <source>One tiny request to this target and to nobody else; it costs %1 at most.</source>
        <translation>只向此目标发送一个极小的请求；最多花费 %1。</translation>
    </message>
    <message>
        <source>Test %1</source>
        <translation>测试 %1</translation>
    </message>
    <message>
        <source>No target can be tested from here.</source>
        <translation>此处无法测试目标。</translation>
    </message>
    <message>
        <source>One tiny request to this target and to nobody else, of at most %1 tokens; its price is not known.</source>
        <translation>只向此目标发送一个极小的请求，最多 %1 个令牌；价格未知。</translation>
    </message>
    <message>
        <source>Testing…</source>
        <translation>正在测试…</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::TargetsEditor</name>
    <message>
        <source>Not running yet</source>
        <translation>尚未运行</translation>
    </message>
    <message>
        <source>Add Target…</source>
        <translation>添加目标…</translation>
    </message>
    <message>
        <source>There are no targets here yet.</source>
        <translation>这里还没有目标。</translation>
    </message>
    <message>
        <source>Add %1</source>
        <translation>添加 %1</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::TargetsModel</name>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>By count</source>
        <translation>按计数</translation>
    </message>
    <message>
        <source>Forced</source>
        <translation>强制</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>速率</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>p95</source>
        <translation>p95</translation>
    </message>
    <message>
        <source>In flight</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>实测</translation>
    </message>
    <message>
        <source>Limit left</source>
        <translation>剩余限额</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::ThresholdChart</name>
    <message>
        <source>Threshold to try</source>
        <translation>试用的阈值</translation>
    </message>
    <message>
        <source>Nothing was evaluated yet.</source>
        <translation>尚未评估。</translation>
    </message>
    <message>
        <source>%1: precision %2, recall %3, false hits %4, without vetoes %5</source>
        <translation>%1：精确率 %2，召回率 %3，误命中 %4，不否决时 %5</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精确率</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>False hits</source>
        <translation>误命中</translation>
    </message>
    <message>
        <source>False hits without vetoes</source>
        <translation>不否决时的误命中</translation>
    </message>
    <message>
        <source>now %1</source>
        <translation>现为 %1</translation>
    </message>
    <message>
        <source>try %1</source>
        <translation>试用 %1</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::ThresholdPanel</name>
    <message>
        <source>What a threshold does to the labelled pairs</source>
        <translation>阈值对标注问题对的作用</translation>
    </message>
    <message>
        <source>Threshold</source>
        <translation>阈值</translation>
    </message>
    <message>
        <source>Threshold to try, as a number</source>
        <translation>试用的阈值（数字）</translation>
    </message>
    <message>
        <source>Try</source>
        <translation>试用</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>精确率</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>召回率</translation>
    </message>
    <message>
        <source>False hits</source>
        <translation>误命中</translation>
    </message>
    <message>
        <source>… without vetoes</source>
        <translation>…不否决时</translation>
    </message>
    <message>
        <source>Near misses above</source>
        <translation>其上的擦边未中</translation>
    </message>
    <message>
        <source>Evaluating …</source>
        <translation>正在评估…</translation>
    </message>
    <message>
        <source>The pairs could not be evaluated: %1</source>
        <translation>无法评估问题对：%1</translation>
    </message>
    <message>
        <source>Evaluate Again</source>
        <translation>重新评估</translation>
    </message>
    <message>
        <source>%1 that ask the same, %2 that do not, by %3</source>
        <translation>%1 对问法相同，%2 对不同，使用%3</translation>
    </message>
    <message>
        <source>the built-in embedder</source>
        <translation>内置嵌入器</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%2 中的 %1</translation>
    </message>
    <message>
        <source>Try the Recommended %1</source>
        <translation>试用推荐的 %1</translation>
    </message>
    <message>
        <source>None Is Recommended</source>
        <translation>没有推荐值</translation>
    </message>
    <message>
        <source>Each threshold lets some false hits through</source>
        <translation>每个阈值都会放过一些误命中</translation>
    </message>
    <message>
        <source>The lowest without a false hit</source>
        <translation>没有误命中的最低值</translation>
    </message>
    <message>
        <source>Use %1…</source>
        <translation>使用 %1…</translation>
    </message>
    <message>
        <source>%1 Is in Force</source>
        <translation>%1 已生效</translation>
    </message>
    <message>
        <source>Shows what changes in the configuration first</source>
        <translation>先显示配置中的更改</translation>
    </message>
    <message>
        <source>Ticks under the axis are near misses: those above the threshold would be hits, were it not for the vetoes.</source>
        <translation>轴下的刻度是擦边未中：若无否决，阈值以上的即为命中。</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::TierBox</name>
    <message>
        <source>It is locked: unlock it first.</source>
        <translation>它已锁定：请先解锁。</translation>
    </message>
    <message>
        <source>All other targets are locked: nothing can give or take the difference.</source>
        <translation>其他目标都已锁定：没有目标可以承担差额。</translation>
    </message>
    <message>
        <source>The locked targets leave no more than this.</source>
        <translation>已锁定的目标只留下这么多。</translation>
    </message>
    <message>
        <source>It is the only target of its tier: all of its requests go there.</source>
        <translation>它是本层唯一的目标：所有请求都去往它。</translation>
    </message>
    <message>
        <source>Equalise</source>
        <translation>均分</translation>
    </message>
    <message>
        <source>Move weight in tier %1</source>
        <translation>移动第 %1 层的权重</translation>
    </message>
    <message>
        <source>Add Target…</source>
        <translation>添加目标…</translation>
    </message>
    <message>
        <source>Equalise tier %1</source>
        <translation>均分第 %1 层</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Measured</source>
        <translation>实测</translation>
    </message>
    <message>
        <source>p95</source>
        <translation>p95</translation>
    </message>
    <message>
        <source>Breaker</source>
        <translation>熔断器</translation>
    </message>
    <message>
        <source>Lock %1</source>
        <translation>锁定 %1</translation>
    </message>
    <message>
        <source> %</source>
        <comment>unit of a share</comment>
        <translation> %</translation>
    </message>
    <message>
        <source>%1 weight</source>
        <translation>%1 权重</translation>
    </message>
    <message>
        <source>Move or remove %1</source>
        <translation>移动或移除 %1</translation>
    </message>
    <message>
        <source>Move or remove (Alt+Up, Alt+Down, Delete)</source>
        <translation>移动或移除 (Alt+Up, Alt+Down, Delete)</translation>
    </message>
    <message>
        <source>Unlock %1</source>
        <translation>解锁 %1</translation>
    </message>
    <message>
        <source>Set the weight of %1</source>
        <translation>设置 %1 的权重</translation>
    </message>
    <message>
        <source>Move %1</source>
        <translation>移动 %1</translation>
    </message>
    <message>
        <source>Move Up	Alt+Up</source>
        <translation>上移	Alt+Up</translation>
    </message>
    <message>
        <source>Move Down	Alt+Down</source>
        <translation>下移	Alt+Down</translation>
    </message>
    <message>
        <source>To Tier %1</source>
        <translation>移到第 %1 层</translation>
    </message>
    <message>
        <source>Move %1 to tier %2</source>
        <translation>把 %1 移到第 %2 层</translation>
    </message>
    <message>
        <source>Remove	Delete</source>
        <translation>移除	Delete</translation>
    </message>
    <message>
        <source>Remove %1</source>
        <translation>移除 %1</translation>
    </message>
    <message>
        <source>Add %1</source>
        <translation>添加 %1</translation>
    </message>
    <message>
        <source>Tier %1</source>
        <translation>第 %1 层</translation>
    </message>
    <message>
        <source>preferred</source>
        <translation>首选</translation>
    </message>
    <message>
        <source>only while no target of a lower tier can be asked</source>
        <translation>仅当更低层没有可询问的目标时</translation>
    </message>
    <message>
        <source>Weights of tier %1</source>
        <translation>第 %1 层的权重</translation>
    </message>
    <message>
        <source>Add a target to tier %1</source>
        <translation>给第 %1 层添加目标</translation>
    </message>
    <message>
        <source>Every target is in the list already</source>
        <translation>所有目标都已在列表中</translation>
    </message>
    <message>
        <source>One more target for this tier</source>
        <translation>给这一层再加一个目标</translation>
    </message>
    <message>
        <source>in force %1</source>
        <translation>生效中 %1</translation>
    </message>
    <message>
        <source>measured in the last minute, %1 attempts</source>
        <translation>最近一分钟实测，%1 次尝试</translation>
    </message>
    <message>
        <source>No shares</source>
        <translation>没有份额</translation>
    </message>
    <message>
        <source>Sum %1 %</source>
        <translation>合计 %1 %</translation>
    </message>
    <message>
        <source>all</source>
        <comment>of a tier&apos;s requests</comment>
        <translation>全部</translation>
    </message>
    <message>
        <source>Locked: no edit changes it. Press to unlock</source>
        <translation>已锁定：任何编辑都不会改变它。按下以解锁</translation>
    </message>
    <message>
        <source>Lock this weight against other edits</source>
        <translation>锁定此权重，不受其他编辑影响</translation>
    </message>
    <message>
        <source>Fallback only: asked when the others cannot be</source>
        <translation>仅作后备：其他目标不可用时才询问</translation>
    </message>
    <message>
        <source>%1 (n = %2)</source>
        <translation>%1（n = %2）</translation>
    </message>
    <message>
        <source>Fewer than %1 attempts in the last minute: too few to compare with the weights</source>
        <translation>最近一分钟少于 %1 次尝试：太少，无法与权重比较</translation>
    </message>
    <message>
        <source>▲ %1, planned %2</source>
        <translation>▲ %1，计划 %2</translation>
    </message>
    <message>
        <source>Off by %1 points. Chance explains ± %2 at %3 attempts; failover, rules or an open breaker can be the reason</source>
        <translation>相差 %1 个百分点。%3 次尝试下偶然误差为 ± %2；可能因故障转移、规则或熔断器打开</translation>
    </message>
    <message>
        <source>%1 ± %2</source>
        <translation>%1 ± %2</translation>
    </message>
    <message>
        <source>As planned (%1), within what chance explains at %2 attempts</source>
        <translation>与计划（%1）一致，在 %2 次尝试的偶然误差之内</translation>
    </message>
    <message>
        <source>▲ All weights of this tier are 0: it serves only as fallback, in the order of its targets. Equalise, or set a weight.</source>
        <translation>▲ 本层权重全为 0：仅按目标顺序作后备。请均分，或设置一个权重。</translation>
    </message>
    <message>
        <source>By Cost</source>
        <translation>按成本</translation>
    </message>
    <message>
        <source>By Latency</source>
        <translation>按延迟</translation>
    </message>
    <message>
        <source>Weigh tier %1 by cost</source>
        <translation>按成本分配第 %1 层</translation>
    </message>
    <message>
        <source>Weigh tier %1 by latency</source>
        <translation>按延迟分配第 %1 层</translation>
    </message>
    <message>
        <source>The cost matrix has to know two of them: open it first</source>
        <translation>成本矩阵需要了解其中两个目标：请先打开它</translation>
    </message>
    <message>
        <source>%1, tier %2</source>
        <translation>%1，第 %2 层</translation>
    </message>
    <message>
        <source>More for those whose answers cost less, by the last week</source>
        <translation>回答更便宜的分得更多，依据最近一周</translation>
    </message>
    <message>
        <source>More for those whose answers come sooner, by the last week</source>
        <translation>回答更快的分得更多，依据最近一周</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::TimeChart</name>
    <message>
        <source>%1 as a table</source>
        <translation>%1（表格）</translation>
    </message>
    <message>
        <source>Show as Table</source>
        <translation>显示为表格</translation>
    </message>
    <message>
        <source>Export CSV…</source>
        <translation>导出 CSV…</translation>
    </message>
    <message>
        <source>Export PNG…</source>
        <translation>导出 PNG…</translation>
    </message>
    <message>
        <source>Export SVG…</source>
        <translation>导出 SVG…</translation>
    </message>
    <message>
        <source>%1: table, legend, export</source>
        <translation>%1：表格、图例、导出</translation>
    </message>
    <message>
        <source>Table, legend, export</source>
        <translation>表格、图例、导出</translation>
    </message>
    <message>
        <source>Order of the Legend</source>
        <translation>图例顺序</translation>
    </message>
    <message>
        <source>As Configured</source>
        <translation>按配置</translation>
    </message>
    <message>
        <source>By Name</source>
        <translation>按名称</translation>
    </message>
    <message>
        <source>By Value</source>
        <translation>按数值</translation>
    </message>
    <message>
        <source>Waiting for the gateway…</source>
        <translation>等待网关…</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::TransitionsModel</name>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>%1; it said “%2”</source>
        <translation>%1；对方称“%2”</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::TrialBar</name>
    <message>
        <source>Roll Back Now</source>
        <translation>立即回滚</translation>
    </message>
    <message>
        <source>Take Over Now</source>
        <translation>立即接管</translation>
    </message>
    <message>
        <source>On trial</source>
        <translation>试行</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>其余</translation>
    </message>
    <message>
        <source>Expected, at most</source>
        <translation>预期上限</translation>
    </message>
    <message>
        <source>Doubt</source>
        <translation>存疑度</translation>
    </message>
    <message>
        <source>%1: %2; it is rolled back at 100 %</source>
        <translation>%1：%2；达到 100 % 时回滚</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::TurnList</name>
    <message>
        <source>Add Turn</source>
        <translation>添加一轮</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::TurnRow</name>
    <message>
        <source>System</source>
        <translation>系统</translation>
    </message>
    <message>
        <source>User</source>
        <translation>用户</translation>
    </message>
    <message>
        <source>Assistant</source>
        <translation>助手</translation>
    </message>
    <message>
        <source>How the model is to behave; may stay empty</source>
        <translation>模型应如何表现；可以留空</translation>
    </message>
    <message>
        <source>Role of turn %1</source>
        <translation>第 %1 轮的角色</translation>
    </message>
    <message>
        <source>Text of turn %1</source>
        <translation>第 %1 轮的文本</translation>
    </message>
    <message>
        <source>Remove turn %1</source>
        <translation>移除第 %1 轮</translation>
    </message>
    <message>
        <source>What is said; drop or paste pictures here</source>
        <translation>说的话；图片可拖放或粘贴到这里</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::VaultBox</name>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>Passphrase of the encrypted file</source>
        <translation>加密文件的口令</translation>
    </message>
    <message>
        <source>Passphrase</source>
        <translation>口令</translation>
    </message>
    <message>
        <source>Check Again</source>
        <translation>重新检查</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::VoteBar</name>
    <message>
        <source>%1 is best</source>
        <translation>%1 最好</translation>
    </message>
    <message>
        <source>Tie</source>
        <translation>平局</translation>
    </message>
    <message>
        <source>All bad</source>
        <translation>都不好</translation>
    </message>
    <message>
        <source>Names and figures are shown after the vote.</source>
        <translation>投票后显示名称和数字。</translation>
    </message>
    <message>
        <source>Run first; then judge.</source>
        <translation>先运行，再评判。</translation>
    </message>
    <message>
        <source>You chose %1: %2.</source>
        <translation>您选择了 %1：%2。</translation>
    </message>
    <message>
        <source>You called it a tie.</source>
        <translation>您判为平局。</translation>
    </message>
    <message>
        <source>You called all of them bad.</source>
        <translation>您判为都不好。</translation>
    </message>
    <message>
        <source>Not blind: an answer says “%1”. It does not count.</source>
        <translation>非盲评：有回答提到“%1”，不计入。</translation>
    </message>
</context>
<context>
    <name>signalbox::ui::WeightsBar</name>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>%1 %2 %3 %</source>
        <translation>%1 %2 %3 %</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>已锁定</translation>
    </message>
    <message>
        <source>%1 %2: %3 %</source>
        <translation>%1 %2：%3 %</translation>
    </message>
    <message>
        <source>All weights are 0: fallback only</source>
        <translation>权重全为 0：仅作后备</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>ui::PlaygroundHistory</name>
    <message>
        <source>A picture</source>
        <translation>一张图片</translation>
    </message>
</context>
</TS>
