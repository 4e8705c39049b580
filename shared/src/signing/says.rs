//! Whether a recorded act is the one that was signed: the server may have filled in what each act leaves to it, and nothing
//! else.

use serde_json::Value;

use crate::acts::Act;

/// What the server fills in, act by act, wherever in the act it stands. Where somebody takes a position it is nothing: the
/// text that they mean is theirs to name.
fn filled(act: &Act) -> &'static [&'static str] {
    match act {
        // Of a source, what it was; the words themselves must be signed.
        Act::Propose(_) => &["proposal", "new", "base", "of", "digest", "heads", "seq"],
        Act::OpenVote(_) => &["vote", "digests", "by", "quorum"],
        Act::OpenSilence(_) => &["silence", "targets", "digests"],
        Act::CloseVote(_) => &["result", "heads"],
        Act::CastVote(_) => &["salt"],
        Act::Adopt(_) | Act::SealVersion(_) => &["heads"],
        Act::Agree(_) | Act::AgreeAdRef(_) | Act::MergeProposals(_) => &["digests"],
        Act::Call(_) | Act::Incorporate(_) => &["digest"],
        Act::MarkTranslation(_) => &["source", "digest", "of"],
        _ => &[],
    }
}

/// Whether `recorded` is `signed`, completed.
pub(super) fn says(signed: &Act, recorded: &Act) -> bool {
    let open = filled(recorded);
    match (serde_json::to_value(signed), serde_json::to_value(recorded)) {
        (Ok(signed), Ok(recorded)) => fits(&signed, &recorded, open),
        _ => false,
    }
}

fn fits(signed: &Value, recorded: &Value, open: &[&str]) -> bool {
    match (signed, recorded) {
        (Value::Object(signed), Value::Object(recorded)) => {
            let kept = signed.keys().all(|name| recorded.contains_key(name));
            kept && recorded.iter().all(|(name, is)| {
                let may_fill = open.contains(&name.as_str());
                match signed.get(name) {
                    None => may_fill,
                    // Where an insertion was written to is completed with what stands there.
                    Some(_) if name == "base" && may_fill => true,
                    // What languages are called is not what fields are.
                    Some(said) if name == "text" => said == is,
                    Some(said) => (may_fill && is_empty(said)) || fits(said, is, open),
                }
            })
        }
        (Value::Array(signed), Value::Array(recorded)) => {
            signed.len() == recorded.len()
                && signed.iter().zip(recorded).all(|(s, r)| fits(s, r, open))
        }
        (signed, recorded) => signed == recorded,
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => fields.is_empty(),
        _ => false,
    }
}
