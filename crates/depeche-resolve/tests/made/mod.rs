//! Reports and readings made by hand: a text is written paragraph by paragraph, and what a reading would find in it is
//! pointed at by its words.

#![allow(dead_code)]

use depeche_record::{
    Account, Act, Basis, Confidence, ContactDate, ContactKind, Derivation, Edtf, Figure, Known, Language,
    Origin, Place, Published, Reading, Relation, Report, Side, Span, Speaker, Statement, Status,
};

/// A report with its reading, in the making.
pub struct Made {
    pub report: Report,
    pub reading: Reading,
}

/// A report of this identifier; blocks are the lines of the text.
pub fn report(id: &str, text: &str) -> Made {
    let report = Report { address: format!("{id}.txt"), ..Report::bare(id, text) };
    let reading = Reading {
        report: id.to_owned(),
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
    Made { report, reading }
}

impl Made {
    pub fn on(mut self, day: &str) -> Made {
        let date = Edtf::parse(day).unwrap();
        self.reading.published = Some(Published { date, basis: Basis::Given, span: None });
        self
    }

    pub fn in_outlet(mut self, name: &str) -> Made {
        self.report.outlet = Some(Known { value: name.to_owned(), basis: Basis::Given, span: None });
        self
    }

    /// The span of these words; the whole text where they do not stand in it.
    pub fn span(&self, words: &str) -> Span {
        let start = self.report.text.find(words);
        start.map_or(Span::new(0, self.report.text.len()), |start| Span::new(start, start + words.len()))
    }

    pub fn person(mut self, name: &str, side: &str) -> Made {
        self.figure(name, side);
        self
    }

    /// A person, mentioned wherever the text has the family name.
    pub fn named(mut self, name: &str, family: &str) -> Made {
        let figure = self.figure(name, "");
        let places = self.report.text.match_indices(family);
        self.reading.figures[figure].mentions =
            places.map(|(start, _)| Span::new(start, start + family.len())).collect();
        self
    }

    fn figure(&mut self, name: &str, side: &str) -> usize {
        if let Some(known) = self.reading.figures.iter().position(|figure| figure.name == name) {
            return known;
        }
        self.reading.figures.push(Figure {
            name: name.to_owned(),
            forms: vec![name.to_owned()],
            mentions: Vec::new(),
            offices: Vec::new(),
            side: Some(Side(side.to_owned())).filter(|_| !side.is_empty()),
            gazetteer: None,
        });
        self.reading.figures.len() - 1
    }

    /// `sides` by spaces; `people` as `Name/SIDE`, by commas; `date` and `place` empty where there is none.
    pub fn account(
        mut self,
        kind: ContactKind,
        status: Status,
        sides: &str,
        people: &str,
        date: &str,
        place: &str,
    ) -> Made {
        let whole = self.span("\0");
        let participants = people.split(',').filter(|person| !person.is_empty()).map(|person| {
            let (name, side) = person.split_once('/').unwrap_or((person, ""));
            self.figure(name.trim(), side.trim())
        });
        let participants = participants.collect();
        let mut sides: Vec<Side> = sides.split(' ').map(|side| Side(side.to_owned())).collect();
        sides.sort();
        let date =
            Edtf::parse(date).ok().map(|value| ContactDate { value, span: whole, assumed: Vec::new() });
        self.reading.accounts.push(Account {
            kind,
            status,
            sides,
            participants,
            date,
            place: Some(Place { name: place.to_owned(), span: whole }).filter(|place| !place.name.is_empty()),
            evidence: vec![whole],
            confidence: Confidence::default(),
            derivation: Derivation::new("made", whole, ""),
        });
        self
    }

    /// A statement about the last account.
    pub fn says(mut self, name: &str, side: &str, act: Act, words: &str) -> Made {
        let figure = self.figure(name, side);
        let evidence = self.span(words);
        let about = self.reading.accounts.len().checked_sub(1).into_iter().collect();
        self.reading.statements.push(Statement {
            speaker: Speaker { name: name.to_owned(), figure: Some(figure), span: evidence, side: None },
            act,
            quote: vec![evidence],
            evidence,
            about,
            date: None,
            confidence: Confidence::default(),
            derivation: Derivation::new("made", evidence, ""),
        });
        self
    }

    pub fn origin(mut self, name: &str, relation: Relation) -> Made {
        let evidence = self.span(name);
        self.reading.origins.push(Origin {
            name: name.to_owned(),
            gazetteer: None,
            relation,
            evidence,
            confidence: Confidence::default(),
            derivation: Derivation::new("made", evidence, ""),
        });
        self
    }

    pub fn done(self) -> (Report, Reading) {
        (self.report, self.reading)
    }
}
