//! What goes together, worked by hand for families of people/ in 2021-09: a table that a clerk could correct.
//!
//! By hand: 农村低保 420 元一人, less what counts as income; 特困 420 × 1.3 = 546 and 照料 150 (能自理) or 250 (半失能); 高龄 50 from 80; the
//! two subsidies for the disabled 70 each; 事实无人抚养 950. Who is in 特困 has neither 低保 nor the subsidies for the disabled
//! (国发〔2016〕14号, 国发〔2015〕52号); 高龄津贴 goes with everything. A car shuts out of 低保; the book of 特困 looks at savings only.

mod support;

use law::form::{Fact, Facts, SourceId};
use law::{Combination, combine};
use support::library;

/// The family, what is otherwise with its first member, the best, and the next best a month.
type Row = (&'static str, &'static [(&'static str, &'static str)], &'static str, &'static [i64]);

const FAMILIES: [Row; 12] = [
    ("luo-xiangsheng", &[], "796：tekun 796", &[393]),
    ("luo-xiangsheng", &[("自理能力", "能自理")], "696：tekun 696", &[393]),
    ("luo-xiangsheng", &[("出生日期", "1941-09-01")], "846：old-age 50 + tekun 796", &[443]),
    ("luo-xiangsheng", &[("出生日期", "1941-10-01")], "796：tekun 796", &[393]),
    ("luo-xiangsheng", &[("残疾类别", "肢体"), ("残疾等级", "三级")], "796：tekun 796", &[463]),
    ("luo-xiangsheng", &[("有机动车", "是"), ("残疾人代步车", "否"), ("摩托车", "否")], "796：tekun 796", &[]),
    ("tan-jianguo", &[], "860：dibao 720 + disability-living 70 + disability-nursing 70", &[]),
    ("tan-jianguo", &[("残疾等级", "三级")], "790：dibao 720 + disability-living 70", &[]),
    ("tan-jianguo", &[("残疾等级", "四级")], "790：dibao 720 + disability-living 70", &[]),
    ("tan-jianguo", &[("湖南户籍", "否")], "720：dibao 720", &[]),
    ("he-yuzhen", &[], "50：old-age 50；dibao-edge", &[]),
    ("chen-yihan", &[], "950：unattended-child 950；dibao-edge", &[]),
];

fn family(name: &str, otherwise: &[(&str, &str)]) -> Facts {
    let path = format!("{}/../../people/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("a family of people/");
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let library = library();
    let form = library.form();
    let mut facts = form.facts_from_json(&json["事实"]).expect("facts of the form");
    for (name, text) in otherwise {
        let fact = form.fact(name).expect("a fact of the form");
        let value = form.parse_value(fact, text).expect("a value");
        facts.members[0].set(fact, Fact { value, source: SourceId(0), on: None });
    }
    facts
}

/// `796：tekun 796`, what is no money by the month behind it.
fn words(combination: &Combination) -> String {
    let (paid, apart): (Vec<_>, Vec<_>) = combination.awards.iter().partition(|award| award.amount.is_some());
    let paid: Vec<String> = paid
        .iter()
        .map(|award| format!("{} {}", award.programme, award.amount.expect("it is paid").fen() / 100))
        .collect();
    let apart: String = apart.iter().map(|award| format!("；{}", award.programme)).collect();
    format!("{}：{}{apart}", combination.monthly.fen() / 100, paid.join(" + "))
}

#[test]
fn what_goes_together_is_what_a_clerk_works_out() {
    let library = library();
    let month = "2021-09".parse().expect("a month");
    let mut wrong = String::new();
    for (name, otherwise, best, others) in FAMILIES {
        let combined = combine(&library, month, &family(name, otherwise));
        let found = combined.best.as_ref().map_or_else(String::new, words);
        let totals: Vec<i64> = combined.alternatives.iter().map(|other| other.monthly.fen() / 100).collect();
        if (found.as_str(), totals.as_slice()) != (best, others) {
            wrong += &format!("{name} {otherwise:?}\n  by hand {best} {others:?}\n  found   {found} {totals:?}\n");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}
