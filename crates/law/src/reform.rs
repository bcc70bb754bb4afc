//! The books with other figures: the same programmes, some rows of 参数 replaced, and a books hash of their own.

use sha2::{Digest, Sha256};
use values::{AreaCode, Month};

use crate::diagnostic::{Diagnostic, Severity, nearest};
use crate::library::Library;

/// One figure that a reform (方案) sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureChange {
    /// As somebody wrote it; shown with an error.
    pub written: String,
    /// 参数.
    pub name: String,
    /// One area; none means every area for which the books have a row of the figure.
    pub area: Option<AreaCode>,
    /// From this month on; earlier months stay as they are.
    pub start: Month,
    /// The new value with its unit: `650元/月`.
    pub value: String,
}

impl Library {
    /// These books with other figures. A change holds from its month on, in place of the rows of the same area that begin in
    /// or after that month; a row of a nearer area stays. What a reform sets is an example (示例), never a source.
    ///
    /// # Errors
    /// No such figure (with the nearest name), a value that cannot be read, or one of another kind than the books': in the
    /// words of the books' own errors, with the change's number in place of the line.
    pub fn with_figures(&self, changes: &[FigureChange]) -> Result<Library, Diagnostic> {
        let mut reform = self.clone();
        let mut hash = Sha256::new();
        hash.update(self.books_hash().as_bytes());
        for (at, change) in changes.iter().enumerate() {
            reform.figures.replace(change).map_err(|wrong| self.wrong(at, change, wrong))?;
            let area = change.area.map_or("", |_| "@");
            let area_code = change.area.unwrap_or(AreaCode::NATION);
            let start = change.start.to_string();
            for part in [change.name.as_str(), area, area_code.as_str(), &start, &change.value] {
                hash.update((part.len() as u64).to_be_bytes());
                hash.update(part.as_bytes());
            }
        }
        if !changes.is_empty() {
            reform.books_hash = hex::encode(hash.finalize()).into();
        }
        Ok(reform)
    }

    fn wrong(&self, at: usize, change: &FigureChange, message: String) -> Diagnostic {
        let is_known = self.figures.find(&change.name).is_some();
        let near = if is_known { None } else { nearest(&change.name, self.figures.names()) };
        Diagnostic {
            severity: Severity::Error,
            path: "方案".to_owned(),
            line: at as u32 + 1,
            column: 1,
            message,
            hint: near.map(|name| format!("是不是“{name}”？")),
            excerpt: change.written.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FORM: &str = "# 一张表\n\n| 来源 | 说明 |\n|---|---|\n| 本人申报 | |\n\n| 事实 | 归属 | 类型 | 来源 | 何时问 | 说明 |\n|---|---|---|---|---|---|\n| 工资 | 人 | 元/月 | | | |\n";
    const BOOK: &str = "# 补助\n\n| 书目 | |\n|---|---|\n| 编号 | aid |\n| 单位 | 家庭 |\n| 地区 | 430000 湖南省 |\n| 起 | 2020-01-01 |\n| 核对至 | 2021-12-31 |\n| 法 | 一部法 |\n\n| 参数 | 地区 | 起 | 值 | 依据 | 示例 |\n|---|---|---|---|---|---|\n| 限额 | 430000 湖南省 | 2020-01 | 4元/月 | 法 第一条 | |\n| 限额 | 430300 湘潭市 | 2021-01 | 8元/月 | 法 第一条 | |\n| 限额 | 430300 湘潭市 | 2021-07 | 9元/月 | 法 第一条 | |\n\n```law\n条件 低于限额: 合计(工资) < 限额 〔法 第一条〕\n     否则 \"不低于限额\"\n金额 补助金 = 限额 - 合计(工资) 〔法 第二条〕\n```\n";

    fn library() -> Library {
        Library::load(&[("one-form.md", FORM), ("aid.md", BOOK)]).unwrap_or_else(|found| panic!("{}", found[0]))
    }

    fn change(name: &str, area: Option<&str>, start: &str, value: &str) -> FigureChange {
        FigureChange {
            written: format!("{name}={value}"),
            name: name.to_owned(),
            area: area.map(|area| area.parse().unwrap()),
            start: start.parse().unwrap(),
            value: value.to_owned(),
        }
    }

    #[test]
    fn a_change_holds_from_its_month_in_its_area() {
        let library = library();
        let check = |area: Option<&str>, asked: &str, month: &str, expected: &str| {
            let reform = library.with_figures(&[change("限额", area, "2021-03", "16元/月")]).unwrap();
            let found = reform.parameter("限额", &asked.parse().unwrap(), month.parse().unwrap()).unwrap();
            assert_eq!(found.value, expected, "{area:?} {asked} {month}");
        };
        check(None, "430302", "2021-02", "8元/月");
        check(None, "430302", "2021-03", "16元/月");
        check(None, "430302", "2021-08", "16元/月"); // the later row of the same area is replaced too
        check(None, "430102", "2021-03", "16元/月");
        check(Some("430000"), "430302", "2021-03", "8元/月"); // the nearer area keeps its own
        check(Some("430000"), "430102", "2021-03", "16元/月");
        check(Some("430302"), "430302", "2021-08", "16元/月"); // an area without a row of its own
        check(Some("430302"), "430321", "2021-08", "9元/月");
    }

    #[test]
    fn a_changed_library_has_its_own_hash_and_an_unchanged_one_the_same() {
        let library = library();
        let hash = |changes: &[FigureChange]| library.with_figures(changes).unwrap().books_hash().to_owned();
        assert_eq!(hash(&[]), library.books_hash());
        let one = hash(&[change("限额", None, "2021-03", "16元/月")]);
        assert_ne!(one, library.books_hash());
        assert_ne!(one, hash(&[change("限额", None, "2021-03", "17元/月")]));
        assert_ne!(one, hash(&[change("限额", Some("430302"), "2021-03", "16元/月")]));
        assert_eq!(one, hash(&[change("限额", None, "2021-03", "16元/月")]));
    }

    #[test]
    fn a_wrong_change_is_told_in_the_words_of_the_books() {
        let library = library();
        let check = |name: &str, value: &str, words: &str| {
            let wrong = library.with_figures(&[change(name, None, "2021-03", value)]).unwrap_err();
            assert!(wrong.to_string().contains(words), "{wrong}");
        };
        check("限额", "16元/年", "参数“限额”别处是元/月，这里是元/年");
        check("限额", "很多", "值看不懂：“很多”；应是带单位的一个数，例如 600元/月、10%、24个月");
        check("限领", "16元/月", "没有参数“限领”");
        check("限领", "16元/月", "是不是“限额”？");
    }

    #[test]
    fn a_change_is_not_known_beyond_what_was_checked() {
        let reform = library().with_figures(&[change("限额", None, "2021-03", "16元/月")]).unwrap();
        assert_eq!(reform.parameter("限额", &"430302".parse().unwrap(), "2022-01".parse().unwrap()), None);
    }
}
