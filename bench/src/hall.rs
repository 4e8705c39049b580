//! A conference of any size, in memory: real rules, real entries, no server.

use anyhow::Context as _;
use plenary_shared::acts::{Act, Convene, Seat};
use plenary_shared::draft::{Kind, Mode, Role, Rule, TextEdit};
use plenary_shared::entry::By;
use plenary_shared::ids::{ClauseId, DelegationId, DraftId};
use plenary_shared::record::Record;
use plenary_shared::time::Timestamp;
use serde_json::{Value, json};

/// A draft in negotiation, with its log.
pub struct Hall {
    /// The draft with its words.
    pub record: Record,
    /// The log, as bytes.
    pub log: Vec<Vec<u8>>,
    clauses: usize,
    delegations: usize,
}

impl Hall {
    /// A draft of so many clauses and delegations, and a chair.
    ///
    /// # Errors
    /// If the rules refuse them.
    pub fn convene(clauses: usize, delegations: usize) -> anyhow::Result<Self> {
        let words = |n| {
            format!(
                "Decides, for the reason numbered {n}, to meet every year, and to report on it;"
            )
        };
        Self::convene_on(clauses, delegations, words)
    }

    /// The same on words of one's own.
    ///
    /// # Errors
    /// If the rules refuse them.
    pub fn convene_on(
        clauses: usize,
        delegations: usize,
        words: impl Fn(usize) -> String,
    ) -> anyhow::Result<Self> {
        let id = DraftId([7; 16]);
        let mut hall = Self {
            record: Record::unborn(id),
            log: Vec::new(),
            clauses,
            delegations,
        };
        let convene = Act::Convene(Convene {
            draft: id,
            title: "A large declaration".parse()?,
            authentic: vec!["en".parse()?],
            working: Vec::new(),
            rule: Rule::default(),
            mode: Mode::Proposals,
            paper: None,
        });
        let insert = |n: usize| -> anyhow::Result<TextEdit> {
            Ok(TextEdit::InsertClause {
                clause: Self::clause(n).parse()?,
                kind: Kind::Operative,
                level: 1,
                after: n
                    .checked_sub(1)
                    .map(|n| Self::clause(n).parse::<ClauseId>())
                    .transpose()?,
                text: [("en".parse()?, words(n))].into(),
            })
        };
        let text: Vec<_> = (0..clauses).map(insert).collect::<anyhow::Result<_>>()?;
        hall.enter(&By::Secretariat, &convene, &text)?;
        let chair = ("CHAIR".to_owned(), Role::Facilitator);
        let delegates = (0..delegations).map(|n| (format!("D{n:03}"), Role::Delegate));
        for (code, role) in delegates.chain([chair]) {
            let seat = Act::Seat(Seat {
                delegation: code.parse()?,
                name: code.parse()?,
                role,
                entitled: role == Role::Delegate,
                weight: 1,
                languages: Vec::new(),
            });
            hall.enter(&By::Secretariat, &seat, &[])?;
        }
        Ok(hall)
    }

    /// The id of a clause.
    pub fn clause(n: usize) -> String {
        format!("op-{n:03}")
    }

    /// The chair.
    pub fn chair() -> By {
        Self::seat("CHAIR", Role::Facilitator)
    }

    /// Who speaks for a delegation.
    pub fn delegation(n: usize) -> By {
        Self::seat(&format!("D{n:03}"), Role::Delegate)
    }

    fn seat(code: &str, role: Role) -> By {
        let delegation: DelegationId = code.parse().expect("these codes are codes");
        By::Seat {
            delegation,
            seat: code.to_lowercase().parse().expect("these codes name seats"),
            role,
        }
    }

    /// The position of a delegation on a clause, which is rather in favour.
    pub fn position(clause: usize, delegation: usize) -> Value {
        let stances = [
            "support", "support", "accept", "accept", "reserve", "abstain",
        ];
        let stance = stances.get((clause + delegation) % stances.len());
        json!({"take_position": {
            "on": {"clause": Self::clause(clause)}, "stance": stance, "note": "As instructed.",
        }})
    }

    /// Enters an act.
    ///
    /// # Errors
    /// If the rules refuse it.
    pub fn act(&mut self, by: &By, act: &Value) -> anyhow::Result<()> {
        let act: Act = serde_json::from_value(act.clone()).context("that is no act")?;
        self.enter(by, &act, &[])
    }

    fn enter(&mut self, by: &By, act: &Act, text: &[TextEdit]) -> anyhow::Result<()> {
        let at = Timestamp(1_800_000_000_000 + 1_000 * self.record.draft.seq.0.cast_signed());
        let sealed = self.record.act(by, act, text, at, None)?;
        self.log.push(sealed.bytes.to_vec());
        Ok(())
    }

    /// What happens as the n-th thing: mostly positions and objections, which are lifted again; questions, versions and
    /// statements; and now and then a proposal, which its sponsor withdraws.
    pub fn next_act(&self, n: usize) -> (By, Value) {
        let (clause, delegation) = (n / 10 * 7 % self.clauses, n / 10 * 11 % self.delegations);
        let on = json!({"clause": Self::clause(clause)});
        let present: Vec<_> = (0..self.delegations).map(|n| format!("D{n:03}")).collect();
        let speaker = Self::delegation(delegation);
        let other = (delegation + 1) % self.delegations;
        let chair = Self::chair();
        match (n % 10, n / 10 % 50) {
            (0, _) => (speaker, json!({"object": {"on": on, "reason": "cost"}})),
            (1, _) => (speaker, json!({"lift_objection": {"on": on}})),
            (2, _) => (
                speaker,
                json!({"statement": {"on": on, "text": "For the record."}}),
            ),
            (3, 0) => (
                speaker,
                json!({"propose": {
                    "proposal": format!("p{n}"),
                    "amendment": {"replace": {"clause": Self::clause(clause)}},
                    "text": {"en": "Decides to meet every other year;"},
                }}),
            ),
            (4, 0) => (
                speaker,
                json!({"withdraw": {"proposal": format!("p{}", n - 1)}}),
            ),
            (5, 1) => (chair, json!({"seal_version": {"name": format!("Rev.{n}")}})),
            (6, _) => (
                chair,
                json!({"call": {"clause": Self::clause(clause), "present": present}}),
            ),
            (_, _) => (Self::delegation(other), Self::position(clause, other)),
        }
    }
}
