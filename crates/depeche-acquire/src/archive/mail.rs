//! Messages (RFC 5322, MIME) and pages saved as messages (MHTML, RFC 2557).

use depeche_record::Media;
use mail_parser::decoders::base64::base64_decode;
use mail_parser::{ContentType, HeaderValue, Message, MessageParser, MimeHeaders};

use super::mailbox::starts_message;

/// What a message says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Letter {
    pub(crate) media: Media,
    /// The HTML part, else the text, free of the encoding for transport.
    pub(crate) body: Vec<u8>,
    pub(crate) charset: Option<String>,
    /// Subject; none for a saved page, whose title stands in the page.
    pub(crate) title: Option<String>,
    /// Day of the message in the zone of its sender; none for a saved page, whose date is that of saving.
    pub(crate) day: Option<String>,
    /// Address of a saved page.
    pub(crate) url: Option<String>,
    /// Whether the end is missing.
    pub(crate) cut: bool,
}

/// Multiparts within multiparts are followed this far.
const DEEPEST: usize = 16;

/// Texts beyond this number are left out.
const MOST_TEXTS: usize = 1_000;

/// Fields of a message or part are read this far, bytes: no program writes more, and what is read of them takes up to
/// forty times the room.
const LARGEST_HEAD: usize = 256 * 1024;

/// Reads a message; none if it holds neither HTML nor text. `is_page` says that it was named as a saved page.
///
/// The fields are read by the library. The tree of parts is walked here, because the library follows messages within
/// messages without a limit, and decodes texts before the page's own declaration of its charset is known.
pub(crate) fn read(bytes: &[u8], is_page: bool) -> Option<Letter> {
    // Some programs leave the line that opens a message in a mailbox.
    let bytes = match bytes.iter().position(|&byte| byte == b'\n') {
        Some(end) if starts_message(bytes[..end].trim_ascii_end()) => &bytes[end + 1..],
        _ => bytes,
    };
    let (message, _) = split(bytes);
    let message = message?;
    let location = message.header("Snapshot-Content-Location").and_then(HeaderValue::as_text);
    let saved_by = || message.header_raw("From").is_some_and(|from| from.trim().starts_with("<Saved by"));
    let is_page = is_page || location.is_some() || saved_by();
    let mut parts = Parts::default();
    parts.gather(bytes, 0);
    let cut = parts.cut;
    let own_location = parts.html.first().and_then(|piece| piece.location.clone());
    if is_page {
        // A page's frames are HTML parts too; the first is the page.
        parts.html.truncate(1);
    }
    let (html, text) = (join(parts.html), join(parts.text));
    let length = |joined: &Option<Piece>| joined.as_ref().map_or(0, |piece| piece.bytes.trim_ascii().len());
    // An HTML footer that a mailing list puts below a plain text is not the message.
    let (media, piece) = match length(&html) > 0 && length(&html) >= length(&text) / 2 {
        true => (Media::Html, html?),
        false => (Media::Plain, text.filter(|piece| !piece.bytes.trim_ascii().is_empty())?),
    };
    let title = message.subject().map(str::trim).filter(|title| !title.is_empty() && !is_page);
    let day = message.date().filter(|date| date.is_valid() && date.year > 0 && !is_page);
    let url = location.or(own_location.as_deref()).map(str::trim).filter(|_| is_page);
    Some(Letter {
        media,
        body: piece.bytes,
        charset: piece.charset,
        title: title.map(str::to_owned),
        day: day.map(|date| format!("{:04}-{:02}-{:02}", date.year, date.month, date.day)),
        url: url.filter(|url| url.contains("://")).map(str::to_owned),
        cut,
    })
}

/// Whether the bytes start as a message does: a block of fields, some of which only messages have.
pub(crate) fn looks_like_mail(bytes: &[u8]) -> bool {
    let mut known = 0;
    for (number, line) in bytes.split(|&byte| byte == b'\n').take(200).enumerate() {
        let line = line.trim_ascii_end();
        if line.is_empty() {
            break;
        }
        if number > 0 && line[0].is_ascii_whitespace() {
            continue;
        }
        let Some(colon) = line.iter().position(|&byte| byte == b':') else { break };
        let name = line[..colon].to_ascii_lowercase();
        if name.is_empty() || !name.iter().all(|byte| byte.is_ascii_graphic()) {
            return false;
        }
        known += usize::from(matches!(
            name.as_slice(),
            b"received"
                | b"return-path"
                | b"delivered-to"
                | b"message-id"
                | b"mime-version"
                | b"content-transfer-encoding"
                | b"snapshot-content-location"
        ));
    }
    known > 0
}

/// One text of a message.
struct Piece {
    charset: Option<String>,
    location: Option<String>,
    bytes: Vec<u8>,
}

/// The texts of a message, in their order.
#[derive(Default)]
struct Parts {
    html: Vec<Piece>,
    text: Vec<Piece>,
    /// Whether a multipart lacks its end, or texts were left out.
    cut: bool,
}

impl Parts {
    /// Gathers the texts of a part and of the parts within, attachments and messages within left out.
    fn gather(&mut self, bytes: &[u8], depth: usize) {
        let (fields, body) = split(bytes);
        let content_type = fields.as_ref().and_then(|fields| fields.content_type());
        let kind = content_type.map_or("text", ContentType::ctype).to_ascii_lowercase();
        let subkind = content_type.and_then(|c| c.subtype()).unwrap_or("plain").to_ascii_lowercase();
        let attribute = |name| content_type.and_then(|c| c.attribute(name)).map(str::trim);
        if let ("multipart", Some(boundary)) = (kind.as_str(), attribute("boundary")) {
            if depth < DEEPEST && !boundary.is_empty() {
                let (parts, ended) = within(body, boundary.as_bytes());
                self.cut |= !ended;
                // What is related to a page are its pictures and frames.
                let most = if subkind == "related" { 1 } else { usize::MAX };
                parts.into_iter().take(most).for_each(|part| self.gather(part, depth + 1));
            }
            return;
        }
        let disposition = fields.as_ref().and_then(|fields| fields.content_disposition());
        if kind != "text" || disposition.is_some_and(ContentType::is_attachment) {
            return;
        }
        let texts = match subkind.as_str() {
            "html" => &mut self.html,
            "plain" => &mut self.text,
            _ => return,
        };
        let encoding = fields.as_ref().and_then(|fields| fields.content_transfer_encoding());
        if texts.len() == MOST_TEXTS {
            self.cut = true;
            return;
        }
        texts.push(Piece {
            charset: attribute("charset").filter(|c| !c.is_empty()).map(str::to_ascii_lowercase),
            location: fields.as_ref().and_then(|fields| fields.content_location()).map(str::to_owned),
            bytes: decode(body, encoding.unwrap_or_default()),
        });
    }
}

/// Joins texts; those in another charset than the first are left out, for the whole can have only one.
fn join(pieces: Vec<Piece>) -> Option<Piece> {
    let mut pieces = pieces.into_iter();
    let mut joined = pieces.next()?;
    for piece in pieces.filter(|piece| !piece.bytes.is_empty()) {
        if piece.charset == joined.charset {
            joined.bytes.extend_from_slice(b"\n\n");
            joined.bytes.extend_from_slice(&piece.bytes);
        }
    }
    Some(joined)
}

/// The fields of a message or part, and its body.
fn split(bytes: &[u8]) -> (Option<Message<'_>>, &[u8]) {
    let mut at = 0;
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        at += line.len();
        if line.trim_ascii().is_empty() {
            break;
        }
    }
    let (fields, body) = bytes.split_at(at);
    let fields = &fields[..fields.len().min(LARGEST_HEAD)];
    (MessageParser::default().parse_headers(fields).filter(|message| !message.parts.is_empty()), body)
}

/// The parts of a multipart, and whether its end was met.
fn within<'x>(body: &'x [u8], boundary: &[u8]) -> (Vec<&'x [u8]>, bool) {
    let (mut parts, mut start, mut at) = (Vec::new(), None, 0);
    for line in body.split_inclusive(|&byte| byte == b'\n') {
        let here = at;
        at += line.len();
        let Some(rest) = line.strip_prefix(b"--").and_then(|line| line.strip_prefix(boundary)) else {
            continue;
        };
        let ends = rest.starts_with(b"--");
        if !ends && !rest.trim_ascii().is_empty() {
            continue;
        }
        if let Some(start) = start.replace(at) {
            parts.push(without_line_end(&body[start..here]));
        }
        if ends {
            return (parts, true);
        }
    }
    parts.extend(start.map(|start| &body[start..]));
    (parts, false)
}

/// The line end before a boundary belongs to the boundary.
fn without_line_end(bytes: &[u8]) -> &[u8] {
    let bytes = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    bytes.strip_suffix(b"\r").unwrap_or(bytes)
}

/// A body free of its encoding for transport.
fn decode(body: &[u8], encoding: &str) -> Vec<u8> {
    match encoding.trim().to_ascii_lowercase().as_str() {
        "quoted-printable" => unquote(body),
        "base64" => {
            let known = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
            let mut digits: Vec<u8> = body.iter().copied().filter(known).collect();
            // The last group may be cut; two digits are one byte, three are two.
            match digits.len() % 4 {
                1 => drop(digits.pop()),
                0 => {}
                left => digits.extend(std::iter::repeat_n(b'=', 4 - left)),
            }
            base64_decode(&digits).unwrap_or_else(|| body.to_vec())
        }
        _ => body.to_vec(),
    }
}

/// Undoes quoted-printable (RFC 2045, 6.7); an `=` that is none of it stays, where the library would give up the whole.
fn unquote(body: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(body.len());
    let digit = |byte: Option<&u8>| byte.and_then(|&byte| char::from(byte).to_digit(16));
    for line in body.split_inclusive(|&byte| byte == b'\n') {
        let text = line.trim_ascii_end();
        let (text, soft) = match text.strip_suffix(b"=") {
            Some(text) => (text, true),
            None => (text, false),
        };
        let mut at = 0;
        while at < text.len() {
            match (text[at], digit(text.get(at + 1)), digit(text.get(at + 2))) {
                (b'=', Some(high), Some(low)) => {
                    bytes.push((high << 4 | low) as u8);
                    at += 3;
                }
                (byte, ..) => {
                    bytes.push(byte);
                    at += 1;
                }
            }
        }
        if !soft {
            let end: &[u8] = match line {
                [.., b'\r', b'\n'] => b"\r\n",
                [.., b'\n'] => b"\n",
                _ => b"",
            };
            bytes.extend_from_slice(end);
        }
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALTERNATIVE: &str = "From: =?UTF-8?Q?P=C3=B4le?= <presse@example.org>\r\nMessage-ID: <1@example.org>\r\n\
        Date: Wed, 6 Aug 2025 23:30:05 -0700\r\nSubject: =?UTF-8?B?RW50cmV0aWVuIMOgIE1vc2NvdQ==?=\r\n\
        MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=\"b 1\"\r\n\r\npreamble\r\n--b 1\r\n\
        Content-Type: text/plain; charset=utf-8\r\n\r\nLe ministre a parl\u{e9}.\r\n--b 1\r\n\
        Content-Type: text/html; charset=\"Windows-1252\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
        <p>Le ministre a parl=E9 =\r\nhier.</p>\r\n--b 1--\r\n";

    #[test]
    fn html_is_preferred_and_stays_in_its_charset() {
        let letter = read(ALTERNATIVE.as_bytes(), false).unwrap();
        assert_eq!((letter.media, letter.charset.as_deref()), (Media::Html, Some("windows-1252")));
        assert_eq!(letter.body, b"<p>Le ministre a parl\xE9 hier.</p>");
        assert_eq!(letter.title.as_deref(), Some("Entretien à Moscou"));
        assert_eq!(letter.day.as_deref(), Some("2025-08-06"));
        assert_eq!((letter.url, letter.cut), (None, false));
        assert!(looks_like_mail(ALTERNATIVE.as_bytes()));
    }

    #[test]
    fn a_text_with_an_html_footer_is_a_text() {
        let body = "Le communiqué entier. ".repeat(20);
        let mail = format!(
            "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n{body}\n--b\nContent-Type: \
             text/html\n\n<p>liste</p>\n--b\nContent-Type: text/plain\n\nFin.\n--b\nContent-Type: text/plain\n\
             Content-Disposition: attachment; filename=a.txt\n\nannexe\n--b\nContent-Type: message/rfc822\n\n\
             Subject: autre\n\nautre\n--b--\n"
        );
        let letter = read(mail.as_bytes(), false).unwrap();
        assert_eq!(letter.media, Media::Plain);
        assert_eq!(String::from_utf8(letter.body).unwrap(), format!("{body}\n\nFin."));
    }

    #[test]
    fn a_saved_page_has_an_address_and_no_date() {
        let page = "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/a?b\r\nSubject: Titre\r\n\
            Date: Wed, 6 Aug 2025 10:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\
            \ttype=\"text/html\";\r\n\tboundary=\"--x--\"\r\n\r\n----x--\r\nContent-Type: text/html\r\n\
            Content-Location: https://example.org/a?b\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+T3Vp\r\nLjwvcD4\r\n\
            ----x--\r\nContent-Type: text/html\r\n\r\n<p>cadre\r\n----x----\r\n";
        for is_page in [true, false] {
            let letter = read(page.as_bytes(), is_page).unwrap();
            assert_eq!((letter.media, letter.body.as_slice()), (Media::Html, &b"<p>Oui.</p>"[..]));
            assert_eq!((letter.title, letter.day), (None, None));
            assert_eq!(letter.url.as_deref(), Some("https://example.org/a?b"));
        }
    }

    #[test]
    fn a_cut_message_gives_what_is_there() {
        let end = ALTERNATIVE.find("parl=E9").unwrap();
        let letter = read(&ALTERNATIVE.as_bytes()[..end], false).unwrap();
        assert!(letter.cut);
        assert_eq!(letter.media, Media::Html);
        assert_eq!(letter.body, b"<p>Le ministre a");
        assert_eq!(read(b"Subject: x\n\n", false), None);
        assert_eq!(read(b"", false), None);
    }

    #[test]
    fn encodings_for_transport_are_undone_as_far_as_they_go() {
        assert_eq!(unquote(b"a=3Db =\n=C3=A9 \r\n1=2 =ZZ="), b"a=b \xC3\xA9\r\n1=2 =ZZ");
        assert_eq!(decode(b"PHA+\r\nT3VpLg", " BASE64 "), b"<p>Oui.");
        assert_eq!(decode(b"a=3Db", "8bit"), b"a=3Db");
    }

    #[test]
    fn deep_nesting_ends() {
        let mut mail = String::new();
        for depth in 0..50_000 {
            mail.push_str(&format!("Content-Type: multipart/mixed; boundary=b{depth}\n\n--b{depth}\n"));
        }
        assert_eq!(read(mail.as_bytes(), false), None);
        let mail = "Content-Type: message/rfc822\n\n".repeat(50_000);
        assert_eq!(read(mail.as_bytes(), false), None);
    }

    #[test]
    fn endless_heads_and_parts_end() {
        let head = format!("To: {}\nSubject: x\n\nOui.", "a:<b@c>,".repeat(200_000));
        let letter = read(head.as_bytes(), false).unwrap();
        assert_eq!((letter.body.as_slice(), letter.title), (&b"Oui."[..], None));
        let parts = format!("Content-Type: multipart/mixed; boundary=b\n\n{}", "--b\n\nx\n".repeat(100_000));
        let letter = read(parts.as_bytes(), false).unwrap();
        assert_eq!((letter.body.len(), letter.cut), (MOST_TEXTS * 3 - 2, true));
    }

    #[test]
    fn prose_is_no_mail() {
        assert!(!looks_like_mail("Moscou : le ministre\nMessage-ID: a".as_bytes()));
        assert!(!looks_like_mail(b"From: le Monde\nDate: hier\n\nMIME-Version: 1"));
        assert!(!looks_like_mail(b""));
        assert!(looks_like_mail(b"X: y\n z\nMIME-Version: 1.0\n\n"));
    }
}
