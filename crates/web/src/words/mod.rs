//! Every Chinese word of the pages, in one place, so that a clerk can correct them without reading code. Short sentences, 您,
//! and every “no” says why, by which article, what to do and whom to ask. A test holds the other files to it.

#![allow(missing_docs)] // a word says itself

mod applied;
mod asking;
mod books;
pub mod journey;
pub mod lab;
mod open;
mod payments;
mod shared;
mod staff;

pub use applied::*;
pub use asking::*;
pub use books::*;
pub use open::*;
pub use payments::*;
pub use shared::*;
pub use staff::*;

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("words") {
                sources(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs") {
                found.push(path);
            }
        }
    }

    #[test]
    fn no_other_file_speaks_chinese_to_the_reader() {
        let mut files = Vec::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
        assert!(files.len() > 20, "the sources were found");
        for file in files.iter().filter(|f| !f.ends_with("law_block.rs")) {
            let text = std::fs::read_to_string(file).unwrap();
            let code = text.split("#[cfg(test)]").next().unwrap();
            for (at, line) in code.lines().enumerate() {
                let said = line.split("//").next().unwrap();
                assert!(
                    !said.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)),
                    "{}:{}: {line}",
                    file.display(),
                    at + 1
                );
            }
        }
    }
}
