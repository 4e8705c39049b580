//! What is not told yet: how each delegation has voted, while the rule keeps that from everybody else.
//!
//! The record itself withholds nothing. Whoever shows a draft or its entries to somebody takes out of them what these
//! may not see at that moment; the hashes stay, so that what is shown later can be checked against what was noted then.

use std::collections::BTreeSet;

use crate::acts::Act;
use crate::draft::Draft;
use crate::ids::{DelegationId, VoteId};
use crate::time::Timestamp;
use crate::wire::view::EntryView;

/// What is withheld from a reader at a moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Withheld {
    votes: BTreeSet<VoteId>,
    reader: Option<DelegationId>,
}

impl Withheld {
    /// What is withheld from everybody at that moment. `draft` is the draft as it stands, also for who reads its past:
    /// what may be seen now may be seen of any moment.
    pub fn at(draft: &Draft, now: Timestamp) -> Self {
        let hidden = draft.votes.iter().filter(|(_, v)| v.is_hidden(now));
        Self {
            votes: hidden.map(|(id, _)| id.clone()).collect(),
            reader: None,
        }
    }

    /// Whether everything may be seen by everybody.
    pub fn is_empty(&self) -> bool {
        self.votes.is_empty()
    }

    /// The same for the people of that delegation, who see their own votes.
    pub fn for_reader(self, reader: Option<&DelegationId>) -> Self {
        Self {
            reader: reader.cloned(),
            ..self
        }
    }

    /// Takes it out of a draft: of a vote only remains who has voted.
    pub fn take_out(&self, draft: &mut Draft) {
        for id in &self.votes {
            if let Some(vote) = draft.votes.get_mut(id) {
                let own = |d: &DelegationId| Some(d) == self.reader.as_ref();
                let others = vote.roll.keys().filter(|d| !own(d));
                vote.unseen = others.cloned().collect();
                vote.roll.retain(|d, _| own(d));
            }
        }
    }

    /// Takes it out of an entry as it is shown: it remains that there is one, by whom, when, and its hash.
    pub fn take_out_of(&self, mut entry: EntryView) -> EntryView {
        if let Some(Act::CastVote(cast)) = &entry.act
            && self.votes.contains(&cast.vote)
            && (self.reader.is_none() || entry.by.delegation() != self.reader.as_ref())
        {
            let who = entry.by.delegation().map_or("Somebody", |d| d.as_str());
            entry.sentence = format!("{who} votes in {}; how is not shown yet.", cast.vote);
            entry.act = None;
            entry.bytes = None;
            entry.signed = None;
            entry.withheld = true;
        }
        entry
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::acts::testing::{Room, casts, closes_vote, delegation, opens_vote};
    use crate::draft::Choice;
    use crate::entry::Entry;
    use crate::status;

    fn voting(shown: &str) -> Room {
        let mut room = Room::sitting();
        room.does("SEC", &json!({"set_rule": {"rule": {"show_votes": shown}}}));
        let mut open = opens_vote("op-1");
        open["open_vote"]["until"] = json!(Timestamp(room.now.0 + 3_600_000).to_string());
        room.does("CHAIR", &open);
        room.does("AVR", &casts("v1", "for"));
        room.does("MRD", &casts("v1", "against"));
        room
    }

    /// Who is seen to have voted how, and who only to have voted.
    fn seen(room: &Room, reader: Option<&str>) -> (Vec<(String, Choice)>, Vec<String>) {
        let mut draft = room.draft.clone();
        let reader = reader.map(delegation);
        let withheld = Withheld::at(&draft, room.now).for_reader(reader.as_ref());
        withheld.take_out(&mut draft);
        let vote = draft.votes.values().next().unwrap();
        let roll = vote.roll.iter().map(|(d, c)| (d.to_string(), *c));
        (
            roll.collect(),
            vote.unseen.iter().map(ToString::to_string).collect(),
        )
    }

    /// The last entry as that reader is shown it.
    fn last_entry(room: &Room, reader: Option<&str>) -> EntryView {
        let bytes = room.log.last().unwrap();
        let entry = Entry::decode(bytes).unwrap();
        let mut view = status::entry_view(&entry, Entry::hash_of(bytes));
        view.bytes = Some(hex::encode(bytes));
        let reader = reader.map(delegation);
        Withheld::at(&room.draft, room.now)
            .for_reader(reader.as_ref())
            .take_out_of(view)
    }

    #[test]
    fn until_the_close_everybody_sees_only_the_own_vote() {
        let mut room = voting("at-close");
        assert_eq!(
            seen(&room, None),
            (vec![], vec!["AVR".into(), "MRD".into()])
        );
        let avr = ("AVR".to_owned(), Choice::For);
        assert_eq!(seen(&room, Some("AVR")), (vec![avr], vec!["MRD".into()]));
        assert!(seen(&room, Some("CHAIR")).0.is_empty());
        let shown = last_entry(&room, None);
        assert!(shown.withheld && shown.act.is_none() && shown.bytes.is_none());
        assert_eq!(shown.sentence, "MRD votes in v1; how is not shown yet.");
        assert_eq!(shown.hash, room.draft.head);
        assert!(!serde_json::to_string(&shown).unwrap().contains("against"));
        assert!(last_entry(&room, Some("MRD")).act.is_some());
        room.does("TSL", &casts("v1", "for"));
        room.does("PEN", &casts("v1", "for"));
        let cast = last_entry(&room, None);
        room.does("CHAIR", &closes_vote("v1"));
        assert_eq!(seen(&room, None).0.len(), 4);
        assert!(!last_entry(&room, None).withheld);
        assert!(cast.withheld);
    }

    #[test]
    fn votes_are_seen_in_the_last_five_minutes_where_the_rule_says_so() {
        let mut room = voting("last-minutes");
        room.pass(0, 55 * 60_000 - 1);
        assert!(seen(&room, None).0.is_empty());
        room.pass(0, 1);
        assert_eq!(seen(&room, None).0.len(), 2);
        assert!(last_entry(&room, None).act.is_some());
    }

    #[test]
    fn what_the_rule_said_at_the_opening_holds_for_the_whole_vote() {
        let mut room = voting("at-close");
        room.does(
            "SEC",
            &json!({"set_rule": {"rule": {"show_votes": "at-once"}}}),
        );
        assert!(seen(&room, None).0.is_empty());
        let open = voting("at-once");
        assert_eq!(seen(&open, None).0.len(), 2);
    }
}
