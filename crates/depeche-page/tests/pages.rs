//! Properties of every report, whatever bytes it was made from, and whole pages.

use depeche_page::report;
use depeche_record::{Basis, Block, BlockKind, Capture, Digest, Given, Language, Media, ProblemKind, Report};
use proptest::prelude::*;

fn capture(media: Media, bytes: &[u8]) -> Capture {
    Capture {
        id: "page".into(),
        address: "page".into(),
        media,
        bytes: bytes.to_vec(),
        digest: Digest([7; 32]),
        given: Given::default(),
        fetched: None,
    }
}

fn kinds(report: &Report, kind: BlockKind) -> Vec<&str> {
    let of = |block: &&Block| block.kind == kind;
    report.blocks.iter().filter(of).map(|block| block.span.of(&report.text)).collect()
}

/// Blocks are sorted, lie on character boundaries, do not overlap, and nothing but white space lies between them.
fn assert_tiled(report: &Report) {
    let mut end = 0;
    for block in &report.blocks {
        let range = block.span.range();
        assert!(end <= range.start && range.start < range.end, "{block:?}");
        let between = report.text.get(end..range.start).expect("blocks begin on character boundaries");
        assert!(between.trim().is_empty(), "{between:?} lies in no block");
        assert!(report.text.get(range.clone()).is_some(), "blocks end on character boundaries");
        end = range.end;
    }
    assert!(report.text[end..].trim().is_empty());
}

/// The captured bytes of each block, without tags and with references resolved, are its words.
fn assert_traced(report: &Report, bytes: &[u8], html: bool) {
    let bare = |text: &str| -> String { text.chars().filter(|c| !c.is_whitespace()).collect() };
    for block in &report.blocks {
        let located = &bytes[report.source.locate(block.span).expect("every block was captured")];
        let source = String::from_utf8_lossy(located).into_owned();
        let source = if html { htmlize::unescape(without_tags(&source)).into_owned() } else { source };
        assert_eq!(bare(&source), bare(block.span.of(&report.text)));
    }
}

fn without_tags(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for character in html.chars() {
        match character {
            '<' => inside = true,
            '>' if inside => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text
}

const PAGE: &str = r#"<!DOCTYPE html>
<html lang="fr-FR"><head><meta charset="utf-8">
<title>Genève : les deux émissaires se sont vus en secret | Le Courrier du Lac</title>
<meta property="og:site_name" content="Le Courrier du Lac">
<meta property="og:description" content="Les deux émissaires ont passé trois heures ensemble, selon des sources concordantes.">
<link rel="canonical" href="https://courrier.example/monde/2024/03/05/geneve-emissaires">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Genève : les deux émissaires se sont vus en secret","datePublished":"2024-03-05T08:15:00+01:00","author":{"name":"Anne Martin"}}</script>
</head><body>
<nav><ul><li><a href="/">Accueil</a></li><li><a href="/monde">Monde</a></li></ul></nav>
<header><h1>Gen&egrave;ve&nbsp;: les deux <em>&eacute;missaires</em> se sont vus en secret</h1>
<p class="chapo">Les deux émissaires ont passé trois heures ensemble, selon des sources concordantes.</p>
<p class="byline">Par Anne Martin, avec AFP – <time datetime="2024-03-05">5 mars 2024</time></p></header>
<article>
<p>Les émissaires des deux capitales se sont rencontr&#233;s lundi dans un hôtel de Genève, ont affirmé trois sources diplomatiques qui ont requis l’anonymat. Aucune des deux parties n’a publié de communiqué, et la police cantonale a refusé de commenter.</p>
<p>« Nous avons écouté, et nous avons été écoutés », a résumé l’un des négociateurs, en précisant que rien n’avait été signé. Une deuxième rencontre, dont la date reste à fixer, pourrait se tenir à Mascate avant la fin du mois.</p>
<h2>Une médiation discrète</h2>
<figure><img src="a.jpg"><figcaption>L’hôtel où s’est tenue la rencontre. Photo : Keystone</figcaption></figure>
<p>La médiation est conduite depuis janvier par un diplomate suisse à la retraite, qui fait la navette entre les deux capitales. Selon lui, les positions restent éloignées, mais le canal est ouvert et chacun veut qu’il le reste.</p>
<p>Le ministère a, de son côté, indiqué qu’il ne confirmait ni ne démentait l’existence de ces entretiens, rappelant que sa position n’avait pas changé depuis l’automne.</p>
</article>
<p>Source : AFP</p>
<aside class="related"><h3>Lire aussi</h3><ul><li><a href="/x">La pluie est de retour sur le lac</a></li></ul></aside>
<footer>© 2024 Le Courrier du Lac. Tous droits réservés.</footer></body></html>"#;

#[test]
fn a_page_becomes_a_report() {
    let report = report(&capture(Media::Html, PAGE.as_bytes()));
    assert_tiled(&report);
    assert_traced(&report, PAGE.as_bytes(), true);
    assert!(report.problems.is_empty(), "{:?}", report.problems);
    assert_eq!(kinds(&report, BlockKind::Title), ["Genève : les deux émissaires se sont vus en secret"]);
    assert_eq!(kinds(&report, BlockKind::Paragraph).len(), 4);
    assert_eq!(kinds(&report, BlockKind::Standfirst).len(), 1);
    assert_eq!(kinds(&report, BlockKind::Heading), ["Une médiation discrète"]);
    assert_eq!(kinds(&report, BlockKind::Caption), ["L’hôtel où s’est tenue la rencontre. Photo : Keystone"]);
    assert_eq!(kinds(&report, BlockKind::Provenance), ["Source : AFP"]);
    assert!(kinds(&report, BlockKind::Byline)[0].starts_with("Par Anne Martin, avec AFP"));
    assert!(!report.text.contains("La pluie") && !report.text.contains("Accueil"));
    let title = report.title.as_ref().unwrap();
    assert_eq!(title.value, "Genève : les deux émissaires se sont vus en secret");
    assert_eq!(report.outlet.as_ref().unwrap().value, "Le Courrier du Lac");
    assert_eq!(report.byline.as_ref().unwrap().value, "Anne Martin");
    let published = report.published.as_ref().unwrap();
    assert_eq!((published.value.as_str(), published.basis), ("2024-03-05", Basis::Metadata));
    assert_eq!(report.language.as_ref().unwrap().value, Language::French);
    assert!(report.url.as_ref().unwrap().value.starts_with("https://courrier.example/"));
}

#[test]
fn a_page_in_another_encoding_is_traced_to_its_own_bytes() {
    let page = PAGE.replace("charset=\"utf-8\"", "charset=\"windows-1252\"");
    let (bytes, _, unmappable) = encoding_rs::WINDOWS_1252.encode(&page);
    assert!(!unmappable);
    let report = report(&capture(Media::Html, &bytes));
    assert_tiled(&report);
    let at = report.text.find("l’anonymat").unwrap();
    let span = depeche_record::Span::new(at, at + "l’anonymat".len());
    assert_eq!(&bytes[report.source.locate(span).unwrap()], b"l\x92anonymat");
}

#[test]
fn what_is_given_outranks_what_the_page_says() {
    let mut capture = capture(Media::Html, PAGE.as_bytes());
    capture.given.published = Some("2024-03".into());
    capture.given.outlet = Some("Agence X".into());
    capture.given.language = Some("en".into());
    let report = report(&capture);
    let published = report.published.unwrap();
    assert_eq!((published.value.as_str(), published.basis), ("2024-03", Basis::Given));
    assert_eq!(report.outlet.unwrap().value, "Agence X");
    assert_eq!(report.language.unwrap().value, Language::English);
}

#[test]
fn values_that_cannot_be_right_are_problems() {
    let mut capture = capture(Media::Plain, b"Un texte.");
    capture.given.published = Some("le 6 mars".into());
    capture.given.language = Some("tlh".into());
    capture.given.charset = Some("morse".into());
    let report = report(&capture);
    let found: Vec<ProblemKind> = report.problems.iter().map(|problem| problem.kind).collect();
    assert_eq!(found, [ProblemKind::BadValue, ProblemKind::BadValue, ProblemKind::UnknownLanguage]);
    assert!(report.published.is_none() && report.language.is_none());
}

#[test]
fn deep_markup_costs_neither_stack_nor_time() {
    let article =
        "<p>Le ministre a rencontré son homologue à Genève, où les deux délégations se sont entretenues \
                   pendant trois heures sans parvenir à un accord.</p>"
            .repeat(8);
    for tag in ["div", "b", "ul><li", "table><tr><td", "blockquote", "a href=x", "span", "dl><dd"] {
        // Links do not nest: each ends the one before it.
        let nests = !tag.starts_with("a ");
        let page = format!("<html><body>{}fond{article}", format!("<{tag}>").repeat(100_000));
        let report = report(&capture(Media::Html, page.as_bytes()));
        assert!(report.text.contains("trois heures"), "{tag}");
        let told = report.problems.iter().any(|problem| problem.kind == ProblemKind::LeftOut);
        assert_eq!(told, nests, "{tag}");
        assert_tiled(&report);
    }
    let unclosed: String = (0..20_000).map(|n| format!("<p><b id={n}>x")).collect();
    assert!(report(&capture(Media::Html, unclosed.as_bytes())).text.contains('x'));
}

#[test]
fn long_texts_are_cut_and_said_to_be() {
    let sentence = "Le ministre a parlé avec son homologue. ";
    let line = sentence.repeat(3 * 1024 * 1024 / sentence.len());
    for (media, text) in [
        (Media::Plain, line.clone()),
        (Media::Html, line.clone()),
        (Media::Html, format!("<p>{line}")),
        (Media::Html, format!("<p>{}", line.replace(". ", ".</p><p>"))),
    ] {
        let report = report(&capture(media, text.as_bytes()));
        assert!((500_000..=2 * 1024 * 1024).contains(&report.text.len()), "{}", report.text.len());
        assert!(report.problems.iter().any(|problem| problem.kind == ProblemKind::LeftOut));
        assert_tiled(&report);
    }
}

#[test]
fn pages_without_a_body_or_words_are_no_failure() {
    for page in
        ["", "<", "<html>", "<html><head><title></title>", "<script>x", "<p>", "&", "<a href='", "</p>"]
    {
        let report = report(&capture(Media::Html, page.as_bytes()));
        assert_tiled(&report);
    }
    let report = report(&capture(Media::Html, b"<html><body>Juste <b>une</b> ligne"));
    assert!(report.text.contains("Juste"), "{report:?}");
}

#[test]
fn markdown_keeps_its_structure() {
    let text = "---\ntitle: \"Les émissaires se parlent à Genève\"\ndate: 2024-03-05\n---\n# Les émissaires se parlent à Genève\n\nLes émissaires se sont parlé lundi à Genève \
                pendant trois heures, selon deux sources.\n\n## Suite\n\n> Nous avons été écoutés, a dit l'un d'eux.\n\n- un\n";
    let report = report(&capture(Media::Markdown, text.as_bytes()));
    assert_tiled(&report);
    assert_eq!(report.title.as_ref().unwrap().value, "Les émissaires se parlent à Genève");
    assert_eq!(report.published.as_ref().unwrap().value.as_str(), "2024-03-05");
    assert_eq!(kinds(&report, BlockKind::Title), ["# Les émissaires se parlent à Genève"]);
    assert_eq!(kinds(&report, BlockKind::Heading), ["## Suite"]);
    assert_eq!(kinds(&report, BlockKind::Quotation).len(), 1);
}

#[test]
fn accents_and_invisible_characters_of_a_page_are_in_one_form() {
    let page = PAGE
        .replace("éloignées", "e\u{301}loigne\u{301}es")
        .replace("négociateurs", "négo&shy;cia\u{AD}teurs")
        .replace("Mascate", "Mas&#8203;cate");
    let report = report(&capture(Media::Html, page.as_bytes()));
    assert_tiled(&report);
    assert!(report.problems.is_empty(), "{:?}", report.problems);
    for (words, written) in [
        ("éloignées", "e\u{301}loigne\u{301}es"),
        ("négociateurs", "négo&shy;cia\u{AD}teurs"),
        ("Mascate", "Mas&#8203;cate"),
    ] {
        let at = report.text.find(words).unwrap();
        let bytes = report.source.locate(depeche_record::Span::new(at, at + words.len())).unwrap();
        assert_eq!(&page[bytes], written);
    }
}

#[test]
fn a_damaged_byte_is_a_problem_and_the_rest_is_read() {
    let bytes = b"Le pr\xC3\xA9sident a rencontr\xC3\xA9 \xC3\xA0 Gen\xC3\xA8ve\xFF le ministre";
    let report = report(&capture(Media::Plain, bytes));
    assert_eq!(report.text, "Le président a rencontré à Genève\u{FFFD} le ministre");
    assert_eq!(report.problems.iter().map(|p| p.kind).collect::<Vec<_>>(), [ProblemKind::Replaced]);
}

/// Bytes that look like pages more often than chance would make them.
fn pagelike() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        3 => "[a-zé .,«»’\n]{0,30}".prop_map(String::into_bytes),
        2 => prop::sample::select(vec![
            "<p>", "</p>", "<div class='share'>", "</div>", "<h1>", "<br>", "<li>", "<script>", "</script>", "<!--", "-->",
            "&eacute;", "&#x41;", "&nbsp", "<title>", "</title>", "<a href=\"x", "\">", "<time datetime=2024-01-02>",
            "Source : AFP\n", "Lire aussi\n", "\r\n\r\n", "Photo : X.", "<meta charset=utf-16>", "<article>", "<table><tr><td>",
        ])
        .prop_map(|s| s.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..12),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_bytes_make_a_report(bytes in pagelike(), which in 0usize..3, charset in 0usize..5) {
        let mut capture = capture([Media::Plain, Media::Markdown, Media::Html][which], &bytes);
        capture.given.charset = [None, Some("utf-8"), Some("utf-16le"), Some("windows-1251"), Some("gbk")][charset].map(str::to_owned);
        let report = report(&capture);
        prop_assert_eq!(&depeche_page::published(&capture), &report.published);
        assert_tiled(&report);
        for segment in report.source.segments() {
            prop_assert!((segment.source_start + segment.source_len) as usize <= bytes.len());
            prop_assert!((segment.text_start + segment.text_len) as usize <= report.text.len());
        }
        for block in &report.blocks {
            prop_assert!(report.source.locate(block.span).is_some());
        }
    }

    #[test]
    fn plain_text_is_its_bytes(text in "[a-zA-Zéèß «»’0-9.,:|\n\r–—💬]{0,200}") {
        let report = report(&capture(Media::Plain, text.as_bytes()));
        prop_assert_eq!(&report.text, &text);
        for block in &report.blocks {
            let located = &text.as_bytes()[report.source.locate(block.span).expect("captured")];
            prop_assert_eq!(located, block.span.of(&report.text).as_bytes());
        }
    }

    #[test]
    fn html_words_are_the_words_of_their_bytes(
        paragraphs in prop::collection::vec("[a-zéà’, ]{0,60}(&eacute;|&amp;|<b>x</b>|&#8217;|<br>)?[a-z. ]{20,80}", 1..8)
    ) {
        let page: String = paragraphs.iter().map(|p| format!("<p>{p}</p>\n")).collect();
        let page = format!("<html><body><article>{page}</article></body></html>");
        let report = report(&capture(Media::Html, page.as_bytes()));
        assert_tiled(&report);
        assert_traced(&report, page.as_bytes(), true);
    }
}

/// A scrape whose lines are given with the kinds expected of them.
fn assert_kinds(lines: &[(BlockKind, &str)]) {
    let text: String = lines.iter().map(|(_, line)| format!("{line}\n")).collect();
    let report = report(&capture(Media::Plain, text.as_bytes()));
    assert_tiled(&report);
    let found: Vec<(BlockKind, &str)> =
        report.blocks.iter().map(|block| (block.kind, block.span.of(&report.text))).collect();
    assert_eq!(found, lines);
}

#[test]
fn a_french_scrape_is_freed_of_its_page() {
    use BlockKind::*;
    assert_kinds(&[
        (Noise, "Aller au contenu principal"),
        (Noise, "Se connecter"),
        (Noise, "Accueil › Afrique"),
        (Title, "Togo : une médiation reprend entre la junte et l'opposition"),
        (Byline, "Publié le : 14/05/2024 - 18:22"),
        (Caption, "La salle des négociations à Lomé, le 14 mai 2024. © AFP - Jean Exemple"),
        (Noise, "3 mn"),
        (
            Paragraph,
            "Le ministre des Affaires étrangères a reçu mardi à Lomé une délégation venue de la capitale voisine.",
        ),
        (Noise, "Publicité"),
        (
            Paragraph,
            "« Nous avons fait un pas », a déclaré le chef de la diplomatie, sans donner de détails sur la réunion.",
        ),
        (Paragraph, "L'opposition n'a pas répondu."),
        (Noise, "À lire aussi"),
        (Noise, "Sahel: ce que prévoit l'accord"),
        (
            Paragraph,
            "De l'autre côté, on se refuse à tout commentaire. « Il n'y a rien à annoncer », a répondu un conseiller.",
        ),
        (Provenance, "(Avec AFP)"),
        (Noise, "Partager :"),
        (Noise, "Les plus lus"),
        (Noise, "Guinée : le procès reprend"),
        (Noise, "Nous utilisons des cookies pour améliorer votre expérience."),
    ]);
}

#[test]
fn an_english_scrape_is_freed_of_its_page() {
    use BlockKind::*;
    assert_kinds(&[
        (Noise, "Skip to content"),
        (Title, "Qatar says it passed new proposal to both sides"),
        (Standfirst, "Foreign ministry spokesman declines to give details of the document."),
        (Caption, "The ministry's spokesman speaks in Doha [File: John Example/AFP]"),
        (Byline, "By Jane Example"),
        (Byline, "Published On 3 Jul 2024"),
        (
            Paragraph,
            "Qatar has handed a revised proposal to both delegations, its foreign ministry said on Wednesday, without disclosing the contents.",
        ),
        (Noise, "Recommended Stories"),
        (Noise, "Hundreds march in Nairobi"),
        (
            Paragraph,
            "\"We remain in contact with everybody,\" the spokesman told reporters in Doha, adding that a new round could be held within days.",
        ),
        (Noise, "Sign up for our newsletter"),
        (Provenance, "SOURCE: NEWS AGENCIES"),
    ]);
}

#[test]
fn a_russian_scrape_is_freed_of_its_page() {
    use BlockKind::*;
    assert_kinds(&[
        (Noise, "Политика"),
        (Byline, "12 мар, 14:05"),
        (Title, "Министры обсудили по телефону ситуацию в Судане"),
        (
            Paragraph,
            "МОСКВА, 12 марта. /ТАСС/. Министр иностранных дел провел телефонный разговор с главой МИД Египта. Об этом сообщили в министерстве.",
        ),
        (Paragraph, "\"Стороны условились продолжить контакты\", - говорится в сообщении."),
        (Credit, "© Пресс-служба МИД РФ/ТАСС"),
        (Noise, "Теги: Египет"),
        (Noise, "Читайте также"),
        (Noise, "В Кремле назвали дату визита"),
    ]);
}

#[test]
fn prose_about_cookies_and_tags_is_prose() {
    use BlockKind::*;
    assert_kinds(&[
        (Title, "Bruxelles et Washington négocient sur les données"),
        (
            Paragraph,
            "Les deux délégations ont discuté lundi de la politique de confidentialité des grandes plateformes, selon un diplomate européen.",
        ),
        (
            Paragraph,
            "Source de tensions depuis des années, le dossier doit revenir sur la table en juin, a indiqué le commissaire.",
        ),
        (
            Paragraph,
            "Partager le pouvoir de contrôle avec les États-Unis est exclu, a-t-il ajouté devant la presse à Bruxelles.",
        ),
    ]);
}

/// A page around `article`, with a headline.
fn page_of(article: &str) -> Vec<u8> {
    format!(
        "<html lang=fr><head><title>Les deux émissaires se sont vus à Genève - Le Courrier</title></head><body>\
         <nav><ul><li><a href=/>Accueil</a><li><a href=/m>Monde</a></ul></nav>\
         <h1>Les deux émissaires se sont vus à Genève</h1>{article}\
         <footer>© 2024 Le Courrier du Lac. Tous droits réservés.</footer></body></html>"
    )
    .into_bytes()
}

const FIRST: &str = "Les émissaires des deux capitales se sont rencontrés lundi dans un hôtel de Genève, ont affirmé \
                     trois sources diplomatiques, sans qu'aucun communiqué ne soit publié.";
const SECOND: &str = "« Nous avons écouté, et nous avons été écoutés », a résumé l'un des négociateurs, en précisant \
                      que rien n'avait été signé et que la date de la suite restait à fixer.";

#[test]
fn what_is_read_beside_the_article_is_left_out() {
    let article = format!(
        "<article class='post'><div class=articleBody><p>{FIRST}</p><p>Lire aussi : <a href=/x>Le ministre se rend à \
         Oman demain</a></p><p>{SECOND}</p></div><div class='related-posts'><h3>À lire aussi</h3><ul><li><a \
         href=/y>Un sommet se tient à Doha</a></ul></div><section id=comments><p>Je ne crois pas un mot de ce que \
         disent ces diplomates, et vous non plus, je pense.</p></section></article>"
    );
    let report = report(&capture(Media::Html, &page_of(&article)));
    let kept: String = report.article().map(|block| block.span.of(&report.text)).collect();
    assert!(kept.contains(FIRST) && kept.contains(SECOND), "{kept}");
    for noise in ["Oman", "Doha", "Je ne crois pas", "Accueil", "Tous droits"] {
        assert!(!kept.contains(noise), "{noise}: {kept}");
    }
}

#[test]
fn what_is_said_twice_is_kept_once() {
    let article = format!("<div class=chapo>{FIRST}</div><article><p>{FIRST}</p><p>{SECOND}</p></article>");
    let report = report(&capture(Media::Html, &page_of(&article)));
    assert_eq!(report.text.matches("trois sources").count(), 1, "{}", report.text);
    assert_tiled(&report);
    assert_traced(&report, &page_of(&article), true);
}

#[test]
fn live_blogs_keep_their_times() {
    let article_of = |time: &str, text: &str| {
        format!(
            "<article class=post><time>{time}</time><div class=post-content><p>{text}</p><p>{text} Bis.</p></div></article>"
        )
    };
    let posts = format!("<main>{}{}</main>", article_of("17:58", FIRST), article_of("14:13", SECOND));
    let report_of_posts = report(&capture(Media::Html, &page_of(&posts)));
    assert!(report_of_posts.text.contains(FIRST) && report_of_posts.text.contains(SECOND));
    let post = |time: &str, text: &str| {
        format!(
            "<div class=live-post><time datetime='2024-03-05T{time}:00'>{time}</time><h2>Le point</h2><p>{text}</p></div>"
        )
    };
    let article = format!("<article>{}{}</article>", post("17:58", FIRST), post("14:13", SECOND));
    let report = report(&capture(Media::Html, &page_of(&article)));
    assert_eq!(kinds(&report, BlockKind::Byline), ["17:58", "14:13"]);
    assert_eq!(kinds(&report, BlockKind::Heading), ["Le point", "Le point"]);
    assert_eq!(kinds(&report, BlockKind::Paragraph), [FIRST, SECOND]);
}

#[test]
fn pages_that_go_on_with_other_articles_are_read_up_to_them() {
    let article = |title: &str, text: &str| {
        format!(
            "<article class=post><h1>{title}</h1><div class=entry-content><p>{text}</p><p>{text} Bis.</p></div></article>"
        )
    };
    let own = article("Les deux émissaires se sont vus à Genève", FIRST);
    let page = page_of(&format!("{own}{}", article("La pluie revient sur le lac", SECOND)));
    let page =
        String::from_utf8(page).unwrap().replacen("<h1>Les deux émissaires se sont vus à Genève</h1>", "", 1);
    let report = report(&capture(Media::Html, page.as_bytes()));
    assert!(report.text.contains(FIRST) && !report.text.contains("négociateurs"), "{}", report.text);
}

#[test]
fn structure_and_captions_are_kept_apart() {
    let article = format!(
        "<article><p>{FIRST}</p><h2>Les points d'accord</h2><ul><li>Une deuxième rencontre aura lieu avant la fin du \
         mois.<li>Les prisonniers malades seront échangés.</ul><blockquote><p>Rien n'est signé, tout est dit.</p>\
         </blockquote><figure><img src=a><figcaption>L'hôtel où ils se sont vus.</figcaption></figure><p>{SECOND}</p>\
         </article>"
    );
    let report = report(&capture(Media::Html, &page_of(&article)));
    assert_eq!(kinds(&report, BlockKind::Heading), ["Les points d'accord"]);
    assert_eq!(kinds(&report, BlockKind::Item).len(), 2);
    assert_eq!(kinds(&report, BlockKind::Quotation), ["Rien n'est signé, tout est dit."]);
    assert_eq!(kinds(&report, BlockKind::Caption), ["L'hôtel où ils se sont vus."]);
}

#[test]
fn stubs_are_told() {
    let article =
        format!("<article><p>{FIRST}</p><p>{SECOND}</p><p>La suite est réservée aux abonnés.</p></article>");
    let stub = report(&capture(Media::Html, &page_of(&article)));
    assert!(stub.problems.iter().any(|p| p.detail.contains("subscribers")), "{:?}", stub.problems);
    let whole =
        report(&capture(Media::Html, &page_of(&format!("<article><p>{FIRST}</p><p>{SECOND}</p></article>"))));
    assert!(whole.problems.is_empty(), "{:?}", whole.problems);
}

/// The day of publication of a page with this head and article, with what it rests on.
fn published(head: &str, article: &str) -> Option<(String, Basis)> {
    let page = String::from_utf8(page_of(article))
        .expect("the page is text")
        .replace("</head>", &format!("{head}</head>"));
    let capture = capture(Media::Html, page.as_bytes());
    let report = report(&capture);
    assert_eq!(depeche_page::published(&capture), report.published);
    report.published.map(|known| (known.value.as_str().to_owned(), known.basis))
}

#[test]
fn the_day_of_publication_is_found_where_it_stands() {
    let body = format!("<article><p>{FIRST}</p><p>{SECOND}</p></article>");
    let told = |day: &str, basis| Some((day.to_owned(), basis));
    let stated = "<meta property='article:modified_time' content='2024-03-09T08:00:00+01:00'>\
                  <meta property='article:published_time' content='2024-03-05T23:30:00+01:00'>";
    assert_eq!(published(stated, &body), told("2024-03-05", Basis::Metadata));
    let changed = "<meta property='article:modified_time' content='2024-03-09T08:00:00+01:00'>";
    let line = format!("<p class=date>Publié le 5 mars 2024 à 8h, mis à jour le 9 mars 2024</p>{body}");
    assert_eq!(published(changed, &line), told("2024-03-05", Basis::Text));
    assert_eq!(published(changed, &body), told("2024-03-09", Basis::Metadata));
    let address = "<link rel=canonical href='https://courrier.example/2024/03/05/geneve'>";
    assert_eq!(published(address, &body), told("2024-03-05", Basis::Address));
    let time = format!("<time datetime='2024-03-05T08:00' pubdate>mardi</time>{body}");
    assert_eq!(published("", &time), told("2024-03-05", Basis::Metadata));
    assert_eq!(published("", &body), None);
}

#[test]
fn a_day_in_greenwich_is_the_day_of_the_outlet() {
    let body = format!("<article><p>{FIRST}</p><p>{SECOND}</p></article>");
    let late = "<meta property='article:published_time' content='2024-03-06T02:30:00Z'>";
    let address = "<link rel=canonical href='https://courier.example/2024/03/05/geneva'>";
    let own = published(&format!("{late}{address}"), &body).unwrap();
    assert_eq!(own, ("2024-03-05".to_owned(), Basis::Address));
    assert_eq!(published(late, &body).unwrap().0, "2024-03-06");
    // Noon in Greenwich is the same day nearly everywhere.
    let noon = "<meta property='article:published_time' content='2024-03-06T12:30:00Z'>";
    assert_eq!(published(&format!("{noon}{address}"), &body).unwrap().0, "2024-03-06");
}

#[test]
fn a_million_words_and_hostile_markup_take_no_long_time() {
    let begun = std::time::Instant::now();
    let paragraph = format!("<p>{}</p>", "Le ministre a parlé de la rencontre à Genève. ".repeat(8));
    let pages = [
        paragraph.repeat(16_000),
        format!(
            "<article>{}</article>",
            "<div class=post><h2><a href=x>Un titre</a></h2></div>".repeat(50_000)
        ),
        (0..60_000).map(|n| format!("<div class='c{n} article-body'>x")).collect(),
        format!("<p class='{}'>{FIRST}</p>", "a-".repeat(200_000)),
        format!("<p>{}</p>", "1/2/".repeat(300_000)),
        "<p>Lire aussi</p>".repeat(20_000),
        format!("<ul>{}</ul>", "<li><span>12.12.2024</span>".repeat(20_000)),
        "<time datetime='2024-03-05'>".repeat(50_000),
        format!("<div>{}", "</p></b></span></table>".repeat(100_000)),
        format!("<script type=application/ld+json>{{\"author\":{}", "[{\"@type\":".repeat(100_000)),
    ];
    for page in &pages {
        assert_tiled(&report(&capture(Media::Html, page.as_bytes())));
    }
    // Generous: unoptimised, on a machine that does other things as well.
    assert!(begun.elapsed().as_secs() < 300, "{:?}", begun.elapsed());
}

#[test]
fn a_wrong_charset_costs_letters_and_no_more() {
    let article = format!("<article><p>{FIRST}</p><p>{SECOND}</p></article>");
    let page = String::from_utf8(page_of(&article)).unwrap();
    for declared in ["iso-8859-1", "windows-1251", "utf-16", "x-unknown", "utf-8"] {
        let page = page.replace("<head>", &format!("<head><meta charset='{declared}'>"));
        let read = report(&capture(Media::Html, page.as_bytes()));
        assert!(read.text.contains(FIRST), "{declared}: {}", read.text);
        let latin: Vec<u8> = page.chars().map(|c| if (c as u32) < 256 { c as u8 } else { b'?' }).collect();
        let read = report(&capture(Media::Html, &latin));
        assert!(
            read.text.contains("a résumé l'un des négociateurs") || declared == "windows-1251",
            "{declared}"
        );
        assert_tiled(&read);
    }
}

#[test]
fn long_lines_below_the_text_are_looked_at_letter_by_letter() {
    let text =
        "<p>Министр принял своего коллегу в Москве, и стороны говорили о мире три часа подряд.</p>".repeat(5);
    for before in ["", "x", "xy"] {
        let page = format!(
            "<html><body><article>{text}</article><div>{before}{}</div></body></html>",
            "я".repeat(800)
        );
        assert!(report(&capture(Media::Html, page.as_bytes())).text.contains("Министр"));
    }
}
