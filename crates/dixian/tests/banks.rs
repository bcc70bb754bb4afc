//! A bureau brings the format of its own bank: files are written by it, and answers to them are read by no other.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

const SAMPLE: &str = include_str!("../../../data/banks/sample-2021.toml");

fn dixian(data: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_dixian")).args(words).arg("--data").arg(data).output().expect("the binary runs")
}

fn works(data: &Path, words: &[&str]) -> Output {
    let out = dixian(data, words);
    assert!(out.status.success(), "{words:?}: {}", String::from_utf8_lossy(&out.stderr));
    out
}

/// A small city whose November waits for its bank files.
fn november(data: &Path) {
    works(data, &["demo", "--people", "60", "--seed", "7", "--no-serve"]);
    works(data, &["pay", "run", "--month", "2021-11", "--by", "甲"]);
    let status = works(data, &["pay", "status", "--month", "2021-11", "--json"]);
    let envelopes: Value = serde_json::from_slice(&status.stdout).unwrap();
    for envelope in envelopes.as_array().unwrap() {
        for source in ["中央", "省", "市", "县", "福彩"] {
            let county = envelope["county"].as_str().unwrap();
            let grant = ["--amount", "1000000", "--document", "试〔2021〕1号", "--by", "甲"];
            works(data, &[&["pay", "fund", "--county", county, "--source", source][..], &grant].concat());
        }
    }
    for signs in ["乙", "丙"] {
        works(data, &["pay", "approve", "--month", "2021-11", "--by", signs]);
    }
}

/// The format of another bank: UTF-8, which needs more bytes for the same remark.
fn own_format() -> String {
    [
        ("湘潭示例农商银行代发（示例）", "某县农商银行（试）"),
        ("\"GB18030\"", "\"UTF-8\""),
        ("max_bytes = 40", "max_bytes = 60"),
    ]
    .iter()
    .fold(SAMPLE.to_owned(), |text, (from, to)| text.replace(from, to))
}

fn outbox(data: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(data.join("outbox")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn files_are_written_by_the_format_that_was_asked_for_and_by_it_alone() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    november(data);
    let own = own_format().replace("DF-{county}", "OWN-{county}");
    std::fs::create_dir_all(data.join("banks")).unwrap();
    std::fs::write(data.join("banks/own.toml"), &own).unwrap();
    let file = |extra: &[&str]| dixian(data, &[&["pay", "file", "--month", "2021-11", "--by", "丁"], extra].concat());

    for (profile, code, says) in [
        ("owm", 3, "own、sample-2021"),
        ("nowhere/own.toml", 3, "nowhere/own.toml"),
        (concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"), 2, "银行格式看不懂"),
    ] {
        let out = file(&["--profile", profile]);
        let said = String::from_utf8_lossy(&out.stderr).into_owned();
        assert_eq!(out.status.code(), Some(code), "{profile}: {said}");
        assert!(said.contains(says), "{profile} should say {says}: {said}");
        assert_eq!(outbox(data), [] as [PathBuf; 0], "nothing was written");
    }

    let out = file(&["--profile", "own"]);
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let written = outbox(data);
    assert!(!written.is_empty());
    for path in &written {
        assert!(path.file_name().unwrap().to_str().unwrap().starts_with("OWN-"), "{}", path.display());
        assert!(String::from_utf8(std::fs::read(path).unwrap()).is_ok(), "{} is UTF-8", path.display());
    }

    std::fs::remove_file(&written[0]).unwrap();
    let other = file(&[]);
    let said = String::from_utf8_lossy(&other.stderr).into_owned();
    assert_eq!(other.status.code(), Some(4), "{said}");
    assert!(said.contains("某县农商银行（试）") && said.contains("--profile"), "{said}");
    let path = data.join("banks").join("own.toml");
    let again = file(&["--profile", path.to_str().unwrap()]);
    assert!(again.status.success(), "{}", String::from_utf8_lossy(&again.stderr));
    assert_eq!(outbox(data), written, "the same file is put back");
}

/// The bank says that every line of one file arrived; read under another profile nothing is booked.
#[test]
fn an_answer_is_read_by_the_profile_that_wrote_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    november(data);
    let profile = data.join("own.toml");
    std::fs::write(&profile, own_format()).unwrap();
    let own = ["--profile", profile.to_str().unwrap()];
    works(data, &[&["pay", "file", "--month", "2021-11", "--by", "丁"][..], &own].concat());
    let answer = data.join("inbox").join("answer.txt");
    std::fs::write(&answer, all_paid(&std::fs::read_to_string(&outbox(data)[0]).unwrap())).unwrap();

    let read = ["pay", "return", answer.to_str().unwrap(), "--by", "丁", "--json"];
    let foreign = dixian(data, &read);
    let said = String::from_utf8_lossy(&foreign.stderr).into_owned();
    assert_eq!(foreign.status.code(), Some(4), "{said}");
    let booked = works(data, &[&read[..], &own].concat());
    let envelopes: Value = serde_json::from_slice(&booked.stdout).unwrap();
    assert_eq!(envelopes[0]["state"], "全部到账，待对账", "{envelopes}");
}

/// The answer of a bank that paid every line of a file.
fn all_paid(order: &str) -> String {
    let mut lines: Vec<String> = order.lines().map(str::to_owned).collect();
    let cells: Vec<String> = lines[0].split('|').map(str::to_owned).collect();
    let (count, sum) = (&cells[6], &cells[7]);
    lines[0] = format!("R{}|{count}|{sum}", &lines[0][1..]);
    let last = lines.len() - 1;
    for line in &mut lines[1..last] {
        let (kept, _remark) = line.rsplit_once('|').unwrap();
        *line = format!("{kept}|0000");
    }
    lines.join("\r\n") + "\r\n"
}
