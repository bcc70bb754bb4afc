//! Money and changes as people read them.

use values::Fen;

use crate::disclosure::Shown;

/// Yuan without the fen when there are none: `1,200`, `1,200.50`.
pub(crate) fn yuan(fen: Fen) -> String {
    let text = fen.to_string();
    text.strip_suffix(".00").map(str::to_owned).unwrap_or(text)
}

/// With its sign: `+50`, `-50`, `0`.
pub(crate) fn change(fen: Fen) -> String {
    if fen > Fen::ZERO { format!("+{}", yuan(fen)) } else { yuan(fen) }
}

/// Large sums in 万元 with two decimals, cut: `1,234.56 万元`; below 万元 in yuan.
pub(crate) fn large(fen: Fen) -> String {
    const TEN_THOUSAND_YUAN: i64 = 1_000_000;
    if fen.fen().abs() < TEN_THOUSAND_YUAN {
        return format!("{} 元", yuan(fen));
    }
    format!("{} 万元", Fen::new(fen.fen() / 10_000))
}

/// Yuan, or that they are hidden.
pub(crate) fn shown(fen: Shown<Fen>) -> String {
    fen.known().map_or_else(|| "不公开".to_owned(), yuan)
}

/// By how much, or that it is hidden.
pub(crate) fn difference(before: Shown<Fen>, after: Shown<Fen>) -> String {
    match (before.known(), after.known()) {
        (Some(before), Some(after)) => change(after - before),
        _ => "不公开".to_owned(),
    }
}

/// Of a whole, in percent with one decimal, cut: `12.3%`; nothing of nothing is none.
pub(crate) fn share(part: i64, whole: i64) -> String {
    if whole == 0 {
        return "—".to_owned();
    }
    let tenths = i128::from(part) * 1000 / i128::from(whole);
    let sign = if tenths < 0 { "-" } else { "" };
    format!("{sign}{}.{}%", tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_written_as_people_read_it() {
        assert_eq!([yuan(Fen::yuan(1200)), yuan(Fen::new(120_050))], ["1,200", "1,200.50"]);
        assert_eq!([change(Fen::yuan(8)), change(Fen::yuan(-8)), change(Fen::ZERO)], ["+8", "-8", "0"]);
        assert_eq!(large(Fen::yuan(12_345_678)), "1,234.56 万元");
        assert_eq!(large(Fen::yuan(9_999)), "9,999 元");
        assert_eq!([share(1, 8), share(-1, 8), share(0, 0)], ["12.5%", "-12.5%", "—"]);
    }
}
