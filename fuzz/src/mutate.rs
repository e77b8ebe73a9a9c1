//! Seeds, changed by chance.

/// Chance by a number (xorshift).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number below `end`, which is at least 1.
    fn below(&mut self, end: usize) -> usize {
        ((self.next() >> 16) % end.max(1) as u64) as usize
    }
}

/// Longest input, bytes.
const LONGEST: usize = 64 * 1024;

/// The bytes of a number: one of the seeds, changed in one to eight places.
pub fn bytes(number: u64, seeds: &[Vec<u8>], words: &[&[u8]]) -> Vec<u8> {
    let mut chance = Chance((number.wrapping_mul(0x9E37_79B9_7F4A_7C15)) | 1);
    for _ in 0..4 {
        chance.next();
    }
    let mut bytes = seeds.get(chance.below(seeds.len())).cloned().unwrap_or_default();
    for _ in 0..=chance.below(8) {
        let at = chance.below(bytes.len() + 1);
        let end = (at + 1 + chance.below(64)).min(bytes.len());
        match chance.below(9) {
            0 if at < bytes.len() => bytes[at] ^= 1 << chance.below(8),
            1 if at < bytes.len() => bytes[at] = chance.next() as u8,
            2 => drop(
                bytes.splice(at..at, (0..=chance.below(8)).map(|_| chance.next() as u8).collect::<Vec<_>>()),
            ),
            3 if at < end => drop(bytes.drain(at..end)),
            4 if at < end => {
                let part = bytes[at..end].to_vec();
                let most = if chance.below(20) == 0 { 400 } else { 4 };
                let times = 1 + chance.below(most);
                bytes.splice(at..at, part.repeat(times));
            }
            5 => bytes.truncate(at),
            6 if !seeds.is_empty() => {
                let other = &seeds[chance.below(seeds.len())];
                let from = chance.below(other.len() + 1);
                let to = (from + chance.below(200)).min(other.len());
                bytes.splice(at..at, other[from..to].to_vec());
            }
            _ if !words.is_empty() => {
                let word = words[chance.below(words.len())];
                bytes.splice(at..at, word.to_vec());
            }
            _ => bytes.insert(at, chance.next() as u8),
        }
        bytes.truncate(LONGEST);
    }
    bytes
}
