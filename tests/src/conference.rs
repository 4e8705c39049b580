//! The domain by itself: one draft, its text and its log, without network, storage or clock.
//!
//! It takes the same road as the server: everything is entered on a copy of the [`Record`], put into bytes, read back,
//! and only then does the copy stand.

use anyhow::Context as _;
use plenary_shared::acts::{Act, Convene, Seat};
use plenary_shared::draft::{Role, TextEdit};
use plenary_shared::entry::{By, Entry};
use plenary_shared::ids::{DelegationId, Digest, DraftId, Hash, SeatId, Seq};
use plenary_shared::record::{Record, Sealed};
use plenary_shared::refusal::Refusal;
use plenary_shared::signing::Statement;
use plenary_shared::status;
use plenary_shared::time::Timestamp;
use plenary_shared::wire::view::TextView;
use plenary_shared::withheld::Withheld;

use crate::scenario::{ALWAYS_SEATED, Edit, Scenario, Seated};
use crate::stage::{Picture, Refused, Stage, Who, curtain, signer};

/// A draft in negotiation.
#[derive(Debug, Clone)]
pub struct Conference {
    /// The draft with its words.
    pub record: Record,
    /// The log, as bytes.
    pub log: Vec<Vec<u8>>,
    /// The last entry of the beginning: convening and seating.
    pub seated: Seq,
    /// What time it is.
    pub now: Timestamp,
}

impl Conference {
    /// A draft that nobody has convened yet.
    pub fn unborn(id: DraftId) -> Self {
        Self {
            record: Record::unborn(id),
            log: Vec::new(),
            seated: Seq(0),
            now: curtain(),
        }
    }

    /// The draft of a story, convened and seated.
    ///
    /// # Errors
    /// If the rules refuse the story's text or roster.
    pub fn convene(scenario: &Scenario) -> anyhow::Result<Self> {
        let mut conference = Self::unborn(DraftId([1; 16]));
        let convene = Act::Convene(Convene {
            draft: conference.record.draft.id,
            title: scenario.title.clone(),
            authentic: scenario.languages.clone(),
            working: scenario.working.clone(),
            rule: scenario.rule.clone(),
            mode: scenario.mode,
            paper: None,
        });
        let edits = first_edits(scenario)?;
        conference.enter(&By::Secretariat, &convene, &edits, curtain())?;
        for act in roster(scenario) {
            conference.enter(&By::Secretariat, &act, &[], curtain())?;
        }
        conference.seated = conference.record.draft.seq;
        Ok(conference)
    }

    /// Submits an act.
    ///
    /// # Errors
    /// The [`Refusal`] of the rules; a broken law of the log is an error of its own kind.
    pub fn submit(&mut self, by: &By, act: &Act, at: Timestamp) -> anyhow::Result<()> {
        self.enter(by, act, &[], at)
    }

    fn enter(
        &mut self,
        by: &By,
        act: &Act,
        first_text: &[TextEdit],
        at: Timestamp,
    ) -> anyhow::Result<()> {
        let mut record = self.record.clone();
        let sealed = record.act(by, act, first_text, at, None)?;
        self.stand(record, vec![sealed])
    }

    /// Lets a record stand, once what was sealed reads as it was written.
    pub(crate) fn stand(&mut self, record: Record, sealed: Vec<Sealed>) -> anyhow::Result<()> {
        for sealed in sealed {
            let read =
                Entry::decode(&sealed.bytes).context("an entry just written is unreadable")?;
            anyhow::ensure!(
                read == sealed.entry && Entry::hash_of(&sealed.bytes) == sealed.hash,
                "an entry reads otherwise than it was written"
            );
            self.log.push(sealed.bytes.to_vec());
        }
        self.record = record;
        Ok(())
    }

    /// The conference as the first `until` entries of its log tell it.
    ///
    /// # Errors
    /// If the log cannot be replayed.
    pub fn replay(&self, until: Seq) -> anyhow::Result<Self> {
        let mut again = Self::unborn(self.record.draft.id);
        let entries = usize::try_from(until.0)?.min(self.log.len());
        let (log, _) = self.log.split_at(entries);
        again.record.replay(log)?;
        again.log = log.to_vec();
        again.seated = self.seated;
        Ok(again)
    }

    /// Whether the log tells exactly what is: the laws that hold at the end of every story.
    ///
    /// # Errors
    /// The law that is broken.
    pub fn obeys_the_laws(&self) -> anyhow::Result<()> {
        let mut previous = Hash([0; 32]);
        for bytes in &self.log {
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
        }
        let at_once = self.replay(self.record.draft.seq)?;
        self.is_as(&at_once.record).context("all entries at once")?;
        let mut one_by_one = Record::unborn(self.record.draft.id);
        for bytes in &self.log {
            one_by_one.replay(std::slice::from_ref(bytes))?;
        }
        self.is_as(&one_by_one).context("entry by entry")?;
        let kept = self.record.snapshot();
        let restored = Record::restore(self.record.draft.id, &kept);
        let restored = restored.context("a snapshot cannot be opened")?;
        self.is_as(&restored).context("from a snapshot")?;
        self.words_are_the_digests()
    }

    fn is_as(&self, again: &Record) -> anyhow::Result<()> {
        let here = &self.record;
        anyhow::ensure!(again.draft == here.draft, "another state");
        anyhow::ensure!(
            again.draft.fingerprint() == here.draft.fingerprint(),
            "one state with two fingerprints"
        );
        anyhow::ensure!(again.manuscript == here.manuscript, "other words");
        anyhow::ensure!(again.text.heads() == here.text.heads(), "other heads");
        anyhow::ensure!(
            again.text.manuscript() == here.manuscript,
            "the words that are kept are not those of the text"
        );
        Ok(())
    }

    fn words_are_the_digests(&self) -> anyhow::Result<()> {
        let Record {
            draft, manuscript, ..
        } = &self.record;
        let negotiated = draft.negotiated().context("no language")?;
        for (id, clause) in &draft.clauses {
            let paragraph = manuscript.clauses.get(id);
            let words = paragraph.and_then(|p| p.text.get(negotiated));
            anyhow::ensure!(
                clause.digest(negotiated) == Digest::of(words.map_or("", |w| w)),
                "the state knows another wording of {id} than the text has"
            );
        }
        Ok(())
    }
}

/// The edits that write a story's first text.
///
/// # Errors
/// If the text cannot be read.
pub fn first_edits(scenario: &Scenario) -> anyhow::Result<Vec<TextEdit>> {
    let mut after = None;
    let clauses = scenario.first_text()?.into_iter();
    let edits = clauses.map(|clause| TextEdit::InsertClause {
        clause: clause.id.clone(),
        kind: clause.kind,
        level: 1,
        after: after.replace(clause.id),
        text: clause.text,
    });
    Ok(edits.collect())
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
    let seat = |(delegation, role, entitled): (DelegationId, Role, bool)| {
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
    fn strike(&mut self, now: Timestamp) -> anyhow::Result<()> {
        self.now = now;
        while let Some(due) = self.record.draft.due(now) {
            self.submit(&By::Server, &due, now)?;
        }
        Ok(())
    }

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
        let Some(name) = &who.signs else {
            return as_refused(self.submit(&by(who), &act, who.at));
        };
        let latest = self.record.draft.signing.latest();
        let signed = Statement {
            draft: self.record.draft.id,
            delegation: who.code.clone(),
            answers: latest.context("nothing was entered yet")?,
            act: act.clone(),
        }
        .sign(&signer(name));
        let mut record = self.record.clone();
        let sealed = record.act_signed(&by(who), &act, Some(signed), &[], who.at, None);
        as_refused(match sealed {
            Ok(sealed) => self.stand(record, vec![sealed]),
            Err(no) => Err(no.into()),
        })
    }

    fn edit(&mut self, who: &Who, edit: &Edit, seen: Seq) -> anyhow::Result<Result<(), Refused>> {
        as_refused(self.type_in(&by(who), edit, seen, who.at))
    }

    fn seq(&mut self) -> anyhow::Result<Seq> {
        Ok(self.record.draft.seq)
    }

    fn picture(&mut self) -> anyhow::Result<Picture> {
        let Record {
            draft,
            text,
            manuscript,
        } = &self.record;
        let mut draft = draft.clone();
        Withheld::at(&draft, self.now).take_out(&mut draft);
        let draft = &draft;
        let proposals = draft.proposals.keys();
        Ok(Picture {
            summary: status::summary(draft, manuscript, text.heads()),
            roster: status::roster(draft),
            text: status::text_view(draft, manuscript, text.heads()),
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
        let mut sealed = self.record.draft.versions.iter();
        let version = sealed
            .find(|v| v.name.as_str() == version)
            .with_context(|| format!("no version is called {version}"))?;
        let then = self.replay(version.seq)?.record;
        let manuscript = self
            .record
            .text
            .manuscript_at(&version.heads)
            .with_context(|| format!("the moment of {} is unknown", version.name))?;
        anyhow::ensure!(
            manuscript == then.manuscript,
            "the text at the heads of {} is not the text of its entry",
            version.name
        );
        let heads = version.heads.clone();
        Ok(status::text_view(&then.draft, &manuscript, heads))
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
