//! News of a draft as it happens, for readers: server-sent events, one for each entry or run of entries.
//!
//! Between what is told from the record and what is told as it happens there is never a gap or a repetition: the stream
//! first listens, then reads what the reader lacks up to the entry that is the last one at that moment, and then passes
//! over whatever it hears that is not later.

use std::convert::Infallible;
use std::future::ready;
use std::pin::Pin;
use std::sync::LazyLock;

use axum::Extension;
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, header};
use axum::response::IntoResponse;
use futures_util::StreamExt as _;
use futures_util::stream::{iter, unfold};
use plenary_shared::ids::Seq;
use plenary_shared::record::Record;
use serde::Deserialize;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::{Instant, Interval, interval_at};
use tracing::debug;

use crate::App;
use crate::congestion::Congestion;
use crate::gzip;
use crate::http::Answer;
use crate::http::error::Failure;
use crate::http::query::Query;
use crate::http::visit::Visit;
use crate::limits;
use crate::room::{self, Lines, News, Published};
use crate::streams::Place;

/// A comment, by which a reader, and every proxy between, knows that the stream is still there.
static STILL_HERE: LazyLock<Lines> = LazyLock::new(|| b":\n\n".to_vec().into());

/// Where to begin.
#[derive(Debug, Deserialize)]
pub(crate) struct From {
    after: Option<u64>,
}

/// The stream of events. `Last-Event-ID`, or else `after`, names the last entry that the reader knows; without either
/// the stream begins with what comes next.
///
/// An event `reset` says that the reader lacks too much: it loads the draft anew and goes on after the event's id.
///
/// Who takes gzip gets it so, each event as soon as it is there. As a stream in gzip that is cut it has no end of its own.
#[utoipa::path(get, path = "/drafts/{draft}/events", tag = "record",
    params(("draft" = String, Path),
        ("after" = Option<u64>, Query, description = "The number of the last entry that is known already"),
        ("Last-Event-ID" = Option<u64>, Header, description = "The same, as browsers send it; wins")),
    responses((status = 200, content_type = "text/event-stream", body = plenary_shared::wire::view::Event,
        description = "`event: entries` with an Event as data, or `event: reset`, `event: reminder` with a Reminder, or `event: pointer` with a Pointer")))]
pub(crate) async fn events(
    State(app): State<App>,
    mut visit: Visit,
    Query(from): Query<From>,
    line: Option<Extension<Congestion>>,
    headers: HeaderMap,
) -> Answer<impl IntoResponse> {
    visit.stays();
    let after = last_event_id(&headers)?.or(from.after).map(Seq);
    let place = app.streams.take(&visit.caller)?;
    let line = line.map(|Extension(line)| line).unwrap_or_default();
    let stream = Stream::open(app, visit, place, line, after).await?;
    let packs = gzip::is_taken_by(&headers);
    let pieces = unfold(stream, move |mut stream| async move {
        let lines = tokio::select! {
            biased;
            why = &mut stream.over => {
                debug!("an event stream ends: {why}");
                None
            }
            lines = stream.reader.next() => lines,
        }?;
        let piece = if packs { lines.gzip() } else { lines.plain() };
        Some((Ok::<_, Infallible>(piece), stream))
    });
    let begins = packs.then_some(Ok(gzip::BEGIN));
    let body = Body::from_stream(iter(begins).chain(pieces));
    // Some proxies keep a stream back until there is more of it, unless they are asked not to.
    let unbuffered = HeaderName::from_static("x-accel-buffering");
    let headers = [
        (header::CONTENT_TYPE, "text/event-stream"),
        (header::CACHE_CONTROL, "no-cache"),
        (unbuffered, "no"),
        (header::VARY, "accept-encoding"),
    ];
    let packed = packs.then_some([(header::CONTENT_ENCODING, "gzip")]);
    Ok((headers, packed, body))
}

fn last_event_id(headers: &HeaderMap) -> Answer<Option<u64>> {
    let Some(id) = headers.get("last-event-id") else {
        return Ok(None);
    };
    let seq = id.to_str().ok().and_then(|s| s.parse().ok());
    seq.map(Some)
        .ok_or_else(|| Failure::malformed("Last-Event-ID is the number of an entry"))
}

/// How far the reader has been told.
enum Told {
    /// Up to an entry; this is the record that it is brought up to.
    Until(Seq, Box<Record>),
    /// All that was there when it came, which ended with that entry; from then on what happens.
    AllUntil(Seq),
    /// That it lacks too much, which is the last there is to tell: it comes again.
    Reset,
}

struct Stream {
    reader: Reader,
    /// Ends with why the stream has to.
    over: Pin<Box<dyn Future<Output = &'static str> + Send>>,
    _place: Place,
}

impl Stream {
    async fn open(
        app: App,
        visit: Visit,
        place: Place,
        line: Congestion,
        after: Option<Seq>,
    ) -> Answer<Self> {
        let caller = visit.caller.clone();
        let over = async move {
            tokio::select! {
                () = app.stopped() => "stopping",
                why = app.unseated(&caller) => why.code(),
            }
        };
        let (record, heard) = visit.room.listen().await?;
        let mut reader = Reader {
            heard,
            told: Told::Reset,
            visit,
            line,
            waiting: None,
            heartbeat: interval_at(Instant::now() + limits::HEARTBEAT, limits::HEARTBEAT),
        };
        reader.begin(after, record);
        Ok(Self {
            reader,
            over: Box::pin(over),
            _place: place,
        })
    }
}

struct Reader {
    visit: Visit,
    line: Congestion,
    told: Told,
    heard: News,
    waiting: Option<Lines>,
    heartbeat: Interval,
}

impl Reader {
    /// What goes out next; none if the stream ends. The reader knows what to do from what it was told last.
    async fn next(&mut self) -> Option<Lines> {
        loop {
            if let Some(lines) = self.waiting.take() {
                return Some(lines);
            }
            match std::mem::replace(&mut self.told, Told::Reset) {
                Told::Until(after, record) => self.catch_up(after, record).await?,
                Told::AllUntil(last) => self.hear(last).await?,
                Told::Reset => return None,
            }
        }
    }

    /// The reader knows everything up to that entry, if it knows any, and is to be brought up to this record.
    fn begin(&mut self, after: Option<Seq>, record: Record) {
        let last = record.draft.seq;
        match after {
            None => self.told = Told::AllUntil(last),
            Some(after) if after > last || last.0 - after.0 > limits::REPLAY => {
                self.told = Told::Reset;
                self.waiting = Published::reset(last).map(|news| news.lines);
            }
            Some(after) => self.told = Told::Until(after, Box::new(record)),
        }
    }

    /// One page of what the reader lacks. The record is let go once it is told of: a reader stays for hours, and what it
    /// holds cannot be reused.
    async fn catch_up(&mut self, after: Seq, record: Box<Record>) -> Option<()> {
        let last = record.draft.seq;
        let page = if after < last {
            self.visit.room.entries(after, limits::PAGE_MAX).await
        } else {
            Ok(Vec::new())
        };
        let mut page = page.ok()?;
        // What is later will be heard as it happens.
        page.retain(|(entry, ..)| entry.seq <= last);
        let Some((entry, ..)) = page.last() else {
            self.told = Told::AllUntil(last);
            return Some(());
        };
        let told = entry.seq;
        let mut board = self.visit.room.board().await.ok()?;
        board.refresh(&record.draft, &record.manuscript);
        // The same for all who listen: nobody's own vote.
        let withheld = self.visit.withheld(&record.draft);
        let entries = page.iter().map(|(entry, hash, _)| (entry, *hash));
        let event = room::event(&record, &board, entries, told, &withheld);
        self.waiting = Some(Published::entries(&event)?.lines);
        self.told = Told::Until(told, record);
        Some(())
    }

    /// What happens after that entry, once it does.
    async fn hear(&mut self, last: Seq) -> Option<()> {
        let waits = self.line.is_there();
        self.line.passed().await;
        let missed = self.heard.len().try_into().unwrap_or(u64::MAX);
        let heard = tokio::select! {
            biased;
            // What has happened meanwhile is told as one.
            () = ready(()), if waits && missed > 1 => Err(RecvError::Lagged(missed)),
            heard = self.heard.recv() => heard,
            _ = self.heartbeat.tick() => {
                self.waiting = Some(STILL_HERE.clone());
                self.told = Told::AllUntil(last);
                return Some(());
            }
        };
        match heard {
            Ok(news) => {
                if news.seq > last || !news.of_entries {
                    self.heartbeat.reset();
                    self.waiting = Some(news.lines.clone());
                }
                self.told = Told::AllUntil(last.max(news.seq));
            }
            // Its line is weaker than what happens. All that it lacks makes one event.
            Err(RecvError::Lagged(_)) => {
                let (record, heard) = self.visit.room.listen().await.ok()?;
                self.heard = heard;
                self.begin(Some(last), record);
            }
            Err(RecvError::Closed) => return None,
        }
        Some(())
    }
}
