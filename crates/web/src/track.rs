//! The resident's page: five questions, answered one after another in large type, without an account. The number and the ID tail
//! travel in the form's body; a wrong number and a wrong tail get the same answer, so that nobody can feel for numbers.

use std::sync::Arc;

use axum::extract::{Form, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use casework::case::{ClockKind, Status};
use casework::hear::remedies;
use law::RemedyKind;
use maud::{Markup, html};
use serde::Deserialize;
use values::{Day, PersonName};

use crate::answer::{Reader, Turned, cookie, set_cookie};
use crate::app::App;
use crate::case_page::file::{determinations, money_lines, outcomes, told};
use crate::case_page::{MoneyLine, Outcome, Told, determination, money};
use crate::home::track_form;
use crate::parts::{Clock, FieldError, Light, SpineRow, clock, light, spine};
use crate::router::go;
use crate::seal::{opened, sealed};
use crate::words::journey::{rail as names, said};
use crate::words::{clock as clock_words, spine as spine_words, track as w};

/// Name of the cookie that holds the sealed case number for the day.
const COOKIE: &str = "track";

/// What the family typed.
#[derive(Deserialize)]
pub struct Asked {
    number: String,
    tail: String,
}

/// `GET /track`: the two questions.
pub async fn show(reader: Reader) -> Response {
    reader.page(w::TITLE, ask("", &[]))
}

/// `POST /track`: right number and tail open the page for the day; anything else gets one answer.
pub async fn open(State(app): State<Arc<App>>, reader: Reader, Form(asked): Form<Asked>) -> Result<Response, Turned> {
    let (number, tail) = (with_hyphens(fold_number(&asked.number)), fold_number(&asked.tail));
    let wrong = |name: &str, text: &str| {
        let errors = [FieldError { name: name.to_owned(), text: text.to_owned() }];
        Ok(reader.page_with_errors(w::TITLE, ask(asked.number.trim(), &errors)))
    };
    let today = reader.frame.today;
    if number.is_empty() {
        return wrong("number", w::NEED_NUMBER);
    }
    if tail.chars().count() != TAIL {
        return wrong("tail", w::NEED_TAIL);
    }
    if !app.patience.allows(&number, today) {
        return wrong("number", w::TOO_OFTEN);
    }
    if !app.registry.track(&number, &tail).await? {
        app.patience.note(&number, today);
        return wrong("number", w::NOT_FOUND);
    }
    let mut response = go("/track/case");
    let seal = set_cookie(COOKIE, &sealed(&app.seal_key, &number, today), 0);
    response.headers_mut().insert(header::SET_COOKIE, seal.parse().map_err(|_| Turned::Unreadable)?);
    Ok(response)
}

/// `GET /track/case`: the answers, as long as the day's seal holds.
pub async fn answer(State(app): State<Arc<App>>, reader: Reader, headers: HeaderMap) -> Result<Response, Turned> {
    let sealed = cookie(&headers, COOKIE).and_then(|text| opened(&app.seal_key, text, reader.frame.today));
    let Some(number) = sealed else { return Ok(go("/track")) };
    let Some(file) = app.registry.case(number).await? else { return Ok(go("/track")) };
    let village = app.place(&file.case.filed.village);
    let told = told(&app, &file, reader.frame.today, &village).ok_or(Turned::NotFound)?;
    let name = &file.family.members.first().ok_or(Turned::NotFound)?.name;
    let paid = app.registry.paid_for(&file).await?;
    let view = answers_of(
        &told,
        name,
        outcomes(&app, &file, &determinations(&app, &file)),
        money_lines(&app, &reader.frame, &paid),
    );
    Ok(reader.page(w::TITLE, answers(&view)))
}

/// `POST /track/leave`: nothing stays on a borrowed telephone.
pub async fn leave() -> impl IntoResponse {
    let gone = format!("{COOKIE}=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0");
    let mut response = go("/");
    if let Ok(gone) = gone.parse() {
        response.headers_mut().insert(header::SET_COOKIE, gone);
    }
    response
}

/// The tail of an ID number has four characters.
const TAIL: usize = 4;

/// Full-width characters become plain, blanks vanish, letters become capitals.
fn fold_number(text: &str) -> String {
    let plain = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '—' | '–' => '-',
        c => c,
    };
    text.chars().filter(|c| !c.is_whitespace()).map(plain).collect::<String>().to_ascii_uppercase()
}

/// A number typed without its hyphens gets them back: six of the county, eight of the day, five running.
fn with_hyphens(number: String) -> String {
    if number.len() == 19 && number.bytes().all(|b| b.is_ascii_digit()) {
        format!("{}-{}-{}", &number[..6], &number[6..14], &number[14..])
    } else {
        number
    }
}

/// A step of the rail: its name, and whether it is behind, here or ahead.
#[derive(Clone, Debug)]
pub struct RailStep {
    /// The step.
    pub name: String,
    /// Behind the case.
    pub done: bool,
    /// The case is here.
    pub now: bool,
}

/// The answers of one case.
#[derive(Clone, Debug)]
pub struct Answers {
    /// The case number.
    pub number: String,
    /// The name with all but the family name hidden.
    pub name_masked: String,
    /// What was asked.
    pub asked: String,
    /// The steps.
    pub rail: Vec<RailStep>,
    /// Where the case is: one sentence.
    pub at: String,
    /// What that means: one or two sentences.
    pub at_more: String,
    /// Which office has it.
    pub holder: String,
    /// How to reach it.
    pub holder_more: String,
    /// The promised day and how it stands.
    pub promise: Option<(Day, Light)>,
    /// The last day by law.
    pub statute: Option<Day>,
    /// What the resident has to do; empty for nothing.
    pub to_do: String,
    /// The determinations made.
    pub outcomes: Vec<Outcome>,
    /// Money paid so far.
    pub money: Vec<MoneyLine>,
    /// What to do when one disagrees: sentences with article, where and until when.
    pub disagree: Vec<String>,
    /// The clocks.
    pub clocks: Vec<Clock>,
    /// The timeline.
    pub steps: Vec<SpineRow>,
}

/// The answers of a case to the family it is about.
pub fn answers_of(told: &Told<'_>, name: &PersonName, outcomes: Vec<Outcome>, money: Vec<MoneyLine>) -> Answers {
    let standing = told.standing();
    Answers {
        number: told.case.filed.number.clone(),
        name_masked: name.masked(),
        asked: said::asked(told.programme),
        rail: rail_of(told.case.status()),
        at: standing.said.to_owned(),
        at_more: meaning(told, standing.meaning),
        holder: told.case.held_by().map_or(w::NOBODY, |role| role.zh()).to_owned(),
        holder_more: said::ASK_ASSISTANT.to_owned(),
        promise: told.due(ClockKind::Promise),
        statute: told.due(ClockKind::Statute).map(|(by, _)| by),
        to_do: to_do(told, standing.to_do),
        outcomes,
        money,
        disagree: disagree(told),
        clocks: told.clocks(),
        steps: told.spine(),
    }
}

fn meaning(told: &Told<'_>, words: &str) -> String {
    let posting = told.case.posting.as_ref().filter(|_| told.case.status() == Status::Published);
    let yes = told.case.confirmation.as_ref();
    match (posting, yes) {
        (Some(posting), _) => format!("{words}{}", said::posted_until(&posting.notice.until.with_weekday())),
        (None, Some(yes)) => format!("{}{words}", said::approved(&yes.amount.to_string(), &yes.from.to_string())),
        (None, None) => words.to_owned(),
    }
}

fn to_do(told: &Told<'_>, words: &str) -> String {
    if told.case.is_awaiting_supplement() {
        format!("{words}：{}", told.case.missing.join("、"))
    } else {
        words.to_owned()
    }
}

fn disagree(told: &Told<'_>) -> Vec<String> {
    let remedies = remedies(told.case, told.procedure);
    let mut ways = Vec::new();
    if told.case.status() == Status::Published {
        ways.push(said::DISAGREE_POSTED.to_owned());
    }
    if remedies.is_empty() {
        ways.push(said::DISAGREE_DECIDED.to_owned());
    }
    ways.extend(remedies.iter().map(|open| match open.kind {
        RemedyKind::Reconsideration => said::reconsideration(&open.until.with_weekday(), &open.cite),
        RemedyKind::Lawsuit => said::lawsuit(&open.until.with_weekday(), &open.cite),
    }));
    ways.push(said::DISAGREE_FACT.to_owned());
    ways.push(said::HOTLINE.to_owned());
    ways
}

/// Where a status lies on the six steps of the rail: index of the step the case is at.
fn rail_of(status: Status) -> Vec<RailStep> {
    let at = match status {
        Status::HandedIn | Status::AwaitingSupplement => 1,
        Status::Verifying | Status::AwaitingPanel | Status::AwaitingOpinion => 2,
        Status::AwaitingPosting | Status::Published | Status::UnderObjection => 3,
        Status::CountyReview | Status::AwaitingNotice | Status::Refused => 4,
        Status::AwaitingFirstPayment => 5,
        Status::InPayment | Status::Recognised => 6,
        Status::Withdrawn => 0,
    };
    let steps = [names::HAND_IN, names::ACCEPT, names::LOOK, names::POST, names::CONFIRM, names::PAY];
    steps
        .into_iter()
        .enumerate()
        .map(|(n, name)| RailStep { name: name.to_owned(), done: n < at, now: n == at })
        .collect()
}

/// The page that asks.
pub fn ask(number: &str, errors: &[FieldError]) -> Markup {
    html! {
        div.page-head { h1 { (w::TITLE) } p.lead { (w::LEAD) } }
        (track_form(number, errors))
        @if !errors.is_empty() { p.field { (w::NOT_FOUND_ASK) } }
    }
}

/// The page that answers.
pub fn answers(view: &Answers) -> Markup {
    html! {
        div.page-head { h1 { (view.name_masked) "，" (view.asked) } p.lead { (w::NUMBER) " " (view.number) } }
        div.answers {
            section { h2 { (w::Q_WHERE) } div { p.answer { (view.at) } (rail(&view.rail)) p.more-words { (view.at_more) } } }
            section { h2 { (w::Q_WHO) } div { p.answer { (view.holder) } p.more-words { (view.holder_more) } } }
            section { h2 { (w::Q_WHEN) } (when(view)) }
            section { h2 { (w::Q_NEXT) } div { p.answer { (if view.to_do.is_empty() { w::NOTHING_TO_DO } else { &view.to_do }) } } }
            section {
                h2 { (w::Q_WHY) }
                div { @if view.outcomes.iter().all(|one| !one.missing.is_empty()) { p.answer { (w::NO_AMOUNT_YET) } } @else { (determination(&view.outcomes)) } }
            }
            section { h2 { (w::Q_PAID) } (money(&view.money)) }
            section { h2 { (w::Q_DISAGREE) } div.more-words.stack { @for sentence in &view.disagree { p { (sentence) } } } }
        }
        section.block { h2 { (spine_words::TITLE) } p.muted { (spine_words::LEAD) } div.field { (spine(&view.steps)) } }
        section.block.no-print {
            div.buttons {
                a.button.quiet href="/track" { (w::AGAIN) }
                form method="post" action="/track/leave" { button.button.quiet type="submit" { (w::LEAVE) } }
            }
            p.hint { (w::LEAVE_HINT) }
        }
    }
}

fn rail(steps: &[RailStep]) -> Markup {
    html! {
        ol.rail {
            @for step in steps {
                li class=(match (step.done, step.now) { (_, true) => "now", (true, false) => "done", (false, false) => "ahead" }) aria-current=[step.now.then_some("step")] { (step.name) }
            }
        }
    }
}

fn when(view: &Answers) -> Markup {
    html! {
        div {
            @if let Some((by, state)) = &view.promise { p.answer { (w::promise(&by.with_weekday())) } p.more-words { (light(state)) } }
            @if let Some(by) = view.statute { p.more-words { (w::statute(&by.with_weekday())) } }
            @if !view.clocks.is_empty() { details.more { summary { (w::BOTH_CLOCKS) } h3 { (clock_words::TITLE) } @for one in &view.clocks { (clock(one)) } } }
        }
    }
}
