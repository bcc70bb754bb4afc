//! Finding people: by name, tail and number, within an area, page by page.

use store::search::{After, Query};
use store::verify::DepartmentRecord;
use values::AreaCode;

use crate::engines::{House, on_both};
use crate::people::*;

async fn names(house: &House, query: Query, within: &str) -> Vec<String> {
    let within = if within.is_empty() { AreaCode::NATION } else { area(within) };
    let found = house.store.search_persons(&query, within, None, 50).await.unwrap();
    found.into_iter().map(|person| person.name).collect()
}

#[test]
fn people_are_found_within_an_area() {
    on_both(async |house| {
        settle(&house.store).await;
        let tail = |at: usize| city()[at].members[0].id_number[14..].to_owned();
        let number = |at: usize| city()[at].members[0].id_number.clone();
        let table: [(Query, &str, &[&str]); 13] = [
            (Query::Name("周".into()), "", &["周小满", "周桂兰"]),
            (Query::Name("周桂".into()), "430302", &["周桂兰"]),
            (Query::Name("周桂".into()), "430304", &[]),
            (Query::Name("王德福".into()), "430302202", &["王德福", "王德福"]),
            (Query::Name("王德福".into()), "430302202205", &["王德福"]),
            (Query::Name("桂".into()), "", &[]),
            (Query::NamePart("桂".into()), "", &["周桂兰"]),
            (Query::NamePart("买买".into()), "", &["𬭎阿依古丽·买买提"]),
            (Query::Name("𬭎阿".into()), "", &["𬭎阿依古丽·买买提"]),
            (Query::NamePart("%".into()), "", &[]),
            (Query::IdTail(tail(1)), "430302", &["王德福"]),
            (Query::IdNumber(number(0)), "430302202204", &["周桂兰"]),
            (Query::IdNumber(number(0)), "430304", &[]),
        ];
        for (query, within, expected) in table {
            assert_eq!(names(house, query.clone(), within).await, expected, "{} {query:?} {within}", house.engine);
        }
    });
}

#[test]
fn pages_of_people_neither_repeat_nor_skip() {
    on_both(async |house| {
        let names = ["王一", "王一", "王二", "王十", "王㐀", "王𠀀"];
        let families: Vec<_> = (0_u32..)
            .zip(names)
            .map(|(at, name)| household("430302202204", &at.to_string(), vec![person(name, "19500101", at, "本人")]))
            .collect();
        import(&house.store, "b1", &families, &[]).await;
        let (mut after, mut seen): (Option<After>, Vec<String>) = (None, Vec::new());
        loop {
            let query = Query::Name("王".into());
            let page = house.store.search_persons(&query, yuhu(), after.as_ref(), 2).await.unwrap();
            let Some(last) = page.last() else { break };
            after = Some(After { name_key: last.name.clone(), village: last.village, person: last.person });
            seen.extend(page.into_iter().map(|person| person.name));
        }
        let mut expected = names.map(str::to_owned);
        expected.sort(); // by code point, on every engine
        assert_eq!(seen, expected, "{}", house.engine);
    });
}

#[test]
fn an_extract_is_kept_once_and_two_cars_are_two_lines_of_one_record() {
    on_both(async |house| {
        settle(&house.store).await;
        let widow = city()[0].members[0].clone();
        let record = |facts: &str| DepartmentRecord {
            id_number: widow.id_number.clone(),
            source: "公安".into(),
            kind: "机动车".into(),
            as_of: "2021-08-31".into(),
            name_key: "周桂兰".into(),
            facts: facts.into(),
        };
        let extract = [record(r#"{"有机动车":"是"}"#), record(r#"{"摩托车":"是"}"#)];
        let first = house.store.import_extract(&extract, "e1", "机动车.csv", hand()).await.unwrap();
        let second = house.store.import_extract(&extract, "e1", "别名.csv", hand()).await.unwrap();
        assert_eq!((first, second), ((2, true), (2, false)), "{}", house.engine);
        let found = house.store.department_records(&widow.id_number).await.unwrap();
        assert_eq!(found.iter().map(|f| f.facts.as_str()).collect::<Vec<_>>(), [r#"{"摩托车":"是"}"#]);
        let of_kind = house.store.records_of_kind("机动车").await.unwrap();
        assert_eq!((of_kind.len(), of_kind[0].0), (1, yuhu()));
    });
}
