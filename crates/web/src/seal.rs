//! The seal on the resident's cookie: after the right number and tail were given once, the page may be opened again that day
//! (printed, enlarged, reloaded) without personal data in any address. HMAC-SHA-256 (RFC 2104) under a key of this process.

use sha2::{Digest, Sha256};
use values::Day;

const BLOCK: usize = 64;

/// What a good seal vouches for: this case, on this day.
pub fn sealed(key: &[u8; 32], case: &str, day: Day) -> String {
    let said = format!("{case}.{day}");
    format!("{said}.{}", hex(&hmac(key, said.as_bytes())))
}

/// The case of a seal that is good on that day; none for anything else.
pub fn opened<'a>(key: &[u8; 32], cookie: &'a str, day: Day) -> Option<&'a str> {
    let case = cookie.split('.').next()?;
    let good = sealed(key, case, day);
    same(good.as_bytes(), cookie.as_bytes()).then_some(case)
}

/// Compares without telling by its time where the first difference is.
fn same(a: &[u8], b: &[u8]) -> bool {
    a.len() == b.len() && a.iter().zip(b).fold(0, |different, (x, y)| different | (x ^ y)) == 0
}

fn hmac(key: &[u8; 32], message: &[u8]) -> [u8; 32] {
    let pad = |with: u8| {
        let mut block = [with; BLOCK];
        block.iter_mut().zip(key).for_each(|(b, k)| *b ^= k);
        block
    };
    let inner = Sha256::new().chain_update(pad(0x36)).chain_update(message).finalize();
    Sha256::new().chain_update(pad(0x5c)).chain_update(inner).finalize().into()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn a_seal_opens_its_case_on_its_day_and_nothing_else() {
        let key = [7; 32];
        let seal = sealed(&key, "42", on("2021-09-06"));
        assert_eq!(opened(&key, &seal, on("2021-09-06")), Some("42"));
        assert_eq!(opened(&key, &seal, on("2021-09-07")), None, "the next day it is asked again");
        assert_eq!(opened(&[8; 32], &seal, on("2021-09-06")), None, "another process's key");
        assert_eq!(opened(&key, &seal.replacen("42", "43", 1), on("2021-09-06")), None, "another case");
        for text in ["", "42", "42.2021-09-06.", "x.y.z"] {
            assert_eq!(opened(&key, text, on("2021-09-06")), None, "{text}");
        }
    }

    #[test]
    fn the_code_is_rfc_4231_case_2_with_its_key_padded() {
        let mut key = [0; 32];
        key[..4].copy_from_slice(b"Jefe");
        let code = hex(&hmac(&key, b"what do ya want for nothing?"));
        assert_eq!(code, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }
}
