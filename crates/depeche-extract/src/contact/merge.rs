//! Tellings of one contact within a report become one account.

use depeche_record::{Account, Confidence, ContactKind, Side, Span, Status, TokenKind};

use super::parties::dedup;
use super::{LOOK_BACK, Telling};
use crate::found::FoundMatch;
use crate::mention::What;
use crate::scene::Scene;

/// How many pieces of evidence an account carries.
const PIECES: usize = 3;

/// Whether two kinds can be told of one contact.
pub(super) fn related(a: ContactKind, b: ContactKind) -> bool {
    use ContactKind::{Call, Exchange, Meeting, Message, Talks, Visit};
    a == b
        || matches!(
            (a, b),
            (Meeting, Talks | Visit | Exchange)
                | (Talks | Visit | Exchange, Meeting)
                | (Exchange, Call | Talks)
                | (Call | Talks, Exchange)
                | (Meeting, Call)
                | (Call, Meeting)
        ) && !matches!((a, b), (Message, _) | (_, Message))
}

fn dates_agree(a: &Telling, b: &Telling) -> bool {
    let own = |t: &Telling| t.date.clone().filter(|_| !t.carried);
    match (own(a), own(b)) {
        (Some(a), Some(b)) => a.value.may_agree(&b.value),
        _ => true,
    }
}

fn places_agree(a: &Telling, b: &Telling) -> bool {
    let own = |t: &Telling| t.place.clone().filter(|_| !t.borrowed);
    match (own(a), own(b)) {
        // «sa visite en Russie», and whom he met at the Kremlin.
        (Some(x), Some(y)) => {
            let visit = |t: &Telling| t.kind == ContactKind::Visit && t.wide;
            x.name == y.name || visit(a) || visit(b)
        }
        _ => true,
    }
}

fn figures_agree(a: &Telling, b: &Telling) -> bool {
    a.figures.is_empty()
        || b.figures.is_empty()
        || a.figures.iter().all(|f| b.figures.contains(f))
        || b.figures.iter().all(|f| a.figures.contains(f))
}

/// Whether two statuses can be of one contact: equal ones, a plan and a possibility, or one that no word told.
fn statuses_agree(a: &Telling, b: &Telling) -> bool {
    a.status == b.status
        || a.told != b.told
        || matches!(
            (a.status, b.status),
            (Status::Planned, Status::Possible) | (Status::Possible, Status::Planned)
        )
}

/// Whether two tellings are of one contact; `near` where one sentence has both.
fn same_contact(a: &Telling, b: &Telling, near: bool) -> bool {
    let open = (a.vague || b.vague) && a.kind != ContactKind::Message && b.kind != ContactKind::Message;
    let people = a.figures.iter().any(|f| b.figures.contains(f));
    // «entretien» may have been by telephone; who went met somebody there.
    let phone = (a.open_kind || b.open_kind) && related(a.kind, b.kind);
    let visit = people
        && matches!(
            (a.kind, b.kind),
            (ContactKind::Visit, ContactKind::Meeting) | (ContactKind::Meeting, ContactKind::Visit)
        );
    let kinds = a.kind == b.kind || open || (b.definite && related(a.kind, b.kind)) || phone || visit;
    // What names people is not what names none, where it is one more.
    let named = a.figures.is_empty() == b.figures.is_empty() || near || b.definite || !b.renewed;
    // A status that no word told goes with another only where the same people bring the two together.
    let people = !a.figures.is_empty() && !b.figures.is_empty();
    let statuses = a.status == b.status || near || people || b.definite;
    // What was before is not what the report tells of without a day.
    let own_day = |t: &Telling| t.date.is_some() && !t.carried;
    let former = a.former != b.former && !(own_day(a) && own_day(b));
    a.sides == b.sides
        && !former
        && a.last_before == b.last_before
        && kinds
        && named
        && statuses
        && figures_agree(a, b)
        && dates_agree(a, b)
        && places_agree(a, b)
        && statuses_agree(a, b)
}

/// Whether a definite telling («la rencontre») takes up an earlier one.
fn takes_up(earlier: &Telling, telling: &Telling) -> bool {
    // What did not take place has no day: what has one is another contact.
    let another = earlier.status == Status::Denied
        && earlier.told
        && earlier.date.is_none()
        && telling.date.is_some()
        && !telling.carried;
    related(earlier.kind, telling.kind)
        && !another
        && !earlier.last_before
        && telling.sides.iter().all(|s| earlier.sides.contains(s))
        && dates_agree(earlier, telling)
        && (statuses_agree(earlier, telling) || !telling.told)
}

/// Adds what a later telling knows.
fn absorb(earlier: &mut Telling, later: Telling) {
    if earlier.vague && !later.vague && later.kind != earlier.kind {
        earlier.kind = later.kind;
        earlier.vague = false;
    }
    let call = earlier.kind == ContactKind::Meeting && earlier.open_kind && later.kind == ContactKind::Call;
    let met = earlier.kind == ContactKind::Visit && later.kind == ContactKind::Meeting;
    if call || met {
        earlier.kind = later.kind;
    }
    if later.told && !earlier.told {
        if earlier.carried && earlier.status != later.status {
            earlier.date = None;
        }
        earlier.status = later.status;
        earlier.told = true;
    }
    for figure in later.figures {
        if !earlier.figures.contains(&figure)
            && (later.explicit || later.attends || earlier.figures.is_empty())
        {
            earlier.figures.push(figure);
        }
    }
    let carries = later.carried && later.status != earlier.status;
    if earlier.date.is_none() && !carries || (earlier.carried && !later.carried) {
        earlier.date = later.date;
        earlier.carried = later.carried;
    }
    let narrower = earlier.wide && !later.wide && later.place.is_some();
    if earlier.place.is_none() || (earlier.borrowed && !later.borrowed) || narrower {
        earlier.place = later.place;
        earlier.borrowed = later.borrowed;
        earlier.wide = later.wide;
    }
    earlier.derivation.children.push(later.derivation);
}

impl Scene<'_> {
    /// Tellings of one sentence that are one contact: a journey and the meeting it is made for; two words for one thing.
    pub(super) fn join_within(&self, tellings: Vec<Telling>) -> Vec<Telling> {
        let mut kept: Vec<Telling> = Vec::new();
        for mut telling in tellings {
            if let Some(other) = kept.iter_mut().find(|other| {
                // The journey is made for the meeting, or leads to those who are met.
                let purpose = |goes: &Telling, meets: &Telling| {
                    goes.sides.iter().all(|s| meets.sides.contains(s))
                        || self.trees.is_under(meets.at, goes.at)
                };
                // «a atterri au Caire pour y rencontrer les services égyptiens»
                let made_for = |goes: &Telling, meets: &Telling| {
                    goes.sides == meets.sides && self.trees.is_under(meets.at, goes.at)
                };
                let share = telling.figures.iter().any(|f| other.figures.contains(f))
                    && if other.goer { purpose(other, &telling) } else { purpose(&telling, other) }
                    || if other.goer { made_for(other, &telling) } else { made_for(&telling, other) };
                // `flew to X for talks with Y`
                let meets = |t: &Telling| matches!(t.kind, ContactKind::Meeting | ContactKind::Talks);
                (other.goer && !telling.goer && share && meets(&telling))
                    || (telling.goer && !other.goer && share && meets(other))
            }) {
                // The meeting stays, with the journey's place.
                if other.goer {
                    if telling.borrowed && other.place.is_some() {
                        telling.place = other.place.take();
                        telling.borrowed = other.borrowed;
                    }
                    if telling.carried && other.date.is_some() {
                        telling.date = other.date.take();
                        telling.carried = other.carried;
                    }
                    let called_off = matches!(other.status, Status::Cancelled | Status::RuledOut);
                    if (!telling.told && telling.status == Status::Held)
                        || (called_off && telling.status == Status::Planned)
                    {
                        telling.status = other.status;
                    }
                    *other = telling;
                } else {
                    if other.borrowed && telling.place.is_some() {
                        other.place = telling.place;
                        other.borrowed = telling.borrowed;
                    }
                }
                continue;
            }
            let same = kept.iter_mut().find(|other| {
                same_contact(other, &telling, true)
                    && (other.vague || telling.vague || other.kind == telling.kind)
            });
            match same {
                Some(other) => absorb(other, telling),
                None => kept.push(telling),
            }
        }
        kept
    }

    pub(super) fn merge(
        &self,
        tellings: Vec<Telling>,
        titles: Vec<Telling>,
        mediators: &[Side],
    ) -> Vec<Account> {
        struct Growing {
            telling: Telling,
            evidence: Vec<Span>,
        }
        let mut growing: Vec<Growing> = Vec::new();
        let order = tellings.into_iter().map(|t| (t, false)).chain(titles.into_iter().map(|t| (t, true)));
        for (telling, title) in order {
            let found = growing.iter_mut().rev().take(LOOK_BACK).find(|g| {
                if telling.definite && !title {
                    takes_up(&g.telling, &telling)
                } else {
                    same_contact(&g.telling, &telling, false)
                }
            });
            match found {
                Some(g) => {
                    if !g.evidence.contains(&telling.evidence) && g.evidence.len() < PIECES {
                        g.evidence.push(telling.evidence);
                    }
                    absorb(&mut g.telling, telling);
                }
                // What only takes up something told before, and finds nothing, is no contact of its own.
                // What did not take place, or will not, stands by itself: «la réunion à trois n'a pas eu lieu».
                None if !title && telling.told && telling.status.is_negative() && telling.definite => {
                    let evidence = vec![telling.evidence];
                    growing.push(Growing { telling, evidence });
                }
                None if title || (telling.own == 0 && !telling.renewed && !keeps(&telling)) => {}
                None => {
                    let evidence = vec![telling.evidence];
                    growing.push(Growing { telling, evidence });
                }
            }
        }
        // «est arrivé à Yaoundé et s'est entretenu avec X»: they met there.
        let visits: Vec<Vec<Side>> = growing
            .iter()
            .filter(|g| g.telling.kind == ContactKind::Visit && g.telling.status == Status::Held)
            .map(|g| g.telling.sides.clone())
            .collect();
        for Growing { telling, .. } in &mut growing {
            let there = telling.placed
                && telling.kind == ContactKind::Exchange
                && telling.status == Status::Held
                && visits.contains(&telling.sides);
            if there {
                telling.kind = ContactKind::Meeting;
            }
        }
        for Growing { telling, .. } in &mut growing {
            let parties = telling.sides.len();
            // Teams at a table, and nobody named: a round of talks rather than a meeting.
            if telling.kind == ContactKind::Meeting && telling.teams && telling.figures.is_empty() {
                telling.kind = ContactKind::Talks;
            }
            // Talks between people who are named, face to face: a meeting.
            let mut named: Vec<&Side> =
                telling.figures.iter().filter_map(|f| self.mentions.figures[*f].side.as_ref()).collect();
            named.sort();
            named.dedup();
            let met =
                telling.kind == ContactKind::Talks && telling.status == Status::Held && !telling.indirect;
            // «saboter les pourparlers» tells nothing of their form.
            let told = telling.date.is_some() || telling.place.is_some() || !telling.taken_up;
            if met && told && named.len() >= 2 {
                telling.kind = ContactKind::Meeting;
            }
            // Who mediates sits at the table, and in his own capital is the host of those who meet there.
            let talks = telling.kind == ContactKind::Talks && mediators.len() <= 3;
            let host = telling.place.as_ref().and_then(|place| self.state_of(place));
            let more: Vec<Side> = mediators
                .iter()
                .filter(|side| talks || (telling.kind == ContactKind::Meeting && host.as_ref() == Some(side)))
                .filter(|side| parties >= 2 && !telling.sides.contains(side))
                .cloned()
                .collect();
            telling.sides.extend(more);
            telling.sides.sort();
        }
        growing
            .into_iter()
            .map(|Growing { telling, evidence }| Account {
                kind: telling.kind,
                status: telling.status,
                participants: self.participants(telling.figures, &telling.sides),
                sides: telling.sides,
                date: telling.date,
                place: telling.place,
                evidence,
                confidence: Confidence::default(),
                derivation: telling.derivation,
            })
            .collect()
    }

    /// The figures that take part; where the sides are told by others, one that stands for none is no party.
    fn participants(&self, figures: Vec<usize>, sides: &[Side]) -> Vec<usize> {
        let stands =
            |f: &usize| self.mentions.figures[*f].side.as_ref().is_some_and(|side| sides.contains(side));
        figures.into_iter().filter(stands).collect()
    }

    /// The sides that mediate, as the report says: «le médiateur omanais», «sous l'égide du Qatar».
    pub(super) fn mediators(&self) -> Vec<Side> {
        let mut sides = Vec::new();
        for mention in &self.mentions.all {
            if mention.sides.is_empty() || matches!(mention.what, What::Pair { .. } | What::Town) {
                continue;
            }
            let mediates = |n: usize| self.lexicon.is("mediate", &self.words[n].form);
            let before = mention.full.start.saturating_sub(4)..mention.full.start;
            let named = mention.full.clone().any(mediates);
            let behind = mention.full.end..(mention.full.end + 2).min(self.words.len());
            let told = before.clone().any(mediates)
                && !before.clone().any(|n| matches!(self.words[n].kind, TokenKind::Punctuation))
                || behind.clone().any(mediates);
            // «L'intermédiaire était le ministre omanais», «le Qatar, médiateur»
            let is = self.trees.top(&mention.head).is_some_and(|n| {
                self.trees.head(n).is_some_and(|h| {
                    (mediates(h) && matches!(self.trees.relation(n), "nsubj" | "appos"))
                        || self.trees.in_relation(n, &["nsubj", "appos"]).any(mediates)
                })
            });
            if named || ((told || is) && mention.sides.len() == 1) {
                sides.extend(mention.sides.iter().cloned());
            }
        }
        sides.extend((0..self.words.len()).flat_map(|n| self.mediating_compound(n)));
        dedup(&mut sides);
        sides
    }

    /// The sides before a hyphen and a word for mediating, which make one word: `EU-mediated`, `US-brokered`.
    pub(super) fn mediating_compound(&self, at: usize) -> Vec<Side> {
        let words = self.words[at].text;
        let parts =
            words.rsplit_once('-').filter(|(_, last)| self.lexicon.is("mediate", &last.to_lowercase()));
        let Some((who, _)) = parts else { return Vec::new() };
        let matches = self.gazetteer.matches(who, self.lexicon.language);
        matches.into_iter().flat_map(|m| FoundMatch { words: at..at + 1, senses: m.senses }.sides()).collect()
    }
}

/// Whether a telling without parties of its own is a contact of its own: one that a word or a date sets apart.
fn keeps(telling: &Telling) -> bool {
    !telling.definite && !telling.vague && (telling.told || telling.date.is_some())
}
