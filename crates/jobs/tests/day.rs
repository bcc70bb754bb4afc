//! The day's run: notices end by themselves, and the sample is drawn once, from a list that nobody chose.

#[path = "../../casework/tests/desk/mod.rs"]
#[allow(dead_code)] // the desk of the other room has more than this needs
mod desk;

use casework::apply;
use casework::case::rules::CountyRules;
use casework::case::{Act, Case, Desk, Status};
use casework::publish;
use desk::{answer, calendar, clerk, day, form, opinion, seen};
use jobs::clock::Moment;
use law::Library;
use store::apply::Append;
use store::{Hand, Store};
use values::{CaseId, HouseholdId, PersonId, WorkCalendar};

const RULES: &str = "county,rule,programme,value,from,cite,example\n430302,抽查,dibao,50,2021-07-01,,示例\n";

fn library() -> Library {
    let book = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    Library::load(&[
        book("policy/one-form.md", include_str!("../../../policy/one-form.md")),
        book("policy/dibao.md", include_str!("../../../policy/dibao.md")),
    ])
    .expect("the books load")
}

/// A case that hangs on the board from 10 September on.
async fn hanging(store: &Store, library: &Library, calendar: &WorkCalendar, at: u32) -> Case {
    let form = apply::HandIn { running_number: at, household: HouseholdId(i64::from(at)), ..form() };
    let procedure = library.procedure("dibao", "2021-09".parse().unwrap(), &form.village).unwrap();
    let desk = |by, on| Desk { actor: by, today: day(on), at: "2021-09-06T09:00:00+08:00", procedure, calendar };
    let (assistant, clerk, checker) = (desk::assistant(), clerk(), desk::checker());
    let first = apply::hand_in(&desk(&assistant, "2021-09-06"), &form).unwrap();
    let mut case = Case::open(CaseId(i64::from(at)), &first, procedure);
    let mut events = vec![first];
    let mut add = |case: &mut Case, desk: &Desk<'_>, act: Act| {
        let event = desk.event(case, act, None);
        case.add(&event);
        events.push(event);
    };
    use casework::{decide, verify};
    let d = desk(&clerk, "2021-09-07");
    let act = apply::accept(&case, &d, &[PersonId(1)]).unwrap();
    add(&mut case, &d, act);
    let act = verify::ask_check(&case, &d, &["税务".into()]).unwrap();
    add(&mut case, &d, act);
    let act = verify::visit(&case, &d, ["T1".into(), "S1".into()], seen()).unwrap();
    add(&mut case, &d, act);
    let c = desk(&checker, "2021-09-08");
    let act = verify::answer_check(&case, &c, answer("税务")).unwrap();
    add(&mut case, &c, act);
    let d = desk(&clerk, "2021-09-10");
    let act = decide::give_opinion(&case, &d, opinion()).unwrap();
    add(&mut case, &d, act);
    let act = publish::post(&case, &d, "最低生活保障").unwrap();
    add(&mut case, &d, act);
    let hand = Hand { by: "T1".into(), at: "2021-09-10T09:00:00+08:00".into() };
    store.append(&case, Append { events, ..Append::default() }, calendar, hand).await.unwrap();
    case
}

#[tokio::test]
async fn notices_end_by_themselves_and_the_sample_is_drawn_once() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_folder(folder.path()).await.unwrap();
    let (library, calendar) = (library(), calendar());
    let rules = CountyRules::from_csv(RULES).unwrap();
    for at in 1..=4 {
        hanging(&store, &library, &calendar, at).await;
    }
    let run = jobs::day::Day { store: &store, library: &library, calendar: &calendar, rules: &rules };
    let done = |ended, sampled| jobs::day::DayDone { ended, sampled };
    for (on, expected) in [
        ("2021-09-17", done(0, 0)), // the last day counts wholly
        ("2021-09-18", done(4, 0)),
        ("2021-09-19", done(0, 2)), // half of four, from the list closed the day before
        ("2021-09-19", done(0, 0)),
    ] {
        assert_eq!(run.live(&Moment::rehearsed(day(on), 9, 0)).await.unwrap(), expected, "{on}");
    }
    let cases = store.arrived_at_county(day("2021-09-18")).await.unwrap();
    assert!(cases.iter().all(|case| case.status() == Status::CountyReview));
    assert_eq!(cases.iter().filter(|case| casework::decide::needs_county_visit(case)).count(), 2);
    assert!(store.verify_audit().await.unwrap().broken.is_none());
}

#[tokio::test]
async fn a_day_on_which_nothing_ran_is_drawn_later_and_a_draw_cut_short_is_finished() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_folder(folder.path()).await.unwrap();
    let (library, calendar) = (library(), calendar());
    let rules = CountyRules::from_csv(RULES).unwrap();
    for at in 1..=4 {
        hanging(&store, &library, &calendar, at).await;
    }
    let run = jobs::day::Day { store: &store, library: &library, calendar: &calendar, rules: &rules };
    let live = async |on| run.live(&Moment::rehearsed(day(on), 9, 0)).await.unwrap();
    assert_eq!(live("2021-09-18").await.ended, 4);
    // the draw was recorded, and the machine stopped before anybody was told
    let listed = store.arrived_at_county(day("2021-09-18")).await.unwrap();
    let recorded = store::day::Draw { list: "d".into(), numbers: vec![listed[2].filed.number.clone()] };
    let hand = Hand { by: "system".into(), at: "2021-09-19T09:00:00+08:00".into() };
    let county = listed[0].filed.village.county();
    store.record_draw(county, day("2021-09-18"), recorded.clone(), hand.clone()).await.unwrap();
    let other = store::day::Draw { list: "other".into(), numbers: vec![] };
    assert_eq!(store.record_draw(county, day("2021-09-18"), other, hand).await.unwrap(), recorded, "the first counts");
    assert_eq!(live("2021-09-21").await.sampled, 1, "those that were drawn, two days later");
    assert_eq!(live("2021-09-21").await.sampled, 0);
    let sampled: Vec<bool> =
        store.arrived_at_county(day("2021-09-18")).await.unwrap().iter().map(|c| c.is_sampled).collect();
    assert_eq!(sampled, [false, false, true, false]);
    assert!(store.verify_audit().await.unwrap().broken.is_none());
}

#[tokio::test]
async fn a_list_of_three_days_ago_is_drawn_today() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open_folder(folder.path()).await.unwrap();
    let (library, calendar) = (library(), calendar());
    let rules = CountyRules::from_csv(RULES).unwrap();
    for at in 1..=4 {
        hanging(&store, &library, &calendar, at).await;
    }
    let run = jobs::day::Day { store: &store, library: &library, calendar: &calendar, rules: &rules };
    for (on, sampled) in [("2021-09-18", 0), ("2021-09-21", 2), ("2021-09-22", 0)] {
        assert_eq!(run.live(&Moment::rehearsed(day(on), 9, 0)).await.unwrap().sampled, sampled, "{on}");
    }
}

#[test]
fn a_rule_without_source_or_example_is_refused() {
    for (text, wrong) in [
        ("x", "第一行"),
        ("county,rule,programme,value,from,cite,example\n430302,抽查,dibao,30,2021-07-01,,\n", "示例"),
        ("county,rule,programme,value,from,cite,example\n430302,抽查,dibao,130,2021-07-01,,示例\n", "100"),
        ("county,rule,programme,value,from,cite,example\n430302,别的,dibao,30,2021-07-01,,示例\n", "规则只有"),
    ] {
        assert!(CountyRules::from_csv(text).unwrap_err().contains(wrong), "{text}");
    }
    let rules = CountyRules::from_csv(include_str!("../../../data/counties/rules.csv")).unwrap();
    let county = "430302".parse().unwrap();
    assert_eq!(rules.sample_percent(&county, "tekun", day("2021-09-01")), Some(30));
    assert_eq!(rules.sample_percent(&county, "tekun", day("2021-06-30")), None);
    assert!(!rules.is_delegated(&county, "dibao", day("2021-09-01")));
}
