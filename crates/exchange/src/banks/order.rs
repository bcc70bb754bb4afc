//! Payment files: the lines of an envelope in the bank's format, split where the bank asks, with totals that tie.

use sha2::{Digest, Sha256};
use values::{AreaCode, Fen, Month};

use super::profile::Profile;
use super::record::{Field, Record, compose, plain_month, push_yuan};

/// One payment as the bank sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayLine {
    /// From 1 within the order; never used twice.
    pub no: u32,
    /// Whose account.
    pub account_name: String,
    /// Account number.
    pub account: String,
    /// More than nothing.
    pub amount: Fen,
    /// What the passbook shows: 农村低保.
    pub remark: String,
}

/// Everything one county pays in one run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The run's number: letters, digits and hyphens.
    pub run: String,
    /// The county that pays.
    pub county: AreaCode,
    /// The month it is for.
    pub month: Month,
    /// In the order of their numbers.
    pub lines: Vec<PayLine>,
}

/// A file for the bank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankFile {
    /// Its name in the outbox.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Part, from 1.
    pub part: u32,
    /// Lines.
    pub count: usize,
    /// Their sum.
    pub sum: Fen,
    /// SHA-256 of the bytes.
    pub digest: [u8; 32],
}

/// A line that no file carries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldLine {
    /// Its number.
    pub no: u32,
    /// Why.
    pub reason: HeldReason,
}

/// Why a line cannot be written. The texts repeat no name and no account.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HeldReason {
    /// The encoding has no such character.
    #[error("户名里的“{character}”用银行的 {encoding} 编码写不出来；请与银行商定这个字怎么写，再补发")]
    Character {
        /// Which.
        character: char,
        /// The profile's encoding.
        encoding: &'static str,
    },
    /// A space, a separator, a control character.
    #[error("户名第 {at} 个字是空格或银行文件不允许的符号；请按银行卡上的户名改正")]
    NameSign {
        /// Place, from 1.
        at: usize,
    },
    /// Empty, or longer than the bank takes.
    #[error("户名是空的，或超过银行文件的 {max_bytes} 字节；请与银行商定简写")]
    NameLength {
        /// The profile's limit.
        max_bytes: usize,
    },
    /// Not 16 to 19 digits.
    #[error("银行账号不是 16 到 19 位数字；请更正账号")]
    Account,
    /// Nothing, or less.
    #[error("金额不是正数；请复核这一笔")]
    Amount,
    /// The remark cannot be written.
    #[error("摘要写不进银行文件；请改短或换字")]
    Remark,
}

/// The files of an order, and what is in none of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderFiles {
    /// In the order of their parts.
    pub files: Vec<BankFile>,
    /// Held for a person.
    pub held: Vec<HeldLine>,
    /// Lines in all files.
    pub count: usize,
    /// Their sum.
    pub sum: Fen,
}

/// Why an order is refused as a whole, or a file of ours cannot be read back.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OrderRefusal {
    /// The run's number would break file name or header.
    #[error("批次号只能用字母、数字和连字符，最多 40 个")]
    Run,
    /// Numbers twice, or not in order.
    #[error("第 {0} 笔的序号重复或次序不对")]
    Numbers(u32),
    /// Nothing to pay.
    #[error("没有一笔可以写进银行文件")]
    Nothing,
    /// More money than can be counted.
    #[error("金额合计超出范围")]
    Overflow,
    /// A file that is not as we write them.
    #[error("代发文件第 {line} 行看不懂，或与首尾的笔数、金额对不上")]
    Unreadable {
        /// Line, from 1.
        line: usize,
    },
}

impl Order {
    /// Writes the order as files.
    ///
    /// # Errors
    /// [`OrderRefusal`]; single lines that cannot be written are held instead.
    pub fn write(&self, profile: &Profile) -> Result<OrderFiles, OrderRefusal> {
        self.check()?;
        let mut held = Vec::new();
        let mut good: Vec<&PayLine> = Vec::with_capacity(self.lines.len());
        for line in &self.lines {
            match line.why_held(profile) {
                Some(reason) => held.push(HeldLine { no: line.no, reason }),
                None => good.push(line),
            }
        }
        let sum = total(&good).ok_or(OrderRefusal::Overflow)?;
        if good.is_empty() {
            return Err(OrderRefusal::Nothing);
        }
        let parts = good.chunks(profile.max_rows);
        let count_of_parts = parts.len();
        let files: Vec<BankFile> =
            parts.enumerate().map(|(at, lines)| self.file(profile, at + 1, count_of_parts, lines)).collect();
        assert_eq!(files.iter().map(|file| file.sum).sum::<Fen>(), sum, "the parts of an order tie with the order");
        Ok(OrderFiles { files, held, count: good.len(), sum })
    }

    fn check(&self) -> Result<(), OrderRefusal> {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        if self.run.is_empty() || self.run.len() > 40 || !self.run.bytes().all(is_plain) {
            return Err(OrderRefusal::Run);
        }
        match self.lines.windows(2).find(|pair| pair[0].no >= pair[1].no) {
            Some(pair) => Err(OrderRefusal::Numbers(pair[1].no)),
            None => Ok(()),
        }
    }

    fn file(&self, profile: &Profile, part: usize, parts: usize, lines: &[&PayLine]) -> BankFile {
        let sum = total(lines).expect("a part is not more than the order");
        let month = plain_month(self.month);
        let mut text = String::with_capacity(lines.len() * 64);
        let of_file = |field: &Field, out: &mut String| match field {
            Field::Run => out.push_str(&self.run),
            Field::County => out.push_str(self.county.county6()),
            Field::Month => out.push_str(&month),
            Field::Part => out.push_str(&part.to_string()),
            Field::Parts => out.push_str(&parts.to_string()),
            Field::Count => out.push_str(&lines.len().to_string()),
            Field::Sum => push_yuan(out, sum),
            _ => {}
        };
        compose(&profile.order.header, profile.separator, &mut text, of_file);
        text.push_str(profile.line_end());
        for line in lines {
            compose(&profile.order.line, profile.separator, &mut text, |field, out| line.push(field, out));
            text.push_str(profile.line_end());
        }
        compose(&profile.order.trailer, profile.separator, &mut text, of_file);
        text.push_str(profile.line_end());
        let bytes = profile.encoding.encode(&text).expect("every line was tried before");
        let (county, number) = (self.county.county6(), format!("{part:03}"));
        let holes =
            [("county", county), ("month", month.as_str()), ("run", self.run.as_str()), ("part", number.as_str())];
        let digest = Sha256::digest(&bytes).into();
        BankFile { name: profile.file_name(false, &holes), bytes, part: part as u32, count: lines.len(), sum, digest }
    }
}

impl PayLine {
    fn push(&self, field: &Field, out: &mut String) {
        match field {
            Field::No => out.push_str(&self.no.to_string()),
            Field::Account => out.push_str(&self.account),
            Field::Name => out.push_str(&self.account_name),
            Field::Sum => push_yuan(out, self.amount),
            Field::Remark => out.push_str(&self.remark),
            _ => {}
        }
    }

    /// Why this line cannot be written; nothing when it can.
    pub fn why_held(&self, profile: &Profile) -> Option<HeldReason> {
        let rules = &profile.account_name;
        let is_wrong = |c: char| {
            c == profile.separator || c.is_control() || (c.is_whitespace() && !(rules.spaces_allowed && c == ' '))
        };
        if self.amount.fen() <= 0 {
            return Some(HeldReason::Amount);
        }
        if !(16..=19).contains(&self.account.len()) || !self.account.bytes().all(|byte| byte.is_ascii_digit()) {
            return Some(HeldReason::Account);
        }
        if let Some(at) = self.account_name.chars().position(is_wrong) {
            return Some(HeldReason::NameSign { at: at + 1 });
        }
        match profile.encoding.encode(&self.account_name) {
            Err(character) => return Some(HeldReason::Character { character, encoding: profile.encoding.name() }),
            Ok(bytes) if bytes.is_empty() || bytes.len() > rules.max_bytes => {
                return Some(HeldReason::NameLength { max_bytes: rules.max_bytes });
            }
            Ok(_) => {}
        }
        let remark = profile.encoding.encode(&self.remark);
        let fits = remark.is_ok_and(|bytes| bytes.len() <= profile.remark.max_bytes);
        let is_clean = !self.remark.chars().any(|c| c == profile.separator || c.is_control());
        (!fits || !is_clean).then_some(HeldReason::Remark)
    }
}

fn total(lines: &[&PayLine]) -> Option<Fen> {
    lines.iter().try_fold(Fen::ZERO, |sum, line| sum.checked_add(line.amount))
}

/// A payment file read back: part, and the order with the lines of that part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PartRead {
    pub(super) part: u32,
    pub(super) parts: u32,
    pub(super) order: Order,
}

/// Reads a payment file as the bank would, every total checked.
pub(super) fn read_part(profile: &Profile, bytes: &[u8]) -> Result<PartRead, OrderRefusal> {
    let unreadable = |line: usize| OrderRefusal::Unreadable { line };
    let text = profile.encoding.decode(bytes).ok_or(unreadable(1))?;
    let lines: Vec<&str> = text.lines().collect();
    let [first, middle @ .., last] = lines.as_slice() else { return Err(unreadable(1)) };
    let record = |fields, at: usize, line| Record::parse(fields, profile.separator, line).ok_or(unreadable(at));
    let header = record(&profile.order.header, 1, first)?;
    let trailer = record(&profile.order.trailer, lines.len(), last)?;
    let mut read = Vec::with_capacity(middle.len());
    for (at, line) in middle.iter().enumerate() {
        let cells = record(&profile.order.line, at + 2, line)?;
        read.push(PayLine {
            no: cells.number(&Field::No).ok_or(unreadable(at + 2))?,
            account_name: cells.get(&Field::Name).to_owned(),
            account: cells.get(&Field::Account).to_owned(),
            amount: cells.sum(&Field::Sum).ok_or(unreadable(at + 2))?,
            remark: cells.get(&Field::Remark).to_owned(),
        });
    }
    let sum = total(&read.iter().collect::<Vec<_>>()).ok_or(OrderRefusal::Overflow)?;
    for (at, ends) in [(1, &header), (lines.len(), &trailer)] {
        let ties = ends.number(&Field::Count) == u32::try_from(read.len()).ok() && ends.sum(&Field::Sum) == Some(sum);
        if !ties {
            return Err(unreadable(at));
        }
    }
    let county = header.get(&Field::County).parse().unwrap_or(AreaCode::NATION);
    let month = header.get(&Field::Month).parse().map_err(|_| unreadable(1))?;
    let order = Order { run: header.get(&Field::Run).to_owned(), county, month, lines: read };
    let part = header.number(&Field::Part).ok_or(unreadable(1))?;
    Ok(PartRead { part, parts: header.number(&Field::Parts).unwrap_or(1), order })
}
