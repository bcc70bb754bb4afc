//! Characters to words. Chinese and ASCII spellings and full-width punctuation mean the same.

use values::{Day, Fen};

use crate::engine::num::Num;
use crate::form::Ratio;
use crate::page::Place;

/// A word of the language.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Token {
    Name(String),
    Word(Word),
    Number(Num, Unit),
    Date(Day),
    Text(String),
    /// The inside of 〔 〕.
    Cite(String),
    Sign(char),
    End,
}

/// Words the language keeps for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Word {
    EachPerson,
    Condition,
    Doubt,
    Amount,
    Part,
    PaidTo,
    Replace,
    Drop,
    Otherwise,
    Because,
    NextStep,
    If,
    Then,
    And,
    Or,
    Not,
    In,
    NotIn,
    Yes,
    No,
}

/// The unit a number is written with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    /// None, or 岁 人 套.
    Plain,
    Percent,
    Months,
    Yuan,
    YuanPerMonth,
    YuanPerYear,
}

/// A word with its place and how it was written.
#[derive(Clone, Debug)]
pub(crate) struct Spot {
    pub(crate) token: Token,
    pub(crate) at: Place,
    pub(crate) raw: String,
    /// A blank or a line's end stands before it.
    pub(crate) apart: bool,
}

/// What could not be read, where.
#[derive(Debug)]
pub(crate) struct Unreadable {
    pub(crate) at: Place,
    pub(crate) message: String,
}

const WORDS: [(&str, Word); 28] = [
    ("每人", Word::EachPerson),
    ("条件", Word::Condition),
    ("转人工", Word::Doubt),
    ("金额", Word::Amount),
    ("分项", Word::Part),
    ("交给", Word::PaidTo),
    ("改", Word::Replace),
    ("删", Word::Drop),
    ("否则", Word::Otherwise),
    ("else", Word::Otherwise),
    ("因", Word::Because),
    ("下一步", Word::NextStep),
    ("若", Word::If),
    ("如果", Word::If),
    ("if", Word::If),
    ("则", Word::Then),
    ("then", Word::Then),
    ("且", Word::And),
    ("and", Word::And),
    ("或", Word::Or),
    ("or", Word::Or),
    ("非", Word::Not),
    ("not", Word::Not),
    ("属于", Word::In),
    ("in", Word::In),
    ("不属于", Word::NotIn),
    ("真", Word::Yes),
    ("假", Word::No),
];

/// Reads one line of a block, adding its words.
pub(crate) fn read_line(line: u32, text: &str, words: &mut Vec<Spot>) -> Result<(), Unreadable> {
    let chars: Vec<char> = text.chars().collect();
    let mut scan = Scan { chars: &chars, next: 0, line };
    let mut apart = true;
    while let Some(c) = scan.peek(0) {
        if c.is_whitespace() {
            scan.next += 1;
            apart = true;
            continue;
        }
        let (start, at) = (scan.next, scan.place());
        let token = scan.token(c).map_err(|message| Unreadable { at, message })?;
        let raw = chars[start..scan.next].iter().collect();
        words.push(Spot { token, at, raw, apart });
        apart = false;
    }
    Ok(())
}

struct Scan<'c> {
    chars: &'c [char],
    next: usize,
    line: u32,
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() && !('０'..='９').contains(&c) || c == '_' || c == '·'
}

/// Marks that print nothing, or turn the direction of what follows: they make a line look like another one.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

fn plain(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '、' => ',',
        '×' | '✕' => '*',
        '÷' => '/',
        '−' => '-',
        '≦' => '≤',
        '≧' => '≥',
        c => c,
    }
}

impl Scan<'_> {
    fn peek(&self, ahead: usize) -> Option<char> {
        self.chars.get(self.next + ahead).copied()
    }

    fn place(&self) -> Place {
        Place { line: self.line, column: self.next as u32 + 1 }
    }

    fn token(&mut self, first: char) -> Result<Token, String> {
        match plain(first) {
            '〔' | '【' => self.until(['〕', '】'], "〔 没有收尾的 〕").map(Token::Cite),
            '"' | '“' | '”' | '「' => self.until_quote(),
            c if c.is_ascii_digit() => self.number(),
            _ if is_name(first) => Ok(self.name()),
            c => self.sign(first, c),
        }
    }

    fn until(&mut self, ends: [char; 2], message: &str) -> Result<String, String> {
        let rest = &self.chars[self.next + 1..];
        let length = rest.iter().position(|c| ends.contains(c)).ok_or_else(|| message.to_owned())?;
        self.next += length + 2;
        Ok(rest[..length].iter().collect::<String>().trim().to_owned())
    }

    fn until_quote(&mut self) -> Result<Token, String> {
        let close: &[char] = match self.chars[self.next] {
            '「' => &['」'],
            '"' | '＂' => &['"', '＂'],
            _ => &['”'],
        };
        let rest = &self.chars[self.next + 1..];
        let length = rest.iter().position(|c| close.contains(c)).ok_or("引号没有收尾")?;
        self.next += length + 2;
        Ok(Token::Text(rest[..length].iter().collect()))
    }

    fn name(&mut self) -> Token {
        let rest = &self.chars[self.next..];
        let length = rest.iter().position(|&c| !is_name(c)).unwrap_or(rest.len());
        self.next += length;
        let name: String = rest[..length].iter().collect();
        match WORDS.iter().find(|(word, _)| *word == name) {
            Some((_, word)) => Token::Word(*word),
            None => Token::Name(name),
        }
    }

    fn sign(&mut self, written: char, c: char) -> Result<Token, String> {
        let after = self.peek(1).map(plain);
        let (sign, length) = match (c, after) {
            ('<', Some('=')) | ('=', Some('<')) => ('≤', 2),
            ('>', Some('=')) => ('≥', 2),
            ('!', Some('=')) | ('<', Some('>')) => ('≠', 2),
            ('=', Some('=')) => ('=', 2),
            ('&', Some('&')) => ('&', 2),
            ('|', Some('|')) => ('|', 2),
            ('=' | '<' | '>' | '≤' | '≥' | '≠' | '+' | '-' | '*' | '/' | '(' | ')' | '{' | '}' | ',' | ':', _) => {
                (c, 1)
            }
            _ if c.is_control() || is_invisible(c) => {
                return Err(format!("这里有一个看不见的字（U+{:04X}），请删去", c as u32));
            }
            _ => return Err(format!("看不懂“{written}”")),
        };
        self.next += length;
        Ok(match sign {
            '&' => Token::Word(Word::And),
            '|' => Token::Word(Word::Or),
            sign => Token::Sign(sign),
        })
    }

    fn number(&mut self) -> Result<Token, String> {
        if let Some(day) = self.date() {
            return day;
        }
        let start = self.next;
        while self.peek(0).map(plain).is_some_and(|c| c.is_ascii_digit() || c == '.') {
            self.next += 1;
        }
        let digits: String = self.chars[start..self.next].iter().map(|&c| plain(c)).collect();
        let unit = self.unit();
        self.strange_unit(&digits, unit)?;
        let number = match unit {
            Unit::Yuan | Unit::YuanPerMonth | Unit::YuanPerYear => {
                Fen::parse_yuan(&digits).ok().filter(|fen| fen.fen() < LARGEST).map(|fen| Num::whole(fen.fen()))
            }
            Unit::Plain | Unit::Months if !digits.contains('.') => {
                digits.parse::<i64>().ok().filter(|&n| n < LARGEST).map(Num::whole)
            }
            Unit::Plain | Unit::Months => Ratio::parse(&digits).and_then(ratio),
            Unit::Percent => Ratio::parse(&format!("{digits}%")).and_then(ratio),
        };
        number.map(|number| Token::Number(number, unit)).ok_or_else(|| format!("数字“{digits}”看不懂或太大"))
    }

    /// A name glued to a number is a unit that nobody knows; a word of the language may stand there.
    fn strange_unit(&self, digits: &str, unit: Unit) -> Result<(), String> {
        let rest = &self.chars[self.next..];
        let length = rest.iter().position(|&c| !is_name(c)).unwrap_or(rest.len());
        let glued: String = rest[..length].iter().collect();
        if unit != Unit::Plain || glued.is_empty() || WORDS.iter().any(|(word, _)| *word == glued) {
            return Ok(());
        }
        Err(format!("“{digits}”后面的单位“{glued}”不认识；有：元、元/月、元/年、个月、%、倍、岁、人、套"))
    }

    /// `2021-07-01`, exactly so written.
    fn date(&mut self) -> Option<Result<Token, String>> {
        let text: String = self.chars[self.next..].iter().take(10).collect();
        let shape = |(at, b): (usize, u8)| if at == 4 || at == 7 { b == b'-' } else { b.is_ascii_digit() };
        if text.len() != 10 || !text.bytes().enumerate().all(shape) {
            return None;
        }
        self.next += 10;
        Some(Day::parse(&text).map(Token::Date).map_err(|error| error.to_string()))
    }

    fn unit(&mut self) -> Unit {
        for (written, unit) in UNITS {
            let length = written.chars().count();
            let here: String = self.chars[self.next..].iter().take(length).map(|&c| plain(c)).collect();
            let ended = written.ends_with('%') || !self.peek(length).is_some_and(is_name);
            if here == written && ended {
                self.next += length;
                return unit;
            }
        }
        Unit::Plain
    }
}

/// Longer spellings first.
const UNITS: [(&str, Unit); 10] = [
    ("元/月", Unit::YuanPerMonth),
    ("元/年", Unit::YuanPerYear),
    ("元", Unit::Yuan),
    ("%", Unit::Percent),
    ("个月", Unit::Months),
    ("倍", Unit::Plain),
    ("周岁", Unit::Plain),
    ("岁", Unit::Plain),
    ("人", Unit::Plain),
    ("套", Unit::Plain),
];

/// Numbers in books stay below this: 40 bits.
const LARGEST: i64 = 1 << 39;

fn ratio(ratio: Ratio) -> Option<Num> {
    Num::ratio(i128::from(ratio.0), i128::from(Ratio::ONE))
}

/// True for a text that a formula can mention as a name: neither a word of the language nor a number.
pub(crate) fn is_one_name(text: &str) -> bool {
    let mut words = Vec::new();
    read_line(1, text, &mut words).is_ok() && matches!(words.as_slice(), [Spot { token: Token::Name(_), .. }])
}

/// Reads a figure: one number with its unit, or a day.
pub(crate) fn read_figure(text: &str) -> Option<Token> {
    let mut words = Vec::new();
    let text: String = text.chars().filter(|&c| c != ',' && c != '，').collect();
    read_line(1, &text, &mut words).ok()?;
    match words.as_slice() {
        [Spot { token: token @ (Token::Number(..) | Token::Date(_)), .. }] => Some(token.clone()),
        _ => None,
    }
}
