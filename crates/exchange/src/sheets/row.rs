//! A row as it was written: text, and what kind of cell it stood in.

/// What a cell is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CellKind {
    /// Nothing.
    #[default]
    Empty,
    /// Text.
    Text,
    /// A number, as the file writes it: `660`, `4.30219E+17`. Dates are numbers too.
    Number,
    /// A computed value; the text is the last result.
    Formula,
    /// `#REF!` and its kin.
    Error,
}

/// One cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// What it is.
    pub kind: CellKind,
    /// As written, outer blanks taken off.
    pub text: String,
}

/// One row; the buffer is used again for the next.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// The number the spreadsheet program shows at its left, from 1.
    pub number: u32,
    cells: Vec<Cell>,
    used: usize,
}

static NOTHING: Cell = Cell { kind: CellKind::Empty, text: String::new() };

impl Row {
    /// The cell of a column from 0; an empty one beyond the last.
    pub fn cell(&self, column: usize) -> &Cell {
        self.cells().get(column).unwrap_or(&NOTHING)
    }

    /// All cells up to the last that was written.
    pub fn cells(&self) -> &[Cell] {
        &self.cells[..self.used]
    }

    /// True when no cell holds anything.
    pub fn is_blank(&self) -> bool {
        self.cells().iter().all(|cell| cell.kind == CellKind::Empty)
    }

    pub(super) fn start(&mut self, number: u32) {
        self.number = number;
        self.used = 0;
    }

    pub(super) fn put(&mut self, column: usize, kind: CellKind, text: &str) {
        while self.used <= column {
            if self.cells.len() <= self.used {
                self.cells.push(Cell::default());
            }
            self.cells[self.used].kind = CellKind::Empty;
            self.cells[self.used].text.clear();
            self.used += 1;
        }
        let cell = &mut self.cells[column];
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        cell.text.clear();
        cell.text.push_str(text);
        let is_nothing = text.is_empty() && kind != CellKind::Formula;
        cell.kind = if is_nothing { CellKind::Empty } else { kind };
    }
}

/// `A`, `Z`, `AA`: a column from 0 as the spreadsheet program shows it.
pub fn column_letters(column: usize) -> String {
    let (mut letters, mut rest) = (Vec::new(), column + 1);
    while rest > 0 {
        letters.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// Reads `BC12` as column 54 (from 0) and row 12.
pub(super) fn parse_reference(reference: &str) -> Option<(usize, u32)> {
    let letters = reference.bytes().take_while(u8::is_ascii_alphabetic).count();
    if letters == 0 || letters > 3 {
        return None;
    }
    let column =
        reference[..letters].bytes().fold(0usize, |sum, b| sum * 26 + usize::from(b.to_ascii_uppercase() - b'A') + 1);
    let row: u32 = reference[letters..].parse().ok()?;
    (row > 0).then_some((column - 1, row))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_spreadsheets_name_them() {
        for (column, letters) in
            [(0, "A"), (25, "Z"), (26, "AA"), (54, "BC"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")]
        {
            assert_eq!(column_letters(column), letters);
            assert_eq!(parse_reference(&format!("{letters}12")), Some((column, 12)));
        }
        for broken in ["", "12", "A", "A0", "ABCD1", "A-1"] {
            assert_eq!(parse_reference(broken), None, "{broken}");
        }
    }

    #[test]
    fn a_row_forgets_what_the_row_before_held() {
        let mut row = Row::default();
        row.start(1);
        row.put(2, CellKind::Text, " 张三 ");
        assert_eq!(row.cell(2).text, "张三");
        row.start(2);
        row.put(3, CellKind::Number, "1");
        assert_eq!((row.cell(2).kind, row.cell(2).text.as_str()), (CellKind::Empty, ""));
        assert_eq!(row.cell(99).kind, CellKind::Empty);
        assert!(!row.is_blank());
    }
}
