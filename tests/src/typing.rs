//! Typing into the text of a [`Conference`]: a replica that had seen some moment types, and delivers it by sync.

use anyhow::Context as _;
use plenary_shared::draft::{Author, Changes, Gate, Peer, Setback, Text};
use plenary_shared::entry::{By, Entry, Place};
use plenary_shared::ids::{DraftId, Language, Seq};
use plenary_shared::time::Timestamp;
use sha2::Digest as _;

use crate::conference::Conference;
use crate::scenario::Edit;

/// Longer than any honest exchange of sync messages takes.
const ROUNDS: usize = 12;

/// A replica as it was after entry `seen` of a log. Every occasion has a replica of its own, signed by its own actor.
///
/// # Errors
/// If the log cannot be read.
pub fn replica(draft: DraftId, log: &[Vec<u8>], seen: Seq, occasion: &str) -> anyhow::Result<Text> {
    let actor = sha2::Sha256::digest(occasion.as_bytes());
    let mut text = Text::replica_of(draft, &actor);
    for bytes in log {
        let entry = Entry::decode(bytes)?;
        if entry.seq > seen {
            break;
        }
        let by = entry.by.delegation().cloned();
        let changes: Vec<_> = entry.changes.into_iter().map(|c| (c, by.clone())).collect();
        text.apply(&changes)?;
    }
    Ok(text)
}

/// The place and the language that an edit is of.
///
/// # Errors
/// If it names neither clause nor proposal.
pub fn spot(edit: &Edit, negotiated: &Language) -> anyhow::Result<(Place, Language)> {
    let place = match (&edit.clause, &edit.proposal) {
        (Some(clause), None) => Place::Clause(clause.clone()),
        (None, Some(proposal)) => Place::Proposal(proposal.clone()),
        _ => anyhow::bail!("an edit is of one clause or of one proposal"),
    };
    let language = edit.language.as_ref().unwrap_or(negotiated);
    Ok((place, language.clone()))
}

impl Conference {
    /// Somebody types, on the text as it was after entry `seen`, and the replica is brought in step with the server.
    ///
    /// # Errors
    /// The gate's [`plenary_shared::refusal::Refusal`]; anything else is a breakdown.
    pub fn type_in(
        &mut self,
        by: &By,
        edit: &Edit,
        seen: Seq,
        at: Timestamp,
    ) -> anyhow::Result<()> {
        let negotiated = self
            .record
            .draft
            .negotiated()
            .context("no language")?
            .clone();
        let (place, language) = spot(edit, &negotiated)?;
        let occasion = format!(
            "{by:?} after {seen} before {}",
            self.record.draft.seq.next()
        );
        let mut client = replica(self.record.draft.id, &self.log, seen, &occasion)?;
        let words = client.wording(&place, &language).unwrap_or_default();
        if words == edit.text {
            return Ok(());
        }
        client
            .reword(&place, &language, &edit.text, at)
            .with_context(|| format!("there is nothing to type into at {place:?}"))?;
        self.deliver(by, &mut client, at)?;
        anyhow::ensure!(
            client.manuscript() == self.record.manuscript,
            "the replica and the server do not converge"
        );
        Ok(())
    }

    /// Brings a replica in step with the server, message by message.
    ///
    /// # Errors
    /// As [`Conference::type_in`].
    pub fn deliver(&mut self, by: &By, client: &mut Text, at: Timestamp) -> anyhow::Result<()> {
        let (mut here, mut there) = (Peer::new(), Peer::new());
        for _ in 0..ROUNDS {
            let from_client = there.generate(client);
            if let Some(bytes) = &from_client {
                let mut incoming = self.record.text.unpack(bytes)?;
                if incoming.brings_changes() {
                    self.take_in(by, incoming.take_changes(), at)?;
                }
                here.heard(&self.record.text, incoming)?;
            }
            let from_server = here.generate(&self.record.text);
            if let Some(bytes) = &from_server {
                there.receive(client, bytes)?;
            }
            if from_client.is_none() && from_server.is_none() {
                return Ok(());
            }
        }
        anyhow::bail!("{ROUNDS} rounds of messages, and still not in step")
    }

    fn take_in(&mut self, by: &By, changes: Changes, at: Timestamp) -> anyhow::Result<()> {
        let By::Seat {
            delegation, role, ..
        } = by
        else {
            anyhow::bail!("only seats type");
        };
        let author = Author {
            delegation: delegation.clone(),
            role: *role,
        };
        let mut record = self.record.clone();
        record.may_type(by)?;
        let admitted = match Gate::new(&record.draft, &record.text).admit(&author, changes) {
            Ok(Some(admitted)) => admitted,
            Ok(None) => return Ok(()),
            Err(Setback::Refused(no)) => return Err(no.into()),
            Err(Setback::Missing) => anyhow::bail!("the changes build on some that never arrived"),
        };
        let sealed = record.typing(vec![(by.clone(), admitted)], at)?;
        self.stand(record, sealed)
    }
}
