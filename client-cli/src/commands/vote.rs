//! `plenary vote`: recorded votes, by roll call.

use std::collections::BTreeMap;

use clap::{Args, Subcommand, ValueEnum};
use plenary_shared::acts::{self, Target};
use plenary_shared::draft::{Choice, Decision, Motion};
use plenary_shared::ids::{Digest, Language, Name, VoteId};
use plenary_shared::time::Timestamp;
use plenary_shared::wire::view::StatusView;

use super::agree::digests;
use super::{prose, time, when};
use crate::context::{Context, Floor};
use crate::failure::{Failure, Outcome};
use crate::output::Table;
use crate::{plain, reference, ruling};

/// Put something to a recorded vote, vote, close it, or list the votes
#[derive(Debug, Args)]
pub(crate) struct Vote {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Put a clause to the vote as it stands, or a proposal, a reopening, the adoption (facilitator)
    Open {
        /// The clause or the proposal; none for the adoption
        #[arg(
            value_name = "TARGET",
            required_unless_present = "adopt",
            conflicts_with = "adopt"
        )]
        on: Option<String>,
        /// That the clause, which is agreed or deleted, be opened again
        #[arg(long, requires = "reason", conflicts_with = "adopt")]
        reopen: bool,
        /// Why it is to be opened again
        #[arg(long, requires = "reopen")]
        reason: Option<String>,
        /// That the text be adopted, under this name
        #[arg(long, value_name = "NAME")]
        adopt: Option<Name>,
        /// What must be reached, as in 2/3 or "2/3 of members"; what the draft's rule says if left out
        #[arg(long, value_name = "RULE", value_parser = ruling::decision)]
        by: Option<Decision>,
        /// How many votes must be cast; the draft's quorum if left out
        #[arg(long, value_name = "NUMBER")]
        quorum: Option<u32>,
        /// Until when votes are cast, as in 2026-03-04T18:00Z; until you close it if left out
        #[arg(long, value_name = "TIME", value_parser = time)]
        until: Option<Timestamp>,
    },
    /// Vote by name; until the close you may vote otherwise
    Cast {
        /// The vote, as in v1
        vote: VoteId,
        /// How
        choice: Choose,
    },
    /// Close it: it is counted, and what it carries is done (facilitator)
    Close {
        /// The vote
        vote: VoteId,
    },
    /// List the votes with their rolls
    List,
}

/// How to vote.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum Choose {
    /// In favour
    For,
    /// Against
    Against,
    /// Neither
    Abstain,
}

impl Vote {
    pub(crate) fn run(self, context: &Context) -> Outcome {
        let mut floor = context.floor()?;
        match self.what {
            What::Open {
                on,
                reopen,
                reason,
                adopt,
                by,
                quorum,
                until,
            } => {
                let (on, digests) = put(&mut floor, on, reopen, adopt, context)?;
                let what = on.to_string();
                let act = acts::Act::OpenVote(acts::OpenVote {
                    vote: None,
                    on,
                    digests,
                    by,
                    quorum,
                    until,
                    reason: reason.map(|r| prose("reason", &r)).transpose()?,
                });
                floor.enter(&act, &context.out, |done| match &done.act {
                    acts::Act::OpenVote(acts::OpenVote {
                        vote: Some(id),
                        by: Some(by),
                        ..
                    }) => format!("The vote {id} on {what} is open: by {by}."),
                    _ => format!("The vote on {what} is open."),
                })
            }
            What::Cast { vote, choice } => {
                let choice = match choice {
                    Choose::For => Choice::For,
                    Choose::Against => Choice::Against,
                    Choose::Abstain => Choice::Abstain,
                };
                let sentence = format!("Your delegation's vote in {vote} is recorded.");
                let act = acts::Act::CastVote(acts::CastVote {
                    vote,
                    choice,
                    salt: None,
                });
                floor.enter(&act, &context.out, |_| sentence)
            }
            What::Close { vote } => {
                let act = acts::Act::CloseVote(acts::CloseVote {
                    vote: vote.clone(),
                    result: None,
                    heads: None,
                });
                floor.enter(&act, &context.out, |done| match &done.act {
                    acts::Act::CloseVote(acts::CloseVote {
                        result: Some(result),
                        ..
                    }) => format!("The vote {vote} is closed: {}.", result.name()),
                    _ => format!("The vote {vote} is closed."),
                })
            }
            What::List => {
                let status: StatusView = floor.api.of_draft(floor.draft.id, &["status"], &[])?;
                context.out.value(&status.votes, |out| {
                    if status.votes.is_empty() {
                        return "There was no vote.".into();
                    }
                    let mut table = Table::new(&["Vote", "Opened", "On", "Result", "Roll"]);
                    for v in &status.votes {
                        table.row([
                            v.id.to_string(),
                            when(v.vote.at),
                            plain(&v.vote.on.to_string()),
                            v.vote.result.map_or("open", |r| r.name()).to_owned(),
                            v.told.clone(),
                        ]);
                    }
                    table.text(out.width())
                })
            }
        }
    }
}

/// What is put to the vote, and the exact text of it that was last shown here.
fn put(
    floor: &mut Floor,
    on: Option<String>,
    reopen: bool,
    adopt: Option<Name>,
    context: &Context,
) -> Outcome<(Motion, BTreeMap<Language, Digest>)> {
    let Some(on) = on else {
        let name = adopt.ok_or_else(|| {
            Failure::usage(
                "Nothing is put to the vote.",
                "Name a clause or a proposal.",
            )
        })?;
        return Ok((Motion::Adopt(name), BTreeMap::new()));
    };
    if reopen {
        return Ok((Motion::Reopen(floor.clause(&on)?), BTreeMap::new()));
    }
    let proposals = floor.proposals()?;
    match reference::target(&on, floor.labels(), &proposals)? {
        Target::Clause(clause) => {
            let digests = digests(floor, &clause, context)?;
            Ok((Motion::Clause(clause), digests))
        }
        Target::Proposal(id) => {
            let seen = floor.digest_of(&Target::Proposal(id.clone()), &proposals, &context.out)?;
            let negotiated = floor.draft.authentic.first().cloned();
            let mut digests = BTreeMap::new();
            for p in proposals.iter().filter(|p| p.id == id) {
                let words = p.text.iter().filter(|(_, words)| !words.is_empty());
                let authentic = words.filter(|(l, _)| floor.draft.authentic.contains(*l));
                digests.extend(authentic.map(|(l, words)| (l.clone(), Digest::of(words))));
                digests.extend(negotiated.clone().map(|l| (l, seen.unwrap_or(p.digest))));
            }
            Ok((Motion::Proposal(id), digests))
        }
    }
}
