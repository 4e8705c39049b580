//! The domain by itself: one draft, its text and its log, without network, storage or clock.
//!
//! It takes the same road as the server: decide, write the edits, make the entry, put it into bytes and read it back,
//! fold it on a copy, and only then let it stand.

use anyhow::Context as _;
use plenary_shared::acts::{Act, Convene, Seat};
use plenary_shared::draft::{Draft, Manuscript, Role, Text, TextEdit};
use plenary_shared::entry::{By, ChangeBytes, Entry, FORMAT, Touched};
use plenary_shared::ids::{DraftId, Hash, SeatId, Seq};
use plenary_shared::refusal::Refusal;
use plenary_shared::time::Timestamp;
use plenary_shared::wire::view::{Roster, TextView};
use plenary_shared::{decide, status};

use crate::scenario::{ALWAYS_SEATED, Edit, Scenario, Seated};
use crate::stage::{Picture, Refused, Stage, Who, curtain};

/// A draft in negotiation.
#[derive(Debug, Clone)]
pub struct Conference {
    /// The state.
    pub draft: Draft,
    /// The text.
    pub text: Text,
    /// The words, as plain values.
    pub manuscript: Manuscript,
    /// The log, as bytes.
    pub log: Vec<Vec<u8>>,
    /// The last entry of the beginning: convening and seating.
    pub seated: Seq,
}

/// What goes into an entry besides its number and its place in the chain.
#[derive(Debug, Default)]
struct Body {
    act: Option<Act>,
    changes: Vec<ChangeBytes>,
    touched: Vec<Touched>,
}

impl Conference {
    /// A draft that nobody has convened yet.
    pub fn unborn(id: DraftId) -> Self {
        Self {
            draft: Draft::unborn(id),
            text: Text::new(id),
            manuscript: Manuscript::default(),
            log: Vec::new(),
            seated: Seq(0),
        }
    }

    /// The draft of a story, convened and seated.
    ///
    /// # Errors
    /// If the rules refuse the story's text or roster.
    pub fn convene(scenario: &Scenario) -> anyhow::Result<Self> {
        let mut conference = Self::unborn(DraftId([1; 16]));
        let convene = Act::Convene(Convene {
            draft: conference.draft.id,
            title: scenario.title.clone(),
            authentic: scenario.languages.clone(),
            working: Vec::new(),
            rule: scenario.rule,
            mode: scenario.mode,
        });
        let mut after = None;
        let mut edits = Vec::new();
        for clause in scenario.first_text()? {
            edits.push(TextEdit::InsertClause {
                clause: clause.id.clone(),
                kind: clause.kind,
                level: 1,
                after: after.replace(clause.id),
                text: clause.text,
            });
        }
        conference.submit_with(&By::Secretariat, &convene, &edits, curtain())?;
        for act in roster(scenario) {
            conference.submit_with(&By::Secretariat, &act, &[], curtain())?;
        }
        conference.seated = conference.draft.seq;
        Ok(conference)
    }

    /// Submits an act.
    ///
    /// # Errors
    /// The [`Refusal`] of the rules; a broken law of the log is an error of its own kind.
    pub fn submit(&mut self, by: &By, act: &Act, at: Timestamp) -> anyhow::Result<()> {
        self.submit_with(by, act, &[], at)
    }

    fn submit_with(
        &mut self,
        by: &By,
        act: &Act,
        first_text: &[TextEdit],
        at: Timestamp,
    ) -> anyhow::Result<()> {
        let decided = decide(&self.draft, &self.manuscript, by, act, at)?;
        let mut text = self.text.clone();
        let edits = [first_text, &decided.edits].concat();
        let (changes, touched) = text
            .write(&edits, at)
            .expect("the first text is written into an empty document");
        let body = Body {
            act: Some(decided.act),
            changes,
            touched,
        };
        self.enter(by, body, text, at)
    }

    /// Makes an entry of it, reads that back, folds it on a copy, and lets both stand.
    fn enter(&mut self, by: &By, body: Body, text: Text, at: Timestamp) -> anyhow::Result<()> {
        let entry = Entry {
            v: FORMAT,
            seq: self.draft.seq.next(),
            at,
            by: by.clone(),
            previous: self.draft.head,
            act: body.act,
            changes: body.changes,
            touched: body.touched,
            key: None,
        };
        let bytes = entry.encode();
        let read = Entry::decode(&bytes).context("an entry just written cannot be read")?;
        anyhow::ensure!(
            read == entry,
            "an entry reads otherwise than it was written"
        );
        let mut draft = self.draft.clone();
        draft
            .fold(&read, Entry::hash_of(&bytes))
            .context("what decide accepted, fold cannot fold")?;
        self.draft = draft;
        self.manuscript = text.manuscript();
        self.text = text;
        self.log.push(bytes);
        Ok(())
    }

    /// The conference as the first `until` entries of its log tell it.
    ///
    /// # Errors
    /// If the log cannot be replayed.
    pub fn replay(&self, until: Seq) -> anyhow::Result<Self> {
        let mut again = Self::unborn(self.draft.id);
        let mut previous = Hash([0; 32]);
        for bytes in &self.log {
            if again.draft.seq == until {
                break;
            }
            let entry = Entry::decode(bytes)?;
            anyhow::ensure!(
                entry.encode() == *bytes,
                "entry {} has two forms",
                entry.seq
            );
            anyhow::ensure!(
                entry.previous == previous,
                "the chain breaks at {}",
                entry.seq
            );
            previous = Entry::hash_of(bytes);
            again.draft.fold(&entry, previous)?;
            again.log.push(bytes.clone());
        }
        again.manuscript = again.text.manuscript();
        again.seated = self.seated;
        Ok(again)
    }

    /// Whether the log tells exactly what is: the laws that hold at the end of every story.
    ///
    /// # Errors
    /// The law that is broken.
    pub fn obeys_the_laws(&self) -> anyhow::Result<()> {
        let again = self.replay(self.draft.seq)?;
        anyhow::ensure!(again.draft == self.draft, "a replay gives another state");
        anyhow::ensure!(
            again.draft.fingerprint() == self.draft.fingerprint(),
            "equal states have two fingerprints"
        );
        anyhow::ensure!(
            again.manuscript == self.manuscript,
            "a replay gives another text"
        );
        anyhow::ensure!(
            again.text.heads() == self.text.heads(),
            "a replay ends at other heads"
        );
        let negotiated = self.draft.negotiated().context("no language")?;
        for (id, clause) in &self.draft.clauses {
            let paragraph = self.manuscript.clauses.get(id);
            let words = paragraph.and_then(|p| p.text.get(negotiated));
            let words = words.map_or("", |w| &**w);
            anyhow::ensure!(
                clause.digest(negotiated) == plenary_shared::ids::Digest::of(words),
                "the state knows another wording of {id} than the text has"
            );
        }
        Ok(())
    }
}

/// The acts that seat a story's roster.
pub fn roster(scenario: &Scenario) -> Vec<Act> {
    let always = ALWAYS_SEATED.iter().map(|(code, role)| {
        let code = code
            .parse()
            .expect("the codes that are always seated are codes");
        (code, *role, false)
    });
    let own = scenario.seats.iter().map(|seated| match seated {
        Seated::Code(code) => (code.clone(), Role::Delegate, true),
        Seated::In {
            code,
            role,
            entitled,
        } => (code.clone(), *role, *entitled),
    });
    let seat = |(delegation, role, entitled): (plenary_shared::ids::DelegationId, Role, bool)| {
        Act::Seat(Seat {
            name: delegation
                .as_str()
                .parse()
                .expect("a delegation's code is short and plain, as a name may be"),
            delegation,
            role,
            entitled,
            weight: 1,
            languages: Vec::new(),
        })
    };
    always.chain(own).map(seat).collect()
}

/// Who that is, as the server authenticates it.
pub fn by(who: &Who) -> By {
    match who.code.as_str() {
        "SECRETARIAT" => By::Secretariat,
        "SERVER" => By::Server,
        code => By::Seat {
            delegation: who.code.clone(),
            seat: seat_of(code),
            role: who.role,
        },
    }
}

fn seat_of(code: &str) -> SeatId {
    format!("{}-1", code.to_lowercase())
        .parse()
        .expect("a code in lower case with a number is a seat's id")
}

impl Stage for Conference {
    fn act(&mut self, who: &Who, act: &serde_json::Value) -> anyhow::Result<Result<(), Refused>> {
        let act: Act = match serde_json::from_value(act.clone()) {
            Ok(act) => act,
            Err(e) => {
                return Ok(Err(Refused {
                    code: "malformed".into(),
                    sentence: e.to_string(),
                }));
            }
        };
        as_refused(self.submit(&by(who), &act, who.at))
    }

    fn edit(&mut self, who: &Who, edit: &Edit, seen: Seq) -> anyhow::Result<Result<(), Refused>> {
        let _ = (who, edit, seen);
        anyhow::bail!("typing needs the gate")
    }

    fn seq(&mut self) -> anyhow::Result<Seq> {
        Ok(self.draft.seq)
    }

    fn picture(&mut self) -> anyhow::Result<Picture> {
        let (draft, manuscript) = (&self.draft, &self.manuscript);
        let proposals = draft.proposals.keys();
        Ok(Picture {
            summary: status::summary(draft, manuscript, self.text.heads()),
            roster: Roster {
                delegations: draft.seats.delegations.clone().into_iter().collect(),
                groups: draft.seats.groups.clone().into_iter().collect(),
            },
            text: status::text_view(draft, manuscript, self.text.heads()),
            status: status::status_view(draft, manuscript),
            proposals: proposals
                .filter_map(|id| status::proposal_view(draft, manuscript, id))
                .collect(),
            versions: draft.versions.iter().cloned().collect(),
            statements: draft.statements.iter().cloned().collect(),
            entries: draft.seq.0 - self.seated.0,
        })
    }

    fn text_of(&mut self, version: &str) -> anyhow::Result<TextView> {
        let sealed = self.draft.versions.iter();
        let version = sealed
            .clone()
            .find(|v| v.name.as_str() == version)
            .with_context(|| format!("no version is called {version}"))?;
        let then = self.replay(version.seq)?;
        let manuscript = self
            .text
            .manuscript_at(&version.heads)
            .with_context(|| format!("the moment of {} is unknown", version.name))?;
        anyhow::ensure!(
            manuscript == then.manuscript,
            "the text at the heads of {} is not the text of its entry",
            version.name
        );
        Ok(status::text_view(
            &then.draft,
            &manuscript,
            version.heads.clone(),
        ))
    }
}

/// Tells a no of the rules from a breakdown.
fn as_refused(done: anyhow::Result<()>) -> anyhow::Result<Result<(), Refused>> {
    match done {
        Ok(()) => Ok(Ok(())),
        Err(e) => match e.downcast::<Refusal>() {
            Ok(no) => Ok(Err(Refused {
                code: no.code.into(),
                sentence: no.to_string(),
            })),
            Err(e) => Err(e),
        },
    }
}
