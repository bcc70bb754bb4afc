//! Words of the money pages.

/// The month's envelopes.
pub mod pay {
    pub const TITLE: &str = "发放";
    pub const LEAD: &str = "每县每月一个发放批次：算好、锁定笔数和金额、两个人先后批、验资、出文件、对退回、对平、关账。每一步笔数和金额都要一样。";
    pub const MONTH: &str = "月份";
    pub const GO: &str = "查看";
    pub const COUNTY: &str = "县（市、区）";
    pub const STATE: &str = "到哪一步";
    pub const LINES: &str = "笔数";
    pub const AMOUNT: &str = "金额";
    pub const RETURNED: &str = "退回";
    pub const RETURNED_AMOUNT: &str = "退回金额";
    pub const TOTAL: &str = "合计";
    pub const EMPTY: &str = "这个月还没有发放批次";
    pub const EMPTY_DO: &str = "每月十日以前算出当月批次。也可以换一个月份看。";
    pub const CONTROL: &str = "笔数和金额，一关一关对";
    pub const STAGE: &str = "关口";
    pub const STAGE_LOCKED: &str = "锁定";
    pub const STAGE_FILED: &str = "银行文件";
    pub const STAGE_PAID: &str = "银行发成";
    pub const STAGE_RETURNED: &str = "银行退回";
    pub const STAGE_LINES: &str = "明细（逐笔重数）";
    pub const RETURNS: &str = "退回的每一笔";
    pub const RETURNS_NONE: &str = "没有退回的。";
    pub const WHO: &str = "谁";
    pub const ACCOUNT: &str = "账号";
    pub const REASON: &str = "银行说的原因";
    pub const HISTORY: &str = "谁在什么时候办的";
    pub const BY_FUND: &str = "钱从哪里来";
    pub const FUND: &str = "资金来源";
    pub const LOCKED: &str = "锁定";
    pub const FIRST: &str = "第一个人批准";
    pub const SECOND: &str = "第二个人批准";
    pub const BALANCED: &str = "五本账对平了，分文不差。";
    pub const UNBALANCED: &str = "还没有对平：";

    pub fn title(county: &str, month: &str) -> String {
        format!("{county} {month} 发放批次")
    }

    pub fn step(code: &str) -> &'static str {
        match code {
            "locked" => "锁定",
            "first_approved" => "一审",
            "second_approved" => "二审",
            "funded" => "验资",
            "filed" => "报银行",
            "paid" => "全部到账",
            "partly_returned" => "部分退回",
            "returned" => "全部退回",
            "reconciled" => "对账",
            _ => "关账",
        }
    }
}
