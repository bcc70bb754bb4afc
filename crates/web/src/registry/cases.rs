//! Cases, leads and notices.

use casework::apply::Application;
use casework::case::{Award, Case, Event, Notice, Role};
use casework::discover::Lead;
use law::Determination;
use store::apply::{Append, CaseRow};
use store::{Hand, StoreError};
use values::{AreaCode, CaseId, Day, HouseholdId, IdNumber, PersonId, PersonName};

use super::{CaseFile, CaseLine, Page, Paid, Registry, WaitingCase};
use crate::answer::Turned;
use crate::app::Moment;

/// Cases on one desk, at most; beyond, a desk needs more hands and not a longer page.
const DESK: i64 = 500;
/// Notices and leads of one page.
const PAGE: i64 = 100;
/// Payments looked through for a case.
const PAYMENTS: i64 = 36;

/// What one act brings about.
#[derive(Debug, Default)]
pub struct Act {
    /// The events, in order.
    pub events: Vec<Event>,
    /// The determination an opinion rests on, with its digest.
    pub determination: Option<(String, Determination)>,
    /// The award a confirmation opens, and who draws under it.
    pub award: Option<(Award, Vec<PersonId>)>,
}

impl Registry {
    /// A case by its number, with its events and its family; none when there is no such case.
    ///
    /// # Errors
    /// A fault of the registry.
    pub async fn case(&self, number: &str) -> Result<Option<CaseFile>, Turned> {
        match self.store.case_by_number(number).await {
            Ok(case) => self.file(case).await.map(Some),
            Err(StoreError::NotFound(_)) => Ok(None),
            Err(fault) => Err(fault.into()),
        }
    }

    /// A case by its number and the last four of an ID number in its family; one answer for a wrong number and a wrong tail.
    ///
    /// # Errors
    /// A fault of the registry.
    pub async fn track(&self, number: &str, tail: &str) -> Result<bool, Turned> {
        Ok(self.store.track(number, tail).await?.is_some())
    }

    async fn file(&self, case: Case) -> Result<CaseFile, Turned> {
        let events = self.store.events(case.filed.village, case.id).await?;
        let family = self.family_of(case.filed.village, case.filed.household).await?;
        Ok(CaseFile { case, events, family })
    }

    /// Payments under the award of a case.
    ///
    /// # Errors
    /// A fault of the registry.
    pub async fn paid_for(&self, file: &CaseFile) -> Result<Vec<Paid>, Turned> {
        let Some(yes) = &file.case.confirmation else { return Ok(vec![]) };
        let county = file.case.filed.village.county();
        let persons: Vec<PersonId> = file.family.members.iter().map(|member| member.id).collect();
        let all = self.store.payments_of(county, &persons, PAYMENTS).await?;
        let mine = all
            .into_iter()
            .filter(|one| one.line.month >= yes.from && file.case.filed.programmes.contains(&one.line.programme));
        Ok(mine.map(|one| super::money::paid(county, one)).collect())
    }

    /// Notices that hang on a day within an area, with the applicant's name as it may be published.
    ///
    /// # Errors
    /// A fault of the registry.
    pub async fn notices(&self, within: &AreaCode, on: Day) -> Result<Vec<(Notice, String)>, Turned> {
        let mut named = Vec::new();
        for notice in self.store.board(*within, on, PAGE).await? {
            let case = self.store.case_by_number(&notice.number).await?;
            if case.publication_ended_on.is_none() {
                let family = self.family_of(notice.village, case.filed.household).await?;
                named.push((notice, published_name(&family, on)));
            }
        }
        Ok(named)
    }

    /// What waits for a role within an area, the most urgent first.
    ///
    /// # Errors
    /// A fault of the registry.
    pub async fn waiting(&self, within: &AreaCode, role: Role) -> Result<Vec<WaitingCase>, Turned> {
        let mut waiting = Vec::new();
        for held_by in desks_seen_by(role) {
            for row in self.store.queue(*held_by, *within, DESK).await? {
                if self.is_for(&row, role).await? {
                    waiting.push(of_row(row));
                }
            }
        }
        Ok(waiting)
    }

    /// A checker's work is the township's case while a department is silent; a social worker's while nobody has visited.
    async fn is_for(&self, row: &CaseRow, role: Role) -> Result<bool, Turned> {
        let looks = match role {
            Role::CountyChecker => |case: &Case| !case.silent_sources().is_empty(),
            Role::SocialWorker => |case: &Case| case.accepted_on.is_some() && case.visited_on.is_none(),
            _ => return Ok(true),
        };
        Ok(looks(&self.store.case_by_number(&row.number).await?))
    }

    /// The newest cases within an area, without names.
    ///
    /// # Errors
    /// A fault of the registry.
    pub async fn case_lines(&self, within: &AreaCode) -> Result<Vec<CaseLine>, Turned> {
        let rows = self.store.search_cases(within.short(), *within, DESK).await?;
        let line = |row: CaseRow| CaseLine {
            number: row.number,
            village: row.village,
            status: row.status,
            handed_in_on: row.handed_in_on,
            decided_on: row.decided_on,
            trips: row.trips,
        };
        Ok(rows.into_iter().map(line).collect())
    }

    /// The name of a household's head.
    ///
    /// # Errors
    /// A fault of the registry.
    pub async fn head_name(&self, county: &AreaCode, household: HouseholdId) -> Result<String, Turned> {
        let family = self.family_of(*county, household).await?;
        Ok(family.members.first().map(|head| head.name.shown()).unwrap_or_default())
    }

    /// Open leads within an area, the first raised first, with the name of whom they are about.
    ///
    /// # Errors
    /// A fault of the registry.
    pub async fn leads(&self, within: &AreaCode) -> Result<Page<(Lead, PersonId, PersonName)>, Turned> {
        let mut rows = Vec::new();
        let leads = self.store.open_leads(*within, PAGE).await?;
        let more = leads.len() == usize::try_from(PAGE).expect("a page is small");
        for lead in leads {
            let family = self.family_of(lead.village, lead.household).await?;
            let about = family.members.iter().find(|m| Some(m.id) == lead.person).or(family.members.first());
            if let Some(person) = about {
                rows.push((lead, person.id, person.name.clone()));
            }
        }
        Ok(Page { rows, next: more.then(String::new) })
    }

    /// The number of a household's open case, and the running number for a new one.
    ///
    /// # Errors
    /// A fault of the registry.
    pub async fn before_filing(
        &self,
        village: &AreaCode,
        household: HouseholdId,
        on: Day,
    ) -> Result<(Option<String>, u32), Turned> {
        let open = self.store.open_case_of(*village, household).await?;
        Ok((open, self.store.next_running_number(*village, on).await?))
    }

    /// The number of the open case of the family a person belongs to.
    ///
    /// # Errors
    /// A fault of the registry.
    pub async fn open_case_of(&self, id: &IdNumber) -> Result<Option<String>, Turned> {
        let Some((county, person)) = self.store.find_identity(id.as_str()).await? else { return Ok(None) };
        let household = self.store.person(county, person).await?.household;
        Ok(self.store.open_case_of(county, household).await?)
    }

    /// What a form with this key was answered before: the number of its case.
    ///
    /// # Errors
    /// A fault of the registry.
    pub async fn answered(&self, county: &AreaCode, key: &str) -> Result<Option<String>, Turned> {
        Ok(self.store.answered(*county, key).await?)
    }

    /// A new id for a case or an award.
    pub fn next_id(&self, moment: &Moment) -> i64 {
        self.store.next_id(moment.unix_ms)
    }

    /// A case that a hand-in opens.
    pub fn case_id(&self, moment: &Moment) -> CaseId {
        CaseId(self.next_id(moment))
    }

    /// Writes what an act brought about, in one transaction; the same key again writes nothing.
    ///
    /// # Errors
    /// [`Turned::MovedOn`] when somebody else acted first; a fault of the registry.
    pub async fn append(&self, after: &Case, act: Act, by: &str, moment: &Moment, key: &str) -> Result<(), Turned> {
        self.append_beside(after, act, vec![], by, moment, key).await
    }

    /// The same with what the act brings to the cases beside it: all of it in one transaction, or nothing.
    ///
    /// # Errors
    /// [`Turned::MovedOn`] when somebody else acted first; a fault of the registry.
    pub async fn append_beside(
        &self,
        after: &Case,
        act: Act,
        beside: Vec<(Case, Event)>,
        by: &str,
        moment: &Moment,
        key: &str,
    ) -> Result<(), Turned> {
        let (awards, award_members) = act.award.map_or((vec![], vec![]), |(award, members)| (vec![award], members));
        let append = Append {
            events: act.events,
            determination: act.determination,
            awards,
            award_members,
            messages: vec![],
            idempotency_key: Some(key.to_owned()),
        };
        let taken: Vec<(Case, Append)> =
            beside.into_iter().map(|(case, event)| (case, of_events(vec![event]))).collect();
        let cases: Vec<(&Case, &Append)> =
            std::iter::once((after, &append)).chain(taken.iter().map(|(case, append)| (case, append))).collect();
        self.write(&cases, None, by, moment).await
    }

    /// Writes an application with all cases that it opens.
    ///
    /// # Errors
    /// [`Turned::MovedOn`] when the number was taken meanwhile; a fault of the registry.
    pub async fn open(
        &self,
        cases: &[(Case, Event)],
        application: &Application,
        by: &str,
        moment: &Moment,
        key: &str,
    ) -> Result<(), Turned> {
        let mut appends: Vec<Append> = cases.iter().map(|(_, event)| of_events(vec![event.clone()])).collect();
        if let Some(first) = appends.first_mut() {
            first.idempotency_key = Some(key.to_owned());
        }
        let together: Vec<(&Case, &Append)> = cases.iter().map(|(case, _)| case).zip(&appends).collect();
        self.write(&together, Some(application), by, moment).await
    }

    /// Writes one more case of an application, with the evidence it took over.
    ///
    /// # Errors
    /// [`Turned::MovedOn`] when somebody else opened it first; a fault of the registry.
    pub async fn open_one(
        &self,
        case: &Case,
        events: Vec<Event>,
        application: &Application,
        by: &str,
        moment: &Moment,
        key: &str,
    ) -> Result<(), Turned> {
        let append = Append { idempotency_key: Some(key.to_owned()), ..of_events(events) };
        self.write(&[(case, &append)], Some(application), by, moment).await
    }

    async fn write(
        &self,
        cases: &[(&Case, &Append)],
        application: Option<&Application>,
        by: &str,
        moment: &Moment,
    ) -> Result<(), Turned> {
        let hand = Hand { by: by.to_owned(), at: moment.at.clone() };
        match self.store.append_together(cases, application, &self.calendar, hand).await {
            Ok(_) => Ok(()),
            Err(StoreError::Conflict { .. }) => Err(Turned::MovedOn(format!("/case/{}", cases[0].0.filed.number))),
            Err(fault) => Err(fault.into()),
        }
    }

    /// The application that a case belongs to; none for a case that came before applications were kept.
    ///
    /// # Errors
    /// A fault of the registry.
    pub async fn application(&self, case: &Case) -> Result<Option<Application>, Turned> {
        Ok(self.store.application(case.filed.village, case.filed.application()).await?)
    }

    /// The other cases of a case's application.
    ///
    /// # Errors
    /// A fault of the registry.
    pub async fn beside(&self, case: &Case) -> Result<Vec<Case>, Turned> {
        let mut all = self.store.cases_of_application(case.filed.village, case.filed.application()).await?;
        all.retain(|one| one.id != case.id);
        Ok(all)
    }
}

fn of_events(events: Vec<Event>) -> Append {
    Append { events, ..Append::default() }
}

/// Whose desks a role looks at: its own; the township's for those who help there; the assistant and the managers see all that
/// lies open in their area.
fn desks_seen_by(role: Role) -> &'static [Role] {
    match role {
        Role::TownshipClerk | Role::CountyChecker | Role::SocialWorker => &[Role::TownshipClerk],
        Role::CountyApprover => &[Role::CountyApprover],
        Role::CountyFinance => &[Role::CountyFinance],
        Role::VillageAssistant | Role::CityManager | Role::Auditor => {
            &[Role::VillageAssistant, Role::TownshipClerk, Role::CountyApprover]
        }
        Role::Resident
        | Role::SystemAdministrator
        | Role::SecurityAdministrator
        | Role::AuditAdministrator
        | Role::System => &[],
    }
}

fn of_row(row: CaseRow) -> WaitingCase {
    WaitingCase {
        number: row.number,
        village: row.village,
        household: row.household,
        status: row.status,
        due_on: row.promise_due_on,
    }
}

/// The applicant's name as it may hang on a board: a minor's is masked (57号 第二十四条; 个人信息保护法 第二十八条).
pub fn published_name(family: &super::Family, on: Day) -> String {
    let Some(head) = family.members.first() else { return String::new() };
    let is_minor = head.id_number.birth().is_none_or(|born| on.age_of_birth(born) < crate::case_page::file::OF_AGE);
    if is_minor { head.name.masked() } else { head.name.shown() }
}
