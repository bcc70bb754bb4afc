//! Blocks that run, as a reader takes them: one definition, condition or amount at a time, with its formula, what is said when
//! it fails, and its articles. Only the look is made here; what a block means is known to `law` alone.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::shelf::Texts;
use crate::words::{marks, policy as w};

/// What an item does to the book it takes over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It says something new.
    New,
    /// 改: it stands in the place of an older one.
    Changed,
    /// 删: the older one no longer holds.
    Dropped,
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A definition for each person.
    Each,
    /// A definition for the household.
    Whole,
    /// 条件.
    Condition,
    /// 转人工.
    Doubt,
    /// 金额.
    Amount,
    /// 分项.
    Part,
}

/// One item of a law block as it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What it does to an older book.
    pub mark: Mark,
    /// What it is.
    pub kind: Kind,
    /// Its name.
    pub name: String,
    /// The formula as the book writes it.
    pub formula: String,
    /// 否则 or 因, as said to the family; may be empty.
    pub said: String,
    /// 下一步; may be empty.
    pub next_step: String,
    /// 交给; may be empty.
    pub payee: String,
    /// Articles, without brackets.
    pub cites: Vec<String>,
}

/// Items of later books that change or drop one of an older book: by sort and name, with the day since when.
pub type Changes = BTreeMap<(bool, String), (Item, String)>;

impl Item {
    /// Definitions, amounts and parts replace each other whatever they are for; conditions and doubts are told apart from them.
    pub fn key(&self) -> (bool, String) {
        (matches!(self.kind, Kind::Condition | Kind::Doubt), self.name.clone())
    }
}

/// The items of a block: a line that is not indented begins one.
pub fn items(lines: &[&str]) -> Vec<Item> {
    let mut texts: Vec<String> = Vec::new();
    for line in lines.iter().filter(|line| !line.trim().is_empty()) {
        match texts.last_mut().filter(|_| line.starts_with([' ', '\t', '\u{3000}'])) {
            Some(last) => {
                last.push(' ');
                last.push_str(line.trim());
            }
            None => texts.push(line.trim().to_owned()),
        }
    }
    texts.iter().map(|text| item(text)).collect()
}

fn item(text: &str) -> Item {
    let (text, cites) = without_cites(text);
    let mut rest = text.as_str();
    let mark = if take(&mut rest, marks::CHANGED) {
        Mark::Changed
    } else if take(&mut rest, marks::DROPPED) {
        Mark::Dropped
    } else {
        Mark::New
    };
    let kinds = [
        (marks::EACH, Kind::Each),
        (marks::CONDITION, Kind::Condition),
        (marks::DOUBT, Kind::Doubt),
        (marks::AMOUNT, Kind::Amount),
        (marks::PART, Kind::Part),
    ];
    let kind = kinds.into_iter().find(|(word, _)| take(&mut rest, word)).map_or(Kind::Whole, |(_, kind)| kind);
    let (rest, said) = without_saying(rest, &[marks::OTHERWISE, marks::BECAUSE]);
    let (rest, next_step) = without_saying(&rest, &[marks::NEXT_STEP]);
    let (rest, payee) = without_saying(&rest, &[marks::PAYEE]);
    let parted = match kind {
        Kind::Condition | Kind::Doubt => rest.split_once([':', '：']),
        Kind::Each | Kind::Whole | Kind::Amount | Kind::Part => rest.split_once(['=', '＝']),
    };
    let (name, formula) = parted.unwrap_or((&rest, ""));
    let formula = formula.split_whitespace().collect::<Vec<_>>().join(" ");
    Item { mark, kind, name: name.trim().to_owned(), formula, said, next_step, payee, cites }
}

/// Takes a word that stands alone at the front.
fn take(text: &mut &str, word: &str) -> bool {
    let rest = text.strip_prefix(word).filter(|rest| rest.starts_with(char::is_whitespace));
    if let Some(rest) = rest {
        *text = rest.trim_start();
    }
    rest.is_some()
}

/// `〔办法 第七条〕` lifted out of the line.
fn without_cites(text: &str) -> (String, Vec<String>) {
    let (mut kept, mut cites, mut rest) = (String::new(), Vec::new(), text);
    while let Some((before, after)) = rest.split_once('〔') {
        let Some((cite, behind)) = closing(after) else { break };
        kept.push_str(before);
        cites.push(cite.trim().to_owned());
        rest = behind;
    }
    kept.push_str(rest);
    (kept, cites)
}

/// Brackets may stand inside a citation: `〔民发〔2021〕57号〕`.
fn closing(text: &str) -> Option<(&str, &str)> {
    let mut open = 1;
    for (at, c) in text.char_indices() {
        match c {
            '〔' => open += 1,
            '〕' => open -= 1,
            _ => {}
        }
        if open == 0 {
            return Some((&text[..at], &text[at + c.len_utf8()..]));
        }
    }
    None
}

/// A quoted sentence behind one of these words, lifted out.
fn without_saying(text: &str, words: &[&str]) -> (String, String) {
    for word in words {
        for (at, _) in text.match_indices(word) {
            let behind = text[at + word.len()..].trim_start();
            let Some(open) = behind.chars().next().filter(|c| matches!(c, '"' | '“')) else { continue };
            let inside = &behind[open.len_utf8()..];
            let end = inside.find(if open == '"' { '"' } else { '”' }).unwrap_or(inside.len());
            let after = inside[end..].chars().next().map_or("", |close| &inside[end + close.len_utf8()..]);
            return (format!("{}{after}", &text[..at]), inside[..end].to_owned());
        }
    }
    (text.to_owned(), String::new())
}

/// What the items of a block are shown with.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// Texts the books cite.
    pub texts: &'a Texts,
    /// Names that are defined somewhere on the page; formulas lead to them.
    pub names: &'a [String],
    /// What later books change.
    pub changes: &'a Changes,
}

/// The items of a block.
pub fn law(items: &[Item], setting: &Setting<'_>) -> Markup {
    html! {
        div.law {
            p.tag { (w::RULE) }
            @for one in items { (shown(one, setting)) }
        }
    }
}

fn shown(one: &Item, setting: &Setting<'_>) -> Markup {
    let later = (one.mark != Mark::Dropped).then(|| setting.changes.get(&one.key())).flatten();
    html! {
        @match later {
            Some((newer, since)) if newer != one => {
                @if newer.mark == Mark::Dropped {
                    div.rule.gone { p.name { (kind(one)) b { (one.name) } span.mark { (w::dropped_in(since)) } } (older(one, setting)) }
                } @else {
                    div.rule { p.name { (kind(newer)) b id=[place(one)] { (newer.name) } span.mark { (w::changed_in(since)) } } (body(newer, setting)) (older(one, setting)) }
                }
            },
            _ => div.rule.gone[one.mark == Mark::Dropped] {
                p.name {
                    (kind(one)) b id=[place(one)] { (one.name) }
                    @match one.mark { Mark::New => {}, Mark::Changed => span.mark { (w::CHANGED) }, Mark::Dropped => span.mark { (w::DROPPED) } }
                }
                (body(one, setting))
            },
        }
    }
}

/// Where a definition is explained: in the book that has it first, so that the place stands once on a page.
fn place(one: &Item) -> Option<String> {
    (one.mark == Mark::New && !one.key().0).then(|| id_of(&one.name))
}

fn older(one: &Item, setting: &Setting<'_>) -> Markup {
    html! { details.more { summary { (w::BEFORE) } (body(one, setting)) } }
}

fn kind(one: &Item) -> Markup {
    let word = match one.kind {
        Kind::Each => w::EACH,
        Kind::Whole => w::WHOLE,
        Kind::Condition => w::CONDITION,
        Kind::Doubt => w::DOUBT,
        Kind::Amount => w::AMOUNT,
        Kind::Part => w::PART,
    };
    html! { span.kind { (word) } }
}

fn body(one: &Item, setting: &Setting<'_>) -> Markup {
    let said = if one.kind == Kind::Doubt { w::WHY_PERSON } else { w::UNMET };
    html! {
        @if !one.formula.is_empty() { p.formula { (formula(&one.formula, setting.names)) } }
        @for (lead, text) in [(said, &one.said), (w::NEXT_STEP, &one.next_step), (w::PAYEE, &one.payee)] {
            @if !text.is_empty() { p.say { span.lead-in { (lead) } (text) } }
        }
        (cites(&one.cites, setting.texts))
    }
}

/// Articles, each leading to the text's full name at the end of the page.
pub fn cites(cites: &[String], texts: &Texts) -> Markup {
    html! {
        @if !cites.is_empty() {
            p.ref { (w::BASIS) @for (at, cite) in cites.iter().enumerate() { @if at > 0 { "；" } (one_cite(cite, texts)) } }
        }
    }
}

fn one_cite(cite: &str, texts: &Texts) -> Markup {
    match texts.iter().find(|(short, _)| !short.is_empty() && cite.starts_with(short.as_str())) {
        Some((short, full)) => html! { a href=(format!("#t-{short}")) title=(full) { (cite) } },
        None => html! { (cite) },
    }
}

/// Where a name is explained on the page.
pub fn id_of(name: &str) -> String {
    format!("d-{name}")
}

const BREAKS: [char; 22] =
    [' ', '(', ')', '（', '）', ',', '，', '{', '}', '+', '-', '×', '*', '÷', '/', '<', '>', '≤', '≥', '=', '≠', '、'];

fn formula(text: &str, names: &[String]) -> Markup {
    html! {
        @for piece in text.split_inclusive(BREAKS) {
            @let bare = piece.trim_end_matches(BREAKS);
            @if marks::JOINING.contains(&bare) {
                span.kw { (bare) }
            } @else if names.iter().any(|name| name == bare) {
                a href=(format!("#{}", id_of(bare))) { (bare) }
            } @else {
                (bare)
            }
            (piece[bare.len()..])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BLOCK: &str = "每人 计入 = 非 不计 且\n      (关系 属于 {本人, 配偶})    〔办法 第七条〕\n人口 = 计数(计入)\n条件 收入低于标准: 月收入 < 标准 × 人口   〔暂行 第九条〕〔民发〔2021〕57号 第四条〕\n     否则 \"家庭人均收入不低于“标准”\"\n     下一步 \"可以看低保边缘\"\n改 转人工 存疑: 任一(甲 = 0元)  因 \"要入户\"\n删 条件 没有办企业 〔办法 第八条〕\n分项 照料费 = 2元 交给 \"照料人\"";

    fn read() -> Vec<Item> {
        items(&BLOCK.lines().collect::<Vec<_>>())
    }

    #[test]
    fn a_block_is_read_item_by_item() {
        let found = read();
        let told: Vec<String> = found
            .iter()
            .map(|i| {
                [
                    &format!("{:?} {:?} {}", i.mark, i.kind, i.name),
                    &i.formula,
                    &i.said,
                    &i.next_step,
                    &i.payee,
                    &i.cites.join("+"),
                ]
                .map(String::as_str)
                .join(" | ")
            })
            .collect();
        assert_eq!(
            told,
            [
                "New Each 计入 | 非 不计 且 (关系 属于 {本人, 配偶}) |  |  |  | 办法 第七条",
                "New Whole 人口 | 计数(计入) |  |  |  | ",
                "New Condition 收入低于标准 | 月收入 < 标准 × 人口 | 家庭人均收入不低于“标准” | 可以看低保边缘 |  | 暂行 第九条+民发〔2021〕57号 第四条",
                "Changed Doubt 存疑 | 任一(甲 = 0元) | 要入户 |  |  | ",
                "Dropped Condition 没有办企业 |  |  |  |  | 办法 第八条",
                "New Part 照料费 | 2元 |  |  | 照料人 | ",
            ]
        );
    }

    #[test]
    fn a_formula_keeps_every_character_and_leads_to_its_names() {
        let names = ["计入".to_owned(), "人口".to_owned()];
        let text = "非 不计 且 (关系 属于 {本人, 配偶}) 或 人口 ≥ 2";
        let shown = formula(text, &names).0;
        assert!(shown.contains("<span class=\"kw\">且</span>") && shown.contains("<a href=\"#d-人口\">人口</a>"));
        let mut bare = String::new();
        let mut inside = false;
        for c in shown.chars() {
            match c {
                '<' => inside = true,
                '>' => inside = false,
                c if !inside => bare.push(c),
                _ => {}
            }
        }
        assert_eq!(bare.replace("&lt;", "<"), text);
    }

    #[test]
    fn a_later_book_stands_in_the_place_of_the_older_words() {
        let old = items(&["人口 = 计数(计入) 〔办法 第七条〕"]);
        let newer = items(&["改 人口 = 计数(同住) 〔新法 第二条〕"]).remove(0);
        let changes: Changes = [(newer.key(), (newer, "2026-07-01".to_owned()))].into();
        let texts = vec![("新法".to_owned(), "社会救助法".to_owned())];
        let shown = law(&old, &Setting { texts: &texts, names: &[], changes: &changes }).0;
        let at = |words: &str| shown.find(words).unwrap_or_else(|| panic!("{words} in {shown}"));
        assert!(at("计数(同住)") < at("原来的写法") && at("原来的写法") < at("计数(计入)"));
        assert!(shown.contains("2026-07-01 起改了") && shown.contains("<a href=\"#t-新法\" title=\"社会救助法\">"));
    }
}
