//! Sight (可见范围): how far somebody sees. A query about persons and cases takes one, and there are only two ways to get one: from a
//! grant in force, or for the house itself with the reason written beside it.

use values::AreaCode;

use crate::Grant;

/// An area that was granted, not typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sight {
    within: AreaCode,
}

impl Sight {
    /// As far as a grant reaches.
    pub fn of(grant: &Grant) -> Sight {
        Sight { within: grant.office }
    }

    /// For what runs by itself or stands on the machine already (a nightly job, the command line): the whole register. The reason stays
    /// in the source, where a reader looks for every use.
    pub fn of_the_house(_reason: &'static str) -> Sight {
        Sight { within: AreaCode::NATION }
    }

    /// The same sight, looking at a smaller place inside it; none when the place lies outside.
    pub fn narrowed(self, place: AreaCode) -> Option<Sight> {
        self.reaches(&place).then_some(Sight { within: place })
    }

    /// The area.
    pub fn within(&self) -> AreaCode {
        self.within
    }

    /// Whether a place lies in it.
    pub fn reaches(&self, place: &AreaCode) -> bool {
        self.within.contains(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use casework::case::Role;

    #[test]
    fn sight_only_narrows() {
        let area = |text: &str| text.parse::<AreaCode>().unwrap();
        let sight = Sight::of(&Grant { role: Role::TownshipClerk, office: area("430302202") });
        assert!(sight.reaches(&area("430302202204")) && !sight.reaches(&area("430302203")));
        let village = sight.narrowed(area("430302202204")).unwrap();
        assert!(!village.reaches(&area("430302202205")));
        assert_eq!(village.narrowed(area("430302202")), None, "nobody widens it again");
        assert_eq!(sight.narrowed(area("430304")), None);
    }
}
