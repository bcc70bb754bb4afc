use super::*;
use IdNumberError::*;
use proptest::prelude::*;

const AGREED: &str = include_str!("../../../../data/vectors/id/gb11643_vectors.csv");
const DISPUTED: &str = include_str!("../../../../data/vectors/id/gb11643_disputed.csv");
const COUNTIES: &str = include_str!("../../../../data/areas/counties.csv");

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn accepted(text: &str) -> Checked<IdNumber> {
    IdNumber::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// Columns: as typed, as kept. All are the same invented woman.
#[test]
fn numbers_are_read_as_people_write_them() {
    for typed in [
        "43039919540101005X",
        "43039919540101005x",
        "４３０３９９１９５４０１０１００５Ｘ",
        " 430399 19540101 005x ",
        "'43039919540101005X",
        "430399-19540101-005X",
        "\u{feff}43039919540101\u{200b}005X\0",
    ] {
        let checked = accepted(typed);
        assert_eq!((checked.value.as_str(), checked.warnings), ("43039919540101005X", vec![]), "{typed:?}");
    }
}

/// Columns: what was typed, the refusal. Rows 1, 5, 7 and 82 of the list of hostile inputs, and their neighbours.
#[test]
fn what_is_not_a_number_is_refused_with_the_place() {
    for (typed, error) in [
        ("430399196805120023", CheckDigit),
        ("430399198605120022", CheckDigit), // neighbours swapped
        ("430399199002300015", BirthDate),
        ("430399000000000018", BirthDate),
        ("000399199001010016", Province),
        ("999095199002300010", Province),
        ("43039919680512002", Length { found: 17 }),
        ("4303991968051200222", Length { found: 19 }),
        ("43039919680512O022", Character { at: 15 }),
        ("X30399196805120022", Character { at: 1 }),
        ("43039919680512002Y", Character { at: 18 }),
        ("43039919680512002男", Character { at: 18 }),
        ("4.30399E+17", Scientific),
        ("", Empty),
        (" 　\u{200b}", Empty),
    ] {
        assert_eq!(IdNumber::parse(typed).map(|checked| checked.value), Err(error), "{typed}");
    }
}

#[test]
fn a_number_says_birth_sex_tail_and_mask() {
    let woman = accepted("430399196805120022").value;
    assert_eq!(woman.birth(), Some(day("1968-05-12")));
    assert_eq!((woman.sex(), woman.kind()), (Some(Sex::Female), IdKind::Citizen));
    assert_eq!((woman.tail(), woman.masked().as_str()), ("0022", "4303**********0022"));
    assert!(woman.is_invented());
    assert_eq!(IdNumber::invented(day("1968-05-12"), 3).sex(), Some(Sex::Male));
    assert_eq!(format!("{woman:?}"), "IdNumber(4303**********0022)");
}

/// Columns: number, kind, warnings.
#[test]
fn permits_of_other_residents_are_accepted() {
    for (number, kind, warnings) in [
        ("810000199001010019", IdKind::HongKongResident, vec![]),
        ("82000019850505002X", IdKind::MacaoResident, vec![]),
        ("830000198505050021", IdKind::TaiwanResident, vec![]),
        ("943156199001010018", IdKind::ForeignPermanentResident, vec![Warning::LayoutUnsure]),
    ] {
        let checked = accepted(number);
        assert_eq!((checked.value.kind(), checked.warnings), (kind, warnings), "{number}");
    }
}

#[test]
fn fifteen_old_digits_are_converted_and_flagged() {
    let checked = accepted("430399680512002");
    assert_eq!(checked.value, accepted("430399196805120022").value);
    assert_eq!(checked.warnings, [Warning::ConvertedFrom15]);
    assert_eq!(IdNumber::from_15("43039968051200X"), Err(Character { at: 15 }));
    assert_eq!(IdNumber::from_15("430399680230002").map(|c| c.value), Err(BirthDate));
    assert_eq!(IdNumber::from_15("4303996805120020"), Err(Length { found: 16 }));
}

/// Columns: county, birth date, what the look-up says.
#[test]
fn a_county_code_warns_and_never_refuses() {
    let counties = AreaTree::from_csv(COUNTIES).unwrap();
    for (county, birth, warning) in [
        ("430399", "19680512", None), // invented
        ("430321", "19680512", None),
        ("430371", "19680512", Some(Warning::CountyStatisticalOnly)),
        ("430398", "19680512", Some(Warning::CountyNotInTable)),
        ("430303", "19921231", None), // 湘江区, to the end of 1992
        ("430303", "19930101", Some(Warning::CountyEndedBeforeBirth)),
        ("430381", "19500101", None), // 湘乡市 is younger than its people
        ("810000", "19900101", None),
    ] {
        let digits = format!("{county}{birth}002");
        let number = with_check_character(digits.as_bytes().try_into().unwrap());
        assert_eq!(accepted(number.as_str()).value.check_area(&counties), warning, "{county} {birth}");
    }
}

/// All 733 rows two libraries agree on. Those of 659012 (白杨市, founded in 2023) are younger than the libraries' lists.
#[test]
fn the_agreed_numbers_are_judged_alike() {
    let (mut alike, mut younger) = (0, 0);
    for row in AGREED.lines().skip(1) {
        let mut cells = row.split(',');
        let (number, verdict) = (cells.next().unwrap(), cells.next().unwrap());
        let case = cells.next().unwrap();
        let is_new_county = number.starts_with("659012") && matches!(case, "well formed" | "lower-case x");
        let expected = verdict == "valid" || is_new_county;
        assert_eq!(IdNumber::parse(number).is_ok(), expected, "{row}");
        if is_new_county { younger += 1 } else { alike += 1 }
    }
    assert_eq!((alike, younger), (722, 11));
}

/// All 390 rows two libraries disagree on, nearly all for the history of a county code: nobody is turned away for that.
#[test]
fn the_disputed_numbers_are_accepted() {
    let rows: Vec<&str> = DISPUTED.lines().skip(1).collect();
    assert_eq!(rows.len(), 390);
    let counties = AreaTree::from_csv(COUNTIES).unwrap();
    for row in rows {
        let number = row.split(',').next().unwrap();
        let checked = accepted(number);
        let warning = checked.value.check_area(&counties);
        assert!(matches!(warning, None | Some(Warning::CountyStatisticalOnly)), "{row}");
    }
}

#[test]
fn no_refusal_repeats_the_number() {
    for typed in ["430399196805120023", "43039919680512002", "43039919680512O022", "000399199001010016"] {
        let error = IdNumber::parse(typed).unwrap_err();
        let told = format!("{error} {error:?}");
        assert!(!told.contains("430399") && !told.contains("0512"), "{told}");
    }
}

proptest! {
    /// A number that was made is a number that is read, and says what it was made from.
    #[test]
    fn what_is_made_is_read(offset in 0_i64..60_000, sequence in 0_u16..1000) {
        let birth = day("1900-01-01").plus_days(offset);
        let made = IdNumber::invented(birth, sequence);
        let read = IdNumber::parse(made.as_str()).unwrap();
        prop_assert_eq!(read.value, made);
        prop_assert_eq!(read.value.birth(), Some(birth));
        prop_assert!(read.warnings.is_empty());
    }

    /// The check character sees every single wrong digit and every swap of unequal neighbours.
    #[test]
    fn one_slip_is_always_seen(sequence in 0_u16..1000, at in 0_usize..17, other in 0_u8..10) {
        let made = IdNumber::invented(day("1968-05-12"), sequence);
        let mut wrong = made.0;
        wrong[at] = b'0' + other;
        prop_assume!(wrong != made.0);
        prop_assert!(IdNumber::parse(std::str::from_utf8(&wrong).unwrap()).is_err());
        let mut swapped = made.0;
        swapped.swap(at, at + 1);
        prop_assume!(swapped != made.0);
        prop_assert!(IdNumber::parse(std::str::from_utf8(&swapped).unwrap()).is_err());
    }

    #[test]
    fn no_text_makes_it_stumble(text in "\\PC{0,24}") {
        let _ = IdNumber::parse(&text);
    }
}
