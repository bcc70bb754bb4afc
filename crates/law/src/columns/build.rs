//! From a compiled book to parts: what a book says of one household becomes arithmetic on many.
//!
//! Each construct follows `engine::evaluate` to the letter; the differential tests hold it there. What has no place in
//! columns (a division by what differs from household to household, numbers that might not fit) is left to the evaluator.

use values::{Day, Month};

use super::look::{Look, Shape};
use super::parts::{Built, Lane, NotInColumns, Parts, X};
use super::table::day_number;
use crate::engine::program::{At, Node, Program, V};
use crate::form::{FactId, FactKind, OneForm};

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
pub(super) enum Value {
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

    pub(super) fn as_tri(&mut self, value: Value) -> Built<Tri> {
        match value {
            Value::Tri(tri) => Ok(tri),
            Value::Unknown => Ok(Tri { yes: self.parts.always(false), may: self.parts.always(true) }),
            Value::Number(_) => Err(NotInColumns),
        }
    }

    pub(super) fn as_number(&mut self, value: Value) -> Built<Number> {
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

    pub(super) fn value(&mut self, at: At) -> Built<Value> {
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

    pub(super) fn both(&mut self, left: At, right: At) -> Built<(Tri, Tri)> {
        Ok((self.tri(left)?, self.tri(right)?))
    }

    pub(super) fn negated(&mut self, tri: Tri) -> Tri {
        Tri { yes: self.parts.not(tri.may), may: self.parts.not(tri.yes) }
    }

    pub(super) fn and(&mut self, a: Tri, b: Tri) -> Tri {
        Tri { yes: self.parts.and(a.yes, b.yes), may: self.parts.and(a.may, b.may) }
    }

    pub(super) fn or(&mut self, a: Tri, b: Tri) -> Tri {
        Tri { yes: self.parts.or(a.yes, b.yes), may: self.parts.or(a.may, b.may) }
    }

    /// What a mask says where nothing is unknown.
    pub(super) fn known_tri(&mut self, mask: X, unknown: X) -> Tri {
        let known = self.parts.not(unknown);
        Tri { yes: self.parts.and(mask, known), may: self.parts.or(mask, unknown) }
    }
}
