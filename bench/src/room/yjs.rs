//! A Yjs peer: y-websocket's protocol, and Hocuspocus's, which puts a name and a greeting before it.

use std::time::Instant;

use anyhow::Context as _;
use futures_util::SinkExt as _;
use tokio_tungstenite::tungstenite::Message as Frame;
use yrs::updates::decoder::Decode as _;
use yrs::{Doc, GetString as _, ReadTxn as _, Text as _, TextRef, Transact as _, Update};

use super::{Client, Room, Sink, Source, connect};

/// Whose protocol is spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// y-websocket's.
    YWebsocket,
    /// Hocuspocus's.
    Hocuspocus,
}

/// A Yjs peer with one document.
pub struct Yjs {
    sink: Sink,
    source: Source,
    dialect: Dialect,
    document: String,
    doc: Doc,
    words: TextRef,
    ready: bool,
}

impl Yjs {
    /// Comes in and asks for the document.
    ///
    /// # Errors
    /// If there is no connection.
    pub async fn come(url: &str, dialect: Dialect, document: &str) -> anyhow::Result<Self> {
        let url = match dialect {
            Dialect::YWebsocket => format!("{url}/{document}"),
            Dialect::Hocuspocus => url.to_owned(),
        };
        let (sink, source) = connect(&url, None).await?;
        let doc = Doc::new();
        let words = doc.get_or_insert_text("text");
        let mut client = Self {
            sink,
            source,
            dialect,
            document: document.into(),
            doc,
            words,
            ready: false,
        };
        if dialect == Dialect::Hocuspocus {
            let mut hello = Vec::new();
            string(&mut hello, document);
            // Authentication, with a token, and the version that we speak.
            hello.extend([2, 0]);
            string(&mut hello, "t");
            string(&mut hello, "4.7.0");
            client.sink.send(Frame::Binary(hello.into())).await?;
        }
        // Step 1 with an empty state: what have you?
        client.say(0, &[0]).await?;
        Ok(client)
    }

    /// Tells the server an update.
    ///
    /// # Errors
    /// If the connection breaks.
    pub async fn bring(&mut self, update: &[u8]) -> anyhow::Result<()> {
        self.say(2, update).await
    }

    async fn say(&mut self, kind: u64, payload: &[u8]) -> anyhow::Result<()> {
        let mut frame = Vec::with_capacity(payload.len() + 16);
        if self.dialect == Dialect::Hocuspocus {
            string(&mut frame, &self.document);
        }
        frame.push(0);
        number(&mut frame, kind);
        number(&mut frame, payload.len() as u64);
        frame.extend(payload);
        Ok(self.sink.send(Frame::Binary(frame.into())).await?)
    }
}

impl Client for Yjs {
    async fn take(&mut self, bytes: &[u8], room: &Room, listens: bool) -> anyhow::Result<()> {
        let now = Instant::now();
        let mut rest = bytes;
        if self.dialect == Dialect::Hocuspocus {
            let length = usize::try_from(read(&mut rest)?)?;
            rest = rest.get(length..).context("a short frame")?;
        }
        // Sync is 0; Hocuspocus answers with 4 where y-websocket answers with 0.
        if !matches!(read(&mut rest)?, 0 | 4) {
            return Ok(());
        }
        let kind = read(&mut rest)?;
        let length = usize::try_from(read(&mut rest)?)?;
        let data = rest.get(..length).context("a short frame")?;
        if kind == 0 {
            // Nothing that the server lacks.
            return self.say(1, &[0, 0]).await;
        }
        self.ready |= kind == 1;
        let before = self.doc.transact().state_vector();
        let update = Update::decode_v1(data)?;
        self.doc.transact_mut().apply_update(update)?;
        if listens {
            for (client, until) in self.doc.transact().state_vector().iter() {
                for k in before.get(client)..*until {
                    room.heard(&client.to_le_bytes(), usize::try_from(k)?, now);
                }
            }
        }
        Ok(())
    }

    async fn type_one(&mut self) -> anyhow::Result<()> {
        let update = {
            let mut typing = self.doc.transact_mut();
            let end = self.words.len(&typing);
            self.words.insert(&mut typing, end, "x");
            typing.encode_update_v1()
        };
        self.say(2, &update).await
    }

    fn source(&mut self) -> &mut Source {
        &mut self.source
    }

    fn id(&self) -> Vec<u8> {
        self.doc.client_id().to_le_bytes().to_vec()
    }

    fn is_ready(&self) -> bool {
        self.ready
    }

    fn text(&self) -> Option<String> {
        Some(self.words.get_string(&self.doc.transact()))
    }
}

/// Writes a number, seven bits a byte.
fn number(out: &mut Vec<u8>, mut n: u64) {
    while n > 127 {
        out.push(u8::try_from(n & 127).unwrap_or_default() | 128);
        n >>= 7;
    }
    out.push(u8::try_from(n).unwrap_or_default());
}

fn string(out: &mut Vec<u8>, text: &str) {
    number(out, text.len() as u64);
    out.extend(text.as_bytes());
}

/// Reads one, and goes on behind it.
fn read(bytes: &mut &[u8]) -> anyhow::Result<u64> {
    let mut n = 0;
    for shift in (0..64).step_by(7) {
        let (byte, rest) = bytes.split_first().context("a short frame")?;
        *bytes = rest;
        n |= u64::from(byte & 127) << shift;
        if *byte < 128 {
            return Ok(n);
        }
    }
    anyhow::bail!("a number without an end")
}
