//! Why nothing was fetched.

use std::fmt;
use std::time::Duration;

use depeche_record::{Problem, ProblemKind};

use crate::size::size;

/// Why an address gave nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The reason.
    pub kind: FailureKind,
    /// What happened and what to do, in plain words.
    pub detail: String,
    /// How long the server asks to be left alone.
    pub wait: Option<Duration>,
}

/// The reasons for which an address gives nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FailureKind {
    /// It is none, or not one of http and https.
    BadAddress,
    /// It leads to the machine itself, a private network or the like.
    Private,
    /// The site asks programs not to fetch it.
    Robots,
    /// There is no host of that name.
    Name,
    /// The host did not take the connection, or broke it off.
    Connection,
    /// The host could not prove its name.
    Certificate,
    /// It took too long.
    Timeout,
    /// It redirects in a circle, or too often.
    Redirects,
    /// The host answered with an error, this status.
    Status(u16),
    /// Larger than the limit.
    TooLarge,
    /// The answer contradicts itself, or its end is missing.
    Broken,
}

impl FailureKind {
    /// One word, as records have it.
    pub fn label(self) -> &'static str {
        match self {
            FailureKind::BadAddress => "bad_address",
            FailureKind::Private => "private",
            FailureKind::Robots => "robots",
            FailureKind::Name => "name",
            FailureKind::Connection => "connection",
            FailureKind::Certificate => "certificate",
            FailureKind::Timeout => "timeout",
            FailureKind::Redirects => "redirects",
            FailureKind::Status(_) => "status",
            FailureKind::TooLarge => "too_large",
            FailureKind::Broken => "broken",
        }
    }

    /// Whether it may pass of itself within a while.
    pub fn may_pass(self) -> bool {
        match self {
            FailureKind::Connection | FailureKind::Timeout | FailureKind::Broken => true,
            FailureKind::Status(status) => matches!(status, 408 | 425 | 429 | 500 | 502 | 503 | 504),
            _ => false,
        }
    }
}

impl Failure {
    pub(crate) fn new(kind: FailureKind, detail: impl Into<String>) -> Failure {
        Failure { kind, detail: detail.into(), wait: None }
    }

    pub(crate) fn too_large(limit: u64) -> Failure {
        let detail = format!("larger than the limit (at most {} are read); passed over", size(limit));
        Failure::new(FailureKind::TooLarge, detail)
    }

    /// The failure of an answer with this status.
    pub(crate) fn status(status: u16, wait: Option<Duration>) -> Failure {
        let meaning = match status {
            401 | 407 => "it wants a password; pages behind one are not fetched: save them in a browser",
            402 | 403 | 451 => {
                "it does not give the page to this program; save it in a browser and read the file"
            }
            404 => "there is no such page; check the address",
            410 => "the page was taken away",
            429 => "it wants fewer requests; try again later",
            500..=599 => "it has trouble of its own; try again later",
            _ => "nothing to read came with it",
        };
        let detail = format!("the server answered {status}: {meaning}");
        Failure { kind: FailureKind::Status(status), detail, wait }
    }

    /// The problem of an input that could not be fetched.
    pub fn problem(&self, address: &str) -> Problem {
        let kind = match self.kind {
            FailureKind::Private | FailureKind::Robots => ProblemKind::Refused,
            FailureKind::BadAddress => ProblemKind::Missing,
            FailureKind::Status(404 | 410) => ProblemKind::Missing,
            FailureKind::TooLarge => ProblemKind::TooLarge,
            _ => ProblemKind::Unreachable,
        };
        Problem::new(kind, address, self.detail.clone())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.detail)
    }
}

impl std::error::Error for Failure {}
