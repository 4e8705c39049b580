//! A stock automerge peer: automerge-repo's messages, automerge's own sync, nothing of ours.

use std::time::Instant;

use anyhow::{Context as _, bail};
use automerge::sync::{self, SyncDoc as _};
use automerge::transaction::Transactable as _;
use automerge::{AutoCommit, ObjId, ReadDoc as _};
use futures_util::{SinkExt as _, StreamExt as _};
use plenary_shared::wire::message::{Message, PROTOCOL, PeerMetadata};
use tokio_tungstenite::tungstenite::Message as Frame;

use super::{Client, Room, Sink, Source, connect};

/// A stock automerge peer with one document.
pub struct Automerge {
    sink: Sink,
    source: Source,
    name: String,
    server: String,
    document: String,
    doc: AutoCommit,
    state: sync::State,
    asked: bool,
    /// Where in the document the text is.
    path: Vec<&'static str>,
    text: Option<ObjId>,
}

impl Automerge {
    /// Comes in and asks for the document, or brings it (`doc`). `path` leads to the text in it.
    ///
    /// # Errors
    /// If the server does not keep to the protocol.
    pub async fn come(
        url: &str,
        token: Option<&str>,
        name: &str,
        document: &str,
        path: &[&'static str],
        doc: AutoCommit,
    ) -> anyhow::Result<Self> {
        let (mut sink, mut source) = connect(url, token).await?;
        let join = Message::Join {
            sender_id: name.into(),
            peer_metadata: PeerMetadata::default(),
            supported_protocol_versions: vec![PROTOCOL.into()],
        };
        sink.send(Frame::Binary(join.encode().into())).await?;
        let server = loop {
            let frame = source.next().await.context("closed before the welcome")??;
            if let Frame::Binary(bytes) = frame {
                match Message::decode(&bytes).map_err(anyhow::Error::msg)? {
                    Message::Peer { sender_id, .. } => break sender_id,
                    other => bail!("a join was answered with {other:?}"),
                }
            }
        };
        let mut client = Self {
            sink,
            source,
            name: name.into(),
            server,
            document: document.into(),
            doc,
            state: sync::State::new(),
            asked: false,
            path: path.to_vec(),
            text: None,
        };
        client.look();
        client.flush().await?;
        Ok(client)
    }

    /// Looks for the text, once the document has it.
    fn look(&mut self) {
        let mut object = automerge::ROOT;
        for key in &self.path {
            match self.doc.get(&object, *key) {
                Ok(Some((_, next))) => object = next,
                _ => return,
            }
        }
        self.text = Some(object);
    }

    /// The names of the document, of this peer and of the server.
    pub(super) fn names(&self) -> (String, String, String) {
        (
            self.document.clone(),
            self.name.clone(),
            self.server.clone(),
        )
    }

    pub(super) fn sink(&mut self) -> &mut Sink {
        &mut self.sink
    }

    async fn flush(&mut self) -> anyhow::Result<()> {
        let Some(message) = self.doc.sync().generate_sync_message(&mut self.state) else {
            return Ok(());
        };
        let first = !self.asked && self.doc.get_heads().is_empty();
        self.asked = true;
        let (document, me) = (self.document.clone(), self.name.clone());
        let message = Message::about(document, me, self.server.clone(), message.encode(), first);
        let frame = Frame::Binary(message.encode().into());
        Ok(self.sink.send(frame).await?)
    }
}

impl Client for Automerge {
    async fn take(&mut self, bytes: &[u8], room: &Room, listens: bool) -> anyhow::Result<()> {
        let now = Instant::now();
        match Message::decode(bytes).map_err(anyhow::Error::msg)? {
            Message::Sync { data, .. } | Message::Request { data, .. } => {
                let before = self.doc.get_heads();
                let message = sync::Message::decode(&data)?;
                let state = &mut self.state;
                self.doc.sync().receive_sync_message(state, message)?;
                if self.text.is_none() {
                    self.look();
                } else if listens {
                    for change in self.doc.get_changes(&before) {
                        let k = usize::try_from(change.seq())?.saturating_sub(1);
                        room.heard(change.actor_id().to_bytes(), k, now);
                    }
                }
                self.flush().await
            }
            Message::DocUnavailable { .. } => {
                self.state = sync::State::new();
                self.asked = false;
                tokio::time::sleep(std::time::Duration::from_millis(200)).await;
                self.flush().await
            }
            Message::Error { message, .. } => bail!("the server says: {message}"),
            _ => Ok(()),
        }
    }

    async fn type_one(&mut self) -> anyhow::Result<()> {
        let text = self.text.as_ref().context("there is no text yet")?;
        let end = self.doc.length(text);
        self.doc.splice_text(text, end, 0, "x")?;
        self.doc.commit();
        self.flush().await
    }

    fn source(&mut self) -> &mut Source {
        &mut self.source
    }

    fn id(&self) -> Vec<u8> {
        self.doc.get_actor().to_bytes().to_vec()
    }

    fn is_ready(&self) -> bool {
        self.text.is_some()
    }

    fn is_level(&mut self) -> bool {
        self.is_ready() && self.state.their_heads == Some(self.doc.get_heads())
    }

    fn text(&self) -> Option<String> {
        self.doc.text(self.text.as_ref()?).ok()
    }
}
