//! A vote that is not to be seen yet gets random bytes, so that its entry's hash, which everybody sees, tells nothing.

use std::borrow::Cow;

use plenary_shared::acts::{Act, CastVote};
use plenary_shared::draft::Draft;
use plenary_shared::ids::Hash;
use plenary_shared::time::Timestamp;

/// The act with a salt, if it is a vote that is hidden now and has none.
pub(super) fn blinded<'a>(act: &'a Act, draft: &Draft, now: Timestamp) -> Cow<'a, Act> {
    match act {
        Act::CastVote(cast) if cast.salt.is_none() => {
            let vote = draft.votes.get(&cast.vote);
            if vote.is_some_and(|v| v.is_hidden(now)) {
                Cow::Owned(Act::CastVote(CastVote {
                    salt: Some(salt()),
                    ..cast.clone()
                }))
            } else {
                Cow::Borrowed(act)
            }
        }
        _ => Cow::Borrowed(act),
    }
}

fn salt() -> Hash {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
    Hash(bytes)
}
