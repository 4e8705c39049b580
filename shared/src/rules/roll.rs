//! A recorded vote is counted: votes by name, and what they reach.
//!
//! Abstentions are not votes for or against; nought to nought is no majority, and neither is a tie (§2.8). Only the votes
//! of those who may decide when it is closed count.

use crate::draft::{Choice, Decision, Electorate, Seats, Vote, VoteResult};
use crate::ids::DelegationId;

/// What the count alone says, whatever has become of the text.
pub(crate) fn count(seats: &Seats, vote: &Vote) -> VoteResult {
    let who = |choice: Choice| -> Vec<(&DelegationId, u64)> {
        let entitled = seats.entitled();
        let chose = entitled.filter(|(id, _)| vote.roll.get(*id) == Some(&choice));
        chose.map(|(id, d)| (id, u64::from(d.weight))).collect()
    };
    let (yes, no) = (who(Choice::For), who(Choice::Against));
    let cast = yes.len() + no.len() + who(Choice::Abstain).len();
    if (cast as u64) < u64::from(vote.quorum) {
        return VoteResult::NoQuorum;
    }
    let members = seats.entitled().count() as u64;
    let (in_favour, against) = (yes.len() as u64, no.len() as u64);
    let reached = match &vote.by {
        Decision::Consensus | Decision::Consent => against == 0,
        Decision::ConsensusMinusConcerned(concerned) => {
            no.iter().all(|(id, _)| concerned.contains(*id))
        }
        Decision::ConsensusMinus(most) => against <= u64::from(*most),
        Decision::Unanimity => in_favour == members,
        Decision::Majority(majority) => {
            let all = match majority.of {
                Electorate::Present => in_favour + against,
                Electorate::Members => members,
            };
            in_favour > against && majority.share.is_reached(in_favour, all)
        }
        Decision::DoubleMajority(double) => {
            let total = seats.entitled().map(|(_, d)| u64::from(d.weight)).sum();
            let weighing = yes.iter().map(|(_, weight)| weight).sum();
            in_favour > against
                && double.delegations.is_reached(in_favour, members)
                && double.weight.is_reached(weighing, total)
        }
    };
    if in_favour > 0 && reached {
        VoteResult::Carried
    } else {
        VoteResult::NotCarried
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::acts::testing::{Room, casts, closes_vote, opens_vote, seat};

    /// What comes of a vote among so many members with a quorum of three.
    #[track_caller]
    fn check(
        by: &Value,
        members: usize,
        yes: usize,
        no: usize,
        abstain: usize,
        expected: VoteResult,
    ) {
        let mut room = Room::sitting();
        for code in ["AVR", "MRD", "TSL", "PEN"] {
            room.does("SEC", &seat(code, "delegate", false));
        }
        let codes: Vec<_> = (0..members).map(|n| format!("D{n}")).collect();
        for code in &codes {
            room.does("SEC", &seat(code, "delegate", true));
        }
        let mut open = opens_vote("op-1");
        open["open_vote"]["by"] = by.clone();
        open["open_vote"]["quorum"] = json!(3);
        room.does("CHAIR", &open);
        let choices = [("for", yes), ("against", no), ("abstain", abstain)];
        let choices = choices.iter().flat_map(|(c, n)| vec![*c; *n]);
        for (code, choice) in codes.iter().zip(choices) {
            room.does(code, &casts("v1", choice));
        }
        room.does("CHAIR", &closes_vote("v1"));
        let vote = room.draft.votes.values().next().unwrap();
        assert_eq!(
            vote.result,
            Some(expected),
            "{by}: {yes} to {no}, {abstain}"
        );
    }

    fn of(of: &str, share: [u32; 2]) -> Value {
        json!({"majority": {"of": of, "share": share}})
    }

    #[test]
    fn votes_are_counted_exactly() {
        use VoteResult::{Carried, NoQuorum, NotCarried};
        let half = of("present", [1, 2]);
        check(&half, 10, 2, 1, 0, Carried);
        check(&half, 10, 2, 2, 0, NotCarried);
        check(&half, 10, 0, 0, 5, NotCarried);
        check(&half, 10, 1, 0, 9, Carried);
        check(&half, 10, 2, 0, 0, NoQuorum);
        let two_thirds = of("present", [2, 3]);
        check(&two_thirds, 10, 2, 1, 0, Carried);
        check(&two_thirds, 10, 3, 2, 4, NotCarried);
        check(&two_thirds, 10, 4, 2, 0, Carried);
        check(&two_thirds, 10, 0, 0, 3, NotCarried);
        check(&of("present", [1, 1]), 10, 3, 0, 1, Carried);
        check(&of("present", [1, 1]), 10, 3, 1, 0, NotCarried);
        check(&of("present", [1, 3]), 10, 2, 2, 0, NotCarried);
    }

    #[test]
    fn ten_to_five_of_fifty_are_two_thirds_of_those_voting_and_not_of_all() {
        check(&of("present", [2, 3]), 50, 10, 5, 20, VoteResult::Carried);
        check(
            &of("members", [2, 3]),
            50,
            10,
            5,
            20,
            VoteResult::NotCarried,
        );
        check(&of("members", [2, 3]), 50, 34, 16, 0, VoteResult::Carried);
    }

    #[test]
    fn consensus_is_that_of_those_who_vote_nobody_is_against() {
        use VoteResult::{Carried, NotCarried};
        check(&json!("consensus"), 5, 1, 0, 2, Carried);
        check(&json!("consensus"), 5, 4, 1, 0, NotCarried);
        check(&json!("consensus"), 5, 0, 0, 3, NotCarried);
        check(&json!({"consensus_minus": 1}), 5, 4, 1, 0, Carried);
        check(&json!({"consensus_minus": 1}), 5, 3, 2, 0, NotCarried);
        check(
            &json!({"consensus_minus_concerned": ["D4"]}),
            5,
            4,
            1,
            0,
            Carried,
        );
        check(
            &json!({"consensus_minus_concerned": ["D3"]}),
            5,
            4,
            1,
            0,
            NotCarried,
        );
        check(&json!("consent"), 5, 4, 1, 0, NotCarried);
        check(&json!("unanimity"), 5, 4, 0, 0, NotCarried);
        check(&json!("unanimity"), 5, 5, 0, 0, Carried);
    }

    #[test]
    fn weight_counts_where_the_rule_weighs_and_only_of_who_may_still_decide() {
        let mut room = Room::sitting();
        let heavy = |entitled: bool| json!({"seat": {"delegation": "AVR", "name": "AVR", "entitled": entitled, "weight": 9}});
        room.does("SEC", &heavy(true));
        let mut open = opens_vote("op-1");
        open["open_vote"]["by"] =
            json!({"double_majority": {"delegations": [1, 2], "weight": [2, 3]}});
        room.does("CHAIR", &open);
        room.does("AVR", &casts("v1", "against"));
        for who in ["MRD", "TSL", "PEN"] {
            room.does(who, &casts("v1", "for"));
        }
        let result = |room: &Room| {
            room.draft
                .result_of(room.draft.votes.values().next().unwrap())
        };
        assert_eq!(result(&room), VoteResult::NotCarried);
        room.does("SEC", &heavy(false));
        assert_eq!(result(&room), VoteResult::Carried);
    }
}
