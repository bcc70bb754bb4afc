//! The audit chain finds what somebody with the database's own password did, and names it.

use crate::cases::Story;
use crate::engines::{House, on_both};
use crate::money::{allocate, paid_but_one};
use crate::people::*;

/// A city that has lived a month.
async fn lived(house: &House) {
    settle(&house.store).await;
    allocate(&house.store).await;
    Story::begun(&house.store, "2021-09-06").await.until_confirmed(&house.store).await;
    paid_but_one(&house.store, "2021-09").await;
}

#[test]
fn an_honest_month_verifies_and_every_county_has_a_head() {
    on_both(async |house| {
        lived(house).await;
        let found = house.store.verify_audit().await.unwrap();
        assert_eq!(found.broken, None, "{}", house.engine);
        let counties: Vec<&str> = found.heads.iter().map(|head| head.county.as_str()).collect();
        assert_eq!(counties, ["430302000000", "430304000000"]);
        assert_eq!(found.heads.iter().map(|head| head.seq.unsigned_abs()).sum::<u64>(), found.rows);
        assert_eq!(found.rows.cast_signed(), house.number("SELECT COUNT(*) FROM audit").await);
    });
}

/// What was done, and the word by which the verification names it.
const DEEDS: &[(&str, &str)] = &[
    ("UPDATE payment_line SET amount = amount + 100 WHERE no = 2", "发放明细"),
    ("UPDATE payment_line SET account = '6217000000000666' WHERE no = 2", "发放明细"),
    ("DELETE FROM payment_line WHERE no = 3", "发放明细"),
    ("UPDATE event SET document = REPLACE(document, '660', '990') WHERE kind = 'opinion_given'", "办件事件"),
    ("UPDATE event SET document = REPLACE(document, '2021-09-09', '2021-09-08') WHERE kind = 'visited'", "办件事件"),
    ("DELETE FROM event WHERE kind = 'visited'", "办件事件"),
    (
        "UPDATE ledger_posting SET amount = amount + 1 WHERE account = '1001' AND amount > 0 AND fund = 'central'",
        "总账分录",
    ),
    ("UPDATE award SET amount = amount * 2 WHERE programme = 'dibao'", "待遇台账"),
    ("UPDATE award SET from_month = '2020-01' WHERE programme = 'old-age'", "待遇台账"),
    ("DELETE FROM bank_return", "银行退回记录"),
    ("UPDATE bank_answer SET confirmed_sum = confirmed_sum + 1 WHERE file_no = 1", "银行退回记录"),
    ("UPDATE account SET number = '6217000000000666' WHERE version = 1", "收款账户"),
    ("UPDATE account_history SET number = '6217000000000666'", "收款账户"),
    ("UPDATE household_facts SET facts = '{}' WHERE version = 1", "家庭事实"),
    ("UPDATE case_file SET document = REPLACE(document, '2021-09-22', '2021-09-21')", "办件的现状"),
    ("UPDATE case_file SET status = 'in_payment'", "办件的现状"),
    ("UPDATE envelope SET document = REPLACE(document, 'A2', 'A3')", "发放批次的现状"),
    ("UPDATE envelope SET state = 'filed'", "发放批次的现状"),
    ("UPDATE audit SET actor = 'T9' WHERE county = '430302000000' AND seq = 3", "被改过"),
    ("DELETE FROM audit WHERE county = '430302000000' AND seq = 3", "缺第 3 号"),
    (
        "DELETE FROM audit WHERE county = '430302000000' AND seq = (SELECT MAX(seq) FROM audit WHERE county = '430302000000')",
        "最新",
    ),
    ("DELETE FROM audit WHERE county = '430304000000'", "最新"),
    (
        "INSERT INTO event (county, case_id, seq, kind, on_day, at, actor, document) SELECT county, case_id, 99, 'confirmed', on_day, at, actor, document FROM event WHERE kind = 'confirmed'",
        "办件事件",
    ),
    (
        "INSERT INTO ledger_entry (county, entry, on_day, memo) VALUES ('430302000000', 1, '2021-09-01', '补记')",
        "总账分录",
    ),
    (
        "INSERT INTO award (county, award, household, person, village, programme, amount, from_month, batch) SELECT county, award + 1000000, household, person, village, 'tekun', amount, from_month, 'b9' FROM award WHERE programme = 'dibao'",
        "待遇台账",
    ),
    (
        "INSERT INTO payment_line (county, envelope, no, person, household, village, programme, month, kind, attempt, amount, award, account_name, account) SELECT county, 1, 1, person, household, village, 'tekun', month, kind, attempt, amount, award, account_name, account FROM payment_line WHERE no = 1",
        "发放明细",
    ),
];

/// A finding names the row of the chain that says otherwise; number 0 when no row says anything.
async fn names_its_row(house: &House, broken: &store::audit::Broken) {
    let Some((_, subject)) = broken.what.split_once('（') else { return }; // a finding about the chain itself
    let (subject, _) = subject.split_once('）').unwrap();
    let newest = format!(
        "SELECT COALESCE(MAX(seq), 0) FROM audit WHERE county = '{}' AND (subject = '{subject}' OR subject LIKE '{subject}:%')",
        broken.county
    );
    assert_eq!(broken.seq, house.number(&newest).await, "{}: {}", house.engine, broken.what);
}

#[test]
fn every_deed_is_found_and_named() {
    on_both(async |house| {
        lived(house).await;
        assert_eq!(house.store.verify_audit().await.unwrap().broken, None);
    });
    for (deed, word) in DEEDS {
        on_both(async |house| {
            lived(house).await;
            assert!(house.tamper(deed).await > 0, "{} touched nothing: {deed}", house.engine);
            let found = house.store.verify_audit().await.unwrap();
            let broken = found.broken.unwrap_or_else(|| panic!("{}: not found: {deed}", house.engine));
            let what = &broken.what;
            assert!(what.contains(word), "{}: {deed}\n{what}", house.engine);
            assert!(!what.contains("周桂兰"), "{what}");
            let county = if deed.contains("430304") { "430304000000" } else { "430302000000" };
            assert_eq!(broken.county, county, "{}: {deed}", house.engine);
            names_its_row(house, &broken).await;
        });
    }
}

/// Who can rewrite the database can make a chain look whole; the head that others kept still tells.
#[test]
fn a_head_kept_elsewhere_finds_what_the_database_alone_cannot() {
    for (deed, word) in [
        ("DELETE FROM audit WHERE seq = (SELECT MAX(b.seq) FROM audit b WHERE b.county = audit.county)", "被删过"),
        ("UPDATE audit SET hash = prev WHERE seq > 1", "被重写过"),
    ] {
        on_both(async |house| {
            lived(house).await;
            let kept = house.store.verify_audit().await.unwrap().heads;
            assert!(house.tamper(deed).await > 0, "{} touched nothing: {deed}", house.engine);
            let found = house.store.compare_heads(&kept).await.unwrap();
            let what = found.unwrap_or_else(|| panic!("{}: not found: {deed}", house.engine)).what;
            assert!(what.contains(word), "{}: {deed}\n{what}", house.engine);
        });
    }
}

#[test]
fn a_chain_that_only_grew_still_holds_the_heads_kept_before() {
    on_both(async |house| {
        settle(&house.store).await;
        let kept = house.store.verify_audit().await.unwrap().heads;
        allocate(&house.store).await;
        assert_ne!(house.store.verify_audit().await.unwrap().heads, kept);
        assert_eq!(house.store.compare_heads(&kept).await.unwrap(), None, "{}", house.engine);
    });
}
