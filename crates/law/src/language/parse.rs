//! Words to items, by recursive descent with a counted depth.

use super::lex::{self, Spot, Token, Unreadable, Word};
use super::syntax::{Change, Formula, Item, ItemKind, Pair, Part, Written};
use crate::diagnostic::Diagnostic;
use crate::page::{Block, Page, Place};

/// Brackets and 若 may be nested so deep.
const MAX_NESTING: usize = 40;
/// An item may have so many words.
const MAX_WORDS: usize = 1_500;
/// A block may have so many items.
const MAX_ITEMS: usize = 1_000;

/// Reads a law block; what cannot be read becomes a finding, the other items are still read.
pub(crate) fn read_block(page: &Page<'_>, block: &Block<'_>, findings: &mut Vec<Diagnostic>) -> Vec<Item> {
    let mut items = Vec::new();
    let mut lines = block.lines.iter().peekable();
    while let Some(&(number, line)) = lines.next() {
        if is_blank(line) {
            continue;
        }
        let mut source = vec![(number, line)];
        while let Some(more) = lines.next_if(|(_, next)| is_blank(next) || next.starts_with(char::is_whitespace)) {
            source.push(*more);
        }
        if items.len() == MAX_ITEMS {
            let at = Place { line: number, column: 1 };
            findings.push(Diagnostic::error(page, at, format!("一段最多 {MAX_ITEMS} 条")));
            return items;
        }
        match read_item(&source) {
            Ok(item) => items.push(item),
            Err(error) => findings.push(Diagnostic::error(page, error.at, error.message)),
        }
    }
    items
}

fn is_blank(line: &str) -> bool {
    let line = line.trim();
    line.is_empty() || line.starts_with('#')
}

fn read_item(lines: &[(u32, &str)]) -> Result<Item, Unreadable> {
    let mut words = Vec::new();
    for (number, line) in lines.iter().filter(|(_, line)| !is_blank(line)) {
        lex::read_line(*number, line, &mut words)?;
        if words.len() > MAX_WORDS {
            return Err(Unreadable {
                at: Place { line: *number, column: 1 },
                message: format!("一条最多 {MAX_WORDS} 个词"),
            });
        }
    }
    let (number, line) = lines[lines.len() - 1];
    let at = Place { line: number, column: line.trim_end().chars().count() as u32 + 1 };
    words.push(Spot { token: Token::End, at, raw: String::new(), apart: true });
    Parser { words: &words, next: 0, nesting: 0, parts: Vec::new() }.item()
}

/// Reads one expression that stands alone (何时问).
pub(crate) fn read_expression(at: Place, text: &str) -> Result<Formula, Unreadable> {
    let mut words = Vec::new();
    lex::read_line(at.line, text, &mut words)?;
    for word in &mut words {
        word.at.column += at.column - 1;
    }
    words.truncate(MAX_WORDS);
    words.push(Spot { token: Token::End, at, raw: String::new(), apart: true });
    let mut parser = Parser { words: &words, next: 0, nesting: 0, parts: Vec::new() };
    let formula = parser.formula()?;
    parser.expect(&Token::End, "这里应该结束了")?;
    Ok(formula)
}

struct Parser<'w> {
    words: &'w [Spot],
    next: usize,
    nesting: usize,
    parts: Vec<(Written, Place)>,
}

type Read<T> = Result<T, Unreadable>;

impl Parser<'_> {
    fn here(&self) -> &Spot {
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

    fn expect(&mut self, token: &Token, message: &str) -> Read<()> {
        if self.here().token == *token {
            self.next += 1;
            Ok(())
        } else {
            Err(self.unexpected(message))
        }
    }

    fn unexpected(&self, expected: &str) -> Unreadable {
        let here = self.here();
        let found =
            if here.token == Token::End { "已到末尾".to_owned() } else { format!("写的是“{}”", here.raw) };
        Unreadable { at: here.at, message: format!("{expected}，{found}") }
    }

    fn item(&mut self) -> Read<Item> {
        let change = match self.here().token {
            Token::Word(Word::Replace) => Change::Replaces,
            Token::Word(Word::Drop) => Change::Drops,
            _ => Change::Adds,
        };
        self.next += usize::from(change != Change::Adds);
        let kind = self.kind();
        let at = self.here().at;
        let name = self.name("这里应写名字")?;
        let (formula, cites) = (Formula::default(), Vec::new());
        let mut item = Item { change, kind, name, at, formula, cites, text: None, next_step: None, payee: None };
        if change == Change::Drops {
            self.dropped(&mut item)?;
            return Ok(item);
        }
        match kind {
            ItemKind::Definition { .. } | ItemKind::Amount | ItemKind::Part => {
                self.expect(&Token::Sign('='), "名字后面应写“=”；且、或、非、若、则 前后要空一格")?;
            }
            ItemKind::Condition | ItemKind::Doubt => self.expect(&Token::Sign(':'), "名字后面应写冒号“：”")?,
        }
        item.formula = self.formula()?;
        self.clauses(&mut item)?;
        Ok(item)
    }

    fn kind(&mut self) -> ItemKind {
        let kind = match self.here().token {
            Token::Word(Word::EachPerson) => ItemKind::Definition { per_person: true },
            Token::Word(Word::Condition) => ItemKind::Condition,
            Token::Word(Word::Doubt) => ItemKind::Doubt,
            Token::Word(Word::Amount) => ItemKind::Amount,
            Token::Word(Word::Part) => ItemKind::Part,
            _ => ItemKind::Definition { per_person: false },
        };
        self.next += usize::from(kind != ItemKind::Definition { per_person: false });
        kind
    }

    /// Behind the name of a dropped item stand its citations, nothing else.
    fn dropped(&mut self, item: &mut Item) -> Read<()> {
        loop {
            let here = self.here().clone();
            match here.token {
                Token::End => return Ok(()),
                Token::Cite(cite) => item.cites.push((cite, here.at)),
                _ => return Err(self.unexpected("“删”后面只写种类、名字和〔依据〕")),
            }
            self.next += 1;
        }
    }

    fn name(&mut self, message: &str) -> Read<String> {
        match &self.here().token {
            Token::Name(name) => {
                let name = name.clone();
                self.next += 1;
                Ok(name)
            }
            _ => Err(self.unexpected(message)),
        }
    }

    fn formula(&mut self) -> Read<Formula> {
        let start = self.next;
        self.parts.clear();
        self.either()?;
        let text = spell(&self.words[start..self.next]);
        Ok(Formula { parts: std::mem::take(&mut self.parts), text })
    }

    fn clauses(&mut self, item: &mut Item) -> Read<()> {
        loop {
            let here = self.here().clone();
            self.next += 1;
            match (here.token, item.kind) {
                (Token::End, _) => return self.complete(item),
                (Token::Cite(cite), _) => item.cites.push((cite, here.at)),
                (Token::Word(Word::Otherwise), ItemKind::Condition) | (Token::Word(Word::Because), ItemKind::Doubt) => {
                    item.text = Some(self.text()?);
                }
                (Token::Word(Word::NextStep), ItemKind::Condition | ItemKind::Doubt) => {
                    item.next_step = Some(self.text()?)
                }
                (Token::Word(Word::PaidTo), ItemKind::Part) => item.payee = Some(self.text()?),
                _ => {
                    self.next -= 1;
                    let compares = matches!(self.here().token, Token::Sign('<' | '≤' | '>' | '≥' | '=' | '≠'));
                    let message = if compares {
                        "比较不能连着写，两次比较之间用“且”"
                    } else {
                        "这里多了东西；一条写一行，接着写的行要缩进"
                    };
                    return Err(self.unexpected(message));
                }
            }
        }
    }

    fn complete(&self, item: &Item) -> Read<()> {
        let message = match item.kind {
            ItemKind::Condition => "条件要写明不符合时怎么说：否则 \"…\"",
            ItemKind::Doubt => "转人工要写明为什么：因 \"…\"",
            ItemKind::Definition { .. } | ItemKind::Amount | ItemKind::Part => return Ok(()),
        };
        if item.text.is_some() { Ok(()) } else { Err(Unreadable { at: item.at, message: message.to_owned() }) }
    }

    fn text(&mut self) -> Read<String> {
        match &self.here().token {
            Token::Text(text) => {
                let text = text.clone();
                self.next += 1;
                Ok(text)
            }
            _ => Err(self.unexpected("这里应写一句话，用引号括起来")),
        }
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
