//! Words of the policy pages, and the words by which the books' own parts are known.

/// Words that the books themselves use to name their parts; `docs/policy-books.md` explains them.
pub mod marks {
    pub const BOOK: &str = "书目";
    pub const FIGURES: &str = "参数";
    pub const STEPS: &str = "步骤";
    pub const EXCLUDES: &str = "互斥";
    pub const DRAWING: &str = "享受";
    pub const ID: &str = "编号";
    pub const FROM: &str = "起";
    pub const TAKES_OVER: &str = "沿用";
    /// Rows of 书目 that are the book's own and name no text.
    pub const OWN: [&str; 10] = [ID, "单位", "地区", FROM, "核对至", "接续", "发放起", "公示", TAKES_OVER, "待遇"];

    pub const CHANGED: &str = "改";
    pub const DROPPED: &str = "删";
    pub const EACH: &str = "每人";
    pub const CONDITION: &str = "条件";
    pub const DOUBT: &str = "转人工";
    pub const AMOUNT: &str = "金额";
    pub const PART: &str = "分项";
    pub const OTHERWISE: &str = "否则";
    pub const BECAUSE: &str = "因";
    pub const NEXT_STEP: &str = "下一步";
    pub const PAYEE: &str = "交给";
    /// Words of the rule language inside a formula.
    pub const JOINING: [&str; 9] = ["若", "则", "否则", "且", "或", "非", "属于", "不属于", "起"];

    pub const CASE: &str = "例";
    pub const MONTH: &str = "月";
    pub const AREA: &str = "地区";
    pub const REST: &str = "其余";
    pub const CHECKS: &str = "查";
    pub const EXPECTED: &str = "应得";
    pub const BASIS: &str = "依据";
    pub const PROGRAMME: &str = "项目";
    pub const AGE: &str = "年龄";
    pub const YES: &str = "是";
    pub const NO: &str = "否";
    pub const NONE: &str = "无";
    pub const COLON: &str = "：";
}

/// Policy pages.
pub mod policy {
    pub const TITLE: &str = "政策";
    pub const LEAD: &str = "这些就是系统正在执行的政策原文：同一份文件，居民看得懂，经办人能改，机器照着算。";
    pub const CONTENTS: &str = "目录";
    pub const BASIS: &str = "依据：";
    pub const GO: &str = "查看";

    // the list
    pub const ASK: &str = "我家能得到什么帮助";
    pub const ASK_LEAD: &str =
        "一次问一个问题，问清楚就停，马上告诉您能得到哪些帮助、为什么、怎么办。不问姓名，不留记录。";
    pub const ASK_GO: &str = "开始问";
    pub const FIND: &str = "在政策里找";
    pub const FIND_HINT: &str = "例如：存款、孤儿、单人保；也可以打拼音首字母，例如 glbt";
    pub const FIND_GO: &str = "找";
    pub const FIND_TITLE: &str = "在政策里找";
    pub const FIND_NEED: &str = "请写要找的词";
    pub const FIND_NONE: &str = "没有找到";
    pub const FIND_NONE_DO: &str = "换一个说法试试，写短一些，例如“存款”；或者从下面的项目里挑。";
    pub const FOR_HOUSEHOLD: &str = "按家庭算";
    pub const FOR_PERSON: &str = "按人算";
    pub const OLD: &str = "以前的版本";
    pub const OTHERS: &str = "其他";
    pub const OVERLAP: &str = "哪些不能同时领";
    pub const OVERLAP_NAME: &str = "overlap";
    pub const OVERLAP_MORE: &str = "看全文和依据";
    pub const ALSO: &str = "还可以看";

    /// The programmes by what a family meets; a programme that stands nowhere here is shown under 其他.
    pub const GROUPS: [(&str, &str, &[&str]); 7] = [
        ("日子过不下去", "收入低、花费大", &["dibao", "dibao-edge", "rigid-expense", "tekun", "price-supplement"]),
        ("突然遇到难处", "急病、火灾、意外，或者一下子花了很多钱", &["temporary-emergency", "temporary-expense"]),
        ("看病", "", &["orphan-medical"]),
        ("孩子", "没有父母照顾，或者父母照顾不了", &["orphan", "unattended-child", "orphan-schooling"]),
        ("老人", "", &["old-age", "elder-service", "elder-nursing"]),
        ("残疾人", "", &["disability-living", "disability-nursing"]),
        ("身后", "", &["funeral"]),
    ];

    // one book
    pub const VERSIONS: &str = "这本书的各个版本";
    pub const THIS: &str = "正在看";
    pub const HERE: &str = "按哪里、哪个月看";
    pub const MONTH: &str = "月份";
    pub const MONTH_HINT: &str = "例如 2021-09";
    pub const MONTH_WRONG: &str = "月份请这样写：2021-09";
    pub const AREA: &str = "地方";
    pub const NOT_YET: &str = "这个月还没有这本书管着，下面是最早的一本。";
    pub const RULE: &str = "照这样算";
    pub const EACH: &str = "每个人";
    pub const WHOLE: &str = "全家";
    pub const CONDITION: &str = "条件";
    pub const DOUBT: &str = "要人来看";
    pub const AMOUNT: &str = "金额";
    pub const PART: &str = "分项";
    pub const UNMET: &str = "不符合时：";
    pub const WHY_PERSON: &str = "因为：";
    pub const NEXT_STEP: &str = "您可以：";
    pub const PAYEE: &str = "交给：";
    pub const CHANGED: &str = "改";
    pub const DROPPED: &str = "取消";
    pub const BEFORE: &str = "原来的写法";
    pub const THE_TEXTS: &str = "书目：依据哪些文件";
    pub const THE_BOOK: &str = "这本书";
    pub const PRINTED: &str = "校验码";
    pub const ALL_HASH: &str = "全部政策书";

    // figures
    pub const EXAMPLE: &str = "示例";
    pub const EXAMPLE_NOTE: &str = "标了“示例”的数字没有查到本地文件，只用来演示，不能当作政策依据。";
    pub const NO_FIGURE: &str = "这个月没有查到";
    pub const NATION: &str = "全国";
    pub const HISTORY: &str = "以前和以后";

    // steps
    pub const HAND_IN: &str = "您要做的";
    pub const PAUSABLE: &str = "可以暂停：";
    pub const PUBLICATION_FORBIDDEN: &str = "这一项不公示，保护孩子的隐私。";

    // stories
    pub const STORIES: &str = "例子";
    pub const STORIES_LEAD: &str = "每一个例子，机器每次都要算对，算不对就不能用。人物都是编造的。";
    pub const STORY_NUMBERS: &str = "为什么是这个数";
    pub const STORY_REST: &str = "没有写到的，都按“没有”算。";
    pub const STORY_FAMILY: &str = "家里有";
    pub const STORY_CHECK: &str = "算出来：";
    pub const STORY_BACK: &str = "回到这本书";

    pub fn page(number: usize) -> String {
        format!("第 {number} 页")
    }

    pub fn stories_of(title: &str) -> String {
        format!("{title}：例子")
    }

    pub fn age(years: &str) -> String {
        format!("{years} 岁")
    }

    pub fn ask_this(title: &str) -> String {
        format!("我符合《{title}》吗？")
    }

    pub fn until(from: &str, until: Option<&str>, checked: &str) -> String {
        match until {
            Some(until) => format!("{from} 至 {until}"),
            None => format!("{from} 起，核对到 {checked}"),
        }
    }

    pub fn unchecked(checked: &str) -> String {
        format!("这本书只核对到 {checked}，以后有没有变还没有人核对：系统对以后的月份一律答“还不知道”。")
    }

    pub fn showing(place: &str, month: &str) -> String {
        format!("下面的数字按{place}、{month}。")
    }

    pub fn what_changed(from: &str) -> String {
        format!("{from} 起改了什么")
    }

    pub fn inherited(from: &str) -> String {
        format!("沿用 {from} 起的那一本")
    }

    pub fn changed_in(from: &str) -> String {
        format!("{from} 起改了")
    }

    pub fn dropped_in(from: &str) -> String {
        format!("{from} 起取消了")
    }

    pub fn since(place: &str, month: &str) -> String {
        format!("{place}，{month} 起")
    }

    pub fn after(steps: &str) -> String {
        format!("{steps}以后")
    }

    pub fn beside(steps: &str) -> String {
        format!("和{steps}同时做")
    }

    pub fn promised(term: &str, until: &str) -> String {
        format!("承诺：从交表到{until}，{term}。")
    }

    pub fn statutory(term: &str, from: &str, until: &str) -> String {
        format!("法定：从{from}到{until}，最长 {term}。")
    }

    pub fn publication(days: u32) -> String {
        format!("公示 {days} 天。")
    }

    pub fn found(number: usize, words: &str) -> String {
        format!("找到 {number} 处“{words}”")
    }

    pub fn found_more(shown: usize, number: usize, words: &str) -> String {
        format!("找到 {number} 处“{words}”，先列 {shown} 处")
    }
}
