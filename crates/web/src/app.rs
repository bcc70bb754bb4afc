//! What the pages stand on, given by the caller: the registry, the law, the calendar, the areas, and what day it is.

use std::sync::Arc;

use casework::case::rules::CountyRules;
use law::Library;
use law::form::{Facts, OneForm};
use values::{AreaCode, AreaLevel, AreaTree, Day, Month, WorkCalendar};

use crate::patience::Patience;
use crate::registry::Registry;

/// What time it is, as the caller says; this room never looks at a watch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The civil day in Asia/Shanghai.
    pub day: Day,
    /// The instant, RFC 3339, for the record of an act.
    pub at: String,
    /// The instant in milliseconds since 1970, for making ids.
    pub unix_ms: i64,
}

/// Asks the caller what time it is.
pub type Clock = Arc<dyn Fn() -> Moment + Send + Sync>;

/// What the pages stand on.
pub struct App {
    /// The registry.
    pub registry: Registry,
    /// How often wrong tails were tried today.
    pub patience: Patience,
    /// The policy books, path and text, as residents read them.
    pub books: Vec<(String, String)>,
    /// The law, ready to answer.
    pub library: Arc<Library>,
    /// What counties decide for themselves.
    pub rules: Arc<CountyRules>,
    /// An invented town on which the laboratory tries other figures; nobody in it is real.
    pub invented: Arc<Vec<Facts>>,
    /// Working days.
    pub calendar: Arc<WorkCalendar>,
    /// The tree of areas.
    pub areas: Arc<AreaTree>,
    /// The village over which the demo's seats stand.
    pub demo_village: AreaCode,
    /// What time it is.
    pub clock: Clock,
    /// Thirty-two random bytes of this process: they seal the cookie of the resident's page.
    pub seal_key: [u8; 32],
}

impl App {
    /// The time, as the caller says.
    pub fn moment(&self) -> Moment {
        (self.clock)()
    }

    /// 一张表.
    pub fn form(&self) -> &OneForm {
        self.library.form()
    }

    /// The city.
    pub fn city(&self) -> AreaCode {
        self.demo_village.at(AreaLevel::City)
    }

    /// The city's name: `湘潭市`.
    pub fn city_name(&self) -> String {
        self.areas.name(&self.city()).unwrap_or_default().to_owned()
    }

    /// True when the register holds invented people only.
    pub async fn is_synthetic(&self) -> bool {
        self.registry.is_synthetic().await
    }

    /// The title of a programme; its id when no book knows it.
    pub fn title_of<'a>(&'a self, programme: &'a str) -> &'a str {
        self.library.programme(programme).map_or(programme, |info| &info.title)
    }

    /// Short and full names of the texts that a programme's book cites, as it is in force in that month and area.
    pub fn texts_of(&self, programme: &str, month: Month, area: &AreaCode) -> &[(String, String)] {
        self.library.texts(programme, month, area)
    }

    /// A place as people write it: `湘潭市雨湖区长城乡新石村`.
    pub fn place(&self, area: &AreaCode) -> String {
        self.areas.path(area)
    }
}
