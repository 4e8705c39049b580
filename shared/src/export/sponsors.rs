//! Who sponsors what, and since when: the list that goes with a text when it is submitted.

use std::collections::BTreeMap;

use crate::acts::Act;
use crate::draft::{Draft, Proposal, ProposalState};
use crate::entry::Entry;
use crate::fold::Corrupt;
use crate::ids::{DelegationId, GroupId, ProposalId, Seq};
use crate::time::Timestamp;

/// When sponsors joined, as the log has it. Filled by reading the log once, entry by entry.
#[derive(Debug, Clone, Default)]
pub struct Joined {
    delegations: BTreeMap<(ProposalId, DelegationId), Timestamp>,
    groups: BTreeMap<(ProposalId, GroupId), Timestamp>,
}

impl Joined {
    /// Takes an entry of the log in.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn read(&mut self, seq: Seq, bytes: &[u8]) -> Result<(), Corrupt> {
        let entry = Entry::decode(bytes).map_err(|e| Corrupt::at(seq, e.to_string()))?;
        let Some(Act::Cosponsor(act)) = &entry.act else {
            return Ok(());
        };
        // Who has left and comes again has joined the later time.
        match (&act.as_group, entry.by.delegation()) {
            (Some(group), _) => {
                let joined = (act.proposal.clone(), group.clone());
                self.groups.insert(joined, entry.at);
            }
            (None, Some(delegation)) => {
                let joined = (act.proposal.clone(), delegation.clone());
                self.delegations.insert(joined, entry.at);
            }
            (None, None) => {}
        }
        Ok(())
    }
}

/// A sponsor of a proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sponsor {
    /// The delegation.
    pub delegation: DelegationId,
    /// Its name.
    pub name: String,
    /// Whether it made the proposal; else it has joined it.
    pub main: bool,
    /// The proposal.
    pub proposal: ProposalId,
    /// Whether that is part of the text, and not only on the floor.
    pub incorporated: bool,
    /// Since when.
    pub since: Timestamp,
}

/// The sponsors of everything that is in the text or on the floor, in the order in which they joined.
pub fn sponsors(draft: &Draft, joined: &Joined) -> Vec<Sponsor> {
    let mut sponsors = Vec::new();
    for (id, proposal) in &draft.proposals {
        let incorporated = match proposal.state {
            ProposalState::Incorporated => true,
            ProposalState::Made => false,
            ProposalState::Withdrawn | ProposalState::Declined | ProposalState::Superseded => {
                continue;
            }
        };
        let main = (&proposal.by, true, proposal.at);
        let others = proposal.cosponsors.iter();
        let others = others.map(|d| (d, false, since(id, proposal, d, joined)));
        for (delegation, main, since) in [main].into_iter().chain(others) {
            let seated = draft.seats.delegations.get(delegation);
            sponsors.push(Sponsor {
                delegation: delegation.clone(),
                name: seated.map_or_else(|| delegation.to_string(), |d| d.name.to_string()),
                main,
                proposal: id.clone(),
                incorporated,
                since,
            });
        }
    }
    sponsors.sort_by(|a, b| (a.since, &a.proposal, !a.main).cmp(&(b.since, &b.proposal, !b.main)));
    sponsors
}

/// When it joined: by itself, or with a group of those that did.
fn since(
    id: &ProposalId,
    proposal: &Proposal,
    delegation: &DelegationId,
    joined: &Joined,
) -> Timestamp {
    let own = joined.delegations.get(&(id.clone(), delegation.clone()));
    let groups = proposal.groups.cosponsors.iter();
    let groups = groups.filter_map(|g| joined.groups.get(&(id.clone(), g.clone())));
    own.or(groups.min()).copied().unwrap_or(proposal.at)
}

#[cfg(test)]
mod tests {
    use std::str::FromStr as _;

    use serde_json::json;

    use super::*;
    use crate::acts::testing::Room;

    #[test]
    fn sponsors_are_told_with_when_they_joined() {
        let mut room = Room::sitting();
        room.does("AVR", &json!({"propose": {"amendment": {"replace": {"clause": "op-1"}}, "text": {"en": "Other words;"}}}));
        room.does("TSL", &json!({"cosponsor": {"proposal": "p1"}}));
        room.does("MRD", &json!({"propose": {"amendment": {"replace": {"clause": "op-2"}}, "text": {"en": "And these;"}}}));
        room.does("MRD", &json!({"withdraw": {"proposal": "p2"}}));
        let mut joined = Joined::default();
        joined.delegations.insert(
            ("p1".parse().unwrap(), "TSL".parse().unwrap()),
            Timestamp(i64::MAX),
        );
        let told: Vec<_> = sponsors(&room.draft, &joined)
            .into_iter()
            .map(|s| {
                (
                    s.delegation.to_string(),
                    s.main,
                    s.proposal.to_string(),
                    s.since,
                )
            })
            .collect();
        let made = room.draft.proposals[&ProposalId::from_str("p1").unwrap()].at;
        assert_eq!(
            told,
            [
                ("AVR".to_owned(), true, "p1".to_owned(), made),
                (
                    "TSL".to_owned(),
                    false,
                    "p1".to_owned(),
                    Timestamp(i64::MAX)
                ),
            ]
        );
    }
}
