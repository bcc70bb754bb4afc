//! From a determination of `law` to what a page shows of it: the outcome in words, the few figures the amount was made from,
//! the reasons, and for who wants it every definition down to the facts.

use std::collections::BTreeMap;

use law::{Determination, Explanation, Outcome as Answer, Reason, Used};

use crate::case_page::Outcome;
use crate::parts::ReasonLine;
use crate::words::explain as w;

/// Short names of texts and their full names, from the book's own list: `办法` → `最低生活保障审核确认办法（民发〔2021〕57号）`.
pub type Texts = [(String, String)];

/// A determination as a page shows it.
pub fn outcome(determination: &Determination, texts: &Texts) -> Outcome {
    let mut reasons = amount_lines(&determination.explanation, texts);
    let mut met: Vec<ReasonLine> = determination.reasons.iter().map(|reason| reason_line(reason, texts)).collect();
    if determination.outcome != Answer::Eligible {
        reasons.append(&mut met);
    }
    let mut steps = Vec::new();
    determination.explanation.iter().for_each(|used| flatten(used, texts, &mut steps));
    Outcome {
        programme: title(determination),
        words: words(&determination.outcome).to_owned(),
        amount: determination.amount,
        per: determination.per,
        reasons,
        met,
        steps,
        missing: missing(&determination.outcome),
        receipt: vec![
            (w::ENGINE.to_owned(), determination.receipt.engine.to_string()),
            (w::MONTH.to_owned(), determination.month.to_string()),
            (w::BOOKS.to_owned(), determination.receipt.books.to_string()),
            (w::FACTS.to_owned(), determination.receipt.facts.to_string()),
        ],
    }
}

fn reason_line(reason: &Reason, texts: &Texts) -> ReasonLine {
    ReasonLine {
        value: String::new(),
        text: reason.text.to_string(),
        formula: String::new(),
        cite: plain_cite(&reason.cite),
        cite_full: full(&plain_cite(&reason.cite), texts),
        next_step: reason.next_step.clone().unwrap_or_default().to_string(),
    }
}

/// Books put a citation in brackets of its own; on a page several stand in one line.
pub fn plain_cite(cite: &str) -> String {
    cite.replace("〕〔", "；").replace(['〔', '〕'], "")
}

fn title(determination: &Determination) -> String {
    match determination.member {
        Some(member) => w::of_member(&determination.title, member + 1),
        None => determination.title.to_string(),
    }
}

fn words(answer: &Answer) -> &'static str {
    match answer {
        Answer::Eligible => w::ELIGIBLE,
        Answer::Refused => w::REFUSED,
        Answer::NeedsPerson => w::NEEDS_PERSON,
        Answer::Unknown { .. } => w::UNKNOWN,
    }
}

/// What is missing, by who knows it, the longest list first.
fn missing(answer: &Answer) -> Vec<(String, String)> {
    let Answer::Unknown { missing } = answer else { return vec![] };
    let mut by_source: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for one in missing {
        by_source.entry(one.sources.join(w::OR)).or_default().push(w::missing(&one.name, one.member.map(|at| at + 1)));
    }
    let mut lists: Vec<(String, Vec<String>)> = by_source.into_iter().collect();
    lists.sort_by_key(|(_, names)| std::cmp::Reverse(names.len()));
    lists.into_iter().map(|(source, names)| (source, names.join("、"))).collect()
}

/// The amount, after the household's figures that it was made from, two steps back at most; each once, the amount last.
fn amount_lines(explanation: &[Explanation], texts: &Texts) -> Vec<ReasonLine> {
    let mut lines: Vec<ReasonLine> = Vec::new();
    for amount in explanation.iter().filter(|used| used.kind == Used::Amount) {
        let parts = amount.from.iter().flat_map(|part| part.from.iter().chain(std::iter::once(part)));
        for used in parts.filter(|used| is_figure(used)).chain(std::iter::once(amount)) {
            let one = line(used, texts);
            if lines.iter().all(|other| other.text != one.text) {
                lines.push(one);
            }
        }
    }
    lines
}

/// A number of the whole household; yes and no, and what belongs to one member, stand in the full explanation.
fn is_figure(used: &Explanation) -> bool {
    used.member.is_none() && used.kind != Used::Fact && used.value.starts_with(|c: char| c.is_ascii_digit() || c == '-')
}

fn line(used: &Explanation, texts: &Texts) -> ReasonLine {
    let text = match used.member {
        Some(member) => w::of_member(&used.name, member + 1),
        None => used.name.to_string(),
    };
    let formula = if used.formula.is_empty() && !used.source.is_empty() {
        w::told_by(&used.source)
    } else {
        used.formula.to_string()
    };
    ReasonLine {
        value: used.value.to_string(),
        text,
        formula,
        cite: plain_cite(&used.cite),
        cite_full: full(&plain_cite(&used.cite), texts),
        next_step: String::new(),
    }
}

/// Facts first, what is made from them after; each once.
fn flatten(used: &Explanation, texts: &Texts, lines: &mut Vec<ReasonLine>) {
    used.from.iter().for_each(|part| flatten(part, texts, lines));
    let one = line(used, texts);
    if lines.iter().all(|other| (&other.text, &other.value) != (&one.text, &one.value)) {
        lines.push(one);
    }
}

/// The citation with the full names of its texts; empty when it has no short name that the book explains. What was put in is
/// never read again, because full names hold short ones.
fn full(cite: &str, texts: &Texts) -> String {
    let (mut said, mut rest, mut found) = (String::new(), cite, false);
    while let Some(c) = rest.chars().next() {
        match texts.iter().find(|(short, _)| !short.is_empty() && rest.starts_with(short.as_str())) {
            Some((short, long)) => {
                said.push_str(long);
                rest = &rest[short.len()..];
                found = true;
            }
            None => {
                said.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    if found { said } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_citation_opens_to_the_full_name_of_its_text() {
        let texts = [("办法".to_owned(), "最低生活保障审核确认办法（民发〔2021〕57号）".to_owned())];
        assert_eq!(full("办法 第七条", &texts), "最低生活保障审核确认办法（民发〔2021〕57号） 第七条");
        assert_eq!(full("条例 第九条", &texts), "");
        let two = [("暂行".to_owned(), "社会救助暂行办法".to_owned()), texts[0].clone()];
        assert_eq!(full("暂行 第九条；办法 第四条", &two), format!("社会救助暂行办法 第九条；{} 第四条", texts[0].1));
    }
}
