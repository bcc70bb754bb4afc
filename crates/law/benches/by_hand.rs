//! The rule of policy/dibao.md for 2021-09 in Xiangtan, written by hand: what the engine is measured against.
//!
//! Plain: one household after another. Blocked: the same in blocks of members that stay near the processor, without branches.

use law::columns::{Column, Columns, Lanes};
use law::form::{FactId, OneForm};

/// The columns the rule reads, as plain slices.
pub struct Read<'c> {
    pub starts: &'c [u32],
    relation: &'c [u8],
    born: &'c [i32],
    state: &'c [u8],
    study: &'c [u8],
    category: &'c [u8],
    grade: &'c [u8],
    ill: &'c [u8],
    together: &'c [u8],
    obliged: &'c [u8],
    clergy: &'c [u8],
    years_away: &'c [i32],
    money: [&'c [i32]; 9],
    deposits: &'c [i32],
    car: &'c [u8],
    mobility: &'c [u8],
    motorcycle: &'c [u8],
    company: &'c [u8],
    supporter: &'c [u8],
    able: &'c [u8],
    tekun: &'c [u8],
    hukou: &'c [u8],
    houses: &'c [i32],
}

/// What the hand-written rule answers: outcome as the engine numbers it, fen, first reason.
pub type Told = (u8, i64, u16);

const URBAN: i64 = 60_000;
const RURAL: i64 = 42_000;
const MONTHS: i64 = 24;
/// Born on this day or before: at least 18 on 2021-09-30.
const ADULT: i32 = 12_325; // 2003-09-30

impl<'c> Read<'c> {
    /// The columns under their names in 一张表.
    pub fn of(form: &OneForm, columns: &'c Columns<'c>, get: impl Fn(FactId) -> &'c Column<'c>) -> Read<'c> {
        let bytes = |name: &str| match &get(form.fact(name).expect("a fact of the form")).lanes {
            Lanes::U8(lanes) => &**lanes,
            _ => panic!("{name} is kept in bytes"),
        };
        let numbers = |name: &str| match &get(form.fact(name).expect("a fact of the form")).lanes {
            Lanes::I32(lanes) => &**lanes,
            _ => panic!("{name} is kept in 32 bits"),
        };
        let money = [
            "工资",
            "经营净收入",
            "财产净收入",
            "养老金",
            "中央基础养老金",
            "赡养费",
            "其他转移",
            "社会保险个人缴费",
            "支付的赡养费",
        ];
        Read {
            starts: columns.starts(),
            relation: bytes("关系"),
            born: numbers("出生日期"),
            state: bytes("状态"),
            study: bytes("在读"),
            category: bytes("残疾类别"),
            grade: bytes("残疾等级"),
            ill: bytes("重病"),
            together: bytes("长期同住"),
            obliged: bytes("法定义务人"),
            clergy: bytes("宗教教职"),
            years_away: numbers("离家年数"),
            money: money.map(numbers),
            deposits: numbers("存款"),
            car: bytes("有机动车"),
            mobility: bytes("残疾人代步车"),
            motorcycle: bytes("摩托车"),
            company: bytes("经商办企业"),
            supporter: bytes("有外住赡养人"),
            able: bytes("外住赡养人有能力"),
            tekun: bytes("享受特困"),
            hukou: bytes("户口"),
            houses: numbers("房屋套数"),
        }
    }

    fn counts(&self, m: usize) -> bool {
        let away = matches!(self.state[m], 2 | 3 | 4 | 6)
            || (self.clergy[m] != 0 && self.years_away[m] >= 3)
            || self.tekun[m] != 0;
        let study = matches!(self.study[m], 2..=6);
        let dependent = study || matches!(self.grade[m], 1 | 2) || self.ill[m] != 0;
        let family = self.relation[m] <= 1
            || (self.relation[m] == 2 && (self.born[m] > ADULT || dependent))
            || (self.obliged[m] != 0 && self.together[m] != 0);
        family && !away
    }

    fn severe(&self, m: usize) -> bool {
        matches!(self.grade[m], 1 | 2) || (self.grade[m] == 3 && matches!(self.category[m], 5 | 6))
    }

    /// Ten times the member's income in fen: wages count nine tenths, the central basic pension not at all.
    fn income(&self, m: usize) -> i64 {
        let [wage, trade, property, pension, basic, support, other, insurance, paid] =
            self.money.map(|lanes| i64::from(lanes[m]));
        (9 * wage + 10 * (trade + property + pension - basic + support + other - insurance - paid)).max(0)
    }

    /// One household after another, as one would write it.
    pub fn plain(&self, into: &mut Vec<Told>) {
        into.clear();
        for h in 0..self.starts.len() - 1 {
            let members = self.starts[h] as usize..self.starts[h + 1] as usize;
            let standard = if self.hukou[h] == 0 { URBAN } else { RURAL };
            let (mut people, mut income, mut deposits, mut singles, mut single_gap) = (0, 0, 0, 0, 0);
            let (mut car, mut company, mut doubt) = (false, false, false);
            for m in members.filter(|&m| self.counts(m)) {
                let own = self.income(m);
                people += 1;
                income += own;
                deposits += i64::from(self.deposits[m]);
                car |= self.car[m] != 0 && self.mobility[m] == 0 && self.motorcycle[m] == 0;
                company |= self.company[m] != 0;
                doubt |= self.supporter[m] != 0 && self.able[m] != 0 && self.money[5][m] == 0;
                if (self.severe(m) || self.ill[m] != 0) && own < 10 * standard {
                    singles += 1;
                    single_gap += 10 * standard - own;
                }
            }
            into.push(self.weigh(
                h,
                standard,
                (people, income, deposits),
                (singles, single_gap),
                (car, company, doubt),
            ));
        }
    }

    fn weigh(
        &self,
        h: usize,
        standard: i64,
        (people, income, deposits): (i64, i64, i64),
        (singles, single_gap): (i64, i64),
        (car, company, doubt): (bool, bool, bool),
    ) -> Told {
        let whole = income < 10 * standard * people;
        let edge = !whole && income < 15 * standard * people;
        let fails = [
            people < 1,
            !(whole || (edge && singles >= 1)),
            deposits > standard * people * MONTHS,
            car,
            self.houses[h] > 1,
            company,
        ];
        if let Some(first) = fails.iter().position(|fails| *fails) {
            return (1, 0, first as u16);
        }
        if doubt {
            return (2, 0, 0);
        }
        let gap = if whole { 10 * standard * people - income } else { single_gap };
        (0, (gap + 999) / 1_000 * 100, u16::MAX)
    }

    /// The same in blocks: what each member adds is computed for a block without branches, then summed by household.
    pub fn blocked(&self, into: &mut Vec<Told>) {
        const BLOCK: usize = 256;
        into.clear();
        let households = self.starts.len() - 1;
        let (mut counted, mut income, mut risk) = (vec![0u8; 0], vec![0i32; 0], vec![0u8; 0]);
        let mut first = 0;
        while first < households {
            let last = (first + BLOCK).min(households);
            let (from, to) = (self.starts[first] as usize, self.starts[last] as usize);
            let n = to - from;
            counted.resize(n, 0);
            income.resize(n, 0);
            risk.resize(n, 0);
            self.members(from..to, &mut counted, &mut income, &mut risk);
            for h in first..last {
                let members = self.starts[h] as usize - from..self.starts[h + 1] as usize - from;
                let standard = if self.hukou[h] == 0 { URBAN } else { RURAL };
                let (mut people, mut sum, mut deposits, mut singles, mut gap, mut all) =
                    (0i64, 0i64, 0i64, 0i64, 0i64, 0u8);
                for m in members {
                    let (counts, own) = (i64::from(counted[m]), i64::from(income[m]));
                    people += counts;
                    sum += own;
                    deposits += counts * i64::from(self.deposits[from + m]);
                    let single = counts * i64::from(risk[m] >> 3) * i64::from(own < 10 * standard);
                    singles += single;
                    gap += single * (10 * standard - own);
                    all |= risk[m] & counted[m].wrapping_neg();
                }
                into.push(self.weigh(
                    h,
                    standard,
                    (people, sum, deposits),
                    (singles, gap),
                    (all & 1 != 0, all & 2 != 0, all & 4 != 0),
                ));
            }
            first = last;
        }
    }

    fn members(&self, lanes: std::ops::Range<usize>, counted: &mut [u8], income: &mut [i32], risk: &mut [u8]) {
        let n = lanes.len();
        let cut = |column: &'c [u8]| &column[lanes.clone()];
        let cut32 = |column: &'c [i32]| &column[lanes.clone()];
        let (state, clergy, tekun, study, grade, ill) =
            (cut(self.state), cut(self.clergy), cut(self.tekun), cut(self.study), cut(self.grade), cut(self.ill));
        let (relation, obliged, together, category) =
            (cut(self.relation), cut(self.obliged), cut(self.together), cut(self.category));
        let (born, years) = (cut32(self.born), cut32(self.years_away));
        for m in 0..n {
            let away = u8::from(0b101_1100 >> state[m] & 1 != 0) | (clergy[m] & u8::from(years[m] >= 3)) | tekun[m];
            let study = u8::from(study[m].wrapping_sub(2) <= 4);
            let disabled = u8::from(grade[m].wrapping_sub(1) <= 1);
            let child = u8::from(relation[m] == 2) & (u8::from(born[m] > ADULT) | study | disabled | ill[m]);
            let family = u8::from(relation[m] <= 1) | child | (obliged[m] & together[m]);
            counted[m] = family & (away ^ 1);
            let severe = disabled | (u8::from(grade[m] == 3) & u8::from(category[m].wrapping_sub(5) <= 1));
            risk[m] = (severe | ill[m]) << 3;
        }
        let (car, mobility, motorcycle, company) =
            (cut(self.car), cut(self.mobility), cut(self.motorcycle), cut(self.company));
        let (supporter, able, support) = (cut(self.supporter), cut(self.able), cut32(self.money[5]));
        for m in 0..n {
            let car = car[m] & (mobility[m] ^ 1) & (motorcycle[m] ^ 1);
            let doubt = supporter[m] & able[m] & u8::from(support[m] == 0);
            risk[m] |= car | company[m] << 1 | doubt << 2;
        }
        let money = self.money.map(cut32);
        for m in 0..n {
            let plus = money[1][m] + money[2][m] + money[3][m] + money[5][m] + money[6][m];
            let minus = money[4][m] + money[7][m] + money[8][m];
            income[m] = (9 * money[0][m] + 10 * (plus - minus)).max(0) & i32::from(counted[m]).wrapping_neg();
        }
    }
}
