//! What was asked of what, so that anybody can ask again: and receipts of the parts of a table add up to the whole one's.

use serde::{Deserialize, Serialize};
use values::Month;

use crate::failure::BulkError;

/// The receipt of a run. The same books, months, programmes and households give the same receipt, in whatever order, format
/// or number of parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Name and version of the engine.
    pub engine: String,
    /// SHA-256 over all books, hexadecimal.
    pub books: String,
    /// The months decided for.
    pub months: Vec<Month>,
    /// The programmes, in the order of the answers.
    pub programmes: Vec<String>,
    /// The facts that were read, in the form's order.
    pub facts: Vec<String>,
    /// Households decided.
    pub households: u64,
    /// Persons in them.
    pub persons: u64,
    /// Households left out because a row of theirs cannot be read.
    pub left_out: u64,
    /// Rows of answers.
    pub answers: u64,
    /// Sum over the households of what was read of them, modulo 2^128, hexadecimal.
    pub input_digest: String,
    /// Sum over the rows of answers, modulo 2^128, hexadecimal.
    pub answer_digest: String,
}

/// What a run counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Totals {
    pub(crate) rows: u64,
    pub(crate) households: u64,
    pub(crate) persons: u64,
    pub(crate) left_out: u64,
    pub(crate) answers: u64,
    inputs: u128,
    outputs: u128,
}

impl Totals {
    pub(crate) fn add(&mut self, households: u64, persons: u64, left_out: u64, answers: u64) {
        self.households += households;
        self.persons += persons;
        self.left_out += left_out;
        self.answers += answers;
    }

    pub(crate) fn add_digests(&mut self, inputs: u128, outputs: u128) {
        self.inputs = self.inputs.wrapping_add(inputs);
        self.outputs = self.outputs.wrapping_add(outputs);
    }

    /// Fills in the figures of a receipt.
    pub(crate) fn onto(&self, receipt: Receipt) -> Receipt {
        Receipt {
            households: self.households,
            persons: self.persons,
            left_out: self.left_out,
            answers: self.answers,
            input_digest: format!("{:032x}", self.inputs),
            answer_digest: format!("{:032x}", self.outputs),
            ..receipt
        }
    }
}

impl Receipt {
    /// The receipt of the whole from those of its parts.
    ///
    /// # Errors
    /// No receipt, or receipts that do not speak of the same engine, books, months, programmes and facts.
    pub fn add(parts: &[Receipt]) -> Result<Receipt, BulkError> {
        let Some((first, rest)) = parts.split_first() else {
            return Err(BulkError::Receipts("一张也没有".to_owned()));
        };
        let mut whole = first.clone();
        for part in rest {
            let differs = [
                ("引擎", first.engine != part.engine),
                ("政策书", first.books != part.books),
                ("月份", first.months != part.months),
                ("项目", first.programmes != part.programmes),
                ("读入的列", first.facts != part.facts),
            ];
            if let Some((what, _)) = differs.iter().find(|(_, differs)| *differs) {
                return Err(BulkError::Receipts(format!("{what}不一样")));
            }
            whole.households += part.households;
            whole.persons += part.persons;
            whole.left_out += part.left_out;
            whole.answers += part.answers;
            whole.input_digest = sum(&whole.input_digest, &part.input_digest)?;
            whole.answer_digest = sum(&whole.answer_digest, &part.answer_digest)?;
        }
        Ok(whole)
    }
}

fn sum(left: &str, right: &str) -> Result<String, BulkError> {
    let read = |text: &str| {
        u128::from_str_radix(text, 16).map_err(|_| BulkError::Receipts(format!("“{text}”不是三十二位十六进制数")))
    };
    Ok(format!("{:032x}", read(left)?.wrapping_add(read(right)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(households: u64, input: u128) -> Receipt {
        let receipt = Receipt {
            engine: "dixian-law 1".to_owned(),
            books: "ab".to_owned(),
            months: vec!["2021-09".parse().unwrap()],
            programmes: vec!["dibao".to_owned()],
            facts: vec!["工资".to_owned()],
            households: 0,
            persons: 0,
            left_out: 0,
            answers: 0,
            input_digest: String::new(),
            answer_digest: String::new(),
        };
        let mut totals = Totals::default();
        totals.add(households, 2 * households, 1, households);
        totals.add_digests(input, input.wrapping_mul(3));
        totals.onto(receipt)
    }

    #[test]
    fn receipts_add_up_in_any_order() {
        let parts = [part(1, u128::MAX), part(2, 4), part(4, 8)];
        let whole = Receipt::add(&parts).unwrap();
        assert_eq!((whole.households, whole.persons, whole.left_out, whole.answers), (7, 14, 3, 7));
        assert_eq!(whole.input_digest, format!("{:032x}", 11));
        let [a, b, c] = parts;
        assert_eq!(Receipt::add(&[c, a, b]).unwrap(), whole);
    }

    #[test]
    fn receipts_of_different_questions_do_not_add_up() {
        let other = Receipt { books: "cd".to_owned(), ..part(1, 1) };
        let said = |parts: &[Receipt]| Receipt::add(parts).unwrap_err().to_string();
        assert_eq!(said(&[part(1, 1), other]), "凭据不能相加：政策书不一样");
        assert_eq!(said(&[]), "凭据不能相加：一张也没有");
        let torn = Receipt { input_digest: "xyz".to_owned(), ..part(1, 1) };
        assert_eq!(said(&[part(1, 1), torn]), "凭据不能相加：“xyz”不是三十二位十六进制数");
    }
}
