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
    let (Some(limit), Some(cite)) = (table.column("限额"), table.column("依据")) else {
        findings.push(wrong(page, &table.header[0], "给付表要有这些列：给付、限额、依据"));
        return None;
    };
    if table.rows.len() > MAX_ROWS {
        findings.push(wrong(page, &table.header[0], format!("给付最多 {MAX_ROWS} 行")));
        return None;
    }
    let mut items: Vec<ServiceItem> = Vec::new();
    for row in &table.rows {
        if row.len() != table.header.len() {
            let message = format!("这一行有 {} 格，表头有 {} 格", row.len(), table.header.len());
            findings.push(wrong(page, &row[0], message));
            continue;
        }
        let [name, limit, cite] = [row[0], row[limit], row[cite]];
        if name.text.is_empty() {
            findings.push(wrong(page, &name, "给付要写名字"));
        } else if items.iter().any(|item| item.name == name.text) {
            findings.push(wrong(page, &name, format!("给付“{}”写了两次", name.text)));
        } else if cite.text.is_empty() {
            findings.push(wrong(page, &cite, format!("给付“{}”要写依据", name.text)));
        }
        let [name, limit, cite] = [name, limit, cite].map(|cell| cell.text.to_owned());
        items.push(ServiceItem { name, limit, cite });
    }
    Some(items)
}
