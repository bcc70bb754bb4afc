//! The demo as its user runs it: the binary, its JSON, its data directory.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn dixian(data: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dixian"))
        .env_remove("DIXIAN_ACTOR")
        .args(words)
        .arg("--data")
        .arg(data)
        .output()
        .expect("the binary runs")
}

fn demo(data: &Path, people: &str, seed: &str) -> Value {
    let out = dixian(data, &["demo", "--people", people, "--seed", seed, "--no-serve", "--json"]);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    serde_json::from_slice(&out.stdout).expect("stdout carries one JSON object and nothing else")
}

fn without_times(mut story: Value) -> Value {
    let object = story.as_object_mut().expect("an object");
    object.remove("seconds").expect("seconds are told");
    object.remove("peak_rss_mib").expect("memory is told");
    story
}

fn number(story: &Value, name: &str) -> i64 {
    story[name].as_i64().unwrap_or_else(|| panic!("{name} is a whole number"))
}

#[test]
fn a_city_lives_its_month_and_the_books_tie() {
    let folder = tempfile::tempdir().unwrap();
    let story = demo(folder.path(), "3000", "7");
    assert_eq!(number(&story, "people"), 3000);
    assert!(
        number(&story, "returned_lines") > 0 && number(&story, "reissued_lines") > 0,
        "the bank sends some back: {story}"
    );
    assert!(number(&story, "paid_persons") <= 3000 && number(&story, "paid_persons") > 2900);
    assert_eq!(number(&story, "ledger_difference_fen"), 0);
    assert_eq!(story["audit_ok"], true);
    assert_eq!(story["determined"]["differing"], 0, "the roster says what the books say");
    let widow = &story["widow"];
    assert_eq!((number(widow, "trips"), number(widow, "award_fen")), (1, 48_000));
    assert!(number(widow, "promise_days_used") <= 20);
    assert!(widow["reasons"].as_array().is_some_and(|reasons| !reasons.is_empty()));

    let verified = dixian(folder.path(), &["audit", "verify", "--json"]);
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
    let kept = folder.path().join("heads.json");
    std::fs::write(&kept, &verified.stdout).unwrap();
    let verified = dixian(folder.path(), &["audit", "verify", "--heads", kept.to_str().unwrap()]);
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
    let roster = folder.path().join("city").join("01-困难家庭档案.xlsx");
    let import = ["import", "roster", roster.to_str().unwrap(), "--json", "--as-of", "2021-09-01"];
    let preview = dixian(folder.path(), &[&import[..], &["--dry-run"]].concat());
    assert!(preview.status.success(), "a preview needs no name: {}", String::from_utf8_lossy(&preview.stderr));
    let again = dixian(folder.path(), &[&import[..], &["--by", "张三"]].concat());
    assert!(again.status.success(), "{}", String::from_utf8_lossy(&again.stderr));
    let counts: Value = serde_json::from_slice(&again.stdout).unwrap();
    assert_eq!(
        (number(&counts, "persons_new"), number(&counts, "households_changed")),
        (0, 0),
        "the same file changes nothing"
    );
    let status = dixian(folder.path(), &["pay", "status", "--month", "2021-09", "--json"]);
    let envelopes: Value = serde_json::from_slice(&status.stdout).unwrap();
    let envelopes = envelopes.as_array().unwrap();
    assert!(envelopes.iter().all(|envelope| envelope["state"] == "已关闭"));
    let held: i64 = envelopes.iter().map(|envelope| number(envelope, "held_lines")).sum();
    assert!(held > 0, "the dead are held back");
    assert_eq!(held, number(&story, "held_lines"));
    let dry = dixian(folder.path(), &["pay", "run", "--month", "2021-11", "--by", "张三", "--dry-run", "--json"]);
    let shown: Value = serde_json::from_slice(&dry.stdout).unwrap();
    assert!(shown.as_array().unwrap().iter().any(|county| number(county, "lines") > 0), "{shown}");
    let none = dixian(folder.path(), &["pay", "status", "--month", "2021-11"]);
    assert_eq!(none.status.code(), Some(3), "a dry run writes nothing");
}

#[test]
fn the_same_seed_lives_the_same_month() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let first = without_times(demo(one.path(), "200", "42"));
    assert_eq!(first, without_times(demo(other.path(), "200", "42")));
    assert_eq!(first, without_times(demo(one.path(), "200", "42")), "a second demo replaces the first");
    assert_ne!(first, without_times(demo(other.path(), "200", "43")));
}

#[test]
fn who_imports_is_kept_with_the_file() {
    let (made, fresh) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    demo(made.path(), "60", "7");
    let file = |name: &str| made.path().join("city").join(name).to_str().unwrap().to_owned();
    let (roster, extract) = (file("01-困难家庭档案.xlsx"), file("13-机动车-公安.csv"));
    let roster = dixian(fresh.path(), &["import", "roster", &roster, "--as-of", "2021-09-01", "--by", "花名册经办"]);
    assert!(roster.status.success(), "{}", String::from_utf8_lossy(&roster.stderr));
    let extract = dixian(fresh.path(), &["import", "extract", &extract, "--by", "比对经办"]);
    assert!(extract.status.success(), "{}", String::from_utf8_lossy(&extract.stderr));
    // what was written last may still stand in the database's log beside it
    let mut kept = std::fs::read(fresh.path().join("dixian.db")).unwrap();
    kept.extend(std::fs::read(fresh.path().join("dixian.db-wal")).unwrap_or_default());
    for by in ["花名册经办", "比对经办"] {
        assert!(kept.windows(by.len()).any(|bytes| bytes == by.as_bytes()), "{by} stands in the database");
    }
}

#[test]
fn one_program_at_a_time_writes_to_a_directory() {
    let folder = tempfile::tempdir().unwrap();
    let lock = std::fs::File::create(folder.path().join("dixian.lock")).unwrap();
    lock.lock().unwrap();
    let out = dixian(folder.path(), &["audit", "verify"]);
    assert_eq!(out.status.code(), Some(75), "{}", String::from_utf8_lossy(&out.stderr));
}

/// Exit codes of the documented kinds.
#[test]
fn commands_say_what_is_wrong_and_end_with_its_code() {
    let folder = tempfile::tempdir().unwrap();
    let people = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../people/zhou-guilan.json");
    let people = people.to_str().unwrap();
    for (words, code, says) in [
        (vec!["policy", "check"], 0, ""),
        (vec!["policy", "test"], 0, ""),
        (vec!["policy", "explain", "--facts", people, "--month", "2021-09"], 0, ""),
        (vec!["policy", "explain", "--facts", people, "--month", "2021-09", "--programme", "dibo"], 3, "dibao"),
        (vec!["policy", "explain", "--facts", "nowhere.json", "--month", "2021-09"], 3, "nowhere.json"),
        (vec!["pay", "status", "--month", "2021-09"], 3, "dixian pay run"),
        (vec!["pay", "status", "--month", "九月"], 2, "2021-09"),
        (vec!["import", "roster", "nowhere.xlsx"], 2, "--by"),
        (vec!["import", "roster", "nowhere.xlsx", "--by", " "], 2, "姓名或工号"),
        (vec!["import", "roster", "nowhere.xlsx", "--by", "张三"], 4, "nowhere.xlsx"),
        (vec!["import", "roster", "nowhere.xlsx", "--dry-run"], 4, "nowhere.xlsx"),
        (vec!["import", "extract", "13-机动车-公安.csv"], 2, "--by"),
        (vec!["import", "extract", "13-机动车-公安.csv", "--by", "张三"], 4, "13-机动车-公安.csv"),
        (vec!["audit", "verify"], 0, ""),
        (vec!["audit", "verify", "--heads", "nowhere.json"], 3, "nowhere.json"),
        (vec!["audit", "verify", "--heads", people], 2, "--json"),
        (vec!["frobnicate"], 2, ""),
    ] {
        let out = dixian(folder.path(), &words);
        let error = String::from_utf8_lossy(&out.stderr);
        assert_eq!(out.status.code(), Some(code), "{words:?}: {error}");
        assert!(error.contains(says), "{words:?} should say {says}: {error}");
    }
}
