//! Areas by the names that stand in a row; each name is looked up once.

use std::collections::HashMap;

use values::{AreaCode, AreaLevel, AreaTree};

/// Looks areas up.
pub(super) struct Places<'a> {
    tree: &'a AreaTree,
    /// Where names are looked for: the bureau's own city or county.
    home: AreaCode,
    /// Where rows belong that name no place.
    default: Option<AreaCode>,
    known: HashMap<String, Result<AreaCode, String>>,
    key: String,
}

/// The four cells that may name a place; empty ones say nothing.
pub(super) type Named<'r> = [&'r str; 4];

impl<'a> Places<'a> {
    pub(super) fn new(tree: &'a AreaTree, home: AreaCode, default: Option<AreaCode>) -> Places<'a> {
        Places { tree, home, default, known: HashMap::new(), key: String::new() }
    }

    /// The village or township that county, township, village and whole place name.
    pub(super) fn find(&mut self, named: Named<'_>) -> Result<AreaCode, String> {
        self.key.clear();
        for name in named {
            self.key.push_str(name);
            self.key.push('\n');
        }
        if let Some(found) = self.known.get(&self.key) {
            return found.clone();
        }
        let found = self.look_up(named);
        self.known.insert(self.key.clone(), found.clone());
        found
    }

    fn look_up(&self, named: Named<'_>) -> Result<AreaCode, String> {
        let [county, township, village, place] = named;
        let mut area = self.default.unwrap_or(self.home);
        if !place.is_empty() {
            area = self.of_whole_place(place)?;
        }
        for (name, level) in [(county, "县（市、区）"), (township, "乡镇（街道）"), (village, "村（居）")]
        {
            if name.is_empty() {
                continue;
            }
            // the county column may name the county that was given as the default
            let names_itself = self.tree.name(&area) == Some(name) || self.tree.plain_name(&area) == Some(name);
            if !names_itself {
                let within = if level == "县（市、区）" { self.home } else { area };
                let within = if area.level() == AreaLevel::Village { area.township() } else { within };
                area = self.tree.find(&within, name).ok_or_else(|| self.not_found(&within, name, level))?;
            }
        }
        match area.level() {
            AreaLevel::Village | AreaLevel::Township => Ok(area),
            AreaLevel::County if self.default.is_some() => Ok(area),
            _ => Err("没有写明乡镇（街道）和村（居）；请补上这几列，或在导入时用 --area 指明是哪个乡镇或村".to_owned()),
        }
    }

    /// A whole path, or a code.
    fn of_whole_place(&self, place: &str) -> Result<AreaCode, String> {
        if let Ok(code) = place.parse::<AreaCode>() {
            return self.tree.get(&code).map(|_| code).ok_or_else(|| "区划代码不在区划表里；请核对".to_owned());
        }
        let plain = place.strip_prefix("湖南省").unwrap_or(place);
        self.tree.find(&self.home, plain).ok_or_else(|| self.not_found(&self.home, place, "地方"))
    }

    fn not_found(&self, within: &AreaCode, name: &str, level: &str) -> String {
        let within_name = self.tree.path(within);
        let shown: String = name.chars().take(20).collect();
        let stand_here: Vec<String> = self
            .tree
            .children(within)
            .iter()
            .filter_map(|area| self.tree.plain_name(&area.code))
            .map(str::to_owned)
            .collect();
        let near = law::diagnostic::nearest(name, stand_here.iter().map(String::as_str));
        let near = near.map(|near| format!("；是不是“{near}”？")).unwrap_or_default();
        format!("{within_name}里找不到叫“{shown}”的{level}，或有几个同名的{near}；请按区划全称填写")
    }
}
