//! 放在一起看: the best of what the family may draw together, the other ways with their totals, and why not everything at once.

use law::{AmountPer, Awarded, Choice, Combination, Combined, Determination, How, Outcome};
use maud::{Markup, html};

use super::talk::Talk;
use crate::parts::yuan_words;
use crate::words::ask as w;

/// The section; nothing when there is nothing to put together.
pub fn together(talk: &Talk, combined: Option<&Combined>, determinations: &[Determination]) -> Markup {
    let Some(Combined { best: Some(best), alternatives, choices, is_cut }) = combined else {
        // 搭配太多: nothing was tried
        return html! { @if combined.is_some_and(|combined| combined.is_cut) { p.note.soon { (w::TOO_MANY_WAYS) } } };
    };
    html! {
        section.block {
            h2 { (w::TOGETHER) }
            article.outcome-card {
            (total(best))
            ul { @for award in &best.awards { li { (words(talk, award)) @if !is_granted(award, determinations) { span.muted { (w::AFTER_OTHERS) } } } } }
            @if !alternatives.is_empty() {
                details.more {
                    summary { (w::other_ways(alternatives.len())) }
                    @for other in alternatives {
                        (total(other))
                        ul { @for award in &other.awards { li { (words(talk, award)) } } }
                    }
                }
            }
            @if !choices.is_empty() {
                h3 { (w::NOT_BOTH) }
                ul.why { @for choice in choices { li { (not_both(talk, choice)) } } }
            }
            @if *is_cut { p.note.soon { (w::TOO_MANY_WAYS) } }
            p.muted { (w::YOU_CHOOSE) }
            }
        }
    }
}

fn total(one: &Combination) -> Markup {
    html! { p.verdict.yes { (w::total(&yuan_words(one.monthly))) } }
}

/// `最低生活保障，每月 720 元`.
fn words(talk: &Talk, award: &Awarded) -> String {
    let title = award.member.map_or_else(|| award.title.clone(), |at| w::of_person(&award.title, &talk.person(at)));
    match (award.amount, award.per) {
        (None, _) => title,
        (Some(amount), AmountPer::Month) => w::each_month(&title, &yuan_words(amount)),
        (Some(amount), AmountPer::Once) => w::only_once(&title, &yuan_words(amount)),
        (Some(amount), AmountPer::Year) => w::each_year(&title, &yuan_words(amount)),
    }
}

/// What is granted only when the rest is drawn.
fn is_granted(award: &Awarded, determinations: &[Determination]) -> bool {
    let is_it = |one: &Determination| one.programme == award.programme && one.member == award.member;
    determinations.iter().any(|one| is_it(one) && one.outcome == Outcome::Eligible)
}

fn not_both(talk: &Talk, choice: &Choice) -> Markup {
    let who = choice.member.map_or_else(|| w::FAMILY.to_owned(), |at| talk.person(at));
    let way = match choice.how {
        How::Never => w::NEVER_BOTH,
        How::Higher => w::ONLY_HIGHER,
        How::Choose => w::ONLY_ONE,
        How::TopUp => w::TOPPED_UP,
    };
    html! {
        p { (w::pair(&who, &choice.first, &choice.second, way)) span.ref { (w::BASIS) (choice.cite) } }
        @if !choice.note.is_empty() { p.muted { (choice.note) "。" } }
    }
}
