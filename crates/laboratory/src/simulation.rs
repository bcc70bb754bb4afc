//! A reform (方案) beside its baseline (现行), household by household.
//!
//! Both sets of books judge the same facts of the same months. What counts as what:
//!
//! - An answer is one programme for one household, or for one member where the programme decides for persons.
//! - A household draws the best lawful combination ([`law::combine`]) of what it is eligible for: of what excludes each other, what
//!   gives more; what follows from another right (享受低保) comes and goes with it. Only what is drawn is counted and paid.
//! - 新符合: drawn under the reform in some month asked, under the baseline in none. 不再符合: the other way round.
//! - A household's help of a year is twelve times the mean of its monthly amounts over the months asked, and each amount a
//!   year once. What is paid once in a life (元) is shown by programme and left out of the household's help and the year's cost.
//! - 受益 / 受损 / 不变: help under the reform is more than, less than, the same as under the baseline, to the fen.
//! - 临界 (within x %): the answer under the reform in the first month turns between 符合 and 不符合 when all of the household's
//!   facts in yuan are x % less or x % more.
//! - What unknown answers hang on is told of the reform in the first month.
//! - Where more combinations are thinkable than can be tried, the household is counted as unsettled; one with too many members
//!   to try any draws nothing on either side.

use law::form::Facts;
use law::{Library, ProgrammeInfo};
use rayon::prelude::*;
use values::Month;

use crate::disclosure::Disclosure;
use crate::findings::Findings;
use crate::refusal::LabRefusal;
use crate::tally::Tally;

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question<'l> {
    /// 现行: the books as they are.
    pub baseline: &'l Library,
    /// 方案: the books as they would be.
    pub reform: &'l Library,
    /// Months in a row.
    pub months: Vec<Month>,
    /// 临界: so many percent; none to leave it out (it doubles the work of the first month).
    pub margin_percent: Option<u8>,
}

/// A programme of either set of books.
#[derive(Clone, Debug)]
pub(crate) struct Programme {
    pub(crate) info: ProgrammeInfo,
    /// Its place in the baseline's and the reform's list.
    pub(crate) places: [Option<usize>; 2],
}

/// Households come in, findings come out.
#[derive(Debug)]
pub struct Simulation<'l> {
    pub(crate) question: Question<'l>,
    pub(crate) programmes: Vec<Programme>,
    tally: Tally,
}

/// So many households are one piece of work.
const PIECE: usize = 2_048;

impl<'l> Simulation<'l> {
    /// Prepares the question.
    ///
    /// # Errors
    /// No month; two sets of books with different forms.
    pub fn new(question: Question<'l>) -> Result<Simulation<'l>, LabRefusal> {
        if question.months.is_empty() {
            return Err(LabRefusal::NoMonth);
        }
        if !question.baseline.form().facts().eq(question.reform.form().facts()) {
            return Err(LabRefusal::FormsDiffer);
        }
        let programmes = programmes(question.baseline, question.reform);
        let tally = Tally::new(programmes.len(), question.months.len());
        Ok(Simulation { question, programmes, tally })
    }

    /// Judges more households, on all cores; the findings do not depend on how they are cut into calls.
    pub fn add(&mut self, households: &[Facts]) {
        let pieces: Vec<&[Facts]> = households.chunks(PIECE).collect();
        let weigh = |piece: &&[Facts]| self.weigh(piece);
        let weighed: Vec<Tally> = pieces.par_iter().map(weigh).collect();
        weighed.into_iter().for_each(|piece| self.tally.add(piece));
    }

    /// What came out.
    pub fn finish(self, disclosure: Disclosure) -> Findings {
        let Simulation { question, programmes, tally } = self;
        Findings::of(&question, &programmes, tally, disclosure)
    }
}

fn programmes(baseline: &Library, reform: &Library) -> Vec<Programme> {
    let place = |library: &Library, id: &str| library.programmes().iter().position(|info| info.id == id);
    let only_reform = reform.programmes().iter().filter(|info| baseline.programme(&info.id).is_none());
    let all = baseline.programmes().iter().chain(only_reform);
    all.map(|info| Programme { info: info.clone(), places: [place(baseline, &info.id), place(reform, &info.id)] })
        .collect()
}
