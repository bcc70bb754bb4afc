//! One-time codes (动态验证码): TOTP of RFC 6238 as authenticator programs know it: HMAC-SHA-1, six digits, thirty seconds.

use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

use crate::Denied;

/// Bytes of a secret, as RFC 4226 recommends.
pub const SECRET: usize = 20;
const STEP_MS: i64 = 30_000;
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

fn of_step(secret: &[u8], step: i64) -> u32 {
    let mut mac = Hmac::<Sha1>::new_from_slice(secret).expect("a key of any length");
    mac.update(&step.to_be_bytes());
    let hash: [u8; 20] = mac.finalize().into_bytes().into();
    let at = usize::from(hash[19] & 0xf);
    let four = [hash[at] & 0x7f, hash[at + 1], hash[at + 2], hash[at + 3]];
    u32::from_be_bytes(four) % 1_000_000
}

/// Judges a code at that moment; answers its step, which the caller keeps, so that no code is good twice. One step before and after
/// is allowed for clocks that differ.
///
/// # Errors
/// [`Denied::WrongCode`]: wrong, old, or not later than `last_step`.
pub fn judged(typed: &str, secret: &[u8], now_ms: i64, last_step: i64) -> Result<i64, Denied> {
    let digits: String = typed.chars().filter(|sign| !sign.is_whitespace()).collect();
    if digits.len() != 6 || !digits.bytes().all(|sign| sign.is_ascii_digit()) {
        return Err(Denied::WrongCode);
    }
    let now = now_ms.div_euclid(STEP_MS);
    let wanted: u32 = digits.parse().map_err(|_| Denied::WrongCode)?;
    (now - 1..=now + 1).find(|step| *step > last_step && of_step(secret, *step) == wanted).ok_or(Denied::WrongCode)
}

/// The code of a moment, for the programs that play somebody's telephone.
pub fn at(secret: &[u8], now_ms: i64) -> String {
    format!("{:06}", of_step(secret, now_ms.div_euclid(STEP_MS)))
}

/// The secret as it is typed into an authenticator: Base32 (RFC 4648) without padding.
pub fn typed_form(secret: &[u8]) -> String {
    let (mut text, mut held, mut bits) = (String::new(), 0_u32, 0_u32);
    for byte in secret {
        held = (held << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(char::from(BASE32[usize::try_from(held >> bits & 31).expect("five bits")]));
        }
        held &= (1 << bits) - 1;
    }
    if bits > 0 {
        text.push(char::from(BASE32[usize::try_from(held << (5 - bits) & 31).expect("five bits")]));
    }
    text
}

/// The address an authenticator reads from a picture.
pub fn address(secret: &[u8], login: &str) -> String {
    format!("otpauth://totp/Dixian:{login}?secret={}&issuer=Dixian", typed_form(secret))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_codes_are_those_of_rfc_6238_appendix_b() {
        // the RFC prints eight digits; six are their last six
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
        ] {
            assert_eq!(at(b"12345678901234567890", seconds * 1_000), code);
        }
    }

    #[test]
    fn a_code_is_good_once_and_a_step_to_either_side() {
        let (secret, now) = (b"12345678901234567890", 1_234_567_890_000);
        let code = at(secret, now);
        let step = judged(&code, secret, now, 0).expect("the code of now");
        assert_eq!(judged(&code, secret, now, step), Err(Denied::WrongCode), "used");
        assert!(judged(&code, secret, now + 30_000, 0).is_ok() && judged(&code, secret, now - 30_000, 0).is_ok());
        assert_eq!(judged(&code, secret, now + 60_000, 0), Err(Denied::WrongCode), "two steps later");
        for wrong in ["", "12345", "1234567", "abcdef", "１２３４５６"] {
            assert_eq!(judged(wrong, secret, now, 0), Err(Denied::WrongCode), "{wrong}");
        }
        assert!(judged("00 59 24", secret, now, 0).is_ok(), "blanks are not part of a code");
    }

    #[test]
    fn the_typed_form_is_rfc_4648() {
        for (bytes, text) in
            [(&b""[..], ""), (b"f", "MY"), (b"fo", "MZXQ"), (b"foo", "MZXW6"), (b"foobar", "MZXW6YTBOI")]
        {
            assert_eq!(typed_form(bytes), text);
        }
    }
}
