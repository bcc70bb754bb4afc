//! Threads that work off the units of a table side by side; what they made is taken in the order of the table.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard};
use std::thread;
use std::time::Duration;

use law::Library;

use crate::bind::Binding;
use crate::decide::decide;
use crate::desk::Desk;
use crate::failure::BulkError;
use crate::slab::Slab;
use crate::source::{Source, Unit};
use crate::stitch::Piece;

/// Threads that work off units side by side.
pub(crate) struct Workshop<'w, 'l> {
    pub(crate) library: &'w Library,
    pub(crate) desk: &'w Desk<'l>,
    pub(crate) binding: &'w Binding,
    pub(crate) name: String,
    pub(crate) stop: &'w AtomicBool,
}

/// What the threads share.
struct Floor<'l> {
    source: Mutex<Box<dyn Source>>,
    /// Units asked for so far; not behind the source's lock, which is held while standard input has nothing to say.
    asked: AtomicU64,
    shelf: Mutex<Shelf<'l>>,
    changed: Condvar,
}

/// Finished units that wait for their turn.
#[derive(Default)]
struct Shelf<'l> {
    done: BTreeMap<u64, Result<Vec<Piece<'l>>, BulkError>>,
    /// The unit whose turn it is.
    turn: u64,
    /// The number of units, once it is known.
    end: Option<u64>,
    /// Nothing more is wanted.
    over: bool,
    /// A thread failed: what it had in hand never comes.
    torn: bool,
}

impl<'l> Floor<'l> {
    fn shelf(&self) -> MutexGuard<'_, Shelf<'l>> {
        self.shelf.lock().expect("nothing fails at the shelf")
    }
}

/// Rings when its thread fails, so that nobody waits for it.
struct Bell<'f, 'l>(&'f Floor<'l>);

impl Drop for Bell<'_, '_> {
    fn drop(&mut self) {
        if thread::panicking() {
            self.0.shelf().torn = true;
            self.0.changed.notify_all();
        }
    }
}

/// How often somebody who waits looks whether the run was stopped.
const GLANCE: Duration = Duration::from_millis(200);

impl<'l> Workshop<'_, 'l> {
    /// Works off the source on so many threads; `take` gets the pieces in the order of the table.
    ///
    /// # Errors
    /// The first that the source, a piece or `take` has, in the order of the table; or that the run was stopped.
    pub(crate) fn work(
        &self,
        source: Box<dyn Source>,
        threads: usize,
        take: &mut dyn FnMut(Piece<'l>) -> Result<(), BulkError>,
    ) -> Result<(), BulkError> {
        let floor = Floor {
            source: Mutex::new(source),
            asked: AtomicU64::new(0),
            shelf: Mutex::default(),
            changed: Condvar::new(),
        };
        thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| self.bench(&floor, threads as u64));
            }
            let result = self.collect(&floor, take);
            floor.shelf().over = true;
            floor.changed.notify_all();
            result
        })
    }

    /// Takes units from the shelf in their order.
    fn collect(
        &self,
        floor: &Floor<'l>,
        take: &mut dyn FnMut(Piece<'l>) -> Result<(), BulkError>,
    ) -> Result<(), BulkError> {
        loop {
            let mut shelf = floor.shelf();
            let turn = shelf.turn;
            let unit = loop {
                if self.stop.load(Ordering::Relaxed) {
                    return Err(BulkError::Interrupted);
                }
                match shelf.done.remove(&turn) {
                    Some(unit) => break unit,
                    // the failed thread's own panic goes on when the scope ends
                    None if shelf.torn || shelf.end == Some(turn) => return Ok(()),
                    None => shelf = floor.changed.wait_timeout(shelf, GLANCE).expect("nothing fails at the shelf").0,
                }
            };
            shelf.turn += 1;
            drop(shelf);
            floor.changed.notify_all();
            unit?.into_iter().try_for_each(&mut *take)?;
        }
    }

    /// One thread: unit after unit, never too far ahead of the one whose turn it is.
    fn bench(&self, floor: &Floor<'l>, threads: u64) {
        let _bell = Bell(floor);
        loop {
            let mut shelf = floor.shelf();
            let too_far = |shelf: &Shelf<'_>| floor.asked.load(Ordering::Relaxed) >= shelf.turn + 2 * threads;
            while !shelf.over && shelf.end.is_none() && too_far(&shelf) {
                shelf = floor.changed.wait(shelf).expect("nothing fails at the shelf");
            }
            if shelf.over || shelf.end.is_some() {
                return;
            }
            drop(shelf);
            let (number, unit) = {
                let mut source = floor.source.lock().expect("a failed source ends the run");
                (floor.asked.fetch_add(1, Ordering::Relaxed), source.next())
            };
            let done = unit.transpose().map(|unit| unit.and_then(|unit| self.unit(unit)));
            let mut shelf = floor.shelf();
            match done {
                None => shelf.end = Some(shelf.end.unwrap_or(number).min(number)),
                Some(done) => drop(shelf.done.insert(number, done)),
            }
            floor.changed.notify_all();
        }
    }

    fn unit(&self, unit: Unit) -> Result<Vec<Piece<'l>>, BulkError> {
        let mut pieces = Vec::new();
        let mut row = unit.first_row;
        for batch in unit.batches {
            if self.stop.load(Ordering::Relaxed) {
                return Err(BulkError::Interrupted);
            }
            let batch = batch.map_err(|cause| BulkError::read(&self.name, cause))?;
            if batch.num_rows() == 0 {
                continue;
            }
            let mut slab = Slab::of(self.library.form(), self.binding, &batch, row);
            let homes = slab.homes(self.desk);
            let rejects = std::mem::take(&mut slab.rejects);
            let (first, middle, last) = slab.split(&homes);
            let middle = middle.map(|block| decide(self.desk, &self.binding.facts, block));
            row += batch.num_rows() as u64;
            pieces.push(Piece { first, middle, last, rejects, rows: batch.num_rows() as u64 });
        }
        Ok(pieces)
    }
}
