//! What a caller may set.

use std::path::PathBuf;

use depeche_record::Given;

use crate::net::Network;

/// How inputs are read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Largest report, in bytes; for JSON Lines the largest line. Larger ones are passed over with a problem.
    pub max_bytes: u64,
    /// What holds of every report unless its own line says otherwise.
    pub given: Given,
    /// A file that is passed over within folders: the one that the run itself writes.
    pub leave_out: Option<PathBuf>,
    /// How addresses among the inputs are fetched.
    pub network: Network,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            max_bytes: 64 * 1024 * 1024,
            given: Given::default(),
            leave_out: None,
            network: Network::default(),
        }
    }
}
