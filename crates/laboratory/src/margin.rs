//! 临界: the same household with all its money a little less or a little more.

use law::columns::allowed;
use law::form::{Fact, FactId, FactRow, Facts, OneForm, Value};
use values::Fen;

/// The household with every fact in yuan (income, deposits, spending alike) at `percent` % of what it is, cut to the fen and to
/// what the form allows. All amounts move together, so that this is as if every limit of the books in yuan had moved the other
/// way.
pub fn scaled(form: &OneForm, facts: &Facts, percent: u8) -> Facts {
    let one = |(id, fact): (FactId, Fact)| (id, scaled_fact(form, id, fact, percent));
    let row = |row: &FactRow| FactRow::from_facts(row.iter().map(one));
    Facts { area: facts.area, household: row(&facts.household), members: facts.members.iter().map(row).collect() }
}

fn scaled_fact(form: &OneForm, id: FactId, fact: Fact, percent: u8) -> Fact {
    let scale = |fen: Fen| {
        let (least, most) = allowed(&form.declaration(id).kind);
        let scaled = i128::from(fen.fen()) * i128::from(percent) / 100;
        Fen::new(i64::try_from(scaled).expect("at most two and a half times a fact of the form").clamp(least, most))
    };
    let value = match fact.value {
        Value::Money(fen) => Value::Money(scale(fen)),
        Value::MoneyPerMonth(fen) => Value::MoneyPerMonth(scale(fen)),
        Value::MoneyPerYear(fen) => Value::MoneyPerYear(scale(fen)),
        other @ (Value::Count(_) | Value::Ratio(_) | Value::Date(_) | Value::YesNo(_) | Value::Choice(_)) => other,
    };
    Fact { value, ..fact }
}
