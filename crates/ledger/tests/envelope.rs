//! The life of an envelope, as tables and as laws: nobody is paid twice, every entry balances, no fen is lost.

use std::collections::BTreeMap;

mod month;

use ledger::{
    Account, Computed, Control, Entry, Envelope, EnvelopeState, ExclusionReason, FundSource, Line, LineKind,
    Reconciliation, Returned, Totals, TrialBalance, compute, differences, reconcile,
};
use month::*;
use proptest::prelude::*;
use values::{EnvelopeId, Fen};

fn back(envelope: i64, line: &Line, account: Option<&str>) -> Returned {
    Returned {
        line: (EnvelopeId(envelope), line.no),
        original: line.clone(),
        account_name: line.account_name.clone(),
        account: account.map(str::to_owned),
    }
}

#[test]
fn a_month_pays_what_is_active_and_names_what_it_holds_back() {
    let mut ended = right(2, "dibao", 200);
    ended.until = Some(month("2021-08"));
    let mut last = right(3, "dibao", 400);
    last.until = Some(month("2021-09"));
    let mut later = right(4, "dibao", 800);
    later.from = month("2021-10");
    let mut dead = right(5, "dibao", 1600);
    dead.is_reported_dead = true;
    let mut frozen = right(6, "dibao", 3200);
    frozen.is_account_frozen = true;
    let mut no_account = right(7, "dibao", 6400);
    no_account.account.clear();
    let rights = vec![right(1, "dibao", 100), ended, last, later, dead, frozen, no_account];
    let Computed { lines, excluded } = compute(month("2021-09"), rights, Vec::new(), &[]);
    assert_eq!(lines.iter().map(|line| (line.no, line.amount.fen())).collect::<Vec<_>>(), [(1, 100), (2, 400)]);
    let held: Vec<_> = excluded.iter().map(|held| (held.person.0, held.reason)).collect();
    use ExclusionReason::{AccountFrozen, NoAccount, ReportedDead};
    assert_eq!(held, [(5, ReportedDead), (6, AccountFrozen), (7, NoAccount)]);
}

#[test]
fn of_two_exclusive_programmes_the_second_waits_for_a_person() {
    let rights = vec![right(1, "old-age", 100), right(1, "dibao", 200), right(2, "old-age", 400)];
    let made = compute(month("2021-09"), rights, Vec::new(), &[("dibao", "old-age")]);
    assert_eq!(made.lines.iter().map(|line| line.amount.fen()).collect::<Vec<_>>(), [200, 400]);
    assert_eq!(made.excluded[0].reason, ExclusionReason::Exclusive);
}

#[test]
fn three_different_people_sign() {
    let made = compute(month("2021-09"), vec![right(1, "dibao", 100)], Vec::new(), &[]);
    let (envelope, _) = locked(1, &made.lines);
    assert_eq!(envelope.approve(signed("F1")).unwrap_err().name, "same_person_approves");
    let once = envelope.approve(signed("A1")).unwrap();
    assert_eq!(once.approve(signed("A1")).unwrap_err().name, "same_person_approves");
    assert_eq!(once.fund(&enough()).unwrap_err().name, "wrong_state");
    let twice = once.approve(signed("A2")).unwrap();
    assert_eq!(twice.state, EnvelopeState::SecondApproved);
    assert_eq!(twice.approve(signed("A3")).unwrap_err().name, "wrong_state");
}

#[test]
fn a_source_that_is_short_by_a_fen_stops_the_whole_envelope() {
    let made = compute(month("2021-09"), vec![right(1, "old-age", 200)], Vec::new(), &[]);
    let (envelope, _) = locked(1, &made.lines);
    let approved = envelope.approve(signed("A1")).unwrap().approve(signed("A2")).unwrap();
    let just = |city| BTreeMap::from([(FundSource::City, Fen::new(city)), (FundSource::County, Fen::new(100))]);
    assert_eq!(approved.fund(&just(99)).unwrap_err().name, "funds_are_short");
    assert_eq!(approved.fund(&just(100)).unwrap().state, EnvelopeState::Funded);
}

#[test]
fn a_file_that_is_not_what_was_locked_is_not_sent() {
    let made = compute(month("2021-09"), vec![right(1, "dibao", 100)], Vec::new(), &[]);
    let (envelope, _) = locked(1, &made.lines);
    let funded = envelope.approve(signed("A1")).unwrap().approve(signed("A2")).unwrap().fund(&enough()).unwrap();
    let wrong = Control { count: 1, sum: Fen::new(101) };
    assert_eq!(funded.file(on(), wrong).unwrap_err().name, "file_differs_from_lock");
}

#[test]
fn what_came_back_is_issued_again_once_corrected() {
    let rights = || vec![right(1, "dibao", 100), right(2, "dibao", 200), right(3, "dibao", 400)];
    let september = compute(month("2021-09"), rights(), Vec::new(), &[]).lines;
    let (envelope, mut entries) = pay(1, &september, &[&september[1], &september[2]]);
    assert_eq!(envelope.state, EnvelopeState::PartlyReturned);
    assert_eq!(TrialBalance::of(&entries).of_account(Account::OwedToPersons), Fen::new(-600));
    let returned = vec![back(1, &september[1], Some("6299")), back(1, &september[2], None)];
    let october = compute(month("2021-10"), rights(), returned, &[]);
    let again: Vec<&Line> = october.lines.iter().filter(|line| line.kind == LineKind::Reissue).collect();
    assert_eq!(again.len(), 1);
    assert_eq!((again[0].month, again[0].attempt, again[0].replaces), (month("2021-09"), 1, Some((EnvelopeId(1), 2))));
    assert_eq!(october.excluded[0].reason, ExclusionReason::NotCorrected);
    let (_, more) = pay(2, &october.lines, &[]);
    entries.extend(more);
    let balance = TrialBalance::of(&entries);
    assert_eq!(balance.of_account(Account::OwedToPersons), Fen::new(-400), "only the uncorrected line is still owed");
    assert_eq!(balance.of_account(Account::ReliefGranted), Fen::new(1400), "two months granted, the reissue not twice");
}

#[test]
fn differences_to_last_month_are_named_line_by_line() {
    let before = compute(month("2021-09"), vec![right(1, "dibao", 100), right(2, "dibao", 200)], Vec::new(), &[]).lines;
    let now = compute(month("2021-10"), vec![right(2, "dibao", 400), right(3, "dibao", 800)], Vec::new(), &[]).lines;
    let found: Vec<_> = differences(&before, &now).iter().map(|d| (d.person.0, format!("{:?}", d.kind))).collect();
    assert_eq!(found, [(1, "Stopped".into()), (2, "Changed".into()), (3, "New".into())]);
}

fn tied(lines: &[Line], returned: &[&Line], envelope: &Envelope, entries: &[Entry]) -> Reconciliation {
    let returned = Control { count: returned.len() as u32, sum: returned.iter().map(|line| line.amount).sum() };
    let locked = Control::of(lines);
    let confirmed = Control { count: locked.count - returned.count, sum: locked.sum - returned.sum };
    let balance = TrialBalance::of(entries);
    reconcile(Totals {
        lines: locked,
        locked: envelope.control,
        filed: locked,
        confirmed,
        returned,
        granted: envelope.granted(),
        ledger_granted: balance.of_account(Account::ReliefGranted),
        ledger_settled: envelope.granted() + balance.of_account(Account::OwedToPersons),
        ledger_in_transit: balance.of_account(Account::InTransit),
    })
}

#[test]
fn a_missing_fen_is_found_and_named() {
    let lines = compute(month("2021-09"), vec![right(1, "dibao", 100)], Vec::new(), &[]).lines;
    let (envelope, entries) = pay(1, &lines, &[]);
    let mut found = tied(&lines, &[], &envelope, &entries);
    assert!(found.ties(), "{:?}", found.gaps);
    found.totals.confirmed.sum -= Fen::new(1);
    let wrong = reconcile(found.totals);
    assert_eq!(
        wrong.gaps.iter().map(|gap| gap.between).collect::<Vec<_>>(),
        ["银行文件与银行回盘", "银行到账与总账结清"]
    );
    assert_eq!(envelope.reconcile(&wrong).unwrap_err().name, "does_not_tie");
    assert_eq!(
        envelope.reconcile(&tied(&lines, &[], &envelope, &entries)).unwrap().close().unwrap().state,
        EnvelopeState::Closed
    );
}

proptest! {
    /// Whatever comes back, every entry balances by source, the books tie, and what is left owed is what came back.
    #[test]
    fn no_fen_is_lost_whatever_comes_back(amounts in prop::collection::vec((1i64..1_000_000, any::<bool>(), any::<bool>()), 1..60)) {
        let rights = amounts.iter().enumerate().map(|(at, (fen, is_dibao, _))| {
            right(at as i64 + 1, if *is_dibao { "dibao" } else { "old-age" }, *fen)
        });
        let lines = compute(month("2021-09"), rights.collect(), Vec::new(), &[]).lines;
        let returned: Vec<&Line> = lines.iter().filter(|line| amounts[line.person.0 as usize - 1].2).collect();
        let (envelope, entries) = pay(1, &lines, &returned);
        for entry in &entries {
            prop_assert!(Entry::new(entry.on, "again", entry.envelope, entry.postings.clone()).is_ok());
        }
        let balance = TrialBalance::of(&entries);
        let came_back: Fen = returned.iter().map(|line| line.amount).sum();
        prop_assert_eq!(balance.difference(), Fen::ZERO);
        prop_assert_eq!(balance.of_account(Account::OwedToPersons), -came_back);
        prop_assert_eq!(balance.of_account(Account::InTransit), Fen::ZERO);
        prop_assert!(tied(&lines, &returned, &envelope, &entries).ties());
        // everything that came back, issued again and paid, leaves no source owing anything
        let backs = returned.iter().map(|line| back(1, line, Some("6299"))).collect();
        let again = compute(month("2021-10"), Vec::new(), backs, &[]).lines;
        if !again.is_empty() {
            let (_, more) = pay(2, &again, &[]);
            let all: Vec<Entry> = entries.into_iter().chain(more).collect();
            for ((account, _), left) in TrialBalance::of(&all).balances {
                prop_assert!(account != Account::OwedToPersons || left == Fen::ZERO);
            }
        }
    }
}
