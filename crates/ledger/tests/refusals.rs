//! What the ledger does not let pass: doubles, strangers, lines nobody sent; and what it finds when books differ.

mod month;

use ledger::{
    Computed, Control, Doubt, Due, Envelope, ExclusionReason, FundSource, Line, LineKind, Owed, compute, unexplained,
};
use month::*;
use values::{AwardId, EnvelopeId, Fen};

fn september(rights: Vec<ledger::Entitlement>) -> Computed {
    compute(month("2021-09"), rights, Vec::new(), &[])
}

fn refused(lines: &[Line]) -> &'static str {
    let county = "430302".parse().unwrap();
    Envelope::lock(EnvelopeId(1), county, month("2021-09"), lines, &shares(), signed("F1")).unwrap_err().name
}

/// Two awards of one person for one programme, even in two villages: the first is paid, the other waits for a person.
#[test]
fn nobody_is_paid_twice_for_one_programme_and_month() {
    let mut moved = right(1, "dibao", 200);
    moved.award = AwardId(99);
    moved.village = "430302202205".parse().unwrap();
    let made = september(vec![moved, right(1, "dibao", 100), right(1, "old-age", 400)]);
    assert_eq!(made.lines.iter().map(|line| line.amount.fen()).collect::<Vec<_>>(), [100, 400]);
    let held: Vec<_> = made.excluded.iter().map(|held| (held.amount.fen(), held.reason)).collect();
    assert_eq!(held, [(200, ExclusionReason::Duplicate)]);
}

/// Held in September because the account was frozen, free in October: paid then as arrears of September.
#[test]
fn what_was_held_is_paid_as_arrears_once_it_is_free() {
    let run = |owed, frozen: bool| {
        let mut right = right(1, "dibao", 100);
        right.is_account_frozen = frozen;
        let held = Owed { month: month("2021-09"), reason: ExclusionReason::AccountFrozen, right: right.clone() };
        let owed = if owed { vec![held] } else { Vec::new() };
        Due { month: month("2021-10"), entitlements: vec![right], returned: Vec::new(), owed, exclusive: &[] }.compute()
    };
    let kinds = |made: &Computed| -> Vec<(String, LineKind)> {
        made.lines.iter().map(|line| (line.month.to_string(), line.kind)).collect()
    };
    assert_eq!(kinds(&run(false, false)), [("2021-10".into(), LineKind::Regular)]);
    assert_eq!(
        kinds(&run(true, false)),
        [("2021-09".into(), LineKind::Arrears), ("2021-10".into(), LineKind::Regular)]
    );
    let still = run(true, true);
    assert!(still.lines.is_empty());
    let held: Vec<String> = still.excluded.iter().map(|held| held.month.to_string()).collect();
    assert_eq!(held, ["2021-10", "2021-09"]);
}

/// What waits for a person's choice is not paid because a month has passed.
#[test]
fn what_was_held_for_another_payment_stays_held() {
    for reason in [ExclusionReason::Exclusive, ExclusionReason::Duplicate] {
        let owed = vec![Owed { month: month("2021-09"), reason, right: right(1, "old-age", 100) }];
        let due = Due { month: month("2021-10"), entitlements: Vec::new(), returned: Vec::new(), owed, exclusive: &[] };
        let made = due.compute();
        assert!(made.lines.is_empty());
        assert_eq!(made.excluded.iter().map(|held| held.reason).collect::<Vec<_>>(), [reason]);
    }
}

/// A right that ended before the month it was held for owes nothing for it.
#[test]
fn an_ended_right_owes_nothing() {
    let mut ended = right(1, "dibao", 100);
    ended.until = Some(month("2021-08"));
    let owed = vec![Owed { month: month("2021-09"), reason: ExclusionReason::AccountFrozen, right: ended }];
    let made =
        Due { month: month("2021-10"), entitlements: Vec::new(), returned: Vec::new(), owed, exclusive: &[] }.compute();
    assert_eq!(made, Computed::default());
}

#[test]
fn an_envelope_locks_only_lines_that_may_be_paid() {
    let good = september(vec![right(1, "dibao", 100), right(2, "dibao", 200)]).lines;
    let with = |change: &dyn Fn(&mut Line)| {
        let mut lines = good.clone();
        change(&mut lines[1]);
        refused(&lines)
    };
    assert_eq!(refused(&[]), "nothing_to_pay");
    assert_eq!(with(&|line| line.village = "430304001001".parse().unwrap()), "line_of_another_county");
    assert_eq!(with(&|line| line.amount = Fen::ZERO), "line_without_money");
    assert_eq!(with(&|line| line.person = good[0].person), "paid_twice");
    assert_eq!(with(&|line| (line.person, line.kind) = (good[0].person, LineKind::Arrears)), "paid_twice");
    assert_eq!(with(&|line| line.programme = "mystery".into()), "shares_unknown");
}

#[test]
fn an_answer_speaks_only_of_lines_that_were_sent() {
    let lines = september(vec![right(1, "dibao", 100), right(2, "old-age", 200), right(3, "dibao", 400)]).lines;
    let filed = filed(1, &lines);
    let answer = |returned: &[&Line]| filed.answer(on(), returned, &shares()).map(|(next, _)| next.returned);
    assert_eq!(answer(&[&lines[0], &lines[0]]).unwrap_err().name, "returned_twice");
    let mut stranger = lines[0].clone();
    stranger.no = 4;
    assert_eq!(answer(&[&stranger]).unwrap_err().name, "returned_but_not_sent");
    let mut dearer = lines[1].clone(); // more of old-age than this envelope sent of it
    dearer.amount = Fen::new(300);
    assert_eq!(answer(&[&dearer]).unwrap_err().name, "returned_but_not_sent");
    assert_eq!(answer(&[&lines[0], &lines[1]]).unwrap(), Control { count: 2, sum: Fen::new(300) });
}

#[test]
fn what_does_not_fit_is_named_line_by_line() {
    let rights = (1..=6).map(|person| right(person, "dibao", 100 * person)).collect();
    let lines = september(rights).lines;
    let fen = |book: &[(u32, i64)]| book.iter().map(|(no, fen)| (*no, Fen::new(*fen))).collect::<Vec<_>>();
    let all = fen(&[(1, 100), (2, 200), (3, 300), (4, 400), (5, 500), (6, 600)]);
    assert_eq!(unexplained(&lines, &all, &all), []);
    // 1 not filed, 3 filed with another amount, 4 filed twice, 9 filed and never locked
    let filed = fen(&[(2, 200), (3, 301), (4, 400), (4, 400), (5, 500), (6, 600), (9, 900)]);
    // 2 answered with another amount, 5 not answered, 6 answered twice, 8 answered and never asked
    let answered = fen(&[(2, 202), (3, 301), (4, 400), (6, 600), (6, 600), (8, 800), (9, 900)]);
    let found: Vec<_> = unexplained(&lines, &filed, &answered)
        .iter()
        .map(|item| (item.no, item.doubt, item.before.fen(), item.after.fen()))
        .collect();
    assert_eq!(
        found,
        [
            (1, Doubt::NotFiled, 100, 0),
            (2, Doubt::AnsweredAmount, 200, 202),
            (3, Doubt::FiledAmount, 300, 301),
            (4, Doubt::FiledTwice, 400, 800),
            (5, Doubt::NotAnswered, 500, 0),
            (6, Doubt::AnsweredTwice, 600, 1200),
            (8, Doubt::NotAsked, 0, 800),
            (9, Doubt::NotLocked, 0, 900),
        ]
    );
}

/// Worked by hand. 101 fen of dibao at 601/149/125/125: whole parts 60, 15, 12, 12, the two fen left over go to the largest
/// remainders (central .701, city .625 before county). 33 fen of old-age by halves: 17 to the city, 16 to the county.
#[test]
fn sums_by_source_are_those_of_the_lines() {
    let lines = september(vec![right(1, "dibao", 101), right(2, "old-age", 33)]).lines;
    let needed: Vec<_> =
        filed(1, &lines).needed_by_source().into_iter().map(|(source, sum)| (source, sum.fen())).collect();
    use FundSource::{Central, City, County, Province};
    assert_eq!(needed, [(Central, 61), (Province, 15), (City, 13 + 17), (County, 12 + 16)]);
}
