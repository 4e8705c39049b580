//! The rule of a draft on the command line: how its parts are written, and told.

use clap::{Args, ValueEnum};
use plenary_shared::draft::{
    Decision, DoubleMajority, Electorate, Majority, Procedural, Rule, Share, Shown, Voting,
};

/// What can be said of a rule; what is left out stays as it is.
#[derive(Debug, Default, Args)]
pub(crate) struct Terms {
    /// How clauses are decided: consensus, consensus-minus-1, "consensus but for VLS, KDV", consent, unanimity, 2/3,
    /// "2/3 of members", "11/20 of members and 13/20 of weight"; 1/2 is more than half
    #[arg(long, value_name = "RULE", value_parser = decision)]
    rule: Option<Decision>,
    /// How many entitled delegations must be present when a question is put
    #[arg(long, value_name = "N")]
    quorum: Option<u32>,
    /// Who opens an agreed clause again: chair, consensus, 2/3, "2/3 of members"
    #[arg(long, value_name = "RULE", value_parser = procedural)]
    reopen: Option<Procedural>,
    /// Who adopts the text once everything is agreed: as with --reopen
    #[arg(long, value_name = "RULE", value_parser = procedural)]
    adopt: Option<Procedural>,
    /// Whether clauses and proposals are voted on: named (the chair says by what), never, 2/3, "2/3 of members"
    #[arg(long, value_name = "RULE", value_parser = voting)]
    vote: Option<Voting>,
    /// When it is seen how each delegation has voted
    #[arg(long, value_enum, value_name = "WHEN")]
    show_votes: Option<When>,
    /// How many hours a silence procedure lasts at least
    #[arg(long, value_name = "HOURS")]
    silence_hours: Option<u32>,
    /// Whether nothing is agreed until everything is
    #[arg(long, value_name = "true|false")]
    nothing_agreed: Option<bool>,
}

/// When votes are seen.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum When {
    /// At once
    AtOnce,
    /// When the vote is closed
    AtClose,
    /// In its last five minutes
    LastMinutes,
}

impl Terms {
    /// Whether nothing was said.
    pub(crate) fn is_empty(&self) -> bool {
        matches!(
            self,
            Self {
                rule: None,
                quorum: None,
                reopen: None,
                adopt: None,
                vote: None,
                show_votes: None,
                silence_hours: None,
                nothing_agreed: None,
            }
        )
    }

    /// The rule as these terms change it.
    pub(crate) fn change(self, rule: Rule) -> Rule {
        let shown = self.show_votes.map(|when| match when {
            When::AtOnce => Shown::AtOnce,
            When::AtClose => Shown::AtClose,
            When::LastMinutes => Shown::LastMinutes,
        });
        Rule {
            decision: self.rule.unwrap_or(rule.decision),
            quorum: self.quorum.or(rule.quorum),
            reopen: self.reopen.unwrap_or(rule.reopen),
            adopt: self.adopt.unwrap_or(rule.adopt),
            vote: self.vote.unwrap_or(rule.vote),
            show_votes: shown.unwrap_or(rule.show_votes),
            silence_hours: self.silence_hours.or(rule.silence_hours),
            nothing_agreed: self.nothing_agreed.unwrap_or(rule.nothing_agreed),
        }
    }
}

/// What a rule says, a line each: what it is about, and what holds.
pub(crate) fn told(rule: &Rule) -> Vec<(&'static str, String)> {
    let quorum = match rule.quorum {
        Some(n) => n.to_string(),
        None => "more than half of those who may decide".into(),
    };
    let vote = match rule.vote {
        Voting::Named => "yes, by what the chair names".into(),
        Voting::Never => "no".into(),
        Voting::Majority(majority) => format!("yes, by {}", Decision::Majority(majority)),
    };
    let shown = match rule.show_votes {
        Shown::AtOnce => "at once",
        Shown::AtClose => "when the vote is closed",
        Shown::LastMinutes => "five minutes before the vote ends",
    };
    let hours = rule.silence_hours.unwrap_or(Rule::SILENCE_HOURS);
    let when = if rule.nothing_agreed {
        "when everything is"
    } else {
        "clause by clause"
    };
    vec![
        ("decided by", rule.decision.to_string()),
        ("quorum", quorum),
        ("agreed", when.into()),
        ("reopened by", rule.reopen.to_string()),
        ("adoption by", rule.adopt.to_string()),
        ("text voted on", vote),
        ("votes seen", shown.into()),
        ("silence", format!("at least {hours} hours")),
    ]
}

/// Reads how clauses are decided.
pub(crate) fn decision(written: &str) -> Result<Decision, String> {
    let written = written.trim();
    match written {
        "consensus" => return Ok(Decision::Consensus),
        "unanimity" => return Ok(Decision::Unanimity),
        "consent" => return Ok(Decision::Consent),
        _ => {}
    }
    if let Some(most) = written.strip_prefix("consensus-minus-") {
        let most = most.parse().map_err(|_| no())?;
        return Ok(Decision::ConsensusMinus(most));
    }
    if let Some(concerned) = written.strip_prefix("consensus but for ") {
        let codes = concerned.split(',').map(|code| code.trim().parse());
        let codes = codes.collect::<Result<_, _>>();
        let codes = codes.map_err(|e| format!("a code cannot be used: {e}"))?;
        return Ok(Decision::ConsensusMinusConcerned(codes));
    }
    if let Some((members, weight)) = written.split_once(" and ") {
        let weight = weight.strip_suffix(" of weight").ok_or_else(no)?;
        let members = members.strip_suffix(" of members").ok_or_else(no)?;
        return Ok(Decision::DoubleMajority(DoubleMajority {
            delegations: share(members)?,
            weight: share(weight)?,
        }));
    }
    majority(written).map(Decision::Majority)
}

fn procedural(written: &str) -> Result<Procedural, String> {
    match written.trim() {
        "chair" => Ok(Procedural::Chair),
        "consensus" => Ok(Procedural::Consensus),
        other => majority(other).map(Procedural::Majority),
    }
}

fn voting(written: &str) -> Result<Voting, String> {
    match written.trim() {
        "named" => Ok(Voting::Named),
        "never" => Ok(Voting::Never),
        other => majority(other).map(Voting::Majority),
    }
}

/// `2/3`, `2/3 of members`.
fn majority(written: &str) -> Result<Majority, String> {
    let (of, written) = match written.strip_suffix(" of members") {
        Some(share) => (Electorate::Members, share),
        None => (Electorate::Present, written),
    };
    let share = share(written)?;
    Ok(Majority { of, share })
}

fn share(written: &str) -> Result<Share, String> {
    let (p, q) = written.split_once('/').ok_or_else(no)?;
    let part = |text: &str| text.trim().parse::<u32>().map_err(|_| no());
    Share::try_from([part(p)?, part(q)?]).map_err(|e| e.to_string())
}

fn no() -> String {
    "a rule is written as consensus, consensus-minus-1, \"consensus but for VLS, KDV\", consent, \
     unanimity, 2/3, \"2/3 of members\", or \"11/20 of members and 13/20 of weight\""
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, told: &str) {
        assert_eq!(decision(written).unwrap().to_string(), told);
    }

    #[test]
    fn rules_are_written_in_a_few_words() {
        check("consensus", "consensus");
        check("consensus-minus-2", "consensus minus 2");
        check("consensus but for VLS,KDV", "consensus but for KDV, VLS");
        check("consent", "consent");
        check("2/3", "at least two thirds of those present and voting");
        check("1/2 of members", "more than half of all who may decide");
        check(
            "11/20 of members and 13/20 of weight",
            "at least 11/20 of all who may decide, with at least 13/20 of the weight",
        );
        for wrong in ["two thirds", "3/2", "1/2 of weight", "consensus-minus-x"] {
            assert!(decision(wrong).is_err(), "{wrong}");
        }
        assert_eq!(procedural("chair").unwrap(), Procedural::Chair);
        assert_eq!(procedural("2/3").unwrap(), Procedural::two_thirds());
        assert_eq!(voting("never").unwrap(), Voting::Never);
    }

    #[test]
    fn what_is_not_said_stays() {
        let terms = Terms {
            reopen: Some(Procedural::Chair),
            ..Terms::default()
        };
        let rule = Rule {
            quorum: Some(7),
            ..Rule::default()
        };
        let changed = terms.change(rule.clone());
        assert_eq!(changed.quorum, Some(7));
        assert_eq!(changed.reopen, Procedural::Chair);
        assert!(Terms::default().is_empty());
        assert_eq!(Terms::default().change(rule.clone()), rule);
    }
}
