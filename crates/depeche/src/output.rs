//! Where output goes: standard output or a file, in colour or not.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};

use anyhow::Context;

use crate::arguments::{Color, Common};
use crate::interface::Interface;

/// What a command writes to.
pub struct Output {
    /// The stream, buffered.
    pub stream: Box<dyn Write>,
    /// Whether text may be styled.
    pub colour: bool,
}

/// Opens what the arguments name. A file is styled only on request.
pub fn open(common: &Common, interface: &Interface) -> anyhow::Result<Output> {
    let Some(path) = &common.output else {
        let colour = match common.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => {
                io::stdout().is_terminal()
                    && anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
            }
        };
        let stream = BufWriter::with_capacity(1 << 16, io::stdout());
        return Ok(Output { stream: Box::new(stream), colour });
    };
    let file = File::create(path)
        .with_context(|| interface.tell("cannot-write", &[("path", path.display().to_string().into())]))?;
    Ok(Output { stream: Box::new(BufWriter::new(file)), colour: common.color == Color::Always })
}

/// Writes a line to standard error. That nobody reads it is no failure.
pub fn tell(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Whether the fault is only that nobody reads the output any more.
pub fn is_closed_pipe(fault: &anyhow::Error) -> bool {
    let kind = |cause: &(dyn std::error::Error + 'static)| {
        let of_stream = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        of_stream
            .or_else(|| cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind))
    };
    fault.chain().any(|cause| kind(cause) == Some(io::ErrorKind::BrokenPipe))
}
