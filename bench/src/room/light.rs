//! Somebody who has the text open and only confirms what comes: for the server the same as anybody else who listens, for the
//! machine that pretends to be a thousand of them much less.

use anyhow::bail;
use automerge::AutoCommit;
use automerge::sync;
use futures_util::SinkExt as _;
use plenary_shared::wire::message::Message;
use tokio_tungstenite::tungstenite::Message as Frame;

use super::{Automerge, Client, Room, Source};

/// A listener without a replica, once it has had the text.
pub struct Light(Automerge);

impl Light {
    /// Comes in as a stock automerge peer.
    ///
    /// # Errors
    /// As [`Automerge::come`].
    pub async fn come(
        url: &str,
        token: &str,
        name: &str,
        document: &str,
        path: &[&'static str],
    ) -> anyhow::Result<Self> {
        let doc = AutoCommit::new();
        let peer = Automerge::come(url, Some(token), name, document, path, doc).await?;
        Ok(Self(peer))
    }
}

impl Client for Light {
    async fn take(&mut self, bytes: &[u8], room: &Room, _listens: bool) -> anyhow::Result<()> {
        if !self.0.is_ready() || !room.is_measuring() {
            return self.0.take(bytes, room, false).await;
        }
        let Message::Sync { data, .. } = Message::decode(bytes).map_err(anyhow::Error::msg)? else {
            bail!("only sync messages are expected");
        };
        let heard = sync::Message::decode(&data)?;
        let receipt = sync::Message {
            changes: sync::ChunkList::empty(),
            need: Vec::new(),
            ..heard
        };
        let (document, me, server) = self.0.names();
        let message = Message::about(document, me, server, receipt.encode(), false);
        Ok(self
            .0
            .sink()
            .send(Frame::Binary(message.encode().into()))
            .await?)
    }

    async fn type_one(&mut self) -> anyhow::Result<()> {
        bail!("it only listens")
    }

    fn source(&mut self) -> &mut Source {
        self.0.source()
    }

    fn id(&self) -> Vec<u8> {
        self.0.id()
    }

    fn is_ready(&self) -> bool {
        self.0.is_ready()
    }

    fn text(&self) -> Option<String> {
        None
    }
}
