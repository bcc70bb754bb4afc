//! Invented people on the area code that does not exist (430399), in two real counties.

use store::register::{AccountIn, AwardIn, HouseholdIn, ImportCounts, PersonIn};
use store::{Hand, Store};
use values::{AreaCode, Day, Fen};

/// 2021-09-01T09:00:00+08:00.
pub const MORNING: i64 = 1_630_458_000_000;

pub fn hand() -> Hand {
    Hand { by: "V1".into(), at: "2021-09-01T09:00:00+08:00".into() }
}

pub fn area(code: &str) -> AreaCode {
    code.parse().unwrap()
}

/// The county of most people here: 雨湖区.
pub fn yuhu() -> AreaCode {
    area("430302")
}

pub fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

/// An invented ID number with a right check character.
pub fn id_number(born: &str, sequence: u32) -> String {
    let head = format!("430399{born}{sequence:03}");
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = head.chars().zip(weights).map(|(digit, weight)| digit.to_digit(10).unwrap() * weight).sum();
    format!("{head}{}", ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][(sum % 11) as usize])
}

pub fn person(name: &str, born: &str, sequence: u32, relation: &str) -> PersonIn {
    PersonIn {
        name: name.into(),
        name_key: name.replace('·', ""),
        id_number: id_number(born, sequence),
        birth_on: day(&format!("{}-{}-{}", &born[..4], &born[4..6], &born[6..])),
        relation: relation.into(),
        phone: String::new(),
        is_invented: true,
    }
}

pub fn household(village: &str, number: &str, members: Vec<PersonIn>) -> HouseholdIn {
    HouseholdIn {
        village: area(village),
        bureau_no: number.into(),
        address: "某组".into(),
        members,
        facts: format!(r#"{{"地区":"{village}","家庭":{{"户口":"农村"}},"成员":[]}}"#),
        true_from: day("2021-08-31"),
        source: "困难家庭档案".into(),
    }
}

/// The widow, her daughter; an old man of the same village; a family of the next county; a rare name.
pub fn city() -> Vec<HouseholdIn> {
    vec![
        household(
            "430302202204",
            "0001",
            vec![person("周桂兰", "19680512", 2, "本人"), person("周小满", "20050101", 4, "子女")],
        ),
        household("430302202204", "0002", vec![person("王德福", "19400303", 1, "本人")]),
        household("430302202205", "0001", vec![person("王德福", "19400303", 3, "本人")]),
        household("430304001001", "0001", vec![person("𬭎阿依古丽·买买提", "19900909", 6, "本人")]),
    ]
}

pub fn award(person: &PersonIn, programme: &str, fen: i64) -> AwardIn {
    AwardIn {
        id_number: person.id_number.clone(),
        programme: programme.into(),
        amount: Fen::new(fen),
        from: "2021-01".parse().unwrap(),
        account: AccountIn {
            holder: person.name.clone(),
            number: format!("62{}", &person.id_number[3..17]),
            bank: "某银行".into(),
        },
    }
}

/// Imports households and awards as one file of that digest.
pub async fn import(store: &Store, batch: &str, households: &[HouseholdIn], awards: &[AwardIn]) -> ImportCounts {
    let mut importing = store.begin_import(hand(), MORNING, batch).await.unwrap();
    for household in households {
        importing.household(household).await.unwrap();
    }
    for award in awards {
        importing.award(award).await.unwrap();
    }
    importing.finish("名册.xlsx", "roster").await.unwrap()
}

/// The whole small city, with a dibao award and two old-age awards in 雨湖区.
pub async fn settle(store: &Store) -> ImportCounts {
    let city = city();
    let awards = [
        award(&city[0].members[0], "dibao", 66_000),
        award(&city[1].members[0], "old-age", 10_000),
        award(&city[2].members[0], "old-age", 10_000),
    ];
    import(store, "b1", &city, &awards).await
}
