//! What a cell says, whatever the spreadsheet program made of it: formulas, lost digits, day numbers, floating amounts.

use values::Day;

use crate::sheets::{Cell, CellKind};

/// A spreadsheet keeps fifteen digits of a number; all beyond are gone.
const DIGITS_KEPT: usize = 15;
/// Day numbers up to this are dates (2118); above it, eight or six digits in a row are.
const LAST_DAY_NUMBER: i64 = 79_999;

/// Text of a cell; nothing when it is empty or holds a mark for nothing.
///
/// # Errors
/// A formula, an error value: in Chinese, with what to do.
pub(crate) fn text(cell: &Cell) -> Result<Option<&str>, String> {
    match cell.kind {
        CellKind::Empty => Ok(None),
        CellKind::Formula => Err("单元格是公式，系统只收数值；请选中这一列复制，再“选择性粘贴—数值”".to_owned()),
        CellKind::Error => Err("单元格是错误值（以 # 开头）；请改正后再导入".to_owned()),
        CellKind::Text if matches!(cell.text.as_str(), "/" | "\\" | "-" | "--" | "—" | "——" | "／" | "－") => {
            Ok(None)
        }
        CellKind::Text | CellKind::Number => Ok(Some(&cell.text)),
    }
}

/// A number that names something: ID number, account, telephone. As a number it may have lost its end.
pub(crate) fn identifier(cell: &Cell) -> Result<Option<&str>, String> {
    let Some(text) = text(cell)? else { return Ok(None) };
    let is_number = cell.kind == CellKind::Number;
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    if is_number && (digits > DIGITS_KEPT || text.contains(['e', 'E', '.'])) {
        return Err("单元格是数字格式，第 15 位以后的数字已经丢失，改成文本也找不回来；请把这一列设为“文本”，按证件或卡片重新填写".to_owned());
    }
    Ok(Some(text))
}

/// A sum or a count. `660.10000000000002` is how spreadsheets write 660.1.
pub(crate) fn amount(cell: &Cell) -> Result<Option<String>, String> {
    let Some(text) = text(cell)? else { return Ok(None) };
    Ok(Some(if cell.kind == CellKind::Number { tidy_number(text) } else { text.to_owned() }))
}

/// A number of a spreadsheet with at most two decimals, when it is one up to the program's own noise.
fn tidy_number(text: &str) -> String {
    let decimals = text.split_once('.').map_or(0, |(_, part)| part.len());
    if decimals <= 2 && !text.contains(['e', 'E']) {
        return text.to_owned();
    }
    match text.parse::<f64>() {
        Ok(number) if number.abs() < 1e12 && (number * 100.0 - (number * 100.0).round()).abs() < 1e-4 => {
            let cents = (number * 100.0).round() as i64;
            let sign = if cents < 0 { "-" } else { "" };
            match (cents.abs() / 100, cents.abs() % 100) {
                (whole, 0) => format!("{sign}{whole}"),
                (whole, part) => format!("{sign}{whole}.{part:02}"),
            }
        }
        _ => text.to_owned(),
    }
}

/// A date: as written, or from the spreadsheet's day number.
pub(crate) fn date(cell: &Cell, counts_from_1904: bool) -> Result<Option<String>, String> {
    let Some(text) = text(cell)? else { return Ok(None) };
    let day = match cell.kind {
        CellKind::Number => day_number(text).map(|number| day_of_number(number, counts_from_1904)),
        _ => None,
    };
    Ok(Some(day.map_or_else(|| text.to_owned(), |day| day.to_string())))
}

/// The whole part: behind the point stands the time of day.
fn day_number(text: &str) -> Option<i64> {
    let whole = text.split('.').next()?;
    whole.parse().ok().filter(|number| (1..=LAST_DAY_NUMBER).contains(number))
}

fn day_of_number(number: i64, counts_from_1904: bool) -> Day {
    let day = |y, m, d| Day::new(y, m, d).expect("a day of the calendar");
    match (counts_from_1904, number) {
        (true, number) => day(1904, 1, 1).plus_days(number),
        // the program believes in 29 February 1900, which was day 60
        (false, number @ ..60) => day(1899, 12, 31).plus_days(number),
        (false, number) => day(1899, 12, 30).plus_days(number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Cell {
        Cell { kind: CellKind::Number, text: text.to_owned() }
    }

    #[test]
    fn amounts_lose_the_noise_of_spreadsheets_and_nothing_else() {
        for (written, read) in [
            ("660", "660"),
            ("660.5", "660.5"),
            ("660.10000000000002", "660.10"),
            ("1.1000000000000001", "1.10"),
            ("1E+3", "1000"),
            ("-0.30000000000000004", "-0.30"),
            ("12.345", "12.345"),
            ("4.30219E+17", "4.30219E+17"),
        ] {
            assert_eq!(amount(&number(written)), Ok(Some(read.to_owned())), "{written}");
        }
    }

    #[test]
    fn numbers_that_lost_digits_are_refused() {
        for lost in ["4.30219E+17", "430399196805120020", "6222021900000000018", "1.5"] {
            assert!(identifier(&number(lost)).is_err(), "{lost}");
        }
        assert_eq!(identifier(&number("13800000001")), Ok(Some("13800000001")));
        let text = Cell { kind: CellKind::Text, text: "430399196805120021".to_owned() };
        assert_eq!(identifier(&text), Ok(Some("430399196805120021")));
    }

    #[test]
    fn day_numbers_are_days_of_either_calendar() {
        for (written, from_1904, day) in [
            ("44440", false, "2021-09-01"),
            ("44440.5", false, "2021-09-01"),
            ("42978", true, "2021-09-01"),
            ("1", false, "1900-01-01"),
            ("59", false, "1900-02-28"),
            ("61", false, "1900-03-01"),
            ("20210901", false, "20210901"),
        ] {
            assert_eq!(date(&number(written), from_1904), Ok(Some(day.to_owned())), "{written}");
        }
    }

    #[test]
    fn formulas_and_error_values_are_refused_and_marks_for_nothing_are_nothing() {
        let cell = |kind, text: &str| Cell { kind, text: text.to_owned() };
        assert!(text(&cell(CellKind::Formula, "4")).unwrap_err().contains("选择性粘贴"));
        assert!(text(&cell(CellKind::Error, "#REF!")).is_err());
        assert_eq!(text(&cell(CellKind::Text, "／")), Ok(None));
        assert_eq!(text(&cell(CellKind::Text, "无")), Ok(Some("无")));
    }
}
