//! The register: whole files or nothing, the same file once, nobody twice.

use store::StoreError;
use store::register::{HouseholdIn, ImportCounts};
use values::HouseholdId;

use crate::engines::on_both;
use crate::people::*;

#[test]
fn the_same_roster_a_second_time_changes_nothing() {
    on_both(async |house| {
        let first = settle(&house.store).await;
        let expected = ImportCounts { persons_new: 5, households_new: 4, awards_new: 3, ..ImportCounts::default() };
        assert_eq!(first, expected, "{}", house.engine);
        let rows = house.number("SELECT COUNT(*) FROM audit").await;
        let second = settle(&house.store).await;
        let expected = ImportCounts { households_unchanged: 4, awards_unchanged: 3, ..ImportCounts::default() };
        assert_eq!(second, expected, "{}", house.engine);
        assert_eq!(house.number("SELECT COUNT(*) FROM household_facts").await, 4);
        assert_eq!(house.number("SELECT COUNT(*) FROM audit").await, rows);
        assert_eq!(house.store.register_counts().await.unwrap(), (5, 4));
        assert_eq!(house.store.real_persons().await.unwrap(), 0);
    });
}

#[test]
fn an_import_dropped_in_the_middle_leaves_nothing() {
    on_both(async |house| {
        let mut importing = house.store.begin_import(hand(), MORNING, "b1").await.unwrap();
        for household in city() {
            importing.household(&household).await.unwrap();
        }
        drop(importing);
        assert_eq!(house.store.register_counts().await.unwrap(), (0, 0), "{}", house.engine);
        assert_eq!(settle(&house.store).await.persons_new, 5);
    });
}

#[test]
fn changed_facts_are_a_new_version_and_who_left_is_no_member() {
    on_both(async |house| {
        settle(&house.store).await;
        let mut widow = city().remove(0);
        let (county, id) = house.store.find_identity(&widow.members[0].id_number).await.unwrap().expect("imported");
        let home = house.store.person(county, id).await.unwrap().household;
        widow.members.pop();
        widow.facts = r#"{"地区":"430302202204","家庭":{"户口":"城镇"},"成员":[]}"#.into();
        let counts = import(&house.store, "b2", &[widow.clone()], &[]).await;
        assert_eq!((counts.households_changed, counts.persons_new), (1, 0));
        let view = house.store.household(county, home).await.unwrap();
        assert_eq!(view.members.iter().map(|m| m.name.as_str()).collect::<Vec<_>>(), ["周桂兰"], "{}", house.engine);
        assert_eq!((view.facts.version, view.facts.facts), (2, widow.facts));
        assert_eq!(house.number("SELECT COUNT(*) FROM household_facts").await, 5);
        assert_eq!(house.store.verify_audit().await.unwrap().broken, None);
    });
}

/// One household at a time does what an import of it alone does.
#[test]
fn a_household_is_renewed_as_an_import_of_it_would() {
    on_both(async |house| {
        settle(&house.store).await;
        let renew =
            async |household: &HouseholdIn, batch: &str| house.store.renew(household, batch, hand(), MORNING).await;
        let none = ImportCounts::default();
        let [widow, old_man, _, neighbour] = <[HouseholdIn; 4]>::try_from(city()).unwrap();
        let same = renew(&widow, "f1").await.unwrap();
        assert_eq!(same, ImportCounts { households_unchanged: 1, ..none }, "{}", house.engine);

        let mut told = widow.clone();
        told.facts = r#"{"地区":"430302202204","家庭":{"户口":"城镇"},"成员":[]}"#.into();
        let changed = renew(&told, "f2").await.unwrap();
        assert_eq!(changed, ImportCounts { households_changed: 1, ..none }, "{}", house.engine);

        let mut moved = household("430302202204", "表-1", vec![person("新来的人", "19700101", 9, "本人")]);
        moved.members.push(old_man.members[0].clone());
        moved.members.push(neighbour.members[0].clone());
        let new = renew(&moved, "f3").await.unwrap();
        assert_eq!(new, ImportCounts { households_new: 1, persons_new: 1, ..none }, "{}", house.engine);
        let (county, head) = house.store.find_identity(&moved.members[0].id_number).await.unwrap().unwrap();
        let home = house.store.household_of(county, head).await.unwrap();
        let view = house.store.household(county, home).await.unwrap();
        let members: Vec<&str> = view.members.iter().map(|member| member.name.as_str()).collect();
        assert_eq!(members, ["新来的人", "王德福", neighbour.members[0].name.as_str()], "{}", house.engine);
        assert_eq!(house.store.register_counts().await.unwrap(), (6, 5), "who moved stands here alone");

        assert_eq!(import(&house.store, "b9", &[told, moved], &[]).await.households_unchanged, 2, "{}", house.engine);
        assert_eq!(house.store.verify_audit().await.unwrap().broken, None);
    });
}

#[test]
fn a_household_that_cannot_be_imported_is_not_renewed() {
    on_both(async |house| {
        settle(&house.store).await;
        let mut twice = city().remove(0);
        twice.members.push(twice.members[0].clone());
        let paid_elsewhere = household("430304001001", "表-1", city().remove(1).members);
        for refused in [twice, paid_elsewhere] {
            let refusal = house.store.renew(&refused, "f1", hand(), MORNING).await.unwrap_err();
            assert!(matches!(refusal, StoreError::Twice(_)), "{}: {refusal}", house.engine);
        }
        assert_eq!(house.store.register_counts().await.unwrap(), (5, 4));
    });
}

#[test]
fn one_person_in_two_households_of_a_file_is_refused() {
    on_both(async |house| {
        let mut importing = house.store.begin_import(hand(), MORNING, "b1").await.unwrap();
        let twice = person("周桂兰", "19680512", 2, "本人");
        importing.household(&household("430302202204", "0001", vec![twice.clone()])).await.unwrap();
        let refused = importing.household(&household("430302202204", "0002", vec![twice])).await.unwrap_err();
        assert!(matches!(refused, StoreError::Twice(_)), "{}: {refused}", house.engine);
        assert!(!refused.to_string().contains("周桂兰"));
    });
}

#[test]
fn one_household_twice_in_a_file_is_refused() {
    on_both(async |house| {
        let mut importing = house.store.begin_import(hand(), MORNING, "b1").await.unwrap();
        let mut family = city().remove(0);
        importing.household(&family).await.unwrap();
        family.address = "另一组".into();
        assert!(matches!(importing.household(&family).await.unwrap_err(), StoreError::Twice(_)), "{}", house.engine);
    });
}

#[test]
fn who_moves_to_another_county_is_there_once() {
    on_both(async |house| {
        settle(&house.store).await;
        let daughter = city()[0].members[1].clone();
        let (before, id) = house.store.find_identity(&daughter.id_number).await.unwrap().unwrap();
        assert_eq!(before, yuhu());
        import(&house.store, "b2", &[household("430304001002", "0009", vec![daughter.clone()])], &[]).await;
        let after = house.store.find_identity(&daughter.id_number).await.unwrap();
        assert_eq!(after, Some((area("430304"), id)), "{}", house.engine);
        assert_eq!(house.store.register_counts().await.unwrap().0, 5);
        assert!(house.store.person(yuhu(), id).await.is_err());
    });
}

#[test]
fn who_is_paid_in_one_county_is_not_moved_by_another_countys_list() {
    on_both(async |house| {
        settle(&house.store).await;
        let old_man = city()[1].members[0].clone();
        let mut importing = house.store.begin_import(hand(), MORNING, "b2").await.unwrap();
        let refused = importing.household(&household("430304001002", "0009", vec![old_man])).await.unwrap_err();
        assert!(matches!(refused, StoreError::Twice(_)), "{}: {refused}", house.engine);
    });
}

#[test]
fn an_award_with_another_amount_is_told_and_not_taken() {
    on_both(async |house| {
        settle(&house.store).await;
        let widow = city()[0].members[0].clone();
        let counts = import(&house.store, "b2", &[], &[award(&widow, "dibao", 99_900)]).await;
        assert_eq!((counts.awards_differing, counts.awards_unchanged), (1, 0), "{}", house.engine);
        assert_eq!(house.number("SELECT CAST(SUM(amount) AS BIGINT) FROM award").await, 86_000);
    });
}

#[test]
fn an_award_of_somebody_unknown_is_refused() {
    on_both(async |house| {
        let mut importing = house.store.begin_import(hand(), MORNING, "b1").await.unwrap();
        let refused = importing.award(&award(&city()[0].members[0], "dibao", 1)).await.unwrap_err();
        assert!(matches!(refused, StoreError::NotFound(_)), "{}", house.engine);
    });
}

#[test]
fn households_are_walked_page_by_page_with_their_newest_facts() {
    on_both(async |house| {
        settle(&house.store).await;
        let mut widow = city().remove(0);
        widow.facts = r#"{"new":true}"#.into();
        import(&house.store, "b2", &[widow], &[]).await;
        let (mut after, mut seen) = (HouseholdId(0), Vec::new());
        loop {
            let page = house.store.facts_after(yuhu(), after, 2).await.unwrap();
            let Some((last, _, _)) = page.last() else { break };
            after = *last;
            seen.extend(page.into_iter().map(|(_, village, facts)| (village.to_string(), facts.contains("new"))));
        }
        seen.sort();
        let expected = [("430302202204", false), ("430302202204", true), ("430302202205", false)];
        assert_eq!(seen, expected.map(|(village, is_new)| (village.to_owned(), is_new)), "{}", house.engine);
        assert_eq!(house.store.members_of_county(yuhu()).await.unwrap().len(), 4);
        assert_eq!(house.store.awards_of_county(yuhu()).await.unwrap().len(), 3);
        assert_eq!(house.store.counties().await.unwrap(), [yuhu(), area("430304")]);
    });
}

#[test]
fn an_account_is_corrected_by_two_people_and_the_old_one_stays() {
    on_both(async |house| {
        settle(&house.store).await;
        let widow = city()[0].members[0].clone();
        let (county, id) = house.store.find_identity(&widow.id_number).await.unwrap().unwrap();
        let account = store::register::AccountIn {
            holder: "周桂兰".into(),
            number: "6217000000000001".into(),
            bank: "某行".into(),
        };
        house.store.correct_account(county, id, &account, "T1", hand()).await.unwrap();
        let home = house.store.person(county, id).await.unwrap().household;
        assert_eq!(house.store.awards_of(county, home).await.unwrap()[0].account, Some(account), "{}", house.engine);
        let versions = format!("SELECT COUNT(*) FROM account_history WHERE person = {}", id.0);
        assert_eq!(house.number(&versions).await, 2);
        assert_eq!(house.store.verify_audit().await.unwrap().broken, None);
    });
}

/// Who enters an account cannot verify it, and the attempt leaves nothing.
#[test]
fn an_account_needs_a_second_person() {
    on_both(async |house| {
        settle(&house.store).await;
        let widow = city()[0].members[0].clone();
        let (county, id) = house.store.find_identity(&widow.id_number).await.unwrap().unwrap();
        let account = store::register::AccountIn {
            holder: "周桂兰".into(),
            number: "6217000000000001".into(),
            bank: "某行".into(),
        };
        let (store, alone) = (house.store.clone(), hand().by);
        let attempt = tokio::spawn(async move { store.correct_account(county, id, &account, &alone, hand()).await });
        assert!(attempt.await.unwrap_err().is_panic(), "{}", house.engine);
        assert_eq!(house.number("SELECT MAX(version) FROM account_history").await, 1, "{}", house.engine);
        assert_eq!(house.number("SELECT COUNT(*) FROM account WHERE number = '6217000000000001'").await, 0);
    });
}
