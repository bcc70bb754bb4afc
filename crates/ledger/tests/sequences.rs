//! Laws that hold whatever people do in whatever order, and whatever months bring.

mod month;

use std::collections::{BTreeMap, BTreeSet};

use ledger::{
    Account, Control, Due, Entitlement, Entry, Envelope, EnvelopeState, ExclusionReason, Line, LineKind, Owed, Refusal,
    Returned, Totals, TrialBalance, reconcile,
};
use month::*;
use proptest::prelude::*;
use values::{EnvelopeId, Fen, Month};

/// What somebody may try to do to an envelope, in any order.
#[derive(Clone, Debug)]
enum Attempt {
    Approve(u8),
    Fund { is_short: bool },
    File { is_wrong: bool },
    Answer { returned: u8 },
    Reconcile { differs: bool },
    Close,
}

fn any_attempt() -> impl Strategy<Value = Attempt> {
    prop_oneof![
        3 => (0u8..4).prop_map(Attempt::Approve),
        2 => prop::bool::weighted(0.2).prop_map(|is_short| Attempt::Fund { is_short }),
        2 => prop::bool::weighted(0.2).prop_map(|is_wrong| Attempt::File { is_wrong }),
        2 => any::<u8>().prop_map(|returned| Attempt::Answer { returned }),
        2 => prop::bool::weighted(0.2).prop_map(|differs| Attempt::Reconcile { differs }),
        1 => Just(Attempt::Close),
    ]
}

fn lines(count: i64) -> Vec<Line> {
    let rights =
        (1..=count).map(|person| right(person, if person % 3 == 0 { "old-age" } else { "dibao" }, 101 * person));
    ledger::compute(month("2021-09"), rights.collect(), Vec::new(), &[]).lines
}

/// The lines whose bit is set.
fn chosen(lines: &[Line], bits: u8) -> Vec<&Line> {
    lines.iter().filter(|line| bits >> ((line.no - 1) % 8) & 1 == 1).collect()
}

fn totals(lines: &[Line], envelope: &Envelope, entries: &[Entry]) -> Totals {
    let locked = Control::of(lines);
    let returned = envelope.returned;
    let balance = TrialBalance::of(entries);
    Totals {
        lines: locked,
        locked: envelope.control,
        filed: locked,
        confirmed: Control { count: locked.count - returned.count, sum: locked.sum - returned.sum },
        returned,
        granted: envelope.granted(),
        ledger_granted: balance.of_account(Account::ReliefGranted),
        ledger_settled: envelope.granted() + balance.of_account(Account::OwedToPersons),
        ledger_in_transit: balance.of_account(Account::InTransit),
    }
}

fn attempt(
    what: &Attempt,
    envelope: &Envelope,
    lines: &[Line],
    booked: &[Entry],
) -> Result<(Envelope, Vec<Entry>), Refusal> {
    let without_entries = |envelope| (envelope, Vec::new());
    match what {
        Attempt::Approve(who) => {
            envelope.approve(signed(["F1", "A1", "A2", "A3"][usize::from(*who)])).map(without_entries)
        }
        Attempt::Fund { is_short: true } => envelope.fund(&BTreeMap::new()).map(without_entries),
        Attempt::Fund { is_short: false } => envelope.fund(&enough()).map(without_entries),
        Attempt::File { is_wrong } => {
            let mut control = Control::of(lines);
            control.sum += Fen::new(i64::from(*is_wrong));
            envelope.file(on(), control).map(|(envelope, entry)| (envelope, vec![entry]))
        }
        Attempt::Answer { returned } => envelope.answer(on(), &chosen(lines, *returned), &shares()),
        Attempt::Reconcile { differs } => {
            let mut totals = totals(lines, envelope, booked);
            totals.ledger_granted += Fen::new(i64::from(*differs));
            envelope.reconcile(&reconcile(totals)).map(without_entries)
        }
        Attempt::Close => envelope.close().map(without_entries),
    }
}

/// Which state may follow which.
fn may_follow(before: EnvelopeState, after: EnvelopeState) -> bool {
    use EnvelopeState::{
        Closed, Filed, FirstApproved, Funded, Locked, Paid, PartlyReturned, Reconciled, Returned, SecondApproved,
    };
    match before {
        Locked => after == FirstApproved,
        FirstApproved => after == SecondApproved,
        SecondApproved => after == Funded,
        Funded => after == Filed,
        Filed => matches!(after, Paid | PartlyReturned | Returned),
        Paid | PartlyReturned | Returned => after == Reconciled,
        Reconciled => after == Closed,
        Closed => false,
    }
}

proptest! {
    /// An envelope goes forward step by step or not at all; its count and sum never change; what is booked balances.
    #[test]
    fn an_envelope_never_jumps_and_its_books_always_balance(tries in prop::collection::vec(any_attempt(), 0..60), count in 1i64..12) {
        let lines = lines(count);
        let (mut envelope, owed) = locked(1, &lines);
        let mut entries: Vec<Entry> = owed.into_iter().collect();
        for what in &tries {
            let before = envelope.clone();
            let Ok((after, booked)) = attempt(what, &before, &lines, &entries) else { continue };
            prop_assert!(may_follow(before.state, after.state), "{:?} after {:?}", after.state, before.state);
            prop_assert_eq!(after.control, before.control);
            prop_assert_eq!(&after.sums, &before.sums);
            for entry in &booked {
                prop_assert!(Entry::new(entry.on, "again", entry.envelope, entry.postings.clone()).is_ok());
            }
            entries.extend(booked);
            envelope = after;
        }
        let signers: BTreeSet<&str> = [Some(&envelope.locked), envelope.first_approval.as_ref(), envelope.second_approval.as_ref()]
            .into_iter().flatten().map(|signature| signature.by.as_str()).collect();
        if envelope.state >= EnvelopeState::SecondApproved {
            prop_assert_eq!(signers.len(), 3, "three different people");
        }
        let balance = TrialBalance::of(&entries);
        prop_assert_eq!(balance.difference(), Fen::ZERO);
        let in_transit = if envelope.state == EnvelopeState::Filed { envelope.control.sum } else { Fen::ZERO };
        prop_assert_eq!(balance.of_account(Account::InTransit), in_transit);
        let is_answered = envelope.state >= EnvelopeState::Paid;
        let still_owed = if is_answered { envelope.returned.sum } else { envelope.control.sum };
        prop_assert_eq!(balance.of_account(Account::OwedToPersons), -still_owed);
    }

    /// Months in which accounts freeze and thaw, lines come back and are corrected or not: nobody is paid twice, nothing owed is
    /// forgotten, and the ledger owes exactly what came back.
    #[test]
    fn whatever_months_bring_everyone_is_paid_once_or_still_owed(months in prop::collection::vec((any::<u16>(), any::<u8>(), any::<u8>()), 1..7)) {
        let mut city = City::default();
        for (frozen, returned, corrected) in months {
            city.live(frozen, returned, corrected)?;
        }
        city.check()?;
    }
}

/// A county over months: what was paid, what came back, what was held.
#[derive(Default)]
struct City {
    months: i32,
    paid: BTreeMap<(i64, String, Month), u32>,
    keys: BTreeSet<(i64, String, Month, LineKind, u32)>,
    came_back: Vec<(EnvelopeId, Line)>,
    held: Vec<Owed>,
    entries: Vec<Entry>,
}

impl City {
    fn rights(frozen: u16) -> Vec<Entitlement> {
        let right = |at: i64| {
            let programme = if at % 2 == 0 { "dibao" } else { "old-age" };
            Entitlement { is_account_frozen: frozen >> at & 1 == 1, ..right(at / 2 + 1, programme, 100 + at) }
        };
        (0..12).map(right).collect()
    }

    fn live(&mut self, frozen: u16, returned: u8, corrected: u8) -> Result<(), TestCaseError> {
        let month = month("2021-09").plus(self.months);
        self.months += 1;
        let rights = City::rights(frozen);
        let known = |owed: &Owed| {
            let same =
                |right: &&Entitlement| right.award == owed.right.award && right.programme == owed.right.programme;
            Owed {
                month: owed.month,
                reason: owed.reason,
                right: rights.iter().find(same).expect("rights go on").clone(),
            }
        };
        let is_corrected = |at: usize| corrected >> (at % 8) & 1 == 1;
        let backs = self.came_back.iter().enumerate().map(|(at, (envelope, line))| Returned {
            line: (*envelope, line.no),
            original: line.clone(),
            account_name: line.account_name.clone(),
            account: is_corrected(at).then(|| format!("63{month}{at}")),
        });
        let owed = self.held.iter().map(known).collect();
        let due = Due { month, entitlements: rights.clone(), returned: backs.collect(), owed, exclusive: &[] };
        let made = due.compute();
        self.held = made
            .excluded
            .iter()
            .filter(|held| held.reason == ExclusionReason::AccountFrozen)
            .map(|held| {
                let same = |right: &&Entitlement| right.person == held.person && right.programme == held.programme;
                Owed {
                    month: held.month,
                    reason: held.reason,
                    right: rights.iter().find(same).expect("rights go on").clone(),
                }
            })
            .collect();
        if made.lines.is_empty() {
            return Ok(());
        }
        for line in &made.lines {
            let key = (line.person.0, line.programme.clone(), line.month, line.kind, line.attempt);
            prop_assert!(self.keys.insert(key.clone()), "the database would refuse {key:?}");
        }
        let envelope = EnvelopeId(i64::from(self.months));
        let back = chosen(&made.lines, returned);
        let (answered, entries) = pay(envelope.0, &made.lines, &back);
        prop_assert_eq!(answered.control, Control::of(&made.lines));
        self.entries.extend(entries);
        self.came_back.retain(|(from, line)| !made.lines.iter().any(|new| new.replaces == Some((*from, line.no))));
        for line in made.lines.iter().filter(|line| !back.iter().any(|came_back| came_back.no == line.no)) {
            *self.paid.entry((line.person.0, line.programme.clone(), line.month)).or_default() += 1;
        }
        self.came_back.extend(back.into_iter().map(|line| (envelope, line.clone())));
        Ok(())
    }

    fn check(&self) -> Result<(), TestCaseError> {
        for at in 0..self.months {
            let month = month("2021-09").plus(at);
            for right in City::rights(0) {
                let (person, programme) = (right.person, right.programme);
                let paid = self.paid.get(&(person.0, programme.clone(), month)).copied().unwrap_or(0);
                let open =
                    self.came_back.iter().filter(|(_, line)| line.paid_for() == (person, &programme, month)).count()
                        + self
                            .held
                            .iter()
                            .filter(|held| {
                                held.month == month && held.right.person == person && held.right.programme == programme
                            })
                            .count();
                prop_assert_eq!((paid as usize) + open, 1, "{:?} {} {}: paid or open, once", person, programme, month);
            }
        }
        let owed: Fen = self.came_back.iter().map(|(_, line)| line.amount).sum();
        let balance = TrialBalance::of(&self.entries);
        prop_assert_eq!(balance.of_account(Account::OwedToPersons), -owed);
        prop_assert_eq!(balance.of_account(Account::InTransit), Fen::ZERO);
        prop_assert_eq!(balance.difference(), Fen::ZERO);
        Ok(())
    }
}
