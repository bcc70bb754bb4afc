//! The invented city's own files through every reader, as the demonstration does it: what was written is what is read.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use exchange::banks::{Answer, Order, Outcome, PayLine, Profile, simulator};
use exchange::departments::{self, ExtractContext};
use exchange::roster::{self, RosterBatch, RosterContext};
use law::Library;
use law::form::OneForm;
use synth::City;
use values::{AreaTree, Day, Fen, Month};

const AREAS: &str = include_str!("../../../data/areas/xiangtan.csv");

struct Files {
    city: City,
    form: OneForm,
    tree: AreaTree,
    folder: tempfile::TempDir,
}

impl Files {
    fn write() -> Files {
        let policy = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policy");
        let mut books: Vec<(String, String)> = std::fs::read_dir(policy)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|ending| ending == "md"))
            .map(|path| (path.display().to_string(), std::fs::read_to_string(&path).unwrap()))
            .collect();
        books.sort();
        let books: Vec<(&str, &str)> = books.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let library = Library::load(&books).unwrap();
        let city = City::generate(42, 600, AREAS, "2021-08".parse::<Month>().unwrap(), &library).unwrap();
        let folder = tempfile::tempdir().unwrap();
        city.write_files(folder.path(), &mut |_, _, _| ()).unwrap();
        let form = OneForm::parse("policy/one-form.md", include_str!("../../../policy/one-form.md")).unwrap();
        Files { city, form, tree: AreaTree::from_csv(AREAS).unwrap(), folder }
    }

    fn roster(&self, name: &str) -> RosterBatch {
        let home = "4303".parse().unwrap();
        let context = RosterContext { form: &self.form, tree: &self.tree, home, area: None, sheet: None };
        let read = roster::read(&self.folder.path().join(name), &context).unwrap();
        assert_eq!((read.findings.errors, read.preview.unmatched), (Vec::new(), Vec::new()), "{name}");
        read.batch.unwrap()
    }
}

#[test]
fn both_rosters_hold_the_citys_totals_to_the_fen() {
    let files = Files::write();
    let totals = files.city.totals();
    let archive = files.roster("01-困难家庭档案.xlsx");
    assert_eq!(archive.households.len(), totals.households);
    assert_eq!(archive.households.iter().map(|family| family.members.len()).sum::<usize>(), totals.on_file);
    assert!(archive.has_facts && archive.awards.is_empty());
    let money = files.roster("02-发放花名册-2021年08月.xlsx");
    assert_eq!(money.awards.len(), totals.payments);
    assert_eq!(money.awards.iter().map(|award| award.amount).sum::<Fen>(), totals.money);
    let mut by_programme: BTreeMap<&str, Fen> = BTreeMap::new();
    money.awards.iter().for_each(|award| *by_programme.entry(award.programme).or_default() += award.amount);
    let expected: BTreeMap<&str, Fen> = totals.programmes.iter().map(|(id, total)| (*id, total.money)).collect();
    assert_eq!(by_programme, expected);
    let known: std::collections::HashSet<_> =
        archive.households.iter().flat_map(|family| &family.members).map(|person| person.id).collect();
    assert!(money.households.iter().flat_map(|family| &family.members).all(|person| known.contains(&person.id)));
}

#[test]
fn every_extract_is_read_whole() {
    let files = Files::write();
    let mut read = 0;
    for entry in std::fs::read_dir(files.folder.path()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "csv") {
            continue;
        }
        let (kind, source) = departments::kind_and_source_of_name(&path, &files.form).unwrap();
        let context = ExtractContext { form: &files.form, source, kind, as_of: Day::new(2021, 8, 31).unwrap() };
        let extract = departments::read(&path, &context).unwrap();
        assert_eq!((extract.findings.errors, extract.rows), (Vec::new(), extract.records.len()), "{}", path.display());
        assert!(extract.rows > 0, "{}", path.display());
        read += 1;
    }
    assert_eq!(read, 8);
}

#[test]
fn the_bank_sends_back_exactly_what_its_books_say() {
    let files = Files::write();
    let money = files.roster("02-发放花名册-2021年08月.xlsx");
    let profile = Profile::parse(include_str!("../../../data/banks/sample-2021.toml")).unwrap();
    let lines = money.awards.iter().enumerate().filter_map(|(at, award)| {
        Some(PayLine {
            no: at as u32 + 1,
            account_name: award.holder.to_string(),
            account: award.account.as_ref()?.as_str().to_owned(),
            amount: award.amount,
            remark: award.title.to_owned(),
        })
    });
    let order = Order {
        run: "430300-202109".to_owned(),
        county: "430302".parse().unwrap(),
        month: "2021-09".parse().unwrap(),
        lines: lines.collect(),
    };
    let accounts = std::fs::read_to_string(files.folder.path().join("bank/accounts.csv")).unwrap();
    let accounts = simulator::Accounts::from_csv(&accounts).unwrap();
    let sent = order.write(&profile).unwrap();
    assert!(sent.held.is_empty() && sent.files.len() == 1, "{:?}", sent.held);
    let (_, answer) = simulator::answer(&profile, &accounts, &sent.files[0].name, &sent.files[0].bytes).unwrap();
    let judged = Answer::read(&profile, &answer).unwrap().judge(&profile, &order, &order.lines).unwrap();
    let reasons: HashMap<_, _> =
        files.city.bank_truth().into_iter().map(|line| (line.account, line.state.return_reason())).collect();
    for (line, verdict) in order.lines.iter().zip(&judged.verdicts) {
        match (&verdict.outcome, reasons[&*line.account]) {
            (Outcome::Paid, None) => {}
            (Outcome::Returned { meaning, .. }, Some(reason)) => assert_eq!(meaning, reason),
            (outcome, reason) => panic!("line {}: {outcome:?}, the bank's books say {reason:?}", line.no),
        }
    }
    assert!(judged.unknown_lines.is_empty());
}
