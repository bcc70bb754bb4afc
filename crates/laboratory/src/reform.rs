//! 方案: what would be different. `城市低保标准=650元/月`, `城市低保标准@430302=650元/月;起=2021-10`.

use std::str::FromStr;

use law::{Diagnostic, FigureChange, Library};
use values::{AreaCode, Month};

use crate::refusal::LabRefusal;

/// One figure to be set, as somebody wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    written: String,
    name: String,
    area: Option<AreaCode>,
    start: Option<Month>,
    value: String,
}

/// Other figures in the same books.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reform {
    /// The figures set, in order; a later one wins.
    pub settings: Vec<Setting>,
}

impl FromStr for Setting {
    type Err = LabRefusal;

    fn from_str(text: &str) -> Result<Setting, LabRefusal> {
        let written = text.trim().replace('＝', "=").replace('；', ";").replace('＠', "@");
        let unclear = || LabRefusal::Setting { written: text.trim().to_owned() };
        let (left, right) = written.split_once('=').ok_or_else(unclear)?;
        let (value, start) = match right.split_once(';') {
            None => (right, None),
            Some((value, rest)) => (value, Some(start_of(text, rest)?)),
        };
        let (name, area) = match left.split_once('@') {
            None => (left, None),
            Some((name, area)) => (name, Some(area_of(text, area)?)),
        };
        let (name, value) = (name.trim().to_owned(), value.trim().to_owned());
        if name.is_empty() || value.is_empty() {
            return Err(unclear());
        }
        Ok(Setting { written: text.trim().to_owned(), name, area, start, value })
    }
}

fn start_of(written: &str, rest: &str) -> Result<Month, LabRefusal> {
    let (word, month) = rest.split_once('=').unwrap_or((rest, ""));
    let found = month.trim().parse().ok().filter(|_| word.trim() == "起");
    found.ok_or_else(|| LabRefusal::Start { written: written.trim().to_owned(), start: rest.trim().to_owned() })
}

fn area_of(written: &str, area: &str) -> Result<AreaCode, LabRefusal> {
    let found = area.trim().parse();
    found.map_err(|_| LabRefusal::Area { written: written.trim().to_owned(), area: area.trim().to_owned() })
}

impl std::fmt::Display for Setting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.written)
    }
}

impl Reform {
    /// The books with these figures; what says no month of its own holds from `first` on.
    ///
    /// # Errors
    /// No such figure, no such value, another unit: see [`Library::with_figures`].
    pub fn of(&self, baseline: &Library, first: Month) -> Result<Library, Diagnostic> {
        let change = |setting: &Setting| FigureChange {
            written: setting.written.clone(),
            name: setting.name.clone(),
            area: setting.area,
            start: setting.start.unwrap_or(first),
            value: setting.value.clone(),
        };
        baseline.with_figures(&self.settings.iter().map(change).collect::<Vec<_>>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_is_read_as_a_clerk_writes_it() {
        let check = |text: &str, name: &str, area: Option<&str>, start: Option<&str>, value: &str| {
            let found: Setting = text.parse().unwrap_or_else(|refusal| panic!("{text}: {refusal}"));
            let expected = Setting {
                written: text.trim().to_owned(),
                name: name.to_owned(),
                area: area.map(|area| area.parse().unwrap()),
                start: start.map(|start| start.parse().unwrap()),
                value: value.to_owned(),
            };
            assert_eq!(found, expected);
        };
        check("城市低保标准=650元/月", "城市低保标准", None, None, "650元/月");
        check(" 城市低保标准 ＝ 650元/月 ", "城市低保标准", None, None, "650元/月");
        check("城市低保标准@430302=650元/月", "城市低保标准", Some("430302"), None, "650元/月");
        check("分类施保比例=10%;起=2021-10", "分类施保比例", None, Some("2021-10"), "10%");
        check("分类施保比例@430300=10%；起=2021-10", "分类施保比例", Some("430300"), Some("2021-10"), "10%");
    }

    #[test]
    fn a_setting_that_cannot_be_read_says_how_to_write_it() {
        let check = |text: &str, words: &str| {
            let refusal = text.parse::<Setting>().unwrap_err().to_string();
            assert!(refusal.contains(words), "{text}: {refusal}");
        };
        check("城市低保标准", "应写成“参数=值”");
        check("=650元/月", "应写成“参数=值”");
        check("城市低保标准=", "应写成“参数=值”");
        check("城市低保标准@雨湖区=650元/月", "地区“雨湖区”不是区划代码");
        check("城市低保标准=650元/月;起=十月", "写的是“起=十月”");
        check("城市低保标准=650元/月;止=2021-10", "写的是“止=2021-10”");
    }
}
