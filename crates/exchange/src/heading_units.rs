//! Units of money in headings and titles: `月金额（万元）`, `单位：千元`. A unit that is not the column's own is refused and never
//! converted: a clerk who sees 6.6 where 66,000 stood would look for the fault elsewhere.

use law::form::{FactKind, OneForm};

use crate::headings::Meaning;

/// The unit of money that stands in a heading's brackets and is not the column's own.
pub(crate) fn strange_unit(heading: &str, meaning: Meaning, form: &OneForm) -> Option<String> {
    let own: &[&str] = match meaning {
        Meaning::Amount => &["元", "元/月"],
        Meaning::Fact(id) => match &form.declaration(id).kind {
            FactKind::Money { .. } => &["元"],
            FactKind::MoneyPerMonth { .. } => &["元", "元/月"],
            FactKind::MoneyPerYear { .. } => &["元", "元/年"],
            FactKind::Count | FactKind::Ratio | FactKind::Date | FactKind::YesNo | FactKind::Choice(_) => return None,
        },
        _ => return None,
    };
    let unit = bracketed(&plain(heading)).find_map(money_unit)?;
    (!own.contains(&unit.as_str())).then_some(unit)
}

/// The unit a title row gives for the whole table, when it is not yuan: `单位：万元`.
pub(crate) fn strange_unit_of_table(title: &str) -> Option<String> {
    let title = plain(title);
    let (_, said) = title.rsplit_once("单位:")?;
    money_unit(said).filter(|unit| !matches!(unit.as_str(), "元" | "元/月"))
}

/// `元`, `万元`, `元/年`, `分`; nothing for what is no unit of money.
fn money_unit(text: &str) -> Option<String> {
    let unit = text.trim_start_matches("单位").trim_start_matches(':');
    let unit = unit.replace("人民币", "").replace("每", "/").replace("元/人/月", "元/月");
    let is_unit = unit == "分" || (unit.contains('元') && unit.chars().count() <= 5);
    is_unit.then_some(unit)
}

fn bracketed(heading: &str) -> impl Iterator<Item = &str> {
    heading.split(['(', '[', '【', '〔']).skip(1).filter_map(|part| part.split([')', ']', '】', '〕']).next())
}

fn plain(text: &str) -> String {
    let half_width = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        c => c,
    };
    text.chars().map(half_width).filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_that_is_not_the_columns_own_is_found() {
        let form = OneForm::parse("policy/one-form.md", include_str!("../../../policy/one-form.md")).unwrap();
        let fact = |name| Meaning::Fact(form.fact(name).unwrap());
        for (heading, meaning, strange) in [
            ("月金额（元）", Meaning::Amount, None),
            ("月金额(元/人/月)", Meaning::Amount, None),
            ("月金额（万元）", Meaning::Amount, Some("万元")),
            ("金额【单位：分】", Meaning::Amount, Some("分")),
            ("补助金额（元/年）", Meaning::Amount, Some("元/年")),
            ("工资(元/年)", fact("工资"), Some("元/年")),
            ("重大支出（元/年）", fact("重大支出"), None),
            ("存款（万元）", fact("存款"), Some("万元")),
            ("残疾等级（万元）", fact("残疾等级"), None),
            ("县（市、区）", Meaning::County, None),
        ] {
            assert_eq!(strange_unit(heading, meaning, &form).as_deref(), strange, "{heading}");
        }
        for (title, strange) in [
            ("填报单位：示例县民政局", None),
            ("单位：元", None),
            ("填报单位：示例  单位: 万 元", Some("万元")),
            ("2021年8月发放花名册", None),
        ] {
            assert_eq!(strange_unit_of_table(title).as_deref(), strange, "{title}");
        }
    }
}
