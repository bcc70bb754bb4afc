//! How large a file may be, and why. A file beyond a limit is refused with the limit named; nothing is cut silently.

/// Files beyond 512 MiB are no roster: a province's 3 million rows take about 300 MiB.
pub const MAX_FILE_BYTES: u64 = 512 << 20;

/// Parts of a workbook. Excel writes a dozen; a part per sheet and drawing leaves room.
pub const MAX_PARTS: usize = 2_000;

/// Unpacked bytes of one part. The archive of a whole city (300,000 persons, 46 columns) takes about 500 MiB of XML.
pub const MAX_PART_BYTES: u64 = 1 << 30;

/// Unpacked bytes of the list of shared strings, which is held in memory.
pub const MAX_SHARED_BYTES: u64 = 256 << 20;

/// Unpacked bytes of the small parts (workbook, relations), which are read whole.
pub const MAX_SMALL_PART_BYTES: u64 = 4 << 20;

/// How many times larger a part may become. Sheets of text pack 5 to 30 times; bombs pack 500 to 1,000 times.
pub const MAX_RATIO: u64 = 150;

/// Below this size the ratio says nothing: an empty sheet of a thousand rows packs well.
pub const RATIO_COUNTS_FROM: u64 = 16 << 20;

/// Characters in a cell; Excel itself holds no more.
pub const MAX_CELL_CHARS: usize = 32_767;

/// Bytes of one XML event: a cell's text with every character escaped.
pub const MAX_EVENT_BYTES: u64 = 512 << 10;

/// Bytes of one line of text: 256 cells of 4 KiB. An open quotation mark swallows the rest of a file, and is caught here.
pub const MAX_LINE_BYTES: usize = 1 << 20;

/// Rows of a sheet; Excel itself has no more.
pub const MAX_ROWS: u32 = 1_048_576;

/// Columns that are read. The one form has 42 facts; the widest roster seen has 60 columns.
pub const MAX_COLUMNS: usize = 256;

/// Sheets of a workbook.
pub const MAX_SHEETS: usize = 200;
