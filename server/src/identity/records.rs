//! Credentials as they are kept. These bytes outlive a version of Plenary, so their types serve nothing else.

use plenary_shared::draft::{Paper, Role};
use plenary_shared::ids::{DelegationId, DraftId, Name, SeatId};
use plenary_shared::time::Timestamp;
use plenary_shared::wire::view::SeatView;
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::IdentityError;
use super::known::Known;
use super::passes::Holder;
use super::token::TokenHash;
use crate::storage::Storage;

/// The format of records that this build writes.
const FORMAT: u8 = 1;

const SECRETARIAT: &str = "secretariat";
const SEAT: &str = "seat";
/// The key is `SEAT/DRAFT`; neither can hold a slash.
const SEAT_DRAFT: &str = "seat-draft";
const SEAT_REVOKED: &str = "seat-revoked";
/// The key is the draft's id.
const PAPER: &str = "paper";
/// The key is the hash of what the cookie holds.
const SIGN_IN: &str = "sign-in";

#[derive(Serialize, Deserialize)]
struct KeptSecretariat {
    format: u8,
    token: TokenHash,
}

/// A seat as it was given; what came later are records of their own.
#[derive(Serialize, Deserialize)]
struct KeptSeat {
    format: u8,
    token: TokenHash,
    delegation: DelegationId,
    role: Role,
    drafts: Vec<DraftId>,
    label: Option<Name>,
    given: Timestamp,
    expires: Timestamp,
}

/// A working paper, as its convening has it.
#[derive(Serialize, Deserialize)]
struct KeptPaper {
    format: u8,
    paper: Paper,
}

#[derive(Serialize, Deserialize)]
struct KeptSignIn {
    format: u8,
    /// None for the secretariat.
    seat: Option<SeatId>,
    expires: Timestamp,
}

/// Reads all. Sign-ins that have ended are forgotten.
pub(super) async fn load(storage: &dyn Storage, now: Timestamp) -> Result<Known, IdentityError> {
    let mut known = Known::default();
    for (key, bytes) in storage.records(SECRETARIAT).await? {
        known.set_secretariat(read::<KeptSecretariat>(SECRETARIAT, &key, &bytes)?.token);
    }
    for (key, bytes) in storage.records(SEAT).await? {
        let kept: KeptSeat = read(SEAT, &key, &bytes)?;
        let seat = SeatView {
            seat: name(SEAT, &key, &key)?,
            delegation: kept.delegation,
            role: kept.role,
            drafts: kept.drafts,
            label: kept.label,
            given: kept.given,
            expires: kept.expires,
            revoked: false,
        };
        known.add_seat(kept.token, seat);
    }
    for (key, _) in storage.records(SEAT_DRAFT).await? {
        let (seat, draft) = key.split_once('/').unwrap_or((&key, ""));
        known.add_drafts(
            &name(SEAT_DRAFT, &key, seat)?,
            &[name(SEAT_DRAFT, &key, draft)?],
        );
    }
    for (key, bytes) in storage.records(PAPER).await? {
        let kept: KeptPaper = read(PAPER, &key, &bytes)?;
        known.papers.insert(name(PAPER, &key, &key)?, kept.paper);
    }
    for (key, bytes) in storage.records(SIGN_IN).await? {
        let kept: KeptSignIn = read(SIGN_IN, &key, &bytes)?;
        if kept.expires <= now {
            storage.put_record(SIGN_IN, &key, None).await?;
            continue;
        }
        let holder = kept.seat.map_or(Holder::Secretariat, Holder::Seat);
        known
            .sign_ins
            .issue(hash(&key)?, holder, kept.expires, usize::MAX);
    }
    for (key, _) in storage.records(SEAT_REVOKED).await? {
        known.revoke(&name(SEAT_REVOKED, &key, &key)?);
    }
    Ok(known)
}

pub(super) async fn put_secretariat(
    s: &dyn Storage,
    token: &TokenHash,
) -> Result<(), IdentityError> {
    put(
        s,
        SECRETARIAT,
        "token",
        &KeptSecretariat {
            format: FORMAT,
            token: *token,
        },
    )
    .await
}

pub(super) async fn put_seat(
    s: &dyn Storage,
    token: &TokenHash,
    seat: &SeatView,
) -> Result<(), IdentityError> {
    let kept = KeptSeat {
        format: FORMAT,
        token: *token,
        delegation: seat.delegation.clone(),
        role: seat.role,
        drafts: seat.drafts.clone(),
        label: seat.label.clone(),
        given: seat.given,
        expires: seat.expires,
    };
    put(s, SEAT, seat.seat.as_str(), &kept).await
}

pub(super) async fn put_seat_draft(
    s: &dyn Storage,
    seat: &SeatId,
    draft: DraftId,
) -> Result<(), IdentityError> {
    Ok(
        s.put_record(SEAT_DRAFT, &format!("{seat}/{draft}"), Some(Vec::new()))
            .await?,
    )
}

pub(super) async fn put_paper(
    s: &dyn Storage,
    draft: DraftId,
    paper: &Paper,
) -> Result<(), IdentityError> {
    let kept = KeptPaper {
        format: FORMAT,
        paper: paper.clone(),
    };
    put(s, PAPER, &draft.to_string(), &kept).await
}

pub(super) async fn forget_paper(s: &dyn Storage, draft: DraftId) -> Result<(), IdentityError> {
    Ok(s.put_record(PAPER, &draft.to_string(), None).await?)
}

pub(super) async fn put_revoked(s: &dyn Storage, seat: &SeatId) -> Result<(), IdentityError> {
    Ok(s.put_record(SEAT_REVOKED, seat.as_str(), Some(Vec::new()))
        .await?)
}

pub(super) async fn put_sign_in(
    s: &dyn Storage,
    token: &TokenHash,
    holder: &Holder,
    expires: Timestamp,
) -> Result<(), IdentityError> {
    let seat = match holder {
        Holder::Secretariat => None,
        Holder::Seat(seat) => Some(seat.clone()),
    };
    put(
        s,
        SIGN_IN,
        &hex::encode(token.0),
        &KeptSignIn {
            format: FORMAT,
            seat,
            expires,
        },
    )
    .await
}

pub(super) async fn forget_sign_in(
    s: &dyn Storage,
    token: &TokenHash,
) -> Result<(), IdentityError> {
    Ok(s.put_record(SIGN_IN, &hex::encode(token.0), None).await?)
}

async fn put(
    s: &dyn Storage,
    kind: &'static str,
    key: &str,
    record: &(impl Serialize + Sync),
) -> Result<(), IdentityError> {
    let bytes = serde_json::to_vec(record).expect("records hold nothing that JSON cannot write");
    Ok(s.put_record(kind, key, Some(bytes)).await?)
}

fn read<T: DeserializeOwned>(
    kind: &'static str,
    key: &str,
    bytes: &[u8],
) -> Result<T, IdentityError> {
    #[derive(Deserialize)]
    struct Format {
        format: u8,
    }
    let Format { format } = serde_json::from_slice(bytes).map_err(|e| damaged(kind, key, &e))?;
    if format > FORMAT {
        let why = format!("it has format {format}: install a newer Plenary");
        return Err(IdentityError::Unreadable {
            kind,
            key: key.to_owned(),
            why,
        });
    }
    serde_json::from_slice(bytes).map_err(|e| damaged(kind, key, &e))
}

fn name<T: std::str::FromStr<Err: std::fmt::Display>>(
    kind: &'static str,
    key: &str,
    text: &str,
) -> Result<T, IdentityError> {
    text.parse().map_err(|e| damaged(kind, key, &e))
}

fn hash(key: &str) -> Result<TokenHash, IdentityError> {
    let mut bytes = [0; 32];
    hex::decode_to_slice(key, &mut bytes).map_err(|e| damaged(SIGN_IN, key, &e))?;
    Ok(TokenHash(bytes))
}

fn damaged(kind: &'static str, key: &str, why: &dyn std::fmt::Display) -> IdentityError {
    let why = format!("it is damaged, {why}: restore the data directory from a backup");
    IdentityError::Unreadable {
        kind,
        key: key.to_owned(),
        why,
    }
}

impl Serialize for TokenHash {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&hex::encode(self.0))
    }
}

impl<'de> Deserialize<'de> for TokenHash {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        hash(&String::deserialize(d)?).map_err(|_| D::Error::custom("a token's hash is not whole"))
    }
}
