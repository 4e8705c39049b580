//! A desk, a server, and the program in another language.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use plenary_tests::process::{Process, programs};
use serde_json::Value;

const TEXT: &str = "# On rivers {#title}\n\n1. *Decides* to meet annually; {#meeting}\n";
const ROSTER: &str = r#"
title = "Conference on rivers"
authentic = ["en"]
delegation = [
  { code = "CHAIR", name = "Chair", role = "facilitator" },
  { code = "AVR", name = "Averland" },
  { code = "KSB", name = "Kasembe" },
]
"#;

/// A desk with files of its own, data directories, and one address at which a server stands.
pub(crate) struct Place {
    folder: tempfile::TempDir,
    address: String,
}

/// How a command came out.
pub(crate) struct Came {
    /// Its exit code.
    pub(crate) exit: i32,
    /// What it said.
    pub(crate) out: String,
    /// What it said on standard error.
    pub(crate) err: String,
}

impl Place {
    pub(crate) fn new() -> Self {
        let free = TcpListener::bind("127.0.0.1:0").unwrap();
        Self {
            folder: tempfile::tempdir().unwrap(),
            address: free.local_addr().unwrap().to_string(),
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn serve(&self, data: &str) -> Process {
        Process::start(&self.path(data), &["--listen", &self.address]).unwrap()
    }

    pub(crate) fn file(&self, name: &str, text: &str) -> String {
        std::fs::write(self.path(name), text).unwrap();
        self.path(name).to_str().unwrap().to_owned()
    }

    pub(crate) fn run(&self, desk: &str, arguments: &[&str]) -> Came {
        let home = self.path(desk);
        std::fs::create_dir_all(&home).unwrap();
        let output = Command::new(&programs().command)
            .args(arguments)
            .current_dir(&home)
            .env_clear()
            .env("HOME", &home)
            .env("XDG_STATE_HOME", home.join("state"))
            .stdin(Stdio::null())
            .output()
            .unwrap();
        Came {
            exit: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    #[track_caller]
    pub(crate) fn done(&self, desk: &str, arguments: &[&str]) -> String {
        let came = self.run(desk, arguments);
        assert_eq!(came.exit, 0, "{desk} {arguments:?}: {}", came.err);
        came.out
    }

    #[track_caller]
    pub(crate) fn fails(&self, desk: &str, arguments: &[&str], exit: i32, code: &str) -> Value {
        let came = self.run(desk, &[arguments, &["--json"]].concat());
        assert_eq!(came.exit, exit, "{arguments:?}: {} {}", came.out, came.err);
        let problem: Value = serde_json::from_str(came.err.trim()).unwrap();
        assert_eq!(problem["code"], code, "{problem}");
        problem
    }

    /// A conference at the server that stands there, with two delegations logged in.
    pub(crate) fn convene(&self, server: &Process) {
        let (text, roster) = (self.file("text.md", TEXT), self.file("roster.toml", ROSTER));
        let token = server.secretariat.as_ref().unwrap();
        let link = format!("http://{}/#token={token}", self.address);
        self.done("SEC", &["login", &link]);
        self.done(
            "SEC",
            &["draft", "new", "--from", &text, "--roster", &roster],
        );
        for (code, role) in [
            ("AVR", "delegate"),
            ("KSB", "delegate"),
            ("CHAIR", "facilitator"),
        ] {
            let link = self.done("SEC", &["invite", code, "--role", role]);
            self.done(code, &["login", link.trim()]);
        }
    }

    pub(crate) fn copy(&self, from: &str, to: &str) {
        std::fs::create_dir(self.path(to)).unwrap();
        for file in ["plenary.db", "plenary.key"] {
            std::fs::copy(self.path(from).join(file), self.path(to).join(file)).unwrap();
        }
    }

    pub(crate) fn evidence(&self, desk: &str) -> String {
        let folder = self.path(desk).join("state/plenary/evidence");
        let mut files = std::fs::read_dir(folder).unwrap();
        std::fs::read_to_string(files.next().unwrap().unwrap().path()).unwrap()
    }
}

/// `examples/verify.py` says so too.
pub(crate) fn python(file: &Path, key: &str, proven: bool) {
    script("verify.py", &[file.to_str().unwrap(), key], proven);
}

/// What one of the programs in `examples` says, which finds all to be proven or not.
pub(crate) fn script(name: &str, arguments: &[&str], proven: bool) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    let output = Command::new("python3")
        .arg("-B")
        .arg(folder.join(name))
        .args(arguments)
        .output();
    let output = output.expect("python3 is there: the Makefile says so");
    let said = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
    assert_eq!(output.status.success(), proven, "{said}");
    assert_eq!(said.contains("NOT PROVEN"), !proven, "{said}");
    said
}
