//! The curve of a household, where everything is known by hand.

mod books;

use books::{household, library};
use laboratory::LabRefusal;
use laboratory::cliffs::{Ask, Curve};
use law::form::Facts;
use values::Fen;

fn ask<'q>(facts: &'q Facts, fact: &'q str, member: usize, limit: i64, step: i64) -> Ask<'q> {
    Ask {
        household: "一家",
        facts,
        fact,
        member,
        month: "2021-03".parse().unwrap(),
        limit: Fen::yuan(limit),
        step: Fen::yuan(step),
    }
}

#[test]
fn the_cliff_is_found_to_the_fen() {
    let library = library();
    // up to 100 the aid falls as fast as the wage grows: no cliff. At 300 the allowance of 50 ends.
    let facts = household(&library, "430321", 0, &[(0, true)]);
    for step in [1, 7, 50, 130] {
        let curve = Curve::of(&library, &ask(&facts, "工资", 0, 520, step)).unwrap();
        let found: Vec<(Fen, Fen, Fen)> =
            curve.cliffs.iter().map(|cliff| (cliff.at, cliff.help_before, cliff.help_after)).collect();
        assert_eq!(found, [(Fen::yuan(300), Fen::yuan(50), Fen::ZERO)], "steps of {step}");
        assert_eq!(curve.cliffs[0].programmes, ["老人津贴"]);
    }
    let curve = Curve::of(&library, &ask(&facts, "工资", 0, 500, 50)).unwrap();
    let told: Vec<(Fen, Fen)> = curve.points.iter().take(4).map(|point| (point.income, point.total())).collect();
    let expected = [(0, 150), (50, 150), (100, 150), (150, 200)];
    assert_eq!(told, expected.map(|(income, total)| (Fen::yuan(income), Fen::yuan(total))));
    assert_eq!(curve.cliffs[0].made_up_at, Some(Fen::yuan(350)));
    assert_eq!(curve.sentence(), "工资到 300 元再多一分，每月少 50 元（老人津贴），挣到 350 元才补回来");
}

#[test]
fn a_household_without_a_cliff_says_so() {
    let library = library();
    let facts = household(&library, "430321", 0, &[(0, false)]);
    let curve = Curve::of(&library, &ask(&facts, "工资", 0, 500, 50)).unwrap();
    assert!(curve.cliffs.is_empty());
    assert_eq!(curve.sentence(), "没有多挣反而少的地方");
}

#[test]
fn what_cannot_be_drawn_is_refused() {
    let library = library();
    let facts = household(&library, "430321", 0, &[(0, false)]);
    let check = |fact: &str, member: usize, limit: i64, step: i64, expected: LabRefusal| {
        assert_eq!(Curve::of(&library, &ask(&facts, fact, member, limit, step)).unwrap_err(), expected);
    };
    check("存款", 0, 500, 50, LabRefusal::NotMoney { fact: "存款".into() });
    check("身高", 0, 500, 50, LabRefusal::NotMoney { fact: "身高".into() });
    check("工资", 1, 500, 50, LabRefusal::NoMember { member: 2 });
    check("工资", 0, 500, 0, LabRefusal::Steps { steps: 0, most: 10_000 });
    check("工资", 0, 20_000, 1, LabRefusal::Steps { steps: 20_000, most: 10_000 });
}
