//! Words of the pages that everybody may read.

/// The home page.
pub mod home {
    pub const TITLE: &str = "首页";
    pub const MOTTO: &str = "一座城市的温暖程度，取决于“底线”的刻度。";
    pub const WHAT: &str =
        "家里遇到难处，向村（居）委会说一次、填一张表，剩下的由我们跑。二十天内给您答复，每一步都能在这里看到。";
    pub const TRACK: &str = "查我的办理进度";
    pub const TRACK_LEAD: &str = "到哪一步了、在谁手里、哪天办完、为什么是这个数、不同意怎么办，一页看清。不用注册。";
    pub const CLERK: &str = "经办人员";
    pub const CLERK_LEAD: &str = "输入姓名、身份证后四位或案件编号。";
    pub const QUEUE: &str = "我手上的事";
    pub const QUEUE_EMPTY: &str = "手上没有等着办的事。新交的表会自动出现在这里。";
    pub const LATE: &str = "■ 超期";
    pub const SOON: &str = "▲ 三天内到期";
    pub const GOOD: &str = "● 按时";
    pub const ALL: &str = "在办合计";
    pub const GAUGE: &str = "底线的刻度";
    pub const GAUGE_MORE: &str = "看整张温度表";
    pub const APPLY: &str = "怎样申请";
    pub const APPLY_WORDS: &str = "向户口所在地或常住地的村（居）委会提出就行，口头说也可以。协理员用一张表替您填好交上去；部门查得到的，不再要您跑。";
    pub const READ: &str = "还可以看";
    pub const ASK: &str = "我家能得到什么帮助：一次问一个问题，马上知道";
    pub const READ_BOARD: &str = "公示栏：谁在申请、初步意见、哪天截止";
    pub const READ_POLICY: &str = "政策原文：低保怎么算，一条一条写明依据";
    pub const READ_GAUGE: &str = "温度表：发了多少、发给多少人、快不快";
}

/// The resident's tracking page.
pub mod track {
    pub const TITLE: &str = "查办理进度";
    pub const LEAD: &str = "编号在交表回执上。后四位是申请人身份证号的最后四位，末位是 X 就填 X。";
    pub const NUMBER: &str = "编号";
    pub const NUMBER_HINT: &str = "照回执上的写，横线可以不填，例如 430302-20210906-00001";
    pub const TAIL: &str = "身份证号后四位";
    pub const TAIL_HINT: &str = "例如 0018";
    pub const GO: &str = "查进度";
    pub const NEED_NUMBER: &str = "请填写回执上的编号";
    pub const NEED_TAIL: &str = "请填写身份证号的最后四位，末位是 X 就填 X";
    pub const NOT_FOUND: &str = "没有查到。请对照回执，看看编号和后四位是不是都填对了";
    pub const NOT_FOUND_ASK: &str = "还是查不到，请找村（居）民政协理员，或拨打 12345。";
    pub const Q_WHERE: &str = "到哪一步了？";
    pub const Q_WHO: &str = "在谁手里？";
    pub const Q_WHEN: &str = "哪天办完？";
    pub const Q_WHY: &str = "为什么是这个数？";
    pub const Q_DISAGREE: &str = "不同意怎么办？";
    pub const Q_NEXT: &str = "我要做什么？";
    pub const Q_PAID: &str = "钱发了吗？";
    pub const NOTHING_TO_DO: &str = "您不用再跑，等消息就行。";
    pub const NO_AMOUNT_YET: &str = "还没有算出来。核对和入户做完以后，会在这里写明每个数是怎么来的。";
    pub const BOTH_CLOCKS: &str = "看两个钟";
    pub const ALL_STEPS: &str = "看每一步的经过";
    pub const NOBODY: &str = "已经办完";
    pub const TOO_OFTEN: &str = "今天试的次数太多了。请明天再试，或者找村（居）民政协理员";
    pub const AGAIN: &str = "查另一件";
    pub const LEAVE: &str = "看完了，清除";
    pub const LEAVE_HINT: &str = "在别人的手机或公用电脑上看，走之前请点一下“清除”。";

    pub fn promise(day: &str) -> String {
        format!("承诺 {day} 以前办完")
    }

    pub fn statute(day: &str) -> String {
        format!("法律规定最晚 {day} 以前。")
    }
}

/// The publication board.
pub mod board {
    pub const TITLE: &str = "公示栏";
    pub const LEAD: &str = "初步意见公示七天。有不同意见，请在截止日以前告诉村（居）委会、乡镇（街道）或县（市、区）民政局，实名匿名都可以。";
    pub const COUNTY: &str = "县（市、区）";
    pub const TOWNSHIP: &str = "乡镇（街道）";
    pub const VILLAGE: &str = "村（居）";
    pub const ALL: &str = "全部";
    pub const GO: &str = "查看";
    pub const EMPTY: &str = "这里现在没有正在公示的事项";
    pub const EMPTY_DO: &str = "公示到期会自动撤下。换一个地方看看，或者过几天再来。";
    pub const RULE: &str = "公示栏只写姓名、拟保障人数、拟保障金额和起止日期。身份证号、电话、账号、住址、病情和孩子的名字从不公示；困境儿童的事从不公示。";
    pub const NAME: &str = "申请人";
    pub const COUNTED: &str = "拟保障人数";
    pub const AMOUNT: &str = "拟保障金额";
    pub const PROGRAMME: &str = "项目";
    pub const WHERE: &str = "村（居）";
    pub const UNTIL: &str = "公示到";
    pub const PRINT: &str = "看公示原文（可打印）";
    pub const MORE: &str = "下一页";
    pub const NOTICE: &str = "公示";

    pub fn office(county: &str) -> String {
        format!("{county}民政局")
    }

    pub fn heading(programme: &str) -> String {
        format!("{programme}审核公示")
    }

    pub fn body(village: &str, programme: &str, from: &str, until: &str) -> String {
        format!(
            "经本人申请、信息核对和入户调查，{village}下列家庭拟纳入{programme}。现予公示，公示期自 {from} 起至 {until} 止。"
        )
    }

    pub fn objection(phone: &str) -> String {
        format!(
            "如有不同意见，请在公示期内向村（居）委会、乡镇（街道）或县（市、区）民政局反映{phone}。我们为反映人保密，并把查实的结果告诉您。"
        )
    }

    pub fn days_left(days: i64) -> String {
        if days == 0 { "今天截止".to_owned() } else { format!("还有 {days} 天") }
    }

    pub fn running(number: usize) -> String {
        format!("正在公示 {number} 件")
    }
}

/// The gauge.
pub mod gauge {
    pub const TITLE: &str = "温度表";
    pub const LEAD: &str = "每个数都写明是什么、怎么算、从哪来、到哪天；点开能看到它背后的每一件。";
    pub const MEASURES: &str = "这个月的数";
    pub const DEFINITION: &str = "是什么";
    pub const FORMULA: &str = "怎么算";
    pub const SOURCE: &str = "从哪来";
    pub const AS_OF: &str = "截至";
    pub const HOW: &str = "这个数怎么来的";
    pub const BEHIND: &str = "看背后的每一件";
    pub const MONTH: &str = "月份";
    pub const COMPARE: &str = "和上月比";
    pub const SAME: &str = "和上月一样";
    pub const NO_BEFORE: &str = "没有上月的数可比";
    pub const BY_COUNTY: &str = "各县（市、区）当月发放";
    pub const BY_COUNTY_LEAD: &str = "按项目分段；下面的表是同一组数。";
    pub const TILES: &str = "各乡镇（街道）当月领取人数";
    pub const TILES_LEAD: &str = "一格一个乡镇（街道），颜色越深人越多，数字写在格里。这不是地图。";
    pub const COUNTY: &str = "县（市、区）";
    pub const TOTAL: &str = "合计";
    pub const OTHERS: &str = "其他项目";
    pub const GO: &str = "查看";
    pub const EMPTY: &str = "这个月还没有数";
    pub const EMPTY_DO: &str = "导入登记簿、算出第一个月的发放以后，这里就会有数。";

    pub fn by_county(month: &str) -> String {
        format!("{month}各县（市、区）分项目发放金额（元）")
    }

    pub fn was(before: &str) -> String {
        format!("上月 {before}")
    }

    pub fn up(by: &str, unit: &str) -> String {
        format!("↑ 比上月多 {by}{unit}")
    }

    pub fn down(by: &str, unit: &str) -> String {
        format!("↓ 比上月少 {by}{unit}")
    }
}

/// Behind a number.
pub mod behind {
    pub const GAUGE: &str = "温度表";
    pub const CAPTION: &str = "这个数由这些加起来";
    pub const PART: &str = "哪一项";
    pub const ABOUT: &str = "情况";
    pub const ADDS: &str = "计入";
    pub const FORMULA: &str = "怎么算：";
    pub const TOGETHER: &str = "低保家庭里一同保障的人";
    pub const TOGETHER_ABOUT: &str = "自己名下没有发放明细，随全家一同保障";
    pub const PAYEES_ABOUT: &str = "名下有发放明细的人，一人几项只算一次";
    pub fn decided(days: i64, trips: i64) -> String {
        format!("{days} 天，跑 {trips} 趟")
    }

    pub const LEADS: &str = "待走访线索";
    pub const LEADS_ABOUT: &str = "在“主动发现”里一条一条看";
    pub const CASES_ABOUT: &str = "个人的办件只给经办的人看，这里按县（市、区）数";
    pub const EMPTY: &str = "这个数现在是零";
    pub const EMPTY_DO: &str = "背后没有案件，也没有发放明细。";
}
