//! The program itself: where its settings come from, what it says at the first start, and how it stops.

use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plenary-server"));
    for name in [
        "PLENARY_CONFIG",
        "PLENARY_DATA",
        "PLENARY_LISTEN",
        "RUST_LOG",
    ] {
        command.env_remove(name);
    }
    command
}

const NO_FLAGS: &[&str] = &[];

/// The flags that seed the demonstration.
fn demonstration() -> [String; 4] {
    let example = |name: &str| format!("{}/../examples/{name}", env!("CARGO_MANIFEST_DIR"));
    let (text, roster) = (
        example("declaration-ai-governance.md"),
        example("roster.toml"),
    );
    ["--seed".into(), text, "--roster".into(), roster]
}

struct Running {
    child: Child,
    out: BufReader<ChildStdout>,
    /// What it said until it listened.
    said: String,
    address: String,
}

impl Running {
    fn start(data: &Path, more: &[impl AsRef<OsStr>]) -> Self {
        let mut child = program()
            .args(["--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .args(more)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut said = String::new();
        while !said.contains("Plenary listens on ") {
            assert_ne!(out.read_line(&mut said).unwrap(), 0, "it stopped: {said}");
        }
        let after = said.rsplit_once("Plenary listens on http://").unwrap().1;
        let address = after.split(' ').next().unwrap().to_owned();
        Self {
            child,
            out,
            said,
            address,
        }
    }

    /// The secretariat's token, which it shows at its first start.
    fn token(&self) -> &str {
        let mut words = self.said.split_whitespace();
        words.find(|w| w.starts_with("plenary_")).unwrap()
    }

    fn stop(mut self, signal: &str) -> Duration {
        let id = self.child.id().to_string();
        let began = Instant::now();
        let killed = Command::new("kill").args([signal, &id]).status().unwrap();
        assert!(killed.success());
        let status = self.child.wait().unwrap();
        assert_eq!(status.code(), Some(0), "after {signal}");
        let mut rest = String::new();
        self.out.read_to_string(&mut rest).unwrap();
        began.elapsed()
    }

    fn get(&self, head: &str, more: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        write!(
            stream,
            "GET {head} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n{more}\r\n"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }
}

#[test]
fn a_flag_wins_over_the_environment_and_the_environment_over_the_file() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(
        file.path(),
        "data = 'file'\nlog = 'file'\nlisten = '127.0.0.1:1'\nmax-body = '1KiB'\n",
    )
    .unwrap();
    let output = program()
        .arg("--config")
        .arg(file.path())
        .args(["--listen", "127.0.0.1:3", "--show-settings"])
        .env("RUST_LOG", "environment")
        .env("PLENARY_LISTEN", "127.0.0.1:2")
        .output()
        .unwrap();
    let settings = String::from_utf8(output.stdout).unwrap();
    for line in [
        "data = \"file\"",
        "log = \"environment\"",
        "listen = \"127.0.0.1:3\"",
        "max-body = \"1KiB\"",
        "request-timeout = \"1min\"",
    ] {
        assert!(settings.lines().any(|l| l == line), "{line} in {settings}");
    }
}

#[test]
fn a_wrong_setting_ends_it_with_a_sentence() {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), "data = 'x'\ncolour = 'blue'\n").unwrap();
    let output = program().arg("--config").arg(file.path()).output().unwrap();
    assert!(!output.status.success());
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("unknown setting `colour`"), "{said}");
    let output = program().output().unwrap();
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn the_secretariats_token_is_shown_once_and_stays_good() {
    let data = tempfile::tempdir().unwrap();
    let first = Running::start(data.path(), NO_FLAGS);
    assert!(
        first.said.contains("plenary login 'http://127.0.0.1:"),
        "{}",
        first.said
    );
    let token = first.token().to_owned();
    first.stop("-TERM");
    let again = Running::start(data.path(), NO_FLAGS);
    assert!(!again.said.contains("plenary_"), "{}", again.said);
    let me = again.get("/api/v1/me", &format!("Authorization: Bearer {token}\r\n"));
    assert!(me.contains("{\"secretariat\":true}"), "{me}");
    again.stop("-INT");
}

#[test]
fn a_demonstration_is_seeded_once() {
    let data = tempfile::tempdir().unwrap();
    let flags = demonstration();
    let first = Running::start(data.path(), &flags);
    let logins = first.said.matches("plenary login 'http").count();
    assert_eq!(
        logins, 6,
        "the secretariat's and five seats': {}",
        first.said
    );
    first.stop("-TERM");
    let again = Running::start(data.path(), &flags);
    assert!(!again.said.contains("plenary login"), "{}", again.said);
    again.stop("-TERM");
}

#[test]
fn it_stops_in_time_whoever_is_connected() {
    let data = tempfile::tempdir().unwrap();
    let running = Running::start(data.path(), NO_FLAGS);
    let idle = TcpStream::connect(&running.address).unwrap();
    let mut half = TcpStream::connect(&running.address).unwrap();
    half.write_all(b"POST /api/v1/drafts HTTP/1.1\r\nHost: x\r\nContent-Le")
        .unwrap();
    assert!(running.get("/health", "").contains("{\"status\":\"up\"}"));
    let took = running.stop("-TERM");
    assert!(took < Duration::from_secs(10), "{took:?}");
    drop((idle.shutdown(Shutdown::Both), half));
}

#[test]
fn who_does_not_finish_the_head_of_a_request_is_cut_off() {
    let data = tempfile::tempdir().unwrap();
    let running = Running::start(data.path(), &["--header-timeout", "200ms"]);
    let mut slow = TcpStream::connect(&running.address).unwrap();
    slow.write_all(b"GET /health HTTP/1.1\r\nHost: x\r\n")
        .unwrap();
    slow.set_read_timeout(Some(Duration::from_secs(10)))
        .unwrap();
    let mut answer = Vec::new();
    slow.read_to_end(&mut answer)
        .expect("the server ends the connection");
    assert!(!String::from_utf8_lossy(&answer).contains("200 OK"));
    running.stop("-TERM");
}

#[test]
fn who_says_nothing_more_is_cut_off() {
    let data = tempfile::tempdir().unwrap();
    let running = Running::start(data.path(), &["--header-timeout", "200ms"]);
    for said in ["", "GET /health HTTP/1.1\r\nHost: x\r\n\r\n"] {
        let mut idle = TcpStream::connect(&running.address).unwrap();
        idle.write_all(said.as_bytes()).unwrap();
        idle.set_read_timeout(Some(Duration::from_secs(10)))
            .unwrap();
        idle.read_to_end(&mut Vec::new())
            .expect("the server ends the connection");
    }
    running.stop("-TERM");
}

#[test]
fn an_address_has_so_many_connections_and_is_told_so() {
    let data = tempfile::tempdir().unwrap();
    let settings = ["--max-connections-per-address", "3"];
    let running = Running::start(data.path(), &settings);
    let open = |n: usize| -> Vec<TcpStream> {
        let connect = |_| TcpStream::connect(&running.address).unwrap();
        (0..n).map(connect).collect()
    };
    let held = open(3);
    let mut one_more = open(1).remove(0);
    let mut answer = String::new();
    one_more.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 429 "), "{answer}");
    assert!(
        answer.contains("\"code\":\"too-many-connections\""),
        "{answer}"
    );
    assert!(answer.contains("--max-connections-per-address"), "{answer}");
    drop(held);
    // Their places are given back as soon as the server has seen them go; until then one may be turned away, and who is
    // has not always heard it to the end.
    let is_up = || {
        let mut stream = TcpStream::connect(&running.address).unwrap();
        let mut answer = String::new();
        let asked =
            stream.write_all(b"GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        let heard = asked.and_then(|()| stream.read_to_string(&mut answer));
        heard.is_ok() && answer.contains("\"up\"")
    };
    let began = Instant::now();
    while !is_up() {
        assert!(began.elapsed() < Duration::from_secs(10));
    }
    running.stop("-TERM");
    let data = tempfile::tempdir().unwrap();
    let proxied = [settings[0], settings[1], "--behind-proxy"];
    let running = Running::start(data.path(), &proxied);
    let _held: Vec<_> = (0..5)
        .map(|_| TcpStream::connect(&running.address).unwrap())
        .collect();
    assert!(running.get("/health", "").contains("\"up\""));
    running.stop("-TERM");
}

/// What a tool prints, and with which code it ends.
fn tool(arguments: &[&str]) -> (i32, String) {
    let output = program().args(arguments).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (
        output.status.code().unwrap(),
        String::from_utf8(said).unwrap(),
    )
}

#[test]
fn a_running_server_is_backed_up_and_the_backup_serves() {
    let (data, copies) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let running = Running::start(data.path(), &demonstration());
    let bearer = format!("Authorization: Bearer {}\r\n", running.token());
    let to = copies.path().join("today");
    let (from, to) = (data.path().to_str().unwrap(), to.to_str().unwrap());
    let (code, said) = tool(&["backup", from, to]);
    assert_eq!(code, 0, "{said}");
    for directory in [from, to] {
        let (code, said) = tool(&["check", directory]);
        assert!(
            code == 0 && said.ends_with("Drafts: 1, all whole.\n"),
            "{said}"
        );
    }
    let (code, said) = tool(&["backup", from, to]);
    assert!(code == 1 && said.contains("there is a copy in"), "{said}");

    let body = |answer: String| answer.split_once("\r\n\r\n").unwrap().1.to_owned();
    let drafts = body(running.get("/api/v1/drafts", &bearer));
    assert!(drafts.contains("\"seq\":"), "{drafts}");
    running.stop("-TERM");
    let restored = Running::start(Path::new(to), NO_FLAGS);
    assert_eq!(body(restored.get("/api/v1/drafts", &bearer)), drafts);
    restored.stop("-TERM");
}

#[test]
fn a_check_names_what_is_not_as_it_should_be() {
    let data = tempfile::tempdir().unwrap();
    Running::start(data.path(), &demonstration()).stop("-TERM");
    let directory = data.path().to_str().unwrap();
    let file = rusqlite::Connection::open(data.path().join("plenary.db")).unwrap();
    let check = || tool(&["check", directory]);
    assert_eq!(check().0, 0, "{}", check().1);

    file.execute("UPDATE snapshots SET seq = seq - 1", [])
        .unwrap();
    let (code, said) = check();
    assert!(
        code == 1 && said.contains("the snapshot as of entry"),
        "{said}"
    );
    file.execute("UPDATE snapshots SET seq = seq + 1", [])
        .unwrap();

    let third = "SELECT bytes FROM entries WHERE seq = 3";
    let mut bytes: Vec<u8> = file.query_row(third, [], |row| row.get(0)).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    let change = "UPDATE entries SET bytes = ?1 WHERE seq = 3";
    file.execute(change, [&bytes]).unwrap();
    let (code, said) = check();
    // A flipped bit may leave an entry that reads; then the next one does not follow from it.
    let named = ["entry 3 is damaged", "entry 4 is damaged"];
    assert!(
        code == 1 && named.iter().any(|n| said.contains(n)),
        "{said}"
    );
    bytes[middle] ^= 1;
    file.execute(change, [&bytes]).unwrap();

    file.execute("DELETE FROM entries WHERE seq = 5", [])
        .unwrap();
    let (code, said) = check();
    assert!(
        code == 1 && said.contains("entry 5 was expected here"),
        "{said}"
    );

    let (code, said) = tool(&["check", "/nowhere"]);
    assert!(
        code == 1 && said.contains("there is no plenary.db in it"),
        "{said}"
    );
}
