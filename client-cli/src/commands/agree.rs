//! `plenary agree`: declare a clause agreed.

use std::collections::BTreeMap;

use clap::Args;
use plenary_shared::acts::{self, Target};
use plenary_shared::ids::{ClauseId, Digest, Language};

use super::call::codes;
use crate::context::{Context, Floor};
use crate::failure::Outcome;

/// Declare a clause agreed: its text is locked (facilitator)
#[derive(Debug, Args)]
pub(crate) struct Agree {
    /// The clause
    clause: String,
    /// Only ad referendum: locked, and agreed once those who must ask at home have confirmed
    #[arg(long, requires = "awaiting")]
    ad_ref: bool,
    /// Whose confirmation is awaited: codes with commas between them
    #[arg(long, value_name = "CODES", value_delimiter = ',', requires = "ad_ref")]
    awaiting: Vec<String>,
}

impl Agree {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let mut floor = context.floor()?;
        let clause = floor.clause(&self.clause)?;
        let digests = digests(&mut floor, &clause, context)?;
        let (sentence, act) = if self.ad_ref {
            let awaiting = codes(&self.awaiting)?;
            let sentence = format!("{clause} is agreed ad referendum.");
            let act = acts::AgreeAdRef {
                clause,
                digests,
                awaiting,
            };
            (sentence, acts::Act::AgreeAdRef(act))
        } else {
            let sentence = format!("{clause} is agreed.");
            (sentence, acts::Act::Agree(acts::Agree { clause, digests }))
        };
        floor.enter(&act, &context.out, |_| sentence)
    }
}

/// The text that an agreement or a vote names, in every authentic language: as last shown here, and as it stands in those
/// languages that were never shown.
pub(super) fn digests(
    floor: &mut Floor,
    clause: &ClauseId,
    context: &Context,
) -> Outcome<BTreeMap<Language, Digest>> {
    let target = Target::Clause(clause.clone());
    floor.digest_of(&target, &[], &context.out)?;
    let present = floor.text.clauses.iter().find(|c| c.id == *clause);
    let present = present.map(|c| c.digests.clone()).unwrap_or_default();
    let authentic = |language: &Language| floor.draft.authentic.contains(language);
    Ok(present
        .into_iter()
        .filter(|(language, _)| authentic(language))
        .map(|(language, now)| {
            let seen = floor.seen.of(&target, &language).map_or(now, |s| s.digest);
            (language, seen)
        })
        .collect())
}
