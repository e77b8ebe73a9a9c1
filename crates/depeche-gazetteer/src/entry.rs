//! What the gazetteer holds: states, sides, places, outlets, offices, people.

use depeche_record::Language;

/// Names in French, English and Russian, for display.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Names {
    pub(crate) french: String,
    pub(crate) english: String,
    pub(crate) russian: String,
}

impl Names {
    /// The name in a language; where none is known there, in French or English.
    pub fn in_language(&self, language: Language) -> &str {
        let own = match language {
            Language::French => &self.french,
            Language::English => &self.english,
            Language::Russian => &self.russian,
        };
        [own, &self.french, &self.english]
            .into_iter()
            .find(|name| !name.is_empty())
            .map_or("", String::as_str)
    }
}

/// A state or territory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// ISO 3166-1 alpha-2 code; `XK` for Kosovo.
    pub code: &'static str,
    /// Its short names.
    pub names: Names,
    /// Its capital; none for territories without one.
    pub capital: Option<Names>,
    /// Whether reports use the capital's name for the government («Moscou a répondu»).
    pub capital_speaks: bool,
}

/// An organisation or an armed party.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organisation {
    /// Usual short name: `EU`, `NATO`, `M23`.
    pub short: &'static str,
    /// Its names.
    pub names: Names,
    /// Whether it is a party to a conflict rather than an organisation of states.
    pub armed: bool,
}

/// A seat of power that stands for a side.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// The side that it stands for.
    pub side: &'static str,
    /// The town where it is, in English; empty where it names no place (a ministry's nickname).
    pub town: &'static str,
    /// Its names.
    pub names: Names,
}

/// A town, capital or venue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// English name, which identifies it together with the state.
    pub id: &'static str,
    /// Code of the state that it lies in.
    pub state: &'static str,
    /// Its names.
    pub names: Names,
    /// Where it lies; none where no source says so.
    pub at: Option<Coordinates>,
}

/// Where a place lies, in tenths of a degree: for a map of the world, no closer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coordinates {
    /// Latitude, negative to the south.
    pub north: i16,
    /// Longitude, negative to the west.
    pub east: i16,
}

/// What an outlet is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum OutletKind {
    /// News agency.
    Agency,
    /// Newspaper or magazine, printed or not.
    Newspaper,
    /// Television or radio.
    Broadcaster,
    /// News site.
    Site,
    /// Social network or messenger: posts on it are a person's or an institution's own words.
    Platform,
    /// Agency for pictures.
    PhotoAgency,
}

/// A publication, agency, broadcaster or platform.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlet {
    /// Identifier: the English name in small letters with hyphens.
    pub id: &'static str,
    /// What it is.
    pub kind: OutletKind,
    /// Name for display.
    pub name: &'static str,
    /// ISO code of the state where it is edited; empty where none can be named.
    pub country: &'static str,
    /// Who owns it; `state` where a state does; empty where the owner is not known here.
    pub owner: &'static str,
    /// Main languages, ISO 639-1, separated by semicolons.
    pub language: &'static str,
    /// Hosts, without `www.`.
    pub domains: Vec<&'static str>,
    /// Names in all languages.
    pub aliases: Vec<&'static str>,
}

/// A public person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonEntry {
    /// Identifier: the English name in small letters with hyphens.
    pub id: &'static str,
    /// The side that they speak for in the office given.
    pub side: &'static str,
    /// Office held, the last one known here.
    pub office: OfficeClass,
    /// Years in that office as EDTF or part of it (`2019/`, `2021/2024`); empty where not sure.
    pub years: &'static str,
    /// Wikidata identifier; empty where none is known.
    pub wikidata: &'static str,
    /// Full names for display.
    pub names: Names,
    /// Every full name, all languages, Russian in the nominative.
    pub aliases: Vec<String>,
}

macro_rules! office_classes {
    ($($(#[doc = $doc:literal])* $variant:ident = $name:literal,)*) => {
        /// What sort of office or role a title names.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum OfficeClass { $($(#[doc = $doc])* $variant,)* }

        impl OfficeClass {
            /// Every class.
            pub const ALL: &[OfficeClass] = &[$(OfficeClass::$variant,)*];

            /// The name as data files write it.
            pub fn name(self) -> &'static str {
                match self { $(OfficeClass::$variant => $name,)* }
            }

            /// The class of a name.
            pub fn parse(name: &str) -> Option<OfficeClass> {
                match name { $($name => Some(OfficeClass::$variant),)* _ => None }
            }
        }
    };
}

office_classes! {
    /// President, king, emir, supreme leader.
    HeadOfState = "head_of_state",
    /// Prime minister, chancellor.
    HeadOfGovernment = "head_of_government",
    /// Vice-president, deputy prime minister, crown prince.
    Deputy = "deputy",
    /// Foreign minister, head of diplomacy.
    ForeignMinister = "foreign_minister",
    /// Secretary of state: foreign minister of the United States and the Holy See, a junior minister elsewhere.
    SecretaryOfState = "secretary_of_state",
    /// Defence minister.
    DefenceMinister = "defence_minister",
    /// Any other minister.
    Minister = "minister",
    /// Deputy or vice-minister, under-secretary, assistant secretary.
    DeputyMinister = "deputy_minister",
    /// Spokesperson, press secretary.
    Spokesperson = "spokesperson",
    /// Ambassador, permanent representative, chargé d'affaires, consul.
    Ambassador = "ambassador",
    /// Special envoy, emissary, special representative.
    Envoy = "envoy",
    /// National security adviser, secretary of a security council.
    SecurityAdviser = "security_adviser",
    /// Adviser, aide, chief of staff.
    Adviser = "adviser",
    /// Negotiator, head of a delegation.
    Negotiator = "negotiator",
    /// Mediator, facilitator.
    Mediator = "mediator",
    /// General, chief of the general staff, commander.
    Military = "military",
    /// Head of an intelligence service.
    IntelligenceChief = "intelligence_chief",
    /// Secretary-general, director-general, president of an organisation or of its bodies.
    OrganisationHead = "organisation_head",
    /// Speaker or president of a parliament.
    Speaker = "speaker",
    /// Member of a parliament.
    Legislator = "legislator",
    /// Governor, mayor, head of a region.
    Governor = "governor",
    /// Leader of a party, movement or community.
    Leader = "leader",
    /// Official, high or not, named or not; source.
    Official = "official",
    /// Diplomat, head of mission.
    Diplomat = "diplomat",
    /// A delegation or team as a whole.
    Delegation = "delegation",
    /// Ministry of foreign affairs, as an institution.
    ForeignMinistry = "foreign_ministry",
    /// Presidency, office of a head of state.
    Presidency = "presidency",
    /// Any other ministry, government, army, service: an institution that speaks.
    Institution = "institution",
    /// Expert, analyst, journalist: speaks for no side.
    Expert = "expert",
}

impl OfficeClass {
    /// Whether it is an institution rather than a person.
    pub fn is_institution(self) -> bool {
        matches!(
            self,
            OfficeClass::Delegation
                | OfficeClass::ForeignMinistry
                | OfficeClass::Presidency
                | OfficeClass::Institution
        )
    }
}
