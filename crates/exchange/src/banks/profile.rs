//! A bank's file format, read from a dated text.

use serde::Deserialize;
use values::Day;

use super::encoding::CodePage;
use super::record::Field;

/// How a bank wants its files.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// As people call it.
    pub name: String,
    /// The first day it is used.
    pub from: Day,
    pub(super) encoding: CodePage,
    pub(super) separator: char,
    pub(super) line_end: LineEnd,
    /// Lines a file may have; an order of more is written in parts of this many.
    pub max_rows: usize,
    file_name: String,
    return_file_name: String,
    pub(super) account_name: AccountNameRules,
    pub(super) remark: RemarkRules,
    pub(super) order: Shape,
    pub(super) answer: Shape,
    #[serde(rename = "code")]
    codes: Vec<Code>,
}

/// The three kinds of lines of a file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Shape {
    pub(super) header: Vec<Field>,
    pub(super) line: Vec<Field>,
    pub(super) trailer: Vec<Field>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(super) enum LineEnd {
    #[serde(rename = "CRLF")]
    CarriageReturnLineFeed,
    #[serde(rename = "LF")]
    LineFeed,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AccountNameRules {
    pub(super) max_bytes: usize,
    pub(super) spaces_allowed: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RemarkRules {
    pub(super) max_bytes: usize,
}

/// A code the bank answers with.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// As it stands in the file.
    pub code: String,
    /// What it means, in Chinese.
    pub meaning: String,
    /// True when the money arrived.
    pub paid: bool,
}

/// What is wrong with a profile.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProfileError {
    /// The text.
    #[error("银行格式看不懂：{0}")]
    Unreadable(String),
    /// A line lacks a field without which it cannot be checked.
    #[error("银行格式的 {line} 缺少“{field}”；没有它就核不了账")]
    FieldMissing {
        /// Which line.
        line: &'static str,
        /// Which field.
        field: &'static str,
    },
    /// A figure or list that cannot be.
    #[error("银行格式的 {0} 不对")]
    Impossible(&'static str),
}

impl Profile {
    /// Reads a profile.
    ///
    /// # Errors
    /// [`ProfileError`] in Chinese.
    pub fn parse(text: &str) -> Result<Profile, ProfileError> {
        let profile: Profile =
            toml::from_str(text).map_err(|error| ProfileError::Unreadable(error.message().to_owned()))?;
        profile.check()?;
        Ok(profile)
    }

    /// The lines that part `number` (from 1) of an order carries.
    pub fn part<'l>(&self, lines: &'l [super::PayLine], number: u32) -> Option<&'l [super::PayLine]> {
        let at = usize::try_from(number).ok()?.checked_sub(1)?;
        lines.chunks(self.max_rows).nth(at)
    }

    fn check(&self) -> Result<(), ProfileError> {
        use Field::*;
        let both_ends = [(Count, "笔数"), (Sum, "金额")];
        require("order.header", &self.order.header, &[(Run, "批次"), (Month, "月份"), (Part, "分卷")])?;
        require("order.header", &self.order.header, &both_ends)?;
        require("order.line", &self.order.line, &[(No, "序号"), (Account, "账号"), (Name, "户名"), (Sum, "金额")])?;
        require("order.trailer", &self.order.trailer, &both_ends)?;
        require("answer.header", &self.answer.header, &[(Run, "批次"), (Month, "月份"), (Part, "分卷")])?;
        require("answer.header", &self.answer.header, &[(PaidCount, "成功笔数"), (PaidSum, "成功金额")])?;
        require("answer.header", &self.answer.header, &both_ends)?;
        require("answer.line", &self.answer.line, &[(No, "序号"), (Account, "账号"), (Sum, "金额"), (Code, "返回码")])?;
        require("answer.trailer", &self.answer.trailer, &both_ends)?;
        let is_marked = |fields: &[Field]| matches!(fields.first(), Some(Mark(_)));
        let marked = [&self.order.header, &self.order.trailer, &self.answer.header, &self.answer.trailer];
        match () {
            () if !marked.into_iter().all(|fields| is_marked(fields)) => {
                Err(ProfileError::Impossible("标记：首行和尾行的第一栏必须是标记"))
            }
            () if self.max_rows == 0 => Err(ProfileError::Impossible("max_rows")),
            () if !"|,;\t^~".contains(self.separator) => Err(ProfileError::Impossible("separator")),
            () if !self.file_name.contains("{part}") || !self.file_name.contains("{run}") => {
                Err(ProfileError::Impossible("file_name"))
            }
            () if !self.codes.iter().any(|code| code.paid) => Err(ProfileError::Impossible("code：没有一个表示成功")),
            () => Ok(()),
        }
    }

    /// What a code means; none when the profile does not know it.
    pub fn code(&self, code: &str) -> Option<&Code> {
        self.codes.iter().find(|known| known.code == code)
    }

    /// Every code.
    pub fn codes(&self) -> &[Code] {
        &self.codes
    }

    pub(super) fn file_name(&self, is_answer: bool, parts: &[(&str, &str)]) -> String {
        let pattern = if is_answer { &self.return_file_name } else { &self.file_name };
        parts.iter().fold(pattern.clone(), |name, (hole, text)| name.replace(&format!("{{{hole}}}"), text))
    }

    pub(super) fn line_end(&self) -> &'static str {
        match self.line_end {
            LineEnd::CarriageReturnLineFeed => "\r\n",
            LineEnd::LineFeed => "\n",
        }
    }
}

fn require(line: &'static str, fields: &[Field], needed: &[(Field, &'static str)]) -> Result<(), ProfileError> {
    match needed.iter().find(|(field, _)| !fields.contains(field)) {
        Some((_, field)) => Err(ProfileError::FieldMissing { line, field }),
        None => Ok(()),
    }
}
