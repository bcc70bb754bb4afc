//! The facts of many households, a column a fact.

use std::borrow::Cow;
use std::ops::Range;

use values::{AreaCode, Day, Fen};

use crate::form::{Belongs, Fact, FactDecl, FactId, FactKind, FactRow, Facts, MAX_MAGNITUDE, OneForm, Ratio};
use crate::form::{SourceId, Value};

/// One number a lane; a lane is a household for facts 归属 家庭, a member for facts 归属 人.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lanes<'d> {
    /// Money in fen, counts, ratios in millionths.
    I64(Cow<'d, [i64]>),
    /// The same where they fit; days since 1970-01-01 for dates.
    I32(Cow<'d, [i32]>),
    /// 1 是, 0 否; or the place of a choice in its list, from 0.
    U8(Cow<'d, [u8]>),
}

/// The column of one fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column<'d> {
    /// The numbers; whatever stands in a lane that is not known has no meaning.
    pub lanes: Lanes<'d>,
    /// 1 where the fact is known, 0 where it is not; none when all lanes are known.
    pub known: Option<Cow<'d, [u8]>>,
}

/// The facts of many households of one area, of which the books and figures are the same.
#[derive(Clone, Debug)]
pub struct Columns<'d> {
    area: AreaCode,
    starts: Cow<'d, [u32]>,
    largest: usize,
    facts: Vec<Option<Held<'d>>>,
}

/// A column with the span of its known numbers.
#[derive(Clone, Debug)]
pub(crate) struct Held<'d> {
    pub(crate) column: Column<'d>,
    pub(crate) span: (i64, i64),
}

/// A column that cannot be that fact's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ColumnError {
    /// The wrong type of lanes for the fact's kind.
    #[error("“{fact}”这一列的类型不对，应是{expected}")]
    Kind {
        /// The fact's name.
        fact: String,
        /// What the lanes must be.
        expected: &'static str,
    },
    /// Not one lane a member, or a household.
    #[error("“{fact}”这一列有 {found} 行，应有 {expected} 行")]
    Length {
        /// The fact's name.
        fact: String,
        /// How many there are.
        found: usize,
        /// How many there must be.
        expected: usize,
    },
    /// A number that the form does not allow: too large, negative, or no place in the list.
    #[error("“{fact}”这一列第 {lane} 个值 {number} 超出一张表允许的范围")]
    Value {
        /// The fact's name.
        fact: String,
        /// The first such lane, from 1.
        lane: usize,
        /// The number as it stands in the lane.
        number: i64,
    },
}

/// The number of a value in a column: fen, counts, millionths, days since 1970, places in a list, 1 for yes.
pub fn number(value: Value) -> i64 {
    match value {
        Value::Money(fen) | Value::MoneyPerMonth(fen) | Value::MoneyPerYear(fen) => fen.fen(),
        Value::Count(number) => number,
        Value::Ratio(ratio) => ratio.0,
        Value::Date(day) => i64::from(day_number(day)),
        Value::YesNo(yes) => i64::from(yes),
        Value::Choice(at) => i64::from(at),
    }
}

/// The number of a day in a column: days since 1970-01-01.
pub fn day_number(day: Day) -> i32 {
    i32::try_from(day.days_since(epoch())).expect("a day of the form lies near")
}

fn epoch() -> Day {
    Day::new(1970, 1, 1).expect("1970-01-01 exists")
}

impl Lanes<'_> {
    /// How many lanes.
    pub fn len(&self) -> usize {
        match self {
            Lanes::I64(lanes) => lanes.len(),
            Lanes::I32(lanes) => lanes.len(),
            Lanes::U8(lanes) => lanes.len(),
        }
    }

    /// True when there is no lane.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn at(&self, lane: usize) -> i64 {
        match self {
            Lanes::I64(lanes) => lanes[lane],
            Lanes::I32(lanes) => i64::from(lanes[lane]),
            Lanes::U8(lanes) => i64::from(lanes[lane]),
        }
    }
}

impl Column<'_> {
    pub(crate) fn is_known(&self, lane: usize) -> bool {
        self.known.as_ref().is_none_or(|known| known[lane] != 0)
    }
}

impl<'d> Columns<'d> {
    /// Households of `area`; members of household `h` are the lanes `starts[h]..starts[h + 1]`.
    ///
    /// # Panics
    /// `starts` must begin with 0 and never fall: anything else is a bug of the caller.
    pub fn new(area: AreaCode, starts: impl Into<Cow<'d, [u32]>>, form: &OneForm) -> Columns<'d> {
        let starts = starts.into();
        assert!(starts.first() == Some(&0), "the first household starts at 0");
        assert!(starts.windows(2).all(|pair| pair[0] <= pair[1]), "households stand one after another");
        let largest = starts.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap_or(0) as usize;
        Columns { area, starts, largest, facts: vec![None; form.facts().count()] }
    }

    /// Where the households are registered.
    pub fn area(&self) -> AreaCode {
        self.area
    }

    /// How many members the largest household has.
    pub(crate) fn largest(&self) -> usize {
        self.largest
    }

    /// How many households.
    pub fn households(&self) -> usize {
        self.starts.len() - 1
    }

    /// How many members in all.
    pub fn members(&self) -> usize {
        self.starts[self.households()] as usize
    }

    /// Where each household's members start; one more at the end.
    pub fn starts(&self) -> &[u32] {
        &self.starts
    }

    /// Gives the column of a fact; a fact without a column is unknown for everybody.
    ///
    /// # Errors
    /// Lanes of the wrong type or number, or a known number that the form does not allow.
    pub fn set(&mut self, form: &OneForm, fact: FactId, column: Column<'d>) -> Result<(), ColumnError> {
        let decl = form.declaration(fact);
        let expected = match decl.belongs {
            Belongs::Person => self.members(),
            Belongs::Household => self.households(),
        };
        let lengths = [Some(column.lanes.len()), column.known.as_ref().map(|known| known.len())];
        if let Some(found) = lengths.into_iter().flatten().find(|found| *found != expected) {
            return Err(ColumnError::Length { fact: decl.name.to_string(), found, expected });
        }
        if let Some(expected) = wrong_lanes(&decl.kind, &column.lanes) {
            return Err(ColumnError::Kind { fact: decl.name.to_string(), expected });
        }
        let span = span(&column);
        let allowed = allowed(&decl.kind);
        if span.0 < allowed.0 || span.1 > allowed.1 {
            return Err(first_beyond(decl, &column, allowed));
        }
        self.facts[usize::from(fact.0)] = Some(Held { column, span });
        Ok(())
    }

    /// The least and the greatest known number of a fact's column; none without a column.
    pub fn span(&self, fact: FactId) -> Option<(i64, i64)> {
        self.held(fact).map(|held| held.span)
    }

    /// The column of a fact, when there is one.
    pub fn column(&self, fact: FactId) -> Option<&Column<'d>> {
        self.held(fact).map(|held| &held.column)
    }

    pub(crate) fn held(&self, fact: FactId) -> Option<&Held<'d>> {
        self.facts[usize::from(fact.0)].as_ref()
    }

    /// The facts of one household as the other evaluator takes them; sources are not kept in columns.
    pub fn household(&self, form: &OneForm, number: usize) -> Facts {
        let members: Range<usize> = self.starts[number] as usize..self.starts[number + 1] as usize;
        let row = |belongs: Belongs, lane: usize| {
            let facts = form.facts().filter(|(_, decl)| decl.belongs == belongs);
            FactRow::from_facts(facts.filter_map(|(id, decl)| {
                let column = &self.held(id)?.column;
                let value = column.is_known(lane).then(|| value(&decl.kind, column.lanes.at(lane)))?;
                Some((id, Fact { value, source: SourceId(0), on: None }))
            }))
        };
        Facts {
            area: self.area,
            household: row(Belongs::Household, number),
            members: members.map(|lane| row(Belongs::Person, lane)).collect(),
        }
    }
}

fn wrong_lanes(kind: &FactKind, lanes: &Lanes<'_>) -> Option<&'static str> {
    match (kind, lanes) {
        (FactKind::Date, Lanes::I32(_)) | (FactKind::YesNo | FactKind::Choice(_), Lanes::U8(_)) => None,
        (FactKind::Date, _) => Some("I32（1970-01-01 起的天数）"),
        (FactKind::YesNo, _) => Some("U8（1 是，0 否）"),
        (FactKind::Choice(_), _) => Some("U8（选项的序号，从 0 起）"),
        (_, Lanes::I64(_) | Lanes::I32(_)) => None,
        (_, Lanes::U8(_)) => Some("I64 或 I32（分、个、百万分之一）"),
    }
}

/// The least and the greatest number that a fact of this kind may hold in a column.
pub fn allowed(kind: &FactKind) -> (i64, i64) {
    match kind {
        FactKind::Money { may_be_negative }
        | FactKind::MoneyPerMonth { may_be_negative }
        | FactKind::MoneyPerYear { may_be_negative } => {
            (if *may_be_negative { -MAX_MAGNITUDE } else { 0 }, MAX_MAGNITUDE)
        }
        FactKind::Count => (0, MAX_MAGNITUDE),
        FactKind::Ratio => (-MAX_MAGNITUDE, MAX_MAGNITUDE),
        FactKind::Date => DATES,
        FactKind::YesNo => (0, 1),
        FactKind::Choice(choices) => (0, choices.len() as i64 - 1),
    }
}

/// 1850-01-01 to 2200-12-31, the days that the form takes, as numbers.
pub(crate) const DATES: (i64, i64) = (-43_829, 84_370);

fn value(kind: &FactKind, number: i64) -> Value {
    match kind {
        FactKind::Money { .. } => Value::Money(Fen::new(number)),
        FactKind::MoneyPerMonth { .. } => Value::MoneyPerMonth(Fen::new(number)),
        FactKind::MoneyPerYear { .. } => Value::MoneyPerYear(Fen::new(number)),
        FactKind::Count => Value::Count(number),
        FactKind::Ratio => Value::Ratio(Ratio(number)),
        FactKind::Date => Value::Date(epoch().plus_days(number)),
        FactKind::YesNo => Value::YesNo(number != 0),
        FactKind::Choice(_) => Value::Choice(number as u16),
    }
}

/// The least and the greatest known number; (0, 0) when nothing is known.
fn span(column: &Column<'_>) -> (i64, i64) {
    #[inline(always)]
    fn of<T: Copy + Ord + Default + Into<i64>>(lanes: &[T], known: Option<&[u8]>) -> (i64, i64) {
        let Some(known) = known else {
            let Some(&first) = lanes.first() else { return (0, 0) };
            let both = lanes.iter().fold((first, first), |(low, high), &lane| (low.min(lane), high.max(lane)));
            return (both.0.into(), both.1.into());
        };
        let zero = T::default();
        let both = lanes.iter().zip(known).fold((zero, zero), |(low, high), (&lane, &known)| {
            let lane = if known == 0 { zero } else { lane };
            (low.min(lane), high.max(lane))
        });
        (both.0.into(), both.1.into())
    }
    let known = column.known.as_deref();
    // compiled again for the registers that the processor has
    let wide = pulp::Arch::new();
    match &column.lanes {
        Lanes::I64(lanes) => wide.dispatch(
            #[inline(always)]
            || of(lanes, known),
        ),
        Lanes::I32(lanes) => wide.dispatch(
            #[inline(always)]
            || of(lanes, known),
        ),
        Lanes::U8(lanes) => wide.dispatch(
            #[inline(always)]
            || of(lanes, known),
        ),
    }
}

fn first_beyond(decl: &FactDecl, column: &Column<'_>, allowed: (i64, i64)) -> ColumnError {
    let beyond = |lane: &usize| {
        let number = column.lanes.at(*lane);
        column.is_known(*lane) && (number < allowed.0 || number > allowed.1)
    };
    let lane = (0..column.lanes.len()).find(beyond).expect("the span says that some number is beyond");
    ColumnError::Value { fact: decl.name.to_string(), lane: lane + 1, number: column.lanes.at(lane) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Page;

    const FORM: &str = "# 一张表\n\n| 来源 | 说明 |\n|---|---|\n| 本人申报 | |\n\n\
        | 事实 | 归属 | 类型 | 来源 | 何时问 | 说明 |\n|---|---|---|---|---|---|\n\
        | 工资 | 人 | 元/月 | 本人申报 | | |\n| 户口 | 家庭 | {城镇、农村} | 本人申报 | | |\n\
        | 出生日期 | 人 | 日期 | 本人申报 | | |\n| 重病 | 人 | 是否 | 本人申报 | | |\n";

    fn form() -> OneForm {
        OneForm::from_page(&Page::read("f.md", FORM).unwrap()).unwrap()
    }

    #[test]
    fn the_form_takes_these_days() {
        let number = |text: &str| i64::from(day_number(text.parse().unwrap()));
        assert_eq!(DATES, (number("1850-01-01"), number("2200-12-31")));
    }

    #[test]
    fn a_column_must_be_of_its_facts_kind_length_and_range() {
        let form = form();
        let area: AreaCode = "430302202204".parse().unwrap();
        let mut columns = Columns::new(area, vec![0, 2, 3], &form);
        let mut check = |fact: &str, lanes: Lanes<'static>, known: Option<Vec<u8>>, says: &str| {
            let column = Column { lanes, known: known.map(Cow::Owned) };
            let said = columns.set(&form, form.fact(fact).unwrap(), column).err().map(|error| error.to_string());
            assert_eq!(said.as_deref().unwrap_or(""), says, "{fact}");
        };
        check("工资", Lanes::I64(vec![0, 60_000, 1].into()), None, "");
        check("工资", Lanes::I32(vec![0, 60_000, 1].into()), None, "");
        check("工资", Lanes::I32(vec![0, 1].into()), None, "“工资”这一列有 2 行，应有 3 行");
        check("工资", Lanes::I32(vec![0, -1, 1].into()), None, "“工资”这一列第 2 个值 -1 超出一张表允许的范围");
        check("工资", Lanes::I32(vec![0, -1, 1].into()), Some(vec![1, 0, 1]), "");
        check(
            "工资",
            Lanes::U8(vec![0, 1, 1].into()),
            None,
            "“工资”这一列的类型不对，应是I64 或 I32（分、个、百万分之一）",
        );
        check("户口", Lanes::U8(vec![0, 1].into()), None, "");
        check("户口", Lanes::U8(vec![0, 2].into()), None, "“户口”这一列第 2 个值 2 超出一张表允许的范围");
        check("重病", Lanes::U8(vec![0, 2, 1].into()), None, "“重病”这一列第 2 个值 2 超出一张表允许的范围");
        check(
            "出生日期",
            Lanes::I64(vec![0, 2, 1].into()),
            None,
            "“出生日期”这一列的类型不对，应是I32（1970-01-01 起的天数）",
        );
        check(
            "出生日期",
            Lanes::I32(vec![-50_000, 2, 1].into()),
            None,
            "“出生日期”这一列第 1 个值 -50000 超出一张表允许的范围",
        );
    }
}
