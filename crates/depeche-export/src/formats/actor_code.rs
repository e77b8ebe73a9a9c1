//! Codes of actors as event data have them: ISO 3166-1 alpha-3 with a role, such as `RUSGOV`.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use depeche_gazetteer::Gazetteer;
use depeche_record::Side;

static ALPHA3: LazyLock<BTreeMap<&str, String>> = LazyLock::new(|| {
    let lines = include_str!("../../data/alpha3.tsv").lines().filter(|line| !line.starts_with('#')).skip(1);
    lines
        .filter_map(|line| line.split_once('\t'))
        .map(|(two, three)| (two, three.to_ascii_uppercase()))
        .collect()
});

/// An actor of event data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActorCode {
    /// ISO 3166-1 alpha-3; none for organisations and armed parties.
    pub country: Option<String>,
    /// `GOV` of a state, `IGO` of an organisation, `REB` of an armed party.
    pub role: &'static str,
}

impl ActorCode {
    /// The code of a side. A side that the gazetteer does not know is an organisation.
    pub fn of(side: &Side, gazetteer: &Gazetteer) -> ActorCode {
        if gazetteer.state(&side.0).is_some() {
            return ActorCode { country: ALPHA3.get(side.0.as_str()).cloned(), role: "GOV" };
        }
        let armed = gazetteer.organisation(&side.0).is_some_and(|known| known.armed);
        ActorCode { country: None, role: if armed { "REB" } else { "IGO" } }
    }

    /// Country and role in one: `RUSGOV`, `IGO`.
    pub fn joined(&self) -> String {
        format!("{}{}", self.country.as_deref().unwrap_or_default(), self.role)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_has_a_code() {
        let gazetteer = Gazetteer::builtin();
        for state in gazetteer.states() {
            let code = ActorCode::of(&Side(state.code.to_owned()), gazetteer);
            assert!(code.country.is_some_and(|code| code.len() == 3), "{}", state.code);
        }
        let joined = |side: &str| ActorCode::of(&Side(side.to_owned()), gazetteer).joined();
        assert_eq!(
            [joined("RU"), joined("UN"), joined("M23"), joined("Nobody")],
            ["RUSGOV", "IGO", "REB", "IGO"]
        );
    }
}
