//! Rows become households: who belongs together, who stands where twice, and what two rows say against each other.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use law::form::{Fact, FactId, FactRow, Facts, OneForm, SourceId, Value};
use values::{AreaCode, BankAccount, IdNumber, Sex};

use super::batch::{RosterAward, RosterBatch, RosterHousehold, RosterPerson};
use super::line::{Line, Payment};
use super::programmes::{self, Title};
use crate::findings::Findings;

/// What makes rows one household.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Key {
    /// The bureau's number within a village or township.
    Number(AreaCode, Box<str>),
    /// Everybody with the same head.
    Head(IdNumber),
}

/// Facts that the gathering itself reads or adds.
pub(super) struct Known {
    relation: Option<(FactId, Value)>,
    sex: Option<(FactId, Value, Value)>,
    birth: Option<FactId>,
    source: SourceId,
}

impl Known {
    pub(super) fn of(form: &OneForm, source: SourceId) -> Known {
        let choice = |name: &str, text: &str| {
            let id = form.fact(name)?;
            Some((id, form.parse_value(id, text).ok()?))
        };
        let sex = choice("性别", "男").zip(choice("性别", "女")).map(|((id, male), (_, female))| (id, male, female));
        Known { relation: choice("关系", "本人"), sex, birth: form.fact("出生日期"), source }
    }
}

/// So many benefits on one account are worth a look.
const SHARED_BY: usize = 5;

/// Collects lines into a batch.
pub(super) struct Gathering<'a> {
    form: &'a OneForm,
    known: Known,
    households: HashMap<Key, usize>,
    persons: HashMap<IdNumber, (usize, usize)>,
    batch: RosterBatch,
    /// Per household: the first row, and the person named as head by the rows of members.
    firsts: Vec<(u32, Option<IdNumber>)>,
    /// Per household: where the head stood before it was put first.
    heads: Vec<usize>,
}

impl<'a> Gathering<'a> {
    pub(super) fn new(form: &'a OneForm, known: Known, has_facts: bool) -> Gathering<'a> {
        let batch = RosterBatch { has_facts, ..RosterBatch::default() };
        Gathering {
            form,
            known,
            households: HashMap::new(),
            persons: HashMap::new(),
            batch,
            firsts: Vec::new(),
            heads: Vec::new(),
        }
    }

    /// Adds a line.
    pub(super) fn add(&mut self, mut line: Line, findings: &mut Findings) {
        self.compare_with_number(&line, findings);
        let payment = line.payment.take();
        let Some((household, member)) = self.place(&line, findings) else { return };
        self.merge_facts(household, member, &line, findings);
        if let Some(payment) = payment {
            self.tell(household, member, payment.title);
            self.award(household, member, payment, &line, findings);
        }
    }

    /// Where the person stands: in a household that is there, or a new one.
    fn place(&mut self, line: &Line, findings: &mut Findings) -> Option<(usize, usize)> {
        let key = match (&line.household_number, line.head) {
            (Some(number), _) => Key::Number(line.area, number.clone()),
            (None, Some(head)) => Key::Head(head),
            (None, None) => Key::Head(line.id),
        };
        let household = match self.households.entry(key) {
            Entry::Occupied(found) => *found.get(),
            Entry::Vacant(free) => {
                free.insert(self.batch.households.len());
                self.firsts.push((line.row, line.head));
                self.batch.households.push(RosterHousehold {
                    number: line.household_number.clone(),
                    area: line.area,
                    address: line.address.clone(),
                    facts: Facts { area: line.area, household: FactRow::default(), members: Vec::new() },
                    members: Vec::new(),
                });
                self.batch.households.len() - 1
            }
        };
        match self.persons.get(&line.id).copied() {
            None => Some(self.new_person(household, line)),
            Some((at, member)) => {
                let known = &self.batch.households[at].members[member];
                if known.name.key() != line.name.key() {
                    let first = known.row;
                    findings.error(
                        line.row,
                        "",
                        format!("同一个身份证号在第 {first} 行是另一个姓名；请对照身份证，看哪一行写错了"),
                    );
                    None
                } else if at != household {
                    let first = known.row;
                    findings.error(
                        line.row,
                        "",
                        format!("这个人在第 {first} 行已列在另一户；一个人只能在一户，请核对户编号和村居"),
                    );
                    None
                } else {
                    Some((household, member))
                }
            }
        }
    }

    fn new_person(&mut self, household: usize, line: &Line) -> (usize, usize) {
        let facts = self.with_number(line);
        let family = &mut self.batch.households[household];
        // a roster holds a hundred thousand households of one or two: no room to spare in any of them
        family.members.reserve_exact(1);
        family.facts.members.reserve_exact(1);
        family.members.push(RosterPerson {
            id: line.id,
            name: line.name.clone(),
            phone: line.phone.clone(),
            row: line.row,
        });
        family.facts.members.push(facts);
        let place = (household, family.members.len() - 1);
        self.persons.insert(line.id, place);
        place
    }

    /// The person's facts, with sex and birthday from the number where the roster does not say.
    fn with_number(&self, line: &Line) -> FactRow {
        let source = self.known.source;
        let mut row = line.of_person.clone();
        if let (Some(id), Some(birth)) = (self.known.birth, line.id.birth())
            && row.get(id).is_none()
        {
            row.set(id, Fact { value: Value::Date(birth), source, on: None });
        }
        if let (Some((id, male, female)), Some(sex)) = (self.known.sex, line.id.sex())
            && row.get(id).is_none()
        {
            row.set(id, Fact { value: if sex == Sex::Male { male } else { female }, source, on: None });
        }
        FactRow::from_facts(row.iter())
    }

    /// Facts of two rows are one; a fact that differs between them is an error.
    fn merge_facts(&mut self, household: usize, member: usize, line: &Line, findings: &mut Findings) {
        let facts = &mut self.batch.households[household].facts;
        for (into, from) in [(&mut facts.household, &line.of_household), (&mut facts.members[member], &line.of_person)]
        {
            for (id, fact) in from.iter() {
                match into.get(id) {
                    Some(before) if before.value != fact.value => {
                        let name = &self.form.declaration(id).name;
                        findings.error(line.row, name, "与同一户（同一人）前面一行写的不一样；请核对哪一个对");
                    }
                    _ => into.set(id, fact),
                }
            }
        }
    }

    /// What a title tells is noted where the roster's columns say nothing.
    fn tell(&mut self, household: usize, member: usize, title: &'static Title) {
        use law::form::Belongs;
        let source = self.known.source;
        let facts = &mut self.batch.households[household].facts;
        for (id, value) in programmes::facts_of(title, self.form) {
            let into = match self.form.declaration(id).belongs {
                Belongs::Household => &mut facts.household,
                Belongs::Person => &mut facts.members[member],
            };
            if into.get(id).is_none() {
                into.set(id, Fact { value, source, on: None });
            }
        }
    }

    fn award(&mut self, household: usize, member: usize, payment: Payment, line: &Line, findings: &mut Findings) {
        let Payment { title, since, amount, counted, holder, account, bank } = payment;
        if amount.fen() == 0 {
            if title.programme == "dibao" {
                findings.warn(line.row, "低保户成员一行的金额是 0，只登记人，不另立一笔");
            } else {
                findings.error(line.row, "月金额", "金额是 0；不再发放的请删掉这一行");
            }
            return;
        }
        let holder = holder.unwrap_or_else(|| line.name.as_str().into());
        self.batch.awards.push(RosterAward {
            household,
            member,
            programme: title.programme,
            title: title.title,
            since,
            amount,
            counted,
            holder,
            account,
            bank,
            row: line.row,
        });
    }

    /// The number itself says sex and birthday; a column that says otherwise is looked at, and does not stop anybody.
    fn compare_with_number(&self, line: &Line, findings: &mut Findings) {
        if let (Some((id, male, female)), Some(sex)) = (self.known.sex, line.id.sex()) {
            let by_number = if sex == Sex::Male { male } else { female };
            if line.of_person.value(id).is_some_and(|stated| stated != by_number) {
                findings.warn(line.row, "性别与身份证号第 17 位不一致，请核对");
            }
        }
        let stated = self.known.birth.and_then(|id| line.of_person.value(id));
        if let (Some(Value::Date(stated)), Some(birth)) = (stated, line.id.birth())
            && stated != birth
        {
            findings.warn(line.row, "出生日期与身份证号第 7 到 14 位不一致，请核对");
        }
    }

    /// The last checks over all rows, and the batch.
    pub(super) fn finish(mut self, findings: &mut Findings) -> RosterBatch {
        self.check_awards(findings);
        self.check_shared_accounts(findings);
        self.check_named_heads(findings);
        let has_relations = self.known.relation.is_some_and(|(id, _)| self.has_column(id));
        self.heads = vec![0; self.batch.households.len()];
        for household in 0..self.batch.households.len() {
            self.put_head_first(household, has_relations, findings);
        }
        self.move_awards();
        self.batch
    }

    /// True when any row says the fact.
    fn has_column(&self, id: FactId) -> bool {
        self.batch.households.iter().flat_map(|family| &family.facts.members).any(|row| row.get(id).is_some())
    }

    fn check_awards(&self, findings: &mut Findings) {
        let mut seen: HashMap<(usize, usize, &str), u32> = HashMap::new();
        for award in &self.batch.awards {
            // dibao is one right of a whole household
            let member = if award.programme == "dibao" { usize::MAX } else { award.member };
            match seen.entry((award.household, member, award.programme)) {
                Entry::Vacant(free) => drop(free.insert(award.row)),
                Entry::Occupied(first) => {
                    let first = first.get();
                    let what = match award.programme {
                        "dibao" => format!(
                            "这一户的低保在第 {first} 行已有一笔；一户一笔，写在户主那一行，其他人那一行金额写 0"
                        ),
                        _ => format!("同一个人同一个项目在第 {first} 行已有一笔；请删掉重复的一行"),
                    };
                    findings.error(award.row, "", what);
                }
            }
        }
    }

    /// One account for many: an institution as a rule, else somebody who collects cards.
    fn check_shared_accounts(&self, findings: &mut Findings) {
        let mut rows: HashMap<&BankAccount, Vec<u32>> = HashMap::new();
        for award in &self.batch.awards {
            if let Some(account) = &award.account {
                rows.entry(account).or_default().push(award.row);
            }
        }
        let mut shared: Vec<u32> = rows.into_values().filter(|rows| rows.len() >= SHARED_BY).flatten().collect();
        shared.sort_unstable();
        for row in shared {
            findings.warn(row, "5 笔以上发到同一个账号；供养机构代领的属正常，其他的请核对是谁的卡");
        }
    }

    /// The head that rows name must not stand in another household of the same file: heads that point at each other.
    fn check_named_heads(&self, findings: &mut Findings) {
        for (household, (first_row, named)) in self.firsts.iter().enumerate() {
            let elsewhere = named.and_then(|head| self.persons.get(&head)).filter(|(at, _)| *at != household);
            if let Some((at, member)) = elsewhere {
                let row = self.batch.households[*at].members[*member].row;
                let what = format!("这里写的户主在第 {row} 行列在另一户；请核对户主身份证号，不能互为户主");
                findings.error(*first_row, "", what);
            }
        }
    }

    fn put_head_first(&mut self, household: usize, has_relations: bool, findings: &mut Findings) {
        let Some((relation, is_head)) = self.known.relation else { return };
        let (first_row, named) = self.firsts[household];
        let family = &mut self.batch.households[household];
        if family.members.is_empty() {
            return; // its rows were refused, and that is told already
        }
        let heads: Vec<usize> =
            (0..family.members.len()).filter(|&at| family.facts.members[at].value(relation) == Some(is_head)).collect();
        let by_name = named.and_then(|id| family.members.iter().position(|person| person.id == id));
        let head = match (heads.as_slice(), has_relations) {
            ([one], _) => *one,
            ([_, second, ..], _) => {
                findings.error(
                    family.members[*second].row,
                    "关系",
                    format!("这一户（从第 {first_row} 行起）有两个“本人”；请只留户主一个"),
                );
                return;
            }
            ([], true) if family.members.len() > 1 && by_name.is_none() => {
                findings.error(first_row, "关系", "这一户没有“本人”（户主）；请在户主那一行写“本人”");
                return;
            }
            ([], _) => by_name.unwrap_or(0),
        };
        let is_unsaid = family.facts.members[head].get(relation).is_none();
        if is_unsaid && (family.members.len() == 1 || by_name.is_some()) {
            let fact = Fact { value: is_head, source: self.known.source, on: None };
            family.facts.members[head].set(relation, fact);
        }
        family.members.swap(0, head);
        family.facts.members.swap(0, head);
        self.heads[household] = head;
    }

    /// Awards follow the members that changed places.
    fn move_awards(&mut self) {
        for award in &mut self.batch.awards {
            let head = self.heads[award.household];
            award.member = match award.member {
                0 => head,
                at if at == head => 0,
                at => at,
            };
        }
    }
}
