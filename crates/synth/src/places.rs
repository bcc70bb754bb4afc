//! The villages of the city, and how many people of which kind live in each.

use values::{AreaCode, AreaLevel, AreaTree};

use crate::CityError;
use crate::dice::Dice;
use crate::person::Hukou;

/// Residents of a village in hundreds, roughly, by county (population at the end of 2021 over the number of villages;
/// 九华 lies in 雨湖区, 高新 and 昭山 in 岳塘区). Only the shape of the city depends on it.
const HUNDREDS: &[(&str, u64)] = &[
    ("430302", 46),
    ("430304", 52),
    ("430321", 22),
    ("430371", 52),
    ("430372", 52),
    ("430373", 46),
    ("430381", 21),
    ("430382", 27),
];

/// One village or urban community, with the names a roster writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Village {
    /// Twelve digits.
    pub code: AreaCode,
    /// 县市区.
    pub county: String,
    /// 乡镇街道.
    pub township: String,
    /// 村居.
    pub name: String,
    /// A residents' committee (居委会: last three digits below 200) or a village committee.
    pub hukou: Hukou,
}

/// All villages, by code, with the weights that send people to them.
pub(crate) struct Places {
    pub(crate) villages: Vec<Village>,
    urban: Vec<u64>,
    rural: Vec<u64>,
}

impl Places {
    /// Reads the areas of a city.
    pub(crate) fn from_csv(areas_csv: &str, dice: &mut Dice) -> Result<Places, CityError> {
        let tree = AreaTree::from_csv(areas_csv).map_err(|error| CityError::Areas(error.to_string()))?;
        let name = |code: AreaCode| tree.name(&code).unwrap_or_default().to_owned();
        let villages: Vec<Village> = tree
            .of_level(AreaLevel::Village)
            .into_iter()
            .map(|area| Village {
                code: area.code,
                county: name(area.code.county()),
                township: name(area.code.township()),
                name: area.name.clone(),
                hukou: hukou_of(&area.code),
            })
            .collect();
        if !villages.iter().any(|v| v.hukou == Hukou::Urban) || !villages.iter().any(|v| v.hukou == Hukou::Rural) {
            return Err(CityError::Areas("区划表里要有村委会，也要有居委会".to_owned()));
        }
        let (mut urban, mut rural) = (Vec::new(), Vec::new());
        for village in &villages {
            let people = hundreds(&village.code) * (60 + dice.below(81));
            let few = people / 12; // every committee has some households of the other kind
            let (in_town, in_fields) = if village.hukou == Hukou::Urban { (people, few) } else { (few, people) };
            urban.push(urban.last().copied().unwrap_or(0) + in_town);
            rural.push(rural.last().copied().unwrap_or(0) + in_fields);
        }
        Ok(Places { villages, urban, rural })
    }

    /// A village for a household of that kind.
    pub(crate) fn draw(&self, dice: &mut Dice, hukou: Hukou) -> &Village {
        let rising = match hukou {
            Hukou::Urban => &self.urban,
            Hukou::Rural => &self.rural,
        };
        &self.villages[dice.place(rising)]
    }

    /// The villages whose committee is of that kind.
    pub(crate) fn of(&self, hukou: Hukou) -> Vec<AreaCode> {
        self.villages.iter().filter(|village| village.hukou == hukou).map(|village| village.code).collect()
    }

    /// The village of a code that came from here.
    pub(crate) fn get(&self, code: &AreaCode) -> &Village {
        let at = self.villages.binary_search_by_key(code, |village| village.code).expect("a code of this city");
        &self.villages[at]
    }
}

fn hukou_of(code: &AreaCode) -> Hukou {
    match &code.as_str()[9..] {
        committee if committee < "200" => Hukou::Urban,
        _ => Hukou::Rural,
    }
}

fn hundreds(code: &AreaCode) -> u64 {
    HUNDREDS.iter().find(|(county, _)| *county == code.county6()).map_or(30, |(_, hundreds)| *hundreds)
}
