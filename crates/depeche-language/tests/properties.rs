//! What holds for any text: tokens tile, sentences cover, spans lie on characters, nothing panics, time is linear.

use std::time::Instant;

use depeche_language::{TimeContext, analyse, identify, sentences, times, tokens};
use depeche_record::{Basis, BlockKind, Day, Edtf, Known, Language, Report, TokenKind};
use proptest::prelude::*;

fn report(text: &str, language: Option<Language>) -> Report {
    let kinds =
        [BlockKind::Title, BlockKind::Paragraph, BlockKind::Byline, BlockKind::Noise, BlockKind::Item];
    let mut report = Report {
        language: language.map(|value| Known { value, basis: Basis::Given, span: None }),
        ..Report::bare("r", text)
    };
    for (block, kind) in report.blocks.iter_mut().zip(kinds.into_iter().cycle()) {
        block.kind = kind;
    }
    report
}

const TODAY: Day = Day { year: 2026, month: 11, day: 22 };

fn check(text: &str, language: Language) {
    let mut at = 0;
    for token in tokens(text, language) {
        let (start, end) = (token.span.start as usize, token.span.end as usize);
        assert!(start < end && text.is_char_boundary(start) && text.is_char_boundary(end));
        assert!(start >= at && text[at..start].chars().all(char::is_whitespace), "{:?}", &text[at..start]);
        assert!(!token.span.of(text).starts_with(char::is_whitespace));
        at = end;
    }
    assert!(text[at..].chars().all(char::is_whitespace));
    let report = report(text, Some(language));
    let analysis = analyse(&report, Some(TODAY));
    let mut next = 0;
    for sentence in &analysis.sentences {
        assert_eq!(sentence.tokens.start, next);
        assert!(sentence.tokens.end > sentence.tokens.start);
        next = sentence.tokens.end;
        let tokens = analysis.tokens_of(sentence.tokens);
        assert_eq!(sentence.span, tokens[0].span.cover(tokens[tokens.len() - 1].span));
        let block = report.blocks[sentence.block as usize];
        assert!(block.span.contains(sentence.span) && block.kind != BlockKind::Noise);
    }
    assert_eq!(next as usize, analysis.tokens.len());
    let mut at = 0;
    for time in &analysis.times {
        assert!(text.get(time.span.range()).is_some() && !time.span.is_empty() && time.span.start >= at);
        at = time.span.end;
        for value in [&time.value, &time.past, &time.future].into_iter().flatten() {
            assert_eq!(Edtf::parse(value.as_str()).as_ref(), Ok(value));
        }
        // TimeML elements lie within their expression, in order, each with a value.
        let mut within = time.span.start;
        for timex in &time.timex {
            assert!(text.get(timex.span.range()).is_some() && !timex.span.is_empty());
            assert!(timex.span.start >= within && timex.span.end <= time.span.end && !timex.value.is_empty());
            within = timex.span.end;
        }
    }
    let _ = (identify(text), sentences(text, language));
}

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("l'".to_owned()),
        Just("qu’".to_owned()),
        Just("a-t-il".to_owned()),
        Just("« ".to_owned()),
        Just(" »".to_owned()),
        Just("\"".to_owned()),
        Just("'".to_owned()),
        Just("“".to_owned()),
        Just("”".to_owned()),
        Just("M.".to_owned()),
        Just("U.S.".to_owned()),
        Just(". ".to_owned()),
        Just(" ".to_owned()),
        Just("\u{202f}".to_owned()),
        Just("\n\n".to_owned()),
        Just("le 31 février".to_owned()),
        Just(" du 29 novembre au 6 décembre ".to_owned()),
        Just(" jeudi ".to_owned()),
        Just(" la veille ".to_owned()),
        Just(" il y a 3999 ans ".to_owned()),
        Just(" dans 999 semaines ".to_owned()),
        Just(" 29 février ".to_owned()),
        Just(" le dernier lundi de février 2025 ".to_owned()),
        Just(" le deuxième trimestre ".to_owned()),
        Just(" dans les dix jours ".to_owned()),
        Just(" la semaine du 12 mai ".to_owned()),
        Just(" entre le 4 et le 6 ".to_owned()),
        Just(" à Pâques ".to_owned()),
        Just(" cet hiver ".to_owned()),
        Just(" au XIXe siècle, en 98, les années 60 ".to_owned()),
        Just(" 999 ans avant le 1er janvier 1500 ".to_owned()),
        Just(" dans la nuit du 31 au 1 mai ".to_owned()),
        Just(" the last week of February, a 9999-day truce, the 1990s ".to_owned()),
        Just(" в ночь на 7 мая, через три дня после 12 мая ".to_owned()),
        Just(" August 6, 2025 ".to_owned()),
        Just(" last week ".to_owned()),
        Just(" на прошлой неделе ".to_owned()),
        Just("6 августа".to_owned()),
        Just("99999999999999999999".to_owned()),
        Just("2025-08-06".to_owned()),
        Just("00/00/0000".to_owned()),
        Just(" en 2200 ".to_owned()),
        Just("12h99".to_owned()),
        Just("-".to_owned()),
        Just("@".to_owned()),
        Just("http://".to_owned()),
        Just("(".to_owned()),
        Just(")".to_owned()),
        "[0-9]{1,5}",
        "\\PC{0,6}",
        "[a-zà-ÿа-я]{1,9}",
        any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(400) })]

    #[test]
    fn any_text_is_analysed(text in pieces(), language in 0..3_usize) {
        check(&text, Language::ALL[language]);
    }

    #[test]
    fn any_string_is_analysed(text in any::<String>(), language in 0..3_usize) {
        check(&text, Language::ALL[language]);
    }

    #[test]
    fn any_anchor_is_borne(text in pieces(), year in 1..9999_i32, month in 1..=12_u8, day in 1..=28_u8) {
        let context = TimeContext { published: Some(Day { year, month, day }), ..TimeContext::default() };
        for time in times(&text, Language::French, context) {
            for value in [time.value, time.past, time.future].into_iter().flatten() {
                prop_assert!(Edtf::parse(value.as_str()).is_ok());
            }
        }
    }
}

/// Seconds that the analysis of `text` takes, the best of two.
fn seconds(text: &str) -> f64 {
    let report = report(text, Some(Language::French));
    let once = || {
        let start = Instant::now();
        let analysis = analyse(&report, Some(TODAY));
        assert!(analysis.problems.is_empty());
        start.elapsed().as_secs_f64()
    };
    once().min(once())
}

#[test]
fn time_is_linear_in_the_length() {
    let small = 4_000;
    let times = 8;
    for piece in [
        "mot ",
        "mot",
        "a-",
        "l'",
        "\"",
        "« ",
        "» ",
        "(",
        "' ",
        ". ",
        "M. ",
        "le 6 août ",
        "jeudi ",
        "5 ",
        "1.",
        "http://",
        "@a",
        "9",
        "la veille ",
        "mot, ",
        "a.b.",
        "-t-il",
        "du 5 au ",
        "d'ici à ",
        "le premier ",
        "dans la nuit du ",
        "в четверг ",
    ] {
        let one = seconds(&piece.repeat(small));
        let many = seconds(&piece.repeat(small * times));
        // Room for the noise of a busy machine; a quadratic step would show as 64 times.
        assert!(many < 0.4 + one * times as f64 * 4.0, "{piece:?}: {one} s, then {many} s");
    }
}

/// Seconds that the time expressions of `text` take, the best of two.
fn seconds_of_times(text: &str, language: Language) -> f64 {
    let context = TimeContext { published: Some(TODAY), ..TimeContext::default() };
    let once = || {
        let start = Instant::now();
        times(text, language, context);
        start.elapsed().as_secs_f64()
    };
    once().min(once())
}

#[test]
fn time_expressions_take_linear_time() {
    let (small, times) = (2_000, 8);
    for (language, piece) in [
        (Language::French, "le 6 août "),
        (Language::French, "de 5 à 7 "),
        (Language::French, "du 5 au 6 "),
        (Language::French, "jusqu'à jeudi "),
        (Language::French, "le lendemain de la rencontre "),
        (Language::French, "9"),
        (Language::French, "12/05/2025 "),
        (Language::English, "from 5 to 6 "),
        (Language::English, "on Monday at 5 "),
        (Language::English, "Aug-"),
        (Language::English, "10/1-"),
        (Language::English, "between now and "),
        (Language::Russian, "с 4 по 6 "),
        (Language::Russian, "в ночь на 7 мая "),
        (Language::Russian, "29 ноября – "),
    ] {
        let one = seconds_of_times(&piece.repeat(small), language);
        let many = seconds_of_times(&piece.repeat(small * times), language);
        // As above: a quadratic step would show as 64 times.
        assert!(many < 0.4 + one * times as f64 * 4.0, "{piece:?}: {one} s, then {many} s");
    }
}

#[test]
fn ten_thousand_dates_in_a_line_are_all_read() {
    let context = TimeContext { published: Some(TODAY), ..TimeContext::default() };
    let text = "le 6 août 2025, ".repeat(10_000);
    let found = times(&text, Language::French, context);
    assert_eq!(found.len(), 10_000);
    assert!(found.iter().all(|t| t.value.as_ref().is_some_and(|v| v.as_str() == "2025-08-06")));
}

#[test]
fn digits_without_end_are_no_date() {
    let digits = "20250806".repeat(20_000);
    for language in Language::ALL {
        let context = TimeContext { published: Some(TODAY), ..TimeContext::default() };
        for text in [digits.clone(), format!("le {digits} mars"), format!("{}-08-06", &digits[..4_000])] {
            assert!(times(&text, language, context).iter().all(|t| t.value.is_none()), "{language}");
        }
    }
}

#[test]
fn huge_inputs_end() {
    for text in
        ["mot ".repeat(1_000_000), "x".repeat(3_000_000), "\"".repeat(100_000), "le 6 août ".repeat(10_000)]
    {
        assert!(seconds(&text) < 60.0);
    }
}

#[test]
fn impossible_days_have_no_value() {
    let context = TimeContext { published: Some(TODAY), today: Some(TODAY), ..TimeContext::default() };
    let none = "";
    for (language, text, left) in [
        (Language::French, "le 31 février", none),
        (Language::French, "le 45 mars", none),
        (Language::French, "le 30 février 2025", none),
        (Language::French, "45/13/2025", none),
        (Language::French, "6 août 20255", none),
        (Language::French, "en 20255", none),
        (Language::French, "31 avril", none),
        (Language::French, "du 30 au 31 février", none),
        (Language::French, "entre le 31 et le 45", none),
        (Language::French, "à 25h61", none),
        (Language::English, "February 31", none),
        (Language::English, "45 March 2025", "2025-03"),
        (Language::English, "13/13/2025", none),
        (Language::English, "31-Feb-2025", none),
        (Language::English, "August 6, 20255", none),
        (Language::English, "week 60", none),
        (Language::Russian, "31 февраля", none),
        (Language::Russian, "45 марта", none),
        (Language::Russian, "6 августа 20255 года", none),
    ] {
        // What is not impossible in itself may be told: the month beside a number that is no day of it.
        let found = times(text, language, context);
        let values: Vec<&str> = found.iter().filter_map(|t| t.value.as_ref()).map(Edtf::as_str).collect();
        assert!(values.iter().all(|value| *value == left), "{text}: {found:?}");
    }
}

#[test]
fn unknown_languages_are_told() {
    let text = "Der Minister traf am Donnerstag seinen Amtskollegen in Genf, teilte das Auswärtige Amt mit.";
    let analysis = analyse(&report(text, None), Some(TODAY));
    assert!(analysis.tokens.is_empty());
    assert_eq!(analysis.problems.len(), 1);
    assert!(analyse(&report("", None), None).problems.is_empty());
}

#[test]
fn quotes_are_told_apart_from_words() {
    let text = "«Oui», dit-il.";
    let kinds: Vec<TokenKind> = tokens(text, Language::French).iter().map(|t| t.kind).collect();
    use TokenKind::*;
    assert_eq!(kinds, [QuoteOpen, Word, QuoteClose, Punctuation, Word, Word, Punctuation]);
}
