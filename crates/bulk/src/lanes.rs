//! Columns of Arrow as the numbers the engine takes: fen, counts, millionths, days, places in a list.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Decimal128Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type, UInt16Type,
    UInt32Type,
};
use arrow_array::{Array, ArrowPrimitiveType};
use arrow_buffer::{BooleanBuffer, ScalarBuffer};
use arrow_schema::{DataType, TimeUnit};
use law::columns::{Column, Lanes, number};
use law::form::{FactId, FactKind, OneForm};

use crate::texts::{Texts, Words, holds_text};

/// The numbers of one column, a lane a row.
#[derive(Clone, Debug)]
pub(crate) enum Numbers {
    I64(ScalarBuffer<i64>),
    I32(ScalarBuffer<i32>),
    U8(Vec<u8>),
}

/// The numbers of one column and where they are known.
#[derive(Clone, Debug)]
pub(crate) struct Lane {
    pub(crate) numbers: Numbers,
    /// 1 where known; none when all are.
    pub(crate) known: Option<Vec<u8>>,
}

/// A value that is none of its fact's: the row in the batch, what stands there, what is wrong.
pub(crate) type Wrong = (usize, String, String);

/// How an Arrow type carries a fact's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Whole numbers: fen, counts; 1 and 0 for 是否.
    Whole,
    /// Decimal with so many places.
    Decimal(i8),
    /// Floating point: yuan with whole fen, whole counts.
    Float,
    /// Days since 1970-01-01.
    Days,
    /// Instants without a time zone, at midnight: so many to a day.
    Instants(i64),
    /// Yes and no.
    Boolean,
    /// Text, also as a dictionary.
    Text,
}

/// How a column of this type can carry a fact of this kind; none when it cannot.
pub(crate) fn shape(kind: &FactKind, data: &DataType) -> Option<Shape> {
    use DataType::{Int8, Int16, Int32, Int64, UInt8, UInt16, UInt32};
    if holds_text(data) {
        return Some(Shape::Text);
    }
    let whole = matches!(data, Int8 | Int16 | Int32 | Int64 | UInt8 | UInt16 | UInt32);
    match (kind, data) {
        (FactKind::Money { .. } | FactKind::MoneyPerMonth { .. } | FactKind::MoneyPerYear { .. }, _) => match data {
            DataType::Decimal128(_, places) if (0..=18).contains(places) => Some(Shape::Decimal(*places)),
            DataType::Float64 => Some(Shape::Float),
            _ => whole.then_some(Shape::Whole),
        },
        (FactKind::Count, DataType::Float64) => Some(Shape::Float),
        (FactKind::Count | FactKind::YesNo, _) if whole => Some(Shape::Whole),
        (FactKind::Ratio, DataType::Float64) => Some(Shape::Float),
        (FactKind::Ratio, DataType::Decimal128(_, places)) if (0..=18).contains(places) => {
            Some(Shape::Decimal(*places))
        }
        (FactKind::Date, DataType::Date32) => Some(Shape::Days),
        (FactKind::Date, DataType::Timestamp(unit, None)) => Some(Shape::Instants(86_400 * per_second(*unit))),
        (FactKind::YesNo, DataType::Boolean) => Some(Shape::Boolean),
        _ => None,
    }
}

impl Lane {
    /// Some rows as the engine takes them, nothing copied.
    pub(crate) fn column(&self, rows: Range<usize>) -> Column<'_> {
        let lanes = match &self.numbers {
            Numbers::I64(numbers) => Lanes::I64(Cow::Borrowed(&numbers[rows.clone()])),
            Numbers::I32(numbers) => Lanes::I32(Cow::Borrowed(&numbers[rows.clone()])),
            Numbers::U8(numbers) => Lanes::U8(Cow::Borrowed(&numbers[rows.clone()])),
        };
        Column { lanes, known: self.known.as_ref().map(|known| Cow::Borrowed(&known[rows])) }
    }

    /// The number of a row; none when it is not known.
    pub(crate) fn at(&self, row: usize) -> Option<i64> {
        let known = self.known.as_ref().is_none_or(|known| known[row] != 0);
        known.then(|| match &self.numbers {
            Numbers::I64(numbers) => numbers[row],
            Numbers::I32(numbers) => i64::from(numbers[row]),
            Numbers::U8(numbers) => i64::from(numbers[row]),
        })
    }

    /// A lane of these numbers, of the type that the kind asks for.
    pub(crate) fn of(kind: &FactKind, numbers: &[Option<i64>]) -> Lane {
        let known: Vec<u8> = numbers.iter().map(|number| u8::from(number.is_some())).collect();
        let plain = numbers.iter().map(|number| number.unwrap_or(0));
        let numbers = match kind {
            FactKind::YesNo | FactKind::Choice(_) => Numbers::U8(plain.map(|number| number as u8).collect()),
            FactKind::Date => Numbers::I32(plain.map(|number| number as i32).collect::<Vec<i32>>().into()),
            FactKind::Money { .. }
            | FactKind::MoneyPerMonth { .. }
            | FactKind::MoneyPerYear { .. }
            | FactKind::Count
            | FactKind::Ratio => Numbers::I64(plain.collect::<Vec<i64>>().into()),
        };
        Lane { numbers, known: known.contains(&0).then_some(known) }
    }
}

/// Reads a column as the fact's numbers; what cannot be read is unknown there and told in `wrong`.
pub(crate) fn read(form: &OneForm, fact: FactId, shape: Shape, array: &dyn Array, wrong: &mut Vec<Wrong>) -> Lane {
    let kind = &form.declaration(fact).kind;
    let known = known(array);
    match shape {
        Shape::Text => words(form, fact, array, wrong),
        Shape::Boolean => Lane { numbers: Numbers::U8(bytes(array.as_boolean().values())), known },
        Shape::Days => Lane { numbers: Numbers::I32(array.as_primitive::<Date32Type>().values().clone()), known },
        Shape::Whole if *kind == FactKind::YesNo => ones(array, known, wrong),
        Shape::Whole => match array.data_type() {
            DataType::Int64 => {
                Lane { numbers: Numbers::I64(array.as_primitive::<Int64Type>().values().clone()), known }
            }
            DataType::Int32 => {
                Lane { numbers: Numbers::I32(array.as_primitive::<Int32Type>().values().clone()), known }
            }
            _ => Lane { numbers: Numbers::I64(whole(array).into()), known },
        },
        Shape::Instants(per_day) => instants(kind, array, per_day, wrong),
        Shape::Decimal(places) => decimals(kind, array, places, wrong),
        Shape::Float => floats(kind, array, wrong),
    }
}

impl Lane {
    /// Makes a row unknown.
    pub(crate) fn forget(&mut self, row: usize) {
        let rows = match &self.numbers {
            Numbers::I64(numbers) => numbers.len(),
            Numbers::I32(numbers) => numbers.len(),
            Numbers::U8(numbers) => numbers.len(),
        };
        self.known.get_or_insert_with(|| vec![1; rows])[row] = 0;
    }
}

/// 1 where a column is not null; none when it is nowhere.
fn known(array: &dyn Array) -> Option<Vec<u8>> {
    array.nulls().filter(|nulls| nulls.null_count() > 0).map(|nulls| bytes(nulls.inner()))
}

/// A byte a bit: eight at a time.
fn bytes(bits: &BooleanBuffer) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(bits.len() + 64);
    let chunks = bits.bit_chunks();
    for chunk in chunks.iter_padded() {
        for eight in chunk.to_le_bytes() {
            let spread = u64::from(eight).wrapping_mul(0x0101_0101_0101_0101) & 0x8040_2010_0804_0201;
            let ones = (spread.wrapping_add(0x7f7f_7f7f_7f7f_7f7f) >> 7) & 0x0101_0101_0101_0101;
            bytes.extend_from_slice(&ones.to_le_bytes());
        }
    }
    bytes.truncate(bits.len());
    bytes
}

/// The whole numbers of a column of any of the whole types.
fn whole(array: &dyn Array) -> Vec<i64> {
    fn wide<T: ArrowPrimitiveType>(array: &dyn Array) -> Vec<i64>
    where
        T::Native: Into<i64>,
    {
        array.as_primitive::<T>().values().iter().map(|&number| number.into()).collect()
    }
    match array.data_type() {
        DataType::Int8 => wide::<Int8Type>(array),
        DataType::Int16 => wide::<Int16Type>(array),
        DataType::Int32 => wide::<Int32Type>(array),
        DataType::UInt8 => wide::<UInt8Type>(array),
        DataType::UInt16 => wide::<UInt16Type>(array),
        DataType::UInt32 => wide::<UInt32Type>(array),
        _ => wide::<Int64Type>(array),
    }
}

/// 1 and 0 for yes and no.
fn ones(array: &dyn Array, known: Option<Vec<u8>>, wrong: &mut Vec<Wrong>) -> Lane {
    let numbers = whole(array);
    let mut lane = Lane { numbers: Numbers::U8(numbers.iter().map(|&number| u8::from(number == 1)).collect()), known };
    for (row, number) in
        numbers.iter().enumerate().filter(|(row, number)| !matches!(number, 0 | 1) && array.is_valid(*row))
    {
        lane.forget(row);
        wrong.push((row, number.to_string(), format!("应是 1（是）或 0（否），写的是 {number}")));
    }
    lane
}

fn per_second(unit: TimeUnit) -> i64 {
    match unit {
        TimeUnit::Second => 1,
        TimeUnit::Millisecond => 1_000,
        TimeUnit::Microsecond => 1_000_000,
        TimeUnit::Nanosecond => 1_000_000_000,
    }
}

/// Days, as programs without a type for days write them.
fn instants(kind: &FactKind, array: &dyn Array, per_day: i64, wrong: &mut Vec<Wrong>) -> Lane {
    let data = array.to_data();
    let numbers: &[i64] = data.buffer(0);
    let days = (0..array.len()).map(|row| {
        let number = array.is_valid(row).then(|| numbers[row])?;
        let day = i32::try_from(number.div_euclid(per_day)).ok().filter(|_| number.rem_euclid(per_day) == 0);
        if day.is_none() {
            wrong.push((row, number.to_string(), "应是日期，写的还有钟点，或者离现在太远".to_owned()));
        }
        day.map(i64::from)
    });
    Lane::of(kind, &days.collect::<Vec<_>>())
}

/// So many of the smallest unit are one: fen in a yuan, millionths in one.
fn unit(kind: &FactKind) -> i64 {
    match kind {
        FactKind::Money { .. } | FactKind::MoneyPerMonth { .. } | FactKind::MoneyPerYear { .. } => 100,
        FactKind::Ratio => 1_000_000,
        FactKind::Count | FactKind::Date | FactKind::YesNo | FactKind::Choice(_) => 1,
    }
}

fn decimals(kind: &FactKind, array: &dyn Array, places: i8, wrong: &mut Vec<Wrong>) -> Lane {
    let array = array.as_primitive::<Decimal128Type>();
    let per_one = 10i128.pow(places.unsigned_abs().into());
    let numbers = array.iter().enumerate().map(|(row, number)| {
        let number = number?;
        let exact = number.checked_mul(i128::from(unit(kind))).filter(|number| number % per_one == 0);
        let exact = exact.and_then(|number| i64::try_from(number / per_one).ok());
        if exact.is_none() {
            wrong.push((row, array.value_as_string(row), format!("的数太细或太大，应是{}", smallest(kind))));
        }
        exact
    });
    Lane::of(kind, &numbers.collect::<Vec<_>>())
}

/// A floating number stands for a whole one of the smallest unit when it is the nearest floating number to it.
fn floats(kind: &FactKind, array: &dyn Array, wrong: &mut Vec<Wrong>) -> Lane {
    let unit = unit(kind) as f64;
    let numbers = array.as_primitive::<Float64Type>().iter().enumerate().map(|(row, number)| {
        let number = number?;
        let whole = (number * unit).round();
        // 2^53: above, whole numbers have gaps
        let exact = whole.abs() < 9_007_199_254_740_992.0 && (whole / unit == number);
        if !exact {
            let why = match number.is_nan() {
                true => "不是数（NaN）；不知道的应留空".to_owned(),
                false => format!("写的是 {number}，应是{}", smallest(kind)),
            };
            wrong.push((row, number.to_string(), why));
        }
        exact.then_some(whole as i64)
    });
    Lane::of(kind, &numbers.collect::<Vec<_>>())
}

fn smallest(kind: &FactKind) -> &'static str {
    match kind {
        FactKind::Money { .. } | FactKind::MoneyPerMonth { .. } | FactKind::MoneyPerYear { .. } => {
            "元，最多两位小数（到分）"
        }
        FactKind::Ratio => "比率，最多六位小数，例如 0.1",
        FactKind::Count | FactKind::Date | FactKind::YesNo | FactKind::Choice(_) => "整数",
    }
}

/// Texts, as people write them; each word of a dictionary is read once.
fn words(form: &OneForm, fact: FactId, array: &dyn Array, wrong: &mut Vec<Wrong>) -> Lane {
    let kind = &form.declaration(fact).kind;
    if let Some(words) = Words::of(array) {
        return by_word(form, fact, array, &words, wrong);
    }
    let texts = Texts::of(array).expect("the shape says text");
    let mut seen: HashMap<&str, Result<Option<i64>, String>> = HashMap::new();
    let few = matches!(kind, FactKind::Choice(_) | FactKind::YesNo);
    let numbers = (0..array.len()).map(|row| {
        let text = texts.at(row)?;
        let read = match seen.get(text) {
            Some(read) => read.clone(),
            None => {
                let read = read_text(form, fact, text);
                if few && seen.len() < 64 {
                    seen.insert(text, read.clone());
                }
                read
            }
        };
        read.unwrap_or_else(|why| {
            wrong.push((row, text.to_owned(), why));
            None
        })
    });
    Lane::of(kind, &numbers.collect::<Vec<_>>())
}

fn by_word(form: &OneForm, fact: FactId, array: &dyn Array, words: &Words<'_>, wrong: &mut Vec<Wrong>) -> Lane {
    let kind = &form.declaration(fact).kind;
    let count = match words.words {
        Texts::Small(words) => words.len(),
        Texts::Large(words) => words.len(),
        Texts::View(words) => words.len(),
    };
    let read: Vec<Result<Option<i64>, String>> =
        (0..count).map(|at| words.words.at(at).map_or(Ok(None), |word| read_text(form, fact, word))).collect();
    let all_read = read.iter().all(|read| matches!(read, Ok(Some(_))));
    if all_read && !read.is_empty() && matches!(kind, FactKind::Choice(_) | FactKind::YesNo) {
        let places: Vec<u8> = read.iter().map(|read| read.as_ref().map_or(0, |at| at.unwrap_or(0)) as u8).collect();
        return Lane { numbers: Numbers::U8(looked_up(&places, &words.keys)), known: known(array) };
    }
    let numbers = words.keys.iter().enumerate().map(|(row, key)| {
        let read = array.is_valid(row).then(|| &read[*key as usize])?;
        read.clone().unwrap_or_else(|why| {
            let word = words.words.at(*key as usize).unwrap_or("");
            wrong.push((row, word.to_owned(), why));
            None
        })
    });
    Lane::of(kind, &numbers.collect::<Vec<_>>())
}

/// The place of each key's word; a key beyond the words, where a row is null, means nothing.
fn looked_up(places: &[u8], keys: &[i32]) -> Vec<u8> {
    // a table that no byte is beyond: nothing to test on every row
    let mut table = [0; 256];
    if places.len() > table.len() {
        return keys.iter().map(|key| places.get(*key as usize).copied().unwrap_or(0)).collect();
    }
    table[..places.len()].copy_from_slice(places);
    keys.iter().map(|key| table[usize::from(*key as u8)]).collect()
}

/// One text; nothing but blanks is unknown.
fn read_text(form: &OneForm, fact: FactId, text: &str) -> Result<Option<i64>, String> {
    let money = unit(&form.declaration(fact).kind) == 100;
    if let Some(fen) = plain_fen(text).filter(|_| money) {
        return Ok(Some(fen));
    }
    match text.trim() {
        "" => Ok(None),
        text => form.parse_value(fact, text).map(|value| Some(number(value))).map_err(|error| error.why),
    }
}

/// `600`, `600.5`, `600.50` in fen: the usual spelling, without looking for others.
fn plain_fen(text: &str) -> Option<i64> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str, most: usize| (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(whole, 9) || !digits(part, 2) {
        return None;
    }
    let part: i64 = part.parse::<i64>().ok()? * if part.len() == 1 { 10 } else { 1 };
    Some(whole.parse::<i64>().ok()? * 100 + part)
}
