//! What the three decisions look at: does a token end between two atoms, does a sentence end between two tokens, is a
//! token several words. A feature is a digest of a template's number and of what it looks at; the weights are found by it.

use super::atoms::{
    AT, BAR, Class, DASHES, DIGITS, DOTS, EDGE, GREATER, Gap, LESS, LETTERS, LINE, Piece, mix,
};
use super::words::{ENDING, LEADING, SHORTENED};

/// Digests of the features of one decision.
#[derive(Debug, Clone)]
pub(super) struct Features {
    digests: [u32; Features::MOST],
    count: usize,
}

impl Features {
    const MOST: usize = 48;

    pub(super) fn new() -> Features {
        Features { digests: [0; Features::MOST], count: 0 }
    }

    pub(super) fn as_slice(&self) -> &[u32] {
        &self.digests[..self.count]
    }

    #[inline]
    fn add(&mut self, digest: u32) {
        if let Some(slot) = self.digests.get_mut(self.count) {
            // The templates differ in their place in the list.
            *slot = mix(digest, self.count as u32);
            self.count += 1;
        }
    }
}

fn at(pieces: &[Piece], index: usize) -> &Piece {
    pieces.get(index).unwrap_or(&EDGE)
}

fn before(pieces: &[Piece], index: usize, steps: usize) -> &Piece {
    index.checked_sub(steps).map_or(&EDGE, |index| at(pieces, index))
}

/// What is known of the run of atoms without white space that a decision lies in.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Chunk {
    /// Index of its first atom.
    pub start: usize,
    /// One past the index of its last atom.
    pub end: usize,
    /// Digest of all its atoms.
    pub hash: u32,
    /// The marks of all its atoms.
    pub flags: u32,
    /// Indices of the atoms of an address in it, which is one token.
    pub address: (usize, usize),
}

impl Chunk {
    pub(super) fn of(atoms: &[Piece], start: usize) -> Chunk {
        let mut chunk = Chunk { start, end: start + 1, hash: at(atoms, start).hash, ..Chunk::default() };
        chunk.flags = at(atoms, start).marks.into();
        while let Some(atom) = atoms.get(chunk.end).filter(|atom| atom.gap == Gap::None) {
            chunk.hash = mix(chunk.hash, atom.hash);
            chunk.flags |= u32::from(atom.marks);
            chunk.end += 1;
        }
        chunk.address =
            address(&atoms[start..chunk.end]).map_or((0, 0), |(from, to)| (start + from, start + to));
        chunk
    }

    /// Whether the token goes on before the atom `index` without a question, since both are of one address.
    pub(super) fn goes_on(&self, index: usize) -> bool {
        self.address.0 < index && index < self.address.1
    }

    /// Whether an address ends before the atom `index`.
    pub(super) fn breaks_off(&self, index: usize) -> bool {
        index > 0 && index == self.address.1
    }
}

/// The part of a chunk that is an address of the web (`https://…`, `www.…`) or of mail: up to a mark that no address holds,
/// without the marks at its end.
fn address(chunk: &[Piece]) -> Option<(usize, usize)> {
    let ends = |atom: &Piece| matches!(atom.first, Class::Inner | Class::End);
    let trimmed = |mut end: usize| {
        while end > 0 && ends(&chunk[end - 1]) {
            end -= 1;
        }
        end
    };
    for (index, pair) in chunk.windows(2).enumerate() {
        if pair[0].opens_address(&pair[1]) {
            let start = if pair[0].is_word() { index } else { index.saturating_sub(1) };
            let bars = |atom: &Piece| {
                matches!(atom.first, Class::Open | Class::Close | Class::Quote) || atom.is_angle()
            };
            let end = chunk[start..].iter().position(bars).map_or(chunk.len(), |end| start + end);
            return Some((start, trimmed(end)));
        }
        if pair[1].marks & AT != 0 && pair[1].length == 1 && pair[0].marks & (LETTERS | DIGITS) != 0 {
            let joins = |atom: &&Piece| {
                atom.marks & (LETTERS | DIGITS | DASHES) != 0 || atom.marks & DOTS != 0 || atom.hash == LINE
            };
            let before = chunk[..=index].iter().rev().take_while(joins).count();
            let after = chunk[index + 2..].iter().take_while(joins).count();
            let end = trimmed(index + 2 + after);
            return chunk[index + 2..end.max(index + 2)]
                .iter()
                .any(|atom| atom.marks & DOTS != 0)
                .then_some((index + 1 - before, end));
        }
    }
    None
}

/// Whether a token may go on over the space before the atom `index`: «10 000».
pub(super) fn may_join(atoms: &[Piece], index: usize) -> bool {
    let (left, right) = (before(atoms, index, 1), at(atoms, index));
    right.gap == Gap::Space
        && left.first == Class::Digit
        && right.first == Class::Digit
        && left.length <= 3
        && right.length == 3
}

/// The features of a token boundary before the atom `index`. `token` is what the current token holds so far; `history`
/// the last decisions, the latest in the lowest bit.
pub(super) fn of_token(
    atoms: &[Piece],
    index: usize,
    chunk: &Chunk,
    token: &Piece,
    history: u32,
    out: &mut Features,
) {
    out.count = 0;
    let (l, r) = (before(atoms, index, 1), at(atoms, index));
    let inside = |piece: &'_ Piece, within: bool| if within { (piece.hash, piece.shape) } else { (1, 1) };
    let (ll_hash, ll_shape) = inside(before(atoms, index, 2), index >= chunk.start + 2);
    let (lll_hash, lll_shape) = inside(before(atoms, index, 3), index >= chunk.start + 3);
    let (rr_hash, rr_shape) = inside(at(atoms, index + 1), index + 1 < chunk.end);
    let (rrr_hash, rrr_shape) = inside(at(atoms, index + 2), index + 2 < chunk.end);
    let (next, previous) = (at(atoms, chunk.end), before(atoms, chunk.start, 1));
    let last = u32::from(index + 1 >= chunk.end);
    let joint = mix(mix(l.shape, r.shape), r.gap as u32);
    let (history1, history2) = (history & 1, history & 3);

    out.add(r.gap as u32);
    out.add(joint);
    out.add(mix(l.hash, r.shape));
    out.add(mix(l.shape, r.hash));
    out.add(mix(l.hash, r.hash));
    out.add(mix(ll_shape, joint));
    out.add(mix(rr_shape, joint));
    out.add(mix(mix(ll_shape, joint), rr_shape));
    out.add(mix(mix(ll_hash, l.hash), r.shape));
    out.add(mix(mix(l.shape, r.hash), rr_hash));
    out.add(mix(mix(l.last as u32, r.hash), mix(rr_hash, rrr_hash)));
    out.add(mix(mix(mix(l.shape, r.shape), rr_shape), rrr_shape));
    out.add(mix(mix(mix(l.shape, r.shape), ll_shape), lll_shape));
    out.add(mix(mix(lll_hash, ll_hash), mix(l.hash, r.first as u32)));
    out.add(mix(token.hash, r.shape));
    out.add(mix(token.hash, mix(r.hash, rr_hash)));
    out.add(mix(token.shape, mix(r.shape, rr_shape)));
    out.add(mix(joint, history2));
    out.add(mix(mix(l.hash, r.hash), history1));
    out.add(mix(mix(l.first as u32, r.first as u32), mix(chunk.flags, last)));
    out.add(mix(mix(r.hash, chunk.flags), mix(history1, last)));
    out.add(mix(chunk.hash, (index - chunk.start) as u32));
    out.add(mix(mix(l.hash, r.shape), mix(last, next.first as u32)));
    out.add(mix(mix(l.shape, r.shape), mix(last, mix(next.shape, next.gap as u32))));
    out.add(mix(mix(l.hash, r.hash), mix(last, next.hash)));
    out.add(mix(mix(previous.shape, l.shape), mix(r.shape, last)));
    out.add(mix(mix(previous.hash, l.hash), r.hash));
    out.add(mix(mix(l.tail3, l.first as u32), r.hash));
    out.add(mix(mix(l.tail2, r.hash), rr_shape));
    out.add(mix(mix(u32::from(l.length), l.first as u32), mix(r.hash, last)));
    out.add(mix(r.hash, mix(at(atoms, index + 1).tail2, rr_shape)));
    let first = |piece: &Piece, within: bool| if within { piece.first as u32 } else { 31 };
    let rr_first = first(at(atoms, index + 1), index + 1 < chunk.end);
    let ll_first = first(before(atoms, index, 2), index >= chunk.start + 2);
    out.add(mix(mix(l.first as u32, r.hash), rr_first));
    out.add(mix(mix(ll_first, l.hash), mix(r.first as u32, history1)));
    let marks = u32::from(token.marks);
    out.add(mix(mix(marks, r.hash), mix(last, rr_shape)));
    out.add(mix(mix(marks, r.shape), mix(l.shape, last)));
    out.add(mix(mix(marks, chunk.flags), mix(r.first as u32, u32::from(atoms_left(index, chunk)))));
    out.add(mix(mix(l.status.into(), r.hash), mix(last, next.first as u32)));
    out.add(mix(mix(l.status.into(), r.hash), mix(l.shape, previous.first as u32)));
    out.add(mix(mix((l.status >> 6).into(), r.hash), mix(last, next.first as u32)));
    out.add(mix(mix(token.length.min(12).into(), chunk.flags), mix(l.shape, r.shape)));
}

/// Atoms of the chunk from `index` on, as far as it matters.
fn atoms_left(index: usize, chunk: &Chunk) -> u8 {
    chunk.end.saturating_sub(index).min(6) as u8
}

/// What has been read of the current sentence.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Course {
    /// Index of its first token.
    pub start: usize,
    /// Round and square brackets that are open.
    pub brackets: u32,
    /// Quotation marks with a direction that are open.
    pub quotes: u32,
    /// Whether the number of straight quotation marks is odd.
    pub straight: bool,
    /// The same, since the last empty line.
    pub paragraph: bool,
    /// Whether a word that is mostly a verb was read: 1, an auxiliary: 2.
    pub verbs: u32,
    /// Words in lower case, with a capital, in capitals alone: bits 0 to 2; a digit: bit 3.
    pub cases: u32,
    /// Commas and semicolons read: bits 0 and 1; a colon: bit 2.
    pub marks: u32,
    /// Shape of the last token of the sentence before; 0 at the beginning of a paragraph.
    pub ended: u32,
}

impl Course {
    /// Takes a token into account.
    pub(super) fn read(&mut self, token: &Piece, text: &[u8]) {
        if token.is_word() {
            self.cases |= match (token.first, token.last) {
                (Class::Lower, _) => 1,
                (_, Class::Lower) => 2,
                _ => 4,
            };
            self.verbs |= match token.status >> 2 & 15 {
                2 => 1,
                3 => 2,
                _ => 0,
            };
            return;
        }
        if token.length > 2 {
            return;
        }
        match token.first {
            Class::Digit => self.cases |= 8,
            Class::Inner => {
                self.marks |= match text.get(token.start as usize) {
                    Some(b',') => 1,
                    Some(b';') => 2,
                    _ => 4,
                }
            }
            Class::Open | Class::Close => {
                let bracket = matches!(text.get(token.start as usize), Some(b'(' | b')' | b'[' | b']'));
                let count = if bracket { &mut self.brackets } else { &mut self.quotes };
                *count = if token.first == Class::Open { *count + 1 } else { count.saturating_sub(1) };
            }
            Class::Quote if token.length == 1 => {
                self.straight ^= true;
                self.paragraph ^= true;
            }
            _ => {}
        }
    }

    /// The course of the sentence that starts with the token `start` after one that ended with `last`.
    pub(super) fn next(&self, start: usize, last: &Piece, first: &Piece) -> Course {
        let blank = first.gap == Gap::Blank;
        Course {
            start,
            paragraph: self.paragraph && !blank,
            ended: if blank { 0 } else { last.shape },
            ..Course::default()
        }
    }
}

/// Whether a sentence may end before the token `index`.
pub(super) fn may_end(tokens: &[Piece], index: usize) -> bool {
    let (p, n) = (before(tokens, index, 1), at(tokens, index));
    if n.gap >= Gap::Line {
        return true;
    }
    // «г. Москва», «M. Lavrov», with the full stop in the token or after it.
    let pp = before(tokens, index, 2);
    let (word, ahead) = match p.first {
        Class::End if p.gap == Gap::None && p.length == 1 => (pp, before(tokens, index, 3)),
        _ => (p, pp),
    };
    let shortened = word.status & SHORTENED;
    let short = word.length <= if word.marks & DOTS == 0 { 1 } else { 2 };
    if shortened == LEADING && (word.marks & DOTS != 0 || p.first == Class::End)
        || shortened == ENDING && short && ahead.first == Class::Lower && ahead.last != Class::End
        || shortened != 0 && p.last == Class::End && n.first == Class::Lower
    {
        return false;
    }
    match (p.last, n.first) {
        (_, Class::Inner) => false,
        (Class::Digit, Class::Digit) if n.gap == Gap::Space => false,
        (Class::Inner, Class::Lower) | (Class::Lower | Class::Upper, Class::Lower | Class::End) => false,
        (Class::Lower | Class::Upper | Class::Inner | Class::Digit, Class::Close) => false,
        (Class::Quote | Class::Dash | Class::Open, Class::Lower) if n.gap == Gap::None => false,
        _ => true,
    }
}

/// The distance in tokens to the next mark that can end a sentence, in steps; filled from the back.
pub(super) fn distances(tokens: &[Piece]) -> Vec<u8> {
    let mut distances = vec![0; tokens.len()];
    let mut distance = 63_u8;
    for (slot, token) in distances.iter_mut().zip(tokens).rev() {
        distance = match (token.first, token.gap) {
            (Class::End, _) => 0,
            _ => distance.saturating_add(1).min(63),
        };
        *slot = match distance {
            0..=4 => distance,
            5..=8 => 5,
            9..=14 => 6,
            15..=24 => 7,
            _ => 8,
        };
        if token.gap == Gap::Blank {
            distance = 63;
        }
    }
    distances
}

/// The features of the end of a sentence before the token `index`.
pub(super) fn of_sentence(tokens: &[Piece], index: usize, course: &Course, distance: u8, out: &mut Features) {
    out.count = 0;
    let (p, n) = (before(tokens, index, 1), at(tokens, index));
    let (pp, nn) = (before(tokens, index, 2), at(tokens, index + 1));
    let (ppp, nnn) = (before(tokens, index, 3), at(tokens, index + 2));
    let gap = n.gap as u32;
    let joint = mix(mix(p.shape, n.shape), gap);
    let classes = mix(mix(p.last as u32, n.first as u32), gap);
    let coarse = mix(mix(p.hash_if_mark(), n.first as u32), gap);
    let length = match index - course.start {
        length @ 0..=3 => length,
        4..=6 => 4,
        7..=11 => 5,
        12..=20 => 6,
        21..=40 => 7,
        _ => 8,
    } as u32;
    let head = at(tokens, course.start);

    out.add(gap);
    out.add(joint);
    out.add(classes);
    out.add(mix(p.hash, mix(n.shape, gap)));
    out.add(mix(p.shape, mix(n.hash, gap)));
    out.add(mix(mix(p.hash, n.hash), gap));
    out.add(mix(n.hash, mix(n.shape, p.last as u32)));
    out.add(mix(pp.shape, joint));
    out.add(mix(nn.shape, mix(joint, nn.gap as u32)));
    out.add(mix(mix(pp.shape, joint), mix(nn.shape, nn.gap as u32)));
    out.add(mix(mix(pp.hash, p.hash), n.first as u32));
    out.add(mix(mix(pp.hash, p.hash), mix(n.hash, n.shape)));
    out.add(mix(mix(n.hash, nn.hash), mix(p.last as u32, gap)));
    out.add(mix(coarse, n.status.into()));
    out.add(mix(joint, mix(n.status.into(), nn.first as u32)));
    out.add(mix(coarse, mix(n.status.into(), nn.status.into())));
    out.add(mix(coarse, mix(p.status.into(), n.status.into())));
    out.add(mix(coarse, mix(pp.status.into(), mix(p.status.into(), n.status.into()))));
    out.add(mix(coarse, mix(n.status.into(), length)));
    out.add(mix(coarse, mix(length, distance.into())));
    out.add(mix(coarse, mix(n.status.into(), distance.into())));
    out.add(mix(coarse, mix(course.brackets.min(2), course.quotes.min(2))));
    out.add(mix(
        coarse,
        mix(u32::from(course.straight) + 2 * u32::from(course.paragraph), mix(p.gap as u32, nn.gap as u32)),
    ));
    out.add(mix(mix(head.hash, coarse), length.min(5)));
    out.add(mix(mix(head.shape, coarse), mix(length, head.gap as u32)));
    out.add(mix(coarse, course.ended));
    out.add(mix(mix(course.ended, length), mix(classes, distance.into())));
    out.add(mix(mix(p.tail3, p.first as u32), mix(n.shape, gap)));
    out.add(mix(mix(pp.tail3, p.hash_if_mark()), mix(n.first as u32, gap)));
    out.add(mix(mix(n.tail3, n.first as u32), coarse));
    out.add(mix(mix(u32::from(pp.length), pp.first as u32), mix(p.hash, mix(n.first as u32, gap))));
    out.add(mix(mix(ppp.first as u32, pp.first as u32), mix(coarse, mix(nn.first as u32, nnn.first as u32))));
    out.add(mix(mix(pp.gap as u32, p.gap as u32), mix(coarse, nn.gap as u32)));
    out.add(mix(coarse, mix(course.verbs, mix(course.cases, n.shape))));
    out.add(mix(coarse, mix(course.verbs, length)));
    out.add(mix(coarse, mix(course.cases, p.shape)));
    out.add(mix(coarse, mix(course.verbs, mix(n.status.into(), course.marks))));
    let (same, alike) = (u32::from(n.hash == head.hash), u32::from(n.shape == head.shape));
    out.add(mix(coarse, mix(same + 2 * alike, mix(head.first as u32, length.min(4)))));
    out.add(mix(mix(head.first as u32, course.marks), mix(coarse, n.shape)));
    out.add(mix(nn.status.into(), mix(nnn.status.into(), coarse)));
    out.add(mix(mix(nn.hash, nn.shape), coarse));
    out.add(mix(mix(pp.hash, pp.shape), coarse));
    out.add(mix(mix(u32::from(p.length), p.first as u32), mix(n.first as u32, nn.first as u32)));
}

/// The features of a token that may be several words.
pub(super) fn of_split(tokens: &[Piece], index: usize, form: u32, out: &mut Features) {
    out.count = 0;
    let (p, n) = (before(tokens, index, 1), at(tokens, index + 1));
    let (pp, nn) = (before(tokens, index, 2), at(tokens, index + 2));
    let t = at(tokens, index);
    out.add(form);
    out.add(mix(form, t.hash));
    out.add(mix(form, t.shape));
    out.add(mix(form, p.hash));
    out.add(mix(form, n.hash));
    out.add(mix(form, nn.hash));
    out.add(mix(form, pp.hash));
    out.add(mix(form, mix(p.hash, n.hash)));
    out.add(mix(form, mix(pp.hash, p.hash)));
    out.add(mix(form, mix(n.hash, nn.hash)));
    out.add(mix(form, p.tail3));
    out.add(mix(form, p.tail2));
    out.add(mix(form, n.tail3));
    out.add(mix(form, n.tail2));
    out.add(mix(form, pp.tail3));
    out.add(mix(form, nn.tail3));
    out.add(mix(form, p.status.into()));
    out.add(mix(form, n.status.into()));
    out.add(mix(form, nn.status.into()));
    out.add(mix(form, mix(p.status.into(), n.status.into())));
    out.add(mix(form, mix(pp.status.into(), p.status.into())));
    out.add(mix(form, mix(pp.hash, mix(p.status.into(), p.tail2))));
    out.add(mix(form, mix(p.tail3, n.tail3)));
    out.add(mix(form, mix(p.status.into(), n.tail2)));
    out.add(mix(form, mix(p.tail2, n.status.into())));
    out.add(mix(form, p.shape));
    out.add(mix(form, n.shape));
    out.add(mix(form, mix(n.first as u32, mix(p.first as u32, p.status.into()))));
    out.add(mix(form, mix(t.status.into(), n.status.into())));
}

impl Piece {
    /// `<`, `>` or `|`.
    fn is_angle(&self) -> bool {
        [LESS, GREATER, BAR].contains(&self.hash)
    }

    /// The mark itself, or the class of the word.
    fn hash_if_mark(&self) -> u32 {
        if matches!(self.first, Class::Lower | Class::Upper | Class::Letter | Class::Digit) {
            let dot = if self.last == Class::End { 32 } else { 0 };
            self.first as u32 | dot
        } else {
            self.hash
        }
    }
}
