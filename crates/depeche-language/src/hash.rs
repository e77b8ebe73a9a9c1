//! Hash tables for short words. The tables are fixed data, so nobody can make their keys collide; a simple function
//! that is quick on short keys will do (FNV-1a by Fowler, Noll and Vo).

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

pub(crate) type Table<K, V> = HashMap<K, V, BuildHasherDefault<Fnv>>;
pub(crate) type Bag<K> = HashSet<K, BuildHasherDefault<Fnv>>;

pub(crate) struct Fnv(u64);

/// What the hash of no bytes is.
pub(crate) const START: u64 = 0xcbf2_9ce4_8422_2325;

/// The hash of what `state` stands for, followed by `bytes`.
#[inline]
pub(crate) fn fnv(state: u64, bytes: &[u8]) -> u64 {
    bytes.iter().fold(state, |state, &byte| (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

impl Default for Fnv {
    fn default() -> Fnv {
        Fnv(START)
    }
}

impl Hasher for Fnv {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = fnv(self.0, bytes);
    }

    fn finish(&self) -> u64 {
        // The table looks at the highest bits, which the last bytes hardly reach.
        self.0 ^ (self.0 << 32)
    }
}
