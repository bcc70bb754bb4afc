//! The one form (一张表) of an invented person: facts for the policy books, cells for the bureau's spreadsheet.
//!
//! One table of columns serves both, so that what a roster says and what was determined cannot differ.

use law::form::{Fact, FactId, FactKind, FactRow, Facts, OneForm, SourceId, Value};
use values::{Day, Fen};

use crate::CityError;
use crate::person::*;

/// What stands in a cell; an empty one is unknown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    Empty,
    Choice(&'static str),
    YesNo(bool),
    Fen(Fen),
    Count(i64),
    Day(Day),
}

type OfPerson = fn(&Person) -> Cell;
type OfHousehold = fn(&Household) -> Cell;

/// Facts of the household, in the roster's order.
pub(crate) const HOUSEHOLD_COLUMNS: &[(&str, OfHousehold)] = &[
    ("户口", |h| Cell::Choice(h.hukou.zh())),
    ("房屋套数", |h| of_asked(h, Cell::Count(i64::from(h.houses)))),
    ("享受低保", |h| Cell::YesNo(h.on_dibao)),
    ("重大支出", |h| of_asked(h, Cell::Fen(h.heavy_spending))),
];

/// Facts of a person, in the roster's order.
pub(crate) const PERSON_COLUMNS: &[(&str, OfPerson)] = &[
    ("关系", |p| Cell::Choice(p.relation.zh())),
    ("性别", |p| Cell::Choice(p.sex.zh())),
    ("出生日期", |p| Cell::Day(p.birth)),
    ("状态", |p| Cell::Choice(p.status.zh())),
    ("婚姻", |p| Cell::Choice(p.marriage.zh())),
    ("在读", |p| Cell::Choice(p.study.zh())),
    ("残疾类别", |p| Cell::Choice(p.impairment.zh())),
    ("残疾等级", |p| Cell::Choice(p.grade.zh())),
    ("重病", |p| asked(p, |p| Cell::YesNo(p.marks.ill))),
    ("劳动能力", |p| asked(p, |p| Cell::Choice(p.work.zh()))),
    ("自理能力", |p| asked(p, |p| Cell::Choice(p.self_care.zh()))),
    ("长期同住", |p| asked(p, |p| Cell::YesNo(p.marks.lives_together))),
    ("法定义务人", |p| asked(p, |p| Cell::YesNo(p.marks.obliged))),
    ("宗教教职", |p| asked(p, |p| Cell::YesNo(p.marks.clergy))),
    ("离家年数", |p| when(p.marks.clergy, Cell::Count(i64::from(p.years_away)))),
    ("工资", |p| money(p, |m| m.wage)),
    ("经营净收入", |p| money(p, |m| m.trade)),
    ("财产净收入", |p| money(p, |m| m.property)),
    ("养老金", |p| money(p, |m| m.pension)),
    ("中央基础养老金", |p| money(p, |m| m.central_pension)),
    ("赡养费", |p| money(p, |m| m.support)),
    ("其他转移", |p| money(p, |m| m.transfers)),
    ("社会保险个人缴费", |p| money(p, |m| m.insurance_paid)),
    ("支付的赡养费", |p| money(p, |m| m.support_paid)),
    ("存款", |p| money(p, |m| m.deposits)),
    ("有机动车", |p| asked(p, |p| Cell::YesNo(p.marks.vehicle))),
    ("残疾人代步车", |p| when(p.marks.vehicle, Cell::YesNo(p.marks.mobility_vehicle))),
    ("摩托车", |p| when(p.marks.vehicle, Cell::YesNo(p.marks.motorcycle))),
    ("经商办企业", |p| asked(p, |p| Cell::YesNo(p.marks.business))),
    ("有外住赡养人", |p| asked(p, |p| Cell::YesNo(p.marks.supporter))),
    ("外住赡养人有能力", |p| when(p.marks.supporter, Cell::YesNo(p.marks.supporter_able))),
    ("领取工伤护理费", |p| when(p.grade != Grade::None, Cell::YesNo(p.marks.work_injury_care))),
    ("湖南户籍", |p| Cell::YesNo(p.marks.hunan)),
    ("父母状况", |p| of_child(p, Cell::Choice(p.parents.zh()))),
    ("养育方式", |p| of_child(p, Cell::Choice(p.upbringing.zh()))),
    ("供养方式", |p| asked(p, |p| Cell::Choice(p.provision.zh()))),
    ("享受特困", |p| Cell::YesNo(p.marks.on_tekun)),
    ("享受孤儿保障", |p| Cell::YesNo(p.marks.on_orphan)),
];

/// A fact the bureau has only of families it asked for their means.
fn asked(person: &Person, cell: OfPerson) -> Cell {
    if person.means.is_some() { cell(person) } else { Cell::Empty }
}

/// A fact of the household the bureau has only where it asked.
fn of_asked(household: &Household, cell: Cell) -> Cell {
    when(household.members.iter().any(|member| member.means.is_some()), cell)
}

/// A fact the form wants of minors only: of those who have parents to speak of in the bureau's file.
fn of_child(person: &Person, cell: Cell) -> Cell {
    let child = matches!(person.relation, Relation::Child | Relation::Grandchild) || person.marks.on_orphan;
    when(child, cell)
}

fn money(person: &Person, of: fn(&Means) -> Fen) -> Cell {
    person.means.as_deref().map_or(Cell::Empty, |means| Cell::Fen(of(means)))
}

/// A fact the form asks only under a condition.
fn when(condition: bool, cell: Cell) -> Cell {
    if condition { cell } else { Cell::Empty }
}

/// The columns found in a form, once for a whole city.
pub struct FormColumns<'a> {
    household: Vec<(OfHousehold, Column<'a>)>,
    person: Vec<(OfPerson, Column<'a>)>,
    source: SourceId,
}

struct Column<'a> {
    id: FactId,
    kind: &'a FactKind,
}

impl<'a> FormColumns<'a> {
    /// Finds every column in the form.
    ///
    /// # Errors
    /// [`CityError::Form`] names the fact the form lacks.
    pub fn of(form: &'a OneForm) -> Result<FormColumns<'a>, CityError> {
        let column = |name: &str| {
            let id = form.fact(name).ok_or_else(|| CityError::Form(format!("一张表里没有“{name}”")))?;
            Ok(Column { id, kind: &form.declaration(id).kind })
        };
        let source = form.source("花名册").ok_or_else(|| CityError::Form("一张表里没有来源“花名册”".to_owned()))?;
        Ok(FormColumns {
            household: HOUSEHOLD_COLUMNS
                .iter()
                .map(|(name, of)| Ok((*of, column(name)?)))
                .collect::<Result<_, CityError>>()?,
            person: PERSON_COLUMNS
                .iter()
                .map(|(name, of)| Ok((*of, column(name)?)))
                .collect::<Result<_, CityError>>()?,
            source,
        })
    }

    /// The facts of a household, as the roster would give them.
    pub fn facts(&self, household: &Household) -> Facts {
        let fact = |column: &Column, cell: Cell| {
            let value = value_of(column.kind, cell)?;
            Some((column.id, Fact { value, source: self.source, on: None }))
        };
        let person_row = |person: &Person| {
            FactRow::from_facts(self.person.iter().filter_map(|(of, column)| fact(column, of(person))))
        };
        Facts {
            area: household.area,
            household: FactRow::from_facts(
                self.household.iter().filter_map(|(of, column)| fact(column, of(household))),
            ),
            members: household.members.iter().map(person_row).collect(),
        }
    }
}

fn value_of(kind: &FactKind, cell: Cell) -> Option<Value> {
    Some(match (kind, cell) {
        (_, Cell::Empty) => return None,
        (FactKind::Choice(choices), Cell::Choice(zh)) => {
            let at = choices.iter().position(|choice| choice == zh);
            Value::Choice(at.unwrap_or_else(|| panic!("the form's list lacks {zh}")) as u16)
        }
        (FactKind::Money { .. }, Cell::Fen(fen)) => Value::Money(fen),
        (FactKind::MoneyPerMonth { .. }, Cell::Fen(fen)) => Value::MoneyPerMonth(fen),
        (FactKind::MoneyPerYear { .. }, Cell::Fen(fen)) => Value::MoneyPerYear(fen),
        (FactKind::Count, Cell::Count(number)) => Value::Count(number),
        (FactKind::YesNo, Cell::YesNo(yes)) => Value::YesNo(yes),
        (FactKind::Date, Cell::Day(day)) => Value::Date(day),
        (kind, cell) => panic!("the form wants {kind:?}, the column gives {cell:?}"),
    })
}
