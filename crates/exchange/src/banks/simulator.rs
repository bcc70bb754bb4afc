//! A bank for demonstrations and tests. It knows its own books and the files it is given, and nothing else of this house.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use values::Fen;

use super::order::{OrderRefusal, PartRead, PayLine, read_part};
use super::profile::{Code, Profile};
use super::record::{Field, compose, plain_month, push_yuan};

/// The accounts a bank holds: holder and state by number.
#[derive(Clone, Debug, Default)]
pub struct Accounts {
    held: HashMap<String, (String, State)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Open,
    Closed,
    Frozen,
    Other,
}

/// Why the bank cannot work.
#[derive(Debug, thiserror::Error)]
pub enum SimulatorFault {
    /// Its books.
    #[error("银行账户表第 {0} 行看不懂；应是 银行账号,户名,账户状态")]
    Accounts(usize),
    /// A file it was given.
    #[error("代发文件 {name} 读不了")]
    Order {
        /// Which.
        name: String,
        /// Why.
        source: OrderRefusal,
    },
    /// The profile has no code for what the bank has to say.
    #[error("银行格式里没有“{0}”这个返回码")]
    CodeMissing(&'static str),
    /// The disk.
    #[error("银行模拟器读写文件失败")]
    Disk(#[from] io::Error),
    /// The inbox.
    #[error("回盘文件放不进收件箱")]
    Inbox(#[from] super::OutboxRefusal),
}

impl Accounts {
    /// Reads `银行账号,户名,账户状态`; states are 正常, 已销户, 冻结, 其他.
    ///
    /// # Errors
    /// [`SimulatorFault::Accounts`] names the line.
    pub fn from_csv(text: &str) -> Result<Accounts, SimulatorFault> {
        let mut held = HashMap::new();
        let text = text.trim_start_matches('\u{feff}');
        for (at, row) in csv::Reader::from_reader(text.as_bytes()).records().enumerate() {
            let fault = || SimulatorFault::Accounts(at + 2);
            let row = row.map_err(|_| fault())?;
            let [account, holder, state] = [0, 1, 2].map(|column| row.get(column).unwrap_or_default());
            let state = match state {
                "正常" => State::Open,
                "已销户" => State::Closed,
                "冻结" => State::Frozen,
                "其他" => State::Other,
                _ => return Err(fault()),
            };
            held.insert(account.to_owned(), (holder.to_owned(), state));
        }
        Ok(Accounts { held })
    }

    /// What the bank does with a payment, in the words of the profile's codes.
    fn answer(&self, line: &PayLine) -> &'static str {
        match self.held.get(&line.account) {
            None => "账号不存在",
            Some((_, State::Closed)) => "账户已销户",
            Some((_, State::Frozen)) => "账户冻结",
            Some((_, State::Other)) => "其他",
            Some((holder, State::Open)) if *holder != line.account_name => "户名不符",
            Some((_, State::Open)) => "成功",
        }
    }
}

/// Answers one payment file: name and bytes of the return file.
///
/// # Errors
/// [`SimulatorFault`] when the file's totals do not tie: a bank then answers nothing.
pub fn answer(
    profile: &Profile,
    accounts: &Accounts,
    name: &str,
    bytes: &[u8],
) -> Result<(String, Vec<u8>), SimulatorFault> {
    let read = read_part(profile, bytes).map_err(|source| SimulatorFault::Order { name: name.to_owned(), source })?;
    let lines = &read.order.lines;
    let codes = lines.iter().map(|line| code_of(profile, accounts.answer(line))).collect::<Result<Vec<&Code>, _>>()?;
    let text = compose_answer(profile, &read, &codes);
    let bytes = profile.encoding.encode(&text).expect("the bank repeats what it was sent");
    let (month, part) = (plain_month(read.order.month), format!("{:03}", read.part));
    let holes = [("county", read.order.county.county6()), ("month", &month), ("run", &read.order.run), ("part", &part)];
    Ok((profile.file_name(true, &holes), bytes))
}

fn code_of<'p>(profile: &'p Profile, meaning: &'static str) -> Result<&'p Code, SimulatorFault> {
    profile.codes().iter().find(|code| code.meaning == meaning).ok_or(SimulatorFault::CodeMissing(meaning))
}

fn compose_answer(profile: &Profile, read: &PartRead, codes: &[&Code]) -> String {
    let lines = &read.order.lines;
    let paid = || lines.iter().zip(codes).filter(|(_, code)| code.paid);
    let month = plain_month(read.order.month);
    let of_file = |field: &Field, out: &mut String| match field {
        Field::Run => out.push_str(&read.order.run),
        Field::County => out.push_str(read.order.county.county6()),
        Field::Month => out.push_str(&month),
        Field::Part => out.push_str(&read.part.to_string()),
        Field::Parts => out.push_str(&read.parts.to_string()),
        Field::Count => out.push_str(&lines.len().to_string()),
        Field::Sum => push_yuan(out, lines.iter().map(|line| line.amount).sum()),
        Field::PaidCount => out.push_str(&paid().count().to_string()),
        Field::PaidSum => push_yuan(out, paid().map(|(line, _)| line.amount).sum::<Fen>()),
        _ => {}
    };
    let mut text = String::with_capacity(lines.len() * 64);
    compose(&profile.answer.header, profile.separator, &mut text, of_file);
    text.push_str(profile.line_end());
    for (line, code) in lines.iter().zip(codes) {
        compose(&profile.answer.line, profile.separator, &mut text, |field, out| match field {
            Field::No => out.push_str(&line.no.to_string()),
            Field::Account => out.push_str(&line.account),
            Field::Name => out.push_str(&line.account_name),
            Field::Sum => push_yuan(out, line.amount),
            Field::Code => out.push_str(&code.code),
            _ => {}
        });
        text.push_str(profile.line_end());
    }
    compose(&profile.answer.trailer, profile.separator, &mut text, of_file);
    text.push_str(profile.line_end());
    text
}

/// Answers every payment file of an outbox into an inbox.
/// Returns the files written.
///
/// # Errors
/// [`SimulatorFault`].
pub fn answer_folder(
    profile: &Profile,
    accounts: &Accounts,
    outbox: &Path,
    inbox: &Path,
) -> Result<Vec<PathBuf>, SimulatorFault> {
    fs::create_dir_all(inbox)?;
    let mut written = Vec::new();
    for file in super::waiting(outbox)? {
        let name = file.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let (answer_name, bytes) = answer(profile, accounts, &name, &file.bytes)?;
        written.push(super::put(inbox, &answer_name, &bytes)?);
    }
    Ok(written)
}
