//! What a reader may do on a case now: forms for the page, and the reading of a form sent back into an act that casework judges.

use casework::case::{
    Act, Answer, Case, Desk, Finding, GivenReason, Opinion, Refusal, Refusals, Role, Settlement, Status,
};
use casework::{apply, decide, publish, verify};
use law::{AmountPer, Gives};
use values::{Day, Fen, PersonId};

use super::ActForm;
use crate::parts::{Choice, Field, Input};
use crate::typed::Typed;
use crate::words::application::given;
use crate::words::{acts as w, fields};

/// What an act needs to know besides the case and what was typed.
#[derive(Clone, Debug)]
pub struct Around {
    /// Adult members, who all have to have signed.
    pub adults: Vec<PersonId>,
    /// Departments that can be asked.
    pub departments: Vec<String>,
    /// What the determination of the leading programme proposes; none while facts are missing.
    pub proposed: Option<Opinion>,
    /// The leading programme's title.
    pub programme: String,
}

/// The forms of what this role may do with the case on this day, the usual one first.
pub fn forms(case: &Case, role: Role, today: Day, around: &Around) -> Vec<ActForm> {
    match (case.status(), role) {
        (Status::HandedIn, Role::TownshipClerk) if is_unsigned(case, around) => vec![authorise(), supplement()],
        (Status::HandedIn, Role::TownshipClerk) => vec![accept(), supplement()],
        (Status::AwaitingSupplement, Role::TownshipClerk | Role::VillageAssistant) => {
            vec![plain("supplemented", w::SUPPLEMENTED_ABOUT, w::SUPPLEMENTED)]
        }
        (Status::Verifying, Role::TownshipClerk | Role::SocialWorker | Role::CountyChecker) => {
            verifying(case, role, around)
        }
        (Status::AwaitingOpinion, Role::TownshipClerk) => opinions(around),
        (Status::AwaitingPosting, Role::TownshipClerk) => vec![plain("posted", w::POST_ABOUT, w::POST)],
        (Status::Published, Role::TownshipClerk) => published(case, today),
        (Status::UnderObjection, Role::TownshipClerk) => vec![settle()],
        (Status::AwaitingPanel, Role::TownshipClerk) => vec![super::verbs::panel()],
        (Status::CountyReview, Role::CountyApprover) if case.step_to_record().is_some() => {
            case.step_to_record().map(super::verbs::record).into_iter().collect()
        }
        (Status::CountyReview, Role::CountyApprover)
            if decide::needs_county_visit(case) && case.county_visited_on.is_none() =>
        {
            vec![visit("county_visited")]
        }
        (Status::CountyReview, Role::CountyApprover) => vec![confirm(case), refuse()],
        (Status::CountyReview, Role::TownshipClerk) if case.held_by() == Some(role) => vec![confirm(case), refuse()],
        (Status::AwaitingNotice, Role::TownshipClerk | Role::VillageAssistant) => {
            vec![plain("notified", w::NOTIFY_ABOUT, w::NOTIFY)]
        }
        (_, Role::TownshipClerk) => case.step_to_record().map(super::verbs::record).into_iter().collect(),
        _ => vec![],
    }
}

/// Reads a form sent back and has casework judge it.
///
/// # Errors
/// What casework refuses; an act that no form offers.
pub fn judge(case: &Case, desk: &Desk<'_>, typed: &Typed, around: &Around) -> Result<Act, Refusals> {
    match typed.get("act") {
        "accepted" => apply::accept(case, desk, &around.adults),
        "authorised" => apply::authorise(case, desk, &around.adults, &around.adults),
        "supplement_asked" => apply::ask_supplement(case, desk, &listed(typed.get("missing")), &[]),
        "supplemented" => apply::supplement(case, desk),
        "check_asked" => verify::ask_check(case, desk, &typed.all("source")),
        "check_answered" => verify::answer_check(case, desk, answer_of(typed)),
        "visited" => verify::visit(case, desk, pair_of(typed), findings_of(typed)),
        "opinion_for" => decide::give_opinion(case, desk, around.proposed.clone().ok_or_else(no_proposal)?),
        "opinion_against" => decide::give_opinion(case, desk, against(typed, around)),
        "posted" => publish::post(case, desk, &around.programme),
        "publication_ended" => publish::end(case, desk),
        "objected" => publish::object(case, desk, typed.get("summary"), typed.get("named") == fields::YES),
        "objection_settled" => settled_of(case, desk, typed),
        "county_visited" => decide::visit_by_county(case, desk, pair_of(typed), findings_of(typed)),
        "confirmed" => decide::confirm(case, desk, desk.today.month().next()),
        "refused" => decide::refuse(case, desk, reasons_of(typed)),
        "notified" => decide::notify(case, desk),
        _ => super::verbs::judge(case, desk, typed),
    }
}

/// What no form offers.
pub(super) fn no_such_act() -> Refusals {
    Refusal::of_content("no_such_act", w::NO_SUCH_ACT, w::NO_SUCH_ACT_DO).into()
}

fn no_proposal() -> Refusals {
    Refusal::of_moment("nothing_proposed", w::NOTHING_PROPOSED, w::NOTHING_PROPOSED_DO).into()
}

pub(super) fn plain(act: &'static str, about: &str, submit: &'static str) -> ActForm {
    ActForm { act, about: about.to_owned(), fields: vec![], submit, grave: false, ..ActForm::default() }
}

pub(super) fn line(name: &str, label: &str, hint: &str, input: Input) -> Field {
    Field { name: name.to_owned(), label: label.to_owned(), hint: hint.to_owned(), input, value: String::new() }
}

fn yes_or_no() -> Input {
    Input::Radio(
        [fields::YES, fields::NO].map(|word| Choice { value: word.to_owned(), label: word.to_owned() }).to_vec(),
    )
}

fn accept() -> ActForm {
    plain("accepted", w::ACCEPT_ABOUT, w::ACCEPT)
}

/// While an adult has not signed, no department may be asked and the application cannot be accepted.
fn is_unsigned(case: &Case, around: &Around) -> bool {
    apply::unsigned_adults(&case.authorised_by, &around.adults) > 0
}

fn authorise() -> ActForm {
    plain("authorised", w::AUTHORISED_ABOUT, w::AUTHORISED)
}

fn supplement() -> ActForm {
    ActForm {
        fields: vec![line("missing", w::MISSING, w::MISSING_HINT, Input::Text)],
        grave: true,
        ..plain("supplement_asked", w::SUPPLEMENT_ABOUT, w::SUPPLEMENT)
    }
}

fn verifying(case: &Case, role: Role, around: &Around) -> Vec<ActForm> {
    let mut forms = Vec::new();
    if case.awaits_relief() && role == Role::TownshipClerk {
        forms.push(super::verbs::relieve());
    }
    if role == Role::TownshipClerk {
        forms.extend(case.step_to_record().map(super::verbs::record));
    }
    if case.needs_check() && case.asked.is_empty() && role != Role::SocialWorker {
        let departments = Field {
            value: around.departments.join(","),
            ..line("source", w::DEPARTMENTS, "", Input::Checks(same(&around.departments)))
        };
        forms.push(ActForm { fields: vec![departments], ..plain("check_asked", w::CHECK_ABOUT, w::CHECK) });
    }
    let silent: Vec<String> = case.silent_sources().into_iter().map(str::to_owned).collect();
    if !silent.is_empty() && role == Role::CountyChecker {
        forms.push(answer(&silent));
    }
    if case.needs_visit() && case.visited_on.is_none() && role != Role::CountyChecker {
        forms.push(visit("visited"));
    }
    forms
}

fn same(words: &[String]) -> Vec<Choice> {
    words.iter().map(|word| Choice { value: word.clone(), label: word.clone() }).collect()
}

fn answer(silent: &[String]) -> ActForm {
    let source = Field { value: silent[0].clone(), ..line("source", w::DEPARTMENT, "", Input::Select(same(silent))) };
    let found = line("found", w::FOUND, w::FOUND_HINT, Input::Text);
    let differs = Field { value: fields::NO.to_owned(), ..line("contradicts", w::CONTRADICTS, "", yes_or_no()) };
    ActForm { fields: vec![source, found, differs], ..plain("check_answered", "", w::ANSWER) }
}

fn visit(act: &'static str) -> ActForm {
    let mut asked = vec![
        line("first", w::FIRST, "", Input::Line("text")),
        line("second", w::SECOND, w::SECOND_HINT, Input::Line("text")),
    ];
    asked.extend(
        w::LOOKED_AT.iter().enumerate().map(|(at, about)| line(&format!("seen{at}"), about, "", Input::Line("text"))),
    );
    ActForm { fields: asked, ..plain(act, w::VISIT_ABOUT, w::VISIT) }
}

fn opinions(around: &Around) -> Vec<ActForm> {
    let reasons = vec![
        line("reason", w::REASON, w::REASON_HINT, Input::Text),
        line("cite", w::CITE, w::CITE_HINT, Input::Line("text")),
    ];
    let against = ActForm { fields: reasons, grave: true, ..plain("opinion_against", w::AGAINST_ABOUT, w::AGAINST) };
    match &around.proposed {
        Some(opinion) if opinion.in_favour => {
            vec![
                plain(
                    "opinion_for",
                    &w::for_about(opinion.persons, &given(opinion.gives, &opinion.amount.to_string())),
                    w::FOR,
                ),
                against,
            ]
        }
        Some(_) | None => vec![against],
    }
}

fn published(case: &Case, today: Day) -> Vec<ActForm> {
    let Some(posting) = case.hanging() else { return vec![] };
    if today > posting.notice.until {
        return vec![plain("publication_ended", w::END_ABOUT, w::END)];
    }
    let named = Field { value: fields::NO.to_owned(), ..line("named", w::NAMED, "", yes_or_no()) };
    let asked = vec![line("summary", w::OBJECTION, w::OBJECTION_HINT, Input::Text), named];
    vec![ActForm { fields: asked, ..plain("objected", &w::running(&posting.notice.until.with_weekday()), w::OBJECT) }]
}

fn settle() -> ActForm {
    let how = [("resurvey", w::RESURVEY), ("panel", w::PANEL)]
        .map(|(value, label)| Choice { value: value.to_owned(), label: label.to_owned() });
    let asked = vec![
        Field { value: "resurvey".to_owned(), ..line("by", w::SETTLED_BY, "", Input::Radio(how.to_vec())) },
        line("finding", w::FINDING, "", Input::Text),
        Field { value: fields::YES.to_owned(), ..line("upholds", w::UPHOLDS, "", yes_or_no()) },
    ];
    ActForm { fields: asked, ..plain("objection_settled", w::SETTLE_ABOUT, w::SETTLE) }
}

fn confirm(case: &Case) -> ActForm {
    let words =
        case.standing_opinion().map_or(String::new(), |one| given(one.opinion.gives, &one.opinion.amount.to_string()));
    plain("confirmed", &w::confirm_about(&words), w::CONFIRM)
}

fn refuse() -> ActForm {
    let asked = vec![
        line("reason", w::REASON, w::REASON_HINT, Input::Text),
        line("cite", w::CITE, w::CITE_HINT, Input::Line("text")),
    ];
    ActForm { fields: asked, grave: true, ..plain("refused", w::REFUSE_ABOUT, w::REFUSE) }
}

/// One thing a line.
pub(super) fn listed(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

fn answer_of(typed: &Typed) -> Answer {
    Answer {
        source: typed.get("source").to_owned(),
        found: listed(typed.get("found")),
        contradicts_form: typed.get("contradicts") == fields::YES,
    }
}

fn pair_of(typed: &Typed) -> [String; 2] {
    [typed.get("first").to_owned(), typed.get("second").to_owned()]
}

fn findings_of(typed: &Typed) -> Vec<Finding> {
    let seen = |(at, about): (usize, &&str)| Finding {
        about: (*about).to_owned(),
        seen: typed.get(&format!("seen{at}")).to_owned(),
    };
    w::LOOKED_AT.iter().enumerate().map(seen).filter(|finding| !finding.seen.is_empty()).collect()
}

fn reasons_of(typed: &Typed) -> Vec<GivenReason> {
    let (text, cite) = (typed.get("reason"), typed.get("cite"));
    if text.is_empty() { vec![] } else { vec![GivenReason { text: text.to_owned(), cite: cite.to_owned() }] }
}

fn against(typed: &Typed, around: &Around) -> Opinion {
    let of = around.proposed.as_ref();
    Opinion {
        programme: of.map_or_else(|| around.programme.clone(), |o| o.programme.clone()),
        in_favour: false,
        amount: Fen::ZERO,
        gives: of.map_or(Gives::Money(AmountPer::Month), |o| o.gives),
        persons: 0,
        determination: of.map(|o| o.determination.clone()).unwrap_or_default(),
        reasons: reasons_of(typed),
    }
}

fn settled_of(case: &Case, desk: &Desk<'_>, typed: &Typed) -> Result<Act, Refusals> {
    let by = if typed.get("by") == "panel" { Settlement::Panel } else { Settlement::Resurvey };
    publish::settle_objection(case, desk, by, typed.get("finding"), typed.get("upholds") == fields::YES)
}
