//! Names as Xiangtan hears them: surnames by how common they are there, given names by decade, and the names that
//! break software: long ones with U+00B7, rare characters beyond the basic plane. The lists are our own; nobody is meant.

use crate::dice::Dice;
use crate::person::Sex;

const SURNAMES: &[(u64, &str)] = &[
    (80, "刘"),
    (72, "陈"),
    (70, "李"),
    (58, "周"),
    (52, "王"),
    (48, "彭"),
    (46, "张"),
    (44, "谭"),
    (42, "黄"),
    (40, "罗"),
    (36, "杨"),
    (34, "胡"),
    (32, "冯"),
    (30, "唐"),
    (28, "贺"),
    (28, "曾"),
    (26, "郭"),
    (26, "肖"),
    (25, "何"),
    (24, "成"),
    (24, "龙"),
    (22, "赵"),
    (20, "左"),
    (18, "文"),
    (18, "易"),
    (18, "朱"),
    (16, "马"),
    (15, "沈"),
    (15, "汤"),
    (24, "吴"),
    (16, "蒋"),
    (18, "邓"),
    (18, "谢"),
    (18, "袁"),
    (16, "颜"),
    (14, "傅"),
    (14, "宋"),
    (14, "毛"),
    (12, "赖"),
    (12, "戴"),
    (12, "万"),
    (11, "欧阳"),
    (11, "许"),
    (10, "郑"),
    (10, "梁"),
    (10, "程"),
    (10, "姜"),
    (9, "钟"),
    (9, "熊"),
    (8, "石"),
    (8, "田"),
    (8, "向"),
    (8, "尹"),
    (7, "莫"),
    (7, "夏"),
    (6, "齐"),
    (6, "宁"),
    (6, "楚"),
    (5, "言"),
    (4, "上官"),
];

/// First and second characters of given names, by sex and decade of birth.
struct Fashion {
    until: i16,
    male: (&'static str, &'static str),
    female: (&'static str, &'static str),
}

const FASHIONS: &[Fashion] = &[
    Fashion {
        until: 1949,
        male: ("德福寿桂炳树长玉春松荣庆兆应运锡少佑", "生初云林秋华清庭泉祥球元申和钦堂林坤"),
        female: ("桂玉秀淑菊冬金细运满翠秋爱福友", "英莲香兰贞梅珍娥姣秀云华连妹元纯"),
    },
    Fashion {
        until: 1969,
        male: ("建国新志正光冬铁迪术伏石罗立湘仕庚", "华明云平初良辉球强生根田军山仁文桂"),
        female: ("桂秀玉金冬春菊翠湘建新爱雪美伏凤", "兰英莲华云珍香娥群元辉纯平连芝梅"),
    },
    Fashion {
        until: 1989,
        male: ("志建勇小海新国铁立伟亮正炎湘卫石", "军强辉勇明平波峰良斌雄科武刚华林"),
        female: ("小丽红海艳爱建湘春秋燕雪志国冬", "红霞英艳兰芳萍群华平梅玲娟花辉纯"),
    },
    Fashion {
        until: 2005,
        male: ("俊志文嘉子宇思浩佳鑫旭泽晨家", "杰豪伟宇鹏辉康轩林阳凯涛翔晖"),
        female: ("佳思雨婷欣嘉梦紫诗慧雅静依", "怡琪婷颖雯佳欣妮瑶玲洁琳萱"),
    },
    Fashion {
        until: 9999,
        male: ("子梓宇浩俊皓奕沐一明辰瑞铭泽", "轩涵宸睿泽昊晨然阳霖铭航骏煜"),
        female: ("梓雨诗欣语若思可沐一依紫芷佳", "涵萱彤妍悦琪瑶汐晴桐玥宁琳桉"),
    },
];

/// Characters the old code pages do not hold: some of names, some merely allowed (GB 18030-2022 level 3).
pub const RARE: &[char] = &['𬭎', '䶮', '㛃', '𫖯', '𬀩', '𬱖', '𫍽', '𬴂', '㭎', '𡒄', '\u{30000}', '\u{30edd}'];

const FAR_NAMES: &[&str] = &[
    "阿卜杜热合曼",
    "买买提吐尔逊",
    "努尔麦麦提",
    "阿依古丽",
    "吐尔洪江",
    "阿卜力克木",
    "热孜万古丽",
    "玉素甫江",
    "库尔班尼亚孜",
    "帕提古丽",
    "沙依提汗",
    "麦麦提敏",
    "阿不都沙拉木",
    "图尔荪阿依",
];

const HILL_NAMES: &[&str] =
    &["阿木", "日布", "吉克", "石保", "务达", "巴代", "龙莎", "仰阿", "田吉", "卡普", "墨贴", "惹巴"];

/// A family's surname.
pub(crate) fn surname(dice: &mut Dice) -> &'static str {
    dice.weighted(SURNAMES)
}

/// A whole name of a person born in that year: two to four characters, in rare cases many more or a rare one.
pub(crate) fn person_name(dice: &mut Dice, surname: &str, sex: Sex, born: i16) -> String {
    match dice.below(2_000) {
        0..=2 => far_name(dice),
        3..=5 => hill_name(dice),
        6..=11 => format!("{surname}{}{}", dice.pick(RARE), one_of(dice, second_characters(sex, born))),
        _ => format!("{surname}{}", given_name(dice, sex, born)),
    }
}

/// Two to five parts joined by U+00B7 (间隔号); the longest have 25 characters and more.
fn far_name(dice: &mut Dice) -> String {
    let parts = dice.weighted(&[(5, 2), (3, 3), (2, 5)]);
    (0..parts).map(|_| *dice.pick(FAR_NAMES)).collect::<Vec<_>>().join("\u{b7}")
}

fn hill_name(dice: &mut Dice) -> String {
    (0..2).map(|_| *dice.pick(HILL_NAMES)).collect::<Vec<_>>().join("\u{b7}")
}

fn fashion(born: i16) -> &'static Fashion {
    FASHIONS.iter().find(|fashion| born <= fashion.until).expect("the last fashion has no end")
}

fn second_characters(sex: Sex, born: i16) -> &'static str {
    match sex {
        Sex::Male => fashion(born).male.1,
        Sex::Female => fashion(born).female.1,
    }
}

fn given_name(dice: &mut Dice, sex: Sex, born: i16) -> String {
    let (first, second) = match sex {
        Sex::Male => fashion(born).male,
        Sex::Female => fashion(born).female,
    };
    let last = one_of(dice, second);
    // one in nine has a single character, one in seven of the young repeats it
    match dice.below(9) {
        0 => last.to_string(),
        1 if born > 1985 => format!("{last}{last}"),
        _ => format!("{}{last}", one_of(dice, first)),
    }
}

fn one_of(dice: &mut Dice, characters: &str) -> char {
    let at = dice.below(characters.chars().count() as u64) as usize;
    characters.chars().nth(at).expect("chosen within the list")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_or_long_or_rare_as_in_life() {
        let mut dice = Dice::new(11, 0);
        let names: Vec<String> = (0..60_000_u32)
            .map(|turn| {
                let family = surname(&mut dice);
                person_name(
                    &mut dice,
                    family,
                    if turn % 2 == 0 { Sex::Male } else { Sex::Female },
                    1930 + (turn % 90) as i16,
                )
            })
            .collect();
        assert!(names.iter().any(|name| name.chars().count() >= 25), "a name of 25 characters and more");
        assert!(names.iter().any(|name| name.chars().any(|c| c > '\u{ffff}')), "a character beyond the basic plane");
        assert!(names.iter().any(|name| name.contains('\u{b7}')));
        let usual = names.iter().filter(|name| (2..=4).contains(&name.chars().count())).count();
        assert!(usual > 59_700, "{usual} of 60,000 are usual");
    }

    #[test]
    fn every_name_survives_gb_18030() {
        let mut dice = Dice::new(12, 0);
        for turn in 0..60_000_u32 {
            let family = surname(&mut dice);
            let name = person_name(&mut dice, family, Sex::Female, 1930 + (turn % 90) as i16);
            let (bytes, _, lost) = encoding_rs::GB18030.encode(&name);
            assert!(!lost, "{name}");
            assert_eq!(encoding_rs::GB18030.decode(&bytes).0, name);
        }
    }
}
