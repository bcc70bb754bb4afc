//! Holds the code to the drawing: the table *The rooms* in `ARCHITECTURE.md`, and the rules below it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const INNER: [&str; 7] = ["values", "law", "ledger", "casework", "indicators", "laboratory", "access"];
const STAGES: [&str; 8] = ["discover", "apply", "verify", "decide", "publish", "pay", "review", "hear"];

/// The closed list of libraries below the line.
const INNER_LIBRARIES: [&str; 13] = [
    "jiff",
    "serde",
    "serde_json",
    "smol_str",
    "thiserror",
    "unicode-normalization",
    "sha2",
    "hex",
    "rayon",
    "pulp",
    "argon2",
    "hmac",
    "sha1",
];

/// What no inner room may say, and why.
const BANNED_BELOW: [(&str, &str); 17] = [
    ("SystemTime", "reads a clock"),
    ("Instant::now", "reads a clock"),
    ("Zoned::now", "reads a clock"),
    ("Timestamp::now", "reads a clock"),
    ("std::fs", "touches a disk"),
    ("std::net", "touches the network"),
    ("std::env", "reads the environment"),
    ("std::process", "starts or ends processes"),
    ("std::thread::sleep", "waits on a clock"),
    ("async fn", "is async"),
    (".await", "is async"),
    ("println!", "prints"),
    ("eprintln!", "prints"),
    ("f32", "is floating point"),
    ("f64", "is floating point"),
    ("rand::", "is random"),
    ("HashMap", "iterates in random order"),
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The drawing: room → rooms it may import.
fn drawing() -> BTreeMap<String, BTreeSet<String>> {
    let page = fs::read_to_string(root().join("ARCHITECTURE.md")).expect("the drawing exists");
    let table = page.split("## The rooms").nth(1).expect("the drawing has a table of rooms");
    let rows = table.lines().skip_while(|line| !line.starts_with("| `")).take_while(|line| line.starts_with("| `"));
    let rows: Vec<Vec<&str>> = rows.map(|line| line.split('|').map(str::trim).collect()).collect();
    let all: BTreeSet<String> = rows.iter().map(|cells| unquote(cells[1])).collect();
    rows.iter()
        .map(|cells| {
            let may = match cells[3] {
                "everything" => all.clone(),
                list => list.split('`').map(str::trim).filter(|word| all.contains(*word)).map(str::to_owned).collect(),
            };
            (unquote(cells[1]), may)
        })
        .collect()
}

fn unquote(cell: &str) -> String {
    cell.trim_matches('`').to_owned()
}

/// The names under `[dependencies]` of a room (tests may stand on more).
fn dependencies(room: &str) -> BTreeSet<String> {
    let manifest =
        fs::read_to_string(root().join("crates").join(room).join("Cargo.toml")).expect("a room has a manifest");
    manifest
        .lines()
        .skip_while(|line| line.trim() != "[dependencies]")
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split(['.', '=', ' ']).next())
        .filter(|name| !name.is_empty() && !name.starts_with('#'))
        .map(str::to_owned)
        .collect()
}

/// Every source file of a room, with its text up to the unit tests at its end.
fn sources(room: &str) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let mut open = vec![root().join("crates").join(room).join("src")];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("a room has sources") {
            let path = entry.expect("a readable entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs")
                && !path.file_stem().is_some_and(|stem| stem == "tests" || stem.to_string_lossy().ends_with("_tests"))
            {
                let text = fs::read_to_string(&path).expect("readable source");
                let code = text.split("#[cfg(test)]\nmod").next().unwrap_or_default().to_owned();
                files.push((path, code));
            }
        }
    }
    assert!(!files.is_empty(), "{room} has no sources");
    files
}

/// Lines of code without comments, with their numbers.
fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(at, line)| (at + 1, line.split("//").next().unwrap_or_default()))
}

/// True when `word` stands in `line` as a word of its own.
fn says(line: &str, word: &str) -> bool {
    let part_of_a_name = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    line.match_indices(word).any(|(at, _)| {
        !part_of_a_name(line[..at].chars().next_back()) && !part_of_a_name(line[at + word.len()..].chars().next())
    })
}

#[test]
fn every_room_is_drawn_and_every_drawn_room_stands() {
    let drawn: BTreeSet<String> = drawing().into_keys().collect();
    let standing: BTreeSet<String> = fs::read_dir(root().join("crates"))
        .expect("rooms")
        .map(|entry| entry.expect("a readable entry").file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(drawn, standing);
}

#[test]
fn a_room_imports_only_what_the_drawing_allows() {
    let drawing = drawing();
    let mut stray = Vec::new();
    for (room, may) in &drawing {
        let found = dependencies(room);
        stray.extend(
            found
                .iter()
                .filter(|name| drawing.contains_key(*name) && !may.contains(*name))
                .map(|name| format!("{room} → {name}")),
        );
        for (library, owner) in [("sqlx", "store"), ("axum", "web")] {
            if found.contains(library) && room != owner {
                stray.push(format!("{room} → {library}, which stands in {owner} alone"));
            }
        }
        let tables = |name: &&String| **name == "parquet" || **name == "arrow" || name.starts_with("arrow-");
        if room != "bulk" {
            stray
                .extend(found.iter().filter(tables).map(|name| format!("{room} → {name}, which stands in bulk alone")));
        }
        if INNER.contains(&room.as_str()) {
            let outside = |name: &&String| !drawing.contains_key(*name) && !INNER_LIBRARIES.contains(&name.as_str());
            stray.extend(found.iter().filter(outside).map(|name| format!("{room} (below the line) → {name}")));
        }
    }
    assert!(stray.is_empty(), "arrows that ARCHITECTURE.md has not: {stray:#?}");
}

#[test]
fn below_the_line_nothing_touches_the_world() {
    let mut found = Vec::new();
    for room in INNER {
        for (path, text) in sources(room) {
            for (at, line) in code_lines(&text) {
                for (word, why) in BANNED_BELOW {
                    if says(line, word) {
                        found.push(format!("{}:{at}: `{word}` {why}", path.display()));
                    }
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_stage_never_imports_a_stage() {
    let mut found = Vec::new();
    for room in ["casework", "store", "web"] {
        for (path, text) in sources(room) {
            let Some(stage) = STAGES.into_iter().find(|stage| lies_in_stage(&path, stage)) else { continue };
            let code: String = code_lines(&text).map(|(_, line)| line).collect::<Vec<_>>().join("\n");
            for first in first_names_after_the_crate_root(&code) {
                if STAGES.contains(&first) && first != stage {
                    found.push(format!("{}: {stage} imports {first}", path.display()));
                }
            }
        }
    }
    assert!(found.is_empty(), "stages meet in casework::case: {found:#?}");
}

/// Every name that directly follows `crate::` or `super::`, also inside a group: `use super::{case, pay::Award}` gives case and pay.
fn first_names_after_the_crate_root(code: &str) -> Vec<&str> {
    let name_at = |text: &str| text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    let mut names = Vec::new();
    for root in ["crate::", "super::"] {
        for (at, _) in code.match_indices(root) {
            let rest = &code[at + root.len()..];
            let Some(group) = rest.strip_prefix('{') else {
                names.push(&rest[..name_at(rest)]);
                continue;
            };
            let (mut depth, mut start) = (0, 0);
            for (here, c) in group.char_indices() {
                match c {
                    '{' => depth += 1,
                    '}' if depth > 0 => depth -= 1,
                    ',' | '}' if depth == 0 => {
                        let item = group[start..here].trim_start();
                        names.push(&item[..name_at(item)]);
                        start = here + 1;
                        if c == '}' {
                            break;
                        }
                    }
                    _ => {}
                }
            }
        }
    }
    names
}

/// True for `src/<stage>.rs` and everything in `src/<stage>/`.
fn lies_in_stage(path: &Path, stage: &str) -> bool {
    let parts: Vec<String> = path.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
    let Some(src) = parts.iter().rposition(|part| part == "src") else { return false };
    parts.get(src + 1).is_some_and(|first| first == stage || *first == format!("{stage}.rs"))
}

#[test]
fn imports_are_seen_in_every_spelling() {
    let code = "use crate::pay::Award; use super::{case::{Case, Act},\n  hear, }; fn f() { crate::apply::go() }";
    assert_eq!(first_names_after_the_crate_root(code), ["pay", "apply", "case", "hear", ""]);
}
