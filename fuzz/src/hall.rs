//! A draft in the middle of its negotiation, always the same to the last byte: two delegations and a chair, a clause to
//! type into, one that is agreed, one that is deleted, and a proposal on the floor.

use std::sync::OnceLock;

use plenary_shared::acts::Act;
use plenary_shared::draft::{Author, Gate, LocalEdit, Peer, Role, Setback, Text};
use plenary_shared::entry::{By, Place};
use plenary_shared::export::{self, Page, Rolled, Show};
use plenary_shared::ids::{ClauseId, DraftId, Language};
use plenary_shared::import;
use plenary_shared::limits;
use plenary_shared::record::Record;
use plenary_shared::refusal::Refusal;
use plenary_shared::status::StatusBoard;
use plenary_shared::time::Timestamp;
use serde_json::{Value, json};

const TEXT: &str = "# Declaration\n\n*Recalling* the past, {#pp-1}\n\n1. To meet; {#op-1}\n\n> **fr** Se réunir;\n\n\
    2. To report. {#op-2}\n\n3. To end. {#op-3}\n";

/// A draft with its log.
#[derive(Debug, Clone)]
pub struct Hall {
    /// The draft with its words.
    pub record: Record,
    /// Its log, as bytes.
    pub log: Vec<Vec<u8>>,
}

impl Hall {
    /// The draft in the middle of its negotiation.
    pub fn open() -> &'static Self {
        static HALL: OnceLock<Hall> = OnceLock::new();
        HALL.get_or_init(Self::convened)
    }

    fn convened() -> Self {
        let id = DraftId([9; 16]);
        let mut hall = Self {
            record: Record::unborn(id),
            log: Vec::new(),
        };
        let clauses = import::markdown(TEXT, &en()).expect("it is a text");
        let convene = json!({"convene": {"draft": id, "title": "Under attack", "authentic": ["en"], "working": ["fr"],
            "mode": "open"}});
        let convene: Act = serde_json::from_value(convene).expect("it is an act");
        let edits = import::edits(clauses);
        let convened = hall
            .record
            .act(&By::Secretariat, &convene, &edits, hall.now(), None);
        hall.log
            .push(convened.expect("it may be convened").bytes.to_vec());
        for (code, role, entitled) in [
            ("AVR", "delegate", true),
            ("COR", "delegate", true),
            ("CHAIR", "facilitator", false),
        ] {
            let seat = json!({"seat": {"delegation": code, "name": code, "role": role, "entitled": entitled}});
            hall.must(&By::Secretariat, &seat);
        }
        let avr = person("AVR", Role::Delegate);
        let chair = person("CHAIR", Role::Facilitator);
        let replace = json!({"replace": {"clause": "op-1"}});
        let wording = json!({"en": "To meet every year;"});
        hall.must(
            &avr,
            &json!({"propose": {"amendment": replace, "text": wording}}),
        );
        let delete = json!({"delete": {"clause": "op-3"}});
        hall.must(&avr, &json!({"propose": {"amendment": delete}}));
        hall.must(&chair, &json!({"incorporate": {"proposal": "p2"}}));
        let present = json!(["AVR", "COR"]);
        hall.must(
            &chair,
            &json!({"call": {"clause": "op-2", "present": present}}),
        );
        hall.must(&chair, &json!({"agree": {"clause": "op-2"}}));
        hall
    }

    fn must(&mut self, by: &By, act: &Value) {
        let act: Act = serde_json::from_value(act.clone()).expect("it is an act");
        self.act(by, &act).expect("the rules allow it");
    }

    /// A minute after the last entry.
    pub fn now(&self) -> Timestamp {
        Timestamp(self.record.draft.at.0.max(1_800_000_000_000) + 60_000)
    }

    /// Enters an act.
    ///
    /// # Errors
    /// The refusal; the hall is then as it was.
    pub fn act(&mut self, by: &By, act: &Act) -> Result<(), Refusal> {
        let sealed = self.record.act(by, act, &[], self.now(), None)?;
        self.log.push(sealed.bytes.to_vec());
        Ok(())
    }

    /// Takes in a sync message as the server does; true if it became an entry. The other side hears the answers, until
    /// neither has anything to say.
    ///
    /// # Panics
    /// If the record or the other side does not hold what it must.
    pub fn hear(&mut self, by: &By, message: &[u8]) -> bool {
        let before = self.record.clone();
        let Ok(mut incoming) = self.record.text.unpack(message) else {
            return false;
        };
        let changes = incoming.take_changes();
        let mut peer = Peer::new();
        if changes.is_empty() {
            // It may know nothing, or ask for anything: there is an answer, or none.
            let _ = peer.heard(&self.record.text, incoming);
            let _ = peer.generate(&self.record.text);
            assert_eq!(
                self.record.text.heads(),
                before.text.heads(),
                "hearing changes nothing"
            );
            return false;
        }
        let author = author(by);
        let admitted = Gate::new(&self.record.draft, &self.record.text).admit(&author, changes);
        let admitted = match admitted {
            Ok(Some(admitted)) => admitted,
            Ok(None) => return false,
            Err(Setback::Refused(refusal)) => {
                assert!(!refusal.code.is_empty() && !refusal.hint.is_empty());
                return false;
            }
            Err(Setback::Missing) => {
                let _ = peer.ask_again(&self.record.text, incoming);
                let _ = peer.generate(&self.record.text);
                return false;
            }
        };
        let now = self.now();
        let Ok(sealed) = self
            .record
            .typing(vec![(by.clone(), admitted.clone())], now)
        else {
            self.record = before;
            return false;
        };
        let _ = peer.heard(&self.record.text, incoming);
        let _ = peer.generate(&self.record.text);
        self.log.extend(sealed.iter().map(|s| s.bytes.to_vec()));
        for place in ["op-2", "op-3"] {
            let place = Place::Clause(place.parse().expect("an id"));
            assert_eq!(
                self.record.text.wording(&place, &en()),
                before.text.wording(&place, &en()),
                "a locked clause has changed"
            );
        }
        true
    }

    /// That the record is sound: it saves and loads, its log leads to it again, a newcomer comes into step with it, an
    /// honest delegate types on, and everything that is shown of it can be shown.
    ///
    /// # Panics
    /// If it is not.
    pub fn is_sound(mut self) {
        let record = &self.record;
        let restored = Record::restore(record.draft.id, &record.snapshot());
        let restored = restored.expect("a snapshot is read");
        let mut replayed = Record::unborn(record.draft.id);
        replayed
            .replay_together(&self.log)
            .expect("the log is whole");
        for other in [&restored, &replayed] {
            assert_eq!(other.draft.fingerprint(), record.draft.fingerprint());
            assert_eq!(other.manuscript, record.manuscript);
            assert_eq!(other.text.heads(), record.text.heads());
            assert_eq!(other.text.manuscript(), record.text.manuscript());
        }
        let mut one_by_one = Record::unborn(record.draft.id);
        for entry in &self.log {
            one_by_one
                .replay_together(std::slice::from_ref(entry))
                .expect("the log is whole, entry by entry");
        }
        assert_eq!(one_by_one.draft.fingerprint(), record.draft.fingerprint());
        assert_eq!(one_by_one.manuscript, record.manuscript);
        shown(record);
        self.goes_on();
    }

    fn goes_on(&mut self) {
        // By a name that nobody could have used before: those of honest replicas are random.
        let heads = self.record.text.heads();
        let name = heads.0.first().map_or([0x77; 32], |h| h.0);
        let mut newcomer = Text::replica_of(self.record.draft.id, &name[..16]);
        in_step(&mut self.record.text, &mut newcomer);
        assert_eq!(newcomer.manuscript(), self.record.text.manuscript());
        let pen = person("CHAIR", Role::Facilitator);
        let edit = LocalEdit {
            place: Place::Clause("op-1".parse().expect("an id")),
            language: en(),
            at: 0,
            delete: 0,
            insert: "on ".into(),
        };
        let seq = self.record.draft.seq;
        let draft = &self.record.draft;
        let clause: ClauseId = "op-1".parse().expect("an id");
        let is_open = draft.adopted.is_none()
            && draft
                .clauses
                .get(&clause)
                .is_some_and(|c| c.agreement.is_none());
        let words = self.record.text.wording(&edit.place, &edit.language);
        let is_long = words.is_some_and(|w| w.encode_utf16().count() + 3 > limits::WORDING_UNITS);
        if self.record.may_type(&pen).is_err() || !is_open || is_long {
            return;
        }
        let change = newcomer.type_in(&edit, Timestamp(0)).expect("there it is");
        let message = crate::chunk::sync_message(&[change.0]);
        assert!(
            self.hear(&pen, &message) && self.record.draft.seq > seq,
            "the honest can type no more"
        );
        assert_eq!(newcomer.manuscript(), self.record.text.manuscript());
    }
}

/// Brings a newcomer in step with the server's text; they must come to an end.
fn in_step(server: &mut Text, newcomer: &mut Text) {
    let (mut to_newcomer, mut to_server) = (Peer::new(), Peer::new());
    for _ in 0..10 {
        let asks = to_server.generate(newcomer);
        if let Some(asks) = &asks {
            let incoming = server.unpack(asks).expect("an honest message");
            to_newcomer.heard(server, incoming).expect("it is followed");
        }
        let answer = to_newcomer.generate(server);
        if let Some(answer) = &answer {
            to_server
                .receive(newcomer, answer)
                .expect("the server's message is followed");
        }
        if asks.is_none() && answer.is_none() {
            break;
        }
    }
    assert_eq!(server.heads(), newcomer.heads(), "they never come in step");
}

/// Everything that is shown of a draft.
fn shown(record: &Record) {
    let mut board = StatusBoard::unborn(record.draft.id);
    board.refresh(&record.draft, &record.manuscript);
    for show in [Show::Clean, Show::Status, Show::Rolling] {
        let page = Page {
            draft: &record.draft,
            manuscript: &record.manuscript,
            language: None,
            beside: None,
            show,
            rolled: Rolled::default(),
            moment: "now".into(),
        };
        for format in export::FORMATS {
            let _ = format.write(&page);
        }
    }
}

/// English.
pub(crate) fn en() -> Language {
    "en".parse().expect("English is a language")
}

/// A person of that delegation.
pub(crate) fn person(code: &str, role: Role) -> By {
    By::Seat {
        delegation: code.parse().expect("a code"),
        seat: format!("{}-1", code.to_lowercase())
            .parse()
            .expect("a seat"),
        role,
    }
}

fn author(by: &By) -> Author {
    Author {
        delegation: by.delegation().expect("a person types").clone(),
        role: by.role().expect("a person types"),
    }
}
