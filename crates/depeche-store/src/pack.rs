//! Values as they are kept: written by postcard, or as JSON where programs read them so; deflated where that makes them smaller, with a sum by which rows are
//! compared and flipped bytes found.

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use serde::Serialize;
use serde::de::DeserializeOwned;
use xxhash_rust::xxh3::xxh3_64;

use crate::StoreError;

/// What is shorter is kept as it is: deflating it gains nothing.
const SHORT: usize = 256;
/// Most bytes that anything kept unpacks to.
const MOST: u64 = 1 << 30;

/// A packed value.
pub struct Packed {
    /// A byte that tells how, and the value.
    pub bytes: Vec<u8>,
    /// Sum of the value before it was deflated.
    pub sum: i64,
}

/// Packs a value.
pub fn pack<T: Serialize>(value: &T) -> Result<Packed, StoreError> {
    let plain = postcard::to_stdvec(value).map_err(|fault| StoreError::Refused(fault.to_string()))?;
    Ok(Packed { sum: sum(&plain), bytes: deflate(&plain) })
}

/// Unpacks a value; `what` names it where it is damaged.
pub fn unpack<T: DeserializeOwned>(bytes: &[u8], expected: i64, what: &str) -> Result<T, StoreError> {
    let plain = inflate(bytes, what)?;
    if sum(&plain) != expected {
        return Err(StoreError::damaged(what));
    }
    postcard::from_bytes(&plain).map_err(|_| StoreError::damaged(what))
}

/// The record in packed JSON; `what` names it where it is damaged.
pub fn record<T: DeserializeOwned>(bytes: &[u8], expected: i64, what: &str) -> Result<T, StoreError> {
    let plain = inflate(bytes, what)?;
    if sum(&plain) != expected {
        return Err(StoreError::damaged(what));
    }
    serde_json::from_slice(&plain).map_err(|_| StoreError::damaged(what))
}

/// The sum of bytes.
pub fn sum(bytes: &[u8]) -> i64 {
    xxh3_64(bytes).cast_signed()
}

/// The sum of several texts, each told from the next.
pub fn seal(texts: &[&str]) -> i64 {
    sum(texts.join("\0").as_bytes())
}

/// Deflates bytes, unless that makes them no smaller.
pub fn deflate(plain: &[u8]) -> Vec<u8> {
    if plain.len() >= SHORT {
        let mut packed = vec![1];
        let mut encoder = ZlibEncoder::new(&mut packed, Compression::new(3));
        if encoder.write_all(plain).and_then(|()| encoder.finish().map(|_| ())).is_ok()
            && packed.len() <= plain.len()
        {
            return packed;
        }
    }
    let mut packed = Vec::with_capacity(plain.len() + 1);
    packed.push(0);
    packed.extend_from_slice(plain);
    packed
}

/// What [`deflate`] was given; `what` names it where it is damaged.
pub fn inflate(packed: &[u8], what: &str) -> Result<Vec<u8>, StoreError> {
    match packed.split_first() {
        Some((0, plain)) => Ok(plain.to_vec()),
        Some((1, deflated)) => {
            let mut plain = Vec::with_capacity(deflated.len() * 3);
            let read = ZlibDecoder::new(deflated).take(MOST).read_to_end(&mut plain);
            read.map(|_| plain).map_err(|_| StoreError::damaged(what))
        }
        _ => Err(StoreError::damaged(what)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_comes_back_and_flipped_bytes_are_found_or_mean_nothing() {
        for length in [0, 10, 1000] {
            let value = "le général ".repeat(length);
            let packed = pack(&value).unwrap();
            assert_eq!(unpack::<String>(&packed.bytes, packed.sum, "it").unwrap(), value);
            for at in 0..packed.bytes.len() {
                let mut flipped = packed.bytes.clone();
                flipped[at] ^= 0x10;
                // A bit that fills up a byte means nothing.
                let read = unpack::<String>(&flipped, packed.sum, "it");
                assert!(read.is_err() || read.is_ok_and(|read| read == value), "{length} {at}");
            }
        }
    }
}
