//! Makes a city, writes its files and prints its control totals:
//! `cargo run --release -p dixian-synth --example city -- 42 140000 target/city`
#![allow(clippy::print_stdout)]

use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::Instant;

use law::Library;
use synth::City;
use values::Month;

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let mut next = |otherwise: &str| arguments.next().unwrap_or_else(|| otherwise.to_owned());
    let (seed, people, dir) = (next("42").parse()?, next("140000").parse()?, PathBuf::from(next("target/city")));
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let library = read_library(&root.join("policy"))?;
    let areas = std::fs::read_to_string(root.join("data/areas/xiangtan.csv"))?;
    let month: Month = "2021-08".parse()?;

    let started = Instant::now();
    let city = City::generate(seed, people, &areas, month, &library)?;
    println!("生成 {} 毫秒", started.elapsed().as_millis());
    print_totals(&city);
    let started = Instant::now();
    for file in city.write_files(&dir, &mut |_, _, _| ())? {
        println!("{:>9} 行 {:>11} 字节  {}", file.rows, file.bytes, file.name);
    }
    println!("写文件 {} 毫秒，内存峰值 {}", started.elapsed().as_millis(), peak_memory());
    Ok(())
}

fn read_library(dir: &Path) -> Result<Library, Box<dyn Error>> {
    let mut books = Vec::new();
    for entry in std::fs::read_dir(dir)? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "md") {
            books.push((path.display().to_string(), std::fs::read_to_string(&path)?));
        }
    }
    books.sort();
    let books: Vec<(&str, &str)> = books.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    Library::load(&books).map_err(|errors| format!("{errors:?}").into())
}

fn print_totals(city: &City) {
    let totals = city.totals();
    println!("领取 {} 人，{} 户，{} 个村居", totals.people, totals.drawing_households, totals.villages);
    println!(
        "在册 {} 人，{} 户；应享未享 {} 户，不符合 {} 户",
        totals.on_file, totals.households, totals.never_applied, totals.neighbours
    );
    for (programme, total) in &totals.programmes {
        println!("{programme:>20} {:>7} 人 {:>16} 元/月", total.persons, total.money.to_string());
    }
    println!("{:>20} {:>7} 行 {:>16} 元/月", "合计", totals.payments, totals.money.to_string());
    println!("线索 {} 条", city.surprises().len());
}

fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("不知道").trim().to_owned()
}
