//! The package around a workbook, looked at before anything in it is unpacked: parts, sizes, sheets, what should not be there.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::SheetRefusal;
use super::limits::*;
use super::metered::Metered;

/// An opened workbook package.
pub(super) struct Package {
    archive: ZipArchive<BufReader<File>>,
    /// Part name in lower case with `/`, to its place.
    parts: HashMap<String, usize>,
}

/// A sheet as the workbook lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SheetEntry {
    pub(super) name: String,
    pub(super) part: String,
    pub(super) is_hidden: bool,
}

/// What the workbook says of itself.
#[derive(Debug, Default)]
pub(super) struct Workbook {
    pub(super) sheets: Vec<SheetEntry>,
    /// Dates count from 1904-01-01 (old Macintosh) instead of 1899-12-30.
    pub(super) counts_from_1904: bool,
}

impl Package {
    /// Opens a package whose first bytes said it is one, and checks its list of parts.
    pub(super) fn open(path: &Path) -> Result<Package, SheetRefusal> {
        let file = File::open(path).map_err(|error| SheetRefusal::disk(&error))?;
        let mut archive = ZipArchive::new(BufReader::new(file)).map_err(|error| broken("目录", &error))?;
        if archive.len() > MAX_PARTS {
            return Err(SheetRefusal::TooManyParts(archive.len()));
        }
        let mut parts = HashMap::new();
        for at in 0..archive.len() {
            let part = archive.by_index_raw(at).map_err(|error| broken("目录", &error))?;
            if part.encrypted() {
                return Err(SheetRefusal::PasswordProtected);
            }
            let name = part.name().map_err(|error| broken("目录", &error))?.replace('\\', "/").to_ascii_lowercase();
            check_size(&name, part.compressed_size(), part.size())?;
            parts.insert(name.trim_start_matches('/').to_owned(), at);
        }
        let package = Package { archive, parts };
        package.check_parts()?;
        Ok(package)
    }

    fn check_parts(&self) -> Result<(), SheetRefusal> {
        let has = |name: &str| self.parts.contains_key(name);
        let has_below = |folder: &str| self.parts.keys().any(|name| name.starts_with(folder));
        if self.parts.keys().any(|name| name.ends_with("vbaproject.bin")) || has_below("xl/macrosheets/") {
            return Err(SheetRefusal::Macros);
        }
        if has_below("xl/externallinks/") {
            return Err(SheetRefusal::ExternalLinks);
        }
        match () {
            () if has("xl/workbook.xml") => Ok(()),
            () if has("xl/workbook.bin") => Err(SheetRefusal::OtherFormat("二进制工作簿 .xlsb")),
            () if has("content.xml") => Err(SheetRefusal::OtherFormat("OpenDocument 表格 .ods")),
            () if has_below("word/") => Err(SheetRefusal::OtherFormat("Word 文档")),
            () if has_below("ppt/") => Err(SheetRefusal::OtherFormat("演示文稿")),
            () => Err(SheetRefusal::OtherFormat("压缩包")),
        }
    }

    /// True when the part is there.
    pub(super) fn has(&self, part: &str) -> bool {
        self.parts.contains_key(&part.to_ascii_lowercase())
    }

    /// Reads a part event by event; stops when the reader of events says so.
    pub(super) fn read_events(
        &mut self,
        part: &str,
        limit: u64,
        on_event: &mut dyn FnMut(&Event<'_>) -> Result<bool, SheetRefusal>,
    ) -> Result<(), SheetRefusal> {
        let at =
            *self.parts.get(&part.to_ascii_lowercase()).ok_or_else(|| SheetRefusal::Broken(format!("缺少 {part}")))?;
        let entry = self.archive.by_index(at).map_err(|error| broken(part, &error))?;
        let packed = entry.compressed_size();
        let ratio_limit = (packed * MAX_RATIO).max(RATIO_COUNTS_FROM);
        let source = Metered::new(BufReader::with_capacity(64 << 10, entry), limit.min(ratio_limit));
        let mut reader = quick_xml::Reader::from_reader(source);
        reader.config_mut().check_end_names = false;
        let mut buffer = Vec::with_capacity(4 << 10);
        loop {
            buffer.clear();
            reader.get_mut().mark();
            let event = match reader.read_event_into(&mut buffer) {
                Ok(event) => event,
                Err(error) => return Err(reader.get_ref().refusal(part, packed, xml_fault(&error))),
            };
            match event {
                Event::Eof => {
                    let is_whole = reader.get_ref().read_so_far() > 0;
                    return if is_whole { Ok(()) } else { Err(SheetRefusal::Broken(format!("{part} 是空的"))) };
                }
                Event::DocType(_) => return Err(SheetRefusal::Broken(format!("{part} 里有不该有的文档类型声明"))),
                event => {
                    if !on_event(&event)? {
                        return Ok(());
                    }
                }
            }
        }
    }

    /// The workbook's sheets in order, and its calendar.
    pub(super) fn workbook(&mut self) -> Result<Workbook, SheetRefusal> {
        let targets = self.targets()?;
        let mut workbook = Workbook::default();
        self.read_events("xl/workbook.xml", MAX_SMALL_PART_BYTES, &mut |event| {
            if let Event::Start(element) | Event::Empty(element) = event {
                match local(element) {
                    "workbookPr" => {
                        let flag = attribute(element, "date1904");
                        workbook.counts_from_1904 = matches!(flag.as_deref(), Some("1" | "true"));
                    }
                    "sheet" => {
                        let relation = attribute(element, "r:id").or_else(|| attribute_ending(element, ":id"));
                        if let Some(part) = relation.and_then(|id| targets.get(&id).cloned()) {
                            workbook.sheets.push(SheetEntry {
                                name: attribute(element, "name").unwrap_or_default(),
                                part,
                                is_hidden: attribute(element, "state").is_some_and(|state| state != "visible"),
                            });
                        }
                    }
                    _ => {}
                }
            }
            Ok(true)
        })?;
        match workbook.sheets.len() {
            0 => Err(SheetRefusal::NoContent),
            many if many > MAX_SHEETS => Err(SheetRefusal::TooManySheets(many)),
            _ => Ok(workbook),
        }
    }

    /// Relation ids of the workbook to part names; worksheets only.
    fn targets(&mut self) -> Result<HashMap<String, String>, SheetRefusal> {
        let mut targets = HashMap::new();
        let mut is_external = false;
        self.read_events("xl/_rels/workbook.xml.rels", MAX_SMALL_PART_BYTES, &mut |event| {
            if let Event::Start(element) | Event::Empty(element) = event
                && local(element) == "Relationship"
            {
                is_external |= attribute(element, "TargetMode").is_some_and(|mode| mode == "External");
                let of_sheet = attribute(element, "Type").is_some_and(|kind| kind.ends_with("/worksheet"));
                if let (true, Some(id), Some(target)) =
                    (of_sheet, attribute(element, "Id"), attribute(element, "Target"))
                {
                    targets.insert(id, part_name(&target));
                }
            }
            Ok(true)
        })?;
        if is_external { Err(SheetRefusal::ExternalLinks) } else { Ok(targets) }
    }
}

/// `/xl/worksheets/sheet1.xml` and `worksheets/sheet1.xml` are the same part.
fn part_name(target: &str) -> String {
    match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("xl/{}", target.trim_start_matches("./")),
    }
}

fn check_size(name: &str, packed: u64, unpacked: u64) -> Result<(), SheetRefusal> {
    let limit = if name.ends_with("sharedstrings.xml") { MAX_SHARED_BYTES } else { MAX_PART_BYTES };
    let ratio = unpacked / packed.max(1);
    if unpacked > limit || (unpacked > RATIO_COUNTS_FROM && ratio > MAX_RATIO) {
        return Err(SheetRefusal::Bomb { part: name.to_owned(), mib: unpacked >> 20, ratio });
    }
    Ok(())
}

fn broken(part: &str, error: &zip::result::ZipError) -> SheetRefusal {
    use zip::result::ZipError;
    let why = match error {
        ZipError::Io(_) => "读到一半就断了",
        ZipError::InvalidArchive(_) => "不是完整的压缩结构",
        ZipError::UnsupportedArchive(_) => "压缩方式不支持",
        ZipError::FileNotFound => "缺少部件",
        _ => "结构不对",
    };
    SheetRefusal::Broken(format!("{part}：{why}"))
}

fn xml_fault(error: &quick_xml::Error) -> &'static str {
    match error {
        quick_xml::Error::Io(_) => "读到一半就断了",
        _ => "内容不合规范",
    }
}

/// The element's name without its prefix.
pub(super) fn local<'e>(element: &'e BytesStart<'_>) -> &'e str {
    let name = element.name().0;
    name.rsplit(':').next().unwrap_or(name)
}

/// An attribute's value, unescaped.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().with_checks(false).flatten().find(|attribute| attribute.key.0 == name)?;
    Some(super::xml_text::unescape(&found.value))
}

fn attribute_ending(element: &BytesStart<'_>, ending: &str) -> Option<String> {
    let found =
        element.attributes().with_checks(false).flatten().find(|attribute| attribute.key.0.ends_with(ending))?;
    Some(super::xml_text::unescape(&found.value))
}

/// The first bytes of a file: what it is, whatever it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Looks {
    Package,
    Compound,
    Text,
}

/// Looks at the first bytes, and at the size.
pub(super) fn sniff(path: &Path) -> Result<Looks, SheetRefusal> {
    let mut file = File::open(path).map_err(|error| SheetRefusal::disk(&error))?;
    let size = file.seek(SeekFrom::End(0)).map_err(|error| SheetRefusal::disk(&error))?;
    if size == 0 {
        return Err(SheetRefusal::Empty);
    }
    if size > MAX_FILE_BYTES {
        return Err(SheetRefusal::TooLarge { mib: size >> 20, limit: MAX_FILE_BYTES >> 20 });
    }
    file.rewind().map_err(|error| SheetRefusal::disk(&error))?;
    let mut head = Vec::new();
    file.take(512).read_to_end(&mut head).map_err(|error| SheetRefusal::disk(&error))?;
    Ok(match head.as_slice() {
        [b'P', b'K', 3 | 5, 4 | 6, ..] => Looks::Package,
        [0xD0, 0xCF, 0x11, 0xE0, ..] => Looks::Compound,
        [b'%', b'P', b'D', b'F', ..] => return Err(SheetRefusal::OtherFormat("PDF 文件")),
        text if is_web_page(text) => return Err(SheetRefusal::OtherFormat("网页格式，老系统导出的 .xls 常是这样")),
        _ => Looks::Text,
    })
}

fn is_web_page(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    ["<html", "<!doctype html", "<table", "<?xml"].iter().any(|start| text.starts_with(start))
}

/// A compound file is an old workbook, or an encrypted new one.
pub(super) fn compound_refusal(path: &Path) -> SheetRefusal {
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(4 << 20).read_to_end(&mut bytes));
    if let Err(error) = read {
        return SheetRefusal::disk(&error);
    }
    let marker: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    if bytes.windows(marker.len()).any(|window| window == marker) {
        SheetRefusal::PasswordProtected
    } else {
        SheetRefusal::OldWorkbook
    }
}
