//! Facts as the text the register keeps, written straight: the same text that `OneForm::facts_to_json` gives, without a tree
//! of values in between. A city has a hundred thousand households.

use law::form::{Belongs, Fact, FactId, FactRow, Facts, OneForm, SourceId};

/// Writes facts; keys stand in the order of their bytes, as in any document of the register.
pub(crate) struct FactsText<'a> {
    form: &'a OneForm,
    of_household: Vec<(FactId, &'a str)>,
    of_person: Vec<(FactId, &'a str)>,
}

impl<'a> FactsText<'a> {
    pub(crate) fn of(form: &'a OneForm) -> FactsText<'a> {
        let named = |belongs: Belongs| {
            let declared = form.facts().filter(|(_, declaration)| declaration.belongs == belongs);
            let mut keys: Vec<(FactId, &str)> =
                declared.map(|(id, declaration)| (id, declaration.name.as_str())).collect();
            keys.sort_by_key(|(_, name)| *name);
            keys
        };
        FactsText { form, of_household: named(Belongs::Household), of_person: named(Belongs::Person) }
    }

    /// The text of a household's facts.
    pub(crate) fn write(&self, facts: &Facts) -> String {
        let mut out = String::with_capacity(256 + facts.members.len() * 1_500);
        out.push_str("{\"地区\":\"");
        out.push_str(facts.area.as_str());
        out.push_str("\",\"家庭\":");
        self.row(&self.of_household, &facts.household, &mut out);
        out.push_str(",\"成员\":[");
        for (at, member) in facts.members.iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            self.row(&self.of_person, member, &mut out);
        }
        out.push_str("]}");
        out
    }

    fn row(&self, keys: &[(FactId, &str)], row: &FactRow, out: &mut String) {
        out.push('{');
        let mut is_first = true;
        for &(id, name) in keys {
            let Some(fact) = row.get(id) else { continue };
            if !is_first {
                out.push(',');
            }
            is_first = false;
            quoted(name, out);
            out.push(':');
            self.fact(id, &fact, out);
        }
        out.push('}');
    }

    fn fact(&self, id: FactId, fact: &Fact, out: &mut String) {
        let text = self.form.show_value(id, &fact.value);
        if fact.source == SourceId(0) && fact.on.is_none() {
            return quoted(&text, out);
        }
        out.push_str("{\"值\":");
        quoted(&text, out);
        if let Some(on) = fact.on {
            out.push_str(",\"日期\":");
            quoted(&on.to_string(), out);
        }
        out.push_str(",\"来源\":");
        quoted(self.form.source_name(fact.source), out);
        out.push('}');
    }
}

fn quoted(text: &str, out: &mut String) {
    let needs_escape = |c: char| c == '"' || c == '\\' || c.is_control();
    if text.contains(needs_escape) {
        out.push_str(&serde_json::Value::from(text).to_string());
    } else {
        out.push('"');
        out.push_str(text);
        out.push('"');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use values::Day;

    fn form() -> OneForm {
        OneForm::parse("policy/one-form.md", include_str!("../../../policy/one-form.md")).unwrap()
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
        fn the_text_is_that_of_the_form(
            household in proptest::collection::vec((any::<u16>(), any::<usize>(), any::<u8>(), any::<bool>()), 0..20),
            members in proptest::collection::vec(proptest::collection::vec((any::<u16>(), any::<usize>(), any::<u8>(), any::<bool>()), 0..60), 0..4),
        ) {
            let form = form();
            let facts = Facts {
                area: "430302202204".parse().unwrap(),
                household: row(&form, Belongs::Household, &household),
                members: members.iter().map(|cells| row(&form, Belongs::Person, cells)).collect(),
            };
            prop_assert_eq!(FactsText::of(&form).write(&facts), form.facts_to_json(&facts).to_string());
        }
    }

    #[test]
    fn signs_that_json_escapes_are_escaped() {
        let mut out = String::new();
        quoted("a\"b\\c\n", &mut out);
        assert_eq!(out, r#""a\"b\\c\n""#);
    }
}
