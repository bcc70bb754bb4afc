//! Which programmes one person may draw together: the tables 互斥 and 享受 of `policy/overlap.md`.
//!
//! In: pages, the form, the programmes. Out: pairs with the months they hold for and their article, and the facts that say
//! that a programme is being drawn. What the books' own conditions already say stands there; these tables are for whoever
//! puts several programmes together: the search for the best combination, and payment.

use std::fmt;

use serde::Serialize;
use values::Month;

use crate::book::ProgrammeUnit;
use crate::diagnostic::{Diagnostic, nearest};
use crate::form::{Belongs, FactId, FactKind, OneForm};
use crate::library::ProgrammeInfo;
use crate::page::{Cell, Page, file_name};
use crate::tables;

/// All that is said about programmes together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overlap {
    pairs: Vec<Exclusive>,
    pub(crate) drawn: Vec<Drawn>,
}

/// Two programmes and how they stand to each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Exclusive {
    /// 互斥: a programme's id.
    pub first: String,
    /// 与: the other's.
    pub second: String,
    /// 办法.
    pub how: How,
    /// 起: the first month, when it has not always been so.
    pub from: Option<Month>,
    /// 止: the last month, when it is over.
    pub until: Option<Month>,
    /// 依据: the article, or that there is no source.
    pub cite: String,
    /// 说明, for whoever reads it.
    pub note: String,
    /// Where it stands: `overlap.md:12`.
    pub stands_in: String,
}

/// 办法.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub enum How {
    /// 不可同享: who has one cannot have the other.
    #[serde(rename = "不可同享")]
    Never,
    /// 择高: the higher of the two is given.
    #[serde(rename = "择高")]
    Higher,
    /// 择一: the person chooses.
    #[serde(rename = "择一")]
    Choose,
    /// 补差: one is topped up to the other; both may be drawn.
    #[serde(rename = "补差")]
    TopUp,
}

impl How {
    const ALL: [(&'static str, How); 4] =
        [("不可同享", How::Never), ("择高", How::Higher), ("择一", How::Choose), ("补差", How::TopUp)];

    /// True when one person cannot draw both.
    pub fn excludes(self) -> bool {
        match self {
            How::Never | How::Higher | How::Choose => true,
            How::TopUp => false,
        }
    }
}

impl fmt::Display for How {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (name, _) = How::ALL.iter().find(|(_, how)| how == self).expect("every way has its name");
        f.write_str(name)
    }
}

/// 享受: a fact that says that a programme is being drawn (yes or no), or how much a month of some (元/月).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Drawn {
    pub(crate) fact: FactId,
    /// Places in the library's list of programmes.
    pub(crate) programmes: Vec<usize>,
    pub(crate) is_amount: bool,
    pub(crate) of_person: bool,
}

impl Exclusive {
    /// True in the months it holds for.
    pub fn is_in_force(&self, month: Month) -> bool {
        self.from.is_none_or(|from| from <= month) && self.until.is_none_or(|until| month <= until)
    }
}

impl Overlap {
    /// The pairs that hold in a month, those that may be drawn together by 补差 among them; in the order of the tables.
    pub fn pairs(&self, month: Month) -> impl Iterator<Item = &Exclusive> {
        self.pairs.iter().filter(move |pair| pair.is_in_force(month))
    }

    /// Pairs of ids that one person cannot draw together in a month: the second of them is what payment holds until a
    /// person has chosen.
    pub fn exclusive(&self, month: Month) -> Vec<(String, String)> {
        let excluding = self.pairs(month).filter(|pair| pair.how.excludes());
        excluding.map(|pair| (pair.first.clone(), pair.second.clone())).collect()
    }

    pub(crate) fn read(
        pages: &[Page<'_>],
        form: &OneForm,
        programmes: &[ProgrammeInfo],
        findings: &mut Vec<Diagnostic>,
    ) -> Overlap {
        let mut overlap = Overlap::default();
        for page in pages {
            if page.tables("互斥").next().is_none() && page.tables("享受").next().is_none() {
                continue;
            }
            let before = findings.len();
            tables::check(page, &tables::OF_OVERLAP, findings);
            if findings.len() == before {
                let mut reader = Reader { page, form, programmes, findings, overlap: &mut overlap };
                reader.pairs();
                reader.drawn();
            }
        }
        overlap
    }
}

struct Reader<'r, 't> {
    page: &'r Page<'t>,
    form: &'r OneForm,
    programmes: &'r [ProgrammeInfo],
    findings: &'r mut Vec<Diagnostic>,
    overlap: &'r mut Overlap,
}

/// A page says at most so much; nothing real comes near.
const MOST_ROWS: usize = 500;

impl<'t> Reader<'_, 't> {
    fn wrong(&mut self, cell: &Cell<'_>, message: String, hint: Option<String>) {
        let mut finding = Diagnostic::error(self.page, cell.at, message);
        finding.hint = hint;
        self.findings.push(finding);
    }

    fn pairs(&mut self) {
        let page = self.page;
        for table in page.tables("互斥") {
            let columns = ["互斥", "与", "办法", "起", "止", "依据", "说明"];
            let columns = columns.map(|name| table.column(name).expect("the columns were checked"));
            for row in table.rows.iter().take(MOST_ROWS) {
                let cells = columns.map(|column| row[column]);
                if cells.iter().any(|cell| !cell.text.is_empty()) {
                    self.pair(&cells);
                }
            }
            self.too_many(&table.rows);
        }
    }

    fn pair(&mut self, [first, second, how, from, until, cite, note]: &[Cell<'t>; 7]) {
        let (left, right) = (self.programme(first), self.programme(second));
        let (how, start, end) = (self.how(how), self.month(from), self.month(until));
        if cite.text.is_empty() {
            self.wrong(cite, "要写依据；没有出处的，写明“没有出处”".to_owned(), None);
        }
        let (Some(left), Some(right), Some(how), Some(start), Some(end)) = (left, right, how, start, end) else {
            return;
        };
        let (first_id, second_id) = (&self.programmes[left].id, &self.programmes[right].id);
        if left == right {
            return self.wrong(second, format!("“{first_id}”和它自己谈不上互斥"), None);
        }
        if let (Some(start), Some(end)) = (start, end)
            && end < start
        {
            return self.wrong(until, format!("止 {end} 在起 {start} 之前"), None);
        }
        let pair = Exclusive {
            first: first_id.to_string(),
            second: second_id.to_string(),
            how,
            from: start,
            until: end,
            cite: cite.text.to_owned(),
            note: note.text.to_owned(),
            stands_in: format!("{}:{}", file_name(self.page.path), first.at.line),
        };
        if let Some(twin) = self.overlap.pairs.iter().find(|other| is_twin(other, &pair)) {
            let message = format!("“{first_id}”和“{second_id}”同一段时间在 {} 已经写了", twin.stands_in);
            return self.wrong(first, message, None);
        }
        self.overlap.pairs.push(pair);
    }

    fn programme(&mut self, cell: &Cell<'_>) -> Option<usize> {
        let found = self.programmes.iter().position(|info| info.id == cell.text);
        if found.is_none() {
            let meant = nearest(cell.text, self.programmes.iter().map(|info| info.id.as_str()));
            let hint = meant.map(|near| format!("是不是“{near}”？"));
            self.wrong(cell, format!("没有编号是“{}”的项目", cell.text), hint);
        }
        found
    }

    fn how(&mut self, cell: &Cell<'_>) -> Option<How> {
        let found = How::ALL.iter().find(|(name, _)| *name == cell.text).map(|(_, how)| *how);
        if found.is_none() {
            let message = format!("办法只有 不可同享、择高、择一、补差，写的是“{}”", cell.text);
            let meant = nearest(cell.text, How::ALL.iter().map(|(name, _)| *name));
            self.wrong(cell, message, meant.map(|near| format!("是不是“{near}”？")));
        }
        found
    }

    /// Empty is no month; none for what is not one.
    fn month(&mut self, cell: &Cell<'_>) -> Option<Option<Month>> {
        if cell.text.is_empty() {
            return Some(None);
        }
        let found = cell.text.parse().ok().map(Some);
        if found.is_none() {
            self.wrong(cell, format!("起、止写月份，例如 2021-07；写的是“{}”", cell.text), None);
        }
        found
    }

    fn drawn(&mut self) {
        let page = self.page;
        for table in page.tables("享受") {
            let column = table.column("项目").expect("the columns were checked");
            for row in table.rows.iter().take(MOST_ROWS).filter(|row| !row[0].text.is_empty()) {
                self.drawn_row(&row[0], &row[column]);
            }
            self.too_many(&table.rows);
        }
    }

    fn drawn_row(&mut self, fact: &Cell<'_>, ids: &Cell<'_>) {
        let Some(id) = self.form.fact(fact.text) else {
            let meant = nearest(fact.text, self.form.facts().map(|(_, decl)| decl.name.as_str()));
            let hint = meant.map(|near| format!("是不是“{near}”？"));
            return self.wrong(fact, format!("一张表里没有事实“{}”", fact.text), hint);
        };
        let decl = self.form.declaration(id);
        let is_amount = match decl.kind {
            FactKind::YesNo => false,
            FactKind::MoneyPerMonth { .. } => true,
            FactKind::Money { .. } | FactKind::MoneyPerYear { .. } | FactKind::Count => return self.no_sign(fact),
            FactKind::Ratio | FactKind::Date | FactKind::Choice(_) => return self.no_sign(fact),
        };
        let of_person = decl.belongs == Belongs::Person;
        let mut programmes = Vec::new();
        for text in ids.text.split('、') {
            let Some(programme) = self.programme(&Cell { text: text.trim(), at: ids.at }) else { return };
            if (self.programmes[programme].unit == ProgrammeUnit::Person) != of_person && !is_amount {
                let message = format!("“{}”和项目“{}”一个归人，一个归家庭", fact.text, text.trim());
                return self.wrong(ids, message, None);
            }
            programmes.push(programme);
        }
        if self.overlap.drawn.iter().any(|other| other.fact == id) {
            return self.wrong(fact, format!("事实“{}”写了两次", fact.text), None);
        }
        self.overlap.drawn.push(Drawn { fact: id, programmes, is_amount, of_person });
    }

    fn no_sign(&mut self, fact: &Cell<'_>) {
        self.wrong(fact, format!("“{}”应是“是否”或“元/月”，才说得出在不在领、领多少", fact.text), None);
    }

    fn too_many(&mut self, rows: &[Vec<Cell<'t>>]) {
        if let Some(row) = rows.get(MOST_ROWS) {
            self.wrong(&row[0], format!("一张表最多 {MOST_ROWS} 行"), None);
        }
    }
}

/// The same two programmes, in whatever order, in a month that both rows hold for.
fn is_twin(one: &Exclusive, other: &Exclusive) -> bool {
    let same = (&one.first, &one.second) == (&other.first, &other.second)
        || (&one.first, &one.second) == (&other.second, &other.first);
    let begins_in_time = |early: &Exclusive, late: &Exclusive| match (early.from, late.until) {
        (Some(from), Some(until)) => from <= until,
        (None, _) | (_, None) => true,
    };
    same && begins_in_time(one, other) && begins_in_time(other, one)
}
