//! The key with which acts are signed on this machine, if there is one.

use std::io::ErrorKind;
use std::path::PathBuf;

use plenary_shared::acts::Act;
use plenary_shared::ids::{DraftId, PublicKey};
use plenary_shared::proof::{Kind, Signer};
use plenary_shared::signing::{SignedAct, Statement};
use plenary_shared::wire::view::SigningView;

use crate::api::{Api, random_bytes};
use crate::failure::{Exit, Failure, Outcome};
use crate::profile::{places, write_privately};

/// The name in the file; who signs is said by what is signed.
const NAME: &str = "acts";

/// Where the key is: readable to its owner alone.
pub(crate) fn path() -> Outcome<PathBuf> {
    Ok(places()?.data_dir().join("acts.key"))
}

/// The key, if there is one.
pub(crate) fn read() -> Outcome<Option<Signer>> {
    let path = path()?;
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(None),
        Err(e) => return Err(Failure::file(&path, &e)),
    };
    // A key that is damaged must not be taken for none: what is to be signed would go out unsigned.
    Signer::from_secret(&text).map(Some).map_err(|e| {
        Failure::new(
            Exit::Other,
            "damaged-key",
            format!("{}: {e}.", path.display()),
            "Restore the file from where you keep a copy of it.",
        )
    })
}

/// Makes a key, where there is none.
pub(crate) fn make() -> Outcome<Signer> {
    if read()?.is_some() {
        return Err(Failure::new(
            Exit::Refused,
            "key-exists",
            format!("There is a key in {} already.", path()?.display()),
            "Use it, or move it away first. It is not overwritten: nobody else has it.",
        ));
    }
    let signer = Signer::from_seed(NAME, random_bytes()?);
    let secret = format!("{}\n", signer.secret(Kind::Log));
    write_privately(&path()?, secret.as_bytes())?;
    Ok(signer)
}

/// Who signs in the draft.
pub(crate) fn known(api: &Api, draft: DraftId) -> Outcome<SigningView> {
    api.of_draft(draft, &["signing"], &[])
}

/// The act, signed, if this machine has a key that the delegation signs with there, or is just registering. It is signed
/// when it is sent and never before, so that it answers to the record as it then is.
pub(crate) fn sign(api: &Api, draft: DraftId, act: &Act) -> Outcome<Option<SignedAct>> {
    let Some(signer) = read()? else {
        return Ok(None);
    };
    let known = known(api, draft)?;
    let Some(delegation) = known.delegation.clone() else {
        return Ok(None);
    };
    let begins = matches!(act, Act::RegisterKey(a) if a.key == signer.key());
    if !holds(&known, &signer.key()) && !begins {
        return Ok(None);
    }
    let statement = Statement {
        draft,
        delegation,
        answers: known.answers,
        act: act.clone(),
    };
    Ok(Some(statement.sign(&signer)))
}

/// Whether the key is registered and not revoked.
pub(crate) fn holds(known: &SigningView, key: &PublicKey) -> bool {
    known.keys.get(key).is_some_and(|k| k.revoked.is_none())
}
