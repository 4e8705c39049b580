//! Frames without meaning, for the floor: as long as a keystroke's.

use std::time::Instant;

use anyhow::Context as _;
use futures_util::SinkExt as _;
use tokio_tungstenite::tungstenite::Message as Frame;

use super::{Client, Room, Sink, Source, connect};

/// The length of a change of one character with its envelope.
const LENGTH: usize = 120;

/// Somebody whose keystrokes are frames.
pub struct Raw {
    sink: Sink,
    source: Source,
    number: u8,
    typed: u64,
}

impl Raw {
    /// Comes in. The number tells writers apart.
    ///
    /// # Errors
    /// If there is no connection.
    pub async fn come(url: &str, number: u8) -> anyhow::Result<Self> {
        let (sink, source) = connect(url, None).await?;
        Ok(Self {
            sink,
            source,
            number,
            typed: 0,
        })
    }
}

impl Client for Raw {
    async fn take(&mut self, bytes: &[u8], room: &Room, listens: bool) -> anyhow::Result<()> {
        let now = Instant::now();
        let (id, rest) = bytes.split_at_checked(1).context("an empty frame")?;
        let k = rest.first_chunk().context("a short frame")?;
        if listens {
            room.heard(id, usize::try_from(u64::from_le_bytes(*k))?, now);
        }
        Ok(())
    }

    async fn type_one(&mut self) -> anyhow::Result<()> {
        let mut frame = vec![self.number];
        frame.extend(self.typed.to_le_bytes());
        frame.resize(LENGTH, 0);
        self.typed += 1;
        Ok(self.sink.send(Frame::Binary(frame.into())).await?)
    }

    fn source(&mut self) -> &mut Source {
        &mut self.source
    }

    fn id(&self) -> Vec<u8> {
        vec![self.number]
    }

    fn is_ready(&self) -> bool {
        true
    }

    fn text(&self) -> Option<String> {
        None
    }
}
