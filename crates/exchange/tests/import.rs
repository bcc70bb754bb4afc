//! Rosters into the register and again: what is new, what stays, and what a roster of money leaves alone.

mod made;

use exchange::roster::{self, ImportContext, ImportRefusal, Imported, RosterContext};
use law::form::OneForm;
use made::Book;
use store::register::ImportCounts;
use store::{Hand, Store};
use tempfile::TempDir;
use values::{AreaTree, Day, IdNumber};

struct Bureau {
    form: OneForm,
    tree: AreaTree,
    store: Store,
    folder: TempDir,
}

impl Bureau {
    async fn open() -> Bureau {
        let form = OneForm::parse("policy/one-form.md", include_str!("../../../policy/one-form.md")).unwrap();
        let tree = AreaTree::from_csv(include_str!("../../../data/areas/xiangtan.csv")).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open_folder(&folder.path().join("data")).await.unwrap();
        Bureau { form, tree, store, folder }
    }

    /// What an import of these rows changes as of the first of a month.
    async fn import(&self, month: &str, rows: &[&[&str]]) -> ImportCounts {
        self.try_import(month, rows).await.unwrap_or_else(|refusal| panic!("{refusal}")).counts
    }

    async fn try_import(&self, month: &str, rows: &[&[&str]]) -> Result<Imported, ImportRefusal> {
        let path = Book::of_texts(rows).write(self.folder.path(), "花名册.xlsx");
        let home = "4303".parse().unwrap();
        let context = RosterContext { form: &self.form, tree: &self.tree, home, area: None, sheet: None };
        let read = roster::read(&path, &context).unwrap();
        let batch = read.batch.unwrap_or_else(|| panic!("{:#?}", read.findings.errors));
        let hand = Hand { by: "system".to_owned(), at: format!("{month}-01T08:00:00+08:00") };
        let (form, store) = (&self.form, &self.store);
        let on = Day::parse(&format!("{month}-01")).unwrap();
        let month = month.parse().unwrap();
        let context =
            ImportContext { form, store, hand, unix_ms: 1_630_454_400_000, on, month, name: "花名册.xlsx" };
        batch.import(&read.digest, context).await
    }

    /// The number of the newest facts of a person's household, with their JSON.
    async fn facts_of(&self, id: &str) -> (i64, String) {
        let (county, person) = self.store.find_identity(id).await.unwrap().unwrap();
        let household = self.store.person(county, person).await.unwrap().household;
        let newest = self.store.newest_facts(county, household).await.unwrap();
        (newest.version, newest.facts)
    }
}

fn id(sequence: u16) -> String {
    IdNumber::invented(Day::new(1968, 5, 12).unwrap(), sequence).as_str().to_owned()
}

const FAMILY: [&str; 8] = ["乡镇街道", "村居", "户编号", "姓名", "身份证号", "关系", "户口", "工资"];
const MONEY: [&str; 6] = ["乡镇", "村", "姓名", "身份证号码", "救助类别", "月金额(元)"];
const PLACE: [&str; 2] = ["长城乡", "新石村"];

fn counts(households: [u64; 3], persons_new: u64, awards: [u64; 2]) -> ImportCounts {
    let [households_new, households_changed, households_unchanged] = households;
    let [awards_new, awards_unchanged] = awards;
    let rest = ImportCounts::default();
    ImportCounts {
        persons_new,
        households_new,
        households_changed,
        households_unchanged,
        awards_new,
        awards_unchanged,
        ..rest
    }
}

#[tokio::test]
async fn the_same_households_again_change_nothing_and_a_new_wage_changes_one() {
    let bureau = Bureau::open().await;
    let (head, wife, other) = (id(1), id(2), id(3));
    let [township, village] = PLACE;
    let rows = |wage: &'static str| {
        vec![
            FAMILY.map(str::to_owned),
            [township, village, "XS0001", "张三", &head, "本人", "农村", "600"].map(str::to_owned),
            [township, village, "XS0001", "李四", &wife, "妻", "农村", wage].map(str::to_owned),
            [township, village, "XS0002", "王五", &other, "户主", "农村", ""].map(str::to_owned),
        ]
    };
    let import = async |wage| {
        let rows = rows(wage);
        let texts: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        let slices: Vec<&[&str]> = texts.iter().map(Vec::as_slice).collect();
        bureau.import("2021-09", &slices).await
    };
    assert_eq!(import("").await, counts([2, 0, 0], 3, [0, 0]));
    assert_eq!(import("").await, counts([0, 0, 2], 0, [0, 0]), "the same file again");
    assert_eq!(import("250.50").await, counts([0, 1, 1], 0, [0, 0]), "one wage is new");
    let (version, facts) = bureau.facts_of(&wife).await;
    assert_eq!(version, 2);
    assert!(facts.contains("250.5"), "{facts}");
    assert_eq!(bureau.facts_of(&other).await.0, 1);
}

#[tokio::test]
async fn a_roster_of_money_leaves_known_households_alone_and_brings_in_strangers() {
    let bureau = Bureau::open().await;
    let (head, wife, stranger) = (id(1), id(2), id(9));
    let [township, village] = PLACE;
    bureau
        .import(
            "2021-08",
            &[
                &FAMILY,
                &[township, village, "XS0001", "张三", &head, "本人", "农村", "600"],
                &[township, village, "XS0001", "李四", &wife, "配偶", "农村", "0"],
            ],
        )
        .await;
    let money: [&[&str]; 4] = [
        &MONEY,
        &[township, village, "张三", &head, "农村低保", "660"],
        &[township, village, "李四", &wife, "高龄津贴", "100"],
        &[township, village, "赵六", &stranger, "重度残疾人护理补贴", "90"],
    ];
    assert_eq!(bureau.import("2021-09", &money).await, counts([1, 0, 2], 1, [3, 0]));
    let (version, facts) = bureau.facts_of(&wife).await;
    assert_eq!(version, 1, "a roster without facts renews none");
    assert!(facts.contains("600"), "{facts}");
    // In October the same people stand in the roster again, and it still does not say since when.
    assert_eq!(bureau.import("2021-10", &money).await, counts([0, 0, 3], 0, [0, 3]));
    assert_eq!(bureau.store.register_counts().await.unwrap().0, 3);
}

#[tokio::test]
async fn an_amount_that_differs_is_told_and_left_as_it_is() {
    let bureau = Bureau::open().await;
    let person = id(1);
    let [township, village] = PLACE;
    let paid = async |amount: &'static str| {
        let row: &[&str] = &[township, village, "张三", &person, "高龄津贴", amount];
        bureau.try_import("2021-09", &[&MONEY, row]).await.unwrap()
    };
    assert!(paid("100").await.findings.warnings.is_empty());
    let again = paid("120").await;
    assert_eq!(again.counts, counts([0, 0, 1], 0, [0, 1]));
    let told: Vec<&String> = again.findings.warnings.keys().collect();
    assert!(matches!(told.as_slice(), [text] if text.contains("金额与花名册不同")), "{told:?}");
}

#[tokio::test]
async fn what_contradicts_the_register_is_refused_whole() {
    let bureau = Bureau::open().await;
    let (head, wife, third, other) = (id(1), id(2), id(3), id(4));
    let [township, village] = PLACE;
    bureau
        .import(
            "2021-08",
            &[
                &FAMILY,
                &[township, village, "XS0001", "张三", &head, "本人", "农村", "600"],
                &[township, village, "XS0001", "李四", &wife, "配偶", "农村", "0"],
                &[township, village, "XS0003", "孙七", &third, "本人", "农村", "0"],
            ],
        )
        .await;
    const NUMBERED: [&str; 7] = ["乡镇", "村", "户编号", "姓名", "身份证号码", "救助类别", "月金额"];
    let stranger_among_known: [&[&str]; 3] = [
        &NUMBERED,
        &[township, village, "XS0001", "张三", &head, "农村低保", "660"],
        &[township, village, "XS0001", "周八", &other, "高龄津贴", "100"],
    ];
    let two_households_in_one: [&[&str]; 3] = [
        &NUMBERED,
        &[township, village, "XS0001", "张三", &head, "农村低保", "660"],
        &[township, village, "XS0001", "孙七", &third, "高龄津贴", "100"],
    ];
    for (what, rows) in [("没有这个人", stranger_among_known), ("分在几户", two_households_in_one)] {
        match bureau.try_import("2021-09", &rows).await {
            Err(ImportRefusal::Contradicts(findings)) => {
                assert!(findings.errors[0].what.contains(what), "{:?}", findings.errors);
            }
            other => panic!("{what}: {other:?}"),
        }
    }
    assert_eq!(bureau.store.register_counts().await.unwrap(), (3, 2));
    let county = "430302".parse().unwrap();
    assert!(bureau.store.awards_of_county(county).await.unwrap().is_empty(), "nothing half-imported");
}
