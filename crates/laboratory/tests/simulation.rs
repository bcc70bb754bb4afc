//! A reform beside its baseline, on households for whom everything is known by hand; and the laws that hold for any.

mod books;

use books::{city, household, library};
use laboratory::{Disclosure, Findings, LabRefusal, Question, Reform, Shown, Simulation};
use law::Library;
use law::form::Facts;
use proptest::prelude::*;
use values::{Fen, Month};

fn months(first: &str, count: usize) -> Vec<Month> {
    let first: Month = first.parse().unwrap();
    std::iter::successors(Some(first), |month: &Month| Some(month.next())).take(count).collect()
}

fn reform(library: &Library, settings: &[&str]) -> Library {
    let settings = settings.iter().map(|text| text.parse().unwrap()).collect();
    Reform { settings }.of(library, "2021-03".parse().unwrap()).unwrap_or_else(|wrong| panic!("{wrong}"))
}

fn simulate(
    (baseline, reform): (&Library, &Library),
    households: &[&[Facts]],
    count: usize,
    disclosure: Disclosure,
) -> Findings {
    let question = Question { baseline, reform, months: months("2021-03", count), margin_percent: Some(5) };
    let mut simulation = Simulation::new(question).unwrap();
    households.iter().for_each(|piece| simulation.add(piece));
    simulation.finish(disclosure)
}

fn yuan(yuan: i64) -> Shown<Fen> {
    Shown::Known(Fen::yuan(yuan))
}

/// Settings; winners, losers, unchanged; change a month of winners and losers; cost of a year before and after.
#[test]
fn who_wins_and_who_loses_is_known_by_hand() {
    let library = library();
    // before: 甲 60, 丙 50 + 50, 戊 80 + 50 = 290 a month
    let check = |settings: &[&str], groups: [u64; 3], changes: [i64; 2], year: [i64; 2]| {
        let found = simulate((&library, &reform(&library, settings)), &[&city(&library)], 1, Disclosure::Inside);
        let households = [found.winners, found.losers, found.unchanged].map(|group| group.households);
        assert_eq!(households, groups.map(Shown::Known), "{settings:?}");
        let money = [found.winners, found.losers].map(|group| group.change_fen_per_month);
        assert_eq!(money, changes.map(yuan), "{settings:?}");
        assert_eq!([found.year.before, found.year.after], year.map(Fen::yuan), "{settings:?}");
    };
    check(&[], [0, 0, 6], [0, 0], [3480, 3480]);
    // 110 everywhere: 甲 +10, 乙 +6, 丙 +20; 戊 falls from 80 to nothing (120 ≥ 110)
    check(&["限额=110元/月"], [3, 1, 2], [36, -80], [3480, 2952]);
    check(&["限额@430000=110元/月"], [3, 0, 3], [36, 0], [3480, 3912]);
    check(&["限额@430302=210元/月"], [1, 0, 5], [10, 0], [3480, 3600]);
    check(&["存款限额=2000元"], [1, 0, 5], [100, 0], [3480, 4680]);
    check(&["津贴=0元/月"], [0, 2, 4], [0, -100], [3480, 2280]);
    // one gains and loses alike: 丙 +20 by the limit, −20 by the allowance
    check(&["限额@430000=110元/月", "津贴=30元/月"], [2, 1, 3], [16, -20], [3480, 3432]);
    check(&["限额=110元/月;起=2021-04"], [0, 0, 6], [0, 0], [3480, 3480]);
}

/// Area, members' wage and age; what the household draws in all, and of each programme how many have it and for how much.
#[test]
fn a_households_money_is_the_best_that_goes_together() {
    let library = books::library_with_overlap();
    let check = |members: &[(i64, bool)], month: i64, drawn: [(u64, i64); 3]| {
        let one = [household(&library, "430321", 0, members)];
        let found = simulate((&library, &library), &[&one], 1, Disclosure::Inside);
        assert_eq!(found.year.before, Fen::yuan(12 * month), "{members:?}");
        let sides = found.programmes.iter().map(|it| (it.before.cases, it.before.fen));
        let drawn = drawn.map(|(cases, fen)| (Shown::Known(cases), yuan(fen)));
        assert_eq!(sides.collect::<Vec<_>>(), drawn, "aid, extra, old for {members:?}");
        let by_programme: i64 = found.programmes.iter().map(|it| it.before.fen.known().unwrap().fen()).sum();
        assert_eq!(found.by_month[0].before, Fen::new(by_programme), "what is counted is what is paid");
    };
    // the extra hangs on the aid: it comes though nothing says yet that the aid is drawn
    check(&[(40, false)], 67, [(1, 60), (1, 7), (0, 0)]);
    // 60 of aid and 7, or the allowance of 50: not both
    check(&[(40, true)], 67, [(1, 60), (1, 7), (0, 0)]);
    // 30 of aid and 7, or the allowance of 50
    check(&[(70, true)], 50, [(0, 0), (0, 0), (1, 50)]);
    // 40 of aid and 7, or two allowances of 50
    check(&[(80, true), (80, true)], 100, [(0, 0), (0, 0), (2, 100)]);
    check(&[(200, false)], 0, [(0, 0), (0, 0), (0, 0)]);
    // more members than ways can be tried for: a person decides, nothing is counted
    check(&[(0, false); 17], 0, [(0, 0), (0, 0), (0, 0)]);
}

#[test]
fn unknown_answers_are_told_by_the_facts_they_hang_on() {
    let library = library();
    let texts = [
        r#"{"地区":"430321001001","家庭":{"存款":"0"},"成员":[{"工资":"40","年纪大":"否"}]}"#,
        r#"{"地区":"430321001001","家庭":{},"成员":[{"工资":"40","年纪大":"否"}]}"#,
        r#"{"地区":"430321001001","家庭":{},"成员":[{"工资":"40","年纪大":"否"},{"工资":"40","年纪大":"否"}]}"#,
        r#"{"地区":"430321001001","家庭":{"存款":"0"},"成员":[{"年纪大":"是"}]}"#,
        r#"{"地区":"430321001001","家庭":{},"成员":[{"工资":"40"}]}"#,
        // nothing of it is asked: the deposits settle the one, the age the other
        r#"{"地区":"430321001001","家庭":{"存款":"5000"},"成员":[{"年纪大":"否"}]}"#,
        // the books know no figure of this province
        r#"{"地区":"510104001001","家庭":{"存款":"0"},"成员":[{"工资":"40","年纪大":"否"}]}"#,
    ];
    let households = laboratory::households::read(&library, &texts).unwrap_or_else(|wrong| panic!("{wrong}"));
    let unknown = simulate((&library, &library), &[&households], 1, Disclosure::Inside).unknown;
    assert_eq!((unknown.households, unknown.by_books), (Shown::Known(5), Shown::Known(1)));
    let facts: Vec<(&str, Shown<u64>, Shown<u64>)> =
        unknown.facts.iter().map(|it| (it.fact.as_str(), it.households, it.alone)).collect();
    let expected = [("存款", 3, 2), ("工资", 1, 1), ("年纪大", 1, 0)];
    assert_eq!(facts, expected.map(|(fact, all, alone)| (fact, Shown::Known(all), Shown::Known(alone))));
    let public = simulate((&library, &library), &[&households], 1, Disclosure::Public).unknown;
    assert!(public.facts.iter().all(|it| it.households == Shown::Hidden && it.alone.known().is_none_or(|n| n == 0)));
}

#[test]
fn a_change_in_the_middle_counts_for_its_months() {
    let library = library();
    let reform = reform(&library, &["限额@430302=224元/月;起=2021-06"]);
    let found = simulate((&library, &reform), &[&city(&library)], 4, Disclosure::Inside);
    // 戊 has 24 more in one month of four: 6 a month on average, 72 a year
    assert_eq!(found.winners.change_fen_per_month, yuan(6));
    assert_eq!(found.year.after - found.year.before, Fen::yuan(72));
    let by_month: Vec<Fen> = found.by_month.iter().map(|month| month.after - month.before).collect();
    assert_eq!(by_month, [0, 0, 0, 24].map(Fen::yuan));
    let figure = &found.figures[0];
    assert_eq!((figure.before.as_deref(), figure.after.as_deref()), (Some("200元/月"), Some("224元/月")));
}

#[test]
fn programmes_counties_and_steps_tell_the_same_story() {
    let library = library();
    let found = simulate((&library, &reform(&library, &["限额=110元/月"])), &[&city(&library)], 1, Disclosure::Inside);
    let aid = &found.programmes[0];
    let counts = [aid.newly, aid.no_longer, aid.more, aid.less, aid.same];
    assert_eq!(counts, [1, 1, 2, 0, 0].map(Shown::Known), "乙 is new, 戊 drops out, 甲 and 丙 have more");
    assert_eq!([aid.before.cases, aid.after.cases, aid.after.people], [3, 3, 4].map(Shown::Known));
    assert!(found.programmes[1].is_unchanged());
    let steps: Vec<(&str, Shown<u64>)> = found
        .steps
        .iter()
        .filter(|step| step.households != Shown::Known(0))
        .map(|step| (step.name.as_str(), step.households))
        .collect();
    let expected = [("少 50–100 元", 1), ("不变", 2), ("多 10 元以内", 2), ("多 10–50 元", 1)];
    assert_eq!(steps, expected.map(|(name, count)| (name, Shown::Known(count))));
    let near = found.borderline.unwrap();
    // 乙 at 104 of 110 is out with 5 % more? 104 × 105 % = 109.2 < 110: no. 戊 at 120: 114 ≥ 110: no. Nobody turns.
    assert_eq!(near.households, Shown::Known(0));
    assert_eq!(found.examples.iter().map(|it| it.value.as_str()).collect::<Vec<_>>(), ["200元/月"]);
}

/// Wage against a limit of 100, and whether 5 % less or more turns the answer.
#[test]
fn borderline_is_who_turns_with_so_many_percent() {
    let library = library();
    for (wage, turns) in [(95, false), (96, true), (99, true), (100, true), (105, true), (106, false), (0, false)] {
        let one = [household(&library, "430321", 0, &[(wage, false)])];
        let found = simulate((&library, &library), &[&one], 1, Disclosure::Inside);
        assert_eq!(found.borderline.unwrap().households, Shown::Known(turns.into()), "{wage}");
        assert_eq!(found.programmes[0].borderline, Shown::Known(turns.into()), "{wage}");
    }
}

#[test]
fn what_everybody_may_see_has_no_small_count() {
    let library = library();
    let reform = reform(&library, &["限额=110元/月"]);
    let found = simulate((&library, &reform), &[&city(&library)], 1, Disclosure::Public);
    assert_eq!([found.winners.households, found.losers.households], [Shown::Hidden; 2]);
    assert_eq!(found.winners.change_fen_per_month, Shown::Hidden);
    assert_eq!(found.programmes[0].before.fen, Shown::Hidden);
    // many with 100 and one that comes in: the total after would tell that it is one
    let mut many = vec![household(&library, "430321", 0, &[(40, false)]); 8];
    many.push(household(&library, "430321", 0, &[(104, false)]));
    let one_more = simulate((&library, &reform), &[&many], 1, Disclosure::Public).programmes.remove(0);
    assert_eq!((one_more.before.cases, one_more.newly), (Shown::Known(8), Shown::Hidden));
    assert_eq!((one_more.after.cases, one_more.after.people), (Shown::Hidden, Shown::Hidden));
    let areas = values::AreaTree::from_csv("code,level,name,kind,valid_from,valid_to,successor\n")
        .unwrap_or_else(|error| panic!("{error}"));
    let words = laboratory::words(&found, &areas);
    assert!(words.contains("受益少于 5 户"), "{words}");
}

#[test]
fn what_cannot_be_asked_is_refused() {
    let library = library();
    let none = Question { baseline: &library, reform: &library, months: Vec::new(), margin_percent: None };
    assert_eq!(Simulation::new(none).unwrap_err(), LabRefusal::NoMonth);
    let form = books::FORM.replace("| 存款 | 家庭 | 元 |", "| 存款 | 家庭 | 元 |\n| 房屋套数 | 家庭 | 整数 |");
    let form = form.replace("| 元 |\n| 房屋套数 | 家庭 | 整数 |", "| 元 | | | |\n| 房屋套数 | 家庭 | 整数 |");
    let other = books::library_of(&[("one-form.md", &form), ("aid.md", books::AID), ("old.md", books::OLD)]);
    let differ = Question { baseline: &library, reform: &other, months: months("2021-03", 1), margin_percent: None };
    assert_eq!(Simulation::new(differ).unwrap_err(), LabRefusal::FormsDiffer);
}

/// In the county with its own limit; deposits; wage and age of each member.
type Drawn = (bool, i64, Vec<(i64, bool)>);

/// Any household of either county.
fn any_household() -> impl Strategy<Value = Drawn> {
    (any::<bool>(), 0..2_000_i64, proptest::collection::vec((0..400_i64, any::<bool>()), 1..5))
}

fn build(library: &Library, drawn: &[Drawn]) -> Vec<Facts> {
    let one = |(rain, deposits, members): &Drawn| {
        household(library, if *rain { "430302" } else { "430321" }, *deposits, members)
    };
    drawn.iter().map(one).collect()
}

fn payroll(library: &Library, households: &[Facts]) -> Fen {
    let month = "2021-03".parse().unwrap();
    let all = households.iter().flat_map(|facts| library.determine_all(month, facts));
    all.filter_map(|answer| answer.amount).sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn without_a_change_nothing_changes(drawn in proptest::collection::vec(any_household(), 1..24)) {
        let library = library();
        let found = simulate((&library, &library), &[&build(&library, &drawn)], 3, Disclosure::Inside);
        prop_assert!(found.is_without_effect());
        prop_assert_eq!(found.year.before, found.year.after);
        prop_assert_eq!([found.winners.households, found.losers.households], [Shown::Known(0); 2]);
        prop_assert_eq!(found.unchanged.households, Shown::Known(drawn.len() as u64));
        prop_assert!(found.cells.iter().all(|cell| cell.before == cell.after));
        prop_assert!(found.figures.is_empty());
    }

    #[test]
    fn counties_add_up_and_the_cost_is_the_difference_of_two_payrolls(
        drawn in proptest::collection::vec(any_household(), 1..24),
        limit in 50..300_i64,
        allowance in 0..100_i64,
        cut in 0..24_usize,
    ) {
        let library = library();
        let reform = reform(&library, &[&format!("限额={limit}元/月"), &format!("津贴={allowance}元/月")]);
        let households = build(&library, &drawn);
        let (first, second) = households.split_at(cut.min(households.len()));
        let found = simulate((&library, &reform), &[first, second], 1, Disclosure::Inside);
        prop_assert_eq!(&found, &simulate((&library, &reform), &[&households], 1, Disclosure::Inside), "however it is cut");
        let sum = |of: &dyn Fn(&laboratory::CountyFinding) -> Shown<Fen>| -> Fen {
            found.counties.iter().map(|county| of(county).known().unwrap()).sum()
        };
        prop_assert_eq!(sum(&|county| county.before_fen_per_year), found.year.before);
        prop_assert_eq!(sum(&|county| county.after_fen_per_year), found.year.after);
        let count = |of: &dyn Fn(&laboratory::CountyFinding) -> Shown<u64>| -> u64 {
            found.counties.iter().map(|county| of(county).known().unwrap()).sum()
        };
        prop_assert_eq!(Shown::Known(count(&|county| county.winners)), found.winners.households);
        prop_assert_eq!(Shown::Known(count(&|county| county.losers)), found.losers.households);
        prop_assert_eq!(found.year.before, payroll(&library, &households) * 12);
        prop_assert_eq!(found.year.after, payroll(&reform, &households) * 12);
        let changed: Fen = [found.winners, found.losers].iter().map(|group| group.change_fen_per_month.known().unwrap()).sum();
        prop_assert_eq!(changed * 12, found.year.after - found.year.before);
        let in_steps: u64 = found.steps.iter().map(|step| step.households.known().unwrap()).sum();
        prop_assert_eq!(in_steps, found.households);
    }
}
