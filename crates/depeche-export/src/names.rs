//! What sides, places and contacts are called in the language of the interface.

use std::collections::BTreeMap;

use depeche_gazetteer::Gazetteer;
use depeche_interface::Interface;
use depeche_interface::dates::in_words;
use depeche_record::{Actor, Contact, ContactKind, Side, Status};

use crate::Material;

/// Names for all that a dossier holds.
pub struct Names<'a> {
    interface: &'a Interface,
    gazetteer: &'a Gazetteer,
    actors: BTreeMap<&'a str, &'a Actor>,
    contacts: BTreeMap<&'a str, &'a Contact>,
}

/// A contact's people under the sides that they stand for in it.
pub struct Delegations<'a> {
    /// Each side of the contact, with its people; most often none or one.
    pub sides: Vec<(&'a Side, Vec<&'a Actor>)>,
    /// People of whom it is not known for whom they took part.
    pub others: Vec<&'a Actor>,
}

impl<'a> Names<'a> {
    /// The names of a dossier.
    pub fn new(material: &Material<'a>) -> Names<'a> {
        let dossier = material.dossier;
        Names {
            interface: material.interface,
            gazetteer: material.gazetteer,
            actors: dossier.actors.iter().map(|actor| (actor.id.as_str(), actor)).collect(),
            contacts: dossier.contacts.iter().map(|contact| (contact.id.as_str(), contact)).collect(),
        }
    }

    /// A person by identifier.
    pub fn actor(&self, id: &str) -> Option<&'a Actor> {
        self.actors.get(id).copied()
    }

    /// A contact by identifier.
    pub fn contact(&self, id: &str) -> Option<&'a Contact> {
        self.contacts.get(id).copied()
    }

    /// A side: «Russie»; its code where it has no name.
    pub fn side(&self, side: &Side) -> String {
        self.gazetteer
            .side_name(&side.0, self.interface.language())
            .map_or_else(|| side.to_string(), str::to_owned)
    }

    /// The place in the interface's language where the gazetteer knows it without doubt, else as the reports have it.
    pub fn place(&self, place: &str) -> String {
        match self.gazetteer.places_named(place).as_slice() {
            [known] => known.names.in_language(self.interface.language()).to_owned(),
            _ => place.to_owned(),
        }
    }

    /// A kind of contact: «rencontre».
    pub fn kind(&self, kind: ContactKind) -> String {
        self.interface.say(&format!("kind-{}", kind.label()))
    }

    /// A status of a contact of this kind: «a eu lieu».
    pub fn status(&self, status: Status, kind: ContactKind) -> String {
        let key = format!("status-{}", status.label().replace('_', "-"));
        self.interface.tell(&key, &[("kind", kind.label().into())])
    }

    /// A contact in a few words, for lists: «rencontre, États-Unis – Russie, 6 août 2025»; empty for one that is not there.
    pub fn title(&self, id: &str) -> String {
        let Some(contact) = self.contact(id) else { return String::new() };
        let mut title = format!("{}, {}", self.kind(contact.kind), self.sides(contact));
        if let Some(date) = &contact.date {
            title.push_str(&format!(", {}", in_words(self.interface, date)));
        }
        title
    }

    /// The sides of a contact: «États-Unis – Russie».
    pub fn sides(&self, contact: &Contact) -> String {
        contact.sides.iter().map(|side| self.side(side)).collect::<Vec<_>>().join(" – ")
    }

    /// The sides, each with its people: «États-Unis (Steve Witkoff) – Russie (Vladimir Poutine)».
    pub fn who(&self, contact: &Contact) -> String {
        let delegations = self.delegations(contact);
        let named =
            |people: &[&Actor]| people.iter().map(|one| one.name.as_str()).collect::<Vec<_>>().join(", ");
        let sides: Vec<String> = delegations
            .sides
            .iter()
            .map(|(side, people)| match people.as_slice() {
                [] => self.side(side),
                people => format!("{} ({})", self.side(side), named(people)),
            })
            .collect();
        let mut who = sides.join(" – ");
        if !delegations.others.is_empty() {
            who.push_str(&self.interface.tell("who-also", &[("names", named(&delegations.others).into())]));
        }
        who
    }

    /// Who took part for whom. A person of several sides stands for the first of them that takes part.
    pub fn delegations<'c>(&self, contact: &'c Contact) -> Delegations<'c>
    where
        'a: 'c,
    {
        let people: Vec<&'c Actor> = contact.participants.iter().filter_map(|id| self.actor(id)).collect();
        let stands_for = |person: &Actor, side: &Side| {
            person.sides.first() == Some(side)
                || (person.sides.contains(side)
                    && !person.sides.first().is_some_and(|first| contact.sides.contains(first)))
        };
        let of = |side| people.iter().copied().filter(|person| stands_for(person, side)).collect();
        let placed = |person: &Actor| contact.sides.iter().any(|side| stands_for(person, side));
        Delegations {
            sides: contact.sides.iter().map(|side| (side, of(side))).collect(),
            others: people.iter().copied().filter(|person| !placed(person)).collect(),
        }
    }
}
