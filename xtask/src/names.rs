//! Names in text: French against FENEC, beside the stored outputs of other systems; Russian against factRuEval.
//!
//! FENEC (Millour, Dupont, Jouglar and Fort, TALN 2022) is fifteen French documents of about a thousand tokens with Quæro
//! tags, as brat files. What is counted, for every system alike, is stated in [`RULE`]; it gives the figures that are
//! known of the stored outputs on [`FIVE`]: spaCy lg 0.648, Flair 0.679, CamemBERT 0.721.
//!
//! factRuEval 2016 is Russian news. The Russian model that the program carries is trained on all of its development part, so
//! [`russian`] trains one on four documents of five and measures that on the fifth.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use depeche_language::names::train::{Settings, train};
use depeche_language::names::{NameKind, Names};
use depeche_language::{sentences, tokens};
use depeche_pipeline::gazetteer::Gazetteer;
use depeche_pipeline::names_in;
use depeche_pipeline::record::{CodePoints, Language, Span, TokenRange};
use serde_json::{Map, Value, json};

use crate::train::names::{Facts, fact_ru_eval, gather};

/// What is counted, for those who read the figures.
pub const RULE: &str = "\
Gold: person = pers.ind; place = loc.* but loc.add.*; organisation = org.*. No item: pers.coll, loc.add.*, func.*, prod.*,
event, amount, time.*. Systems: PER, LOC, ORG; of CasEN persName; placeName, geogName, country, region, settlement;
orgName, org. MISC and all else is no item, neither right nor wrong. Of Dépêche, a person's name with the form of address
right before it («M. Dupont», «Mme de Staël»), which Quæro takes into the name; the second line is without it, the name
alone.
A name is right if kind, first and last character are; white space at the ends is trimmed on both sides. Names that nest or
overlap all count, inner and outer, in gold and system alike; the same kind at the same place twice counts once. Figures
are over all names of the documents together.
";

/// The kind of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A person of their own.
    Person,
    /// A place on the map, a building, a celestial body.
    Place,
    /// An organisation.
    Organisation,
}

impl Kind {
    /// All of them, in order.
    pub const ALL: [Kind; 3] = [Kind::Person, Kind::Place, Kind::Organisation];

    /// Its name in the figures.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Person => "person",
            Kind::Place => "place",
            Kind::Organisation => "organisation",
        }
    }

    fn of(kind: NameKind) -> Kind {
        match kind {
            NameKind::Person => Kind::Person,
            NameKind::Place => Kind::Place,
            NameKind::Organisation => Kind::Organisation,
        }
    }

    /// The kind of a tag of the gold, as [`RULE`] says.
    fn of_gold(tag: &str) -> Option<Kind> {
        match tag.split('.').collect::<Vec<_>>()[..] {
            ["pers", "ind", ..] => Some(Kind::Person),
            ["loc", "add", ..] => None,
            ["loc", ..] => Some(Kind::Place),
            ["org", ..] => Some(Kind::Organisation),
            _ => None,
        }
    }

    /// The kind of a system's label, as [`RULE`] says.
    fn of_system(label: &str) -> Option<Kind> {
        match label {
            "PER" | "persName" => Some(Kind::Person),
            "LOC" | "placeName" | "geogName" | "country" | "region" | "settlement" => Some(Kind::Place),
            "ORG" | "orgName" | "org" => Some(Kind::Organisation),
            _ => None,
        }
    }
}

/// The documents that the known figures are over: news, encyclopedia and mixed sources.
pub const FIVE: [&str; 5] = [
    "encyclopedia01-WikiNER",
    "information01-APIL",
    "information02-Wikinews",
    "multi01-UDFrenchGSD",
    "multi02-Sequoia",
];

/// The documents whose errors were looked at while the model of names was made.
const LOOKED_AT: [&str; 5] = [
    "information02-Wikinews",
    "information03-LEstRepublicain",
    "multi03-FQB",
    "prose02-Zola",
    "spoken01-Rhapsodie",
];

/// Where FENEC lies in the folder of data.
pub const FENEC: &str = "names-ner/FENEC";

/// Folder and name of each system whose outputs are stored.
const STORED: [(&str, &str); 4] = [
    ("SpaCy-fr_core_news_lg", "spaCy fr_core_news_lg"),
    ("Flair", "Flair"),
    ("CamemBERT", "CamemBERT"),
    ("CasEN", "CasEN"),
];

/// The name of this project's own finder in the figures, with forms of address as part of the name.
const OWN: &str = "Dépêche";
/// The same without them.
const BARE: &str = "Dépêche, name alone";

/// A name: first character, one past the last, kind.
type Name = (usize, usize, Kind);

/// A document and its names by each system; a system without an output for it is absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Its name.
    pub name: String,
    gold: BTreeSet<Name>,
    systems: BTreeMap<&'static str, BTreeSet<Name>>,
}

/// What was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Names of the gold.
    pub gold: usize,
    /// Names found.
    pub found: usize,
    /// Names found that are right.
    pub right: usize,
}

impl Counts {
    /// Precision, recall and F1; 0 where there is nothing to divide by.
    pub fn figures(self) -> [f64; 3] {
        let part = |right: usize, of: usize| if of == 0 { 0.0 } else { right as f64 / of as f64 };
        [
            part(self.right, self.found),
            part(self.right, self.gold),
            part(2 * self.right, self.gold + self.found),
        ]
    }

    fn json(self) -> Value {
        let [precision, recall, f1] = self.figures();
        json!({
            "precision": precision, "recall": recall, "f1": f1,
            "right": self.right, "gold": self.gold, "found": self.found,
        })
    }
}

/// Reads FENEC below the folder of data and lets the project's own finder read its texts.
pub fn documents(data: &Path) -> Result<Vec<Document>> {
    let fenec = data.join(FENEC);
    let folder = fenec.join("FENEC");
    let listed = fs::read_dir(&folder).with_context(|| {
        format!("cannot list {}, which holds FENEC, for scoring names in French texts", folder.display())
    })?;
    let mut stems = Vec::new();
    for entry in listed {
        let name = entry?.file_name().to_string_lossy().into_owned();
        stems.extend(name.strip_suffix(".txt").map(str::to_owned));
    }
    stems.sort();
    if stems.is_empty() {
        bail!("{} holds no texts, which are for scoring names in French texts", folder.display());
    }
    let mut documents = Vec::new();
    for name in stems {
        let text = content(&folder.join(format!("{name}.txt")))?;
        let gold = content(&folder.join(format!("{name}.ann")))?;
        let gold = brat(&gold, &text, Kind::of_gold).with_context(|| format!("{name}.ann of FENEC"))?;
        let mut systems = BTreeMap::new();
        for (stored, system) in STORED {
            let path =
                fenec.join("systems-outputs/original-tagsets").join(stored).join(format!("{name}.ann"));
            if path.is_file() {
                let found = brat(&content(&path)?, &text, Kind::of_system)
                    .with_context(|| path.display().to_string())?;
                systems.insert(system, found);
            }
        }
        let found = names_in(&text, Span::new(0, text.len()), Language::French, Gazetteer::builtin());
        let own = found.iter().map(|name| (name.addressed(&text, Language::French), Kind::of(name.kind)));
        systems.insert(OWN, in_characters(&text, own));
        let bare = found.iter().map(|name| (name.span, Kind::of(name.kind)));
        systems.insert(BARE, in_characters(&text, bare));
        documents.push(Document { name, gold, systems });
    }
    Ok(documents)
}

fn content(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

/// The names of a finder in characters, white space at their ends trimmed.
fn in_characters(text: &str, names: impl Iterator<Item = (Span, Kind)>) -> BTreeSet<Name> {
    let points = CodePoints::of(text);
    names
        .map(|(span, kind)| {
            let (start, end) = points.range(text, span.trim(text));
            (start, end, kind)
        })
        .collect()
}

/// The names of a brat file: lines `T1<tab>TAG START END<tab>words`, positions in characters. A name in several pieces
/// reaches from the first to the last.
fn brat(content: &str, text: &str, kind: fn(&str) -> Option<Kind>) -> Result<BTreeSet<Name>> {
    let characters: Vec<char> = text.chars().collect();
    let mut names = BTreeSet::new();
    for (n, line) in content.lines().enumerate().filter(|(_, line)| line.starts_with('T')) {
        let wrong = || format!("line {}: ‘{line}’ is no name of this text", n + 1);
        let mut words = line.split('\t').nth(1).with_context(wrong)?.split([' ', ';']);
        let tag = words.next().with_context(wrong)?;
        let places: Vec<usize> = words.map(str::parse).collect::<Result<_, _>>().with_context(wrong)?;
        let (Some(&start), Some(&end)) = (places.first(), places.last()) else { bail!(wrong()) };
        let words = characters.get(start..end).with_context(wrong)?;
        let Some(first) = words.iter().position(|c| !c.is_whitespace()) else { continue };
        let after = words.iter().rev().take_while(|c| c.is_whitespace()).count();
        names.extend(kind(tag).map(|kind| (start + first, end - after, kind)));
    }
    Ok(names)
}

/// The counts of one system over documents, of all kinds or one; none where it has no output for one of them.
pub fn counts(documents: &[&Document], system: &str, kind: Option<Kind>) -> Option<Counts> {
    let mut counts = Counts::default();
    let wanted = |name: &&Name| kind.is_none_or(|kind| name.2 == kind);
    for document in documents {
        let found = document.systems.get(system)?;
        counts.gold += document.gold.iter().filter(wanted).count();
        counts.found += found.iter().filter(wanted).count();
        counts.right += document.gold.intersection(found).filter(wanted).count();
    }
    Some(counts)
}

/// The groups of documents that figures are given for: the five, those that every system has an output for, those whose errors
/// were not looked at, all.
/// A group without documents is left out.
pub fn groups(documents: &[Document]) -> Vec<(&'static str, Vec<&Document>)> {
    let chosen =
        |choice: &dyn Fn(&Document) -> bool| documents.iter().filter(|d| choice(d)).collect::<Vec<_>>();
    let mut groups = vec![
        ("five documents", chosen(&|document| FIVE.contains(&document.name.as_str()))),
        (
            "documents with all outputs",
            chosen(&|document| STORED.iter().all(|(_, system)| document.systems.contains_key(system))),
        ),
        (
            "documents not looked at while Dépêche was made",
            chosen(&|document| !LOOKED_AT.contains(&document.name.as_str())),
        ),
        ("all documents", chosen(&|_| true)),
    ];
    groups.retain(|(_, documents)| !documents.is_empty());
    groups
}

fn systems() -> impl Iterator<Item = &'static str> {
    [OWN, BARE].into_iter().chain(STORED.iter().map(|(_, system)| *system))
}

/// The figures of all systems side by side.
pub fn tables(documents: &[Document]) -> String {
    let mut tables = String::new();
    for (group, documents) in groups(documents) {
        tables += &format!("{group}\n");
        for document in &documents {
            tables += &format!("  {}\n", document.name);
        }
        tables += &table(&documents);
        tables.push('\n');
    }
    format!("{tables}{RULE}")
}

/// The figures of the systems that have an output for all of the documents.
fn table(documents: &[&Document]) -> String {
    let mut table = format!("{:<24}{:>10}{:>10}{:>10}", "", "precision", "recall", "F1");
    for kind in Kind::ALL {
        table += &format!("{:>14}", kind.as_str());
    }
    table.push('\n');
    for system in systems() {
        let Some(all) = counts(documents, system, None) else { continue };
        let [precision, recall, f1] = all.figures();
        table += &format!("{system:<24}{precision:>10.3}{recall:>10.3}{f1:>10.3}");
        for kind in Kind::ALL {
            let f1 = counts(documents, system, Some(kind)).map_or(0.0, |counts| counts.figures()[2]);
            table += &format!("{f1:>14.3}");
        }
        table.push('\n');
    }
    table
}

/// The figures of all systems as JSON: by group and system, over all kinds and by kind.
pub fn tables_json(documents: &[Document]) -> Value {
    let mut value = Map::new();
    for (group, documents) in groups(documents) {
        value.insert(group.to_owned(), table_json(&documents));
    }
    Value::Object(value)
}

fn table_json(documents: &[&Document]) -> Value {
    let mut rows = Map::new();
    for system in systems() {
        let Some(all) = counts(documents, system, None) else { continue };
        let mut row = all.json();
        for kind in Kind::ALL {
            row[kind.as_str()] = counts(documents, system, Some(kind)).map_or(Value::Null, Counts::json);
        }
        rows.insert(system.to_owned(), row);
    }
    let names: Vec<&str> = documents.iter().map(|document| document.name.as_str()).collect();
    json!({"documents": names, "systems": rows})
}

/// How Russian names are counted, for those who read the figures.
pub const RUSSIAN_RULE: &str = "\
Every fifth document of the development part of factRuEval 2016, by a model trained on the other four and on all else that
the Russian model is trained on. Names are without titles and forms of address. A name is right if kind, first and last
character are.
";

/// Every fifth document of factRuEval, read by a model that was trained on the others.
///
/// # Errors
///
/// A file of the data that is missing or not what it should be.
pub fn russian(root: &Path, data: &Path) -> Result<Vec<Document>> {
    let language = Language::Russian;
    let material = gather(root, data, language, Facts::Most)?.material;
    let bytes = train(&material, language, &Settings::default());
    let model = Names::open("the model just trained", &bytes, language)?;
    let mut documents = Vec::new();
    for (n, passage) in fact_ru_eval(data, Facts::Fifth)?.into_iter().enumerate() {
        let text = &passage.text;
        let gold = passage.names.iter().filter_map(|name| Some((name.span, Kind::of(*name.kinds.first()?))));
        let found = find(&model, text, language);
        documents.push(Document {
            name: format!("{}", 5 * n + 5),
            gold: in_characters(text, gold),
            systems: [(BARE, in_characters(text, found.into_iter()))].into(),
        });
    }
    Ok(documents)
}

/// What a model finds in a text, as [`names::names`] lets the one of the program read it.
fn find(model: &Names, text: &str, language: Language) -> Vec<(Span, Kind)> {
    let tokens: Vec<Span> = tokens(text, language).iter().map(|token| token.span).collect();
    let at = |place: u32| tokens.partition_point(|token| token.start < place) as u32;
    let sentences: Vec<TokenRange> = sentences(text, language)
        .iter()
        .map(|sentence| TokenRange { start: at(sentence.start), end: at(sentence.end) })
        .collect();
    let found = model.find(text, &tokens, &sentences, &[]);
    found.iter().map(|name| (name.span, Kind::of(name.kind))).collect()
}

/// The figures of [`russian`].
pub fn russian_table(documents: &[Document]) -> String {
    let documents: Vec<&Document> = documents.iter().collect();
    format!("{} documents\n{}\n{RUSSIAN_RULE}", documents.len(), table(&documents))
}

/// The figures of [`russian`] as JSON.
pub fn russian_json(documents: &[Document]) -> Value {
    table_json(&documents.iter().collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Été : M. Léo Roi visite le Musée du Louvre à Paris.";

    fn document(gold: &str, system: &str) -> Document {
        let gold = brat(gold, TEXT, Kind::of_gold).unwrap();
        let systems = [(OWN, brat(system, TEXT, Kind::of_system).unwrap())].into();
        Document { name: FIVE[0].to_owned(), gold, systems }
    }

    #[test]
    fn tags_are_mapped_as_stated() {
        for (tag, kind) in [
            ("pers.ind", Some(Kind::Person)),
            ("pers.coll", None),
            ("loc.adm.town", Some(Kind::Place)),
            ("loc.fac", Some(Kind::Place)),
            ("loc.add.elec", None),
            ("org.ent", Some(Kind::Organisation)),
            ("prod.media", None),
            ("func.ind", None),
            ("event", None),
        ] {
            assert_eq!(Kind::of_gold(tag), kind, "{tag}");
        }
        assert_eq!(Kind::of_system("MISC"), None);
    }

    #[test]
    fn kind_and_both_ends_must_be_right() {
        let gold = "T1\tpers.ind 6 16\tM. Léo Roi\nT2\tloc.fac 27 42\tx\nT3\torg.ent 27 42\tx\nT4\tloc.adm.town 45 50\tx\n\
                    T5\tfunc.ind 6 8\tM.\nA1\tnote T1\nT6\tpers.ind 6 16\tM. Léo Roi\n";
        // Without the title, one of the two kinds, with the space before it, another kind, no item.
        let system =
            "T1\tPER 9 16\tx\nT2\tLOC 27 42\tx\nT3\tLOC 44 50\tx\nT4\tORG 45 50\tx\nT5\tMISC 0 3\tx\n";
        let document = document(gold, system);
        let count = |kind| counts(&[&document], OWN, kind).unwrap();
        assert_eq!(count(None), Counts { gold: 4, found: 4, right: 2 });
        assert_eq!(count(None).figures(), [0.5, 0.5, 0.5]);
        assert_eq!(count(Some(Kind::Person)), Counts { gold: 1, found: 1, right: 0 });
        assert_eq!(count(Some(Kind::Place)), Counts { gold: 2, found: 2, right: 2 });
        assert_eq!(count(Some(Kind::Organisation)), Counts { gold: 1, found: 1, right: 0 });
        assert_eq!(counts(&[&document], "Flair", None), None);
        let tables = tables(&[document]);
        assert!(tables.contains("0.500") && !tables.contains("Flair  "), "{tables}");
    }

    #[test]
    fn finders_count_bytes_and_brat_counts_characters() {
        let at = TEXT.find("Léo Roi").unwrap();
        let found =
            in_characters(TEXT, [(Span::new(at - 1, at + "Léo Roi".len()), Kind::Person)].into_iter());
        assert_eq!(found, brat("T1\tPER 9 16\tLéo Roi\n", TEXT, Kind::of_system).unwrap());
    }

    #[test]
    fn a_name_beyond_the_text_is_an_error() {
        let error = brat("T1\tPER 9 999\tx\n", TEXT, Kind::of_system).unwrap_err();
        assert!(error.to_string().starts_with("line 1: "));
        assert!(brat("T1\tPER nine\tx\n", TEXT, Kind::of_system).is_err());
        let pieces = brat("T1\tPER 6 8;13 16\tM. Roi\n", TEXT, Kind::of_system).unwrap();
        assert_eq!(pieces, [(6, 16, Kind::Person)].into());
    }
}
