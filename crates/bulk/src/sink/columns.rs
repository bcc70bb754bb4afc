//! Rows of answers as Arrow columns.

use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::types::Int32Type;
use arrow_array::{ArrayRef, DictionaryArray, Int32Array, Int64Array, RecordBatch, StringArray};
use arrow_buffer::{NullBuffer, ScalarBuffer};
use arrow_schema::{DataType, Field, Schema, SchemaRef};

use super::{NAMES, Words};
use crate::answer::{Answered, Keys, NO_WORD, NONE, OUTCOMES};

/// The table's columns, and the words of its dictionaries.
pub(crate) struct Columns {
    schema: SchemaRef,
    programmes: ArrayRef,
    months: ArrayRef,
    outcomes: ArrayRef,
    reasons: ArrayRef,
    /// For each question: which word of the programmes and of the months.
    asked: Vec<(i32, i32)>,
}

impl Columns {
    /// Columns with these words.
    pub(crate) fn new(words: &Words) -> Columns {
        let (programmes, months) = (distinct(&words.programmes), distinct(&words.months));
        let place =
            |all: &[&str], word: &str| all.iter().position(|one| *one == word).expect("it is among them") as i32;
        let asked = words.programmes.iter().zip(&words.months);
        Columns {
            asked: asked.map(|(programme, month)| (place(&programmes, programme), place(&months, month))).collect(),
            programmes: Arc::new(StringArray::from(programmes)),
            months: Arc::new(StringArray::from(months)),
            outcomes: Arc::new(StringArray::from(OUTCOMES.to_vec())),
            reasons: Arc::new(StringArray::from_iter_values(&words.reasons)),
            schema: schema(words.text_keys),
        }
    }

    /// The columns' names and types.
    pub(crate) fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    /// Rows as a batch.
    pub(crate) fn batch(&self, rows: Answered) -> RecordBatch {
        let programmes = rows.asked.iter().map(|&asked| self.asked[usize::from(asked)].0).collect();
        let months = rows.asked.iter().map(|&asked| self.asked[usize::from(asked)].1).collect();
        let outcomes = rows.outcome.iter().map(|&outcome| i32::from(outcome)).collect();
        let named = nulls(rows.reason.iter().map(|&reason| reason != NO_WORD));
        let reasons = rows.reason.iter().map(|&reason| if reason == NO_WORD { 0 } else { i32::from(reason) }).collect();
        let paid = nulls(rows.amount.iter().map(|&amount| amount != NONE));
        let columns: Vec<ArrayRef> = vec![
            keys(rows.keys),
            Arc::new(numbers(rows.member)),
            dictionary(programmes, None, &self.programmes),
            dictionary(months, None, &self.months),
            dictionary(outcomes, None, &self.outcomes),
            Arc::new(Int64Array::new(ScalarBuffer::from(rows.amount), paid)),
            dictionary(reasons, named, &self.reasons),
            Arc::new(numbers(rows.counted)),
        ];
        RecordBatch::try_new(self.schema.clone(), columns).expect("columns of the schema's types, of one length")
    }
}

/// The words, each once, in their order.
pub(crate) fn distinct(words: &[String]) -> Vec<&str> {
    let mut all: Vec<&str> = Vec::new();
    for word in words {
        if !all.contains(&word.as_str()) {
            all.push(word);
        }
    }
    all
}

/// The names and types of the table of answers.
pub(crate) fn schema(text_keys: bool) -> SchemaRef {
    let words = || DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
    let key = if text_keys { DataType::Utf8 } else { DataType::Int64 };
    let types = [key, DataType::Int32, words(), words(), words(), DataType::Int64, words(), DataType::Int32];
    let may_be_null = [false, true, false, false, false, true, true, true];
    let fields = NAMES.iter().zip(types).zip(may_be_null);
    Arc::new(Schema::new(fields.map(|((name, kind), null)| Field::new(*name, kind, null)).collect::<Vec<_>>()))
}

fn keys(keys: Keys) -> ArrayRef {
    match keys {
        Keys::Numbers(keys) => Arc::new(Int64Array::from(keys)),
        Keys::Texts(ends, all) => {
            let mut column = StringBuilder::with_capacity(ends.len(), all.len());
            (0..ends.len()).for_each(|at| column.append_value(&all[Keys::text(&ends, &all, at)]));
            Arc::new(column.finish())
        }
    }
}

fn nulls(known: impl Iterator<Item = bool>) -> Option<NullBuffer> {
    let nulls: NullBuffer = known.collect::<Vec<bool>>().into();
    Some(nulls).filter(|nulls| nulls.null_count() > 0)
}

fn numbers(numbers: Vec<i32>) -> Int32Array {
    let known = nulls(numbers.iter().map(|&number| i64::from(number) != NONE));
    Int32Array::new(ScalarBuffer::from(numbers), known)
}

fn dictionary(keys: Vec<i32>, known: Option<NullBuffer>, words: &ArrayRef) -> ArrayRef {
    let keys = Int32Array::new(ScalarBuffer::from(keys), known);
    Arc::new(DictionaryArray::<Int32Type>::try_new(keys, words.clone()).expect("keys of these words"))
}
