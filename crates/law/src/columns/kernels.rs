//! Loops over lanes: no branches inside, nothing allocated, written so that the compiler can use the processor's widest
//! registers. Sums wrap: the spans of the parts say beforehand that what is kept never does.

use super::parts::rounded;
use crate::engine::num::Rounding;

/// A number of 32 or 64 bits.
pub(super) trait Lanewise: Copy + Default + Ord {
    fn of(number: i64) -> Self;
    fn wide(self) -> i64;
    fn plus(self, other: Self) -> Self;
    fn minus(self, other: Self) -> Self;
    fn times(self, other: Self) -> Self;
    /// The number where the byte is 1, 0 where it is 0.
    fn masked(self, byte: u8) -> Self;
}

macro_rules! lanewise {
    ($number:ty) => {
        impl Lanewise for $number {
            #[inline(always)]
            fn of(number: i64) -> Self {
                number as $number
            }
            #[inline(always)]
            fn wide(self) -> i64 {
                self as i64
            }
            #[inline(always)]
            fn plus(self, other: Self) -> Self {
                self.wrapping_add(other)
            }
            #[inline(always)]
            fn minus(self, other: Self) -> Self {
                self.wrapping_sub(other)
            }
            #[inline(always)]
            fn times(self, other: Self) -> Self {
                self.wrapping_mul(other)
            }
            #[inline(always)]
            fn masked(self, byte: u8) -> Self {
                self & (byte as $number).wrapping_neg()
            }
        }
    };
}

lanewise!(i32);
lanewise!(i64);

/// A constant, or one number a lane.
#[derive(Clone, Copy)]
pub(super) enum Operand<'r, T> {
    Fixed(T),
    Lanes(&'r [T]),
}

#[inline(always)]
pub(super) fn map<A: Copy, B>(out: &mut [B], a: &[A], with: impl Fn(A) -> B) {
    let n = out.len();
    let a = &a[..n];
    for lane in 0..n {
        out[lane] = with(a[lane]);
    }
}

#[inline(always)]
pub(super) fn zip<A: Copy, B: Copy, C>(out: &mut [C], a: &[A], b: &[B], with: impl Fn(A, B) -> C) {
    let n = out.len();
    let (a, b) = (&a[..n], &b[..n]);
    for lane in 0..n {
        out[lane] = with(a[lane], b[lane]);
    }
}

/// Two numbers a lane, either of which may be constant.
#[inline(always)]
pub(super) fn combine<T: Lanewise>(out: &mut [T], a: Operand<'_, T>, b: Operand<'_, T>, with: impl Fn(T, T) -> T) {
    match (a, b) {
        (Operand::Lanes(a), Operand::Lanes(b)) => zip(out, a, b, with),
        (Operand::Lanes(a), Operand::Fixed(b)) => map(out, a, |a| with(a, b)),
        (Operand::Fixed(a), Operand::Lanes(b)) => map(out, b, |b| with(a, b)),
        (Operand::Fixed(a), Operand::Fixed(b)) => out.fill(with(a, b)),
    }
}

#[inline(always)]
pub(super) fn pick<T: Lanewise>(out: &mut [T], mask: &[u8], a: Operand<'_, T>, b: Operand<'_, T>) {
    match (a, b) {
        (Operand::Lanes(a), Operand::Lanes(b)) => {
            let n = out.len();
            let (mask, a, b) = (&mask[..n], &a[..n], &b[..n]);
            for lane in 0..n {
                out[lane] = b[lane].plus(a[lane].minus(b[lane]).masked(mask[lane]));
            }
        }
        (Operand::Lanes(a), Operand::Fixed(b)) => zip(out, mask, a, |mask, a| b.plus(a.minus(b).masked(mask))),
        (Operand::Fixed(a), Operand::Lanes(b)) => zip(out, mask, b, |mask, b| b.plus(a.minus(b).masked(mask))),
        (Operand::Fixed(a), Operand::Fixed(b)) => map(out, mask, |mask| b.plus(a.minus(b).masked(mask))),
    }
}

const STRIDE: usize = 64;

/// A constant and terms, each lanes times a constant.
#[inline(always)]
pub(super) fn linear<T: Lanewise>(out: &mut [T], terms: &[(&[T], T)], plus: T) {
    let n = out.len();
    let one = T::of(1);
    let whole = n - n % STRIDE;
    let mut at = 0;
    while at < whole {
        let mut sums = [plus; STRIDE];
        for (lanes, times) in terms {
            let lanes: &[T; STRIDE] = lanes[at..at + STRIDE].try_into().expect("a stride");
            if *times == one {
                for lane in 0..STRIDE {
                    sums[lane] = sums[lane].plus(lanes[lane]);
                }
            } else {
                for lane in 0..STRIDE {
                    sums[lane] = sums[lane].plus(lanes[lane].times(*times));
                }
            }
        }
        out[at..at + STRIDE].copy_from_slice(&sums);
        at += STRIDE;
    }
    for lane in whole..n {
        out[lane] = terms.iter().fold(plus, |sum, (lanes, times)| sum.plus(lanes[lane].times(*times)));
    }
}

/// True where the byte is one of the bits.
#[inline(always)]
pub(super) fn among_bytes(out: &mut [u8], bytes: &[u8], bits: u128) {
    let n = out.len();
    let bytes = &bytes[..n];
    out.fill(0);
    let mut left = bits;
    while left != 0 {
        let wanted = left.trailing_zeros() as u8;
        left &= left - 1;
        for lane in 0..n {
            out[lane] |= u8::from(bytes[lane] == wanted);
        }
    }
}

/// For each household, the sum of its members' numbers where the mask is 1: a running sum, then differences, so that no
/// branch hangs on how many members there are.
#[inline(always)]
pub(super) fn sum<T: Lanewise>(out: &mut [T], running: &mut [T], numbers: &[T], mask: Option<&[u8]>, starts: &[u32]) {
    let members = running.len() - 1;
    let numbers = &numbers[..members];
    let mut total = T::default();
    running[0] = total;
    let behind = &mut running[1..];
    match mask {
        Some(mask) => {
            let mask = &mask[..members];
            for lane in 0..members {
                total = total.plus(numbers[lane].masked(mask[lane]));
                behind[lane] = total;
            }
        }
        None => {
            for lane in 0..members {
                total = total.plus(numbers[lane]);
                behind[lane] = total;
            }
        }
    }
    differences(out, running, starts);
}

/// For each household, how many of its members have the mask.
#[inline(always)]
pub(super) fn count<T: Lanewise>(out: &mut [T], running: &mut [T], mask: &[u8], starts: &[u32]) {
    let members = running.len() - 1;
    let mask = &mask[..members];
    let mut total = T::default();
    running[0] = total;
    let behind = &mut running[1..];
    for lane in 0..members {
        total = total.plus(T::of(i64::from(mask[lane])));
        behind[lane] = total;
    }
    differences(out, running, starts);
}

#[inline(always)]
fn differences<T: Lanewise>(out: &mut [T], running: &[T], starts: &[u32]) {
    let first = starts[0];
    let mut before = running[0];
    for (out, &start) in out.iter_mut().zip(&starts[1..]) {
        let after = running[(start - first) as usize];
        *out = after.minus(before);
        before = after;
    }
}

/// The greatest or least among the members with the mask; 0 when nobody has.
pub(super) fn most<T: Lanewise>(out: &mut [T], numbers: &[T], mask: &[u8], starts: &[u32], greatest: bool) {
    let first = starts[0] as usize;
    for (out, ends) in out.iter_mut().zip(starts.windows(2)) {
        let lanes = ends[0] as usize - first..ends[1] as usize - first;
        let counted = lanes.filter(|&lane| mask[lane] != 0).map(|lane| numbers[lane]);
        *out = if greatest { counted.max() } else { counted.min() }.unwrap_or_default();
    }
}

/// `number * times / by`, rounded, times `unit`.
#[inline(always)]
pub(super) fn round<T: Lanewise>(out: &mut [T], numbers: &[T], how: Rounding, [times, by, unit]: [i64; 3], reach: i64) {
    let small = |number: i64| (0..1 << 30).contains(&number);
    if how != Rounding::HalfUp && times == 1 && small(by) && small(reach) {
        let (divide, up) = (Reciprocal::of(by as u32), how == Rounding::Up);
        return map(out, numbers, |number| {
            let number = number.wide() as i32;
            let steps = if up { -divide.floor(-number) } else { divide.floor(number) };
            T::of(i64::from(steps).wrapping_mul(unit))
        });
    }
    map(out, numbers, |number| {
        let scaled = i128::from(number.wide()) * i128::from(times);
        T::of((rounded(how, scaled, by.into()) as i64).wrapping_mul(unit))
    });
}

/// Division by a constant as a multiplication: exact for numbers and divisors below 2^30 (Granlund and Montgomery 1994,
/// Division by Invariant Integers using Multiplication).
#[derive(Clone, Copy)]
struct Reciprocal {
    by: u32,
    times: u64,
    shift: u32,
}

impl Reciprocal {
    fn of(by: u32) -> Reciprocal {
        let shift = 31 + by.next_power_of_two().trailing_zeros();
        Reciprocal { by, times: (1u64 << shift).div_ceil(u64::from(by)), shift }
    }

    /// The greatest whole number not above `number / by`.
    #[inline(always)]
    fn floor(self, number: i32) -> i32 {
        // below zero: -ceil(-number / by), the ceiling as a floor of something larger
        let below = (number >> 31) as u32;
        let size = number.unsigned_abs() + (below & (self.by - 1));
        let quotient = ((u64::from(size) * self.times) >> self.shift) as u32;
        ((quotient ^ below).wrapping_sub(below)) as i32
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_reciprocal_divides_exactly(number in -(1i32 << 30)..1 << 30, by in 1u32..1 << 30, small in 1u32..3_000) {
            for by in [by, small, 1, 100, 1_000, 1 << 20] {
                for number in [number, number / 1_000, (number / by as i32) * by as i32, 0, -1, 1] {
                    prop_assert_eq!(Reciprocal::of(by).floor(number), number.div_euclid(by as i32));
                }
            }
        }

        #[test]
        fn both_ways_of_rounding_agree(
            numbers in proptest::collection::vec(-(1i32 << 29)..1 << 29, 1..100),
            by in 1i64..5_000,
            unit in 1i64..200,
        ) {
            for how in [Rounding::Up, Rounding::Down, Rounding::HalfUp] {
                let (mut fast, mut slow) = (vec![0i32; numbers.len()], vec![0i32; numbers.len()]);
                round(&mut fast, &numbers, how, [1, by, unit], 1 << 29);
                round(&mut slow, &numbers, how, [1, by, unit], i64::MAX);
                prop_assert_eq!(fast, slow);
            }
        }
    }
}
