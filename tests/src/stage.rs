//! Where a story is played: anything that takes acts and typing, and can say how all stands.

use plenary_shared::draft::{Role, Said, Version};
use plenary_shared::ids::{DelegationId, Digest, Seq};
use plenary_shared::proof::Signer;
use plenary_shared::tally::Tally;
use plenary_shared::time::Timestamp;
use plenary_shared::wire::view::{DraftSummary, ProposalView, Roster, StatusView, TextView};

use crate::scenario::{Edit, Scenario};

/// Somebody who does something at some time.
#[derive(Debug, Clone)]
pub struct Who {
    /// The delegation's code, `SECRETARIAT` or `SERVER`.
    pub code: DelegationId,
    /// The role in which it acts.
    pub role: Role,
    /// When.
    pub at: Timestamp,
    /// With which key they sign it.
    pub signs: Option<String>,
}

/// A no, as the story sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The stable code.
    pub code: String,
    /// The sentence and the hint.
    pub sentence: String,
}

/// How all stands, as people read it.
#[derive(Debug, Clone)]
pub struct Picture {
    /// The draft in the list of drafts.
    pub summary: DraftSummary,
    /// Who sits in it.
    pub roster: Roster,
    /// The present text.
    pub text: TextView,
    /// What stands where.
    pub status: StatusView,
    /// All proposals, past ones among them.
    pub proposals: Vec<ProposalView>,
    /// The sealed versions.
    pub versions: Vec<Version>,
    /// The statements.
    pub statements: Vec<Said>,
    /// Entries made since the roster was seated.
    pub entries: u64,
}

impl Picture {
    /// The tally of a clause or a proposal of that id.
    pub fn tally(&self, id: &str) -> Option<&Tally> {
        let clause = self.status.clauses.iter().find(|c| c.id.as_str() == id);
        let proposal = || self.proposals.iter().find(|p| p.id.as_str() == id);
        clause
            .map(|c| &c.tally)
            .or_else(|| proposal().map(|p| &p.tally))
    }
}

/// Where a story is played. The outer error is the stage's own: the story cannot go on.
pub trait Stage {
    /// It is that time now: whatever the clock demands is done before anything else.
    ///
    /// # Errors
    /// If the stage breaks down.
    fn strike(&mut self, now: Timestamp) -> anyhow::Result<()>;

    /// Submits an act.
    ///
    /// # Errors
    /// If the stage breaks down.
    fn act(&mut self, who: &Who, act: &serde_json::Value) -> anyhow::Result<Result<(), Refused>>;

    /// Types, on the text as it stood after entry `seen`.
    ///
    /// # Errors
    /// If the stage breaks down.
    fn edit(&mut self, who: &Who, edit: &Edit, seen: Seq) -> anyhow::Result<Result<(), Refused>>;

    /// Whether there is a server before the rules, which turns some things away itself.
    fn has_a_door(&self) -> bool {
        false
    }

    /// The last entry.
    ///
    /// # Errors
    /// If the stage breaks down.
    fn seq(&mut self) -> anyhow::Result<Seq>;

    /// How all stands.
    ///
    /// # Errors
    /// If the stage breaks down.
    fn picture(&mut self) -> anyhow::Result<Picture>;

    /// The text of a sealed version.
    ///
    /// # Errors
    /// If there is no such version, or the stage breaks down.
    fn text_of(&mut self, version: &str) -> anyhow::Result<TextView>;
}

/// The moment at which every story begins.
pub fn curtain() -> Timestamp {
    "2026-03-02T09:00:00Z"
        .parse()
        .expect("the first moment is written as RFC 3339 wants it")
}

/// Plays a story on a stage that has convened its draft and seated its roster.
///
/// # Errors
/// If anything is otherwise than the story tells; says at which step.
pub fn play(scenario: &Scenario, stage: &mut dyn Stage) -> anyhow::Result<()> {
    let mut now = curtain();
    let mut seen = vec![stage.seq()?];
    let mut wrong = Vec::new();
    for (n, step) in scenario.steps.iter().enumerate() {
        now = step.at.unwrap_or(Timestamp(now.0 + 60_000));
        let who = Who {
            code: step.by.clone(),
            role: step.role.unwrap_or_else(|| scenario.role_of(&step.by)),
            at: now,
            signs: step.signs.clone(),
        };
        let title = match (&step.act, &step.edit) {
            (Some(act), _) => format!("step {}, {} {}", n + 1, step.by, name_of(act)),
            (None, Some(_)) => format!("step {}, {} edits", n + 1, step.by),
            (None, None) => format!("step {}, time passes", n + 1),
        };
        stage.strike(now)?;
        let before = stage.seq()?;
        let outcome = match (&step.act, &step.edit) {
            (Some(act), _) => stage.act(&who, &with_digests(act.clone()))?,
            (None, Some(edit)) => {
                let moment = step.seen.and_then(|s| seen.get(s)).copied();
                stage.edit(&who, edit, moment.unwrap_or(before))?
            }
            (None, None) => Ok(()),
        };
        let door = step.at_the_door.as_ref().filter(|_| stage.has_a_door());
        match (door.or(step.refuses.as_ref()), outcome) {
            (None, Ok(())) => {}
            (None, Err(no)) => {
                anyhow::bail!("{title}: refused with `{}`: {}", no.code, no.sentence);
            }
            (Some(code), Ok(())) => {
                anyhow::bail!("{title}: accepted, though it had to be refused with `{code}`");
            }
            (Some(code), Err(no)) => {
                if *code != no.code {
                    wrong.push(format!(
                        "{title}: refused with `{}` instead of `{code}`: {}",
                        no.code, no.sentence
                    ));
                }
                let after = stage.seq()?;
                if after != before {
                    wrong.push(format!("{title}: was refused, and yet left an entry"));
                }
            }
        }
        seen.push(stage.seq()?);
        if let Some(expect) = &step.expect {
            let differences = expect.differences(stage)?;
            wrong.extend(differences.iter().map(|d| format!("after {title}: {d}")));
        }
    }
    let differences = scenario.expect.differences(stage)?;
    wrong.extend(differences.iter().map(|d| format!("at the end: {d}")));
    anyhow::ensure!(wrong.is_empty(), "{}", wrong.join("\n"));
    Ok(())
}

/// The name of an act in its JSON form.
pub fn name_of(act: &serde_json::Value) -> &str {
    let table = act.as_object();
    table
        .and_then(|a| a.keys().next())
        .map_or("(nothing)", String::as_str)
}

/// The key of that name.
pub fn signer(name: &str) -> Signer {
    Signer::from_seed(name, Digest::of(name).0)
}

/// Puts digests where a story says `digest:WORDS`, and public keys where it says `key:NAME`.
fn with_digests(value: serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    match value {
        Value::String(s) => match s.strip_prefix("digest:") {
            Some(words) => Value::String(Digest::of(words).to_string()),
            None => match s.strip_prefix("key:") {
                Some(name) => Value::String(signer(name).key().to_string()),
                None => Value::String(s),
            },
        },
        Value::Array(items) => items.into_iter().map(with_digests).collect(),
        Value::Object(fields) => {
            let fields = fields.into_iter().map(|(k, v)| (k, with_digests(v)));
            Value::Object(fields.collect())
        }
        other => other,
    }
}
