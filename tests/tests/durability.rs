//! The real program, killed without warning in the middle of the work, again and again: whatever it acknowledged is
//! there when it is started again, once, in the order it said, and all replicas come to the same text.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use anyhow::Context as _;
use plenary_shared::acts::Act;
use plenary_shared::draft::{Role, Text};
use plenary_shared::entry::Entry;
use plenary_shared::ids::{DraftId, Hash, Seq};
use plenary_shared::record::Record;
use plenary_shared::status;
use plenary_shared::wire::view::{Acknowledged, DraftSummary, TextView};
use plenary_tests::dice::Dice;
use plenary_tests::process::Process;
use plenary_tests::typist::Typist;
use serde_json::{Value, json};

const CYCLES: u64 = 32;
const TEXT: &str = "# Declaration\n\n1. The first paragraph. {#op-1}\n\n2. The second paragraph. {#op-2}\n\n3. The third paragraph. {#op-3}\n";
const CLAUSES: [&str; 3] = ["op-1", "op-2", "op-3"];
/// Small, so that the process is killed while it puts snapshots aside, too.
const SNAPSHOTS: [&str; 2] = ["--snapshot-every", "40"];

/// Somebody who submits acts over HTTP, one after another, and repeats what was not answered.
struct Speaker {
    name: &'static str,
    token: String,
    said: usize,
    /// Submitted and not answered: its key, and the act.
    open: Option<(String, Value)>,
    acknowledged: Vec<(String, Value, Seq, Hash)>,
    repeats: usize,
}

impl Speaker {
    fn new(name: &'static str, token: String) -> Self {
        Self {
            name,
            token,
            said: 0,
            open: None,
            acknowledged: Vec::new(),
            repeats: 0,
        }
    }

    fn next(&mut self) -> (String, Value) {
        self.said += 1;
        let words = format!("{} says {}.", self.name, self.said);
        let act = if self.said.is_multiple_of(9) && self.said < 1000 {
            json!({"propose": {"amendment": {"replace": {"clause": "op-1"}}, "text": {"en": words}}})
        } else {
            json!({"statement": {"text": words}})
        };
        (format!("{}-{}", self.name, self.said), act)
    }

    /// Until the server is gone, or it is time.
    fn speak(&mut self, server: &Server, draft: DraftId, dice: &mut Dice, enough: &AtomicBool) {
        let path = format!("/api/v1/drafts/{draft}/acts");
        while !enough.load(Ordering::Relaxed) {
            let retried = self.open.is_some();
            let (key, act) = self.open.take().unwrap_or_else(|| self.next());
            self.open = Some((key.clone(), act.clone()));
            let Ok(answer) = server.post::<Acknowledged>(&self.token, &path, &key, &act) else {
                return;
            };
            match answer {
                Ok(done) => {
                    assert!(
                        retried || !done.repeated,
                        "{key} was new, and yet it is said to be repeated"
                    );
                    self.repeats += usize::from(done.repeated);
                    self.acknowledged.push((key, act, done.seq, done.hash));
                    self.open = None;
                }
                // What is to be tried again, is.
                Err(code) if code == "busy" || code == "stopping" => {}
                Err(code) => panic!("{key} was refused with {code}"),
            }
            // Some do not trust an answer, and ask again.
            if dice.below(5) == 0
                && let Some((key, act, seq, hash)) = self.acknowledged.last().cloned()
            {
                let Ok(again) = server.post::<Acknowledged>(&self.token, &path, &key, &act) else {
                    return;
                };
                if let Ok(again) = again {
                    assert!(again.repeated, "{key} was entered a second time");
                    assert_eq!((again.seq, again.hash), (seq, hash), "{key}");
                }
            }
        }
    }
}

/// What a client keeps of a server process that may be gone.
struct Server {
    address: String,
    agent: ureq::Agent,
}

impl Server {
    fn of(process: &Process) -> Self {
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(30)))
            .build();
        Self {
            address: process.address.clone(),
            agent: agent.into(),
        }
    }

    /// The inner error is the problem's code, the outer one that there is no answer.
    fn post<T: serde::de::DeserializeOwned>(
        &self,
        token: &str,
        path: &str,
        key: &str,
        act: &Value,
    ) -> anyhow::Result<Result<T, String>> {
        let mut response = self
            .agent
            .post(format!("http://{}{path}", self.address))
            .header("Authorization", format!("Bearer {token}"))
            .header("Idempotency-Key", key)
            .send_json(act)?;
        let body: Value = response.body_mut().read_json()?;
        if response.status().is_success() {
            Ok(Ok(serde_json::from_value(body)?))
        } else {
            let code = body["code"].as_str().context("a problem without a code")?;
            Ok(Err(code.to_owned()))
        }
    }
}

/// Types until the server is gone, or it is time.
fn type_on(typist: &mut Typist, address: &str, dice: &mut Dice, enough: &AtomicBool) {
    let at_work = async {
        typist.connect(address).await?;
        typist.level().await?;
        while !enough.load(Ordering::Relaxed) {
            for _ in 0..=dice.below(6) {
                let clause = CLAUSES[dice.below(CLAUSES.len())];
                assert!(typist.type_anything(clause, dice), "{clause} is not there");
                typist.flush().await?;
            }
            while typist.waiting() > 4 {
                typist.hear().await?;
            }
        }
        typist.level().await
    };
    let done: anyhow::Result<()> = runtime().block_on(at_work);
    if let Err(e) = done {
        let told = format!("{e:#}");
        // The honest are never refused anything; that the connection breaks is what this is about.
        assert!(
            !told.contains(": ") || told.contains("onnection") || told.contains("IO error"),
            "{}: {told}",
            typist.name
        );
    }
}

fn runtime() -> tokio::runtime::Runtime {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.expect("a client's tasks can run")
}

/// Reads the record as an archivist does, and holds it against what was acknowledged.
struct Archivist {
    token: String,
    draft: DraftId,
    log: Vec<Vec<u8>>,
    record: Record,
}

impl Archivist {
    fn read_on(&mut self, process: &Process) -> anyhow::Result<()> {
        let known = self.log.len().saturating_sub(1);
        let mut read = process
            .log(&self.token, self.draft, known)?
            .into_iter()
            .peekable();
        if let Some(last) = self.log.last() {
            anyhow::ensure!(
                read.next().as_ref() == Some(last),
                "entry {} is another, or gone",
                self.log.len()
            );
        }
        let new: Vec<Vec<u8>> = read.collect();
        self.record.replay(&new)?;
        self.log.extend(new);
        Ok(())
    }

    fn check(
        &self,
        process: &Process,
        speakers: &[Speaker],
        typists: &[Typist],
    ) -> anyhow::Result<()> {
        let summary = process.summary(&self.token, self.draft)?;
        anyhow::ensure!(summary.damaged.is_none(), "damaged: {:?}", summary.damaged);
        anyhow::ensure!(
            (summary.seq, summary.head) == (self.record.draft.seq, self.record.draft.head),
            "the server stands at {} {}, its log at {} {}",
            summary.seq,
            summary.head,
            self.record.draft.seq,
            self.record.draft.head
        );
        let shown: TextView =
            process.get(&self.token, &format!("/api/v1/drafts/{}/text", self.draft))?;
        let folded = status::text_view(
            &self.record.draft,
            &self.record.manuscript,
            self.record.text.heads(),
        );
        anyhow::ensure!(
            shown == folded,
            "the server shows another text than its log has"
        );

        let mut acts: BTreeMap<String, usize> = BTreeMap::new();
        let mut changes = BTreeSet::new();
        let mut hashes = Vec::new();
        for bytes in &self.log {
            let entry = Entry::decode(bytes)?;
            hashes.push((Entry::hash_of(bytes), entry.act.clone()));
            if let Some(words) = entry.act.as_ref().and_then(words_of) {
                *acts.entry(words).or_default() += 1;
            }
            for change in &entry.changes {
                let hash = Text::hash_of(change).context("a change without a hash")?;
                anyhow::ensure!(changes.insert(hash), "change {hash} is in the log twice");
            }
        }
        for speaker in speakers {
            let mut last = Seq(0);
            for (key, act, seq, hash) in &speaker.acknowledged {
                let at = usize::try_from(seq.0)? - 1;
                let (there, recorded) = hashes.get(at).with_context(|| {
                    format!("{key} was acknowledged as entry {seq}, and is lost")
                })?;
                anyhow::ensure!(there == hash, "{key}: entry {seq} is another now");
                let submitted: Act = serde_json::from_value(act.clone())?;
                let words = words_of(&submitted).context("no words")?;
                anyhow::ensure!(
                    recorded.as_ref().and_then(words_of).as_ref() == Some(&words),
                    "{key}: entry {seq} does not say so"
                );
                anyhow::ensure!(acts.get(&words) == Some(&1), "{key} was entered twice");
                anyhow::ensure!(last < *seq, "{key} stands before what was said earlier");
                last = *seq;
            }
            if let Some((key, act)) = &speaker.open {
                let words = words_of(&serde_json::from_value(act.clone())?).context("no words")?;
                let times = acts.get(&words).copied().unwrap_or(0);
                anyhow::ensure!(times <= 1, "{key} was entered {times} times");
            }
        }
        for typist in typists {
            for hash in typist.own.iter().take(typist.acknowledged) {
                anyhow::ensure!(
                    changes.contains(hash),
                    "{}: change {hash} was acknowledged, and is lost",
                    typist.name
                );
            }
        }
        Ok(())
    }
}

/// What an act of a speaker says; no two say the same.
fn words_of(act: &Act) -> Option<String> {
    match act {
        Act::Statement(statement) => Some(statement.text.as_str().to_owned()),
        Act::Propose(propose) => {
            let words = propose.text.values().next()?;
            Some(words.as_str().to_owned())
        }
        _ => None,
    }
}

#[test]
fn nothing_acknowledged_is_lost_or_doubled_however_often_the_server_is_killed() {
    let seed = Dice::seed_or(20_260_302);
    println!("SEED={seed}");
    let mut dice = Dice::of(seed);
    let data = tempfile::tempdir().expect("a directory for the record");
    let data: &Path = data.path();

    let first = Process::start(data, &SNAPSHOTS).expect("the server starts");
    let secretariat = first
        .secretariat
        .clone()
        .expect("a new server shows a token");
    let codes = ["AVR", "BEL", "COR", "DUN", "ELM"];
    let draft = first
        .convene(&secretariat, "Killed", TEXT, &codes)
        .expect("the draft is convened");
    let token = |code: &str| {
        let invited = first.invite(&secretariat, code, Role::Delegate, &[draft]);
        invited.expect("there is a seat for everybody")
    };
    let mut speakers = ["AVR", "BEL"].map(|name| Speaker::new(name, token(name)));
    let mut typists =
        ["COR", "DUN", "ELM"].map(|name| Typist::new(name, &token(name), draft, &dice.bytes(16)));
    let mut archivist = Archivist {
        token: secretariat.clone(),
        draft,
        log: Vec::new(),
        record: Record::unborn(draft),
    };
    first.kill().expect("the server can be killed");

    for cycle in 1..=CYCLES {
        let process = Process::start(data, &SNAPSHOTS).expect("a killed server starts again");
        let told = |e: anyhow::Error| -> () { panic!("SEED={seed}, after kill {cycle}: {e:#}") };
        archivist.read_on(&process).unwrap_or_else(told);
        archivist
            .check(&process, &speakers, &typists)
            .unwrap_or_else(told);
        let moment = Duration::from_millis(60 + u64::try_from(dice.below(400)).unwrap_or(0));
        println!(
            "life {cycle}: entry {}, killed after {moment:?}",
            archivist.log.len()
        );
        let (server, address) = (Server::of(&process), process.sync_address());
        let never = AtomicBool::new(false);
        thread::scope(|scope| {
            for speaker in &mut speakers {
                let mut dice = Dice::of(dice.throw());
                let (server, never) = (&server, &never);
                scope.spawn(move || speaker.speak(server, draft, &mut dice, never));
            }
            for typist in &mut typists {
                let mut dice = Dice::of(dice.throw());
                let (address, never) = (&address, &never);
                scope.spawn(move || type_on(typist, address, &mut dice, never));
            }
            thread::sleep(moment);
            // Now and then it is stopped as it should be: what it then puts aside must do no harm either.
            if cycle % 8 == 0 {
                process.stop().expect("the server stops when it is told to");
            } else {
                process.kill().expect("the server can be killed");
            }
        });
    }

    let process = Process::start(data, &SNAPSHOTS).expect("a killed server starts again");
    let server = Server::of(&process);
    let quiet = AtomicBool::new(false);
    thread::scope(|scope| {
        for speaker in &mut speakers {
            let (server, quiet) = (&server, &quiet);
            scope.spawn(move || speaker.speak(server, draft, &mut Dice::of(1), quiet));
        }
        thread::sleep(Duration::from_millis(300));
        quiet.store(true, Ordering::Relaxed);
    });
    for speaker in &speakers {
        assert!(speaker.open.is_none(), "{} was not answered", speaker.name);
    }
    runtime().block_on(async {
        for typist in &mut typists {
            typist
                .connect(&process.sync_address())
                .await
                .expect("it connects");
            typist.level().await.expect("it comes into step");
        }
        let summary: DraftSummary = process.summary(&secretariat, draft).expect("a summary");
        for typist in &mut typists {
            typist
                .reach(&summary.heads)
                .await
                .expect("all replicas come to one moment");
            assert_eq!(typist.waiting(), 0, "{}", typist.name);
        }
    });
    let mut afresh = Archivist {
        token: secretariat.clone(),
        draft,
        log: Vec::new(),
        record: Record::unborn(draft),
    };
    archivist.read_on(&process).expect("the log goes on");
    afresh
        .read_on(&process)
        .expect("the whole log can be folded");
    afresh
        .check(&process, &speakers, &typists)
        .unwrap_or_else(|e| panic!("SEED={seed}, at the end: {e:#}"));
    assert_eq!(afresh.log, archivist.log, "what was read once stays so");
    assert_eq!(
        afresh.record.draft.fingerprint(),
        archivist.record.draft.fingerprint(),
        "folded life by life or all at once, it means the same"
    );
    for typist in &typists {
        assert_eq!(
            typist.text.manuscript(),
            afresh.record.manuscript,
            "{}",
            typist.name
        );
    }
    let acknowledged: usize = speakers.iter().map(|s| s.acknowledged.len()).sum();
    let repeats: usize = speakers.iter().map(|s| s.repeats).sum();
    let typed: usize = typists.iter().map(|t| t.own.len()).sum();
    println!(
        "{CYCLES} lives, {} entries, {acknowledged} acts acknowledged, {repeats} of them on a repeated try, {typed} keystrokes",
        afresh.log.len()
    );
    assert!(
        acknowledged > 100 && typed > 100,
        "too little was done to prove anything"
    );
}

/// Bytes of the record are changed behind the server's back.
fn damage(data: &Path, draft: DraftId, seq: u64, change: impl Fn(&mut Vec<u8>)) {
    let file = rusqlite::Connection::open(data.join("plenary.db")).expect("the file is there");
    let name: &[u8] = &draft.0;
    let (at, mut bytes): (i64, Vec<u8>) = file
        .query_row(
            "SELECT rowid, bytes FROM entries WHERE draft = ?1 AND seq = ?2",
            rusqlite::params![name, i64::try_from(seq).expect("a small number")],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .expect("the entry is there");
    change(&mut bytes);
    let put = file.execute(
        "UPDATE entries SET bytes = ?1 WHERE rowid = ?2",
        rusqlite::params![bytes, at],
    );
    assert_eq!(put.expect("the entry can be changed"), 1);
    let thrown = file.execute("DELETE FROM snapshots", []);
    thrown.expect("snapshots are a cache and can be thrown away");
}

#[test]
fn a_damaged_entry_closes_its_own_draft_and_no_other() {
    let data = tempfile::tempdir().expect("a directory for the record");
    let data = data.path();
    let server = Process::start(data, &[]).expect("the server starts");
    let secretariat = server
        .secretariat
        .clone()
        .expect("a new server shows a token");
    let convene = |title: &str| {
        let convened = server.convene(&secretariat, title, TEXT, &["AVR"]);
        convened.expect("the draft is convened")
    };
    let drafts = [
        convene("Torn"),
        convene("Changed"),
        convene("Cut"),
        convene("Whole"),
    ];
    let token = server
        .invite(&secretariat, "AVR", Role::Delegate, &drafts)
        .expect("there is a seat");
    let say = |server: &Process, draft: DraftId, words: &str| {
        let path = format!("/api/v1/drafts/{draft}/acts");
        let act = json!({"statement": {"text": words}});
        server
            .post::<Acknowledged>(&token, &path, None, &act)
            .expect("an answer")
            .map_err(Box::new)
    };
    for draft in drafts {
        for words in [
            "This is the first.",
            "This is the second.",
            "This is the third.",
        ] {
            say(&server, draft, words).expect("it is entered");
        }
    }
    let last = server
        .summary(&secretariat, drafts[0])
        .expect("a summary")
        .seq
        .0;
    let before = server
        .log(&secretariat, drafts[0], 0)
        .expect("the log is read");
    server.kill().expect("the server can be killed");

    // The second of the three statements: its form is torn; a word of it is another, which only the chain tells; its
    // end is missing.
    damage(data, drafts[0], last - 1, |bytes| bytes[0] ^= 0xff);
    damage(data, drafts[1], last - 1, |bytes| {
        let at = bytes
            .windows(6)
            .position(|w| w == b"second")
            .expect("the word is there");
        bytes[at] ^= 0x01;
    });
    damage(data, drafts[2], last - 1, |bytes| {
        bytes.truncate(bytes.len() / 2);
    });

    let server = Process::start(data, &[]).expect("the server starts all the same");
    // Whoever follows the changed entry does not follow what was agreed to: that is where the chain breaks.
    let named = [last - 1, last, last - 1];
    for (draft, seq) in drafts.into_iter().zip(named) {
        let summary = server.summary(&token, draft).expect("it can be read");
        let sentence = summary.damaged.expect("it is known to be damaged");
        assert!(
            sentence.contains(&seq.to_string()),
            "entry {seq} in: {sentence}"
        );
        assert_eq!(
            summary.seq.0,
            seq - 1,
            "it stands as the entries before leave it"
        );
        let text: TextView = server
            .get(&token, &format!("/api/v1/drafts/{draft}/text"))
            .expect("its text can be read");
        assert_eq!(text.clauses.len(), 4);
        let refused = say(&server, draft, "And on.").expect_err("it is closed for writing");
        assert_eq!(refused.code, "draft-damaged");
        assert!(
            refused.detail.contains(&seq.to_string()),
            "{}",
            refused.detail
        );
    }
    let whole = say(&server, drafts[3], "We go on.").expect("the other draft is as it was");
    assert_eq!(whole.seq.0, last + 1);
    runtime().block_on(async {
        let mut typist = Typist::new("AVR", &token, drafts[3], &[7; 16]);
        typist
            .connect(&server.sync_address())
            .await
            .expect("it connects");
        typist.level().await.expect("it comes into step");
        assert!(typist.type_anything("op-1", &mut Dice::of(1)));
        typist.level().await.expect("typing is taken in");

        let mut other = Typist::new("AVR", &token, drafts[0], &[8; 16]);
        other
            .connect(&server.sync_address())
            .await
            .expect("it connects");
        other
            .level()
            .await
            .expect("the text of a damaged draft can be read");
        assert!(other.type_anything("op-1", &mut Dice::of(1)));
        let told = other.level().await.expect_err("nothing is typed into it");
        assert!(told.to_string().contains("damaged"), "{told}");
    });
    server.stop().expect("it stops as it should");

    // The bytes that were there before, from a backup: the draft is open again.
    let at = usize::try_from(last).expect("a small number") - 2;
    damage(data, drafts[0], last - 1, |bytes| {
        bytes.clone_from(&before[at]);
    });
    let server = Process::start(data, &[]).expect("the server starts");
    let summary = server.summary(&token, drafts[0]).expect("it can be read");
    assert_eq!((summary.damaged, summary.seq.0), (None, last));
    say(&server, drafts[0], "And on.").expect("it takes acts again");
}
