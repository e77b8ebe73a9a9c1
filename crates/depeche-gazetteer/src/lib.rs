//! Knowledge of the world, as data: who is a side, by which names, where it sits, who speaks for it, who reports.
//!
//! In: a text and its language. Out: [`Match`]es, each a [`Span`](depeche_record::Span) of that text with what it may
//! mean; and the entries themselves, by code, identifier or name. Nothing is read but the files in `data/`, which are
//! compiled in.
//!
//! # Where to add an entry
//!
//! | to add | edit |
//! | --- | --- |
//! | a state's name, adjective, people, capital | `data/states.tsv` |
//! | a name of several states («les deux Corées») | `data/groups.tsv` |
//! | a given name of women or of men | `data/given.tsv` |
//! | forms of one given name («Alexandre», `Aleksandar`) | `data/given-names.tsv` |
//! | a seat of power («le Kremlin») | `data/seats.tsv` |
//! | an organisation, its bodies and adjectives, an armed party | `data/organisations.tsv` |
//! | a town or venue | `data/towns.tsv`, and where it lies `data/coordinates.tsv` |
//! | an agency, newspaper, broadcaster, site, platform | `data/media.tsv` |
//! | an office, title, institution | `data/offices.tsv` |
//! | a person | `data/people.tsv` |
//! | a Russian word that the rules decline wrongly | `data/russian.tsv` |
//!
//! Each file says at its head where it comes from, under which licence, and what its columns hold. Within a cell,
//! entries are separated by `;`, and the first one is the name for display. Marks:
//!
//! - `^` at the end of a name: only in texts of that column's language (`UN^` in English: «un» is French for *a*);
//! - `!` at the end of a name: not where a sentence begins («Того» is Togo, or *of that*);
//! - `?` at the end of an outlet's name: ambiguous, the caller wants a word of context (`Time?`);
//! - `=` before a Russian word, `/` before the rest of a Russian phrase: does not decline;
//! - `*` around a person's surname where it is not the last word, `!` where none may stand alone;
//! - `=SIDE` at the end of a title: the side that the title itself names («patron de l'ONU=UN»);
//! - `~` after a French or English word of a title: its plural as well; `{a|b}`: either.
//!
//! After an edit, `cargo test -p depeche-gazetteer` says whether codes exist, identifiers are unique and every file keeps its
//! head. Identifiers of Wikidata are taken from a source, never guessed.
//!
//! # How a form is read
//!
//! Names want a capital, acronyms capitals throughout, titles and adjectives neither; a French people wants a capital and
//! a French adjective none, but where a sentence begins. A form that the text's own language reads one way is not read
//! as another language's («Mexico» is a capital in French, a state in English). Frontiers and allegiances are those that
//! the United Nations' documents use; they say where a name lies, not whose right it is.
//!
//! Russian names, adjectives, peoples and titles are given in the nominative and declined by rule (`declension`);
//! French adjectives in the masculine singular (`inflection`). е and ё, accents, apostrophes, hyphens and kinds of
//! spaces fold, so none of these needs an entry of its own (`fold`).

mod declension;
mod entry;
mod fold;
mod gazetteer;
mod index;
mod inflection;
mod matcher;
mod sound;
mod spelling;
mod table;
#[cfg(test)]
mod tests;

pub use entry::{
    Coordinates, Names, OfficeClass, Organisation, Outlet, OutletKind, PersonEntry, Place, Seat, State,
};
pub use gazetteer::Gazetteer;
pub use matcher::{Match, Sense};
pub use sound::{is_cyrillic, skeleton, sound};
pub use spelling::{Likeness, Name, Part, compare_names, sound_distance};
