//! Passwords: kept as Argon2id, new ones judged by length and by what everybody tries first; no rules of composition and no change by the
//! calendar (ASVS 6.2.5, 6.2.10; NIST SP 800-63B-4 3.1.1.2). Docs: `docs/decisions/0007-accounts.md`.

use argon2::{Algorithm, Argon2, Params, PasswordHash, PasswordHasher, PasswordVerifier, Version};

use crate::Denied;

/// The least length of a new password in characters, beside a one-time code or not (NIST asks 15 for a password alone, 8 beside a code).
pub const LEAST: usize = 12;
/// The most bytes we hash.
pub const MOST: usize = 256;
/// Memory in KiB, passes and lanes of Argon2id: the second choice of OWASP's password sheet, 19 MiB, two passes, one lane.
const COST: (u32, u32, u32) = (19 * 1024, 2, 1);

/// What everybody tries first, without regard to case; a password that begins with one of these and adds little is as bad.
const COMMON: [&str; 32] = [
    "password",
    "passw0rd",
    "12345678",
    "123456789",
    "1234567890",
    "87654321",
    "11111111",
    "88888888",
    "66666666",
    "00000000",
    "123123123",
    "qwertyui",
    "qwertyuiop",
    "1qaz2wsx",
    "1q2w3e4r",
    "asdfghjkl",
    "abc12345",
    "abcd1234",
    "a1234567",
    "a12345678",
    "aa123456",
    "admin123",
    "administrator",
    "woaini1314",
    "woaini520",
    "5201314520",
    "iloveyou",
    "minzheng",
    "minzhengju",
    "xiangtan",
    "dixian",
    "letmein",
];

fn argon() -> Argon2<'static> {
    let (memory, passes, lanes) = COST;
    Argon2::new(
        Algorithm::Argon2id,
        Version::V0x13,
        Params::new(memory, passes, lanes, None).expect("fixed parameters are within bounds"),
    )
}

/// What is kept of a password: a PHC string with parameters and salt.
///
/// # Panics
/// Never on a password that [`judged`] let pass; a longer one is a bug of the caller.
pub fn kept(password: &str, salt: [u8; 16]) -> String {
    assert!(password.len() <= MOST, "a password is judged before it is hashed");
    argon()
        .hash_password_with_salt(password.as_bytes(), &salt)
        .expect("fixed parameters and a salt of sixteen bytes")
        .to_string()
}

/// Whether `password` is the one that was kept; parameters are the kept ones, so that older hashes stay good.
pub fn is_right(password: &str, kept: &str) -> bool {
    if password.len() > MOST {
        return false;
    }
    PasswordHash::new(kept).is_ok_and(|hash| argon().verify_password(password.as_bytes(), &hash).is_ok())
}

/// A hash that no password opens: compared for a login name that nobody has, so that the time of the answer tells nothing.
pub fn nobodys() -> &'static str {
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5bm9ibw$rMf7yxXSDs1nEkEJFO2Qp0mHzyRLyPa9CTw8mpUZY4w"
}

/// Whether a new password is good enough for that login name.
///
/// # Errors
/// [`Denied::TooShort`], [`Denied::TooLong`], [`Denied::Guessable`].
pub fn judged(password: &str, login: &str) -> Result<(), Denied> {
    if password.chars().count() < LEAST {
        return Err(Denied::TooShort { least: LEAST });
    }
    if password.len() > MOST {
        return Err(Denied::TooLong { most: MOST });
    }
    let folded = password.to_lowercase();
    let rest = |word: &str| folded.replace(word, "");
    let little_more = |word: &str| folded.contains(word) && rest(word).chars().count() < LEAST / 2;
    let mut signs: Vec<char> = folded.chars().collect();
    signs.sort_unstable();
    signs.dedup();
    if signs.len() < 5
        || COMMON.into_iter().any(little_more)
        || (login.len() >= 3 && little_more(login))
        || is_run(&folded)
    {
        return Err(Denied::Guessable);
    }
    Ok(())
}

/// One character after another as the code has them: `abcdefghijkl`, `123456789012`.
fn is_run(text: &str) -> bool {
    let codes: Vec<u32> = text.chars().map(u32::from).collect();
    let steps = codes.windows(2).filter(|pair| pair[1] == pair[0] + 1 || pair[0] == pair[1] + 1).count();
    steps + 3 >= codes.len()
}

/// A password to be given once and changed at the first log-in: twenty-four letters and digits in groups, none that looks like another.
pub fn one_time(random: [u8; 24]) -> String {
    const SIGNS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    let mut text = String::new();
    for (at, byte) in random.iter().enumerate() {
        if at > 0 && at % 6 == 0 {
            text.push('-');
        }
        text.push(char::from(SIGNS[usize::from(byte % 32)]));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kept_password_opens_for_itself_alone_and_tells_its_cost() {
        let kept = kept("雨湖区的早市七点开", [7; 16]);
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert!(is_right("雨湖区的早市七点开", &kept));
        assert!(
            !is_right("雨湖区的早市七点开 ", &kept) && !is_right("", &kept) && !is_right(&"x".repeat(MOST + 1), &kept)
        );
        assert!(!is_right("雨湖区的早市七点开", "not a hash"));
    }

    #[test]
    fn nobodys_hash_is_a_hash_of_the_same_cost() {
        let hash = PasswordHash::new(nobodys()).expect("a well-formed hash, or the time would tell");
        assert_eq!(hash.params.get_decimal("m"), Some(COST.0));
        assert!(!is_right("", nobodys()));
    }

    #[test]
    fn what_everybody_tries_is_refused() {
        for (password, wrong) in [
            ("short", Some(Denied::TooShort { least: LEAST })),
            ("十一个汉字还是太短一点", Some(Denied::TooShort { least: LEAST })),
            ("Password1234", Some(Denied::Guessable)),
            ("minzhengju2026", Some(Denied::Guessable)),
            ("123456789012", Some(Denied::Guessable)),
            ("abababababab", Some(Denied::Guessable)),
            ("luojing-2026", Some(Denied::Guessable)),
            ("正确的马电池订书钉不好猜", None),
            ("early market opens at seven", None),
        ] {
            assert_eq!(judged(password, "luojing").err(), wrong, "{password}");
        }
        assert_eq!(judged(&"长".repeat(100), "x"), Err(Denied::TooLong { most: MOST }));
    }

    #[test]
    fn a_one_time_password_is_good_enough_to_be_typed_once() {
        let random: [u8; 24] = std::array::from_fn(|at| u8::try_from(at * 11 % 251).unwrap());
        let text = one_time(random);
        assert_eq!(text.len(), 27);
        assert_eq!(judged(&text, "sysadmin"), Ok(()), "{text}");
    }
}
