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
use store::day::Draw;
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
    /// Lives the day of `now`: ends what has expired, then draws from what reached the county on the days before.
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

    /// Every closed list that was not drawn yet: yesterday's, and those of days on which nothing ran.
    async fn draw_samples(&self, now: &Moment) -> Result<usize, JobFailure> {
        let mut sampled = 0;
        for closed in self.store.days_of_arrival(now.on).await? {
            let mut by_county: BTreeMap<AreaCode, Vec<Case>> = BTreeMap::new();
            for case in self.store.arrived_at_county(closed).await? {
                by_county.entry(case.filed.village.county()).or_default().push(case);
            }
            for (county, cases) in by_county {
                let drawn = match self.store.drawn(county, closed).await? {
                    Some(drawn) => drawn,
                    None => {
                        let hand = Hand { by: Actor::system().id, at: now.at.clone() };
                        self.store.record_draw(county, closed, self.draw(county, &cases, closed), hand).await?
                    }
                };
                sampled += self.mark(&cases, &drawn, now).await?;
            }
        }
        Ok(sampled)
    }

    /// One county's closed list: its digest is the seed.
    fn draw(&self, county: AreaCode, cases: &[Case], closed: values::Day) -> Draw {
        let programme = |case: &Case| case.filed.programmes.first().cloned().unwrap_or_default();
        let stratum = |case: &Case| format!("{} {}", case.office().township(), programme(case));
        let list =
            |case: &Case| (programme(case), Listed { stratum: stratum(case), number: case.filed.number.clone() });
        let listed: Vec<(String, Listed)> = cases.iter().map(list).collect();
        let all: Vec<Listed> = listed.iter().map(|(_, one)| one.clone()).collect();
        let (seed, digest) = Store::seed_of(&closed_list(&all));
        let mut by_programme: BTreeMap<String, Vec<Listed>> = BTreeMap::new();
        for (programme, one) in listed {
            by_programme.entry(programme).or_default().push(one);
        }
        let share = |(programme, listed): (String, Vec<Listed>)| {
            let percent = self.rules.sample_percent(&county, &programme, closed)?;
            Some(draw(&listed, seed, percent))
        };
        Draw { list: digest, numbers: by_programme.into_iter().filter_map(share).flatten().collect() }
    }

    /// Tells the drawn cases so; those that were told before a crash are not told again.
    async fn mark(&self, cases: &[Case], drawn: &Draw, now: &Moment) -> Result<usize, JobFailure> {
        let mut sampled = 0;
        for case in cases.iter().filter(|case| !case.is_sampled && drawn.numbers.contains(&case.filed.number)) {
            let programme = case.filed.programmes.first().map_or("", String::as_str);
            let Some(procedure) = self.library.procedure(programme, case.filed.on.month(), &case.filed.village) else {
                continue;
            };
            let actor = Actor::system();
            let desk = Desk { actor: &actor, today: now.on, at: &now.at, procedure, calendar: self.calendar };
            sampled += usize::from(self.add(case, &desk, Act::Sampled { draw: drawn.list.clone() }).await?);
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
