//! Money: nobody is paid twice, whatever the program believes; the bank's answer counts once; the books tie to the fen.

use std::collections::BTreeMap;

use ledger::{
    Account, Computed, Control, Due, Entry, Envelope, EnvelopeState, FundShares, FundSource, Line, Posting, Signature,
};
use store::pay::{BankAnswer, BankFile, BankReturn, Locking};
use store::{Store, StoreError};
use values::{EnvelopeId, Fen, Month};

use crate::engines::on_both;
use crate::people::*;

fn shares() -> BTreeMap<String, FundShares> {
    use FundSource::{Central, City, County};
    let thirds = FundShares::new(vec![(Central, 334), (City, 333), (County, 333)]).unwrap();
    let halves = FundShares::new(vec![(City, 500), (County, 500)]).unwrap();
    BTreeMap::from([("dibao".to_owned(), thirds), ("old-age".to_owned(), halves)])
}

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

fn signed(by: &str) -> Signature {
    Signature { by: by.into(), on: day("2021-09-10") }
}

pub async fn compute(store: &Store, of: &str) -> Computed {
    let entitlements = store.entitlements(yuhu(), month(of)).await.unwrap();
    let returned = store.returned_lines(yuhu()).await.unwrap();
    let owed = store.owed(yuhu(), month(of)).await.unwrap();
    Due { month: month(of), entitlements, returned, owed, exclusive: &[] }.compute()
}

pub async fn lock(store: &Store, of: &str, computed: &Computed) -> Result<Envelope, StoreError> {
    let id = EnvelopeId(store.next_id(MORNING));
    let (envelope, entry) = Envelope::lock(id, yuhu(), month(of), &computed.lines, &shares(), signed("F1")).unwrap();
    let number = store.next_id(MORNING);
    let locking = Locking { envelope: &envelope, computed, entry: entry.as_ref().map(|entry| (number, entry)) };
    store.lock_envelope(locking, hand()).await.map(|()| envelope)
}

/// 雨湖区 gets money from every source.
pub async fn allocate(store: &Store) {
    for fund in [FundSource::Central, FundSource::City, FundSource::County] {
        let side = |account, fen| Posting {
            account,
            fund,
            programme: String::new(),
            county: yuhu(),
            month: month("2021-09"),
            amount: Fen::new(fen),
        };
        let postings = vec![side(Account::FundsAtHand, 9_000_000), side(Account::FundsReceived, -9_000_000)];
        let entry = Entry::new(day("2021-09-01"), "资金下达", None, postings).unwrap();
        store.book(yuhu(), store.next_id(MORNING), &entry, hand()).await.unwrap();
    }
}

/// Locked, approved twice, funded and sent in two files.
pub async fn filed(store: &Store, of: &str) -> (Envelope, Vec<Line>) {
    let computed = compute(store, of).await;
    let locked = lock(store, of, &computed).await.unwrap();
    let first = locked.approve(signed("A1")).unwrap();
    store.move_envelope(&locked, &first, &[], &[], hand()).await.unwrap();
    let second = first.approve(signed("A2")).unwrap();
    store.move_envelope(&first, &second, &[], &[], hand()).await.unwrap();
    let funded = second.fund(&store.funds_at_hand(yuhu()).await.unwrap()).unwrap();
    store.move_envelope(&second, &funded, &[], &[], hand()).await.unwrap();
    let (sent, entry) = funded.file(day("2021-09-10"), Control::of(&computed.lines)).unwrap();
    let (one, two) = computed.lines.split_at(1);
    let file = |file_no, lines: &[Line]| BankFile {
        file_no,
        name: format!("{of}-{file_no}.txt"),
        digest: format!("{file_no}"),
        control: Control::of(lines),
        profile: "某行".into(),
    };
    let files = if two.is_empty() { vec![file(1, one)] } else { vec![file(1, one), file(2, two)] };
    store.move_envelope(&funded, &sent, &[(store.next_id(MORNING), entry)], &files, hand()).await.unwrap();
    (sent, computed.lines)
}

pub fn answer(of: &str, file_no: i64, lines: &[Line], back: &[&Line]) -> BankAnswer {
    let returned = back.iter().map(|line| BankReturn {
        no: line.no,
        code: "E03".into(),
        meaning: "账号户名不符".into(),
        amount: line.amount,
    });
    let arrived: Vec<Line> = lines.iter().filter(|line| !back.contains(line)).cloned().collect();
    BankAnswer {
        file_no,
        confirmed: Control::of(&arrived),
        returned: returned.collect(),
        digest: format!("answer {of} {file_no}"),
        name: "回盘.txt".into(),
    }
}

/// Both files answered, the first line of the month sent back; then closed.
pub async fn paid_but_one(store: &Store, of: &str) -> (Envelope, Vec<Line>) {
    let (sent, lines) = filed(store, of).await;
    let back = [&lines[0]];
    let (settled, entries) = sent.answer(day("2021-09-12"), &back, &shares()).unwrap();
    let numbered: Vec<_> = entries.into_iter().map(|entry| (store.next_id(MORNING), entry)).collect();
    let first = answer(of, 1, &lines[..1], &back);
    assert!(store.keep_answer(&sent, &first, None, hand()).await.unwrap());
    let second = answer(of, 2, &lines[1..], &[]);
    assert!(store.keep_answer(&sent, &second, Some((&settled, &numbered)), hand()).await.unwrap());
    let found = ledger::reconcile(store.totals(&settled).await.unwrap());
    assert!(found.ties(), "{:?}", found.gaps);
    let reconciled = settled.reconcile(&found).unwrap();
    store.move_envelope(&settled, &reconciled, &[], &[], hand()).await.unwrap();
    let closed = reconciled.close().unwrap();
    store.move_envelope(&reconciled, &closed, &[], &[], hand()).await.unwrap();
    (closed, lines)
}

#[test]
fn a_month_is_paid_and_every_book_ties() {
    on_both(async |house| {
        settle(&house.store).await;
        allocate(&house.store).await;
        let (closed, lines) = paid_but_one(&house.store, "2021-09").await;
        let kept = house.store.envelope(yuhu(), closed.id).await.unwrap();
        assert_eq!((kept.state, kept.returned.count), (EnvelopeState::Closed, 1), "{}", house.engine);
        assert_eq!(house.store.lines(yuhu(), closed.id).await.unwrap(), lines);
        let balance = house.store.trial_balance(None).await.unwrap();
        assert_eq!(balance.values().copied().sum::<Fen>(), Fen::ZERO);
        let of = |wanted| balance.iter().filter(|((a, _), _)| *a == wanted).map(|(_, fen)| *fen).sum::<Fen>();
        assert_eq!(of(Account::InTransit), Fen::ZERO);
        assert_eq!(of(Account::OwedToPersons), -lines[0].amount, "what came back is still owed");
        let history = house.store.account_history(yuhu(), Account::InTransit).await.unwrap();
        assert_eq!(history.iter().map(|row| row.amount).sum::<Fen>(), Fen::ZERO);
        assert_eq!(house.store.returns_of(yuhu(), closed.id).await.unwrap()[0].meaning, "账号户名不符");
        let counts = house.store.counts(month("2021-09"), day("2021-09-30")).await.unwrap();
        assert_eq!((counts.lines, counts.payees, counts.returned_lines), (3, 3, 1));
        assert_eq!((counts.locked, counts.difference), (Fen::new(86_000), Fen::ZERO));
        let sums = house.store.sums_by_programme(month("2021-09"), Some(yuhu())).await.unwrap();
        assert_eq!(
            sums.iter().map(|s| (s.key.as_str(), s.amount.fen())).collect::<Vec<_>>(),
            [("dibao", 66_000), ("old-age", 20_000)]
        );
        assert_eq!(house.store.verify_audit().await.unwrap().broken, None, "{}", house.engine);
    });
}

#[test]
fn the_database_itself_refuses_to_pay_twice() {
    on_both(async |house| {
        settle(&house.store).await;
        let computed = compute(&house.store, "2021-09").await;
        lock(&house.store, "2021-09", &computed).await.unwrap();
        // a second envelope of the county's month
        let refused = lock(&house.store, "2021-09", &computed).await.unwrap_err();
        assert!(matches!(refused, StoreError::Conflict { .. }), "{}: {refused}", house.engine);
        // September's lines once more, in October's envelope
        let refused = lock(&house.store, "2021-10", &computed).await.unwrap_err();
        assert!(matches!(refused, StoreError::PaidAlready), "{}: {refused}", house.engine);
        assert_eq!(house.number("SELECT COUNT(*) FROM payment_line").await, 3, "nothing half");
        assert_eq!(house.number("SELECT COUNT(*) FROM envelope").await, 1, "nothing half");
    });
}

#[test]
fn a_returned_line_is_issued_again_once_after_its_account_was_corrected() {
    on_both(async |house| {
        settle(&house.store).await;
        allocate(&house.store).await;
        let (closed, lines) = paid_but_one(&house.store, "2021-09").await;
        assert_eq!(compute(&house.store, "2021-10").await.lines.len(), 3, "not corrected: nothing to issue again");
        let account = store::register::AccountIn {
            holder: "某人".into(),
            number: "6217000000000009".into(),
            bank: "某行".into(),
        };
        house.store.correct_account(yuhu(), lines[0].person, &account, "T1", hand()).await.unwrap();
        let october = compute(&house.store, "2021-10").await;
        let again: Vec<&Line> = october.lines.iter().filter(|line| line.replaces.is_some()).collect();
        assert_eq!((october.lines.len(), again.len()), (4, 1), "{}", house.engine);
        assert_eq!(
            (again[0].month, again[0].account.as_str(), again[0].attempt),
            (month("2021-09"), "6217000000000009", 1)
        );
        lock(&house.store, "2021-10", &october).await.unwrap();
        assert_eq!(house.store.returned_lines(yuhu()).await.unwrap(), []);
        let mut thrice = again[0].clone();
        (thrice.no, thrice.attempt) = (1, 2);
        let forged = Computed { lines: vec![thrice], excluded: Vec::new() };
        let refused = lock(&house.store, "2021-11", &forged).await.unwrap_err();
        assert!(matches!(refused, StoreError::PaidAlready), "{}: {refused}", house.engine);
        let trail = house.store.payments_of(yuhu(), &[lines[0].person], 10).await.unwrap();
        assert_eq!(trail.len(), 3, "October's own, September again, September");
        assert_eq!(trail.iter().filter(|p| p.envelope == closed.id && p.returned.is_some()).count(), 1);
    });
}

#[test]
fn the_same_answer_a_second_time_has_no_effect() {
    on_both(async |house| {
        settle(&house.store).await;
        allocate(&house.store).await;
        let (sent, lines) = filed(&house.store, "2021-09").await;
        let mut first = answer("2021-09", 1, &lines[..1], &[&lines[0]]);
        assert!(house.store.keep_answer(&sent, &first, None, hand()).await.unwrap());
        let rows = house.number("SELECT COUNT(*) FROM audit").await;
        first.name = "另一个名字.txt".into();
        assert!(!house.store.keep_answer(&sent, &first, None, hand()).await.unwrap(), "{}", house.engine);
        assert!(house.store.was_received(&first.digest).await.unwrap());
        assert_eq!(house.number("SELECT COUNT(*) FROM bank_return").await, 1);
        assert_eq!(house.number("SELECT COUNT(*) FROM audit").await, rows);
        assert_eq!(house.store.answers(yuhu(), sent.id).await.unwrap().0, 1);
    });
}

#[test]
fn another_answer_to_the_same_file_is_refused() {
    on_both(async |house| {
        settle(&house.store).await;
        allocate(&house.store).await;
        let (sent, lines) = filed(&house.store, "2021-09").await;
        let first = answer("2021-09", 1, &lines[..1], &[]);
        house.store.keep_answer(&sent, &first, None, hand()).await.unwrap();
        let other = BankAnswer { digest: "other".into(), ..answer("2021-09", 1, &lines[..1], &[&lines[0]]) };
        let refused = house.store.keep_answer(&sent, &other, None, hand()).await.unwrap_err();
        assert!(matches!(refused, StoreError::Conflict { .. }), "{}: {refused}", house.engine);
        assert_eq!(house.number("SELECT COUNT(*) FROM bank_return").await, 0);
    });
}

/// Two who bring the last two answers at once: neither sees the other's, and none may believe itself the middle one.
#[test]
fn the_last_answer_must_settle_and_only_the_last() {
    on_both(async |house| {
        settle(&house.store).await;
        allocate(&house.store).await;
        let (sent, lines) = filed(&house.store, "2021-09").await;
        let (settled, _) = sent.answer(day("2021-09-12"), &[], &shares()).unwrap();
        let first = answer("2021-09", 1, &lines[..1], &[]);
        let too_early = house.store.keep_answer(&sent, &first, Some((&settled, &[])), hand()).await.unwrap_err();
        assert!(matches!(too_early, StoreError::Conflict { .. }), "{}: {too_early}", house.engine);
        house.store.keep_answer(&sent, &first, None, hand()).await.unwrap();
        let last = answer("2021-09", 2, &lines[1..], &[]);
        let unsettled = house.store.keep_answer(&sent, &last, None, hand()).await.unwrap_err();
        assert!(matches!(unsettled, StoreError::Conflict { .. }), "{}: {unsettled}", house.engine);
    });
}

#[test]
fn who_moves_an_envelope_second_is_told() {
    on_both(async |house| {
        settle(&house.store).await;
        let computed = compute(&house.store, "2021-09").await;
        let locked = lock(&house.store, "2021-09", &computed).await.unwrap();
        let (one, other) = (locked.approve(signed("A1")).unwrap(), locked.approve(signed("A2")).unwrap());
        house.store.move_envelope(&locked, &one, &[], &[], hand()).await.unwrap();
        let refused = house.store.move_envelope(&locked, &other, &[], &[], hand()).await.unwrap_err();
        assert!(matches!(refused, StoreError::Conflict { .. }), "{}: {refused}", house.engine);
        assert_eq!(house.store.envelope_of(yuhu(), month("2021-09")).await.unwrap(), Some(one));
    });
}

#[test]
fn the_dead_are_held_back() {
    on_both(async |house| {
        settle(&house.store).await;
        let record = store::verify::DepartmentRecord {
            id_number: city()[1].members[0].id_number.clone(),
            source: "卫健".into(),
            kind: "死亡".into(),
            as_of: "2021-08-31".into(),
            name_key: "王德福".into(),
            facts: r#"{"状态":"死亡"}"#.into(),
        };
        house.store.import_extract(&[record], "e1", "死亡.csv", hand()).await.unwrap();
        let computed = compute(&house.store, "2021-09").await;
        assert_eq!((computed.lines.len(), computed.excluded.len()), (2, 1), "{}", house.engine);
        let locked = lock(&house.store, "2021-09", &computed).await.unwrap();
        assert_eq!(house.number("SELECT COUNT(*) FROM exclusion WHERE reason = 'reported_dead'").await, 1);
        assert_eq!(house.store.held_lines(locked.county, locked.id).await.unwrap(), 1, "{}", house.engine);
        let october = compute(&house.store, "2021-10").await;
        let next = lock(&house.store, "2021-10", &october).await.unwrap();
        let held = u32::try_from(october.excluded.len()).unwrap();
        assert_eq!(house.store.held_lines(next.county, next.id).await.unwrap(), held, "{}", house.engine);
    });
}

#[test]
fn who_had_no_account_is_owed_until_there_is_one() {
    on_both(async |house| {
        let city = city();
        let mut without = award(&city[0].members[0], "dibao", 66_000);
        without.account.number = String::new();
        import(&house.store, "b1", &city, &[without, award(&city[1].members[0], "old-age", 10_000)]).await;
        let september = compute(&house.store, "2021-09").await;
        assert_eq!((september.lines.len(), september.excluded.len()), (1, 1), "{}", house.engine);
        lock(&house.store, "2021-09", &september).await.unwrap();
        let (county, widow) = house.store.find_identity(&city[0].members[0].id_number).await.unwrap().unwrap();
        let account = store::register::AccountIn {
            holder: "某人".into(),
            number: "6217000000000009".into(),
            bank: "某行".into(),
        };
        house.store.correct_account(county, widow, &account, "T1", hand()).await.unwrap();
        let october = compute(&house.store, "2021-10").await;
        let hers: Vec<_> = october.lines.iter().filter(|l| l.person == widow).map(|l| l.month.to_string()).collect();
        assert_eq!(hers, ["2021-09", "2021-10"], "{}", house.engine);
        lock(&house.store, "2021-10", &october).await.unwrap();
        assert_eq!(house.store.owed(county, month("2021-11")).await.unwrap(), []);
    });
}
