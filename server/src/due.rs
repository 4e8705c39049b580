//! The clock of a room: what ends by itself at a moment, silences and votes, and reminders before.
//!
//! A room looks at the clock before whatever it takes in, and at least once in [`LOOK`] while it waits for such a moment.
//! So nothing that comes after a deadline is ever decided before what it ends has ended, and a server that was down at
//! the deadline ends it when it starts ([`watch`]), at the real time.

use std::time::Duration;

use plenary_shared::acts::Act;
use plenary_shared::draft::{Draft, Motion};
use plenary_shared::ids::VoteId;
use plenary_shared::time::Timestamp;
use plenary_shared::wire::view::Reminder;
use tracing::warn;

use crate::App;
use crate::room::Live;

/// How often the clock is looked at while something ends by itself. Not once at the deadline: clocks are set, and machines
/// sleep.
pub(crate) const LOOK: Duration = Duration::from_secs(1);
/// How many hours before a deadline whoever listens is reminded.
const REMIND: [u32; 2] = [24, 1];
const HOUR_MS: i64 = 3_600_000;

/// Whether the draft waits for a deadline, and could enter it.
pub(crate) fn is_watched(live: &Live) -> bool {
    live.damaged.is_none() && live.draft.awaits_a_moment()
}

/// The act that the clock demands now.
pub(crate) fn due(live: &Live, now: Timestamp) -> Option<Act> {
    if live.damaged.is_some() {
        return None;
    }
    live.draft.due(now)
}

/// Opens every draft once, in the background, and lets go of those that wait for no deadline; the room of one that waits
/// does the rest. Who asks for a draft meanwhile shares what was read of it.
pub(crate) async fn watch(app: App) {
    let drafts = match app.rooms.drafts().await {
        Ok(drafts) => drafts,
        Err(e) => {
            warn!("deadlines are kept only for drafts that somebody opens: {e}");
            return;
        }
    };
    for id in drafts {
        if let Err(e) = app.rooms.open_if_watched(id).await {
            warn!(draft.id = %id, "its deadlines are kept only once somebody opens it: {e}");
        }
    }
}

/// What whoever listens was told of time passing: all that was due up to a moment. What was due while the server was down
/// is not made up for.
#[derive(Debug)]
pub(crate) struct Reminders {
    until: Timestamp,
}

/// What has become due.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// Ends that come near, in the order of the deadlines: silences, then votes.
    pub(crate) reminders: Vec<Reminder>,
    /// Votes of which it is seen from now on how each delegation has voted.
    pub(crate) revealed: Vec<VoteId>,
}

impl Reminders {
    /// None before that moment.
    pub(crate) fn since(now: Timestamp) -> Self {
        Self { until: now }
    }

    /// What has become due since the last look.
    pub(crate) fn due(&mut self, draft: &Draft, now: Timestamp) -> Told {
        let since = self.until;
        let mut told = Told::default();
        if now <= since {
            return told;
        }
        self.until = now;
        // If the clock leapt over both, the later one says all.
        let hours = |begun: Timestamp, until: Timestamp| {
            let is_due = |hours: &u32| {
                let at = Timestamp(until.0 - i64::from(*hours) * HOUR_MS);
                since < at && at <= now && begun < at && now <= until
            };
            REMIND.into_iter().rev().find(is_due)
        };
        for (id, silence) in draft.running_silences() {
            if let Some(hours) = hours(silence.at, silence.until) {
                told.reminders.push(Reminder {
                    silence: Some(id.clone()),
                    vote: None,
                    until: silence.until,
                    hours,
                    clauses: silence.running().map(|(id, _)| id.clone()).collect(),
                });
            }
        }
        let open = draft.votes.iter().filter(|(_, v)| v.result.is_none());
        let mut open: Vec<_> = open.filter_map(|(id, v)| Some((id, v, v.until?))).collect();
        open.sort_by_key(|(_, v, until)| (*until, v.seq));
        for (id, vote, until) in open {
            if let Some(hours) = hours(vote.at, until) {
                let clause = match &vote.on {
                    Motion::Clause(id) | Motion::Reopen(id) => Some(id),
                    Motion::Proposal(id) => draft.proposals.get(id).and_then(|p| p.clause()),
                    Motion::Adopt(_) => None,
                };
                told.reminders.push(Reminder {
                    silence: None,
                    vote: Some(id.clone()),
                    until,
                    hours,
                    clauses: clause.into_iter().cloned().collect(),
                });
            }
            let is_revealed = |at: Timestamp| since < at && at <= now && vote.at < at;
            if vote.revealed_at().is_some_and(is_revealed) {
                told.revealed.push(id.clone());
            }
        }
        told
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use plenary_shared::draft::{Fate, Scoped, Silence};
    use plenary_shared::ids::{DraftId, Seq};
    use serde_json::json;

    use super::*;

    fn draft(until: i64) -> Draft {
        let mut draft = Draft::unborn(DraftId([1; 16]));
        let scoped = Scoped {
            digests: BTreeMap::new(),
            fate: Fate::Running,
        };
        let silence = Silence {
            opened: Seq(1),
            at: Timestamp(0),
            until: Timestamp(until),
            whole: false,
            awaiting: std::collections::BTreeSet::new(),
            clauses: [("op-1".parse().unwrap(), scoped)].into(),
            changed: Seq(1),
        };
        draft.silences.insert("s1".parse().unwrap(), silence);
        draft
    }

    #[track_caller]
    fn check(reminders: &mut Reminders, draft: &Draft, hour: i64, expected: &[u32]) {
        let due = reminders.due(draft, Timestamp(hour * HOUR_MS));
        let hours: Vec<_> = due.reminders.iter().map(|r| r.hours).collect();
        assert_eq!(hours, expected, "at hour {hour}");
    }

    #[test]
    fn whoever_listens_is_reminded_a_day_and_an_hour_before() {
        let draft = draft(72 * HOUR_MS);
        let mut reminders = Reminders::since(Timestamp(0));
        check(&mut reminders, &draft, 47, &[]);
        check(&mut reminders, &draft, 48, &[24]);
        check(&mut reminders, &draft, 49, &[]);
        check(&mut reminders, &draft, 47, &[]);
        check(&mut reminders, &draft, 48, &[]);
        check(&mut reminders, &draft, 72, &[1]);
        check(&mut reminders, &draft, 73, &[]);
    }

    #[test]
    fn an_extension_reminds_again_and_a_short_silence_only_once() {
        let mut reminders = Reminders::since(Timestamp(0));
        check(&mut reminders, &draft(72 * HOUR_MS), 48, &[24]);
        check(&mut reminders, &draft(96 * HOUR_MS), 72, &[24]);
        let mut reminders = Reminders::since(Timestamp(-30 * HOUR_MS));
        check(&mut reminders, &draft(2 * HOUR_MS), 1, &[1]);
    }

    #[test]
    fn the_end_of_a_vote_is_reminded_of_and_its_reveal_told_once() {
        let minute = HOUR_MS / 60;
        let mut draft = Draft::unborn(DraftId([1; 16]));
        let vote = |shown: &str| -> plenary_shared::draft::Vote {
            let vote = json!({
                "on": {"clause": "op-1"}, "digests": {}, "by": "consensus", "quorum": 1, "shown": shown,
                "until": Timestamp(2 * HOUR_MS), "roll": {"AVR": "for"}, "seq": 1, "at": Timestamp(0),
            });
            serde_json::from_value(vote).unwrap()
        };
        draft
            .votes
            .insert("v1".parse().unwrap(), vote("last-minutes"));
        draft.votes.insert("v2".parse().unwrap(), vote("at-close"));
        let mut reminders = Reminders::since(Timestamp(0));
        let told = reminders.due(&draft, Timestamp(HOUR_MS));
        let of: Vec<_> = told
            .reminders
            .iter()
            .map(|r| (r.vote.clone().unwrap(), r.hours))
            .collect();
        assert_eq!(of, [("v1".parse().unwrap(), 1), ("v2".parse().unwrap(), 1)]);
        assert_eq!(told.reminders[0].clauses, ["op-1".parse().unwrap()]);
        assert!(told.revealed.is_empty());
        let reveal = 2 * HOUR_MS - 5 * minute;
        assert!(
            reminders
                .due(&draft, Timestamp(reveal - 1))
                .revealed
                .is_empty()
        );
        let told = reminders.due(&draft, Timestamp(reveal));
        assert_eq!(told.revealed, ["v1".parse().unwrap()]);
        assert!(!draft.votes[&told.revealed[0]].is_hidden(Timestamp(reveal)));
        assert!(
            reminders
                .due(&draft, Timestamp(reveal + 1))
                .revealed
                .is_empty()
        );
    }
}
