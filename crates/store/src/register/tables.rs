//! The tables that an import fills, each collected and written in chunks.

use sqlx::{Any, Transaction};
use values::{AreaCode, PersonId};

use crate::StoreError;
use crate::rows::Rows;

/// Rows on their way into each table.
pub(super) struct Tables {
    pub(super) person: Rows,
    pub(super) household: Rows,
    pub(super) facts: Rows,
    pub(super) account: Rows,
    pub(super) history: Rows,
    pub(super) award: Rows,
}

impl Tables {
    pub(super) fn new() -> Tables {
        Tables {
            person: Rows::new(
                "INSERT INTO person (county, person, household, position, village, name, name_key, id_number, id_hash, id_tail, birth_on, relation, phone, is_invented)",
                14,
                "ON CONFLICT (county, person) DO UPDATE SET household = excluded.household, position = excluded.position, village = excluded.village, name = excluded.name, name_key = excluded.name_key, relation = excluded.relation, phone = excluded.phone",
            ),
            household: Rows::new(
                "INSERT INTO household (county, household, village, bureau_no, head, address, digest)",
                7,
                "ON CONFLICT (county, household) DO UPDATE SET head = excluded.head, address = excluded.address, digest = excluded.digest",
            ),
            facts: Rows::new(
                "INSERT INTO household_facts (county, household, version, true_from, recorded_at, source, facts, digest, batch)",
                9,
                "",
            ),
            account: Rows::new("INSERT INTO account (county, person, version, holder, number, bank, is_frozen)", 7, ""),
            history: Rows::new(
                "INSERT INTO account_history (county, person, version, holder, number, bank, entered_by, verified_by, at, batch)",
                10,
                "",
            ),
            award: Rows::new(
                "INSERT INTO award (county, award, household, person, village, programme, amount, from_month, batch)",
                9,
                "",
            ),
        }
    }
}

/// Writes who was not known before, in order of their hash.
pub(super) async fn write_identities(
    tx: &mut Transaction<'_, Any>,
    mut identities: Vec<([u8; 32], AreaCode, PersonId)>,
) -> Result<(), StoreError> {
    identities.sort_unstable();
    let mut rows = Rows::new("INSERT INTO identity (id_hash, county, person)", 3, "");
    for (hash, county, person) in identities {
        rows.add(tx, [hex::encode(hash).into(), county.as_str().into(), person.0.into()]).await?;
    }
    rows.finish(tx).await?;
    Ok(())
}
