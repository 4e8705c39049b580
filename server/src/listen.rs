//! Connections: taken in up to a number, given a time for each head, and let finish when the server stops.

use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::StatusCode;
use hyper::Request;
use hyper::body::Incoming;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tower::ServiceExt as _;
use tracing::{debug, warn};

use crate::config::Config;
use crate::congestion::Congestion;
use crate::http::error::Failure;
use crate::limits::WRITE_WITHIN;
use addresses::Addresses;
use patient::Patient;

mod addresses;
mod patient;

/// Bytes that the system keeps unsent for one connection: half a second of a line of 64 kbit/s.
#[cfg(target_os = "linux")]
const UNSENT: u32 = 4 << 10;

/// Serves until `stop` ends; then takes no more connections, and gives those it has `finish` to answer what they were
/// asked.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    config: &Config,
    stop: impl Future<Output = ()>,
    finish: Duration,
) {
    let places = Arc::new(Semaphore::new(config.max_connections));
    // Behind a proxy all come from its address: there it is the proxy that knows who is who.
    let per_address = if config.behind_proxy {
        usize::MAX
    } else {
        config.max_connections_per_address
    };
    let addresses = Addresses::at_most(per_address);
    let connections = GracefulShutdown::new();
    let http = protocol(config);
    tokio::pin!(stop);
    loop {
        let next = async {
            // A place first: what cannot be served waits in the operating system's queue and costs nothing here.
            let place = places.clone().acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            biased;
            () = &mut stop => break,
            next = next => next,
        };
        let (stream, from) = match accepted {
            Ok(accepted) => accepted,
            Err(e) => {
                refused(&e).await;
                continue;
            }
        };
        let Some(of_address) = addresses.take(from.ip()) else {
            debug!("{} has all connections that an address may have", from.ip());
            turned_away(&stream);
            continue;
        };
        let line = line_of(stream, config.header_timeout.0);
        let service = service(router.clone(), line.congestion());
        let connection = http.serve_connection_with_upgrades(TokioIo::new(line), service);
        let connection = connections.watch(connection.into_owned());
        tokio::spawn(async move {
            let _places = (place, of_address);
            if let Err(e) = connection.await {
                debug!("a connection ended early: {e}");
            }
        });
    }
    drop(listener);
    if tokio::time::timeout(finish, connections.shutdown())
        .await
        .is_err()
    {
        warn!("some requests had not finished when the server stopped");
    }
}

fn protocol(config: &Config) -> auto::Builder<TokioExecutor> {
    let mut http = auto::Builder::new(TokioExecutor::new());
    http.http1()
        .timer(TokioTimer::new())
        .header_read_timeout(config.header_timeout.0);
    http.http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(Duration::from_secs(20))
        .keep_alive_timeout(config.header_timeout.0)
        .max_concurrent_streams(100);
    http
}

fn line_of(stream: TcpStream, greets: Duration) -> Patient<TcpStream> {
    // Small messages should go at once; if the system cannot do that, they come a little later.
    let _ = stream.set_nodelay(true);
    // What waits in the system cannot be replaced by something newer: on a line of 64 kbit/s its usual megabytes would be
    // minutes. A system that does not know this option sends the same, a little later.
    #[cfg(target_os = "linux")]
    let _ = socket2::SockRef::from(&stream).set_tcp_notsent_lowat(UNSENT);
    Patient::new(stream, greets, WRITE_WITHIN)
}

/// What answers the requests of one connection. Each of them knows whether its line is full.
fn service(
    router: Router,
    congestion: Congestion,
) -> impl hyper::service::Service<
    Request<Incoming>,
    Response = axum::response::Response,
    Error = Infallible,
    Future = impl Future<Output = Result<axum::response::Response, Infallible>> + Send,
> + Clone {
    hyper::service::service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(congestion.clone());
        router.clone().oneshot(request.map(Body::new))
    })
}

/// Says why, as far as the system takes that at once, and no more: the connection is closed when this returns.
fn turned_away(stream: &TcpStream) {
    let failure = Failure::new(
        StatusCode::TOO_MANY_REQUESTS,
        "too-many-connections",
        "Your address has as many connections as an address may have.",
        "Close some of them, or ask the operator to raise --max-connections-per-address.",
    );
    let body = serde_json::to_string(&failure.problem()).unwrap_or_default();
    let answer = format!(
        "HTTP/1.1 429 Too Many Requests\r\nContent-Type: application/problem+json\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n{body}",
        body.len()
    );
    // Whoever does not get it is turned away all the same.
    let _ = stream.try_write(answer.as_bytes());
}

/// A connection that could not be taken. One client's fault passes; a lack of file descriptors does not pass at once.
async fn refused(e: &io::Error) {
    let theirs = matches!(
        e.kind(),
        io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
    );
    if !theirs {
        warn!("no connection can be taken at the moment: {e}");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}
