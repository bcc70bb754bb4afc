//! Which column of a table is which fact.

use arrow_schema::{DataType, Schema};
use law::diagnostic::nearest;
use law::form::{Belongs, FactId, FactKind, OneForm};

use crate::failure::BulkError;
use crate::lanes::{Shape, shape};
use crate::schema::{AREA, HOUSEHOLD, types_of};
use crate::texts::holds_text;

/// The columns that are read, and what each is.
#[derive(Clone, Debug)]
pub(crate) struct Binding {
    /// Places in the table's schema, ascending: only these are read.
    pub(crate) wanted: Vec<usize>,
    /// 户, among the wanted.
    pub(crate) household: usize,
    /// 地区, among the wanted.
    pub(crate) area: Option<usize>,
    /// The facts, in the form's order.
    pub(crate) facts: Vec<Bound>,
    /// What somebody should know though the table can be read.
    pub(crate) notes: Vec<String>,
}

/// A fact and its column.
#[derive(Clone, Debug)]
pub(crate) struct Bound {
    pub(crate) fact: FactId,
    /// Its place among the wanted columns.
    pub(crate) place: usize,
    pub(crate) shape: Shape,
    pub(crate) belongs: Belongs,
    pub(crate) kind: FactKind,
    pub(crate) name: String,
}

impl Binding {
    /// Finds the columns of the facts asked for; `has_area` when all households are of one area that was given.
    ///
    /// # Errors
    /// Everything wrong with the columns: missing, doubled, of another type.
    pub(crate) fn of(
        name: &str,
        schema: &Schema,
        form: &OneForm,
        asked: &[FactId],
        has_area: bool,
    ) -> Result<Binding, BulkError> {
        let mut finder = Finder { schema, form, findings: Vec::new(), notes: Vec::new() };
        finder.look_at_names();
        let household = finder.column(HOUSEHOLD, is_key, "Int64、Int32 或文字");
        let area = finder.column(AREA, holds_text, "文字（区划代码）");
        if household.is_none() && finder.findings.is_empty() {
            finder.findings.push(format!("没有“{HOUSEHOLD}”这一列：每行一个人，同一户的几行写同一个户号，连在一起"));
        }
        if area.is_none() && !has_area && finder.findings.is_empty() {
            finder.findings.push(format!("没有“{AREA}”这一列：补上这一列，或者用 --area 写明全部住户在哪里"));
        }
        let facts = finder.facts(asked);
        let (Some(household), true) = (household, finder.findings.is_empty()) else {
            return Err(BulkError::Columns { name: name.to_owned(), findings: finder.findings });
        };
        let mut wanted: Vec<usize> = facts.iter().map(|bound| bound.place).chain([household]).chain(area).collect();
        wanted.sort_unstable();
        let place = |column: usize| wanted.binary_search(&column).expect("it is wanted");
        let facts = facts.into_iter().map(|bound| Bound { place: place(bound.place), ..bound }).collect();
        Ok(Binding { household: place(household), area: area.map(place), facts, notes: finder.notes, wanted })
    }
}

fn is_key(kind: &DataType) -> bool {
    matches!(kind, DataType::Int64 | DataType::Int32) || holds_text(kind)
}

struct Finder<'s> {
    schema: &'s Schema,
    form: &'s OneForm,
    findings: Vec<String>,
    notes: Vec<String>,
}

impl Finder<'_> {
    /// Doubled names are wrong; names that are no fact are passed over and told.
    fn look_at_names(&mut self) {
        let fields = self.schema.fields();
        for (at, field) in fields.iter().enumerate() {
            let name = field.name().as_str();
            if fields[..at].iter().any(|earlier| earlier.name() == name) {
                self.findings.push(format!("“{name}”这一列出现了两次，只能留一列"));
            }
            if name == HOUSEHOLD || name == AREA || self.form.fact(name).is_some() {
                continue;
            }
            let names = self.form.facts().map(|(_, decl)| decl.name.as_str()).chain([HOUSEHOLD, AREA]);
            let near = nearest(name, names).map(|near| format!("；是不是“{near}”？")).unwrap_or_default();
            self.notes.push(format!("“{name}”这一列一张表里没有，没有读{near}"));
        }
    }

    /// The place of a column that must be of a certain type.
    fn column(&mut self, name: &str, fits: fn(&DataType) -> bool, expected: &str) -> Option<usize> {
        let (place, field) = self.schema.column_with_name(name)?;
        if !fits(field.data_type()) {
            self.findings.push(format!("“{name}”这一列是 {}，应是{expected}", field.data_type()));
        }
        Some(place)
    }

    fn facts(&mut self, asked: &[FactId]) -> Vec<Bound> {
        let mut found = Vec::new();
        let mut absent = Vec::new();
        for &fact in asked {
            let decl = self.form.declaration(fact);
            let Some((place, field)) = self.schema.column_with_name(&decl.name) else {
                absent.push(decl.name.as_str());
                continue;
            };
            let Some(shape) = shape(&decl.kind, field.data_type()) else {
                let types = types_of(&decl.kind);
                self.findings.push(format!("“{}”这一列是 {}，应是{types}", decl.name, field.data_type()));
                continue;
            };
            let (belongs, kind, name) = (decl.belongs, decl.kind.clone(), decl.name.clone());
            found.push(Bound { fact, place, shape, belongs, kind, name: name.to_string() });
        }
        if !absent.is_empty() {
            self.notes.push(format!("这些列没有，按“不知道”算：{}", absent.join("、")));
        }
        found
    }
}
