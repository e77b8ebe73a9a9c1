//! The stage: the parts in order.
//!
//! 1. the language, as given or detected;
//! 2. block by block: tokens, then sentences;
//! 3. readings of verb forms;
//! 4. the day of publication, time expressions and their values.

use depeche_record::{Analysis, Basis, BlockKind, Day, Language, Problem, ProblemKind, Report, TokenKind};

use crate::identify::identify;
use crate::morph::Lexicon;
use crate::{sentence, time, token};

/// Analyses a report's text. `today` is the reference day of the run: no date of publication is taken to lie after it.
///
/// A text in a language that is not read gives an analysis without tokens and a problem that says so.
pub fn analyse(report: &Report, today: Option<Day>) -> Analysis {
    let problems = Vec::new();
    let (language, language_basis) = match &report.language {
        Some(known) => (known.value, known.basis),
        None => match detect(report) {
            Some(language) => (language, Basis::Computed),
            None => {
                let mut analysis = Analysis {
                    language: Language::French,
                    language_basis: Basis::Computed,
                    tokens: Vec::new(),
                    sentences: Vec::new(),
                    times: Vec::new(),
                    published: None,
                    problems: Vec::new(),
                };
                // Without words there is nothing in a language that could be unknown.
                if report.article().any(|block| block.span.of(&report.text).chars().any(char::is_alphabetic))
                {
                    analysis.problems.push(Problem::new(
                        ProblemKind::UnknownLanguage,
                        &report.id,
                        "in none of the languages read (French, English, Russian), so nothing was analysed; \
                         the language is set to French for want of another. If it is one of them, name it with --lang",
                    ));
                }
                analysis.published = time::publication::of_report(report);
                return analysis;
            }
        },
    };

    let mut tokens = Vec::with_capacity(report.text.len() / 5);
    let mut sentences = Vec::with_capacity(report.text.len() / 100);
    for (index, block) in report.blocks.iter().enumerate() {
        if block.kind == BlockKind::Noise {
            continue;
        }
        let first = tokens.len();
        token::tokenise(&report.text, block.span, language, &mut tokens);
        sentence::split(&report.text, &tokens[first..], first, index as u32, language, &mut sentences);
    }

    let lexicon = Lexicon::of(language);
    let mut folded = String::new();
    for token in tokens.iter_mut().filter(|token| token.kind == TokenKind::Word) {
        token.morphs = lexicon.read(token.span.of(&report.text), &mut folded).to_vec();
    }

    let mut analysis = Analysis {
        language,
        language_basis,
        tokens,
        sentences,
        times: Vec::new(),
        published: None,
        problems,
    };
    time::read(report, &mut analysis, today);
    analysis
}

/// The language of the article; its running text speaks first, since titles and credits are full of names.
fn detect(report: &Report) -> Option<Language> {
    let sample = |kinds: &dyn Fn(BlockKind) -> bool| {
        let mut sample = String::new();
        for block in report.article().filter(|block| kinds(block.kind)) {
            sample.push_str(block.span.of(&report.text));
            sample.push('\n');
            if sample.len() > 8_000 {
                break;
            }
        }
        sample
    };
    let running =
        sample(&|kind| matches!(kind, BlockKind::Paragraph | BlockKind::Standfirst | BlockKind::Quotation));
    let text = if running.trim().len() >= 40 { running } else { sample(&|_| true) };
    identify(&text).map(|(language, _)| language)
}
