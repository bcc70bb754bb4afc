//! The bulk room: flat tables of households in, answers of the books out; Parquet, Arrow and CSV.
//!
//! In: a table with one row a person, in files or on standard input, as `docs/scale.md` describes it. Out: a table of
//! answers in the order of the input, and a receipt that adds up over partitions. Rows are read in batches and decided on
//! all cores; memory does not grow with the file. Not here on purpose: the law itself ([`law::columns`] decides), words on a
//! terminal, and every choice between two programmes.
//!
//! The way of a batch: [`source`] reads it, [`bind`] knows which column is which fact, [`lanes`] makes numbers of it,
//! [`slab`] finds the households, [`desk`] and [`decide`] ask the books, [`stitch`] joins the household that a batch cut in two, and
//! [`sink`] writes. [`families`] is the other way: households as facts, for the policy laboratory.

mod answer;
mod bind;
mod block;
mod decide;
mod desk;
mod digest;
mod failure;
mod families;
mod lanes;
mod place;
mod receipt;
mod reject;
mod rows;
mod run;
mod schema;
mod sink;
mod slab;
mod source;
mod stdin;
mod stitch;
mod texts;
mod usage;
mod workshop;

pub use failure::BulkError;
pub use families::{Table, Take};
pub use place::{Format, Place};
pub use receipt::Receipt;
pub use reject::Reject;
pub use run::{Job, Progress, Report, Standard, run};
pub use schema::{SchemaColumn, schema, schema_page};
pub use stdin::stoppable_stdin;
pub use usage::Usage;
