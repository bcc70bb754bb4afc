//! `docs/scale.md` carries the columns as `dixian policy schema` prints them.

#[path = "../../law/tests/support/mod.rs"]
mod support;

use std::path::Path;

const BEGIN: &str = "<!-- dixian policy schema -->\n";
const END: &str = "<!-- end -->\n";

#[test]
fn the_page_about_scale_has_the_columns_of_the_form() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/scale.md");
    let page = std::fs::read_to_string(&path).expect("the page stands");
    let (before, rest) = page.split_once(BEGIN).expect("the page has the place for the columns");
    let (found, after) = rest.split_once(END).expect("the place has an end");
    let columns = bulk::schema_page(support::library().form());
    if found != columns && std::env::var_os("WRITE_DOCS").is_some() {
        std::fs::write(&path, format!("{before}{BEGIN}{columns}{END}{after}")).expect("the page can be written");
        return;
    }
    assert!(
        found == columns,
        "the form changed: WRITE_DOCS=1 cargo test -p dixian-bulk --test docs writes its columns into docs/scale.md"
    );
}
