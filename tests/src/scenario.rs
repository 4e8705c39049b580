//! The form of a story: who sits, the text, what is done step by step, and how all stands at the end.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use plenary_shared::draft::{Kind, Mode, Role, Rule};
use plenary_shared::ids::{ClauseId, DelegationId, Language, Name, ProposalId};
use plenary_shared::time::Timestamp;
use serde::Deserialize;

use crate::expect::Expect;

/// A story.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// What it shows, as a sentence.
    pub title: Name,
    /// Who sits in the draft besides the four that every story has: [`ALWAYS_SEATED`].
    pub seats: Vec<Seated>,
    /// Authentic languages; English alone if left out.
    #[serde(default = "english")]
    pub languages: Vec<Language>,
    /// Working languages.
    #[serde(default)]
    pub working: Vec<Language>,
    /// Who may type into clauses.
    #[serde(default)]
    pub mode: Mode,
    /// The rule of decision.
    #[serde(default)]
    pub rule: Rule,
    /// The clauses that the draft is convened with, in this order.
    #[serde(default)]
    pub text: toml::Table,
    /// What is done.
    #[serde(rename = "step")]
    pub steps: Vec<Step>,
    /// How all stands at the end.
    #[serde(default)]
    pub expect: Expect,
}

/// Seats that every story has: the chair, the pen-holder, an observer and an archivist, none of whom decides.
pub const ALWAYS_SEATED: &[(&str, Role)] = &[
    ("CHAIR", Role::Facilitator),
    ("PEN", Role::PenHolder),
    ("OBS", Role::Observer),
    ("ARCHIVE", Role::Archivist),
];

fn english() -> Vec<Language> {
    vec!["en".parse().expect("`en` is a language tag")]
}

/// A delegation: its code alone if it is an ordinary one.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Seated {
    /// A delegate, entitled to decide.
    Code(DelegationId),
    /// Anybody else.
    In {
        /// Its code.
        code: DelegationId,
        /// Its role.
        #[serde(default)]
        role: Role,
        /// Whether its positions count.
        entitled: bool,
    },
}

impl Seated {
    /// The delegation's code.
    pub fn code(&self) -> &DelegationId {
        match self {
            Self::Code(code) | Self::In { code, .. } => code,
        }
    }
}

/// A clause of the first text.
#[derive(Debug, Clone)]
pub struct FirstClause {
    /// Its id.
    pub id: ClauseId,
    /// What kind it is; operative if left out.
    pub kind: Kind,
    /// Its wording per language.
    pub text: BTreeMap<Language, String>,
}

/// One step.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Who: a delegation's code, `SECRETARIAT` or `SERVER`.
    pub by: DelegationId,
    /// Others who then do the same, one after another.
    #[serde(default)]
    pub also: Vec<DelegationId>,
    /// In which role, where it is not the delegation's own.
    #[serde(default, rename = "as")]
    pub role: Option<Role>,
    /// When; a minute after the step before if left out.
    #[serde(default)]
    pub at: Option<Timestamp>,
    /// A formal act in its JSON form. A text `digest:WORDS` anywhere in it stands for the digest of those words.
    #[serde(default)]
    pub act: Option<serde_json::Value>,
    /// With which key the delegation signs it; a name stands for the key made from it. A text `key:NAME` in the act is the
    /// public key.
    #[serde(default)]
    pub signs: Option<String>,
    /// Or typing.
    #[serde(default)]
    pub edit: Option<Edit>,
    /// The step whose text the typist had last seen (0: the first text); the one before this if left out.
    #[serde(default)]
    pub seen: Option<usize>,
    /// The code of the refusal that it must meet; none: it must be accepted.
    #[serde(default)]
    pub refuses: Option<String>,
    /// The code with which a server turns it away before the rules are asked, where that is another.
    #[serde(default)]
    pub at_the_door: Option<String>,
    /// How all stands after it.
    #[serde(default)]
    pub expect: Option<Expect>,
}

impl Step {
    /// A step for everybody who does it. What is expected after it is expected after the last.
    fn each(mut self) -> Vec<Self> {
        let also = std::mem::take(&mut self.also);
        let mut steps = vec![self];
        for by in also {
            let before = steps.last_mut().expect("there is a first step");
            let next = Self {
                by,
                at: None,
                expect: before.expect.take(),
                ..before.clone()
            };
            steps.push(next);
        }
        steps
    }
}

/// Typing: the wording that the typist's screen shows afterwards.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Edit {
    /// The clause typed into.
    #[serde(default)]
    pub clause: Option<ClauseId>,
    /// Or the proposal.
    #[serde(default)]
    pub proposal: Option<ProposalId>,
    /// The language; that negotiated in if left out.
    #[serde(default)]
    pub language: Option<Language>,
    /// The wording afterwards.
    pub text: String,
}

impl Scenario {
    /// Reads a story.
    ///
    /// # Errors
    /// If it is not one; says where.
    pub fn read(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path)?;
        Self::parse(&text).with_context(|| format!("{} is not a story", path.display()))
    }

    /// A story from its TOML.
    ///
    /// # Errors
    /// If it is not one; says where.
    pub fn parse(text: &str) -> anyhow::Result<Self> {
        let mut scenario: Self = toml::from_str(text)?;
        scenario.steps = scenario.steps.into_iter().flat_map(Step::each).collect();
        for (n, step) in scenario.steps.iter().enumerate() {
            anyhow::ensure!(
                (step.act.is_some() != step.edit.is_some())
                    || (step.act.is_none() && step.at.is_some() && step.by.as_str() == "SERVER"),
                "step {} is either an act or an edit, or nothing but the server's time passes",
                n + 1
            );
            anyhow::ensure!(
                step.seen.is_none_or(|seen| seen <= n),
                "step {} has seen what comes after it",
                n + 1
            );
            let known = |id: &str| {
                matches!(id, "SECRETARIAT" | "SERVER" | "STRANGER")
                    || ALWAYS_SEATED.iter().any(|(code, _)| *code == id)
                    || scenario.seats.iter().any(|s| s.code().as_str() == id)
            };
            let named = |act: &serde_json::Value| act.get("seat").is_some();
            let seated_later = scenario
                .steps
                .iter()
                .filter_map(|s| s.act.as_ref())
                .any(|act| named(act) && act["seat"]["delegation"] == step.by.as_str());
            anyhow::ensure!(
                known(step.by.as_str()) || seated_later,
                "step {}: nobody is called {}",
                n + 1,
                step.by
            );
        }
        scenario.first_text()?;
        Ok(scenario)
    }

    /// The language negotiated in.
    pub fn negotiated(&self) -> &Language {
        self.languages.first().expect("a story has a language")
    }

    /// The role in which somebody acts who says nothing else.
    pub fn role_of(&self, code: &DelegationId) -> Role {
        let seated = self.seats.iter().find(|s| s.code() == code);
        match seated {
            Some(Seated::In { role, .. }) => *role,
            Some(Seated::Code(_)) => Role::Delegate,
            None => ALWAYS_SEATED
                .iter()
                .find(|(always, _)| *always == code.as_str())
                .map_or(Role::Delegate, |(_, role)| *role),
        }
    }

    /// The clauses that the draft is convened with.
    ///
    /// # Errors
    /// If a clause is neither words nor a table of words.
    pub fn first_text(&self) -> anyhow::Result<Vec<FirstClause>> {
        let mut clauses = Vec::new();
        for (id, value) in &self.text {
            let mut clause = FirstClause {
                id: id.parse()?,
                kind: Kind::Operative,
                text: BTreeMap::new(),
            };
            match value {
                toml::Value::String(words) => {
                    clause.text.insert(self.negotiated().clone(), words.clone());
                }
                toml::Value::Table(table) => {
                    for (key, value) in table {
                        let value = value
                            .as_str()
                            .with_context(|| format!("{id}: {key} is no text"))?;
                        if key == "kind" {
                            clause.kind = Kind::named(value)
                                .with_context(|| format!("{id}: no kind is called {value}"))?;
                        } else {
                            clause.text.insert(key.parse()?, value.to_owned());
                        }
                    }
                }
                _ => anyhow::bail!("clause {id} is neither words nor a table of words"),
            }
            clauses.push(clause);
        }
        Ok(clauses)
    }
}

/// Every story in `scenarios/`, with its name (`folder/file` without the ending), in the order of the names.
///
/// # Errors
/// If the folder cannot be read.
pub fn all() -> anyhow::Result<Vec<(String, PathBuf)>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut found = Vec::new();
    for folder in std::fs::read_dir(&root)? {
        let folder = folder?.path();
        if !folder.is_dir() {
            continue;
        }
        for file in std::fs::read_dir(&folder)? {
            let file = file?.path();
            if file.extension().is_some_and(|e| e == "toml") {
                let name = file.strip_prefix(&root)?.with_extension("");
                found.push((name.to_string_lossy().replace('\\', "/"), file));
            }
        }
    }
    found.sort();
    Ok(found)
}
