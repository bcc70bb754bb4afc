//! Words of the frame and of the parts that all pages share.

/// Units.
pub mod units {
    pub const YUAN: &str = "元";
    pub const PERSONS: &str = "人";
    pub const HOUSEHOLDS: &str = "户";
    pub const CASES: &str = "件";
    pub const LINES: &str = "笔";

    pub fn month(year: i16, month: i8) -> String {
        format!("{year}年{month}月")
    }
}

/// Lights.
pub mod lights {
    pub fn late(days: i64) -> String {
        format!("超期 {days} 天")
    }

    pub fn soon(days: i64) -> String {
        if days == 0 { "今天到期".to_owned() } else { format!("快到期，还剩 {days} 天") }
    }

    pub fn left(days: i64) -> String {
        format!("按时，还剩 {days} 天")
    }

    pub fn paused(reason: &str) -> String {
        format!("暂停：{reason}")
    }
}

/// The identity bar.
pub mod identity {
    pub const WHO: &str = "谁";
    pub const ASKED: &str = "申请什么";
    pub const AT: &str = "到哪一步";
    pub const HOLDER: &str = "在谁手里";
    pub const DUE: &str = "哪天之前";
    pub const NEXT: &str = "接下来";
    pub const PROMISE: &str = "承诺";
    pub const STATUTE: &str = "法定";
    pub const NOT_STARTED: &str = "还没开始算";
}

/// The clocks.
pub mod clock {
    pub const TITLE: &str = "两个钟";
    pub const FROM: &str = "起";
    pub const DUE: &str = "到期";

    pub const BASIS_LETTER: &str = "不予确认的书面告知，从决定之日起算，当天不算。";
    pub const BASIS_STATUTE: &str = "法律规定的期限，从受理之日起算，受理当天不算。";

    pub fn basis_promise(working_days: bool) -> String {
        if working_days {
            "我们自己的承诺，从交表之日起算，按工作日。".to_owned()
        } else {
            "我们自己的承诺，从交表之日起算，节假日也算在内。".to_owned()
        }
    }

    pub fn kept(days: i64) -> String {
        format!("按时办结，用了 {days} 天")
    }

    pub fn pause(from: &str, until: Option<&str>, reason: &str) -> String {
        match until {
            Some(until) => format!("{from} 至 {until} 暂停：{reason}"),
            None => format!("{from} 起暂停：{reason}"),
        }
    }

    pub fn drawn(name: &str, started: &str, due: &str, end: &str) -> String {
        format!("{name}：{started} 起，{due} 到期，已走到 {end}")
    }
}

/// The timeline.
pub mod spine {
    pub const TITLE: &str = "办理经过";
    pub const LEAD: &str = "左边是承诺哪天办完，右边是实际哪天办的。";
    pub const PROMISED: &str = "承诺";
    pub const EXPECTED: &str = "预计";
    pub const DONE: &str = "已办";
    pub const NOW: &str = "正在办";
    pub const AHEAD: &str = "还没到";

    pub fn done_late(days: i64) -> String {
        format!("晚了 {days} 天")
    }

    pub fn now_late(days: i64) -> String {
        format!("正在办，已晚 {days} 天")
    }

    pub fn late_because(state: &str, cause: &str) -> String {
        if cause.is_empty() {
            format!("{state}，原因还没有人写明")
        } else {
            format!("{state}，原因：{cause}")
        }
    }

    pub fn weekday(weekday: char) -> String {
        format!("周{weekday}")
    }
}

/// Reasons.
pub mod reasons {
    pub const BASIS: &str = "依据：";
    pub const NEXT_STEP: &str = "您可以：";
}

/// Form fields.
pub mod fields {
    pub const SUMMARY: &str = "有几处要改一下";
    pub const ERROR: &str = "要改：";
    pub const CHOOSE: &str = "请选择";
    pub const YES: &str = "是";
    pub const NO: &str = "否";

    pub fn title_with_errors(title: &str) -> String {
        format!("{ERROR}{title}")
    }
}

/// The frame round every page.
pub mod frame {
    pub const NAME: &str = "底线";
    pub const SKIP: &str = "跳到正文";
    pub const HOME: &str = "首页";
    pub const SEARCH: &str = "查找";
    pub const APPLY: &str = "交表";
    pub const TRACK: &str = "查进度";
    pub const BOARD: &str = "公示栏";
    pub const POLICY: &str = "政策";
    pub const GAUGE: &str = "温度表";
    pub const PAY: &str = "发放";
    pub const LEADS: &str = "主动发现";
    pub const NAV: &str = "主要栏目";
    pub const ELDER_ON: &str = "长辈版";
    pub const ELDER_OFF: &str = "普通版";
    pub const DEMO: &str = "演示";
    pub const DEMO_WORDS: &str = "人物、证件号、账号和金额都是编造的，不是真人真事。";
    pub const SEAT: &str = "您现在的身份：";
    pub const SEAT_CHANGE: &str = "换身份";
    pub const FOOT: &str =
        "这里的每一个数都能点开，看到它背后的案件；每一个决定都写明依据哪一条、哪个数、哪个部门的哪项信息。";
    pub const FOOT_ASK: &str = "不会用、看不懂，可以到村（居）委会找民政协理员，或拨打 12345。";

    pub fn of(city: &str) -> String {
        format!("{city}社会救助")
    }

    pub fn as_of(day: &str) -> String {
        format!("本页日期：{day}")
    }

    pub fn title(page: &str) -> String {
        format!("{page} · 底线")
    }
}

/// Pages that say no.
pub mod failures {
    pub const NOT_FOUND: &str = "没有这个页面";
    pub const NOT_FOUND_WHY: &str = "网址可能抄错了，或者这条公示已经到期撤下。";
    pub const NOT_FOUND_DO: &str = "您可以回首页，或者用编号查办理进度。";
    pub const BROKEN: &str = "系统出了故障，您没有做错什么";
    pub const BROKEN_WHY: &str = "故障已经记下来了。您填的内容没有被改动，也没有被重复提交。";
    pub const BROKEN_DO: &str = "请过几分钟再试；急事请找村（居）民政协理员，或拨打 12345。";
    pub const NOT_YOURS: &str = "这个身份看不了这一页";
    pub const NOT_YOURS_WHY: &str = "个人和家庭的信息，只给经办这件事的人看。";
    pub const NOT_YOURS_DO: &str = "您可以回首页，用编号和身份证后四位查自己的进度。";
    pub const CLOSED: &str = "工作人员的页面没有开放";
    pub const CLOSED_WHY: &str =
        "登记簿里有不是编造的人。账号登录还没有装好之前，只开放公众页面：查进度、公示栏、温度表、政策。";
    pub const CLOSED_DO: &str = "请联系系统管理员。";
    pub const FOREIGN: &str = "这次提交不是从本站的页面发出的";
    pub const FOREIGN_WHY: &str = "为了防止别的网站冒用您的身份，这次提交没有被接受，什么也没有改动。";
    pub const FOREIGN_DO: &str = "请回到本站页面，重新填写提交。";
    pub const MOVED_ON: &str = "这件事刚刚被别人办过了";
    pub const MOVED_ON_WHY: &str = "您打开页面以后，别人先办了一步。您这次的操作没有生效，什么也没有改动。";
    pub const MOVED_ON_DO: &str = "请打开案件，看看新的经过，再决定要不要继续。";
    pub const REFUSED: &str = "这一步现在不能办";
    pub const UNREADABLE: &str = "提交的内容看不懂";
    pub const UNREADABLE_WHY: &str = "表格不完整，可能是网络断了。什么也没有改动。";
    pub const UNREADABLE_DO: &str = "请返回上一页，重新提交。";
    pub const BACK_HOME: &str = "回首页";
    pub const BACK_CASE: &str = "打开案件";
    pub const WHY: &str = "为什么";
    pub const DO: &str = "怎么办";
    pub const BASIS: &str = "依据";
}
