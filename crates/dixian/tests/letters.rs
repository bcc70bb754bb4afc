//! What `dixian policy explain` says of the families of people/: letters that were read by a person, kept under `letters/`.
//!
//! A changed letter is written anew with `DIXIAN_WRITE_LETTERS=1 cargo test -p dixian --test letters`, and read again.

use std::fs;
use std::path::Path;
use std::process::Command;

const FAMILIES: [&str; 7] =
    ["zhou-guilan", "peng-desheng", "he-yuzhen", "tan-jianguo", "luo-xiangsheng", "chen-yihan", "abudureheman"];

fn explained(family: &str, more: &[&str]) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut command = Command::new(env!("CARGO_BIN_EXE_dixian"));
    command.current_dir(&root).args(["policy", "explain", "--facts", &format!("people/{family}.json")]);
    let output = command.args(["--month", "2021-09"]).args(more).output().expect("the binary starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

fn check(name: &str, said: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/letters").join(name);
    if std::env::var_os("DIXIAN_WRITE_LETTERS").is_some() {
        fs::write(&path, said).expect("room for a letter");
    }
    let read = fs::read_to_string(&path).unwrap_or_default();
    let differs = read.lines().zip(said.lines()).position(|(old, new)| old != new);
    assert!(read == said, "{name} reads otherwise from line {:?} on:\n{said}", differs.map(|line| line + 1));
}

#[test]
fn every_family_gets_the_letter_that_was_read() {
    for family in FAMILIES {
        check(&format!("{family}.txt"), &explained(family, &[]));
    }
}

#[test]
fn the_tree_says_what_was_used() {
    check("zhou-guilan-dibao-tree.txt", &explained("zhou-guilan", &["--programme", "dibao", "--tree"]));
    check("peng-desheng-dibao-tree.txt", &explained("peng-desheng", &["--programme", "dibao", "--tree"]));
}

/// JSON is for machines; what a person reads in it is what the letter says.
#[test]
fn the_json_carries_the_same_answers() {
    let said = explained("peng-desheng", &["--json"]);
    let json: serde_json::Value = serde_json::from_str(&said).expect("one document of JSON");
    let answers = json["answers"].as_array().or_else(|| json["data"]["answers"].as_array()).expect("answers");
    let told: Vec<String> = answers
        .iter()
        .flat_map(|answer| answer["changes"].as_array().expect("changes"))
        .map(|change| format!("{}\n", change["sentence"].as_str().expect("a sentence")))
        .collect();
    check("peng-desheng-changes.txt", &told.concat());
}
