//! Spreadsheets and text tables, good and hostile (ux-and-security: bad inputs, part E).

mod made;

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use exchange::sheets::{CellKind, Sheet, SheetRefusal};
use made::{Book, sheet_xml, text_row};
use proptest::prelude::*;

type Read = Result<Vec<(u32, Vec<String>)>, SheetRefusal>;

fn read(path: &Path) -> Read {
    let mut rows = Vec::new();
    Sheet::open(path, None)?.read(&mut |row| {
        if !row.is_blank() {
            rows.push((row.number, row.cells().iter().map(|cell| cell.text.clone()).collect()));
        }
        ControlFlow::Continue(())
    })?;
    Ok(rows)
}

fn read_bytes(name: &str, bytes: &[u8]) -> Read {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    fs::write(&path, bytes).unwrap();
    read(&path)
}

fn read_book(book: &Book) -> Read {
    let dir = tempfile::tempdir().unwrap();
    read(&book.write(dir.path(), "b.xlsx"))
}

fn texts(rows: &[(u32, &[&str])]) -> Vec<(u32, Vec<String>)> {
    rows.iter().map(|(number, cells)| (*number, cells.iter().map(|text| (*text).to_owned()).collect())).collect()
}

#[test]
fn text_tables_are_read_in_every_usual_writing() {
    let plain = "姓名,金额\r\n𬭎某,660\n张三,1.5\r\n";
    let expected = texts(&[(1, &["姓名", "金额"]), (2, &["𬭎某", "660"]), (3, &["张三", "1.5"])]);
    let gb18030 = encoding_rs::GB18030.encode(plain).0.into_owned();
    let utf16 = |mark: [u8; 2], bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        mark.into_iter().chain(plain.encode_utf16().flat_map(bytes)).collect()
    };
    for (writing, bytes) in [
        ("UTF-8", plain.as_bytes().to_vec()),
        ("UTF-8 with mark", ["\u{feff}", plain].concat().into_bytes()),
        ("GB 18030", gb18030),
        ("UTF-16 LE", utf16([0xFF, 0xFE], u16::to_le_bytes)),
        ("UTF-16 BE", utf16([0xFE, 0xFF], u16::to_be_bytes)),
        ("semicolons", plain.replace(',', ";").into_bytes()),
        ("tabs", plain.replace(',', "\t").into_bytes()),
        ("bars", plain.replace(',', "|").into_bytes()),
        ("returns alone", plain.replace("\r\n", "\r").into_bytes()),
        ("mixed line ends", plain.replacen("\r\n", "\n", 1).into_bytes()),
        ("no last line end", plain.trim_end().as_bytes().to_vec()),
    ] {
        assert_eq!(read_bytes("a.csv", &bytes), Ok(expected.clone()), "{writing}");
    }
}

#[test]
fn quoted_cells_and_kept_digits_are_read() {
    let rows = read_bytes("a.csv", "\"张,三\",=\"430399196805120021\"\n\"a\"\"b\",\n".as_bytes());
    assert_eq!(rows, Ok(texts(&[(1, &["张,三", "430399196805120021"]), (2, &["a\"b"])])));
}

#[test]
fn hostile_text_is_refused_by_name() {
    let quote_bomb = format!("姓名,金额\n\"{}", "一,二\n".repeat(400_000));
    let long_line = format!("姓名\n{}", ",".repeat(3 << 20));
    let wide = format!("姓名\n{}x", ",".repeat(300));
    for (bytes, refusal) in [
        (Vec::new(), SheetRefusal::Empty),
        (quote_bomb.into_bytes(), SheetRefusal::LineTooLong { line: 2, limit: 1024 }),
        (long_line.into_bytes(), SheetRefusal::LineTooLong { line: 2, limit: 1024 }),
        (wide.into_bytes(), SheetRefusal::TooManyColumns { row: 2, column: 301, limit: 256 }),
        (b"\x01\x02\0\0abc".to_vec(), SheetRefusal::Binary),
        (b"a,b\nc,\xFF\xFF\xFF\n".to_vec(), SheetRefusal::Encoding { line: 2 }),
        (b"%PDF-1.7 ...".to_vec(), SheetRefusal::OtherFormat("PDF 文件")),
    ] {
        let found = read_bytes("a.csv", &bytes);
        match (&found, &refusal) {
            (Err(SheetRefusal::Encoding { .. }), SheetRefusal::Encoding { .. }) => {}
            _ => assert_eq!(found, Err(refusal)),
        }
    }
}

#[test]
fn a_sheet_is_read_whatever_its_cells_are_written_as() {
    let rows = format!(
        "{}{}",
        text_row(1, &["姓名", "金额"]),
        concat!(
            r#"<row r="4"><c r="A4" t="s"><v>1</v></c><c r="B4"><v>660.5</v></c><c r="D4" t="b"><v>1</v></c></row>"#,
            r#"<row r="5"><c t="str"><v>李四 &amp; 张_x000D_</v></c><c><v>4.30219E+17</v></c></row>"#,
            r#"<row r="6"><c r="A6" t="inlineStr"><is><r><t>买买</t></r><r><t>提</t></r><rPh><t>mai</t></rPh></is></c></row>"#
        )
    );
    let mut book = Book::of(&rows);
    book.shared = vec!["无".to_owned(), "张三".to_owned()];
    let expected = texts(&[
        (1, &["姓名", "金额"]),
        (4, &["张三", "660.5", "", "是"]),
        (5, &["李四 & 张", "4.30219E+17"]),
        (6, &["买买提"]),
    ]);
    assert_eq!(read_book(&book), Ok(expected));
}

#[test]
fn kinds_of_cells_and_merged_ranges_are_told() {
    let rows =
        r##"<row r="1"><c r="A1"><f>B1*2</f><v>4</v></c><c r="B1"><v>2</v></c><c r="C1" t="e"><v>#REF!</v></c></row>"##;
    let mut book = Book::of("");
    book.sheets[0].2 = sheet_xml(rows, r#"<mergeCells count="1"><mergeCell ref="B5:B8"/></mergeCells>"#);
    book.workbook_properties = r#"date1904="1""#;
    let dir = tempfile::tempdir().unwrap();
    let mut sheet = Sheet::open(&book.write(dir.path(), "b.xlsx"), None).unwrap();
    assert!(sheet.counts_from_1904);
    let mut kinds = Vec::new();
    let merged = sheet
        .read(&mut |row| {
            kinds.extend(row.cells().iter().map(|cell| cell.kind));
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(kinds, [CellKind::Formula, CellKind::Number, CellKind::Error]);
    assert_eq!(merged.iter().map(ToString::to_string).collect::<Vec<_>>(), ["B5:B8"]);
}

#[test]
fn workbooks_that_hide_or_run_something_are_refused() {
    let rows = text_row(1, &["姓名"]);
    let with = |extra: &str| {
        let mut book = Book::of(&rows);
        book.extra.push((extra.to_owned(), b"x".to_vec()));
        book
    };
    let second = |state: &'static str, data: &str| {
        let mut book = Book::of(&rows);
        book.sheets.push(("附表".to_owned(), state, sheet_xml(data, "")));
        book
    };
    for (book, refusal) in [
        (with("xl/vbaProject.bin"), SheetRefusal::Macros),
        (with("xl/externalLinks/externalLink1.xml"), SheetRefusal::ExternalLinks),
        (second("hidden", &rows), SheetRefusal::HiddenSheet("附表".to_owned())),
        (second("veryHidden", &rows), SheetRefusal::HiddenSheet("附表".to_owned())),
        (second("visible", &rows), SheetRefusal::SeveralSheets(vec!["花名册".to_owned(), "附表".to_owned()])),
        (Book::of(""), SheetRefusal::NoContent),
    ] {
        assert_eq!(read_book(&book), Err(refusal));
    }
    assert!(
        read_book(&second("hidden", r#"<row r="1"><c r="A1" s="3"/></row>"#)).is_ok(),
        "an empty hidden sheet is harmless"
    );
}

#[test]
fn a_sheet_is_chosen_by_name() {
    let mut book = Book::of_texts(&[&["姓名"]]);
    book.sheets.push(("附表".to_owned(), "visible", sheet_xml(&text_row(1, &["身份证号"]), "")));
    let dir = tempfile::tempdir().unwrap();
    let path = book.write(dir.path(), "b.xlsx");
    assert_eq!(Sheet::open(&path, Some("附表")).map(|sheet| sheet.name), Ok("附表".to_owned()));
    assert_eq!(Sheet::open(&path, Some("没有")).err(), Some(SheetRefusal::NoSuchSheet("没有".to_owned())));
}

#[test]
fn files_that_are_not_what_they_are_called_are_refused() {
    let mut locked = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    locked.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    let dir = tempfile::tempdir().unwrap();
    let book = fs::read(Book::of_texts(&[&["姓名"]]).write(dir.path(), "b.xlsx")).unwrap();
    for (name, bytes, refusal) in [
        ("a.xlsx", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....".to_vec(), SheetRefusal::OldWorkbook),
        ("a.xlsx", locked, SheetRefusal::PasswordProtected),
        ("a.xlsx", b"a,b\n1,2\n".to_vec(), SheetRefusal::TextNamedWorkbook),
        ("a.csv", book.clone(), SheetRefusal::WorkbookNamedText),
        ("a.xlsm", book, SheetRefusal::Macros),
        ("a.xls", b"<html><table>".to_vec(), SheetRefusal::OtherFormat("网页格式，老系统导出的 .xls 常是这样")),
    ] {
        assert_eq!(read_bytes(name, &bytes), Err(refusal), "{name}");
    }
}

#[test]
fn bombs_are_refused_before_they_are_unpacked() {
    let bomb =
        Book::of(&format!(r#"<row r="1"><c r="A1" t="inlineStr"><is><t>{}</t></is></c></row>"#, "a".repeat(40 << 20)));
    match read_book(&bomb) {
        Err(SheetRefusal::Bomb { part, mib, ratio }) => {
            assert_eq!((part.as_str(), mib), ("xl/worksheets/sheet1.xml", 40));
            assert!(ratio > 150, "{ratio}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_text_that_does_not_end_is_refused_while_it_is_read() {
    // noise packs badly, so that the size alone says nothing
    let noise: String = (0u64..400_000).map(|n| format!("{:x}", n.wrapping_mul(0x9E37_79B9_7F4A_7C15))).collect();
    let inline = Book::of(&format!(r#"<row r="1"><c r="A1" t="inlineStr"><is><t>{noise}</t></is></c></row>"#));
    assert!(matches!(read_book(&inline), Err(SheetRefusal::CellTooLong { .. })));
    let mut shared = Book::of(r#"<row r="1"><c r="A1" t="s"><v>0</v></c></row>"#);
    shared.shared = vec![noise[..40_000].to_owned()];
    assert!(matches!(read_book(&shared), Err(SheetRefusal::CellTooLong { .. })));
}

#[test]
fn entities_of_a_document_type_are_refused() {
    let mut book = Book::of("");
    let bomb = r#"<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>"#;
    book.sheets[0].2 = format!("{bomb}{}", sheet_xml(&text_row(1, &["&b;"]), ""));
    assert!(matches!(read_book(&book), Err(SheetRefusal::Broken(_))));
}

#[test]
fn a_sheet_that_claims_a_billion_cells_is_read_for_what_it_holds() {
    let empty_cells: String =
        (0..16_384).map(|column| format!(r#"<c r="{}1" s="1"/>"#, exchange::sheets::column_letters(column))).collect();
    let book = Book::of(&format!(r#"<row r="1">{empty_cells}</row>{}"#, text_row(2, &["姓名"])));
    assert_eq!(read_book(&book), Ok(texts(&[(2, &["姓名"])])));
    let far = Book::of(r#"<row r="1"><c r="XFD1"><v>1</v></c></row>"#);
    assert_eq!(read_book(&far), Err(SheetRefusal::TooManyColumns { row: 1, column: 16_384, limit: 256 }));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn random_bytes_never_break_the_reader(bytes in proptest::collection::vec(any::<u8>(), 0..4_000), name in 0usize..3) {
        let _ = read_bytes(["a.csv", "a.xlsx", "a"][name], &bytes);
    }

    #[test]
    fn a_damaged_workbook_never_breaks_the_reader(cut in 0usize..3_000, at in 0usize..3_000, byte in any::<u8>()) {
        let dir = tempfile::tempdir().unwrap();
        let mut bytes = fs::read(Book::of_texts(&[&["姓名", "身份证号"], &["张三", "430399196805120021"]]).write(dir.path(), "b.xlsx")).unwrap();
        let at = at % bytes.len();
        bytes[at] ^= byte;
        bytes.truncate(bytes.len() - cut % bytes.len());
        let _ = read_bytes("a.xlsx", &bytes);
    }

    #[test]
    fn tables_of_any_text_come_back(rows in proptest::collection::vec(proptest::collection::vec("[^\0\u{feff}\\s]{0,12}", 2..5), 1..6)) {
        let mut out = csv::Writer::from_writer(Vec::new());
        let rows: Vec<Vec<String>> = rows.into_iter().map(|row| [vec!["甲".to_owned()], row].concat()).collect();
        let width = rows.iter().map(Vec::len).max().unwrap();
        for row in &rows {
            out.write_record(row.iter().map(String::as_str).chain(std::iter::repeat_n("", width - row.len()))).unwrap();
        }
        let bytes = out.into_inner().unwrap();
        if let Ok(read) = read_bytes("a.csv", &bytes) {
            prop_assert_eq!(read.len(), rows.len());
        }
    }
}
