//! Words of the laboratory's page: what another figure would change.

pub const TITLE: &str = "改一个数会怎样";
pub const DOOR: &str = "标准还没定，先看看：把一个数改成另一个数，谁多、谁少、一年多多少钱。";
pub const DOOR_GO: &str = "去试";
pub const LEAD: &str = "选一个数，写上想改成多少，程序用改前、改后的书各算一遍，并排给您看。这里算的不是真实的人，是一座编出来的小城：只看方向和比例，不是预算。";
pub const TOWN_EMPTY: &str = "现在的政策书编不出小城，这一页用不了。";
pub const FIGURE: &str = "改哪个数";
pub const FIGURE_HINT: &str = "括号里是现在的数";
pub const AREA: &str = "在哪里改";
pub const VALUE: &str = "改成";
pub const VALUE_HINT: &str = "连单位一起写，例如 650元/月、30%";
pub const GO: &str = "算一算";
pub const FIGURE_NEED: &str = "请在单子里选一个数";
pub const VALUE_NEED: &str = "请写上想改成多少，不超过 40 个字";
pub const FOUND: &str = "算出来是什么";
pub const PROGRAMMES: &str = "按项目，每月（按年、一次性的，每户每人只算一次）";
pub const NAME: &str = "项目";
pub const BEFORE: &str = "现行（户、人次）";
pub const AFTER: &str = "方案（户、人次）";
pub const MONEY_BEFORE: &str = "现行（元）";
pub const MONEY_AFTER: &str = "方案（元）";
pub const NEWLY: &str = "新符合";
pub const NO_LONGER: &str = "不再符合";
pub const HIDDEN: &str = "不公开";
pub const HIDDEN_NOTE: &str = "不到 5 户（人次）的数不公开，和它连在一起的钱也不公开。";
pub const UNCHANGED: &str = "没有变的项目不列出来。";
pub const SURE: &str = "有多大把握";
pub const LIVE: &str = "要用登记的全部住户算，请县、市民政局在自己的机器上用 dixian policy simulate。";

/// How large the town is.
pub fn town(households: u64, people: u64) -> String {
    format!("小城里有 {households} 户、{people} 人。")
}

/// `城市低保标准（600元/月）`.
pub fn figure(name: &str, value: &str) -> String {
    format!("{name}（{value}）")
}

/// What was changed: `雨湖区：城市低保标准 600元/月 改成 650元/月`.
pub fn asked(place: &str, name: &str, before: &str, after: &str) -> String {
    format!("{place}：{name} {before} 改成 {after}")
}
