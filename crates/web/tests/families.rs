//! Whose family is new and whose is on file: the one form finds out by ID number, and nobody stands in the register twice.

mod house;

use axum::http::StatusCode;
use house::House;
use values::{AreaCode, Day, HouseholdId, IdNumber};

const VILLAGE: &str = "seat=village.430302202204";
const SON: &str = "430399200603210010";

fn grandfather() -> String {
    IdNumber::invented(Day::parse("1945-03-02").unwrap(), 31).as_str().to_owned()
}

/// Hands the one form in for these two; the number of the case.
async fn hand_in(house: &House, head: (&str, &str), member: (&str, &str, &str)) -> String {
    let key = house.get("/apply", VILLAGE).await.hidden("", "key");
    let typed = [
        ("do", "hand-in"),
        ("village", "430302202204"),
        ("members", "2"),
        ("m0.name", head.0),
        ("m0.id", head.1),
        ("m1.name", member.0),
        ("m1.id", member.1),
        ("m1.关系", member.2),
        ("signed", "是"),
        ("help", "someone"),
        ("key", &key),
    ];
    let sent = house.post("/apply", VILLAGE, &typed).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text);
    let again = house.post("/apply", VILLAGE, &typed).await;
    assert_eq!(again.location(), sent.location(), "the same form sent twice is one case");
    sent.location().rsplit('/').next().unwrap().to_owned()
}

async fn household_of(house: &House, id_number: &str) -> (AreaCode, HouseholdId) {
    let (county, person) = house.store.find_identity(id_number).await.unwrap().expect("on file");
    (county, house.store.household_of(county, person).await.unwrap())
}

#[tokio::test]
async fn a_family_nobody_knew_is_enrolled_with_what_it_told() {
    let house = House::open().await;
    let head = grandfather();
    let number = hand_in(&house, ("刘大山", &head), ("刘子杰", SON, "孙子女")).await;
    assert_eq!(house.store.register_counts().await.unwrap(), (2, 1));
    let (county, household) = household_of(&house, &head).await;
    assert_eq!(household_of(&house, SON).await, (county, household));
    let file = house.store.case_by_number(&number).await.unwrap();
    assert_eq!(file.filed.household, household);
    let view = house.store.household(county, household).await.unwrap();
    let members: Vec<_> = view.members.iter().map(|member| (member.name.as_str(), member.relation.as_str())).collect();
    assert_eq!(members, [("刘大山", "本人"), ("刘子杰", "孙子女")]);
    assert!(view.facts.facts.contains("孙子女"), "{}", view.facts.facts);
    assert_eq!(house.store.verify_audit().await.unwrap().broken, None);
}

/// His mother's family is on file. Whoever hands in with him as a member takes him along; he stands in the register once.
#[tokio::test]
async fn a_new_family_with_a_member_on_file_takes_him_along() {
    let house = House::with_the_widow().await;
    let (_, mothers) = household_of(&house, SON).await;
    hand_in(&house, ("刘大山", &grandfather()), ("刘子杰", SON, "孙子女")).await;
    assert_eq!(house.store.register_counts().await.unwrap(), (3, 2));
    let (county, his) = household_of(&house, SON).await;
    assert_ne!(his, mothers);
    assert_eq!(household_of(&house, &grandfather()).await, (county, his));
    assert_eq!(house.store.verify_audit().await.unwrap().broken, None);
}

#[tokio::test]
async fn a_family_on_file_is_renewed_and_not_made_twice() {
    let house = House::with_the_widow().await;
    let before = household_of(&house, SON).await;
    hand_in(&house, ("周桂兰", "430399196805120022"), ("刘子杰", SON, "子女")).await;
    assert_eq!(house.store.register_counts().await.unwrap(), (2, 1));
    assert_eq!(household_of(&house, SON).await, before);
}
