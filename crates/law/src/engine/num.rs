//! Exact numbers: fractions of whole numbers, money in fen. Nothing is rounded except where a book names it.
//!
//! Numerator and denominator are 64 bits, intermediate products 128; what does not fit is said to be too large, and a
//! person decides. The books multiply fen by persons, months and ratios of millionths, far below that.

use std::cmp::Ordering;

/// A fraction in lowest terms, denominator above zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Num {
    n: i64,
    d: i64,
}

/// How a book asks to round; each has its name in the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Rounding {
    /// 进到: up to the next whole unit.
    Up,
    /// 舍到: down.
    Down,
    /// 四舍五入到: to the nearest, halves away from zero.
    HalfUp,
}

impl Num {
    pub(crate) const ZERO: Num = Num { n: 0, d: 1 };

    /// A whole number.
    pub(crate) const fn whole(n: i64) -> Num {
        Num { n, d: 1 }
    }

    /// `n / d` in lowest terms; none when it does not fit or `d` is zero.
    pub(crate) fn ratio(n: i128, d: i128) -> Option<Num> {
        let divisor = gcd(n.unsigned_abs(), d.unsigned_abs());
        if d == 0 || divisor == 0 {
            return None;
        }
        let divisor = i128::try_from(divisor).ok()? * d.signum();
        Some(Num { n: i64::try_from(n / divisor).ok()?, d: i64::try_from(d / divisor).ok()? })
    }

    /// The number when it is whole.
    pub(crate) fn as_whole(self) -> Option<i64> {
        (self.d == 1).then_some(self.n)
    }

    pub(crate) fn parts(self) -> (i64, i64) {
        (self.n, self.d)
    }

    pub(crate) fn is_zero(self) -> bool {
        self.n == 0
    }

    pub(crate) fn add(self, other: Num) -> Option<Num> {
        if self.d == 1 && other.d == 1 {
            return self.n.checked_add(other.n).map(Num::whole);
        }
        let (n1, d1, n2, d2) = self.wide(other);
        Num::ratio(n1.checked_mul(d2)?.checked_add(n2.checked_mul(d1)?)?, d1 * d2)
    }

    pub(crate) fn neg(self) -> Option<Num> {
        Some(Num { n: self.n.checked_neg()?, d: self.d })
    }

    pub(crate) fn sub(self, other: Num) -> Option<Num> {
        self.add(other.neg()?)
    }

    pub(crate) fn mul(self, other: Num) -> Option<Num> {
        if self.d == 1 && other.d == 1 {
            return self.n.checked_mul(other.n).map(Num::whole);
        }
        let (n1, d1, n2, d2) = self.wide(other);
        Num::ratio(n1 * n2, d1 * d2)
    }

    /// None for a division by zero too.
    pub(crate) fn div(self, other: Num) -> Option<Num> {
        let (n1, d1, n2, d2) = self.wide(other);
        Num::ratio(n1 * d2, d1 * n2)
    }

    pub(crate) fn compare(self, other: Num) -> Ordering {
        let (n1, d1, n2, d2) = self.wide(other);
        (n1 * d2).cmp(&(n2 * d1))
    }

    /// The nearest multiple of `unit` in that direction; none when `unit` is not above zero.
    pub(crate) fn round(self, how: Rounding, unit: Num) -> Option<Num> {
        let units = self.div(unit).filter(|_| unit.n > 0)?;
        let (n, d) = (i128::from(units.n), i128::from(units.d));
        let whole = match how {
            Rounding::Down => n.div_euclid(d),
            Rounding::Up => -(-n).div_euclid(d),
            Rounding::HalfUp => n.signum() * (2 * n.abs() + d).div_euclid(2 * d),
        };
        Num::whole(i64::try_from(whole).ok()?).mul(unit)
    }

    fn wide(self, other: Num) -> (i128, i128, i128, i128) {
        (i128::from(self.n), i128::from(self.d), i128::from(other.n), i128::from(other.d))
    }
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    fn num(n: i128, d: i128) -> Num {
        Num::ratio(n, d).unwrap()
    }

    #[test]
    fn fractions_stay_exact() {
        assert_eq!(num(1, 3).add(num(1, 6)), Some(num(1, 2)));
        assert_eq!(num(1, 3).mul(num(3, 1)), Some(Num::whole(1)));
        assert_eq!(num(22_735, 12).sub(num(5, 12)), Some(num(22_730, 12)));
        assert_eq!(num(-6, -4), num(3, 2));
        assert_eq!(num(1, 3).compare(num(33, 100)), Ordering::Greater);
        assert_eq!(Num::whole(1).div(Num::ZERO), None);
        assert_eq!(Num::whole(i64::MAX).add(Num::whole(1)), None);
        assert_eq!(Num::whole(i64::MAX).mul(num(3, 2)), None);
    }

    #[test]
    fn rounding_is_named_and_lands_on_whole_units() {
        let yuan = Num::whole(100);
        let check = |fen: Num, how: Rounding, rounded: i64| {
            assert_eq!(fen.round(how, yuan), Some(Num::whole(rounded)), "{fen:?} {how:?}");
        };
        check(num(151_625, 3), Rounding::Up, 50_600); // 505.41…元, C02
        check(num(151_625, 3), Rounding::Down, 50_500);
        check(Num::whole(50_550), Rounding::HalfUp, 50_600);
        check(Num::whole(50_549), Rounding::HalfUp, 50_500);
        check(Num::whole(-50), Rounding::HalfUp, -100);
        check(Num::whole(-50), Rounding::Up, 0);
        check(Num::whole(-50), Rounding::Down, -100);
        check(Num::whole(600), Rounding::Up, 600);
        assert_eq!(Num::whole(1).round(Rounding::Up, Num::ZERO), None);
    }
}
