//! Readers of annotated corpora: each takes the text of a file and gives passages to [train](super::train) on.
//!
//! The corpora differ in what they take into a name. Here a name has neither article nor title, so forms of address and
//! professions at its beginning are cut («M. Paul Deschanel»), and so is what follows a comma in it.

use depeche_record::{Language, Span};

use super::NameKind;
use super::train::{Annotation, Certainty, Passage};

/// Builds a text from tokens and keeps where names begin and end.
#[derive(Default)]
struct Builder {
    text: String,
    names: Vec<Annotation>,
    open: Option<(usize, Vec<NameKind>, Certainty)>,
}

impl Builder {
    fn push(&mut self, form: &str, space: bool) {
        self.text.push_str(form);
        if space {
            self.text.push(' ');
        }
    }

    fn open(&mut self, kinds: Vec<NameKind>, certainty: Certainty) {
        self.close();
        self.open = Some((self.text.len(), kinds, certainty));
    }

    fn close(&mut self) {
        if let Some((start, kinds, certainty)) = self.open.take() {
            let end = start + self.text[start..].trim_end().len();
            self.names.push(Annotation { span: Span::new(start, end), kinds, certainty });
        }
    }

    fn finish(mut self, language: Language, weight: f32) -> Option<Passage> {
        self.close();
        let text = self.text;
        let names = self.names.into_iter().filter_map(|name| trim(&text, name)).collect();
        (!text.trim().is_empty()).then_some(Passage { text, language, names, weight })
    }
}

/// What comes before a name and is no part of it, in French; folded to small letters.
const BEFORE: &[&str] = &[
    "m",
    "mm",
    "m.",
    "mm.",
    "mme",
    "mme.",
    "mmes",
    "mlle",
    "mlle.",
    "mlles",
    "me",
    "me.",
    "mgr",
    "dr",
    "dr.",
    "docteur",
    "professeur",
    "monsieur",
    "madame",
    "mademoiselle",
    "messieurs",
    "maître",
    "général",
    "colonel",
    "capitaine",
    "lieutenant",
    "commandant",
    "sergent",
    "caporal",
    "maréchal",
    "amiral",
    "lord",
    "lady",
    "sir",
    "le",
    "la",
    "les",
    "l'",
    "l",
    "citoyen",
    "citoyenne",
    "femme",
    "veuve",
    "honorable",
    "abbé",
    "père",
    "président",
    "ministre",
    "roi",
    "reine",
    "prince",
    "princesse",
    "comte",
    "comtesse",
    "duc",
    "duchesse",
    "baron",
    "baronne",
    "marquis",
    "marquise",
    "empereur",
    "pape",
    "cardinal",
    "sénateur",
    "député",
    "camarade",
    "signor",
    "mr",
    "mr.",
    "mrs",
    "mrs.",
    "miss",
    "de",
    "du",
    "des",
    "d'",
    "d",
    "ingénieur",
    "sculpteur",
    "peintre",
    "secrétaire",
    "sous-lieutenant",
    "herr",
    ".",
    "'",
    "’",
    ":",
    ",",
    "«",
    "\"",
    "(",
];

/// Cuts titles and the like; none where nothing is left.
fn trim(text: &str, mut name: Annotation) -> Option<Annotation> {
    if name.certainty != Certainty::Whole {
        return Some(name);
    }
    if name.kinds == [NameKind::Person] {
        let whole = name.span.of(text);
        let end = whole.find([',', '(']).filter(|&at| at > 3).unwrap_or(whole.len());
        name.span.end = name.span.start + whole[..end].trim_end().len() as u32;
        loop {
            let rest = name.span.of(text);
            let word = rest
                .char_indices()
                .find(|&(at, c)| c.is_whitespace() || (at > 0 && matches!(c, '.' | '\'' | '’')))
                .map_or(rest.len(), |(at, c)| if c.is_whitespace() { at } else { at + c.len_utf8() });
            let first = &rest[..word];
            let bare = first.trim_end_matches('.').to_lowercase();
            // «M» may be an initial where no surname but a first name follows; corpora of French hardly have such.
            let cut = BEFORE.contains(&first.to_lowercase().as_str())
                || (BEFORE.contains(&bare.as_str()) && bare.chars().count() > 1)
                || matches!(first, "M." | "M");
            if !cut || word == 0 {
                break;
            }
            let skip = rest[word..].len() - rest[word..].trim_start().len();
            name.span.start += (word + skip) as u32;
            if name.span.is_empty() {
                return None;
            }
        }
    }
    if name.kinds == [NameKind::Place] {
        // «292, rue Saint-Martin»
        let rest = name.span.of(text);
        let cut = rest.len()
            - rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | ' ')).len();
        name.span.start += cut as u32;
    }
    let letters = name.span.of(text).chars().any(char::is_alphabetic);
    (letters && !name.span.is_empty()).then_some(name)
}

/// HIPE 2022 (tab-separated, `NE-COARSE-LIT`, `NoSpaceAfter`), one passage a sentence. A word that the end of a printed
/// line cuts («con¬» «tenu») is put together.
pub fn hipe(file: &str, language: Language, weight: f32) -> Vec<Passage> {
    let mut passages = Vec::new();
    let mut builder = Builder::default();
    for line in file.lines() {
        let columns: Vec<&str> = line.split('\t').collect();
        let [form, label, .., misc] = columns[..] else {
            passages.extend(std::mem::take(&mut builder).finish(language, weight));
            continue;
        };
        if line.starts_with("TOKEN\t") || line.starts_with('#') {
            continue;
        }
        match label.split_once('-') {
            Some(("B", "HumanProd")) => builder.open(Vec::new(), Certainty::Whole),
            Some(("B", kind)) => match kind_of(kind) {
                Some(kind) => builder.open(vec![kind], Certainty::Whole),
                None => builder.close(),
            },
            Some(("I", _)) => {}
            _ => builder.close(),
        }
        let joined = form.strip_suffix('¬');
        builder.push(joined.unwrap_or(form), joined.is_none() && !misc.contains("NoSpaceAfter"));
        if misc.contains("EndOfSentence") {
            passages.extend(std::mem::take(&mut builder).finish(language, weight));
        }
    }
    passages.extend(builder.finish(language, weight));
    passages
}

fn kind_of(label: &str) -> Option<NameKind> {
    match label {
        "PER" | "Person" => Some(NameKind::Person),
        "LOC" | "Location" => Some(NameKind::Place),
        "ORG" | "Org" => Some(NameKind::Organisation),
        _ => None,
    }
}

/// Form and label parted by a space, `I-` labels alone, without sentences (Europeana). Passages end after a full stop.
pub fn two_columns(file: &str, language: Language, weight: f32) -> Vec<Passage> {
    let mut passages = Vec::new();
    let mut builder = Builder::default();
    let mut before = "O";
    let mut count = 0;
    for line in file.lines() {
        let Some((form, label)) = line.trim_end().rsplit_once(' ') else { continue };
        if label != before {
            match label.strip_prefix("I-").and_then(kind_of) {
                Some(kind) => builder.open(vec![kind], Certainty::Whole),
                None => builder.close(),
            }
            before = label;
        }
        let tight = form.ends_with(['\'', '’']);
        // Print was read by machine and much is left out of the annotation.
        let capital = form.starts_with(char::is_uppercase) && form.chars().count() > 2;
        if label == "O" && capital && count > 0 {
            builder.open(NameKind::ALL.to_vec(), Certainty::Perhaps);
        } else if label == "O" {
            builder.close();
        }
        if matches!(form, "." | "," | ")") && builder.text.ends_with(' ') {
            builder.text.pop();
        }
        builder.push(form, !tight);
        count += 1;
        if (form == "." && count > 8 && label == "O") || count > 120 {
            passages.extend(std::mem::take(&mut builder).finish(language, weight));
            (before, count) = ("O", 0);
        }
    }
    passages.extend(builder.finish(language, weight));
    passages
}

/// FrSemCor: Sequoia with supersenses on its nouns. Proper nouns of `Person` are people; those of `Institution` are
/// places or organisations, which the annotation does not tell apart: where `place` knows neither, both are allowed.
pub fn frsemcor(file: &str, weight: f32, place: &dyn Fn(&str) -> Option<NameKind>) -> Vec<Passage> {
    let mut passages = Vec::new();
    for block in file.split("\n\n") {
        let Some(text) = block.lines().find_map(|line| line.strip_prefix("# text = ")) else { continue };
        let mut words: Vec<(Span, &str, &str)> = Vec::new();
        let mut at = 0;
        for line in block.lines().filter(|line| !line.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').collect();
            let [_, form, _, tag, _, sense] = columns[..] else { continue };
            let form = form.trim_start_matches('-');
            let Some(found) = text[at..].find(form).filter(|&found| found < 20) else { continue };
            let start = at + found;
            at = start + form.len();
            words.push((Span::new(start, at), tag, sense));
        }
        let mut names: Vec<Annotation> = Vec::new();
        let mut n = 0;
        while n < words.len() {
            let (span, tag, sense) = words[n];
            let group = sense.split(';').find_map(|part| part.split_once(':'));
            let (end, outer) = match group {
                Some((number, outer)) => {
                    let member = |sense: &str| sense.split([';', ':']).any(|part| part == number);
                    let last = (n..words.len().min(n + 15)).rev().find(|&m| member(words[m].2)).unwrap_or(n);
                    (last + 1, outer)
                }
                None => (n + 1, sense),
            };
            let whole = span.cover(words[end - 1].0);
            let capital = whole.of(text).starts_with(char::is_uppercase);
            let proper = words[n..end].iter().any(|(_, tag, _)| *tag == "NPP");
            let sense = outer.split(';').next().unwrap_or_default();
            let kinds = match sense {
                "Person" if proper && capital => vec![NameKind::Person],
                "Institution" if capital && (proper || (end > n + 1 && n > 0)) => {
                    institution(whole.of(text), place)
                }
                // «groupe Bolloré», «boulangerie Leroy»
                "Institution" if proper && end > n + 1 => vec![NameKind::Organisation],
                _ => Vec::new(),
            };
            if !kinds.is_empty() {
                names.push(Annotation { span: whole, kinds, certainty: Certainty::Whole });
                n = end;
            } else {
                if tag == "NPP" && matches!(sense, "*" | "Artifact" | "Object" | "Group") {
                    names.push(Annotation {
                        span,
                        kinds: NameKind::ALL.to_vec(),
                        certainty: Certainty::Perhaps,
                    });
                } else if tag == "NPP" {
                    names.push(Annotation { span, kinds: Vec::new(), certainty: Certainty::Whole });
                }
                n += 1;
            }
        }
        let names = names.into_iter().filter_map(|name| trim(text, name)).collect();
        // The names of medicines say little of the names that news are full of.
        let medical = block.contains("sent_id = emea");
        let weight = if medical { 0.3 * weight } else { weight };
        passages.push(Passage { text: text.to_owned(), language: Language::French, names, weight });
    }
    passages
}

fn institution(name: &str, place: &dyn Fn(&str) -> Option<NameKind>) -> Vec<NameKind> {
    if let Some(kind) = place(name) {
        return vec![kind];
    }
    let letters = name.chars().filter(|c| c.is_alphabetic());
    let shouted = letters.clone().count() > 1 && letters.clone().all(char::is_uppercase);
    if shouted {
        return vec![NameKind::Organisation];
    }
    if name.contains("-sur-") || name.contains("-en-") || name.contains("-lès-") || name.starts_with("Saint-")
    {
        return vec![NameKind::Place];
    }
    vec![NameKind::Place, NameKind::Organisation]
}

/// factRuEval 2016: the text of a document, its `.spans` and its `.objects`.
///
/// A person is the run of its name words; a place its name; an organisation its name, with the noun before it where that
/// has a capital («Движение в защиту Химкинского леса»).
pub fn fact_ru_eval(text: &str, spans: &str, objects: &str, weight: f32) -> Passage {
    // Positions count characters.
    let bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let mut pieces = std::collections::BTreeMap::new();
    for line in spans.lines() {
        let mut columns = line.split_whitespace();
        let (Some(id), Some(sort), Some(start), Some(length)) =
            (columns.next(), columns.next(), columns.next(), columns.next())
        else {
            continue;
        };
        let (Ok(start), Ok(length)) = (start.parse::<usize>(), length.parse::<usize>()) else { continue };
        if let (Some(&start), Some(&end)) = (bytes.get(start), bytes.get(start + length)) {
            pieces.entry(id).or_insert((sort, Span::new(start, end)));
        }
    }
    let mut found: Vec<Annotation> = Vec::new();
    for line in objects.lines() {
        let line = line.split('#').next().unwrap_or_default();
        let mut columns = line.split_whitespace();
        let (_, Some(sort)) = (columns.next(), columns.next()) else { continue };
        let parts: Vec<(&str, Span)> = columns.filter_map(|id| pieces.get(id).copied()).collect();
        let capital = |span: &Span| span.of(text).starts_with(char::is_uppercase);
        let (kind, wanted): (NameKind, Vec<Span>) = match sort {
            "Person" => {
                let name = |sort: &str| matches!(sort, "name" | "surname" | "patronymic" | "nickname");
                (NameKind::Person, parts.iter().filter(|(sort, _)| name(sort)).map(|part| part.1).collect())
            }
            "LocOrg" | "Location" => {
                let names = parts
                    .iter()
                    .filter(|(sort, span)| *sort == "loc_name" || (*sort == "loc_descr" && capital(span)));
                (NameKind::Place, names.map(|part| part.1).collect())
            }
            "Org" => {
                let named = parts.iter().any(|(sort, _)| *sort == "org_name");
                let wanted = |sort: &str, span: &Span| {
                    sort == "org_name"
                        || (capital(span) && (named || sort == "org_descr" || sort == "loc_name"))
                };
                let descriptor = parts.iter().any(|(sort, span)| *sort == "org_descr" && capital(span));
                if !named && !descriptor {
                    continue;
                }
                let names = parts.iter().filter(|(sort, span)| wanted(sort, span));
                (NameKind::Organisation, names.map(|part| part.1).collect())
            }
            _ => continue,
        };
        let Some(span) = wanted.into_iter().reduce(Span::cover) else { continue };
        if span.len() < 160 && capital(&span) {
            found.push(Annotation { span, kinds: vec![kind], certainty: Certainty::Whole });
        }
    }
    // The longest of those that overlap.
    found.sort_by_key(|name| (std::cmp::Reverse(name.span.len()), name.span.start));
    let mut names: Vec<Annotation> = Vec::new();
    for name in found {
        if names.iter().all(|other| other.span.end <= name.span.start || name.span.end <= other.span.start) {
            names.push(name);
        }
    }
    names.sort_by_key(|name| name.span.start);
    Passage { text: text.to_owned(), language: Language::Russian, names, weight }
}

/// A treebank: proper nouns are names of any kind, or of the one that `known` gives a run of them; other capitals may be
/// names, everything else is none. Words that are `apart` stand for themselves, though treebanks call them proper: titles,
/// months, peoples.
pub fn treebank(
    sentences: &[crate::conllu::Sentence],
    language: Language,
    weight: f32,
    known: &dyn Fn(&str) -> Option<NameKind>,
    apart: &dyn Fn(&str) -> bool,
) -> Vec<Passage> {
    use depeche_record::Upos;
    let mut passages = Vec::new();
    for sentence in sentences {
        let mut builder = Builder::default();
        let tokens = sentence.tokens();
        let word = |n: usize| &sentence.words[*tokens[n].words.end()];
        let proper = |n: usize| word(n).upos == Some(Upos::Propn);
        let mut n = 0;
        while n < tokens.len() {
            if proper(n) {
                let end = (n..tokens.len()).find(|&n| !proper(n)).unwrap_or(tokens.len());
                let run: Vec<&str> = (n..end).map(|n| tokens[n].form).collect();
                if let Some(kind) = known(&run.join(" ")) {
                    builder.open(vec![kind], Certainty::Whole);
                    for token in &tokens[n..end] {
                        builder.push(token.form, token.space_after);
                    }
                    builder.close();
                    n = end;
                    continue;
                }
                for (at, token) in tokens[n..end].iter().enumerate() {
                    let own = apart(token.form);
                    // What follows a title is a run of its own, and may be known.
                    let rest = &run[at..];
                    if !own
                        && at > 0
                        && apart(run[at - 1])
                        && let Some(kind) = known(&rest.join(" "))
                    {
                        builder.open(vec![kind], Certainty::Whole);
                        for token in &tokens[n + at..end] {
                            builder.push(token.form, token.space_after);
                        }
                        break;
                    }
                    let kinds = if own { Vec::new() } else { NameKind::ALL.to_vec() };
                    builder.open(kinds, if own { Certainty::Whole } else { Certainty::Part });
                    builder.push(token.form, token.space_after);
                    builder.close();
                }
                builder.close();
                n = end;
                continue;
            }
            // Small words and nouns between proper nouns may belong to the name: «ministère de la Défense».
            let near = (n + 1..(n + 4).min(tokens.len())).any(proper) || (n.saturating_sub(3)..n).any(proper);
            let capital = tokens[n].form.starts_with(char::is_uppercase) && n > 0;
            let content = matches!(
                word(n).upos,
                Some(Upos::Adp | Upos::Det | Upos::Adj | Upos::Noun | Upos::Cconj | Upos::X)
            );
            if capital || (near && content) {
                builder.open(NameKind::ALL.to_vec(), Certainty::Perhaps);
            }
            builder.push(tokens[n].form, tokens[n].space_after);
            builder.close();
            n += 1;
        }
        passages.extend(builder.finish(language, weight));
    }
    passages
}
