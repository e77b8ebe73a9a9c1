//! The network: pages asked for by HTTP, politely, and from nowhere that is private.
//!
//! 1. An address is looked at before anything is sent: its scheme, and whether it leads out to the public network.
//! 2. The host's `robots.txt` is asked for once and heeded; one request a host runs at a time, with a pause after each.
//! 3. One exchange: a head, a body of limited size, in limited time; compression is undone within the same limit.
//! 4. Redirects start again at 1. What may pass of itself is tried again after a while, as the server asks.

mod exchange;
mod failure;
mod fetcher;
mod guard;
mod pace;
mod robots;

pub use failure::{Failure, FailureKind};
pub use fetcher::{Answer, Document, Fetcher, FetcherError, Request};
pub use robots::is_permitted;

use std::time::Duration;

/// How the network is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Network {
    /// Whether loopback and private networks may be asked; never so for the addresses at which clouds tell secrets.
    pub allow_private: bool,
    /// Where the keeper of a site can reach whoever runs this: an address of mail or of a page. Sent with each request.
    pub contact: Option<String>,
    /// Largest body, in bytes, before and after its compression is undone.
    pub max_bytes: u64,
    /// Pause between two requests to one host; longer where its `robots.txt` asks for it.
    pub delay: Duration,
    /// Longest time without a byte.
    pub idle: Duration,
    /// Longest time for one exchange.
    pub total: Duration,
    /// Times that a request is sent again when what stopped it may pass.
    pub retries: u32,
    /// Pause before the first of them; doubled for each that follows. A server may ask for more, up to `patience`.
    pub backoff: Duration,
    /// Longest pause that a server may ask for within a run.
    pub patience: Duration,
    /// Certificates (DER) trusted beside the bundled ones of public authorities.
    pub roots: Vec<Vec<u8>>,
}

impl Default for Network {
    fn default() -> Network {
        Network {
            allow_private: false,
            contact: None,
            max_bytes: 64 * 1024 * 1024,
            delay: Duration::from_secs(1),
            idle: Duration::from_secs(20),
            total: Duration::from_secs(120),
            retries: 2,
            backoff: Duration::from_secs(2),
            patience: Duration::from_secs(30),
            roots: Vec::new(),
        }
    }
}

/// Whether an input is an address to fetch rather than a path.
pub(crate) fn is_address(input: &str) -> bool {
    let scheme = input.split_once("://").map(|(scheme, _)| scheme.to_ascii_lowercase());
    matches!(scheme.as_deref(), Some("http" | "https"))
}
