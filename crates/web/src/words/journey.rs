//! Where a case can stand, in plain words: once for staff, once for the family. Every place says what it means, what comes next
//! and who does it.

/// A place on the way, as said to staff and to the family.
#[derive(Clone, Copy, Debug)]
pub struct Standing {
    /// The step's name.
    pub at: &'static str,
    /// What comes next, for staff.
    pub next: &'static str,
    /// Who does that.
    pub next_by: &'static str,
    /// To the family: where it is, one sentence.
    pub said: &'static str,
    /// To the family: what that means.
    pub meaning: &'static str,
    /// To the family: what it has to do; empty for nothing.
    pub to_do: &'static str,
}

const fn standing(
    at: &'static str,
    next: &'static str,
    next_by: &'static str,
    said: &'static str,
    meaning: &'static str,
    to_do: &'static str,
) -> Standing {
    Standing { at, next, next_by, said, meaning, to_do }
}

pub const HANDED_IN: Standing = standing(
    "等受理",
    "看材料齐不齐，受理或者一次告知要补什么",
    "乡镇（街道）经办人",
    "表已经交到乡镇（街道），等着受理",
    "乡镇（街道）要看材料齐不齐。齐了就受理；不齐，会一次告诉您缺什么。",
    "",
);
pub const SUPPLEMENT: Standing = standing(
    "等补材料",
    "等申请人补齐",
    "申请人；村（居）民政协理员帮着补",
    "还缺一点材料",
    "缺什么已经一次告诉您了。补齐以前，承诺的天数停着不走。",
    "请把缺的材料交给村（居）民政协理员",
);
pub const INVESTIGATING: Standing = standing(
    "核对和入户",
    "等部门答复，两人以上入户",
    "县（市、区）核对员、乡镇（街道）经办人",
    "正在核对信息、上门了解情况",
    "两件事同时办：部门核对收入和财产，乡镇（街道）两个人到家里看。",
    "",
);
pub const OPINION: Standing = standing(
    "提审核意见",
    "按算出来的结果提出审核意见",
    "乡镇（街道）经办人",
    "情况已经弄清楚，正在提出意见",
    "乡镇（街道）根据核对和入户的情况提出给不给、给多少。",
    "",
);
pub const TO_POST: Standing = standing(
    "等公示",
    "在村（居）公示栏张贴",
    "乡镇（街道）经办人",
    "意见已经有了，马上在村里公示",
    "公示七天，让大家看看有没有不同意见。",
    "",
);
pub const POSTED: Standing = standing(
    "公示",
    "公示满七天，没有异议就送县（市、区）",
    "乡镇（街道）经办人",
    "正在村（居）公示",
    "乡亲看得到您的名字、家里几口人、拟发多少钱，看不到证件号、账号和病情。",
    "",
);
pub const OBJECTED: Standing = standing(
    "有异议，重新了解",
    "重新调查或民主评议，写明结果",
    "乡镇（街道）经办人",
    "有人提出不同意见，正在重新了解",
    "提意见的人受保密。查实以后会把结果告诉您。这一段承诺的天数停着不走。",
    "",
);
pub const REVIEW: Standing = standing(
    "县（市、区）复核",
    "确认或者不予确认；签字的人不能是提意见的人",
    "县（市、区）审批人",
    "在县（市、区）民政局，等最后确认",
    "县（市、区）民政局要再看一遍，由另一个人签字。",
    "",
);
pub const CONFIRMED: Standing = standing(
    "已确认",
    "从确认的下个月起按月发放",
    "县（市、区）财务",
    "批准了",
    "从批准的下个月起按月发放，每月十日以前到账。",
    "",
);
pub const CONFIRMED_UNTOLD: Standing = standing(
    "已确认，待告知",
    "把决定书面告知申请人",
    "乡镇（街道）经办人、村（居）民政协理员",
    "批准了，通知书马上送到",
    "从批准的下个月起按月发放，每月十日以前到账。",
    "",
);
pub const REFUSED_UNTOLD: Standing = standing(
    "不予确认，待告知",
    "三日内书面告知，写明理由",
    "乡镇（街道）经办人、村（居）民政协理员",
    "这次没有批准，通知书马上送到",
    "没有批准的理由写在下面，一条一条都有依据。情况变了可以马上再申请。",
    "",
);
pub const REFUSED: Standing = standing(
    "不予确认",
    "没有下一步；情况变了可以再申请",
    "",
    "这次没有批准",
    "没有批准的理由写在下面，一条一条都有依据。情况变了可以马上再申请。",
    "",
);
pub const PAID: Standing = standing(
    "已发放",
    "每月按时发放，到期复核",
    "县（市、区）财务",
    "批准了，钱已经发出",
    "每月十日以前到账。家里情况变了，请告诉村（居）民政协理员。",
    "",
);
pub const PANEL: Standing = standing(
    "等民主评议",
    "请村（居）民代表评议，写明结果",
    "乡镇（街道）经办人",
    "等村（居）民代表评议",
    "村（居）民代表一起看看家里的情况是不是属实。",
    "",
);
pub const RECOGNISED: Standing =
    standing("已认定", "没有下一步；到期复核", "", "批准了", "认定已经作出，凭它可以享受对应的服务和减免。", "");
pub const WITHDRAWN: Standing = standing("已撤回", "没有下一步", "", "申请已经撤回", "撤回不影响您以后再申请。", "");

/// Sentences of the family's page.
pub mod said {
    pub const DISAGREE_POSTED: &str =
        "公示期间，对意见不同意，可以向村（居）委会、乡镇（街道）或县（市、区）民政局提出，口头、书面都行。";
    pub const DISAGREE_DECIDED: &str =
        "收到决定以后不同意，可以向作出决定的机关的本级人民政府申请行政复议，也可以向人民法院起诉；期限写在决定书上。";
    pub const DISAGREE_FACT: &str =
        "哪一项信息不对，请告诉村（居）民政协理员，带上能证明的东西，由原来的部门重新核对。";
    pub const HOTLINE: &str = "也可以拨打 12345。";
    pub const ASK_ASSISTANT: &str = "有事找村（居）民政协理员。";

    pub fn reconsideration(until: &str, cite: &str) -> String {
        format!("不同意这个决定，最迟在 {until} 可以向作出决定的机关的本级人民政府申请行政复议〔{cite}〕。")
    }

    pub fn lawsuit(until: &str, cite: &str) -> String {
        format!("最迟在 {until} 可以向人民法院起诉〔{cite}〕。")
    }

    pub fn posted_until(day: &str) -> String {
        format!("公示到 {day} 为止。")
    }

    pub fn asked(programme: &str) -> String {
        format!("申请{programme}")
    }

    pub const OBJECTED: &str = "收到不同意见，提意见的人受保密。";

    pub fn handed_in(asked: u32, prefilled: u32) -> String {
        format!("问了 {asked} 项，另有 {prefilled} 项政府已经掌握，没有再问。")
    }

    pub fn supplement(missing: &str) -> String {
        format!("一次告知要补：{missing}")
    }

    pub fn check_asked(sources: &str) -> String {
        format!("请{sources}核对。")
    }

    pub fn nothing_found(source: &str) -> String {
        format!("{source}：没有查到需要说明的情况")
    }

    pub fn visited(who: &str) -> String {
        format!("入户的两个人：{who}")
    }

    pub fn settled(finding: &str) -> String {
        format!("不同意见已经查清：{finding}")
    }

    pub fn reused(items: u32) -> String {
        format!("直接用了同一张表上的 {items} 项答案，没有再问。")
    }

    pub fn in_favour(persons: u32, amount: &str) -> String {
        format!("建议给予，保障 {persons} 人，{amount}。")
    }

    pub fn paid(month: &str, amount: &str) -> String {
        format!("{month} 的 {amount} 元已到账。")
    }

    pub fn approved(amount: &str, month: &str) -> String {
        format!("{amount}，从 {month} 起。")
    }
}

/// Names of the steps on the rail.
pub mod rail {
    pub const HAND_IN: &str = "交表";
    pub const ACCEPT: &str = "受理";
    pub const LOOK: &str = "核对和入户";
    pub const POST: &str = "公示";
    pub const CONFIRM: &str = "确认";
    pub const PAY: &str = "发钱";
}

/// Names of the steps, as the policy books write them.
pub mod steps {
    pub const HAND_IN: &str = "交表";
    pub const ACCEPT: &str = "受理";
    pub const CHECK: &str = "核对";
    pub const VISIT: &str = "入户";
    pub const OPINION: &str = "审核意见";
    pub const PUBLISH: &str = "公示";
    pub const CONFIRM: &str = "确认";
    pub const NOTIFY: &str = "告知";
    pub const FIRST_PAYMENT: &str = "首次发放";
    pub const SURVEY: &str = "调查";
    pub const PANEL: &str = "民主评议";
    pub const RELIEF: &str = "先行救助";
}
