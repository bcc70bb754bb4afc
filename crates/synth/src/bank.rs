//! What the agent bank holds: which accounts it pays, and which it sends back, and why.
//!
//! About three lines in a thousand come back. Which, follows from the seed and the account alone.

use std::collections::HashMap;
use std::path::Path;

use crate::city::City;
use crate::dice::Dice;
use crate::numbers::luhn_digit;
use crate::written::{CodePage, FileWritten, Progress, TextTable, WriteError};

/// How an account stands at the bank, in the words of a return file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AccountState {
    /// Pays.
    Open,
    /// 账号不存在.
    Unknown,
    /// 户名不符.
    NameDiffers,
    /// 账户已销户.
    Closed,
    /// 账户冻结.
    Frozen,
    /// 其他.
    Other,
}

impl AccountState {
    /// The reason a return file gives; none when the bank pays.
    pub const fn return_reason(self) -> Option<&'static str> {
        match self {
            AccountState::Open => None,
            AccountState::Unknown => Some("账号不存在"),
            AccountState::NameDiffers => Some("户名不符"),
            AccountState::Closed => Some("账户已销户"),
            AccountState::Frozen => Some("账户冻结"),
            AccountState::Other => Some("其他"),
        }
    }

    /// As `bank/accounts.csv` writes it.
    const fn held(self) -> &'static str {
        match self {
            AccountState::Open | AccountState::Unknown | AccountState::NameDiffers => "正常",
            AccountState::Closed => "已销户",
            AccountState::Frozen => "冻结",
            AccountState::Other => "其他",
        }
    }
}

/// One account the city pays to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankLine {
    /// The account the roster has.
    pub account: Box<str>,
    /// The holder the roster has.
    pub holder: Box<str>,
    /// The payee's ID number; empty for an institution.
    pub id: Box<str>,
    /// How it stands.
    pub state: AccountState,
}

/// Accounts that come back, in ten thousand.
const RETURNED_PER_10_000: u64 = 31;

/// How an account of that seed stands.
fn state_of(seed: u64, account: &str) -> AccountState {
    let number = account.bytes().fold(seed, |number, digit| number.wrapping_mul(31).wrapping_add(u64::from(digit)));
    let mut dice = Dice::new(number, 5);
    if dice.below(10_000) >= RETURNED_PER_10_000 {
        return AccountState::Open;
    }
    dice.weighted(&[
        (20, AccountState::Unknown),
        (30, AccountState::NameDiffers),
        (25, AccountState::Closed),
        (15, AccountState::Frozen),
        (10, AccountState::Other),
    ])
}

impl City {
    /// Every account the city pays to and how it stands at the bank, by account.
    pub fn bank_truth(&self) -> Vec<BankLine> {
        let mut lines = Vec::new();
        for person in self.households.iter().flat_map(|household| &household.members) {
            if let Some(account) = &person.account {
                let state = state_of(self.seed, account);
                lines.push(BankLine {
                    account: account.clone(),
                    holder: person.name.clone(),
                    id: person.id.clone(),
                    state,
                });
            }
        }
        lines.extend(self.institutions.iter().map(|home| BankLine {
            account: home.account.clone(),
            holder: home.name.clone(),
            id: "".into(),
            state: AccountState::Open,
        }));
        lines.sort_by(|a, b| a.account.cmp(&b.account));
        lines
    }
}

/// `bank/accounts.csv` as the bank would hold it, and `bank/corrections.csv`: the account the village brings
/// after a return.
pub(crate) fn write(city: &City, dir: &Path, progress: Progress<'_>) -> Result<Vec<FileWritten>, WriteError> {
    let truth = city.bank_truth();
    let mut accounts = TextTable::create(dir, "bank/accounts.csv", CodePage::Utf8, &["银行账号", "户名", "账户状态"])?;
    let headings = ["身份证号", "姓名", "原账号", "新开户名", "新账号"];
    let mut corrections = TextTable::create(dir, "bank/corrections.csv", CodePage::Utf8, &headings)?;
    for (at, line) in truth.iter().enumerate() {
        match line.state {
            AccountState::Open | AccountState::Closed | AccountState::Frozen | AccountState::Other => {
                accounts.put(&[&line.account, &line.holder, line.state.held()])?;
            }
            AccountState::NameDiffers => accounts.put(&[&line.account, &other_name(&line.holder), "正常"])?,
            AccountState::Unknown => {}
        }
        if line.state != AccountState::Open {
            let new = replacement(at);
            accounts.put(&[&new, &line.holder, "正常"])?;
            corrections.put(&[&line.id, &line.holder, &line.account, &line.holder, &new])?;
        }
    }
    Ok(vec![accounts.finish(progress)?, corrections.finish(progress)?])
}

/// The name under which the bank once opened the account: one character was heard differently.
fn other_name(holder: &str) -> String {
    let mut characters: Vec<char> = holder.chars().collect();
    let last = characters.last_mut().expect("a name has characters");
    *last = if *last == '英' { '瑛' } else { '英' };
    characters.into_iter().collect()
}

/// The account opened after a return: its own prefix, right by Luhn.
fn replacement(at: usize) -> String {
    let digits = format!("629998{:012}", 430_000_000_000 + at as u64 * 7_919);
    format!("{digits}{}", luhn_digit(&digits))
}

/// The bank's books, read back from `accounts.csv`: the simulated bank answers from them.
#[derive(Clone, Debug, Default)]
pub struct BankBooks {
    accounts: HashMap<String, (String, AccountState)>,
}

impl BankBooks {
    /// Reads `bank/accounts.csv`.
    ///
    /// # Errors
    /// The line that cannot be read, in Chinese.
    pub fn from_csv(text: &str) -> Result<BankBooks, String> {
        let mut accounts = HashMap::new();
        let mut rows = csv::Reader::from_reader(text.as_bytes());
        for (at, row) in rows.records().enumerate() {
            let unreadable = || format!("账户表第 {} 行看不懂", at + 2);
            let row = row.map_err(|_| unreadable())?;
            let [account, holder, state] = [0, 1, 2].map(|column| row.get(column).unwrap_or_default());
            let state = [AccountState::Open, AccountState::Closed, AccountState::Frozen, AccountState::Other]
                .into_iter()
                .find(|known| known.held() == state)
                .ok_or_else(unreadable)?;
            accounts.insert(account.to_owned(), (holder.to_owned(), state));
        }
        Ok(BankBooks { accounts })
    }

    /// How the bank treats a payment to that account under that name.
    pub fn answer(&self, account: &str, holder: &str) -> AccountState {
        match self.accounts.get(account) {
            None => AccountState::Unknown,
            Some((held, AccountState::Open)) if held != holder => AccountState::NameDiffers,
            Some((_, state)) => *state,
        }
    }
}
