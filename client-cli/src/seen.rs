//! Which exact wording was last shown to the person here, so that a position speaks of the text they read and of no
//! other: if it has changed since, the server says so.

use std::collections::BTreeMap;
use std::path::PathBuf;

use plenary_shared::acts::Target;
use plenary_shared::ids::{Digest, DraftId, Heads, Language};
use plenary_shared::wire::view::{ClauseText, ProposalView};
use serde::{Deserialize, Serialize};

use crate::failure::Outcome;
use crate::profile::{places, write_privately};

/// The wordings shown, of one draft to one seat.
#[derive(Debug)]
pub(crate) struct Seen {
    path: PathBuf,
    sightings: BTreeMap<String, Sighting>,
}

/// One wording that was shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Sighting {
    /// The wording.
    pub(crate) digest: Digest,
    /// The moment in the text's history at which it stood so.
    pub(crate) heads: Heads,
}

impl Seen {
    /// What was shown before; nothing, if the memory is gone or damaged, since it is only a memory.
    pub(crate) fn read(draft: DraftId, token: &str) -> Outcome<Self> {
        let path = places()?
            .data_dir()
            .join("seen")
            .join(format!("{}.json", seat_key(draft, token)));
        let bytes = std::fs::read(&path).unwrap_or_default();
        Ok(Self {
            path,
            sightings: serde_json::from_slice(&bytes).unwrap_or_default(),
        })
    }

    /// The wording of that target in that language as it was last shown.
    pub(crate) fn of(&self, target: &Target, language: &Language) -> Option<&Sighting> {
        self.sightings.get(&key(target, language))
    }

    /// This clause was shown in that language, in the text of that moment.
    pub(crate) fn clause(&mut self, clause: &ClauseText, language: &Language, heads: &Heads) {
        let digest = clause.digests.get(language).copied();
        let digest = digest.unwrap_or_else(|| Digest::of(""));
        self.note(&Target::Clause(clause.id.clone()), language, digest, heads);
    }

    /// This proposal was shown. Its digest is that of the language negotiated in.
    pub(crate) fn proposal(
        &mut self,
        proposal: &ProposalView,
        negotiated: &Language,
        heads: &Heads,
    ) {
        let target = Target::Proposal(proposal.id.clone());
        self.note(&target, negotiated, proposal.digest, heads);
    }

    /// That wording was shown.
    pub(crate) fn note(
        &mut self,
        target: &Target,
        language: &Language,
        digest: Digest,
        heads: &Heads,
    ) {
        let heads = heads.clone();
        self.sightings
            .insert(key(target, language), Sighting { digest, heads });
    }

    /// Remembers it. That it cannot be remembered is no reason to fail: the server is then asked without it.
    pub(crate) fn keep(&self) {
        if let Ok(bytes) = serde_json::to_vec(&self.sightings) {
            let _ = write_privately(&self.path, &bytes);
        }
    }
}

fn key(target: &Target, language: &Language) -> String {
    match target {
        Target::Clause(id) => format!("clause/{id}/{language}"),
        Target::Proposal(id) => format!("proposal/{id}/{language}"),
    }
}

/// A name for what one seat keeps of one draft.
pub(crate) fn seat_key(draft: DraftId, token: &str) -> String {
    format!("{draft}-{}", seat_mark(token))
}

/// What tells one seat's files from another's. The token itself is never written there.
pub(crate) fn seat_mark(token: &str) -> String {
    let seat = Digest::of(&format!("plenary seat {token}"));
    seat.to_string().chars().take(16).collect()
}
