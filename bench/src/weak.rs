//! A weak line, made of two sockets and patience: what the server sends passes at so many bytes a second, and late.

use std::time::Duration;

use anyhow::Context as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::time::{Instant, sleep_until};

/// How often something passes.
const STEP: Duration = Duration::from_millis(50);
/// What waits in the line's own end: a real one's modem keeps more.
const BUFFER: u32 = 4 << 10;

/// Lets connections to the server pass at that many bytes a second, each by itself, and each byte `late`; what is sent to the
/// server passes as it is. Where to connect instead.
///
/// # Errors
/// If there is no socket.
pub async fn line(server: &str, bytes_a_second: u32, late: Duration) -> anyhow::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?.to_string();
    let server = server.parse().context("the server has an address")?;
    tokio::spawn(async move {
        while let Ok((client, _)) = listener.accept().await {
            let socket = TcpSocket::new_v4()?;
            socket.set_recv_buffer_size(BUFFER)?;
            let server = socket.connect(server).await?;
            tokio::spawn(pass(server, client, bytes_a_second, late));
        }
        Ok::<_, anyhow::Error>(())
    });
    Ok(address)
}

async fn pass(
    server: TcpStream,
    client: TcpStream,
    bytes_a_second: u32,
    late: Duration,
) -> std::io::Result<()> {
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let (mut from_server, mut to_server) = server.into_split();
    let (mut from_client, mut to_client) = client.into_split();
    tokio::spawn(async move { tokio::io::copy(&mut from_client, &mut to_server).await });
    let (come, mut going) = tokio::sync::mpsc::unbounded_channel::<(Instant, Vec<u8>)>();
    tokio::spawn(async move {
        while let Some((at, bytes)) = going.recv().await {
            sleep_until(at).await;
            if to_client.write_all(&bytes).await.is_err() {
                return;
            }
        }
    });
    let each = bytes_a_second / 1000 * u32::try_from(STEP.as_millis()).unwrap_or(50);
    let mut buffer = vec![0; usize::try_from(each.max(1)).unwrap_or(1)];
    let mut next = Instant::now();
    loop {
        sleep_until(next).await;
        let read = from_server.read(&mut buffer).await?;
        // Those who write to it have gone, or the server has.
        if read == 0
            || come
                .send((Instant::now() + late, buffer[..read].to_vec()))
                .is_err()
        {
            return Ok(());
        }
        // A line that was idle owes nothing.
        let share = STEP.mul_f64(f64::from(u32::try_from(read).unwrap_or(0)) / f64::from(each));
        next = next.max(Instant::now()) + share;
    }
}
