//! Sessions (会话): what a browser holds is a token nobody can guess; what is kept is its digest, so that a stolen register opens nothing.

use sha2::{Digest, Sha256};

/// Without a request for so long a session ends: thirty minutes.
const IDLE_MS: i64 = 30 * 60_000;
/// A session ends after a working day whatever happens: twelve hours.
const LONGEST_MS: i64 = 12 * 3_600_000;
/// For so long after typing the password grave acts need no second typing: five minutes.
const FRESH_MS: i64 = 5 * 60_000;

/// What a browser holds: 256 random bits. Printed nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Token(…)")
    }
}

impl Token {
    /// A token of those random bytes.
    pub fn of(random: [u8; 32]) -> Token {
        Token(hex::encode(random))
    }

    /// Reads what a browser sent; none for anything that was never a token.
    pub fn parse(text: &str) -> Option<Token> {
        let is_token =
            text.len() == 64 && text.bytes().all(|sign| sign.is_ascii_digit() || (b'a'..=b'f').contains(&sign));
        is_token.then(|| Token(text.to_owned()))
    }

    /// The text for the cookie.
    pub fn as_cookie(&self) -> &str {
        &self.0
    }

    /// What is kept of it.
    pub fn digest(&self) -> String {
        hex::encode(Sha256::digest(self.0.as_bytes()))
    }
}

/// The times of a session, in milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Session {
    /// When it began.
    pub opened_ms: i64,
    /// The last request, as far as it is kept.
    pub seen_ms: i64,
    /// When the password was last typed.
    pub proven_ms: i64,
}

impl Session {
    /// A session that begins now.
    pub fn begin(now_ms: i64) -> Session {
        Session { opened_ms: now_ms, seen_ms: now_ms, proven_ms: now_ms }
    }

    /// Whether it is over at that moment. A clock that went back does not end it and does not lengthen it.
    pub fn is_over(&self, now_ms: i64) -> bool {
        now_ms.saturating_sub(self.seen_ms) >= IDLE_MS || now_ms.saturating_sub(self.opened_ms) >= LONGEST_MS
    }

    /// Whether the password was typed lately enough for a grave act (ASVS 7.5.3).
    pub fn is_fresh(&self, now_ms: i64) -> bool {
        now_ms.saturating_sub(self.proven_ms) < FRESH_MS
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_ends_idle_or_after_the_day() {
        let minute = 60_000;
        let session = Session::begin(0);
        for (now, over) in [(0, false), (30 * minute - 1, false), (30 * minute, true), (-5 * minute, false)] {
            assert_eq!(session.is_over(now), over, "{now}");
        }
        let busy = Session { seen_ms: 719 * minute, ..session };
        assert!(!busy.is_over(720 * minute - 1) && busy.is_over(720 * minute), "twelve hours, however busy");
        assert!(session.is_fresh(5 * minute - 1) && !session.is_fresh(5 * minute));
    }

    #[test]
    fn a_token_is_kept_as_its_digest_and_never_printed() {
        let token = Token::of([0xab; 32]);
        assert_eq!(Token::parse(token.as_cookie()), Some(token.clone()));
        assert_ne!(token.digest(), token.as_cookie());
        assert_eq!(format!("{token:?}"), "Token(…)");
        for text in ["", "ab", &"g".repeat(64), &"AB".repeat(32), &"ab".repeat(33)] {
            assert_eq!(Token::parse(text), None, "{text}");
        }
    }
}
