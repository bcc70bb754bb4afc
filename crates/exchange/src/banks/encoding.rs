//! The code page of a bank: what it cannot carry is told, never replaced.

use encoding_rs::{EncoderResult, Encoding, GB18030, GBK, UTF_8};
use serde::Deserialize;

/// Encodings that domestic banks ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(super) enum CodePage {
    #[serde(rename = "GB18030")]
    Gb18030,
    #[serde(rename = "GBK")]
    Gbk,
    #[serde(rename = "UTF-8")]
    Utf8,
}

impl CodePage {
    const fn encoding(self) -> &'static Encoding {
        match self {
            CodePage::Gb18030 => GB18030,
            CodePage::Gbk => GBK,
            CodePage::Utf8 => UTF_8,
        }
    }

    /// As messages name it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            CodePage::Gb18030 => "GB 18030",
            CodePage::Gbk => "GBK",
            CodePage::Utf8 => "UTF-8",
        }
    }

    /// The text in this encoding.
    ///
    /// # Errors
    /// The first character that it cannot carry. A private-use character counts: the bank's font shows something else.
    pub(super) fn encode(self, text: &str) -> Result<Vec<u8>, char> {
        if let Some(c) = text.chars().find(|&c| is_private_use(c)) {
            return Err(c);
        }
        if self == CodePage::Utf8 || text.is_ascii() {
            return Ok(text.as_bytes().to_vec());
        }
        let mut encoder = self.encoding().new_encoder();
        let mut bytes = Vec::with_capacity(text.len() * 2 + 16);
        let (result, read) = encoder.encode_from_utf8_to_vec_without_replacement(text, &mut bytes, true);
        match result {
            EncoderResult::InputEmpty => Ok(bytes),
            EncoderResult::Unmappable(c) => Err(c),
            EncoderResult::OutputFull => {
                unreachable!("four bytes hold any character, and {read} of {} were read", text.len())
            }
        }
    }

    /// Bytes as text; nothing when they are not of this encoding.
    pub(super) fn decode(self, bytes: &[u8]) -> Option<String> {
        let text = self.encoding().decode_without_bom_handling_and_without_replacement(bytes)?;
        Some(text.trim_start_matches('\u{feff}').to_owned())
    }
}

fn is_private_use(c: char) -> bool {
    matches!(c, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{FFFFD}' | '\u{100000}'..='\u{10FFFD}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_characters_are_carried_or_told() {
        for (page, text, carried) in [
            (CodePage::Gb18030, "𬭎某", Ok(())),
            (CodePage::Gbk, "𬭎某", Err('𬭎')),
            (CodePage::Gbk, "张三", Ok(())),
            (CodePage::Gbk, "买买提·阿卜杜拉", Ok(())),
            (CodePage::Utf8, "𬭎某", Ok(())),
            (CodePage::Gb18030, "\u{E863}某", Err('\u{E863}')),
            (CodePage::Utf8, "\u{E863}某", Err('\u{E863}')),
        ] {
            let bytes = page.encode(text);
            assert_eq!(bytes.as_ref().map(|_| ()).map_err(|c| *c), carried, "{page:?} {text}");
            if let Ok(bytes) = bytes {
                assert_eq!(page.decode(&bytes).as_deref(), Some(text));
            }
        }
    }
}
