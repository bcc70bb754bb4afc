//! What pages are made of: plain functions from values to markup. In: values and words. Out: markup. Not here on purpose:
//! the store, the request, and any choice about what a person may see.

mod amount;
mod bars;
mod clock;
mod field;
mod identity;
mod light;
mod reasons;
mod spine;
mod table;

pub use amount::{count, day, month, month_words, of_text, yuan, yuan_exact, yuan_words};
pub use bars::{BarRow, Tile, TileCounty, bars, tiles};
pub use clock::{Clock, ClockState, Pause, clock};
pub use field::{Choice, Field, FieldError, Input, error_summary, field, hidden};
pub use identity::{Identity, identity};
pub use light::{Light, light};
pub use reasons::{ReasonLine, reasons};
pub use spine::{SpineRow, SpineState, spine};
pub use table::{Cell, Column, Row, Table, table};
