//! The targets: what takes any bytes.

use std::io::Write;
use std::path::PathBuf;

use depeche_acquire::{Options, captures_with_input, listing};
use depeche_language::{analyse, conllu};
use depeche_record::{Capture, Day, Digest, Edtf, Given, Language, Media, Report, Span};

/// What takes any bytes.
pub struct Target {
    /// Its name.
    pub name: &'static str,
    /// Takes the bytes; a fault in it is what is looked for.
    pub take: fn(&[u8]),
    /// What inputs are made from.
    pub seeds: fn() -> Vec<Vec<u8>>,
    /// What is put into them.
    pub words: &'static [&'static [u8]],
}

/// All of them.
pub const TARGETS: [Target; 14] = [
    Target { name: "html", take: html, seeds: pages, words: MARKUP },
    Target { name: "plain", take: plain, seeds: texts, words: PROSE },
    Target { name: "markdown", take: markdown, seeds: texts, words: PROSE },
    Target { name: "charset", take: charset, seeds: pages, words: MARKUP },
    Target { name: "pdf", take: pdf, seeds: documents, words: PDF },
    Target { name: "dates", take: dates, seeds: texts, words: PROSE },
    Target { name: "edtf", take: edtf, seeds: edtfs, words: EDTF },
    Target { name: "warc", take: input, seeds: warcs, words: WARC },
    Target { name: "mailbox", take: input, seeds: mailboxes, words: MAIL },
    Target { name: "message", take: input, seeds: messages, words: MAIL },
    Target { name: "lines", take: input, seeds: lines, words: LINES },
    Target { name: "listing", take: lists, seeds: feeds, words: FEED },
    Target { name: "rules", take: rules, seeds: rule_files, words: RULES },
    Target { name: "conllu", take: trees, seeds: conllus, words: CONLLU },
];

const MARKUP: &[&[u8]] = &[
    b"<p>",
    b"</p>",
    b"<div class=\"article\">",
    b"<script>",
    b"</script>",
    b"<!--",
    b"-->",
    b"&amp;",
    b"&#x1F600;",
    b"<time datetime=\"2025-08-06\">",
    b"<script type='application/ld+json'>{\"datePublished\":\"2025",
    b"<meta charset=koi8-r>",
    b"<![CDATA[",
    b"<h1>",
    b"<title>",
    b"\0",
    b"\xFF\xFE",
    b"<table><tr><td>",
    b"<li>",
    b"<blockquote>",
    b"<a href='x'>",
    b"\xC3\xA9",
    b"\xE2\x80\xAF",
];
const PROSE: &[&[u8]] = &[
    "le 6 août 2025".as_bytes(),
    "hier".as_bytes(),
    "vendredi dernier".as_bytes(),
    b"3 May",
    "6 августа".as_bytes(),
    b"20:30 GMT",
    "«\u{a0}".as_bytes(),
    "\u{a0}»".as_bytes(),
    b"\n\n",
    b"---\n",
    b"title: x\n",
    "depuis le début de l'année".as_bytes(),
    b"99999999999999999999",
    b"31/02/2025",
    b"in Q3 2024",
    "\u{301}".as_bytes(),
    "\u{200b}".as_bytes(),
    b"XXIe",
    b"-5 ans",
    "до конца 2025 года".as_bytes(),
];
const PDF: &[&[u8]] = &[
    b"obj",
    b"endobj",
    b"stream\n",
    b"endstream",
    b"<<",
    b">>",
    b"[",
    b"]",
    b"4 0 R",
    b"/Parent 3 0 R",
    b"/Kids [2 0 R]",
    b"/Filter /FlateDecode",
    b"/XObject << /X 4 0 R >>",
    b" Do ",
    b" Tf ",
    b"xref\n",
    b"trailer",
    b"startxref\n9",
    b"/Encrypt << >>",
    b"(",
    b")",
    b"-1",
    b"1e99",
];
const EDTF: &[&[u8]] = &[
    b"-", b"/", b"..", b"X", b"XX", b"[", b"]", b"{", b"}", b",", b"T10:00", b"Z", b"~", b"?", b"%", b"Y",
    b"E5", b"S2", b"9999", b"0000", b"-02-30",
];
const WARC: &[&[u8]] = &[
    b"WARC/1.0\r\n",
    b"Content-Length: 99999999999999999999\r\n",
    b"Content-Length: 0\r\n",
    b"\r\n\r\n",
    b"HTTP/1.1 200 OK\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"Content-Encoding: gzip\r\n",
    b"Content-Encoding: br\r\n",
    b"FFFFFFFF\r\n",
    b"\x1F\x8B\x08",
    b"\x28\xB5\x2F\xFD",
];
const MAIL: &[&[u8]] = &[
    b"From a Sat Jan  3 01:05:34 1996\n",
    b"Content-Type: multipart/mixed; boundary=b\n\n",
    b"--b\n",
    b"--b--\n",
    b"Content-Transfer-Encoding: base64\n\n",
    b"=?UTF-8?Q?=C3=A9?=",
    b"=3D",
    b"\r\n\r\n",
    b"Date: Wed, 6 Aug 2025 23:30:05 -0700\n",
    b"charset=",
    b"MIME-Version: 1.0\n",
];
const LINES: &[&[u8]] = &[
    b"{\"text\":\"",
    b"\"}\n",
    b"\\ud800",
    b"\\u0000",
    b"\"html\":",
    b"null",
    b"[",
    b"{",
    b"1e400",
    b"\"fetched\":{\"status\":",
    b"\"headers\":[[",
    b"\n",
];
const FEED: &[&[u8]] = &[
    b"<item>",
    b"</item>",
    b"<link>",
    b"<loc>",
    b"<url>",
    b"<!DOCTYPE x [<!ENTITY a 'b'>]>",
    b"&a;",
    b"&#x0;",
    b"<![CDATA[",
    b"]]>",
    b"xmlns='http://www.w3.org/2005/Atom'",
    b"<outline xmlUrl='",
    b"<media:group>",
    b"<content type='xhtml'><div>",
    b"http://",
    b"<?xml version='1.0' encoding='utf-16'?>",
    b"\"items\":[",
    b"<pubDate>",
];
const RULES: &[&[u8]] = &[
    b"\t",
    b"\n",
    b"|",
    b"@",
    b"*",
    b" ... ",
    b" .... ",
    b"INF",
    b"#",
    "n'est|n'était".as_bytes(),
    b"sont-ils|a-t-il",
    b"s'|se @",
    b"qu'",
    b"-t-elles",
    b"verb\tstate\tweak,quoting",
];
const CONLLU: &[&[u8]] = &[
    b"\t",
    b"\n",
    b"\n\n",
    b"1-2\t",
    b"1.1\t",
    b"# text = ",
    b"_",
    b"|",
    b"=",
    b"SpaceAfter=No",
    b"99999999999\t",
    b"0\troot",
];

fn capture(media: Media, bytes: &[u8], charset: Option<String>) -> Capture {
    let given = Given { charset, ..Given::default() };
    let (id, address) = ("x".to_owned(), "https://example.org/2025/08/06/x".to_owned());
    Capture { id, address, media, bytes: bytes.to_vec(), digest: Digest([0; 32]), given, fetched: None }
}

/// Reads a report and holds what must be true of every report.
fn check(media: Media, bytes: &[u8], charset: Option<String>) {
    let report = depeche_page::report(&capture(media, bytes, charset));
    let mut end = 0;
    for block in &report.blocks {
        assert!(block.span.start >= end, "blocks overlap");
        assert!(!block.span.of(&report.text).is_empty(), "an empty block");
        end = block.span.end;
    }
    for segment in report.source.segments() {
        let source = segment.source_start as usize + segment.source_len as usize;
        // Of a PDF document the length of a page's stream may be one more than there is.
        assert!(source <= bytes.len() + usize::from(media == Media::Pdf), "a place beyond the bytes");
    }
}

fn html(bytes: &[u8]) {
    check(Media::Html, bytes, None);
}

fn plain(bytes: &[u8]) {
    check(Media::Plain, bytes, None);
}

fn markdown(bytes: &[u8]) {
    check(Media::Markdown, bytes, None);
}

fn pdf(bytes: &[u8]) {
    check(Media::Pdf, bytes, None);
}

fn charset(bytes: &[u8]) {
    const NAMES: [&str; 9] = [
        "utf-8",
        "windows-1251",
        "koi8-r",
        "utf-16le",
        "iso-2022-jp",
        "gb18030",
        "big5",
        "x-user-defined",
        "none",
    ];
    let name = bytes.first().map_or("", |first| NAMES[usize::from(*first) % NAMES.len()]);
    check(Media::Html, bytes, Some(name.to_owned()));
}

fn dates(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let report = Report::bare("x", &text);
    let analysis = analyse(&report, Some(Day { year: 2025, month: 8, day: 6 }));
    for time in &analysis.times {
        assert!(!time.span.of(&report.text).is_empty(), "an empty expression");
    }
    let language = Language::ALL[bytes.len() % 3];
    depeche_language::segment::Segmenter::of(language).segment(&text, Span::new(0, text.len()));
}

fn rules(bytes: &[u8]) {
    let file = String::from_utf8_lossy(bytes);
    // A reflexive verb has two ways more, and no way has more than a thousand writings.
    let most = file.lines().count() * 3 * 1_024;
    assert!(depeche_extract::read_rules(&file) <= most, "more patterns than there may be");
}

fn edtf(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let Ok(date) = Edtf::parse(&text) else { return };
    assert_eq!(Edtf::parse(date.as_str()).as_ref(), Ok(&date), "what is written is read");
    let other = Edtf::day(Day { year: 2025, month: 8, day: 6 });
    let _ =
        (date.days(), date.days_in(2024), date.may_agree(&other), date.within(&other), date.distance(&other));
    let _ = (
        date.width(),
        date.members(),
        date.and_on(),
        date.up_to(),
        date.after(),
        date.before(),
        date.cmp(&other),
    );
}

/// Reads bytes as whatever their first ones show.
fn input(bytes: &[u8]) {
    let inputs = [PathBuf::from("-")];
    let options = Options { max_bytes: 1 << 20, ..Options::default() };
    for item in captures_with_input(&inputs, &options, bytes) {
        match item {
            Ok(capture) => assert!(capture.bytes.len() <= 1 << 20 && !capture.id.is_empty()),
            Err(problem) => assert!(!problem.subject.is_empty() && !problem.detail.is_empty()),
        }
    }
}

fn lists(bytes: &[u8]) {
    let Some(found) = listing(bytes, "https://example.org/feed") else { return };
    assert!(
        found.entries.iter().all(|entry| entry.address.starts_with("http")),
        "an address of another kind"
    );
}

fn trees(bytes: &[u8]) {
    if let Ok(sentences) = conllu::read(&String::from_utf8_lossy(bytes)) {
        let written = conllu::write(&sentences);
        let again = conllu::read(&written);
        assert!(again.is_ok_and(|again| conllu::write(&again) == written), "what is written is read");
    }
}

fn pages() -> Vec<Vec<u8>> {
    [
        "<!doctype html><html lang=fr><head><meta charset=utf-8><title>Entretien à Moscou | Le Fil</title><meta property='og:site_name' content='Le Fil'>\
         <meta property='article:published_time' content='2025-08-06T10:00:00+02:00'><script type='application/ld+json'>{\"headline\":\"Entretien\",\
         \"articleSection\":[\"Monde\"],\"dateModified\":\"2025-08-07\"}</script></head><body><nav><ul><li><a href='/'>Accueil</a></ul></nav><article>\
         <h1>Entretien à Moscou</h1><p class=byline>Par Anne Martin, publié le 6 août 2025 à 14h30</p><p>Le ministre a reçu son homologue à Moscou, \
         selon l'AFP, et les deux parties ont parlé de la paix pendant trois heures.</p><figure><img src=a.jpg><figcaption>Photo : TASS</figcaption>\
         </figure><blockquote>« Oui », a-t-il dit.</blockquote><ul><li>Un<li>Deux</ul></article><footer>Mentions</footer></body></html>",
        "<html><body><table><tr><td><p>MOSCOW, Aug 6 (TASS). The ministers spoke by phone &mdash; nothing was agreed.</p></td></tr></table>",
        "<p>Песков &laquo;не подтвердил&raquo; встречу.<br>Это сообщает РИА Новости, 6 августа 2025 г.",
    ]
    .into_iter()
    .map(|page| page.as_bytes().to_vec())
    .collect()
}

fn texts() -> Vec<Vec<u8>> {
    [
        "Entretien à Moscou\n\nPar Anne Martin – 6 août 2025\n\nMOSCOU, 6 août (TASS) – Hier, le ministre a rencontré son homologue ; depuis vendredi \
         dernier, les deux parties se parlent. Une réunion est prévue du 12 au 15 septembre, à 20 h 30.\n\nLire aussi : autre chose\n",
        "---\ntitle: Talks\ndate: 2025-08-06\n---\n\n# Talks\n\nThe two sides met on Tuesday, May 3rd, 2022, at 8 p.m. and will meet again next week.\n",
        "Встреча состоялась 6 августа 2025 года в Москве. На прошлой неделе стороны говорили до 15 сентября.\n",
    ]
    .into_iter()
    .map(|text| text.as_bytes().to_vec())
    .collect()
}

fn documents() -> Vec<Vec<u8>> {
    let content = b"BT /F 10 Tf 12 TL 50 700 Td (Le ministre a re\\347u) Tj T* (son homologue.) Tj ET /X Do";
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    // Memory takes all that is written.
    let _ = packed.write_all(content);
    let packed = packed.finish().unwrap_or_default();
    let document = |filter: &str, stream: &[u8]| {
        let mut bytes = b"%PDF-1.7\n".to_vec();
        let mut offsets = Vec::new();
        let page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> /XObject << /X 6 0 R >> >> >>";
        let objects = [
            b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
            page.as_bytes().to_vec(),
            [format!("<< /Length {} {filter} >>\nstream\n", stream.len()).as_bytes(), stream, b"\nendstream"].concat(),
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 22 >>\nstream\nBT /F 10 Tf (Oui) Tj ET\nendstream".to_vec(),
            b"<< /Title (Entretien) /CreationDate (D:20250806143000Z) >>".to_vec(),
        ];
        for (number, object) in objects.iter().enumerate() {
            offsets.push(bytes.len());
            bytes.extend_from_slice(format!("{} 0 obj\n", number + 1).as_bytes());
            bytes.extend_from_slice(object);
            bytes.extend_from_slice(b"\nendobj\n");
        }
        let start = bytes.len();
        bytes.extend_from_slice(b"xref\n0 8\n0000000000 65535 f \n");
        offsets
            .iter()
            .for_each(|offset| bytes.extend_from_slice(format!("{offset:010} 00000 n \n").as_bytes()));
        bytes.extend_from_slice(
            format!("trailer\n<< /Size 8 /Root 1 0 R /Info 7 0 R >>\nstartxref\n{start}\n%%EOF\n").as_bytes(),
        );
        bytes
    };
    vec![document("", content), document("/Filter /FlateDecode", &packed)]
}

/// Rules as files have them, patterns of every kind.
fn rule_files() -> Vec<Vec<u8>> {
    [
        "# remark\n@dire ... que\tverb\tstate\tquoting\ns'|se @dire prêt\tstance\taccept\nn'est|n'était prévu|prévue\tx\ty\n",
        "selon|d'après .... source*\tcites\tbefore\n@rencontrer INF\tverb\tmeeting\tobject,goer\n",
        "по словам|данным\tcites\tbefore\n@встретиться с|со\tverb\tmeeting\tmutual\n",
    ]
    .map(|file| file.as_bytes().to_vec())
    .to_vec()
}

fn edtfs() -> Vec<Vec<u8>> {
    let all = [
        "2025-08-06",
        "2025-12-20/2025-12-21",
        "XXXX-08-06",
        "2025-01/..",
        "2022-21",
        "[2018-03-05,2018-05-03]",
        "{1960,1961-12}",
        "-0044-03-15",
        "201X",
        "2004-06~",
    ];
    all.into_iter().map(|date| date.as_bytes().to_vec()).collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    // Memory takes all that is written.
    let _ = packed.write_all(bytes);
    packed.finish().unwrap_or_default()
}

fn warcs() -> Vec<Vec<u8>> {
    let record = |fields: &str, body: &[u8]| {
        let block =
            [format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{fields}\r\n").as_bytes(), body].concat();
        let head = format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://example.org/1\r\nWARC-Date: 2025-08-06T10:00:00Z\r\n\
             Content-Type: application/http\r\nContent-Length: {}\r\n\r\n",
            block.len()
        );
        [head.as_bytes(), &block, b"\r\n\r\n"].concat()
    };
    let plain = record("", b"<!doctype html><p>Oui.");
    let chunked = record("Transfer-Encoding: chunked\r\n", b"3\r\nOui\r\n1\r\n.\r\n0\r\n\r\n");
    let packed = record("Content-Encoding: gzip\r\n", &gzip(b"<p>Le ministre a parle."));
    vec![
        [plain.clone(), chunked.clone()].concat(),
        packed.clone(),
        [gzip(&plain), gzip(&packed)].concat(),
        gzip(&[plain, chunked].concat()),
    ]
}

fn messages() -> Vec<Vec<u8>> {
    let all = [
        "From: a@example.org\r\nMessage-ID: <1@example.org>\r\nDate: Wed, 6 Aug 2025 23:30:05 -0700\r\nSubject: =?UTF-8?B?w6k=?=\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/alternative; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nOui.\r\n--b\r\nContent-Type: text/html; \
         charset=windows-1252\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>Le ministre a parl=E9.</p>\r\n--b--\r\n",
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/a\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n\
         --b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+T3VpLjwvcD4=\r\n--b--\r\n",
    ];
    all.into_iter().map(|message| message.as_bytes().to_vec()).collect()
}

fn mailboxes() -> Vec<Vec<u8>> {
    let opening = b"From presse@example.org Wed Aug  6 10:30:05 2025\n";
    let one = |message: Vec<u8>| [&opening[..], &message, b"\n"].concat();
    vec![messages().into_iter().flat_map(one).collect(), gzip(&one(b"Subject: x\n\n>From here.\n".to_vec()))]
}

fn lines() -> Vec<Vec<u8>> {
    let all = [
        "{\"id\":\"a\",\"text\":\"Oui.\",\"url\":\"https://example.org\",\"published\":\"2025-08-06\"}\n{\"html\":\"<p>Non\",\"fetched\":{\"status\":200,\"headers\":[[\"a\",\"b\"]]}}\n",
        "\u{FEFF}{\"text\":\"\\ud83d x\"}\n\n{\"title\":\"x\"}\n",
    ];
    let mut seeds: Vec<Vec<u8>> = all.into_iter().map(|text| text.as_bytes().to_vec()).collect();
    seeds.push(gzip(all[0].as_bytes()));
    seeds
}

fn feeds() -> Vec<Vec<u8>> {
    [
        "<?xml version='1.0'?><rss version='2.0' xmlns:media='http://search.yahoo.com/mrss/'><channel><title>Le Fil</title><item><title>Un</title><link>/a?x=1&amp;y=2</link>\
         <pubDate>Wed, 06 Aug 2025 23:30:00 -0700</pubDate><media:group><media:content url='x'/></media:group></item></channel></rss>",
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title><entry><id>1</id><link href='/2'/><updated>2025-08-06T12:00:00+03:00</updated>\
         <content type='xhtml'><div>x</div></content></entry></feed>",
        "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'><item rdf:about='x'><link>https://example.org/1</link></item></rdf:RDF>",
        "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"T\",\"items\":[{\"id\":\"1\",\"url\":\"https://example.org/3\",\"date_published\":\"2025-08-06T10:00:00Z\"}]}",
        "<urlset><url><loc>https://example.org/c</loc><lastmod>2025-08-06</lastmod></url></urlset>",
        "<opml><head><title>V</title></head><body><outline text='A'><outline xmlUrl='https://example.org/f'/></outline></body></opml>",
        "# presse\nhttps://example.org/1 Le Fil\n",
    ]
    .into_iter()
    .map(|feed| feed.as_bytes().to_vec())
    .collect()
}

fn conllus() -> Vec<Vec<u8>> {
    vec![
        b"# sent_id = 1\n# text = Il parle du sujet.\n1\tIl\til\tPRON\t_\tNumber=Sing\t2\tnsubj\t_\t_\n2\tparle\tparler\tVERB\t_\t_\t0\troot\t_\t_\n\
          3-4\tdu\t_\t_\t_\t_\t_\t_\t_\t_\n3\tde\tde\tADP\t_\t_\t5\tcase\t_\t_\n4\tle\tle\tDET\t_\t_\t5\tdet\t_\t_\n\
          5\tsujet\tsujet\tNOUN\t_\t_\t2\tobl\t_\tSpaceAfter=No\n6\t.\t.\tPUNCT\t_\t_\t2\tpunct\t_\t_\n\n"
            .to_vec(),
    ]
}
