//! Amounts, counts, days and months as every page shows them.

use maud::{Markup, html};
use values::{Day, Fen, Month};

use crate::words::units;

/// An amount in yuan for reading: `660元`, `1,200.50元`; a whole amount drops its zeros.
pub fn yuan(amount: Fen) -> Markup {
    let text = amount.to_string();
    let text = text.strip_suffix(".00").unwrap_or(&text);
    html! { span.money { (text) span.unit { (units::YUAN) } } }
}

/// An amount in yuan inside a sentence, without its unit: `660`, `1,200.50`.
pub fn yuan_words(amount: Fen) -> String {
    let text = amount.to_string();
    text.strip_suffix(".00").map_or(text.clone(), str::to_owned)
}

/// An amount in yuan for a table, always with its two decimals so that columns align.
pub fn yuan_exact(amount: Fen) -> Markup {
    html! { span.money { (amount) span.unit { (units::YUAN) } } }
}

/// A count with thousands marks and its unit: `140,000人`.
pub fn count(number: i64, unit: &str) -> Markup {
    html! { span.money { (thousands(number)) span.unit { (unit) } } }
}

/// A text that carries its unit at the end, as law values are shown: `660元/月`.
pub fn of_text(text: &str) -> Markup {
    let split = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.' | '-' | '%')));
    match split {
        Some(at) if at > 0 => html! { span.money { (text[..at]) span.unit { (text[at..]) } } },
        _ => html! { (text) },
    }
}

fn thousands(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::from(if number < 0 { "-" } else { "" });
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A day with its weekday: `2021-03-29 周一`.
pub fn day(day: Day) -> Markup {
    html! { time.nowrap datetime=(day) { (day.with_weekday()) } }
}

/// A month as tables show it: `2021-09`.
pub fn month(month: Month) -> Markup {
    html! { time.nowrap datetime=(month) { (month) } }
}

/// A month as sentences say it: `2021年9月`.
pub fn month_words(month: Month) -> String {
    units::month(month.year(), month.month_of_year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_and_counts_keep_every_fen_and_their_unit() {
        assert_eq!(yuan(Fen::yuan(660)).0, "<span class=\"money\">660<span class=\"unit\">元</span></span>");
        assert!(yuan(Fen::new(120_050)).0.contains("1,200.50"));
        assert!(yuan_exact(Fen::yuan(1)).0.contains("1.00"));
        for (number, text) in [(0, "0"), (999, "999"), (140_000, "140,000"), (-1_234_567, "-1,234,567")] {
            assert_eq!(thousands(number), text);
        }
        assert!(of_text("1,260元/月").0.contains("1,260<span class=\"unit\">元/月</span>"));
        assert_eq!(of_text("农村").0, "农村");
    }
}
