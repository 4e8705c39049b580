//! The deadline of a silence procedure has passed: whatever was not broken and satisfies the rule is agreed.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::acts::agree::{mark, reached, settle};
use crate::acts::{Act, Rules, floor};
use crate::draft::{Draft, Fate, How, Manuscript, TextEdit};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::{ClauseId, Digest, Language, SilenceId};
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// The deadline of a silence procedure has passed: whatever was not broken and satisfies the rule is agreed.
///
/// Only the server enters it, by its clock, before anything else that comes after the deadline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LapseSilence {
    /// Which.
    pub silence: SilenceId,
    /// The clauses that are thereby agreed, each with its text in every authentic language that has one; completed by
    /// the server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agreed: Option<BTreeMap<ClauseId, BTreeMap<Language, Digest>>>,
}

impl Rules for LapseSilence {
    fn complete(&self, _: &By, draft: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        let silence = draft.silences.get(&self.silence);
        Ok(Act::LapseSilence(Self {
            silence: self.silence.clone(),
            agreed: self
                .agreed
                .clone()
                .or_else(|| silence.map(|s| draft.agreed_by(s))),
        }))
    }

    /// Objections are counted here, at the expiry: one that was made before the silence was opened stands until it is
    /// lifted.
    fn decide(&self, by: &By, draft: &Draft, at: Timestamp) -> Result<(), Refusal> {
        if *by != By::Server {
            return Err(Refusal::not_entitled(
                "end a silence procedure",
                "nobody: the server does it by the clock, or an objection",
            ));
        }
        let silence = draft.silences.get(&self.silence);
        let silence = silence.ok_or_else(|| Refusal::unknown_silence(&self.silence))?;
        if !silence.is_running() {
            return Err(Refusal::silence_over(&self.silence));
        }
        if at <= silence.until {
            return Err(Refusal::new(
                "silence-running",
                format!(
                    "The silence runs until {}, that moment included.",
                    silence.until
                ),
                "Wait for the deadline.",
            )
            .of("until", silence.until));
        }
        if self.agreed.as_ref() != Some(&draft.agreed_by(silence)) {
            return Err(Refusal::stale_text(&format!("silence {}", self.silence)));
        }
        Ok(())
    }

    fn edits(&self, draft: &Draft, _: &Manuscript) -> Vec<TextEdit> {
        let agreed = self.agreed.iter().flat_map(BTreeMap::keys);
        agreed.map(|clause| mark(draft, clause)).collect()
    }

    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        let corrupt = |why: &str| Corrupt::at(entry.seq, why);
        let agreed = self.agreed.as_ref();
        let agreed = agreed.ok_or_else(|| corrupt("it does not say what is agreed"))?;
        let question = draft.question_to_all(Digest::of(""), entry.seq, entry.at);
        let negotiated = draft.negotiated().cloned();
        let mut silence = draft
            .silences
            .get(&self.silence)
            .cloned()
            .ok_or_else(|| corrupt("there is no such silence"))?;
        for (id, scoped) in &mut silence.clauses {
            if scoped.fate != Fate::Running {
                continue;
            }
            let clause = floor::clause_mut(entry, draft, id)?;
            let mut question = question.clone();
            if let Some(language) = &negotiated {
                question.digest = clause.digest(language);
            }
            clause.question = Some(question);
            let Some(digests) = agreed.get(id) else {
                scoped.fate = Fate::NotAgreed { seq: entry.seq };
                continue;
            };
            settle(entry, draft, id, digests, silence.awaiting.clone())?;
            reached(entry, draft, id, How::Silence(self.silence.clone()))?;
            scoped.fate = Fate::Agreed { seq: entry.seq };
        }
        silence.changed = entry.seq;
        draft.silences.insert(self.silence.clone(), silence);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::acts::testing::{
        Room, another_text, confirm, en, lapse, lifts, objects, silence, whole,
    };
    use crate::wire::view::ClauseStatus;
    use serde_json::json;

    #[test]
    fn the_server_alone_ends_it_and_strictly_after_the_deadline() {
        let mut room = Room::sitting();
        room.refuses("SERVER", &lapse("s1"), "unknown-silence");
        room.does("CHAIR", &silence(&["op-1"], 72));
        room.pass(72, 0);
        room.refuses("SERVER", &lapse("s1"), "silence-running");
        assert!(room.draft.due(room.now).is_none());
        room.allows("AVR", &objects("op-1"));
        room.pass(0, 1);
        assert!(room.draft.due(room.now).is_some());
        room.refuses("AVR", &objects("op-1"), "silence-lapsed");
        for who in ["CHAIR", "AVR", "SEC"] {
            room.refuses(who, &lapse("s1"), "not-entitled");
        }
        let wrong = json!({"lapse_silence": {"silence": "s1",
            "agreed": {"op-1": {"en": another_text()}}}});
        room.refuses("SERVER", &wrong, "stale-text");
        room.does("SERVER", &lapse("s1"));
        assert_eq!(room.status("op-1"), ClauseStatus::Agreed);
        room.refuses("SERVER", &lapse("s1"), "silence-over");
        room.refuses("AVR", &objects("op-1"), "silence-lapsed");
        assert!(room.draft.due(room.now).is_none());
        assert_eq!(room.replayed(), room.draft);
    }

    #[test]
    fn an_objection_made_before_it_was_opened_is_counted_at_the_expiry() {
        let mut room = Room::sitting();
        room.does("AVR", &objects("op-1"));
        room.does("CHAIR", &silence(&["op-1", "op-2"], 72));
        let mut lifted = room.clone();
        room.pass(72, 1);
        room.does("SERVER", &lapse("s1"));
        assert_eq!(room.fates("s1"), ["op-1 not-agreed", "op-2 agreed"]);
        assert_eq!(room.status("op-1"), ClauseStatus::Bracketed);
        lifted.does("AVR", &lifts("op-1"));
        lifted.pass(72, 1);
        lifted.does("SERVER", &lapse("s1"));
        assert_eq!(lifted.fates("s1"), ["op-1 agreed", "op-2 agreed"]);
    }

    #[test]
    fn what_was_not_agreed_is_ripe_once_the_objection_is_lifted_as_the_question_was_put() {
        let mut room = Room::sitting();
        room.does("AVR", &objects("op-1"));
        room.does("CHAIR", &silence(&["op-1"], 72));
        room.pass(72, 1);
        room.does("SERVER", &lapse("s1"));
        room.does("AVR", &lifts("op-1"));
        assert_eq!(room.status("op-1"), ClauseStatus::Ripe);
    }

    #[test]
    fn what_is_circulated_as_a_whole_stands_and_falls_together() {
        let mut room = Room::sitting();
        room.does("CHAIR", &whole(72));
        let mut other = room.clone();
        let mut third = room.clone();
        room.does("AVR", &objects("op-2"));
        assert_eq!(room.fates("s1"), ["op-1 broken", "op-2 broken", "t broken"]);
        other.types("t", en(), "Declaration on the river");
        assert_eq!(
            other.fates("s1"),
            ["op-1 voided", "op-2 voided", "t voided"]
        );
        third.pass(72, 1);
        third.does("SERVER", &lapse("s1"));
        assert_eq!(
            third.fates("s1"),
            ["op-1 agreed", "op-2 agreed", "t agreed"]
        );
        let mut standing = Room::sitting();
        standing.does("AVR", &objects("op-2"));
        standing.does("CHAIR", &whole(72));
        standing.pass(72, 1);
        standing.does("SERVER", &lapse("s1"));
        assert_eq!(
            standing.fates("s1"),
            ["op-1 not-agreed", "op-2 not-agreed", "t not-agreed"]
        );
    }

    #[test]
    fn a_silence_that_awaits_somebody_agrees_ad_referendum() {
        let mut room = Room::sitting();
        let awaiting = |who: &[&str]| {
            let mut open = silence(&["op-1"], 72);
            open["open_silence"]["awaiting"] = json!(who);
            open
        };
        room.refuses("CHAIR", &awaiting(&["XXX"]), "not-seated");
        room.refuses("CHAIR", &awaiting(&["OBS"]), "awaited-without-voice");
        room.does("CHAIR", &awaiting(&["AVR"]));
        room.pass(72, 1);
        room.does("SERVER", &lapse("s1"));
        assert_eq!(room.fates("s1"), ["op-1 agreed"]);
        assert_eq!(room.status("op-1"), ClauseStatus::AgreedAdRef);
        room.refuses("MRD", &objects("op-1"), "silence-lapsed");
        room.does("AVR", &confirm("op-1"));
        assert_eq!(room.status("op-1"), ClauseStatus::Agreed);
        assert_eq!(room.replayed(), room.draft);
    }

    #[test]
    fn a_draft_that_is_closed_waits_for_no_deadline() {
        let mut room = Room::sitting();
        room.does("CHAIR", &silence(&["op-1"], 72));
        room.does("SEC", &json!({"close": {}}));
        assert_eq!(room.fates("s1"), ["op-1 voided"]);
        room.pass(72, 1);
        assert!(room.draft.due(room.now).is_none());
    }
}
