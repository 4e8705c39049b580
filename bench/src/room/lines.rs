//! Lines of a stream in gzip, as a browser has it.

use std::io::Write as _;

use anyhow::Context as _;
use flate2::write::GzDecoder;
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::net::TcpStream;

/// The lines that a stream brings, and how many bytes they were on the way.
pub(super) struct Lines {
    stream: BufReader<TcpStream>,
    gunzip: GzDecoder<Vec<u8>>,
    /// Read, and not given out yet.
    read: Vec<u8>,
    /// Bytes that came since this was asked for.
    came: usize,
}

impl Lines {
    /// Of a stream that begins here.
    pub(super) fn of(stream: BufReader<TcpStream>) -> Self {
        Self {
            stream,
            gunzip: GzDecoder::new(Vec::new()),
            read: Vec::new(),
            came: 0,
        }
    }

    /// The next line, without its end. May be dropped while it waits.
    pub(super) async fn next(&mut self) -> anyhow::Result<String> {
        loop {
            if let Some(end) = self.read.iter().position(|b| *b == b'\n') {
                let rest = self.read.split_off(end + 1);
                let mut line = std::mem::replace(&mut self.read, rest);
                line.truncate(end);
                return String::from_utf8(line).context("the stream is text");
            }
            let bytes = self.stream.fill_buf().await?;
            anyhow::ensure!(!bytes.is_empty(), "the stream has ended");
            self.gunzip.write_all(bytes)?;
            let came = bytes.len();
            self.stream.consume(came);
            self.came += came;
            self.gunzip.flush()?;
            self.read.append(self.gunzip.get_mut());
        }
    }

    /// The bytes that have come since this was last asked.
    pub(super) fn came(&mut self) -> usize {
        std::mem::take(&mut self.came)
    }

    /// The stream itself, for who looks at nothing.
    pub(super) fn into_stream(self) -> BufReader<TcpStream> {
        self.stream
    }
}
