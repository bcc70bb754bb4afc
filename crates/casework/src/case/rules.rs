//! What a county decides for itself where the law leaves it free: the share of its sample (抽查), and whether townships decide in
//! its name (委托). Data of the county, not of the books, and no constant here.

use values::{AreaCode, Day};

/// The rules of all counties.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CountyRules(Vec<Rule>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Rule {
    county: String,
    rule: String,
    programme: String,
    value: u32,
    from: Day,
}

const HEAD: &str = "county,rule,programme,value,from,cite,example";
const SAMPLE: &str = "抽查";
const DELEGATION: &str = "委托";

impl CountyRules {
    /// Reads the table `county,rule,programme,value,from,cite,example`.
    ///
    /// # Errors
    /// The line that cannot be read, and why, in plain Chinese.
    pub fn from_csv(text: &str) -> Result<CountyRules, String> {
        let mut lines = text.lines().map(str::trim_end);
        if lines.next() != Some(HEAD) {
            return Err(format!("县级规则表的第一行应是 {HEAD}"));
        }
        let wrong = |at: usize, why: &str| format!("县级规则表第 {} 行：{why}", at + 2);
        let mut rules = Vec::new();
        for (at, line) in lines.enumerate().filter(|(_, line)| !line.is_empty()) {
            let cells: Vec<&str> = line.split(',').collect();
            let [county, rule, programme, value, from, cite, example] = cells[..] else {
                return Err(wrong(at, "应有七栏"));
            };
            if ![SAMPLE, DELEGATION].contains(&rule) {
                return Err(wrong(at, "规则只有“抽查”和“委托”"));
            }
            if cite.is_empty() && example.is_empty() {
                return Err(wrong(at, "没有依据的要写明示例"));
            }
            let value = value.parse().map_err(|_| wrong(at, "值应是整数"))?;
            if value > 100 {
                return Err(wrong(at, "值不能超过 100"));
            }
            let from = Day::parse(from).map_err(|_| wrong(at, "日期应写成 2021-07-01"))?;
            rules.push(Rule { county: county.into(), rule: rule.into(), programme: programme.into(), value, from });
        }
        Ok(CountyRules(rules))
    }

    /// The share of a day's cases that the county draws, in parts of a hundred; none where it has set none.
    pub fn sample_percent(&self, county: &AreaCode, programme: &str, on: Day) -> Option<u32> {
        self.value(county, SAMPLE, programme, on)
    }

    /// Whether the township decides on a day in the county's name.
    pub fn is_delegated(&self, county: &AreaCode, programme: &str, on: Day) -> bool {
        self.value(county, DELEGATION, programme, on) == Some(1)
    }

    fn value(&self, county: &AreaCode, rule: &str, programme: &str, on: Day) -> Option<u32> {
        let is_it = |one: &&Rule| {
            one.county == county.county6() && one.rule == rule && one.programme == programme && one.from <= on
        };
        self.0.iter().filter(is_it).max_by_key(|one| one.from).map(|one| one.value)
    }
}
