//! The charts: two bars beside each other, a histogram, a curve.

use values::{AreaTree, Fen};

use crate::cliffs::Curve;
use crate::decimal::yuan;
use crate::disclosure::Shown;
use crate::findings::Findings;
use crate::svg::{Anchor, Ink, Length, Svg};

const WIDTH: i64 = 960;
const LEFT: i64 = 280;
const BARS: i64 = 520;
const TOP: i64 = 96;

/// A label with the baseline's and the reform's amount.
struct Pair {
    label: String,
    amounts: [Shown<Fen>; 2],
}

/// All charts of a simulation, each with the name of its file (without the ending).
pub fn all(findings: &Findings, areas: &AreaTree) -> Vec<(&'static str, Svg)> {
    vec![
        ("programmes", by_programme(findings)),
        ("counties", by_county(findings, areas)),
        ("changes", gains_and_losses(findings)),
    ]
}

/// Money a month by programme (monthly amounts).
pub fn by_programme(findings: &Findings) -> Svg {
    let monthly = findings.programmes.iter().filter(|it| it.gives.contains("元/月"));
    let pairs: Vec<Pair> = monthly
        .map(|it| Pair { label: it.title.clone(), amounts: [it.before.fen, it.after.fen] })
        .filter(|pair| pair.amounts.iter().any(|fen| *fen != Shown::Known(Fen::ZERO)))
        .collect();
    beside("每月的钱，按项目（元）", &pairs)
}

/// Money a year by county.
pub fn by_county(findings: &Findings, areas: &AreaTree) -> Svg {
    let pair = |it: &crate::findings::CountyFinding| Pair {
        label: areas.plain_name(&it.county).map_or_else(|| it.county.short().to_owned(), str::to_owned),
        amounts: [it.before_fen_per_year, it.after_fen_per_year],
    };
    beside("一年的钱，按县市区（元）", &findings.counties.iter().map(pair).collect::<Vec<_>>())
}

fn beside(title: &str, pairs: &[Pair]) -> Svg {
    const ROW: i64 = 64;
    let shown = |fen: &Shown<Fen>| fen.known().map_or_else(|| "不公开".to_owned(), yuan);
    let said: Vec<String> = pairs
        .iter()
        .map(|pair| format!("{}：现行 {}，方案 {}", pair.label, shown(&pair.amounts[0]), shown(&pair.amounts[1])))
        .collect();
    let mut svg = Svg::new(title, said.join("；"), (WIDTH, TOP + ROW * pairs.len().max(1) as i64 + 16));
    svg.heading((Length::whole(24), Length::whole(36)), title);
    legend(&mut svg, &[(Ink::Baseline, "现行"), (Ink::Reform, "方案")]);
    let largest = pairs.iter().flat_map(|pair| pair.amounts).filter_map(Shown::known).max().unwrap_or(Fen::ZERO);
    for (at, pair) in pairs.iter().enumerate() {
        let top = TOP + ROW * at as i64;
        svg.text((Length::whole(LEFT - 12), Length::whole(top + 31)), Anchor::End, &pair.label);
        for (side, ink) in [Ink::Baseline, Ink::Reform].into_iter().enumerate() {
            let y = top + 26 * side as i64;
            let fen = pair.amounts[side].known().unwrap_or(Fen::ZERO);
            let long = Length::whole(BARS).share(fen.fen(), largest.fen());
            svg.bar((Length::whole(LEFT), Length::whole(y)), (long, Length::whole(22)), ink);
            let behind = Length::whole(LEFT + 8) + long;
            svg.text((behind, Length::whole(y + 17)), Anchor::Start, &shown(&pair.amounts[side]));
        }
    }
    if pairs.is_empty() {
        svg.text((Length::whole(LEFT), Length::whole(TOP + 32)), Anchor::Start, "没有按月发的钱");
    }
    svg
}

fn legend(svg: &mut Svg, entries: &[(Ink, &str)]) {
    for (at, (ink, word)) in entries.iter().enumerate() {
        let x = LEFT + 140 * at as i64;
        svg.bar((Length::whole(x), Length::whole(56)), (Length::whole(32), Length::whole(18)), *ink);
        svg.text((Length::whole(x + 40), Length::whole(71)), Anchor::Start, word);
    }
}

/// Households by how much more or less they have a month.
pub fn gains_and_losses(findings: &Findings) -> Svg {
    const BASE: i64 = 400;
    const HIGH: i64 = 280;
    const WIDE: i64 = 72;
    let steps: Vec<_> = findings.steps.iter().filter(|step| step.name != "不变").collect();
    let said: Vec<String> = steps.iter().map(|step| format!("{} {} 户", step.name, step.households)).collect();
    let title = "每户每月多得或者少得的钱（户）";
    let mut svg = Svg::new(title, said.join("；"), (WIDTH, 480));
    svg.heading((Length::whole(24), Length::whole(36)), title);
    legend(&mut svg, &[(Ink::Loss, "少得"), (Ink::Reform, "多得")]);
    let same = format!("不变的 {} 户没有画", findings.unchanged.households);
    svg.text((Length::whole(LEFT + 280), Length::whole(71)), Anchor::Start, &same);
    let count = |shown: Shown<u64>| i64::try_from(shown.known().unwrap_or(0)).expect("households of one country");
    let largest = steps.iter().map(|step| count(step.households)).max().unwrap_or(0);
    for (at, step) in steps.iter().enumerate() {
        let x = 36 + (WIDE + 2) * at as i64;
        let ink = if step.name.starts_with('少') { Ink::Loss } else { Ink::Reform };
        let high = Length::whole(HIGH).share(count(step.households), largest);
        let top = Length::whole(BASE) - high;
        svg.bar((Length::whole(x), top), (Length::whole(WIDE - 12), high), ink);
        let middle = Length::whole(x + (WIDE - 12) / 2);
        svg.text((middle, top - Length::whole(6)), Anchor::Middle, &step.households.to_string());
        let (word, amount) = step.name.split_once(' ').unwrap_or((&step.name, ""));
        svg.text((middle, Length::whole(BASE + 22)), Anchor::Middle, word);
        svg.text((middle, Length::whole(BASE + 44)), Anchor::Middle, &amount.replace(" 元", "").replace(' ', ""));
    }
    svg.line((Length::whole(24), Length::whole(BASE)), (Length::whole(WIDTH - 24), Length::whole(BASE)));
    svg
}

/// What a household has against what it earns: total, income alone, and where a yuan more costs money.
pub fn curve(curve: &Curve) -> Svg {
    const X: i64 = 100;
    const Y: i64 = 440;
    const WIDE: i64 = 800;
    const HIGH: i64 = 350;
    let title = format!("{}：{}多了，家里一共有多少（元/月）", curve.household, curve.fact);
    let (first, last) = (&curve.points[0], &curve.points[curve.points.len() - 1]);
    let said = format!(
        "{} 0 元时一共 {}，{} 元时一共 {}；{}",
        curve.fact,
        yuan(first.total()),
        yuan(last.income),
        yuan(last.total()),
        curve.sentence()
    );
    let mut svg = Svg::new(&title, said, (WIDTH, 520));
    svg.heading((Length::whole(24), Length::whole(36)), &title);
    let drawn = curve.points.iter().map(|point| point.total()).max().unwrap_or(Fen::ZERO).max(last.income);
    let step = round_step(drawn);
    let highest = step * lines(drawn, step);
    let place = |income: Fen, amount: Fen| {
        let right = Length::whole(X) + Length::whole(WIDE).share(income.fen(), last.income.fen());
        (right, Length::whole(Y) - Length::whole(HIGH).share(amount.fen(), highest.fen()))
    };
    for amount in (0..=lines(drawn, step)).map(|line| step * line) {
        let (_, y) = place(Fen::ZERO, amount);
        svg.line((Length::whole(X), y), (Length::whole(X + WIDE), y));
        svg.text((Length::whole(X - 8), y + Length::whole(5)), Anchor::End, &yuan(amount));
    }
    let step = round_step(last.income);
    for income in (0..=last.income.fen() / step.fen()).map(|tick| step * tick) {
        let (x, bottom) = place(income, Fen::ZERO);
        svg.text((x, bottom + Length::whole(24)), Anchor::Middle, &yuan(income));
    }
    svg.text((Length::whole(X + WIDE), Length::whole(Y + 48)), Anchor::End, &format!("{}（元/月）", curve.fact));
    let totals: Vec<_> = curve.drawn().into_iter().map(|(income, total)| place(income, total)).collect();
    svg.curve(&totals, "none");
    let alone = [place(Fen::ZERO, Fen::ZERO), place(last.income, last.income)];
    svg.curve(&alone, "4 5");
    for cliff in &curve.cliffs {
        svg.mark(place(cliff.at, cliff.at + cliff.help_before));
    }
    let key = "实线：收入加补助　虚线：只有收入　圆圈：多挣一分，家里反而少了";
    svg.text((Length::whole(X), Length::whole(68)), Anchor::Start, key);
    svg
}

/// So many steps reach the amount; one at least.
fn lines(amount: Fen, step: Fen) -> i64 {
    ((amount.fen() + step.fen() - 1) / step.fen()).max(1)
}

/// How far apart the lines of an axis are: the least of 1, 2, 5, 10, 20 … yuan with which a few lines reach the amount.
fn round_step(amount: Fen) -> Fen {
    let tens = std::iter::successors(Some(1_i64), |ten| Some(ten * 10));
    let mut steps = tens.flat_map(|ten| [1, 2, 5].map(|digit| Fen::yuan(digit * ten)));
    steps.find(|step| *step * MOST_LINES >= amount).expect("the steps grow beyond any amount of the form")
}

/// So many lines above the axis at most.
const MOST_LINES: i64 = 6;

#[cfg(test)]
mod tests {
    use super::*;

    /// The largest amount drawn; how far apart the lines are; where the last one is.
    #[test]
    fn an_axis_ends_little_above_what_is_drawn() {
        let check = |amount: i64, step: i64, last: i64| {
            let (found, amount) = (round_step(Fen::yuan(amount)), Fen::yuan(amount));
            assert_eq!((found, found * lines(amount, found)), (Fen::yuan(step), Fen::yuan(last)), "{amount}");
        };
        check(0, 1, 1);
        check(1, 1, 1);
        check(6, 1, 6);
        check(7, 2, 8);
        check(3_000, 500, 3_000);
        check(3_001, 1_000, 4_000);
        check(4_070, 1_000, 5_000);
        check(8_000, 2_000, 8_000);
        check(12_500, 5_000, 15_000);
    }
}
