//! Workbooks made by hand, part by part, so that a test can make them wrong.
#![allow(dead_code)]

use std::io::Write;
use std::path::{Path, PathBuf};

use zip::write::SimpleFileOptions;

/// The parts of a small workbook; a test changes what it wants to.
pub struct Book {
    pub sheets: Vec<(String, &'static str, String)>,
    pub shared: Vec<String>,
    pub workbook_properties: &'static str,
    pub extra: Vec<(String, Vec<u8>)>,
}

impl Book {
    /// One visible sheet with this sheet data (the rows' XML).
    pub fn of(sheet_data: &str) -> Book {
        Book {
            sheets: vec![("花名册".to_owned(), "visible", sheet_xml(sheet_data, ""))],
            shared: Vec::new(),
            workbook_properties: "",
            extra: Vec::new(),
        }
    }

    /// One visible sheet of texts, row by row from row 1; an empty text is no cell.
    pub fn of_texts(rows: &[&[&str]]) -> Book {
        Book::of(&rows.iter().enumerate().map(|(at, row)| text_row(at + 1, row)).collect::<String>())
    }

    pub fn write(&self, dir: &Path, name: &str) -> PathBuf {
        let path = dir.join(name);
        let mut zip = zip::ZipWriter::new(std::fs::File::create(&path).unwrap());
        let mut part = |name: &str, bytes: &[u8]| {
            zip.start_file(name, SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated))
                .unwrap();
            zip.write_all(bytes).unwrap();
        };
        let mut sheets = String::new();
        let mut relations = String::new();
        for (at, (name, state, xml)) in self.sheets.iter().enumerate() {
            let id = at + 1;
            sheets += &format!(r#"<sheet name="{name}" sheetId="{id}" state="{state}" r:id="rId{id}"/>"#);
            relations += &format!(
                r#"<Relationship Id="rId{id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet{id}.xml"/>"#
            );
            part(&format!("xl/worksheets/sheet{id}.xml"), xml.as_bytes());
        }
        let properties = self.workbook_properties;
        part(
            "xl/workbook.xml",
            format!("<workbook><workbookPr {properties}/><sheets>{sheets}</sheets></workbook>").as_bytes(),
        );
        part("xl/_rels/workbook.xml.rels", format!("<Relationships>{relations}</Relationships>").as_bytes());
        if !self.shared.is_empty() {
            let items: String = self.shared.iter().map(|text| format!("<si><t>{text}</t></si>")).collect();
            part("xl/sharedStrings.xml", format!("<sst>{items}</sst>").as_bytes());
        }
        for (name, bytes) in &self.extra {
            part(name, bytes);
        }
        zip.finish().unwrap();
        path
    }
}

pub fn sheet_xml(sheet_data: &str, after: &str) -> String {
    format!(
        r#"<?xml version="1.0"?><worksheet><dimension ref="A1:XFD1048576"/><sheetData>{sheet_data}</sheetData>{after}</worksheet>"#
    )
}

pub fn text_row(number: usize, texts: &[&str]) -> String {
    let cells: String = texts
        .iter()
        .enumerate()
        .filter(|(_, text)| !text.is_empty())
        .map(|(column, text)| {
            let letters = exchange::sheets::column_letters(column);
            format!(r#"<c r="{letters}{number}" t="inlineStr"><is><t>{text}</t></is></c>"#)
        })
        .collect();
    format!(r#"<row r="{number}">{cells}</row>"#)
}
