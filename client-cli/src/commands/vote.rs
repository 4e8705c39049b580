//! `plenary vote`: recorded votes, by roll call.

use clap::{Args, Subcommand, ValueEnum};
use plenary_shared::acts;
use plenary_shared::draft::{Choice, Share};
use plenary_shared::ids::VoteId;
use plenary_shared::time::Timestamp;
use plenary_shared::wire::view::StatusView;

use super::agree::digests;
use super::when;
use crate::context::Context;
use crate::failure::Outcome;
use crate::output::Table;

/// Put a clause to a recorded vote, vote, close it, or list the votes
#[derive(Debug, Args)]
pub(crate) struct Vote {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Put a clause to the vote (facilitator)
    Open {
        /// The clause
        clause: String,
        /// Which share of the votes for and against must be for; 1/2 is more than half
        #[arg(long, value_name = "P/Q", default_value = "1/2", value_parser = share)]
        share: Share,
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
    /// Close it: it is counted, and a clause that it carries is agreed (facilitator)
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
                clause,
                share,
                quorum,
                until,
            } => {
                let clause = floor.clause(&clause)?;
                let digests = digests(&mut floor, &clause, context)?;
                let act = acts::Act::OpenVote(acts::OpenVote {
                    vote: None,
                    clause: clause.clone(),
                    digests,
                    share,
                    quorum,
                    until,
                });
                floor.enter(&act, &context.out, |done| match &done.act {
                    acts::Act::OpenVote(acts::OpenVote { vote: Some(id), .. }) => {
                        format!("The vote {id} on {clause} is open.")
                    }
                    _ => format!("The vote on {clause} is open."),
                })
            }
            What::Cast { vote, choice } => {
                let choice = match choice {
                    Choose::For => Choice::For,
                    Choose::Against => Choice::Against,
                    Choose::Abstain => Choice::Abstain,
                };
                let sentence = format!("Your delegation's vote in {vote} is recorded.");
                let act = acts::Act::CastVote(acts::CastVote { vote, choice });
                floor.enter(&act, &context.out, |_| sentence)
            }
            What::Close { vote } => {
                let act = acts::Act::CloseVote(acts::CloseVote {
                    vote: vote.clone(),
                    result: None,
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
                    let mut table = Table::new(&["Vote", "Opened", "Clause", "Result", "Roll"]);
                    for v in &status.votes {
                        table.row([
                            v.id.to_string(),
                            when(v.vote.at),
                            v.vote.clause.to_string(),
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

fn share(written: &str) -> Result<Share, String> {
    let no = || "a share is written as P/Q, for example 2/3".to_owned();
    let (p, q) = written.split_once('/').ok_or_else(no)?;
    let part = |text: &str| text.trim().parse::<u32>().map_err(|_| no());
    Share::try_from([part(p)?, part(q)?]).map_err(|_| no())
}

fn time(written: &str) -> Result<Timestamp, String> {
    let no = |_| "a time is written as in 2026-03-04T18:00:00Z".to_owned();
    written.parse().map_err(no)
}
