//! Text inside XML: the five entities, characters by number, and the escapes of spreadsheets. No other entity exists here.

use quick_xml::events::Event;

/// Adds an event's text; events without text add nothing.
pub(super) fn push_text(out: &mut String, event: &Event<'_>) {
    match event {
        Event::Text(text) => out.push_str(text),
        Event::CData(text) => out.push_str(text),
        Event::GeneralRef(reference) => push_reference(out, reference),
        _ => {}
    }
}

/// A text with references, as attributes hold it.
pub(super) fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        match rest[at..].find(';') {
            Some(end) => {
                push_reference(&mut out, &rest[at + 1..at + end]);
                rest = &rest[at + end + 1..];
            }
            None => {
                out.push_str(&rest[at..]);
                return out;
            }
        }
    }
    out.push_str(rest);
    out
}

/// An entity that nobody defined leaves the mark of a broken character, so that it is seen.
fn push_reference(out: &mut String, name: &str) {
    out.push(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        name => by_number(name).unwrap_or(char::REPLACEMENT_CHARACTER),
    });
}

fn by_number(name: &str) -> Option<char> {
    let digits = name.strip_prefix('#')?;
    let number = match digits.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
        None => digits.parse().ok()?,
    };
    char::from_u32(number)
}

/// Spreadsheets write characters that XML cannot hold as `_x000D_`.
pub(super) fn without_sheet_escapes(text: &mut String) {
    if !text.contains("_x") {
        return;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        let escaped = rest.get(at + 2..at + 7).filter(|code| code.ends_with('_'));
        match escaped.and_then(|code| u32::from_str_radix(&code[..4], 16).ok()).and_then(char::from_u32) {
            Some(c) => {
                out.push(c);
                rest = &rest[at + 7..];
            }
            None => {
                out.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    out.push_str(rest);
    *text = out;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_become_characters_and_unknown_ones_are_seen() {
        for (written, read) in [
            ("张三", "张三"),
            ("a &amp; b &lt;&gt;&quot;&apos;", "a & b <>\"'"),
            ("&#183118;&#x2CB4E;", "𬭎𬭎"),
            ("&xxe;", "\u{fffd}"),
            ("&#xD800;", "\u{fffd}"),
            ("a & b", "a & b"),
        ] {
            assert_eq!(unescape(written), read, "{written}");
        }
    }

    #[test]
    fn escapes_of_spreadsheets_are_undone() {
        for (written, read) in [
            ("a_x000D_b", "a\rb"),
            ("_x5F20_", "张"),
            ("_x00", "_x00"),
            ("_xZZZZ_", "_xZZZZ_"),
            ("_x张三李四_", "_x张三李四_"),
        ] {
            let mut text = written.to_owned();
            without_sheet_escapes(&mut text);
            assert_eq!(text, read);
        }
    }
}
