//! `dixian policy run | schema | receipt` as a person at a terminal or a script meets them.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

const TABLE: &str = "户,地区,工资,户口\n1,430302,600,城镇\n2,430302,60000,农村\n2,430302,0,\n3,430302,0,农村\n";

fn dixian(folder: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_dixian"));
    command.current_dir(folder).args(words).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn ran(folder: &Path, words: &[&str]) -> Output {
    dixian(folder, words).output().expect("the binary starts")
}

fn json(output: &Output) -> Value {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("one document of JSON")
}

const RUN: [&str; 6] = ["policy", "run", "--month", "2021-09", "--programme", "dibao"];

#[test]
fn the_receipts_of_two_parts_are_the_receipt_of_the_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let (head, rows) = TABLE.split_once('\n').expect("a line of names");
    let (left, right) = rows.split_at(rows.find("\n3").expect("a third household") + 1);
    fs::write(folder.path().join("all.csv"), TABLE).expect("room");
    fs::write(folder.path().join("left.csv"), format!("{head}\n{left}")).expect("room");
    fs::write(folder.path().join("right.csv"), format!("{head}\n{right}")).expect("room");
    for part in ["all", "left", "right"] {
        let (input, receipt) = (format!("{part}.csv"), format!("{part}.json"));
        let files = ["--input", &input, "--output", "out.parquet", "--receipt", &receipt, "--json"];
        let told = json(&ran(folder.path(), &[&RUN[..], &files].concat()));
        assert!(told["cpu_seconds"].as_f64().is_some_and(|seconds| seconds > 0.0), "{told}");
        assert!(told["rows_per_second"].as_u64().is_some_and(|rows| rows > 0), "{told}");
    }
    let whole = json(&ran(folder.path(), &["policy", "receipt", "all.json", "--json"]));
    let sum = json(&ran(folder.path(), &["policy", "receipt", "right.json", "left.json", "--json"]));
    assert_eq!((&whole, whole["households"].as_u64(), whole["persons"].as_u64()), (&sum, Some(3), Some(4)));
    let mixed = fs::read_to_string(folder.path().join("left.json")).expect("it was written").replace("dibao", "tekun");
    fs::write(folder.path().join("left.json"), mixed).expect("room");
    let refused = ran(folder.path(), &["policy", "receipt", "right.json", "left.json"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("凭据不能相加：项目不一样"));
}

#[test]
fn the_columns_are_printed_for_people_and_for_machines() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = ran(folder.path(), &["policy", "schema"]);
    assert!(String::from_utf8_lossy(&page.stdout).contains("| 工资 | 人 | 元/月 |"));
    let columns = json(&ran(folder.path(), &["policy", "schema", "--json"]));
    let wages = columns.as_array().expect("a list").iter().find(|column| column["列"] == "工资").expect("a fact");
    assert_eq!(wages["来源"], serde_json::json!(["税务", "人社"]));
}

#[test]
fn a_wrong_table_ends_with_code_two_and_a_missing_one_with_three() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("all.csv"), TABLE.replace("60000", "六万")).expect("room");
    let wrong = ran(folder.path(), &[&RUN[..], &["--input", "all.csv", "--output", "out.csv"]].concat());
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("all.csv 第 2 行，“工资”这一列"));
    let missing = ran(folder.path(), &[&RUN[..], &["--input", "none.parquet", "--output", "out.csv"]].concat());
    assert_eq!(missing.status.code(), Some(3));
    assert!(!folder.path().join("out.csv").exists());
}

/// Somebody presses Ctrl-C while the table is still coming in.
#[cfg(unix)]
#[test]
fn ctrl_c_leaves_no_file_behind() {
    let folder = tempfile::tempdir().expect("a folder");
    let files = ["--input", "-", "--format", "csv", "--output", "out.csv"];
    let mut child =
        dixian(folder.path(), &[&RUN[..], &files].concat()).stdin(Stdio::piped()).spawn().expect("it starts");
    let mut input = child.stdin.take().expect("a pipe");
    input.write_all(TABLE.as_bytes()).expect("it listens");
    // the file under its other name is there once the run has begun
    let files = || fs::read_dir(folder.path()).expect("a folder").count();
    while files() == 0 && child.try_wait().expect("a child").is_none() {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill").success());
    let ended = child.wait_with_output().expect("it ends though its input stays open");
    drop(input);
    assert_eq!(ended.status.code(), Some(1), "{}", String::from_utf8_lossy(&ended.stderr));
    assert!(String::from_utf8_lossy(&ended.stderr).contains("已中断，没有留下半个文件"));
    assert_eq!(files(), 0);
}

#[test]
fn a_reform_is_simulated_on_a_table() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = "户,地区,出生日期,湖南户籍,状态,享受低保,享受特困\n\
                 1,430302,1918-05-01,是,在家,否,否\n1,430302,1950-05-01,是,在家,否,否\n\
                 2,430302,1929-05-01,是,在家,否,否\n";
    let simulate = |name: &str, text: &str| {
        fs::write(folder.path().join(name), text).expect("room");
        let asked = ["policy", "simulate", "--month", "2021-09", "--set", "津贴百岁以上=999元/月"];
        ran(folder.path(), &[&asked[..], &["--near", "0", "--json", "--input", name]].concat())
    };
    let told = json(&simulate("all.csv", table));
    assert_eq!((told["households"].as_u64(), told["people"].as_u64()), (Some(2), Some(3)), "{told}");
    let programmes = told["programmes"].as_array().expect("a list");
    let allowance = programmes.iter().find(|one| one["id"] == "old-age").expect("the allowance of old age");
    let (cases, gain) = (&allowance["after"]["cases"], &told["winners"]["change_fen_per_month"]);
    assert_eq!((cases.as_u64(), told["winners"]["households"].as_u64()), (Some(2), Some(1)), "{told}");
    let more = allowance["after"]["fen"].as_i64().expect("fen") - allowance["before"]["fen"].as_i64().expect("fen");
    assert_eq!(gain.as_i64(), Some(more), "{told}");

    let refused = simulate("wrong.csv", &table.replace("1929-05-01", "九十岁"));
    assert_eq!(refused.status.code(), Some(2));
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(said.contains("wrong.csv 第 3 行，“出生日期”这一列") && !said.contains("--reject"), "{said}");
}

#[test]
fn what_hangs_on_another_right_falls_with_it_at_the_cliff() {
    let folder = tempfile::tempdir().expect("a folder");
    let family = concat!(env!("CARGO_MANIFEST_DIR"), "/../../people/tan-jianguo.json");
    let curves = json(&ran(folder.path(), &["policy", "cliffs", "--month", "2021-10", "--facts", family, "--json"]));
    let cliffs = curves[0]["cliffs"].as_array().expect("a list");
    let [cliff] = cliffs.as_slice() else { panic!("one cliff: {cliffs:?}") };
    assert_eq!(cliff["programmes"], serde_json::json!(["最低生活保障", "困难残疾人生活补贴"]));
    let after = cliff["help_after"].as_i64().expect("fen");
    assert!(after < cliff["help_before"].as_i64().expect("fen"), "{cliff}");
}
