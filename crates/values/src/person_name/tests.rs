use super::*;
use proptest::prelude::*;

const DISPUTED: &str = include_str!("../../../../data/vectors/gb18030/gb18030_disputed.csv");
const AGREED: &str = include_str!("../../../../data/vectors/gb18030/gb18030_agreed.csv");

fn name(text: &str) -> PersonName {
    PersonName::parse(text).unwrap_or_else(|error| panic!("{text:?}: {error}"))
}

/// Each row: ways of writing one name. All have one key; each is kept as written. Rows 15, 18 and 19 of the hostile inputs.
#[test]
fn ways_of_writing_one_name_have_one_key() {
    for ways in [
        vec![
            "买买提·阿卜杜拉",
            "买买提•阿卜杜拉",
            "买买提・阿卜杜拉",
            "买买提．阿卜杜拉",
            "买买提‧阿卜杜拉",
            "买买提.阿卜杜拉",
            "买买提 · 阿卜杜拉",
        ],
        vec!["王䶮", "王\u{E863}"],
        vec!["张一", "张⼀", "张 一", "张　一"],
        vec!["周桂兰", "周桂蘭", "周\u{E0100}桂兰"],
        vec!["户大", "戶大", "戸大"],
        vec!["豈甲", "\u{F900}甲"],
        vec!["吕乙", "呂乙"],
        vec!["JOSÉ LI", "José  Li", "Jose\u{301} Li", "Ｊｏｓｅ\u{301} Ｌｉ"],
    ] {
        let key = name(ways[0]).key();
        for way in ways {
            assert_eq!(name(way).key(), key, "{way:?}");
            assert_eq!(name(way).as_str(), way);
        }
    }
}

/// Each row: two names that stay two.
#[test]
fn two_names_stay_two() {
    for (one, other) in [("肖甲", "萧甲"), ("付乙", "傅乙"), ("张三", "张二"), ("J. Li", "J Li"), ("周桂兰", "周桂")]
    {
        assert_ne!(name(one).key(), name(other).key(), "{one} {other}");
    }
}

/// The 24 characters whose bytes moved between the editions of GB 18030: a file of either edition gives one key.
#[test]
fn both_forms_of_a_disputed_character_have_one_key() {
    let rows: Vec<&str> = DISPUTED.lines().skip(1).collect();
    assert_eq!(rows.len(), 24);
    for row in rows {
        let cells: Vec<&str> = row.split(',').collect();
        let bytes = u32::from_str_radix(cells[3], 16).unwrap();
        let old = match (bytes >> 8, bytes & 0xFF) {
            // Trail byte 7F does not exist.
            (0xFE, trail) => 0xE815 + trail - 0x50 - u32::from(trail > 0x7F),
            (0xA6, trail @ 0xD9..=0xDF) => 0xE78D + trail - 0xD9,
            (0xA6, trail @ 0xEC..=0xED) => 0xE794 + trail - 0xEC,
            (0xA6, 0xF3) => 0xE796,
            _ => panic!("{row}"),
        };
        let old = char::from_u32(old).unwrap();
        let (new_name, old_name) = (name(&format!("周{}", cells[1])), name(&format!("周{old}")));
        assert_eq!(new_name.key(), old_name.key(), "{row}");
        assert_eq!((new_name.warning(), old_name.warning()), (None, Some(Warning::PrivateUseCharacter)), "{row}");
    }
}

#[test]
fn rare_characters_are_kept_and_hold_their_own_key() {
    let rows: Vec<&str> = AGREED.lines().skip(1).collect();
    assert_eq!(rows.len(), 291);
    for row in
        rows.into_iter().filter(|row| row.split(',').nth(1).is_some_and(|c| c.chars().all(name_characters::is_hanzi)))
    {
        let typed = format!("周{}", row.split(',').nth(1).unwrap());
        assert_eq!(name(&typed).as_str(), typed);
        assert_eq!(name(&name(&typed).key()).key(), name(&typed).key(), "{row}");
    }
    for typed in ["周𬭎", "周𡒄", "周㛃", "周䶮", "周\u{30000}"] {
        assert_eq!((name(typed).as_str(), name(typed).key().as_str(), name(typed).warning()), (typed, typed, None));
    }
}

/// Row 20: what nobody can see is taken out. Row 22: what looks odd is kept.
#[test]
fn the_invisible_goes_and_the_odd_stays() {
    for typed in [
        "\u{feff}周桂兰",
        "周\u{200b}桂兰",
        "\u{202e}周桂兰\u{202c}",
        "周桂兰\0",
        " 周桂兰\r\n",
        "\u{2066}周桂兰\u{2069}",
    ] {
        assert_eq!(name(typed).as_str(), "周桂兰", "{typed:?}");
    }
    for typed in ["NULL", "测试", "O'Brien", "--", "<b>", "=1+1", "'; DROP TABLE"] {
        assert_eq!(name(typed).as_str(), typed);
    }
}

#[test]
fn nothing_seen_too_much_or_broken_is_refused() {
    use PersonNameError::*;
    let refused = |text: &str| PersonName::parse(text).unwrap_err();
    assert_eq!(refused(""), Empty);
    assert_eq!(refused(" 　\u{200b}\u{202e}"), Empty);
    assert_eq!(refused(&"长".repeat(101)), TooLong);
    assert_eq!(refused("周\u{FFFD}兰"), Broken { at: 2 });
    for long in ["长".repeat(25), "长".repeat(50), "长".repeat(100)] {
        assert_eq!(name(&long).as_str(), long);
    }
}

/// Columns: name, as public lists show it.
#[test]
fn public_lists_show_the_ends_only() {
    for (typed, shown) in [
        ("周桂兰", "周*兰"),
        ("张三", "张*"),
        ("张", "*"),
        ("欧阳娜娜", "欧**娜"),
        ("买买提.阿卜杜拉", "买**·***拉"),
        ("周\u{E0100}桂兰", "周*兰"),
        ("王\u{E863}", "王*"),
    ] {
        assert_eq!(name(typed).masked(), shown, "{typed}");
    }
    assert_eq!(name("买买提・阿卜杜拉").shown(), "买买提·阿卜杜拉");
    assert_eq!(name("J. Smith").shown(), "J. Smith");
    assert_eq!(format!("{:?}", name("周桂兰")), "PersonName(周*兰)");
}

proptest! {
    /// A key is its own key; a name read again is the same name; a mask shows two characters at most.
    #[test]
    fn keys_settle_and_masks_hide(text in "[一-龥A-Za-zé·•. 　\u{E815}-\u{E864}⼀-⿕]{1,12}") {
        prop_assume!(PersonName::parse(&text).is_ok());
        let read = name(&text);
        prop_assert_eq!(name(read.as_str()), read.clone());
        let key = read.key();
        prop_assume!(!key.is_empty());
        prop_assert_eq!(name(&key).key(), key);
        prop_assert!(read.masked().chars().filter(|&c| c != '*' && c != DOT).count() <= 2);
    }

    #[test]
    fn no_text_makes_it_stumble(text in any::<String>()) {
        if let Ok(read) = PersonName::parse(&text) {
            let _ = (read.key(), read.masked(), read.shown(), read.warning());
        }
    }
}
