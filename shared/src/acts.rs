//! The formal acts: the one list of them, and what each must be able to say.
//!
//! An act is entered in the record, in order, by somebody with a seat, and names the exact text it speaks of. To add
//! one: write `acts/<verb>.rs` with its fields and its [`Rules`], then a `mod`, a variant and an arm here; the compiler
//! asks for the rest.

use serde::{Deserialize, Serialize};

use crate::draft::{Draft, Manuscript, TextEdit};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{ClauseId, Heads, ProposalId};
use crate::refusal::Refusal;
use crate::time::Timestamp;

mod adopt;
mod agree;
mod agree_ad_ref;
mod call;
mod cast_vote;
mod close;
mod close_vote;
mod confirm;
mod convene;
mod cosponsor;
mod decline;
mod dissociate;
mod dissolve_package;
mod extend_silence;
mod floor;
mod form_group;
mod free;
mod grant_late_objection;
mod incorporate;
mod lapse_silence;
mod lift_objection;
mod mark_translation;
mod merge_proposals;
mod object;
mod object_late;
mod open_silence;
mod open_vote;
mod package;
#[cfg(test)]
mod properties;
mod propose;
mod recover;
mod register_key;
mod reopen;
mod revoke_key;
mod seal_version;
mod seat;
mod set_aside;
mod set_mode;
mod set_rule;
mod statement;
mod take_position;
#[cfg(test)]
pub(crate) mod testing;
mod undo_merge;
mod unseat;
mod withdraw;

pub use adopt::Adopt;
pub(crate) use adopt::everything_agreed;
pub use agree::Agree;
pub use agree_ad_ref::AgreeAdRef;
pub use call::Call;
pub use cast_vote::CastVote;
pub use close::Close;
pub use close_vote::CloseVote;
pub use confirm::Confirm;
pub use convene::Convene;
pub use cosponsor::Cosponsor;
pub use decline::Decline;
pub use dissociate::Dissociate;
pub use dissolve_package::DissolvePackage;
pub use extend_silence::ExtendSilence;
pub use form_group::FormGroup;
pub use grant_late_objection::GrantLateObjection;
pub use incorporate::Incorporate;
pub use lapse_silence::LapseSilence;
pub use lift_objection::LiftObjection;
pub use mark_translation::MarkTranslation;
pub use merge_proposals::MergeProposals;
pub use object::Object;
pub use object_late::ObjectLate;
pub use open_silence::{Circulated, OpenSilence};
pub use open_vote::OpenVote;
pub use package::Package;
pub use propose::{Amendment, Base, Propose};
pub use recover::{Attempt, Recover};
pub use register_key::RegisterKey;
pub use reopen::Reopen;
pub use revoke_key::RevokeKey;
pub use seal_version::SealVersion;
pub use seat::Seat;
pub use set_aside::SetAside;
pub use set_mode::SetMode;
pub use set_rule::SetRule;
pub use statement::Statement;
pub use take_position::TakePosition;
pub use undo_merge::UndoMerge;
pub use unseat::Unseat;
pub use withdraw::Withdraw;

/// What a position, an objection or a statement speaks of.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    /// A clause as it stands.
    Clause(ClauseId),
    /// A proposal.
    Proposal(ProposalId),
}

/// A formal act. In JSON and in scenarios: `{"object": {"on": {"clause": "op-3"}, "reason": "…"}}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each variant is documented at its struct")]
pub enum Act {
    Convene(Convene),
    Seat(Seat),
    Unseat(Unseat),
    FormGroup(FormGroup),
    SetRule(SetRule),
    SetMode(SetMode),
    Propose(Propose),
    Cosponsor(Cosponsor),
    Withdraw(Withdraw),
    TakePosition(TakePosition),
    Object(Object),
    ObjectLate(ObjectLate),
    GrantLateObjection(GrantLateObjection),
    LiftObjection(LiftObjection),
    SetAside(SetAside),
    Dissociate(Dissociate),
    Incorporate(Incorporate),
    Decline(Decline),
    MergeProposals(MergeProposals),
    UndoMerge(UndoMerge),
    Call(Call),
    Agree(Agree),
    AgreeAdRef(AgreeAdRef),
    OpenVote(OpenVote),
    CastVote(CastVote),
    CloseVote(CloseVote),
    Confirm(Confirm),
    Package(Package),
    DissolvePackage(DissolvePackage),
    Adopt(Adopt),
    Reopen(Reopen),
    OpenSilence(OpenSilence),
    ExtendSilence(ExtendSilence),
    LapseSilence(LapseSilence),
    SealVersion(SealVersion),
    Statement(Statement),
    MarkTranslation(MarkTranslation),
    Recover(Recover),
    RegisterKey(RegisterKey),
    RevokeKey(RevokeKey),
    Close(Close),
}

/// The names of all acts, as they stand in the log: for help texts, tests of completeness and the API's description.
pub const NAMES: &[&str] = &[
    "convene",
    "seat",
    "unseat",
    "form_group",
    "set_rule",
    "set_mode",
    "propose",
    "cosponsor",
    "withdraw",
    "take_position",
    "object",
    "object_late",
    "grant_late_objection",
    "lift_objection",
    "set_aside",
    "dissociate",
    "incorporate",
    "decline",
    "merge_proposals",
    "undo_merge",
    "call",
    "agree",
    "agree_ad_ref",
    "open_vote",
    "cast_vote",
    "close_vote",
    "confirm",
    "package",
    "dissolve_package",
    "adopt",
    "reopen",
    "open_silence",
    "extend_silence",
    "lapse_silence",
    "seal_version",
    "statement",
    "mark_translation",
    "recover",
    "register_key",
    "revoke_key",
    "close",
];

/// What every act can say of itself. One implementation a file.
pub trait Rules {
    /// Fills in what the submitter may leave to the server, from the draft as it stands: the next free proposal id, the
    /// digest of the present text. What comes back is what is decided on and recorded.
    fn complete(&self, by: &By, draft: &Draft, manuscript: &Manuscript) -> Result<Act, Refusal>;

    /// Whether the procedure allows it, here and now. What this accepts, [`Rules::fold`] can fold.
    fn decide(&self, by: &By, draft: &Draft, at: Timestamp) -> Result<(), Refusal>;

    /// What it does to the text, as edits that the server makes in the same entry.
    fn edits(&self, draft: &Draft, manuscript: &Manuscript) -> Vec<TextEdit> {
        let _ = (draft, manuscript);
        Vec::new()
    }

    /// What it means for the state. Never judges: an error says that this log cannot have been written by us.
    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt>;
}

impl Act {
    /// The one dispatch of the program.
    pub fn rules(&self) -> &dyn Rules {
        match self {
            Self::Convene(a) => a,
            Self::Seat(a) => a,
            Self::Unseat(a) => a,
            Self::FormGroup(a) => a,
            Self::SetRule(a) => a,
            Self::SetMode(a) => a,
            Self::Propose(a) => a,
            Self::Cosponsor(a) => a,
            Self::Withdraw(a) => a,
            Self::TakePosition(a) => a,
            Self::Object(a) => a,
            Self::ObjectLate(a) => a,
            Self::GrantLateObjection(a) => a,
            Self::LiftObjection(a) => a,
            Self::SetAside(a) => a,
            Self::Dissociate(a) => a,
            Self::Incorporate(a) => a,
            Self::Decline(a) => a,
            Self::MergeProposals(a) => a,
            Self::UndoMerge(a) => a,
            Self::Call(a) => a,
            Self::Agree(a) => a,
            Self::AgreeAdRef(a) => a,
            Self::OpenVote(a) => a,
            Self::CastVote(a) => a,
            Self::CloseVote(a) => a,
            Self::Confirm(a) => a,
            Self::Package(a) => a,
            Self::DissolvePackage(a) => a,
            Self::Adopt(a) => a,
            Self::Reopen(a) => a,
            Self::OpenSilence(a) => a,
            Self::ExtendSilence(a) => a,
            Self::LapseSilence(a) => a,
            Self::SealVersion(a) => a,
            Self::Statement(a) => a,
            Self::MarkTranslation(a) => a,
            Self::Recover(a) => a,
            Self::RegisterKey(a) => a,
            Self::RevokeKey(a) => a,
            Self::Close(a) => a,
        }
    }

    /// Notes the moment of the text in a completed act that speaks of one. Whoever holds the text knows it.
    pub fn know_the_moment(&mut self, heads: &Heads) {
        match self {
            Self::SealVersion(a) => a.heads = Some(heads.clone()),
            Self::Adopt(a) => a.heads = Some(heads.clone()),
            Self::CloseVote(a) => a.heads = a.heads.as_ref().map(|_| heads.clone()),
            Self::Propose(a) => {
                if let Some(base) = &mut a.base {
                    base.heads = heads.clone();
                }
            }
            _ => {}
        }
    }

    /// The act's name as it stands in the log.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Convene(_) => "convene",
            Self::Seat(_) => "seat",
            Self::Unseat(_) => "unseat",
            Self::FormGroup(_) => "form_group",
            Self::SetRule(_) => "set_rule",
            Self::SetMode(_) => "set_mode",
            Self::Propose(_) => "propose",
            Self::Cosponsor(_) => "cosponsor",
            Self::Withdraw(_) => "withdraw",
            Self::TakePosition(_) => "take_position",
            Self::Object(_) => "object",
            Self::ObjectLate(_) => "object_late",
            Self::GrantLateObjection(_) => "grant_late_objection",
            Self::LiftObjection(_) => "lift_objection",
            Self::SetAside(_) => "set_aside",
            Self::Dissociate(_) => "dissociate",
            Self::Incorporate(_) => "incorporate",
            Self::Decline(_) => "decline",
            Self::MergeProposals(_) => "merge_proposals",
            Self::UndoMerge(_) => "undo_merge",
            Self::Call(_) => "call",
            Self::Agree(_) => "agree",
            Self::AgreeAdRef(_) => "agree_ad_ref",
            Self::OpenVote(_) => "open_vote",
            Self::CastVote(_) => "cast_vote",
            Self::CloseVote(_) => "close_vote",
            Self::Confirm(_) => "confirm",
            Self::Package(_) => "package",
            Self::DissolvePackage(_) => "dissolve_package",
            Self::Adopt(_) => "adopt",
            Self::Reopen(_) => "reopen",
            Self::OpenSilence(_) => "open_silence",
            Self::ExtendSilence(_) => "extend_silence",
            Self::LapseSilence(_) => "lapse_silence",
            Self::SealVersion(_) => "seal_version",
            Self::Statement(_) => "statement",
            Self::MarkTranslation(_) => "mark_translation",
            Self::Recover(_) => "recover",
            Self::RegisterKey(_) => "register_key",
            Self::RevokeKey(_) => "revoke_key",
            Self::Close(_) => "close",
        }
    }
}
