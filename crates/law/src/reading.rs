//! What a reader's page needs of the books beyond their text: which versions there are, which is in force, how a figure came to
//! be what it is, and what the engine answers to each worked case.

use values::{AreaCode, Day, Month};

use crate::determination::Determination;
use crate::library::{Library, ParameterValue};
use crate::trial;

/// One book of a programme: a file that is in force from a day, in an area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its path, as it was loaded.
    pub path: String,
    /// The first heading.
    pub title: String,
    /// 地区.
    pub area: AreaCode,
    /// 起.
    pub from: Day,
    /// 核对至: beyond, the answer is unknown.
    pub checked_until: Day,
}

/// A worked case of a book, answered by the engine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worked {
    /// The line of its block, from 1.
    pub line: u32,
    /// One answer for a household programme, one a member for a person programme.
    pub determinations: Vec<Determination>,
}

impl Library {
    /// The books of a programme that hold in an area, the earliest first; of a nearer area after those of a wider one.
    pub fn versions(&self, programme: &str, area: &AreaCode) -> Vec<Version> {
        let mut found: Vec<Version> = self
            .programs
            .iter()
            .filter(|program| program.id == programme && program.area.contains(area))
            .map(|program| Version {
                path: program.path.clone(),
                title: program.title.to_string(),
                area: program.area,
                from: program.from,
                checked_until: program.checked_until,
            })
            .collect();
        found.sort_by_key(|version| (version.from, version.area.level()));
        found
    }

    /// The book in force in a month: of the nearest area, the latest start; also where nobody has checked it for that month.
    pub fn version(&self, programme: &str, month: Month, area: &AreaCode) -> Option<Version> {
        let mut versions = self.versions(programme, area);
        versions.retain(|version| version.from.month() <= month);
        versions.into_iter().max_by_key(|version| (version.area.level(), version.from))
    }

    /// Every row of a figure that holds, held or will hold in an area, the earliest first.
    pub fn figure_history(&self, name: &str, area: &AreaCode) -> Vec<ParameterValue> {
        let Some((number, _)) = self.figures.find(name) else { return Vec::new() };
        let rows = self.figures.get(number).rows().filter(|row| row.area.contains(area));
        let mut found: Vec<ParameterValue> = rows.map(ParameterValue::of).collect();
        found.sort_by_key(|row| (row.area.level(), row.start));
        found
    }

    /// The worked cases of a book, in its order; one that cannot be prepared has no answers.
    pub fn worked(&self, path: &str) -> Vec<Worked> {
        let programs = self.programs.iter().filter(|program| program.path == path);
        programs
            .flat_map(|program| program.cases.iter().map(move |case| (program, case)))
            .filter(|(_, case)| case.path == path)
            .map(|(program, case)| Worked {
                line: case.at.line,
                determinations: trial::answers(self, case, &program.id),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Outcome;

    const FORM: &str = "# 一张表\n\n| 来源 | 说明 |\n|---|---|\n| 本人申报 | |\n\n| 事实 | 归属 | 类型 | 来源 | 何时问 | 说明 |\n|---|---|---|---|---|---|\n| 关系 | 人 | {本人、子女} | | | |\n| 工资 | 人 | 元/月 | | | |\n";

    fn book(from: &str, until: &str, area: &str, limit: &str) -> String {
        format!(
            "# 补助\n\n| 书目 | |\n|---|---|\n| 编号 | aid |\n| 单位 | 家庭 |\n| 地区 | {area} |\n| 起 | {from} |\n| 核对至 | {until} |\n| 法 | 一部法 |\n\n| 参数 | 地区 | 起 | 值 | 依据 | 示例 |\n|---|---|---|---|---|---|\n| 限额 | {area} | {} | {limit} | 法 第一条 | |\n\n```law\n条件 低于限额: 合计(工资) < 限额 〔法 第一条〕\n     否则 \"不低于限额\"\n金额 补助金 = 限额 - 合计(工资) 〔法 第二条〕\n```\n\n```case\n例: 一个人\n月: {}   地区: {area}\n其余: 无\n  本人  工资 1元\n应得: 符合\n```\n",
            &from[..7],
            &from[..7]
        )
    }

    fn library() -> Library {
        let books = [
            ("policy/one-form.md".to_owned(), FORM.to_owned()),
            ("policy/aid-2022.md".to_owned(), book("2022-01-01", "2022-12-31", "430000 湖南省", "4元/月")),
            ("policy/aid.md".to_owned(), book("2020-01-01", "2021-12-31", "430000 湖南省", "2元/月")),
            ("policy/aid-city.md".to_owned(), book("2021-01-01", "2021-12-31", "430300 湘潭市", "8元/月")),
        ];
        Library::load(&books).unwrap_or_else(|findings| panic!("{}", findings[0]))
    }

    #[test]
    fn the_version_of_a_month_is_of_the_nearest_area_and_the_latest_start() {
        let library = library();
        for (month, area, path) in [
            ("2019-12", "430300", None),
            ("2020-01", "430300", Some("policy/aid.md")),
            ("2021-01", "430302", Some("policy/aid-city.md")),
            ("2021-01", "430100", Some("policy/aid.md")),
            ("2022-01", "430100", Some("policy/aid-2022.md")),
            ("2023-06", "430100", Some("policy/aid-2022.md")),
        ] {
            let found = library.version("aid", month.parse().unwrap(), &area.parse().unwrap());
            assert_eq!(found.as_ref().map(|version| version.path.as_str()), path, "{month} {area}");
        }
        let starts: Vec<String> =
            library.versions("aid", &"430302".parse().unwrap()).iter().map(|v| v.from.to_string()).collect();
        assert_eq!(starts, ["2020-01-01", "2021-01-01", "2022-01-01"]);
    }

    #[test]
    fn a_figure_tells_its_history_for_one_area() {
        let library = library();
        let told = |area: &str| {
            let rows = library.figure_history("限额", &area.parse().unwrap());
            rows.iter().map(|row| format!("{} {}", row.start, row.value)).collect::<Vec<_>>()
        };
        assert_eq!(told("430100"), ["2020-01 2元/月", "2022-01 4元/月"]);
        assert_eq!(told("430302"), ["2020-01 2元/月", "2022-01 4元/月", "2021-01 8元/月"], "the nearer area last");
        assert!(library.figure_history("没有这个", &"430302".parse().unwrap()).is_empty());
    }

    #[test]
    fn a_worked_case_is_answered_by_the_engine() {
        let worked = library().worked("policy/aid-2022.md");
        assert_eq!(worked.len(), 1);
        let answer = &worked[0].determinations[0];
        assert_eq!((answer.outcome.clone(), answer.amount.unwrap().fen()), (Outcome::Eligible, 300));
    }
}
