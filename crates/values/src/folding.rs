//! Undoing what keyboards, spreadsheets and copying do to characters: full-width forms, spaces, marks that nobody sees.

/// A number as typed: full-width forms become plain, blanks, hyphens, invisible marks and the spreadsheet's `'` vanish.
pub(crate) fn number(text: &str) -> String {
    text.chars().map(half_width).filter(|&c| !is_blank(c) && !is_invisible(c) && !is_hyphen(c) && c != '\'').collect()
}

/// True for what a spreadsheet made of a long number, `4.30399E+17`: the digits are gone.
pub(crate) fn is_scientific(number: &str) -> bool {
    let is_digit_like = |c: char| c.is_ascii_digit() || matches!(c, '.' | '+' | 'E' | 'e');
    number.contains(['E', 'e']) && number.contains('.') && number.chars().all(is_digit_like)
}

/// Characters that show nothing and change how neighbours are shown: zero-width, direction marks, byte-order mark, controls.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{00AD}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}'
        | '\u{206A}'..='\u{206F}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}')
        || (c.is_control() && !c.is_whitespace())
}

/// `first` and `last` digits stand, the rest is stars.
pub(crate) fn masked(digits: &str, first: usize, last: usize) -> String {
    let hidden = digits.len().saturating_sub(first + last);
    format!("{}{}{}", &digits[..first], "*".repeat(hidden), &digits[digits.len() - last..])
}

fn half_width(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).expect("full-width forms lie 0xFEE0 above ASCII"),
        c => c,
    }
}

fn is_blank(c: char) -> bool {
    c.is_whitespace()
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_lose_what_keyboards_and_spreadsheets_add() {
        for (typed, plain) in [
            (" ６２２２ 0219－0000 ", "622202190000"),
            ("'430399", "430399"),
            ("\u{feff}43\u{200b}03\u{202e}99\0", "430399"),
            ("１１Ｘ", "11X"),
        ] {
            assert_eq!(number(typed), plain, "{typed:?}");
        }
        assert!(is_scientific("4.30399E+17"));
        assert!(!is_scientific("43039919680512002X"));
    }
}
