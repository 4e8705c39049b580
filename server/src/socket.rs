//! One websocket: the automerge-repo protocol, version 1. Bytes in, to the rooms; what the rooms have, out.
//!
//! Nothing about a draft is decided here. Every queue is bounded, every wait has an end: a client that does not read,
//! does not answer, or floods, loses its connection and nothing else.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::ws::{CloseFrame, Message as Frame, WebSocket, WebSocketUpgrade, close_code};
use axum::response::Response;
use futures_util::stream::{FuturesUnordered, SplitSink, SplitStream};
use futures_util::{SinkExt as _, StreamExt as _};
use plenary_shared::draft::{Author, Role};
use plenary_shared::ids::DraftId;
use plenary_shared::limits::FRAME_BYTES;
use plenary_shared::wire::envelope::Envelope;
use plenary_shared::wire::message::{Message, PROTOCOL, PeerMetadata, Synced};
use tokio::sync::{Notify, mpsc};
use tokio::time::{Instant, sleep_until, timeout};
use tracing::{Instrument as _, debug, info_span};

use crate::App;
use crate::congestion::Congestion;
use crate::http::auth::WebsocketCaller;
use crate::http::error::Failure;
use crate::identity::Caller;
use crate::limits::{BYTE_WORK, FRAME_WORK, WRITE_WITHIN};
use crate::room::{ConnectionId, Line, Outgoing, Receipts, Room, RoomError};
use crate::shares::Share;
use crate::streams::Place;

/// The name by which the server calls itself to stock clients.
const SERVER: &str = "plenary";
/// Messages that wait to be written at most; what does not fit is brought later by one ordinary message.
const QUEUE: usize = 64;
/// Until a client has said who it is.
const JOIN_WITHIN: Duration = Duration::from_secs(10);
/// How often a silent client is asked whether it is still there, and when it is given up.
const PING: Duration = Duration::from_secs(20);
const SILENT: Duration = Duration::from_secs(60);
/// Messages taken from one client in a second; more of them wait, and so does the client.
const PER_SECOND: u32 = 1000;
/// Messages that are not kept (cursors), passed on for one client in a second; more of them are dropped.
const EPHEMERAL_PER_SECOND: u32 = 50;
/// Bytes of a message that is not kept.
const EPHEMERAL_BYTES: usize = 16 << 10;
/// Bytes kept for what a client sends, for each connection; it grows with a longer message. An ordinary message has less
/// than 400.
const READ_BUFFER: usize = 4 << 10;
/// Drafts open on one connection.
const DRAFTS: usize = 64;
/// Characters of a client's name for itself.
const PEER_ID: usize = 256;

static NEXT: AtomicU64 = AtomicU64::new(1);

/// `GET /sync`.
///
/// # Errors
/// As the caller's credential has it, and 429 if the seat has too many connections.
pub async fn sync(
    State(app): State<App>,
    WebsocketCaller(caller): WebsocketCaller,
    line: Option<Extension<Congestion>>,
    upgrade: WebSocketUpgrade,
) -> Result<Response, Failure> {
    let place = app.streams.take(&caller)?;
    let id = ConnectionId(NEXT.fetch_add(1, Ordering::Relaxed));
    let span = info_span!("connection", connection.id = id.0);
    let upgrade = upgrade
        .read_buffer_size(READ_BUFFER)
        .max_message_size(FRAME_BYTES)
        .max_frame_size(FRAME_BYTES);
    let line = line.map(|Extension(line)| line).unwrap_or_default();
    Ok(upgrade
        .on_upgrade(move |socket| serve(app, caller, place, id, line, socket).instrument(span)))
}

/// Why a connection ends, in words for who sits there; none if they know.
type Farewell = Option<String>;

async fn serve(
    app: App,
    caller: Caller,
    place: Place,
    id: ConnectionId,
    congestion: Congestion,
    socket: WebSocket,
) {
    let _place = place;
    let (sink, stream) = socket.split();
    let (out, queue) = mpsc::channel(QUEUE);
    let cut = Arc::new(Notify::new());
    let (words, own) = mpsc::channel(QUEUE);
    let unread = Arc::new(AtomicUsize::new(0));
    let share = app.shares.share(&caller.by());
    let writer = tokio::spawn(
        Writer {
            sink,
            peer: String::new(),
            envelopes: BTreeMap::new(),
            unread: Arc::clone(&unread),
        }
        .run(queue, own),
    );
    let mut connection = Connection {
        app: app.clone(),
        caller: caller.clone(),
        id,
        line: Line {
            out,
            cut: Arc::clone(&cut),
            unread,
            share: Arc::clone(&share),
            receipts: Arc::default(),
            congestion,
        },
        share,
        words,
        peer: String::new(),
        rooms: BTreeMap::new(),
        pace: Pace::of(PER_SECOND),
        ephemeral: Pace::of(EPHEMERAL_PER_SECOND),
    };
    let ended = connection.words.clone();
    // Looked at only when one of them says something, not at every frame.
    let mut ends: FuturesUnordered<Pin<Box<dyn Future<Output = Farewell> + Send>>> =
        FuturesUnordered::new();
    let (of_app, words) = (app.clone(), ended.clone());
    ends.push(Box::pin(async move {
        Some(of_app.unseated(&caller).await.to_string())
    }));
    ends.push(Box::pin(async move {
        app.stopped().await;
        None
    }));
    ends.push(Box::pin(async move {
        cut.notified().await;
        Some("the connection did not read what was sent to it".to_owned())
    }));
    // The writer told the client why before it ended.
    ends.push(Box::pin(async move {
        words.closed().await;
        None
    }));
    let farewell = tokio::select! {
        biased;
        farewell = connection.listen(stream) => farewell,
        farewell = ends.next() => farewell.flatten(),
    };
    for open in connection.rooms.values() {
        open.room.leave(id).await;
    }
    let _ = ended.try_send(Own::Close(farewell));
    drop((connection, ended, ends));
    let mut writer = writer;
    if timeout(WRITE_WITHIN, &mut writer).await.is_err() {
        writer.abort();
    }
    debug!("connection ended");
}

/// What the connection itself has to write.
enum Own {
    Message(Message),
    /// The client said who it is; everything is addressed to that name.
    Peer(String),
    Pong(Bytes),
    Close(Farewell),
}

/// A room that was joined.
struct Joined {
    room: Room,
    receipts: Arc<Receipts>,
}

struct Connection {
    app: App,
    caller: Caller,
    id: ConnectionId,
    line: Line,
    share: Arc<Share>,
    words: mpsc::Sender<Own>,
    peer: String,
    /// By the name that the client calls a document.
    rooms: BTreeMap<String, Joined>,
    pace: Pace,
    ephemeral: Pace,
}

impl Connection {
    async fn listen(&mut self, mut stream: SplitStream<WebSocket>) -> Farewell {
        let mut heard = Instant::now();
        let silence = sleep_until(heard + JOIN_WITHIN);
        tokio::pin!(silence);
        loop {
            let frame = tokio::select! {
                biased;
                frame = stream.next() => match frame {
                    Some(Ok(frame)) => frame,
                    None | Some(Err(_)) => return None,
                },
                () = &mut silence => {
                    if self.peer.is_empty() {
                        return Some("malformed: the first message is a join".into());
                    }
                    // Set anew only here: every frame would be dear.
                    if heard.elapsed() < SILENT {
                        silence.as_mut().reset(heard + SILENT);
                        continue;
                    }
                    return Some("nothing was heard for a minute".into());
                }
            };
            heard = Instant::now();
            let taken = match frame {
                Frame::Binary(bytes) => {
                    self.pace.wait().await;
                    self.share.rested().await;
                    self.share.charge(
                        FRAME_WORK
                            + BYTE_WORK
                                .saturating_mul(u32::try_from(bytes.len()).unwrap_or(u32::MAX)),
                    );
                    self.take(&bytes).await
                }
                Frame::Ping(bytes) => self.write(Own::Pong(bytes)).await,
                Frame::Pong(_) => Ok(()),
                Frame::Close(_) => return None,
                Frame::Text(_) => Err(Some("malformed: messages are binary frames of CBOR".into())),
            };
            if let Err(farewell) = taken {
                return farewell;
            }
        }
    }

    async fn take(&mut self, bytes: &Bytes) -> Result<(), Farewell> {
        if let Some(synced) = Synced::of(bytes)
            && let Some(open) = self.rooms.get(synced.document_id)
        {
            if open.receipts.keep(synced.data) {
                return Ok(());
            }
            let data = bytes.slice_ref(synced.data);
            let turn = self.share.message().await;
            return open.room.sync(self.id, data, turn).await.map_err(gone);
        }
        let message = Message::decode(bytes).map_err(|e| Some(format!("malformed: {e}")))?;
        match message {
            Message::Join {
                sender_id,
                supported_protocol_versions,
                ..
            } => self.join(sender_id, &supported_protocol_versions).await,
            _ if self.peer.is_empty() => Err(Some("malformed: the first message is a join".into())),
            Message::Request {
                document_id, data, ..
            }
            | Message::Sync {
                document_id, data, ..
            } => self.sync(document_id, data).await,
            ephemeral @ Message::Ephemeral { .. } => self.tell(ephemeral),
            Message::Leave { .. } => Err(None),
            // Answers that only a server gives, and whatever this build does not know, are passed over.
            Message::Peer { .. }
            | Message::DocUnavailable { .. }
            | Message::Error { .. }
            | Message::Unknown => Ok(()),
        }
    }

    async fn join(&mut self, peer: String, versions: &[String]) -> Result<(), Farewell> {
        if !self.peer.is_empty() {
            return Ok(());
        }
        if peer.is_empty() || peer.chars().count() > PEER_ID {
            return Err(Some(format!(
                "malformed: a peer id has 1 to {PEER_ID} characters"
            )));
        }
        if !versions.is_empty() && !versions.iter().any(|v| v == PROTOCOL) {
            return Err(Some(format!(
                "unsupported protocol version; this server speaks {PROTOCOL}"
            )));
        }
        self.peer.clone_from(&peer);
        self.write(Own::Peer(peer.clone())).await?;
        self.write(Own::Message(Message::Peer {
            sender_id: SERVER.into(),
            peer_metadata: PeerMetadata::default(),
            selected_protocol_version: PROTOCOL.into(),
            target_id: peer,
        }))
        .await
    }

    async fn sync(&mut self, document_id: String, data: Vec<u8>) -> Result<(), Farewell> {
        let Some(room) = self.room(&document_id).await? else {
            // No draft of that name, or one that this seat has no part in: the same answer.
            let unavailable = Message::DocUnavailable {
                sender_id: SERVER.into(),
                target_id: self.peer.clone(),
                document_id,
            };
            return self.write(Own::Message(unavailable)).await;
        };
        let turn = self.share.message().await;
        room.sync(self.id, data.into(), turn).await.map_err(gone)
    }

    /// The draft's room, joined at the first message about it.
    async fn room(&mut self, document_id: &str) -> Result<Option<Room>, Farewell> {
        if let Some(open) = self.rooms.get(document_id) {
            return Ok(Some(open.room.clone()));
        }
        let Ok(draft) = document_id.parse::<DraftId>() else {
            return Ok(None);
        };
        let Some(caller) = self.app.identity.admitted(&self.caller, draft) else {
            return Ok(None);
        };
        if self.rooms.len() >= DRAFTS {
            return Ok(None);
        }
        let room = match self.app.rooms.room(draft).await {
            Ok(room) => room,
            Err(RoomError::Unknown) => return Ok(None),
            Err(e) => return Err(gone(e)),
        };
        let by = caller.by();
        let line = Line {
            receipts: Arc::default(),
            ..self.line.clone()
        };
        let open = Joined {
            room: room.clone(),
            receipts: Arc::clone(&line.receipts),
        };
        room.join(self.id, by.clone(), Author::of(&by), line)
            .await
            .map_err(gone)?;
        self.rooms.insert(document_id.to_owned(), open);
        Ok(Some(room))
    }

    /// Cursors and the like: passed on, never kept. Observers read, they do not tell.
    fn tell(&mut self, message: Message) -> Result<(), Farewell> {
        let Message::Ephemeral {
            document_id, data, ..
        } = &message
        else {
            return Ok(());
        };
        let Some(open) = self.rooms.get(document_id) else {
            return Ok(());
        };
        let may = Author::of(&self.caller.by()).is_some_and(|a| a.role > Role::Archivist);
        if may && data.len() <= EPHEMERAL_BYTES && self.ephemeral.allows() {
            open.room
                .ephemeral(self.id, Arc::new(message))
                .map_err(gone)?;
        }
        Ok(())
    }

    async fn write(&self, own: Own) -> Result<(), Farewell> {
        self.words.send(own).await.map_err(|_| None)
    }
}

fn gone(e: RoomError) -> Farewell {
    match e {
        RoomError::Gone => None,
        e => Some(e.to_string()),
    }
}

/// Writes what the rooms and the connection itself have.
struct Writer {
    sink: SplitSink<WebSocket, Frame>,
    /// The client's name for itself.
    peer: String,
    /// Of the drafts that were written about.
    envelopes: BTreeMap<DraftId, Envelope>,
    /// Bytes for this connection alone that wait.
    unread: Arc<AtomicUsize>,
}

impl Writer {
    async fn run(
        mut self,
        mut queue: mpsc::Receiver<(DraftId, Outgoing)>,
        mut own: mpsc::Receiver<Own>,
    ) {
        let mut ping = tokio::time::interval_at(Instant::now() + PING, PING);
        loop {
            let written = tokio::select! {
                biased;
                word = own.recv() => match word {
                    Some(Own::Message(message)) => self.write(Frame::Binary(message.encode().into())).await,
                    Some(Own::Peer(peer)) => {
                        self.peer = peer;
                        self.envelopes.clear();
                        true
                    }
                    Some(Own::Pong(bytes)) => self.write(Frame::Pong(bytes)).await,
                    Some(Own::Close(farewell)) => return self.close(farewell).await,
                    None => return self.close(None).await,
                },
                Some((draft, outgoing)) = queue.recv() => match outgoing {
                    Outgoing::Error(why) => return self.close(Some(why)).await,
                    Outgoing::Sync(data) => {
                        let written = self.sync(draft, &data).await;
                        self.unread.fetch_sub(data.len(), Ordering::Relaxed);
                        written
                    }
                    Outgoing::Shared(data) => self.sync(draft, &data).await,
                    Outgoing::Ephemeral(message) => {
                        let message = addressed(&message, &self.peer);
                        self.write(Frame::Binary(message.encode().into())).await
                    }
                },
                _ = ping.tick() => self.write(Frame::Ping(Bytes::new())).await,
            };
            if !written {
                return;
            }
        }
    }

    async fn sync(&mut self, draft: DraftId, data: &[u8]) -> bool {
        let envelope = self
            .envelopes
            .entry(draft)
            .or_insert_with(|| Envelope::new(SERVER, &self.peer, &draft.to_string()));
        let message = envelope.around(data);
        self.write(Frame::Binary(message.into())).await
    }

    async fn write(&mut self, frame: Frame) -> bool {
        matches!(
            timeout(WRITE_WITHIN, self.sink.send(frame)).await,
            Ok(Ok(()))
        )
    }

    /// The last words: an error message of the protocol, then the websocket's own closing with the same reason.
    async fn close(mut self, farewell: Farewell) {
        let code = if farewell.is_some() {
            close_code::POLICY
        } else {
            close_code::AWAY
        };
        if let Some(message) = farewell.clone() {
            let error = Message::Error {
                sender_id: SERVER.into(),
                target_id: self.peer.clone(),
                message,
            };
            self.write(Frame::Binary(error.encode().into())).await;
        }
        // A close frame's reason has at most 123 bytes.
        let mut reason = farewell.unwrap_or_default();
        while reason.len() > 123 {
            reason.pop();
        }
        self.write(Frame::Close(Some(CloseFrame {
            code,
            reason: reason.into(),
        })))
        .await;
    }
}

fn addressed(message: &Message, to: &str) -> Message {
    let mut message = message.clone();
    if let Message::Ephemeral { target_id, .. } = &mut message {
        to.clone_into(target_id);
    }
    message
}

/// At most so many in any one second.
struct Pace {
    per_second: u32,
    second: Instant,
    taken: u32,
}

impl Pace {
    fn of(per_second: u32) -> Self {
        Self {
            per_second,
            second: Instant::now(),
            taken: 0,
        }
    }

    /// Whether one more is within the pace.
    fn allows(&mut self) -> bool {
        if self.second.elapsed() >= Duration::from_secs(1) {
            *self = Self::of(self.per_second);
        }
        self.taken += 1;
        self.taken <= self.per_second
    }

    /// Waits until one more is.
    async fn wait(&mut self) {
        if !self.allows() {
            sleep_until(self.second + Duration::from_secs(1)).await;
            self.allows();
        }
    }
}
