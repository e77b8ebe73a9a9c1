//! gzip (RFC 1952) and Zstandard (RFC 8878), unpacked as they are read.

use std::error::Error;
use std::fmt;
use std::io::{self, BufRead, Read};

use depeche_record::{Problem, ProblemKind};
use flate2::bufread::GzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

use crate::ahead::Ahead;
use crate::plan::cannot_open;
use crate::size::size;

/// From this ratio of unpacked to packed bytes on, what has outgrown the limit is refused. Pages and texts shrink to a
/// tenth or so; a bomb reaches a thousand with gzip and thirty thousand with Zstandard.
const SUSPICIOUS_RATIO: u64 = 250;

/// Largest window of a Zstandard frame, bytes: what `zstd` itself takes without being told to take more.
const LARGEST_WINDOW: u64 = 128 * 1024 * 1024;

/// The ways in which bytes are compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Packing {
    Gzip,
    Zstandard,
}

impl Packing {
    /// The packing that an extension (lower case) promises.
    pub(crate) fn of_extension(extension: &str) -> Option<Packing> {
        match extension {
            "gz" => Some(Packing::Gzip),
            "zst" => Some(Packing::Zstandard),
            _ => None,
        }
    }

    /// The packing whose magic number stands at the start.
    pub(crate) fn of_bytes(bytes: &[u8]) -> Option<Packing> {
        match bytes {
            // The method is always DEFLATE.
            [0x1F, 0x8B, 8, ..] => Some(Packing::Gzip),
            // Skippable frames may come first.
            [0x28, 0xB5, 0x2F, 0xFD, ..] | [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => Some(Packing::Zstandard),
            _ => None,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Packing::Gzip => "gzip",
            Packing::Zstandard => "Zstandard",
        }
    }
}

/// What is wrong with compressed bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// Named as compressed, but the magic number is missing.
    NotPacked(Packing),
    /// The bytes end too early.
    Cut(Packing),
    /// The bytes contradict themselves or their checksum.
    Damaged(Packing),
    /// Other bytes follow.
    Trailing(Packing),
    /// A Zstandard frame that needs more memory, or a dictionary.
    Unsupported,
    /// Far more comes out than any text could give.
    Bomb { packed: u64, unpacked: u64 },
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Trouble::NotPacked(packing) => {
                write!(f, "named as {0}-compressed, but it is not; name it without that ending", packing.name())
            }
            Trouble::Cut(packing) => write!(
                f,
                "its {}-compressed data is cut off; get the file again, it was not copied to its end",
                packing.name()
            ),
            Trouble::Damaged(packing) => {
                write!(f, "its {}-compressed data is damaged; get the file again", packing.name())
            }
            Trouble::Trailing(packing) => write!(
                f,
                "bytes that are none of its follow the {}-compressed data; they are not read",
                packing.name()
            ),
            Trouble::Unsupported => f.write_str(
                "its Zstandard-compressed data needs a dictionary or a window of more than 128 MiB; pack it anew \
                 without ‘--long’ and dictionary",
            ),
            Trouble::Bomb { packed, unpacked } => write!(
                f,
                "{} of compressed data unpack to {} and more; no texts shrink that much, so it is refused as a compression bomb",
                size(*packed),
                size(*unpacked),
            ),
        }
    }
}

impl Error for Trouble {}

impl Trouble {
    pub(crate) fn is_bomb(self) -> bool {
        matches!(self, Trouble::Bomb { .. })
    }

    fn error(self) -> io::Error {
        io::Error::other(self)
    }

    /// The trouble that an error of [`Unpacker`] carries, if it carries one.
    pub(crate) fn of(error: &io::Error) -> Option<Trouble> {
        error.get_ref()?.downcast_ref::<Trouble>().copied()
    }
}

/// The problem of an input that cannot be read on.
pub(crate) fn cannot_read(name: &str, error: &io::Error) -> Problem {
    let kind = match Trouble::of(error) {
        None => return cannot_open(name.as_ref(), error),
        Some(Trouble::Bomb { .. }) => ProblemKind::TooLarge,
        Some(Trouble::NotPacked(_)) => ProblemKind::NotText,
        Some(Trouble::Trailing(_)) => ProblemKind::LeftOut,
        Some(_) => ProblemKind::Unreadable,
    };
    Problem::new(kind, name, error.to_string())
}

type Packed<'a> = Ahead<Box<dyn Read + 'a>>;

/// The bytes of an input, unpacked if they came compressed.
///
/// Compressed inputs consist of members (gzip) or frames (Zstandard), one after the other. They are read as one, unless
/// [`pause`](Unpacker::pause) is called: then reading ends with each and goes on by
/// [`next_member`](Unpacker::next_member).
pub(crate) struct Unpacker<'a> {
    state: State<'a>,
    pausing: bool,
    /// Bytes that may come out before the ratio is looked at.
    limit: u64,
    unpacked: u64,
}

enum State<'a> {
    Plain(Packed<'a>),
    Gzip(Box<GzDecoder<Packed<'a>>>),
    Zstandard(Box<FrameDecoder>, Packed<'a>),
    /// Between two members.
    Between(Packing, Packed<'a>),
    Over,
}

impl<'a> Unpacker<'a> {
    /// Looks at the first bytes and unpacks what follows if they say so; `promised` is what the name says.
    pub(crate) fn new(
        source: Box<dyn Read + 'a>,
        promised: Option<Packing>,
        limit: u64,
    ) -> io::Result<Unpacker<'a>> {
        let mut source = Ahead::new(source);
        let first = source.look(4);
        let packing = Packing::of_bytes(first);
        let state = match (packing, promised) {
            (Some(packing), _) => State::Between(packing, source),
            (None, Some(promised)) if !first.is_empty() => return Err(Trouble::NotPacked(promised).error()),
            _ => State::Plain(source),
        };
        let packed = packing.is_some();
        let mut unpacker = Unpacker { state, pausing: false, limit, unpacked: 0 };
        if packed {
            unpacker.next_member()?;
        }
        Ok(unpacker)
    }

    /// From now on reading ends with each member.
    pub(crate) fn pause(&mut self) {
        self.pausing = true;
    }

    /// Goes on with the next member, the rest of this one being dropped; whether there is one.
    pub(crate) fn next_member(&mut self) -> io::Result<bool> {
        let Some((packing, mut source)) = self.close() else { return Ok(false) };
        // Tapes and some tools fill up with zeros.
        let first = loop {
            match source.fill_buf()? {
                [] => return Ok(false),
                [0, ..] => source.consume(1),
                [first, ..] => break *first,
            }
        };
        let starts = match packing {
            // The last bytes of a file that was cut may be the first of a member.
            Packing::Gzip => source.look(3).iter().zip(b"\x1F\x8B\x08").all(|(held, magic)| held == magic),
            Packing::Zstandard => matches!(first, 0x28 | 0x50..=0x5F),
        };
        if !starts {
            self.state = State::Between(packing, source);
            return Err(Trouble::Trailing(packing).error());
        }
        if packing == Packing::Zstandard {
            return self.open_frame(source);
        }
        self.state = State::Gzip(Box::new(GzDecoder::new(source)));
        Ok(true)
    }

    /// After an error: looks for the next magic number and goes on there; whether there is one.
    pub(crate) fn skip_to_member(&mut self) -> io::Result<bool> {
        let Some((packing, mut source)) = self.close() else { return Ok(false) };
        loop {
            let held = source.look(4);
            if held.is_empty() {
                source.fill_buf()?;
                return Ok(false);
            }
            // Past the magic number: DEFLATE is the only method, and the upper flags are never set.
            let starts = match packing {
                Packing::Gzip => {
                    held.starts_with(b"\x1F\x8B\x08") && held.get(3).is_some_and(|f| f & 0xE0 == 0)
                }
                Packing::Zstandard => held.starts_with(b"\x28\xB5\x2F\xFD"),
            };
            if starts {
                self.state = State::Between(packing, source);
                return self.next_member();
            }
            let first = if packing == Packing::Gzip { 0x1F } else { 0x28 };
            let next = held.iter().skip(1).position(|&byte| byte == first);
            let passed = next.map_or(held.len(), |at| at + 1);
            source.consume(passed);
        }
    }

    /// Takes the compressed bytes that are left.
    fn close(&mut self) -> Option<(Packing, Packed<'a>)> {
        match std::mem::replace(&mut self.state, State::Over) {
            State::Gzip(decoder) => Some((Packing::Gzip, decoder.into_inner())),
            State::Zstandard(_, source) => Some((Packing::Zstandard, source)),
            State::Between(packing, source) => Some((packing, source)),
            plain @ State::Plain(_) => {
                self.state = plain;
                None
            }
            State::Over => None,
        }
    }

    /// Opens the next frame that holds data.
    fn open_frame(&mut self, mut source: Packed<'a>) -> io::Result<bool> {
        loop {
            if source.fill_buf()?.is_empty() {
                return Ok(false);
            }
            let mut decoder = FrameDecoder::new();
            decoder.set_max_window_size(LARGEST_WINDOW);
            match decoder.init(&mut source) {
                Ok(()) => {
                    self.state = State::Zstandard(Box::new(decoder), source);
                    return Ok(true);
                }
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    let length = u64::from(length);
                    if io::copy(&mut (&mut source).take(length), &mut io::sink())? < length {
                        return Err(Trouble::Cut(Packing::Zstandard).error());
                    }
                }
                Err(error) => {
                    let trouble = frame_trouble(&error);
                    self.state = State::Between(Packing::Zstandard, source);
                    return Err(trouble.error());
                }
            }
        }
    }

    fn count(&mut self, read: usize) -> io::Result<usize> {
        self.unpacked += read as u64;
        let packed = match &self.state {
            State::Gzip(decoder) => decoder.get_ref().taken(),
            State::Zstandard(_, source) => source.taken(),
            _ => return Ok(read),
        };
        if self.unpacked > self.limit && self.unpacked / SUSPICIOUS_RATIO > packed {
            self.state = State::Over;
            return Err(Trouble::Bomb { packed, unpacked: self.unpacked }.error());
        }
        Ok(read)
    }
}

impl Read for Unpacker<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            let read = match &mut self.state {
                State::Plain(source) => return source.read(buffer),
                State::Between(..) | State::Over => return Ok(0),
                State::Gzip(decoder) => decoder.read(buffer).map_err(gzip_error)?,
                State::Zstandard(decoder, source) => {
                    read_frame(decoder, source, buffer).map_err(|error| frame_trouble(&error).error())?
                }
            };
            if read > 0 {
                return self.count(read);
            }
            if self.pausing || !self.next_member()? {
                return Ok(0);
            }
        }
    }
}

fn gzip_error(error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => Trouble::Cut(Packing::Gzip).error(),
        io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput => Trouble::Damaged(Packing::Gzip).error(),
        _ => error,
    }
}

/// Reads on in a frame, block by block; nothing at its end.
fn read_frame(
    decoder: &mut FrameDecoder,
    source: &mut Packed<'_>,
    buffer: &mut [u8],
) -> Result<usize, FrameDecoderError> {
    while decoder.can_collect() == 0 && !decoder.is_finished() {
        decoder.decode_blocks(&mut *source, BlockDecodingStrategy::UptoBlocks(1))?;
    }
    let read = decoder.read(buffer).map_err(FrameDecoderError::FailedToDrainDecodebuffer)?;
    let promised = decoder.get_checksum_from_data();
    if read == 0 && promised.is_some() && promised != decoder.get_calculated_checksum() {
        let error = io::Error::from(io::ErrorKind::InvalidData);
        return Err(FrameDecoderError::FailedToReadChecksum(error));
    }
    Ok(read)
}

fn frame_trouble(error: &FrameDecoderError) -> Trouble {
    if matches!(error, FrameDecoderError::WindowSizeTooBig { .. } | FrameDecoderError::DictNotProvided { .. })
    {
        return Trouble::Unsupported;
    }
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(current) = cause {
        let ended = |e: &io::Error| e.kind() == io::ErrorKind::UnexpectedEof;
        if current.downcast_ref::<io::Error>().is_some_and(ended) {
            return Trouble::Cut(Packing::Zstandard);
        }
        cause = current.source();
    }
    Trouble::Damaged(Packing::Zstandard)
}
