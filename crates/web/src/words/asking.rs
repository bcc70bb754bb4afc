//! Words of 这对我意味着什么: the questions as a neighbour would ask them, and the answers.

/// The questions.
pub mod ask {
    pub const TITLE: &str = "我家能得到什么帮助";
    pub const ALL: &str = "all";
    pub const ALL_LABEL: &str = "全部问一遍：我家能得到哪些帮助";
    pub const START: &str = "您想问哪一项？";
    pub const START_LEAD: &str = "不用姓名，不用身份证号。您的回答只在这一页里传来传去，不保存，也不记在网址里。";
    pub const START_HELP: &str = "不知道选哪一项，就选第一个，多答几个问题。";
    pub const NEED_PROGRAMME: &str = "请选一项";
    pub const WHERE: &str = "您家在哪个县（市、区）？";
    pub const WHERE_HELP: &str = "各地的标准不一样。按户口所在地选；户口不在本市的，按常住地选。";
    pub const NEED_AREA: &str = "请选一个地方";
    pub const WHO: &str = "您家里有谁？";
    pub const WHO_HELP: &str = "把一起过日子的人都加上；没有成年的、在外上学的孩子也算。替别人问的，“本人”就是那个人。";
    pub const ADD: &str = "还有谁";
    pub const ADD_GO: &str = "加上这个人";
    pub const DROP: &str = "去掉最后一个";
    pub const PEOPLE_DONE: &str = "就这些人，往下问";
    pub const NEED_RELATION: &str = "请选他（她）是谁";
    pub const TOO_MANY: &str = "人太多，这里算不下；请到村（居）委会当面问";

    pub const RELATION: &str = "关系";
    pub const SELF: &str = "本人";
    pub const YOU: &str = "您本人";
    pub const EVERYBODY: &str = "家里每个人";
    pub const FAMILY: &str = "您家";

    pub const NEXT: &str = "下一步";
    pub const BACK: &str = "上一步";
    pub const DONT_KNOW: &str = "不知道";
    pub const SKIP: &str = "这一题不知道";
    pub const SKIP_ALL: &str = "都不知道";
    pub const NONE: &str = "没有";
    pub const NONE_ALL: &str = "都没有";
    pub const SO_FAR: &str = "先看现在的结果";
    pub const MORE_PEOPLE: &str = "家里还有别人";
    pub const WHY: &str = "为什么问这个";
    pub const NEED_ANSWER: &str = "请回答；说不准就选“不知道”";
    pub const NEED_NUMBER: &str = "请填一个数；没有就填 0，说不准就填“不知道”";
    pub const DATE_HINT: &str = "例如 1948-5-12，也可以写 1948年5月12日、19480512";
    pub const MONEY_HINT: &str = "填数字就行，例如 600。没有填 0，说不准填“不知道”";
    pub const COUNT_HINT: &str = "填整数，例如 2。说不准填“不知道”";

    pub const RESULT: &str = "按您说的，结果是这样";
    pub const RESULT_LEAD: &str = "这是按您刚才的回答算的，不是决定。正式申请时由部门核对，以县民政局的书面决定为准。";
    pub const YES: &str = "可以得到的";
    pub const OPEN: &str = "要人上门看一看才能定的";
    pub const UNKNOWN: &str = "还不能确定的";
    pub const REFUSED: &str = "按现在的情况不符合的";
    pub const TOGETHER: &str = "放在一起，能拿得最多的是";
    pub const AFTER_OTHERS: &str = "（前面的批下来以后，再办这一样）";
    pub const NOT_BOTH: &str = "为什么不能都要";
    pub const NEVER_BOTH: &str = "有了一样，就没有另一样";
    pub const ONLY_HIGHER: &str = "是同一类的钱，只给高的那一份";
    pub const ONLY_ONE: &str = "只能要一样，由本人（孩子由监护人）选";
    pub const TOPPED_UP: &str = "可以都有，后一样只补差";
    pub const TOO_MANY_WAYS: &str = "搭配太多，没有全部试过，可能还有更好的：请乡镇（街道）的人替您核算。";
    pub const YOU_CHOOSE: &str = "程序只排队，不替您选。要选一样的，交表的时候告诉工作人员就行。";
    pub const DIFFERENT: &str = "怎样会不同";
    pub const DIFFERENT_DO: &str = "记错了的，可以要求复核；家里的情况变了，随时可以报告，重新看。";
    pub const THEN_YES: &str = "就符合";
    pub const THEN_PERSON: &str = "就不会直接不予认定，要有人来看";
    pub const THEN_MORE: &str = "就不会因为这个不予认定，还要看别的";
    pub const NOTHING: &str = "按现在的回答，没有一项能直接定下来符合。";
    pub const NOTHING_DO: &str = "有急难的，随时可以向村（居）委会或乡镇（街道）说，急难的先救助、后补手续。";
    pub const RECOGNISED: &str = "符合，可以认定";
    pub const SERVED: &str = "符合，给的是东西和服务：";
    pub const ELIGIBLE: &str = "符合";
    pub const NOT_ELIGIBLE: &str = "不符合";
    pub const BY_HAND: &str = "要人来看";
    pub const NOT_KNOWN: &str = "还不知道";
    pub const HOW_MUCH: &str = "这个数怎么来的";
    pub const YOUR_FIGURES: &str = "您家的数：";
    pub const BASIS: &str = "依据：";
    pub const NEXT_STEP: &str = "下一步：";
    pub const APPLY: &str = "带上身份证到村（居）委会交一张表就行，行动不便的请人代办也可以。";
    pub const VISIT: &str = "向村（居）委会说一声，会有两个人以上上门了解，不用您去开证明。";
    pub const LACKING: &str = "还缺：";
    pub const LACKING_DO: &str = "这些不用您去查：交了表，由部门核对。也可以在下面“改”，补上答案再看。";
    pub const BOOK: &str = "看政策原文";
    pub const EXAMPLE: &str = "算的时候用到了标“示例”的数字，那些数字没有查到本地文件，实际金额以当地公布的为准。";
    pub const ANSWERS: &str = "您的回答";
    pub const CHANGE: &str = "改";
    pub const ASK_ALL: &str = "别的帮助也问一遍";
    pub const GO_ON: &str = "接着问";
    pub const AGAIN: &str = "从头再来";
    pub const PRINT: &str = "可以把这一页打印出来，带到村（居）委会。";
    pub const PLACE: &str = "地方";
    pub const PEOPLE: &str = "家里的人";
    pub const SEPARATOR: &str = "、";

    pub fn nth(relation: &str, number: usize) -> String {
        format!("{relation}（第 {number} 个）")
    }

    pub fn all_are(value: &str) -> String {
        format!("都是“{value}”")
    }

    pub fn progress(asked: usize, settled: usize, open: usize) -> String {
        if settled == 0 {
            format!("第 {} 个问题", asked + 1)
        } else {
            format!("第 {} 个问题 · 已经有答案 {settled} 项，还在问 {open} 项", asked + 1)
        }
    }

    pub fn matters_for(titles: &str) -> String {
        format!("这个问题关系到：{titles}。")
    }

    pub fn known_by(offices: &str) -> String {
        format!("{offices}掌握这一项，正式申请时由部门核对，不用您开证明。这里先按您说的算。")
    }

    pub fn monthly(amount: &str, from: &str) -> String {
        format!("符合，每月 {amount} 元，从 {from} 起发")
    }

    pub fn once(amount: &str) -> String {
        format!("符合，一次 {amount} 元")
    }

    pub fn yearly(amount: &str) -> String {
        format!("符合，每年 {amount} 元")
    }

    pub fn goes_to(payee: &str) -> String {
        format!("（交给{payee}）")
    }

    pub fn of_person(title: &str, who: &str) -> String {
        format!("{title}（{who}）")
    }

    pub fn refused(number: usize) -> String {
        format!("{number} 项，看为什么、怎样会变")
    }

    pub fn month(month: &str) -> String {
        format!("按 {month} 的政策算。")
    }

    pub fn total(amount: &str) -> String {
        format!("每月合计 {amount} 元")
    }

    pub fn each_month(title: &str, amount: &str) -> String {
        format!("{title}：每月 {amount} 元")
    }

    pub fn only_once(title: &str, amount: &str) -> String {
        format!("{title}：一次 {amount} 元，不算在每月合计里")
    }

    pub fn each_year(title: &str, amount: &str) -> String {
        format!("{title}：每年 {amount} 元，不算在每月合计里")
    }

    pub fn other_ways(number: usize) -> String {
        format!("另外 {number} 种搭配，每种合计多少")
    }

    pub fn pair(who: &str, first: &str, second: &str, way: &str) -> String {
        format!("{who}：{first}和{second}，{way}。")
    }

    pub fn different(who: &str, name: &str, to: &str, then: &str) -> String {
        format!("{who}的“{name}”如果是“{to}”，{then}")
    }

    pub fn plain_yes_no(who: &str, name: &str) -> String {
        format!("{who}：{name}，是不是？")
    }

    pub fn plain(who: &str, name: &str) -> String {
        format!("{who}的{name}？")
    }

    /// The question of a fact as a neighbour would ask it; `〇` stands for the person. A fact that stands nowhere here is asked by
    /// its name and 说明.
    pub const QUESTIONS: &[(&str, &str)] = &[
        ("性别", "〇是男是女？"),
        ("出生日期", "〇是哪一天生的？"),
        ("状态", "〇现在怎么样？"),
        ("婚姻", "〇结婚了吗？"),
        ("在读", "〇在上学吗？上到哪一级？"),
        ("残疾类别", "〇有残疾证吗？是哪一类？"),
        ("残疾等级", "〇的残疾证是几级？"),
        ("重病", "〇得了大病吗？"),
        ("劳动能力", "〇能干活吗？"),
        ("自理能力", "〇的日常生活能自理吗？"),
        ("长期同住", "〇长期和您住在一起吗？"),
        ("法定义务人", "〇和您互相有赡养、抚养、扶养的义务吗？"),
        ("宗教教职", "〇是宗教教职人员吗？"),
        ("离家年数", "〇离开家到宗教场所住了几年？"),
        ("工资", "〇每个月工资多少？"),
        ("经营净收入", "〇种养、做买卖、做手艺，每个月净赚多少？"),
        ("财产净收入", "〇每个月有多少利息、租金、土地流转的钱？"),
        ("养老金", "〇每个月领多少养老金？"),
        ("中央基础养老金", "〇的养老金里，中央确定的基础养老金是多少？"),
        ("赡养费", "〇每个月收到多少赡养费、抚养费、扶养费？"),
        ("其他转移", "〇每个月有多少失业金、赔偿、别人送的钱？"),
        ("社会保险个人缴费", "〇每个月自己交多少社会保险？"),
        ("支付的赡养费", "〇每个月付给不住在一起的亲人多少赡养费、抚养费？"),
        ("存款", "〇有多少存款？"),
        ("有机动车", "〇名下有机动车吗？"),
        ("残疾人代步车", "〇的车是残疾人代步车吗？"),
        ("摩托车", "〇的车是普通摩托车吗？"),
        ("经商办企业", "〇登记过公司、企业吗？"),
        ("有外住赡养人", "〇有不住在一起的父母、子女或者其他该养他（她）的人吗？"),
        ("外住赡养人有能力", "那些不住在一起的亲人里，有没有人有能力出钱养〇？"),
        ("领取工伤护理费", "〇在领工伤的护理费吗？"),
        ("湖南户籍", "〇是湖南户口吗？"),
        ("父母状况", "〇的父母怎么样？"),
        ("养育方式", "〇现在由谁照看？"),
        ("供养方式", "〇的特困供养，是在家里还是在供养机构？"),
        ("享受特困", "〇正在领特困供养金吗？"),
        ("享受孤儿保障", "〇正在领孤儿基本生活费吗？"),
        ("已领同类补助", "〇每个月已经领了多少低保、特困的钱？"),
        ("户口", "您家是城镇户口还是农村户口？"),
        ("房屋套数", "全家名下有几套住房？"),
        ("享受低保", "您家正在领低保吗？"),
        ("重大支出", "一年里，看病、上学等自己要负担的大笔花费有多少？"),
        ("父亲情形", "〇的父亲怎么样？"),
        ("母亲情形", "〇的母亲怎么样？"),
        ("父亲情形月数", "〇的父亲这样已经几个月了？"),
        ("母亲情形月数", "〇的母亲这样已经几个月了？"),
        ("父亲残疾", "〇的父亲残疾证是几级？"),
        ("母亲残疾", "〇的母亲残疾证是几级？"),
        ("享受低保边缘", "您家已经认定为低保边缘家庭吗？"),
        ("急难情形", "您家眼下出了急事吗？"),
        ("同一事由救助过", "为这同一件事，您家领过临时救助吗？"),
        ("享受事实无人抚养", "〇正在领事实无人抚养儿童的补贴吗？"),
        ("失能等级", "〇做过老年人能力评估吗？是几级？"),
        ("养老服务方式", "〇这个月买了养老服务吗？"),
        ("本月养老服务费", "〇这个月的养老服务花了多少？"),
        ("十八岁前认定孤儿", "〇满 18 岁以前认定过孤儿吗？"),
        ("连续就读", "〇满 18 岁以后一直在上学，没有中断吗？"),
        ("火化", "〇的遗体火化了吗？"),
        ("已领丧葬费", "国家或者单位已经给过〇的丧葬补助吗？"),
        ("不能自理项数", "吃饭、穿衣、上下床、如厕、室内行走、洗澡这六样，〇有几样自己做不了？"),
        ("连续拒绝工作", "没有正当理由，〇连续拒绝了几次介绍来的工作？"),
        ("难以就业", "〇是不是确实找不到工作，或者很久没有收入？"),
        ("单独立户", "户口本上，〇是自己单独一户吗？"),
        ("残病支出", "因为残疾或者大病，〇每个月自己多花多少？"),
        ("兄姐老人供养费", "〇收到的赡养费里，兄弟姐妹或者 60 岁以上的老人给的有多少？"),
        ("赡养人家月收入", "该养〇的亲人，一家人每月收入多少？"),
        ("赡养人家人口", "该养〇的亲人，一家几口人？"),
        ("就业增收", "您家收入提高，是因为有人找到了工作、做了生意吗？"),
        ("渐退已过月数", "收入超过标准以后，低保又发了几个月？"),
        ("原保障金", "收入提高以前，您家每个月领多少低保金？"),
        ("一年内购房建房", "这一年里，您家买过商品房、超标准建过房吗？"),
        ("失业保险管得到", "失业的人有失业保险，能领失业金吗？"),
    ];
}
