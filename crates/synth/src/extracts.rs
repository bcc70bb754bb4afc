//! What other departments would hand over: deaths, vehicles, firms, pensions, wages, disability cards, school rolls.
//!
//! Most rows agree with the bureau's file, a few do not (`surprises`), and some are of people nobody here knows.

use std::collections::HashMap;
use std::path::Path;

use values::{Day, Fen};

use crate::city::City;
use crate::person::*;
use crate::surprises::Found;
use crate::written::{CodePage, FileWritten, Progress, TextTable, WriteError};

/// One department's file.
struct Extract {
    name: &'static str,
    page: CodePage,
    headings: &'static [&'static str],
    /// The cells behind name and number; none when the department has nothing on the person.
    row: fn(&OnePerson<'_>) -> Option<Vec<String>>,
    /// What stands behind a person nobody here knows.
    stranger: &'static [&'static str],
}

/// A person on file, with what is found of them.
struct OnePerson<'a> {
    person: &'a Person,
    found: Option<Found>,
    today: Day,
}

const EXTRACTS: &[Extract] = &[
    Extract {
        name: "11-死亡-民政.csv",
        page: CodePage::Gb18030,
        headings: &["姓名", "身份证号", "状态", "死亡日期"],
        row: |one| died(one).filter(|day| day.day_of_month() % 5 != 0).map(|day| vec!["死亡".into(), day.to_string()]),
        stranger: &["死亡", "2021-08-12"],
    },
    Extract {
        name: "12-死亡-卫健.csv",
        page: CodePage::Utf8WithMark,
        headings: &["姓名", "身份证号", "状态", "死亡日期"],
        row: |one| {
            died(one)
                .filter(|day| day.day_of_month() % 4 == 1 || day.day_of_month() % 5 == 0)
                .map(|day| vec!["死亡".into(), day.to_string()])
        },
        stranger: &["死亡", "2021-08-19"],
    },
    Extract {
        name: "13-机动车-公安.csv",
        page: CodePage::Gb18030,
        headings: &["姓名", "身份证号", "有机动车", "残疾人代步车", "摩托车"],
        row: |one| {
            let marks = &one.person.marks;
            let undeclared = one.found == Some(Found::Vehicle);
            (marks.vehicle || undeclared)
                .then(|| vec!["是".into(), yes_no(marks.mobility_vehicle), yes_no(marks.motorcycle && !undeclared)])
        },
        stranger: &["是", "否", "否"],
    },
    Extract {
        name: "14-企业登记-市场监管.csv",
        page: CodePage::Utf8,
        headings: &["姓名", "身份证号", "经商办企业", "企业名称"],
        row: |one| {
            (one.person.marks.business || one.found == Some(Found::Business)).then(|| {
                let name: String = one.person.name.chars().take(1).collect();
                vec!["是".into(), format!("湘潭{name}氏示例商贸有限公司")]
            })
        },
        stranger: &["是", "湘潭示例建材有限公司"],
    },
    Extract {
        name: "15-养老金-人社.csv",
        page: CodePage::Gb18030,
        headings: &["姓名", "身份证号", "养老金", "中央基础养老金"],
        row: |one| {
            let means = one.person.means.as_deref()?;
            let drawn = means.pension > Fen::ZERO;
            drawn.then(|| vec![plain(means.pension), plain(means.central_pension)])
        },
        stranger: &["1850.50", "0"],
    },
    Extract {
        name: "16-工资-税务.csv",
        page: CodePage::Utf8WithMark,
        headings: &["姓名", "身份证号", "工资"],
        row: |one| match (one.found, one.person.means.as_deref()) {
            (Some(Found::Wage(wage)), _) => Some(vec![plain(wage)]),
            (_, Some(means)) if means.wage > Fen::ZERO => Some(vec![plain(means.wage)]),
            _ => None,
        },
        stranger: &["4200"],
    },
    Extract {
        name: "17-残疾人证-残联.csv",
        page: CodePage::Gb18030,
        headings: &["姓名", "身份证号", "残疾人证号", "残疾类别", "残疾等级", "发证日期"],
        row: card_row,
        stranger: &["", "肢体", "四级", "2019-04-11"],
    },
    Extract {
        name: "18-学籍-教育.csv",
        page: CodePage::Gb18030,
        headings: &["姓名", "身份证号", "在读"],
        row: |one| {
            let on_roll = one.person.study != Study::None && one.found != Some(Found::LeftSchool);
            on_roll.then(|| vec![one.person.study.zh().into()])
        },
        stranger: &["义务教育"],
    },
];

/// Writes every extract.
pub(crate) fn write(city: &City, dir: &Path, progress: Progress<'_>) -> Result<Vec<FileWritten>, WriteError> {
    let found: HashMap<(usize, usize), Found> =
        city.surprises.iter().map(|surprise| ((surprise.household, surprise.member), surprise.found)).collect();
    let mut files = Vec::new();
    for (at, extract) in EXTRACTS.iter().enumerate() {
        let mut table = TextTable::create(dir, extract.name, extract.page, extract.headings)?;
        write_known(city, &found, extract, &mut table)?;
        for (name, id) in city.strangers.iter().skip(at).step_by(EXTRACTS.len()) {
            let cells: Vec<&str> = [&**name, &**id].into_iter().chain(extract.stranger.iter().copied()).collect();
            table.put(&cells)?;
        }
        files.push(table.finish(progress)?);
    }
    Ok(files)
}

fn write_known(
    city: &City,
    found: &HashMap<(usize, usize), Found>,
    extract: &Extract,
    table: &mut TextTable,
) -> Result<(), WriteError> {
    let today = city.month.last_day();
    for (household, family) in city.households.iter().enumerate() {
        for (member, person) in family.members.iter().enumerate() {
            let one = OnePerson { person, found: found.get(&(household, member)).copied(), today };
            if let Some(row) = (extract.row)(&one) {
                let cells: Vec<&str> =
                    [&*person.name, &*person.id].into_iter().chain(row.iter().map(String::as_str)).collect();
                table.put(&cells)?;
            }
        }
    }
    Ok(())
}

fn died(one: &OnePerson<'_>) -> Option<Day> {
    match one.found {
        Some(Found::Died(day)) => Some(day),
        _ => None,
    }
}

/// The federation's card: old ones of some years ago, new ones of the last weeks.
fn card_row(one: &OnePerson<'_>) -> Option<Vec<String>> {
    let (impairment, grade, on) = match one.found {
        Some(Found::Card(impairment, grade)) => (impairment, grade, one.today.plus_days(-20)),
        _ => (one.person.impairment, one.person.grade, one.today.plus_days(-900)),
    };
    let card = format!("{}{}{}", one.person.id, impairment.card_digit()?, grade.card_digit()?);
    Some(vec![card, impairment.zh().into(), grade.zh().into(), on.to_string()])
}

fn yes_no(yes: bool) -> String {
    if yes { "是" } else { "否" }.to_owned()
}

/// Yuan as departments write them: `600`, `600.50`.
fn plain(amount: Fen) -> String {
    match (amount.fen() / 100, amount.fen() % 100) {
        (yuan, 0) => yuan.to_string(),
        (yuan, fen) => format!("{yuan}.{fen:02}"),
    }
}
