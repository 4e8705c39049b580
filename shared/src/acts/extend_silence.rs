//! The facilitator gives a running silence procedure more time.

use serde::{Deserialize, Serialize};

use crate::acts::{Act, Rules};
use crate::admit;
use crate::draft::{Draft, Manuscript};
use crate::entry::{By, Entry};
use crate::fold::Corrupt;
use crate::ids::SilenceId;
use crate::refusal::Refusal;
use crate::time::Timestamp;

/// The facilitator gives a running silence procedure more time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtendSilence {
    /// Which.
    pub silence: SilenceId,
    /// The new deadline: later than the present one (R-S5).
    pub until: Timestamp,
}

impl Rules for ExtendSilence {
    fn complete(&self, _: &By, _: &Draft, _: &Manuscript) -> Result<Act, Refusal> {
        Ok(Act::ExtendSilence(self.clone()))
    }

    /// Up to the deadline and at it, as with objections; never after.
    fn decide(&self, by: &By, draft: &Draft, at: Timestamp) -> Result<(), Refusal> {
        admit::chair(by, "extend a silence procedure")?;
        let silence = draft.silences.get(&self.silence);
        let silence = silence.ok_or_else(|| Refusal::unknown_silence(&self.silence))?;
        if !silence.is_running() {
            return Err(Refusal::silence_over(&self.silence));
        }
        if silence.until < at {
            return Err(Refusal::silence_lapsed(silence.until));
        }
        if self.until <= silence.until {
            return Err(Refusal::new(
                "deadline-not-later",
                format!("The deadline is {} already.", silence.until),
                "A silence procedure is extended and never shortened: name a later moment.",
            )
            .of("until", silence.until));
        }
        Ok(())
    }

    fn fold(&self, entry: &Entry, draft: &mut Draft) -> Result<(), Corrupt> {
        let silence = draft.silences.get_mut(&self.silence);
        let silence = silence.ok_or_else(|| Corrupt::at(entry.seq, "there is no such silence"))?;
        silence.until = self.until;
        silence.changed = entry.seq;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use crate::acts::testing::{Room, extend, lapse, objects, silence};

    #[test]
    fn a_running_silence_is_extended_by_the_facilitator_to_a_later_moment() {
        let mut room = Room::sitting();
        room.refuses("CHAIR", &extend("s1", 96), "unknown-silence");
        room.does("CHAIR", &silence(&["op-1"], 72));
        for who in ["AVR", "PEN", "SEC", "SERVER"] {
            room.refuses(who, &extend("s1", 96), "not-entitled");
        }
        room.refuses("CHAIR", &extend("s1", 72), "deadline-not-later");
        room.pass(72, 0);
        room.does("CHAIR", &extend("s1", 24));
        room.refuses("SERVER", &lapse("s1"), "silence-running");
        room.pass(24, 1);
        room.refuses("CHAIR", &extend("s1", 24), "silence-lapsed");
    }

    #[test]
    fn what_is_broken_is_not_extended() {
        let mut room = Room::sitting();
        room.does("CHAIR", &silence(&["op-1"], 72));
        room.does("AVR", &objects("op-1"));
        room.refuses("CHAIR", &extend("s1", 96), "silence-over");
    }
}
