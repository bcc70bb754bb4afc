//! Households read from a table are the households that were written, whatever the format and the batches.

#[path = "../../law/tests/support/mod.rs"]
mod support;
mod table;

use std::sync::atomic::AtomicBool;

use bulk::{BulkError, Format, Place, Table};
use law::form::{Fact, FactRow, Facts, OneForm, SourceId};
use proptest::prelude::*;
use support::{any_household, library};
use table::{Cells, Spelling};

fn read(form: &OneForm, path: &std::path::Path, format: Format) -> Result<Vec<Facts>, BulkError> {
    let stop = AtomicBool::new(false);
    let input = (Place::File(path.to_owned()), format);
    let table = Table { input, standard: Box::new(std::io::empty()), area: None, stop: &stop };
    let mut found = Vec::new();
    table.read(form, &mut |households, progress| {
        found.extend_from_slice(households);
        assert!(progress.rows > 0, "progress is told with the households");
        Ok(())
    })?;
    Ok(found)
}

/// A table says what is known, not who said it.
fn without_sources(facts: &Facts) -> Facts {
    let row = |row: &FactRow| {
        FactRow::from_facts(row.iter().map(|(id, fact)| (id, Fact { source: SourceId(0), on: None, ..fact })))
    };
    Facts { area: facts.area, household: row(&facts.household), members: facts.members.iter().map(row).collect() }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    #[test]
    fn every_format_gives_the_households_back(
        households in proptest::collection::vec(any_household(library().form()), 1..50),
        spelling in any::<u64>().prop_map(Spelling::of),
        batch in 1usize..40,
    ) {
        let library = library();
        let form = library.form();
        let filled = households.into_iter().filter(|facts| !facts.members.is_empty());
        let households: Vec<(String, Facts)> = filled.enumerate().map(|(at, facts)| (at.to_string(), facts)).collect();
        prop_assume!(!households.is_empty());
        let expected: Vec<Facts> = households.iter().map(|(_, facts)| without_sources(facts)).collect();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("in");
        for format in [Format::Parquet, Format::Arrow, Format::Csv] {
            let cells = if format == Format::Csv { Cells::Text } else { Cells::Typed(spelling) };
            table::write(&path, format, &table::batch(form, &households, cells), batch);
            prop_assert_eq!(&read(form, &path, format).unwrap(), &expected, "{:?}", format);
        }
    }
}

#[test]
fn the_first_row_that_cannot_be_read_is_named() {
    let library = library();
    let check = |text: &str, words: &[&str]| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("in.csv");
        std::fs::write(&path, text).unwrap();
        let told = read(library.form(), &path, Format::Csv).unwrap_err().to_string();
        words.iter().for_each(|word| assert!(told.contains(word), "{told}"));
    };
    check("户,地区,关系\n1,430302202204,本人\n2,雨湖区,本人\n", &["第 2 行", "地区", "雨湖区"]);
    check("户,地区,关系\n1,,本人\n", &["第 1 行", "地区", "--area"]);
    check("户,地区,关系\n,430302202204,本人\n", &["第 1 行", "户"]);
    check("地区,关系\n430302202204,本人\n", &["没有“户”这一列"]);
}
