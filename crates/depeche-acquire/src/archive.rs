//! Containers that hold reports, and what their bytes are wrapped in.
//!
//! ```text
//! gzip, Zstandard ─compressed→ bytes
//! WARC ─warc→ records ─http→ pages
//! captures ─warc_out→ WARC
//! mbox ─mailbox→ messages ─mail→ pages
//! ```
//!
//! Each reads on from where it stands and holds one record or message at a time; nothing here opens a file.

pub(crate) mod compressed;
pub(crate) mod http;
pub(crate) mod mail;
pub(crate) mod mailbox;
pub(crate) mod warc;
pub(crate) mod warc_out;
