//! Tables: sticky head, numbers right, one row one record; on a phone each row becomes a few labelled lines.

use maud::{Markup, html};

/// A column: its heading, and whether it holds numbers.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// The heading.
    pub head: &'static str,
    /// Numbers stand right.
    pub number: bool,
}

impl Column {
    /// A column of words.
    pub const fn words(head: &'static str) -> Column {
        Column { head, number: false }
    }

    /// A column of numbers.
    pub const fn number(head: &'static str) -> Column {
        Column { head, number: true }
    }
}

/// A cell is any markup.
pub type Cell = Markup;

/// A row: its first cell is its heading.
pub type Row = Vec<Cell>;

/// A table.
#[derive(Debug)]
pub struct Table<'a> {
    /// What the table shows, with unit and day; read aloud first.
    pub caption: &'a str,
    /// The columns.
    pub columns: &'a [Column],
    /// The rows.
    pub rows: Vec<Row>,
    /// The sums; empty when there are none.
    pub total: Row,
}

/// The table.
pub fn table(table: Table<'_>) -> Markup {
    for row in &table.rows {
        assert_eq!(row.len(), table.columns.len(), "a row has a cell for every column of “{}”", table.caption);
    }
    html! {
        div.table-box.rows {
            table {
                @if !table.caption.is_empty() { caption { (table.caption) } }
                thead { tr { @for column in table.columns { th scope="col" .num[column.number] { (column.head) } } } }
                tbody {
                    @for row in &table.rows { tr { @for (at, cell) in row.iter().enumerate() { (body_cell(&table.columns[at], at, cell)) } } }
                }
                @if !table.total.is_empty() {
                    tfoot { tr { @for (column, cell) in table.columns.iter().zip(&table.total) { td .num[column.number] data-label=(column.head) { @if !cell.0.is_empty() { span { (cell) } } } } } }
                }
            }
        }
    }
}

fn body_cell(column: &Column, at: usize, cell: &Markup) -> Markup {
    html! {
        @if at == 0 {
            th scope="row" .num[column.number] { (cell) }
        } @else {
            td .num[column.number] data-label=(column.head) { @if !cell.0.is_empty() { span { (cell) } } }
        }
    }
}
