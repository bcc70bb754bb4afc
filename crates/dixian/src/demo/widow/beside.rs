//! The cases beside the leading one of her application: what each does by itself, under its own book.

use casework::case::{Act, Actor, Case, Desk as Judging, Refusals};
use casework::{decide, pay, publish};
use jobs::clock::Moment;
use law::{Determination, Procedure};
use store::Store;
use store::apply::Append;
use values::{AwardId, Month};

use super::{Desk, Widow, at, refused, staff};
use crate::failure::Failure;

impl Desk<'_> {
    /// A case beside the leading one: check, visit and acceptance came over by themselves; opinion and notice are its own.
    pub(super) async fn until_posted_beside(&self, widow: &mut Widow, at: usize) -> Result<(), Failure> {
        let case = &widow.others[at];
        let (_, found) = self.determined(case, &widow.facts)?;
        let digest = Store::determination_digest(&found);
        let opinion = decide::proposed_opinion(&found, digest.clone());
        let title = found.title.clone();
        let case = case.clone();
        let case = self
            .step(case, &staff::clerk(), "2021-09-09", Some((digest, found)), |c, d| {
                decide::give_opinion(c, d, opinion)
            })
            .await?;
        widow.others[at] = match case.is_never_published {
            true => case,
            false => self.step(case, &staff::clerk(), "2021-09-09", None, |c, d| publish::post(c, d, &title)).await?,
        };
        Ok(())
    }

    /// The end of its notice, the county's confirmation with its award, the letter.
    pub(super) async fn until_award_beside(
        &self,
        widow: &mut Widow,
        at: usize,
        by: (&Actor, &Moment),
        from: Month,
    ) -> Result<(), Failure> {
        let mut case = widow.others[at].clone();
        if !case.is_never_published {
            case = self.step(case, &Actor::system(), "2021-09-17", None, publish::end).await?;
        }
        let (_, found) = self.determined(&case, &widow.facts)?;
        case = self.confirm(widow, case, &found.counted, by, from).await?;
        widow.others[at] = self.step(case, &staff::clerk(), "2021-09-23", None, decide::notify).await?;
        Ok(())
    }

    /// The county confirms a case, and its award opens in the same transaction.
    pub(super) async fn confirm(
        &self,
        widow: &Widow,
        mut case: Case,
        counted: &[usize],
        (actor, moment): (&Actor, &Moment),
        from: Month,
    ) -> Result<Case, Failure> {
        let procedure = self.procedure_of(&case)?;
        let desk = self.judging(actor, moment, &procedure);
        let act = decide::confirm(&case, &desk, from).map_err(refused)?;
        let event = desk.event(&case, act, None);
        case.add(&event);
        let id = AwardId(self.store.next_id(moment.unix_ms));
        let award = pay::award(&case, id, widow.members[0]).map_err(refused)?;
        let append = Append {
            messages: vec![self.told(&case, &event, moment)],
            events: vec![event],
            awards: vec![award],
            award_members: counted.iter().filter_map(|&member| widow.members.get(member)).copied().collect(),
            ..Append::default()
        };
        self.write(&[(&case, &append)], None, actor, moment).await?;
        Ok(case)
    }

    /// One act on one case that concerns no other.
    pub(super) async fn step(
        &self,
        mut case: Case,
        actor: &Actor,
        on: &str,
        determination: Option<(String, Determination)>,
        judge: impl FnOnce(&Case, &Judging<'_>) -> Result<Act, Refusals>,
    ) -> Result<Case, Failure> {
        let (moment, procedure) = (at(on, 11), self.procedure_of(&case)?);
        let desk = self.judging(actor, &moment, &procedure);
        let act = judge(&case, &desk).map_err(refused)?;
        let event = desk.event(&case, act, None);
        case.add(&event);
        let append = Append { events: vec![event], determination, ..Append::default() };
        self.write(&[(&case, &append)], None, actor, &moment).await?;
        Ok(case)
    }

    /// The procedure of a case, and what the books say of its right on these facts.
    fn determined(&self, case: &Case, facts: &law::form::Facts) -> Result<(Procedure, Determination), Failure> {
        let programme = case.filed.programmes.first().map_or("", String::as_str);
        let found = self.library.determine(programme, case.filed.on.month(), facts).into_iter().next();
        let found = found.ok_or_else(|| Failure::failed("政策书里没有这个项目"))?;
        Ok((self.procedure_of(case)?, found))
    }

    pub(super) fn procedure_of(&self, case: &Case) -> Result<Procedure, Failure> {
        let programme = case.filed.programmes.first().map_or("", String::as_str);
        let found = self.library.procedure(programme, case.filed.on.month(), &case.filed.village);
        found.cloned().ok_or_else(|| Failure::failed("政策书里没有办理程序"))
    }
}
