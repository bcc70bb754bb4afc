//! Opening: one program at a time, nothing changed behind our back.

use store::{Store, StoreError};

use crate::engines::{House, on_both};
use crate::money::{allocate, filed};
use crate::people::*;

#[test]
fn what_was_written_is_there_after_opening_again() {
    on_both(async |house| {
        settle(&house.store).await;
        if house.engine == "SQLite" {
            assert!(matches!(house.open_again().await, Err(StoreError::InUse)));
            return;
        }
        let again = house.open_again().await.unwrap();
        assert_eq!(again.register_counts().await.unwrap(), (5, 4));
        assert_eq!(again.id_hash("1"), house.store.id_hash("1"), "the salt stays");
        assert!(again.engine().await.unwrap().starts_with("PostgreSQL"));
    });
}

/// At one moment of an invented calendar, one program after the other.
#[test]
fn two_programs_never_make_the_same_id() {
    on_both(async |house| {
        let now = 1_630_454_400_000;
        let first = house.store.next_id(now);
        let again = house.next_start().await.unwrap();
        assert_ne!(first, again.next_id(now), "{}", house.engine);
    });
}

/// A folder may be called what it likes.
#[test]
fn a_folder_with_strange_letters_opens_and_reopens() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let folder = tempfile::tempdir().unwrap();
        let odd = folder.path().join("救助 100%?数据#1");
        let store = Store::open_folder(&odd).await.unwrap();
        settle(&store).await;
        store.close().await;
        drop(store);
        assert!(odd.join("dixian.db").exists());
        let again = Store::open_folder(&odd).await.unwrap();
        assert_eq!(again.register_counts().await.unwrap(), (5, 4));
        assert!(again.engine().await.unwrap().starts_with("SQLite 3."));
    });
}

async fn refusal(house: &House, sql: &str) -> String {
    assert_eq!(house.tamper(sql).await, 1);
    match house.next_start().await {
        Err(StoreError::Unusable(text)) => text,
        other => panic!("{}: {other:?}", house.engine),
    }
}

#[test]
fn a_changed_migration_is_refused() {
    on_both(async |house| {
        let text = refusal(house, "UPDATE migration SET digest = 'x' WHERE id = 1").await;
        assert!(text.contains("0001-the-chain"), "{}: {text}", house.engine);
    });
}

#[test]
fn a_database_of_a_newer_release_is_refused() {
    on_both(async |house| {
        let text =
            refusal(house, "INSERT INTO migration (id, name, digest, applied_at) VALUES (999, 'later', 'x', '')").await;
        assert!(text.contains("更新版本"), "{}: {text}", house.engine);
    });
}

/// The database of the release before knows no profile of a bank file: what it holds stays, and new files keep theirs.
#[test]
fn a_database_of_an_older_release_is_brought_up() {
    on_both(async |house| {
        settle(&house.store).await;
        allocate(&house.store).await;
        let (envelope, _) = filed(&house.store, "2021-09").await;
        house.tamper("ALTER TABLE bank_file DROP COLUMN profile").await;
        for added in [
            "DROP TABLE application",
            "DROP INDEX case_open",
            "ALTER TABLE award DROP COLUMN gives",
            "ALTER TABLE notice DROP COLUMN gives",
            "ALTER TABLE case_file DROP COLUMN holder",
            "ALTER TABLE case_file DROP COLUMN step",
            "ALTER TABLE case_file DROP COLUMN step_since",
            "ALTER TABLE case_file DROP COLUMN step_due_on",
            "ALTER TABLE case_file DROP COLUMN waits_for",
        ] {
            house.tamper(added).await;
        }
        house.tamper("DELETE FROM migration WHERE id >= 2").await;
        let again = house.next_start().await.unwrap();
        let files = again.bank_files(envelope.county, envelope.id).await.unwrap();
        let kept: Vec<_> = files.iter().map(|file| (file.file_no, file.profile.as_str())).collect();
        assert_eq!(kept, [(1, ""), (2, "")], "{}", house.engine);
    });
}

#[test]
fn addresses_that_are_no_database_are_refused_in_words() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let refused = runtime.block_on(Store::open_postgres("mysql://x")).unwrap_err();
    assert!(refused.to_string().contains("postgres://"), "{refused}");
}
