# SPDX-License-Identifier: Apache-2.0
# Chinese families of the half that is kept for testing: never tuned on. See make.py for what they are.
FAMILIES = [
    ("zh_invoice", [
        "订单{n_order}的发票在哪里下载？", "在哪里可以下载订单{n_order}的发票？", "怎么下载订单{n_order}的发票", "请问订单{n_order}的发票怎样下载？", "我要下载订单{n_order}的发票，在哪里？",
    ], {"n_order": ["20451", "A-77", "3318", "99-02"]}, [
        ("near", "订单{n_order}的发票在哪里上传？"), ("near", "订单{n_order}的合同在哪里下载？"), ("question", "订单{n_order}的发票什么时候能下载？"),
        ("negation", "订单{n_order}的发票为什么下载不了？"), ("near", "订单{n_order}的发票能改抬头吗？"), ("question", "谁下载了订单{n_order}的发票？"),
    ]),
    ("zh_symptom", [
        "{symptom}应该挂什么科？", "{symptom}要挂哪个科？", "请问{symptom}挂什么科", "{symptom}去医院应该挂什么科室？", "得了{symptom}，看病该挂什么科？",
    ], {"symptom": ["头痛", "失眠", "胃痛", "湿疹"]}, [
        ("near", "{symptom}应该吃什么药？"), ("near", "{symptom}应该注意什么？"), ("negation", "{symptom}不应该挂什么科？"),
        ("question", "{symptom}为什么要挂号？"), ("near", "{symptom}会传染吗？"), ("question", "{symptom}什么时候应该去医院？"),
    ]),
    ("zh_river", [
        "{river}有多长？", "{river}的长度是多少？", "请问{river}全长多少公里？", "{river}多长", "{river}一共有多长？",
    ], {"river": ["长江", "黄河", "尼罗河", "亚马孙河"]}, [
        ("near", "{river}有多宽？"), ("near", "{river}有多深？"), ("near", "{river}有哪些支流？"),
        ("question", "{river}发源于哪里？"), ("negation", "{river}没有多长？"), ("near", "{river}流经多少个省？"),
    ]),
    ("zh_train", [
        "从{city}去拉萨的火车票多少钱？", "{city}到拉萨的火车票价是多少？", "{city}去拉萨坐火车多少钱", "请问从{city}到拉萨的火车票要多少钱？", "买一张{city}去拉萨的火车票需要多少钱？",
    ], {"city": ["西宁", "重庆", "郑州", "兰州"]}, [
        ("near", "从{city}去拉萨的飞机票多少钱？"), ("entity", "从{city}去敦煌的火车票多少钱？"), ("entity", "从拉萨去{city}的火车票多少钱？"),
        ("near", "从{city}去拉萨的火车要几个小时？"), ("question", "从{city}去拉萨的火车票在哪里买？"), ("negation", "从{city}去拉萨的火车票不要钱吗？"),
    ]),
    ("zh_member", [
        "怎么取消{site}的自动续费？", "如何取消{site}自动续费", "{site}的自动续费怎么取消？", "请问在哪里取消{site}的自动续费？", "我想取消{site}的自动续费，怎么操作？",
    ], {"site": ["爱奇艺", "腾讯视频", "网易云音乐", "喜马拉雅"]}, [
        ("negation", "怎么开通{site}的自动续费？"), ("negation", "为什么不能取消{site}的自动续费？"), ("near", "怎么取消{site}的订单？"),
        ("question", "什么时候取消{site}的自动续费？"), ("near", "{site}的自动续费多少钱？"), ("near", "怎么取消{site}的实名认证？"),
    ]),
    ("zh_author", [
        "《{book}》的作者是谁？", "《{book}》是谁写的？", "谁写了《{book}》", "请问谁是《{book}》的作者？", "写《{book}》的作家是谁？",
    ], {"book": ["围城", "边城", "骆驼祥子", "呐喊"]}, [
        ("near", "《{book}》的主角是谁？"), ("near", "《{book}》的译者是谁？"), ("question", "《{book}》是什么时候写的？"),
        ("near", "《{book}》讲了什么？"), ("negation", "谁没读过《{book}》？"), ("question", "《{book}》为什么出名？"),
    ]),
    ("zh_plant", [
        "{plant}多久浇一次水？", "{plant}几天浇一次水？", "请问{plant}隔多久要浇水？", "{plant}应该多久浇水一次", "养{plant}多长时间浇一次水？",
    ], {"plant": ["绿萝", "多肉", "君子兰", "茉莉"]}, [
        ("near", "{plant}多久施一次肥？"), ("near", "{plant}多久换一次盆？"), ("near", "{plant}每次浇多少水？"),
        ("negation", "{plant}多久不浇水会死？"), ("question", "{plant}为什么要浇水？"), ("near", "{plant}浇什么水好？"),
    ]),
    ("zh_summary", [
        "用{n_count}句话总结这次{kind}会议", "请用{n_count}句话概括这次{kind}会议", "把这次{kind}会议总结成{n_count}句话", "帮我用{n_count}句话总结一下这次{kind}会议", "请将这次{kind}会议用{n_count}句话总结",
    ], {"n_count": ["三", "五", "10"], "kind": ["销售", "产品"]}, [
        ("number", "用{n_count}个词总结这次{kind}会议"), ("number", "用{n_count}段话总结这次{kind}会议"), ("near", "用{n_count}句话评价这次{kind}会议"),
        ("negation", "不要用{n_count}句话总结这次{kind}会议"), ("near", "用{n_count}句话总结上次{kind}会议"), ("question", "谁用{n_count}句话总结了这次{kind}会议？"),
    ]),
    ("zh_excel", [
        "{app}里怎么合并单元格？", "在{app}中如何合并单元格？", "{app}怎样合并单元格", "请问用{app}怎么把单元格合并起来？", "{app}合并单元格的方法",
    ], {"app": ["Excel", "WPS", "腾讯文档", "飞书"]}, [
        ("negation", "{app}里怎么拆分单元格？"), ("negation", "{app}里怎么取消合并单元格？"), ("near", "{app}里怎么隐藏单元格？"),
        ("near", "{app}里怎么合并工作表？"), ("question", "{app}里为什么不能合并单元格？"), ("near", "{app}里怎么锁定单元格？"),
    ]),
    ("zh_history", [
        "{event}发生在哪一年？", "{event}是哪一年发生的？", "{event}是在哪年", "请问{event}发生于哪一年？", "哪一年发生了{event}？",
    ], {"event": ["安史之乱", "鸦片战争", "戊戌变法", "辛亥革命"]}, [
        ("question", "{event}发生在哪里？"), ("question", "{event}为什么会发生？"), ("near", "{event}持续了几年？"),
        ("near", "{event}结束于哪一年？"), ("negation", "{event}没有发生会怎样？"), ("near", "{event}死了多少人？"),
    ]),
    ("zh_rent", [
        "在{city}租一套{n_rooms}室的房子要多少钱？", "{city}租{n_rooms}室的房子多少钱？", "{city}{n_rooms}室房子的租金是多少", "请问在{city}租{n_rooms}室的房子大概要多少钱？", "{city}的{n_rooms}室房租多少？",
    ], {"city": ["深圳", "苏州", "青岛"], "n_rooms": ["一", "两", "3"]}, [
        ("near", "在{city}买一套{n_rooms}室的房子要多少钱？"), ("near", "在{city}装修一套{n_rooms}室的房子要多少钱？"), ("question", "在{city}哪里能租到{n_rooms}室的房子？"),
        ("near", "在{city}租一套{n_rooms}室的房子要交多少押金？"), ("negation", "在{city}租{n_rooms}室的房子不要钱吗？"), ("near", "在{city}租一间{n_rooms}层的商铺要多少钱？"),
    ]),
    ("zh_compare", [
        "{pair}有什么区别？", "{pair}的区别是什么？", "{pair}有什么不同？", "请说明{pair}的区别", "{pair}之间有哪些差别？",
    ], {"pair": ["面粉和淀粉", "骆驼和羊驼", "光年和年", "律师和法官"]}, [
        ("near", "{pair}有什么共同点？"), ("near", "{pair}哪个更重要？"), ("negation", "{pair}没有区别吗？"),
        ("question", "为什么{pair}有区别？"), ("near", "{pair}有什么关系？"), ("near", "{pair}怎么翻译？"),
    ]),
]
SINGLES = [
    ("paraphrase", "电脑开不了机怎么办？", "电脑没法开机了，怎么办？"),
    ("paraphrase", "你们周末营业吗？", "你们周末开门吗？"),
    ("paraphrase", "给女朋友送什么礼物好？", "送女朋友什么礼物比较好？"),
    ("paraphrase", "怎样提高英语口语？", "如何提高英语口语水平？"),
    ("paraphrase", "这件衣服有大号吗？", "请问这件衣服有没有大号？"),
    ("paraphrase", "解释一下什么是黑洞", "什么是黑洞？请解释。"),
    ("negation", "这张卡能在国外用吗？", "这张卡不能在国外用吗？"),
    ("negation", "哪些食物含麸质？", "哪些食物不含麸质？"),
    ("negation", "他同意了吗？", "他反对了吗？"),
    ("near", "怎么调亮屏幕？", "怎么调暗屏幕？"),
    ("near", "怎么启动服务？", "怎么停止服务？"),
    ("near", "最贵的套餐是哪个？", "最便宜的套餐是哪个？"),
    ("number", "定一个早上6点的闹钟", "定一个晚上6点的闹钟"),
    ("number", "两米是多少厘米？", "两米是多少毫米？"),
    ("entity", "从北京飞纽约要多久？", "从纽约飞北京要多久？"),
    ("entity", "介绍一下李白", "介绍一下李贺"),
    ("quoted", "“望梅止渴”出自哪里？", "“破釜沉舟”出自哪里？"),
    ("question", "银行几点开门？", "银行在哪里开门？"),
    ("language", "长城有多长？", "How long is the Great Wall?"),
]
