//! Applications: one form, one number, as many cases as rights.

use casework::apply::Application;
use casework::case::Case;
use sqlx::Row;
use values::AreaCode;

use crate::apply::read_case;
use crate::db::Writing;
use crate::rows::from_json;
use crate::{Store, StoreError, audit};

impl Store {
    /// The application of that number; none for a case that came before applications were kept.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn application(&self, county: AreaCode, number: &str) -> Result<Option<Application>, StoreError> {
        let row = sqlx::query("SELECT document FROM application WHERE county = $1 AND number = $2")
            .bind(county.county().as_str())
            .bind(number)
            .fetch_optional(self.read())
            .await
            .map_err(StoreError::database("读申请"))?;
        row.map(|row| from_json("申请", &row.get::<String, _>(0))).transpose()
    }

    /// All cases of an application, the leading one first.
    ///
    /// # Errors
    /// The database cannot be read.
    pub async fn cases_of_application(&self, county: AreaCode, number: &str) -> Result<Vec<Case>, StoreError> {
        let rows = sqlx::query(
            "SELECT document FROM case_file WHERE county = $1 AND (number = $2 OR (number > $3 AND number < $4)) \
             ORDER BY LENGTH(number), number",
        )
        .bind(county.county().as_str())
        .bind(number)
        .bind(format!("{number}-"))
        .bind(format!("{number}.")) // the character after the hyphen
        .fetch_all(self.read())
        .await
        .map_err(StoreError::database("读申请的办件"))?;
        rows.iter().map(read_case).collect()
    }
}

impl Writing<'_> {
    /// Writes the application as it stands; its audit row holds the digest of all of it.
    pub(crate) async fn application(&mut self, application: &Application) -> Result<(), StoreError> {
        let document = serde_json::to_string(application).expect("an application is plain");
        let row = sqlx::query(
            "INSERT INTO application (county, number, household, village, handed_in_on, asked, prefilled, reused, version, document) \
             VALUES ($1,$2,$3,$4,$5,$6,$7,$8,1,$9) ON CONFLICT (county, number) DO UPDATE SET asked = excluded.asked, \
             prefilled = excluded.prefilled, reused = excluded.reused, version = application.version + 1, document = excluded.document \
             RETURNING version",
        )
        .bind(self.county.clone())
        .bind(&application.number)
        .bind(application.household.0)
        .bind(application.village.as_str())
        .bind(application.on.to_string())
        .bind(i64::from(application.asked))
        .bind(i64::from(application.prefilled))
        .bind(i64::from(application.reused))
        .bind(&document)
        .fetch_one(&mut *self.tx)
        .await
        .map_err(StoreError::database("写申请"))?;
        let version: i64 = row.get(0);
        let subject = format!("application:{}:{version}", application.number);
        self.audit("application", &subject, &audit::as_it_stands("", &document)).await
    }
}
