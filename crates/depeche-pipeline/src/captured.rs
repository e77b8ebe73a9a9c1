//! Captures as lines of JSON Lines, which the stages read again.

use depeche_record::{Capture, Media};
use serde::Serialize;

/// A capture as a line of JSON Lines, which the stages read again.
#[derive(Debug, Clone, Serialize)]
pub struct CaptureRecord {
    /// Identifier.
    pub id: String,
    /// Address of the page.
    pub url: Option<String>,
    /// The page, where it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub html: Option<String>,
    /// The text, of what is no page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// SHA-256 of the bytes as they came.
    pub digest: String,
    /// How they came over the network.
    pub fetched: Option<FetchedRecord>,
}

/// An exchange by HTTP.
#[derive(Debug, Clone, Serialize)]
pub struct FetchedRecord {
    /// When the answer came, RFC 3339 in UTC.
    pub time: Option<String>,
    /// Status of the answer.
    pub status: u16,
    /// The addresses that led there.
    pub redirects: Vec<String>,
    /// Fields of the answer's head, each a pair of name and value.
    pub headers: Vec<(String, String)>,
}

/// The record of a capture, its bytes decoded.
pub fn capture_record(capture: &Capture) -> CaptureRecord {
    let body = Some(depeche_page::decoded(capture));
    let (html, text) = if capture.media == Media::Html { (body, None) } else { (None, body) };
    let fetched = capture.fetched.as_ref().map(|fetched| FetchedRecord {
        time: fetched.time.clone(),
        status: fetched.status,
        redirects: fetched.redirects.clone(),
        headers: fetched.headers.clone(),
    });
    let (id, url, digest) = (capture.id.clone(), capture.given.url.clone(), capture.digest.to_string());
    CaptureRecord { id, url, html, text, digest, fetched }
}
