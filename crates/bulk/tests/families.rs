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

/// What a spreadsheet program writes: the same households in every encoding, and a word about it where it is not UTF-8.
#[test]
fn a_table_may_be_in_the_encodings_of_spreadsheet_programs() {
    const TABLE: &str =
        "户,地区,关系,户口\n一,430302202204,本人,农村\n一,430302202204,配偶,\n喆,430321100001,本人,城镇\n";
    let library = library();
    let form = library.form();
    let read = |bytes: &[u8]| {
        let (stop, mut found) = (AtomicBool::new(false), Vec::new());
        let input = (Place::Standard, Format::Csv);
        let table =
            Table { input, standard: Box::new(std::io::Cursor::new(bytes.to_owned())), area: None, stop: &stop };
        let notes = table.read(form, &mut |households, _| {
            found.extend_from_slice(households);
            Ok(())
        });
        notes.map(|notes| (found, notes.into_iter().find(|note| note.starts_with("文件"))))
    };
    let (expected, none) = read(TABLE.as_bytes()).unwrap();
    assert_eq!((expected.len(), expected[0].members.len(), none), (2, 2, None));
    let told = |name: &str| Some(format!("文件不是 UTF-8，是按 {name} 读的；有字不对的，请另存为 UTF-8 再算"));
    let marked = |text: &str| [&[0xEF, 0xBB, 0xBF], text.as_bytes()].concat();
    let wide = |mark: u16| std::iter::once(mark).chain(TABLE.encode_utf16());
    let little: Vec<u8> = wide(0xFEFF).flat_map(u16::to_le_bytes).collect();
    let big: Vec<u8> = wide(0xFEFF).flat_map(u16::to_be_bytes).collect();
    let check = |bytes: &[u8], note: Option<String>| assert_eq!(read(bytes).unwrap(), (expected.clone(), note));
    check(&marked(TABLE), None);
    check(&encoding_rs::GB18030.encode(TABLE).0, told("GB 18030（GBK、GB 2312 都在内）"));
    check(&little, told("UTF-16LE"));
    check(&big, told("UTF-16BE"));
    // many rows, so that a character lies across what is looked at first
    let long = |rows: usize| "户,地区,户口\n".to_owned() + &"一,430302202204,农村\n".repeat(rows);
    for rows in [2_300, 2_310, 9_000] {
        let (households, note) = read(long(rows).as_bytes()).unwrap();
        assert_eq!((households.len(), households[0].members.len(), note), (1, rows, None));
    }
    let broken = [&encoding_rs::GB18030.encode(TABLE).0[..], b"\xd2,430302202204,\xff\xff,\n"].concat();
    let told = read(&broken).unwrap_err().to_string();
    assert!(told.contains("第 4 行有读不出来的字：文件不是 UTF-8，按 GB 18030 也读不通"), "{told}");
    let late = [long(9_000).as_bytes(), &encoding_rs::GB18030.encode("一,430302202204,农村\n").0[..]].concat();
    let told = read(&late).unwrap_err().to_string();
    assert!(told.contains("第 9001 行不是 UTF-8；请把文件另存为 UTF-8 编码的 CSV"), "{told}");
}
