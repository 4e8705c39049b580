//! A client of the automerge-repo protocol: joins, brings one replica in step with the server, and goes.

use std::time::Duration;

use anyhow::Context as _;
use futures_util::{SinkExt as _, StreamExt as _};
use plenary_shared::draft::{Peer, Text};
use plenary_shared::ids::DraftId;
use plenary_shared::wire::message::{Message, PROTOCOL, PeerMetadata};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message as Frame;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// Longer than any answer takes; a server that says nothing is a failure, not a reason to wait.
const PATIENCE: Duration = Duration::from_secs(10);

/// Brings the replica in step with the server. What comes back as an inner error is why the server would not have it.
///
/// # Errors
/// If the server does not keep to the protocol.
pub async fn deliver(
    address: &str,
    token: &str,
    draft: DraftId,
    replica: &mut Text,
) -> anyhow::Result<Result<(), String>> {
    let mut connection = Connection::open(address, token, draft).await?;
    let mut peer = Peer::new();
    loop {
        if let Some(data) = peer.generate(replica) {
            connection.send(data).await?;
        }
        if peer.is_level(replica) {
            return Ok(Ok(()));
        }
        match connection.hear().await? {
            Message::Sync { data, .. } => peer.receive(replica, &data)?,
            Message::Error { message, .. } => return Ok(Err(message)),
            Message::DocUnavailable { .. } => return Ok(Err("unknown-draft: unavailable".into())),
            _ => {}
        }
    }
}

struct Connection {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
    draft: DraftId,
}

impl Connection {
    async fn open(address: &str, token: &str, draft: DraftId) -> anyhow::Result<Self> {
        let mut request = address.into_client_request()?;
        let bearer = format!("Bearer {token}").parse()?;
        request.headers_mut().insert("Authorization", bearer);
        let (socket, _) = connect_async(request).await?;
        let mut connection = Self { socket, draft };
        let join = Message::Join {
            sender_id: "typist".into(),
            peer_metadata: PeerMetadata::default(),
            supported_protocol_versions: vec![PROTOCOL.into()],
        };
        connection.write(&join).await?;
        let answer = connection.hear().await?;
        anyhow::ensure!(
            matches!(answer, Message::Peer { .. }),
            "a join was answered with {answer:?}"
        );
        Ok(connection)
    }

    async fn send(&mut self, data: Vec<u8>) -> anyhow::Result<()> {
        let message = Message::Sync {
            sender_id: "typist".into(),
            target_id: "plenary".into(),
            document_id: self.draft.to_string(),
            data,
        };
        self.write(&message).await
    }

    async fn write(&mut self, message: &Message) -> anyhow::Result<()> {
        let frame = Frame::Binary(message.encode().into());
        // A connection that the server has ended still holds its last words: those are heard next.
        let _ = self.socket.send(frame).await;
        Ok(())
    }

    async fn hear(&mut self) -> anyhow::Result<Message> {
        loop {
            let frame = tokio::time::timeout(PATIENCE, self.socket.next()).await;
            let frame = frame.context("the server says nothing")?;
            match frame.context("the server went without a word")?? {
                Frame::Binary(bytes) => {
                    return Message::decode(&bytes).map_err(anyhow::Error::msg);
                }
                Frame::Close(why) => anyhow::bail!("the server closed the connection: {why:?}"),
                _ => {}
            }
        }
    }
}
