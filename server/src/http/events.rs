//! News of a draft as it happens, for readers: server-sent events, one for each entry or run of entries.
//!
//! Between what is told from the record and what is told as it happens there is never a gap or a repetition: the stream
//! first listens, then reads what the reader lacks up to the entry that is the last one at that moment, and then passes
//! over whatever it hears that is not later.

use std::convert::Infallible;
use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use axum::response::sse::{Event as SseEvent, KeepAlive, Sse};
use futures_util::stream::poll_fn;
use plenary_shared::ids::Seq;
use plenary_shared::record::Record;
use serde::Deserialize;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc;
use tracing::{Instrument as _, debug};

use crate::App;
use crate::http::Answer;
use crate::http::error::Failure;
use crate::http::query::Query;
use crate::http::visit::Visit;
use crate::limits;
use crate::room::{self, Published};

/// Where to begin.
#[derive(Debug, Deserialize)]
pub(crate) struct From {
    after: Option<u64>,
}

/// The stream of events. `Last-Event-ID`, or else `after`, names the last entry that the reader knows; without either
/// the stream begins with what comes next.
///
/// An event `reset` says that the reader lacks too much: it loads the draft anew and goes on after the event's id.
#[utoipa::path(get, path = "/drafts/{draft}/events", tag = "record",
    params(("draft" = String, Path),
        ("after" = Option<u64>, Query, description = "The number of the last entry that is known already"),
        ("Last-Event-ID" = Option<u64>, Header, description = "The same, as browsers send it; wins")),
    responses((status = 200, content_type = "text/event-stream", body = plenary_shared::wire::view::Event,
        description = "`event: entries` with an Event as data, or `event: reset`, or `event: reminder` with a Reminder")))]
pub(crate) async fn events(
    State(app): State<App>,
    visit: Visit,
    Query(from): Query<From>,
    headers: HeaderMap,
) -> Answer<impl IntoResponse> {
    let after = last_event_id(&headers)?.or(from.after).map(Seq);
    let place = app.streams.take(&visit.caller)?;
    let heard = visit.room.events();
    let (tell, mut told) = mpsc::channel(8);
    let stream = Stream { app, visit, tell };
    let task = async move {
        let _place = place;
        let _ = stream.run(after, heard).await;
    };
    tokio::spawn(task.instrument(tracing::Span::current()));
    let body = poll_fn(move |context| told.poll_recv(context).map(|e| e.map(Ok::<_, Infallible>)));
    let heartbeat = KeepAlive::new().interval(limits::HEARTBEAT).text("");
    // Some proxies keep a stream back until there is more of it, unless they are asked not to.
    Ok((
        [("x-accel-buffering", "no")],
        Sse::new(body).keep_alive(heartbeat),
    ))
}

fn last_event_id(headers: &HeaderMap) -> Answer<Option<u64>> {
    let Some(id) = headers.get("last-event-id") else {
        return Ok(None);
    };
    let seq = id.to_str().ok().and_then(|s| s.parse().ok());
    seq.map(Some)
        .ok_or_else(|| Failure::malformed("Last-Event-ID is the number of an entry"))
}

/// Why a stream ends early; the reader knows what to do from what it was told last.
struct Over;

struct Stream {
    app: App,
    visit: Visit,
    tell: mpsc::Sender<SseEvent>,
}

impl Stream {
    async fn run(self, after: Option<Seq>, heard: Receiver<Arc<Published>>) -> Result<(), Over> {
        let ended = async {
            tokio::select! {
                () = self.app.stopped() => "stopping",
                why = self.app.unseated(&self.visit.caller) => why.code(),
                () = self.tell.closed() => "reader-gone",
            }
        };
        tokio::select! {
            biased;
            why = ended => {
                debug!("an event stream ends: {why}");
                Ok(())
            }
            over = self.read_and_listen(after, heard) => over,
        }
    }

    async fn read_and_listen(
        &self,
        after: Option<Seq>,
        mut heard: Receiver<Arc<Published>>,
    ) -> Result<(), Over> {
        // The record is let go once it is told of: a reader stays for hours, and what it holds cannot be reused.
        let last = {
            let record = self.visit.room.read(|live| live.record.clone()).await;
            let record = record.map_err(|_| Over)?;
            if let Some(after) = after
                && !self.catch_up(&record, after).await?
            {
                return Ok(());
            }
            record.draft.seq
        };
        loop {
            match heard.recv().await {
                Ok(news) if news.name == "reminder" => self.reminder(&news.json).await?,
                Ok(news) if news.seq > last => self.entries(news.seq, &news.json).await?,
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => {
                    let last = self.visit.room.read(|live| live.draft.seq).await;
                    return self.reset(last.map_err(|_| Over)?).await;
                }
                Err(RecvError::Closed) => return Ok(()),
            }
        }
    }

    /// What the reader lacks after that entry. False if it is too much: the reader is told to load the draft anew.
    async fn catch_up(&self, record: &Record, after: Seq) -> Result<bool, Over> {
        let last = record.draft.seq;
        if after > last || last.0 - after.0 > limits::REPLAY {
            self.reset(last).await?;
            return Ok(false);
        }
        let mut board = self.visit.room.board().await.map_err(|_| Over)?;
        board.refresh(&record.draft, &record.manuscript);
        // The same for all who listen: nobody's own vote.
        let withheld = self.visit.withheld(&record.draft);
        let mut told = after;
        while told < last {
            let page = self.visit.room.entries(told, limits::PAGE_MAX).await;
            let mut page = page.map_err(|_| Over)?;
            // What is later will be heard as it happens.
            page.retain(|(entry, ..)| entry.seq <= last);
            let Some((entry, ..)) = page.last() else {
                break;
            };
            told = entry.seq;
            let entries = page.iter().map(|(entry, hash, _)| (entry, *hash));
            let event = room::event(record, &board, entries, told, &withheld);
            let json = serde_json::to_string(&event).map_err(|_| Over)?;
            self.entries(told, &json).await?;
        }
        Ok(true)
    }

    async fn entries(&self, seq: Seq, json: &str) -> Result<(), Over> {
        let event = SseEvent::default().id(seq.to_string()).event("entries");
        self.tell.send(event.data(json)).await.map_err(|_| Over)
    }

    /// Without an id: it is no entry, and nobody resumes after it.
    async fn reminder(&self, json: &str) -> Result<(), Over> {
        let event = SseEvent::default().event("reminder").data(json);
        self.tell.send(event).await.map_err(|_| Over)
    }

    /// Tells the reader to load the draft anew, and from which entry to go on.
    async fn reset(&self, last: Seq) -> Result<(), Over> {
        let event = SseEvent::default().id(last.to_string()).event("reset");
        let event = event.data(format!("{{\"seq\":{last}}}"));
        self.tell.send(event).await.map_err(|_| Over)
    }
}
