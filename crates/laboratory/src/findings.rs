//! What came out, as values: for tables, charts, reports and JSON.

use serde::Serialize;
use values::{AreaCode, Fen, Month};

use crate::disclosure::Shown;

/// Everything a reform changes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Findings {
    /// The months asked.
    pub months: Vec<Month>,
    /// Households judged.
    pub households: u64,
    /// Their members.
    pub people: u64,
    /// Figures that differ, by county.
    pub figures: Vec<FigureFinding>,
    /// 受益.
    pub winners: GroupFinding,
    /// 受损.
    pub losers: GroupFinding,
    /// 不变.
    pub unchanged: GroupFinding,
    /// 临界; none when it was not asked.
    pub borderline: Option<Borderline>,
    /// What a year costs.
    pub year: YearCost,
    /// By programme.
    pub programmes: Vec<ProgrammeFinding>,
    /// By county.
    pub counties: Vec<CountyFinding>,
    /// By month.
    pub by_month: Vec<MonthFinding>,
    /// By programme, county and month.
    pub cells: Vec<CellFinding>,
    /// Gains and losses in steps, the greatest loss first.
    pub steps: Vec<StepFinding>,
    /// Households with an answer that is 还不知道 or 要人来看 on either side, or with too many combinations to try all.
    pub unsettled_households: Shown<u64>,
    /// Answers that are 还不知道, and the facts that would settle them.
    pub unknown: UnknownFinding,
    /// Figures without a source (示例) in force where the households live.
    pub examples: Vec<ExampleFigure>,
    /// What was asked of what.
    pub receipt: LabReceipt,
}

/// A figure that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FigureFinding {
    /// 参数.
    pub name: String,
    /// County.
    pub county: AreaCode,
    /// 现行; none where the books have none.
    pub before: Option<String>,
    /// 方案.
    pub after: Option<String>,
}

/// Some households.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct GroupFinding {
    /// How many.
    pub households: Shown<u64>,
    /// Their members.
    pub people: Shown<u64>,
    /// By how much their help changes, fen a month in all.
    pub change_fen_per_month: Shown<Fen>,
}

/// Households near a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Borderline {
    /// Within so many percent.
    pub percent: u8,
    /// Households with an answer that turns.
    pub households: Shown<u64>,
    /// Their members.
    pub people: Shown<u64>,
}

/// What a year costs, without what is paid once (元).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct YearCost {
    /// 现行, fen.
    pub before: Fen,
    /// 方案, fen.
    pub after: Fen,
}

/// Who draws, on one side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct DrawnFinding {
    /// 户 or 人次 that draw it in the best combination: of a month on average for monthly amounts, each once for others.
    pub cases: Shown<u64>,
    /// Persons who count in them.
    pub people: Shown<u64>,
    /// Fen a month (元/月), or once each.
    pub fen: Shown<Fen>,
}

/// One programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProgrammeFinding {
    /// 编号.
    pub id: String,
    /// Its name.
    pub title: String,
    /// What it gives: `现金（元/月）`.
    pub gives: String,
    /// 现行.
    pub before: DrawnFinding,
    /// 方案.
    pub after: DrawnFinding,
    /// 新符合.
    pub newly: Shown<u64>,
    /// 不再符合.
    pub no_longer: Shown<u64>,
    /// Drawn on both sides, more money.
    pub more: Shown<u64>,
    /// Drawn on both sides, less money.
    pub less: Shown<u64>,
    /// Drawn on both sides, the same money.
    pub same: Shown<u64>,
    /// 临界.
    pub borderline: Shown<u64>,
    /// 还不知道 in some month: 现行, 方案.
    pub unknown: [Shown<u64>; 2],
    /// 要人来看 in some month: 现行, 方案.
    pub by_person: [Shown<u64>; 2],
}

impl ProgrammeFinding {
    /// True when nothing of it differs.
    pub fn is_unchanged(&self) -> bool {
        let none = [self.newly, self.no_longer, self.more, self.less].iter().all(|count| *count == Shown::Known(0));
        none && self.before == self.after
    }
}

/// One county.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct CountyFinding {
    /// Its code.
    pub county: AreaCode,
    /// Households judged.
    pub households: Shown<u64>,
    /// 受益.
    pub winners: Shown<u64>,
    /// 受损.
    pub losers: Shown<u64>,
    /// 现行: help of a year, fen.
    pub before_fen_per_year: Shown<Fen>,
    /// 方案: help of a year, fen.
    pub after_fen_per_year: Shown<Fen>,
}

/// Monthly amounts of one month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct MonthFinding {
    /// The month.
    pub month: Month,
    /// 现行, fen.
    pub before: Fen,
    /// 方案, fen.
    pub after: Fen,
}

/// One programme in one county and month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CellFinding {
    /// County.
    pub county: AreaCode,
    /// 编号.
    pub programme: String,
    /// The month.
    pub month: Month,
    /// 现行.
    pub before: DrawnFinding,
    /// 方案.
    pub after: DrawnFinding,
}

/// A step of gains or losses.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StepFinding {
    /// `多 10–50 元`, a month.
    pub name: String,
    /// Households.
    pub households: Shown<u64>,
}

/// Households with an answer that is 还不知道 under the reform in the first month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnknownFinding {
    /// How many.
    pub households: Shown<u64>,
    /// Those that lack no fact: the books lack a figure, or none is in force.
    pub by_books: Shown<u64>,
    /// The facts they lack; what settles most households by itself first, then what is lacking most often.
    pub facts: Vec<LackingFact>,
}

/// A fact that answers hang on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LackingFact {
    /// Its name in the one form.
    pub fact: String,
    /// Who knows it: departments of the one form; empty when only the family does.
    pub sources: Vec<String>,
    /// Households with an answer that hangs on it, whatever else they lack.
    pub households: Shown<u64>,
    /// Those that lack nothing else: with it all their answers go on.
    pub alone: Shown<u64>,
}

/// A figure that nobody could source.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ExampleFigure {
    /// 参数.
    pub name: String,
    /// As written.
    pub value: String,
    /// Why it is only an example.
    pub why: String,
}

/// The same question on the same facts gives the same receipt on any machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LabReceipt {
    /// The engine.
    pub engine: String,
    /// SHA-256 of the baseline's books.
    pub baseline: String,
    /// SHA-256 of the reform's books.
    pub reform: String,
    /// SHA-256 over the facts of all households in their order.
    pub facts: String,
}

impl Findings {
    /// True when the reform changes nothing for anybody.
    pub fn is_without_effect(&self) -> bool {
        self.programmes.iter().all(ProgrammeFinding::is_unchanged)
    }
}
