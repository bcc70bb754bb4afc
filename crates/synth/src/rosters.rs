//! The bureau's two rosters as workbooks: the file of households in need, and last month's payments.
//!
//! Row by row, with only the shared strings kept, as spreadsheet programs write them; the creation date is fixed, so that
//! the same city gives the same bytes.

use std::path::Path;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};
use values::Fen;

use crate::city::City;
use crate::families::programme;
use crate::form::{Cell, HOUSEHOLD_COLUMNS, PERSON_COLUMNS};
use crate::person::*;
use crate::written::{FileWritten, Progress, WriteError, size_of};

/// Where a person stands in both rosters.
const WHERE: [&str; 6] = ["县市区", "乡镇街道", "村居", "户编号", "姓名", "身份证号"];

/// A title over a benefit in the payment roster, as bureaus write it.
pub fn payment_title(programme: &str, household: &Household, member: &Person) -> &'static str {
    match (programme, household.hukou, member.provision) {
        (programme::DIBAO, Hukou::Urban, _) => "城市低保",
        (programme::DIBAO, Hukou::Rural, _) => "农村低保",
        (programme::TEKUN, _, Provision::Institution) => "集中供养特困",
        (programme::TEKUN, _, Provision::None | Provision::Home) => "分散供养特困",
        (programme::ORPHAN, _, _) => "孤儿基本生活费",
        (programme::UNATTENDED, _, _) => "事实无人抚养儿童基本生活补贴",
        (programme::LIVING, _, _) => "困难残疾人生活补贴",
        (programme::NURSING, _, _) => "重度残疾人护理补贴",
        (programme::OLD_AGE, _, _) => "高龄津贴",
        (other, _, _) => panic!("no roster pays {other}"),
    }
}

/// The bank all cards of the city are with.
pub(crate) fn branch(city: &City, household: &Household) -> String {
    format!("湘潭示例农商银行{}支行", city.places.get(&household.area).township)
}

/// `01-困难家庭档案.xlsx`: a row for every person of every household on file.
pub(crate) fn write_households(city: &City, dir: &Path, progress: Progress<'_>) -> Result<FileWritten, WriteError> {
    let rows = city.households.iter().map(|household| household.members.len()).sum();
    let mut headings: Vec<&str> = WHERE.to_vec();
    headings.extend(HOUSEHOLD_COLUMNS.iter().map(|(name, _)| *name));
    headings.extend(PERSON_COLUMNS.iter().map(|(name, _)| *name));
    headings.extend(["手机号", "住址"]);
    write_workbook(dir, "01-困难家庭档案.xlsx", "档案", &headings, rows, progress, &mut |sheet| {
        for household in &city.households {
            for person in &household.members {
                person_row(city, sheet, household, person)?;
            }
        }
        Ok(())
    })
}

fn person_row(city: &City, sheet: &mut Rows<'_>, household: &Household, person: &Person) -> Result<(), XlsxError> {
    sheet.start_person(city, household, person)?;
    for (_, of) in HOUSEHOLD_COLUMNS {
        sheet.cell(of(household))?;
    }
    for (_, of) in PERSON_COLUMNS {
        sheet.cell(of(person))?;
    }
    match &person.phone {
        Some(phone) => sheet.text(phone)?,
        None => sheet.skip(),
    }
    sheet.text(&household.address)?;
    sheet.end_row();
    Ok(())
}

/// `02-发放花名册-2021年08月.xlsx`: a row for every benefit in payment; dibao on the head's row.
pub(crate) fn write_payments(city: &City, dir: &Path, progress: Progress<'_>) -> Result<FileWritten, WriteError> {
    let month = city.month;
    let name = format!("02-发放花名册-{:04}年{:02}月.xlsx", month.year(), month.month_of_year());
    let rows = city.households.iter().map(|household| household.draws.len()).sum();
    let mut headings: Vec<&str> = WHERE.to_vec();
    headings.extend(["救助项目", "待遇起始月", "保障人口", "月金额", "开户名", "银行账号", "开户行"]);
    write_workbook(dir, &name, "花名册", &headings, rows, progress, &mut |sheet| {
        for household in &city.households {
            for draw in &household.draws {
                payment_row(city, sheet, household, draw)?;
            }
        }
        Ok(())
    })
}

fn payment_row(city: &City, sheet: &mut Rows<'_>, household: &Household, draw: &Draw) -> Result<(), XlsxError> {
    let person = &household.members[usize::from(draw.member)];
    let (holder, account) = city.payee(household, draw);
    sheet.start_person(city, household, person)?;
    sheet.text(payment_title(draw.programme, household, person))?;
    sheet.text(&draw.since.to_string())?;
    sheet.cell(Cell::Count(i64::from(draw.counted)))?;
    sheet.cell(Cell::Fen(draw.amount))?;
    sheet.text(holder)?;
    sheet.text(account)?;
    sheet.text(&branch(city, household))?;
    sheet.end_row();
    Ok(())
}

/// The sheet while rows are added.
struct Rows<'a> {
    sheet: &'a mut Worksheet,
    row: u32,
    column: u16,
    total: usize,
    name: &'a str,
    progress: Progress<'a>,
}

impl Rows<'_> {
    fn start_person(&mut self, city: &City, household: &Household, person: &Person) -> Result<(), XlsxError> {
        let village = city.places.get(&household.area);
        for text in [&village.county, &village.township, &village.name] {
            self.text(text)?;
        }
        self.text(&household.number)?;
        self.text(&person.name)?;
        self.text(&person.id)
    }

    fn text(&mut self, text: &str) -> Result<(), XlsxError> {
        self.sheet.write_string(self.row, self.column, text)?;
        self.skip();
        Ok(())
    }

    fn cell(&mut self, cell: Cell) -> Result<(), XlsxError> {
        match cell {
            Cell::Empty => self.skip(),
            Cell::Choice(text) => self.text(text)?,
            Cell::YesNo(yes) => self.text(if yes { "是" } else { "否" })?,
            Cell::Day(day) => self.text(&day.to_string())?,
            Cell::Count(number) => self.number(number as f64)?,
            Cell::Fen(fen) => self.number(yuan(fen))?,
        }
        Ok(())
    }

    fn number(&mut self, number: f64) -> Result<(), XlsxError> {
        self.sheet.write_number(self.row, self.column, number)?;
        self.skip();
        Ok(())
    }

    fn skip(&mut self) {
        self.column += 1;
    }

    fn end_row(&mut self) {
        let done = self.row as usize;
        if done.is_multiple_of(5_000) {
            (self.progress)(self.name, done, self.total);
        }
        self.row += 1;
        self.column = 0;
    }
}

/// A spreadsheet knows no other numbers; whole fen below 2⁵³ come back exactly when read with two decimals.
fn yuan(fen: Fen) -> f64 {
    fen.fen() as f64 / 100.0
}

type Fill<'f> = &'f mut dyn FnMut(&mut Rows<'_>) -> Result<(), XlsxError>;

fn write_workbook(
    dir: &Path,
    name: &str,
    sheet_name: &str,
    headings: &[&str],
    rows: usize,
    progress: Progress<'_>,
    fill: Fill<'_>,
) -> Result<FileWritten, WriteError> {
    let path = dir.join(name);
    let mut save = || -> Result<(), XlsxError> {
        let mut workbook = Workbook::new();
        let made_on = ExcelDateTime::parse_from_str("2021-09-01T08:00:00")?;
        workbook.set_properties(&DocProperties::new().set_author("合成数据").set_creation_datetime(&made_on));
        let sheet = workbook.add_worksheet_with_low_memory()?;
        sheet.set_name(sheet_name)?;
        sheet.set_freeze_panes(1, 0)?;
        let bold = Format::new().set_bold();
        for (column, heading) in headings.iter().enumerate() {
            sheet.write_string_with_format(0, column as u16, *heading, &bold)?;
        }
        fill(&mut Rows { sheet, row: 1, column: 0, total: rows, name, progress: &mut *progress })?;
        workbook.save(&path)
    };
    save().map_err(|source| WriteError::Workbook { path: path.clone(), source })?;
    progress(name, rows, rows);
    Ok(FileWritten { name: name.to_owned(), rows, bytes: size_of(&path)? })
}
