//! From one application to every entitlement: which rights open a case of their own, and what is told of the others.
//!
//! In: what the books say of all programmes on the frozen facts, and what may be drawn together. Out: a proposal for every right,
//! each with its reasons; then the first event of every case. A person may insist on what is not opened here: everybody may apply.

use law::{AmountPer, Combined, Determination, Gives, Outcome};
use serde::{Deserialize, Serialize};
use values::{AreaCode, Day, Fen, HouseholdId, PersonId};

use crate::case::{Act, Desk, Event, GivenReason, Refusal, Refusals};

/// What the books' answer on one right means for an application.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// The programme's id.
    pub programme: String,
    /// Its title.
    pub title: String,
    /// Whose right; none for the household's.
    pub member: Option<PersonId>,
    /// What becomes of it.
    pub standing: Standing,
    /// Fen for the span of `gives`, where the books say.
    pub amount: Option<Fen>,
    /// What is given.
    pub gives: Gives,
    /// Why, each with its article.
    pub reasons: Vec<GivenReason>,
    /// Facts that are missing.
    pub missing: Vec<String>,
    /// Digest of the facts it rests on.
    pub facts: String,
    /// Number of the case that it opened; none while it has none.
    pub case: Option<String>,
}

/// What becomes of a right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// 已开办: the facts grant it, or leave it to a person, or check and visit will tell.
    Open,
    /// 随后可办: granted once another right of the application is.
    Follows,
    /// 另选: cannot be drawn beside what is proposed; the family may choose it instead.
    Excluded,
    /// 还缺信息: hangs on what only the family can tell, or on what no book says for this month.
    Lacking,
    /// 不符合.
    Refused,
    /// 不用申请: nobody applies for it; it follows by itself.
    ByItself,
}

impl Standing {
    /// The word people see.
    pub const fn zh(&self) -> &'static str {
        match self {
            Standing::Open => "已开办",
            Standing::Follows => "随后可办",
            Standing::Excluded => "另选",
            Standing::Lacking => "还缺信息",
            Standing::Refused => "不符合",
            Standing::ByItself => "不用申请",
        }
    }

    /// True where a case opens with the application.
    pub const fn opens(&self) -> bool {
        matches!(self, Standing::Open | Standing::Follows)
    }
}

/// One form, handed in once: what it led to (申请).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    /// Its number, which the leading case carries too.
    pub number: String,
    /// Whose.
    pub household: HouseholdId,
    /// Where.
    pub village: AreaCode,
    /// The day of the hand-in.
    pub on: Day,
    /// Questions asked of the household.
    pub asked: u32,
    /// Questions answered from what the government held.
    pub prefilled: u32,
    /// Answers that several cases used: asked once, used again.
    pub reused: u32,
    /// What became of every right.
    pub proposals: Vec<Proposal>,
}

impl Application {
    /// The application behind these first events, the leading one first.
    ///
    /// # Panics
    /// Without a hand-in.
    pub fn of(events: &[Event], proposals: Vec<Proposal>) -> Application {
        let Some(Act::HandedIn { number, household, village, items_asked, items_prefilled, .. }) =
            events.first().map(|first| &first.act)
        else {
            panic!("an application begins with its hand-in")
        };
        Application {
            number: number.clone(),
            household: *household,
            village: *village,
            on: events[0].on,
            asked: *items_asked,
            prefilled: *items_prefilled,
            reused: reused(events),
            proposals,
        }
    }
}

impl Application {
    /// The family insists on the right at that place: it has its case now, and every answer is used once more.
    pub fn insisted(&mut self, at: usize, number: &str) {
        self.proposals[at].case = Some(number.to_owned());
        self.reused += self.asked + self.prefilled;
    }
}

/// Answers taken over by the cases beside the leading one.
fn reused(events: &[Event]) -> u32 {
    let of = |event: &Event| match &event.act {
        Act::HandedIn { items_reused, .. } => *items_reused,
        _ => 0,
    };
    events.iter().map(of).sum()
}

/// How one book is read for an application.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Its procedure begins with a hand-in.
    Applied,
    /// It has no procedure, or one that begins by itself.
    ByItself,
}

/// What a plan needs besides the determinations.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// What may be drawn together.
    pub combined: &'a Combined,
    /// Ids of the members, in the order of the facts.
    pub members: &'a [PersonId],
    /// The programme that leads where nothing else does: somebody applied, so something is decided.
    pub leading: &'a str,
    /// The source that is the family's own word; what only it can tell is asked and not checked.
    pub own_word: &'a str,
}

/// What becomes of every right, those that open a case first, the leading programme before all.
pub fn plan(found: &[Determination], told: &Told<'_>, reading: impl Fn(&str) -> Reading) -> Vec<Proposal> {
    let mut proposals: Vec<Proposal> = found.iter().map(|one| proposal(one, told, reading(&one.programme))).collect();
    if !proposals.iter().any(|one| one.standing.opens())
        && let Some(first) = proposals.iter_mut().find(|one| one.programme == told.leading)
    {
        first.standing = Standing::Open;
    }
    // stable: within a standing, the order of the books and members
    proposals
        .sort_by_key(|one| (!one.standing.opens(), one.programme != told.leading, one.standing == Standing::Refused));
    proposals
}

fn proposal(found: &Determination, told: &Told<'_>, reading: Reading) -> Proposal {
    let best = told.combined.best.as_ref();
    let is_best = best.is_some_and(|best| {
        best.awards.iter().any(|one| one.programme == found.programme && one.member == found.member)
    });
    let standing = match (reading, &found.outcome) {
        (Reading::ByItself, _) => Standing::ByItself,
        (_, Outcome::Eligible) if best.is_some() && !is_best => Standing::Excluded,
        (_, Outcome::Eligible | Outcome::NeedsPerson) => Standing::Open,
        (_, Outcome::Unknown { missing }) if is_settled_by_check(missing, told.own_word) => Standing::Open,
        (_, _) if is_best => Standing::Follows,
        (_, Outcome::Unknown { .. }) => Standing::Lacking,
        (_, Outcome::Refused) => Standing::Refused,
    };
    let gives = match (found.amount, found.services.is_empty()) {
        (None, false) => Gives::Services,
        (None, true) if found.outcome == Outcome::Eligible => Gives::Recognition,
        _ => Gives::Money(found.per),
    };
    Proposal {
        programme: found.programme.to_string(),
        title: found.title.to_string(),
        member: found.member.and_then(|at| told.members.get(at)).copied(),
        reasons: reasons(found, told, &standing),
        standing,
        amount: found.amount,
        gives,
        missing: missing_names(found),
        facts: found.receipt.facts.to_string(),
        case: None,
    }
}

/// Whether departments or the visit will tell every fact that is missing; a figure that no book gives has nobody to tell it.
fn is_settled_by_check(missing: &[law::Missing], own_word: &str) -> bool {
    missing.iter().all(|one| one.sources.iter().any(|source| source != own_word))
}

fn missing_names(found: &Determination) -> Vec<String> {
    match &found.outcome {
        Outcome::Unknown { missing } => missing.iter().map(|one| one.name.to_string()).collect(),
        Outcome::Eligible | Outcome::Refused | Outcome::NeedsPerson => Vec::new(),
    }
}

/// The book's reasons; for what is excluded, what it is excluded by.
fn reasons(found: &Determination, told: &Told<'_>, standing: &Standing) -> Vec<GivenReason> {
    let mut reasons: Vec<GivenReason> = Vec::new();
    if *standing == Standing::Excluded {
        let is_mine = |choice: &&law::Choice| {
            choice.member == found.member && [&choice.first, &choice.second].iter().any(|title| **title == found.title)
        };
        let choice = told.combined.choices.iter().find(is_mine);
        reasons.push(match choice {
            Some(choice) => GivenReason { text: choice.sentence(), cite: choice.cite.clone() },
            None => {
                let text = "先办的批准以后，这一项就不符合条件".to_owned();
                GivenReason { text, cite: String::new() }
            }
        });
    }
    reasons
        .extend(found.reasons.iter().map(|one| GivenReason { text: one.text.to_string(), cite: one.cite.to_string() }));
    reasons
}

/// The first events of all cases that an application opens, the leading one first, in the order of the proposals; each proposal is
/// told the number of its case. What was asked for the leading case is reused in the others and asked of nobody again.
///
/// # Panics
/// When `first` is not a hand-in.
pub fn open_cases(first: &Event, proposals: &mut [Proposal], is_delegated: impl Fn(&str) -> bool) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::new();
    for one in proposals.iter_mut().filter(|one| one.standing.opens()) {
        let place = events.len() + 1;
        let event = beside(first, place, (&one.programme, one.member), is_delegated(&one.programme));
        if let Act::HandedIn { number, .. } = &event.act {
            one.case = Some(number.clone());
        }
        events.push(event);
    }
    events
}

/// Opens a case for a right on which the household insists (申请权利): refused or excluded by the machine, decided by a person.
///
/// # Errors
/// A case is open for it already; nobody applies for it; wrong person.
pub fn opening_beside(
    desk: &Desk<'_>,
    first: &Event,
    place: usize,
    wanted: &Proposal,
    is_delegated: bool,
) -> Result<Event, Refusals> {
    let Act::HandedIn { village, .. } = &first.act else { panic!("an application begins with its hand-in") };
    let mut found = desk.wrong_office(village, &super::MAY_HAND_IN);
    if let Some(number) = &wanted.case {
        let text = format!("这一项已经在办（{number}）");
        found.push(Refusal::of_moment("opened_already", text, "请看那件申请的进度"));
    }
    if wanted.standing == Standing::ByItself {
        let text = "这一项不用申请，符合条件的由民政部门直接办";
        found.push(Refusal::of_content("by_itself", text, "不需要提出"));
    }
    Refusals::none_of(found)?;
    let event = beside(first, place, (&wanted.programme, wanted.member), is_delegated);
    Ok(Event { on: desk.today, at: desk.at.to_owned(), actor: desk.actor.clone(), ..event })
}

/// The hand-in of the case at that place of the application; the first carries the application's own number.
fn beside(first: &Event, place: usize, (programme, member): (&str, Option<PersonId>), delegated: bool) -> Event {
    let mut event = first.clone();
    let Act::HandedIn {
        number,
        programmes,
        items_asked,
        items_prefilled,
        items_reused,
        application,
        member: of,
        is_delegated,
        ..
    } = &mut event.act
    else {
        panic!("an application begins with its hand-in")
    };
    *programmes = vec![programme.to_owned()];
    (*of, *is_delegated) = (member, delegated);
    if place > 1 {
        *application = Some(number.clone());
        *number = format!("{number}-{place}");
        *items_reused = *items_asked + *items_prefilled;
        (*items_asked, *items_prefilled) = (0, 0);
    }
    event
}

/// Words of a proposal's money: `每月 480.00 元`; empty where the books give none.
pub fn money_words(one: &Proposal) -> String {
    let Some(amount) = one.amount else { return String::new() };
    let span = match one.gives {
        Gives::Money(AmountPer::Month) => "每月",
        Gives::Money(AmountPer::Year) => "每年",
        Gives::Money(AmountPer::Once) => "一次",
        Gives::Recognition | Gives::Services => return String::new(),
    };
    format!("{span} {amount} 元")
}
