//! Time expressions: found by the rules of the language, then reckoned in the order of the text.
//!
//! 1. every token is looked up among the words of time (`words`), or read as a number (`figures`);
//! 2. rules match runs of them within a sentence, the longest first (`rules`);
//! 3. the tense of the clause tells whether it looks back or ahead (`tense`);
//! 4. the day of publication is read off the text where nobody gave it (`publication`);
//! 5. values are reckoned (`resolve`, `calendar`) and told in TimeML too (`timex`).

mod calendar;
mod figures;
pub(crate) mod publication;
mod resolve;
mod rules;
mod tense;
mod timex;
mod words;

use depeche_record::{Analysis, Day, Language, Report, Sentence, TimeExpression, Token, TokenKind};

use crate::morph::Lexicon;
use crate::{sentence, token};
use resolve::{Found, resolve};
use rules::{Before, Method, Rules};

/// What time expressions are reckoned from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TimeContext {
    /// Day of publication, if known.
    pub published: Option<Day>,
    /// Time of that day, in minutes, if known: what «dans deux heures» is reckoned from.
    pub time: Option<u16>,
    /// Year and month of publication, where the day is not known.
    pub published_month: Option<(i32, u8)>,
    /// Reference day of the run: where a weekday fixes a year and nothing else does, the latest year not after this day.
    pub today: Option<Day>,
}

/// The time expressions of `text`, taken as one block of running text in `language`, with their values.
pub fn times(text: &str, language: Language, context: TimeContext) -> Vec<TimeExpression> {
    let mut tokens = token::tokens(text, language);
    let mut sentences = Vec::new();
    sentence::split(text, &tokens, 0, 0, language, &mut sentences);
    let lexicon = Lexicon::of(language);
    let mut folded = String::new();
    for token in tokens.iter_mut().filter(|token| token.kind == TokenKind::Word) {
        token.morphs = lexicon.read(token.span.of(text), &mut folded).to_vec();
    }
    let found = find(&tokens, &sentences, text, language);
    resolve(&found, &tokens, text, language, context)
}

/// Fills in the time expressions and the day of publication of an analysis that has its tokens and sentences.
pub(crate) fn read(report: &Report, analysis: &mut Analysis, today: Option<Day>) {
    let found = find(&analysis.tokens, &analysis.sentences, &report.text, analysis.language);
    analysis.published = publication::tell(report, analysis, &found, today);
    let days = analysis.published.as_ref().and_then(|p| p.date.days());
    let published = days.filter(|(first, last)| first == last).map(|(day, _)| day);
    let month = |day: &Day| (day.year, day.month);
    let published_month =
        days.filter(|(first, last)| month(first) == month(last)).map(|(day, _)| month(&day));
    let context = TimeContext { published, published_month, today, ..TimeContext::default() };
    analysis.times = resolve(&found, &analysis.tokens, &report.text, analysis.language, context);
}

/// Whether a folded word is a month or a day of the week in `language`.
pub(crate) fn is_calendar_word(folded: &str, language: Language) -> bool {
    Rules::of(language).is_calendar_word(folded)
}

/// The expressions of all sentences, in order.
fn find(tokens: &[Token], sentences: &[Sentence], text: &str, language: Language) -> Vec<Found> {
    let rules = Rules::of(language);
    let mut folded = String::new();
    let mut items = Vec::new();
    let mut all = Vec::new();
    for sentence in sentences {
        let first = sentence.tokens.start as usize;
        let within = &tokens[sentence.tokens.range()];
        items.clear();
        items.extend(within.iter().map(|token| rules.item(token, text, &mut folded)));
        let mut at = 0;
        // Where the date before ends.
        let mut dated = usize::MAX;
        while at < items.len() {
            if items[at].is_idle() {
                at += 1;
                continue;
            }
            let comma = || within[dated].span.of(text) == ",";
            let before = match dated == at || (dated < at && dated + 1 == at && comma()) {
                true => Before::Date,
                false => Before::Other,
            };
            match rules.find(&items, at, before) {
                Some(mut found) => {
                    let (start, end) = (found.start, found.end);
                    found.start += first;
                    found.end += first;
                    let method = rules.rule(found.rule).method;
                    let spoilt = method == Method::Date && has_long_year(within, end, text);
                    if method != Method::Nothing && !spoilt {
                        let direction = match method {
                            Method::Clock
                            | Method::Duration
                            | Method::Set
                            | Method::Vague
                            | Method::Figures => tense::Direction::Unknown,
                            _ => tense::direction(within, start, end, text, language),
                        };
                        all.push(Found { found, direction });
                    }
                    at = end;
                    dated = if method.is_date() { end } else { usize::MAX };
                }
                None => at += 1,
            }
        }
    }
    all
}

/// Whether a year of too many digits follows: «6 août 20255» is no date of some other year. After a comma it may be a count:
/// *on August 6, 12000 people*.
fn has_long_year(tokens: &[Token], end: usize, text: &str) -> bool {
    let words = |at: usize| tokens.get(at).map_or("", |token: &Token| token.span.of(text));
    let is_long = |words: &str| words.len() > 4 && words.bytes().all(|b| b.is_ascii_digit());
    let counts = tokens.get(end + 2).is_some_and(|token| token.kind == TokenKind::Word);
    is_long(words(end)) || (words(end) == "," && is_long(words(end + 1)) && !counts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use depeche_record::Edtf;
    use rules::Told;

    fn day(writing: &str) -> Option<Day> {
        Edtf::parse(writing).ok()?.days().map(|(day, _)| day)
    }

    /// Every example of every rule file: `yes` finds an expression of that rule with that value (the first one that
    /// has it), `no` finds no expression with a value.
    #[test]
    fn the_examples_of_the_rules_hold() {
        let mut wrong = Vec::new();
        for language in Language::ALL {
            for rule in Rules::of(language).all() {
                assert!(
                    rule.method == Method::Nothing || rule.examples.iter().any(|e| e.value.is_some()),
                    "{language} {} has no example",
                    rule.name
                );
                for example in &rule.examples {
                    let mut context = TimeContext::default();
                    match example.context.strip_prefix("today ") {
                        Some(today) => context.today = day(today),
                        None => context.published = day(example.context),
                    }
                    let times = times(example.text, language, context);
                    let shown: Vec<_> = times
                        .iter()
                        .map(|t| (t.rule, t.span.of(example.text), t.value.as_ref().map(|v| v.to_string())))
                        .collect();
                    if example.told == Told::Edtf {
                        let told = |t: &TimeExpression| t.edtf().map(|edtf| edtf.to_string());
                        let right =
                            times.iter().any(|t| t.rule == rule.name && told(t).as_deref() == example.value);
                        if !right {
                            let told: Vec<_> = times.iter().map(|t| (t.rule, told(t))).collect();
                            wrong.push(format!("{language} {}: {example:?} gives {told:?}", rule.name));
                        }
                        continue;
                    }
                    if example.told == Told::Timex {
                        let told: Vec<String> = times
                            .iter()
                            .flat_map(|t| &t.timex)
                            .map(|x| format!("{} {}", x.span.of(example.text), x.value))
                            .collect();
                        let of_rule = times.iter().any(|t| t.rule == rule.name);
                        if Some(told.join(" | ").as_str()) != example.value || !of_rule {
                            wrong.push(format!("{language} {}: {example:?} gives {told:?}", rule.name));
                        }
                        continue;
                    }
                    let right = match example.value {
                        Some("-") => times.iter().any(|t| t.rule == rule.name && t.value.is_none()),
                        Some(value) => times.iter().any(|t| {
                            t.rule == rule.name && t.value.as_ref().is_some_and(|v| v.as_str() == value)
                        }),
                        None => times.iter().all(|t| t.value.is_none()),
                    };
                    if !right {
                        wrong.push(format!("{language} {}: {example:?} gives {shown:?}", rule.name));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
    }
}
