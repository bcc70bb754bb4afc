//! Books that are cut, doubled, swapped or scribbled on: every one is taken or refused, none brings the program down, and a
//! refusal points into the book.
//!
//! The mutations are drawn from a seed, so a failure can be repeated: the seed stands in its message. `FUZZ_ROUNDS=100000`
//! makes the run longer, `FUZZ_SEED` begins elsewhere.

mod hostile;
mod support;

use hostile::{FORM, tried};
use support::books;

/// Rounds of an ordinary run.
const ROUNDS: u64 = 150;

/// Numbers that look random, the same for the same seed (xorshift).
struct Dice(u64);

impl Dice {
    fn of(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % sides.max(1)
    }

    fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[self.below(from.len())]
    }
}

/// Words of the language, of tables, and noise.
const WORDS: [&str; 62] = [
    "(",
    ")",
    "{",
    "}",
    "+",
    "-",
    "×",
    "÷",
    "=",
    "≤",
    "<",
    "≠",
    "，",
    "、",
    "：",
    "|",
    "〔",
    "〕",
    "\"",
    "“",
    "且",
    "或",
    "非",
    "若",
    "则",
    "否则",
    "因",
    "下一步",
    "属于",
    "不属于",
    "真",
    "每人",
    "条件",
    "转人工",
    "金额",
    "分项",
    "交给",
    "改",
    "删",
    "合计(",
    "计数(",
    "任一(",
    "最大(",
    "取大(",
    "进到元(",
    "按月(",
    "年龄",
    "0元",
    "99999999元/月",
    "33%",
    "24个月",
    "2021-02-29",
    "9999-12-31",
    "000000",
    "430300",
    "```",
    "\u{200b}",
    "\u{202e}",
    "😀",
    "é\u{301}",
    "\u{0}",
    "\u{3000}",
];
/// Lines that mean much.
const LINES: [&str; 22] = [
    "| 书目 | |\n|---|---|",
    "| 沿用 | 2021-07-01 |",
    "| 沿用 | 2020-01-01 |",
    "| 待遇 | 身份认定 |",
    "| 待遇 | 服务 |",
    "| 单位 | 人 |",
    "| 起 | 9999-12-31 |",
    "| 参数 | 地区 | 起 | 值 | 依据 | 示例 |\n|---|---|---|---|---|---|",
    "| 步骤 | 承办 | 时限 | 起算 | 并行 | 可暂停 | 依据 |\n|---|---|---|---|---|---|---|",
    "| 期限 | 起算 | 止 | 多久 | 依据 |\n|---|---|---|---|---|",
    "| 给付 | 限额 | 依据 |\n|---|---|---|\n| 甲 | | 乙 |",
    "```law\n删 条件 有人计入\n```",
    "```law\n改 人口 = 1\n```",
    "```law\n甲 = 乙\n乙 = 甲\n```",
    "```law\n分项 甲 = 1元/月\n```",
    "```law\n",
    "```case\n例: 一\n月: 9999-12   地区: 430302\n其余: 无\n  本人  年龄 30\n应得: 符合\n```",
    "```case\n例: 二\n月: 0001-01   地区: 430302\n  本人  年龄 -9\n查 第9人: 人口 = 1\n应得 第3人: 不知道\n```",
    "```",
    "条件 甲: 真 否则 \"多\"",
    "金额 甲 = 1元",
    "# ",
];

/// One change to a text, at a place drawn.
fn mutate(text: &str, other: &str, dice: &mut Dice) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let chars: Vec<char> = text.chars().collect();
    let (at, line) = (dice.below(chars.len()), dice.below(lines.len()));
    let span = |dice: &mut Dice| at..(at + 1 + dice.below(40)).min(chars.len());
    let with_line = |new: &str| [&lines[..line], &[new], lines.get(line + 1..).unwrap_or(&[])].concat().join("\n");
    let with = |from: usize, to: usize, new: &str| -> String {
        chars[..from].iter().copied().chain(new.chars()).chain(chars[to..].iter().copied()).collect()
    };
    match dice.below(12) {
        0 => chars[..at].iter().collect(),
        1 => {
            let span = span(dice);
            with(span.start, span.end.max(span.start), "")
        }
        2 => {
            let span = span(dice);
            let again: String = chars[span.clone()].iter().collect();
            with(span.end, span.end, &again.repeat(1 + dice.below(4)))
        }
        3 | 4 => with(at, at, dice.pick(&WORDS)),
        5 => {
            let end = (at + 1).min(chars.len());
            with(at, end, dice.pick(&WORDS))
        }
        6 => with_line(dice.pick(&LINES)),
        7 => with_line(""),
        8 => with_line(&format!("{}\n{}", lines.get(line).unwrap_or(&""), lines.get(line).unwrap_or(&""))),
        9 => {
            let other: Vec<&str> = other.lines().collect();
            let from = dice.below(other.len());
            let some = other[from..(from + 1 + dice.below(12)).min(other.len())].join("\n");
            with_line(&some)
        }
        10 => {
            let mut swapped = lines.clone();
            if !swapped.is_empty() {
                let with = dice.below(swapped.len());
                swapped.swap(line, with);
            }
            swapped.join("\n")
        }
        _ => {
            let mut cells: Vec<&str> = lines.get(line).unwrap_or(&"").split('|').collect();
            let (one, two) = (dice.below(cells.len()), dice.below(cells.len()));
            cells.swap(one, two);
            with_line(&cells.join("|"))
        }
    }
}

/// All books: the form first, then the one to be changed.
fn shuffled(dice: &mut Dice) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> =
        books().into_iter().map(|(path, text)| (path.to_owned(), text.to_owned())).collect();
    all.sort_by_key(|(path, _)| path != FORM);
    let changed = 1 + dice.below(all.len() - 1);
    all.swap(1, changed);
    all
}

#[test]
fn mutated_books_are_taken_or_refused() {
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let (first, rounds) = (number("FUZZ_SEED").unwrap_or(1), number("FUZZ_ROUNDS").unwrap_or(ROUNDS));
    let mut taken = 0;
    for seed in first..first + rounds {
        let mut dice = Dice::of(seed);
        let mut chosen = shuffled(&mut dice);
        let which = if dice.below(6) == 0 { 0 } else { 1 };
        for _ in 0..1 + dice.below(4) {
            let other = chosen[dice.below(chosen.len())].1.clone();
            chosen[which].1 = mutate(&chosen[which].1, &other, &mut dice);
        }
        let round = std::panic::AssertUnwindSafe(|| tried(&chosen));
        let was_taken = std::panic::catch_unwind(round);
        taken += u64::from(was_taken.unwrap_or_else(|_| panic!("FUZZ_SEED={seed} FUZZ_ROUNDS=1 repeats this")));
    }
    assert!(
        taken > rounds / 20 && taken < rounds,
        "{taken} of {rounds} were taken: the mutations are too mild or too wild"
    );
}
