//! All rights of one application: what is under way with its case, what could be chosen instead, what is refused and why.

use casework::apply::{Application, Proposal, Standing, money_words};
use maud::{Markup, html};

use crate::app::App;
use crate::parts::hidden;
use crate::registry::CaseFile;
use crate::words::application as w;

/// One right as shown.
#[derive(Clone, Debug)]
pub struct RightLine {
    /// The programme's title.
    pub title: String,
    /// Whose: a member's name, or the whole family.
    pub whose: String,
    /// Where it stands: `在办`, `不符合`.
    pub standing: &'static str,
    /// True where a case is open.
    pub is_open: bool,
    /// The money, in words; empty where there is none.
    pub money: String,
    /// Reasons with their articles.
    pub reasons: Vec<String>,
    /// Facts that are missing.
    pub missing: String,
    /// Its case's page; empty for none, and for the case the page is about.
    pub href: String,
    /// The form of a family that insists; none where it need not.
    pub insist: Option<Markup>,
}

/// The rights of an application; without forms, for the receipt.
pub fn rights_of(app: &App, file: &CaseFile, application: &Application) -> Vec<RightLine> {
    application.proposals.iter().map(|one| line(app, file, one)).collect()
}

/// The same with the forms by which a family insists on what was not opened.
pub fn rights_to_act(app: &App, file: &CaseFile, application: &Application, key: &str) -> Vec<RightLine> {
    let with_form = |(at, one): (usize, &Proposal)| {
        let may_insist = one.case.is_none() && one.standing != Standing::ByItself;
        let insist = may_insist.then(|| insist(file, at, key));
        RightLine { insist, ..line(app, file, one) }
    };
    application.proposals.iter().enumerate().map(with_form).collect()
}

fn line(app: &App, file: &CaseFile, one: &Proposal) -> RightLine {
    let member = |id| file.family.members.iter().find(|member| member.id == id).map(|member| member.name.masked());
    let number = one.case.as_deref().filter(|number| *number != file.case.filed.number);
    RightLine {
        title: app.title_of(&one.programme).to_owned(),
        whose: one.member.and_then(member).unwrap_or_else(|| w::FAMILY.to_owned()),
        standing: one.standing.zh(),
        is_open: one.case.is_some(),
        money: money_words(one),
        reasons: one
            .reasons
            .iter()
            .map(|r| if r.cite.is_empty() { r.text.clone() } else { format!("{}（{}）", r.text, r.cite) })
            .collect(),
        missing: one.missing.join("、"),
        href: number.map_or_else(String::new, |number| format!("/case/{number}")),
        insist: None,
    }
}

fn insist(file: &CaseFile, at: usize, key: &str) -> Markup {
    html! {
        form method="post" action={ "/case/" (file.case.filed.number) } {
            (hidden("act", "insisted")) (hidden("seen", &file.case.seq.to_string())) (hidden("key", key))
            (hidden("right", &at.to_string()))
            button.button.quiet type="submit" { (w::INSIST) }
        }
    }
}

/// The list: what is under way open, the rest folded.
pub fn rights(lines: &[RightLine]) -> Markup {
    let (open, others): (Vec<&RightLine>, Vec<&RightLine>) = lines.iter().partition(|line| line.is_open);
    html! {
        ul.plain-list { @for one in &open { li { (right(one)) } } }
        @if !others.is_empty() {
            details.more {
                summary { (w::others(others.len())) }
                p.muted.small { (w::INSIST_ABOUT) }
                ul.plain-list { @for one in &others { li { (right(one)) } } }
            }
        }
    }
}

fn right(one: &RightLine) -> Markup {
    html! {
        p {
            @if one.href.is_empty() { b { (one.title) } } @else { a href=(one.href) { b { (one.title) } } }
            " · " (one.whose) " · " (one.standing)
            @if !one.money.is_empty() { " · " (one.money) }
        }
        @if !one.missing.is_empty() { p.small.muted { (w::MISSING) (one.missing) } }
        @if !one.is_open { @for reason in one.reasons.iter().take(MOST_REASONS) { p.small.muted { (reason) } } }
        @if let Some(form) = &one.insist { (form) }
    }
}

/// So many reasons stand beside a right; the case's own page has all.
const MOST_REASONS: usize = 3;
