//! What `policy run` answers equals what the books answer household by household, in every format, however the table is cut.

#[path = "../../law/tests/support/mod.rs"]
mod support;
mod table;

use bulk::{Format, Place, Receipt};
use law::{Determination, Library, Outcome};
use proptest::prelude::*;
use support::{any_household, library};
use table::{Cells, Row, Spelling, job, read, run, write};
use values::Month;

use law::form::Facts;

/// The row of answers that a determination is.
fn row(key: &str, determination: &Determination) -> Row {
    let (outcome, reason) = match &determination.outcome {
        Outcome::Eligible => ("符合", None),
        Outcome::Refused => ("不符合", determination.reasons.first()),
        Outcome::NeedsPerson => ("要人看", determination.reasons.first()),
        Outcome::Unknown { .. } => ("不知道", None),
    };
    let eligible = determination.outcome == Outcome::Eligible;
    let household = determination.member.is_none();
    Row {
        key: key.to_owned(),
        member: determination.member.map(|member| member as i64 + 1),
        programme: determination.programme.to_string(),
        month: determination.month.to_string(),
        outcome: outcome.to_owned(),
        amount: determination.amount.map(|amount| amount.fen()),
        // a number that could not be computed has a reason in words, and no name
        reason: reason.map(|reason| reason.name.clone()).unwrap_or_default().to_string(),
        counted: (eligible && household).then_some(determination.counted.len() as i64),
    }
}

/// Every answer of the books, household by household.
fn one_by_one(library: &Library, months: &[Month], households: &[(String, Facts)]) -> Vec<Row> {
    let mut rows = Vec::new();
    for (key, facts) in households {
        for &month in months {
            rows.extend(library.determine_all(month, facts).iter().map(|found| row(key, found)));
        }
    }
    rows
}

fn same(found: &[Row], expected: &[Row]) {
    for (found, expected) in found.iter().zip(expected) {
        let nameless = expected.outcome == "要人看" && found.reason.is_empty();
        let expected =
            Row { reason: if nameless { String::new() } else { expected.reason.clone() }, ..expected.clone() };
        assert_eq!(*found, expected);
    }
    assert_eq!(found.len(), expected.len());
}

const MONTH: &str = "2021-09";

fn named(households: Vec<Facts>) -> Vec<(String, Facts)> {
    let filled = households.into_iter().filter(|facts| !facts.members.is_empty());
    filled.enumerate().map(|(at, facts)| ((at * 7 + 1).to_string(), facts)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]
    #[test]
    fn every_format_answers_as_the_books_do(
        households in proptest::collection::vec(any_household(library().form()), 1..50),
        spelling in any::<u64>().prop_map(Spelling::of),
        batch in 1usize..40,
    ) {
        let library = library();
        let households = named(households);
        prop_assume!(!households.is_empty());
        let month: Month = MONTH.parse().unwrap();
        let expected = one_by_one(&library, &[month], &households);
        let mut receipts: Vec<Receipt> = Vec::new();
        let typed = table::batch(library.form(), &households, Cells::Typed(spelling));
        let texts = table::batch(library.form(), &households, Cells::Text);
        let folder = tempfile::tempdir().unwrap();
        let (input, file) = (folder.path().join("in"), folder.path().join("out"));
        for format in [Format::Parquet, Format::Arrow, Format::Csv] {
            write(&input, format, if format == Format::Csv { &texts } else { &typed }, batch);
            for output in [Format::Parquet, Format::Arrow, Format::Csv] {
                let job = job((Place::File(input.clone()), format), (Place::File(file.clone()), output), &[month]);
                receipts.push(run(&library, &job, &[]).unwrap().0.receipt);
                same(&read(&file, output), &expected);
            }
        }
        let (report, streamed) = table::stream(&library, &typed, batch, &[month]);
        same(&streamed, &expected);
        receipts.push(report.receipt);
        prop_assert!(receipts.iter().all(|receipt| *receipt == receipts[0]), "{:#?}", receipts);
    }

    #[test]
    fn a_long_table_is_decided_in_columns_and_answers_the_same(
        households in proptest::collection::vec(any_household(library().form()), 60..90),
        spelling in any::<u64>().prop_map(Spelling::of),
        programme in 0usize..3,
        batch in 300usize..2_000,
    ) {
        let library = library();
        let mut households = named((0..4).flat_map(|_| households.clone()).collect());
        // long runs of one area, and short ones
        households[..150].sort_by_key(|(_, facts)| facts.area);
        let programme = ["dibao", "tekun", "old-age"][programme];
        let month: Month = MONTH.parse().unwrap();
        let mut expected = one_by_one(&library, &[month], &households);
        expected.retain(|row| row.programme == programme);
        let folder = tempfile::tempdir().unwrap();
        let (input, file) = (folder.path().join("in"), folder.path().join("out"));
        write(&input, Format::Parquet, &table::batch(library.form(), &households, Cells::Typed(spelling)), batch);
        let mut job = job((Place::File(input), Format::Parquet), (Place::File(file.clone()), Format::Parquet), &[month]);
        job.programmes = vec![programme.to_owned()];
        run(&library, &job, &[]).unwrap();
        same(&read(&file, Format::Parquet), &expected);
    }

    #[test]
    fn receipts_of_parts_add_up(
        households in proptest::collection::vec(any_household(library().form()), 2..40),
        spelling in any::<u64>().prop_map(Spelling::of),
        cut in 0usize..40,
    ) {
        let library = library();
        let households = named(households);
        prop_assume!(households.len() > 1);
        let months: Vec<Month> = vec![MONTH.parse().unwrap(), "2021-10".parse().unwrap()];
        let (left, right) = households.split_at(1 + cut % (households.len() - 1));
        let receipt = |part: &[(String, Facts)]| {
            let all = table::batch(library.form(), part, Cells::Typed(spelling));
            table::stream(&library, &all, 16, &months).0.receipt
        };
        let (whole, left, right) = (receipt(&households), receipt(left), receipt(right));
        prop_assert_ne!(&left.answer_digest, &whole.answer_digest);
        prop_assert_eq!(Receipt::add(&[right, left]).unwrap(), whole);
    }
}
