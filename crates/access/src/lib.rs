//! Who somebody is and may do (权限): staff accounts, roles with areas, passwords, one-time codes, sessions, lock-out.
//!
//! In: what was typed, what is kept, the moment, random bytes. Out: a judgement, or a named [`Denied`]. Pure: the caller brings time and
//! randomness, `store` keeps, `web` asks. Sources: GB/T 22239-2019 (等保 level 3: 身份鉴别, 访问控制, 三员分立), NIST SP 800-63B-4, OWASP ASVS 5.0.0.

mod attempts;
pub mod code;
mod denied;
pub mod password;
mod session;
mod sight;
mod staff;

pub use attempts::Attempts;
pub use denied::Denied;
pub use session::{Session, Token};
pub use sight::Sight;
pub use staff::{Grant, LoginName, Staff, may_grant};
