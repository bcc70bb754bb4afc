//! Persons and households.

use store::register::{HouseholdIn, HouseholdView, PersonIn, PersonView};
use store::search::{After, Query};
use store::{Hand, StoreError};
use values::{AreaCode, HouseholdId, IdNumber, PersonId, PersonName};

use super::{Family, FoundPerson, Known, Page, PersonFile, Registry, Right, unreadable};
use crate::answer::Turned;
use crate::app::Moment;
use crate::apply::draft::Draft;
use crate::words::registry as w;

/// Rows of a page of people.
const PAGE: usize = 20;
/// With a name beside the tail, so many of that tail are looked through.
const SAME_TAIL: i64 = 500;
/// Payments shown of a person.
const PAYMENTS: i64 = 36;

/// A household as it stands after a hand-in was written into the register.
#[derive(Clone, Debug)]
pub struct Filed {
    /// The family.
    pub family: Family,
    /// How many facts the register held before.
    pub known_before: usize,
}

impl Registry {
    /// People by name, ID tail or number, or both parted by a blank; or by the number of their case.
    ///
    /// # Errors
    /// A fault of the registry.
    pub async fn search(
        &self,
        within: &AreaCode,
        question: &str,
        after: Option<&str>,
    ) -> Result<Page<FoundPerson>, Turned> {
        let (query, name) = understood(question);
        if let Query::CaseNumber(beginning) = &query {
            return self.search_case(within, beginning).await;
        }
        let limit = if name.is_some() { SAME_TAIL } else { i64::try_from(PAGE + 1).expect("a page is small") };
        let mut rows = self.store.search_persons(&query, *within, after.and_then(cursor).as_ref(), limit).await?;
        rows.retain(|row| name.as_ref().is_none_or(|key| key_of(&row.name).starts_with(key.as_str())));
        let more = rows.len() > PAGE;
        rows.truncate(PAGE);
        let next =
            rows.last().filter(|_| more).map(|row| format!("{}|{}|{}", key_of(&row.name), row.village, row.person));
        let mut found = Vec::with_capacity(rows.len());
        for row in &rows {
            found.push(self.found(row).await?);
        }
        Ok(Page { rows: found, next })
    }

    async fn search_case(&self, within: &AreaCode, beginning: &str) -> Result<Page<FoundPerson>, Turned> {
        let mut found = Vec::new();
        for case in self.store.search_cases(beginning, *within, i64::try_from(PAGE).expect("a page is small")).await? {
            let household = self.store.household(case.village, case.household).await?;
            if let Some(head) = household.members.first() {
                found.push(self.found(head).await?);
            }
        }
        Ok(Page { rows: found, next: None })
    }

    async fn found(&self, row: &PersonView) -> Result<FoundPerson, Turned> {
        let awards = self.store.awards_of(row.village, row.household).await?;
        let mine =
            awards.into_iter().map(|one| one.award).filter(|award| award.person == row.person && award.until.is_none());
        let cases = self.store.cases_of(row.village, row.household).await?;
        Ok(FoundPerson {
            person: known(row)?,
            village: row.village,
            draws: mine.map(|award| (award.programme, award.amount)).collect(),
            cases: cases.into_iter().map(|case| case.number).collect(),
        })
    }

    /// A person of a county, with everything the person's page shows.
    ///
    /// # Errors
    /// Not there; a fault of the registry.
    pub async fn person(&self, county: &AreaCode, id: PersonId) -> Result<PersonFile, Turned> {
        let row = self.store.person(*county, id).await?;
        let view = self.store.household(*county, row.household).await?;
        let rights = view.awards.iter().map(|one| &one.award).filter(|award| award.person == id);
        let rights = rights
            .map(|a| Right { programme: a.programme.clone(), amount: a.amount, from: a.from, until: a.until })
            .collect();
        let cases = self.store.cases_of(*county, row.household).await?;
        let paid = self.store.payments_of(*county, &[id], PAYMENTS).await?;
        Ok(PersonFile {
            person: known(&row)?,
            family: self.family(&view)?,
            rights,
            paid: paid.into_iter().map(|one| super::money::paid(*county, one)).collect(),
            cases: cases.into_iter().map(|case| (case.number, case.status)).collect(),
        })
    }

    /// A household by its id.
    pub(super) async fn family_of(&self, county: AreaCode, id: HouseholdId) -> Result<Family, Turned> {
        self.family(&self.store.household(county, id).await?)
    }

    fn family(&self, view: &HouseholdView) -> Result<Family, Turned> {
        let document = serde_json::from_str(&view.facts.facts)
            .map_err(|cause| unreadable("facts of a household")(cause.to_string()))?;
        let facts = self
            .library
            .form()
            .facts_from_json(&document)
            .map_err(|wrong| unreadable("facts of a household")(format!("{} findings", wrong.len())))?;
        let members = view.members.iter().map(known).collect::<Result<Vec<Known>, Turned>>()?;
        Ok(Family { id: view.household, village: view.village, members, facts })
    }

    /// Writes the told household into the register: a household that the applicant's ID number leads to is renewed, and what
    /// is told now stands over what was known; otherwise it is new.
    ///
    /// # Errors
    /// A fault of the registry.
    pub async fn file_household(&self, draft: &Draft, by: &str, moment: &Moment, key: &str) -> Result<Filed, Turned> {
        let hand = Hand { by: by.to_owned(), at: moment.at.clone() };
        if self.on_file(draft).await?.is_none() {
            let household = self.household_in(draft, None, moment, key)?;
            match self.store.enrol(&household, None, hand.clone(), moment.unix_ms).await {
                Ok(new) => {
                    return Ok(Filed { family: self.family_of(draft.village, new.household).await?, known_before: 0 });
                }
                // another member is on file, or somebody enrolled the family meanwhile: renewing tells who moves where
                Err(StoreError::Conflict { .. }) => {}
                Err(fault) => return Err(fault.into()),
            }
        }
        self.renew(draft, hand, moment, key).await
    }

    /// The household of which the applicant is a member, when the register knows them.
    async fn on_file(&self, draft: &Draft) -> Result<Option<HouseholdView>, Turned> {
        let head = draft.members.first().ok_or(Turned::Unreadable)?;
        let Some((county, person)) = self.store.find_identity(head.id.as_str()).await? else { return Ok(None) };
        let row = self.store.person(county, person).await?;
        Ok(Some(self.store.household(county, row.household).await?))
    }

    async fn renew(&self, draft: &Draft, hand: Hand, moment: &Moment, key: &str) -> Result<Filed, Turned> {
        let before = self.on_file(draft).await?;
        let household = self.household_in(draft, before.as_ref(), moment, key)?;
        self.store.renew(&household, key, hand, moment.unix_ms).await?;
        let after = self.on_file(draft).await?.ok_or(Turned::NotFound)?;
        let known_before = match &before {
            Some(view) => {
                let facts = self.family(view)?.facts;
                facts.household.len() + facts.members.iter().map(law::form::FactRow::len).sum::<usize>()
            }
            None => 0,
        };
        Ok(Filed { family: self.family(&after)?, known_before })
    }

    /// What is told over what was known, member by member of the form.
    fn told(&self, draft: &Draft, known: Option<&Family>) -> law::form::Facts {
        let over = |old: Option<&law::form::FactRow>, new: &law::form::FactRow| {
            let mut row = old.cloned().unwrap_or_default();
            new.iter().for_each(|(id, fact)| row.set(id, fact));
            row
        };
        let old = |id: &IdNumber| {
            let family = known?;
            let at = family.members.iter().position(|member| member.id_number == *id)?;
            family.facts.members.get(at)
        };
        law::form::Facts {
            area: draft.village,
            household: over(known.map(|family| &family.facts.household), &draft.household),
            members: draft.members.iter().map(|member| over(old(&member.id), &member.facts)).collect(),
        }
    }

    /// The household as the register shall have it: one on file keeps its village and number, a new one is numbered by the key of
    /// its form.
    fn household_in(
        &self,
        draft: &Draft,
        before: Option<&HouseholdView>,
        moment: &Moment,
        key: &str,
    ) -> Result<HouseholdIn, Turned> {
        let known = before.map(|view| self.family(view)).transpose()?;
        let told = self.told(draft, known.as_ref());
        Ok(HouseholdIn {
            village: before.map_or(draft.village, |view| view.village),
            bureau_no: before.map_or_else(|| format!("{}{key}", w::FORM), |view| view.bureau_no.clone()),
            address: before.map(|view| view.address.clone()).unwrap_or_default(),
            members: members_in(draft, moment),
            facts: self.library.form().facts_to_json(&told).to_string(),
            true_from: moment.day,
            source: w::HAND_IN.to_owned(),
        })
    }
}

/// The members as the register keeps them; the form's telephone is the applicant's.
fn members_in(draft: &Draft, moment: &Moment) -> Vec<PersonIn> {
    let phone = draft.phone.as_ref().map(|phone| phone.as_str().to_owned()).unwrap_or_default();
    let members = draft.members.iter().enumerate().map(|(at, member)| PersonIn {
        name: member.name.as_str().to_owned(),
        name_key: member.name.key(),
        id_number: member.id.as_str().to_owned(),
        birth_on: member.id.birth().unwrap_or(moment.day),
        relation: member.relation.clone(),
        phone: if at == 0 { phone.clone() } else { String::new() },
        is_invented: member.id.is_invented(),
    });
    members.collect()
}

/// A row of the register with its name and number as values.
pub(super) fn known(row: &PersonView) -> Result<Known, Turned> {
    let name = PersonName::parse(&row.name).map_err(|cause| unreadable("name of a person")(cause.to_string()))?;
    let id_number =
        IdNumber::parse(&row.id_number).map_err(|_| unreadable("ID number of a person")(String::new()))?.value;
    Ok(Known { id: row.person, name, id_number })
}

/// The key a name is found under.
fn key_of(text: &str) -> String {
    PersonName::parse(text).map(|name| name.key()).unwrap_or_default()
}

/// What a question asks for, and the name beside a tail.
fn understood(question: &str) -> (Query, Option<String>) {
    let words: Vec<&str> = question.split_whitespace().collect();
    let tail = words.iter().position(|word| is_tail(word));
    match (words.as_slice(), tail) {
        ([one], _) if is_case_number(one) => (Query::CaseNumber((*one).to_owned()), None),
        ([one], _) if is_id(one) => (Query::IdNumber(one.to_ascii_uppercase()), None),
        ([one], Some(_)) => (Query::IdTail(one.to_ascii_uppercase()), None),
        (words, Some(at)) => {
            let name: String = words.iter().enumerate().filter(|(n, _)| *n != at).map(|(_, word)| *word).collect();
            (Query::IdTail(words[at].to_ascii_uppercase()), Some(key_of(&name)))
        }
        _ => (Query::Name(key_of(question)), None),
    }
}

fn is_tail(word: &str) -> bool {
    match word.as_bytes() {
        [digits @ .., last] if digits.len() == 3 => {
            digits.iter().all(u8::is_ascii_digit) && (last.is_ascii_digit() || last.eq_ignore_ascii_case(&b'x'))
        }
        _ => false,
    }
}

fn is_id(word: &str) -> bool {
    word.len() == 18 && word.is_char_boundary(17) && word[..17].bytes().all(|b| b.is_ascii_digit())
}

fn is_case_number(word: &str) -> bool {
    word.len() > 6 && word.bytes().all(|b| b.is_ascii_digit() || b == b'-') && word.as_bytes()[6] == b'-'
}

fn cursor(text: &str) -> Option<After> {
    let mut parts = text.rsplitn(3, '|');
    let person = parts.next()?.parse().ok().map(PersonId)?;
    let village = parts.next()?.parse().ok()?;
    Some(After { name_key: parts.next()?.to_owned(), village, person })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_understood_as_people_type_it() {
        for (question, query, name) in [
            ("周桂兰", Query::Name("周桂兰".into()), None),
            ("0018", Query::IdTail("0018".into()), None),
            ("001x", Query::IdTail("001X".into()), None),
            ("周桂兰 001x", Query::IdTail("001X".into()), Some("周桂兰".to_owned())),
            ("0018 周", Query::IdTail("0018".into()), Some("周".to_owned())),
            ("430302-20210906-00001", Query::CaseNumber("430302-20210906-00001".into()), None),
            ("43039919680512002x", Query::IdNumber("43039919680512002X".into()), None),
            ("买买提·吐尔逊", Query::Name("买买提·吐尔逊".into()), None),
        ] {
            assert_eq!(understood(question), (query, name), "{question}");
        }
    }

    #[test]
    fn a_cursor_holds_any_name() {
        let at = cursor("a|b|430302202204|77").unwrap();
        assert_eq!((at.name_key.as_str(), at.person), ("a|b", PersonId(77)));
        assert_eq!(cursor("x"), None);
    }
}
