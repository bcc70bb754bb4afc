//! Determining a whole city for a month: who draws under which award, where the books and the roster differ, who may be missing
//! a benefit. Leads come out, not decisions.

use std::collections::BTreeMap;

use casework::discover::Lead;
use law::form::Facts;
use law::{Answer, Judged, Library, ProgrammeUnit};
use store::register::StoredAward;
use store::{Hand, Store};
use values::{AreaCode, AwardId, Fen, HouseholdId, Month, PersonId, WorkCalendar};

use crate::JobFailure;
use crate::clock::Moment;

/// What a determination of the city found.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct CityDetermined {
    /// Households judged.
    pub households: u64,
    /// Answers given, over all programmes and members.
    pub answers: u64,
    /// Awards whose amount the books confirm.
    pub agreeing: u64,
    /// Awards that the books see differently: another amount, not eligible, or a person must look.
    pub differing: u64,
    /// Awards that facts on file do not settle.
    pub unsettled: u64,
    /// New leads: eligible by the facts on file, and not drawing.
    pub leads: u64,
}

/// Households read and judged at a time: bounds memory, keeps all cores busy.
const CHUNK: i64 = 8_192;
/// A lead is visited within seven working days (house rule, domain M1).
const VISIT_WITHIN: u32 = 7;
const RULE: &str = "政策书比对：符合条件但没有领取";

/// What a county's determination is made against.
struct County<'a> {
    members: BTreeMap<HouseholdId, Vec<PersonId>>,
    awards: BTreeMap<HouseholdId, Vec<StoredAward>>,
    library: &'a Library,
    month: Month,
}

/// What one county's households bring.
#[derive(Default)]
struct Found {
    leads: Vec<Lead>,
    drawing: Vec<(AwardId, PersonId)>,
}

/// Determines every household of every county for `month`; `progress` hears how many are done.
///
/// # Errors
/// The store; facts that cannot be read.
pub async fn determine_city(
    store: &Store,
    library: &Library,
    calendar: &WorkCalendar,
    month: Month,
    moment: &Moment,
    progress: &mut dyn FnMut(u64),
) -> Result<CityDetermined, JobFailure> {
    let mut total = CityDetermined::default();
    let hand = Hand { by: "system".into(), at: moment.at.clone() };
    for county in store.counties().await? {
        let against = County {
            members: by_household(store.members_of_county(county).await?),
            awards: by_household(store.awards_of_county(county).await?.into_iter().map(|a| (a.household, a)).collect()),
            library,
            month,
        };
        let mut found = Found::default();
        let mut after = HouseholdId(0);
        loop {
            let chunk = store.facts_after(county, after, CHUNK).await?;
            let Some((last, _, _)) = chunk.last() else { break };
            after = *last;
            let facts = read_facts(library, &chunk)?;
            for ((household, village, _), judged) in chunk.iter().zip(library.determine_bulk(month, &facts)) {
                against.weigh(*household, *village, &judged, &mut found, &mut total);
            }
            total.households += chunk.len() as u64;
            progress(total.households);
        }
        total.leads += raise(store, county, found, calendar, moment, &hand).await?;
    }
    Ok(total)
}

async fn raise(
    store: &Store,
    county: AreaCode,
    mut found: Found,
    calendar: &WorkCalendar,
    moment: &Moment,
    hand: &Hand,
) -> Result<u64, JobFailure> {
    if !found.drawing.is_empty() {
        store.set_award_members(county, &found.drawing, hand.clone()).await?;
    }
    let visit_due_on = calendar.plus_working_days(moment.on, VISIT_WITHIN).ok();
    for lead in &mut found.leads {
        lead.id = store.next_id(moment.unix_ms);
        lead.raised_on = moment.on;
        lead.visit_due_on = visit_due_on;
    }
    if found.leads.is_empty() {
        return Ok(0);
    }
    Ok(store.raise_leads(county, &found.leads, hand.clone()).await?)
}

fn by_household<T>(rows: Vec<(HouseholdId, T)>) -> BTreeMap<HouseholdId, Vec<T>> {
    let mut grouped: BTreeMap<HouseholdId, Vec<T>> = BTreeMap::new();
    for (household, row) in rows {
        grouped.entry(household).or_default().push(row);
    }
    grouped
}

/// Reads the documents of a chunk, on all cores.
fn read_facts(library: &Library, chunk: &[(HouseholdId, AreaCode, String)]) -> Result<Vec<Facts>, JobFailure> {
    use rayon::prelude::*;
    let read = |(household, _, text): &(HouseholdId, AreaCode, String)| {
        let unreadable = |cause: String| JobFailure::Facts { household: *household, cause };
        let json = serde_json::from_str(text).map_err(|cause| unreadable(cause.to_string()))?;
        library.form().facts_from_json(&json).map_err(|found| unreadable(format!("{} 处看不懂", found.len())))
    };
    chunk.par_iter().map(read).collect()
}

impl County<'_> {
    /// Compares what the books say with what the household draws.
    fn weigh(
        &self,
        household: HouseholdId,
        village: AreaCode,
        judged: &[Judged],
        found: &mut Found,
        total: &mut CityDetermined,
    ) {
        let members = self.members.get(&household).map_or(&[][..], Vec::as_slice);
        let awards = self.awards.get(&household).map_or(&[][..], Vec::as_slice);
        for one in judged {
            total.answers += 1;
            let info = &self.library.programmes()[usize::from(one.programme)];
            if !info.gives.is_monthly() {
                continue; // awards, and so leads to them, are by the month
            }
            let person = one.member.and_then(|member| members.get(usize::from(member)).copied());
            let is_theirs = |award: &&StoredAward| {
                award.programme == info.id
                    && award.from <= self.month
                    && award.until.is_none_or(|last| self.month <= last)
                    && (info.unit == ProgrammeUnit::Household || Some(award.person) == person)
            };
            match awards.iter().find(is_theirs) {
                Some(award) => {
                    self.check(award, one, members, found, total);
                }
                None if one.verdict.outcome == Answer::Eligible => {
                    found.leads.push(lead(village, household, person, &info.id, one.verdict.amount, self.month));
                }
                None => {}
            }
        }
    }

    fn check(
        &self,
        award: &StoredAward,
        one: &Judged,
        members: &[PersonId],
        found: &mut Found,
        total: &mut CityDetermined,
    ) {
        match one.verdict.outcome {
            Answer::Eligible if one.verdict.amount == Some(award.amount) => total.agreeing += 1,
            Answer::Unknown => total.unsettled += 1,
            Answer::Eligible | Answer::Refused | Answer::NeedsPerson => total.differing += 1,
        }
        if one.member.is_none() {
            let counts = |at: &usize| one.verdict.counted & (1 << at) != 0;
            let drawing = (0..members.len().min(law::MAX_MEMBERS)).filter(counts).map(|at| (award.award, members[at]));
            found.drawing.extend(drawing);
        }
    }
}

fn lead(
    village: AreaCode,
    household: HouseholdId,
    person: Option<PersonId>,
    programme: &str,
    amount: Option<Fen>,
    month: Month,
) -> Lead {
    Lead {
        id: 0,
        village,
        household,
        person,
        programme: programme.to_owned(),
        rule: RULE.to_owned(),
        amount,
        raised_on: month.first_day(),
        visit_due_on: None,
        closed: None,
    }
}
