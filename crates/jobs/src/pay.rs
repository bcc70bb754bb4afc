//! The month's run (发放): one envelope a county. Each function is one step that a person asks for by name.

use std::collections::BTreeMap;

use law::Overlap;
use ledger::{
    Account, Computed, Difference, Due, Entry, Envelope, FundShares, FundSource, Posting, Reconciliation, Signature,
};
use store::pay::Locking;
use store::{Hand, Store};
use values::{AreaCode, EnvelopeId, Fen, Month};

use crate::JobFailure;
use crate::bank::Bank;
use crate::clock::Moment;

/// What every step stands on.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    /// Where everything is kept.
    pub store: &'a Store,
    /// How each programme's money is shared over sources.
    pub shares: &'a BTreeMap<String, FundShares>,
    /// Which programmes one person cannot draw together (互斥): the second waits for a person to choose.
    pub overlap: &'a Overlap,
    /// The bank's format, so that what it cannot carry is left out by name before anything is locked.
    pub bank: &'a Bank<'a>,
}

/// A county's month, computed.
#[derive(Clone, Debug)]
pub struct CountyComputed {
    /// County.
    pub county: AreaCode,
    /// Lines and who is left out.
    pub computed: Computed,
    /// Against last month, line by line.
    pub differences: Vec<Difference>,
}

impl Run<'_> {
    /// Computes a county's month without writing anything.
    ///
    /// # Errors
    /// The store.
    pub async fn compute(&self, county: AreaCode, month: Month) -> Result<CountyComputed, JobFailure> {
        let entitlements = self.store.entitlements(county, month).await?;
        let returned = self.store.returned_lines(county).await?;
        let exclusive = self.overlap.exclusive(month);
        let exclusive: Vec<(&str, &str)> = exclusive.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        let owed = self.store.owed(county, month).await?;
        let mut computed = Due { month, entitlements, returned, owed, exclusive: &exclusive }.compute();
        self.hold_unwritable(county, month, &mut computed);
        let differences = match self.store.envelope_of(county, month.plus(-1)).await? {
            Some(last) => ledger::differences(&self.store.lines(county, last.id).await?, &computed.lines),
            None => Vec::new(),
        };
        Ok(CountyComputed { county, computed, differences })
    }

    /// Takes out what the bank's format cannot carry (a name with a character it lacks, an account that is none).
    fn hold_unwritable(&self, county: AreaCode, month: Month, computed: &mut Computed) {
        let order = self.bank.order(EnvelopeId(0), county, month, &computed.lines);
        let held: Vec<u32> =
            order.lines.iter().filter(|line| line.why_held(self.bank.profile).is_some()).map(|line| line.no).collect();
        computed.hold(&held);
    }

    /// Locks a computed month: count and sum are fixed from here on. Nothing to pay makes no envelope.
    ///
    /// # Errors
    /// Refusals of the ledger; the month has its envelope already; something was paid already.
    pub async fn lock(
        &self,
        month: Month,
        computed: &CountyComputed,
        by: &str,
        moment: &Moment,
    ) -> Result<Option<Envelope>, JobFailure> {
        if computed.computed.lines.is_empty() {
            return Ok(None);
        }
        let id = EnvelopeId(self.store.next_id(moment.unix_ms));
        let signature = Signature { by: by.to_owned(), on: moment.on };
        let (envelope, entry) =
            Envelope::lock(id, computed.county, month, &computed.computed.lines, self.shares, signature)?;
        let number = self.store.next_id(moment.unix_ms);
        let locking =
            Locking { envelope: &envelope, computed: &computed.computed, entry: entry.as_ref().map(|e| (number, e)) };
        self.store.lock_envelope(locking, hand(by, moment)).await?;
        Ok(Some(envelope))
    }

    /// First or second approval, whichever is next.
    ///
    /// # Errors
    /// Somebody who signed already; not the moment.
    pub async fn approve(&self, envelope: &Envelope, by: &str, moment: &Moment) -> Result<Envelope, JobFailure> {
        let next = envelope.approve(Signature { by: by.to_owned(), on: moment.on })?;
        self.store.move_envelope(envelope, &next, &[], &[], hand(by, moment)).await?;
        Ok(next)
    }

    /// The fund check against what the county has at hand.
    ///
    /// # Errors
    /// A source that falls short; not the moment.
    pub async fn fund(&self, envelope: &Envelope, by: &str, moment: &Moment) -> Result<Envelope, JobFailure> {
        let at_hand = self.store.funds_at_hand(envelope.county).await?;
        let next = envelope.fund(&at_hand)?;
        self.store.move_envelope(envelope, &next, &[], &[], hand(by, moment)).await?;
        Ok(next)
    }

    /// Books money that a source has given to a county (资金下达).
    ///
    /// # Errors
    /// No money; the store.
    pub async fn allocate(&self, grant: &Allocation<'_>, by: &str, moment: &Moment) -> Result<(), JobFailure> {
        let side = |account, amount| Posting {
            account,
            fund: grant.source,
            programme: String::new(),
            county: grant.county,
            month: moment.on.month(),
            amount,
        };
        let postings = vec![side(Account::FundsAtHand, grant.amount), side(Account::FundsReceived, -grant.amount)];
        let memo = format!("{}资金下达，{}", grant.source.zh(), grant.document);
        let entry = Entry::new(moment.on, memo, None, postings).map_err(|wrong| JobFailure::File(wrong.to_string()))?;
        let number = self.store.next_id(moment.unix_ms);
        Ok(self.store.book(grant.county, number, &entry, hand(by, moment)).await?)
    }

    /// Compares the five books of an envelope and closes it when they tie.
    ///
    /// # Errors
    /// A difference, each named; not the moment.
    pub async fn reconcile(
        &self,
        envelope: &Envelope,
        by: &str,
        moment: &Moment,
    ) -> Result<(Envelope, Reconciliation), JobFailure> {
        let found = ledger::reconcile(self.store.totals(envelope).await?);
        let reconciled = envelope.reconcile(&found)?;
        self.store.move_envelope(envelope, &reconciled, &[], &[], hand(by, moment)).await?;
        let closed = reconciled.close()?;
        self.store.move_envelope(&reconciled, &closed, &[], &[], hand(by, moment)).await?;
        Ok((closed, found))
    }
}

/// Money that a source gives to a county.
#[derive(Clone, Copy, Debug)]
pub struct Allocation<'a> {
    /// County.
    pub county: AreaCode,
    /// Source.
    pub source: FundSource,
    /// How much.
    pub amount: Fen,
    /// Number of the document that gives it.
    pub document: &'a str,
}

pub(crate) fn hand(by: &str, moment: &Moment) -> Hand {
    Hand { by: by.to_owned(), at: moment.at.clone() }
}
