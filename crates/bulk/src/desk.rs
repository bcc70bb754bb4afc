//! The books, bound to the questions of a run: a plan for each ground (areas that are decided alike), shared by all threads.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, RwLock};

use law::columns::{Asked, NO_REASON, Plan};
use law::{Answer, Gives, Library, Verdict};
use values::{AreaCode, Month};

use crate::answer::NO_WORD;
use crate::digest;

/// The books, bound to the questions of a run.
pub(crate) struct Desk<'l> {
    pub(crate) library: &'l Library,
    programmes: Vec<String>,
    months: Vec<Month>,
    given: Option<AreaCode>,
    named: BTreeSet<AreaCode>,
    known: RwLock<Known<'l>>,
    /// The questions, in the order of the answers.
    pub(crate) asked: Vec<Asked>,
    /// All reasons that the books can give.
    pub(crate) reasons: Vec<String>,
    /// Of each question, whether it is about money; recognition and things have no amount.
    pub(crate) pays: Vec<bool>,
    pub(crate) asked_digests: Vec<u64>,
    pub(crate) reason_digests: Vec<u64>,
}

/// The areas seen so far.
#[derive(Default)]
struct Known<'l> {
    homes: BTreeMap<AreaCode, Home<'l>>,
    grounds: BTreeMap<AreaCode, Arc<Ground<'l>>>,
}

/// Where households are registered, and by what they are decided there.
#[derive(Clone, Debug)]
pub(crate) struct Home<'l> {
    /// A number for the area's code.
    pub(crate) digest: u64,
    pub(crate) ground: Arc<Ground<'l>>,
}

/// Areas that are decided alike.
#[derive(Debug)]
pub(crate) struct Ground<'l> {
    pub(crate) area: AreaCode,
    pub(crate) plan: Plan<'l>,
    /// For each question: the reasons of its conditions and of its doubts, as places in the desk's list.
    pub(crate) reasons: Vec<[Vec<u16>; 2]>,
}

/// The area a row writes; the given one for a row that says none.
///
/// # Errors
/// What is wrong with the text, for its row.
pub(crate) fn area_of(text: Option<&str>, given: Option<AreaCode>) -> Result<AreaCode, String> {
    match (text.filter(|text| !text.trim().is_empty()), given) {
        (Some(text), _) => text.parse().map_err(|error| format!("：{error}")),
        (None, Some(given)) => Ok(given),
        (None, None) => Err("空着；写上区划代码，或者用 --area 写明".to_owned()),
    }
}

impl<'l> Desk<'l> {
    /// A desk for these questions; `given` is the area of households that say none.
    pub(crate) fn new(
        library: &'l Library,
        programmes: &[String],
        months: &[Month],
        given: Option<AreaCode>,
    ) -> Desk<'l> {
        let ids: Vec<&str> = programmes.iter().map(String::as_str).collect();
        let asked = library.plan(&ids, months, AreaCode::NATION).asked().to_vec();
        let reasons = library.reason_names(&ids, months);
        let pays = |asked: &Asked| {
            library.programme(&asked.programme).is_some_and(|info| matches!(info.gives, Gives::Money(_)))
        };
        Desk {
            pays: asked.iter().map(pays).collect(),
            asked_digests: asked
                .iter()
                .map(|asked| digest::mix(digest::of_text(&asked.programme), digest::of_text(&asked.month.to_string())))
                .collect(),
            reason_digests: reasons.iter().map(|name| digest::of_text(name)).collect(),
            library,
            programmes: programmes.to_vec(),
            months: months.to_vec(),
            given,
            named: library.areas_named(),
            known: RwLock::default(),
            asked,
            reasons,
        }
    }

    /// The home a row writes; the given one for a row that says none.
    ///
    /// # Errors
    /// What is wrong with the text, for its row.
    pub(crate) fn home(&self, text: Option<&str>) -> Result<Home<'l>, String> {
        area_of(text, self.given).map(|code| self.at(code))
    }

    /// The home of households that are not decided.
    pub(crate) fn nowhere(&self) -> Home<'l> {
        self.at(AreaCode::NATION)
    }

    fn at(&self, code: AreaCode) -> Home<'l> {
        if let Some(home) = self.known.read().expect("no thread failed").homes.get(&code) {
            return home.clone();
        }
        let mut ancestors = std::iter::successors(Some(code), AreaCode::parent);
        let area = ancestors.find(|area| self.named.contains(area)).unwrap_or(AreaCode::NATION);
        let mut known = self.known.write().expect("no thread failed");
        let ground = known.grounds.entry(area).or_insert_with(|| Arc::new(self.ground(area))).clone();
        let home = Home { digest: digest::of_text(code.as_str()), ground };
        known.homes.insert(code, home.clone());
        home
    }

    fn ground(&self, area: AreaCode) -> Ground<'l> {
        let ids: Vec<&str> = self.programmes.iter().map(String::as_str).collect();
        let plan = self.library.plan(&ids, &self.months, area);
        let reasons = plan
            .asked()
            .iter()
            .map(|asked| [Answer::Refused, Answer::NeedsPerson].map(|outcome| self.reasons_of(asked, area, outcome)));
        Ground { area, reasons: reasons.collect(), plan }
    }

    fn reasons_of(&self, asked: &Asked, area: AreaCode, outcome: Answer) -> Vec<u16> {
        let name = |number: u16| {
            let verdict = Verdict { outcome, amount: None, reason: Some(number), counted: 0 };
            self.library.verdict_reason(&asked.programme, asked.month, &area, &verdict).map(|reason| reason.name)
        };
        let place = |name: &str| self.reasons.iter().position(|reason| *reason == name).map_or(NO_WORD, |at| at as u16);
        (0..NO_REASON).map_while(name).map(|name| place(&name)).collect()
    }
}
