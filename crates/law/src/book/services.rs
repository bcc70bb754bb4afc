//! 给付: the things and services that a programme gives instead of money.

use super::read::wrong;
use crate::benefit::ServiceItem;
use crate::diagnostic::Diagnostic;
use crate::page::Page;

/// A book gives at most so many things.
const MAX_ROWS: usize = 200;

/// Reads the table 给付; none when the book has none.
pub(super) fn read(page: &Page<'_>, findings: &mut Vec<Diagnostic>) -> Option<Vec<ServiceItem>> {
    let table = page.tables("给付").next()?;
    let (limit, cite) = (table.column("限额")?, table.column("依据")?); // `tables::check` tells what is missing
    if table.rows.len() > MAX_ROWS {
        findings.push(wrong(page, &table.header[0], format!("给付最多 {MAX_ROWS} 行")));
        return None;
    }
    let mut items: Vec<ServiceItem> = Vec::new();
    for row in table.rows.iter().filter(|row| row.len() == table.header.len()) {
        let [name, limit, cite] = [row[0], row[limit], row[cite]];
        if items.iter().any(|item| item.name == name.text) {
            findings.push(wrong(page, &name, format!("给付“{}”写了两次", name.text)));
        } else if cite.text.is_empty() {
            findings.push(wrong(page, &cite, format!("给付“{}”要写依据", name.text)));
        }
        let [name, limit, cite] = [name, limit, cite].map(|cell| cell.text.to_owned());
        items.push(ServiceItem { name: name.into(), limit: limit.into(), cite: cite.into() });
    }
    Some(items)
}
