//! 周桂兰 applies: from her kitchen table to the first payment, each step by the person whose step it is.

mod beside;

use casework::apply::{self, Application, HandIn};
use casework::case::{Act, Actor, Answer, Case, Desk as Judging, Event, Finding, Help, Refusals, spread};
use casework::{decide, pay, publish, verify};
use jobs::clock::Moment;
use law::{Determination, Library, Procedure};
use store::apply::Append;
use store::outbox::Message;
use store::register::{AccountIn, HouseholdIn, PersonIn};
use store::{Hand, Store};
use synth::Invented;
use values::{CaseId, Day, IdNumber, Month, PersonId, PersonName, WorkCalendar};

use super::{at, staff};
use crate::failure::Failure;

const ZHOU_GUILAN: &str = include_str!("../../../../people/zhou-guilan.json");
const PROGRAMME: &str = "dibao";
/// The source that is the family's own word.
const OWN_WORD: &str = "本人申报";
/// Departments asked about her household.
const SOURCES: [&str; 4] = ["税务", "人社", "公安", "市场监管"];

/// What the widow's case stands on.
pub struct Desk<'a> {
    /// Where it is kept.
    pub store: &'a Store,
    /// The books.
    pub library: &'a Library,
    /// Working days.
    pub calendar: &'a WorkCalendar,
}

/// Her application on its way: the leading case, and the others beside it.
pub struct Widow {
    /// The leading case.
    pub case: Case,
    /// The other cases of the same application.
    pub others: Vec<Case>,
    /// What was asked, known and used again, and what became of every right.
    pub application: Application,
    /// What the books said of the leading right.
    pub determination: Determination,
    facts: law::form::Facts,
    members: Vec<PersonId>,
    id_numbers: Vec<String>,
}

impl Desk<'_> {
    /// 6 to 9 September: handed in, accepted, checked, visited, an opinion, a notice on the board.
    ///
    /// # Errors
    /// A stage refuses, or the store fails.
    pub async fn until_publication(&self) -> Result<Widow, Failure> {
        let mut widow = self.hand_in(&at("2021-09-06", 9)).await?;
        let adults = vec![widow.members[0]];
        self.act(&mut widow, &staff::clerk(), "2021-09-07", |c, d| apply::accept(c, d, &adults)).await?;
        let sources: Vec<String> = SOURCES.iter().map(|source| (*source).to_owned()).collect();
        self.act(&mut widow, &staff::clerk(), "2021-09-07", |c, d| verify::ask_check(c, d, &sources)).await?;
        for source in SOURCES {
            let answer = self.answer(source, &widow.id_numbers).await?;
            self.act(&mut widow, &staff::checker(), "2021-09-08", |c, d| verify::answer_check(c, d, answer.clone()))
                .await?;
        }
        let pair = [staff::clerk().id, staff::social_worker().id];
        let seen = vec![
            Finding { about: "住房".into(), seen: "砖木平房三间，自住，无其他房屋".into() },
            Finding { about: "收入".into(), seen: "种水田两亩半，卖菜贴补，无固定工资".into() },
            Finding { about: "劳动能力".into(), seen: "本人能劳动，儿子在读初三".into() },
        ];
        self.act(&mut widow, &staff::social_worker(), "2021-09-08", |c, d| {
            verify::visit(c, d, pair.clone(), seen.clone())
        })
        .await?;
        let digest = Store::determination_digest(&widow.determination);
        let opinion = decide::proposed_opinion(&widow.determination, digest.clone());
        let kept = Some((digest, widow.determination.clone()));
        self.add(&mut widow, &staff::clerk(), "2021-09-09", |c, d| decide::give_opinion(c, d, opinion.clone()), kept)
            .await?;
        let title = widow.determination.title.clone();
        self.act(&mut widow, &staff::clerk(), "2021-09-09", |c, d| publish::post(c, d, &title)).await?;
        for at in 0..widow.others.len() {
            self.until_posted_beside(&mut widow, at).await?;
        }
        Ok(widow)
    }

    /// 17 to 23 September: the publication ends, the county confirms by another person, the letter arrives.
    ///
    /// # Errors
    /// A stage refuses, or the store fails.
    pub async fn until_award(&self, widow: &mut Widow) -> Result<(), Failure> {
        self.act(widow, &Actor::system(), "2021-09-17", publish::end).await?;
        let from: Month = "2021-10".parse().expect("a month");
        let (actor, on) = (staff::approver(), "2021-09-22");
        let moment = at(on, 10);
        let case = widow.case.clone();
        let counted = widow.determination.counted.clone();
        widow.case = self.confirm(widow, case, &counted, (&actor, &moment), from).await?;
        self.act(widow, &staff::clerk(), "2021-09-23", decide::notify).await?;
        for at in 0..widow.others.len() {
            self.until_award_beside(widow, at, (&actor, &moment), from).await?;
        }
        Ok(())
    }

    /// After the October envelope: the first payment stands on the case.
    ///
    /// # Errors
    /// She was not paid, or the store fails.
    pub async fn first_payment(&self, widow: &mut Widow) -> Result<(), Failure> {
        let county = widow.case.filed.village.county();
        let payments = self.store.payments_of(county, &widow.members[..1], 12).await.map_err(Failure::failed)?;
        let has_arrived = |programme: &str| {
            let is_it = |one: &&store::pay::PersonPayment| {
                one.line.programme == programme && one.is_answered && one.returned.is_none()
            };
            payments.iter().find(is_it).cloned()
        };
        for at in 0..widow.others.len() {
            let case = widow.others[at].clone();
            if let Some(paid) = has_arrived(&case.filed.programmes[0]) {
                let (month, envelope, amount) = (paid.line.month, paid.envelope, paid.line.amount);
                widow.others[at] = self
                    .step(case, &Actor::system(), "2021-10-11", None, |c, _| {
                        pay::record_first_payment(c, month, envelope, amount)
                    })
                    .await?;
            }
        }
        let payment = has_arrived(PROGRAMME).ok_or_else(|| Failure::failed("周桂兰的第一笔钱没有到账"))?;
        let (month, envelope, amount) = (payment.line.month, payment.envelope, payment.line.amount);
        self.act(widow, &Actor::system(), "2021-10-11", |c, _| pay::record_first_payment(c, month, envelope, amount))
            .await
    }

    /// The village assistant enrols the household and hands in its one form.
    async fn hand_in(&self, moment: &Moment) -> Result<Widow, Failure> {
        let family = Invented::from_json(ZHOU_GUILAN).map_err(Failure::failed)?;
        let facts = self
            .library
            .form()
            .facts_from_json(&family.facts)
            .map_err(|found| Failure::failed(found[0].to_string()))?;
        let household = household(&family, moment.on)?;
        let account =
            AccountIn { holder: family.holder.clone(), number: family.account.clone(), bank: family.branch.clone() };
        let actor = staff::assistant();
        let hand = Hand { by: actor.id.clone(), at: moment.at.clone() };
        let verified_by = staff::clerk().id;
        let enrolled = self
            .store
            .enrol(&household, Some((&account, &verified_by)), hand.clone(), moment.unix_ms)
            .await
            .map_err(Failure::failed)?;
        let determination = self.library.determine(PROGRAMME, moment.on.month(), &facts).remove(0);
        let (asked, prefilled) = items(self.library, &facts);
        let running_number =
            self.store.next_running_number(family.area.county(), moment.on).await.map_err(Failure::failed)?;
        let form = HandIn {
            running_number,
            household: enrolled.household,
            village: family.area,
            programmes: vec![PROGRAMME.to_owned()],
            help: Help::Myself,
            authorised_by: vec![enrolled.members[0]],
            adults: vec![enrolled.members[0]],
            relatives_on_staff: Vec::new(),
            open_case: self
                .store
                .open_case_of(family.area.county(), enrolled.household)
                .await
                .map_err(Failure::failed)?,
            items_asked: asked,
            items_prefilled: prefilled,
        };
        let procedure = self.procedure(moment.on)?;
        let first = apply::hand_in(&self.judging(&actor, moment, &procedure), &form).map_err(refused)?;
        let mut proposals =
            apply::propose(self.library, moment.on.month(), &facts, &enrolled.members, PROGRAMME, OWN_WORD);
        let events = apply::open_cases(&first, &mut proposals, |_| false);
        let application = Application::of(&events, proposals);
        let opened = apply::opened(self.library, events, || CaseId(self.store.next_id(moment.unix_ms)));
        let append = |(case, event): &(Case, Event)| Append {
            messages: vec![self.told(case, event, moment)],
            events: vec![event.clone()],
            idempotency_key: (case.filed.number == application.number).then(|| "demo-zhou-guilan".into()),
            ..Append::default()
        };
        let appends: Vec<Append> = opened.iter().map(append).collect();
        let together: Vec<(&Case, &Append)> = opened.iter().map(|(case, _)| case).zip(&appends).collect();
        self.write(&together, Some(&application), &actor, moment).await?;
        let id_numbers = family.members.iter().map(|member| member.id.clone()).collect();
        let mut cases = opened.into_iter().map(|(case, _)| case);
        let case = cases.next().ok_or_else(|| Failure::failed("一张表没有开出办件"))?;
        let (others, members) = (cases.collect(), enrolled.members);
        Ok(Widow { case, others, application, determination, facts, members, id_numbers })
    }

    /// What a department's extract says about the members.
    async fn answer(&self, source: &str, id_numbers: &[String]) -> Result<Answer, Failure> {
        let mut found = Vec::new();
        for id_number in id_numbers {
            let records = self.store.department_records(id_number).await.map_err(Failure::failed)?;
            found.extend(records.iter().filter(|record| record.source == source).map(|record| record.kind.clone()));
        }
        Ok(Answer { source: source.to_owned(), contradicts_form: !found.is_empty(), found })
    }

    async fn act(
        &self,
        widow: &mut Widow,
        actor: &Actor,
        on: &str,
        judge: impl FnOnce(&Case, &Judging<'_>) -> Result<Act, Refusals>,
    ) -> Result<(), Failure> {
        self.add(widow, actor, on, judge, None).await
    }

    /// Read, judge, write, tell: one act of one person on one day.
    async fn add(
        &self,
        widow: &mut Widow,
        actor: &Actor,
        on: &str,
        judge: impl FnOnce(&Case, &Judging<'_>) -> Result<Act, Refusals>,
        determination: Option<(String, Determination)>,
    ) -> Result<(), Failure> {
        let moment = at(on, 10);
        let procedure = self.procedure(widow.case.filed.on)?;
        let desk = self.judging(actor, &moment, &procedure);
        let act = judge(&widow.case, &desk).map_err(refused)?;
        let event = desk.event(&widow.case, act, None);
        widow.case.add(&event);
        let messages = if event.act.is_told() { vec![self.told(&widow.case, &event, &moment)] } else { Vec::new() };
        let taken = self.taken_over(widow, &event)?;
        let append = Append { events: vec![event], determination, messages, ..Append::default() };
        let beside: Vec<Append> =
            taken.iter().map(|(_, event)| Append { events: vec![event.clone()], ..Append::default() }).collect();
        let mut together = vec![(&widow.case, &append)];
        together.extend(taken.iter().map(|(case, _)| case).zip(&beside));
        self.write(&together, None, actor, &moment).await?;
        for (case, _) in taken {
            if let Some(place) = widow.others.iter_mut().find(|other| other.id == case.id) {
                *place = case;
            }
        }
        Ok(())
    }

    /// What an act on the leading case brings to the others: evidence is asked once.
    fn taken_over(&self, widow: &Widow, event: &Event) -> Result<Vec<(Case, Event)>, Failure> {
        let procedures: Vec<Procedure> =
            widow.others.iter().map(|case| self.procedure_of(case)).collect::<Result<_, _>>()?;
        Ok(spread(event, &widow.case.filed.number, widow.others.iter().cloned().zip(&procedures)))
    }

    async fn write(
        &self,
        cases: &[(&Case, &Append)],
        application: Option<&Application>,
        actor: &Actor,
        moment: &Moment,
    ) -> Result<(), Failure> {
        let hand = Hand { by: actor.id.clone(), at: moment.at.clone() };
        let written = self.store.append_together(cases, application, self.calendar, hand).await;
        written.map(drop).map_err(Failure::failed)
    }

    fn told(&self, case: &Case, event: &Event, moment: &Moment) -> Message {
        Message {
            id: self.store.next_id(moment.unix_ms),
            topic: format!("case.{}", event.act.kind()),
            subject: format!("case:{}", case.id),
            payload: serde_json::json!({ "number": case.filed.number }).to_string(),
        }
    }

    fn procedure(&self, filed_on: Day) -> Result<Procedure, Failure> {
        let village = "430302202204".parse().expect("a village");
        let found = self.library.procedure(PROGRAMME, filed_on.month(), &village);
        found.cloned().ok_or_else(|| Failure::failed("低保政策书里没有办理程序"))
    }

    fn judging<'d>(&'d self, actor: &'d Actor, moment: &'d Moment, procedure: &'d Procedure) -> Judging<'d> {
        Judging { actor, today: moment.on, at: &moment.at, procedure, calendar: self.calendar }
    }
}

/// The widow has an account at the bank like everybody; the invented city does not know her, so its bank is told.
///
/// # Errors
/// The bank's list cannot be written.
pub fn open_account(city: &std::path::Path) -> Result<(), Failure> {
    use std::io::Write;
    let family = Invented::from_json(ZHOU_GUILAN).map_err(Failure::failed)?;
    let path = city.join("bank").join("accounts.csv");
    let opened = std::fs::OpenOptions::new().append(true).open(&path);
    let written = opened.and_then(|mut file| writeln!(file, "{},{},正常", family.account, family.holder));
    written.map_err(|cause| Failure::failed(format!("{} 写不了：{cause}", path.display())))
}

/// The family as intake registers it.
fn household(family: &Invented, on: Day) -> Result<HouseholdIn, Failure> {
    let relations = family.facts["成员"].as_array().cloned().unwrap_or_default();
    let mut members = Vec::new();
    for (at, member) in family.members.iter().enumerate() {
        let id = IdNumber::parse(&member.id).map_err(Failure::failed)?.value;
        let name = PersonName::parse(&member.name).map_err(Failure::failed)?;
        members.push(PersonIn {
            name: name.as_str().to_owned(),
            name_key: name.key(),
            id_number: id.as_str().to_owned(),
            birth_on: id.birth().ok_or_else(|| Failure::failed("身份证号里没有出生日期"))?,
            relation: relations.get(at).and_then(|facts| facts["关系"].as_str()).unwrap_or_default().to_owned(),
            phone: member.phone.clone().unwrap_or_default(),
            is_invented: id.is_invented(),
        });
    }
    Ok(HouseholdIn {
        village: family.area,
        bureau_no: format!("{}-一张表-{on}", family.area),
        address: family.address.clone(),
        members,
        facts: family.facts.to_string(),
        true_from: on,
        source: "一张表".into(),
    })
}

/// How many facts the household was asked, and how many were there already: what a department or the ID number says is not asked.
fn items(library: &Library, facts: &law::form::Facts) -> (u32, u32) {
    let form = library.form();
    let is_asked = |(id, fact): (law::form::FactId, law::form::Fact)| {
        let stands_in_the_id = ["性别", "出生日期"].contains(&form.declaration(id).name.as_str());
        !stands_in_the_id && form.source_name(fact.source) == "本人申报"
    };
    let all = facts.household.iter().chain(facts.members.iter().flat_map(|member| member.iter()));
    all.map(is_asked)
        .fold((0, 0), |(asked, prefilled), one| if one { (asked + 1, prefilled) } else { (asked, prefilled + 1) })
}

fn refused(refusals: Refusals) -> Failure {
    Failure::refused(refusals)
}
