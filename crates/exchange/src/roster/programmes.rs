//! Titles of programmes as rosters write them, and what a title tells of the person beside the money.

use law::diagnostic::nearest;
use law::form::OneForm;

/// What a title in a roster stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Title {
    /// The title as rosters write it, folded.
    pub title: &'static str,
    /// The programme's id.
    pub programme: &'static str,
    /// Facts that follow from being on this roster: fact, value. Of the household when the form says so.
    pub tells: &'static [(&'static str, &'static str)],
}

const fn title(title: &'static str, programme: &'static str, tells: &'static [(&'static str, &'static str)]) -> Title {
    Title { title, programme, tells }
}

const URBAN: &[(&str, &str)] = &[("享受低保", "是"), ("户口", "城镇")];
const RURAL: &[(&str, &str)] = &[("享受低保", "是"), ("户口", "农村")];
const DIBAO: &[(&str, &str)] = &[("享受低保", "是")];
const AT_HOME: &[(&str, &str)] = &[("享受特困", "是"), ("供养方式", "分散")];
const IN_HOME: &[(&str, &str)] = &[("享受特困", "是"), ("供养方式", "集中")];
const TEKUN: &[(&str, &str)] = &[("享受特困", "是")];
const ORPHAN: &[(&str, &str)] = &[("享受孤儿保障", "是")];

/// Every title that is understood.
const TITLES: &[Title] = &[
    title("城市低保", "dibao", URBAN),
    title("农村低保", "dibao", RURAL),
    title("城市最低生活保障", "dibao", URBAN),
    title("农村最低生活保障", "dibao", RURAL),
    title("城镇低保", "dibao", URBAN),
    title("低保", "dibao", DIBAO),
    title("最低生活保障", "dibao", DIBAO),
    title("分散供养特困", "tekun", AT_HOME),
    title("集中供养特困", "tekun", IN_HOME),
    title("特困分散供养", "tekun", AT_HOME),
    title("特困集中供养", "tekun", IN_HOME),
    title("农村特困分散供养", "tekun", AT_HOME),
    title("农村特困集中供养", "tekun", IN_HOME),
    title("城市特困分散供养", "tekun", AT_HOME),
    title("城市特困集中供养", "tekun", IN_HOME),
    title("分散供养", "tekun", AT_HOME),
    title("集中供养", "tekun", IN_HOME),
    title("特困", "tekun", TEKUN),
    title("特困供养", "tekun", TEKUN),
    title("特困人员", "tekun", TEKUN),
    title("特困人员救助供养", "tekun", TEKUN),
    title("五保", "tekun", TEKUN),
    title("孤儿", "orphan", ORPHAN),
    title("孤儿基本生活费", "orphan", ORPHAN),
    title("孤儿基本生活保障", "orphan", ORPHAN),
    title("事实无人抚养儿童", "unattended-child", &[]),
    title("事实无人抚养儿童基本生活补贴", "unattended-child", &[]),
    title("事实无人抚养儿童基本生活费", "unattended-child", &[]),
    title("困难残疾人生活补贴", "disability-living", &[]),
    title("残疾人生活补贴", "disability-living", &[]),
    title("困难残疾人补贴", "disability-living", &[]),
    title("重度残疾人护理补贴", "disability-nursing", &[]),
    title("残疾人护理补贴", "disability-nursing", &[]),
    title("重残护理补贴", "disability-nursing", &[]),
    title("高龄津贴", "old-age", &[]),
    title("高龄补贴", "old-age", &[]),
    title("高龄老人津贴", "old-age", &[]),
    title("高龄老人补贴", "old-age", &[]),
    title("经济困难老年人服务补贴", "elder-service", &[]),
    title("养老服务补贴", "elder-service", &[]),
    title("经济困难老年人护理补贴", "elder-nursing", &[]),
    title("失能老年人护理补贴", "elder-nursing", &[]),
];

/// Reads a title.
///
/// # Errors
/// In Chinese: unknown, with the nearest known title.
pub(super) fn read(text: &str) -> Result<&'static Title, String> {
    let plain = crate::headings::folded(text);
    if let Some(found) = TITLES.iter().find(|known| known.title == plain) {
        return Ok(found);
    }
    let shorter = ["金", "对象", "户", "资金", "待遇"].iter().find_map(|end| plain.strip_suffix(end));
    if let Some(found) = shorter.and_then(|plain| TITLES.iter().find(|known| known.title == plain)) {
        return Ok(found);
    }
    let near = nearest(&plain, TITLES.iter().map(|known| known.title)).map(|near| format!("；是不是“{near}”？"));
    let shown: String = text.chars().take(20).collect();
    let all = "城市低保、农村低保、分散供养特困、集中供养特困、孤儿基本生活费、事实无人抚养儿童基本生活补贴、困难残疾人生活补贴、重度残疾人护理补贴、高龄津贴";
    Err(format!("不认识救助项目“{shown}”{}；认识的有：{all}", near.unwrap_or_default()))
}

/// The facts a title tells, in the form's terms.
pub(super) fn facts_of(
    title: &'static Title,
    form: &OneForm,
) -> impl Iterator<Item = (law::form::FactId, law::form::Value)> {
    title.tells.iter().filter_map(|(fact, value)| {
        let id = form.fact(fact)?;
        Some((id, form.parse_value(id, value).ok()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_read_as_bureaus_write_them() {
        for (written, programme) in [
            ("农村低保", Some("dibao")),
            ("农村低保金", Some("dibao")),
            (" 城市 低保 ", Some("dibao")),
            ("分散供养特困", Some("tekun")),
            ("高龄津贴（80周岁以上）", Some("old-age")),
            ("农村低宝", None),
        ] {
            assert_eq!(read(written).ok().map(|title| title.programme), programme, "{written}");
        }
        assert!(read("农村低宝").unwrap_err().contains("是不是“农村低保”？"));
    }
}
