//! Reads rosters and prints what was found and what it took; with a data directory in `ROSTER_DATA`, imports them too:
//! `cargo run --release -p dixian-exchange --example roster -- FILE...`
#![allow(clippy::print_stdout)]

use std::error::Error;
use std::path::Path;
use std::time::Instant;

use exchange::roster::{self, ImportContext, RosterBatch, RosterContext};
use law::form::OneForm;
use store::{Hand, Store};
use values::{AreaTree, Day};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let read = |name: &str| std::fs::read_to_string(root.join(name));
    let form =
        OneForm::parse("policy/one-form.md", &read("policy/one-form.md")?).map_err(|found| found[0].to_string())?;
    let mut tree = AreaTree::from_csv(&read("data/areas/xiangtan.csv")?)?;
    tree.read_more(&read("data/areas/counties.csv")?)?;
    let context = RosterContext { form: &form, tree: &tree, home: "4303".parse()?, area: None, sheet: None };
    let store = match std::env::var_os("ROSTER_DATA") {
        Some(folder) => Some(Store::open_folder(Path::new(&folder)).await?),
        None => None,
    };
    for path in std::env::args().skip(1) {
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
        if let (Some(store), Some(batch)) = (&store, found.batch) {
            import(store, &form, batch, &found.digest).await?;
        }
    }
    Ok(())
}

async fn import(store: &Store, form: &OneForm, batch: RosterBatch, digest: &[u8; 32]) -> Result<(), Box<dyn Error>> {
    let started = Instant::now();
    let hand = Hand { by: "system".to_owned(), at: "2021-09-01T08:00:00+08:00".to_owned() };
    let on = Day::new(2021, 8, 31)?;
    let context =
        ImportContext { form, store, hand, unix_ms: 1_630_454_400_000, on, month: on.month(), name: "花名册" };
    let imported = batch.import(digest, context).await?;
    println!("  导入 {} 毫秒，内存峰值 {}：{:?}", started.elapsed().as_millis(), peak_memory(), imported.counts);
    Ok(())
}

/// As the kernel tells it; elsewhere unknown.
fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or_else(|| "不知道".to_owned(), |kilobytes| kilobytes.trim().to_owned())
}
