//! Facts as JSON: `{"地区":"430302202204","家庭":{"户口":"农村"},"成员":[{"关系":"本人","工资":"600"}]}`.
//!
//! A value is a text, a number, a yes/no, or `{"值","来源","日期"}`. A document may name the source of all facts that name none,
//! `"来源":"花名册"`; else they are the resident's own word. Names and ID numbers have no place in it.

use serde::Serialize;
use serde_json::{Map, Value as Json, json};
use values::{AreaCode, Day};

use super::{Belongs, Fact, FactRow, Facts, OneForm, SourceId};
use crate::diagnostic::nearest;

/// What is wrong with a document of facts, and where in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{place}：{why}")]
pub struct FactsError {
    /// Where: `成员 2 · 工资`.
    pub place: String,
    /// What, in Chinese.
    pub why: String,
}

/// A household has at most so many members in a document.
const MAX_MEMBERS: usize = crate::MAX_MEMBERS;

impl OneForm {
    /// Reads facts from JSON.
    ///
    /// # Errors
    /// Everything that is wrong, each with its place.
    pub fn facts_from_json(&self, json: &Json) -> Result<Facts, Vec<FactsError>> {
        let mut errors = Vec::new();
        let mut facts = Facts { area: AreaCode::NATION, household: FactRow::default(), members: Vec::new() };
        let Some(object) = json.as_object() else { return Err(vec![wrong("全文", "应是一个对象 { … }")]) };
        let usual = match self.usual_source(object.get("来源")) {
            Ok(source) => source,
            Err(error) => return Err(vec![error]),
        };
        for (key, part) in object {
            match key.as_str() {
                "来源" => {}
                "地区" => match part.as_str().unwrap_or("").parse() {
                    Ok(area) => facts.area = area,
                    Err(error) => errors.push(wrong("地区", error)),
                },
                "家庭" => facts.household = self.row(part, Belongs::Household, "家庭", usual, &mut errors),
                "成员" => facts.members = self.members(part, usual, &mut errors),
                other => errors.push(wrong(other, "不认识；只有 地区、来源、家庭、成员 四部分")),
            }
        }
        if !object.contains_key("地区") {
            errors.push(wrong("地区", "没有写"));
        }
        if errors.is_empty() { Ok(facts) } else { Err(errors) }
    }

    fn usual_source(&self, named: Option<&Json>) -> Result<SourceId, FactsError> {
        let Some(named) = named else { return Ok(SourceId(0)) };
        let name = named.as_str().unwrap_or("");
        self.source(name).ok_or_else(|| wrong("来源", format!("来源“{name}”不认识")))
    }

    fn members(&self, json: &Json, usual: SourceId, errors: &mut Vec<FactsError>) -> Vec<FactRow> {
        let Some(list) = json.as_array().filter(|list| list.len() <= MAX_MEMBERS) else {
            errors.push(wrong("成员", format!("应是一个列表 [ … ]，最多 {MAX_MEMBERS} 人")));
            return Vec::new();
        };
        let rows = list.iter().enumerate();
        rows.map(|(at, member)| self.row(member, Belongs::Person, &format!("成员 {}", at + 1), usual, errors)).collect()
    }

    fn row(
        &self,
        json: &Json,
        belongs: Belongs,
        place: &str,
        usual: SourceId,
        errors: &mut Vec<FactsError>,
    ) -> FactRow {
        let Some(object) = json.as_object() else {
            errors.push(wrong(place, "应是一个对象 { … }"));
            return FactRow::default();
        };
        let mut row = FactRow::default();
        for (name, part) in object {
            let here = format!("{place} · {name}");
            match self.fact(name).filter(|&id| self.declaration(id).belongs == belongs) {
                None => errors.push(wrong(here, self.unknown_fact(name, belongs))),
                Some(id) => match self.one_fact(id, part, usual) {
                    Ok(None) => {}
                    Ok(Some(fact)) => row.set(id, fact),
                    Err(why) => errors.push(wrong(here, why)),
                },
            }
        }
        row
    }

    fn unknown_fact(&self, name: &str, belongs: Belongs) -> String {
        let names = self.facts.iter().filter(|decl| decl.belongs == belongs).map(|decl| decl.name.as_str());
        match nearest(name, names) {
            Some(near) => format!("一张表里没有这一项；是不是“{near}”？"),
            None => "一张表里没有这一项".to_owned(),
        }
    }

    /// `null` and empty text are unknown.
    fn one_fact(&self, id: super::FactId, json: &Json, usual: SourceId) -> Result<Option<Fact>, String> {
        let (value, source, on) = match json.as_object() {
            None => (json, None, None),
            Some(object) => (object.get("值").unwrap_or(&Json::Null), object.get("来源"), object.get("日期")),
        };
        let text = match value {
            Json::Null => return Ok(None),
            Json::String(text) if text.trim().is_empty() => return Ok(None),
            Json::String(text) => text.clone(),
            Json::Number(number) => number.to_string(),
            Json::Bool(yes) => if *yes { "是" } else { "否" }.to_owned(),
            Json::Array(_) | Json::Object(_) => return Err("值应是文字".to_owned()),
        };
        let value = self.parse_value(id, &text).map_err(|error| error.to_string())?;
        let source = match source.map(|source| source.as_str().unwrap_or("")) {
            None => usual,
            Some(name) => self.source(name).ok_or_else(|| format!("来源“{name}”不认识"))?,
        };
        let on = on.map(|on| Day::parse(on.as_str().unwrap_or(""))).transpose().map_err(|error| error.to_string())?;
        Ok(Some(Fact { value, source, on }))
    }

    /// Writes facts as JSON; reads back as the same facts.
    pub fn facts_to_json(&self, facts: &Facts) -> Json {
        let members: Vec<Json> = facts.members.iter().map(|row| self.row_to_json(row)).collect();
        json!({"地区": facts.area.as_str(), "家庭": self.row_to_json(&facts.household), "成员": members})
    }

    fn row_to_json(&self, row: &FactRow) -> Json {
        let mut object = Map::new();
        for (id, fact) in row.iter() {
            let text = self.show_value(id, &fact.value);
            let part = match (fact.source, fact.on) {
                (SourceId(0), None) => json!(text),
                (source, None) => json!({"值": text, "来源": self.source_name(source)}),
                (source, Some(on)) => json!({"值": text, "来源": self.source_name(source), "日期": on.to_string()}),
            };
            object.insert(self.declaration(id).name.to_string(), part);
        }
        Json::Object(object)
    }
}

fn wrong(place: impl Into<String>, why: impl ToString) -> FactsError {
    FactsError { place: place.into(), why: why.to_string() }
}
