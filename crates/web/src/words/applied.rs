//! Words of an application with all its rights, and of the verbs by which a case goes from hand to hand.

/// One application, all rights.
pub mod application {
    pub const TITLE: &str = "这张表能办的各项";
    pub const LEAD: &str = "交一次表，每一项都算过。能办的已经一起开办，各按各的程序；证据只收一次，几项共用。";
    pub const OPEN: &str = "一起在办";
    pub const ELSE: &str = "也可以选、或者不符合的";
    pub const INSIST: &str = "仍要申请这一项";
    pub const INSIST_ABOUT: &str = "机器只提建议。家里坚持要办的，照样受理，由人来定。";
    pub const REASON: &str = "理由";
    pub const MISSING: &str = "还要弄清：";
    pub const THIS: &str = "本件";
    pub const FAMILY: &str = "全家";

    pub fn items(asked: u32, prefilled: u32, reused: u32) -> String {
        format!("问了您 {asked} 项，部门已有 {prefilled} 项；其他待遇直接用这些答案 {reused} 次，没有再问。")
    }

    pub fn others(number: usize) -> String {
        format!("另有 {number} 项没有开办，理由都写在这里")
    }

    /// For what span of time money is; nothing for what is no money.
    pub fn span(gives: law::Gives) -> &'static str {
        match gives {
            law::Gives::Money(law::AmountPer::Month) => "每月",
            law::Gives::Money(law::AmountPer::Once) => "一次",
            law::Gives::Money(law::AmountPer::Year) => "每年",
            law::Gives::Recognition | law::Gives::Services => "",
        }
    }

    /// What is given, in words: `每月 480 元`, `资格认定`, `服务`.
    pub fn given(gives: law::Gives, amount: &str) -> String {
        match gives {
            law::Gives::Money(_) => format!("{} {amount} 元", span(gives)),
            law::Gives::Recognition => "认定资格，不发钱".to_owned(),
            law::Gives::Services => "提供服务，不发钱".to_owned(),
        }
    }

    pub fn shared(number: &str) -> String {
        format!("同一张表已经收过（{number}），没有再找您要")
    }
}

/// The verbs.
pub mod verbs {
    pub const TITLE: &str = "转手、暂停和其他";
    pub const CLAIM: &str = "领取，由我办";
    pub const RELEASE: &str = "放回待办";
    pub const DELEGATE: &str = "委托同事";
    pub const COLLEAGUE: &str = "同事的工号";
    pub const REASON: &str = "原因";
    pub const SEND_BACK: &str = "退回上一步";
    pub const SEND_BACK_ABOUT: &str = "退回以后原来的意见作废，要重新提出意见。";
    pub const TRANSFER: &str = "移交其他乡镇（街道）";
    pub const TRANSFER_ABOUT: &str = "时钟接着走，不因为移交重新计算。";
    pub const TOWNSHIP: &str = "乡镇（街道）代码";
    pub const TOWNSHIP_HINT: &str = "九位或十二位行政区划代码";
    pub const CO_SIGN_ASK: &str = "请同事会签";
    pub const CO_SIGN: &str = "会签";
    pub const COMMENT: &str = "会签意见";
    pub const COPY: &str = "抄送";
    pub const COPY_HINT: &str = "一行写一个工号";
    pub const PAUSE: &str = "暂停计时";
    pub const PAUSE_ABOUT: &str = "只有政策书写明的原因才能暂停。";
    pub const PAUSED_STEP: &str = "在等哪一步";
    pub const RESUME: &str = "恢复计时";
    pub const WITHDRAW: &str = "登记撤回申请";
    pub const WITHDRAW_ABOUT: &str = "这户人家自己要求撤回。撤回不影响以后再申请。";
    pub const TRIP: &str = "登记群众跑了一趟";
    pub const TRIP_ABOUT: &str = "一件申请最多跑一趟；再跑要写明原因，温度表上看得到。";
    pub const REPORT: &str = "登记举报";
    pub const REPORT_ABOUT: &str = "有举报的，县里要先入户再决定。";
    pub const REPORTED: &str = "举报说了什么";
    pub const REPORTED_HINT: &str = "不写举报人是谁";
    pub const RECORD: &str = "登记这一步的结果";
    pub const RELIEVE: &str = "先行救助";
    pub const RELIEVE_ABOUT: &str = "急难的先给钱，手续以后补。";
    pub const AMOUNT: &str = "先给多少（元）";
    pub const PANEL: &str = "登记民主评议";
    pub const ATTENDING: &str = "到会多少人";
    pub const IN_FAVOUR: &str = "多少人认为属实";

    pub fn record_about(step: &str) -> String {
        format!("这一步是“{step}”。写清楚结果。")
    }

    pub fn held_by(holder: &str) -> String {
        format!("由工号 {holder} 领取")
    }
}

/// Supervision.
pub mod supervise {
    pub const TITLE: &str = "督办";
    pub const LEAD: &str = "各乡镇（街道）手上有多少件，卡在哪一步，谁超了期，为什么。快到期提前两个工作日提醒。";
    pub const BY_TOWNSHIP: &str = "在办的案件，按乡镇（街道）";
    pub const TOWNSHIP: &str = "乡镇（街道）";
    pub const OPEN: &str = "在办（件）";
    pub const LATE: &str = "超承诺（件）";
    pub const SOON: &str = "快到期（件）";
    pub const PAUSED: &str = "暂停（件）";
    pub const WORST: &str = "最慢的一步";
    pub const LATE_TITLE: &str = "超期的，和原因";
    pub const NUMBER: &str = "编号";
    pub const WHERE: &str = "村（居）";
    pub const WHAT: &str = "项目";
    pub const CAUSE: &str = "原因";
    pub const DUE: &str = "承诺";
    pub const STANDS_STILL: &str = "停着";
    pub const NONE_LATE: &str = "没有超期的。";
    pub const ASKED_TITLE: &str = "这个月问了群众多少";
    pub const EMPTY: &str = "没有在办的案件";
    pub const EMPTY_DO: &str = "新交的表会自动出现在这里。";

    pub fn worst(step: &str, open: i64, late: i64) -> String {
        if late == 0 {
            format!("{step}（{open} 件）")
        } else {
            format!("{step}（{open} 件，{late} 件超了这一步的时限）")
        }
    }

    pub fn cause(step: &str, since: Option<&str>, who: &str, holder: &str, waits_for: &str) -> String {
        let since = since.map(|day| format!("，从 {day} 起")).unwrap_or_default();
        let holder =
            if holder.is_empty() { "还没有人领取".to_owned() } else { format!("工号 {holder} 领取") };
        let waits = if waits_for.is_empty() { String::new() } else { format!("；停着：{waits_for}") };
        format!("在“{step}”{since}；{who}，{holder}{waits}")
    }

    pub fn asked(applications: i64, asked: i64, prefilled: i64, reused: i64) -> String {
        format!("交表 {applications} 份：问了 {asked} 项，部门已有 {prefilled} 项，别的待遇直接用了 {reused} 次。")
    }

    pub fn second_trips(number: i64) -> String {
        format!("跑了第二趟的 {number} 份。")
    }
}
