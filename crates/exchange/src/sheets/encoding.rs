//! Which encoding a text file is in, and its characters as UTF-8, piece by piece.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use encoding_rs::{CoderResult, Decoder, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::SheetRefusal;

/// An encoding and the length of its mark at the start of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) encoding: &'static Encoding,
    mark: u64,
}

/// Looks at the whole file once: a mark decides; else UTF-8 when all of it is; else GB 18030.
pub(super) fn find(path: &Path) -> Result<Found, SheetRefusal> {
    let disk = |error: io::Error| SheetRefusal::disk(&error);
    let mut file = BufReader::with_capacity(256 << 10, File::open(path).map_err(disk)?);
    let mut head = [0; 3];
    let count = file.read(&mut head).map_err(disk)?;
    match &head[..count] {
        [0xEF, 0xBB, 0xBF] => return Ok(Found { encoding: UTF_8, mark: 3 }),
        [0xFF, 0xFE, ..] => return Ok(Found { encoding: UTF_16LE, mark: 2 }),
        [0xFE, 0xFF, ..] => return Ok(Found { encoding: UTF_16BE, mark: 2 }),
        _ => {}
    }
    file.seek(SeekFrom::Start(0)).map_err(disk)?;
    let (is_utf8, has_zero) = survey(&mut file).map_err(disk)?;
    match (is_utf8, has_zero) {
        (_, true) => Err(SheetRefusal::Binary),
        (true, false) => Ok(Found { encoding: UTF_8, mark: 0 }),
        (false, false) => Ok(Found { encoding: GB18030, mark: 0 }),
    }
}

fn survey(file: &mut impl Read) -> io::Result<(bool, bool)> {
    let mut decoder = UTF_8.new_decoder_without_bom_handling();
    let (mut bytes, mut text) = (vec![0; 64 << 10], String::with_capacity(256 << 10));
    let (mut is_utf8, mut has_zero) = (true, false);
    loop {
        let count = file.read(&mut bytes)?;
        has_zero |= bytes[..count].contains(&0);
        if is_utf8 {
            text.clear();
            let (_, _, had_errors) = decoder.decode_to_string(&bytes[..count], &mut text, count == 0);
            is_utf8 = !had_errors;
        }
        if count == 0 || has_zero {
            return Ok((is_utf8, has_zero));
        }
    }
}

/// The file as UTF-8. A character that cannot be read, or a line without end, is an error of this kind of reader.
pub(super) struct Utf8Text {
    file: BufReader<File>,
    decoder: Decoder,
    raw: Vec<u8>,
    raw_used: usize,
    text: Vec<u8>,
    text_used: usize,
    is_at_end: bool,
    had_errors: bool,
}

/// How many raw bytes are decoded at a time.
const CHUNK: usize = 16 << 10;

impl Utf8Text {
    pub(super) fn open(path: &Path, found: Found) -> io::Result<Utf8Text> {
        let mut file = BufReader::new(File::open(path)?);
        file.seek(SeekFrom::Start(found.mark))?;
        Ok(Utf8Text {
            file,
            decoder: found.encoding.new_decoder_without_bom_handling(),
            raw: Vec::new(),
            raw_used: 0,
            text: Vec::new(),
            text_used: 0,
            is_at_end: false,
            had_errors: false,
        })
    }

    fn refill(&mut self) -> io::Result<()> {
        while self.text_used == self.text.len() && !self.is_at_end {
            if self.raw_used == self.raw.len() {
                self.raw.resize(CHUNK, 0);
                let count = self.file.read(&mut self.raw)?;
                self.raw.truncate(count);
                self.raw_used = 0;
            }
            let is_last = self.raw.is_empty();
            // three bytes of UTF-8 for every byte, and room for what the decoder held back
            self.text.resize(3 * (self.raw.len() - self.raw_used) + 16, 0);
            let rest = &self.raw[self.raw_used..];
            let (result, read, written, had_errors) = self.decoder.decode_to_utf8(rest, &mut self.text, is_last);
            self.had_errors |= had_errors;
            self.raw_used += read;
            self.text.truncate(written);
            self.text_used = 0;
            self.is_at_end = is_last && result == CoderResult::InputEmpty;
        }
        Ok(())
    }
}

impl Read for Utf8Text {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.had_errors {
            return Err(io::Error::from(io::ErrorKind::InvalidData));
        }
        self.refill()?;
        let rest = &self.text[self.text_used..];
        let count = rest.len().min(out.len());
        out[..count].copy_from_slice(&rest[..count]);
        self.text_used += count;
        Ok(count)
    }
}
