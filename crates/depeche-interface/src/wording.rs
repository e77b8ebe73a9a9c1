//! Items of a dossier in the words of the interface.

use depeche_pipeline::gazetteer::{Gazetteer, State};
use depeche_pipeline::records::ContactRecord;
use depeche_record::{Edtf, Language, Side};

use crate::dates::in_words;
use crate::{Interface, reason_in_words};

/// The interface and what it needs to name things.
#[derive(Clone, Copy)]
pub struct Wording<'a> {
    /// The words.
    pub interface: &'a Interface,
    /// Names of sides and places.
    pub gazetteer: &'static Gazetteer,
}

impl<'a> Wording<'a> {
    /// With the built-in gazetteer.
    pub fn new(interface: &'a Interface) -> Wording<'a> {
        Wording { interface, gazetteer: Gazetteer::builtin() }
    }

    /// The words of a key.
    pub fn say(&self, key: &str) -> String {
        self.interface.say(key)
    }

    /// A label of a family of labels: `act`, `stance`, `gap`, `contradiction`, `language`; the label where it has no words.
    pub fn label(&self, family: &str, label: &str) -> String {
        let key = format!("{family}-{}", label.replace('_', "-"));
        self.interface.find(&key, &[]).unwrap_or_else(|| label.to_owned())
    }

    /// The name of a side; its code where it has none. Records hold an organisation whose short name is a state's code without
    /// what tells the two apart («AU», the African Union and Australia): both are named then.
    pub fn side(&self, code: &str) -> String {
        let name = |side: &str| self.gazetteer.side_name(side, self.interface.language());
        let body = self.gazetteer.state(code).and_then(|_| name(&format!("{code}/org")));
        match (body, name(code)) {
            (Some(body), Some(state)) => format!("{body} / {state}"),
            (_, known) => known.unwrap_or(code).to_owned(),
        }
    }

    /// The names of sides, joined.
    pub fn sides(&self, codes: &[String]) -> String {
        codes.iter().map(|code| self.side(code)).collect::<Vec<_>>().join(" – ")
    }

    /// The place in the interface's language where the gazetteer knows it without doubt, else as the reports have it.
    pub fn place(&self, place: &str) -> String {
        match self.gazetteer.places_named(place).as_slice() {
            [known] => known.names.in_language(self.interface.language()).to_owned(),
            _ => self.country(place).unwrap_or(place).to_owned(),
        }
    }

    /// The name of a state whose name in one of the languages this is.
    fn country(&self, name: &str) -> Option<&'static str> {
        let languages = [Language::French, Language::English, Language::Russian];
        let bears =
            |state: &&State| languages.iter().any(|language| state.names.in_language(*language) == name);
        let state = self.gazetteer.states().find(bears)?;
        Some(state.names.in_language(self.interface.language()))
    }

    /// A date in words.
    pub fn date(&self, date: &str) -> String {
        Edtf::parse(date).map_or_else(|_| date.to_owned(), |date| in_words(self.interface, &date))
    }

    /// A date in words with its expression behind it, where the two differ.
    pub fn exact_date(&self, date: &str) -> String {
        match self.date(date) {
            words if words == date => words,
            words => format!("{words} ({date})"),
        }
    }

    /// A kind of contact.
    pub fn kind(&self, kind: &str) -> String {
        self.interface.say(&format!("kind-{kind}"))
    }

    /// A status of a contact of a kind.
    pub fn status(&self, status: &str, kind: &str) -> String {
        let key = format!("status-{}", status.replace('_', "-"));
        self.interface.tell(&key, &[("kind", kind.to_owned().into())])
    }

    /// An act of a statement.
    pub fn act(&self, act: &str) -> String {
        self.interface.say(&format!("act-{}", act.replace('_', "-")))
    }

    /// A reason.
    pub fn reason(&self, written: &str) -> String {
        reason_in_words(self.interface, written, |Side(code)| self.side(code))
    }

    /// How many independent origins.
    pub fn origins(&self, least: usize, most: usize) -> String {
        let key = if least == most { "origins-count" } else { "origins-range" };
        self.interface.tell(key, &[("least", least.into()), ("most", most.into())])
    }

    /// A contact in a few words: «rencontre, Russie – États-Unis, 6 août 2025».
    pub fn contact(&self, contact: &ContactRecord) -> String {
        let mut title = format!("{}, {}", self.kind(&contact.kind), self.sides(&contact.sides));
        if let Some(date) = &contact.date {
            title.push_str(&format!(", {}", self.date(date)));
        }
        title
    }

    /// `label : words`, as the language writes it.
    pub fn labelled(&self, label: &str, words: &str) -> String {
        self.interface
            .tell("labelled", &[("label", label.to_owned().into()), ("words", words.to_owned().into())])
    }

    /// A count in words.
    pub fn count(&self, key: &str, n: usize) -> String {
        self.interface.tell(key, &[("n", n.into())])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_of_a_state_and_of_a_body_names_both() {
        let interface = Interface::new(Language::English);
        let words = Wording::new(&interface);
        assert_eq!(words.side("AU"), "African Union / Australia");
        assert_eq!(words.side("KE"), "Kenya");
        assert_eq!(words.side("RSF"), "RSF");
        assert_eq!(words.side("XYZ"), "XYZ");
    }
}
