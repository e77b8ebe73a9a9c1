//! PDF documents, made by the test itself.

#![allow(clippy::unwrap_used, reason = "a test that cannot set its scene has to fail")]

use std::io::Write;

use depeche_page::report;
use depeche_record::{Basis, Capture, Digest, Given, Media, ProblemKind, Report, Span};

fn read(bytes: Vec<u8>) -> Report {
    report(&Capture {
        id: "d".into(),
        address: "d.pdf".into(),
        media: Media::Pdf,
        bytes,
        digest: Digest([0; 32]),
        given: Given::default(),
        fetched: None,
    })
}

/// A document of these objects, the first of which is the catalogue; `trailer` is put into its trailer.
fn document(objects: &[Vec<u8>], trailer: &str) -> Vec<u8> {
    let mut bytes = b"%PDF-1.7\n".to_vec();
    let mut offsets = Vec::new();
    for (number, object) in objects.iter().enumerate() {
        offsets.push(bytes.len());
        bytes.extend_from_slice(format!("{} 0 obj\n", number + 1).as_bytes());
        bytes.extend_from_slice(object);
        bytes.extend_from_slice(b"\nendobj\n");
    }
    let start = bytes.len();
    bytes.extend_from_slice(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes());
    for offset in offsets {
        bytes.extend_from_slice(format!("{offset:010} 00000 n \n").as_bytes());
    }
    let trailer = format!(
        "trailer\n<< /Size {} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n",
        objects.len() + 1
    );
    bytes.extend_from_slice(trailer.as_bytes());
    bytes
}

fn stream(fields: &str, content: &[u8]) -> Vec<u8> {
    let head = format!("<< /Length {} {fields} >>\nstream\n", content.len());
    [head.as_bytes(), content, b"\nendstream"].concat()
}

/// A document of one page with this content; `more` are objects from number 6 on.
fn page(content: &[u8], resources: &str, info: &str, more: Vec<Vec<u8>>) -> Vec<u8> {
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_vec(),
        format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> {resources} >> >>"
        )
        .into_bytes(),
        stream("", content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
    ];
    objects.extend(more);
    objects.push(info.as_bytes().to_vec());
    let info = format!("/Info {} 0 R", objects.len());
    document(&objects, &info)
}

/// Lines set one below the other at this place, as one column.
fn column(x: u32, y: u32, lines: &[&str]) -> String {
    let mut content = format!("BT /F 10 Tf 12 TL {x} {y} Td ");
    for line in lines {
        content.push_str(&format!("({line}) Tj T* "));
    }
    content + "ET\n"
}

const INFO: &str =
    "<< /Title (Entretien \\340 Moscou) /Author (Anne Martin) /CreationDate (D:20250806143000+02'00') >>";

const LEFT: [&str; 3] = [
    "Le ministre des Affaires \\351trang\\350res a re\\347u mer-",
    "credi son homologue russe \\340 Paris, selon",
    "un communiqu\\351.",
];

#[test]
fn columns_are_read_one_after_the_other() {
    let right = ["Moscou n'a pas confirm\\351 cet entretien, que", "le porte-parole a dit attendre."];
    let content = column(50, 700, &LEFT) + &column(320, 700, &right);
    let report = read(page(content.as_bytes(), "", INFO, vec![]));
    assert_eq!(report.problems, []);
    let words = report.text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(
        words,
        "Le ministre des Affaires étrangères a reçu mercredi son homologue russe à Paris, selon un communiqué. Moscou \
         n'a pas confirmé cet entretien, que le porte-parole a dit attendre."
    );
    let title = report.title.unwrap();
    assert_eq!((title.value.as_str(), title.basis), ("Entretien à Moscou", Basis::Metadata));
    let published = report.published.unwrap();
    assert_eq!((published.value.as_str(), published.basis), ("2025-08-06", Basis::Metadata));
    assert_eq!(report.byline.map(|byline| byline.value).as_deref(), Some("Anne Martin"));
}

/// Two columns of six lines, set row by row, a word parted at a line's end and one at the column's.
fn rows() -> String {
    let left = [
        "Le ministre a re\\347u mardi son homo-",
        "logue \\340 Gen\\350ve pour un entretien",
        "de deux heures, a fait savoir le",
        "porte-parole du minist\\350re, sans",
        "vouloir en dire davantage sur le",
        "prochain rendez-vous des deux di-",
    ];
    let right = [
        "plomates, qui pourrait se tenir en",
        "mai \\340 Mascate, selon une source",
        "diplomatique proche des pourparlers",
        "que le sultanat accueille depuis le",
        "d\\351but de cette ann\\351e, mais aucune",
        "date n\\'a \\351t\\351 confirm\\351e hier soir.",
    ];
    let mut content =
        column(50, 760, &["Gen\\350ve : deux heures pour se parler, et rien de plus \\340 ce stade"]);
    for (n, (one, other)) in left.iter().zip(&right).enumerate() {
        let height = 700 - 12 * n as u32;
        content += &(column(50, height, &[one]) + &column(320, height, &[other]));
    }
    content
}

#[test]
fn columns_set_row_by_row_are_read_one_after_the_other() {
    let report = read(page(rows().as_bytes(), "", INFO, vec![]));
    let words = report.text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(
        words,
        "Genève : deux heures pour se parler, et rien de plus à ce stade Le ministre a reçu mardi son homologue à Genève \
         pour un entretien de deux heures, a fait savoir le porte-parole du ministère, sans vouloir en dire davantage sur \
         le prochain rendez-vous des deux diplomates, qui pourrait se tenir en mai à Mascate, selon une source \
         diplomatique proche des pourparlers que le sultanat accueille depuis le début de cette année, mais aucune date \
         n'a été confirmée hier soir."
    );
}

#[test]
fn words_lead_back_to_the_content_of_their_page() {
    let bytes = page(column(50, 700, &LEFT).as_bytes(), "", INFO, vec![]);
    let report = read(bytes.clone());
    let place = report.source.locate(Span::new(0, 10)).unwrap();
    assert!(bytes[place.clone()].starts_with(b"4 0 obj") && bytes[place].ends_with(b"endobj"));
}

#[test]
fn what_a_browser_printed_has_no_day() {
    let info =
        "<< /Title (Communiqu\\351.docx) /Producer (Skia/PDF m120) /CreationDate (D:20250806143000Z) >>";
    let report = read(page(column(50, 700, &LEFT).as_bytes(), "", info, vec![]));
    assert_eq!(report.published, None);
    assert!(report.title.is_none_or(|title| title.basis == Basis::Text));
}

#[test]
fn pages_without_text_say_so() {
    let report = read(page(b"0 0 100 100 re f", "", "<< >>", vec![]));
    assert_eq!(report.problems[0].kind, ProblemKind::Empty);
    assert!(report.problems[0].detail.contains("pictures"));
}

#[test]
fn pictures_are_not_text() {
    let picture =
        stream("/Type /XObject /Subtype /Image /Width 1 /Height 1", b"BT /F 10 Tf 50 50 Td (Faux) Tj ET");
    let content = column(50, 700, &LEFT) + "/I Do\n";
    let report = read(page(content.as_bytes(), "/XObject << /I 6 0 R >>", "<< >>", vec![picture]));
    assert!(report.text.contains("Le ministre") && !report.text.contains("Faux"), "{}", report.text);
}

#[test]
fn endless_forms_and_pages_end() {
    // A form that draws itself, by the resources of the page.
    let circle = stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", b"/X Do");
    let endless = read(page(b"/X Do", "/XObject << /X 6 0 R >>", "<< >>", vec![circle]));
    assert!(
        endless.problems.iter().any(|problem| problem.detail.contains("could not be read")),
        "{:?}",
        endless.problems
    );
    // Forms that each draw the next ten times.
    let forms: Vec<Vec<u8>> = (0..10)
        .map(|n| {
            let fields = format!(
                "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X {} 0 R >> >>",
                if n == 9 { 6 } else { n + 7 }
            );
            stream(&fields, "/X Do\n".repeat(10).as_bytes())
        })
        .collect();
    assert!(!read(page(b"/X Do", "/XObject << /X 6 0 R >>", "<< >>", forms)).problems.is_empty());
    // A page that is its own ancestor.
    let own = document(
        &[
            b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 2 0 R >>".to_vec(),
            b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>".to_vec(),
            stream("", b"BT ET"),
        ],
        "",
    );
    assert!(!read(own).problems.is_empty());
}

#[test]
fn bombs_are_refused() {
    let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..300 {
        packed.write_all(&vec![b' '; 1 << 20]).unwrap();
    }
    let bomb = stream("/Filter /FlateDecode", &packed.finish().unwrap());
    let report = read(page(column(50, 700, &LEFT).as_bytes(), "", "<< >>", vec![bomb]));
    assert!(report.problems[0].detail.contains("bomb"), "{:?}", report.problems);
}

#[test]
fn broken_and_locked_documents_say_so() {
    let sound = page(column(50, 700, &LEFT).as_bytes(), "", INFO, vec![]);
    for bytes in [
        b"%PDF-1.7".to_vec(),
        b"%PDF-1.7\nxref\ntrailer\n<<>>".to_vec(),
        sound[..sound.len() / 2].to_vec(),
        [&b"%PDF-1.7\n1 0 obj\n"[..], &b"[".repeat(200_000)].concat(),
        [&b"%PDF-1.7\n"[..], &b"<<".repeat(200_000)].concat(),
    ] {
        let report = read(bytes);
        assert!(!report.problems.is_empty(), "{}", report.text);
    }
    let mut locked = page(column(50, 700, &LEFT).as_bytes(), "", INFO, vec![]);
    let lock = format!(
        "/Encrypt << /Filter /Standard /V 1 /R 2 /P -44 /O <{0}> /U <{0}> >> /ID [<{1}> <{1}>]",
        "00".repeat(32),
        "00".repeat(16)
    );
    let at = locked.windows(8).position(|window| window == b"/Root 1 ").unwrap();
    locked.splice(at..at, lock.into_bytes());
    let report = read(locked);
    assert!(report.problems[0].detail.contains("password"), "{:?}", report.problems);
}

#[test]
fn any_damage_is_survived() {
    let sound = page(
        (column(50, 700, &LEFT) + "/X Do").as_bytes(),
        "/XObject << /X 6 0 R >>",
        INFO,
        vec![stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", b"BT /F 10 Tf (x) Tj ET")],
    );
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    for _ in 0..1_500 {
        let mut bytes = sound.clone();
        for _ in 0..3 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            let at = state as usize % bytes.len();
            bytes[at] = (state >> 32) as u8;
        }
        read(bytes);
    }
}

/// How many words of `wanted` come in their order in `found`.
fn in_order(wanted: &[&str], found: &[&str]) -> usize {
    let mut best = vec![0; found.len() + 1];
    for word in wanted {
        let mut before = 0;
        for (n, other) in found.iter().enumerate() {
            let above = best[n + 1];
            best[n + 1] = if word == other { before + 1 } else { above.max(best[n]) };
            before = above;
        }
    }
    best[found.len()]
}

/// Three short reports in three columns, as a browser, an office suite and Ghostscript print them, and as a program that
/// recognises letters lays them, row by row, over a scanned page.
#[test]
fn three_columns_of_four_programs_are_read_in_order() {
    let wanted = include_str!("pdf/words.txt").replace('’', "'");
    let wanted: Vec<&str> = wanted.split_whitespace().collect();
    let documents: [(&str, &[u8]); 4] = [
        ("browser", include_bytes!("pdf/browser.pdf")),
        ("office", include_bytes!("pdf/office.pdf")),
        ("postscript", include_bytes!("pdf/postscript.pdf")),
        ("scanned", include_bytes!("pdf/scanned.pdf")),
    ];
    for (name, bytes) in documents {
        let report = read(bytes.to_vec());
        let text = report.text.replace('’', "'");
        let found: Vec<&str> = text.split_whitespace().collect();
        assert_eq!(in_order(&wanted, &found), wanted.len(), "{name}: {text}");
        assert!(found.len() <= wanted.len() + 1, "{name}: {text}");
        let sentence = "Les participants se sont engagés à ne rien en";
        assert!(text.contains(sentence), "{name}, from column to column: {text}");
    }
}

#[test]
fn what_a_browser_prints_around_a_page_is_left_out() {
    let content = b"BT /F 8 Tf 50 800 Td (11/22/26, 6:32 PM) Tj 150 0 Td (Entretien) Tj /F 12 Tf -150 -60 Td (Entretien) Tj 0 -40 Td \
        (Le ministre a parl\\351 le 12/09/2025.) Tj 0 -600 Td /F 8 Tf (https://example.org/entretien) Tj 300 0 Td (1/2) Tj ET";
    let info = "<< /Title (Entretien) >>";
    let text = read(page(content, "", info, vec![])).text;
    assert_eq!(
        text.split_whitespace().collect::<Vec<_>>().join(" "),
        "Entretien Le ministre a parlé le 12/09/2025."
    );
}

#[test]
fn letters_that_stand_for_others_are_no_text() {
    let cipher = "A9 56?8@E:? C6?4@?EC6 4@? =6 >:?:DEC6 <2CD?@G;<89AFO 4CDB6<A9 ";
    let content =
        |words: &str| format!("BT /F 10 Tf 12 TL 50 700 Td {}ET", format!("({words}) Tj T* ").repeat(8));
    let report = read(page(content(cipher).as_bytes(), "", INFO, vec![]));
    assert!(report.text.is_empty(), "{}", report.text);
    let [problem] = &*report.problems else { panic!("{:?}", report.problems) };
    assert!(problem.kind == ProblemKind::Unreadable && problem.detail.contains("letters"), "{problem:?}");
    let plain = "Le ministre \\(A. Martin\\) a dit : oui ; 12 % de hausse, voir www.example.org/a?b=c";
    let report = read(page(content(plain).as_bytes(), "", INFO, vec![]));
    assert!(
        report.problems.is_empty() && report.text.contains("ministre (A. Martin)"),
        "{:?}",
        report.problems
    );
}
