//! After the decision: what a review may do to an award.

use casework::case::Award;
use casework::review::{Finding, Hearing, follow};
use values::{AwardId, Day, Fen, HouseholdId, Month, PersonId};

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

fn award(until: Option<&str>) -> Award {
    Award {
        id: AwardId(5),
        household: HouseholdId(7),
        person: PersonId(1),
        programme: "dibao".into(),
        gives: law::Gives::Money(law::AmountPer::Month),
        amount: Fen::yuan(660),
        from: month("2021-10"),
        until: until.map(month),
        case: None,
    }
}

fn heard() -> Hearing {
    Hearing {
        on: Day::new(2022, 3, 31).unwrap(), reason: "家庭收入增加".into(), household_said: "没有意见".into()
    }
}

fn changed(yuan: i64, from: &str) -> Finding {
    Finding::Changed { amount: Fen::yuan(yuan), from: month(from) }
}

/// What becomes of it: id, yuan, from and until of each award that follows.
fn becomes(finding: &Finding) -> Vec<(i64, i64, String, String)> {
    let shown = |award: Award| {
        let until = award.until.map(|last| last.to_string()).unwrap_or_default();
        (award.id.0, award.amount.fen() / 100, award.from.to_string(), until)
    };
    follow(&award(None), finding, &heard(), AwardId(6)).unwrap().into_iter().map(shown).collect()
}

fn refused(award: &Award, finding: &Finding, hearing: &Hearing) -> Vec<&'static str> {
    follow(award, finding, hearing, AwardId(6)).err().map_or(Vec::new(), |no| no.names())
}

#[test]
fn an_award_is_never_edited_the_old_one_ends_and_a_new_one_begins() {
    let row = |id, yuan, from: &str, until: &str| (id, yuan, from.to_owned(), until.to_owned());
    assert_eq!(becomes(&Finding::Unchanged), []);
    assert_eq!(becomes(&changed(500, "2022-04")), [row(5, 660, "2021-10", "2022-03"), row(6, 500, "2022-04", "")]);
    assert_eq!(becomes(&Finding::Ended { last: month("2022-03") }), [row(5, 660, "2021-10", "2022-03")]);
    let grace = Finding::Grace { since: month("2022-02"), months: 6 };
    assert_eq!(becomes(&grace), [row(5, 660, "2021-10", "2022-07")], "February and five more");
}

/// The month before, the month, the month after: heard on the last of March, changed from April at the earliest.
#[test]
fn a_change_begins_with_the_month_after_the_hearing() {
    for (from, names) in [
        ("2022-03", vec!["not_from_next_month"]),
        ("2022-04", vec![]),
        ("2022-05", vec![]),
        ("2021-09", vec!["not_from_next_month", "before_the_award"]),
    ] {
        assert_eq!(refused(&award(None), &changed(500, from), &heard()), names, "{from}");
    }
    let late_grace = Finding::Grace { since: month("2021-10"), months: 6 };
    assert_eq!(refused(&award(None), &late_grace, &heard()), Vec::<&str>::new(), "until March, ends with April");
    let over = Finding::Grace { since: month("2021-10"), months: 5 };
    assert_eq!(refused(&award(None), &over, &heard()), ["not_from_next_month"]);
}

/// Worked case C36: nothing is taken from a family that was not heard.
#[test]
fn the_family_is_told_and_heard_first() {
    let end = Finding::Ended { last: month("2022-03") };
    let silent = Hearing { household_said: " ".into(), ..heard() };
    assert_eq!(refused(&award(None), &end, &silent), ["household_not_heard"]);
    let untold = Hearing { reason: String::new(), household_said: String::new(), ..heard() };
    assert_eq!(refused(&award(None), &end, &untold), ["reason_not_told", "household_not_heard"]);
    assert_eq!(refused(&award(None), &Finding::Unchanged, &untold), Vec::<&str>::new());
}

/// What has ended is not brought back by a review.
#[test]
fn an_ended_award_stays_ended() {
    for (until, names) in
        [("2022-02", vec!["award_has_ended"]), ("2022-03", vec!["award_has_ended"]), ("2022-04", vec![])]
    {
        assert_eq!(refused(&award(Some(until)), &changed(500, "2022-04"), &heard()), names, "{until}");
    }
    let kept = follow(&award(Some("2022-12")), &changed(500, "2022-04"), &heard(), AwardId(6)).unwrap();
    assert_eq!(kept[1].until, Some(month("2022-12")), "a new amount does not make a right longer");
    assert_eq!(refused(&award(None), &changed(0, "2022-04"), &heard()), ["change_to_nothing"]);
}
