//! Somebody who types, for as long as it takes: one replica with one actor, across any number of connections.

use std::time::Duration;

use anyhow::Context as _;
use futures_util::{SinkExt as _, StreamExt as _};
use plenary_shared::draft::{LocalEdit, Peer, Text};
use plenary_shared::entry::Place;
use plenary_shared::ids::{DraftId, Hash, Heads};
use plenary_shared::time::Timestamp;
use plenary_shared::wire::message::{Message, PROTOCOL, PeerMetadata};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message as Frame;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::{WebSocketStream, client_async};

use crate::dice::Dice;

/// Longer than any answer takes; a server that says nothing is a failure, not a reason to wait.
const PATIENCE: Duration = Duration::from_secs(30);

/// A websocket, and nothing assumed of who sits at it.
pub struct Wire {
    /// The socket.
    pub socket: WebSocketStream<TcpStream>,
}

impl Wire {
    /// Connects; says nothing yet.
    ///
    /// # Errors
    /// If the server does not take the connection.
    pub async fn open(address: &str, token: &str) -> anyhow::Result<Self> {
        let host = address
            .trim_start_matches("ws://")
            .trim_end_matches("/sync");
        let stream = TcpStream::connect(host).await?;
        stream.set_nodelay(true)?;
        Self::over(stream, address, token).await
    }

    /// As [`Wire::open`], over a connection that is there already.
    ///
    /// # Errors
    /// If the server does not take the connection.
    pub async fn over(stream: TcpStream, address: &str, token: &str) -> anyhow::Result<Self> {
        let mut request = address.into_client_request()?;
        let bearer = format!("Bearer {token}").parse()?;
        request.headers_mut().insert("Authorization", bearer);
        let (socket, _) = client_async(request, stream).await?;
        Ok(Self { socket })
    }

    /// Says who comes, and hears the server's answer.
    ///
    /// # Errors
    /// If the server does not keep to the protocol.
    pub async fn join(&mut self, name: &str) -> anyhow::Result<()> {
        let join = Message::Join {
            sender_id: name.into(),
            peer_metadata: PeerMetadata::default(),
            supported_protocol_versions: vec![PROTOCOL.into()],
        };
        self.write(join.encode()).await?;
        let answer = self.hear().await?;
        let welcome = matches!(answer, Message::Peer { .. });
        anyhow::ensure!(welcome, "a join was answered with {answer:?}");
        Ok(())
    }

    /// Sends a binary frame.
    ///
    /// # Errors
    /// If the connection is gone.
    pub async fn write(&mut self, bytes: Vec<u8>) -> anyhow::Result<()> {
        Ok(self.socket.send(Frame::Binary(bytes.into())).await?)
    }

    /// Sends a sync message.
    ///
    /// # Errors
    /// If the connection is gone.
    pub async fn sync(&mut self, name: &str, draft: DraftId, data: Vec<u8>) -> anyhow::Result<()> {
        let message = Message::Sync {
            sender_id: name.into(),
            target_id: "plenary".into(),
            document_id: draft.to_string(),
            data,
        };
        self.write(message.encode()).await
    }

    /// The next message.
    ///
    /// # Errors
    /// If the server goes, or says nothing for too long.
    pub async fn hear(&mut self) -> anyhow::Result<Message> {
        loop {
            let frame = tokio::time::timeout(PATIENCE, self.socket.next()).await;
            let frame = frame.context("the server says nothing")?;
            match frame.context("the server went without a word")?? {
                Frame::Binary(bytes) => return Message::decode(&bytes).map_err(anyhow::Error::msg),
                Frame::Close(why) => anyhow::bail!("the server closed the connection: {why:?}"),
                _ => {}
            }
        }
    }
}

/// A replica of a draft and the person who types into it.
pub struct Typist {
    /// By which name it joins.
    pub name: String,
    /// With which token.
    pub token: String,
    /// The replica.
    pub text: Text,
    /// Its own changes, in order; the server has said that it has the first `acknowledged` of them.
    pub own: Vec<Hash>,
    /// How many of them are acknowledged.
    pub acknowledged: usize,
    wire: Option<(Wire, Peer)>,
}

impl Typist {
    /// Somebody with an empty replica.
    pub fn new(name: &str, token: &str, draft: DraftId, actor: &[u8]) -> Self {
        Self {
            name: name.into(),
            token: token.into(),
            text: Text::replica_of(draft, actor),
            own: Vec::new(),
            acknowledged: 0,
            wire: None,
        }
    }

    /// Connects, or connects again, and begins to bring the replica in step.
    ///
    /// # Errors
    /// If the server does not take the connection.
    pub async fn connect(&mut self, address: &str) -> anyhow::Result<()> {
        self.wire = None;
        self.connect_over(Wire::open(address, &self.token).await?)
            .await
    }

    /// As [`Typist::connect`], over a wire that nothing was said on yet.
    ///
    /// # Errors
    /// If the server does not keep to the protocol.
    pub async fn connect_over(&mut self, mut wire: Wire) -> anyhow::Result<()> {
        wire.join(&self.name).await?;
        self.wire = Some((wire, Peer::new()));
        self.flush().await
    }

    /// Types; the server hears of it with the next [`Typist::flush`].
    pub fn type_in(&mut self, edit: &LocalEdit) -> bool {
        let typed = self.text.type_in(edit, Timestamp(0));
        let hash = typed.as_ref().and_then(Text::hash_of);
        self.own.extend(hash);
        hash.is_some()
    }

    /// Types something somewhere in that clause.
    pub fn type_anything(&mut self, clause: &str, dice: &mut Dice) -> bool {
        const WORDS: &[&str] = &["shall ", "may ", "十二 ", "🕊", "é", "x", "حق ", "\u{301}"];
        let Ok(language) = "en".parse() else {
            return false;
        };
        let Ok(clause) = clause.parse() else {
            return false;
        };
        let place = Place::Clause(clause);
        let Some(words) = self.text.wording(&place, &language) else {
            return false;
        };
        let letters: Vec<char> = words.chars().collect();
        let from = dice.below(letters.len() + 1);
        let (before, after) = letters.split_at(from);
        let units = |c: &char| c.len_utf16();
        let much = letters.len() > 300;
        let delete = if much || dice.below(3) == 0 {
            1 + dice.below(if much { 9 } else { 3 })
        } else {
            0
        };
        let delete: usize = after.iter().take(delete).map(units).sum();
        let insert = WORDS[dice.below(WORDS.len())];
        self.type_in(&LocalEdit {
            place,
            language,
            at: before.iter().map(units).sum(),
            delete,
            insert: insert.into(),
        })
    }

    /// Own changes of which the server has not said yet that it has them.
    pub fn waiting(&self) -> usize {
        self.own.len() - self.acknowledged
    }

    /// Sends what there is to send.
    ///
    /// # Errors
    /// If the connection is gone.
    pub async fn flush(&mut self) -> anyhow::Result<()> {
        let (wire, peer) = self.wire.as_mut().context("not connected")?;
        let draft = self.text.draft();
        while let Some(data) = peer.generate(&self.text) {
            wire.sync(&self.name, draft, data).await?;
        }
        Ok(())
    }

    /// Brings these changes at once, whatever the server has said, and passes over what it says.
    ///
    /// # Errors
    /// If the connection is gone.
    pub async fn say(&mut self, changes: Vec<Vec<u8>>) -> anyhow::Result<()> {
        let (wire, _) = self.wire.as_mut().context("not connected")?;
        let draft = self.text.draft();
        let message = crate::hall::sync_message(&changes);
        wire.sync(&self.name, draft, message).await?;
        while let Ok(heard) = tokio::time::timeout(Duration::ZERO, wire.hear()).await {
            heard?;
        }
        Ok(())
    }

    /// Hears one message, and answers it.
    ///
    /// # Errors
    /// What the server complains of, or that it is gone.
    pub async fn hear(&mut self) -> anyhow::Result<()> {
        let (wire, peer) = self.wire.as_mut().context("not connected")?;
        match wire.hear().await? {
            Message::Sync { data, .. } => peer.receive(&mut self.text, &data)?,
            Message::Error { message, .. } => anyhow::bail!(message),
            Message::DocUnavailable { .. } => anyhow::bail!("the draft is unavailable"),
            _ => return Ok(()),
        }
        let waiting = self.own.iter().skip(self.acknowledged);
        let heard = waiting
            .rev()
            .position(|h| peer.acknowledges(&self.text, *h));
        if let Some(behind) = heard {
            self.acknowledged = self.own.len() - behind;
        }
        self.flush().await
    }

    /// Hears on until server and replica have said that they have the same.
    ///
    /// # Errors
    /// As [`Typist::hear`].
    pub async fn level(&mut self) -> anyhow::Result<()> {
        self.flush().await?;
        loop {
            let (_, peer) = self.wire.as_ref().context("not connected")?;
            if peer.is_level(&self.text) {
                return Ok(());
            }
            self.hear().await?;
        }
    }

    /// Hears on until the replica stands at that moment.
    ///
    /// # Errors
    /// As [`Typist::hear`].
    pub async fn reach(&mut self, heads: &Heads) -> anyhow::Result<()> {
        self.flush().await?;
        while self.text.heads() != *heads {
            self.hear().await?;
        }
        Ok(())
    }
}
