//! What was said so far. The whole of it travels in the form, in the order it was said: nothing is stored, nothing stands in an
//! address or a log, and there is no place for a name.

use std::collections::BTreeSet;

use law::form::{Belongs, Fact, FactId, FactRow, Facts, OneForm, SourceId, Value};
use values::AreaCode;

use crate::typed::Typed;
use crate::words::ask as w;

/// Whose fact: the household's, or a member's (from 0).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slot {
    /// The fact.
    pub fact: FactId,
    /// The member; none for the household.
    pub member: Option<usize>,
}

/// An answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// A value of the fact's kind.
    Known(Value),
    /// 不知道; it is not asked again.
    DontKnow,
}

/// A family has at most so many members here.
pub const MOST_PEOPLE: usize = 12;

/// What was said so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Talk {
    /// The programme asked for, or [`w::ALL`]; empty when none was chosen.
    pub programme: String,
    /// The county.
    pub area: Option<AreaCode>,
    /// Relations to the first, who is 本人.
    pub people: Vec<String>,
    /// True when nobody is to be added.
    pub has_everybody: bool,
    /// Answers, each slot once, in the order they were first given.
    pub answers: Vec<(Slot, Said)>,
}

impl Talk {
    /// Reads what the form carried; what does not fit is left out.
    pub fn read(form: &OneForm, typed: &Typed) -> Talk {
        let relation = form.fact(w::RELATION);
        let mut people = vec![w::SELF.to_owned()];
        let fits = |who: &String| relation.is_some_and(|fact| form.parse_value(fact, who).is_ok());
        people.extend(typed.all("who").into_iter().skip(1).filter(fits).take(MOST_PEOPLE - 1));
        let mut talk = Talk {
            programme: typed.get("for").to_owned(),
            area: typed.get("area").parse().ok(),
            people,
            has_everybody: typed.get("everybody") == "1",
            answers: Vec::new(),
        };
        for (name, text) in &typed.0 {
            if let Some((slot, said)) = talk.slot(form, name).and_then(|slot| Some((slot, said(form, slot, text)?))) {
                talk.answer(slot, said);
            }
        }
        talk
    }

    fn slot(&self, form: &OneForm, name: &str) -> Option<Slot> {
        let (whose, fact) = name.split_once('.')?;
        let fact = form.fact(fact).filter(|id| form.declaration(*id).name != w::RELATION)?;
        let member = match (form.declaration(fact).belongs, whose.strip_prefix('m')) {
            (Belongs::Household, None) if whose == "h" => None,
            (Belongs::Person, Some(number)) => Some(number.parse().ok().filter(|n| *n < self.people.len())?),
            (Belongs::Household | Belongs::Person, _) => return None,
        };
        Some(Slot { fact, member })
    }

    /// Notes an answer; an earlier one of the same slot is replaced and keeps its place.
    pub fn answer(&mut self, slot: Slot, said: Said) {
        match self.answers.iter_mut().find(|(other, _)| *other == slot) {
            Some((_, old)) => *old = said,
            None => self.answers.push((slot, said)),
        }
    }

    /// Takes the last person away, with all that was said of him; the first stays.
    pub fn drop_last(&mut self) {
        if self.people.len() > 1 {
            self.people.pop();
            let gone = Some(self.people.len());
            self.answers.retain(|(slot, _)| slot.member != gone);
        }
    }

    /// The fields that carry it.
    pub fn fields(&self, form: &OneForm) -> Vec<(String, String)> {
        let mut fields = vec![("for".to_owned(), self.programme.clone())];
        fields.extend(self.area.iter().map(|area| ("area".to_owned(), area.to_string())));
        fields.extend(self.people.iter().map(|who| ("who".to_owned(), who.clone())));
        if self.has_everybody {
            fields.push(("everybody".to_owned(), "1".to_owned()));
        }
        fields.extend(self.answers.iter().map(|(slot, said)| (field(form, *slot), text(form, *slot, *said))));
        fields
    }

    /// What is known, as facts; the source of all is the resident's own word.
    pub fn facts(&self, form: &OneForm, elsewhere: AreaCode) -> Facts {
        let area = self.area.unwrap_or(elsewhere);
        let told = |value| Fact { value, source: SourceId(0), on: None };
        let mut facts = Facts { area, household: FactRow::default(), members: vec![] };
        for relation in &self.people {
            let mut row = FactRow::default();
            if let Some(id) = form.fact(w::RELATION)
                && let Ok(value) = form.parse_value(id, relation)
            {
                row.set(id, told(value));
            }
            facts.members.push(row);
        }
        for (slot, said) in &self.answers {
            let Said::Known(value) = said else { continue };
            match slot.member {
                None => facts.household.set(slot.fact, told(*value)),
                Some(at) => facts.members[at].set(slot.fact, told(*value)),
            }
        }
        facts
    }

    /// Slots to which the answer was 不知道.
    pub fn declined(&self) -> BTreeSet<Slot> {
        self.answers.iter().filter(|(_, said)| *said == Said::DontKnow).map(|(slot, _)| *slot).collect()
    }

    /// Facts that were answered, in the order they were first asked.
    pub fn asked(&self) -> Vec<FactId> {
        let mut asked: Vec<FactId> = Vec::new();
        for (slot, _) in &self.answers {
            if !asked.contains(&slot.fact) {
                asked.push(slot.fact);
            }
        }
        asked
    }

    /// Whose answers of a fact were given.
    pub fn members_of(&self, fact: FactId) -> Vec<Option<usize>> {
        let mut members: Vec<_> = self.answers.iter().filter(|(s, _)| s.fact == fact).map(|(s, _)| s.member).collect();
        members.sort_unstable();
        members
    }

    /// A person as he is spoken of: `您本人`, `子女（第 2 个）`.
    pub fn person(&self, at: usize) -> String {
        let Some(relation) = self.people.get(at) else { return String::new() };
        if at == 0 {
            return w::YOU.to_owned();
        }
        let alike = |other: &&String| *other == relation;
        match self.people.iter().filter(alike).count() {
            1 => relation.clone(),
            _ => w::nth(relation, self.people[..=at].iter().filter(alike).count()),
        }
    }
}

/// The field of a slot: `m0.工资`, `h.户口`.
pub fn field(form: &OneForm, slot: Slot) -> String {
    let name = &form.declaration(slot.fact).name;
    slot.member.map_or_else(|| format!("h.{name}"), |at| format!("m{at}.{name}"))
}

/// An answer as it is written and read.
pub fn text(form: &OneForm, slot: Slot, said: Said) -> String {
    match said {
        Said::Known(value) => form.show_value(slot.fact, &value),
        Said::DontKnow => w::DONT_KNOW.to_owned(),
    }
}

fn said(form: &OneForm, slot: Slot, text: &str) -> Option<Said> {
    if text.trim() == w::DONT_KNOW {
        return Some(Said::DontKnow);
    }
    form.parse_value(slot.fact, text).ok().map(Said::Known)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> OneForm {
        let text = include_str!("../../../../policy/one-form.md");
        OneForm::parse("policy/one-form.md", text).unwrap_or_else(|findings| panic!("{}", findings[0]))
    }

    fn typed(pairs: &[(&str, &str)]) -> Typed {
        Typed(pairs.iter().map(|(n, t)| ((*n).to_owned(), (*t).to_owned())).collect())
    }

    #[test]
    fn what_was_said_travels_in_the_form_and_comes_back_the_same() {
        let form = form();
        let said = typed(&[
            ("for", "dibao"),
            ("area", "430321"),
            ("who", "本人"),
            ("who", "子女"),
            ("who", "子女"),
            ("everybody", "1"),
            ("m1.工资", "600"),
            ("h.户口", "农村"),
            ("m0.存款", "不知道"),
        ]);
        let talk = Talk::read(&form, &said);
        assert_eq!(talk.people, ["本人", "子女", "子女"]);
        assert_eq!(
            (0..3).map(|at| talk.person(at)).collect::<Vec<_>>(),
            ["您本人", "子女（第 1 个）", "子女（第 2 个）"]
        );
        assert_eq!(talk.answers.len(), 3);
        assert_eq!(talk.declined().len(), 1);
        assert_eq!(Talk::read(&form, &Typed(talk.fields(&form))), talk);
        let facts = talk.facts(&form, AreaCode::NATION);
        let wage = form.fact("工资").unwrap();
        assert_eq!(form.show_value(wage, &facts.members[1].value(wage).unwrap()), "600元/月");
        assert_eq!(facts.members[0].value(form.fact("存款").unwrap()), None, "不知道 is unknown, never zero");
    }

    #[test]
    fn what_does_not_fit_is_left_out() {
        let form = form();
        let talk = Talk::read(
            &form,
            &typed(&[
                ("who", "本人"),
                ("who", "皇帝"),
                ("m0.工资", "很多"),
                ("m7.工资", "1"),
                ("h.工资", "1"),
                ("m0.户口", "农村"),
                ("m0.姓名", "某人"),
                ("area", "x"),
            ]),
        );
        assert_eq!((talk.people.as_slice(), talk.answers.len(), talk.area), (&["本人".to_owned()][..], 0, None));
        let crowd: Vec<(&str, &str)> = std::iter::repeat_n(("who", "子女"), 99).collect();
        assert_eq!(Talk::read(&form, &typed(&crowd)).people.len(), MOST_PEOPLE);
    }

    #[test]
    fn who_is_taken_away_takes_his_answers_along() {
        let form = form();
        let mut talk =
            Talk::read(&form, &typed(&[("who", "本人"), ("who", "配偶"), ("m1.工资", "1"), ("m0.工资", "2")]));
        talk.drop_last();
        talk.drop_last();
        assert_eq!((talk.people.len(), talk.answers.len()), (1, 1));
    }
}
