//! Who takes part in a contact that is told without its parties: «une nouvelle séance», «les pourparlers ont repris».
//!
//! 1. A telling nearby whose sides hold the ones told here.
//! 2. The sides that the report tells most of, of those that hold them.
//! 3. Nobody: the telling is dropped.

use std::ops::Range;

use depeche_record::Side;

use super::Telling;
use crate::scene::Scene;

/// How many sentences back a telling is still near.
const NEAR: usize = 3;

/// What it counts that the sentence speaks of just these sides.
const HERE: usize = 3;

/// How many tellings of one set of sides count.
const OFTEN: usize = 3;

/// A set of sides that contacts of the report are between.
struct Group {
    sides: Vec<Side>,
    /// How often it is told.
    weight: usize,
}

impl Scene<'_> {
    /// Fills in the sides of the tellings that lack them, and drops those that nothing completes.
    pub(super) fn settle(&self, tellings: &mut Vec<Telling>, titles: &[Telling], salient: &[(Side, usize)]) {
        let mut groups: Vec<Group> = Vec::new();
        let whole = |t: &&Telling| t.explicit && t.sides.len() >= 2;
        for telling in tellings.iter().filter(whole).chain(titles.iter().filter(whole)) {
            match groups.iter_mut().find(|g| g.sides == telling.sides) {
                Some(group) => group.weight += 1,
                None => groups.push(Group { sides: telling.sides.clone(), weight: 1 }),
            }
        }
        // The first told wins among equals.
        groups.sort_by_key(|g| std::cmp::Reverse(g.weight));
        for n in 0..tellings.len() {
            // «une réunion à trois», of which two are told here.
            let more = tellings[n].number.is_some_and(|number| tellings[n].sides.len() < number);
            if tellings[n].sides.len() >= 2 && !more {
                continue;
            }
            let (before, rest) = tellings.split_at(n);
            let telling = &rest[0];
            let fits = |sides: &[Side]| {
                sides.len() >= 2
                    && !(telling.lone && sides.len() > 2)
                    && telling.sides.iter().all(|s| sides.contains(s))
                    && telling.number.is_none_or(|number| sides.len() == number)
            };
            // Told shortly before, told often, told of the same kind: each counts.
            let score = |sides: &[Side]| {
                let weight = groups.iter().find(|g| g.sides == sides).map_or(0, |g| g.weight.min(OFTEN));
                let last = before.iter().rev().find(|t| t.sides == sides);
                let back = last.map_or(usize::MAX, |t| telling.sentence - t.sentence);
                let near = match back {
                    0..=1 => 4,
                    2..=NEAR => 2,
                    _ => 0,
                };
                let alike = before.iter().any(|t| t.sides == sides && t.kind == telling.kind);
                let here = if telling.here == sides { HERE } else { 0 };
                2 * weight + near + usize::from(alike) + here
            };
            let near = before
                .iter()
                .rev()
                .take_while(|t| t.sentence + NEAR >= telling.sentence)
                .map(|t| &t.sides)
                .filter(|sides| fits(sides));
            let told = groups.iter().map(|g| &g.sides).filter(|sides| fits(sides));
            // «Après une nuit de pourparlers, l'Inde et le Pakistan ont accepté …»
            let here = Some(&telling.here).filter(|sides| sides.len() == 2 && fits(sides));
            // Of equals the nearest, then the one told first.
            let mut best: Option<(usize, &Vec<Side>)> = None;
            for sides in near.chain(told).chain(here) {
                let score = score(sides);
                if best.is_none_or(|(most, _)| score > most) {
                    best = Some((score, sides));
                }
            }
            let sides = best.map(|(_, sides)| sides.clone()).or_else(|| spoken_of(telling, salient));
            if let Some(sides) = sides {
                tellings[n].sides = sides;
            }
        }
        tellings.retain(|t| t.sides.len() >= 2);
        for telling in tellings.iter_mut() {
            let (sides, figures) = std::mem::take(&mut telling.beside);
            telling.sides.extend(sides);
            telling.sides.sort();
            telling.sides.dedup();
            telling
                .figures
                .extend(figures.into_iter().filter(|f| !telling.figures.contains(f)).collect::<Vec<_>>());
        }
    }

    /// The sides that the report speaks of, the most frequent first.
    pub(super) fn salient(&self) -> Vec<(Side, usize)> {
        let mut counts: Vec<(Side, usize)> = Vec::new();
        for mention in self.mentions.all.iter().filter(|m| !self.is_place(m)) {
            for side in &mention.sides {
                match counts.iter_mut().find(|(s, _)| s == side) {
                    Some((_, count)) => *count += 1,
                    None => counts.push((side.clone(), 1)),
                }
            }
        }
        // The first named wins among equals.
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        counts
    }

    /// How many take part as the words beside the trigger say: «à trois», «trilatérale».
    pub(super) fn number_told(&self, trigger: &Range<usize>, sentence: &Range<usize>) -> Option<usize> {
        let around = trigger.start.saturating_sub(2).max(sentence.start)..(trigger.end + 3).min(sentence.end);
        around.into_iter().find_map(|n| {
            let form = &self.words[n].form;
            if self.lexicon.is("threefold", form) {
                return Some(3);
            }
            let at = n > sentence.start && self.lexicon.is("to", &self.words[n - 1].form);
            (3..=5).find(|k| at && self.lexicon.is("numbers", &format!("{form}={k}")))
        })
    }
}

/// The sides that the report speaks of most, those told here among them; where a word or a date makes it a contact.
fn spoken_of(telling: &Telling, salient: &[(Side, usize)]) -> Option<Vec<Side>> {
    if !telling.told && telling.date.is_none() && telling.sides.is_empty() {
        return None;
    }
    let number = telling.number.unwrap_or(2);
    let mut sides = telling.sides.clone();
    for (side, count) in salient {
        if sides.len() < number && *count >= 2 && !sides.contains(side) {
            sides.push(side.clone());
        }
    }
    // Of one side that is told, the other is who was spoken of last.
    if sides.len() == 1 && number == 2 {
        let other = telling.before.iter().find(|side| !sides.contains(side)).cloned();
        sides.extend(other);
    }
    sides.sort();
    (sides.len() == number).then_some(sides)
}
