//! What the binary carries inside itself: policy books, areas, the calendar.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use casework::case::rules::CountyRules;
use exchange::banks::Profile;
use law::Library;
use ledger::FundShares;
use values::{AreaTree, WorkCalendar};

use crate::failure::Failure;

macro_rules! books {
    ($($name:literal),* $(,)?) => {
        /// The policy books of this release: path and text.
        const BOOKS: &[(&str, &str)] = &[$((
            concat!("policy/", $name, ".md"),
            include_str!(concat!("../../../policy/", $name, ".md")),
        )),*];
    };
}

books![
    "one-form",
    "dibao-2012",
    "dibao-2020",
    "dibao-2021-03",
    "dibao",
    "dibao-2022",
    "dibao-2023",
    "dibao-2025",
    "dibao-2026",
    "tekun-2016",
    "tekun",
    "tekun-2026",
    "orphan",
    "unattended-child",
    "disability-living",
    "disability-nursing",
    "old-age",
    "elder-service",
    "elder-nursing",
    "unattended-child-2020",
    "unattended-child-2021",
    "elder-voucher",
    "orphan-schooling",
    "orphan-schooling-2025",
    "orphan-medical",
    "funeral",
    "funeral-changsha",
    "price-supplement",
    "price-supplement-2021",
    "price-supplement-2022",
    "dibao-edge",
    "dibao-edge-2022",
    "dibao-edge-2026",
    "rigid-expense",
    "rigid-expense-2025",
    "rigid-expense-2026",
    "temporary-emergency",
    "temporary-emergency-2022",
    "temporary-emergency-2023",
    "temporary-emergency-2026",
    "temporary-expense",
    "temporary-expense-2026",
    "overlap",
];

macro_rules! families {
    ($($file:literal $name:literal),* $(,)?) => {
        /// Typical invented families: what they are, and their file.
        pub const FAMILIES: &[(&str, &str)] = &[$((
            $name,
            include_str!(concat!("../../../people/", $file, ".json")),
        )),*];
    };
}

families![
    "zhou-guilan" "周桂兰：丧偶，带着一个孩子",
    "tan-jianguo" "谭建国：二级残疾，和女儿一起生活",
    "abudureheman" "阿卜杜热合曼：在城里打零工，三口人",
    "luo-xiangsheng" "罗湘生：七十岁，一个人",
];

/// Xiangtan's areas, as the demo uses them.
pub const XIANGTAN: &str = include_str!("../../../data/areas/xiangtan.csv");
const COUNTIES: &str = include_str!("../../../data/areas/counties.csv");
/// The bureau's own city: names of places are looked for in it.
pub const HOME: &str = "430300";
const FUNDS: &str = include_str!("../../../data/funds/xiangtan.csv");
const RULES: &str = include_str!("../../../data/counties/rules.csv");
const BANK: &str = include_str!("../../../data/banks/sample-2021.toml");
/// The name of the bank format inside the binary.
const SAMPLE_BANK: &str = "sample-2021";
const WORKDAYS: &str = include_str!("../../../data/calendar/workdays.csv");

/// The tree of areas inside the binary.
pub fn areas() -> AreaTree {
    let mut tree = AreaTree::from_csv(COUNTIES).expect("the counties inside the binary are readable");
    tree.read_more(XIANGTAN).expect("the areas inside the binary are readable");
    tree
}

/// The calendar of working days inside the binary.
pub fn calendar() -> WorkCalendar {
    WorkCalendar::from_csv(WORKDAYS).expect("the calendar inside the binary is readable")
}

/// The shares of funds inside the binary (示例).
pub fn fund_shares() -> BTreeMap<String, FundShares> {
    ledger::read_share_table(FUNDS).expect("the shares inside the binary are whole")
}

/// What counties decide for themselves, inside the binary.
pub fn county_rules() -> CountyRules {
    CountyRules::from_csv(RULES).expect("the rules inside the binary are readable")
}

/// The bank format inside the binary (示例).
pub fn sample_profile() -> Profile {
    Profile::parse(BANK).expect("the bank format inside the binary is readable")
}

/// The bank format that was asked for: a path, or a name in `folder`, or the sample inside the binary.
///
/// # Errors
/// There is none of that name, or it cannot be used as a format.
pub fn bank_profile(folder: &Path, asked: Option<&str>) -> Result<Profile, Failure> {
    let name = asked.unwrap_or(SAMPLE_BANK);
    let is_path = name.ends_with(".toml") || name.contains(std::path::is_separator);
    let path = if is_path { PathBuf::from(name) } else { folder.join(format!("{name}.toml")) };
    if name == SAMPLE_BANK && !path.exists() {
        return Ok(sample_profile());
    }
    let text = std::fs::read_to_string(&path).map_err(|cause| {
        let known = bank_names(folder).join("、");
        Failure::not_found(format!("银行格式 {} 读不了：{cause}。现有的格式：{known}", path.display()))
    })?;
    Profile::parse(&text).map_err(|wrong| Failure::usage(format!("{}：{wrong}", path.display())))
}

/// The sample's own name and the names of the formats in `folder`.
fn bank_names(folder: &Path) -> Vec<String> {
    let found = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut names: Vec<String> = found
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .filter_map(|path| path.file_stem().map(|stem| stem.to_string_lossy().into_owned()))
        .collect();
    names.push(SAMPLE_BANK.to_owned());
    names.sort();
    names.dedup();
    names
}

/// The texts of the books: those of `folder`, or those inside the binary.
pub fn book_texts(folder: Option<&Path>) -> Result<Vec<(String, String)>, Failure> {
    let Some(folder) = folder else {
        return Ok(BOOKS.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect());
    };
    let unreadable =
        |error: std::io::Error| Failure::not_found(format!("政策书目录 {} 读不了：{error}", folder.display()));
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        let is_book = path.extension().is_some_and(|ending| ending == "md")
            && path.file_stem().is_some_and(|stem| stem != "SOURCE");
        if is_book {
            let text = std::fs::read_to_string(&path).map_err(unreadable)?;
            texts.push((path.display().to_string(), text));
        }
    }
    texts.sort();
    if texts.is_empty() {
        return Err(Failure::not_found(format!("目录 {} 里没有政策书（.md 文件）", folder.display())));
    }
    Ok(texts)
}

/// The checked library of `folder`, or of the binary.
///
/// # Errors
/// Every diagnostic of the books, with file, line and column.
pub fn library(folder: Option<&Path>) -> Result<Library, Failure> {
    let texts = book_texts(folder)?;
    let borrowed: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    Library::load(&borrowed).map_err(|found| {
        let lines: Vec<String> = found.iter().map(ToString::to_string).collect();
        Failure::failed(format!("政策书有错，先改好再用：\n{}", lines.join("\n")))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_book_of_the_folder_is_inside_the_binary() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policy");
        let on_disk: Vec<String> = book_texts(Some(&folder)).unwrap().into_iter().map(|(_, text)| text).collect();
        let mut inside: Vec<String> = BOOKS.iter().map(|(_, text)| (*text).to_owned()).collect();
        inside.sort();
        let mut sorted = on_disk;
        sorted.sort();
        assert!(sorted == inside, "policy/*.md and the list in assets.rs differ");
    }
}
