//! Asks the policy books what every made family is due, so that no amount is invented.

use values::{AreaCode, Fen};

use crate::person::*;

/// What the books say to a family as it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It draws what it is due (or truly draws nothing), and the amounts are filled in.
    Agreed,
    /// It is not what its maker meant; why, for the person who mends the maker.
    Disagreed(String),
}

/// Who says what families are due.
pub(crate) trait Judge {
    /// The dibao standard a family's income is aimed at.
    fn dibao_standard(&self, area: &AreaCode, hukou: Hukou) -> Fen;

    /// Fills in the amounts, family by family.
    fn judge(&self, families: &mut [Household]) -> Vec<Verdict>;
}
