//! What a hostile server, a stranger and an old signature meet with.

use serde_json::{Value, json};

use super::*;
use crate::acts::testing::{Room, act, casts, delegation, objects, opens_vote, replace, supports};
use crate::ids::Digest;

fn signer(name: &str) -> Signer {
    Signer::from_seed(name, Digest::of(name).0)
}

fn registers(name: &str) -> Value {
    json!({"register_key": {"key": signer(name).key().to_string()}})
}

fn revokes(name: &str) -> Value {
    json!({"revoke_key": {"key": signer(name).key().to_string()}})
}

/// The same with the text that it speaks of.
fn exact(room: &Room, json: &Value) -> Value {
    serde_json::to_value(room.decide("AVR", &act(json)).unwrap().act).unwrap()
}

impl Room {
    fn statement(&self, who: &str, json: &Value) -> Statement {
        Statement {
            draft: self.draft.id,
            delegation: delegation(who),
            answers: self.draft.signing.latest().unwrap(),
            act: act(json),
        }
    }

    /// The road of the server, with a signature.
    fn tries(&self, who: &str, json: &Value, signed: Option<&SignedAct>) -> Result<(), Refusal> {
        let mut decided = self.decide(who, &act(json))?;
        decided.act.know_the_moment(&self.text.heads());
        check(&self.draft, &self.by(who), &decided.act, signed)
    }

    #[track_caller]
    fn signs(&mut self, who: &str, key: &str, json: &Value) -> SignedAct {
        let signed = self.statement(who, json).sign(&signer(key));
        self.tries(who, json, Some(&signed)).unwrap();
        self.signed = Some(signed.clone());
        self.does(who, json);
        signed
    }

    #[track_caller]
    fn refuses_signed(&self, who: &str, json: &Value, signed: &SignedAct, code: &str) {
        let no = self.tries(who, json, Some(signed)).unwrap_err();
        assert_eq!(no.code, code, "{no}");
        assert!(no.sentence.ends_with('.') && no.hint.ends_with('.'), "{no}");
    }
}

/// AVR signs, with the key `avr`.
fn signing() -> Room {
    let mut room = Room::sitting();
    room.signs("AVR", "avr", &registers("avr"));
    room
}

#[test]
fn who_has_registered_a_key_signs_and_nobody_else_need() {
    let mut room = signing();
    let support = exact(&room, &supports("op-1"));
    assert_eq!(
        room.tries("AVR", &support, None).unwrap_err().code,
        "signature-missing"
    );
    room.signs("AVR", "avr", &support);
    assert!(room.tries("MRD", &supports("op-1"), None).is_ok());
    assert_eq!(room.replayed(), room.draft);
    let keys = &room.draft.signing.keys[&delegation("AVR")];
    assert_eq!(keys[&signer("avr").key()].last, room.draft.seq);
}

#[test]
fn a_key_is_registered_by_who_has_it_and_a_further_one_by_the_first() {
    let mut room = Room::sitting();
    let first = registers("avr");
    assert_eq!(
        room.tries("AVR", &first, None).unwrap_err().code,
        "signature-missing"
    );
    let by_another = room.statement("AVR", &first).sign(&signer("mrd"));
    room.refuses_signed("AVR", &first, &by_another, "key-not-registered");
    room.refuses("SEC", &first, "not-entitled");
    room.refuses("ARC", &first, "not-entitled");
    room.signs("AVR", "avr", &first);
    room.refuses("AVR", &first, "key-registered");
    // Whoever has stolen a seat, or runs the server, cannot bring in a key of their own.
    let own = registers("thief");
    let by_itself = room.statement("AVR", &own).sign(&signer("thief"));
    room.refuses_signed("AVR", &own, &by_itself, "key-not-registered");
    room.signs("AVR", "avr", &registers("laptop"));
    let support = exact(&room, &supports("op-1"));
    room.signs("AVR", "laptop", &support);
    // The same key, registered by another delegation, signs nothing for that one without being shown.
    let theirs = room.statement("MRD", &first).sign(&signer("mrd"));
    room.refuses_signed("MRD", &first, &theirs, "key-not-registered");
}

#[test]
fn a_key_with_which_anything_seems_signed_is_not_registered() {
    let room = Room::sitting();
    let mut weak = [0; 32];
    weak[0] = 1;
    for key in [PublicKey([0; 32]), PublicKey(weak)] {
        let json = json!({"register_key": {"key": key.to_string()}});
        room.refuses("AVR", &json, "key-unusable");
    }
}

#[test]
fn a_revoked_key_signs_no_more_and_after_the_last_nothing_is_signed() {
    let mut room = signing();
    room.signs("AVR", "avr", &registers("laptop"));
    room.refuses("AVR", &revokes("nobody"), "key-not-registered");
    room.signs("AVR", "laptop", &revokes("avr"));
    let support = exact(&room, &supports("op-1"));
    let old = room.statement("AVR", &support).sign(&signer("avr"));
    room.refuses_signed("AVR", &support, &old, "key-not-registered");
    room.refuses("AVR", &registers("avr"), "key-registered");
    room.refuses("AVR", &revokes("avr"), "key-not-registered");
    room.signs("AVR", "laptop", &revokes("laptop"));
    assert!(room.tries("AVR", &support, None).is_ok());
}

#[test]
fn what_was_signed_is_entered_once() {
    let mut room = signing();
    let support = exact(&room, &supports("op-1"));
    let signed = room.signs("AVR", "avr", &support);
    room.refuses_signed("AVR", &support, &signed, "signed-before");
    // Kept back by the server, and brought in when the delegation has changed its mind: too late too.
    let kept = room.statement("AVR", &support).sign(&signer("avr"));
    let object = exact(&room, &objects("op-1"));
    room.signs("AVR", "avr", &object);
    room.refuses_signed("AVR", &support, &kept, "signed-before");
}

#[test]
fn what_was_signed_in_one_place_counts_in_no_other() {
    let room = signing();
    let support = exact(&room, &supports("op-1"));
    let good = room.statement("AVR", &support);
    let mut elsewhere = good.clone();
    elsewhere.draft = DraftId([9; 16]);
    room.refuses_signed(
        "AVR",
        &support,
        &elsewhere.sign(&signer("avr")),
        "signed-for-another",
    );
    let mut theirs = good.clone();
    theirs.delegation = delegation("MRD");
    room.refuses_signed(
        "AVR",
        &support,
        &theirs.sign(&signer("avr")),
        "signed-for-another",
    );
    // In another history, or answering to what the record has long left behind.
    let mut forked = good.clone();
    forked.answers.hash = Hash([3; 32]);
    room.refuses_signed(
        "AVR",
        &support,
        &forked.sign(&signer("avr")),
        "answers-unknown",
    );
    let signed = good.sign(&signer("avr"));
    room.refuses_signed(
        "AVR",
        &exact(&room, &objects("op-1")),
        &signed,
        "signed-otherwise",
    );
    let by = room.by("AVR");
    assert!(signed.is_of(room.draft.id, &by, &act(&support)));
    assert!(!signed.is_of(room.draft.id, &by, &act(&objects("op-1"))));
    assert!(!signed.is_of(room.draft.id, &room.by("MRD"), &act(&support)));
    assert!(!signed.is_of(DraftId([9; 16]), &by, &act(&support)));
    // What the server enters itself nobody signs.
    let by_server = check(&room.draft, &By::Server, &act(&support), Some(&signed));
    assert_eq!(by_server.unwrap_err().code, "not-yours-to-sign");
}

#[test]
fn a_position_names_its_text_and_the_server_fills_in_only_what_is_its_own() {
    let mut room = signing();
    let open = supports("op-1");
    let signed = room.statement("AVR", &open).sign(&signer("avr"));
    room.refuses_signed("AVR", &open, &signed, "signed-otherwise");
    let proposes = replace("op-1", "Decides to meet every year;");
    room.signs("AVR", "avr", &proposes);
    let recorded = Entry::decode(room.log.last().unwrap())
        .unwrap()
        .act
        .unwrap();
    let mut other = serde_json::to_value(&recorded).unwrap();
    for (field, forged) in [
        ("text", json!({"en": "Decides never to meet;"})),
        ("rationale", json!("Because.")),
    ] {
        let kept = other["propose"][field].take();
        other["propose"][field] = forged;
        assert!(!says::says(&act(&proposes), &act(&other)), "{field}");
        other["propose"][field] = kept;
    }
    room.does("CHAIR", &opens_vote("op-2"));
    room.signs("AVR", "avr", &casts("v1", "for"));
    let mut salted = act(&casts("v1", "for"));
    if let Act::CastVote(a) = &mut salted {
        a.salt = Some(Hash([5; 32]));
    }
    assert!(says::says(&act(&casts("v1", "for")), &salted));
    assert!(!says::says(&act(&casts("v1", "against")), &salted));
}

#[test]
fn a_signature_that_was_bent_is_none() {
    let room = signing();
    let support = exact(&room, &supports("op-1"));
    let good = room.statement("AVR", &support).sign(&signer("avr"));
    for byte in [0, 31, 32, 63] {
        let mut bent = good.clone();
        bent.signature.0[byte] ^= 1;
        room.refuses_signed("AVR", &support, &bent, "signature-wrong");
    }
    // The other signature that a lax check lets pass: s and the order of the curve added to it.
    let order = "edd3f55c1a631258d69cf7a2def9de14";
    let mut order = hex::decode(order).unwrap();
    order.resize(32, 0);
    order[31] = 0x10;
    let mut bent = good.clone();
    let mut carry = 0_u16;
    for (s, l) in bent.signature.0[32..].iter_mut().zip(order) {
        carry += u16::from(*s) + u16::from(l);
        *s = u8::try_from(carry & 0xff).unwrap();
        carry >>= 8;
    }
    assert_ne!(bent, good);
    room.refuses_signed("AVR", &support, &bent, "signature-wrong");
    let mut reworded = good;
    reworded.statement = reworded.statement.replace("support", "abstain");
    room.refuses_signed("AVR", &support, &reworded, "signature-wrong");
}

#[test]
fn what_is_no_statement_is_told() {
    let room = signing();
    let support = exact(&room, &supports("op-1"));
    let good = room.statement("AVR", &support).to_string();
    assert_eq!(good.parse::<Statement>().unwrap().to_string(), good);
    for bad in [
        String::new(),
        good.replace("act v1", "act v2"),
        good.replace("draft ", "draught "),
        good.replace("answers ", "answers x"),
        format!("{good}\n"),
        good.replace("{\"take", "{\"keep"),
        // Said twice, it could be read in two ways.
        good.replace("\"stance\"", "\"stance\":\"abstain\",\"stance\""),
    ] {
        assert_eq!(
            bad.parse::<Statement>().unwrap_err().code,
            "statement-malformed",
            "{bad}"
        );
    }
}

/// Who runs the server writes the log anew: whatever he takes out, changes or puts in, the log cannot be folded.
#[test]
fn a_log_whose_signatures_were_touched_cannot_have_been_written() {
    let mut room = signing();
    let support = exact(&room, &supports("op-1"));
    let signed = room.signs("AVR", "avr", &support);
    let told = |change: &dyn Fn(&mut Entry)| {
        let mut draft = Draft::unborn(room.draft.id);
        let last = room.log.len() - 1;
        let mut outcome = Ok(());
        for (n, bytes) in room.log.iter().enumerate() {
            let mut entry = Entry::decode(bytes).unwrap();
            if n == last {
                change(&mut entry);
            }
            let bytes = entry.encode();
            outcome = draft.fold(&entry, Entry::hash_of(&bytes));
        }
        outcome.unwrap_err().to_string()
    };
    let stripped = told(&|e| e.signed = None);
    assert!(
        stripped.contains("AVR signs its acts, and has not signed this one"),
        "{stripped}"
    );
    let swapped = told(&|e| {
        let statement: Statement = signed.statement.parse().unwrap();
        e.signed = Some(statement.sign(&signer("operator")));
    });
    assert!(
        swapped.contains("is no key with which AVR signs here"),
        "{swapped}"
    );
    let otherwise = told(&|e| e.act = Some(act(&objects("op-1"))));
    assert!(
        otherwise.contains("is not the act that is to be entered"),
        "{otherwise}"
    );
    let moved = told(&|e| {
        e.act = None;
    });
    assert!(
        moved.contains("a signature stands where no act is"),
        "{moved}"
    );
}

#[test]
fn the_signature_of_a_vote_that_is_not_seen_yet_is_not_shown_either() {
    let mut room = signing();
    room.does(
        "SEC",
        &json!({"set_rule": {"rule": {"show_votes": "at-close"}}}),
    );
    room.does("CHAIR", &opens_vote("op-2"));
    room.signs("AVR", "avr", &casts("v1", "for"));
    let bytes = room.log.last().unwrap();
    let view = crate::status::entry_view(&Entry::decode(bytes).unwrap(), Entry::hash_of(bytes));
    assert!(view.signed.is_some());
    let withheld = crate::withheld::Withheld::at(&room.draft, room.now);
    let shown = withheld.take_out_of(view);
    assert!(shown.withheld && shown.signed.is_none(), "{shown:?}");
}
