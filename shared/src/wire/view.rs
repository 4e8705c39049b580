//! What the HTTP API answers, as types: written by the server, read by the command line, described in OpenAPI.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::acts::{Act, Amendment, Target};
use crate::draft::{
    Adoption, Delegation, Fate, Group, How, Kind, LateObjection, Merge, Mode, Paper, Party,
    Position, ProposalState, Question, Role, Rule, Said, Source, Translation, Version, Vote,
};
use crate::entry::{By, Touched};
use crate::ids::{
    ClauseId, DelegationId, Digest, DraftId, GroupId, Hash, Heads, Language, Name, ProposalId,
    Prose, PublicKey, SeatId, Seq, SilenceId, VoteId,
};
use crate::refusal::Told;
use crate::rolling::RollingClause;
use crate::signing::{Answers, Registered, SignedAct};
use crate::tally::Tally;
use crate::time::Timestamp;

/// A page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Page<T> {
    /// The items of this page.
    pub items: Vec<T>,
    /// The address of the next page; none if this is the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// A draft in the list of drafts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DraftSummary {
    /// Its id; also the automerge-repo document id.
    pub id: DraftId,
    /// The URL by which a stock automerge-repo client opens it: `automerge:<id>`.
    pub document: String,
    /// Its title.
    pub title: Name,
    /// The last entry.
    pub seq: Seq,
    /// When it was entered.
    pub at: Timestamp,
    /// The hash of the last entry: the head of the chain.
    pub head: Hash,
    /// The present moment of the text.
    pub heads: Heads,
    /// Who may type into clauses.
    pub mode: Mode,
    /// Whose working paper it is, and for which draft, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paper: Option<Paper>,
    /// How it decides.
    pub rule: Rule,
    /// Authentic languages; the first is negotiated in.
    pub authentic: Vec<Language>,
    /// Working languages.
    pub working: Vec<Language>,
    /// Whether it is closed.
    pub closed: bool,
    /// The adoption, once the text is adopted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub adopted: Option<Adoption>,
    /// Set if the log is damaged and the draft therefore read-only: what is wrong, and where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub damaged: Option<String>,
    /// Clauses per status.
    pub counts: BTreeMap<ClauseStatus, usize>,
}

/// Who sits in a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Roster {
    /// Delegations by code.
    pub delegations: BTreeMap<DelegationId, Delegation>,
    /// Groups by code.
    pub groups: BTreeMap<GroupId, Group>,
    /// Delegations that no group speaks for, on anything.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dissociated: Vec<DelegationId>,
    /// The keys with which delegations sign their acts, of those that do.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub keys: BTreeMap<DelegationId, BTreeMap<PublicKey, Registered>>,
}

/// What somebody needs who signs an act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SigningView {
    /// The draft.
    pub draft: DraftId,
    /// The caller's delegation; none of the secretariat, which signs nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delegation: Option<DelegationId>,
    /// The last act, which a signature answers to.
    pub answers: Answers,
    /// The delegation's keys, revoked ones among them.
    pub keys: BTreeMap<PublicKey, Registered>,
}

/// A new draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDraft {
    /// Its title.
    pub title: Name,
    /// Authentic languages; the first is negotiated in.
    pub authentic: Vec<Language>,
    /// Working languages.
    #[serde(default)]
    pub working: Vec<Language>,
    /// How it decides.
    #[serde(default)]
    pub rule: Rule,
    /// Who may type into clauses.
    #[serde(default)]
    pub mode: Mode,
    /// The first text, as Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub markdown: Option<String>,
    /// Who sits in it: entered as `seat` acts right after the convening.
    #[serde(default)]
    pub seats: Vec<crate::acts::Seat>,
    /// Groups: entered as `form_group` acts after that.
    #[serde(default)]
    pub groups: Vec<crate::acts::FormGroup>,
}

/// A new working paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPaper {
    /// Whose it is: the caller's own delegation if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Party>,
    /// Its title.
    pub title: Name,
    /// Its first text, as Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub markdown: Option<String>,
}

/// The status of a clause: computed, never set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ClauseStatus {
    /// Nothing pending, not agreed.
    Open,
    /// A live proposal or objection.
    Bracketed,
    /// Circulated with a deadline: who does not object until then has consented.
    InSilence,
    /// The rule is satisfied: it may be declared agreed.
    Ripe,
    /// Agreed ad referendum: its text is locked, and something is awaited before it is agreed.
    AgreedAdRef,
    /// Declared agreed; its text is locked.
    Agreed,
    /// The text was adopted, with this clause in it.
    Adopted,
    /// Agreed to be deleted.
    Deleted,
}

impl ClauseStatus {
    /// The status in words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Bracketed => "bracketed",
            Self::InSilence => "in silence",
            Self::Ripe => "ripe",
            Self::AgreedAdRef => "agreed ad ref",
            Self::Agreed => "agreed",
            Self::Adopted => "adopted",
            Self::Deleted => "deleted",
        }
    }
}

/// A clause with its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ClauseText {
    /// Its id.
    pub id: ClauseId,
    /// Its number on paper: `PP3`, `OP12`, `OP12(b)`; computed from its place.
    pub label: String,
    /// What kind of clause it is.
    pub kind: Kind,
    /// Its depth.
    pub level: u8,
    /// Its wording per language.
    pub text: BTreeMap<Language, String>,
    /// The digest of each wording.
    pub digests: BTreeMap<Language, Digest>,
    /// Its status; none in the text of an earlier moment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<ClauseStatus>,
}

/// The text of a draft at one moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TextView {
    /// The draft.
    pub draft: DraftId,
    /// The last entry that is in it.
    pub seq: Seq,
    /// The moment in the text's history.
    pub heads: Heads,
    /// A digest over all clauses in order: equal texts have equal digests.
    pub digest: Digest,
    /// The clauses in order; deleted ones are left out.
    pub clauses: Vec<ClauseText>,
}

/// A clause as the status list shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ClauseView {
    /// Its id.
    pub id: ClauseId,
    /// Its number on paper.
    pub label: String,
    /// What kind of clause it is.
    pub kind: Kind,
    /// Its status.
    pub status: ClauseStatus,
    /// The exact text all this is about, by its digest in the language negotiated in.
    pub digest: Digest,
    /// How it stands under the draft's rule, and why in words.
    pub tally: Tally,
    /// The latest position of each delegation; those on earlier texts among them.
    pub positions: BTreeMap<DelegationId, Position>,
    /// The latest position of each group, which is counted for its members.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub group_positions: BTreeMap<GroupId, Position>,
    /// Who is heard through no group here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dissociated: Vec<DelegationId>,
    /// The live proposals on it.
    pub proposals: Vec<ProposalId>,
    /// The last question put on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<Question>,
    /// The silence procedure that it is under.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub silence: Option<UnderSilence>,
    /// Reservations on its present text.
    pub reservations: usize,
    /// Positions on earlier texts.
    pub stale: usize,
    /// The entry that agreed it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed: Option<Seq>,
    /// How it was agreed: declared by the chair, by a silence procedure, by a vote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed_how: Option<How>,
    /// Objections that came after the silence had agreed it: without effect unless the chair grants them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub late_objections: Vec<LateObjection>,
    /// Whose confirmation an agreement ad referendum awaits.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub awaiting: Vec<DelegationId>,
    /// The package that it is in: agreed together with the others, or not at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<Name>,
    /// How its wording in each language stands to the one negotiated in. The status does not depend on it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub translations: BTreeMap<Language, Translation>,
}

/// A proposal with its words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ProposalView {
    /// Its id.
    pub id: ProposalId,
    /// Its label on paper: `OP3 alt 1`, `OP3 bis`.
    pub label: String,
    /// The main sponsor.
    pub by: DelegationId,
    /// Who has joined it.
    pub cosponsors: Vec<DelegationId>,
    /// Groups that have joined it; their members are among those who have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cosponsor_groups: Vec<GroupId>,
    /// What it wants done.
    pub amendment: Amendment,
    /// What has become of it.
    pub state: ProposalState,
    /// Kept by the server from an edit of an agreed clause.
    pub recovered: bool,
    /// Its wording per language.
    pub text: BTreeMap<Language, String>,
    /// Its digest in the language negotiated in.
    pub digest: Digest,
    /// Whether the clause has changed since it was made.
    pub outdated: bool,
    /// Why it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rationale: Option<Prose>,
    /// The clause of a working paper that it came from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Source>,
    /// The proposal that it was made part of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged_into: Option<ProposalId>,
    /// Why it was declined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declined_because: Option<Prose>,
    /// How it stands.
    pub tally: Tally,
    /// The latest position of each delegation.
    pub positions: BTreeMap<DelegationId, Position>,
    /// The latest position of each group, which is counted for its members.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub group_positions: BTreeMap<GroupId, Position>,
    /// Who is heard through no group here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub dissociated: Vec<DelegationId>,
    /// The entry that made it.
    pub seq: Seq,
    /// When it was made.
    pub at: Timestamp,
}

/// How a draft stands: the measures that negotiators use.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct StatusView {
    /// The draft.
    pub draft: DraftId,
    /// The last entry counted.
    pub seq: Seq,
    /// Clauses per status.
    pub counts: BTreeMap<ClauseStatus, usize>,
    /// Words of agreed clauses, in the language negotiated in.
    pub words_agreed: usize,
    /// Words of all clauses, in the language negotiated in.
    pub words: usize,
    /// Brackets: live proposals and live objections.
    pub brackets: usize,
    /// Issues: places at which the rolling text has alternatives. One bracket around a whole article is one of each.
    pub issues: usize,
    /// Entitled delegations with a live objection anywhere.
    pub objecting: Vec<DelegationId>,
    /// Every clause in order; deleted ones at their place.
    #[schema(value_type = Vec<ClauseView>)]
    pub clauses: Vec<Arc<ClauseView>>,
    /// The live proposals, in the order of their clauses.
    #[schema(value_type = Vec<ProposalView>)]
    pub proposals: Vec<Arc<ProposalView>>,
    /// The recorded votes, in the order in which they were opened.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub votes: Vec<VoteView>,
    /// The packages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub packages: Vec<PackageView>,
    /// The silence procedures, running and past, oldest first.
    #[serde(default)]
    pub silences: Vec<SilenceView>,
}

/// All that a screen shows of a draft at one moment. A client shows it, and goes on with the events after its `text.seq`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Screen {
    /// The moment, by the server's clock: deadlines are counted from here, whatever the reader's clock says.
    pub now: Timestamp,
    /// Who reads.
    pub me: Me,
    /// The draft.
    pub draft: DraftSummary,
    /// Who sits in it.
    pub roster: Roster,
    /// The words, in the languages asked for and the one negotiated in.
    pub text: TextView,
    /// How it stands.
    pub status: StatusView,
    /// The rolling text of the clauses on which something is proposed, in the language asked for.
    pub rolling: RollingView,
}

/// The rolling text, as far as anything in it is still to be settled.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct RollingView {
    /// The last entry that is in it.
    pub seq: Seq,
    /// The language.
    pub language: Language,
    /// The clauses on which something is proposed, in order, and those that are only proposed. The others read as they
    /// stand.
    pub clauses: Vec<RollingClause>,
}

/// The silence procedure that a clause is under.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct UnderSilence {
    /// Which.
    pub silence: SilenceId,
    /// Its deadline: an objection at exactly this moment is in time.
    pub until: Timestamp,
    /// Whether an objection to another clause of it would end it for this one too.
    pub whole: bool,
}

/// A silence procedure, and what has become of the clauses in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SilenceView {
    /// Its id.
    pub silence: SilenceId,
    /// When it was opened.
    pub opened: Timestamp,
    /// Its deadline.
    pub until: Timestamp,
    /// Whether its clauses stand and fall together.
    pub whole: bool,
    /// Whether anything in it still waits for the deadline.
    pub running: bool,
    /// Whose confirmation is awaited for what it agrees.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub awaiting: Vec<DelegationId>,
    /// What has become of each clause.
    pub clauses: BTreeMap<ClauseId, Fate>,
}

/// A reminder that a silence period or a vote comes to its end: sent to whoever listens at that moment, and kept nowhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Reminder {
    /// The silence procedure, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub silence: Option<SilenceId>,
    /// The vote, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vote: Option<VoteId>,
    /// Its deadline.
    pub until: Timestamp,
    /// How many hours before the deadline it was due.
    pub hours: u32,
    /// The clauses that still wait; those of a vote.
    pub clauses: Vec<ClauseId>,
}

/// A line of the ledger of merged proposals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct MergeView {
    /// The line.
    #[serde(flatten)]
    pub merge: Merge,
    /// Who has still to join the one that remains.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub awaiting: Vec<DelegationId>,
    /// The line in words.
    pub told: String,
}

/// Where the chair points: what the projector shows. It is in no record.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Pointer {
    /// The clause; none to show the draft as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clause: Option<ClauseId>,
}

/// A recorded vote with its roll.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct VoteView {
    /// Its id.
    pub id: VoteId,
    /// The vote.
    #[serde(flatten)]
    pub vote: Vote,
    /// The roll in words.
    pub told: String,
}

/// Clauses that are agreed together or not at all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PackageView {
    /// What it is called.
    pub name: Name,
    /// Its clauses.
    pub clauses: Vec<ClauseId>,
    /// Whether some clause of it is still to be agreed.
    pub open: bool,
    /// The entry that formed it.
    pub seq: Seq,
}

/// A whole new wording of a clause or a proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWording {
    /// The words.
    pub text: Prose,
    /// The moment at which the words were read that were then edited: the heads that came with them. What others have
    /// written since is merged with it.
    pub base: Heads,
    /// Only say how it would come out; nothing is entered.
    #[serde(default)]
    pub preview: bool,
}

/// What became of a new wording.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Reworded {
    /// In one word.
    pub outcome: RewordOutcome,
    /// The words that stand there now; of a preview, those that would.
    pub text: String,
    /// Their digest.
    pub digest: Digest,
    /// The present moment of the text.
    pub heads: Heads,
    /// The last entry.
    pub seq: Seq,
    /// The proposal in which the words are kept, if the clause was agreed meanwhile.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<ProposalId>,
}

/// What became of a new wording, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RewordOutcome {
    /// The words stood there already.
    Unchanged,
    /// They stand there now.
    Entered,
    /// They stand there with what others had written meanwhile.
    Merged,
    /// The clause was agreed meanwhile; they are kept as a proposal.
    Kept,
}

/// What became of a submitted act.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Acknowledged {
    /// The entry it became. It is on disk.
    pub seq: Seq,
    /// When it was entered.
    pub at: Timestamp,
    /// The hash of the entry.
    pub hash: Hash,
    /// The act as recorded: what was left open is filled in.
    pub act: Act,
    /// The present moment of the text, this entry in it.
    pub heads: Heads,
    /// True if this answers a retry: the entry was made before.
    #[serde(default)]
    pub repeated: bool,
}

/// An entry, for people and programs that do not read CBOR.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct EntryView {
    /// Its number.
    pub seq: Seq,
    /// When it was entered.
    pub at: Timestamp,
    /// Who submitted it.
    pub by: By,
    /// Its hash.
    pub hash: Hash,
    /// The hash of the entry before.
    pub previous: Hash,
    /// The formal act, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub act: Option<Act>,
    /// How many changes to the text it holds.
    pub changes: usize,
    /// The wordings it settles.
    pub touched: Vec<Touched>,
    /// What happened, as one sentence.
    pub sentence: String,
    /// What the delegation has signed itself, if it has.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed: Option<SignedAct>,
    /// Whether the act, and the bytes with it, are withheld for now: a vote that is not shown yet.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub withheld: bool,
    /// The entry's own bytes, in hexadecimal; only if asked for with `?bytes=true`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<String>,
}

/// What a reader's event stream carries: the news of one entry, or of a run of entries.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Event {
    /// The entry before the first that this tells of.
    pub after: Seq,
    /// The last entry this tells of; the event's id.
    pub seq: Seq,
    /// The moment of the text after it: what an edit of the words that it brings is made against.
    pub heads: Heads,
    /// The entries with an act, without the bytes of their changes.
    pub entries: Vec<EntryView>,
    /// The other entries, which are typing, added up for each who typed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub typed: Vec<Typed>,
    /// Clauses whose words or particulars are new.
    pub clauses: Vec<ClauseText>,
    /// Clauses whose status or tally is new.
    #[schema(value_type = Vec<ClauseView>)]
    pub status: Vec<Arc<ClauseView>>,
    /// Proposals that are new, or whose words or state are.
    #[schema(value_type = Vec<ProposalView>)]
    pub proposals: Vec<Arc<ProposalView>>,
    /// Votes that were opened or closed, or in which votes were cast.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub votes: Vec<VoteView>,
}

/// What one has typed in a run of entries. Each entry by itself is in the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Typed {
    /// Who.
    pub by: By,
    /// When the last of it was entered.
    pub at: Timestamp,
    /// How many changes to the text it was.
    pub changes: usize,
    /// The last wording of each that it settles.
    pub touched: Vec<Touched>,
    /// What happened, as one sentence.
    pub sentence: String,
}

/// Who the caller is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Me {
    /// True for the conference secretariat.
    pub secretariat: bool,
    /// The seat, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seat: Option<SeatView>,
}

/// A seat: what an invitation is for. Never the token itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct SeatView {
    /// The seat's id.
    pub seat: SeatId,
    /// The delegation it acts for.
    pub delegation: DelegationId,
    /// What it may do.
    pub role: Role,
    /// The drafts it is for.
    pub drafts: Vec<DraftId>,
    /// Whose it is, for the list of seats.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Name>,
    /// When it was given.
    pub given: Timestamp,
    /// Until when it is good.
    pub expires: Timestamp,
    /// Set once it was taken back.
    pub revoked: bool,
}

/// A seat to be given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSeat {
    /// The delegation it acts for.
    pub delegation: DelegationId,
    /// What it may do.
    pub role: Role,
    /// The drafts it is for.
    pub drafts: Vec<DraftId>,
    /// Whose it is, for the list of seats.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Name>,
    /// Seconds for which it is good; thirty days if left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_in: Option<u64>,
}

/// An invitation: the only time the token is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Invitation {
    /// The seat.
    pub seat: SeatView,
    /// The token: who holds it, sits there.
    pub token: String,
    /// A link to hand over. The token stands after `#`, which browsers never send to a server.
    pub link: String,
}

/// A ticket for one websocket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Ticket {
    /// To be put into the address: `/sync?ticket=…`.
    pub ticket: String,
    /// Until when; it is good once.
    pub expires: Timestamp,
}

/// A problem as RFC 9457 has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Problem {
    /// `about:blank`, or an address that tells of the code.
    pub r#type: String,
    /// The HTTP status in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What is the matter, as one sentence.
    pub detail: String,
    /// The stable code.
    pub code: String,
    /// What to do next, as one sentence.
    pub hint: String,
    /// What a refusal speaks of, by name, so that a client can phrase it in another language: ids (`clause`, `proposal`,
    /// `delegation`, `group`; in the plural several), a moment (`until`), a number (`hours`), a `name`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub about: BTreeMap<String, Told>,
}

/// What statements were made, on what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Statements {
    /// Oldest first.
    pub items: Vec<Said>,
}

/// The sealed versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Versions {
    /// Oldest first.
    pub items: Vec<Version>,
}

/// What a statement or a position speaks of, in words: used where a [`Target`] is shown.
pub fn target_in_words(target: &Target) -> String {
    match target {
        Target::Clause(id) => format!("clause {id}"),
        Target::Proposal(id) => format!("proposal {id}"),
    }
}
