//! 这对我意味着什么: what the books mean for one family, asked one question at a time until the answer is settled.
//!
//! In: what was said so far, carried by the form itself. Out: the next question, or the result. Nothing is stored; no name, no
//! number of a person has a place in it. Which question comes next, and what the answer is, is the engine's; this room speaks.

mod begin;
mod next;
mod question;
mod result;
mod talk;
mod together;

use std::sync::Arc;

use axum::extract::{Form, Query, State};
use axum::response::Response;
use law::form::FactId;
use serde::Deserialize;

use self::next::{Standing, standing};
use self::question::{Answering, answers};
use self::talk::Talk;
use crate::answer::{Reader, Turned};
use crate::app::App;
use crate::parts::FieldError;
use crate::policy::places;
use crate::typed::Typed;
use crate::words::ask as w;

/// The programme asked for, as an address may name it.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default, rename = "for")]
    programme: String,
}

/// `GET /policy/ask`: the first question.
pub async fn show(State(app): State<Arc<App>>, reader: Reader, Query(asked): Query<Asked>) -> Response {
    let typed = Typed(vec![("for".to_owned(), asked.programme)]);
    let talk = Talk::read(app.form(), &typed);
    Asking { app: &app, reader, talk, typed }.go_on()
}

/// `POST /policy/ask`: an answer, a step back, or a change.
pub async fn take(
    State(app): State<Arc<App>>,
    reader: Reader,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Turned> {
    let typed = Typed(pairs);
    let talk = Talk::read(app.form(), &typed);
    let mut asking = Asking { app: &app, reader, talk, typed };
    let change = asking.typed.get("change").to_owned();
    if !change.is_empty() {
        let fact = app.form().fact(&change).ok_or(Turned::Unreadable)?;
        return Ok(asking.again(fact));
    }
    let act = asking.typed.get("do").to_owned();
    asking.act(&act)
}

/// One request of the asking.
struct Asking<'a> {
    app: &'a App,
    reader: Reader,
    talk: Talk,
    typed: Typed,
}

impl Asking<'_> {
    fn act(&mut self, act: &str) -> Result<Response, Turned> {
        match act {
            "" | "go-on" => Ok(self.go_on()),
            "begin" if self.programmes().is_empty() => Ok(self.begin(&[wrong("for", w::NEED_PROGRAMME)])),
            "begin" => Ok(self.go_on()),
            "area" if self.place().is_none() => Ok(self.where_(&[wrong("area", w::NEED_AREA)])),
            "area" => Ok(self.go_on()),
            "change-area" => Ok(self.where_(&[])),
            "add" => Ok(self.add()),
            "drop" => {
                self.talk.drop_last();
                Ok(self.who(&[]))
            }
            "people" => {
                self.talk.has_everybody = false;
                Ok(self.who(&[]))
            }
            "everybody" => {
                self.talk.has_everybody = true;
                Ok(self.go_on())
            }
            "all" => {
                self.talk.programme = w::ALL.to_owned();
                Ok(self.go_on())
            }
            "back" => Ok(self.back()),
            "result" => Ok(self.result()),
            "answer" => self.answer(Answering::Typed),
            "none" => self.answer(Answering::None),
            "skip" => self.answer(Answering::DontKnow),
            _ => Err(Turned::Unreadable),
        }
    }

    /// The next page that is due: programme, place, people, a question, the result.
    fn go_on(&self) -> Response {
        if self.programmes().is_empty() {
            return self.begin(&[]);
        }
        if self.place().is_none() {
            return self.where_(&[]);
        }
        if !self.talk.has_everybody {
            return self.who(&[]);
        }
        let standing = self.standing();
        match &standing.question {
            Some(question) => {
                let (fact, members) = (question.fact, question.members.clone());
                self.ask(fact, &members, &standing, &[])
            }
            None => self.result(),
        }
    }

    fn programmes(&self) -> Vec<&str> {
        let month = self.reader.frame.today.month();
        let area = self.talk.area.unwrap_or_else(|| self.app.city());
        let all = self.app.library.programmes().iter().map(|info| info.id.as_str());
        match self.talk.programme.as_str() {
            w::ALL => all.filter(|id| self.app.library.version(id, month, &area).is_some()).collect(),
            one => all.filter(|id| *id == one).collect(),
        }
    }

    /// The county, when it is one of this city's.
    fn place(&self) -> Option<String> {
        let code = self.talk.area?.to_string();
        places(self.app).into_iter().skip(1).find(|(known, _)| *known == code).map(|(_, name)| name)
    }

    fn standing(&self) -> Standing {
        let facts = self.talk.facts(self.app.form(), self.app.city());
        let month = self.reader.frame.today.month();
        standing(&self.app.library, month, &facts, &self.programmes(), &self.talk.declined())
    }

    fn add(&mut self) -> Response {
        let relation = self.typed.get("relation").to_owned();
        if self.talk.people.len() >= talk::MOST_PEOPLE {
            return self.who(&[wrong("relation", w::TOO_MANY)]);
        }
        if !begin::relations(self.app.form()).contains(&relation) {
            return self.who(&[wrong("relation", w::NEED_RELATION)]);
        }
        self.talk.people.push(relation);
        self.who(&[])
    }

    fn answer(&mut self, answering: Answering) -> Result<Response, Turned> {
        let form = self.app.form();
        let fact = form.fact(self.typed.get("ask")).ok_or(Turned::Unreadable)?;
        let standing = self.standing();
        let members = self.members(fact, &standing);
        match answers(form, fact, &members, &self.typed, answering) {
            Ok(found) => {
                found.into_iter().for_each(|(slot, said)| self.talk.answer(slot, said));
                Ok(self.go_on())
            }
            Err(errors) => Ok(self.ask(fact, &members, &standing, &errors)),
        }
    }

    /// Whom a page of a fact asks: those answered before, and those of whom it is missing.
    fn members(&self, fact: FactId, standing: &Standing) -> Vec<Option<usize>> {
        let mut members = self.talk.members_of(fact);
        if let Some(question) = standing.question.as_ref().filter(|question| question.fact == fact) {
            members.extend(&question.members);
        }
        members.sort_unstable();
        members.dedup();
        members
    }

    /// The page before: of the fact asked before this one, or of the people.
    fn back(&self) -> Response {
        let asked = self.talk.asked();
        let here = self.app.form().fact(self.typed.get("ask"));
        let at = here.and_then(|fact| asked.iter().position(|other| *other == fact)).unwrap_or(asked.len());
        match at.checked_sub(1).and_then(|before| asked.get(before)) {
            Some(fact) => self.again(*fact),
            None => self.who(&[]),
        }
    }

    /// A question that was asked before.
    fn again(&self, fact: FactId) -> Response {
        let standing = self.standing();
        let members = self.members(fact, &standing);
        if members.is_empty() { self.go_on() } else { self.ask(fact, &members, &standing, &[]) }
    }

    fn ask(&self, fact: FactId, members: &[Option<usize>], standing: &Standing, errors: &[FieldError]) -> Response {
        let title_of = |id: &String| self.app.title_of(id).to_owned();
        let question = standing.question.as_ref().filter(|question| question.fact == fact);
        let matters_for: Vec<String> =
            question.map(|question| question.programmes.iter().map(title_of).collect()).unwrap_or_default();
        let body = question::question(&question::View {
            form: self.app.form(),
            talk: &self.talk,
            fact,
            members,
            typed: &self.typed,
            errors,
            progress: (standing.settled, standing.open),
            matters_for: &matters_for,
        });
        self.page(w::TITLE, body, errors)
    }

    fn result(&self) -> Response {
        let standing = self.standing();
        let place = self.place().unwrap_or_default();
        let (library, month) = (&self.app.library, self.reader.frame.today.month());
        let facts = self.talk.facts(self.app.form(), self.app.city());
        let changes: Vec<_> =
            standing.determinations.iter().map(|one| law::counterfactuals(library, &facts, one)).collect();
        let together = (self.talk.programme == w::ALL).then(|| law::combine(library, month, &facts));
        let body = result::result(&result::View {
            app: self.app,
            talk: &self.talk,
            determinations: &standing.determinations,
            together: together.as_ref(),
            changes: &changes,
            place: &place,
            month: self.reader.frame.today.month().to_string(),
            may_go_on: standing.question.is_some(),
        });
        self.page(w::RESULT, body, &[])
    }

    fn begin(&self, errors: &[FieldError]) -> Response {
        self.page(w::TITLE, begin::programme(self.app, &self.talk, errors), errors)
    }

    fn where_(&self, errors: &[FieldError]) -> Response {
        self.page(w::TITLE, begin::place(self.app, &self.talk, errors), errors)
    }

    fn who(&self, errors: &[FieldError]) -> Response {
        self.page(w::TITLE, begin::people(self.app, &self.talk, errors), errors)
    }

    /// A page that a switch of face brings back whole: what was said travels along.
    fn page(&self, title: &str, body: maud::Markup, errors: &[FieldError]) -> Response {
        let mut reader = self.reader.clone();
        reader.frame.here = "/policy/ask".to_owned();
        reader.frame.carried = self.talk.fields(self.app.form());
        if errors.is_empty() { reader.page(title, body) } else { reader.page_with_errors(title, body) }
    }
}

fn wrong(name: &str, text: &str) -> FieldError {
    FieldError { name: name.to_owned(), text: text.to_owned() }
}
