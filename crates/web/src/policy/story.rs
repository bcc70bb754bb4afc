//! Worked cases as stories: who lives there, what they have, what they get and why. The text is the book's; the answer and its
//! reasons are the engine's.

use law::{Determination, Outcome, Worked};
use maud::{Markup, html};

use super::law_block::cites;
use super::shelf::Texts;
use crate::explain;
use crate::parts::reasons;
use crate::words::{marks, policy as w};

/// A case as the book tells it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Story {
    /// The line of its block, from 1.
    pub line: u32,
    /// 例.
    pub title: String,
    /// Month and place, then everything set for the household, in the book's order.
    pub setting: Vec<(String, String)>,
    /// Figures set for this case alone stand on lines of their own, before the members.
    pub members: Vec<(String, Vec<(String, String)>)>,
    /// True when what is not written is none.
    pub rest_is_none: bool,
    /// Who (from 0) and what: `符合，660元；从 2021-10 发`.
    pub expected: Vec<(usize, String)>,
    /// 查.
    pub checks: String,
    /// 依据.
    pub cite: String,
}

/// Reads the lines of a case block.
pub fn story(line: u32, lines: &[&str]) -> Story {
    let mut story = Story { line, ..Story::default() };
    for text in lines.iter().filter(|text| !text.trim().is_empty()) {
        if text.starts_with([' ', '\t', '\u{3000}']) {
            let mut pieces = pieces(text);
            let relation = if pieces.is_empty() { String::new() } else { pieces.remove(0) };
            let facts = pieces.iter().filter_map(|piece| piece.split_once(char::is_whitespace));
            let facts = facts.map(|(name, value)| (name.to_owned(), value.trim().to_owned())).collect();
            story.members.push((relation, facts));
        } else {
            story.line_of(text);
        }
    }
    story
}

impl Story {
    fn line_of(&mut self, text: &str) {
        let pair = |text: &str| text.split_once([':', '：']).map(|(k, v)| (k.trim().to_owned(), v.trim().to_owned()));
        let Some((key, value)) = pair(text) else { return };
        match key.as_str() {
            marks::CASE => self.title = value,
            marks::BASIS => self.cite = value,
            marks::CHECKS => self.checks = value,
            marks::PROGRAMME => {}
            marks::REST => self.rest_is_none = value == marks::NONE,
            key if key.starts_with(marks::EXPECTED) => {
                let who: String = key.chars().filter(char::is_ascii_digit).collect();
                self.expected.push((who.parse::<usize>().map_or(0, |n| n.saturating_sub(1)), value));
            }
            _ => self.setting.extend(pieces(text).iter().filter_map(|piece| pair(piece))),
        }
    }
}

/// Pieces of a line parted by two blanks or more.
fn pieces(line: &str) -> Vec<String> {
    let wide = line.replace(['\t', '\u{3000}'], "  ");
    wide.split("  ").map(str::trim).filter(|piece| !piece.is_empty()).map(str::to_owned).collect()
}

/// The story as a page shows it.
pub fn told(story: &Story, worked: &[Worked], texts: &Texts) -> Markup {
    let found = worked.iter().find(|one| one.line == story.line).map_or(&[][..], |one| &one.determinations);
    let (when, where_, rest) = parted(&story.setting);
    html! {
        article.story id=(anchor(story.line)) {
            h3 { (story.title) }
            p { (place(where_)) " " (when) "　" (said(rest)) }
            p.lead-in { (w::STORY_FAMILY) }
            ul { @for (relation, facts) in &story.members { li { b { (relation) } @if !facts.is_empty() { "：" (said(facts)) } } } }
            @if story.rest_is_none { p.small.muted { (w::STORY_REST) } }
            @for (member, answer) in &story.expected { (verdict(story, *member, answer, found, texts)) }
            @if !story.checks.is_empty() { p.small { (w::STORY_CHECK) (story.checks) } }
            @if !story.cite.is_empty() { (cites(&split_cites(&story.cite), texts)) }
        }
    }
}

fn verdict(story: &Story, member: usize, answer: &str, found: &[Determination], texts: &Texts) -> Markup {
    let one = found.iter().find(|one| one.member.is_none_or(|own| own == member));
    let class = one.map_or("", |one| match one.outcome {
        Outcome::Eligible => "yes",
        Outcome::Refused => "no",
        Outcome::NeedsPerson | Outcome::Unknown { .. } => "open",
    });
    let shown = one.filter(|one| one.outcome == Outcome::Eligible).map(|one| explain::outcome(one, texts));
    let whose = story.members.get(member).map_or("", |(relation, _)| relation.as_str());
    html! {
        p.verdict.(class) { @if story.expected.len() > 1 { (whose) "：" } (answer) }
        @if let Some(shown) = shown {
            @if !shown.reasons.is_empty() { details.more { summary { (w::STORY_NUMBERS) } (reasons(&shown.reasons)) } }
        }
        @if let Some(one) = one.filter(|one| one.outcome != Outcome::Eligible) {
            @for reason in &one.reasons { p { (reason.text) "。" } (cites(&split_cites(&explain::plain_cite(&reason.cite)), texts)) }
        }
    }
}

/// `办法 第七条、第九条；补贴` has two texts.
fn split_cites(cite: &str) -> Vec<String> {
    cite.split(['；', ';']).map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()
}

/// Where a story stands on its page.
pub fn anchor(line: u32) -> String {
    format!("c{line}")
}

/// The answer in one line, for lists.
pub fn answer_line(story: &Story) -> String {
    story.expected.iter().map(|(_, answer)| answer.as_str()).collect::<Vec<_>>().join("；")
}

type Pairs<'a> = Vec<&'a (String, String)>;

/// Month, place, and the rest.
fn parted(setting: &[(String, String)]) -> (&str, &str, Pairs<'_>) {
    let of = |key: &str| setting.iter().find(|(name, _)| name == key).map_or("", |(_, value)| value.as_str());
    let rest = setting.iter().filter(|(name, _)| name != marks::MONTH && name != marks::AREA).collect();
    (of(marks::MONTH), of(marks::AREA), rest)
}

/// `430321 湘潭县` without its code.
fn place(area: &str) -> &str {
    area.split_once(char::is_whitespace).map_or(area, |(_, name)| name.trim())
}

/// Facts in a few words: an age in years, a yes by its name alone, all else by name and value.
fn said<'a>(facts: impl IntoIterator<Item = &'a (String, String)>) -> String {
    let one = |(name, value): &(String, String)| match (name.as_str(), value.as_str()) {
        (marks::AGE, years) => w::age(years),
        (name, marks::YES) => name.to_owned(),
        (name, value) => format!("{name} {value}"),
    };
    facts.into_iter().map(one).collect::<Vec<_>>().join("，")
}

#[cfg(test)]
mod tests {
    use super::*;

    const CASE: &str = "例: 三口之家（C01）\n月: 2021-09   地区: 430321 湘潭县   户口: 农村\n其余: 无\n务工成本扣减率: 0%\n  本人  年龄 45  工资 600元\n  子女  年龄 10  重病 是\n查: 人口 = 2\n应得: 符合，240元；从 2021-10 发\n应得 第2人: 不符合，因 甲\n依据: 暂行 第九条；办法 第二十三条";

    #[test]
    fn a_case_is_told_as_a_story() {
        let read = story(7, &CASE.lines().collect::<Vec<_>>());
        assert_eq!(read.title, "三口之家（C01）");
        assert_eq!(read.expected, [(0, "符合，240元；从 2021-10 发".to_owned()), (1, "不符合，因 甲".to_owned())]);
        assert!(read.rest_is_none);
        let texts = vec![("办法".to_owned(), "审核确认办法".to_owned())];
        let shown = told(&read, &[], &texts).0;
        for words in [
            "湘潭县 2021-09　户口 农村，务工成本扣减率 0%",
            "<b>本人</b>：45 岁，工资 600元",
            "<b>子女</b>：10 岁，重病",
            "本人：符合，240元；从 2021-10 发",
            "子女：不符合，因 甲",
            "算出来：人口 = 2",
            "<a href=\"#t-办法\" title=\"审核确认办法\">办法 第二十三条</a>",
        ] {
            assert!(shown.contains(words), "{words} in {shown}");
        }
    }
}
