//! Reads rosters and prints what was found and what it took; with `--into DIR` it imports them into a register there:
//! `cargo run --release -p dixian-exchange --example roster -- [--into DIR] FILE...`
#![allow(clippy::print_stdout)]

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use exchange::roster::{self, ImportNote, RosterContext};
use law::form::OneForm;
use store::{Hand, Store};
use values::{AreaTree, Day};

fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let read = |name: &str| std::fs::read_to_string(root.join(name));
    let form =
        OneForm::parse("policy/one-form.md", &read("policy/one-form.md")?).map_err(|found| found[0].to_string())?;
    let mut tree = AreaTree::from_csv(&read("data/areas/xiangtan.csv")?)?;
    tree.read_more(&read("data/areas/counties.csv")?)?;
    let context = RosterContext { form: &form, tree: &tree, home: "4303".parse()?, area: None, sheet: None };
    let mut paths: Vec<String> = std::env::args().skip(1).collect();
    let into = (paths.first().map(String::as_str) == Some("--into")).then(|| paths.drain(..2).nth(1)).flatten();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let store = into.map(|folder| runtime.block_on(Store::open_folder(Path::new(&folder)))).transpose()?;
    for path in paths {
        let started = Instant::now();
        let found = roster::read(Path::new(&path), &context)?;
        println!("{path}：{} 毫秒，内存峰值 {}", started.elapsed().as_millis(), peak_memory());
        let preview = &found.preview;
        println!(
            "  表头在第 {} 行，认出 {} 列；不认识：{:?}",
            preview.heading_row,
            preview.matched.len(),
            preview.unmatched
        );
        println!(
            "  {} 行，{} 人，{} 户，错误 {} 处",
            preview.rows, preview.persons, preview.households, found.findings.error_count
        );
        preview.awards.iter().for_each(|(title, (count, sum))| println!("  {title}：{count} 笔，每月 {sum} 元"));
        found.findings.errors.iter().take(10).for_each(|finding| println!("  {finding}"));
        found.findings.warnings.iter().for_each(|(text, warned)| println!("  提示（{} 行）：{text}", warned.count));
        if let (Some(store), Some(batch)) = (&store, &found.batch) {
            let counts = runtime.block_on(roster::import(store, &form, batch, &found.digest, &note(&path)?))?;
            println!("  导入共 {} 毫秒，内存峰值 {}：{counts:?}", started.elapsed().as_millis(), peak_memory());
        }
    }
    Ok(())
}

/// Files of the invented city are from the end of August 2021.
fn note(path: &str) -> Result<ImportNote<'_>, Box<dyn Error>> {
    let hand = Hand { by: "system".to_owned(), at: "2021-09-01T08:00:00+08:00".to_owned() };
    let file = Path::new(path).file_name().and_then(|name| name.to_str()).unwrap_or("花名册");
    let (as_of, first_month) = (Day::parse("2021-09-01")?, "2021-09".parse()?);
    Ok(ImportNote { hand, unix_ms: 1_630_454_400_000, file, as_of, first_month })
}

/// As the kernel tells it; elsewhere unknown.
fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or_else(|| "不知道".to_owned(), |kilobytes| kilobytes.trim().to_owned())
}
