//! A connection that is given up when its other end does not read, or does not begin.
//!
//! Without that, whoever asks for something large and reads none of it has it held for him as long as he likes; and whoever
//! says nothing at all, or begins as HTTP/2 does and says no more, is listened to for ever, because the time for the head
//! of a request begins only when it is known which HTTP it is.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep_until};

use crate::congestion::Congestion;

/// From so many bytes on it is known which HTTP they are.
const GREETING: usize = 24;

/// A stream whose writing has to get on.
pub(super) struct Patient<S> {
    stream: S,
    within: Duration,
    /// How long it has for its first bytes; none once they are there.
    greeting: Option<Pin<Box<Sleep>>>,
    /// How many of those it has said.
    said: usize,
    /// Waiting to write since; and when that is enough.
    enough: Option<Pin<Box<Sleep>>>,
    /// Whether it waits to write, for who has something to say.
    congestion: Congestion,
}

impl<S> Patient<S> {
    /// The first bytes come within `greets`, and every write gets on within `within`, or the connection is over.
    pub(super) fn new(stream: S, greets: Duration, within: Duration) -> Self {
        Self {
            stream,
            within,
            greeting: Some(Box::pin(sleep_until(Instant::now() + greets))),
            said: 0,
            enough: None,
            congestion: Congestion::default(),
        }
    }

    /// Whether it waits to write.
    pub(super) fn congestion(&self) -> Congestion {
        self.congestion.clone()
    }

    fn watched<T>(
        &mut self,
        context: &mut Context<'_>,
        written: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.enough = None;
            return written;
        }
        let within = self.within;
        let enough = self
            .enough
            .get_or_insert_with(|| Box::pin(sleep_until(Instant::now() + within)));
        match enough.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Err(timed_out("the other end does not read"))),
            Poll::Pending => Poll::Pending,
        }
    }
}

fn timed_out(why: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::TimedOut, why)
}

impl<S: AsyncRead + Unpin> AsyncRead for Patient<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, buffer);
        let Some(greeting) = &mut self.greeting else {
            return read;
        };
        if read.is_ready() {
            self.said += buffer.filled().len() - before;
            if self.said >= GREETING {
                self.greeting = None;
            }
            return read;
        }
        match greeting.as_mut().poll(context) {
            Poll::Ready(()) => Poll::Ready(Err(timed_out("the other end says nothing"))),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Patient<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.congestion.note(written.is_pending());
        self.watched(context, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(context, slices);
        self.congestion.note(written.is_pending());
        self.watched(context, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let flushed = Pin::new(&mut self.stream).poll_flush(context);
        self.watched(context, flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let shut = Pin::new(&mut self.stream).poll_shutdown(context);
        self.watched(context, shut)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    use super::*;

    const LONG: Duration = Duration::from_secs(60);

    #[tokio::test]
    async fn who_does_not_begin_is_given_up() {
        for said in [&b""[..], b"PRI * HTTP/2.0"] {
            let (near, mut far) = tokio::io::duplex(1_000);
            far.write_all(said).await.unwrap();
            let mut near = Patient::new(near, Duration::from_millis(20), LONG);
            let failed = near.read_to_end(&mut Vec::new()).await;
            assert_eq!(failed.unwrap_err().kind(), io::ErrorKind::TimedOut);
        }
    }

    #[tokio::test]
    async fn who_does_not_read_is_given_up() {
        let (near, _far) = tokio::io::duplex(1_000);
        let mut near = Patient::new(near, LONG, Duration::from_millis(20));
        let failed = near.write_all(&[0; 5_000]).await;
        assert_eq!(failed.unwrap_err().kind(), io::ErrorKind::TimedOut);
    }

    #[tokio::test]
    async fn who_reads_a_little_is_waited_for_anew() {
        let (near, mut far) = tokio::io::duplex(1_000);
        let mut near = Patient::new(near, LONG, LONG);
        near.write_all(&[0; 1_000]).await.unwrap();
        let waits = tokio::time::timeout(Duration::from_millis(5), near.write(&[0; 10]));
        assert!(waits.await.is_err());
        assert!(near.enough.is_some(), "the time runs");
        assert!(near.congestion().is_there());
        far.read_exact(&mut [0; 10]).await.unwrap();
        assert_eq!(near.write(&[0; 10]).await.unwrap(), 10);
        assert!(near.enough.is_none(), "and begins anew");
        assert!(!near.congestion().is_there());
    }
}
