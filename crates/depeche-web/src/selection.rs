//! Filters and pages of lists, as addresses have them.

use depeche_pipeline::store::{Dossier, Filter, Paging};
use depeche_pipeline::wanted;
use depeche_record::{Act, Day, Edtf, Status};

use crate::ask::{Ask, Form};
use crate::fault::Fault;
use crate::parameters::Parameters;

/// The names that filters have in addresses.
pub const NAMES: [&str; 19] = [
    "q", "side", "actor", "with", "status", "kind", "act", "since", "until", "report", "contact", "outlet",
    "lineage", "place", "least", "most", "page", "limit", "view",
];
/// Items of a page where no number is asked for.
const LIMIT: usize = 50;
/// Most items of a page for people.
const MOST: usize = 200;
/// Most items of a page for programs.
const MOST_JSON: usize = 1_000;
/// Furthest page.
const FURTHEST: usize = 1_000_000;
/// Most values of one name.
const VALUES: usize = 50;
/// The filter that is asked for; people may be named by any name that finds them.
pub fn filter(dossier: &Dossier, asked: &Parameters) -> Result<Filter, Fault> {
    if let Some(name) = asked.stranger(&NAMES) {
        return Err(Fault::bad("fault-filter-unknown", name));
    }
    for name in NAMES {
        if asked.all(name).len() > VALUES {
            return Err(Fault::bad("fault-filter-many", name));
        }
    }
    let labels = |name: &str, known: &dyn Fn(&str) -> bool| -> Result<Vec<String>, Fault> {
        let all = asked.all(name);
        match all.iter().find(|label| !known(label)) {
            Some(label) => Err(Fault::bad("fault-filter-label", label.clone())),
            None => Ok(all),
        }
    };
    let mut actors = Vec::new();
    for name in asked.all("actor") {
        actors.extend(people(dossier, &name)?);
    }
    let sides = dossier.sides_named(&asked.all("side"))?;
    let kinds = |label: &str| Filter::kinds_known().any(|kind| kind == label);
    Ok(Filter {
        sides,
        actors,
        company: asked.all("with"),
        statuses: labels("status", &|label| Status::from_label(label).is_some())?,
        kinds: labels("kind", &kinds)?,
        acts: labels("act", &|label| Act::from_label(label).is_some())?,
        since: day(asked.first("since"))?.map(|days| days.0),
        until: day(asked.first("until"))?.map(|days| days.1),
        words: asked.first("q").map(wanted),
        reports: asked.all("report"),
        contacts: asked.all("contact"),
        outlets: asked.all("outlet"),
        lineages: asked.all("lineage"),
        places: asked.all("place"),
        least_origins: number(asked, "least")?,
        most_origins: number(asked, "most")?,
        ids: Vec::new(),
    })
}

/// The people of a name, by identifier: an identifier itself, a whole name, or the beginning of one.
fn people(dossier: &Dossier, name: &str) -> Result<Vec<String>, Fault> {
    if dossier.actor(name)?.is_some() {
        return Ok(vec![name.to_owned()]);
    }
    let named = |words: &str| -> Result<Vec<String>, Fault> {
        let named = Filter { words: Some(wanted(words)), ..Filter::default() };
        let found = dossier.actors(&named, Paging::first(VALUES))?.items;
        Ok(found.into_iter().map(|actor| actor.id).collect())
    };
    let mut found = named(name)?;
    if found.is_empty() {
        found = named(&format!("{}*", name.trim_end_matches('*')))?;
    }
    // Nobody has an empty identifier: who is not found has no contacts.
    found.push(String::new());
    Ok(found)
}

/// The part of the list that is asked for.
pub fn paging(ask: &Ask) -> Result<Paging, Fault> {
    let most = if ask.form == Form::Json { MOST_JSON } else { MOST };
    let limit = number(&ask.parameters, "limit")?.unwrap_or(LIMIT);
    if limit == 0 || limit > most {
        return Err(Fault::bad("fault-limit", most.to_string()));
    }
    let page = number(&ask.parameters, "page")?.unwrap_or(1);
    if page == 0 || page > FURTHEST {
        return Err(Fault::bad("fault-filter-number", page.to_string()));
    }
    Ok(Paging { limit: Some(limit), offset: (page - 1) * limit })
}

fn number(asked: &Parameters, name: &str) -> Result<Option<usize>, Fault> {
    let Some(written) = asked.first(name) else { return Ok(None) };
    let number = written.parse::<u32>().map_err(|_| Fault::bad("fault-filter-number", written))?;
    Ok(Some(number as usize))
}

/// The first and last day of `2025-08-06`, `2025-08` or `2025`.
fn day(written: Option<&str>) -> Result<Option<(Day, Day)>, Fault> {
    let Some(written) = written else { return Ok(None) };
    let days = Edtf::parse(written).ok().filter(|date| written.len() <= 10 && !date.lacks_year());
    match days.and_then(|date| date.days()) {
        Some(days) => Ok(Some(days)),
        None => Err(Fault::bad("fault-filter-day", written)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_of_years_and_months_are_read() {
        let written = |writing| day(Some(writing)).unwrap().unwrap();
        assert_eq!(written("2025-02").1.to_string(), "2025-02-28");
        assert_eq!(written("2025").0.to_string(), "2025-01-01");
        for bad in ["yesterday", "2025-13", "XXXX-08-06", "2025-08-01/2025-08-15", "99999999999"] {
            assert!(day(Some(bad)).is_err(), "{bad}");
        }
    }
}
