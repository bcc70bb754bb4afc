//! The result: what the family may get, in plain sentences with article, amount and next step; and every answer, each to be changed.

use law::{AmountPer, Becomes, Combined, Counterfactual, Determination, Explanation, Outcome, Reason, Used};
use maud::{Markup, html};

use super::talk::{Talk, text};
use super::together;
use crate::app::App;
use crate::explain;
use crate::parts::{hidden, of_text, reasons, yuan_words};
use crate::words::{ask as w, marks};

/// What the page of the result shows.
pub struct View<'a> {
    /// The law and the form.
    pub app: &'a App,
    /// What was said.
    pub talk: &'a Talk,
    /// What the books say.
    pub determinations: &'a [Determination],
    /// What may be drawn together; none when one programme alone was asked for.
    pub together: Option<&'a Combined>,
    /// What would reverse each refusal, in the order of the answers.
    pub changes: &'a [Vec<Counterfactual>],
    /// The county's name.
    pub place: &'a str,
    /// The month decided for.
    pub month: String,
    /// True when there is more to ask.
    pub may_go_on: bool,
}

/// The page.
pub fn result(view: &View<'_>) -> Markup {
    let of = |wanted: fn(&Outcome) -> bool| -> Vec<&Determination> {
        view.determinations.iter().filter(|one| wanted(&one.outcome)).collect()
    };
    let groups = [
        (w::YES, of(|o| *o == Outcome::Eligible)),
        (w::OPEN, of(|o| *o == Outcome::NeedsPerson)),
        (w::UNKNOWN, of(|o| matches!(o, Outcome::Unknown { .. }))),
        (w::REFUSED, of(|o| *o == Outcome::Refused)),
    ];
    let nothing = groups[0].1.is_empty();
    html! {
        div.page-head { h1 { (w::RESULT) } p.lead { (w::RESULT_LEAD) (w::month(&view.month)) } }
        @if nothing && view.together.is_none_or(|together| together.best.is_none()) { div.note { p { (w::NOTHING) (w::NOTHING_DO) } } }
        div.results {
            (together::together(view.talk, view.together, view.determinations))
            @for (name, found) in &groups { @if !found.is_empty() { (group(view, name, found)) } }
        }
        @if view.determinations.iter().any(|one| one.explanation.iter().any(is_example)) { p.note.soon { (w::EXAMPLE) } }
        p.no-print.muted { (w::PRINT) }
        (said(view))
    }
}

/// What is refused stands folded when everything was asked: it is long, and helps nobody at once.
fn group(view: &View<'_>, name: &str, found: &[&Determination]) -> Markup {
    let folded = view.talk.programme == w::ALL && found.iter().all(|one| one.outcome == Outcome::Refused);
    let all = html! { @for one in found { (determination(view, one)) } };
    html! {
        section.block {
            h2 { (name) }
            @if folded { details.more { summary { (w::refused(found.len())) } (all) } } @else { (all) }
        }
    }
}

fn is_example(used: &Explanation) -> bool {
    (used.kind == Used::Figure && used.cite.contains(crate::words::policy::EXAMPLE)) || used.from.iter().any(is_example)
}

fn determination(view: &View<'_>, one: &Determination) -> Markup {
    let texts = view.talk.area.map_or(&[][..], |area| view.app.texts_of(&one.programme, one.month, &area));
    let title =
        one.member.map_or_else(|| one.title.clone(), |at| w::of_person(&one.title, &view.talk.person(at)).into());
    let (class, words) = verdict(one);
    let shown = explain::outcome(one, texts);
    html! {
        article.outcome-card {
            h3 { (title) }
            p.verdict.(class) { (words) }
            @match &one.outcome {
                Outcome::Eligible => {
                    @if !one.services.is_empty() { ul { @for item in &one.services { li { (item.name) @if !item.limit.is_empty() { "：" (item.limit) } } } } }
                    @if one.parts.len() > 1 { ul { @for part in &one.parts { li { (part.name) " " (yuan_words(part.amount)) @if let Some(payee) = &part.payee { (w::goes_to(payee)) } } } } }
                    @if !shown.reasons.is_empty() { details.more { summary { (w::HOW_MUCH) } (reasons(&shown.reasons)) } }
                    p { b { (w::NEXT_STEP) } (w::APPLY) }
                },
                Outcome::Refused => { (why(one, &one.reasons)) (changes(view, one)) },
                Outcome::NeedsPerson => { (why(one, &one.reasons)) p { b { (w::NEXT_STEP) } (w::VISIT) } },
                Outcome::Unknown { .. } => (lacking(view, one)),
            }
            p.no-print { a href=(format!("/policy/{}?area={}", one.programme, view.talk.area.map(|a| a.to_string()).unwrap_or_default())) { (w::BOOK) } }
        }
    }
}

fn verdict(one: &Determination) -> (&'static str, String) {
    match (&one.outcome, one.amount) {
        (Outcome::Eligible, Some(amount)) => {
            let yuan = yuan_words(amount);
            let words = match one.per {
                AmountPer::Month => w::monthly(&yuan, &one.starts.to_string()),
                AmountPer::Once => w::once(&yuan),
                AmountPer::Year => w::yearly(&yuan),
            };
            ("yes", words)
        }
        (Outcome::Eligible, None) if one.services.is_empty() => ("yes", w::RECOGNISED.to_owned()),
        (Outcome::Eligible, None) => ("yes", w::SERVED.to_owned()),
        (Outcome::Refused, _) => ("no", w::NOT_ELIGIBLE.to_owned()),
        (Outcome::NeedsPerson, _) => ("open", w::BY_HAND.to_owned()),
        (Outcome::Unknown { .. }, _) => ("open", w::NOT_KNOWN.to_owned()),
    }
}

/// Each reason with its article, the family's own figures behind it, and what can be done.
fn why(one: &Determination, reasons: &[Reason]) -> Markup {
    html! {
        ul.why {
            @for reason in reasons {
                li {
                    p { (reason.text) "。" @if !reason.cite.is_empty() { span.ref { (w::BASIS) (explain::plain_cite(&reason.cite)) } } }
                    (own_figures(one, &reason.name))
                    @if let Some(next) = &reason.next_step { p { b { (w::NEXT_STEP) } (next) "。" } }
                }
            }
        }
    }
}

/// 怎样会不同: what the family may say is wrong, or has changed; each was tried and reverses the refusal.
fn changes(view: &View<'_>, one: &Determination) -> Markup {
    let at = view.determinations.iter().position(|other| std::ptr::eq(other, one));
    let told = at.and_then(|at| view.changes.get(at)).map_or(&[][..], Vec::as_slice);
    html! {
        @if !told.is_empty() {
            details.more {
                summary { (w::DIFFERENT) }
                ul { @for change in told { li { (in_words(view, change)) } } }
                p.muted { (w::DIFFERENT_DO) }
            }
        }
    }
}

fn in_words(view: &View<'_>, change: &Counterfactual) -> String {
    let who = change.member.map_or_else(|| w::FAMILY.to_owned(), |at| view.talk.person(at));
    let then = match change.becomes {
        Becomes::Eligible => w::THEN_YES,
        Becomes::NeedsPerson => w::THEN_PERSON,
        Becomes::Unknown => w::THEN_MORE,
    };
    w::different(&who, &change.name, &change.to, then)
}

/// The household's numbers that a condition was made from, each once.
fn own_figures(one: &Determination, name: &str) -> Markup {
    let mut found: Vec<(&str, &str)> = Vec::new();
    if let Some(line) = one.explanation.iter().find(|line| line.name == name) {
        numbers(line, 2, &mut found);
    }
    html! { @if !found.is_empty() { p.small.muted { (w::YOUR_FIGURES) @for (at, (name, value)) in found.iter().enumerate() { @if at > 0 { "，" } (name) " " (of_text(value)) } } } }
}

fn numbers<'d>(line: &'d Explanation, deep: usize, found: &mut Vec<(&'d str, &'d str)>) {
    for part in &line.from {
        let is_number = part.value.starts_with(|c: char| c.is_ascii_digit() || c == '-');
        if is_number && part.member.is_none() && !found.contains(&(&part.name, &part.value)) {
            found.push((&part.name, &part.value));
        } else if deep > 0 && !is_number {
            numbers(part, deep - 1, found);
        }
    }
}

/// What is missing, by whom it is.
fn lacking(view: &View<'_>, one: &Determination) -> Markup {
    let Outcome::Unknown { missing } = &one.outcome else { return html! {} };
    let named = |lack: &law::Missing| match lack.member {
        Some(at) => w::of_person(&lack.name, &view.talk.person(at)),
        None => lack.name.to_string(),
    };
    let names: Vec<String> = missing.iter().map(named).collect();
    html! { p { (w::LACKING) (names.join(w::SEPARATOR)) "。" } p { (w::LACKING_DO) } }
}

/// Every answer, each to be changed; and ways to go on.
fn said(view: &View<'_>) -> Markup {
    let form = view.app.form();
    html! {
        section.block {
            h2 { (w::ANSWERS) }
            form method="post" action="/policy/ask" {
                @for (name, value) in view.talk.fields(form) { (hidden(&name, &value)) }
                dl.said {
                    (line(w::PLACE, view.place, "do", "change-area"))
                    (line(w::PEOPLE, &(0..view.talk.people.len()).map(|at| view.talk.person(at)).collect::<Vec<_>>().join(w::SEPARATOR), "do", "people"))
                    @for fact in view.talk.asked() { (line(&form.declaration(fact).name, &answered(view, fact), "change", &form.declaration(fact).name)) }
                }
                div.buttons {
                    @if view.may_go_on { button.button type="submit" name="do" value="go-on" { (w::GO_ON) } }
                    @if view.talk.programme != w::ALL { button.button.quiet type="submit" name="do" value="all" { (w::ASK_ALL) } }
                    a.button.quiet href="/policy/ask" { (w::AGAIN) }
                }
            }
        }
    }
}

fn line(name: &str, value: &str, field: &str, act: &str) -> Markup {
    html! {
        div {
            dt { (name) }
            dd { (value) }
            dd.no-print { button.link type="submit" name=(field) value=(act) aria-label=(format!("{}{}{name}", w::CHANGE, marks::COLON)) { (w::CHANGE) } }
        }
    }
}

fn answered(view: &View<'_>, fact: law::form::FactId) -> String {
    let form = view.app.form();
    let alone = view.talk.people.len() == 1;
    let one = |(slot, said): &(super::talk::Slot, super::talk::Said)| {
        let value = text(form, *slot, *said);
        match slot.member.filter(|_| !alone) {
            Some(at) => format!("{}{}{value}", view.talk.person(at), marks::COLON),
            None => value,
        }
    };
    let own: Vec<_> = view.talk.answers.iter().filter(|(slot, _)| slot.fact == fact).collect();
    if let [(slot, first), rest @ ..] = own.as_slice()
        && !rest.is_empty()
        && rest.iter().all(|(_, said)| said == first)
    {
        return w::all_are(&text(form, *slot, *first));
    }
    own.into_iter().map(one).collect::<Vec<_>>().join("；")
}
