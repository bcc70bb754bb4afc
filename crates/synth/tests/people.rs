//! The families of `people/` are invented, whole, and say nothing that the one form cannot read.

use std::collections::HashSet;
use std::path::PathBuf;

use law::form::OneForm;
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
