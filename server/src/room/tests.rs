//! A room with several messages in one tick.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use plenary_shared::acts::Act;
use plenary_shared::draft::{Author, LocalEdit, Peer, Role, Text, TextEdit};
use plenary_shared::entry::{By, Place};
use plenary_shared::ids::DraftId;
use plenary_shared::time::Timestamp;
use tokio::sync::{Notify, mpsc};

use super::{At, ConnectionId, Line, Outgoing, Receipts, Room};
use crate::clock::SystemClock;
use crate::congestion::Congestion;
use crate::rooms::Rooms;
use crate::shares::Share;
use crate::storage::{Memory, Storage};

const ID: DraftId = DraftId([4; 16]);

fn act(json: serde_json::Value) -> Act {
    serde_json::from_value(json).unwrap()
}

fn seat(delegation: &str, role: Role) -> By {
    By::Seat {
        delegation: delegation.parse().unwrap(),
        seat: "s1".parse().unwrap(),
        role,
    }
}

async fn room() -> (Arc<Rooms>, Room) {
    room_on(Arc::new(Memory::default())).await
}

async fn room_on(storage: Arc<dyn Storage>) -> (Arc<Rooms>, Room) {
    let rooms = Rooms::new(storage, Arc::new(SystemClock), 1_000);
    let text = vec![TextEdit::InsertClause {
        clause: "op-1".parse().unwrap(),
        kind: plenary_shared::draft::Kind::Operative,
        level: 1,
        after: None,
        text: [("en".parse().unwrap(), "States report.".to_owned())].into(),
    }];
    let Act::Convene(convene) = act(serde_json::json!({"convene": {
        "draft": ID, "title": "A", "authentic": ["en"], "mode": "open"
    }})) else {
        unreachable!("the JSON says convene")
    };
    let convened = rooms
        .convene(By::Secretariat, ID, convene, text, None)
        .await;
    let (room, _) = convened.unwrap();
    for (code, role) in [("AVR", "delegate"), ("CHAIR", "facilitator")] {
        let seat = act(serde_json::json!({"seat": {
            "delegation": code, "name": code, "role": role, "entitled": role == "delegate"
        }}));
        room.act(By::Secretariat, seat, None).await.unwrap();
    }
    (rooms, room)
}

/// What a message was that a client heard.
#[derive(Debug, PartialEq, Eq)]
enum Heard {
    /// For it alone.
    Alone,
    /// For many.
    Shared,
}

struct Client {
    text: Text,
    peer: Peer,
    connection: ConnectionId,
    queue: mpsc::Receiver<(DraftId, Outgoing)>,
    unread: Arc<AtomicUsize>,
    receipts: Arc<Receipts>,
    congestion: Congestion,
}

impl Client {
    async fn of(room: &Room) -> Self {
        Self::numbered(room, 1).await
    }

    async fn numbered(room: &Room, number: u8) -> Self {
        let saved = room.read(|live| live.text.save()).await.unwrap();
        Self::with(room, &saved, number).await
    }

    /// One that has saved the text before.
    async fn with(room: &Room, saved: &[u8], number: u8) -> Self {
        let text = Text::load(ID, saved, &BTreeMap::new(), Some(&[number; 16])).unwrap();
        let mut client = Self::joined(room, text, number).await;
        while client.say(room).await {
            client.hear().await;
        }
        client
    }

    /// One that has nothing, and has asked for it.
    async fn without(room: &Room, number: u8) -> Self {
        let text = Text::replica_of(ID, &[number; 16]);
        let mut client = Self::joined(room, text, number).await;
        assert!(client.say(room).await);
        client
    }

    async fn joined(room: &Room, text: Text, number: u8) -> Self {
        let (out, queue) = mpsc::channel(64);
        let unread = Arc::new(AtomicUsize::new(0));
        let receipts = Arc::default();
        let congestion = Congestion::default();
        let line = Line {
            out,
            cut: Arc::new(Notify::new()),
            unread: Arc::clone(&unread),
            share: Share::boundless(),
            receipts: Arc::clone(&receipts),
            congestion: congestion.clone(),
        };
        let author = Author {
            delegation: "AVR".parse().unwrap(),
            role: Role::Delegate,
        };
        let connection = ConnectionId(number.into());
        let by = seat("AVR", Role::Delegate);
        room.join(connection, by, Some(author), line).await.unwrap();
        Self {
            text,
            peer: Peer::new(),
            connection,
            queue,
            unread,
            receipts,
            congestion,
        }
    }

    fn type_in(&mut self, insert: &str) {
        let edit = LocalEdit {
            place: Place::Clause("op-1".parse().unwrap()),
            language: "en".parse().unwrap(),
            at: 0,
            delete: 0,
            insert: insert.into(),
        };
        self.text.type_in(&edit, Timestamp(0)).unwrap();
    }

    async fn say(&mut self, room: &Room) -> bool {
        let Some(bytes) = self.peer.generate(&self.text) else {
            return false;
        };
        if !self.receipts.keep(&bytes) {
            room.sync(self.connection, bytes.into(), None)
                .await
                .unwrap();
        }
        true
    }

    fn words(&self) -> String {
        self.text.manuscript().clauses[&"op-1".parse::<plenary_shared::ids::ClauseId>().unwrap()]
            .text
            .values()
            .next()
            .unwrap()
            .to_string()
    }

    async fn hear(&mut self) -> Heard {
        let heard = tokio::time::timeout(Duration::from_secs(10), self.queue.recv());
        let heard = heard.await.expect("the server says something").unwrap().1;
        self.take(heard)
    }

    fn hear_what_there_is(&mut self) {
        while let Ok((_, heard)) = self.queue.try_recv() {
            self.take(heard);
        }
    }

    fn take(&mut self, heard: Outgoing) -> Heard {
        match heard {
            Outgoing::Sync(bytes) => {
                self.unread.fetch_sub(bytes.len(), Ordering::Relaxed);
                self.peer.receive(&mut self.text, &bytes).unwrap();
                Heard::Alone
            }
            Outgoing::Shared(bytes) => {
                self.peer.receive(&mut self.text, &bytes).unwrap();
                Heard::Shared
            }
            other => panic!("{other:?}"),
        }
    }

    /// Talks until the server has said that it has all that is here.
    async fn until_level(&mut self, room: &Room) {
        while !self.peer.is_level(&self.text) {
            self.say(room).await;
            self.hear().await;
        }
    }
}

#[tokio::test]
async fn several_messages_into_a_clause_agreed_meanwhile_come_in_at_one_tick() {
    let (_rooms, room) = room().await;
    let mut client = Client::of(&room).await;
    // The client does not hear of the agreement before it has typed.
    let chair = seat("CHAIR", Role::Facilitator);
    let call = act(serde_json::json!({"call": {"clause": "op-1", "present": ["AVR"]}}));
    room.act(chair.clone(), call, None).await.unwrap();
    let agree = act(serde_json::json!({"agree": {"clause": "op-1"}}));
    room.act(chair, agree, None).await.unwrap();
    for letter in ["c", "b", "a"] {
        client.type_in(letter);
        client.say(&room).await;
    }
    client.until_level(&room).await;
    let (words, kept, seq, log) = room
        .read(|live| {
            let op1 = live
                .manuscript
                .clauses
                .get(&"op-1".parse::<plenary_shared::ids::ClauseId>().unwrap())
                .unwrap();
            let kept = live.manuscript.proposals.values().next().unwrap().clone();
            let words = op1.text.values().next().unwrap().to_string();
            let kept = kept.values().next().unwrap().to_string();
            (words, kept, live.draft.seq, live.draft.fingerprint())
        })
        .await
        .unwrap();
    assert_eq!(words, "States report.");
    assert!(kept.starts_with("abc"), "{kept}");
    let entries = room
        .entries(plenary_shared::ids::Seq(0), 100)
        .await
        .unwrap();
    assert_eq!(entries.len() as u64, seq.0);
    let mut again = plenary_shared::record::Record::unborn(ID);
    let bytes: Vec<Vec<u8>> = entries.into_iter().map(|(_, _, bytes)| bytes).collect();
    again.replay(&bytes).unwrap();
    assert_eq!(again.draft.fingerprint(), log);
}

#[tokio::test]
async fn who_types_and_then_confirms_in_one_tick_is_still_told_that_it_arrived() {
    let (_rooms, room) = room().await;
    let mut client = Client::of(&room).await;
    client.type_in("x");
    client.say(&room).await;
    // The very message that a stock client sends when an older answer comes in between: its heads, and no changes.
    let mut echo = Peer::new();
    room.sync(
        client.connection,
        echo.generate(&client.text).unwrap().into(),
        None,
    )
    .await
    .unwrap();
    while !client.peer.is_level(&client.text) {
        client.hear().await;
    }
}

#[tokio::test]
async fn a_receipt_is_no_word_to_the_room_and_typing_goes_on() {
    let (_rooms, room) = room().await;
    let mut writer = Client::numbered(&room, 1).await;
    let mut listener = Client::numbered(&room, 2).await;
    let mut receipts = Vec::new();
    for letter in ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"] {
        writer.type_in(letter);
        writer.until_level(&room).await;
        listener.hear().await;
        receipts.push(listener.peer.generate(&listener.text).unwrap());
    }
    assert!(!listener.receipts.keep(&receipts[0]), "too long ago");
    assert!(listener.receipts.keep(&receipts[5]));
    assert!(!listener.receipts.keep(&receipts[4]), "that was confirmed");
    assert!(
        listener.receipts.take().is_none(),
        "something came after it"
    );
    assert!(listener.receipts.keep(&receipts[9]));
    assert!(!listener.receipts.keep(&receipts[9]), "once");
    listener.type_in("z");
    listener.until_level(&room).await;
    writer.hear().await;
    assert_eq!(writer.words(), listener.words());
    writer.type_in("y");
    writer.until_level(&room).await;
    listener.hear().await;
    assert_eq!(writer.words(), listener.words());
}

#[tokio::test]
async fn newcomers_get_the_text_as_it_was_written_once_and_what_came_after_it() {
    let (_rooms, room) = room().await;
    let mut writer = Client::of(&room).await;
    let mut first = Client::without(&room, 2).await;
    assert_eq!(first.hear().await, Heard::Shared);
    first.until_level(&room).await;
    writer.type_in("a");
    writer.until_level(&room).await;
    first.hear().await;
    let mut second = Client::without(&room, 3).await;
    // What it was told is there, it has: what was typed after the text was written, too.
    second.until_level(&room).await;
    assert_eq!(second.words(), "aStates report.");
    writer.type_in("b");
    writer.say(&room).await;
    second.until_level(&room).await;
    writer.until_level(&room).await;
    second.type_in("c");
    second.until_level(&room).await;
    writer.type_in("d");
    for _ in 0..50 {
        for client in [&mut writer, &mut first, &mut second] {
            client.say(&room).await;
            client.hear_what_there_is();
        }
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    let mut words: Vec<char> = writer.words().chars().collect();
    assert_eq!(
        [first.words(), second.words()],
        [writer.words(), writer.words()]
    );
    words.truncate(4);
    words.sort_unstable();
    assert_eq!(words, ['a', 'b', 'c', 'd']);
}

#[tokio::test]
async fn a_log_may_be_read_in_pages_that_end_within_a_run_of_typing() {
    let (_rooms, room) = room().await;
    let mut client = Client::of(&room).await;
    for letter in ["c", "b", "a"] {
        client.type_in(letter);
        client.say(&room).await;
    }
    client.until_level(&room).await;
    let (state, words) = room
        .read(|live| (live.draft.fingerprint(), live.manuscript.clone()))
        .await
        .unwrap();
    let entries = room
        .entries(plenary_shared::ids::Seq(0), 100)
        .await
        .unwrap();
    let unsettled =
        |e: &plenary_shared::entry::Entry| !e.changes.is_empty() && e.touched.is_empty();
    let within = entries.iter().filter(|(e, ..)| unsettled(e)).count();
    assert_eq!(within, 2, "three keystrokes come in at one tick as one run");
    let log: Vec<Vec<u8>> = entries.into_iter().map(|(_, _, bytes)| bytes).collect();
    for end in 0..=log.len() {
        let (first, second) = log.split_at(end);
        let mut read = plenary_shared::record::Record::unborn(ID);
        read.replay_together(first).unwrap();
        read.replay_together(second).unwrap();
        assert_eq!(read.draft.fingerprint(), state, "cut after {end}");
        assert_eq!(read.manuscript, words, "cut after {end}");
    }
    // What is settled must still be what stands: a page with a keystroke missing is noticed.
    let mut other = log.clone();
    other.remove(log.len() - 2);
    let mut read = plenary_shared::record::Record::unborn(ID);
    assert!(read.replay_together(&other).is_err());
}

#[tokio::test]
async fn readers_hear_of_all_that_is_typed_and_of_an_act_in_one_event_if_it_comes_so_quickly() {
    let (_rooms, room) = room().await;
    let mut client = Client::of(&room).await;
    let (record, mut news) = room.listen().await.unwrap();
    let first = record.draft.seq.0;
    // The readers' pause begins with the first event.
    for letter in ["a", "b", "c"] {
        client.type_in(letter);
        client.until_level(&room).await;
    }
    let said = act(serde_json::json!({"statement": {"text": "Enough."}}));
    let chair = seat("CHAIR", Role::Facilitator);
    let last = room.act(chair, said, None).await.unwrap().seq.0;
    let (mut told, mut events, mut changes, mut acts) = (first, 0, 0, 0);
    while told < last {
        let event = news.recv().await.unwrap();
        let data = event.lines.plain();
        let data = std::str::from_utf8(&data).unwrap();
        let json = data.lines().find_map(|l| l.strip_prefix("data: ")).unwrap();
        let event: plenary_shared::wire::view::Event = serde_json::from_str(json).unwrap();
        assert_eq!(event.after.0, told, "a gap, or a repetition");
        told = event.seq.0;
        events += 1;
        changes += event.typed.iter().map(|t| t.changes).sum::<usize>();
        acts += event.entries.len();
    }
    assert_eq!((changes, acts), (3, 1));
    assert!(events <= 4, "{events} events");
}

/// The same draft, opened from what storage has.
async fn again(storage: &Arc<dyn Storage>) -> (Arc<Rooms>, Room) {
    let rooms = Rooms::new(Arc::clone(storage), Arc::new(SystemClock), 1_000);
    let room = rooms.room(ID).await.unwrap();
    (rooms, room)
}

#[tokio::test]
async fn a_draft_is_read_without_opening_its_history_and_opened_for_the_first_who_types() {
    let storage: Arc<dyn Storage> = Arc::new(Memory::default());
    let (rooms, before) = room_on(Arc::clone(&storage)).await;
    let words = before.read(|live| live.manuscript.clone()).await.unwrap();
    rooms.close().await;
    let (rooms, room) = again(&storage).await;
    room.board().await.unwrap();
    let (record, _news) = room.listen().await.unwrap();
    room.at(At::Now).await.unwrap();
    room.board().await.unwrap();
    assert!(record.text.is_packed());
    assert_eq!(record.manuscript, words);
    let mut client = Client::of(&room).await;
    client.type_in("All ");
    client.until_level(&room).await;
    let packed = room.read(|live| live.text.is_packed()).await.unwrap();
    assert!(!packed);
    rooms.close().await;
    let (_rooms, room) = again(&storage).await;
    let (record, _news) = room.listen().await.unwrap();
    assert!(record.text.is_packed());
    assert_eq!(record.manuscript, record.text.manuscript());
}

#[tokio::test]
async fn a_snapshot_whose_history_cannot_be_opened_is_made_good_from_the_log() {
    let storage: Arc<dyn Storage> = Arc::new(Memory::default());
    let (rooms, before) = room_on(Arc::clone(&storage)).await;
    let (mut record, _news) = before.listen().await.unwrap();
    rooms.close().await;
    let (seq, heads, saved) = (record.draft.seq, record.text.heads(), record.text.save());
    record.text = Text::packed(ID, b"no text".to_vec(), BTreeMap::new(), heads);
    storage
        .put_snapshot(ID, seq, record.snapshot())
        .await
        .unwrap();
    let (_rooms, room) = again(&storage).await;
    let mut client = Client::with(&room, &saved, 1).await;
    client.type_in("All ");
    client.until_level(&room).await;
    let words = room.read(|live| live.manuscript.clone()).await.unwrap();
    let (_, op1) = words.clauses.iter().next().unwrap();
    assert_eq!(&**op1.text.values().next().unwrap(), "All States report.");
}

#[tokio::test]
async fn newcomers_get_what_lies_there_before_it_is_opened_and_then_what_was_typed_meanwhile() {
    let storage: Arc<dyn Storage> = Arc::new(Memory::default());
    let (rooms, before) = room_on(Arc::clone(&storage)).await;
    let saved = before.read(|live| live.text.save()).await.unwrap();
    rooms.close().await;
    let (_rooms, room) = again(&storage).await;
    // All of it waits for the room when it looks: who types, who begins, and who begins beside that.
    let text = Text::load(ID, &saved, &BTreeMap::new(), Some(&[1; 16])).unwrap();
    let mut writer = Client::joined(&room, text, 1).await;
    writer.type_in("All ");
    writer.say(&room).await;
    let mut newcomers = Vec::new();
    for number in [2, 3] {
        newcomers.push(Client::without(&room, number).await);
    }
    for newcomer in &mut newcomers {
        assert_eq!(newcomer.hear().await, Heard::Shared);
        assert_eq!(newcomer.words(), "States report.");
    }
    writer.until_level(&room).await;
    writer.type_in("Now ");
    writer.until_level(&room).await;
    for newcomer in &mut newcomers {
        while newcomer.words() != writer.words() {
            newcomer.say(&room).await;
            newcomer.hear().await;
        }
        newcomer.type_in("Here ");
        newcomer.until_level(&room).await;
    }
    assert_eq!(newcomers[1].words(), "Here Here Now All States report.");
}

#[tokio::test]
async fn what_is_typed_while_a_line_is_full_comes_in_one_message() {
    let (_rooms, room) = room().await;
    let mut writer = Client::of(&room).await;
    let mut other = Client::numbered(&room, 2).await;
    other.congestion.note(true);
    for letter in ["c", "b", "a"] {
        writer.type_in(letter);
        writer.until_level(&room).await;
    }
    assert!(other.queue.try_recv().is_err());
    other.congestion.note(false);
    assert_eq!(other.hear().await, Heard::Alone);
    assert_eq!(other.words(), "abcStates report.");
    assert!(other.queue.try_recv().is_err());
}

#[tokio::test]
async fn nothing_is_piled_up_for_who_does_not_read() {
    let (_rooms, room) = room().await;
    let mut client = Client::of(&room).await;
    let all = crate::limits::UNREAD_BYTES;
    client.unread.fetch_add(all, Ordering::Relaxed);
    for _ in 0..10 {
        client.type_in("x");
        client.say(&room).await;
        // Its answer would have been queued by now.
        room.read(|live| live.draft.seq).await.unwrap();
        assert!(client.queue.try_recv().is_err());
        client.peer = Peer::new();
    }
    client.unread.fetch_sub(all, Ordering::Relaxed);
    client.until_level(&room).await;
    assert_eq!(client.unread.load(Ordering::Relaxed), 0);
}
