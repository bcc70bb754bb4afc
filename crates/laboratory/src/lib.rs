//! The laboratory room (政策实验室): what other figures or other books would change, for whom, how much, and how sure that is.
//!
//! In: two libraries of books, months, the facts of households. Out: findings as values, as tables and charts, and as a report
//! that a head of bureau can read. Not here on purpose: reading households and books (the outer rooms do), deciding what a
//! household gets (`law` does), floating point (charts count in thousandths), and any choice between two policies.

pub mod charts;
pub mod cliffs;
mod decimal;
pub mod difference;
mod disclosure;
mod findings;
pub mod households;
mod maker;
mod margin;
mod reform;
mod refusal;
pub mod report;
mod simulation;
mod svg;
mod table;
mod tally;
mod words;

pub use disclosure::{Disclosure, Shown};
pub use findings::*;
pub use margin::scaled;
pub use reform::{Reform, Setting};
pub use refusal::LabRefusal;
pub use simulation::{Question, Simulation};
pub use svg::Svg;
pub use table::Table;
pub use words::{caveats, sentences, words};
