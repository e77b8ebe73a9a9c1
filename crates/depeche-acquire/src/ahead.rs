//! A buffered reader that can look ahead.

use std::io::{self, BufRead, Read};

/// How many bytes are held; also the most that can be looked at.
const CAPACITY: usize = 64 * 1024;

/// A buffered reader that can look ahead without taking, and counts what is taken.
pub(crate) struct Ahead<R> {
    inner: R,
    buffer: Box<[u8]>,
    start: usize,
    end: usize,
    taken: u64,
    /// An error met while looking ahead, told once the bytes before it are taken.
    failed: Option<io::Error>,
}

impl<R: Read> Ahead<R> {
    pub(crate) fn new(inner: R) -> Ahead<R> {
        let buffer = vec![0; CAPACITY].into_boxed_slice();
        Ahead { inner, buffer, start: 0, end: 0, taken: 0, failed: None }
    }

    /// The next bytes, `least` of them unless the reader ends or fails before; at most 64 KiB.
    pub(crate) fn look(&mut self, least: usize) -> &[u8] {
        let least = least.min(CAPACITY);
        while self.end - self.start < least && self.failed.is_none() {
            if self.start > 0 && self.start + least > CAPACITY {
                self.buffer.copy_within(self.start..self.end, 0);
                self.end -= self.start;
                self.start = 0;
            }
            match self.inner.read(&mut self.buffer[self.end..]) {
                Ok(0) => break,
                Ok(read) => self.end += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => self.failed = Some(error),
            }
        }
        &self.buffer[self.start..self.end]
    }

    /// Number of bytes taken so far.
    pub(crate) fn taken(&self) -> u64 {
        self.taken
    }

    /// Drops what is held, so that reading goes on with what the inner reader gives next.
    pub(crate) fn discard(&mut self) {
        self.taken += (self.end - self.start) as u64;
        (self.start, self.end) = (0, 0);
        self.failed = None;
    }

    /// The reader within; what is held of it is not seen there.
    pub(crate) fn inner_mut(&mut self) -> &mut R {
        &mut self.inner
    }
}

impl<R: Read> Read for Ahead<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let held = self.fill_buf()?;
        let count = held.len().min(buffer.len());
        buffer[..count].copy_from_slice(&held[..count]);
        self.consume(count);
        Ok(count)
    }
}

impl<R: Read> BufRead for Ahead<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.start == self.end {
            (self.start, self.end) = (0, 0);
            self.look(1);
            if self.start == self.end
                && let Some(error) = self.failed.take()
            {
                return Err(error);
            }
        }
        Ok(&self.buffer[self.start..self.end])
    }

    fn consume(&mut self, count: usize) {
        let count = count.min(self.end - self.start);
        self.start += count;
        self.taken += count as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives its bytes one at a time, then fails once.
    struct Trickle(Vec<u8>, bool);

    impl Read for Trickle {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            if self.0.is_empty() {
                return if std::mem::take(&mut self.1) { Err(io::Error::other("cut")) } else { Ok(0) };
            }
            buffer[0] = self.0.remove(0);
            Ok(1)
        }
    }

    #[test]
    fn bytes_before_an_error_are_not_lost() {
        let mut ahead = Ahead::new(Trickle(b"abcdef".to_vec(), true));
        assert_eq!(ahead.look(3), b"abc");
        assert_eq!(ahead.look(100), b"abcdef");
        let mut read = Vec::new();
        assert!(ahead.read_to_end(&mut read).is_err());
        assert_eq!((read.as_slice(), ahead.taken()), (&b"abcdef"[..], 6));
    }

    #[test]
    fn looking_far_moves_what_is_held() {
        let bytes: Vec<u8> = (0..200_000u32).map(|i| (i % 251) as u8).collect();
        let mut ahead = Ahead::new(&bytes[..]);
        let mut at = 0;
        while at < bytes.len() {
            let seen = ahead.look(CAPACITY).len();
            assert_eq!(ahead.look(CAPACITY), &bytes[at..at + seen]);
            let step = seen.min(40_001);
            ahead.consume(step);
            at += step;
        }
        assert_eq!(ahead.taken(), 200_000);
    }
}
