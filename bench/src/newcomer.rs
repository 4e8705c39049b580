//! How long somebody who has nothing waits for a document with a long history.

use std::time::{Duration, Instant};

use anyhow::Context as _;
use automerge::transaction::Transactable as _;
use automerge::{AutoCommit, ObjType, TextEncoding};
use futures_util::StreamExt as _;
use tokio_tungstenite::tungstenite::Message as Frame;
use yrs::{Doc, OffsetKind, Options, ReadTxn as _, StateVector, Text as _, Transact as _};

use crate::other::Other;
use crate::room::{Automerge, Client, Dialect, Load, Room, Yjs};
use crate::trace::{Division, Stroke};

/// Longer than any of them takes.
const PATIENCE: Duration = Duration::from_secs(120);

/// Until that client has all that the server has, and where nobody types; from `began`.
///
/// # Errors
/// If it has not within two minutes.
pub async fn until_level(client: &mut impl Client, began: Instant) -> anyhow::Result<Duration> {
    let room = Room::new(Load {
        listeners: 0,
        writers: 0,
        rate: 1.0,
        seconds: 0.0,
    })?;
    while !client.is_level() {
        let frame = tokio::time::timeout(PATIENCE, client.source().next()).await;
        let frame = frame.context("it is not level after two minutes")?;
        if let Frame::Binary(bytes) = frame.context("the server has closed")?? {
            client.take(&bytes, &room, false).await?;
        }
    }
    Ok(began.elapsed())
}

/// A newcomer to Plenary's draft, who is a stock automerge peer.
///
/// # Errors
/// If it does not get the text.
pub async fn of_plenary(
    url: &str,
    token: &str,
    document: &str,
    began: Instant,
) -> anyhow::Result<Duration> {
    let path = ["clauses", "c-1", "text", "en"];
    let doc = AutoCommit::new();
    let mut peer = Automerge::come(url, Some(token), "newcomer", document, &path, doc).await?;
    until_level(&mut peer, began).await
}

/// Newcomers to `automerge-repo` or `hocuspocus` with the same keystrokes in one text: the first, and another.
///
/// # Errors
/// If there is no such server, or they do not get the text.
pub async fn of_another(name: &str, whole: &Division) -> anyhow::Result<[Duration; 2]> {
    let server = Other::start(name).await?;
    let url = server.address();
    let document = plenary_shared::ids::DraftId([0x5a; 16]).to_string();
    if name == "automerge-repo" {
        let doc = automerge_of(whole)?;
        let mut seeder = Automerge::come(&url, None, "seeder", &document, &["text"], doc).await?;
        until_level(&mut seeder, Instant::now()).await?;
        let newcomer = async |name: &str| {
            let (began, doc) = (Instant::now(), AutoCommit::new());
            let mut peer = Automerge::come(&url, None, name, &document, &["text"], doc).await?;
            until_level(&mut peer, began).await
        };
        return Ok([newcomer("first").await?, newcomer("second").await?]);
    }
    let mut seeder = Yjs::come(&url, Dialect::Hocuspocus, "room").await?;
    until_level(&mut seeder, Instant::now()).await?;
    seeder.bring(&yjs_of(whole)).await?;
    // It does not say when it has taken that in.
    tokio::time::sleep(Duration::from_secs(6)).await;
    let newcomer = async || {
        let began = Instant::now();
        let mut peer = Yjs::come(&url, Dialect::Hocuspocus, "room").await?;
        let took = until_level(&mut peer, began).await?;
        let expected: usize = whole.clauses.iter().map(String::len).sum();
        let has = peer.text().map_or(0, |text| text.len());
        anyhow::ensure!(has == expected, "it has {has} of {expected} bytes");
        Ok(took)
    };
    Ok([newcomer().await?, newcomer().await?])
}

/// The keystrokes as an automerge document, each its own change.
fn automerge_of(whole: &Division) -> anyhow::Result<AutoCommit> {
    let mut doc = AutoCommit::new_with_encoding(TextEncoding::Utf16CodeUnit);
    let text = doc.put_object(automerge::ROOT, "text", ObjType::Text)?;
    doc.commit();
    for stroke in &whole.keystrokes {
        match stroke.stroke {
            Stroke::Insert(letter) => {
                doc.splice_text(&text, stroke.at, 0, letter.encode_utf8(&mut [0; 4]))?;
            }
            Stroke::Delete => {
                doc.splice_text(&text, stroke.at, isize::try_from(stroke.units)?, "")?;
            }
        }
        doc.commit();
    }
    Ok(doc)
}

/// The same as one Yjs update.
fn yjs_of(whole: &Division) -> Vec<u8> {
    let doc = Doc::with_options(Options {
        offset_kind: OffsetKind::Utf16,
        ..Options::default()
    });
    let text = doc.get_or_insert_text("text");
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    for stroke in &whole.keystrokes {
        let mut typing = doc.transact_mut();
        match stroke.stroke {
            Stroke::Insert(letter) => text.insert(
                &mut typing,
                number(stroke.at),
                letter.encode_utf8(&mut [0; 4]),
            ),
            Stroke::Delete => {
                text.remove_range(&mut typing, number(stroke.at), number(stroke.units));
            }
        }
    }
    let all = doc.transact();
    all.encode_state_as_update_v1(&StateVector::default())
}
