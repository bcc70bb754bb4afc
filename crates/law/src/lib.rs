//! The law room: policy books (政策书) in Chinese Markdown that residents read, clerks correct and this room executes.
//!
//! In: the text of the books, a month, an area, the facts of a household. Out: determinations with every reason, article,
//! missing fact and a receipt. Not here on purpose: clocks, disks, networks, random numbers, floating point, and every legal
//! figure: figures stand in `policy/` with their citation.

pub mod benefit;
mod book;
mod bulk;
mod check;
pub mod columns;
mod combination;
mod contents;
mod counterfactual;
pub mod determination;
pub mod diagnostic;
mod engine;
mod explain;
pub mod form;
mod language;
mod letter;
mod library;
mod overlap;
pub mod page;
mod people;
pub mod procedure;
mod promise;
mod question;
mod reading;
mod reform;
mod tables;
mod trial;
mod what_if;

pub use benefit::{AmountPer, Gives, Part, ServiceItem};
pub use book::ProgrammeUnit;
pub use bulk::Judged;
pub use check::{BookSummary, ByHand, CheckReport, Layer, Unexercised, check};
pub use combination::{Awarded, Choice, Combination, Combined, Together, combine};
pub use contents::{BookContents, BookItem, FigureItem, ItemSort};
pub use counterfactual::{Becomes, Counterfactual, counterfactuals};
pub use determination::{Determination, Explanation, Missing, Outcome, Reason, Receipt, Used};
pub use diagnostic::{Diagnostic, Severity};
pub use engine::quick::{Answer, Verdict};
pub use explain::{Answered, Explained, explain};
pub use library::{ENGINE, Library, MAX_MEMBERS, ParameterValue, ProgrammeInfo};
pub use overlap::{Exclusive, How, Overlap};
pub use people::People;
pub use procedure::{Limit, Procedure, Remedy, RemedyKind, Span, Step, Term};
pub use promise::{Broken, PromiseProof};
pub use question::{Cost, Question, next_question, questions};
pub use reading::{Version, Worked};
pub use reform::FigureChange;
pub use trial::{CaseResult, TestReport, answer, test};
