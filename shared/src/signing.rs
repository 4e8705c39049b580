//! Acts that a delegation has signed itself: what exactly is signed, and when it counts.
//!
//! A signed act is a text of five lines, so that a person can read what they sign and a program in any language can make it:
//!
//! ```text
//! plenary act v1
//! draft 2uDGkMNZLBsEM6AmfUeJPEYDLPC1
//! delegation AVR
//! answers 39 e3ca17b88f5d060de4802255f5cc66296eb5412160151b64735648ce67315f8f
//! {"object":{"on":{"clause":"op-3"},"digest":"70faa10b…","reason":"Too vague."}}
//! ```
//!
//! The fourth line names an act that the signer knew to be entered, by number and hash. So what is signed holds in no other
//! history. And as nothing counts that answers to an act before the key's own last one, nothing is entered twice.

mod says;
#[cfg(test)]
mod tests;

use std::fmt;
use std::str::FromStr;

use ed25519_dalek::{Signature as Ed25519, VerifyingKey};
use imbl::{OrdMap, Vector};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::acts::Act;
use crate::draft::Draft;
use crate::entry::{By, Entry};
use crate::ids::{DelegationId, DraftId, Hash, PublicKey, Seq};
use crate::limits;
use crate::proof::{Kind, Signer};
use crate::refusal::Refusal;

const FIRST: &str = "plenary act v1";

/// An Ed25519 signature (RFC 8032); in JSON as 128 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, utoipa::ToSchema)]
#[schema(value_type = String)]
pub struct Signature(pub [u8; 64]);

/// What a delegation has signed, as an entry keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignedAct {
    /// With which of its keys.
    pub key: PublicKey,
    /// The five lines; no line break after the last.
    pub statement: String,
    /// The signature of their bytes.
    pub signature: Signature,
}

/// What the five lines say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// In which draft.
    pub draft: DraftId,
    /// For which delegation.
    pub delegation: DelegationId,
    /// An act that the signer knew to be entered.
    pub answers: Answers,
    /// The act.
    pub act: Act,
}

/// An entry with an act, by number and hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Answers {
    /// Its number.
    pub seq: Seq,
    /// Its hash.
    pub hash: Hash,
}

/// Who signs in a draft, and with what.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Signing {
    /// The keys of each delegation.
    pub keys: OrdMap<DelegationId, OrdMap<PublicKey, Registered>>,
    /// The last entries with an act: what can be answered to.
    acts: Vector<(Seq, Hash)>,
}

/// A key that a delegation has registered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Registered {
    /// The entry by which.
    pub since: Seq,
    /// The last entry that it has signed, or that first one.
    pub last: Seq,
    /// The entry that has revoked it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked: Option<Seq>,
}

impl Signing {
    /// A delegation's keys that hold.
    pub fn live(&self, delegation: &DelegationId) -> impl Iterator<Item = &PublicKey> {
        let keys = self.keys.get(delegation).into_iter().flatten();
        keys.filter(|(_, k)| k.revoked.is_none())
            .map(|(key, _)| key)
    }

    /// The last act, which whoever signs now answers to. None before the convening.
    pub fn latest(&self) -> Option<Answers> {
        let (seq, hash) = *self.acts.last()?;
        Some(Answers { seq, hash })
    }

    pub(crate) fn register(&mut self, delegation: &DelegationId, key: PublicKey, since: Seq) {
        let registered = Registered {
            since,
            last: since,
            revoked: None,
        };
        let keys = self.keys.entry(delegation.clone()).or_default();
        keys.insert(key, registered);
    }

    pub(crate) fn known(&self, delegation: &DelegationId, key: &PublicKey) -> Option<&Registered> {
        self.keys.get(delegation)?.get(key)
    }

    pub(crate) fn known_mut(
        &mut self,
        delegation: &DelegationId,
        key: &PublicKey,
    ) -> Option<&mut Registered> {
        self.keys.get_mut(delegation)?.get_mut(key)
    }

    /// Notes an entry with an act, which [`check`] has let pass and the act has folded.
    pub(crate) fn entered(&mut self, entry: &Entry, hash: Hash) {
        self.acts.push_back((entry.seq, hash));
        if self.acts.len() > limits::ANSWERABLE {
            self.acts.pop_front();
        }
        if let (Some(delegation), Some(signed)) = (entry.by.delegation(), &entry.signed)
            && let Some(key) = self.known_mut(delegation, &signed.key)
        {
            key.last = entry.seq;
        }
    }
}

/// Whether a completed act may be entered with this signature, or without any: asked before it is entered, and again by
/// whoever folds the log.
///
/// What a delegation has typed is not signed, and so neither is what the server keeps of it in a `recover`.
///
/// # Errors
/// `signature-missing`, `not-yours-to-sign`, `statement-malformed`, `signed-for-another`, `key-not-registered`, `signature-wrong`,
/// `answers-unknown`, `signed-before`, `signed-otherwise`.
pub fn check(
    draft: &Draft,
    by: &By,
    recorded: &Act,
    signed: Option<&SignedAct>,
) -> Result<(), Refusal> {
    let delegation = by
        .delegation()
        .filter(|_| !matches!(recorded, Act::Recover(_)));
    let (Some(delegation), Some(signed)) = (delegation, signed) else {
        return match (delegation, signed) {
            (None, Some(_)) => Err(Refusal::new(
                "not-yours-to-sign",
                "Only what a delegation submits itself can be signed by it.",
                "Submit it without a signature.",
            )),
            (Some(delegation), None) => may_be_unsigned(draft, delegation, recorded),
            _ => Ok(()),
        };
    };
    let statement: Statement = signed.statement.parse()?;
    if statement.draft != draft.id || statement.delegation != *delegation {
        return Err(Refusal::new(
            "signed-for-another",
            format!(
                "What was signed is an act of {} in the draft {}, and not of {delegation} in this one.",
                statement.delegation, statement.draft
            ),
            "Sign it anew for this draft.",
        ));
    }
    let known = draft.signing.known(delegation, &signed.key);
    let known = known.filter(|k| k.revoked.is_none());
    let begins = matches!(recorded, Act::RegisterKey(a) if a.key == signed.key)
        && draft.signing.live(delegation).next().is_none();
    if known.is_none() && !begins {
        return Err(Refusal::new(
            "key-not-registered",
            format!(
                "{} is no key with which {delegation} signs here.",
                signed.key
            ),
            "Sign with a key that is registered and not revoked: `plenary key show` lists them.",
        ));
    }
    if !signed.is_genuine() {
        return Err(Refusal::new(
            "signature-wrong",
            format!(
                "The signature is not that of {delegation}'s key {}.",
                signed.key
            ),
            "Sign the five lines as they are, byte by byte.",
        ));
    }
    let Answers { seq, hash } = statement.answers;
    if !draft.signing.acts.contains(&(seq, hash)) {
        return Err(Refusal::new(
            "answers-unknown",
            format!(
                "What was signed answers to an act {seq} that is not among the last of this record."
            ),
            "Read the record, and sign it anew.",
        ));
    }
    if known.is_some_and(|k| seq < k.last) {
        return Err(Refusal::new(
            "signed-before",
            format!(
                "What was signed answers to entry {seq}, and {delegation} has signed a later one with this key since."
            ),
            "It may be entered already: look with `plenary log`. Else sign it anew.",
        ));
    }
    if says::says(&statement.act, recorded) {
        Ok(())
    } else {
        Err(Refusal::new(
            "signed-otherwise",
            format!("What {delegation} has signed is not the act that is to be entered."),
            "Sign the whole act: a position names the exact text by its digest, a proposal has all its words.",
        ))
    }
}

fn may_be_unsigned(
    draft: &Draft,
    delegation: &DelegationId,
    recorded: &Act,
) -> Result<(), Refusal> {
    if draft.signing.live(delegation).next().is_some() {
        return Err(Refusal::new(
            "signature-missing",
            format!("{delegation} signs its acts, and has not signed this one."),
            "Submit it from where the delegation's key is, or register a key for this place from there.",
        ));
    }
    if matches!(recorded, Act::RegisterKey(_)) {
        return Err(Refusal::new(
            "signature-missing",
            format!("{delegation} registers a key, and has not signed with it."),
            "Sign the registration with the key itself: so nobody registers what is not theirs.",
        ));
    }
    Ok(())
}

impl Statement {
    /// What the delegation enters: its words and the signature of them.
    pub fn sign(&self, signer: &Signer) -> SignedAct {
        let statement = self.to_string();
        SignedAct {
            key: signer.key(),
            signature: Signature(signer.sign(statement.as_bytes())),
            statement,
        }
    }
}

impl Signer {
    /// The public key by itself, as it is registered.
    pub fn key(&self) -> PublicKey {
        PublicKey(self.public(Kind::Log).bytes())
    }
}

impl SignedAct {
    /// Whether it is that act of that delegation in that draft, genuinely signed. Whose the key is, and that it is entered for
    /// the first time, only the record tells: [`check`].
    pub fn is_of(&self, draft: DraftId, by: &By, recorded: &Act) -> bool {
        let statement = self.statement.parse::<Statement>();
        self.is_genuine()
            && statement.is_ok_and(|s| {
                let same = s.draft == draft && Some(&s.delegation) == by.delegation();
                same && says::says(&s.act, recorded)
            })
    }

    /// Whether the signature is that of the key. Strict: no key and no signature that fits more than one text.
    pub fn is_genuine(&self) -> bool {
        let signature = Ed25519::from_bytes(&self.signature.0);
        VerifyingKey::from_bytes(&self.key.0).is_ok_and(|key| {
            key.verify_strict(self.statement.as_bytes(), &signature)
                .is_ok()
        })
    }
}

impl PublicKey {
    /// Whether it is a point of the curve with which something can be signed that fits nothing else.
    pub fn is_usable(&self) -> bool {
        VerifyingKey::from_bytes(&self.0).is_ok_and(|key| !key.is_weak())
    }
}

impl fmt::Display for Statement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Answers { seq, hash } = self.answers;
        let act = serde_json::to_string(&self.act).map_err(|_| fmt::Error)?;
        writeln!(f, "{FIRST}\ndraft {}", self.draft)?;
        writeln!(f, "delegation {}\nanswers {seq} {hash}", self.delegation)?;
        f.write_str(&act)
    }
}

impl FromStr for Statement {
    type Err = Refusal;
    fn from_str(s: &str) -> Result<Self, Refusal> {
        let wrong = |what: &str| {
            Refusal::new(
                "statement-malformed",
                format!("What was signed is no act: {what}."),
                "It has five lines: plenary act v1, draft ID, delegation CODE, answers NUMBER HASH, and the act as JSON.",
            )
        };
        let lines: Vec<&str> = s.split('\n').collect();
        let [first, draft, delegation, answers, act] = lines[..] else {
            return Err(wrong("it has not five lines"));
        };
        if first != FIRST {
            return Err(wrong("it begins otherwise"));
        }
        let field = |line: &'static str, name: &str, of: &str| {
            let rest = of.strip_prefix(name).and_then(|r| r.strip_prefix(' '));
            rest.map(str::to_owned).ok_or_else(|| wrong(line))
        };
        let draft = field("its second line names no draft", "draft", draft)?;
        let delegation = field(
            "its third line names no delegation",
            "delegation",
            delegation,
        )?;
        let answers = field("its fourth line names no entry", "answers", answers)?;
        let entry = answers.split_once(' ').and_then(|(seq, hash)| {
            let seq: u64 = seq.parse().ok()?;
            let hash = hash.parse().ok()?;
            Some(Answers {
                seq: Seq(seq),
                hash,
            })
        });
        Ok(Self {
            draft: draft
                .parse()
                .map_err(|_| wrong("its draft has no such id"))?,
            delegation: delegation
                .parse()
                .map_err(|_| wrong("its delegation has no such code"))?,
            answers: entry.ok_or_else(|| wrong("its fourth line names no entry"))?,
            act: serde_json::from_str(act)
                .map_err(|e| wrong(&format!("the act cannot be read, {e}")))?,
        })
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signature({})", hex::encode(self.0))
    }
}

impl Serialize for Signature {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        if s.is_human_readable() {
            s.serialize_str(&hex::encode(self.0))
        } else {
            s.serialize_bytes(&self.0)
        }
    }
}

impl<'de> Deserialize<'de> for Signature {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        use serde::de::Error as _;
        let mut bytes = [0; 64];
        if d.is_human_readable() {
            let written = String::deserialize(d)?;
            hex::decode_to_slice(written, &mut bytes)
                .map_err(|_| D::Error::custom("a signature has 128 hexadecimal digits"))?;
        } else {
            let read = serde_bytes::ByteBuf::deserialize(d)?;
            bytes = read
                .as_slice()
                .try_into()
                .map_err(|_| D::Error::custom("a signature has 64 bytes"))?;
        }
        Ok(Self(bytes))
    }
}
