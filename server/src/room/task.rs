//! The task that owns a draft: once a tick it takes out what waits, decides it in order, appends it with one commit,
//! and only then lets it stand, publishes it and acknowledges it.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use plenary_shared::acts::Act;
use plenary_shared::draft::{Admitted, Gate, Incoming, Setback, Shared};
use plenary_shared::entry::{By, Entry};
use plenary_shared::ids::{Hash, Seq};
use plenary_shared::record::{Record, Sealed};
use plenary_shared::refusal::Refusal;
use plenary_shared::signing::SignedAct;
use plenary_shared::status::StatusBoard;
use plenary_shared::wire::view::Acknowledged;
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;
use tracing::{debug, error, info, warn};

use super::blind::blinded;
use super::members::Members;
use super::readers::Readers;
use super::rewording::Due;
use super::{ConnectionId, Live, Published, RoomError, Word};
use crate::clock::Clock;
use crate::due::{self, Reminders};
use crate::limits::{CHANGE_MEMBERS, CHANGE_WORK};
use crate::notary::{EVERY, Notice};
use crate::storage::{BatchId, Storage, StorageError};

/// The longest pause between two ticks, in which words gather. With what a tick takes, half of the keystrokes are everywhere
/// within 40 ms.
const LONGEST_PAUSE: Duration = Duration::from_millis(51);
/// What each member adds to the pause: every tick is told to each of them, and each of them answers.
const PAUSE_PER_MEMBER: Duration = Duration::from_micros(240);
/// Words taken out in one tick at most.
const PER_TICK: usize = 512;
/// How often those whose queue was full are tried again.
const RETRY: Duration = Duration::from_millis(200);
/// Attempts at an append whose outcome is unknown.
const ATTEMPTS: u32 = 3;

pub(super) struct Task {
    pub(super) live: Live,
    /// Its status, brought up to date when it is asked for.
    board: StatusBoard,
    /// As of which entry a snapshot is kept.
    kept: Seq,
    inbox: mpsc::Receiver<Word>,
    readers: Readers,
    members: Members,
    storage: Arc<dyn Storage>,
    pub(super) clock: Arc<dyn Clock>,
    /// Which reminders were sent.
    reminders: Reminders,
    snapshot_every: u64,
    notable: mpsc::Sender<Notice>,
}

/// What a room has of the house that it is in.
pub(crate) struct House {
    /// Where the record is kept.
    pub(crate) storage: Arc<dyn Storage>,
    /// The time.
    pub(crate) clock: Arc<dyn Clock>,
    /// How often a snapshot is kept, in entries.
    pub(crate) snapshot_every: u64,
    /// Who is told of what is to be signed.
    pub(crate) notable: mpsc::Sender<Notice>,
}

/// A tick's work on a copy of the draft, not durable yet.
pub(super) struct Tick {
    pub(super) next: Record,
    pub(super) sealed: Vec<Sealed>,
    /// What is owed once it is durable.
    pub(super) owed: Vec<Owed>,
}

/// An act as it came in.
struct Submitted<'a> {
    by: &'a By,
    act: &'a Act,
    signed: Option<SignedAct>,
    first_text: &'a [plenary_shared::draft::TextEdit],
    key: Option<Hash>,
}

pub(super) enum Owed {
    /// The answer to an act, and the entry that it became.
    Act {
        seq: Seq,
        hash: Hash,
        reply: oneshot::Sender<Result<Acknowledged, RoomError>>,
    },
    /// The answer to a new wording.
    Reworded(Due),
    /// The answer to a sync message.
    Sync {
        /// Its place among the messages that came in together.
        turn: usize,
        connection: ConnectionId,
        incoming: Incoming,
        ask_again: bool,
    },
}

impl Owed {
    fn turn(&self) -> usize {
        match self {
            Self::Act { .. } | Self::Reworded(_) => 0,
            Self::Sync { turn, .. } => *turn,
        }
    }
}

/// A sync message, and its place among those that came in together.
type Turn = (usize, (ConnectionId, Bytes));

/// A sync message whose changes were let in.
struct Admittance {
    turn: usize,
    connection: ConnectionId,
    by: By,
    admitted: Admitted,
    incoming: Incoming,
}

impl Admittance {
    fn owed(self) -> Owed {
        Owed::Sync {
            turn: self.turn,
            connection: self.connection,
            incoming: self.incoming,
            ask_again: false,
        }
    }
}

impl Task {
    pub(super) fn new(live: Live, kept: Seq, inbox: mpsc::Receiver<Word>, house: House) -> Self {
        let House {
            storage,
            clock,
            snapshot_every,
            notable,
        } = house;
        Self {
            members: Members::of(live.draft.id),
            board: StatusBoard::unborn(live.draft.id),
            live,
            kept,
            inbox,
            readers: Readers::none(),
            storage,
            reminders: Reminders::since(clock.now()),
            clock,
            snapshot_every,
            notable,
        }
    }

    /// Runs until nobody holds the room, or it is closed.
    pub(super) async fn run(mut self) {
        let mut next = Instant::now();
        loop {
            self.keep_the_time().await;
            let word = match self.wakes_by() {
                None => self.inbox.recv().await,
                Some(by) => match tokio::time::timeout_at(by, self.inbox.recv()).await {
                    Ok(word) => word,
                    Err(_) => {
                        self.tell_readers();
                        self.members
                            .publish(&self.live.record.text, None, None, &[]);
                        continue;
                    }
                },
            };
            let Some(word) = word else { break };
            tokio::time::sleep_until(next).await;
            let mut words = vec![word];
            while words.len() < PER_TICK
                && let Ok(more) = self.inbox.try_recv()
            {
                words.push(more);
            }
            let (began, before) = (Instant::now(), self.live.draft.seq);
            if words.iter().any(Word::needs_the_text) && !self.live.text.is_open() {
                // Who has nothing yet reads what lies there while it is opened here.
                self.members.greet(&self.live.record.text, &words);
                if !self.open_the_text().await {
                    // Whoever waits for an answer hears that the room has gone, and the next one opens it again.
                    return;
                }
            }
            if let Some(closing) = self.tick(words).await {
                self.keep_snapshot().await;
                // Nobody may wait for the answer any more.
                let _ = closing.send(());
                return;
            }
            // A lone keystroke in a quiet room is taken in at once; the more there is to do, the more is gathered.
            let told = if self.live.draft.seq > before {
                self.members.count()
            } else {
                0
            };
            let many = PAUSE_PER_MEMBER.saturating_mul(few(told));
            next = Instant::now() + (began.elapsed() + many).min(LONGEST_PAUSE);
            if self.live.draft.seq.0.saturating_sub(self.kept.0) >= self.snapshot_every {
                self.keep_snapshot().await;
            }
        }
        self.keep_snapshot().await;
    }

    /// Opens the text, if it lies there as the snapshot has it. False if it cannot be had.
    async fn open_the_text(&mut self) -> bool {
        let mut text = self.live.record.text.clone();
        if text.is_open() {
            return true;
        }
        // That takes as long as its history is long; not on the network's threads.
        let opened = tokio::task::spawn_blocking(move || text.open().map(|()| text)).await;
        if let Ok(Ok(text)) = opened {
            self.live.record.text = text;
            return true;
        }
        let (draft, seq) = (self.live.draft.id, self.live.draft.seq);
        error!(draft.id = %draft, "the snapshot's text cannot be opened; the log is read from its beginning");
        match super::open::from_the_log(draft, &self.storage).await {
            Ok(live) if live.draft.seq == seq => {
                self.live = live;
                true
            }
            Ok(_) => false,
            Err(e) => {
                error!(draft.id = %draft, "the log cannot be read: {e}");
                false
            }
        }
    }

    /// Until when it waits for a word; if for ever, there is nothing to do without one.
    fn wakes_by(&self) -> Option<Instant> {
        let look = if self.members.any_behind() {
            Some(RETRY)
        } else if due::is_watched(&self.live) {
            Some(due::LOOK)
        } else {
            None
        };
        let look = look.map(|look| Instant::now() + look);
        look.into_iter().chain(self.readers.due()).min()
    }

    /// What the clock demands comes before everything that is taken in afterwards: deadlines, then reminders.
    async fn keep_the_time(&mut self) {
        let now = self.clock.now();
        while let Some(due) = due::due(&self.live, now) {
            // An agreement is noted in the text too.
            if !self.open_the_text().await {
                return;
            }
            let mut next = self.live.record.clone();
            let sealed = match next.act(&By::Server, &due, &[], now, None) {
                Ok(sealed) => sealed,
                Err(refusal) => {
                    error!(draft.id = %self.live.draft.id, code = refusal.code, "the clock's act was refused: {refusal}");
                    return;
                }
            };
            let seq = sealed.entry.seq;
            let tick = Tick {
                next,
                sealed: vec![sealed],
                owed: Vec::new(),
            };
            self.settle(tick).await;
            if self.live.draft.seq != seq {
                // The disk would not; the next look tries again.
                return;
            }
            info!(draft.id = %self.live.draft.id, seq = seq.0, act.name = due.name(), "entered by the clock");
        }
        let told = self.reminders.due(&self.live.draft, now);
        for id in told.revealed {
            if let Some(news) = Published::revealed(&self.live.draft, &id) {
                self.readers.send(news);
            }
        }
        for reminder in told.reminders {
            info!(draft.id = %self.live.draft.id, "a deadline is {} h away or less", reminder.hours);
            if let Some(news) = Published::reminder(self.live.draft.seq, &reminder) {
                self.readers.send(news);
            }
        }
    }

    /// One tick. Returns whom to answer if the room was told to close.
    async fn tick(&mut self, words: Vec<Word>) -> Option<oneshot::Sender<()>> {
        // Once more: time has passed while the words gathered.
        self.keep_the_time().await;
        let mut tick = Tick {
            next: self.live.record.clone(),
            sealed: Vec::new(),
            owed: Vec::new(),
        };
        let mut typing = Vec::new();
        let mut closing = None;
        for word in words {
            match word {
                Word::Sync {
                    connection, bytes, ..
                } => typing.push((connection, bytes)),
                Word::Act {
                    by,
                    act,
                    signed,
                    first_text,
                    key,
                    reply,
                } => {
                    self.take_typing(&mut tick, std::mem::take(&mut typing));
                    let submitted = Submitted {
                        by: &by,
                        act: &act,
                        signed,
                        first_text: &first_text,
                        key,
                    };
                    self.take_act(&mut tick, submitted, reply).await;
                }
                Word::Reword {
                    by,
                    author,
                    wanted,
                    actor,
                    reply,
                } => {
                    self.take_typing(&mut tick, std::mem::take(&mut typing));
                    self.take_rewording(&mut tick, &by, &author, *wanted, &actor, reply);
                }
                Word::Read(question) => question(&self.live),
                Word::Listen(reply) => {
                    self.tell_readers_all();
                    // Whoever asked may have gone.
                    let _ = reply.send((self.live.record.clone(), self.readers.listen()));
                }
                Word::Board(reply) => {
                    // Whoever asked may have gone.
                    let _ = reply.send(self.board().clone());
                }
                Word::Join {
                    connection,
                    by,
                    author,
                    line,
                } => self.members.join(connection, by, author, line),
                Word::Point(pointer) => {
                    if let Some(news) = Published::pointer(self.live.draft.seq, &pointer) {
                        self.readers.send(news);
                    }
                }
                Word::Leave { connection } => self.members.leave(connection),
                Word::Ephemeral {
                    connection,
                    message,
                } => self.members.pass_on(connection, &message),
                Word::Close(reply) => closing = Some(reply),
            }
        }
        self.take_typing(&mut tick, typing);
        self.settle(tick).await;
        closing
    }

    /// An act: answered at once if it is refused or was entered before, else once it is durable.
    async fn take_act(
        &self,
        tick: &mut Tick,
        submitted: Submitted<'_>,
        reply: oneshot::Sender<Result<Acknowledged, RoomError>>,
    ) {
        let Submitted {
            by,
            act,
            signed,
            first_text,
            key,
        } = submitted;
        if let Some(corrupt) = &self.live.damaged {
            let _ = reply.send(Err(corrupt.clone().into()));
            return;
        }
        if let Some(seq) = key.and_then(|k| tick.next.draft.keys.get(&k).copied()) {
            let answer = self.repeated(tick, seq, act).await;
            let _ = reply.send(answer);
            return;
        }
        let now = self.clock.now();
        let act = &*blinded(act, &tick.next.draft, now);
        match tick.next.act_signed(by, act, signed, first_text, now, key) {
            Ok(sealed) => {
                info!(draft.id = %tick.next.draft.id, seq = sealed.entry.seq.0, act.name = act.name(), "entered");
                tick.owed.push(Owed::Act {
                    seq: sealed.entry.seq,
                    hash: sealed.hash,
                    reply,
                });
                tick.sealed.push(sealed);
            }
            Err(refusal) => {
                info!(draft.id = %tick.next.draft.id, act.name = act.name(), code = refusal.code, "refused");
                let _ = reply.send(Err(refusal.into()));
            }
        }
    }

    /// The answer to a retry: the entry that the key made. Only if that says what the retry says.
    async fn repeated(&self, tick: &Tick, seq: Seq, act: &Act) -> Result<Acknowledged, RoomError> {
        let in_tick = tick
            .sealed
            .iter()
            .find(|s| s.entry.seq == seq)
            .map(|s| (s.entry.clone(), s.hash));
        let (entry, hash) = match in_tick {
            // It will be durable before anybody hears of it only if this tick is; say so by asking for another try.
            Some(_) => return Err(RoomError::Busy),
            None => {
                let page = self
                    .storage
                    .read(tick.next.draft.id, Seq(seq.0.saturating_sub(1)), 1)
                    .await?;
                let bytes = page.into_iter().next().map(|(_, b)| b).unwrap_or_default();
                let damaged = |e: plenary_shared::entry::Unreadable| {
                    RoomError::Damaged(plenary_shared::fold::Corrupt::at(seq, e.to_string()))
                };
                (
                    Entry::decode(&bytes).map_err(damaged)?,
                    Entry::hash_of(&bytes),
                )
            }
        };
        match entry.act {
            Some(recorded) if says(act, &recorded) => Ok(Acknowledged {
                seq,
                at: entry.at,
                hash,
                act: recorded,
                heads: self.live.text.heads(),
                repeated: true,
            }),
            _ => Err(RoomError::KeyReused),
        }
    }

    /// Sync messages, in the order in which they came: runs of them are admitted one after another and taken in
    /// together; one that needs an agreed clause set right ends the run before it and is taken in alone.
    fn take_typing(&mut self, tick: &mut Tick, typing: Vec<(ConnectionId, Bytes)>) {
        // The gate reads the history: nobody's typing is no reason to open it.
        if typing.is_empty() {
            return;
        }
        let first = tick.owed.len();
        let mut typing = typing.into_iter().enumerate();
        loop {
            let (run, alone) = self.admit_run(tick, &mut typing);
            self.take_run(tick, run);
            match alone {
                Some((turn, (connection, bytes))) => {
                    self.take_alone(tick, turn, connection, &bytes);
                }
                None => break,
            }
        }
        // What a connection said last must be heard last: those that brought nothing were settled before the others.
        if let Some(owed) = tick.owed.get_mut(first..) {
            owed.sort_by_key(Owed::turn);
        }
    }

    /// Admits messages until there are no more, or one has to be taken in alone.
    fn admit_run(
        &mut self,
        tick: &mut Tick,
        typing: &mut impl Iterator<Item = Turn>,
    ) -> (Vec<Admittance>, Option<Turn>) {
        let mut run = Vec::new();
        let mut gate = Gate::new(&tick.next.draft, &tick.next.text);
        for (turn, (connection, bytes)) in typing {
            let Some(member) = self.members.get(connection) else {
                continue;
            };
            let _work = member.at_work();
            let mut incoming = match tick.next.text.unpack(&bytes) {
                Ok(incoming) => incoming,
                Err(malformed) => {
                    self.members
                        .dismiss(connection, format!("malformed: {malformed}"));
                    continue;
                }
            };
            let changes = incoming.take_changes();
            let mut owe = |incoming, ask_again| {
                tick.owed.push(Owed::Sync {
                    turn,
                    connection,
                    incoming,
                    ask_again,
                });
            };
            if changes.is_empty() {
                owe(incoming, false);
                continue;
            }
            let (by, author) = (member.by.clone(), member.author.clone());
            let admitted = match (&self.live.damaged, author) {
                (Some(corrupt), _) => Err(Setback::Refused(Refusal::new(
                    "damaged",
                    format!("The draft is read-only, because its record is damaged: {corrupt}."),
                    "Ask the operator to restore it from a backup.",
                ))),
                (None, None) => Err(Setback::Refused(Refusal::not_entitled(
                    "change the text",
                    "a delegation or the pen-holder",
                ))),
                (None, Some(author)) => match tick.next.may_type(&by) {
                    Ok(()) => gate.admit(&author, changes),
                    Err(refusal) => Err(Setback::Refused(refusal)),
                },
            };
            match admitted {
                // Another connection brought the same changes a moment ago.
                Ok(None) => owe(incoming, false),
                Ok(Some(admitted)) if admitted.needs_restoring() => {
                    return (run, Some((turn, (connection, bytes))));
                }
                Ok(Some(admitted)) => run.push(Admittance {
                    turn,
                    connection,
                    by,
                    admitted,
                    incoming,
                }),
                Err(Setback::Missing) => owe(incoming, true),
                Err(Setback::Refused(refusal)) => self.refuse(connection, &refusal),
            }
        }
        (run, None)
    }

    /// Takes a run in together. If that fails, one by one, to find whose fault it is.
    fn take_run(&mut self, tick: &mut Tick, run: Vec<Admittance>) {
        if run.is_empty() {
            return;
        }
        let at = self.clock.now();
        let began = Instant::now();
        let telling = CHANGE_WORK * few(self.members.count()).min(CHANGE_MEMBERS);
        let charges = run.iter().map(|a| {
            (
                a.connection,
                telling.saturating_mul(few(a.admitted.count())),
            )
        });
        let charges: Vec<_> = charges.collect();
        let together = run.iter().map(|a| (a.by.clone(), a.admitted.clone()));
        match tick.next.typing(together.collect(), at) {
            Ok(sealed) => {
                tick.sealed.extend(sealed);
                tick.owed.extend(run.into_iter().map(Admittance::owed));
            }
            Err(refusal) if run.len() == 1 => {
                for one in run {
                    self.refuse(one.connection, &refusal);
                }
            }
            Err(_) => {
                for one in run {
                    let alone = vec![(one.by.clone(), one.admitted.clone())];
                    match tick.next.typing(alone, at) {
                        Ok(sealed) => {
                            tick.sealed.extend(sealed);
                            tick.owed.push(one.owed());
                        }
                        Err(refusal) => self.refuse(one.connection, &refusal),
                    }
                }
            }
        }
        let each = began.elapsed() / few(charges.len());
        for (connection, telling) in charges {
            if let Some(member) = self.members.get(connection) {
                member.charge(each + telling);
            }
        }
    }

    /// Typing into an agreed clause by who could not know of the agreement. It is admitted again, on top of the run.
    fn take_alone(&mut self, tick: &mut Tick, turn: usize, connection: ConnectionId, bytes: &[u8]) {
        let Some(member) = self.members.get(connection) else {
            return;
        };
        let _work = member.at_work();
        let (by, author) = (member.by.clone(), member.author.clone());
        let (Some(author), Ok(mut incoming)) = (author, tick.next.text.unpack(bytes)) else {
            return;
        };
        let changes = incoming.take_changes();
        let admitted = Gate::new(&tick.next.draft, &tick.next.text).admit(&author, changes);
        let (taken, ask_again) = match admitted {
            Ok(Some(admitted)) => {
                let alone = vec![(by, admitted)];
                (tick.next.typing(alone, self.clock.now()), false)
            }
            Ok(None) => (Ok(Vec::new()), false),
            Err(Setback::Missing) => (Ok(Vec::new()), true),
            Err(Setback::Refused(refusal)) => (Err(refusal), false),
        };
        match taken {
            Ok(sealed) => {
                info!(draft.id = %tick.next.draft.id, "an edit of an agreed clause was kept as a proposal");
                tick.sealed.extend(sealed);
                tick.owed.push(Owed::Sync {
                    turn,
                    connection,
                    incoming,
                    ask_again,
                });
            }
            Err(refusal) => self.refuse(connection, &refusal),
        }
    }

    /// The connection is told and closed: the server then never hears of the refused changes again, so that the two
    /// sides do not ask each other for them for ever.
    fn refuse(&mut self, connection: ConnectionId, refusal: &Refusal) {
        info!(draft.id = %self.live.draft.id, code = refusal.code, "typing refused");
        self.members
            .dismiss(connection, format!("{}: {refusal}", refusal.code));
    }

    /// Makes the tick durable; then it stands, is published, and everybody gets what is owed.
    async fn settle(&mut self, tick: Tick) {
        let Tick { next, sealed, owed } = tick;
        let changes: Vec<_> = sealed
            .iter()
            .flat_map(|s| s.entry.changes.iter().cloned())
            .collect();
        let mut before = None;
        if !sealed.is_empty() {
            if let Err(e) = self.append(&sealed).await {
                // Loudly the storage itself says it, once for all drafts.
                info!(draft.id = %self.live.draft.id, "nothing was entered: {e}");
                self.fail(owed, &e);
                return;
            }
            before = Some(std::mem::replace(&mut self.live.record, next));
            self.notify(&sealed);
            self.readers.owe(&sealed);
            self.tell_readers();
        }
        let mut answered = Vec::new();
        let mut brought = Vec::new();
        for owed in owed {
            match owed {
                Owed::Act { seq, hash, reply } => {
                    let sealed = sealed.iter().find(|s| s.entry.seq == seq);
                    if let Some((entry, act)) =
                        sealed.and_then(|s| s.entry.act.clone().map(|a| (&s.entry, a)))
                    {
                        let heads = self.live.text.heads();
                        let answer = Acknowledged {
                            seq,
                            at: entry.at,
                            hash,
                            act,
                            heads,
                            repeated: false,
                        };
                        // Who submitted may have gone; the entry stands.
                        let _ = reply.send(Ok(answer));
                    }
                }
                Owed::Reworded(due) => due.pay(&self.live, &sealed),
                Owed::Sync {
                    connection,
                    incoming,
                    ask_again,
                    ..
                } => {
                    if incoming.brought() {
                        brought.push(connection);
                    }
                    if let Some(member) = self.members.get(connection) {
                        let _work = member.at_work();
                        let text = &self.live.record.text;
                        let heard = if ask_again {
                            member.peer.ask_again(text, incoming)
                        } else {
                            member.peer.heard(text, incoming)
                        };
                        match heard {
                            Ok(()) => answered.push(connection),
                            Err(malformed) => self
                                .members
                                .dismiss(connection, format!("malformed: {malformed}")),
                        }
                    }
                }
            }
        }
        let shared = (!changes.is_empty()).then(|| Shared::of(&self.live.record.text, &changes));
        let only_typing = sealed.iter().all(|s| s.entry.act.is_none());
        let first = brought.first().copied().filter(|_| only_typing);
        let sole = first.filter(|one| brought.iter().all(|other| other == one));
        let text = &self.live.record.text;
        self.members.publish(text, shared.as_ref(), sole, &answered);
        if let Some(before) = before {
            text.retire(before.text, changes);
        }
    }

    /// Tells the notary of what is to be signed: a version that was sealed, the adoption, and every so many entries.
    fn notify(&self, sealed: &[Sealed]) {
        let is_notable = |s: &&Sealed| {
            s.entry.seq.0.is_multiple_of(EVERY)
                || matches!(s.entry.act, Some(Act::SealVersion(_) | Act::Adopt(_)))
        };
        let adopted = self.live.draft.adopted.as_ref().map(|a| a.seq);
        for s in sealed {
            if is_notable(&s) || adopted == Some(s.entry.seq) {
                // If too many wait already, whoever wants a checkpoint asks for it.
                let _ = self.notable.try_send((self.live.draft.id, s.entry.seq));
            }
        }
    }

    async fn append(&self, sealed: &[Sealed]) -> Result<(), StorageError> {
        let entries: Vec<Arc<[u8]>> = sealed.iter().map(|s| Arc::clone(&s.bytes)).collect();
        let (draft, expected, batch) = (self.live.draft.id, self.live.draft.seq, BatchId::fresh());
        let mut attempt = 1;
        loop {
            match self
                .storage
                .append(draft, expected, entries.clone(), batch)
                .await
            {
                Err(StorageError::Failed(why)) if attempt < ATTEMPTS => {
                    debug!(draft.id = %draft, attempt, "the append is tried again: {why}");
                    attempt += 1;
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
                outcome => return outcome,
            }
        }
    }

    /// Nothing stands; everybody is told. Connections are closed: their clients come back and offer their changes again.
    fn fail(&mut self, owed: Vec<Owed>, e: &StorageError) {
        for owed in owed {
            match owed {
                Owed::Act { reply, .. } => {
                    let _ = reply.send(Err(e.clone().into()));
                }
                Owed::Reworded(due) => due.fail(e.clone().into()),
                Owed::Sync { connection, .. } => {
                    self.members.dismiss(connection, format!("storage: {e}"));
                }
            }
        }
    }

    /// The status of the draft as it stands.
    fn board(&mut self) -> &StatusBoard {
        let Record {
            draft, manuscript, ..
        } = &self.live.record;
        self.board.refresh(draft, manuscript);
        &self.board
    }

    /// Tells readers what is due.
    fn tell_readers(&mut self) {
        if self.readers.due().is_some_and(|due| due <= Instant::now()) {
            self.tell_readers_all();
        }
    }

    /// Tells readers everything that they have not been told.
    fn tell_readers_all(&mut self) {
        if self.readers.due().is_some() {
            self.board();
            let now = self.clock.now();
            self.readers.tell(&self.live.record, &self.board, now);
        }
    }

    async fn keep_snapshot(&mut self) {
        let seq = self.live.draft.seq;
        if seq == self.kept || self.live.damaged.is_some() {
            return;
        }
        let record = self.live.record.clone();
        let draft = record.draft.id;
        let Ok(bytes) = tokio::task::spawn_blocking(move || record.snapshot()).await else {
            return;
        };
        match self.storage.put_snapshot(draft, seq, bytes).await {
            Ok(()) => {
                self.kept = seq;
                debug!(draft.id = %draft, seq = seq.0, "kept a snapshot");
            }
            // The log has everything; the next opening takes longer.
            Err(e) => warn!(draft.id = %draft, "no snapshot was kept: {e}"),
        }
    }
}

fn few(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Whether a recorded act says all that was submitted: what was left open was filled in, and nothing else differs.
fn says(submitted: &Act, recorded: &Act) -> bool {
    fn within(part: &serde_json::Value, whole: &serde_json::Value) -> bool {
        match (part, whole) {
            (serde_json::Value::Object(part), serde_json::Value::Object(whole)) => part
                .iter()
                .all(|(k, v)| whole.get(k).is_some_and(|w| within(v, w))),
            (part, whole) => part == whole,
        }
    }
    match (
        serde_json::to_value(submitted),
        serde_json::to_value(recorded),
    ) {
        (Ok(part), Ok(whole)) => within(&part, &whole),
        _ => false,
    }
}
