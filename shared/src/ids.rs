//! Names of things, each its own type, so that a clause is never passed where a proposal was meant.

use std::fmt;
use std::str::FromStr;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use unicode_normalization::UnicodeNormalization as _;

/// Why a piece of text from outside is not a usable id, code or name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{what} {why}")]
pub struct Unusable {
    /// What was to be read, for example "a clause id".
    pub what: &'static str,
    /// What is wrong with it, for example "is empty".
    pub why: String,
}

fn unusable(what: &'static str, why: impl Into<String>) -> Unusable {
    Unusable {
        what,
        why: why.into(),
    }
}

macro_rules! slug {
    ($(#[$doc:meta])* $name:ident, $what:literal, $max:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[derive(utoipa::ToSchema)]
        #[schema(value_type = String)]
        pub struct $name(String);

        impl $name {
            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = Unusable;
            fn from_str(s: &str) -> Result<Self, Unusable> {
                if s.is_empty() {
                    return Err(unusable($what, "is empty"));
                }
                if s.len() > $max {
                    return Err(unusable($what, format!("is longer than {} characters", $max)));
                }
                let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
                if !s.chars().all(plain) || !s.starts_with(|c: char| c.is_ascii_alphanumeric()) {
                    return Err(unusable(
                        $what,
                        "may hold only letters a-z, digits, '-', '_' and '.', and starts with a letter or digit",
                    ));
                }
                Ok(Self(s.to_owned()))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                String::deserialize(d)?.parse().map_err(D::Error::custom)
            }
        }
    };
}

slug!(
    /// A clause, for ever: numbers on paper change, this never does.
    ClauseId, "a clause id", 64
);
slug!(
    /// A proposal within one draft.
    ProposalId, "a proposal id", 64
);
slug!(
    /// A recorded vote within one draft.
    VoteId, "a vote id", 64
);
slug!(
    /// A silence procedure within one draft.
    SilenceId, "a silence id", 64
);
slug!(
    /// A delegation's code within a draft's roster, for example `AVR`.
    DelegationId, "a delegation code", 32
);
slug!(
    /// A group's code within a draft's roster.
    GroupId, "a group code", 32
);
slug!(
    /// One person's seat: what a token stands for.
    SeatId, "a seat id", 32
);
slug!(
    /// A language of a text as a BCP 47 tag, for example `en` or `zh-Hans`.
    Language, "a language tag", 35
);

/// A draft: sixteen bytes, written as automerge-repo writes its document ids (Base58Check), so that a stock client
/// opens the draft by the same name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, utoipa::ToSchema)]
#[schema(value_type = String)]
pub struct DraftId(pub [u8; 16]);

impl fmt::Display for DraftId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&bs58::encode(self.0).with_check().into_string())
    }
}

impl FromStr for DraftId {
    type Err = Unusable;
    fn from_str(s: &str) -> Result<Self, Unusable> {
        let s = s.strip_prefix("automerge:").unwrap_or(s);
        // The shortest way to make a decoder slow is a long input; an id has at most 28 characters.
        if s.len() > 40 {
            return Err(unusable("a draft id", "is too long"));
        }
        let bytes = bs58::decode(s).with_check(None).into_vec().map_err(|_| {
            unusable(
                "a draft id",
                "is not whole: a character is wrong or missing",
            )
        })?;
        let bytes = bytes
            .try_into()
            .map_err(|_| unusable("a draft id", "has the wrong length"))?;
        Ok(Self(bytes))
    }
}

impl Serialize for DraftId {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        if s.is_human_readable() {
            s.collect_str(self)
        } else {
            s.serialize_bytes(&self.0)
        }
    }
}

impl<'de> Deserialize<'de> for DraftId {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        if d.is_human_readable() {
            String::deserialize(d)?.parse().map_err(D::Error::custom)
        } else {
            let bytes = serde_bytes::ByteBuf::deserialize(d)?;
            let bytes = bytes
                .as_slice()
                .try_into()
                .map_err(|_| D::Error::custom("a draft id has 16 bytes"))?;
            Ok(Self(bytes))
        }
    }
}

/// The number of an entry in its draft's log; the first is 1, and 0 stands before it.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
)]
#[schema(value_type = u64)]
pub struct Seq(pub u64);

impl Seq {
    /// The number after this one.
    #[must_use]
    pub fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

impl fmt::Display for Seq {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

macro_rules! bytes32 {
    ($(#[$doc:meta])* $name:ident, $what:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, utoipa::ToSchema)]
        #[schema(value_type = String)]
        pub struct $name(pub [u8; 32]);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&hex::encode(self.0))
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({}…)"), &hex::encode(&self.0[..6]))
            }
        }
        impl FromStr for $name {
            type Err = Unusable;
            fn from_str(s: &str) -> Result<Self, Unusable> {
                let mut bytes = [0; 32];
                hex::decode_to_slice(s, &mut bytes)
                    .map_err(|_| unusable($what, "has 64 hexadecimal digits"))?;
                Ok(Self(bytes))
            }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                if s.is_human_readable() { s.collect_str(self) } else { s.serialize_bytes(&self.0) }
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                if d.is_human_readable() {
                    String::deserialize(d)?.parse().map_err(D::Error::custom)
                } else {
                    let bytes = serde_bytes::ByteBuf::deserialize(d)?;
                    let bytes = bytes.as_slice().try_into();
                    Ok(Self(bytes.map_err(|_| D::Error::custom(concat!($what, " has 32 bytes")))?))
                }
            }
        }
    };
}

bytes32!(
    /// The hash of an entry (an RFC 6962 leaf hash) or of a change to the text.
    Hash, "a hash"
);
bytes32!(
    /// What an exact wording is known by: SHA-256 of its NFC text in UTF-8.
    Digest, "a text digest"
);

bytes32!(
    /// An Ed25519 public key (RFC 8032).
    PublicKey, "a public key"
);

impl Digest {
    /// The digest of a wording. Two spellings of the same characters (composed or not) have one digest.
    pub fn of(text: &str) -> Self {
        use sha2::Digest as _;
        let nfc: String = text.nfc().collect();
        Self(sha2::Sha256::digest(nfc.as_bytes()).into())
    }
}

/// A moment in the history of a text: the hashes of its latest changes, sorted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(value_type = Vec<String>)]
pub struct Heads(pub Vec<Hash>);

/// One line of plain text from a person: a title, a name. At most 300 characters, no control characters and none that
/// change the direction of what stands around it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, utoipa::ToSchema)]
#[schema(value_type = String)]
pub struct Name(String);

/// Several lines of plain text from a person: a reason, a statement, a wording. At most 20,000 characters; line breaks
/// and tabs are allowed, other control characters and direction overrides are not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, utoipa::ToSchema)]
#[schema(value_type = String)]
pub struct Prose(String);

/// Characters that reorder what is around them on a screen (Unicode UAX #9 overrides, embeddings and isolates). A name
/// that holds one can pretend to be another.
pub(crate) fn is_direction_control(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The first character that plain text may not hold.
pub(crate) fn forbidden_character(s: &str, line_breaks: bool) -> Option<char> {
    let allowed = |c: char| line_breaks && matches!(c, '\n' | '\t');
    s.chars()
        .find(|&c| is_direction_control(c) || (c.is_control() && !allowed(c)))
}

macro_rules! plain_text {
    ($name:ident, $what:literal, $max:literal, $breaks:literal, $empty:literal) => {
        impl $name {
            /// The text itself.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl FromStr for $name {
            type Err = Unusable;
            fn from_str(s: &str) -> Result<Self, Unusable> {
                if !$empty && s.trim().is_empty() {
                    return Err(unusable($what, "is empty"));
                }
                if s.chars().count() > $max {
                    return Err(unusable(
                        $what,
                        format!("is longer than {} characters", $max),
                    ));
                }
                if let Some(c) = forbidden_character(s, $breaks) {
                    let code = u32::from(c);
                    return Err(unusable(
                        $what,
                        format!("holds the control character U+{code:04X}"),
                    ));
                }
                Ok(Self(s.to_owned()))
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                String::deserialize(d)?.parse().map_err(D::Error::custom)
            }
        }
    };
}

plain_text!(Name, "a name", 300, false, false);
plain_text!(Prose, "a text", 20_000, true, true);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_id_is_written_as_automerge_repo_writes_it() {
        let id = DraftId([7; 16]);
        let text = id.to_string();
        assert_eq!(text.parse(), Ok(id));
        assert_eq!(format!("automerge:{text}").parse(), Ok(id));
        assert!(text.replace(&text[..1], "2").parse::<DraftId>().is_err());
    }

    #[test]
    fn a_name_cannot_hide_its_direction() {
        assert!("Delegation \u{202E}A".parse::<Name>().is_err());
        assert!("two\nlines".parse::<Name>().is_err());
        assert!("two\nlines".parse::<Prose>().is_ok());
        assert!("الوفد ألف".parse::<Name>().is_ok());
    }

    #[test]
    fn composed_and_decomposed_spellings_have_one_digest() {
        assert_eq!(Digest::of("\u{e9}"), Digest::of("e\u{301}"));
    }
}
