//! Facts as the text of a document, written in one pass: a city has eight million facts, and a tree of JSON for each
//! household would cost more than everything else of an import.

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Fact, FactRow, Facts, OneForm, SourceId};

impl OneForm {
    /// Writes facts as the text of a JSON document that [`OneForm::facts_from_json`] reads back as the same facts. The
    /// source most facts share stands once, on the document.
    pub fn facts_to_text(&self, facts: &Facts) -> String {
        let document = Document { form: self, facts, usual: usual_source(facts) };
        serde_json::to_string(&document).expect("facts are texts under names")
    }
}

/// The source of most facts that say no day; of two equals the earlier of the form.
fn usual_source(facts: &Facts) -> SourceId {
    let mut counts = [0usize; 64];
    let rows = std::iter::once(&facts.household).chain(&facts.members);
    for (_, fact) in rows.flat_map(FactRow::iter).filter(|(_, fact)| fact.on.is_none()) {
        counts[usize::from(fact.source.0)] += 1;
    }
    let most = (0..counts.len()).rev().max_by_key(|&at| counts[at]).unwrap_or(0);
    SourceId(most as u8)
}

struct Document<'a> {
    form: &'a OneForm,
    facts: &'a Facts,
    usual: SourceId,
}

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Document { form, facts, usual } = *self;
        let row = |row| Row { form, row, usual };
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("地区", facts.area.as_str())?;
        if usual != SourceId(0) {
            map.serialize_entry("来源", form.source_name(usual))?;
        }
        map.serialize_entry("家庭", &row(&facts.household))?;
        map.serialize_entry("成员", &facts.members.iter().map(row).collect::<Vec<_>>())?;
        map.end()
    }
}

struct Row<'a> {
    form: &'a OneForm,
    row: &'a FactRow,
    usual: SourceId,
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (id, fact) in self.row.iter() {
            let name = &self.form.declaration(id).name;
            let text = self.form.show_value(id, &fact.value);
            if fact.source == self.usual && fact.on.is_none() {
                map.serialize_entry(name, &text)?;
            } else {
                map.serialize_entry(name, &Said { form: self.form, text, fact })?;
            }
        }
        map.end()
    }
}

/// A fact that says who and since when.
struct Said<'a> {
    form: &'a OneForm,
    text: String,
    fact: Fact,
}

impl Serialize for Said<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("值", &self.text)?;
        map.serialize_entry("来源", self.form.source_name(self.fact.source))?;
        if let Some(on) = self.fact.on {
            map.serialize_entry("日期", &on.to_string())?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use values::Day;

    use super::*;
    use crate::form::{Belongs, FactId};

    fn form() -> OneForm {
        OneForm::parse("policy/one-form.md", include_str!("../../../../policy/one-form.md")).unwrap()
    }

    /// Facts of these texts, from these sources, as of these days; texts that are no value of the fact are left out.
    fn row(form: &OneForm, belongs: Belongs, cells: &[(u16, usize, u8, bool)]) -> FactRow {
        const TEXTS: [&str; 8] = ["是", "12.50", "3", "2020-02-29", "农村", "本人", "二级", "在家"];
        FactRow::from_facts(cells.iter().filter_map(|&(id, text, source, has_day)| {
            let id = FactId(id % form.facts().count() as u16);
            let value = form.parse_value(id, TEXTS[text % TEXTS.len()]).ok()?;
            let fact =
                Fact { value, source: SourceId(source % 3), on: has_day.then(|| Day::new(2021, 8, 31).unwrap()) };
            (form.declaration(id).belongs == belongs).then_some((id, fact))
        }))
    }

    proptest! {
        #[test]
        fn the_text_reads_back_as_the_same_facts(
            household in proptest::collection::vec((any::<u16>(), any::<usize>(), any::<u8>(), any::<bool>()), 0..20),
            members in proptest::collection::vec(proptest::collection::vec((any::<u16>(), any::<usize>(), any::<u8>(), any::<bool>()), 0..60), 0..4),
        ) {
            let form = form();
            let facts = Facts {
                area: "430302202204".parse().unwrap(),
                household: row(&form, Belongs::Household, &household),
                members: members.iter().map(|cells| row(&form, Belongs::Person, cells)).collect(),
            };
            let text = form.facts_to_text(&facts);
            let document = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(form.facts_from_json(&document), Ok(facts.clone()));
            prop_assert!(text.len() <= form.facts_to_json(&facts).to_string().len() + "\"来源\":\"本人申报\",".len());
        }
    }
}
