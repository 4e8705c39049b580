//! The real program on a disk that fails: it is full, it does not keep what it was given, it cannot be written, it dies in
//! the middle of a write. Nothing is acknowledged that is not there afterwards; whoever reads goes on reading; the operator
//! hears of it; and when the disk works again, so does the server, without being started anew.
#![cfg(target_os = "linux")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use plenary_shared::draft::Role;
use plenary_shared::ids::{DraftId, Seq};
use plenary_shared::wire::view::{Acknowledged, Problem, TextView};
use plenary_tests::dice::Dice;
use plenary_tests::process::{Process, programs};
use plenary_tests::typist::Typist;
use serde_json::{Value, json};

const TEXT: &str = "# Declaration\n\n1. The first paragraph. {#op-1}\n";

/// A disk that fails when it is told to: the server's own functions for files, with `disk/faulty.c` before them.
struct Disk {
    folder: tempfile::TempDir,
    library: PathBuf,
}

impl Disk {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let library = folder.path().join("faulty.so");
        let source = concat!(env!("CARGO_MANIFEST_DIR"), "/disk/faulty.c");
        // The compiler is there: SQLite was built with it.
        let built = Command::new("cc")
            .args(["-shared", "-fPIC", "-O1", "-o"])
            .arg(&library)
            .args([source, "-ldl"])
            .status()
            .expect("there is a C compiler");
        assert!(built.success());
        std::fs::create_dir(folder.path().join("data")).expect("a folder for the data");
        let disk = Self { folder, library };
        disk.works();
        disk
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn word(&self) -> PathBuf {
        self.folder.path().join("word")
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).expect("the log can be read")
    }

    /// From now on it fails like this.
    fn fails(&self, how: &str) {
        let new = self.folder.path().join("word.new");
        std::fs::write(&new, how).expect("the word can be written");
        std::fs::rename(new, self.word()).expect("the word can be given");
    }

    fn works(&self) {
        self.fails("");
    }

    fn stands_before(&self, command: &mut Command) {
        let log = std::fs::File::options()
            .append(true)
            .create(true)
            .open(self.folder.path().join("log"));
        command
            .env("LD_PRELOAD", &self.library)
            .env("FAULTY_FOLDER", self.data())
            .env("FAULTY_WORD", self.word())
            .stderr(log.expect("a file for the log"));
    }

    fn start(&self) -> Process {
        let started =
            Process::start_as(&self.data(), &["--log", "info"], |c| self.stands_before(c));
        started.expect("the server starts")
    }

    /// The server on a disk that works all the time.
    fn start_sound(&self) -> Process {
        Process::start(&self.data(), &[]).expect("the server starts")
    }
}

/// A draft, and those who work on it.
struct Room {
    secretariat: String,
    token: String,
    draft: DraftId,
    /// What was acknowledged: the words, and the entry.
    acknowledged: Vec<(String, Seq)>,
}

impl Room {
    fn convene(server: &Process) -> Self {
        let secretariat = server.secretariat.clone().expect("a token is shown");
        let draft = server.convene(&secretariat, "On a bad disk", TEXT, &["AVR"]);
        let draft = draft.expect("it is convened");
        let token = server.invite(&secretariat, "AVR", Role::Delegate, &[draft]);
        Self {
            token: token.expect("there is a seat"),
            secretariat,
            draft,
            acknowledged: Vec::new(),
        }
    }

    /// Says something; the key is the words.
    fn say(&mut self, server: &Process, words: &str) -> Result<Acknowledged, Box<Problem>> {
        let path = format!("/api/v1/drafts/{}/acts", self.draft);
        let act = json!({"statement": {"text": words}});
        let said = server.post::<Acknowledged>(&self.token, &path, Some(words), &act);
        let said = said.expect("there is an answer");
        if let Ok(done) = &said {
            self.acknowledged.push((words.to_owned(), done.seq));
        }
        said.map_err(Box::new)
    }

    /// Whether the text can be read.
    fn reads(&self, server: &Process) {
        let path = format!("/api/v1/drafts/{}/text", self.draft);
        let text: TextView = server.get(&self.token, &path).expect("it can be read");
        assert_eq!(text.clauses.len(), 2);
    }

    /// All that was acknowledged is in the record, once, where it was said to be, and the record is whole.
    fn holds(&self, server: &Process) {
        let summary = server.summary(&self.secretariat, self.draft);
        assert_eq!(summary.expect("a summary").damaged, None);
        let path = format!("/api/v1/drafts/{}/entries?limit=500", self.draft);
        let entries: Value = server.get(&self.token, &path).expect("the record is read");
        let entries = entries["items"].as_array().expect("entries");
        for (words, seq) in &self.acknowledged {
            let says = |e: &&Value| e["act"]["statement"]["text"] == words.as_str();
            let found: Vec<_> = entries
                .iter()
                .filter(says)
                .map(|e| e["seq"].as_u64())
                .collect();
            assert_eq!(found, [Some(seq.0)], "{words}");
        }
    }

    fn typist(&self, server: &Process) -> Typist {
        let mut typist = Typist::new("AVR", &self.token, self.draft, &[7; 16]);
        come(&mut typist, server).expect("it comes into step");
        typist
    }
}

fn come(typist: &mut Typist, server: &Process) -> anyhow::Result<()> {
    runtime().block_on(async {
        typist.connect(&server.sync_address()).await?;
        typist.level().await
    })
}

fn runtime() -> tokio::runtime::Runtime {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.expect("a client's tasks can run")
}

fn status(server: &Process, path: &str) -> u16 {
    server.call("GET", path, &[], &[]).expect("an answer").0
}

/// What fails and comes back, whichever way the disk fails. `code` is what a caller is told.
fn fails_and_comes_back(how: &str, code: &str, logged: &str) {
    let disk = Disk::new();
    let server = disk.start();
    let mut room = Room::convene(&server);
    room.say(&server, "Before.").expect("it is entered");
    // On a runtime of its own for as long as it is connected.
    let runtime = runtime();
    let mut typist = Typist::new("AVR", &room.token, room.draft, &[7; 16]);
    runtime.block_on(async {
        typist
            .connect(&server.sync_address())
            .await
            .expect("it connects");
        typist.level().await.expect("it comes into step");
    });
    assert_eq!(status(&server, "/ready"), 200);

    disk.fails(how);
    let refused = room
        .say(&server, "During.")
        .expect_err("nothing is entered");
    assert_eq!(refused.code, code, "{}", refused.detail);
    assert!(!refused.hint.is_empty());
    assert_eq!(status(&server, "/ready"), 503);
    assert_eq!(status(&server, "/health"), 200);
    room.reads(&server);
    assert!(typist.type_anything("op-1", &mut Dice::of(1)));
    let told = runtime
        .block_on(typist.level())
        .expect_err("typing is not entered either");
    assert!(told.to_string().contains("storage: "), "{told}");
    assert_eq!(typist.waiting(), 1, "and nothing says that it was");
    // Who comes now can read.
    let reader = room.typist(&server);
    assert!(!reader.text.heads().0.is_empty());
    assert!(disk.log().contains(logged), "{}", disk.log());
    let said_once = disk
        .log()
        .matches("nothing is entered at the moment")
        .count();
    assert_eq!(
        said_once,
        1,
        "the log is not filled with it: {}",
        disk.log()
    );

    disk.works();
    assert_eq!(status(&server, "/ready"), 200);
    let done = room
        .say(&server, "During.")
        .expect("a retry with the key is entered");
    room.say(&server, "After.").expect("and what comes then");
    room.holds(&server);
    come(&mut typist, &server).expect("the typist comes back");
    assert_eq!(typist.waiting(), 0);
    assert!(
        disk.log().contains("the storage writes again"),
        "{}",
        disk.log()
    );
    let again = room.say(&server, "During.").expect("it is there");
    assert!(again.repeated && again.seq == done.seq);
    room.acknowledged.pop();
    server.kill().expect("it can be killed");
    room.holds(&disk.start_sound());
}

#[test]
fn a_full_disk_stops_writing_and_nothing_else_until_there_is_room() {
    fails_and_comes_back("full", "disk-full", "the disk is full");
}

#[test]
fn what_the_disk_does_not_keep_is_not_acknowledged() {
    fails_and_comes_back("sync", "storage-failed", "look after the server's disk");
}

#[test]
fn a_disk_that_becomes_read_only_can_be_read() {
    fails_and_comes_back("readonly", "storage-failed", "look after the server's disk");
}

/// After a failed fsync nobody knows what is on the disk: whoever asked must find it once or not at all, also after a
/// crash.
#[test]
fn a_crash_after_a_failed_sync_neither_loses_nor_doubles_anything() {
    let disk = Disk::new();
    let mut server = disk.start();
    let mut room = Room::convene(&server);
    for n in 0..4 {
        room.say(&server, &format!("Sure {n}."))
            .expect("it is entered");
        disk.fails("sync");
        let open = format!("Unsure {n}.");
        room.say(&server, &open)
            .expect_err("it is not acknowledged");
        server.kill().expect("it can be killed");
        disk.works();
        server = disk.start();
        room.holds(&server);
        room.say(&server, &open)
            .expect("a retry finds it, or enters it");
        room.holds(&server);
    }
}

#[test]
fn a_write_that_is_torn_by_a_crash_leaves_what_was_acknowledged() {
    let disk = Disk::new();
    let mut server = disk.start();
    let mut room = Room::convene(&server);
    for n in 0..4 {
        room.say(&server, &format!("Whole {n}."))
            .expect("it is entered");
        disk.fails("torn");
        let path = format!("/api/v1/drafts/{}/acts", room.draft);
        let words = format!("Torn {n}.");
        let act = json!({"statement": {"text": words}});
        let answer = server.post::<Acknowledged>(&room.token, &path, Some(&words), &act);
        assert!(answer.is_err(), "it was killed in the middle: {answer:?}");
        drop(server);
        disk.works();
        server = disk.start();
        room.holds(&server);
        let again = room.say(&server, &words).expect("it takes acts again");
        assert!(!again.repeated, "half a write is none");
    }
    room.holds(&server);
}

#[test]
fn a_server_that_may_not_write_says_so_and_ends() {
    let disk = Disk::new();
    let server = disk.start();
    Room::convene(&server);
    server.stop().expect("it stops");
    disk.fails("readonly");
    let said = ended(&disk);
    assert!(said.contains("cannot hold Plenary's data"), "{said}");
    assert!(said.contains("Read-only file system"), "{said}");
}

/// On a full disk it starts, and what is there can be read; or it says that the disk is full.
#[test]
fn a_server_that_is_started_on_a_full_disk_says_what_is_the_matter() {
    let disk = Disk::new();
    let server = disk.start();
    Room::convene(&server);
    server.kill().expect("it can be killed");
    disk.fails("full");
    let said = ended(&disk);
    assert!(said.contains("full"), "{said}");
    disk.works();
    disk.start();
}

/// What a server says that does not start.
fn ended(disk: &Disk) -> String {
    let mut command = Command::new(&programs().server);
    disk.stands_before(&mut command);
    let mut child = command
        .args(["--listen", "127.0.0.1:0", "--data"])
        .arg(disk.data())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it can be run");
    let began = Instant::now();
    while child.try_wait().expect("it can be asked").is_none() {
        if began.elapsed() > Duration::from_secs(30) {
            child.kill().expect("it can be killed");
            panic!("it goes on");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    let output = child.wait_with_output().expect("it has ended");
    assert!(!output.status.success());
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A damaged snapshot is a cache that is thrown away.
#[test]
fn a_damaged_snapshot_costs_time_and_nothing_else() {
    let disk = Disk::new();
    let server = disk.start();
    let mut room = Room::convene(&server);
    for n in 0..5 {
        room.say(&server, &format!("Word {n}."))
            .expect("it is entered");
    }
    server.stop().expect("it stops, and puts a snapshot aside");
    let kept = bytes_of_snapshot(&disk.data());
    for at in [0, kept.len() / 3, kept.len() / 2, kept.len() - 1] {
        let mut bad = kept.clone();
        bad[at] ^= 0x55;
        put_snapshot(&disk.data(), &bad);
        let server = disk.start_sound();
        room.holds(&server);
        server.kill().expect("it can be killed");
    }
    put_snapshot(&disk.data(), &kept[..kept.len() / 2]);
    let server = disk.start_sound();
    room.holds(&server);
    room.say(&server, "And on.").expect("it takes acts");
}

fn database(data: &Path) -> rusqlite::Connection {
    rusqlite::Connection::open(data.join("plenary.db")).expect("the database can be opened")
}

fn bytes_of_snapshot(data: &Path) -> Vec<u8> {
    database(data)
        .query_row("SELECT bytes FROM snapshots", [], |row| row.get(0))
        .expect("there is a snapshot")
}

fn put_snapshot(data: &Path, bytes: &[u8]) {
    let changed = database(data).execute("UPDATE snapshots SET bytes = ?1", [bytes]);
    assert_eq!(changed.expect("it can be changed"), 1);
}
