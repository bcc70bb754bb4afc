//! Households of a table, one after another, as [`Facts`]: for whoever judges them another way than by a plan.
//!
//! One thread reads; a household that a batch cut in two is joined; memory does not grow with the file. Left out on purpose:
//! rows put aside (`--reject`): whoever compares two sets of books wants all households or none.

use std::io::Read;
use std::sync::atomic::{AtomicBool, Ordering};

use law::columns::{ColumnError, Columns};
use law::form::{Belongs, FactId, Facts, OneForm};
use values::AreaCode;

use crate::bind::Binding;
use crate::block::{Block, part};
use crate::decide::{Firsts, firsts};
use crate::failure::BulkError;
use crate::place::{Format, Place};
use crate::reject::Reject;
use crate::run::Progress;
use crate::slab::{Key, Slab};
use crate::source;

/// A table of households that is read once, from its beginning.
pub struct Table<'t> {
    /// Where it lies and how it is written down.
    pub input: (Place, Format),
    /// What `-` reads.
    pub standard: Box<dyn Read + Send>,
    /// The area of households that say none.
    pub area: Option<AreaCode>,
    /// When it is set, reading ends.
    pub stop: &'t AtomicBool,
}

/// Whoever takes the households, and hears how far the table is read.
pub type Take<'t> = dyn FnMut(&[Facts], Progress) -> Result<(), BulkError> + 't;

/// A household's key and what is known of it.
type Family = (Option<Key>, Facts);

impl Table<'_> {
    /// Gives all households to `take`, a batch at a time, in the order of the table; answers with what somebody should know:
    /// columns passed over, and facts that have none.
    ///
    /// # Errors
    /// Columns that are missing or of the wrong type, the first row that cannot be read, the disk, or that it was stopped.
    pub fn read(self, form: &OneForm, take: &mut Take<'_>) -> Result<Vec<String>, BulkError> {
        let Table { input: (place, format), standard, area, stop } = self;
        let name = place.to_string();
        let mut source = source::open(&place, format, standard)?;
        let all: Vec<FactId> = form.facts().map(|(id, _)| id).collect();
        let binding = Binding::of(&name, &source.schema(), form, &all, area.is_some())?;
        source.bind(&binding);
        let (of, note) = (source.rows(), source.note());
        let (mut rows, mut open) = (0, None);
        while let Some(unit) = source.next()? {
            let mut first_row = unit.first_row;
            for batch in unit.batches {
                if stop.load(Ordering::Relaxed) {
                    return Err(BulkError::Interrupted);
                }
                let batch = batch.map_err(|cause| BulkError::read(&name, cause))?;
                if batch.num_rows() == 0 {
                    continue;
                }
                let slab = Slab::of(form, &binding, &batch, first_row);
                let found = families(form, &binding, slab, area);
                let found = found.map_err(|reject| BulkError::BadRow { name: name.clone(), reject })?;
                first_row += batch.num_rows() as u64;
                rows += batch.num_rows() as u64;
                let whole = joined(&mut open, found);
                take(&whole, Progress { rows, of })?;
            }
        }
        if let Some((_, last)) = open {
            take(&[last], Progress { rows, of })?;
        }
        Ok(note.into_iter().chain(binding.notes).collect())
    }
}

/// The households that are whole; the last one stays open, since the next batch may go on with it.
fn joined(open: &mut Option<Family>, found: Vec<Family>) -> Vec<Facts> {
    let mut whole = Vec::with_capacity(found.len());
    for (key, facts) in found {
        match open {
            Some((before, family)) if key.is_some() && *before == key => family.members.extend(facts.members),
            _ => whole.extend(open.replace((key, facts)).map(|(_, family)| family)),
        }
    }
    whole
}

/// All households of a batch; the first or last may be parts. A household's own facts are those of its first row.
fn families(form: &OneForm, binding: &Binding, mut slab: Slab, area: Option<AreaCode>) -> Result<Vec<Family>, Reject> {
    let areas = slab.areas(area);
    let mut rejects = std::mem::take(&mut slab.rejects);
    rejects.sort_by_key(|reject| reject.row);
    if let Some(first) = rejects.into_iter().next() {
        return Err(first);
    }
    let block = slab.all();
    let firsts = firsts(&binding.facts, &block, &mut Vec::new());
    let columns = columns(form, binding, &block, &firsts)?;
    let family = |(number, area): (usize, AreaCode)| {
        let facts = Facts { area, ..columns.household(form, number) };
        (slab.key(number), facts)
    };
    Ok(areas.into_iter().enumerate().map(family).collect())
}

fn columns<'b>(
    form: &OneForm,
    binding: &Binding,
    block: &'b Block<'_, '_>,
    firsts: &'b Firsts,
) -> Result<Columns<'b>, Reject> {
    let mut columns = Columns::new(AreaCode::NATION, block.starts.clone(), form);
    for ((bound, column), firsts) in binding.facts.iter().zip(&block.columns).zip(firsts) {
        let column = match firsts {
            Some(firsts) => firsts.column(0..block.households()),
            None => part(column, 0..block.rows()),
        };
        match columns.set(form, bound.fact, column) {
            Ok(()) => {}
            Err(ColumnError::Value { lane, number, .. }) => {
                let lane = match bound.belongs {
                    Belongs::Person => lane - 1,
                    Belongs::Household => block.starts[lane - 1] as usize,
                };
                let why = format!("的数 {number} 超出一张表允许的范围，请核对（钱以分计）");
                let (row, column) = (block.first_row + lane as u64, bound.name.clone());
                return Err(Reject { row, column, found: number.to_string(), why });
            }
            Err(error) => unreachable!("the binding checked the column: {error}"),
        }
    }
    Ok(columns)
}
