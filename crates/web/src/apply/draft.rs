//! From what was typed on the one form to an application, or to the list of what must be put right.
//!
//! In: pairs of field name and text. Out: names, ID numbers and facts of the right kinds, or every error at once, each with the
//! field it belongs to. Not here on purpose: whether the family is eligible. That is never an input error.

use casework::case::Help;
use law::form::{Belongs, Fact, FactRow, OneForm, SourceId, Value};
use values::{AreaCode, Day, IdNumber, PersonName, Phone, Sex};

use crate::parts::FieldError;
use crate::typed::Typed;
use crate::words::{apply as w, fields};

/// A household has at most so many members on one form.
pub const MOST_MEMBERS: usize = 12;

/// How many members the form holds, at least one.
pub fn members_of(typed: &Typed) -> usize {
    typed.get("members").parse().unwrap_or(1_usize).clamp(1, MOST_MEMBERS)
}

/// Name of a member's field in the form: `m0.工资`.
pub fn member_field(member: usize, name: &str) -> String {
    format!("m{member}.{name}")
}

/// Name of a household's field in the form: `h.户口`.
pub fn household_field(name: &str) -> String {
    format!("h.{name}")
}

/// A member as written.
#[derive(Clone, Debug)]
pub struct DraftMember {
    /// The name.
    pub name: PersonName,
    /// The ID number.
    pub id: IdNumber,
    /// The relation to the applicant, as the register keeps it.
    pub relation: String,
    /// Facts told; what was left empty is unknown.
    pub facts: FactRow,
}

/// An application as written.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The village.
    pub village: AreaCode,
    /// The household's facts.
    pub household: FactRow,
    /// The members, the applicant first.
    pub members: Vec<DraftMember>,
    /// The applicant's telephone, when given.
    pub phone: Option<Phone>,
    /// Who came with it.
    pub help: Help,
    /// True when every adult has signed the authorisation for the check.
    pub all_signed: bool,
}

/// Reads the form.
///
/// # Errors
/// Every error of the form, in the form's order.
pub fn read(typed: &Typed, form: &OneForm, today: Day) -> Result<Draft, Vec<FieldError>> {
    let mut reading = Reading { typed, form, today, errors: vec![] };
    let village = reading.village();
    let members: Vec<Option<DraftMember>> = (0..members_of(typed)).map(|at| reading.member(at)).collect();
    reading.each_once(&members);
    let household = reading.row(Belongs::Household, household_field);
    let phone = reading.optional("phone", |text| Phone::parse(text).map_err(|e| e.to_string()));
    let (help, all_signed) = (reading.help(), reading.signed());
    match (village, reading.errors.is_empty()) {
        (Some(village), true) => {
            Ok(Draft { village, household, members: members.into_iter().flatten().collect(), phone, help, all_signed })
        }
        _ => Err(reading.errors),
    }
}

struct Reading<'a> {
    typed: &'a Typed,
    form: &'a OneForm,
    today: Day,
    errors: Vec<FieldError>,
}

impl Reading<'_> {
    fn wrong(&mut self, name: &str, text: impl Into<String>) {
        self.errors.push(FieldError { name: name.to_owned(), text: text.into() });
    }

    fn village(&mut self) -> Option<AreaCode> {
        let village =
            self.typed.get("village").parse::<AreaCode>().ok().filter(|a| a.level() == values::AreaLevel::Village);
        if village.is_none() {
            self.wrong("village", w::NEED_VILLAGE);
        }
        village
    }

    fn help(&self) -> Help {
        match self.typed.get("help") {
            "myself" => Help::Myself,
            "guardian" => Help::Guardian,
            _ => Help::SomeoneElse,
        }
    }

    fn signed(&mut self) -> bool {
        let said = self.typed.get("signed");
        if said != fields::YES && said != fields::NO {
            self.wrong("signed", w::NEED_SIGNED);
        }
        said == fields::YES
    }

    fn member(&mut self, at: usize) -> Option<DraftMember> {
        let (name_field, id_field) = (member_field(at, "name"), member_field(at, "id"));
        let name = match PersonName::parse(self.typed.get(&name_field)) {
            Ok(name) => Some(name),
            Err(error) => {
                self.wrong(&name_field, w::of_member(at + 1, &error.to_string()));
                None
            }
        };
        let id = match IdNumber::parse(self.typed.get(&id_field)) {
            Ok(id) => Some(id.value),
            Err(error) => {
                self.wrong(&id_field, w::of_member(at + 1, &error.to_string()));
                None
            }
        };
        let mut facts = self.row(Belongs::Person, |name| member_field(at, name));
        self.relation(at, &mut facts);
        let (name, id) = (name?, id?);
        self.told_by_id(&id, &mut facts);
        let relation =
            self.form.fact(w::RELATION).and_then(|fact| facts.value(fact).map(|v| self.form.show_value(fact, &v)));
        Some(DraftMember { name, id, relation: relation.unwrap_or_default(), facts })
    }

    /// The first member is the applicant; every other says how he is related.
    fn relation(&mut self, at: usize, facts: &mut FactRow) {
        let Some(relation) = self.form.fact(w::RELATION) else { return };
        if at == 0 {
            self.note(facts, w::RELATION, w::SELF);
        } else if facts.get(relation).is_none() && self.errors.iter().all(|e| e.name != member_field(at, w::RELATION)) {
            self.wrong(&member_field(at, w::RELATION), w::of_member(at + 1, w::NEED_RELATION));
        }
    }

    /// Birth and sex stand in the ID number; nobody is asked for them again.
    fn told_by_id(&self, id: &IdNumber, facts: &mut FactRow) {
        if let Some(birth) = id.birth() {
            self.note(facts, w::BIRTH, &birth.to_string());
        }
        if let Some(sex) = id.sex() {
            self.note(
                facts,
                w::SEX,
                match sex {
                    Sex::Male => w::MALE,
                    Sex::Female => w::FEMALE,
                },
            );
        }
    }

    fn note(&self, facts: &mut FactRow, name: &str, text: &str) {
        let Some(id) = self.form.fact(name) else { return };
        if facts.get(id).is_none()
            && let Ok(value) = self.form.parse_value(id, text)
        {
            facts.set(id, self.told(value));
        }
    }

    /// The first source of the form is the resident's own word.
    fn told(&self, value: Value) -> Fact {
        Fact { value, source: SourceId(0), on: Some(self.today) }
    }

    fn row(&mut self, belongs: Belongs, field: impl Fn(&str) -> String) -> FactRow {
        let mut row = FactRow::default();
        for (id, declared) in self.form.facts().filter(|(_, d)| d.belongs == belongs) {
            let name = field(&declared.name);
            let text = self.typed.get(&name);
            if text.is_empty() {
                continue;
            }
            match self.form.parse_value(id, text) {
                Ok(value) => row.set(id, self.told(value)),
                Err(error) => self.wrong(&name, error.to_string()),
            }
        }
        row
    }

    fn optional<T>(&mut self, name: &str, parse: impl Fn(&str) -> Result<T, String>) -> Option<T> {
        let text = self.typed.get(name);
        if text.is_empty() {
            return None;
        }
        match parse(text) {
            Ok(value) => Some(value),
            Err(error) => {
                self.wrong(name, error);
                None
            }
        }
    }

    fn each_once(&mut self, members: &[Option<DraftMember>]) {
        for (at, member) in members.iter().enumerate() {
            let earlier = members[..at].iter().flatten();
            if let Some(member) = member
                && earlier.into_iter().any(|other| other.id == member.id)
            {
                self.wrong(&member_field(at, "id"), w::of_member(at + 1, w::TWICE));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Pairs<'a> = [(&'a str, &'a str)];

    fn form() -> OneForm {
        let text = include_str!("../../../../policy/one-form.md");
        OneForm::parse("policy/one-form.md", text).unwrap_or_else(|findings| panic!("{}", findings[0]))
    }

    fn today() -> Day {
        Day::new(2021, 9, 6).unwrap()
    }

    fn id(year: i16, sequence: u16) -> String {
        IdNumber::invented(Day::new(year, 5, 12).unwrap(), sequence).as_str().to_owned()
    }

    fn typed(pairs: &[(&str, &str)]) -> Typed {
        let mut all = vec![
            ("village", "430302202204".to_owned()),
            ("m0.name", "周桂兰".to_owned()),
            ("m0.id", id(1948, 2)),
            ("signed", "是".to_owned()),
        ];
        for (name, text) in pairs {
            all.retain(|(n, _)| n != name);
            all.push((name, (*text).to_owned()));
        }
        Typed(all.into_iter().map(|(n, t)| (n.to_owned(), t)).collect())
    }

    #[test]
    fn a_widow_alone_fills_in_little() {
        let form = form();
        let draft = read(&typed(&[("m0.经营净收入", "１００元"), ("h.户口", "农村")]), &form, today()).unwrap();
        let told = |name: &str| {
            let id = form.fact(name).unwrap();
            draft.members[0].facts.value(id).map(|v| form.show_value(id, &v))
        };
        assert_eq!(told("出生日期").as_deref(), Some("1948-05-12"));
        assert_eq!(told("性别").as_deref(), Some("女"));
        assert_eq!(told("关系").as_deref(), Some("本人"));
        assert_eq!(told("经营净收入").as_deref(), Some("100元/月"));
        assert_eq!(told("工资"), None, "what was left empty is unknown, never zero");
    }

    #[test]
    fn every_error_is_named_at_once_at_its_field() {
        let twice = id(1948, 2);
        let cases: [(&Pairs<'_>, &[&str]); 5] = [
            (
                &[("village", "430302"), ("m0.name", ""), ("m0.id", "430399194805120000")],
                &["village", "m0.name", "m0.id"],
            ),
            (&[("m0.工资", "六百"), ("h.房屋套数", "-1")], &["m0.工资", "h.房屋套数"]),
            (&[("members", "2"), ("m1.name", "李小梅"), ("m1.id", &twice), ("m1.关系", "子女")], &["m1.id"]),
            (&[("phone", "123"), ("signed", "")], &["phone", "signed"]),
            (&[("members", "999999")], &[]),
        ];
        for (pairs, fields) in cases {
            let errors = read(&typed(pairs), &form(), today()).map(|_| ()).unwrap_err();
            let named: Vec<&str> =
                errors.iter().map(|e| e.name.as_str()).filter(|n| !fields.is_empty() || n.starts_with("m12")).collect();
            assert_eq!(named, fields, "{pairs:?}");
        }
    }
}
