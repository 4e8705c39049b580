//! What the clock demands of a draft: silences and votes that end at a moment.

use crate::acts::{Act, CloseVote, LapseSilence};
use crate::draft::Draft;
use crate::time::Timestamp;

impl Draft {
    /// The next moment at which something ends by itself, and the act that says so then.
    fn next_end(&self) -> Option<(Timestamp, Act)> {
        let silences = self.running_silences().into_iter().map(|(id, s)| {
            let silence = id.clone();
            let lapse = LapseSilence {
                silence,
                agreed: None,
            };
            (s.until, s.opened, Act::LapseSilence(lapse))
        });
        let open = self.votes.iter().filter(|(_, v)| v.result.is_none());
        let votes = open.filter_map(|(id, v)| {
            let vote = id.clone();
            let close = CloseVote {
                vote,
                result: None,
                heads: None,
            };
            Some((v.until?, v.seq, Act::CloseVote(close)))
        });
        let first = silences
            .chain(votes)
            .min_by_key(|(until, seq, _)| (*until, *seq));
        first.map(|(until, _, act)| (until, act))
    }

    /// Whether anything ends by itself at some moment.
    pub fn awaits_a_moment(&self) -> bool {
        self.next_end().is_some()
    }

    /// What the clock demands at that moment, if anything: the server submits it before whatever else comes. A clock
    /// that went back does not go behind the last entry.
    pub fn due(&self, now: Timestamp) -> Option<Act> {
        let now = now.max(self.at);
        self.next_end()
            .filter(|(until, _)| *until < now)
            .map(|(_, act)| act)
    }
}
