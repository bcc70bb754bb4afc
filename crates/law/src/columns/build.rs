//! From a compiled book to parts: what a book says of one household becomes arithmetic on many.
//!
//! Each construct follows `engine::evaluate` to the letter; the differential tests hold it there. What has no place in
//! columns (a division by what differs from household to household, numbers that might not fit) is left to the evaluator.

use values::{Day, Month};

use super::parts::{Built, How, Lane, NotInColumns, Op, Parts, Width, X};
use super::table::{Columns, DATES, Lanes, day_number};
use crate::engine::num::Rounding;
use crate::engine::program::{At, Gather, Node, Program, V};
use crate::form::{FactId, FactKind, OneForm};
use crate::language::syntax::Pair;
use crate::library::MAX_MEMBERS;

/// What is known of a fact's column before it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    /// No column: unknown for everybody.
    Absent,
    /// The width of its lanes, the span of its numbers, and whether some lane is unknown.
    Present { lanes: Width, span: (i64, i64), gaps: bool },
}

/// What a batch of columns looks like: one arithmetic serves all batches of a look.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Look {
    /// Of each fact of the form.
    pub(super) shapes: Vec<Shape>,
    /// No household has more members.
    pub(super) largest: i64,
}

impl Look {
    /// What these columns look like. Spans are widened to a few sizes, so that most batches of a file look alike.
    pub(super) fn of(columns: &Columns<'_>, form: &OneForm) -> Look {
        let shapes = form.facts().map(|(fact, decl)| {
            let Some(held) = columns.held(fact) else { return Shape::Absent };
            let lanes = match held.column.lanes {
                Lanes::U8(_) => Width::Mask,
                Lanes::I32(_) => Width::Narrow,
                Lanes::I64(_) => Width::Wide,
            };
            let span = match decl.kind {
                FactKind::Date => DATES,
                _ => (if held.span.0 < 0 { -size(held.span.0) } else { 0 }, size(held.span.1.max(0))),
            };
            Shape::Present { lanes, span, gaps: held.column.known.is_some() }
        });
        let largest = [8, 16, 32].into_iter().find(|size| columns.largest() <= *size).unwrap_or(MAX_MEMBERS);
        Look { shapes: shapes.collect(), largest: largest as i64 }
    }
}

/// The next of a few round sizes.
fn size(number: i64) -> i64 {
    let bits = 64 - number.unsigned_abs().leading_zeros();
    let round = [8, 17, 20, 23, 26, 29, 31, 40].into_iter().find(|round| bits <= *round);
    (1 << round.expect("a fact's number is limited by the form")) - 1
}

/// A number that may be unknown, over a denominator.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number {
    pub(super) x: X,
    pub(super) over: i64,
    pub(super) unknown: X,
}

/// Kleene's three values: surely so, perhaps so.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tri {
    pub(super) yes: X,
    pub(super) may: X,
}

#[derive(Clone, Copy, Debug)]
enum Value {
    Number(Number),
    Tri(Tri),
    /// Unknown of any kind.
    Unknown,
}

/// Lowers one program with its figures and month.
pub(super) struct Builder<'b> {
    pub(super) parts: &'b mut Parts,
    pub(super) form: &'b OneForm,
    pub(super) look: &'b Look,
    pub(super) program: &'b Program,
    pub(super) figures: &'b [V],
    pub(super) month: Month,
    definitions: Vec<Option<Value>>,
}

impl<'b> Builder<'b> {
    pub(super) fn new(
        parts: &'b mut Parts,
        (form, look): (&'b OneForm, &'b Look),
        program: &'b Program,
        figures: &'b [V],
        month: Month,
    ) -> Builder<'b> {
        let definitions = vec![None; program.definitions.len()];
        Builder { parts, form, look, program, figures, month, definitions }
    }

    /// A yes/no part.
    pub(super) fn tri(&mut self, at: At) -> Built<Tri> {
        let value = self.value(at)?;
        self.as_tri(value)
    }

    /// A definition that is yes/no.
    pub(super) fn definition_tri(&mut self, number: u16) -> Built<Tri> {
        let value = self.definition(number)?;
        self.as_tri(value)
    }

    /// A number part.
    pub(super) fn number(&mut self, at: At) -> Built<Number> {
        let value = self.value(at)?;
        self.as_number(value)
    }

    fn as_tri(&mut self, value: Value) -> Built<Tri> {
        match value {
            Value::Tri(tri) => Ok(tri),
            Value::Unknown => Ok(Tri { yes: self.parts.always(false), may: self.parts.always(true) }),
            Value::Number(_) => Err(NotInColumns),
        }
    }

    fn as_number(&mut self, value: Value) -> Built<Number> {
        match value {
            Value::Number(number) => Ok(number),
            Value::Unknown => Ok(Number { x: self.parts.fixed(0)?, over: 1, unknown: self.parts.always(true) }),
            Value::Tri(_) => Err(NotInColumns),
        }
    }

    fn definition(&mut self, number: u16) -> Built<Value> {
        if let Some(value) = self.definitions[usize::from(number)] {
            return Ok(value);
        }
        let value = self.value(self.program.definitions[usize::from(number)].root)?;
        self.definitions[usize::from(number)] = Some(value);
        Ok(value)
    }

    fn value(&mut self, at: At) -> Built<Value> {
        match self.program.nodes[at as usize] {
            Node::Const(value) => self.constant(value),
            Node::Figure(number) => self.constant(self.figures[usize::from(number)]),
            Node::Fact(fact) => self.fact(fact, Lane::Member),
            Node::HouseholdFact(fact) => self.fact(fact, Lane::Household),
            Node::AskedFact { fact, of_member, when, none } => {
                self.asked(fact, if of_member { Lane::Member } else { Lane::Household }, when, none)
            }
            Node::Definition(number) => self.definition(number),
            Node::Age { birth, on_first_day } => self.age(birth, on_first_day),
            Node::Not(value) => {
                let tri = self.tri(value)?;
                Ok(Value::Tri(self.negated(tri)))
            }
            Node::Negative(value) => {
                let number = self.number(value)?;
                let x = self.parts.linear(&[(number.x, -1)], 0)?;
                Ok(Value::Number(Number { x, ..number }))
            }
            Node::And(left, right) => self.both(left, right).map(|(a, b)| Value::Tri(self.and(a, b))),
            Node::Or(left, right) => self.both(left, right).map(|(a, b)| Value::Tri(self.or(a, b))),
            Node::Compare { how, left, right } => self.comparison(how, left, right),
            Node::Among { value, mask } => {
                let number = self.number(value)?;
                let x = self.parts.among(number.x, mask);
                Ok(Value::Tri(self.known_tri(x, number.unknown)))
            }
            Node::If { condition, then, otherwise } => self.choice(condition, then, otherwise),
            Node::Add(left, right) => self.sum(left, right, 1),
            Node::Sub(left, right) => self.sum(left, right, -1),
            Node::Mul(left, right) => self.product(left, right),
            Node::Div(left, right) => self.quotient(left, right),
            Node::Greater(left, right) => self.extreme(left, right, true),
            Node::Lesser(left, right) => self.extreme(left, right, false),
            Node::Round { how, value, unit } => self.rounded(how, value, unit),
            Node::Gather { how, value, filter } => self.gathered(how, value, filter),
        }
    }

    fn constant(&mut self, value: V) -> Built<Value> {
        let known = self.parts.always(false);
        let whole = |builder: &mut Self, number: i64, over: i64| -> Built<Value> {
            Ok(Value::Number(Number { x: builder.parts.fixed(number)?, over, unknown: known }))
        };
        match value {
            V::Unknown => Ok(Value::Unknown),
            V::Beyond => Err(NotInColumns),
            V::YesNo(yes) => {
                let yes = self.parts.always(yes);
                Ok(Value::Tri(Tri { yes, may: yes }))
            }
            V::Num(number) => {
                let (n, d) = number.parts();
                whole(self, n, d)
            }
            V::Date(day) => whole(self, i64::from(day_number(day)), 1),
            V::Choice(at) => whole(self, i64::from(at), 1),
        }
    }

    fn shape(&self, fact: FactId) -> Shape {
        self.look.shapes[usize::from(fact.0)]
    }

    /// Where the fact is unknown.
    fn unknown(&mut self, fact: FactId, lane: Lane) -> X {
        match self.shape(fact) {
            Shape::Present { gaps: true, .. } => {
                let known = self.parts.is_known(fact, lane);
                self.parts.not(known)
            }
            Shape::Present { gaps: false, .. } => self.parts.always(false),
            Shape::Absent => self.parts.always(true),
        }
    }

    fn fact(&mut self, fact: FactId, lane: Lane) -> Built<Value> {
        let Shape::Present { span, .. } = self.shape(fact) else { return Ok(Value::Unknown) };
        let unknown = self.unknown(fact, lane);
        match self.form.declaration(fact).kind {
            FactKind::YesNo => {
                let yes = self.parts.yes(fact, lane);
                Ok(Value::Tri(Tri { yes, may: self.parts.or(yes, unknown) }))
            }
            FactKind::Ratio => {
                let x = self.parts.load(fact, lane, span);
                Ok(Value::Number(Number { x, over: crate::form::Ratio::ONE, unknown }))
            }
            _ => Ok(Value::Number(Number { x: self.parts.load(fact, lane, span), over: 1, unknown })),
        }
    }

    /// A fact with a 何时问: unknown counts as `none` where that does not hold.
    fn asked(&mut self, fact: FactId, lane: Lane, when: At, none: V) -> Built<Value> {
        let known = self.fact(fact, lane)?;
        let lacking = self.unknown(fact, lane);
        if self.parts.constant_mask(lacking) == Some(false) {
            return Ok(known);
        }
        let when = self.tri(when)?;
        let spared = self.parts.not(when.may);
        let spared = self.parts.and(lacking, spared);
        let unknown = self.parts.and(lacking, when.may);
        match self.constant(none)? {
            Value::Unknown => Ok(known),
            Value::Tri(none) => {
                let known = self.as_tri(known)?;
                let none = self.parts.and(spared, none.yes);
                Ok(Value::Tri(self.with_gaps(known.yes, none, unknown)))
            }
            Value::Number(none) => {
                let known = self.as_number(known)?;
                if none.over != 1 || known.over != 1 && self.parts.constant(none.x) != Some(0) {
                    return Err(NotInColumns);
                }
                let x = self.parts.pick(spared, none.x, known.x)?;
                Ok(Value::Number(Number { x, over: known.over, unknown }))
            }
        }
    }

    fn with_gaps(&mut self, kept: X, none: X, unknown: X) -> Tri {
        let yes = self.parts.or(kept, none);
        Tri { yes, may: self.parts.or(yes, unknown) }
    }

    fn day_of_age(&self, on_first_day: bool) -> Day {
        if on_first_day { self.month.first_day() } else { self.month.last_day() }
    }

    fn age(&mut self, birth: FactId, on_first_day: bool) -> Built<Value> {
        let Shape::Present { span, .. } = self.shape(birth) else { return Ok(Value::Unknown) };
        let on = self.day_of_age(on_first_day);
        let epoch = Day::new(1970, 1, 1).expect("1970-01-01 exists");
        let age = |number: i64| on.age_of_birth(epoch.plus_days(number));
        let born = self.parts.load(birth, Lane::Member, span);
        let x = self.parts.age(born, day_number(on), (age(span.1), age(span.0)));
        let unknown = self.unknown(birth, Lane::Member);
        Ok(Value::Number(Number { x, over: 1, unknown }))
    }

    fn both(&mut self, left: At, right: At) -> Built<(Tri, Tri)> {
        Ok((self.tri(left)?, self.tri(right)?))
    }

    fn negated(&mut self, tri: Tri) -> Tri {
        Tri { yes: self.parts.not(tri.may), may: self.parts.not(tri.yes) }
    }

    fn and(&mut self, a: Tri, b: Tri) -> Tri {
        Tri { yes: self.parts.and(a.yes, b.yes), may: self.parts.and(a.may, b.may) }
    }

    fn or(&mut self, a: Tri, b: Tri) -> Tri {
        Tri { yes: self.parts.or(a.yes, b.yes), may: self.parts.or(a.may, b.may) }
    }

    /// What a mask says where nothing is unknown.
    fn known_tri(&mut self, mask: X, unknown: X) -> Tri {
        let known = self.parts.not(unknown);
        Tri { yes: self.parts.and(mask, known), may: self.parts.or(mask, unknown) }
    }

    fn comparison(&mut self, how: Pair, left: At, right: At) -> Built<Value> {
        match (self.value(left)?, self.value(right)?) {
            (Value::Tri(a), Value::Tri(b)) => self.same_answer(how, a, b),
            (Value::Tri(_), Value::Unknown) | (Value::Unknown, Value::Tri(_)) => Ok(Value::Unknown),
            (a, b) => {
                let (a, b) = (self.as_number(a)?, self.as_number(b)?);
                let unknown = self.parts.or(a.unknown, b.unknown);
                let (difference, _) = self.joined(a, b, -1)?;
                let mask = self.sign(how, difference)?;
                Ok(Value::Tri(self.known_tri(mask, unknown)))
            }
        }
    }

    fn same_answer(&mut self, how: Pair, a: Tri, b: Tri) -> Built<Value> {
        let (yes, not_a, not_b) = (self.and(a, b), self.negated(a), self.negated(b));
        let no = self.and(not_a, not_b);
        let same = self.or(yes, no);
        match how {
            Pair::Equal => Ok(Value::Tri(same)),
            Pair::NotEqual => Ok(Value::Tri(self.negated(same))),
            _ => Err(NotInColumns),
        }
    }

    /// The mask of `x how 0`.
    fn sign(&mut self, how: Pair, x: X) -> Built<X> {
        Ok(match how {
            Pair::Less => self.below(x, 0),
            Pair::AtMost => self.below(x, 1),
            Pair::AtLeast => {
                let below = self.below(x, 0);
                self.parts.not(below)
            }
            Pair::More => {
                let below = self.below(x, 1);
                self.parts.not(below)
            }
            Pair::Equal => self.equal(x, 0),
            Pair::NotEqual => {
                let equal = self.equal(x, 0);
                self.parts.not(equal)
            }
            _ => return Err(NotInColumns),
        })
    }

    /// `x < than`, said of the part itself where `x` is one part times a constant, of the date where it is an age.
    fn below(&mut self, x: X, than: i64) -> X {
        let Some((inner, times, plus)) = self.one_term(x) else { return self.parts.compare(How::Below, x, than) };
        // inner * times + plus < than
        let room = i128::from(than) - i128::from(plus);
        if times > 0 {
            let least_beyond = -(-room).div_euclid(i128::from(times));
            return self.below_or_born_after(inner, least_beyond);
        }
        // inner > -room / |times|  is  not (inner < floor(-room / |times|) + 1)
        let at_most = (-room).div_euclid(-i128::from(times));
        let inner = self.below_or_born_after(inner, at_most + 1);
        self.parts.not(inner)
    }

    fn one_term(&self, x: X) -> Option<(X, i64, i64)> {
        match &self.parts.get(x).op {
            Op::Linear(terms, plus) => match terms.as_slice() {
                [(inner, times)] => Some((*inner, *times, *plus)),
                _ => None,
            },
            _ => Some((x, 1, 0)),
        }
    }

    fn below_or_born_after(&mut self, x: X, than: i128) -> X {
        let than = than.clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64;
        let Op::Age(born, on) = self.parts.get(x).op else {
            return self.parts.compare(How::Below, x, than);
        };
        let span = self.parts.get(born).span;
        let epoch = Day::new(1970, 1, 1).expect("1970-01-01 exists");
        let on = epoch.plus_days(i64::from(on));
        // the age falls as the birth comes later: the first day on which it is below
        let (mut low, mut high) = (span.0, span.1 + 1);
        while low < high {
            let middle = low + (high - low) / 2;
            if on.age_of_birth(epoch.plus_days(middle)) < than { high = middle } else { low = middle + 1 }
        }
        let before = self.parts.compare(How::Below, born, low);
        self.parts.not(before)
    }

    fn equal(&mut self, x: X, to: i64) -> X {
        match self.one_term(x) {
            Some((inner, times, plus)) if (to - plus) % times == 0 => {
                self.parts.compare(How::Equal, inner, (to - plus) / times)
            }
            Some(_) => self.parts.always(false),
            None => self.parts.compare(How::Equal, x, to),
        }
    }

    /// `a + sign × b` over one denominator.
    fn joined(&mut self, a: Number, b: Number, sign: i64) -> Built<(X, i64)> {
        let over = common(a.over, b.over)?;
        let x = self.parts.linear(&[(a.x, over / a.over), (b.x, sign * (over / b.over))], 0)?;
        Ok((x, over))
    }

    fn sum(&mut self, left: At, right: At, sign: i64) -> Built<Value> {
        let (a, b) = (self.number(left)?, self.number(right)?);
        let (x, over) = self.joined(a, b, sign)?;
        Ok(Value::Number(Number { x, over, unknown: self.parts.or(a.unknown, b.unknown) }))
    }

    /// Where the number is known to be nothing.
    fn nothing(&mut self, number: Number) -> X {
        let zero = self.equal(number.x, 0);
        let known = self.parts.not(number.unknown);
        self.parts.and(zero, known)
    }

    /// Nothing times anything is nothing, known or not.
    fn product(&mut self, left: At, right: At) -> Built<Value> {
        let (a, b) = (self.number(left)?, self.number(right)?);
        let over = a.over.checked_mul(b.over).ok_or(NotInColumns)?;
        let x = self.parts.times(a.x, b.x)?;
        let either = self.parts.or(a.unknown, b.unknown);
        let unknown = if self.parts.constant_mask(either) == Some(false) {
            either
        } else {
            let (one, two) = (self.nothing(a), self.nothing(b));
            let nothing = self.parts.or(one, two);
            let something = self.parts.not(nothing);
            self.parts.and(either, something)
        };
        self.reduced(x, over, unknown)
    }

    /// Only a constant divides in columns.
    fn quotient(&mut self, left: At, right: At) -> Built<Value> {
        let (a, b) = (self.number(left)?, self.number(right)?);
        if self.parts.constant_mask(b.unknown) == Some(true) {
            return Ok(Value::Unknown);
        }
        let divisor = self.parts.constant(b.x).filter(|n| *n != 0).ok_or(NotInColumns)?;
        if self.parts.constant_mask(b.unknown) != Some(false) {
            return Err(NotInColumns);
        }
        let x = self.parts.linear(&[(a.x, b.over * divisor.signum())], 0)?;
        let over = a.over.checked_mul(divisor.checked_abs().ok_or(NotInColumns)?).ok_or(NotInColumns)?;
        self.reduced(x, over, a.unknown)
    }

    /// A sum whose terms all divide by what its denominator divides by is smaller without.
    fn reduced(&mut self, x: X, over: i64, unknown: X) -> Built<Value> {
        let (x, over) = match &self.parts.get(x).op {
            Op::Linear(terms, plus) if over > 1 => {
                let shared = terms.iter().fold(gcd(over, *plus), |shared, (_, times)| gcd(shared, *times));
                let terms: Vec<(X, i64)> = terms.iter().map(|(x, times)| (*x, times / shared)).collect();
                let plus = plus / shared;
                (self.parts.linear(&terms, plus)?, over / shared)
            }
            Op::Number(number) if over > 1 => {
                let shared = gcd(over, *number);
                let number = number / shared;
                (self.parts.fixed(number)?, over / shared)
            }
            _ => (x, over),
        };
        Ok(Value::Number(Number { x, over, unknown }))
    }

    fn extreme(&mut self, left: At, right: At, greater: bool) -> Built<Value> {
        let (a, b) = (self.number(left)?, self.number(right)?);
        let (a, b, over) = self.same_over(a, b)?;
        let x = self.parts.extreme(a.x, b.x, greater)?;
        Ok(Value::Number(Number { x, over, unknown: self.parts.or(a.unknown, b.unknown) }))
    }

    fn same_over(&mut self, a: Number, b: Number) -> Built<(Number, Number, i64)> {
        let over = common(a.over, b.over)?;
        let one = Number { x: self.parts.linear(&[(a.x, over / a.over)], 0)?, over, ..a };
        let two = Number { x: self.parts.linear(&[(b.x, over / b.over)], 0)?, over, ..b };
        Ok((one, two, over))
    }

    fn rounded(&mut self, how: Rounding, value: At, unit: At) -> Built<Value> {
        let (value, unit) = (self.number(value)?, self.number(unit)?);
        if self.parts.constant_mask(unit.unknown) == Some(true) {
            return Ok(Value::Unknown);
        }
        let steps = self.parts.constant(unit.x).filter(|n| *n > 0).ok_or(NotInColumns)?;
        if self.parts.constant_mask(unit.unknown) != Some(false) {
            return Err(NotInColumns);
        }
        // value / unit = x * unit.over / (value.over * steps)
        let by = value.over.checked_mul(steps).ok_or(NotInColumns)?;
        let shared = gcd(by, unit.over);
        let x = self.parts.round(how, value.x, unit.over / shared, by / shared, steps)?;
        Ok(Value::Number(Number { x, over: unit.over, unknown: value.unknown }))
    }

    fn choice(&mut self, condition: At, then: At, otherwise: At) -> Built<Value> {
        let condition = self.tri(condition)?;
        if let Some(yes) = self
            .parts
            .constant_mask(condition.yes)
            .filter(|yes| *yes || self.parts.constant_mask(condition.may) == Some(false))
        {
            return self.value(if yes { then } else { otherwise });
        }
        match (self.value(then)?, self.value(otherwise)?) {
            (Value::Unknown, Value::Unknown) => Ok(Value::Unknown),
            (Value::Tri(a), b) => {
                let b = self.as_tri(b)?;
                Ok(Value::Tri(self.chosen_tri(condition, a, b)))
            }
            (a, Value::Tri(b)) => {
                let a = self.as_tri(a)?;
                Ok(Value::Tri(self.chosen_tri(condition, a, b)))
            }
            (a, b) => {
                let (a, b) = (self.as_number(a)?, self.as_number(b)?);
                self.chosen_number(condition, a, b)
            }
        }
    }

    fn chosen_tri(&mut self, condition: Tri, a: Tri, b: Tri) -> Tri {
        let yes = self.chosen_mask(condition, (a.yes, b.yes), true);
        Tri { yes, may: self.chosen_mask(condition, (a.may, b.may), false) }
    }

    /// Where the condition is open, both must hold (`all`), or either may.
    fn chosen_mask(&mut self, condition: Tri, (a, b): (X, X), all: bool) -> X {
        let no = self.parts.not(condition.may);
        let (then, otherwise) = (self.parts.and(condition.yes, a), self.parts.and(no, b));
        let settled = self.parts.or(then, otherwise);
        let open = self.open(condition);
        let both = if all { self.parts.and(a, b) } else { self.parts.or(a, b) };
        let both = self.parts.and(open, both);
        self.parts.or(settled, both)
    }

    fn open(&mut self, tri: Tri) -> X {
        if tri.yes == tri.may {
            return self.parts.always(false);
        }
        let not_yes = self.parts.not(tri.yes);
        self.parts.and(tri.may, not_yes)
    }

    fn chosen_number(&mut self, condition: Tri, a: Number, b: Number) -> Built<Value> {
        let (a, b, over) = self.same_over(a, b)?;
        let x = self.parts.pick(condition.yes, a.x, b.x)?;
        let no = self.parts.not(condition.may);
        let (then, otherwise) = (self.parts.and(condition.yes, a.unknown), self.parts.and(no, b.unknown));
        let mut unknown = self.parts.or(then, otherwise);
        let open = self.open(condition);
        if self.parts.constant_mask(open) != Some(false) {
            let difference = self.parts.linear(&[(a.x, 1), (b.x, -1)], 0)?;
            let same = self.equal(difference, 0);
            let differ = self.parts.not(same);
            let either = self.parts.or(a.unknown, b.unknown);
            let either = self.parts.or(either, differ);
            let undecided = self.parts.and(open, either);
            unknown = self.parts.or(unknown, undecided);
        }
        Ok(Value::Number(Number { x, over, unknown }))
    }

    fn gathered(&mut self, how: Gather, value: At, filter: At) -> Built<Value> {
        let filter = self.tri(filter)?;
        match how {
            Gather::Any => {
                let value = self.tri(value)?;
                let one = self.and(filter, value);
                Ok(Value::Tri(Tri { yes: self.parts.any(one.yes), may: self.parts.any(one.may) }))
            }
            Gather::Every => {
                let value = self.tri(value)?;
                let fails = self.negated(value);
                let one = self.and(filter, fails);
                let some = Tri { yes: self.parts.any(one.yes), may: self.parts.any(one.may) };
                Ok(Value::Tri(self.negated(some)))
            }
            Gather::Count => {
                let value = self.tri(value)?;
                let one = self.and(filter, value);
                let open = self.open(one);
                Ok(Value::Number(Number { x: self.parts.count(one.yes)?, over: 1, unknown: self.parts.any(open) }))
            }
            Gather::Sum => {
                let value = self.number(value)?;
                let (open, nothing) = (self.open(filter), self.nothing(value));
                let something = self.parts.not(nothing);
                let open = self.parts.and(open, something);
                self.over_members(value, filter, open, |parts, x, mask| parts.sum(x, mask))
            }
            Gather::Greatest | Gather::Least => {
                let value = self.number(value)?;
                let open = self.open(filter);
                let greatest = how == Gather::Greatest;
                self.over_members(value, filter, open, |parts, x, mask| parts.most(x, mask, greatest))
            }
        }
    }

    fn over_members(
        &mut self,
        value: Number,
        filter: Tri,
        open: X,
        gather: impl Fn(&mut Parts, X, X) -> Built<X>,
    ) -> Built<Value> {
        let lacking = self.parts.and(filter.yes, value.unknown);
        let lacking = self.parts.or(lacking, open);
        let x = gather(self.parts, value.x, filter.yes)?;
        Ok(Value::Number(Number { x, over: value.over, unknown: self.parts.any(lacking) }))
    }
}

fn common(a: i64, b: i64) -> Built<i64> {
    (a / gcd(a, b)).checked_mul(b).ok_or(NotInColumns)
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a.abs().max(1) } else { gcd(b, a % b) }
}
