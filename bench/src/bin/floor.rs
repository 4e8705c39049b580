//! The floor: a websocket server that copies each frame to every other socket, and knows nothing. No text, no storage, no
//! rights: whatever does more takes longer.

use axum::Router;
use axum::extract::ws::{Message, WebSocket};
use axum::extract::{State, WebSocketUpgrade};
use axum::response::Response;
use axum::routing::get;
use axum::serve::ListenerExt as _;
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::sync::broadcast;

const QUEUE: usize = 65_536;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let port: u16 = std::env::var("PORT")?.parse()?;
    let (bus, _) = broadcast::channel::<Message>(QUEUE);
    let app = Router::new().route("/", get(open)).with_state(bus);
    let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await?;
    let listener = listener.tap_io(|s| {
        // A socket without the option only waits longer.
        let _ = s.set_nodelay(true);
    });
    axum::serve(listener, app).await?;
    Ok(())
}

async fn open(
    upgrade: WebSocketUpgrade,
    State(bus): State<broadcast::Sender<Message>>,
) -> Response {
    upgrade.on_upgrade(move |socket| copy(socket, bus))
}

async fn copy(socket: WebSocket, bus: broadcast::Sender<Message>) {
    let (mut out, mut frames) = socket.split();
    let mut heard = bus.subscribe();
    let writer = tokio::spawn(async move {
        while let Ok(frame) = heard.recv().await {
            if out.send(frame).await.is_err() {
                break;
            }
        }
    });
    while let Some(Ok(frame)) = frames.next().await {
        if matches!(frame, Message::Binary(_)) {
            // Nobody listens: nothing to copy.
            let _ = bus.send(frame);
        }
    }
    writer.abort();
}
