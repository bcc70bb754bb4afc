//! Months, counts and envelopes.

use std::collections::HashMap;
use std::sync::{MutexGuard, PoisonError};

use indicators::Counts;
use ledger::{Envelope, EnvelopeState, LineKind, reconcile};
use store::pay::PersonPayment;
use values::{AreaCode, BankAccount, Day, EnvelopeId, Fen, Month};

use super::{CameBack, EnvelopeFile, Paid, Registry, unreadable};
use crate::answer::Turned;

/// What was counted already, and the state of the audit chain it was counted at: every write adds to the chain, so a chain that
/// has not grown means that no number has changed.
#[derive(Debug, Default)]
pub(super) struct Counted {
    mark: i64,
    counts: HashMap<(Month, Day), Counts>,
    county_money: HashMap<Month, Vec<(AreaCode, String, Fen)>>,
    township_persons: HashMap<Month, Vec<(AreaCode, i64)>>,
}

impl Counted {
    /// What was counted at this state; whatever was counted at an earlier one is forgotten.
    fn at(&mut self, mark: i64) -> &mut Counted {
        if self.mark != mark {
            *self = Counted { mark, ..Counted::default() };
        }
        self
    }
}

impl Registry {
    /// Months that have envelopes, newest first.
    ///
    /// # Errors
    /// A fault of the registry.
    pub async fn months(&self) -> Result<Vec<Month>, Turned> {
        let mut months: Vec<Month> = self.store.envelopes(None).await?.iter().map(|envelope| envelope.month).collect();
        months.dedup();
        Ok(months)
    }

    /// What the books say of a month.
    ///
    /// # Errors
    /// A fault of the registry.
    pub async fn counts(&self, month: Month, as_of: Day) -> Result<Counts, Turned> {
        let mark = self.store.audit_mark().await?;
        if let Some(known) = self.counted().at(mark).counts.get(&(month, as_of)) {
            return Ok(known.clone());
        }
        let counts = self.store.counts(month, as_of).await?;
        self.counted().at(mark).counts.insert((month, as_of), counts.clone());
        Ok(counts)
    }

    /// Money of a month by county and programme.
    ///
    /// # Errors
    /// A fault of the registry.
    pub async fn county_money(&self, month: Month) -> Result<Vec<(AreaCode, String, Fen)>, Turned> {
        let mark = self.store.audit_mark().await?;
        if let Some(known) = self.counted().at(mark).county_money.get(&month) {
            return Ok(known.clone());
        }
        let mut all = Vec::new();
        for envelope in self.store.envelopes(Some(month)).await? {
            let sums = self.store.sums_by_programme(month, Some(envelope.county)).await?;
            all.extend(sums.into_iter().map(|sum| (envelope.county, sum.key, sum.amount)));
        }
        self.counted().at(mark).county_money.insert(month, all.clone());
        Ok(all)
    }

    /// Persons on the month's lines by township.
    ///
    /// # Errors
    /// A fault of the registry.
    pub async fn township_persons(&self, month: Month) -> Result<Vec<(AreaCode, i64)>, Turned> {
        let mark = self.store.audit_mark().await?;
        if let Some(known) = self.counted().at(mark).township_persons.get(&month) {
            return Ok(known.clone());
        }
        let all = self.store.payees_by_township(month).await?;
        self.counted().at(mark).township_persons.insert(month, all.clone());
        Ok(all)
    }

    fn counted(&self) -> MutexGuard<'_, Counted> {
        self.counted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Distinct persons on the month's lines by county.
    ///
    /// # Errors
    /// A fault of the registry.
    pub async fn county_persons(&self, month: Month) -> Result<Vec<(AreaCode, i64)>, Turned> {
        let sums = self.store.sums_by_county(month).await?;
        sums.into_iter()
            .map(|sum| Ok((sum.key.parse().map_err(|_| unreadable("county of a sum")(sum.key.clone()))?, sum.payees)))
            .collect()
    }

    /// How many lines of an envelope were issued again.
    ///
    /// # Errors
    /// A fault of the registry.
    pub async fn reissued(&self, envelope: &Envelope) -> Result<i64, Turned> {
        let lines = self.store.lines(envelope.county, envelope.id).await?;
        Ok(i64::try_from(lines.iter().filter(|line| line.kind == LineKind::Reissue).count()).unwrap_or(i64::MAX))
    }

    /// The envelopes of a month, by county.
    ///
    /// # Errors
    /// A fault of the registry.
    pub async fn envelopes(&self, month: Month) -> Result<Vec<Envelope>, Turned> {
        Ok(self.store.envelopes(Some(month)).await?)
    }

    /// One envelope with its books and what came back.
    ///
    /// # Errors
    /// Not there; a fault of the registry.
    pub async fn envelope(&self, county: &AreaCode, id: EnvelopeId) -> Result<EnvelopeFile, Turned> {
        let envelope = self.store.envelope(*county, id).await?;
        let reconciliation = if envelope.state >= EnvelopeState::Paid {
            Some(reconcile(self.store.totals(&envelope).await?))
        } else {
            None
        };
        let returned = self.store.returns_of(*county, id).await?.into_iter().map(|back| CameBack {
            name: back.line.account_name,
            account: account(&back.line.account),
            amount: back.line.amount,
            reason: back.meaning,
        });
        Ok(EnvelopeFile { envelope, reconciliation, returned: returned.collect() })
    }
}

/// A payment as pages need it.
pub(super) fn paid(county: AreaCode, one: PersonPayment) -> Paid {
    Paid {
        month: one.line.month,
        programme: one.line.programme,
        kind: one.line.kind,
        amount: one.line.amount,
        account: account(&one.line.account),
        county: county.county(),
        envelope: one.envelope,
        returned: one.returned.map(|(_, meaning)| meaning),
        is_answered: one.is_answered,
    }
}

/// An account that can be masked; what is no account is not shown at all.
fn account(text: &str) -> Option<BankAccount> {
    BankAccount::parse(text).ok().map(|account| account.value)
}
