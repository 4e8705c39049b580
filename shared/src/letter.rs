//! The letter by which the chair tells the delegations how a silence procedure came out. Generated, and nothing in it but
//! what the record says: the clauses, who broke it and why, what is agreed, and when.
//!
//! It is Markdown that reads as plain text. What was circulated is quoted in the language negotiated in, where it still
//! stands there.

use crate::draft::{Draft, Fate, Manuscript, Scoped, Silence, Stance, Voided};
use crate::export::visible;
use crate::ids::{ClauseId, DelegationId, Seq, SilenceId};
use crate::numbering::{Labels, labels};
use crate::refusal::Refusal;

/// The letter.
///
/// # Errors
/// `unknown-silence`, and `silence-running` while nothing in it has come out yet.
pub fn of_silence(
    draft: &Draft,
    manuscript: &Manuscript,
    id: &SilenceId,
) -> Result<String, Refusal> {
    let silence = draft.silences.get(id);
    let silence = silence.ok_or_else(|| Refusal::unknown_silence(id))?;
    if silence.clauses.values().all(|c| c.fate == Fate::Running) {
        return Err(Refusal::new(
            "silence-running",
            format!(
                "Nothing has come of {id} yet: it runs until {}.",
                silence.until
            ),
            "Write when it was broken, or when the deadline has passed.",
        )
        .of("until", silence.until));
    }
    let writer = Writer {
        draft,
        manuscript,
        labels: labels(draft, manuscript),
        silence,
    };
    Ok(writer.letter(id))
}

struct Writer<'a> {
    draft: &'a Draft,
    manuscript: &'a Manuscript,
    labels: Labels,
    silence: &'a Silence,
}

impl Writer<'_> {
    fn letter(&self, id: &SilenceId) -> String {
        let Self { draft, silence, .. } = self;
        let whole = if silence.whole { ", as a whole" } else { "" };
        let mut out = format!(
            "# {}\n\nDraft {}, silence procedure {id}\n\n",
            draft.title, draft.id
        );
        out += &format!(
            "The following was placed under a silence procedure on {}{whole}, until {}: {}.\n",
            silence.at,
            silence.until,
            self.names(silence.clauses.keys())
        );
        out += &self.agreed();
        out += &self.broken();
        out += &self.voided();
        out += &self.with_fate(
            "The deadline passed, and the rule of decision was not satisfied for:",
            |fate| matches!(fate, Fate::NotAgreed { .. }),
        );
        out += &self.with_fate(
            "Agreed at the deadline, and open again because the chair granted a late objection:",
            |fate| matches!(fate, Fate::Revoked { .. }),
        );
        out += &self.with_fate("Still under silence until the deadline:", |fate| {
            *fate == Fate::Running
        });
        out
    }

    /// What the lapse agreed, with its words.
    fn agreed(&self) -> String {
        let is_agreed = |c: &&Scoped| matches!(c.fate, Fate::Agreed { .. });
        if !self.silence.clauses.values().any(|c| is_agreed(&c)) {
            return String::new();
        }
        let mut out = String::from("\nSilence was not broken. Agreed on these words");
        if self.silence.awaiting.is_empty() {
            out += " is:\n";
        } else {
            let who = listed(self.silence.awaiting.iter().map(DelegationId::as_str));
            out += &format!(", ad referendum, subject to confirmation by {who}, is:\n");
        }
        for (id, scoped) in self.in_order() {
            let Fate::Agreed { seq } = scoped.fate else {
                continue;
            };
            out += &format!(
                "\n- {} (entry {seq}){}\n",
                self.name(id),
                self.since(id, seq)
            );
            out += &self.quoted(id, scoped);
            out += &self.late(id, seq);
        }
        out
    }

    /// Who broke it, on what, and why.
    fn broken(&self) -> String {
        let mut out = String::new();
        for (id, scoped) in self.in_order() {
            let Fate::Broken { by, on, seq } = &scoped.fate else {
                continue;
            };
            if out.is_empty() {
                out += "\nSilence was broken, and nothing is agreed, on:\n\n";
            }
            let through = if on == id {
                String::new()
            } else {
                format!(" by its objection to {}", self.name(on))
            };
            let why = self.reason(on, by, *seq);
            out += &format!("- {}, by {by}{through} (entry {seq}){why}\n", self.name(id));
        }
        out
    }

    fn voided(&self) -> String {
        let mut out = String::new();
        for (id, scoped) in self.in_order() {
            let Fate::Voided { why, on, seq } = &scoped.fate else {
                continue;
            };
            if out.is_empty() {
                out += "\nThe silence is void, and nothing is agreed by it, on:\n\n";
            }
            let on = self.name(on);
            let why = match why {
                Voided::TextChanged => format!("the text of {on} was changed"),
                Voided::ProposalMade => format!("a proposal was made on {on}"),
                Voided::Settled => format!("{on} was settled without it"),
                Voided::DraftClosed => "the draft was closed".to_owned(),
            };
            out += &format!("- {}: {why} (entry {seq})\n", self.name(id));
        }
        out
    }

    fn with_fate(&self, heading: &str, is: impl Fn(&Fate) -> bool) -> String {
        let these = self.in_order().into_iter().filter(|(_, c)| is(&c.fate));
        let these: Vec<_> = these
            .map(|(id, _)| format!("- {}\n", self.name(id)))
            .collect();
        if these.is_empty() {
            String::new()
        } else {
            format!("\n{heading}\n\n{}", these.concat())
        }
    }

    /// The reason of the objection that broke it, if that objection still stands as it was made then.
    fn reason(&self, on: &ClauseId, by: &DelegationId, seq: Seq) -> String {
        let clause = self.draft.clauses.get(on);
        let positions = clause.into_iter().flat_map(|c| {
            let own = c.positions.get(by).into_iter();
            own.chain(c.groups.positions.values())
        });
        let made = positions
            .filter(|p| p.stance == Stance::Object && p.seq == seq)
            .find_map(|p| p.note.as_ref());
        made.map_or_else(String::new, |note| format!(": {}", one_line(note.as_str())))
    }

    /// What was circulated, if it still stands there.
    fn quoted(&self, id: &ClauseId, scoped: &Scoped) -> String {
        let Some(negotiated) = self.draft.negotiated() else {
            return String::new();
        };
        let known = self.draft.clauses.get(id);
        let circulated = scoped.digests.get(negotiated);
        if known.and_then(|c| c.digests.get(negotiated)) != circulated {
            return "  (The text has changed since.)\n".to_owned();
        }
        let paragraph = self.manuscript.clauses.get(id);
        let words = paragraph.and_then(|p| p.text.get(negotiated));
        let lines = visible(words.map_or("", |w| w));
        lines.lines().map(|line| format!("  > {line}\n")).collect()
    }

    /// Who objected after the deadline, and why.
    fn late(&self, id: &ClauseId, seq: Seq) -> String {
        let clause = self.draft.clauses.get(id);
        let agreement = clause.and_then(|c| c.agreement.as_ref());
        let late = agreement.filter(|a| a.seq == seq).into_iter();
        let told = late.flat_map(|a| &a.late).map(|l| {
            format!(
                "  (After the deadline, and without effect, {} objected: {})\n",
                l.whose(),
                one_line(l.reason.as_str())
            )
        });
        told.collect()
    }

    /// What became of the agreement after the silence made it.
    fn since(&self, id: &ClauseId, seq: Seq) -> &'static str {
        let agreement = self
            .draft
            .clauses
            .get(id)
            .and_then(|c| c.agreement.as_ref());
        if agreement.is_some_and(|a| a.seq == seq) {
            ""
        } else {
            ", reopened since"
        }
    }

    fn in_order(&self) -> Vec<(&ClauseId, &Scoped)> {
        let order = self.manuscript.in_order().into_iter();
        order
            .filter_map(|(id, _)| self.silence.clauses.get_key_value(id))
            .collect()
    }

    fn name(&self, id: &ClauseId) -> String {
        match self.labels.get(id) {
            Some(label) if !label.is_empty() => label.clone(),
            _ => id.to_string(),
        }
    }

    fn names<'b>(&self, ids: impl Iterator<Item = &'b ClauseId>) -> String {
        let chosen: Vec<_> = ids.collect();
        let in_order = self.in_order().into_iter().map(|(id, _)| id);
        let names: Vec<_> = in_order
            .filter(|id| chosen.contains(id))
            .map(|id| self.name(id))
            .collect();
        names.join(", ")
    }
}

fn listed<'a>(items: impl Iterator<Item = &'a str>) -> String {
    items.collect::<Vec<_>>().join(", ")
}

fn one_line(text: &str) -> String {
    visible(text)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use crate::acts::testing::{
        Room, en, grants, lapse, objects, objects_late, reopen, replace, silence, whole,
    };

    fn letter(room: &Room) -> String {
        super::of_silence(&room.draft, &room.manuscript, &"s1".parse().unwrap()).unwrap()
    }

    #[track_caller]
    fn tells(letter: &str, lines: &[&str]) {
        for line in lines {
            assert!(
                letter.lines().any(|l| l == *line),
                "no line {line:?} in\n{letter}"
            );
        }
    }

    #[test]
    fn it_tells_what_was_agreed_broken_and_void_in_the_words_of_the_draft() {
        let mut room = Room::sitting();
        room.does("CHAIR", &silence(&["t", "op-1", "op-2"], 72));
        room.does("MRD", &objects("op-2"));
        room.types("t", en(), "Declaration on the river");
        room.pass(72, 1);
        room.does("SERVER", &lapse("s1"));
        let told = letter(&room);
        assert!(told.starts_with("# Declaration\n\nDraft "));
        tells(
            &told,
            &[
                "Silence was not broken. Agreed on these words is:",
                "- OP1 (entry 12)",
                "  > Decides to meet annually;",
                "- OP2, by MRD (entry 10): cost",
                "- Title: the text of Title was changed (entry 11)",
            ],
        );
        assert!(
            told.contains("until 2027-01-18T08:00:00Z: Title, OP1, OP2."),
            "{told}"
        );
        room.does("CHAIR", &reopen("op-1"));
        tells(&letter(&room), &["- OP1 (entry 12), reopened since"]);
        room.types("op-1", en(), "Decides to meet monthly;");
        tells(&letter(&room), &["  (The text has changed since.)"]);
    }

    #[test]
    fn what_stands_and_falls_together_names_the_clause_that_was_objected_to() {
        let mut room = Room::sitting();
        room.does("CHAIR", &whole(72));
        room.does("AVR", &objects("op-2"));
        tells(
            &letter(&room),
            &[
                "- OP1, by AVR by its objection to OP2 (entry 10): cost",
                "- OP2, by AVR (entry 10): cost",
            ],
        );
    }

    #[test]
    fn what_was_not_agreed_and_what_still_runs_is_told_too() {
        let mut room = Room::sitting();
        room.does("AVR", &objects("op-1"));
        room.does("CHAIR", &silence(&["op-1", "op-2"], 72));
        room.does("MRD", &replace("op-2", "Requests two reports."));
        tells(
            &letter(&room),
            &["- OP1", "- OP2: a proposal was made on OP2 (entry 11)"],
        );
        room.pass(72, 1);
        room.does("SERVER", &lapse("s1"));
        assert!(letter(&room).contains("the rule of decision was not satisfied for:\n\n- OP1\n"));
    }

    #[test]
    fn there_is_no_letter_before_anything_has_come_out() {
        let mut room = Room::sitting();
        let id = "s1".parse().unwrap();
        let no = |room: &Room| {
            super::of_silence(&room.draft, &room.manuscript, &id)
                .unwrap_err()
                .code
        };
        assert_eq!(no(&room), "unknown-silence");
        room.does("CHAIR", &silence(&["op-1"], 72));
        assert_eq!(no(&room), "silence-running");
    }

    #[test]
    fn it_tells_who_was_too_late_and_what_the_chair_made_of_it() {
        let mut room = Room::sitting();
        room.does("CHAIR", &silence(&["op-1"], 72));
        room.pass(72, 1);
        room.does("SERVER", &lapse("s1"));
        room.does("TSL", &objects_late("op-1"));
        let told = "  (After the deadline, and without effect, TSL objected: Our line was down.)";
        tells(&letter(&room), &[told]);
        room.does("CHAIR", &grants("op-1"));
        let told =
            "Agreed at the deadline, and open again because the chair granted a late objection:";
        tells(&letter(&room), &[told]);
    }
}
