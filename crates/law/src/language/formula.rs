//! Words to expressions, by recursive descent with a counted depth.

use super::lex::{self, Spot, Token, Unreadable, Word};
use super::syntax::{Formula, Pair, Part, Written};
use crate::page::Place;

/// Brackets and 若 may be nested so deep.
const MAX_NESTING: usize = 40;
/// An item may have so many words.
pub(super) const MAX_WORDS: usize = 1_500;

/// Reads one expression that stands alone (何时问).
pub(crate) fn read_expression(at: Place, text: &str) -> Result<Formula, Unreadable> {
    let mut words = Vec::new();
    lex::read_line(at.line, text, &mut words)?;
    for word in &mut words {
        word.at.column += at.column - 1;
    }
    words.truncate(MAX_WORDS);
    words.push(Spot { token: Token::End, at, raw: String::new(), apart: true });
    let mut parser = Parser::of(&words);
    let formula = parser.formula()?;
    parser.expect(&Token::End, "这里应该结束了")?;
    Ok(formula)
}

/// Where the reading stands.
pub(super) struct Parser<'w> {
    pub(super) words: &'w [Spot],
    pub(super) next: usize,
    nesting: usize,
    parts: Vec<(Written, Place)>,
}

pub(super) type Read<T> = Result<T, Unreadable>;

impl<'w> Parser<'w> {
    pub(super) fn of(words: &'w [Spot]) -> Parser<'w> {
        Parser { words, next: 0, nesting: 0, parts: Vec::new() }
    }

    pub(super) fn here(&self) -> &Spot {
        &self.words[self.next.min(self.words.len() - 1)]
    }

    fn take_word(&mut self, word: Word) -> bool {
        let found = self.here().token == Token::Word(word);
        self.next += usize::from(found);
        found
    }

    fn take_sign(&mut self, sign: char) -> bool {
        let found = self.here().token == Token::Sign(sign);
        self.next += usize::from(found);
        found
    }

    pub(super) fn expect(&mut self, token: &Token, message: &str) -> Read<()> {
        if self.here().token == *token {
            self.next += 1;
            Ok(())
        } else {
            Err(self.unexpected(message))
        }
    }

    pub(super) fn unexpected(&self, expected: &str) -> Unreadable {
        let here = self.here();
        let found =
            if here.token == Token::End { "已到末尾".to_owned() } else { format!("写的是“{}”", here.raw) };
        Unreadable { at: here.at, message: format!("{expected}，{found}") }
    }

    pub(super) fn name(&mut self, message: &str) -> Read<String> {
        match &self.here().token {
            Token::Name(name) => {
                let name = name.clone();
                self.next += 1;
                Ok(name)
            }
            _ => Err(self.unexpected(message)),
        }
    }

    pub(super) fn formula(&mut self) -> Read<Formula> {
        let start = self.next;
        self.parts.clear();
        self.either()?;
        let text = spell(&self.words[start..self.next]);
        Ok(Formula { parts: std::mem::take(&mut self.parts), text })
    }

    fn put(&mut self, written: Written, at: Place) -> Part {
        self.parts.push((written, at));
        Part(self.parts.len() as u32 - 1)
    }

    /// 或 binds loosest.
    fn either(&mut self) -> Read<Part> {
        let mut left = self.both()?;
        while let at = self.here().at
            && self.take_word(Word::Or)
        {
            let right = self.both()?;
            left = self.put(Written::Pair(Pair::Or, left, right), at);
        }
        Ok(left)
    }

    fn both(&mut self) -> Read<Part> {
        let mut left = self.negation()?;
        while let at = self.here().at
            && self.take_word(Word::And)
        {
            let right = self.negation()?;
            left = self.put(Written::Pair(Pair::And, left, right), at);
        }
        Ok(left)
    }

    fn negation(&mut self) -> Read<Part> {
        let at = self.here().at;
        if self.take_word(Word::Not) {
            let inner = self.nested(Parser::negation)?;
            return Ok(self.put(Written::Not(inner), at));
        }
        self.comparison()
    }

    fn comparison(&mut self) -> Read<Part> {
        let left = self.sum()?;
        let at = self.here().at;
        if self.take_word(Word::In) {
            return self.among(left, false, at);
        }
        if self.take_word(Word::NotIn) {
            return self.among(left, true, at);
        }
        let pair = match self.here().token {
            Token::Sign('<') => Pair::Less,
            Token::Sign('≤') => Pair::AtMost,
            Token::Sign('>') => Pair::More,
            Token::Sign('≥') => Pair::AtLeast,
            Token::Sign('=') => Pair::Equal,
            Token::Sign('≠') => Pair::NotEqual,
            _ => return Ok(left),
        };
        self.next += 1;
        let right = self.sum()?;
        Ok(self.put(Written::Pair(pair, left, right), at))
    }

    fn among(&mut self, value: Part, negated: bool, at: Place) -> Read<Part> {
        self.expect(&Token::Sign('{'), "“属于”后面应写 { 甲, 乙 }")?;
        let mut list = Vec::new();
        loop {
            let place = self.here().at;
            list.push((self.name("这里应写一项")?, place));
            if !self.take_sign(',') {
                break;
            }
        }
        self.expect(&Token::Sign('}'), "这里应写 } 收尾")?;
        Ok(self.put(Written::Among { value, list, negated }, at))
    }

    fn sum(&mut self) -> Read<Part> {
        let mut left = self.product()?;
        loop {
            let at = self.here().at;
            let pair = match self.here().token {
                Token::Sign('+') => Pair::Add,
                Token::Sign('-') => Pair::Sub,
                _ => return Ok(left),
            };
            self.next += 1;
            let right = self.product()?;
            left = self.put(Written::Pair(pair, left, right), at);
        }
    }

    fn product(&mut self) -> Read<Part> {
        let mut left = self.single()?;
        loop {
            let at = self.here().at;
            let pair = match self.here().token {
                Token::Sign('*') => Pair::Mul,
                Token::Sign('/') => Pair::Div,
                _ => return Ok(left),
            };
            self.next += 1;
            let right = self.single()?;
            left = self.put(Written::Pair(pair, left, right), at);
        }
    }

    fn nested(&mut self, inner: fn(&mut Self) -> Read<Part>) -> Read<Part> {
        if self.nesting == MAX_NESTING {
            return Err(Unreadable {
                at: self.here().at, message: format!("一层套一层太深，最多 {MAX_NESTING} 层")
            });
        }
        self.nesting += 1;
        let part = inner(self);
        self.nesting -= 1;
        part
    }

    fn single(&mut self) -> Read<Part> {
        let Spot { token, at, .. } = self.here().clone();
        self.next += 1;
        match token {
            Token::Number(number, unit) => Ok(self.put(Written::Number(number, unit), at)),
            Token::Date(day) => Ok(self.put(Written::Date(day), at)),
            Token::Word(Word::Yes) => Ok(self.put(Written::YesNo(true), at)),
            Token::Word(Word::No) => Ok(self.put(Written::YesNo(false), at)),
            Token::Name(name) if self.take_sign('(') => self.call(name, at),
            Token::Name(name) => Ok(self.put(Written::Name(name), at)),
            Token::Sign('-') => {
                let inner = self.nested(Parser::single)?;
                Ok(self.put(Written::Negative(inner), at))
            }
            Token::Sign('(') => {
                let inner = self.nested(Parser::either)?;
                self.expect(&Token::Sign(')'), "括号没有收尾，这里应写 )")?;
                Ok(inner)
            }
            Token::Word(Word::If) => self.choice(at),
            Token::Text(_) => {
                self.next -= 1;
                Err(self.unexpected("式子里不用引号，选项直接写字"))
            }
            _ => {
                self.next -= 1;
                Err(self.unexpected("这里应写一个数、名字或式子"))
            }
        }
    }

    fn choice(&mut self, at: Place) -> Read<Part> {
        let condition = self.nested(Parser::either)?;
        if !self.take_word(Word::Then) {
            return Err(self.unexpected("“若 …”后面应写“则”"));
        }
        let then = self.nested(Parser::either)?;
        if !self.take_word(Word::Otherwise) {
            return Err(self.unexpected("“若 … 则 …”后面应写“否则”"));
        }
        let otherwise = self.nested(Parser::either)?;
        Ok(self.put(Written::If { condition, then, otherwise }, at))
    }

    fn call(&mut self, function: String, at: Place) -> Read<Part> {
        let mut arguments = Vec::new();
        loop {
            arguments.push(self.nested(Parser::either)?);
            if !self.take_sign(',') {
                break;
            }
        }
        self.expect(&Token::Sign(')'), "括号没有收尾，这里应写 )")?;
        Ok(self.put(Written::Call { function, arguments }, at))
    }
}

/// The words as written, blanks made single.
fn spell(words: &[Spot]) -> String {
    let mut text = String::new();
    for word in words {
        if word.apart && !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&word.raw);
    }
    text
}
