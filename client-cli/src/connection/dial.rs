//! Making the connection: the socket, who we are, and the greeting of the protocol.

use std::time::Duration;

use futures_util::stream::SplitSink;
use futures_util::{SinkExt as _, StreamExt as _};
use plenary_shared::wire::message::{Message, PROTOCOL, PeerMetadata};
use plenary_shared::wire::view::Problem;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio_tungstenite::connect_async;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::{Error, Message as Frame};

use super::Socket;
use crate::api::Api;
use crate::failure::{Exit, Failure};

/// How long the greeting may take, over a slow line.
const GREETING: Duration = Duration::from_secs(20);

/// A connection that stands.
pub(super) struct Dialed {
    pub(super) socket: Socket,
    /// The server's peer id.
    pub(super) server: String,
}

/// A connection that does not.
pub(super) enum NotDialed {
    /// Nobody answered; a later try may do.
    Silence(String),
    /// The answer was no.
    No(Box<Failure>),
}

/// Connects and greets.
pub(super) async fn dial(api: Api, me: String) -> Result<Dialed, NotDialed> {
    match tokio::time::timeout(GREETING, greet(&api, &me)).await {
        Ok(dialed) => dialed,
        Err(_) => Err(NotDialed::Silence("it took too long".into())),
    }
}

async fn greet(api: &Api, me: &str) -> Result<Dialed, NotDialed> {
    let no = |failure: Failure| NotDialed::No(Box::new(failure));
    let mut address = api.address(&["sync"], &[]);
    let scheme = if address.scheme() == "https" {
        "wss"
    } else {
        "ws"
    };
    let unusable = || {
        no(Failure::usage(
            "The server's address is not usable.",
            "Log in again.",
        ))
    };
    address.set_scheme(scheme).map_err(|()| unusable())?;
    let mut request = address
        .as_str()
        .into_client_request()
        .map_err(|_| unusable())?;
    let bearer =
        HeaderValue::from_str(&format!("Bearer {}", api.token())).map_err(|_| unusable())?;
    request.headers_mut().insert("Authorization", bearer);
    let mut socket = match connect_async(request).await {
        Ok((socket, _)) => socket,
        Err(Error::Http(answer)) => {
            return Err(not_upgraded(
                answer.status().as_u16(),
                answer.body().as_deref(),
            ));
        }
        Err(e) => return Err(NotDialed::Silence(e.to_string())),
    };
    let join = Message::Join {
        sender_id: me.to_owned(),
        peer_metadata: PeerMetadata {
            storage_id: None,
            is_ephemeral: Some(true),
        },
        supported_protocol_versions: vec![PROTOCOL.into()],
    };
    let silence = |e: Error| NotDialed::Silence(e.to_string());
    socket
        .send(Frame::Binary(join.encode().into()))
        .await
        .map_err(silence)?;
    while let Some(frame) = socket.next().await {
        let Frame::Binary(bytes) = frame.map_err(silence)? else {
            continue;
        };
        match Message::decode(&bytes) {
            Ok(Message::Peer {
                sender_id,
                selected_protocol_version,
                ..
            }) if selected_protocol_version == PROTOCOL => {
                return Ok(Dialed {
                    socket,
                    server: sender_id,
                });
            }
            Ok(Message::Error { message, .. }) => {
                return Err(no(Failure::new(
                    Exit::Refused,
                    "refused",
                    message,
                    "Log in again with your invitation link.",
                )));
            }
            Ok(Message::Peer { .. }) | Err(_) => {
                let why = "it speaks another version of the sync protocol";
                return Err(no(Failure::not_understood(api.base().as_str(), why)));
            }
            Ok(_) => {}
        }
    }
    Err(NotDialed::Silence(
        "the server closed the connection".into(),
    ))
}

fn not_upgraded(status: u16, body: Option<&[u8]>) -> NotDialed {
    if matches!(status, 429 | 500..) {
        return NotDialed::Silence(format!("HTTP status {status}"));
    }
    let problem = body
        .and_then(|b| serde_json::from_slice::<Problem>(b).ok())
        .unwrap_or_else(|| Problem {
            r#type: "about:blank".into(),
            title: String::new(),
            status,
            detail: format!("The server does not let you in (HTTP status {status})."),
            code: format!("http-{status}"),
            hint: "Check your login with `plenary whoami`.".into(),
            about: Default::default(),
        });
    NotDialed::No(Box::new(Failure::of_problem(problem)))
}

/// Writes what is queued, and pings.
pub(super) async fn write_out(
    mut sink: SplitSink<Socket, Frame>,
    mut queue: UnboundedReceiver<Frame>,
    ping_every: Duration,
) {
    loop {
        let frame = match tokio::time::timeout(ping_every, queue.recv()).await {
            Ok(Some(frame)) => frame,
            Ok(None) => {
                let _ = sink.close().await;
                return;
            }
            Err(_) => Frame::Ping(Vec::new().into()),
        };
        if sink.send(frame).await.is_err() {
            return;
        }
    }
}
