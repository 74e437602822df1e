# SPDX-License-Identifier: Apache-2.0
# Chinese families of the half that tuning may look at. See make.py for what they are.
FAMILIES = [
    ("zh_password", [
        "怎么重置{service}的密码？", "如何重置{service}密码", "{service}的密码忘了，怎么重置？", "请问怎样才能重置{service}的密码？", "重置{service}密码的方法是什么？",
    ], {"service": ["微信", "支付宝", "淘宝", "知乎"]}, [
        ("near", "怎么修改{service}的头像？"), ("near", "怎么注销{service}的账号？"), ("negation", "怎么才能不重置{service}的密码？"),
        ("question", "为什么要重置{service}的密码？"), ("near", "{service}的密码要多长？"), ("question", "什么时候重置{service}的密码？"),
    ]),
    ("zh_refund", [
        "购买{n_days}天后还能退款吗？", "买了{n_days}天以后还可以退款吗", "请问购买{n_days}天后可以退款吗？", "购买后{n_days}天能退款吗？", "下单{n_days}天之后还能不能退款？",
    ], {"n_days": ["7", "15", "30", "三"]}, [
        ("near", "购买{n_days}天后还能换货吗？"), ("number", "购买{n_days}个月后还能退款吗？"), ("negation", "购买{n_days}天后不能退款吗？"),
        ("near", "购买{n_days}天后还能开发票吗？"), ("question", "购买{n_days}天后怎么退款？"), ("question", "购买{n_days}天后能退多少款？"),
    ]),
    ("zh_capital", [
        "{country}的首都是哪里？", "{country}首都是哪个城市？", "请告诉我{country}的首都。", "哪座城市是{country}的首都？", "{country}的首都叫什么",
    ], {"country": ["澳大利亚", "加拿大", "埃及", "秘鲁"]}, [
        ("near", "{country}的人口是多少？"), ("near", "{country}的货币是什么？"), ("near", "{country}最大的城市是哪里？"),
        ("negation", "{country}的哪些城市不是首都？"), ("question", "{country}的首都是什么时候定的？"), ("near", "{country}的国旗是什么样的？"),
    ]),
    ("zh_recipe", [
        "{dish}怎么做？", "如何做{dish}？", "请教我做{dish}", "{dish}的做法是什么？", "怎样做{dish}",
    ], {"dish": ["红烧肉", "麻婆豆腐", "酸辣汤", "蛋炒饭"]}, [
        ("near", "{dish}怎么保存？"), ("near", "{dish}多少钱？"), ("near", "{dish}有多少热量？"),
        ("question", "{dish}为什么好吃？"), ("negation", "{dish}怎么做才不辣？"), ("question", "哪里的{dish}最好吃？"),
    ]),
    ("zh_weather", [
        "{city}明天的天气怎么样？", "明天{city}天气如何？", "请问{city}明天天气怎么样", "明天{city}的天气情况", "{city}明天天气好吗？",
    ], {"city": ["北京", "广州", "哈尔滨", "成都"]}, [
        ("number", "{city}后天的天气怎么样？"), ("number", "{city}今天的天气怎么样？"), ("near", "{city}明天的空气怎么样？"),
        ("near", "{city}明天的交通怎么样？"), ("negation", "{city}明天不会下雨吗？"), ("number", "{city}下周的天气怎么样？"),
    ]),
    ("zh_safe", [
        "{who}可以喝咖啡吗？", "{who}能喝咖啡吗？", "请问{who}能不能喝咖啡？", "{who}可不可以喝咖啡", "{who}喝咖啡可以吗？",
    ], {"who": ["孕妇", "小孩", "高血压患者", "老人"]}, [
        ("negation", "{who}不可以喝咖啡吗？"), ("near", "{who}可以喝酒吗？"), ("near", "{who}可以喝牛奶吗？"),
        ("negation", "{who}为什么不能喝咖啡？"), ("near", "{who}可以种咖啡吗？"), ("question", "{who}每天可以喝多少咖啡？"),
    ]),
    ("zh_enable", [
        "怎么开启{app}的夜间模式？", "如何打开{app}的夜间模式？", "{app}夜间模式怎么开", "请问{app}在哪里开启夜间模式？", "我想打开{app}的夜间模式，怎么弄？",
    ], {"app": ["抖音", "微博", "京东", "高德地图"]}, [
        ("negation", "怎么关闭{app}的夜间模式？"), ("near", "怎么开启{app}的省电模式？"), ("question", "为什么要开启{app}的夜间模式？"),
        ("negation", "{app}没有夜间模式怎么办？"), ("near", "怎么开启{app}的消息提醒？"), ("near", "{app}的夜间模式好用吗？"),
    ]),
    ("zh_translate", [
        "把“{phrase}”翻译成英文", "“{phrase}”用英文怎么说？", "请将“{phrase}”译成英文。", "请把“{phrase}”翻译成英语", "“{phrase}”的英文翻译是什么？",
    ], {"phrase": ["你好吗", "生日快乐", "请稍等", "一路顺风"]}, [
        ("entity", "把“{phrase}”翻译成日文"), ("entity", "把“{phrase}”翻译成法文"), ("near", "“{phrase}”怎么写？"),
        ("near", "解释“{phrase}”的意思"), ("negation", "不要把“{phrase}”翻译成英文"), ("question", "什么时候说“{phrase}”？"),
    ]),
    ("zh_code", [
        "用{language}写一个冒泡排序", "请用{language}实现冒泡排序", "帮我用{language}写冒泡排序", "{language}怎么写冒泡排序？", "写一个{language}的冒泡排序程序",
    ], {"language": ["Python", "Java", "Go", "C++"]}, [
        ("near", "用{language}写一个快速排序"), ("near", "用{language}写一个二分查找"), ("question", "为什么{language}的冒泡排序慢？"),
        ("near", "解释{language}的冒泡排序"), ("negation", "{language}不用冒泡排序怎么排序？"), ("near", "优化{language}的冒泡排序"),
    ]),
    ("zh_distance", [
        "从上海到{city}有多远？", "上海到{city}的距离是多少？", "上海离{city}多远", "请问从上海到{city}有多少公里？", "上海和{city}相距多远？",
    ], {"city": ["南京", "武汉", "西安", "昆明"]}, [
        ("entity", "从杭州到{city}有多远？"), ("near", "从上海到{city}的机票多少钱？"), ("near", "从上海到{city}要多久？"),
        ("question", "从上海到{city}怎么走？"), ("negation", "从上海到{city}没有高铁吗？"), ("question", "从上海什么时候去{city}好？"),
    ]),
    ("zh_inventor", [
        "{thing}是谁发明的？", "谁发明了{thing}？", "{thing}的发明者是谁？", "请问是谁发明了{thing}", "发明{thing}的人是谁？",
    ], {"thing": ["电话", "蒸汽机", "火药", "显微镜"]}, [
        ("question", "{thing}是什么时候发明的？"), ("question", "{thing}是在哪里发明的？"), ("near", "{thing}是谁改进的？"),
        ("negation", "{thing}不是谁发明的？"), ("question", "为什么发明{thing}？"), ("near", "{thing}是谁买的？"),
    ]),
    ("zh_amount", [
        "{n_amount}美元等于多少人民币？", "{n_amount}美元是多少人民币", "{n_amount}美元可以换多少人民币？", "请问{n_amount}美元合多少人民币？", "把{n_amount}美元换算成人民币",
    ], {"n_amount": ["100", "250", "3000", "8.5"]}, [
        ("number", "{n_amount}欧元等于多少人民币？"), ("number", "{n_amount}人民币等于多少美元？"), ("number", "{n_amount}万美元等于多少人民币？"),
        ("number", "{n_amount}美元等于多少日元？"), ("question", "哪里可以用{n_amount}美元换人民币？"), ("near", "{n_amount}美元能买什么？"),
    ]),
]
SINGLES = [
    ("paraphrase", "天空为什么是蓝色的？", "为什么天空是蓝的？"),
    ("paraphrase", "推荐一本好看的科幻小说", "请推荐一本好看的科幻小说。"),
    ("paraphrase", "手机充不进电怎么办？", "我的手机充不进电，该怎么办？"),
    ("paraphrase", "怎么联系人工客服？", "如何联系人工客服"),
    ("paraphrase", "减肥期间可以吃什么？", "减肥的时候能吃什么？"),
    ("paraphrase", "写一首关于春天的诗", "请帮我写一首春天的诗"),
    ("negation", "这种药饭前可以吃吗？", "这种药饭前不可以吃吗？"),
    ("negation", "列出有糖的饮料", "列出无糖的饮料"),
    ("negation", "他会来吗？", "他不会来吗？"),
    ("near", "怎么增加音量？", "怎么减小音量？"),
    ("near", "怎么导入数据？", "怎么导出数据？"),
    ("near", "最高的山是哪座？", "最低的山是哪座？"),
    ("number", "给我三个建议", "给我五个建议"),
    ("number", "3月5日是星期几？", "5月3日是星期几？"),
    ("entity", "张伟比李娜高吗？", "李娜比张伟高吗？"),
    ("entity", "介绍一下苏轼", "介绍一下苏辙"),
    ("quoted", "“画蛇添足”是什么意思？", "“守株待兔”是什么意思？"),
    ("question", "你什么时候去？", "你为什么去？"),
    ("language", "谁写了《红楼梦》？", "Who wrote Dream of the Red Chamber?"),
]
