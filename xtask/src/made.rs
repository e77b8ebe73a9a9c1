//! A made dossier of any size with known truth: tracks of talks between invented people, told by reports of many
//! outlets, with cut copies and translations among them. The same seed makes the same reports, on every machine.
//!
//! The people are invented and the towns are chosen without regard to who could meet there. What is made is as plain as
//! the truth of it: it serves to measure cost and to hold the dossier to what is known, not to measure reading.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use depeche_pipeline::record::{
    Account, Act, Basis, Confidence, ContactDate, ContactKind, Day, Derivation, Edtf, Figure, Known,
    Language, Origin, Place, Published, Reading, Relation, Report, Side, Span, Speaker, Statement, Status,
};

/// A made report, what a faultless reading of it says, and the truth behind both.
#[derive(Debug, Clone)]
pub struct Made {
    /// The report.
    pub report: Report,
    /// Its reading.
    pub reading: Reading,
    /// For each account of the reading, the number of the contact.
    pub contacts: Vec<usize>,
    /// For each figure of the reading, the number of the person.
    pub people: Vec<usize>,
    /// Reports of one number share an original.
    pub origin: usize,
}

/// How many reports of what sort.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// Reports in all.
    pub reports: usize,
    /// Reports of one track; as many as all for one story that everybody writes of.
    pub track: usize,
    /// What chance begins with.
    pub seed: u64,
}

/// Makes the reports of a plan, track by track, in the order in which they come out; one track is held at a time.
pub fn reports(plan: Plan) -> impl Iterator<Item = Made> {
    let size = plan.track.clamp(1, plan.reports.max(1));
    let tracks = plan.reports.div_ceil(size);
    let left = move |track: usize| size.min(plan.reports - track * size);
    (0..tracks).flat_map(move |track| Track::new(track, size, plan.seed).reports(left(track)))
}

/// Writes the reports of a plan as JSON Lines, each with its truth beside what a report has.
pub fn write(plan: Plan, out: &Path) -> Result<()> {
    let file = File::create(out).with_context(|| format!("cannot write {}", out.display()))?;
    let mut file = BufWriter::new(file);
    for made in reports(plan) {
        let (report, reading) = (&made.report, &made.reading);
        let line = serde_json::json!({
            "id": report.id,
            "text": report.text,
            "outlet": report.outlet.as_ref().map(|outlet| outlet.value.as_str()),
            "published": reading.published.as_ref().map(|published| published.date.to_string()),
            "language": reading.language.code(),
            "truth": { "contacts": made.contacts, "people": made.people, "origin": made.origin },
        });
        writeln!(file, "{line}").with_context(|| format!("cannot write {}", out.display()))?;
    }
    file.flush().with_context(|| format!("cannot write {}", out.display()))
}

/// Resolves faultless readings of the reports of a plan: the time that it took, and how near the truth it came.
pub fn resolve(plan: Plan) -> Result<String> {
    let pipeline = depeche_pipeline::Pipeline::new(depeche_pipeline::Settings::default())?;
    let mut read = Vec::with_capacity(plan.reports);
    let mut truth: BTreeMap<String, (Vec<usize>, Vec<usize>, usize)> = BTreeMap::new();
    for made in reports(plan) {
        truth.insert(made.report.id.clone(), (made.contacts, made.people, made.origin));
        read.push((made.report, made.reading));
    }
    let begun = Instant::now();
    let dossier = pipeline.resolve(&read, &[]);
    let took = begun.elapsed();
    let contacts = dossier.contacts.iter().enumerate().flat_map(|(n, contact)| {
        contact.accounts.iter().map(move |told| (n, told.report.as_str(), told.account))
    });
    let contacts = contacts.filter_map(|(n, report, account)| Some((*truth.get(report)?.0.get(account)?, n)));
    let people = dossier.actors.iter().enumerate().flat_map(|(n, actor)| {
        actor.figures.iter().map(move |(report, figure)| (n, report.as_str(), *figure))
    });
    let people = people.filter_map(|(n, report, figure)| Some((*truth.get(report)?.1.get(figure)?, n)));
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let lineages: Vec<(usize, usize)> = dossier
        .reports
        .iter()
        .filter_map(|entry| {
            let next = numbers.len();
            let number = *numbers.entry(entry.lineage.as_str()).or_insert(next);
            Some((truth.get(&entry.id)?.2, number))
        })
        .collect();
    let line = |name: &str, (precision, recall): (f64, f64)| {
        format!("{name:9} B-cubed precision {precision:.4}  recall {recall:.4}\n")
    };
    Ok(format!("{} reports resolved in {:.1} s\n", read.len(), took.as_secs_f64())
        + &line("contacts", bcubed(&contacts.collect::<Vec<_>>()))
        + &line("people", bcubed(&people.collect::<Vec<_>>()))
        + &line("lineages", bcubed(&lineages)))
}

/// B-cubed precision and recall of items that are each in a true and a found group.
fn bcubed(items: &[(usize, usize)]) -> (f64, f64) {
    let mut both: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    let (mut of_truth, mut of_found) = (BTreeMap::<usize, f64>::new(), BTreeMap::<usize, f64>::new());
    for &(truth, found) in items {
        *both.entry((truth, found)).or_default() += 1.0;
        *of_truth.entry(truth).or_default() += 1.0;
        *of_found.entry(found).or_default() += 1.0;
    }
    let mean = |of: &dyn Fn(usize, usize) -> f64| {
        both.iter().map(|(&(truth, found), n)| n * n / of(truth, found)).sum::<f64>()
            / items.len().max(1) as f64
    };
    (mean(&|_, found| of_found[&found]), mean(&|truth, _| of_truth[&truth]))
}

/// A generator of numbers (SplitMix64).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`.
    fn below(&mut self, n: usize) -> usize {
        (self.roll() % n.max(1) as u64) as usize
    }

    fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    /// A name of so many syllables.
    fn invent(&mut self, syllables: usize) -> String {
        let mut name: String = (0..syllables).map(|_| self.pick(SYLLABLES)).collect();
        name[..1].make_ascii_uppercase();
        name
    }

    fn pick<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        list[self.below(list.len())]
    }
}

/// Codes of states with their names and capitals in French and English.
const STATES: &[(&str, &str, &str)] = &[
    ("FR", "la France", "France"),
    ("DE", "l'Allemagne", "Germany"),
    ("ES", "l'Espagne", "Spain"),
    ("IT", "l'Italie", "Italy"),
    ("PL", "la Pologne", "Poland"),
    ("SE", "la Suède", "Sweden"),
    ("NO", "la Norvège", "Norway"),
    ("TR", "la Turquie", "Turkey"),
    ("EG", "l'Égypte", "Egypt"),
    ("MA", "le Maroc", "Morocco"),
    ("DZ", "l'Algérie", "Algeria"),
    ("TN", "la Tunisie", "Tunisia"),
    ("SN", "le Sénégal", "Senegal"),
    ("ML", "le Mali", "Mali"),
    ("NE", "le Niger", "Niger"),
    ("TD", "le Tchad", "Chad"),
    ("SD", "le Soudan", "Sudan"),
    ("ET", "l'Éthiopie", "Ethiopia"),
    ("SO", "la Somalie", "Somalia"),
    ("KE", "le Kenya", "Kenya"),
    ("RW", "le Rwanda", "Rwanda"),
    ("BI", "le Burundi", "Burundi"),
    ("AO", "l'Angola", "Angola"),
    ("IN", "l'Inde", "India"),
    ("PK", "le Pakistan", "Pakistan"),
    ("CN", "la Chine", "China"),
    ("JP", "le Japon", "Japan"),
    ("KR", "la Corée du Sud", "South Korea"),
    ("VN", "le Viêt Nam", "Vietnam"),
    ("TH", "la Thaïlande", "Thailand"),
    ("BR", "le Brésil", "Brazil"),
    ("AR", "l'Argentine", "Argentina"),
    ("CL", "le Chili", "Chile"),
    ("CO", "la Colombie", "Colombia"),
    ("VE", "le Venezuela", "Venezuela"),
    ("AM", "l'Arménie", "Armenia"),
    ("AZ", "l'Azerbaïdjan", "Azerbaijan"),
    ("GE", "la Géorgie", "Georgia"),
    ("KZ", "le Kazakhstan", "Kazakhstan"),
    ("OM", "Oman", "Oman"),
];
const TOWNS: &[&str] = &[
    "Genève",
    "Vienne",
    "Doha",
    "Mascate",
    "Oslo",
    "Nairobi",
    "Istanbul",
    "Le Caire",
    "Alger",
    "Tunis",
    "Luanda",
    "Astana",
    "Bakou",
    "Tbilissi",
    "Brasilia",
    "Bogota",
    "Hanoï",
    "Bangkok",
    "Madrid",
    "Rome",
    "Varsovie",
    "Stockholm",
    "Rabat",
    "Dakar",
    "Addis-Abeba",
    "Islamabad",
    "New Delhi",
    "Séoul",
    "Tokyo",
    "Santiago",
];
const GIVEN: &[&str] = &[
    "Adina", "Bertin", "Calista", "Dorian", "Edmée", "Fabrice", "Gala", "Hector", "Ilona", "Jonas", "Katia",
    "Léandre", "Marta", "Nestor", "Olga", "Pascal", "Quentin", "Rosa", "Silvio", "Tamara", "Ulrich", "Vera",
    "Walter", "Xavier", "Yolande", "Zacharie", "Amadou", "Binta", "Cheikh", "Djibril", "Farouk", "Leïla",
];
const SYLLABLES: &[&str] = &[
    "ba", "che", "dou", "fa", "gui", "ka", "lou", "mo", "na", "pe", "ra", "sou", "ta", "vi", "za", "ber",
    "dra", "gor", "kov", "lin", "mar", "nor", "pol", "rin", "sar", "tol", "ver", "zim", "ian", "eski",
];
const OUTLETS: &[&str] = &[
    "Le Courrier du Port",
    "La Gazette des Plaines",
    "L'Observateur du Delta",
    "Le Matin des Îles",
    "La Tribune du Col",
    "Le Phare",
    "L'Écho des Vallées",
    "Le Journal du Littoral",
    "La Dépêche du Fleuve",
    "The Harbour Post",
    "The Delta Observer",
    "The Highland Gazette",
    "Le Messager",
    "La Voix du Sud",
    "Le Quotidien des Lacs",
    "The River Courier",
    "L'Indépendant du Nord",
    "Le Relais",
    "La Boussole",
    "The Lantern",
];
const AGENCIES: &[&str] = &["AFP", "Reuters", "Anadolu", "EFE", "Xinhua"];
const SUBJECTS: &[&str] = &[
    "les observateurs",
    "plusieurs élus",
    "les marchés",
    "les familles",
    "des experts",
    "la presse",
    "des négociateurs",
    "les armateurs",
    "les éleveurs",
    "des diplomates",
    "les associations",
    "les riverains",
    "les commerçants",
];
const VERBS: &[&str] = &[
    "redoutent",
    "attendent",
    "commentent",
    "saluent",
    "suivent",
    "espèrent",
    "jugent",
    "écartent",
    "évoquent",
    "tiennent",
    "mesurent",
    "discutent",
];
const OBJECTS: &[&str] = &[
    "une reprise",
    "la trêve",
    "la réouverture",
    "un échange",
    "le retour",
    "une hausse",
    "la signature",
    "une médiation",
    "la reconstruction",
    "une mission",
    "un calendrier",
    "un protocole",
];
const CIRCUMSTANCES: &[&str] = &[
    "avant la pluie",
    "malgré les tirs",
    "depuis la fermeture",
    "sans y croire",
    "après les élections",
    "selon une note",
    "avant les neiges",
    "cette année encore",
    "faute de mieux",
    "pendant la foire",
    "loin des caméras",
];
const SAID: &[&str] = &[
    "les discussions avancent à petits pas",
    "rien ne sera signé sans garanties",
    "la porte reste ouverte",
    "le texte doit encore être relu",
    "chacun devra faire un geste",
    "nous avons parlé de tout sans détour",
    "il reste trois points à trancher",
    "cette date n'a jamais été la nôtre",
    "le climat a été bon",
];

struct Person {
    number: usize,
    given: &'static str,
    family: String,
    side: &'static str,
}

struct Event {
    number: usize,
    kind: ContactKind,
    status: Status,
    sides: [usize; 2],
    people: [usize; 2],
    day: i64,
    town: &'static str,
}

/// One story: its sides, its people, what they did.
struct Track {
    number: usize,
    size: usize,
    dice: Dice,
    people: Vec<Person>,
    events: Vec<Event>,
}

/// Reports of a track for one contact, about.
const REPORTS_OF_ONE: usize = 4;
/// People of a side.
const DELEGATES: usize = 3;
/// First day of all stories: 1 January 2024.
const BEGINNING: i64 = 19_723;

impl Track {
    fn new(number: usize, size: usize, seed: u64) -> Track {
        let count = size / REPORTS_OF_ONE + 4;
        let mut dice = Dice(seed ^ (number as u64).wrapping_mul(0xd134_2543_de82_ef95));
        let mut sides: Vec<usize> = Vec::new();
        while sides.len() < 3 {
            let side = dice.below(STATES.len());
            if !sides.contains(&side) {
                sides.push(side);
            }
        }
        let mut people = Vec::new();
        for &side in &sides {
            for _ in 0..DELEGATES {
                let syllables = 3 + dice.below(2);
                let family = dice.invent(syllables);
                people.push(Person {
                    number: number * 3 * DELEGATES + people.len(),
                    given: dice.pick(GIVEN),
                    family,
                    side: STATES[side].0,
                });
            }
        }
        let mut day = BEGINNING + dice.below(30) as i64;
        let mut events = Vec::new();
        for event in 0..count {
            // A story of many reports is one of many contacts, several a day.
            day += (3 + dice.below(16) as i64) * 60 / count.max(60) as i64 + i64::from(dice.one_in(4));
            let (a, b) = [(0, 1), (0, 2), (1, 2)][dice.below(3)];
            let kinds = [ContactKind::Meeting, ContactKind::Call, ContactKind::Talks];
            let statuses = [Status::Held, Status::Held, Status::Held, Status::Planned, Status::Denied];
            events.push(Event {
                number: number * count + event,
                kind: kinds[dice.below(kinds.len())],
                status: statuses[dice.below(statuses.len())],
                sides: [sides[a], sides[b]],
                people: [a * DELEGATES + dice.below(DELEGATES), b * DELEGATES + dice.below(DELEGATES)],
                day,
                town: dice.pick(TOWNS),
            });
        }
        Track { number, size, dice, people, events }
    }

    fn reports(mut self, count: usize) -> Vec<Made> {
        let mut made: Vec<Made> = Vec::with_capacity(count);
        for n in 0..count {
            let id = format!("t{:05}-{n:06}", self.number);
            // What is copied came out shortly before.
            let copied = (n > 0).then(|| n - 1 - self.dice.below(n.min(8))).filter(|_| self.dice.one_in(4));
            let next = match copied.map(|of| made[of].clone()) {
                Some(original) => self.copy(id, &original),
                None => {
                    // Stories are told in their order: the reports of a day are few.
                    let event = n * (self.events.len() - 2) / count;
                    self.write(id, event, self.number * self.size + n)
                }
            };
            made.push(next);
        }
        made
    }

    /// The name as this desk spells it.
    fn spell(&mut self, person: usize) -> String {
        let Person { given, family, .. } = &self.people[person];
        let family = match self.dice.below(4) {
            0 => family.replace("ou", "u").replace("che", "she"),
            1 => family.replace("eski", "esky").replace("gui", "gi"),
            _ => family.clone(),
        };
        format!("{given} {family}")
    }

    fn write(&mut self, id: String, event: usize, origin: usize) -> Made {
        let mut page = Page::new(id, self.dice.pick(OUTLETS), origin);
        let told = 1 + self.dice.below(3);
        let first = &self.events[event];
        page.published(first.day + 1);
        for n in event..(event + told).min(self.events.len()) {
            self.tell(&mut page, n);
            for _ in 0..2 + self.dice.below(3) {
                let (subject, verb) = (self.dice.pick(SUBJECTS), self.dice.pick(VERBS));
                let (object, circumstance) = (self.dice.pick(OBJECTS), self.dice.pick(CIRCUMSTANCES));
                // Invented places keep sentences of independent reports apart.
                let (from, to) = (self.dice.invent(2), self.dice.invent(3));
                let days = 2 + self.dice.below(900);
                page.text.push_str(&format!(
                    "De {from} à {to}, {subject} {verb} {days} jours {object}, et {from} {circumstance}. "
                ));
            }
            page.text.push('\n');
        }
        if self.dice.one_in(2) {
            let agency = self.dice.pick(AGENCIES);
            page.cite(agency, "avec ", Relation::Cites);
        }
        page.done()
    }

    /// One contact in a sentence, and often what somebody said of it.
    fn tell(&mut self, page: &mut Page, event: usize) {
        let names: Vec<String> = self.events[event].people.map(|person| self.spell(person)).into();
        let Event { number, kind, status, sides, people, day, town } = self.events[event];
        let verb = match (kind, status) {
            (ContactKind::Call, Status::Planned) => {
                ["doivent se téléphoner", "vont se parler au téléphone", "prévoient un appel"]
            }
            (ContactKind::Call, Status::Denied) => {
                ["ne se sont pas téléphoné", "n'ont eu aucun appel", "démentent tout coup de téléphone"]
            }
            (ContactKind::Call, _) => ["se sont parlé au téléphone", "ont eu un appel", "se sont téléphoné"],
            (ContactKind::Talks, Status::Planned) => {
                ["doivent conduire des pourparlers", "ouvriront des pourparlers", "préparent des pourparlers"]
            }
            (ContactKind::Talks, Status::Denied) => [
                "n'ont pas conduit de pourparlers",
                "démentent tous pourparlers",
                "n'ont eu aucuns pourparlers",
            ],
            (ContactKind::Talks, _) => {
                ["ont conduit des pourparlers", "ont mené des pourparlers", "ont tenu des pourparlers"]
            }
            (_, Status::Planned) => ["doivent se rencontrer", "vont se voir", "ont rendez-vous"],
            (_, Status::Denied) => {
                ["ne se sont pas rencontrés", "démentent s'être vus", "n'ont pas eu de rencontre"]
            }
            _ => ["se sont rencontrés", "se sont vus", "ont eu une rencontre"],
        };
        let start = page.text.len();
        let date = Day::of_number(day).to_string();
        let mut dated = None;
        let mut placed = None;
        // Desks tell the same things in other orders.
        let mut parts = ["people", "day", "place"];
        let turn = self.dice.below(3);
        parts.rotate_left(turn);
        let mut figures = Vec::new();
        for part in parts {
            match part {
                "people" => {
                    let first = self.dice.below(2);
                    let mut pair = [0, 0];
                    for (nth, n) in [first, 1 - first].into_iter().enumerate() {
                        if nth > 0 {
                            page.text.push_str(self.dice.pick(&[
                                " et ",
                                ", ainsi que ",
                                " d'un côté, de l'autre ",
                            ]));
                        }
                        pair[n] =
                            page.name(&names[n], self.people[people[n]].number, self.people[people[n]].side);
                        page.text.push_str(self.dice.pick(&[
                            " pour ",
                            " au nom de ",
                            ", envoyé par ",
                            ", qui parle pour ",
                        ]));
                        page.text.push_str(STATES[sides[n]].1);
                    }
                    figures = pair.to_vec();
                    page.text.push(' ');
                    page.text.push_str(self.dice.pick(&verb));
                }
                "day" => {
                    page.text.push_str(self.dice.pick(&[" le ", " à la date du ", " ce "]));
                    dated = Some(page.put(&date));
                    page.text.push_str(self.dice.pick(&[", ", " ; ", " : "]));
                }
                _ if kind == ContactKind::Call => {}
                _ => {
                    page.text.push_str(self.dice.pick(&[" à ", " dans la ville de ", " du côté de "]));
                    placed = Some(page.put(town));
                    page.text.push_str(", ");
                }
            }
        }
        let dated = dated.unwrap_or_default();
        page.text.push('.');
        let evidence = Span::new(start, page.text.len());
        page.text.push(' ');
        let mut codes = sides.map(|side| Side(STATES[side].0.to_owned())).to_vec();
        codes.sort();
        page.reading.accounts.push(Account {
            kind,
            status,
            sides: codes,
            participants: figures.clone(),
            // One desk in six leaves the day out.
            date: (!self.dice.one_in(6)).then(|| ContactDate {
                value: Edtf::day(Day::of_number(day)),
                span: dated,
                assumed: Vec::new(),
            }),
            place: placed.map(|span| Place { name: town.to_owned(), span }),
            evidence: vec![evidence],
            confidence: Confidence::default(),
            derivation: Derivation::new("made", evidence, ""),
        });
        page.contacts.push(number);
        if self.dice.one_in(2) {
            let start = page.text.len();
            page.text.push('«');
            let quote = page.put(&format!("{}, {}", self.dice.pick(SAID), self.dice.pick(CIRCUMSTANCES)));
            page.text.push_str("», a déclaré ");
            let name = names[0].clone();
            let span = page.put(&name);
            page.text.push_str(". ");
            let evidence = Span::new(start, page.text.len() - 1);
            page.reading.statements.push(Statement {
                speaker: Speaker {
                    name,
                    figure: Some(figures[0]),
                    span,
                    side: Some(Side(self.people[people[0]].side.to_owned())),
                },
                act: if status == Status::Denied { Act::Deny } else { Act::State },
                quote: vec![quote],
                evidence,
                about: vec![page.reading.accounts.len() - 1],
                date: None,
                confidence: Confidence::default(),
                derivation: Derivation::new("made", evidence, ""),
            });
        }
    }

    /// A copy in another outlet, a day later at most: whole, cut behind a paragraph, or rewritten in English.
    fn copy(&mut self, id: String, original: &Made) -> Made {
        let mut made = original.clone();
        let outlet = self.dice.pick(OUTLETS);
        made.report.id.clone_from(&id);
        made.report.address = format!("{id}.txt");
        made.report.outlet = Some(Known { value: outlet.to_owned(), basis: Basis::Given, span: None });
        made.reading.report = id;
        if self.dice.one_in(4) {
            self.translate(&mut made);
        }
        made
    }

    /// The same contacts in English words, with the notice that says so; spans move along.
    fn translate(&mut self, made: &mut Made) {
        let source = made.report.outlet.as_ref().map_or("AFP", |outlet| outlet.value.as_str()).to_owned();
        let mut page = Page::new(made.report.id.clone(), "The Lantern", made.origin);
        page.reading.language = Language::English;
        page.reading.published = made.reading.published.clone();
        for (n, account) in made.reading.accounts.iter().enumerate() {
            let start = page.text.len();
            let mut figures = Vec::new();
            for (m, &figure) in account.participants.iter().enumerate() {
                if m > 0 {
                    page.text.push_str(" and ");
                }
                let known = &made.reading.figures[figure];
                let side = known.side.as_ref().map_or("", |side| side.0.as_str());
                figures.push(page.name(&known.name, made.people[figure], side));
            }
            page.text.push_str(match account.kind {
                ContactKind::Call => " spoke by telephone on ",
                _ => " sat down for talks on ",
            });
            let date = account.date.as_ref().map_or("that day".to_owned(), |date| date.value.to_string());
            let dated = page.put(&date);
            let place = account.place.as_ref().map(|place| {
                page.text.push_str(" in ");
                Place { name: place.name.clone(), span: page.put(&place.name) }
            });
            page.text.push_str(".\n");
            let evidence = Span::new(start, page.text.len() - 1);
            let date = account.date.clone().map(|date| ContactDate { span: dated, ..date });
            page.reading.accounts.push(Account {
                participants: figures,
                date,
                place,
                evidence: vec![evidence],
                confidence: Confidence::default(),
                derivation: Derivation::new("made", evidence, ""),
                ..account.clone()
            });
            page.contacts.push(made.contacts[n]);
        }
        page.cite(&source, "Translated from ", Relation::Republishes);
        *made = page.done();
    }
}

/// A report in the making.
struct Page {
    id: String,
    outlet: &'static str,
    text: String,
    reading: Reading,
    contacts: Vec<usize>,
    people: Vec<usize>,
    origin: usize,
}

impl Page {
    fn new(id: String, outlet: &'static str, origin: usize) -> Page {
        let reading = Reading {
            report: id.clone(),
            language: Language::French,
            language_basis: Basis::Given,
            published: None,
            figures: Vec::new(),
            times: Vec::new(),
            accounts: Vec::new(),
            statements: Vec::new(),
            origins: Vec::new(),
            problems: Vec::new(),
        };
        Page { id, outlet, text: String::new(), reading, contacts: Vec::new(), people: Vec::new(), origin }
    }

    fn published(&mut self, day: i64) {
        let date = Edtf::day(Day::of_number(day));
        self.reading.published = Some(Published { date, basis: Basis::Given, span: None });
    }

    /// Writes words and tells where they stand.
    fn put(&mut self, words: &str) -> Span {
        let start = self.text.len();
        self.text.push_str(words);
        Span::new(start, self.text.len())
    }

    /// Writes a name and gives the index of the figure.
    fn name(&mut self, name: &str, person: usize, side: &str) -> usize {
        let span = self.put(name);
        if let Some(known) = self.people.iter().position(|&known| known == person) {
            let figure = &mut self.reading.figures[known];
            figure.mentions.push(span);
            if !figure.forms.iter().any(|form| form == name) {
                figure.forms.push(name.to_owned());
            }
            return known;
        }
        self.people.push(person);
        self.reading.figures.push(Figure {
            name: name.to_owned(),
            forms: vec![name.to_owned()],
            mentions: vec![span],
            offices: Vec::new(),
            side: Some(Side(side.to_owned())),
            gazetteer: None,
        });
        self.reading.figures.len() - 1
    }

    fn cite(&mut self, name: &str, before: &str, relation: Relation) {
        self.text.push_str(before);
        let evidence = self.put(name);
        self.text.push_str(".\n");
        let derivation = Derivation::new("made", evidence, "");
        self.reading.origins.push(Origin {
            name: name.to_owned(),
            gazetteer: None,
            relation,
            evidence,
            confidence: Confidence::default(),
            derivation,
        });
    }

    fn done(self) -> Made {
        let mut report = Report::bare(&self.id, &self.text);
        report.outlet = Some(Known { value: self.outlet.to_owned(), basis: Basis::Given, span: None });
        report.language = Some(Known { value: self.reading.language, basis: Basis::Given, span: None });
        Made {
            report,
            reading: self.reading,
            contacts: self.contacts,
            people: self.people,
            origin: self.origin,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_plan_makes_the_same_sound_reports() {
        let plan = Plan { reports: 300, track: 120, seed: 7 };
        let all: Vec<Made> = reports(plan).collect();
        assert_eq!(all.len(), 300);
        let again: Vec<Made> = reports(plan).collect();
        for (made, same) in all.iter().zip(&again) {
            assert_eq!((&made.report, &made.reading), (&same.report, &same.reading));
            assert_eq!(made.contacts.len(), made.reading.accounts.len());
            assert_eq!(made.people.len(), made.reading.figures.len());
            for figure in &made.reading.figures {
                assert!(
                    figure
                        .mentions
                        .iter()
                        .all(|span| figure.forms.iter().any(|form| span.of(&made.report.text) == form))
                );
            }
            for statement in &made.reading.statements {
                assert_eq!(statement.speaker.span.of(&made.report.text), statement.speaker.name);
            }
        }
        assert!(all.iter().any(|made| made.reading.language == Language::English));
        let origins: std::collections::BTreeSet<usize> = all.iter().map(|made| made.origin).collect();
        assert!((150..290).contains(&origins.len()), "{}", origins.len());
    }

    #[test]
    fn bcubed_counts_items() {
        assert_eq!(bcubed(&[(1, 1), (1, 1), (2, 2)]), (1.0, 1.0));
        assert_eq!(bcubed(&[(1, 1), (2, 1)]), (0.5, 1.0));
    }
}
