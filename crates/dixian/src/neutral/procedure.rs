//! Cases about the way, not the amount: terms, notices, hearings, what may be shown. The rooms of casework answer them.

use casework::apply::{self, HandIn};
use casework::case::{Act, Actor, Award, Case as Filed, Desk as CaseDesk, Help, Notice, Opinion, Role};
use casework::{decide, review};
use law::{Procedure, RemedyKind, Term};
use serde_json::Value;
use values::{AreaCode, AwardId, CaseId, Day, Fen, HouseholdId, PersonId, WorkCalendar};

use super::{Case, Desk, Row, text_of};

const VILLAGE: &str = "430302202204";

/// True for cases that ask nothing of the conditions and amounts.
pub(super) fn is_of_procedure(case: &Case) -> bool {
    let about = ["applicant_relations", "handed_in", "accepted", "publicity_posted", "proposed"];
    let people = case.facts.get("members").is_some_and(Value::is_array);
    let shown = case.expect.contains_key("never_shown");
    let letter = case.expect.contains_key("notice_due");
    people || shown || letter || about.iter().any(|name| case.facts.contains_key(*name))
}

pub(super) fn judge(case: &Case, as_of: Day, desk: &Desk<'_>, row: &mut Row) {
    let area: AreaCode = VILLAGE.parse().expect("a village");
    let Some(procedure) = desk.library.procedure("dibao", as_of.month(), &area) else {
        return row.unread.push(format!("{} 没有低保的程序", as_of.month()));
    };
    // the longest way is the text's own, before a city promised more
    let longest = desk.begins.and_then(|month| desk.library.procedure("dibao", month, &area)).unwrap_or(procedure);
    let rehearsal = Rehearsal { procedure, longest, calendar: desk.calendar, as_of };
    for (name, value) in &case.expect {
        match rehearsal.answer(case, name, value) {
            Some((expected, found)) => row.note(name, expected, found),
            None => row.unread.push(format!("expect 里的 {name}")),
        }
    }
}

/// A case under the procedure of its month, rehearsed by invented people.
pub(super) struct Rehearsal<'r> {
    pub(super) procedure: &'r Procedure,
    /// The procedure as the rule set began.
    pub(super) longest: &'r Procedure,
    pub(super) calendar: &'r WorkCalendar,
    pub(super) as_of: Day,
}

type Told = Option<(String, String)>;

impl Rehearsal<'_> {
    /// What is expected under that name, and what the rooms say; none for a name that nobody knows.
    fn answer(&self, case: &Case, name: &str, value: &Value) -> Told {
        let expected = text_of(value);
        let day = |fact: &str| case.facts.get(fact).and_then(Value::as_str).and_then(|text| Day::parse(text).ok());
        let on = |found: Option<Day>| found.map_or("书里没有这个期限".to_owned(), |day| day.to_string());
        let same = |yes: bool| Some((expected.clone(), if yes { expected.clone() } else { "不是这样".to_owned() }));
        let told = |found: String| Some((expected.clone(), found));
        match name {
            "survey_start_due" => told(on(self.limit("开始入户", day("accepted")?))),
            "publicity_ends" => told(on(self.publicity(day("publicity_posted")?))),
            "county_opinion_due" => told(on(self.limit("县级审核", day("sent_to_county")?))),
            "case_due" => told(on(self.procedure.statutory.and_then(|term| self.after(day("accepted")?, term)))),
            "case_due_extended" => {
                told(on(self.procedure.extended.and_then(|term| self.after(day("accepted")?, term))))
            }
            "promise_due_calendar" => told(on(self.promise(day("handed_in")?, false))),
            "promise_due_working" => told(on(self.promise(day("handed_in")?, true))),
            "statutory_chain" => Some(self.chain(value, day("accepted")?)),
            "notice_due" => told(on(self.step("告知", day("decided")?))),
            "via" => same(self.procedure.steps.iter().any(|step| step.name == "告知" && step.by.contains("乡镇"))),
            "must_contain" => same(self.letter_is_complete(day("decided")?)),
            "flags" => same(self.relative_is_flagged(case)),
            // casework hands no relation to the law: nothing of it can reach a determination
            "eligibility_effect" => same(self.relative_is_flagged(case)),
            "state" => same(self.awaits_supplement(day("handed_in")?)),
            "accepted_at" => Some((
                "null".to_owned(),
                self.incomplete(day("handed_in")?).accepted_on.map_or("null".to_owned(), |on| on.to_string()),
            )),
            "statutory_due" => Some(("null".to_owned(), self.statute_of_incomplete(day("handed_in")?))),
            "one_time_notice_lists_all" => same(self.second_notice_is_refused(day("handed_in")?)),
            "may_not_ask_for" => same(self.departments_are_asked_first()),
            "next_steps_one_of" => same(self.objection_opens_both_ways(day("publicity_posted")?, day("objection")?)),
            "then" => same(self.new_opinion_after_objection(day("publicity_posted")?, day("objection")?)),
            "extension_to_45wd_allowed" => same(self.procedure.extended.is_some()),
            "may_decide" => same(self.unheard_is_refused()),
            "required_first" => same(self.unheard_is_refused()),
            "after" => same(self.reasons_are_told()),
            "shown" | "never_shown" => self.notice_shows(case, name, value),
            "apply_at" | "paying_county" | "other_county" => self.where_to_apply(case, name, &expected),
            _ => None,
        }
    }
}

impl Rehearsal<'_> {
    fn after(&self, from: Day, term: Term) -> Option<Day> {
        match term {
            Term::SameDay => Some(from),
            Term::Days(days) => Some(from.plus_days(i64::from(days))),
            Term::WorkingDays(days) => self.calendar.plus_working_days(from, days).ok(),
        }
    }

    /// When that limit of the book is due, counted from a day.
    pub(super) fn limit(&self, name: &str, from: Day) -> Option<Day> {
        let limit = self.procedure.limits.iter().find(|limit| limit.name == name)?;
        self.after(from, limit.term)
    }

    fn step(&self, name: &str, from: Day) -> Option<Day> {
        let step = self.procedure.steps.iter().find(|step| step.name == name)?;
        self.after(from, step.term)
    }

    fn publicity(&self, posted: Day) -> Option<Day> {
        self.procedure.publication_days.map(|days| posted.plus_days(i64::from(days)))
    }

    /// The article does not say which days it means: both are shown.
    fn promise(&self, handed_in: Day, working: bool) -> Option<Day> {
        let (Term::Days(days) | Term::WorkingDays(days)) = self.procedure.promise? else { return Some(handed_in) };
        self.after(handed_in, if working { Term::WorkingDays(days) } else { Term::Days(days) })
    }

    /// The days on which the steps of a whole chain end, in the book's names.
    fn chain(&self, value: &Value, accepted: Day) -> (String, String) {
        let names = [
            ("investigation", "调查"),
            ("democratic_review", "民主评议"),
            ("township_publicity_end", "公示"),
            ("county_opinion", "县级审核"),
            ("county_publicity_end", "县级公示"),
            ("decision", "确认"),
        ];
        let mut on = accepted;
        let (mut expected, mut found) = (Vec::new(), Vec::new());
        for (key, name) in names {
            let steps = &self.longest.steps;
            let step = steps.iter().find(|step| step.name == name || name == "调查" && step.name == "入户");
            let ends = step.and_then(|step| self.after(on, step.term));
            expected.push(value.get(key).map(text_of).unwrap_or_default());
            found.push(ends.map_or(format!("没有“{name}”这一步"), |day| day.to_string()));
            on = ends.unwrap_or(on);
        }
        (expected.join(" "), found.join(" "))
    }

    fn desk<T>(&self, by: &Actor, on: Day, judge: impl FnOnce(&CaseDesk<'_>) -> T) -> T {
        let at = format!("{on}T09:00:00+08:00");
        judge(&CaseDesk { actor: by, today: on, at: &at, procedure: self.procedure, calendar: self.calendar })
    }

    fn handed_in(&self, on: Day, form: &HandIn) -> Filed {
        let by = person("V1", Role::VillageAssistant, VILLAGE);
        let first = self.desk(&by, on, |desk| apply::hand_in(desk, form)).expect("an ordinary form is taken");
        Filed::open(CaseId(1), &first, self.procedure)
    }

    fn add(&self, case: &mut Filed, by: &Actor, on: Day, act: Act) {
        let event = self.desk(by, on, |desk| desk.event(case, act, None));
        case.add(&event);
    }

    /// A form without the spouse's signature.
    fn incomplete(&self, on: Day) -> Filed {
        let mut case = self.handed_in(on, &HandIn { adults: vec![PersonId(1), PersonId(2)], ..form() });
        let clerk = person("T1", Role::TownshipClerk, VILLAGE);
        let missing = ["配偶的核对授权签字".to_owned()];
        let act = self.desk(&clerk, self.as_of, |desk| apply::ask_supplement(&case, desk, &missing, &[]));
        self.add(&mut case, &clerk, self.as_of, act.expect("what is missing may be asked for once"));
        case
    }

    fn awaits_supplement(&self, on: Day) -> bool {
        let case = self.incomplete(on);
        let clerk = person("T1", Role::TownshipClerk, VILLAGE);
        let adults = [PersonId(1), PersonId(2)];
        case.is_awaiting_supplement()
            && self.desk(&clerk, self.as_of, |desk| apply::accept(&case, desk, &adults)).is_err()
    }

    fn statute_of_incomplete(&self, on: Day) -> String {
        let case = self.incomplete(on);
        case.clock(casework::case::ClockKind::Statute)
            .and_then(|clock| clock.due_on(self.calendar))
            .map_or("null".to_owned(), |day| day.to_string())
    }

    fn second_notice_is_refused(&self, on: Day) -> bool {
        let mut case = self.incomplete(on);
        let clerk = person("T1", Role::TownshipClerk, VILLAGE);
        self.add(&mut case, &clerk, self.as_of, Act::Supplemented);
        let again = ["别的材料".to_owned()];
        self.desk(&clerk, self.as_of, |desk| apply::ask_supplement(&case, desk, &again, &[])).is_err()
    }

    /// What a department knows may not be asked of the household.
    fn departments_are_asked_first(&self) -> bool {
        let case = self.handed_in(self.as_of, &form());
        let clerk = person("T1", Role::TownshipClerk, VILLAGE);
        let papers = ["收入证明".to_owned()];
        self.desk(&clerk, self.as_of, |desk| apply::ask_supplement(&case, desk, &papers, &papers)).is_err()
    }

    fn relative_is_flagged(&self, case: &Case) -> bool {
        let related =
            case.facts.get("applicant_relations").and_then(Value::as_array).is_some_and(|list| !list.is_empty());
        let form = HandIn { relatives_on_staff: vec!["C9".to_owned()], ..form() };
        let with = self.handed_in(self.as_of, &form);
        let without = self.handed_in(self.as_of, &self::form());
        related && decide::needs_county_visit(&with) && !decide::needs_county_visit(&without)
    }

    /// A posted opinion with an objection against it.
    fn objected(&self, posted: Day, on: Day) -> Filed {
        let mut case = self.handed_in(posted.plus_days(-10), &form());
        let clerk = person("T1", Role::TownshipClerk, VILLAGE);
        self.add(&mut case, &clerk, posted.plus_days(-9), Act::Accepted);
        self.add(&mut case, &clerk, posted, Act::OpinionGiven { opinion: opinion() });
        let notice = Notice {
            number: case.filed.number.clone(),
            village: VILLAGE.parse().expect("a village"),
            programme: "最低生活保障".to_owned(),
            persons: 3,
            gives: opinion().gives,
            amount: opinion().amount,
            posted_on: posted,
            until: self.publicity(posted).unwrap_or(posted),
        };
        self.add(&mut case, &clerk, posted, Act::Posted { notice });
        self.add(&mut case, &clerk, on, Act::Objected { summary: "收入不符".to_owned(), is_named: false });
        case
    }

    fn objection_opens_both_ways(&self, posted: Day, on: Day) -> bool {
        let clerk = person("T1", Role::TownshipClerk, VILLAGE);
        use casework::case::Settlement::{Panel, Resurvey};
        [Resurvey, Panel].into_iter().all(|way| {
            let case = self.objected(posted, on);
            let settle =
                |desk: &CaseDesk<'_>| casework::publish::settle_objection(&case, desk, way, "已重新核实", false);
            self.desk(&clerk, on, settle).is_ok()
        })
    }

    fn new_opinion_after_objection(&self, posted: Day, on: Day) -> bool {
        let mut case = self.objected(posted, on);
        let clerk = person("T1", Role::TownshipClerk, VILLAGE);
        let settled = Act::ObjectionSettled {
            by: casework::case::Settlement::Resurvey,
            finding: "收入有变化".to_owned(),
            upholds_opinion: false,
        };
        self.add(&mut case, &clerk, on, settled);
        case.needs_new_opinion
    }

    /// Nothing ends before the family was heard.
    fn unheard_is_refused(&self) -> bool {
        self.follow("收入已经高于标准", "").is_err() && self.follow("收入已经高于标准", "没有意见").is_ok()
    }

    fn reasons_are_told(&self) -> bool {
        self.follow("", "没有意见").is_err()
    }

    fn follow(&self, reason: &str, said: &str) -> Result<Vec<Award>, casework::case::Refusals> {
        let month = self.as_of.month();
        let award = Award {
            id: AwardId(1),
            household: HouseholdId(7),
            person: PersonId(1),
            programme: "dibao".to_owned(),
            gives: opinion().gives,
            amount: opinion().amount,
            from: month.plus(-12),
            until: None,
            case: None,
        };
        let hearing = review::Hearing { on: self.as_of, reason: reason.to_owned(), household_said: said.to_owned() };
        review::follow(&award, &review::Finding::Ended { last: month }, &hearing, AwardId(2))
    }

    /// The letter names reason and article, and both remedies with the days the book gives.
    fn letter_is_complete(&self, decided: Day) -> bool {
        let case = self.handed_in(decided.plus_days(-20), &form());
        let county = person("C1", Role::CountyApprover, "430302");
        let bare = vec![casework::case::GivenReason { text: "收入高于标准".to_owned(), cite: String::new() }];
        let told = self.desk(&county, decided, |desk| decide::refuse(&case, desk, bare));
        let names_reason = told.is_err_and(|no| no.iter().any(|refusal| refusal.name == "refusal_without_reason"));
        let kinds: Vec<RemedyKind> = self.procedure.remedies.iter().map(|remedy| remedy.kind).collect();
        names_reason && kinds == [RemedyKind::Reconsideration, RemedyKind::Lawsuit]
    }

    /// The notice has fields for what may be shown, and none for the rest.
    fn notice_shows(&self, case: &Case, name: &str, value: &Value) -> Told {
        let mut filed = self.objected(self.as_of, self.as_of);
        let json =
            serde_json::to_string(&filed.posting.take().expect("it was posted").notice).expect("a notice is data");
        let listed: Vec<String> = value.as_array().into_iter().flatten().map(text_of).collect();
        let applicant = case.facts.get("applicant")?;
        let leaked = ["id", "phone", "bank", "address"]
            .iter()
            .filter(|key| applicant.get(**key).and_then(Value::as_str).is_some_and(|secret| json.contains(secret)));
        let fields = ["persons", "amount"].iter().all(|field| json.contains(field));
        let private = ["\"id_number", "\"phone", "\"account", "\"address", "\"illness", "\"disability", "\"members"];
        let clean = leaked.count() == 0 && private.iter().all(|field| !json.contains(field));
        let holds = if name == "shown" { fields } else { clean };
        Some((listed.join("、"), if holds { listed.join("、") } else { json }))
    }

    fn where_to_apply(&self, case: &Case, name: &str, expected: &str) -> Told {
        let province = |text: &str| -> Option<AreaCode> {
            let code = match text {
                "Hunan" => "43",
                "Guangdong" => "44",
                _ => return None,
            };
            code.parse().ok()
        };
        let list = case.facts.get("members")?.as_array()?;
        let place = |one: &Value, key: &str| one.get(key).and_then(Value::as_str).and_then(province);
        let members: Option<Vec<apply::Residence>> = list
            .iter()
            .map(|one| Some(apply::Residence { registered: place(one, "hukou")?, lives: place(one, "lives")? }))
            .collect();
        let members = members?;
        let chosen = apply::place_to_apply(&members)?;
        let at = members.iter().position(|member| member.registered == chosen)?;
        let found = match name {
            "other_county" => {
                members.iter().any(|member| member.registered != chosen).then(|| "must_cooperate".to_owned())?
            }
            _ => format!("hukou_of_{}", list[at].get("name").map(text_of)?),
        };
        Some((expected.to_owned(), found))
    }
}

/// When a limit of the law that ends with that step is due; none when the book has no such limit.
pub(super) fn statutory_due(desk: &Desk<'_>, programme: &str, step: &str, from: Day) -> Option<Day> {
    let area = VILLAGE.parse().expect("a village");
    let procedure = desk.library.procedure(programme, from.month(), &area)?;
    let limit = procedure.limits.iter().find(|limit| limit.until == step)?;
    Rehearsal { procedure, longest: procedure, calendar: desk.calendar, as_of: from }.after(from, limit.term)
}

fn person(id: &str, role: Role, office: &str) -> Actor {
    Actor { id: id.to_owned(), name: format!("{id}某"), role, office: office.parse().expect("an area") }
}

fn form() -> HandIn {
    HandIn {
        running_number: 1,
        household: HouseholdId(7),
        village: VILLAGE.parse().expect("a village"),
        programmes: vec!["dibao".to_owned()],
        help: Help::Myself,
        authorised_by: vec![PersonId(1)],
        adults: vec![PersonId(1)],
        relatives_on_staff: Vec::new(),
        open_case: None,
        items_asked: 9,
        items_prefilled: 21,
    }
}

fn opinion() -> Opinion {
    Opinion {
        programme: "dibao".to_owned(),
        in_favour: true,
        amount: Fen::yuan(660),
        gives: law::Gives::Money(law::AmountPer::Month),
        persons: 3,
        determination: "rehearsal".to_owned(),
        reasons: Vec::new(),
    }
}
