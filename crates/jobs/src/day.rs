//! What every day brings by itself: notices that have hung their time end, and the county's sample is drawn.
//!
//! Both may run again on the same day and change nothing. Who acted at the same moment on a case goes first; the run looks again
//! the next time.

use std::collections::BTreeMap;

use casework::case::rules::CountyRules;
use casework::case::sample::{Listed, closed_list, draw};
use casework::case::{Act, Actor, Case, Desk};
use casework::publish;
use law::Library;
use store::apply::Append;
use store::{Hand, Store, StoreError};
use values::{AreaCode, WorkCalendar};

use crate::JobFailure;
use crate::clock::Moment;

/// The rooms of a day's run.
pub struct Day<'a> {
    /// Where cases are kept.
    pub store: &'a Store,
    /// The books.
    pub library: &'a Library,
    /// Working days.
    pub calendar: &'a WorkCalendar,
    /// What counties decide for themselves.
    pub rules: &'a CountyRules,
}

/// What the day brought.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DayDone {
    /// Publications that ended.
    pub ended: usize,
    /// Cases drawn into a sample.
    pub sampled: usize,
}

impl Day<'_> {
    /// Lives the day of `now`: ends what has expired, then draws from what reached the county the day before.
    ///
    /// # Errors
    /// The store fails.
    pub async fn live(&self, now: &Moment) -> Result<DayDone, JobFailure> {
        let ended = self.end_notices(now).await?;
        let sampled = self.draw_samples(now).await?;
        Ok(DayDone { ended, sampled })
    }

    async fn end_notices(&self, now: &Moment) -> Result<usize, JobFailure> {
        let mut ended = 0;
        for case in self.store.expired_notices(now.on).await? {
            let programme = case.filed.programmes.first().map_or("", String::as_str);
            let procedure = self.library.procedure(programme, case.filed.on.month(), &case.filed.village);
            let Some(procedure) = procedure else { continue };
            let actor = Actor::system();
            let desk = Desk { actor: &actor, today: now.on, at: &now.at, procedure, calendar: self.calendar };
            // an objection that is still open keeps the notice; the township settles it first
            if let Ok(act) = publish::end(&case, &desk) {
                ended += usize::from(self.add(&case, &desk, act).await?);
            }
        }
        Ok(ended)
    }

    async fn draw_samples(&self, now: &Moment) -> Result<usize, JobFailure> {
        let closed = now.on.plus_days(-1);
        let mut by_county: BTreeMap<AreaCode, Vec<Case>> = BTreeMap::new();
        for case in self.store.arrived_at_county(closed).await? {
            by_county.entry(case.filed.village.county()).or_default().push(case);
        }
        let mut sampled = 0;
        for (county, cases) in by_county {
            sampled += self.draw_sample(county, cases, closed, now).await?;
        }
        Ok(sampled)
    }

    /// One county's closed list: its digest is the seed, and stands in the chain before anybody is visited.
    async fn draw_sample(
        &self,
        county: AreaCode,
        cases: Vec<Case>,
        closed: values::Day,
        now: &Moment,
    ) -> Result<usize, JobFailure> {
        let stratum = |case: &Case| {
            let programme = case.filed.programmes.first().map_or("", String::as_str);
            (programme.to_owned(), format!("{} {programme}", case.office().township()))
        };
        let listed: Vec<Listed> =
            cases.iter().map(|case| Listed { stratum: stratum(case).1, number: case.filed.number.clone() }).collect();
        let (seed, digest) = Store::seed_of(&closed_list(&listed));
        let mut drawn = Vec::new();
        let programmes: std::collections::BTreeSet<String> = cases.iter().map(|case| stratum(case).0).collect();
        for programme in programmes {
            let Some(percent) = self.rules.sample_percent(&county, &programme, closed) else { continue };
            let of_it = |one: &&Listed| one.stratum.ends_with(&format!(" {programme}"));
            let listed: Vec<Listed> = listed.iter().filter(of_it).cloned().collect();
            drawn.extend(draw(&listed, seed, percent));
        }
        let hand = Hand { by: Actor::system().id, at: now.at.clone() };
        if !self.store.record_draw(county, closed, &digest, drawn.len(), hand).await? {
            return Ok(0);
        }
        let mut sampled = 0;
        for case in cases.iter().filter(|case| !case.is_sampled && drawn.contains(&case.filed.number)) {
            let programme = &case.filed.programmes[0];
            let Some(procedure) = self.library.procedure(programme, case.filed.on.month(), &case.filed.village) else {
                continue;
            };
            let actor = Actor::system();
            let desk = Desk { actor: &actor, today: now.on, at: &now.at, procedure, calendar: self.calendar };
            sampled += usize::from(self.add(case, &desk, Act::Sampled { draw: digest.clone() }).await?);
        }
        Ok(sampled)
    }

    /// Adds what the system did; false when somebody else was faster.
    async fn add(&self, case: &Case, desk: &Desk<'_>, act: Act) -> Result<bool, JobFailure> {
        let event = desk.event(case, act, None);
        let mut after = case.clone();
        after.add(&event);
        let hand = Hand { by: desk.actor.id.clone(), at: desk.at.to_owned() };
        let append = Append { events: vec![event], ..Append::default() };
        match self.store.append(&after, append, self.calendar, hand).await {
            Ok(_) => Ok(true),
            Err(StoreError::Conflict { .. }) => Ok(false),
            Err(fault) => Err(fault.into()),
        }
    }
}
