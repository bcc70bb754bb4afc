//! What a month holds back is not forgotten: once the hindrance has gone, it is paid with the next month as arrears.

use std::collections::BTreeMap;

use exchange::banks::Profile;
use jobs::bank::Bank;
use jobs::clock::Moment;
use jobs::pay::Run;
use ledger::{Computed, ExclusionReason, FundShares, FundSource, LineKind};
use store::register::{AccountIn, AwardIn, HouseholdIn, PersonIn};
use store::{Hand, Store};
use values::{AreaCode, Day, Fen, IdNumber, Month};

fn county() -> AreaCode {
    "430302".parse().unwrap()
}

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

fn hand() -> Hand {
    Hand { by: "F1".to_owned(), at: "2021-09-01T08:00:00+08:00".to_owned() }
}

fn account(number: &str) -> AccountIn {
    AccountIn { holder: "张三".to_owned(), number: number.to_owned(), bank: "农商行".to_owned() }
}

fn id(sequence: u16) -> String {
    IdNumber::invented(Day::new(1968, 5, 12).unwrap(), sequence).as_str().to_owned()
}

/// Two people of one village with old-age money; the second has no account.
async fn village(store: &Store) {
    let mut import = store.begin_import(hand(), 1_630_454_400_000, "roster").await.unwrap();
    for (sequence, number) in [(1, "6200000000000001"), (2, "")] {
        let person = PersonIn {
            name: "张三".to_owned(),
            name_key: "张三".to_owned(),
            id_number: id(sequence),
            birth_on: Day::new(1968, 5, 12).unwrap(),
            relation: "本人".to_owned(),
            phone: String::new(),
            is_invented: true,
        };
        let household = HouseholdIn {
            village: "430302202204".parse().unwrap(),
            bureau_no: format!("XS{sequence:04}"),
            address: String::new(),
            members: vec![person],
            facts: r#"{"地区":"430302202204","家庭":{},"成员":[{"关系":"本人"}]}"#.to_owned(),
            true_from: Day::new(2021, 9, 1).unwrap(),
            source: "roster".to_owned(),
        };
        import.household(&household).await.unwrap();
        let award = AwardIn {
            id_number: id(sequence),
            programme: "old-age".to_owned(),
            amount: Fen::yuan(100 * i64::from(sequence)),
            from: month("2021-09"),
            account: account(number),
        };
        import.award(&award).await.unwrap();
    }
    import.finish("花名册.xlsx", "roster").await.unwrap();
}

fn kinds(computed: &Computed) -> Vec<(i64, String, LineKind)> {
    computed.lines.iter().map(|line| (line.amount.fen() / 100, line.month.to_string(), line.kind)).collect()
}

#[tokio::test]
async fn a_right_held_for_want_of_an_account_is_paid_with_the_next_month() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_folder(folder.path()).await.unwrap();
    village(&store).await;
    let city = FundShares::new(vec![(FundSource::City, 1000)]).unwrap();
    let shares = BTreeMap::from([("old-age".to_owned(), city)]);
    let profile = Profile::parse(include_str!("../../../data/banks/sample-2021.toml")).unwrap();
    let (outbox, archive) = (folder.path().join("outbox"), folder.path().join("archive"));
    let bank = Bank { profile: &profile, outbox, archive, remarks: &BTreeMap::new() };
    let run = Run { store: &store, shares: &shares, overlap: &law::Overlap::default(), bank: &bank };

    let september = run.compute(county(), month("2021-09")).await.unwrap();
    assert_eq!(kinds(&september.computed), [(100, "2021-09".to_owned(), LineKind::Regular)]);
    assert_eq!(september.computed.excluded[0].reason, ExclusionReason::NoAccount);
    let tenth = Moment::rehearsed(Day::new(2021, 9, 10).unwrap(), 9, 0);
    run.lock(month("2021-09"), &september, "F1", &tenth).await.unwrap().unwrap();

    let still = run.compute(county(), month("2021-10")).await.unwrap();
    let held: Vec<_> = still.computed.excluded.iter().map(|held| (held.month.to_string(), held.reason)).collect();
    let no_account = ExclusionReason::NoAccount;
    assert_eq!(held, [("2021-10".to_owned(), no_account), ("2021-09".to_owned(), no_account)]);

    let (_, person) = store.find_identity(&id(2)).await.unwrap().unwrap();
    store.correct_account(county(), person, &account("6200000000000002"), "A1", hand()).await.unwrap();
    let october = run.compute(county(), month("2021-10")).await.unwrap();
    assert_eq!(
        kinds(&october.computed),
        [
            (100, "2021-10".to_owned(), LineKind::Regular),
            (200, "2021-09".to_owned(), LineKind::Arrears),
            (200, "2021-10".to_owned(), LineKind::Regular),
        ]
    );
    run.lock(month("2021-10"), &october, "F1", &tenth).await.unwrap().unwrap();
    let november = run.compute(county(), month("2021-11")).await.unwrap();
    assert_eq!(november.computed.lines.len(), 2, "what was paid is not owed any more");
    assert!(november.computed.excluded.is_empty());
}
