//! What holds for any text: tokens tile, sentences cover, words lie in their tokens, time is linear.

use std::time::Instant;

use depeche_language::conllu;
use depeche_language::segment::{Segmenter, to_conllu};
use depeche_record::{Language, Span};
use proptest::prelude::*;

fn check(text: &str, language: Language) {
    let sentences = Segmenter::of(language).segment(text, Span::new(0, text.len()));
    let mut at = 0;
    for sentence in &sentences {
        let (first, last) = (&sentence.tokens[0], &sentence.tokens[sentence.tokens.len() - 1]);
        assert_eq!(sentence.span, first.span.cover(last.span));
        for token in &sentence.tokens {
            let (start, end) = (token.span.start as usize, token.span.end as usize);
            let form = text.get(start..end).expect("a span on characters");
            assert!(start >= at && text[at..start].chars().all(char::is_whitespace));
            assert!(!form.is_empty() && !form.starts_with(char::is_whitespace));
            assert!(!form.ends_with(char::is_whitespace) && !form.contains(['\n', '\t', '\r']));
            assert_ne!(token.words.len(), 1);
            for word in &token.words {
                assert!(!word.form.is_empty() && token.span.contains(word.span));
                assert!(text.get(word.span.range()).is_some_and(|own| !own.is_empty()));
            }
            at = end;
        }
    }
    assert!(text[at..].chars().all(char::is_whitespace));
    let sentences = to_conllu(text, &sentences);
    assert_eq!(conllu::read(&conllu::write(&sentences)), Ok(sentences));
}

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(vec![
            "l'",
            "qu’",
            "a-t-il",
            "« ",
            " »",
            "\"",
            "'",
            "“",
            "”",
            "M.",
            "U.S.",
            ". ",
            " ",
            "\u{202f}",
            "\n",
            "\n\n",
            "\r\n\r\n",
            "du",
            " des ",
            "Aux ",
            "don't",
            "cannot",
            "Trump’s",
            "и т. д.",
            "г. ",
            "10 000",
            "10,5",
            "5 h 30",
            "@",
            "a@b.fr",
            "http://",
            "www.",
            "://",
            "(",
            ")",
            "...",
            "?!",
            "--",
            "—",
            "😀",
            "👩\u{200d}🚀",
            "مرحبا",
            "北京",
            "e\u{301}",
            "\u{0}",
            "\u{7}",
            "\u{ad}",
            "\u{200b}",
            "\u{85}",
            "\u{2028}",
        ])
        .prop_map(str::to_owned),
        "[0-9]{1,5}",
        "\\PC{0,6}",
        "[A-Z]?[a-zà-ÿа-я]{1,9}",
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn any_text_is_segmented(text in pieces(), language in 0..3_usize) {
        check(&text, Language::ALL[language]);
    }

    #[test]
    fn any_string_is_segmented(text in any::<String>(), language in 0..3_usize) {
        check(&text, Language::ALL[language]);
    }

    #[test]
    fn any_part_is_segmented(text in pieces(), start in 0..80_u32, end in 0..80_u32) {
        let part = Span { start, end };
        for sentence in Segmenter::of(Language::English).segment(&text, part) {
            prop_assert!(part.contains(sentence.span));
        }
    }

    #[test]
    fn any_bytes_are_no_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(Segmenter::open("x", &bytes, Language::French).is_err());
    }
}

fn seconds(text: &str) -> f64 {
    let once = || {
        let start = Instant::now();
        let sentences = Segmenter::of(Language::French).segment(text, Span::new(0, text.len()));
        assert!(!sentences.is_empty());
        start.elapsed().as_secs_f64()
    };
    once().min(once())
}

#[test]
fn time_is_linear_in_the_length() {
    let (small, times) = (5_000, 8);
    for piece in [
        "mot ",
        "mot",
        "a-",
        "l'",
        "\"",
        "« ",
        "(",
        ". ",
        "M. ",
        "5 000 ",
        "1.",
        "http://",
        "@a",
        "a@",
        "a.b.",
        "-t-il",
        "du ",
        "x\u{301}",
        "😀",
        "👩\u{200d}",
        "\n",
        "к",
        "北",
        "\u{0}",
    ] {
        let text = format!("a{}", piece.repeat(small));
        let (one, many) = (seconds(&text), seconds(&text.repeat(times)));
        // Room for the noise of a busy machine; a quadratic step would show as 64 times.
        assert!(many < 0.4 + one * times as f64 * 4.0, "{piece:?}: {one} s, then {many} s");
    }
}

#[test]
fn huge_inputs_end() {
    for text in
        ["x".repeat(1_000_000), "мир".repeat(1_000_000), "a-".repeat(500_000), "mot. ".repeat(300_000)]
    {
        check(&text, Language::French);
    }
}

#[test]
fn a_text_of_mixed_scripts_is_segmented() {
    check("Le président a dit « مرحبا بالعالم », puis “привет”, 你好。 Fin.", Language::French);
}
