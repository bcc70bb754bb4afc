//! One row of a roster, read cell by cell; everything that is wrong with it is told at once.

use law::form::{FactRow, OneForm};
use values::{AreaCode, AreaTree, BankAccount, Checked, Fen, IdNumber, Month, PersonName, Phone, Warning};

use super::places::Places;
use super::programmes::{self, Title};
use crate::cells;
use crate::fact_cells::{self, Written};
use crate::findings::Findings;
use crate::headings::{Headings, Meaning};
use crate::sheets::{Cell, Row};

/// A row that holds.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) row: u32,
    pub(super) area: AreaCode,
    pub(super) household_number: Option<Box<str>>,
    pub(super) head: Option<IdNumber>,
    pub(super) id: IdNumber,
    pub(super) name: PersonName,
    pub(super) phone: Option<Phone>,
    pub(super) address: Option<Box<str>>,
    pub(super) of_person: FactRow,
    pub(super) of_household: FactRow,
    pub(super) payment: Option<Payment>,
}

/// What a row says of money.
#[derive(Debug)]
pub(super) struct Payment {
    pub(super) title: &'static Title,
    pub(super) since: Option<Month>,
    pub(super) amount: Fen,
    pub(super) counted: Option<u32>,
    pub(super) holder: Option<Box<str>>,
    pub(super) account: Option<BankAccount>,
    pub(super) bank: Option<Box<str>>,
}

/// How rows are read.
pub(super) struct Lines<'a> {
    pub(super) headings: &'a Headings,
    pub(super) form: &'a OneForm,
    pub(super) tree: &'a AreaTree,
    pub(super) places: Places<'a>,
    pub(super) written: Written,
    pub(super) findings: Findings,
}

/// More than this a month for one household is a year's sum, a sum in fen, or digits of an account: no programme comes near.
const LARGEST_MONTHLY: Fen = Fen::yuan(50_000);
/// Text of this length is no address any more.
const LONGEST_TEXT: usize = 200;

impl Lines<'_> {
    /// Reads a row; nothing when something is wrong with it, which is then among the findings.
    pub(super) fn read(&mut self, row: &Row) -> Option<Line> {
        let errors_before = self.findings.error_count;
        let name =
            self.cell(row, Meaning::Name, |cell| must(cells::text(cell)?, "姓名是空的，请填写", PersonName::parse));
        let id = self.id(row, Meaning::Id, true);
        let head =
            if self.headings.column(Meaning::HeadId).is_some() { self.id(row, Meaning::HeadId, false) } else { None };
        let area = self.area(row);
        let phone = self.phone(row);
        let household_number = self.text(row, Meaning::HouseholdNumber);
        let address = self.text(row, Meaning::Address);
        let (of_person, of_household) = self.facts(row);
        let payment = self.headings.column(Meaning::Programme).and_then(|_| self.payment(row));
        if let Some(warning) = name.as_ref().and_then(PersonName::warning) {
            self.findings.warn(row.number, &warning.to_string());
        }
        if self.findings.error_count > errors_before {
            return None;
        }
        let (id, name, area) = (id?, name?, area?);
        Some(Line {
            row: row.number,
            area,
            household_number,
            head,
            id,
            name,
            phone,
            address,
            of_person,
            of_household,
            payment,
        })
    }

    /// Reads the cell of a meaning; what is wrong becomes a finding. A column that is not there is empty.
    fn cell<T>(
        &mut self,
        row: &Row,
        meaning: Meaning,
        read: impl FnOnce(&Cell) -> Result<Option<T>, String>,
    ) -> Option<T> {
        let column = self.headings.column(meaning)?;
        match read(row.cell(column)) {
            Ok(value) => value,
            Err(what) => {
                self.findings.error(row.number, self.headings.text(column), what);
                None
            }
        }
    }

    fn warn(&mut self, row: &Row, warnings: &[Warning]) {
        for warning in warnings {
            self.findings.warn(row.number, &warning.to_string());
        }
    }

    fn id(&mut self, row: &Row, meaning: Meaning, is_needed: bool) -> Option<IdNumber> {
        let Checked { value, warnings } = self.cell(row, meaning, |cell| match cells::identifier(cell)? {
            None if !is_needed => Ok(None),
            text => IdNumber::parse(text.unwrap_or_default()).map(Some).map_err(|error| error.to_string()),
        })?;
        self.warn(row, &warnings);
        self.warn(row, value.check_area(self.tree).as_slice());
        Some(value)
    }

    fn phone(&mut self, row: &Row) -> Option<Phone> {
        let column = self.headings.column(Meaning::Phone)?;
        let text = self.cell(row, Meaning::Phone, |cell| Ok(cells::identifier(cell)?.map(str::to_owned)))?;
        // several numbers in a cell: the first that is one; a wrong telephone keeps nobody from their money
        let found = text.split([',', '，', ';', '；', '/', '、', ' ']).find_map(|part| Phone::parse(part).ok());
        if found.is_none() {
            let heading = self.headings.text(column).to_owned();
            self.findings.warn(row.number, &format!("“{heading}”看不懂，没有导入；请以后补上"));
        }
        found
    }

    fn text(&mut self, row: &Row, meaning: Meaning) -> Option<Box<str>> {
        self.cell(row, meaning, |cell| match cells::text(cell)? {
            Some(text) if text.chars().count() > LONGEST_TEXT => Err(format!("内容超过 {LONGEST_TEXT} 个字；请核对")),
            text => Ok(text.map(Box::from)),
        })
    }

    fn area(&mut self, row: &Row) -> Option<AreaCode> {
        let at = [Meaning::County, Meaning::Township, Meaning::Village, Meaning::Place]
            .map(|part| self.headings.column(part));
        let named = at.map(|column| column.map_or("", |column| row.cell(column).text.as_str()));
        match self.places.find(named) {
            Ok(area) => Some(area),
            Err(what) => {
                let column = at.into_iter().flatten().next_back().map_or("", |column| self.headings.text(column));
                self.findings.error(row.number, column, what);
                None
            }
        }
    }

    fn facts(&mut self, row: &Row) -> (FactRow, FactRow) {
        use law::form::Belongs;
        let (mut of_person, mut of_household) = (FactRow::default(), FactRow::default());
        for (column, id) in self.headings.facts() {
            let into = match self.form.declaration(id).belongs {
                Belongs::Person => &mut of_person,
                Belongs::Household => &mut of_household,
            };
            if let Err(what) = fact_cells::note(into, self.form, id, row.cell(column), self.written) {
                self.findings.error(row.number, self.headings.text(column), what);
            }
        }
        (of_person, of_household)
    }

    fn payment(&mut self, row: &Row) -> Option<Payment> {
        let title = self.cell(row, Meaning::Programme, |cell| {
            programmes::read(cells::text(cell)?.ok_or("救助项目是空的，请填写")?).map(Some)
        });
        let amount = self.cell(row, Meaning::Amount, read_amount);
        let counts_from_1904 = self.written.counts_from_1904;
        let since = self.cell(row, Meaning::Since, |cell| {
            cells::date(cell, counts_from_1904)?.map(|text| read_month(&text)).transpose()
        });
        let counted =
            self.cell(row, Meaning::Counted, |cell| cells::amount(cell)?.map(|text| read_count(&text)).transpose());
        let account = self.cell(row, Meaning::Account, |cell| {
            let text = cells::identifier(cell)?;
            text.map(|text| BankAccount::parse(text).map_err(|error| error.to_string())).transpose()
        });
        let (holder, bank) = (self.text(row, Meaning::Holder), self.text(row, Meaning::Bank));
        let account = account.map(|checked| {
            self.warn(row, &checked.warnings);
            checked.value
        });
        if account.is_none() && self.headings.column(Meaning::Account).is_some() {
            self.findings.warn(row.number, "没有银行账号，发放前要补上");
        }
        Some(Payment { title: title?, since, amount: amount?, counted, holder, account, bank })
    }
}

fn must<T, E: ToString>(text: Option<&str>, empty: &str, read: fn(&str) -> Result<T, E>) -> Result<Option<T>, String> {
    let text = text.ok_or_else(|| empty.to_owned())?;
    read(text).map(Some).map_err(|error| error.to_string())
}

fn read_amount(cell: &Cell) -> Result<Option<Fen>, String> {
    let text = cells::amount(cell)?.ok_or("金额是空的，请填写数字，例如 660 或 660.50")?;
    let amount = Fen::parse_yuan(&text).map_err(|error| error.to_string())?;
    if amount.is_negative() {
        return Err("金额是负数；要收回的钱请在系统里单独办理，不要写进花名册".to_owned());
    }
    if amount > LARGEST_MONTHLY {
        return Err(format!("月金额超过 {LARGEST_MONTHLY} 元，可能写成了全年的数，或单位不是元；请核对"));
    }
    Ok(Some(amount))
}

/// A month, or a day in it.
fn read_month(text: &str) -> Result<Month, String> {
    text.parse::<Month>()
        .or_else(|error| values::Day::parse(text).map(values::Day::month).map_err(|_| error.to_string()))
}

fn read_count(text: &str) -> Result<u32, String> {
    let digits = text.trim_end_matches('人');
    digits
        .parse()
        .ok()
        .filter(|count| (1..=50).contains(count))
        .ok_or_else(|| "人数应是 1 到 50 的整数；请核对".to_owned())
}
