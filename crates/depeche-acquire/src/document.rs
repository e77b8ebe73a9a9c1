//! What a fetched document is, by what the server says and by its first bytes.

use depeche_record::{Capture, Digest, Fetched, Given, Media, Problem, ProblemKind};
use sha2::{Digest as _, Sha256};

use crate::archive::http::media_of;
use crate::net::Document;
use crate::sniff::{is_blank, is_pdf, looks_like_html, refuse, without_mark};

/// The kinds of fetched documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// One report, with the charset that the server names.
    Page(Media, Option<String>),
    /// A list of pages.
    Feed,
    /// Something else, to be told by its bytes.
    Other,
}

/// The kind of a document. Servers are wrong about types often enough that bytes which show theirs have the last word.
pub(crate) fn kind_of(fetched: &Fetched, bytes: &[u8]) -> Kind {
    let content_type = fetched.header("content-type").unwrap_or_default();
    let named = media_of(content_type);
    if is_pdf(bytes) {
        return Kind::Page(Media::Pdf, None);
    }
    if looks_like_html(bytes) {
        return Kind::Page(Media::Html, named.and_then(|(_, charset)| charset));
    }
    if looks_like_feed(bytes) {
        return Kind::Feed;
    }
    match named {
        // Not every page begins as pages should.
        Some((media, charset)) if media != Media::Pdf && !is_binary_head(bytes) => Kind::Page(media, charset),
        _ => Kind::Other,
    }
}

/// The report that a document is; a problem if it is none.
pub(crate) fn capture_of(document: Document, given: &Given) -> Result<Capture, Problem> {
    let Document { address, bytes, fetched } = document;
    let Kind::Page(media, charset) = kind_of(&fetched, &bytes) else {
        let detail = match refuse(&bytes) {
            Some(what) => format!("it is {what}"),
            None => "it is no page, text or PDF document".to_owned(),
        };
        return Err(Problem::new(ProblemKind::NotText, address, detail));
    };
    if is_blank(&bytes) {
        return Err(Problem::new(ProblemKind::Empty, address, "nothing in it to read"));
    }
    if let Some(what) = refuse(&bytes).filter(|_| media != Media::Pdf) {
        return Err(Problem::new(ProblemKind::NotText, address, format!("it is {what}")));
    }
    let mut given = given.clone();
    given.url = Some(address.clone());
    given.charset = charset.or(given.charset);
    let digest = Digest(Sha256::digest(&bytes).into());
    Ok(Capture { id: address.clone(), address, media, bytes, digest, given, fetched: Some(fetched) })
}

/// Whether the bytes start as a feed, a sitemap or a list of feeds does.
pub(crate) fn looks_like_feed(bytes: &[u8]) -> bool {
    let head = without_mark(&bytes[..bytes.len().min(4096)]).trim_ascii_start();
    let has = |what: &[u8]| head.windows(what.len()).any(|window| window == what);
    if head.starts_with(b"{") {
        return has(b"jsonfeed.org/version");
    }
    head.starts_with(b"<")
        && [&b"<rss"[..], b"<rdf:RDF", b"<feed", b"<urlset", b"<sitemapindex", b"<opml"].into_iter().any(has)
}

/// Whether the bytes open a document that is no text.
fn is_binary_head(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\x1F\x8B")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(content_type: &str, bytes: &[u8]) -> Kind {
        let headers = vec![("content-type".to_owned(), content_type.to_owned())];
        kind_of(&Fetched { headers, ..Fetched::default() }, bytes)
    }

    #[test]
    fn bytes_have_the_last_word() {
        let html = Kind::Page(Media::Html, None);
        assert_eq!(kind("image/png", b"<!doctype html><p>x"), html);
        assert_eq!(
            kind("text/plain; charset=koi8-r", b"<html>"),
            Kind::Page(Media::Html, Some("koi8-r".into()))
        );
        assert_eq!(kind("text/html", b"<p>x"), html);
        assert_eq!(kind("text/html", b"<?xml version='1.0'?><rss version='2.0'>"), Kind::Feed);
        assert_eq!(kind("text/html", b"{\"version\":\"https://jsonfeed.org/version/1.1\"}"), Kind::Feed);
        assert_eq!(kind("text/plain", b"Moscou"), Kind::Page(Media::Plain, None));
        assert_eq!(kind("text/html", b"%PDF-1.7"), Kind::Page(Media::Pdf, None));
        assert_eq!(kind("text/html", b"PK\x03\x04"), Kind::Other);
        assert_eq!(kind("application/x-ndjson", b"{\"text\":\"x\"}"), Kind::Other);
        assert_eq!(kind("", b"Moscou"), Kind::Other);
    }
}
