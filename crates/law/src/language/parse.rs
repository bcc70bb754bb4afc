//! Lines of a block to items: what kind each is, its name, its expression, and what stands behind that.

use super::formula::{MAX_WORDS, Parser, Read};
use super::lex::{self, Spot, Token, Unreadable, Word};
use super::syntax::{Change, Formula, Item, ItemKind};
use crate::diagnostic::Diagnostic;
use crate::page::{Block, Page, Place};

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
    Parser::of(&words).item()
}

impl Parser<'_> {
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
}
