//! Columns of answers as pages of Parquet, put together here: the words of a table are known before its first row, so no row's
//! word is looked up again, as the library's own writer would.

use parquet::basic::{Encoding, PageType};
use parquet::column::page::{CompressedPage, Page, PageWriter};
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::Result;
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::writer::{SerializedPageWriter, TrackedWrite};
use parquet::schema::types::ColumnDescPtr;

/// The pages of one column of one row group.
pub(crate) struct Chunk {
    column: ColumnDescPtr,
    bytes: TrackedWrite<Vec<u8>>,
    dictionary: bool,
    data_at: u64,
    rows: u64,
    size: usize,
}

/// The values of a page, encoded; those that are null are left out.
pub(crate) struct Values {
    pub(crate) encoding: Encoding,
    pub(crate) bytes: Vec<u8>,
}

impl Chunk {
    /// Begins with the page of words, where there is one.
    pub(crate) fn new(column: ColumnDescPtr, words: Option<&[String]>) -> Result<Chunk> {
        let mut chunk = Chunk {
            column,
            bytes: TrackedWrite::new(Vec::new()),
            dictionary: words.is_some(),
            data_at: 0,
            rows: 0,
            size: 0,
        };
        if let Some(words) = words {
            let mut buf = Vec::new();
            words.iter().for_each(|word| put_text(&mut buf, word));
            let (num_values, encoding) = (words.len() as u32, Encoding::PLAIN);
            let length = buf.len();
            chunk.put(Page::DictionaryPage { buf: buf.into(), num_values, encoding, is_sorted: false }, length)?;
            chunk.data_at = chunk.bytes.bytes_written() as u64;
        }
        Ok(chunk)
    }

    /// Puts a page behind. `known` says of each row whether it has a value; none for a column that always has.
    pub(crate) fn page(&mut self, rows: usize, known: Option<Vec<bool>>, values: Values) -> Result<()> {
        let mut buf = Vec::with_capacity(rows / 8 + values.bytes.len() + 16);
        if let Some(known) = known {
            let levels = levels(&known);
            buf.extend_from_slice(&(levels.len() as u32).to_le_bytes());
            buf.extend_from_slice(&levels);
        }
        buf.extend_from_slice(&values.bytes);
        let length = buf.len();
        let page = Page::DataPage {
            buf: buf.into(),
            num_values: rows as u32,
            encoding: values.encoding,
            def_level_encoding: Encoding::RLE,
            rep_level_encoding: Encoding::RLE,
            statistics: None,
        };
        self.rows += rows as u64;
        self.put(page, length)
    }

    fn put(&mut self, page: Page, length: usize) -> Result<()> {
        let written = SerializedPageWriter::new(&mut self.bytes).write_page(CompressedPage::new(page, length))?;
        assert!(self.dictionary || written.page_type == PageType::DATA_PAGE, "words only where there is a dictionary");
        self.size += written.uncompressed_size;
        Ok(())
    }

    /// The bytes, and what a row group notes of them.
    pub(crate) fn close(self) -> Result<(Vec<u8>, ColumnCloseResult)> {
        let values = if self.dictionary { Encoding::RLE_DICTIONARY } else { Encoding::PLAIN };
        let metadata = ColumnChunkMetaData::builder(self.column)
            .set_encodings(vec![Encoding::PLAIN, Encoding::RLE, values])
            .set_num_values(self.rows as i64)
            .set_total_compressed_size(self.size as i64)
            .set_total_uncompressed_size(self.size as i64)
            .set_data_page_offset(self.data_at as i64)
            .set_dictionary_page_offset(self.dictionary.then_some(0))
            .build()?;
        let bytes = self.bytes.into_inner()?;
        assert_eq!(bytes.len(), self.size, "nothing is compressed");
        let result = ColumnCloseResult {
            bytes_written: self.size as u64,
            rows_written: self.rows,
            metadata,
            bloom_filter: None,
            column_index: None,
            offset_index: None,
        };
        Ok((bytes, result))
    }
}

/// A text with its length before it.
pub(crate) fn put_text(bytes: &mut Vec<u8>, text: &str) {
    bytes.extend_from_slice(&(text.len() as u32).to_le_bytes());
    bytes.extend_from_slice(text.as_bytes());
}

/// Places in a list of so many words.
pub(crate) fn places(words: usize, places: &[u16]) -> Values {
    let width = (usize::BITS - words.saturating_sub(1).leading_zeros()).max(1);
    let mut bytes = vec![width as u8];
    match places.first() {
        Some(&first) if places.iter().all(|&place| place == first) => {
            put_count(&mut bytes, (places.len() as u64) << 1);
            bytes.extend_from_slice(&first.to_le_bytes()[..width.div_ceil(8) as usize]);
        }
        Some(_) => pack(&mut bytes, width, places.iter().map(|&place| u64::from(place)), places.len()),
        None => {}
    }
    Values { encoding: Encoding::RLE_DICTIONARY, bytes }
}

/// 1 where a row has a value: one run when all rows are alike, else a bit a row.
fn levels(known: &[bool]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(known.len() / 8 + 8);
    match known.first() {
        Some(&first) if known.iter().all(|&one| one == first) => {
            put_count(&mut bytes, (known.len() as u64) << 1);
            bytes.push(u8::from(first));
        }
        _ => pack(&mut bytes, 1, known.iter().map(|&known| u64::from(known)), known.len()),
    }
    bytes
}

/// One bit-packed run of Parquet's hybrid of runs: eight numbers take `width` bytes, the lowest bits first.
fn pack(bytes: &mut Vec<u8>, width: u32, mut numbers: impl Iterator<Item = u64>, count: usize) {
    put_count(bytes, (count.div_ceil(8) as u64) << 1 | 1);
    assert!(width <= 16, "a table has few words");
    for _ in 0..count.div_ceil(8) {
        let mut eight = 0u128;
        for place in 0..8 {
            eight |= u128::from(numbers.next().unwrap_or(0)) << (place * width);
        }
        bytes.extend_from_slice(&eight.to_le_bytes()[..width as usize]);
    }
}

/// Seven bits a byte, the lowest first.
fn put_count(bytes: &mut Vec<u8>, mut count: u64) {
    while count >= 0x80 {
        bytes.push(count as u8 | 0x80);
        count >>= 7;
    }
    bytes.push(count as u8);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_as_the_format_says() {
        // the example of the format's own description: 0 to 7 in three bits each
        let packed = places(8, &[0, 1, 2, 3, 4, 5, 6, 7]).bytes;
        assert_eq!(packed, [3, 0b11, 0b1000_1000, 0b1100_0110, 0b1111_1010]);
        assert_eq!(places(4, &[2; 300]).bytes, [2, 0xd8, 0x04, 2]); // 300 of one: 600 in two bytes, then the word
        assert_eq!(places(1, &[]).bytes, [1]);
        assert_eq!(levels(&[true; 5]), [10, 1]);
        assert_eq!(levels(&[true, false, true]), [3, 0b101]);
    }
}
