//! The bank's answers: read only when every total ties; the same answer is the same whatever it is called.

use sha2::{Digest, Sha256};
use values::{Fen, Month};

use super::profile::Profile;
use super::record::{Field, Record};

/// A file of answers whose totals tie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The run it answers.
    pub run: String,
    /// Month of the run.
    pub month: Month,
    /// Which part.
    pub part: u32,
    /// In the order of the file.
    pub lines: Vec<AnswerLine>,
    /// Sum of all lines.
    pub sum: Fen,
    /// Lines that the bank counts as paid.
    pub paid_count: u32,
    /// Their sum.
    pub paid_sum: Fen,
    /// SHA-256 of what the file says, not of its bytes: a copy in another encoding or with other line ends is the same answer.
    pub digest: [u8; 32],
}

/// What the bank says of one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerLine {
    /// Our number.
    pub no: u32,
    /// Account it speaks of.
    pub account: String,
    /// Amount it speaks of.
    pub amount: Fen,
    /// Its code.
    pub code: String,
}

/// Why an answer is refused as a whole. Nothing of it is booked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AnswerRefusal {
    /// Bytes of another encoding.
    #[error("回盘文件不是 {0} 编码，读不出来；请银行重新给一份，不要用记事本另存")]
    Encoding(&'static str),
    /// No header of this profile.
    #[error("回盘文件的第一行不是约定的首行；请核对是不是选错了文件")]
    Header,
    /// Cut off.
    #[error("回盘文件没有尾行，可能没有传完；请银行重新传一份")]
    Truncated,
    /// A line that cannot be read.
    #[error("回盘文件第 {line} 行看不懂；请银行重新给一份")]
    Line {
        /// Line, from 1.
        line: usize,
    },
    /// Counts or sums that do not tie.
    #[error("回盘文件{place}写的{what}与逐行加起来的对不上；整个文件不入账，请银行核对后重新给一份")]
    Totals {
        /// 首行 or 尾行.
        place: &'static str,
        /// 笔数, 金额, 成功笔数, 成功金额.
        what: &'static str,
    },
    /// Of another run.
    #[error("回盘文件是批次 {found} 的，不是 {expected} 的；请核对是不是选错了文件")]
    OtherRun {
        /// In the file.
        found: String,
        /// Of the order.
        expected: String,
    },
    /// Of another month.
    #[error("回盘文件是 {found} 的，不是 {expected} 的；请核对是不是选错了文件")]
    OtherMonth {
        /// In the file.
        found: Month,
        /// Of the order.
        expected: Month,
    },
}

impl Answer {
    /// Reads a file of answers.
    ///
    /// # Errors
    /// [`AnswerRefusal`]: a file that does not tie is no answer.
    pub fn read(profile: &Profile, bytes: &[u8]) -> Result<Answer, AnswerRefusal> {
        let text = profile.encoding.decode(bytes).ok_or(AnswerRefusal::Encoding(profile.encoding.name()))?;
        let lines: Vec<&str> = text.lines().collect();
        let record = |fields, line| Record::parse(fields, profile.separator, line);
        let header =
            lines.first().and_then(|line| record(&profile.answer.header, line)).ok_or(AnswerRefusal::Header)?;
        let trailer = lines.last().filter(|_| lines.len() > 1).and_then(|line| record(&profile.answer.trailer, line));
        let trailer = trailer.ok_or(AnswerRefusal::Truncated)?;
        let mut read = Vec::with_capacity(lines.len());
        for (at, line) in lines.iter().enumerate().take(lines.len() - 1).skip(1) {
            read.push(read_line(profile, line).ok_or(AnswerRefusal::Line { line: at + 1 })?);
        }
        let answer = Answer {
            run: header.get(&Field::Run).to_owned(),
            month: header.get(&Field::Month).parse().map_err(|_| AnswerRefusal::Header)?,
            part: header.number(&Field::Part).ok_or(AnswerRefusal::Header)?,
            sum: read
                .iter()
                .try_fold(Fen::ZERO, |sum, line| sum.checked_add(line.amount))
                .ok_or(AnswerRefusal::Totals { place: "首行", what: "金额" })?,
            paid_count: header.number(&Field::PaidCount).ok_or(AnswerRefusal::Header)?,
            paid_sum: header.sum(&Field::PaidSum).ok_or(AnswerRefusal::Header)?,
            lines: read,
            digest: digest(&lines),
        };
        answer.check("首行", &header)?;
        answer.check("尾行", &trailer)?;
        answer.check_paid(profile)?;
        Ok(answer)
    }

    fn check(&self, place: &'static str, ends: &Record<'_>) -> Result<(), AnswerRefusal> {
        if ends.number(&Field::Count) != u32::try_from(self.lines.len()).ok() {
            return Err(AnswerRefusal::Totals { place, what: "笔数" });
        }
        if ends.sum(&Field::Sum) != Some(self.sum) {
            return Err(AnswerRefusal::Totals { place, what: "金额" });
        }
        Ok(())
    }

    /// Lines of unknown code may be either: the bank's figure must lie between.
    fn check_paid(&self, profile: &Profile) -> Result<(), AnswerRefusal> {
        let of = |wanted: fn(Option<bool>) -> bool| {
            let lines = self.lines.iter().filter(|line| wanted(profile.code(&line.code).map(|code| code.paid)));
            lines.fold((0u32, Fen::ZERO), |(count, sum), line| (count + 1, sum + line.amount))
        };
        let (least_count, least_sum) = of(|paid| paid == Some(true));
        let (unknown_count, unknown_sum) = of(|paid| paid.is_none());
        if !(least_count..=least_count + unknown_count).contains(&self.paid_count) {
            return Err(AnswerRefusal::Totals { place: "首行", what: "成功笔数" });
        }
        if !(least_sum..=least_sum + unknown_sum).contains(&self.paid_sum) {
            return Err(AnswerRefusal::Totals { place: "首行", what: "成功金额" });
        }
        Ok(())
    }
}

fn read_line(profile: &Profile, line: &str) -> Option<AnswerLine> {
    let cells = Record::parse(&profile.answer.line, profile.separator, line)?;
    Some(AnswerLine {
        no: cells.number(&Field::No)?,
        account: cells.get(&Field::Account).to_owned(),
        amount: cells.sum(&Field::Sum)?,
        code: cells.get(&Field::Code).trim().to_owned(),
    })
}

fn digest(lines: &[&str]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for line in lines {
        hash.update(line.trim_end().as_bytes());
        hash.update(b"\n");
    }
    hash.finalize().into()
}
