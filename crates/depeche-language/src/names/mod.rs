//! Names of people, places and organisations, with the titles that stand before people.
//!
//! 1. Every token is described by features: its form and affixes, its shape, what word lists and lists of names say of it,
//!    its neighbours, the run of capitals that it stands in, how the document writes it elsewhere (`features`).
//! 2. A linear model scores labels for each token, and the best sequence of labels of a sentence is found by Viterbi's
//!    algorithm. Labels are begin, inside, last and unit of each kind, outside, and
//!    other names.
//! 3. What the document says of a name in one place is used in the others: after «Nikol Pachinian», «Pachinian» alone is
//!    the same person.
//! 4. The title before a person is found by its head («ministre») and what may stand between it and the name (`titles`).
//!
//! The model is a conditional random field (Lafferty, McCallum and Pereira 2001), trained on annotated texts with the feature
//! `train`. What is known from elsewhere, such as a gazetteer, comes in as [`Hint`]s; nothing here depends on one.
//!
//! [`names()`] is all of it on a text; [`Names::find`] is for those who have tokens and sentences already.

mod features;
mod lexicon;
#[cfg(any(test, feature = "train"))]
pub mod sources;
mod titles;
#[cfg(any(test, feature = "train"))]
pub mod train;
mod weights;

use std::sync::OnceLock;

use depeche_record::{Language, Span, TokenRange};

use crate::model::{ModelError, ModelReader};
use crate::sentence::split;
use crate::token::tokenise;
use features::Describer;
use lexicon::Lexicon;
use weights::Weights;

/// What a name is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameKind {
    /// A person, by full name, surname, first name or nickname.
    Person,
    /// A country, town, region, street, river, building.
    Place,
    /// A state body, party, company, club, media house, armed group.
    Organisation,
}

impl NameKind {
    /// Every kind.
    pub const ALL: [NameKind; 3] = [NameKind::Person, NameKind::Place, NameKind::Organisation];

    fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// A name in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Name {
    /// Where it stands, from the first token of the name to the last, without articles, titles and forms of address
    /// («M.», «Mme»).
    pub span: Span,
    /// What it is of.
    pub kind: NameKind,
    /// The title before a person: «ministre des affaires étrangères» of «le ministre des affaires étrangères Sergueï
    /// Lavrov», «M.» of «M. Dupont». Names of places and organisations may lie within it.
    pub title: Option<Span>,
}

impl Name {
    /// The name with the form of address right before it («M. Dupont», «Mme de Staël»), as some schemes of annotation take
    /// it, such as Quæro's.
    pub fn addressed(&self, text: &str, language: Language) -> Span {
        match self.title.filter(|title| title.end <= self.span.start) {
            Some(title) if titles::is_address(title.of(text), language) => title.cover(self.span),
            _ => self.span,
        }
    }
}

/// Knowledge from elsewhere that words may be a name: a match of a gazetteer. It is weighed with everything else, and
/// may be outvoted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hint {
    /// Where the words stand.
    pub span: Span,
    /// What they may be the name of.
    pub kind: NameKind,
}

/// The names in the part `span` of `text`, in order, without overlap: tokens and sentences are found as [`tokens`] and
/// [`sentences`] find them, which the models were trained with, and the model is the one of `language` that comes with this
/// crate. None where `span` is no part of `text`; `hints` are spans of `text` as well.
///
/// What is said of a name in one place is used in the others, so one call with a whole article finds more than a call a line.
///
/// [`tokens`]: crate::tokens()
/// [`sentences`]: crate::sentences()
pub fn names(text: &str, span: Span, language: Language, hints: &[Hint]) -> Vec<Name> {
    let (mut tokens, mut sentences) = (Vec::new(), Vec::new());
    tokenise(text, span, language, &mut tokens);
    split(text, &tokens, 0, 0, language, &mut sentences);
    let tokens: Vec<Span> = tokens.iter().map(|token| token.span).collect();
    let sentences: Vec<TokenRange> = sentences.iter().map(|sentence| sentence.tokens).collect();
    Names::of(language).find(text, &tokens, &sentences, hints)
}

/// A model of names of one language.
#[derive(Debug)]
pub struct Names {
    language: Language,
    lexicon: Lexicon,
    weights: Weights,
}

impl Names {
    /// The model of `language` that comes with this crate, read once.
    pub fn of(language: Language) -> &'static Names {
        static MODELS: [OnceLock<Names>; 3] = [const { OnceLock::new() }; 3];
        let (slot, file, bytes): (usize, &str, &[u8]) = match language {
            Language::French => (0, "fr.names.model", include_bytes!("../../models/fr.names.model")),
            Language::English => (1, "en.names.model", include_bytes!("../../models/en.names.model")),
            Language::Russian => (2, "ru.names.model", include_bytes!("../../models/ru.names.model")),
        };
        // The models that come with the crate are whole, as a test shows; without weights nothing is found.
        MODELS[slot].get_or_init(|| {
            Names::open(file, bytes, language).unwrap_or_else(|_| Names {
                language,
                lexicon: Lexicon::new(language),
                weights: Weights::none(),
            })
        })
    }

    /// Reads the model `bytes` of the file `file`.
    ///
    /// # Errors
    ///
    /// The file is no model, or not one of names in `language`, or damaged: see [`ModelReader::open`].
    pub fn open(file: &str, bytes: &[u8], language: Language) -> Result<Names, ModelError> {
        let reader = ModelReader::open(file, bytes, &kind(language))?;
        Ok(Names { language, lexicon: Lexicon::read(&reader, language)?, weights: Weights::read(&reader)? })
    }

    /// The names in `text`, in order, without overlap.
    ///
    /// `tokens` are the tokens of the text in order (words, numbers, marks; no white space), `sentences` ranges of them.
    /// Tokens outside every sentence are not looked at. Takes time linear in the number of tokens; a span that does not
    /// lie on characters of `text` is taken as empty.
    pub fn find(&self, text: &str, tokens: &[Span], sentences: &[TokenRange], hints: &[Hint]) -> Vec<Name> {
        let mut describer = Describer::new(&self.lexicon, text, tokens, hints);
        let mut found = Vec::new();
        let mut scores = Vec::new();
        let mut features = Vec::new();
        for sentence in sentences {
            let end = (sentence.end as usize).min(tokens.len());
            let start = (sentence.start as usize).min(end);
            describer.enter(start..end);
            scores.clear();
            for at in start..end {
                features.clear();
                describer.features(at, &mut features);
                scores.push(self.weights.score(&features));
            }
            let labels = self.weights.decode(&scores);
            spans(&labels, |range, kind| {
                found.push(Found { start: start + range.0, end: start + range.1, kind })
            });
        }
        describer.trust_lists(sentences, &mut found);
        describer.agree(sentences, &mut found);
        describer.put_heads(sentences, &mut found);
        let mut names = Vec::with_capacity(found.len());
        let mut free = 0;
        for found in &found {
            let span = tokens[found.start].cover(tokens[found.end - 1]);
            let title = match found.kind {
                NameKind::Person => titles::before(&describer, sentences, free, found.start),
                _ => None,
            };
            if found.kind == NameKind::Person {
                free = found.end;
            }
            names.push(Name { span, kind: found.kind, title });
        }
        names
    }

    /// The language of the model.
    pub fn language(&self) -> Language {
        self.language
    }
}

/// The kind that the header of a model gives.
fn kind(language: Language) -> String {
    format!("names {}", language.code())
}

/// A name as a range of tokens.
#[derive(Debug, Clone, Copy)]
struct Found {
    start: usize,
    end: usize,
    kind: NameKind,
}

/// Number of labels: outside; begin, inside, last and unit of each kind; other.
const LABELS: usize = 14;
const OUTSIDE: usize = 0;
/// Names of what is not looked for: works, products, prizes. Without a label of their own they would be taken for one of
/// the kinds, or teach that capitals are no names.
const OTHER: usize = 13;

#[cfg(any(test, feature = "train"))]
fn begin(kind: usize) -> usize {
    1 + 4 * kind
}
fn inside(kind: usize) -> usize {
    2 + 4 * kind
}
fn last(kind: usize) -> usize {
    3 + 4 * kind
}
#[cfg(any(test, feature = "train"))]
fn unit(kind: usize) -> usize {
    4 + 4 * kind
}

/// Whether a label leaves no name open.
fn closes(label: usize) -> bool {
    label == OUTSIDE || label == OTHER || (label - 1) % 4 >= 2
}

/// Whether `to` may follow `from`.
fn follows(from: usize, to: usize) -> bool {
    if closes(from) {
        to == OUTSIDE || to == OTHER || matches!((to - 1) % 4, 0 | 3)
    } else {
        let kind = (from - 1) / 4;
        to == inside(kind) || to == last(kind)
    }
}

/// Calls `each` with the token range and kind of each name in a valid sequence of labels.
fn spans(labels: &[u8], mut each: impl FnMut((usize, usize), NameKind)) {
    let mut start = 0;
    for (at, &label) in labels.iter().enumerate() {
        let label = usize::from(label);
        if label == OUTSIDE || label == OTHER {
            continue;
        }
        let kind = NameKind::ALL[((label - 1) / 4).min(2)];
        match (label - 1) % 4 {
            0 => start = at,
            2 => each((start, at + 1), kind),
            3 => each((at, at + 1), kind),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokens;
    use Language::{English, French, Russian};
    use NameKind::{Organisation, Person, Place};

    fn names(text: &str, language: Language) -> Vec<Name> {
        hinted(text, language, &[])
    }

    fn hinted(text: &str, language: Language, hints: &[Hint]) -> Vec<Name> {
        super::names(text, Span::new(0, text.len()), language, hints)
    }

    /// Names with their kinds, in order.
    fn kinds(text: &str, language: Language) -> Vec<(&str, NameKind)> {
        names(text, language).into_iter().map(|name| (name.span.of(text), name.kind)).collect()
    }

    fn title<'t>(text: &'t str, language: Language, name: &str) -> Option<&'t str> {
        let names = names(text, language);
        let found = names.iter().find(|found| found.span.of(text) == name).expect("the name is found");
        found.title.map(|title| title.of(text))
    }

    #[test]
    fn the_models_are_whole() {
        let files: [(&[u8], Language); 3] = [
            (include_bytes!("../../models/fr.names.model"), French),
            (include_bytes!("../../models/en.names.model"), English),
            (include_bytes!("../../models/ru.names.model"), Russian),
        ];
        for (bytes, language) in files {
            assert!(bytes.len() < 2_500_000, "{language}");
            assert_eq!(Names::open("x", bytes, language).expect("a model").language(), language);
            let mut damaged = bytes.to_vec();
            damaged[bytes.len() / 2] ^= 1;
            assert!(Names::open("x", &damaged, language).is_err());
            assert!(Names::open("x", &bytes[..bytes.len() / 2], language).is_err());
        }
        assert!(Names::open("x", include_bytes!("../../models/fr.names.model"), Russian).is_err());
    }

    #[test]
    fn a_title_is_apart_from_the_name() {
        let text = "Le ministre des affaires étrangères Sergueï Lavrov a reçu son homologue omanais, Badr al-Boussaïdi.";
        assert_eq!(kinds(text, French), [("Sergueï Lavrov", Person), ("Badr al-Boussaïdi", Person)]);
        assert_eq!(title(text, French, "Sergueï Lavrov"), Some("ministre des affaires étrangères"));
        assert_eq!(title(text, French, "Badr al-Boussaïdi"), Some("homologue omanais"));
        let text = "Russian Foreign Minister Sergey Lavrov met Sergey Shestakov in Riyadh on Tuesday.";
        let found = [("Sergey Lavrov", Person), ("Sergey Shestakov", Person), ("Riyadh", Place)];
        assert_eq!(kinds(text, English), found);
        assert_eq!(title(text, English, "Sergey Lavrov"), Some("Russian Foreign Minister"));
        assert_eq!(title(text, English, "Sergey Shestakov"), None);
        let text = "Министр иностранных дел России Сергей Лавров прилетел в Хартум.";
        assert_eq!(kinds(text, Russian), [("России", Place), ("Сергей Лавров", Person), ("Хартум", Place)]);
        assert_eq!(title(text, Russian, "Сергей Лавров"), Some("Министр иностранных дел России"));
    }

    #[test]
    fn names_of_a_part_are_spans_of_the_text() {
        let text = "Angela Merkel est à Berlin. Emmanuel Macron est à Paris.";
        let start = text.find("Emmanuel").expect("it stands there");
        let found = super::names(text, Span::new(start, text.len()), French, &[]);
        let found: Vec<&str> = found.iter().map(|name| name.span.of(text)).collect();
        assert_eq!(found, ["Emmanuel Macron", "Paris"]);
        assert_eq!(super::names(text, Span::new(3, text.len() + 1), French, &[]), []);
    }

    #[test]
    fn a_title_stops_at_the_person_before() {
        let text = "Президент Франции Эммануэль Макрон позвонил Владимиру Путину.";
        assert_eq!(title(text, Russian, "Владимиру Путину"), None);
    }

    #[test]
    fn forms_of_address_are_titles() {
        let text = "M. Nguyen Van Thieu et Mme Ngozi Okonjo-Iweala se sont vus à Genève.";
        let found = names(text, French);
        assert_eq!(found[0].span.of(text), "Nguyen Van Thieu");
        assert_eq!(found[0].addressed(text, French).of(text), "M. Nguyen Van Thieu");
        assert_eq!(found[1].addressed(text, French).of(text), "Mme Ngozi Okonjo-Iweala");
        assert_eq!(found[2].addressed(text, French).of(text), "Genève");
    }

    #[test]
    fn particles_and_hyphens_belong_to_names() {
        let text =
            "Ursula von der Leyen s'est rendue à N'Djamena avec Xi Jinping et Luiz Inácio Lula da Silva.";
        let found = [
            ("Ursula von der Leyen", Person),
            ("N'Djamena", Place),
            ("Xi Jinping", Person),
            ("Luiz Inácio Lula da Silva", Person),
        ];
        assert_eq!(kinds(text, French), found);
        let text = "European Commission President Ursula von der Leyen will travel to Beijing.";
        assert!(kinds(text, English).contains(&("Ursula von der Leyen", Person)));
        let text = "Урсула фон дер Ляйен прибыла в Москву.";
        assert_eq!(kinds(text, Russian), [("Урсула фон дер Ляйен", Person), ("Москву", Place)]);
    }

    #[test]
    fn unknown_people_of_every_continent() {
        let text = "Le négociateur Takeshi Yamamoto, la ministre Rosa Quispe Mamani et l'émissaire Kwame Asante-Boateng se \
                    sont vus à Doha.";
        let found = [
            ("Takeshi Yamamoto", Person),
            ("Rosa Quispe Mamani", Person),
            ("Kwame Asante-Boateng", Person),
            ("Doha", Place),
        ];
        assert_eq!(kinds(text, French), found);
        let text =
            "Omani Foreign Minister Badr al-Busaidi spoke by phone with Tariq Okonkwo, the envoy of Nigeria.";
        let found = [("Badr al-Busaidi", Person), ("Tariq Okonkwo", Person), ("Nigeria", Place)];
        assert_eq!(kinds(text, English), found);
        let text = "Посол Сергей Шестаков и спецпредставитель ООН Кваме Асанте прилетели в Хартум.";
        let found =
            [("Сергей Шестаков", Person), ("ООН", Organisation), ("Кваме Асанте", Person), ("Хартум", Place)];
        assert_eq!(kinds(text, Russian), found);
        let text = "L'ambassadeur Sergueï Chestakov est parti.";
        assert_eq!(kinds(text, French), [("Sergueï Chestakov", Person)]);
    }

    #[test]
    fn a_capital_where_a_sentence_begins() {
        assert_eq!(kinds("Demain, rien. Cette réunion est reportée.", French), []);
        assert_eq!(
            kinds("Berlin attend. Hier, Téhéran a démenti.", French),
            [("Berlin", Place), ("Téhéran", Place)]
        );
    }

    #[test]
    fn headlines_in_capitals() {
        let text = "TRUMP ET ZELENSKY ATTENDUS À GENÈVE";
        assert_eq!(kinds(text, French), [("TRUMP", Person), ("ZELENSKY", Person), ("GENÈVE", Place)]);
        let text = "PUTIN MEETS MACRON IN MOSCOW";
        assert_eq!(kinds(text, English), [("PUTIN", Person), ("MACRON", Person), ("MOSCOW", Place)]);
    }

    #[test]
    fn organisations_of_several_words() {
        let text = "Le Programme alimentaire mondial et l'Organisation mondiale de la santé s'inquiètent.";
        let found = [
            ("Programme alimentaire mondial", Organisation),
            ("Organisation mondiale de la santé", Organisation),
        ];
        assert_eq!(kinds(text, French), found);
        let text = "Sergey Shestakov said the United Nations had asked for talks.";
        assert_eq!(kinds(text, English), [("Sergey Shestakov", Person), ("United Nations", Organisation)]);
    }

    #[test]
    fn a_surname_is_the_person_named_before() {
        let text = "Nikol Pachinian a quitté Erevan. L'Arménie attend Pachinian.";
        let found =
            [("Nikol Pachinian", Person), ("Erevan", Place), ("Arménie", Place), ("Pachinian", Person)];
        assert_eq!(kinds(text, French), found);
    }

    #[test]
    fn hints_are_taken_up() {
        let text = "Selon le mouvement Fajr el-Watan Jadid, rien n'a changé.";
        let at = text.find("Fajr").expect("it is there");
        let span = Span::new(at, at + "Fajr el-Watan Jadid".len());
        let hint = Hint { span, kind: Organisation };
        let found = hinted(text, French, &[hint]);
        assert!(found.iter().any(|name| name.span == span && name.kind == Organisation), "{found:?}");
    }

    #[test]
    fn bad_input_does_no_harm() {
        let odd = [
            "",
            " \n\t ",
            "\u{0}\u{7}\u{feff}\u{202e}«»«»",
            "🕊🕊🕊 🇫🇷 Paris🕊Lyon",
            "Le ministre سيرغي لافروف a reçu 习近平 à Moscou",
            "М.Иванов-Ivanov/ИВАНОВ·O’Neill–Ó",
            "de de de la la von von",
            "M. M. M. Mme Mme",
        ];
        for text in odd {
            for language in Language::ALL {
                for name in names(text, language) {
                    assert!(text.get(name.span.range()).is_some_and(|name| !name.is_empty()), "{text}");
                }
            }
        }
        // Spans that are none of the text's, ranges that are none of the tokens'.
        let names = Names::of(French);
        let spans = [Span { start: 1, end: 900 }, Span { start: 900, end: 901 }];
        let ranges = [TokenRange { start: 0, end: 7 }, TokenRange { start: 9, end: 3 }];
        let hint = Hint { span: Span { start: 5, end: 3 }, kind: Place };
        names.find("Été", &spans, &ranges, &[hint]);
    }

    #[test]
    fn time_is_linear_in_the_length_of_a_sentence() {
        let text = "Paris de la Lavrov von Président ".repeat(30_000);
        let spans: Vec<Span> = tokens(&text, French).iter().map(|token| token.span).collect();
        let range = TokenRange { start: 0, end: spans.len() as u32 };
        let start = std::time::Instant::now();
        Names::of(French).find(&text, &spans, &[range], &[]);
        // Seconds without optimisation; hours if it were quadratic.
        assert!(start.elapsed().as_secs() < 60);
        let whole = "Ab".repeat(2_000_000);
        let word = [Span::new(0, whole.len())];
        Names::of(French).find(&whole, &word, &[TokenRange { start: 0, end: 1 }], &[]);
    }
}
