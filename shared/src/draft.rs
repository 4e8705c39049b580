//! A draft's state: what the fold of its log means. Everything here can be thrown away and folded again.

use imbl::{OrdMap, Vector};
use serde::{Deserialize, Serialize};

use crate::ids::{ClauseId, DraftId, Hash, Language, Name, ProposalId, Seq, SilenceId, VoteId};
use crate::signing::Signing;
use crate::time::Timestamp;

mod clauses;
mod due;
mod groups;
mod late;
mod ledger;
mod manuscript;
mod packages;
mod paper;
mod proposals;
mod rule;
mod seats;
mod share;
mod silence;
mod text;
mod translations;
mod versions;
mod votes;

pub use clauses::{Agreement, Clause, How, Position, Question, Stance};
pub(crate) use groups::Heard;
pub use groups::{Groupwise, Voices};
pub use late::LateObjection;
pub use ledger::{Merge, MergeKind, MergeState};
pub use manuscript::{Kind, Manuscript, Paragraph};
pub use packages::{Cap, Package};
pub use paper::{Paper, Party, Source};
pub use proposals::{Proposal, ProposalState};
pub use rule::{Decision, Procedural, Rule, Shown, Voting};
pub use seats::{Delegation, Group, Role, Seats};
pub use share::{DoubleMajority, Electorate, Majority, NoShare, Share};
pub use silence::{Fate, Scoped, Silence, Voided};
pub use text::{
    Admitted, Author, Changes, Gate, Incoming, LastWritten, LocalEdit, MalformedText, Peer,
    Receipt, Rewording, Setback, Shared, TakenIn, Text, TextEdit, UnreadableText, Whole,
};
pub(crate) use text::{Letter, Mark};
pub use translations::{Rendering, Translation};
pub use versions::{Adoption, Explains, Said, Version, When};
pub use votes::{Choice, Motion, Vote, VoteResult};

/// Who may type into the clauses themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Mode {
    /// Delegates propose; pen-holders and facilitators write the text.
    #[default]
    Proposals,
    /// Delegates also type into clauses that are not agreed.
    Open,
}

/// The state of one draft after some entry of its log. Cloning is cheap: the large maps share their unchanged parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// The draft.
    pub id: DraftId,
    /// Its title in the list of drafts.
    pub title: Name,
    /// Languages whose text is equally authoritative; the first is negotiated in.
    pub authentic: Vec<Language>,
    /// Languages of working translations.
    pub working: Vec<Language>,
    /// How it decides.
    pub rule: Rule,
    /// Who may type into clauses.
    pub mode: Mode,
    /// Whose working paper it is, if it is one.
    pub paper: Option<Paper>,
    /// When it was convened.
    pub convened: Timestamp,
    /// Set once nothing more may be entered.
    pub closed: bool,
    /// Set once the text is adopted: then only statements are entered, and the close.
    pub adopted: Option<Adoption>,
    /// The last entry folded.
    pub seq: Seq,
    /// When that entry was made.
    pub at: Timestamp,
    /// Its hash: the head of the chain.
    pub head: Hash,
    /// Who sits here.
    pub seats: Seats,
    /// What is decided and said of each clause.
    pub clauses: OrdMap<ClauseId, Clause>,
    /// The proposals, live and past.
    pub proposals: OrdMap<ProposalId, Proposal>,
    /// Which proposals were made part of others, oldest first.
    pub ledger: Vector<Merge>,
    /// Clauses that are agreed together or not at all.
    pub packages: OrdMap<Name, Package>,
    /// The recorded votes, open and closed.
    pub votes: OrdMap<VoteId, Vote>,
    /// The silence procedures, running and past.
    pub silences: OrdMap<SilenceId, Silence>,
    /// The sealed versions, oldest first.
    pub versions: Vector<Version>,
    /// Statements for the record, oldest first.
    pub statements: Vector<Said>,
    /// With which keys delegations sign their acts.
    pub signing: Signing,
    /// Entries by idempotency key: the last [`crate::limits::KEYS`] of them.
    pub keys: OrdMap<Hash, Seq>,
    /// The keys in the order of their entries, to forget the oldest.
    pub key_order: Vector<Hash>,
}

impl Draft {
    /// The state before the first entry: nothing but a name.
    pub fn unborn(id: DraftId) -> Self {
        Self {
            id,
            title: "(not convened)".parse().expect("a plain title is a name"),
            authentic: Vec::new(),
            working: Vec::new(),
            rule: Rule::default(),
            mode: Mode::default(),
            paper: None,
            convened: Timestamp::default(),
            closed: false,
            adopted: None,
            seq: Seq(0),
            at: Timestamp::default(),
            head: Hash([0; 32]),
            seats: Seats::default(),
            clauses: OrdMap::new(),
            proposals: OrdMap::new(),
            ledger: Vector::new(),
            packages: OrdMap::new(),
            votes: OrdMap::new(),
            silences: OrdMap::new(),
            versions: Vector::new(),
            statements: Vector::new(),
            signing: Signing::default(),
            keys: OrdMap::new(),
            key_order: Vector::new(),
        }
    }

    /// The language negotiated in: positions and agreements name its wording.
    pub fn negotiated(&self) -> Option<&Language> {
        self.authentic.first()
    }

    /// All languages that it is written in, the authentic ones first.
    pub fn languages(&self) -> impl Iterator<Item = &Language> + Clone {
        self.authentic.iter().chain(&self.working)
    }

    /// Whether the draft is written in this language at all.
    pub fn speaks(&self, language: &Language) -> bool {
        self.authentic.contains(language) || self.working.contains(language)
    }

    /// A short name of the whole state: equal states have equal fingerprints. Live work, replay, and folding one at a
    /// time or in batches must all end in the same one.
    pub fn fingerprint(&self) -> Hash {
        use sha2::Digest as _;
        let bytes =
            minicbor_serde::to_vec(self).expect("a state holds nothing that CBOR cannot write");
        Hash(sha2::Sha256::digest(bytes).into())
    }
}
