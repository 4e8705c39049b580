//! A reader of Plenary's event stream: has the words as they become, and no CRDT.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::{Duration, Instant};

use anyhow::Context as _;
use plenary_shared::ids::DelegationId;
use plenary_shared::wire::view::Event;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

use super::Room;
use super::lines::Lines;

/// A reader.
pub struct Reader {
    lines: Lines,
    /// Keystrokes that were heard of each delegation.
    heard: HashMap<DelegationId, usize>,
    text: Option<String>,
}

impl Reader {
    /// Comes in. By HTTP 1.0, so that the events come as they are, one line after another.
    ///
    /// # Errors
    /// If there is no stream.
    pub async fn come(address: &str, token: &str, draft: &str) -> anyhow::Result<Self> {
        let mut stream = TcpStream::connect(address).await?;
        let request = format!(
            "GET /api/v1/drafts/{draft}/events HTTP/1.0\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\n\
             Accept-Encoding: gzip\r\n\r\n"
        );
        stream.write_all(request.as_bytes()).await?;
        let mut stream = BufReader::new(stream);
        let mut status = String::new();
        stream.read_line(&mut status).await?;
        anyhow::ensure!(status.contains(" 200 "), "no event stream: {status}");
        let mut head = String::new();
        while stream.read_line(&mut head).await? > 2 {}
        anyhow::ensure!(head.contains("gzip"), "not in gzip: {head}");
        Ok(Self {
            lines: Lines::of(stream),
            heard: HashMap::new(),
            text: None,
        })
    }

    /// Listens until everybody leaves; what comes back are the words of the first clause.
    ///
    /// # Errors
    /// If the stream breaks.
    pub async fn sit(mut self, room: Arc<Room>) -> anyhow::Result<Option<String>> {
        room.ready.fetch_add(1, Relaxed);
        while !room.is_over() {
            let line = tokio::select! {
                line = self.lines.next() => line?,
                () = tokio::time::sleep(Duration::from_millis(100)) => continue,
            };
            if let Some(json) = line.strip_prefix("data:") {
                room.weighed(self.lines.came());
                self.take(json, &room)?;
            }
        }
        Ok(self.text)
    }

    /// Reads until everybody leaves, and looks at nothing: one of a crowd.
    ///
    /// # Errors
    /// If the stream breaks.
    pub async fn doze(self, room: Arc<Room>) -> anyhow::Result<Option<String>> {
        let mut stream = self.lines.into_stream();
        room.ready.fetch_add(1, Relaxed);
        while !room.is_over() {
            let read = tokio::time::timeout(Duration::from_millis(500), stream.fill_buf()).await;
            if let Ok(bytes) = read {
                let bytes = bytes?.len();
                anyhow::ensure!(bytes > 0, "the stream has ended");
                stream.consume(bytes);
            }
        }
        Ok(None)
    }

    fn take(&mut self, json: &str, room: &Room) -> anyhow::Result<()> {
        let now = Instant::now();
        let event: Event = serde_json::from_str(json.trim()).context("an event is not as told")?;
        for typed in &event.typed {
            let Some(delegation) = typed.by.delegation() else {
                continue;
            };
            let heard = self.heard.entry(delegation.clone()).or_default();
            for _ in 0..typed.changes {
                room.heard(delegation.as_str().as_bytes(), *heard, now);
                *heard += 1;
            }
        }
        if let Some(clause) = event.clauses.last() {
            self.text = clause.text.values().next().cloned();
        }
        Ok(())
    }
}
