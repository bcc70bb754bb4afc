//! Joins what batches cut in two, in the order of the table, and hands rows on to be written.

use crate::answer::Answered;
use crate::bind::Bound;
use crate::decide::{Decided, decide};
use crate::desk::Desk;
use crate::failure::BulkError;
use crate::receipt::Totals;
use crate::reject::Reject;
use crate::sink::Sink;
use crate::slab::Fragment;

/// What a thread made of one batch.
#[derive(Debug)]
pub(crate) struct Piece<'l> {
    pub(crate) first: Fragment<'l>,
    pub(crate) middle: Option<Decided>,
    pub(crate) last: Option<Fragment<'l>>,
    pub(crate) rejects: Vec<Reject>,
    pub(crate) rows: u64,
}

/// Where rejected rows go.
pub(crate) trait Rejected {
    /// Notes a row, or stops the run.
    fn reject(&mut self, reject: Reject) -> Result<(), BulkError>;

    /// No more will come.
    fn finish(&mut self) -> Result<(), BulkError>;
}

/// So many rows of answers are handed on at once.
const AT_ONCE: usize = 1 << 16;

/// Takes the pieces in their order.
pub(crate) struct Stitch<'r, 'l> {
    desk: &'r Desk<'l>,
    facts: &'r [Bound],
    open: Option<Fragment<'l>>,
    ready: Answered,
    sink: Box<dyn Sink + 'r>,
    rejected: Box<dyn Rejected + 'r>,
    /// What was counted so far.
    pub(crate) totals: Totals,
    contradictions: Contradictions,
}

/// Rows that say something else than their household's first row.
#[derive(Debug, Default)]
pub(crate) struct Contradictions {
    pub(crate) count: u64,
    /// The first, with its column.
    pub(crate) first: Option<(u64, String)>,
}

impl<'r, 'l> Stitch<'r, 'l> {
    /// Nothing taken yet.
    pub(crate) fn new(
        desk: &'r Desk<'l>,
        facts: &'r [Bound],
        texts: bool,
        sink: Box<dyn Sink + 'r>,
        rejected: Box<dyn Rejected + 'r>,
    ) -> Stitch<'r, 'l> {
        Stitch {
            desk,
            facts,
            open: None,
            ready: Answered::none(texts),
            sink,
            rejected,
            totals: Totals::default(),
            contradictions: Contradictions::default(),
        }
    }

    /// Takes the next piece.
    ///
    /// # Errors
    /// A row that stops the run; an output that cannot be written.
    pub(crate) fn take(&mut self, piece: Piece<'l>) -> Result<(), BulkError> {
        self.totals.rows += piece.rows;
        let mut rejects = piece.rejects;
        rejects.sort_by_key(|reject| reject.row);
        rejects.into_iter().try_for_each(|reject| self.rejected.reject(reject))?;
        match &mut self.open {
            Some(open) if open.key.is_some() && open.key == piece.first.key => open.append(piece.first),
            _ => self.close(Some(piece.first))?,
        }
        if let Some(last) = piece.last {
            self.close(Some(last)).and_then(|()| piece.middle.map_or(Ok(()), |middle| self.count(middle)))?;
        }
        self.hand_on(AT_ONCE)
    }

    /// The last household is whole; everything is written.
    ///
    /// # Errors
    /// As [`Stitch::take`].
    pub(crate) fn finish(mut self) -> Result<(Totals, Contradictions), BulkError> {
        self.close(None)?;
        self.hand_on(1)?;
        self.sink.finish()?;
        self.rejected.finish()?;
        Ok((self.totals, self.contradictions))
    }

    /// Decides the open household; another one is open now.
    fn close(&mut self, next: Option<Fragment<'l>>) -> Result<(), BulkError> {
        let Some(whole) = std::mem::replace(&mut self.open, next) else { return Ok(()) };
        if whole.bad {
            self.totals.left_out += 1;
            return Ok(());
        }
        let lanes = whole.lanes(self.facts);
        let decided = decide(self.desk, self.facts, whole.block(&lanes));
        self.count(decided)
    }

    fn count(&mut self, decided: Decided) -> Result<(), BulkError> {
        decided.rejects.into_iter().try_for_each(|reject| self.rejected.reject(reject))?;
        self.totals.add(decided.households, decided.persons, decided.left_out, decided.answered.len() as u64);
        self.totals.add_digests(decided.inputs, decided.answers);
        self.contradictions.count += decided.contradictions.len() as u64;
        if self.contradictions.first.is_none() {
            let first = decided.contradictions.iter().min();
            self.contradictions.first = first.map(|(row, fact)| (*row, self.facts[usize::from(*fact)].name.clone()));
        }
        self.ready.append(decided.answered);
        Ok(())
    }

    /// Writes what is ready when there is enough of it.
    fn hand_on(&mut self, enough: usize) -> Result<(), BulkError> {
        if self.ready.len() < enough {
            return Ok(());
        }
        let texts = matches!(self.ready.keys, crate::answer::Keys::Texts(..));
        self.sink.write(std::mem::replace(&mut self.ready, Answered::none(texts)))
    }
}
