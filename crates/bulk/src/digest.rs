//! Digests that add up: a household's number does not depend on what stands before or after it, and numbers are summed
//! modulo 2^128, so that partitions of a table add up to the digest of the whole in any order.
//!
//! This is a checksum against mistakes (a lost partition, another version, a changed fact), not a seal against forgers: a
//! seal would cost more than the decisions themselves.

use law::columns::{Column, Lanes};

/// The largest number a fact may hold is below 2^40: known numbers are never 0 in a digest, unknown ones are.
const KNOWN: i64 = 1 << 40;

/// Folds the 128-bit product of two numbers.
pub(crate) fn mix(left: u64, right: u64) -> u64 {
    let product = u128::from(left ^ 0x9e37_79b9_7f4a_7c15) * u128::from(right ^ 0xd1b5_4a32_d192_ed03);
    (product as u64) ^ ((product >> 64) as u64)
}

/// A number for a text.
pub(crate) fn of_text(text: &str) -> u64 {
    let words = text.as_bytes().chunks(8).map(|chunk| {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        u64::from_le_bytes(word)
    });
    words.fold(text.len() as u64, mix)
}

/// A number for a key; a text that is a plain whole number is the same key as that number.
pub(crate) fn of_key_text(text: &str) -> u64 {
    let plain = text.parse::<i64>().ok().filter(|number| text.len() < 20 && number.to_string() == text);
    plain.map_or_else(|| of_text(text), of_key)
}

/// A number for a numeric key.
pub(crate) fn of_key(key: i64) -> u64 {
    mix(key as u64, 1)
}

/// 128 bits from two mixed numbers.
pub(crate) fn spread(left: u64, right: u64) -> u128 {
    let product = u128::from(left ^ 0x2545_f491_4f6c_dd1d).wrapping_mul(u128::from(right ^ 0x5851_f42d_4c95_7f2d));
    product ^ (u128::from(left) << 64 | u128::from(right))
}

/// Adds a fact's column to the sums of its lanes; `name` is the number of the fact's name.
pub(crate) fn add_column(sums: &mut [u64], column: &Column<'_>, name: u64) {
    #[inline(always)]
    fn add<T: Copy + Into<i64>>(sums: &mut [u64], lanes: &[T], known: Option<&[u8]>, factor: u64) {
        // (lane + KNOWN) × factor, taken apart: of narrow lanes the product is that of narrow numbers
        let known_part = (KNOWN as u64).wrapping_mul(factor);
        let term = |lane: T| (lane.into() as u64).wrapping_mul(factor).wrapping_add(known_part);
        match known {
            None => sums.iter_mut().zip(lanes).for_each(|(sum, &lane)| *sum = sum.wrapping_add(term(lane))),
            Some(known) => sums.iter_mut().zip(lanes).zip(known).for_each(|((sum, &lane), &known)| {
                *sum = sum.wrapping_add(term(lane) & u64::from(known).wrapping_neg());
            }),
        }
    }
    let (factor, known) = (name | 1, column.known.as_deref());
    // compiled again for the registers that the processor has
    let wide = pulp::Arch::new();
    match &column.lanes {
        Lanes::I64(lanes) => wide.dispatch(
            #[inline(always)]
            || add(sums, lanes, known, factor),
        ),
        Lanes::I32(lanes) => wide.dispatch(
            #[inline(always)]
            || add(sums, lanes, known, factor),
        ),
        Lanes::U8(lanes) => wide.dispatch(
            #[inline(always)]
            || add(sums, lanes, known, factor),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sums(lanes: Lanes<'static>, known: Option<Vec<u8>>) -> Vec<u64> {
        let mut sums = vec![0; lanes.len()];
        add_column(&mut sums, &Column { lanes, known: known.map(Into::into) }, of_text("工资"));
        sums
    }

    #[test]
    fn the_type_of_a_column_does_not_matter_but_its_numbers_do() {
        let wide = sums(Lanes::I64(vec![0, 600, 5].into()), Some(vec![1, 1, 0]));
        assert_eq!(wide, sums(Lanes::I32(vec![0, 600, 7].into()), Some(vec![1, 1, 0])));
        assert_eq!(wide[2], 0, "unknown is as an absent column");
        assert_ne!(wide[0], 0, "zero is not unknown");
        assert_ne!(wide, sums(Lanes::I64(vec![0, 601, 5].into()), Some(vec![1, 1, 0])));
    }

    #[test]
    fn a_key_is_the_same_as_number_and_as_text() {
        assert_eq!(of_key_text("1024"), of_key(1024));
        assert_eq!(of_key_text("-7"), of_key(-7));
        assert_ne!(of_key_text("01024"), of_key(1024));
        assert_ne!(of_text("甲"), of_text("甲\0"));
    }
}
