//! One line of a bank file: fields in the profile's order between separators.

use serde::Deserialize;
use values::Fen;

/// What stands between two separators.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(super) enum Field {
    /// A fixed text that says what kind of line it is.
    Mark(String),
    Run,
    County,
    Month,
    Part,
    Parts,
    Count,
    /// 金额: of a line, or the sum of all lines.
    Sum,
    PaidCount,
    PaidSum,
    No,
    Account,
    Name,
    Remark,
    Code,
}

impl TryFrom<String> for Field {
    type Error = String;

    fn try_from(text: String) -> Result<Field, String> {
        Ok(match text.as_str() {
            "批次" => Field::Run,
            "县代码" => Field::County,
            "月份" => Field::Month,
            "分卷" => Field::Part,
            "分卷数" => Field::Parts,
            "笔数" => Field::Count,
            "金额" => Field::Sum,
            "成功笔数" => Field::PaidCount,
            "成功金额" => Field::PaidSum,
            "序号" => Field::No,
            "账号" => Field::Account,
            "户名" => Field::Name,
            "摘要" => Field::Remark,
            "返回码" => Field::Code,
            text => match text.strip_prefix("标记:") {
                Some(mark) if !mark.is_empty() => Field::Mark(mark.to_owned()),
                _ => return Err(format!("不认识的栏目“{text}”")),
            },
        })
    }
}

/// A line that was taken apart.
pub(super) struct Record<'l> {
    fields: &'l [Field],
    cells: Vec<&'l str>,
}

impl<'l> Record<'l> {
    /// Takes a line apart; nothing when it has more or fewer cells than the profile, or another mark.
    pub(super) fn parse(fields: &'l [Field], separator: char, line: &'l str) -> Option<Record<'l>> {
        let cells: Vec<&str> = line.split(separator).collect();
        let has_marks =
            || fields.iter().zip(&cells).all(|(field, cell)| !matches!(field, Field::Mark(mark) if mark != cell));
        (cells.len() == fields.len() && has_marks()).then_some(Record { fields, cells })
    }

    /// The cell of a field; empty when the profile has no such field.
    pub(super) fn get(&self, field: &Field) -> &'l str {
        self.fields.iter().position(|known| known == field).map_or("", |at| self.cells[at])
    }

    pub(super) fn number(&self, field: &Field) -> Option<u32> {
        let text = self.get(field);
        let is_plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if is_plain { text.parse().ok() } else { None }
    }

    pub(super) fn sum(&self, field: &Field) -> Option<Fen> {
        let text = self.get(field);
        let (yuan, fen) = text.split_once('.')?;
        let is_plain = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
        // two decimals always: a sum whose last digit was cut off is no sum
        if fen.len() == 2 && is_plain(yuan) && is_plain(fen) { Fen::parse_yuan(text).ok() } else { None }
    }
}

/// Puts a line together; `cell` gives the text of every field that is no mark.
pub(super) fn compose(fields: &[Field], separator: char, out: &mut String, cell: impl Fn(&Field, &mut String)) {
    for (at, field) in fields.iter().enumerate() {
        if at > 0 {
            out.push(separator);
        }
        match field {
            Field::Mark(mark) => out.push_str(mark),
            field => cell(field, out),
        }
    }
}

/// `600.00`: no thousands marks.
pub(super) fn push_yuan(out: &mut String, amount: Fen) {
    use std::fmt::Write;
    assert!(!amount.is_negative(), "no bank file carries a negative amount");
    write!(out, "{}.{:02}", amount.fen() / 100, amount.fen() % 100).expect("a string takes all text");
}

/// `202109`.
pub(super) fn plain_month(month: values::Month) -> String {
    format!("{:04}{:02}", month.year(), month.month_of_year())
}
