//! The command tree, with the help that people read first.

use clap::{Args, Parser, Subcommand};

use crate::api::Patience;
use crate::commands::*;
use crate::context::Context;
use crate::failure::Outcome;
use crate::output::ColorChoice;

const AFTER: &str = "\
CLAUSE is a number as shown (OP3, op3(a)) or an id (safety-testing). TARGET is a CLAUSE or a proposal (p3).

Exit codes: 0 done; 1 failed otherwise; 2 not a command; 3 refused by the rules; 4 not logged in, or not allowed;
5 not found; 6 the server does not answer; 7 the text has changed since you saw it;
8 the record is not the one that was signed.";

/// Draft together, decide, and compare, from a terminal.
#[derive(Debug, Parser)]
#[command(name = "plenary", version, after_help = AFTER, arg_required_else_help = true, max_term_width = 110,
    disable_help_subcommand = true)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) globals: Globals,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command takes.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Everywhere")]
pub(crate) struct Globals {
    /// The server's address; the one last logged in to if left out
    #[arg(long, global = true, env = "PLENARY_SERVER", value_name = "ADDRESS")]
    pub(crate) server: Option<String>,
    /// The seat's token, instead of the one kept at login
    #[arg(
        long,
        global = true,
        env = "PLENARY_TOKEN",
        hide_env_values = true,
        value_name = "TOKEN"
    )]
    pub(crate) token: Option<String>,
    /// Which login to use, if you have several
    #[arg(long, global = true, env = "PLENARY_PROFILE", value_name = "NAME")]
    pub(crate) profile: Option<String>,
    /// The draft: its id, the beginning of it, or a part of its title; yours if you sit in one only
    #[arg(
        long,
        short,
        global = true,
        env = "PLENARY_DRAFT",
        value_name = "DRAFT"
    )]
    pub(crate) draft: Option<String>,
    /// Answer in JSON, and tell failures as JSON on stderr
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// When to use colour
    #[arg(
        long,
        global = true,
        value_enum,
        default_value_t,
        value_name = "WHEN",
        hide_possible_values = true,
        help = "When to use colour: auto, always, never"
    )]
    pub(crate) color: ColorChoice,
}

/// The verbs: one file each in `commands/`.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    // Who and where.
    Login(Login),
    Logout(Logout),
    Whoami(Whoami),
    Draft(Draft),
    Roster(Roster),
    Rule(Rule),
    Invite(Invite),
    Seats(Seats),
    Revoke(Revoke),
    // Reading.
    Show(Show),
    TextDigest(TextDigest),
    Status(Status),
    Proposals(Proposals),
    Ledger(Ledger),
    Matrix(Matrix),
    Progress(Progress),
    Next(Next),
    Procedure(Procedure),
    Log(Log),
    Watch(Watch),
    Diff(Diff),
    Blame(Blame),
    Export(Export),
    Import(Import),
    Version(Version),
    // Proof.
    Pin(PinCommand),
    Prove(Prove),
    Verify(Verify),
    Archive(Archive),
    Publish(Publish),
    Witness(Witness),
    Key(KeyCommand),
    // Writing.
    Edit(Edit),
    Live(Live),
    Offline(Offline),
    Sync(Sync),
    Translation(Translation),
    // Acting.
    Propose(Propose),
    Cosponsor(Cosponsor),
    Withdraw(Withdraw),
    Position(Position),
    Object(Object),
    Lift(Lift),
    SetAside(SetAside),
    Dissociate(Dissociate),
    Incorporate(Incorporate),
    Decline(Decline),
    Merge(Merge),
    Call(Call),
    Agree(Agree),
    Confirm(Confirm),
    Package(Package),
    Paper(Paper),
    Adopt(Adopt),
    Vote(Vote),
    Reopen(Reopen),
    Silence(Silence),
    Statement(Statement),
    Act(Act),
    Completions(Completions),
    Help(Help),
}

impl Command {
    /// Whoever enters something waits for a server that is being restarted; whoever only reads can ask again.
    pub(crate) fn patience(&self) -> Patience {
        match self {
            Self::Login(_)
            | Self::Logout(_)
            | Self::Whoami(_)
            | Self::Roster(_)
            | Self::Seats(_)
            | Self::Show(_)
            | Self::TextDigest(_)
            | Self::Status(_)
            | Self::Proposals(_)
            | Self::Ledger(_)
            | Self::Matrix(_)
            | Self::Progress(_)
            | Self::Next(_)
            | Self::Procedure(_)
            | Self::Help(_)
            | Self::Log(_)
            | Self::Diff(_)
            | Self::Blame(_)
            | Self::Export(_)
            | Self::Pin(_)
            | Self::Prove(_)
            | Self::Verify(_)
            | Self::Archive(_)
            | Self::Publish(_)
            | Self::Completions(_) => Patience::Brief,
            _ => Patience::Long,
        }
    }

    /// Does it.
    pub(crate) fn run(self, context: &Context) -> Outcome {
        match self {
            Self::Login(c) => c.run(context),
            Self::Logout(c) => c.run(context),
            Self::Whoami(c) => c.run(context),
            Self::Draft(c) => c.run(context),
            Self::Roster(c) => c.run(context),
            Self::Rule(c) => c.run(context),
            Self::Invite(c) => c.run(context),
            Self::Seats(c) => c.run(context),
            Self::Revoke(c) => c.run(context),
            Self::Show(c) => c.run(context),
            Self::TextDigest(c) => c.run(context),
            Self::Status(c) => c.run(context),
            Self::Proposals(c) => c.run(context),
            Self::Ledger(c) => c.run(context),
            Self::Matrix(c) => c.run(context),
            Self::Progress(c) => c.run(context),
            Self::Next(c) => c.run(context),
            Self::Procedure(c) => c.run(context),
            Self::Log(c) => c.run(context),
            Self::Watch(c) => c.run(context),
            Self::Diff(c) => c.run(context),
            Self::Blame(c) => c.run(context),
            Self::Export(c) => c.run(context),
            Self::Import(c) => c.run(context),
            Self::Version(c) => c.run(context),
            Self::Pin(c) => c.run(context),
            Self::Prove(c) => c.run(context),
            Self::Verify(c) => c.run(context),
            Self::Archive(c) => c.run(context),
            Self::Publish(c) => c.run(context),
            Self::Witness(c) => c.run(context),
            Self::Key(c) => c.run(context),
            Self::Edit(c) => c.run(context),
            Self::Live(c) => c.run(context),
            Self::Offline(c) => c.run(context),
            Self::Sync(c) => c.run(context),
            Self::Translation(c) => c.run(context),
            Self::Propose(c) => c.run(context),
            Self::Cosponsor(c) => c.run(context),
            Self::Withdraw(c) => c.run(context),
            Self::Position(c) => c.run(context),
            Self::Object(c) => c.run(context),
            Self::Lift(c) => c.run(context),
            Self::SetAside(c) => c.run(context),
            Self::Dissociate(c) => c.run(context),
            Self::Incorporate(c) => c.run(context),
            Self::Decline(c) => c.run(context),
            Self::Merge(c) => c.run(context),
            Self::Call(c) => c.run(context),
            Self::Agree(c) => c.run(context),
            Self::Confirm(c) => c.run(context),
            Self::Package(c) => c.run(context),
            Self::Paper(c) => c.run(context),
            Self::Adopt(c) => c.run(context),
            Self::Vote(c) => c.run(context),
            Self::Reopen(c) => c.run(context),
            Self::Silence(c) => c.run(context),
            Self::Statement(c) => c.run(context),
            Self::Act(c) => c.run(context),
            Self::Completions(c) => c.run(context),
            Self::Help(c) => c.run(context),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_tree_has_no_contradictions() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_verb_says_what_it_does() {
        for verb in Cli::command().get_subcommands() {
            assert!(
                verb.get_about().is_some(),
                "{} has no help",
                verb.get_name()
            );
        }
    }
}
