//! Capture to report.
//!
//! ```text
//! Capture ─report→ Report
//! ```
//!
//! Comes in: the captured bytes and what was said beside them. Goes out: one article as a
//! [`Report`](depeche_record::Report): the decoded text, its blocks (title, paragraphs, captions, bylines, marks of
//! provenance, noise), title, outlet, byline, address, language and day of publication each with its basis, and a map
//! from every character back to the captured bytes. Pure: no clock, no network, no files.

mod byline;
mod charset;
mod columns;
mod content;
mod days;
mod fold;
mod html;
mod labels;
mod letters;
mod linked;
mod markup;
mod metadata;
mod normal;
mod pdf;
mod phrases;
mod plain;
mod publication;
mod report;
mod roles;
mod shape;
mod tree;
mod units;

pub use report::{decoded, published, report};
