//! The verbs: one file each.

mod act;
mod adopt;
mod agree;
mod archive;
mod blame;
mod call;
mod completions;
mod confirm;
mod cosponsor;
mod decline;
mod diff;
mod dissociate;
mod draft;
mod edit;
mod export;
mod help;
mod import;
mod incorporate;
mod invite;
mod key;
mod ledger;
mod lift;
mod live;
mod log;
mod login;
mod logout;
mod matrix;
mod merge;
mod next;
mod object;
mod offline;
mod package;
mod paper;
mod pin;
mod position;
mod procedure;
mod progress;
mod proposals;
mod propose;
mod prove;
mod publish;
mod reopen;
mod revoke;
mod rolling;
mod roster;
mod rule;
mod seats;
mod set_aside;
mod show;
mod silence;
mod statement;
mod status;
mod sync;
mod text_digest;
mod translation;
mod verify;
mod version;
mod vote;
mod watch;
mod whoami;
mod withdraw;
mod witness;

pub(crate) use act::Act;
pub(crate) use adopt::Adopt;
pub(crate) use agree::Agree;
pub(crate) use archive::Archive;
pub(crate) use blame::Blame;
pub(crate) use call::Call;
pub(crate) use completions::Completions;
pub(crate) use confirm::Confirm;
pub(crate) use cosponsor::Cosponsor;
pub(crate) use decline::Decline;
pub(crate) use diff::Diff;
pub(crate) use dissociate::Dissociate;
pub(crate) use draft::Draft;
pub(crate) use edit::Edit;
pub(crate) use export::Export;
pub(crate) use help::Help;
pub(crate) use import::Import;
pub(crate) use incorporate::Incorporate;
pub(crate) use invite::Invite;
pub(crate) use key::KeyCommand;
pub(crate) use ledger::Ledger;
pub(crate) use lift::Lift;
pub(crate) use live::Live;
pub(crate) use log::Log;
pub(crate) use login::Login;
pub(crate) use logout::Logout;
pub(crate) use matrix::Matrix;
pub(crate) use merge::Merge;
pub(crate) use next::Next;
pub(crate) use object::Object;
pub(crate) use offline::Offline;
pub(crate) use package::Package;
pub(crate) use paper::Paper;
pub(crate) use pin::PinCommand;
pub(crate) use position::Position;
pub(crate) use procedure::Procedure;
pub(crate) use progress::Progress;
pub(crate) use proposals::Proposals;
pub(crate) use propose::Propose;
pub(crate) use prove::Prove;
pub(crate) use publish::Publish;
pub(crate) use reopen::Reopen;
pub(crate) use revoke::Revoke;
pub(crate) use roster::Roster;
pub(crate) use rule::Rule;
pub(crate) use seats::Seats;
pub(crate) use set_aside::SetAside;
pub(crate) use show::Show;
pub(crate) use silence::Silence;
pub(crate) use statement::Statement;
pub(crate) use status::Status;
pub(crate) use sync::Sync;
pub(crate) use text_digest::TextDigest;
pub(crate) use translation::Translation;
pub(crate) use verify::Verify;
pub(crate) use version::Version;
pub(crate) use vote::Vote;
pub(crate) use watch::Watch;
pub(crate) use whoami::Whoami;
pub(crate) use withdraw::Withdraw;
pub(crate) use witness::Witness;

use plenary_shared::draft::ProposalState;
use plenary_shared::ids::Prose;
use plenary_shared::time::Timestamp;
use plenary_shared::wire::view::ClauseStatus;

use crate::failure::{Failure, Outcome};
use crate::output::Tint;

/// A reason, a note, a statement from the command line.
fn prose(what: &str, text: &str) -> Outcome<Prose> {
    text.parse().map_err(|e| {
        Failure::usage(
            format!("The {what} cannot be used: {e}."),
            "Write it as plain text.",
        )
    })
}

/// A moment as people read it.
fn when(at: Timestamp) -> String {
    match jiff::Timestamp::from_millisecond(at.0) {
        Ok(t) => t.strftime("%Y-%m-%d %H:%M UTC").to_string(),
        Err(_) => at.to_string(),
    }
}

/// A clause's status as a word and its colour.
fn status_word(status: ClauseStatus) -> (&'static str, Tint) {
    let tint = match status {
        ClauseStatus::Open | ClauseStatus::Deleted => Tint::Dim,
        ClauseStatus::Bracketed => Tint::Yellow,
        ClauseStatus::InSilence | ClauseStatus::Ripe => Tint::Cyan,
        ClauseStatus::AgreedAdRef | ClauseStatus::Agreed | ClauseStatus::Adopted => Tint::Green,
    };
    (status.name(), tint)
}

/// A proposal's state as a word.
fn state_word(state: ProposalState) -> &'static str {
    match state {
        ProposalState::Made => "on the floor",
        ProposalState::Incorporated => "incorporated",
        ProposalState::Withdrawn => "withdrawn",
        ProposalState::Declined => "declined",
        ProposalState::Superseded => "superseded",
    }
}

/// A moment as it is written on the command line.
fn time(written: &str) -> Result<Timestamp, String> {
    if let Ok(moment) = written.parse() {
        return Ok(moment);
    }
    let names_a_zone = written
        .split_once(['T', ' '])
        .is_none_or(|(_, time)| time.contains(['+', '-', 'Z', 'z', '[']));
    // Never guessed: a deadline that is off by an offset is missed, and the machine's zone need not be the writer's.
    if !names_a_zone && written.parse::<jiff::civil::DateTime>().is_ok() {
        return Err(format!(
            "{written} names no time zone: write {written}Z for UTC, or add your own offset, as in {written}+03:00"
        ));
    }
    Err("a time is written as in 2026-03-04T18:00Z or 2026-03-04T18:00+03:00".to_owned())
}

/// Several codes as a list in a sentence.
fn list<T: std::fmt::Display>(items: &[T]) -> String {
    items
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(", ")
}

/// This moment, by this machine's clock.
fn now() -> Timestamp {
    Timestamp(jiff::Timestamp::now().as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, expected: Result<&str, &str>) {
        match (time(written), expected) {
            (Ok(moment), Ok(expected)) => assert_eq!(moment.to_string(), expected),
            (Err(why), Err(expected)) => assert!(why.contains(expected), "{why}"),
            (found, expected) => panic!("{written}: {found:?}, not {expected:?}"),
        }
    }

    #[test]
    fn a_time_names_its_zone_and_who_names_none_is_shown_how() {
        check("2026-03-04T18:00Z", Ok("2026-03-04T18:00:00Z"));
        check("2026-03-04T18:00+03:00", Ok("2026-03-04T15:00:00Z"));
        check("2026-03-04T18:00", Err("write 2026-03-04T18:00Z for UTC"));
        check("2026-03-04 18:00", Err("as in 2026-03-04 18:00+03:00"));
        for wrong in [
            "tomorrow",
            "2026-03-04",
            "2026-13-04T18:00",
            "2026-03-04T18:00+99:00",
        ] {
            check(wrong, Err("a time is written as in"));
        }
    }
}
