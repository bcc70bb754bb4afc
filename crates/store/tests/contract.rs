//! One contract, held unchanged to SQLite and PostgreSQL.

#[path = "contract/cases.rs"]
mod cases;
#[path = "contract/chain.rs"]
mod chain;
#[path = "../../casework/tests/desk/mod.rs"]
#[allow(dead_code, reason = "the desk serves other rehearsals too")]
mod desk;
#[path = "contract/engines.rs"]
mod engines;
#[path = "contract/finding.rs"]
mod finding;
#[path = "contract/gauge.rs"]
mod gauge;
#[path = "contract/money.rs"]
mod money;
#[path = "contract/opening.rs"]
mod opening;
#[path = "contract/people.rs"]
mod people;
#[path = "contract/register.rs"]
mod register;
