//! A hall with an enemy in it: the real server, two honest people who type all along, and somebody who means harm.

use std::collections::BTreeMap;

use anyhow::Context as _;
use automerge::transaction::Transaction;
use automerge::{ActorId, Automerge, LoadOptions, TextEncoding};
use futures_util::{SinkExt as _, StreamExt as _};
use plenary_shared::draft::{Role, Text};
use plenary_shared::ids::{DraftId, Hash, Seq};
use plenary_shared::wire::message::Message;
use tokio_tungstenite::tungstenite::Message as Frame;

pub use plenary_fuzz::chunk::{chunk, leb128, repaired, sync_message};

use crate::dice::Dice;
use crate::process::Process;
use crate::typist::{Typist, Wire};

/// The text that stands there at the beginning.
pub const TEXT: &str =
    "# Declaration\n\n1. The first paragraph. {#op-1}\n\n2. The second paragraph. {#op-2}\n";

/// What [`Hall::attack`] hears when nothing is amiss.
pub const ANSWERED: &str = "answered";

/// The hall.
pub struct Hall {
    /// The server.
    pub server: Process,
    /// Where its record is.
    pub data: tempfile::TempDir,
    /// The draft.
    pub draft: DraftId,
    /// The tokens: of the secretariat (`SEC`) and of `AVR`, `COR`, `DUN`, `CHAIR` and `OBS`.
    pub tokens: BTreeMap<&'static str, String>,
    /// The honest two.
    pub honest: [Typist; 2],
    /// Where clients run.
    pub runtime: tokio::runtime::Runtime,
    dice: Dice,
}

impl Hall {
    /// Starts a server, convenes the draft, and lets the honest two sit down.
    ///
    /// # Errors
    /// If that does not work.
    pub fn open() -> anyhow::Result<Self> {
        let data = tempfile::tempdir()?;
        let server = Process::start(data.path(), &[])?;
        let secretariat = server.secretariat.clone().context("a token is shown")?;
        let draft = server.convene(&secretariat, "Under attack", TEXT, &["AVR", "COR", "DUN"])?;
        let mut tokens = BTreeMap::new();
        for (code, role) in [
            ("AVR", Role::Delegate),
            ("COR", Role::Delegate),
            ("DUN", Role::Delegate),
            ("CHAIR", Role::Facilitator),
            ("OBS", Role::Observer),
        ] {
            tokens.insert(code, server.invite(&secretariat, code, role, &[draft])?);
        }
        tokens.insert("SEC", secretariat);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let mut honest = [("COR", 1), ("DUN", 2)]
            .map(|(code, n)| Typist::new(code, &tokens[code], draft, &[n; 16]));
        runtime.block_on(async {
            for typist in &mut honest {
                typist.connect(&server.sync_address()).await?;
                typist.level().await?;
            }
            anyhow::Ok(())
        })?;
        Ok(Self {
            server,
            data,
            draft,
            tokens,
            honest,
            runtime,
            dice: Dice::of(7),
        })
    }

    /// Where the record ends.
    ///
    /// # Errors
    /// If the server does not say.
    pub fn end(&self) -> anyhow::Result<(Seq, Hash)> {
        let summary = self.server.summary(&self.tokens["SEC"], self.draft)?;
        Ok((summary.seq, summary.head))
    }

    /// Lets the attack run; the record must then stand as before, and the honest two, whose connections were there all
    /// along, go on as if nothing had been.
    ///
    /// # Panics
    /// If anything moved, or no longer does.
    pub fn unmoved(&mut self, attack: impl FnOnce(&Self)) {
        let before = self.end().expect("the server answers before");
        attack(self);
        assert_eq!(
            self.end().expect("the server answers after"),
            before,
            "something got into the record"
        );
        self.go_on();
    }

    /// The honest two type and come to the same text.
    ///
    /// # Panics
    /// If they do not.
    pub fn go_on(&mut self) {
        let (seq, _) = self.end().expect("the server answers");
        let [first, second] = &mut self.honest;
        let dice = &mut self.dice;
        let going_on = async {
            anyhow::ensure!(first.type_anything("op-2", dice), "there is no clause");
            first.level().await?;
            second.reach(&first.text.heads()).await
        };
        let done = self.runtime.block_on(going_on);
        done.expect("the honest notice nothing");
        assert_eq!(self.end().expect("the server answers").0, seq.next());
    }

    /// Connects, says all that, and hears until the server ends it: its last words. If it answers as it answers the
    /// honest, [`ANSWERED`].
    ///
    /// # Errors
    /// If the server does not take the connection, or ends it without a word.
    pub fn attack(&self, code: &str, join: bool, frames: Vec<Frame>) -> anyhow::Result<String> {
        self.runtime.block_on(async {
            let mut wire = Wire::open(&self.server.sync_address(), &self.tokens[code]).await?;
            if join {
                wire.join("mallory").await?;
            }
            for frame in frames {
                // The server may have ended it already; its words are heard below.
                let _ = wire.socket.send(frame).await;
            }
            loop {
                match wire.hear().await? {
                    Message::Error { message, .. } => {
                        // The websocket's own closing follows.
                        while let Some(Ok(_)) = wire.socket.next().await {}
                        return Ok(message);
                    }
                    Message::DocUnavailable { .. } => return Ok("unavailable".into()),
                    Message::Sync { .. } => return Ok(ANSWERED.into()),
                    _ => {}
                }
            }
        })
    }

    /// The frame that brings a sync message.
    pub fn frame(&self, data: Vec<u8>) -> Frame {
        let message = Message::Sync {
            sender_id: "mallory".into(),
            target_id: "plenary".into(),
            document_id: self.draft.to_string(),
            data,
        };
        Frame::Binary(message.encode().into())
    }

    /// Joins and brings changes; hears why they are refused.
    ///
    /// # Errors
    /// If they are not, or without a word.
    pub fn bring(&self, code: &str, changes: &[Vec<u8>]) -> anyhow::Result<String> {
        self.attack(code, true, vec![self.frame(sync_message(changes))])
    }

    /// A replica of the draft as it stands, signed by that actor.
    ///
    /// # Panics
    /// If an honest replica cannot be copied.
    pub fn replica(&self, actor: &[u8]) -> Text {
        let saved = self.honest[0].text.save();
        let copy = Text::load(self.draft, &saved, &BTreeMap::new(), Some(actor));
        copy.expect("an honest replica can be copied")
    }

    /// The changes that automerge makes behind the back of our own writing.
    ///
    /// # Panics
    /// If automerge will not.
    pub fn forge(&self, actor: &[u8], f: impl FnOnce(&mut Transaction<'_>)) -> Vec<Vec<u8>> {
        let saved = self.honest[0].text.save();
        let options = LoadOptions::new().text_encoding(TextEncoding::Utf16CodeUnit);
        let doc = Automerge::load_with_options(&saved, options);
        let mut doc = doc.expect("an honest replica can be copied");
        doc.set_actor(ActorId::from(actor));
        let before = doc.get_heads();
        let mut tx = doc.transaction();
        f(&mut tx);
        tx.commit();
        let changes = doc.get_changes(&before);
        changes.iter().map(|c| c.raw_bytes().to_vec()).collect()
    }
}
