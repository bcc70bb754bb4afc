//! The shared strings of a workbook, in one block of memory: two hundred thousand names and numbers take some twenty bytes each.

use quick_xml::events::Event;

use super::SheetRefusal;
use super::limits::{MAX_CELL_CHARS, MAX_SHARED_BYTES};
use super::package::{Package, local};
use super::xml_text::{push_text, without_sheet_escapes};

/// Texts that cells refer to by number.
#[derive(Debug, Default)]
pub(super) struct SharedStrings {
    block: String,
    ends: Vec<u32>,
}

const PART: &str = "xl/sharedStrings.xml";

impl SharedStrings {
    /// Reads them all; a workbook without the part has none.
    pub(super) fn read(package: &mut Package) -> Result<SharedStrings, SheetRefusal> {
        let mut strings = SharedStrings::default();
        if !package.has(PART) {
            return Ok(strings);
        }
        let (mut text, mut is_text, mut is_phonetic) = (String::new(), false, false);
        package.read_events(PART, MAX_SHARED_BYTES, &mut |event| {
            match event {
                Event::Start(element) => match local(element) {
                    "si" => text.clear(),
                    "t" => is_text = !is_phonetic,
                    "rPh" => is_phonetic = true,
                    _ => {}
                },
                Event::Empty(element) if local(element) == "si" => strings.push(""),
                Event::End(element) => match element.name().0.rsplit(':').next() {
                    Some("t") => is_text = false,
                    Some("rPh") => is_phonetic = false,
                    Some("si") => strings.finish(&mut text)?,
                    _ => {}
                },
                event if is_text => push_text(&mut text, event),
                _ => {}
            }
            Ok(true)
        })?;
        strings.block.shrink_to_fit();
        strings.ends.shrink_to_fit();
        Ok(strings)
    }

    fn finish(&mut self, text: &mut String) -> Result<(), SheetRefusal> {
        without_sheet_escapes(text);
        if text.len() > MAX_CELL_CHARS && text.chars().count() > MAX_CELL_CHARS {
            let place = format!("共用文字第 {} 条", self.ends.len() + 1);
            return Err(SheetRefusal::CellTooLong { place, limit: MAX_CELL_CHARS });
        }
        self.push(text);
        Ok(())
    }

    fn push(&mut self, text: &str) {
        self.block.push_str(text);
        self.ends.push(u32::try_from(self.block.len()).expect("the part is smaller than 256 MiB"));
    }

    /// The text of a number.
    pub(super) fn get(&self, at: usize) -> Option<&str> {
        let end = *self.ends.get(at)? as usize;
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        Some(&self.block[start..end])
    }
}
