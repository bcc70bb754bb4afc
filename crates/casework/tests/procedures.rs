//! `docs/procedures.md` holds the state table of every procedure, as the books have it; and every step of every book can be done.

#[path = "../../law/tests/support/mod.rs"]
mod support;

use std::fmt::Write;
use std::path::Path;

use casework::case::state_table;
use values::AreaCode;

const BEGIN: &str = "<!-- procedures -->\n";
const END: &str = "<!-- end -->\n";

fn tables() -> String {
    let library = support::library();
    let village: AreaCode = "430302202204".parse().unwrap();
    let mut page = String::new();
    for programme in library.programmes() {
        for version in library.versions(&programme.id, &village) {
            if let Some(procedure) = library.procedure(&programme.id, version.from.month(), &village) {
                writeln!(page, "\n## {}，从 {} 起\n\n{}", version.title, version.from, state_table(procedure)).unwrap();
            }
        }
    }
    page
}

#[test]
fn the_page_of_procedures_is_what_the_books_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/procedures.md");
    let page = std::fs::read_to_string(&path).expect("the page stands");
    let (before, rest) = page.split_once(BEGIN).expect("the page has the place for the tables");
    let (found, after) = rest.split_once(END).expect("the place has an end");
    let tables = tables();
    if found != tables && std::env::var_os("WRITE_DOCS").is_some() {
        std::fs::write(&path, format!("{before}{BEGIN}{tables}{END}{after}")).expect("the page can be written");
        return;
    }
    assert!(
        found == tables,
        "a procedure changed: WRITE_DOCS=1 cargo test -p dixian-casework --test procedures writes docs/procedures.md"
    );
}
