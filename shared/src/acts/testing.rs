//! A small conference for the tests of the acts: real rules, real text, real entries, no server.

use serde_json::{Value, json};

use crate::acts::{Act, Attempt, Base, Recover};
use crate::decide::{Decided, decide};
use crate::draft::{Draft, Kind, Manuscript, Role, Text, TextEdit};
use crate::entry::{By, Entry, FORMAT};
use crate::ids::{ClauseId, DelegationId, Digest, DraftId, Language, ProposalId, SilenceId};
use crate::refusal::Refusal;
use crate::signing::SignedAct;
use crate::status;
use crate::time::Timestamp;
use crate::wire::view::ClauseStatus;

/// A draft in negotiation, with its text and its log.
#[derive(Clone)]
pub(crate) struct Room {
    pub(crate) draft: Draft,
    pub(crate) text: Text,
    pub(crate) manuscript: Manuscript,
    pub(crate) log: Vec<Vec<u8>>,
    /// What time it is.
    pub(crate) now: Timestamp,
    /// The signature of the act that is entered next.
    pub(crate) signed: Option<SignedAct>,
}

pub(crate) fn clause(id: &str) -> ClauseId {
    id.parse().unwrap()
}

pub(crate) fn proposal(id: &str) -> ProposalId {
    id.parse().unwrap()
}

pub(crate) fn delegation(code: &str) -> DelegationId {
    code.parse().unwrap()
}

pub(crate) fn en() -> Language {
    "en".parse().unwrap()
}

pub(crate) fn fr() -> Language {
    "fr".parse().unwrap()
}

/// The act that this JSON says.
#[track_caller]
pub(crate) fn act(json: &Value) -> Act {
    serde_json::from_value(json.clone()).unwrap_or_else(|e| panic!("{json} is no act: {e}"))
}

/// Other words for a clause, in English.
pub(crate) fn replace(clause: &str, text: &str) -> Value {
    json!({"propose": {"amendment": {"replace": {"clause": clause}}, "text": {"en": text}}})
}

/// That the clause be deleted.
pub(crate) fn delete(clause: &str) -> Value {
    json!({"propose": {"amendment": {"delete": {"clause": clause}}}})
}

/// A new operative paragraph.
pub(crate) fn insert_after(clause: &str, text: &str) -> Value {
    json!({"propose": {
        "amendment": {"insert_after": {"clause": clause, "kind": "operative"}},
        "text": {"en": text},
    }})
}

pub(crate) fn incorporate(proposal: &str) -> Value {
    json!({"incorporate": {"proposal": proposal}})
}

pub(crate) fn supports(clause: &str) -> Value {
    json!({"take_position": {"on": {"clause": clause}, "stance": "support"}})
}

pub(crate) fn objects(clause: &str) -> Value {
    json!({"object": {"on": {"clause": clause}, "reason": "cost"}})
}

pub(crate) fn objects_late(clause: &str) -> Value {
    json!({"object_late": {"clause": clause, "reason": "Our line was down."}})
}

pub(crate) fn grants(clause: &str) -> Value {
    json!({"grant_late_objection": {"clause": clause, "reason": "Their line was down."}})
}

pub(crate) fn merges(sources: &[&str], into: &str) -> Value {
    json!({"merge_proposals": {"proposals": sources, "into": into, "rationale": "They ask for the same."}})
}

pub(crate) fn undoes(source: &str) -> Value {
    json!({"undo_merge": {"proposal": source}})
}

pub(crate) fn lifts(clause: &str) -> Value {
    json!({"lift_objection": {"on": {"clause": clause}}})
}

/// The gavel, with three of the four in the room.
pub(crate) fn call(clause: &str) -> Value {
    json!({"call": {"clause": clause, "present": ["AVR", "MRD", "PEN"]}})
}

pub(crate) fn agree(clause: &str) -> Value {
    json!({"agree": {"clause": clause}})
}

/// Agreed, but for these who must ask at home.
pub(crate) fn agree_ad_ref(clause: &str, awaiting: &[&str]) -> Value {
    json!({"agree_ad_ref": {"clause": clause, "awaiting": awaiting}})
}

pub(crate) fn confirm(clause: &str) -> Value {
    json!({"confirm": {"clause": clause}})
}

/// Clauses that are agreed together.
pub(crate) fn package(name: &str, clauses: &[&str]) -> Value {
    json!({"package": {"name": name, "clauses": clauses}})
}

/// A clause put to the vote, by more than half of those voting and a quorum of three.
pub(crate) fn opens_vote(clause: &str) -> Value {
    opens_vote_on(&json!({"clause": clause}))
}

/// Anything put to the vote.
pub(crate) fn opens_vote_on(on: &Value) -> Value {
    json!({"open_vote": {"on": on}})
}

pub(crate) fn casts(vote: &str, choice: &str) -> Value {
    json!({"cast_vote": {"vote": vote, "choice": choice}})
}

pub(crate) fn closes_vote(vote: &str) -> Value {
    json!({"close_vote": {"vote": vote}})
}

pub(crate) fn reopen(clause: &str) -> Value {
    json!({"reopen": {"clause": clause, "reason": "New instructions came."}})
}

/// Clauses circulated with a deadline so many hours from the first moment of these tests.
pub(crate) fn silence(clauses: &[&str], hours: i64) -> Value {
    let targets: Vec<_> = clauses.iter().map(|c| json!({"clause": c})).collect();
    json!({"open_silence": {"targets": targets, "until": in_hours(hours).to_string()}})
}

/// All clauses circulated as a whole.
pub(crate) fn whole(hours: i64) -> Value {
    json!({"open_silence": {"whole": true, "until": in_hours(hours).to_string()}})
}

/// A deadline so many hours later than three days from the first moment.
pub(crate) fn extend(silence: &str, hours: i64) -> Value {
    let until = if hours == 72 { 72 } else { 72 + hours };
    json!({"extend_silence": {"silence": silence, "until": in_hours(until).to_string()}})
}

/// That a wording renders the English as it stands.
pub(crate) fn marks(clause: &str, language: &str) -> Value {
    json!({"mark_translation": {"clause": clause, "language": language}})
}

/// The words in that language, as rendering the English as it stands.
pub(crate) fn renders(clause: &str, language: &str, text: &str) -> Value {
    json!({"mark_translation": {"clause": clause, "language": language, "text": text}})
}

pub(crate) fn lapse(silence: &str) -> Value {
    json!({"lapse_silence": {"silence": silence}})
}

fn in_hours(hours: i64) -> Timestamp {
    Timestamp(at().0 + hours * 3_600_000)
}

impl Room {
    /// Time passes.
    pub(crate) fn pass(&mut self, hours: i64, milliseconds: i64) {
        self.now = Timestamp(self.now.0 + hours * 3_600_000 + milliseconds);
    }

    /// What has become of the clauses under a silence.
    pub(crate) fn fates(&self, silence: &str) -> Vec<String> {
        let silence = self
            .draft
            .silences
            .get(&silence.parse::<SilenceId>().unwrap())
            .unwrap();
        let clauses = silence.clauses.iter();
        clauses
            .map(|(id, c)| format!("{id} {}", c.fate.name()))
            .collect()
    }

    /// A draft that nobody has convened.
    pub(crate) fn unborn() -> Self {
        let id = DraftId([1; 16]);
        Self {
            draft: Draft::unborn(id),
            text: Text::new(id),
            manuscript: Manuscript::default(),
            log: Vec::new(),
            now: at(),
            signed: None,
        }
    }

    /// What convenes it.
    pub(crate) fn convening() -> Value {
        Self::convening_in(&["en"], &["fr", "es"])
    }

    fn convening_in(authentic: &[&str], working: &[&str]) -> Value {
        json!({"convene": {
            "draft": DraftId([1; 16]).to_string(),
            "title": "Declaration",
            "authentic": authentic,
            "working": working,
            "rule": {"reopen": "chair"},
        }})
    }

    /// A draft with a title and two operative paragraphs. `AVR`, `MRD`, `TSL` and the pen-holder `PEN` decide; `CHAIR`
    /// presides, `OBS` observes, `ARC` keeps the archive.
    pub(crate) fn sitting() -> Self {
        Self::sitting_under(&Self::convening())
    }

    /// The same, with French as authentic as English. Only `op-1` is written in it.
    pub(crate) fn bilingual() -> Self {
        Self::sitting_under(&Self::convening_in(&["en", "fr"], &["es"]))
    }

    fn sitting_under(convening: &Value) -> Self {
        let mut room = Self::unborn();
        let insert = |id: &str, kind, after: Option<&str>, texts: &[(Language, &str)]| {
            TextEdit::InsertClause {
                clause: clause(id),
                kind,
                level: 1,
                after: after.map(clause),
                text: texts
                    .iter()
                    .map(|(l, t)| (l.clone(), (*t).to_owned()))
                    .collect(),
            }
        };
        let edits = [
            insert("t", Kind::Title, None, &[(en(), "Declaration on the lake")]),
            insert(
                "op-1",
                Kind::Operative,
                Some("t"),
                &[
                    (en(), "Decides to meet annually;"),
                    (fr(), "Décide de se réunir chaque année;"),
                ],
            ),
            insert(
                "op-2",
                Kind::Operative,
                Some("op-1"),
                &[(en(), "Requests a report.")],
            ),
        ];
        let by = By::Secretariat;
        let convening = act(convening);
        decide(&room.draft, &room.manuscript, &by, &convening, at()).unwrap();
        room.enter(by, Some(convening), &edits);
        for (code, role, entitled) in [
            ("CHAIR", "facilitator", false),
            ("PEN", "pen-holder", true),
            ("AVR", "delegate", true),
            ("MRD", "delegate", true),
            ("TSL", "delegate", true),
            ("OBS", "observer", false),
            ("ARC", "archivist", false),
        ] {
            room.does("SEC", &seat(code, role, entitled));
        }
        room
    }

    /// Who that is: `SEC`, `SERVER`, a delegation in the role it sits in, or `AVR as observer`.
    pub(crate) fn by(&self, who: &str) -> By {
        let (code, role) = match who.split_once(" as ") {
            Some((code, role)) => (code, role.parse().unwrap()),
            None => {
                let seated = who.parse().ok();
                let seated =
                    seated.and_then(|id: DelegationId| self.draft.seats.delegations.get(&id));
                (who, seated.map_or(Role::Delegate, |d| d.role))
            }
        };
        match code {
            "SEC" => By::Secretariat,
            "SERVER" => By::Server,
            code => By::Seat {
                delegation: delegation(code),
                seat: code.to_lowercase().parse().unwrap(),
                role,
            },
        }
    }

    pub(crate) fn decide(&self, who: &str, act: &Act) -> Result<Decided, Refusal> {
        decide(&self.draft, &self.manuscript, &self.by(who), act, self.now)
    }

    /// The act is allowed; it is entered. The act as recorded.
    #[track_caller]
    pub(crate) fn does(&mut self, who: &str, json: &Value) -> Act {
        self.allows(who, json);
        let mut decided = self.decide(who, &act(json)).unwrap();
        decided.act.know_the_moment(&self.text.heads());
        self.enter(self.by(who), Some(decided.act.clone()), &decided.edits);
        decided.act
    }

    /// The act would be allowed here and now; nothing is entered.
    #[track_caller]
    pub(crate) fn allows(&self, who: &str, json: &Value) {
        if let Err(no) = self.decide(who, &act(json)) {
            panic!("{who} may not {json}: {} ({no})", no.code);
        }
    }

    /// The act is refused with that code, and says so in whole sentences.
    #[track_caller]
    pub(crate) fn refuses(&self, who: &str, json: &Value, code: &str) {
        match self.decide(who, &act(json)) {
            Ok(_) => panic!("{who} may {json}, and should be refused with {code}"),
            Err(no) => {
                assert_eq!(no.code, code, "{no}");
                assert!(no.sentence.ends_with('.') && no.hint.ends_with('.'), "{no}");
                assert!(
                    no.is_whole(),
                    "{no:?} is not among the codes, or does not tell what its code tells"
                );
            }
        }
    }

    /// The pen-holder types other words into a clause.
    pub(crate) fn types(&mut self, clause: &str, language: Language, text: &str) {
        let edit = TextEdit::SetWording {
            clause: self::clause(clause),
            language,
            text: text.to_owned(),
            base: None,
        };
        self.enter(self.by("PEN"), None, &[edit]);
    }

    /// Makes an entry of it and folds it, by the road of the server.
    #[track_caller]
    pub(crate) fn enter(&mut self, by: By, act: Option<Act>, edits: &[TextEdit]) {
        let (changes, touched) = self.text.write(edits, self.now).unwrap();
        let entry = Entry {
            v: FORMAT,
            seq: self.draft.seq.next(),
            at: self.now,
            by,
            previous: self.draft.head,
            act,
            changes,
            touched,
            key: None,
            signed: self.signed.take(),
        };
        let bytes = entry.encode();
        let mut next = self.draft.clone();
        next.fold(&entry, Entry::hash_of(&bytes))
            .unwrap_or_else(|e| panic!("what was decided cannot be folded: {e}\n{entry:?}"));
        self.draft = next;
        self.manuscript = self.text.manuscript();
        self.log.push(bytes);
    }

    /// The state that the log tells.
    pub(crate) fn replayed(&self) -> Draft {
        let mut draft = Draft::unborn(self.draft.id);
        for bytes in &self.log {
            let entry = Entry::decode(bytes).unwrap();
            draft.fold(&entry, Entry::hash_of(bytes)).unwrap();
        }
        draft
    }

    pub(crate) fn status(&self, clause: &str) -> ClauseStatus {
        status::clause_status(&self.draft, &self::clause(clause))
    }

    /// How a translation of the clause stands.
    pub(crate) fn translation(&self, clause: &str, language: &str) -> &'static str {
        let known = self.draft.clauses.get(&self::clause(clause)).unwrap();
        let state = self.draft.translation(known, &language.parse().unwrap());
        state.name()
    }

    /// The tally of a clause in words.
    pub(crate) fn why(&self, clause: &str) -> String {
        let known = self.draft.clauses.get(&self::clause(clause)).unwrap();
        crate::tally::Tally::of_clause(&self.draft, known).why
    }

    pub(crate) fn words(&self, clause: &str) -> String {
        let paragraph = self.manuscript.clauses.get(&self::clause(clause));
        paragraph.unwrap().text.get(&en()).unwrap().to_string()
    }
}

/// A seat in the roster.
pub(crate) fn seat(code: &str, role: &str, entitled: bool) -> Value {
    json!({"seat": {"delegation": code, "name": code, "role": role, "entitled": entitled}})
}

/// What the server enters when a delegation had typed those words into a settled clause.
pub(crate) fn recovers(room: &mut Room, who: &str, id: &str, at: &str, text: &str) {
    let recover = Recover {
        attempts: vec![Attempt {
            proposal: proposal(id),
            clause: clause(at),
            language: en(),
            base: Base {
                heads: room.text.heads(),
                digest: room.draft.clauses.get(&clause(at)).unwrap().digest(&en()),
            },
        }],
    };
    let edit = TextEdit::SetProposal {
        proposal: proposal(id),
        text: [(en(), text.to_owned())].into(),
    };
    room.enter(room.by(who), Some(Act::Recover(recover)), &[edit]);
}

/// A digest that no text of these tests has.
pub(crate) fn another_text() -> String {
    Digest::of("another text").to_string()
}

fn at() -> Timestamp {
    Timestamp(1_800_000_000_000)
}
