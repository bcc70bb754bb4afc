//! How a command ends when it cannot do what was asked: a sentence for people, an exit code for scripts.

use std::fmt;
use std::process::ExitCode;

/// Why a command ended early. The text is plain Chinese: what is wrong, where, what to do.
#[derive(Debug)]
pub struct Failure {
    kind: Kind,
    text: String,
}

/// The documented exit codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Failed = 1,
    Usage = 2,
    NotFound = 3,
    Refused = 4,
    Conflict = 5,
    TryLater = 75,
}

impl Failure {
    /// Something outside failed: a disk, a database, a file.
    pub fn failed(text: impl fmt::Display) -> Failure {
        Failure { kind: Kind::Failed, text: text.to_string() }
    }

    /// The command was called in a way that cannot work.
    pub fn usage(text: impl fmt::Display) -> Failure {
        Failure { kind: Kind::Usage, text: text.to_string() }
    }

    /// What was asked for does not exist.
    pub fn not_found(text: impl fmt::Display) -> Failure {
        Failure { kind: Kind::NotFound, text: text.to_string() }
    }

    /// A rule says no, with its reason.
    pub fn refused(text: impl fmt::Display) -> Failure {
        Failure { kind: Kind::Refused, text: text.to_string() }
    }

    /// Somebody else changed it first.
    pub fn conflict(text: impl fmt::Display) -> Failure {
        Failure { kind: Kind::Conflict, text: text.to_string() }
    }

    /// Something is busy that will be free again.
    pub fn try_later(text: impl fmt::Display) -> Failure {
        Failure { kind: Kind::TryLater, text: text.to_string() }
    }

    /// The exit code of this failure.
    pub fn exit_code(&self) -> ExitCode {
        ExitCode::from(self.kind as u8)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl std::error::Error for Failure {}
