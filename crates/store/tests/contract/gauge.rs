//! The gauge of a tiny city, counted by hand.
//!
//! September's roll: 周桂兰 660 yuan (dibao), two old men 100 yuan each. Her daughter is counted under the dibao award without a
//! line of her own. Her money comes back and is issued again in October, together with October's own three lines.

use casework::discover::{Lead, Outcome};
use indicators::Counts;
use store::register::AccountIn;
use values::{AwardId, Fen, HouseholdId, PersonId};

use crate::cases::Story;
use crate::engines::{House, on_both};
use crate::money::{allocate, compute, lock, paid_but_one};
use crate::people::*;

async fn person_of(house: &House, family: usize, member: usize) -> PersonId {
    house.store.find_identity(&city()[family].members[member].id_number).await.unwrap().unwrap().1
}

/// The daughter draws under her mother's award.
async fn count_the_daughter(house: &House) {
    let award: AwardId = AwardId(house.number("SELECT award FROM award WHERE programme = 'dibao'").await);
    let daughter = person_of(house, 0, 1).await;
    house.store.set_award_members(yuhu(), &[(award, daughter)], hand()).await.unwrap();
    house.store.set_award_members(yuhu(), &[(award, daughter)], hand()).await.unwrap(); // known: counted once all the same
}

/// Three leads: one open, one closed with help, one closed without.
async fn raise_three(house: &House) {
    let raised = |number: i64| Lead {
        id: number,
        village: area("430302202204"),
        household: HouseholdId(number),
        person: None,
        programme: "dibao".into(),
        rule: "eligible".into(),
        amount: None,
        raised_on: day("2021-09-01"),
        visit_due_on: None,
        closed: None,
    };
    let leads = [raised(1), raised(2), raised(3)];
    assert_eq!(house.store.raise_leads(yuhu(), &leads, hand()).await.unwrap(), 3);
    for (at, outcome) in [(1, Outcome::Helped), (2, Outcome::NotFound)] {
        let closed = Some((day("2021-09-03"), outcome));
        house.store.close_lead(&Lead { closed, ..leads[at].clone() }, hand()).await.unwrap();
    }
}

/// One case decided on 09-22 (16 days after 09-06, within 20, one trip), one still open.
async fn live_two_cases(house: &House) {
    Story::begun(&house.store, "2021-09-06").await.until_confirmed(&house.store).await;
    Story::begun(&house.store, "2021-09-20").await;
}

#[test]
fn the_gauge_of_a_tiny_city_is_what_a_hand_counts() {
    on_both(async |house| {
        settle(&house.store).await;
        count_the_daughter(house).await;
        allocate(&house.store).await;
        let (_, lines) = paid_but_one(&house.store, "2021-09").await;
        live_two_cases(house).await;
        raise_three(house).await;
        let returned = lines[0].amount;
        let september = Counts {
            month: "2021-09".parse().unwrap(),
            as_of: day("2021-09-30"),
            persons_in_payment: 4,
            payees: 3,
            locked: Fen::new(86_000),
            paid: Fen::new(86_000) - returned,
            lines: 3,
            returned_lines: 1,
            reissued_lines: 0,
            difference: Fen::ZERO,
            cases_handed_in: 2,
            cases_open: 1,
            cases_decided: 1,
            cases_in_time: 1,
            days_used: 16,
            cases_one_trip: 1,
            leads_open: 1,
            leads_helped: 1,
        };
        let counted = house.store.counts(september.month, september.as_of).await.unwrap();
        assert_eq!(counted, september, "{}", house.engine);
        // on file since October: the widow's second award, hers alone; the same four persons
        assert_eq!(house.store.drawing_persons(september.month).await.unwrap().0, 4, "{}", house.engine);
    });
}

/// The widow's award ends with September: in October she is on a line, for September's money, and draws no support.
#[test]
fn an_issue_again_counts_as_a_line_but_not_as_a_person_in_payment() {
    on_both(async |house| {
        settle(&house.store).await;
        count_the_daughter(house).await;
        allocate(&house.store).await;
        let (_, lines) = paid_but_one(&house.store, "2021-09").await;
        let widow = person_of(house, 0, 0).await;
        let hers = lines.iter().find(|line| line.person == widow).unwrap();
        assert_eq!(hers.no, lines[0].no, "it is her money that came back");
        let account = AccountIn { holder: "某人".into(), number: "6217000000000009".into(), bank: "某行".into() };
        house.store.correct_account(yuhu(), widow, &account, "T1", hand()).await.unwrap();
        house.tamper("UPDATE award SET until_month = '2021-09' WHERE programme = 'dibao'").await;
        lock(&house.store, "2021-10", &compute(&house.store, "2021-10").await).await.unwrap();
        let october = house.store.counts("2021-10".parse().unwrap(), day("2021-10-31")).await.unwrap();
        assert_eq!((october.lines, october.reissued_lines), (3, 1), "{}", house.engine);
        assert_eq!((october.payees, october.persons_in_payment), (3, 2), "{}", house.engine);
        assert_eq!(october.locked, Fen::new(20_000) + hers.amount);
        assert_eq!((october.paid, october.difference), (Fen::ZERO, Fen::ZERO), "nothing answered yet");
    });
}
