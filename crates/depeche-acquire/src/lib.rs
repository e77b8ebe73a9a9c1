//! Bytes from outside.
//!
//! ```text
//! files, folders, standard input ─unpack→ JSON Lines, WARC, mailboxes, messages, pages ─captures→ Capture
//! ```
//!
//! Comes in: the inputs as the user named them. Goes out: one [`Capture`](depeche_record::Capture) a report, in the
//! order of the inputs, and one [`Problem`](depeche_record::Problem) for whatever could not be read as it should; a bad
//! input never ends the run. Only one file, line, record or message is held at a time, and none that is larger than the
//! limit, unpacked.
//!
//! This is the only crate that reads what others wrote, and the only one that knows archives, compression, mail and the
//! network. Captures go out again as a web archive ([`WarcWriter`]): whoever knows archives writes them too.

mod ahead;
mod archive;
mod captures;
mod document;
mod follow;
mod identifiers;
mod lines;
mod listing;
mod net;
mod options;
mod plan;
mod record;
mod size;
mod sniff;
mod surrogates;

pub use archive::warc_out::WarcWriter;
pub use captures::{Captures, captures, captures_with_input};
pub use follow::{Look, Reach, Take, look};
pub use listing::{Entry, Listing, listing};
pub use net::{
    Answer, Document, Failure, FailureKind, Fetcher, FetcherError, Network, Request, is_permitted,
};
pub use options::Options;
