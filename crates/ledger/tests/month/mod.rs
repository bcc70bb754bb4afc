//! A month for tests: rights of invented persons, shares of funds, signatures.
#![allow(dead_code)] // each test file uses its own part

use std::collections::BTreeMap;

use ledger::{Control, Entitlement, Entry, Envelope, FundShares, FundSource, Line, Signature};
use values::{AwardId, Day, EnvelopeId, Fen, HouseholdId, Month, PersonId};

pub fn month(text: &str) -> Month {
    text.parse().unwrap()
}

pub fn on() -> Day {
    Day::new(2021, 9, 10).unwrap()
}

pub fn shares() -> BTreeMap<String, FundShares> {
    use FundSource::{Central, City, County, Province};
    let dibao = FundShares::new(vec![(Central, 601), (Province, 149), (City, 125), (County, 125)]).unwrap();
    let old_age = FundShares::new(vec![(City, 500), (County, 500)]).unwrap();
    BTreeMap::from([("dibao".to_owned(), dibao), ("old-age".to_owned(), old_age)])
}

pub fn right(person: i64, programme: &str, fen: i64) -> Entitlement {
    Entitlement {
        award: AwardId(person * 10),
        person: PersonId(person),
        household: HouseholdId(person),
        village: "430302202204".parse().unwrap(),
        programme: programme.to_owned(),
        amount: Fen::new(fen),
        from: month("2021-07"),
        until: None,
        account_name: "周桂兰".to_owned(),
        account: format!("62{person:014}"),
        is_reported_dead: false,
        is_account_frozen: false,
    }
}

pub fn signed(by: &str) -> Signature {
    Signature { by: by.to_owned(), on: on() }
}

pub fn locked(id: i64, lines: &[Line]) -> (Envelope, Option<Entry>) {
    let county = "430302".parse().unwrap();
    Envelope::lock(EnvelopeId(id), county, month("2021-09"), lines, &shares(), signed("F1")).unwrap()
}

pub fn enough() -> BTreeMap<FundSource, Fen> {
    FundSource::ALL.into_iter().map(|source| (source, Fen::yuan(1_000_000_000))).collect()
}

/// Locked, approved, funded and sent.
pub fn filed(id: i64, lines: &[Line]) -> Envelope {
    let approved = locked(id, lines).0.approve(signed("A1")).unwrap().approve(signed("A2")).unwrap();
    approved.fund(&enough()).unwrap().file(on(), Control::of(lines)).unwrap().0
}

/// From lock to the bank's answer, with every entry booked on the way.
pub fn pay(id: i64, lines: &[Line], returned: &[&Line]) -> (Envelope, Vec<Entry>) {
    let (envelope, owed) = locked(id, lines);
    let approved = envelope.approve(signed("A1")).unwrap().approve(signed("A2")).unwrap();
    let (filed, sent) = approved.fund(&enough()).unwrap().file(on(), Control::of(lines)).unwrap();
    let (answered, settled) = filed.answer(on(), returned, &shares()).unwrap();
    (answered, owed.into_iter().chain([sent]).chain(settled).collect())
}
