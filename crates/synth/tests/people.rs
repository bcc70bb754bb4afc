//! The families of `people/` are invented, whole, and say nothing that the one form cannot read.

use std::collections::HashSet;
use std::path::PathBuf;

use law::form::OneForm;
use law::{Library, Outcome};
use synth::{Invented, id_check_character, luhn_digit};
use values::{AreaTree, IdNumber};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn families() -> Vec<(String, Invented)> {
    let mut families: Vec<(String, Invented)> = std::fs::read_dir(root().join("people"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "json"))
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            let family = Invented::from_json(&text).unwrap_or_else(|error| panic!("{name}: {error}"));
            (name, family)
        })
        .collect();
    families.sort_by(|a, b| a.0.cmp(&b.0));
    families
}

#[test]
fn nobody_in_people_is_real_and_nobody_is_there_twice() {
    let mut seen = HashSet::new();
    for (file, family) in families() {
        for member in &family.members {
            let number = IdNumber::parse(&member.id).unwrap_or_else(|error| panic!("{file}: {error}")).value;
            assert!(number.is_invented(), "{file}");
            assert_eq!(id_check_character(&member.id[..17]), member.id.chars().last().unwrap(), "{file}");
            assert!(&member.id[14..17] < "020", "{file}: numbers from 020 belong to the city");
            assert!(seen.insert(member.id.clone()), "{file}: {} twice", member.name);
        }
        assert_eq!(luhn_digit(&family.account[..18]), family.account.chars().last().unwrap(), "{file}");
        assert!(family.members.iter().any(|member| member.name == family.holder), "{file}");
    }
    assert!(seen.len() >= 10);
}

#[test]
fn the_one_form_reads_every_fact_and_names_stay_outside() {
    let form =
        OneForm::parse("policy/one-form.md", &std::fs::read_to_string(root().join("policy/one-form.md")).unwrap());
    let form = form.expect("the form reads");
    let areas = std::fs::read_to_string(root().join("data/areas/xiangtan.csv")).unwrap();
    let tree = AreaTree::from_csv(&areas).unwrap();
    for (file, family) in families() {
        let facts = form.facts_from_json(&family.facts).unwrap_or_else(|errors| panic!("{file}: {errors:?}"));
        assert_eq!(facts.members.len(), family.members.len(), "{file}");
        assert_eq!(facts.area, family.area, "{file}");
        assert!(tree.name(&family.area).is_some(), "{file}: no such village");
        let text = family.facts.to_string();
        for member in &family.members {
            assert!(!text.contains(&member.name) && !text.contains(&member.id), "{file}");
        }
    }
}

#[test]
fn the_widow_is_who_the_story_says() {
    let (_, widow) = families().into_iter().find(|(file, _)| file == "zhou-guilan").unwrap();
    assert_eq!(widow.head().name, "周桂兰");
    assert_eq!(widow.area.as_str(), "430302202204");
    let number = IdNumber::parse(&widow.head().id).unwrap().value;
    assert_eq!(number.birth().unwrap().to_string(), "1968-05-12");
}

/// File, month, programme, member (households: none), what the books say: yuan a month, or the reason's name.
type Story = (&'static str, &'static str, &'static str, Option<usize>, Result<i64, &'static str>);

const STORIES: &[Story] = &[
    ("zhou-guilan", "2021-09", "dibao", None, Ok(480)),
    ("peng-desheng", "2021-09", "dibao", None, Err("没有超限车辆")),
    ("he-yuzhen", "2021-08", "old-age", Some(0), Err("满八十岁")),
    ("he-yuzhen", "2021-09", "old-age", Some(0), Ok(50)),
    ("tan-jianguo", "2021-09", "dibao", None, Ok(720)),
    ("tan-jianguo", "2021-09", "disability-nursing", Some(0), Ok(70)),
    ("tan-jianguo", "2021-09", "tekun", Some(0), Err("没有能养的人")),
    ("luo-xiangsheng", "2021-09", "tekun", Some(0), Ok(796)),
    ("chen-yihan", "2021-09", "unattended-child", Some(1), Ok(950)),
    ("abudureheman", "2021-09", "dibao", None, Ok(1_015)),
];

#[test]
fn the_books_say_what_the_stories_tell() {
    let families = families();
    let library = library();
    for (file, month, programme, member, expected) in STORIES {
        let (_, family) = families.iter().find(|(name, _)| name == file).unwrap();
        let facts = library.form().facts_from_json(&family.facts).unwrap();
        let answers = library.determine(programme, month.parse().unwrap(), &facts);
        let answer = answers.into_iter().find(|answer| answer.member == *member).unwrap();
        let said = match answer.outcome {
            Outcome::Eligible => Ok(answer.amount.unwrap().fen() / 100),
            Outcome::Refused => Err(answer.reasons[0].name.as_str()),
            Outcome::NeedsPerson | Outcome::Unknown { .. } => Err("没有结论"),
        };
        assert_eq!(said, *expected, "{file} {month} {programme}: {:?}", answer.outcome);
    }
}

fn library() -> Library {
    let mut books: Vec<(String, String)> = std::fs::read_dir(root().join("policy"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
        .map(|path| (path.display().to_string(), std::fs::read_to_string(&path).unwrap()))
        .collect();
    books.sort();
    Library::load(&books).unwrap_or_else(|errors| panic!("{errors:?}"))
}
